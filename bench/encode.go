//go:build unix

package main

import (
	"bufio"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// encoding runs the Go benchmarks beside this file and compares each with plain structs and encoding/json. They are run
// in turn, several times, and the best of each counts: what else the machine does then disturbs both alike.
func encoding(work string) ([]row, error) {
	binary := filepath.Join(work, "bench.test")
	if _, err := goCommand(nil, "test", "-c", "-o", binary, "."); err != nil {
		return nil, err
	}
	var output strings.Builder
	for range 8 {
		u, err := execute(0, binary, "-test.run", "^$", "-test.bench", "Encode|Decode", "-test.benchtime", "0.3s")
		if err != nil {
			return nil, err
		}
		output.WriteString(u.output)
	}
	results := parseBenchmarks(output.String())
	var rows []row
	for _, b := range []struct {
		name, what    string
		of            string
		ratio, allocs float64 // 0: as many as plain structs
	}{
		{"EncodeCreateChat", "encoding the body that creates a chat", "of plain structs that make the text of binds", 0.5, 1},
		{"Decode50Chats", "decoding 50 chats with five members each", "of plain structs", 1, 0},
	} {
		ours, plain := results[b.name+"/graphslice"], results[b.name+"/plain"]
		if len(ours.ns) == 0 || len(plain.ns) == 0 {
			return nil, fmt.Errorf("no figures for %s in:\n%s", b.name, output.String())
		}
		if b.allocs == 0 {
			b.allocs = plain.allocs
		}
		rows = append(rows,
			row{b.what + ": time", slices.Min(ours.ns) / slices.Min(plain.ns), b.ratio, b.of,
				fmt.Sprintf("%.0f ns and %.0f ns, best of %d", slices.Min(ours.ns), slices.Min(plain.ns), len(ours.ns))},
			row{b.what + ": allocations", ours.allocs, b.allocs, "", fmt.Sprintf("plain structs: %.0f", plain.allocs)})
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
