//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/graphslice/graphslice/bench/sample"
)

// program is what the same program costs with one client.
type program struct {
	Client  string `json:"client"`
	Version string `json:"version"`
	// Cold builds everything; Beyond everything but the standard library, which is built; Warm links what is built.
	Cold     figure     `json:"cold"`
	Beyond   figure     `json:"beyond"`
	Warm     figure     `json:"warm"`
	Size     int64      `json:"size"` // of the stripped binary, in bytes
	Packages int        `json:"packages"`
	Encode   cost       `json:"encode"` // of the body that creates a chat
	Decode   cost       `json:"decode"` // of 50 chats with five members each
	Exchange []exchange `json:"exchange,omitempty"`
	Error    string     `json:"error,omitempty"`
}

// cost is the median of a Go benchmark, for each operation.
type cost struct {
	Nanoseconds float64 `json:"nanoseconds"`
	Bytes       float64 `json:"bytes"`
	Allocations float64 `json:"allocations"`
}

// source is where a program lies.
type source struct {
	client, folder string // folder of the package, below bench
	module, sdk    string // folder of its go.mod, below bench, and the SDK that it requires
	runs           int    // how often to build it
}

// The clients. Those of Microsoft take minutes and up to 10 GB to build.
var (
	smallSources = []source{
		{"net/http + encoding/json", "program/nethttp", ".", "", 3},
		{graphslice, "program/graphslice", ".", "", 3},
	}
	sdkSources = []source{
		{"msgraph-sdk-go", "sdk/msgraph-sdk-go", "sdk/msgraph-sdk-go", "github.com/microsoftgraph/msgraph-sdk-go", 1},
		{"msgraph-beta-sdk-go", "sdk/msgraph-beta-sdk-go", "sdk/msgraph-beta-sdk-go", "github.com/microsoftgraph/msgraph-beta-sdk-go", 1},
	}
	// unmeasured are clients that cannot be had where the bench was written; they are shown with the reason.
	unmeasured = []program{{
		Client: "go-azure-sdk/microsoft-graph", Version: "v0.20241206.1180327",
		Error: "not measured: the module proxy does not serve the module (403 Forbidden: This module version is not available)",
	}}
)

// using measures the programs of the sources, side by side.
func using(work string, l limits, sources []source) ([]program, error) {
	std := filepath.Join(work, "std")
	if _, err := goCommand([]string{"GOCACHE=" + std}, "build", "std"); err != nil {
		return nil, err
	}
	programs := make([]program, len(sources))
	for i, s := range sources {
		programs[i] = program{Client: s.client, Version: "this tree"}
		if err := buildSource(&programs[i], work, std, l, s); err != nil {
			programs[i].Error = firstLine(err)
			continue
		}
		var err error
		if programs[i].Exchange, err = exchanges(l, filepath.Join(work, filepath.Base(s.folder)+".exe")); err != nil {
			return nil, err
		}
	}
	if err := codec(programs, work, l, sources); err != nil {
		return nil, err
	}
	return append(programs, unmeasured...), nil
}

// buildSource builds a program with an empty cache, with the standard library's, and with its own; then its benchmarks.
func buildSource(p *program, work, std string, l limits, s source) error {
	folder, err := filepath.Abs(filepath.Join("bench", s.folder))
	if err != nil {
		return err
	}
	switch {
	case s.client == graphslice:
	case s.sdk == "":
		p.Version = firstOutput("go", "env", "GOVERSION")
	default:
		if p.Version, err = version(filepath.Join("bench", s.module), s.sdk); err != nil {
			return err
		}
	}
	binary := filepath.Join(work, filepath.Base(s.folder)+".exe")
	empty := filepath.Join(work, "empty")
	if err := os.MkdirAll(empty, 0o777); err != nil {
		return err
	}
	var cold, beyond, warm []figure
	runs := s.runs
	if l.quick {
		runs = 1
	}
	for range runs {
		for _, build := range []struct {
			cache string
			into  *[]figure
		}{{empty, &cold}, {std, &beyond}} {
			progress("%s: build from %s", s.client, filepath.Base(build.cache))
			u, err := buildCold(work, build.cache, l, folder, "-ldflags=-s -w", "-o", binary, ".")
			if err != nil {
				return err
			}
			*build.into = append(*build.into, u.figure())
		}
		if err := os.Remove(binary); err != nil {
			return err
		}
		u, err := l.execute(folder, []string{"GOCACHE=" + filepath.Join(work, "cold")}, "go", "build", "-ldflags=-s -w", "-o", binary, ".")
		if err != nil {
			return err
		}
		warm = append(warm, u.figure())
	}
	p.Cold, p.Beyond, p.Warm = medians(cold), medians(beyond), medians(warm)
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	p.Size = info.Size()
	test := filepath.Join(work, filepath.Base(s.folder)+".test")
	if _, err := l.execute(folder, []string{"GOCACHE=" + filepath.Join(work, "cold")}, "go", "test", "-c", "-o", test, "."); err != nil {
		return err
	}
	u, err := goIn(folder, nil, "list", "-deps", ".")
	p.Packages = strings.Count(u.output, "\n")
	return err
}

// codec runs the Go benchmarks beside the programs, in turn.
func codec(programs []program, work string, l limits, sources []source) error {
	chats := filepath.Join(work, "chats.json")
	if err := writeChats(chats); err != nil {
		return err
	}
	env := []string{sample.Variable + "=" + chats}
	outputs := make([]strings.Builder, len(sources))
	progress("encode and decode")
	for range 5 {
		for i, s := range sources {
			if programs[i].Error != "" {
				continue
			}
			u, err := l.execute("", env, filepath.Join(work, filepath.Base(s.folder)+".test"), "-test.run", "^$", "-test.bench", "Encode|Decode", "-test.benchtime", "0.3s")
			if err != nil {
				return err
			}
			outputs[i].WriteString(u.output)
		}
	}
	for i := range programs {
		results := parseBenchmarks(outputs[i].String())
		programs[i].Encode, programs[i].Decode = results["Encode"].cost(), results["Decode"].cost()
	}
	return nil
}

func (r result) cost() cost { return cost{middle(r.ns), r.bytes, r.allocs} }

// writeChats writes the sample for the programs that cannot import it.
func writeChats(path string) error {
	all, err := sample.Chats()
	if err != nil {
		return err
	}
	data, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("the sample: %w", err)
	}
	return os.WriteFile(path, data, 0o666)
}
