//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/bench/sample"
)

// program is what the same program costs with one client.
type program struct {
	Client  string `json:"client"`
	Version string `json:"version"`
	// Runs is how often Beyond and Warm were measured; the standard library is built once.
	Runs int `json:"runs"`
	// Beyond builds everything but the standard library, which is built; Cold is that and what of the standard library it needs; Warm
	// links what is built.
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
	programs := make([]program, len(sources))
	for i, s := range sources {
		programs[i] = program{Client: s.client, Version: "this tree"}
		if err := buildSource(&programs[i], work, l, s); err != nil {
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

// buildSource builds a program with what of the standard library it needs built before, and with all built; then its benchmarks.
func buildSource(p *program, work string, l limits, s source) error {
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
	if err := buildRuns(p, work, l, s, folder, binary); err != nil {
		return err
	}
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

// buildRuns builds a program several times. An SDK takes minutes: nothing of it is built twice.
func buildRuns(p *program, work string, l limits, s source, folder, binary string) error {
	std := filepath.Join(work, "std")
	progress("%s: build what it needs of the standard library", s.client)
	library, err := buildLibrary(std, l, folder)
	if err != nil {
		return err
	}
	p.Runs = s.runs
	if l.quick {
		p.Runs = 1
	}
	// A binary that is there already, as it would become, is not linked again.
	unlinked := func(build func() (usage, error)) (figure, error) {
		if err := os.RemoveAll(binary); err != nil {
			return figure{}, err
		}
		u, err := build()
		return u.figure(), err
	}
	args := []string{"-ldflags=-s -w", "-o", binary, "."}
	var beyond, warm []figure
	for range p.Runs {
		progress("%s: build", s.client)
		f, err := unlinked(func() (usage, error) { return buildCold(work, std, l, folder, args...) })
		if err != nil {
			return err
		}
		beyond = append(beyond, f)
		f, err = unlinked(func() (usage, error) {
			return l.execute(folder, []string{"GOCACHE=" + filepath.Join(work, "cold")}, "go", append([]string{"build"}, args...)...)
		})
		if err != nil {
			return err
		}
		warm = append(warm, f)
	}
	p.Beyond, p.Warm = medians(beyond), medians(warm)
	p.Cold = library.and(p.Beyond)
	return nil
}

// buildLibrary makes a cache with the packages of the standard library that the program in a folder needs, and nothing else.
func buildLibrary(cache string, l limits, folder string) (figure, error) {
	if err := os.RemoveAll(cache); err != nil {
		return figure{}, err
	}
	list, err := goIn(folder, nil, "list", "-deps", "-f", "{{if .Standard}}{{.ImportPath}}{{end}}", ".")
	if err != nil {
		return figure{}, err
	}
	u, err := l.execute(folder, []string{"GOCACHE=" + cache}, "go", append([]string{"build"}, public(list.output)...)...)
	return u.figure(), err
}

// public are the packages of a list, a line each, that a program can name. They need the others.
func public(list string) []string {
	return slices.DeleteFunc(strings.Fields(list), func(name string) bool {
		return strings.HasPrefix(name, "vendor/") || slices.Contains(strings.Split(name, "/"), "internal")
	})
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
