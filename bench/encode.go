//go:build unix

package main

import (
	"bufio"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// encoding runs the Go benchmarks beside this file and compares each with plain structs and encoding/json, or version 2 of it.
// Both sides are in one process. They are run in turn, for a short time and often, and the best of each counts: what else the machine
// does then disturbs both alike.
func encoding(work string) ([]row, error) {
	results, err := runBenchmarks(work, nil, "^Benchmark(Encode|Build|Decode)")
	if err != nil {
		return nil, err
	}
	v2, err := runBenchmarks(work, []string{"GOEXPERIMENT=jsonv2"}, "^BenchmarkV2")
	if err != nil {
		return nil, err
	}
	maps.Copy(results, v2)
	var rows []row
	for _, c := range []comparison{
		{name: "EncodeCreateChat", what: "encoding the body that creates a chat", of: "of plain structs that make the text of binds", ratio: 0.5, allocs: 1},
		{name: "BuildChat", what: "building and encoding that body", of: "of plain structs that make the text of binds", ratio: 0.8, bytes: 1.5},
		{name: "Decode50Chats", what: "decoding 50 chats with five members each", of: "of plain structs", ratio: 1},
		{name: "V2Decode50Chats", what: "decoding them beside encoding/json/v2", of: "of plain structs", ratio: 0.8},
	} {
		more, err := c.rows(results)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

// runBenchmarks builds the benchmarks with an environment, and runs those of a pattern.
func runBenchmarks(work string, env []string, pattern string) (map[string]result, error) {
	binary := filepath.Join(work, "bench.test")
	if _, err := goCommand(env, "test", "-c", "-o", binary, "."); err != nil {
		return nil, err
	}
	var output strings.Builder
	for range 40 {
		u, err := execute(0, binary, "-test.run", "^$", "-test.bench", pattern, "-test.benchtime", "50ms")
		if err != nil {
			return nil, err
		}
		output.WriteString(u.output)
	}
	return parseBenchmarks(output.String()), nil
}

// comparison is a benchmark of ours with one of plain structs, and what it may cost at most.
type comparison struct {
	name, what, of string
	ratio          float64 // of the time
	bytes          float64 // of the memory; 0: whatever it takes
	allocs         float64 // 0: as many as plain structs
}

func (c comparison) rows(results map[string]result) ([]row, error) {
	ours, plain := results[c.name+"/graphslice"], results[c.name+"/plain"]
	if len(ours.ns) == 0 || len(plain.ns) == 0 {
		return nil, fmt.Errorf("no figures for %s", c.name)
	}
	if c.allocs == 0 {
		c.allocs = plain.allocs
	}
	rows := []row{
		{c.what + ": time", slices.Min(ours.ns) / slices.Min(plain.ns), c.ratio, c.of,
			fmt.Sprintf("%.0f ns and %.0f ns, best of %d", slices.Min(ours.ns), slices.Min(plain.ns), len(ours.ns))},
		{c.what + ": allocations", ours.allocs, c.allocs, "", fmt.Sprintf("plain structs: %.0f", plain.allocs)},
	}
	if c.bytes > 0 {
		rows = append(rows, row{c.what + ": bytes", ours.bytes / plain.bytes, c.bytes, c.of,
			fmt.Sprintf("%.0f and %.0f", ours.bytes, plain.bytes)})
	}
	return rows, nil
}

// result is one benchmark's figures.
type result struct {
	ns            []float64
	bytes, allocs float64
	reported      map[string][]float64 // what it reports itself, by unit
}

// parseBenchmarks reads what go test -bench prints, by name without "Benchmark" and the number of processors.
func parseBenchmarks(output string) map[string]result {
	results := map[string]result{}
	for scanner := bufio.NewScanner(strings.NewReader(output)); scanner.Scan(); {
		fields := strings.Fields(scanner.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		name := strings.TrimPrefix(fields[0], "Benchmark")
		if i := strings.LastIndex(name, "-"); i > 0 {
			name = name[:i]
		}
		r := results[name]
		for i := 2; i+1 < len(fields); i += 2 {
			value, err := strconv.ParseFloat(fields[i], 64)
			switch {
			case err != nil:
			case fields[i+1] == "ns/op":
				r.ns = append(r.ns, value)
			case fields[i+1] == "B/op":
				r.bytes = value
			case fields[i+1] == "allocs/op":
				r.allocs = value
			default:
				if r.reported == nil {
					r.reported = map[string][]float64{}
				}
				r.reported[fields[i+1]] = append(r.reported[fields[i+1]], value)
			}
		}
		results[name] = r
	}
	return results
}
