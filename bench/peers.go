//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// shared is the folder with Graph's documents and metadata, beside the repository.
const shared = "../shared"

// whole is the document that is too large for most.
const whole = "2022-05/beta/all.yaml"

// peerDocuments are what is generated from, below graph-openapi.
var peerDocuments = []string{"2022-05/v1.0/Teams.yml", "2022-05/beta/Teams.yml", "2023-07/v1.0/Teams.yml", "2023-07/beta/Teams.yml", whole}

// The tools, in the order in which they take turns.
const (
	kinOpenAPI  = "kin-openapi"
	graphslice  = "graphslice"
	oapiCodegen = "oapi-codegen"
	ogen        = "ogen"
)

// generation is what one tool makes of one document.
type generation struct {
	Document string `json:"document"`
	Tool     string `json:"tool"`
	Version  string `json:"version"`
	Runs     int    `json:"runs"`
	Generate figure `json:"generate"`
	Lines    int    `json:"lines"`
	Bytes    int    `json:"bytes"`
	// Compile is what go build takes, if what the output imports is built already; nil if there was nothing to compile.
	Compile *figure `json:"compile,omitempty"`
	// Error is why there is no output, CompileError why it does not compile.
	Error        string `json:"error,omitempty"`
	CompileError string `json:"compileError,omitempty"`
	// Before says what a former run was of, and on what, if these are its figures: the tool is known to fail.
	Before string `json:"before,omitempty"`
}

// generator is a tool that was built and can be run.
type generator struct {
	name, version string
	// module is the folder that the output is written below and compiled in.
	module string
	// run makes the package in the folder out from a document.
	run func(l limits, document, out string) (usage, error)
}

// peerGenerating measures every tool on every document. The tools take turns, so that what the machine does meanwhile
// disturbs all alike. What is known to fail from a former run, if there is one, is not run again.
func peerGenerating(work string, l limits, before *measured[[]generation]) ([]generation, error) {
	if unavailable("generating", filepath.Join(shared, "graph-openapi")) {
		return nil, nil
	}
	generators, err := buildGenerators(work)
	if err != nil {
		return nil, err
	}
	warm, err := warmCache(work, generators)
	if err != nil {
		return nil, err
	}
	var all []generation
	documents := peerDocuments
	if l.quick {
		documents = documents[:1]
	}
	for _, document := range documents {
		path, err := filepath.Abs(filepath.Join(shared, "graph-openapi", filepath.FromSlash(document)))
		if err != nil {
			return nil, err
		}
		runs := 3
		if document == whole || l.quick {
			runs = 1
		}
		more := make([]generation, len(generators))
		for i, g := range generators {
			var found bool
			if more[i], found = known(before, document, g.name, g.version); !found {
				more[i] = generation{Document: document, Tool: g.name, Version: g.version, Runs: runs}
			}
		}
		err = takeTurns(more, work, warm, l, generators, path)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// takeTurns lets each tool generate from a document as often as it is to run, and compiles what it has made.
func takeTurns(all []generation, work, warm string, l limits, generators []generator, path string) error {
	figures := make([][]figure, len(generators))
	outs := make([]string, len(generators))
	for turn, more := 0, true; more; turn++ {
		more = false
		for i, g := range generators {
			if all[i].Before != "" || all[i].Error != "" || turn == all[i].Runs {
				continue
			}
			more = true
			progress("%s: %s", all[i].Document, g.name)
			outs[i] = filepath.Join(g.module, "output")
			if err := os.RemoveAll(outs[i]); err != nil {
				return err
			}
			u, err := g.run(l, path, outs[i])
			if err != nil {
				all[i].Error = firstLine(err)
				continue
			}
			figures[i] = append(figures[i], u.figure())
		}
	}
	for i, g := range generators {
		if all[i].Before != "" {
			continue
		}
		all[i].Runs, all[i].Generate = len(figures[i]), medians(figures[i])
		if all[i].Error != "" || g.name == kinOpenAPI {
			continue
		}
		progress("%s: compile the output of %s", all[i].Document, g.name)
		if err := compile(&all[i], work, warm, l, g.module, outs[i]); err != nil {
			return err
		}
	}
	return nil
}

// compile counts and builds a package. That it does not compile is a result, not an error.
func compile(g *generation, work, warm string, l limits, module, out string) error {
	var err error
	if g.Lines, g.Bytes, err = count(out, "*.go"); err != nil {
		return err
	}
	u, err := buildCold(work, warm, l, module, "./output")
	if err != nil {
		g.CompileError = firstLine(err)
		return nil
	}
	f := u.figure()
	g.Compile = &f
	return nil
}

// buildCold runs go build with a copy of the warm cache.
func buildCold(work, warm string, l limits, module string, args ...string) (usage, error) {
	cold := filepath.Join(work, "cold")
	if err := os.RemoveAll(cold); err != nil {
		return usage{}, err
	}
	if err := os.CopyFS(cold, os.DirFS(warm)); err != nil {
		return usage{}, err
	}
	return l.execute(module, []string{"GOCACHE=" + cold}, "go", append([]string{"build"}, args...)...)
}

// warmStd returns a build cache with the standard library, which all parts share: it is built in the first of them.
func warmStd(work string) (string, error) {
	std := filepath.Join(filepath.Dir(work), "std")
	_, err := goCommand([]string{"GOCACHE=" + std}, "build", "std")
	return std, err
}

// warmCache returns one that has everything that the tools' output imports, too.
func warmCache(work string, generators []generator) (string, error) {
	std, err := warmStd(work)
	if err != nil {
		return "", err
	}
	warm := filepath.Join(work, "warm")
	if err := os.CopyFS(warm, os.DirFS(std)); err != nil {
		return "", err
	}
	env := []string{"GOCACHE=" + warm}
	for _, g := range generators {
		if _, err := os.Stat(filepath.Join(g.module, "output.go")); err != nil {
			continue // it imports the standard library only
		}
		if _, err := goIn(g.module, env, "build", "."); err != nil {
			return "", err
		}
	}
	return warm, nil
}

// buildTools builds programs of bench/program into the folder.
func buildTools(work string, names ...string) error {
	for _, name := range names {
		if _, err := goCommand(nil, "build", "-o", filepath.Join(work, name), "./program/"+name); err != nil {
			return err
		}
	}
	return nil
}

// buildGen builds graphslice itself, as its own go.mod says.
func buildGen(work string) (string, error) {
	gen := filepath.Join(work, "gen")
	_, err := goIn(".", nil, "build", "-o", gen, "./cmd/gen")
	return gen, err
}

// buildGenerators builds the tools and a module for the output of each.
func buildGenerators(work string) ([]generator, error) {
	if err := buildTools(work, "load", "without"); err != nil {
		return nil, err
	}
	gen, err := buildGen(work)
	if err != nil {
		return nil, err
	}
	kin, err := version("bench", "github.com/getkin/kin-openapi")
	if err != nil {
		return nil, err
	}
	overrides, err := filepath.Abs("bench/overrides/all-beta.yaml")
	if err != nil {
		return nil, err
	}
	ours := filepath.Join(work, graphslice)
	if err := newModule(ours); err != nil {
		return nil, err
	}
	all := []generator{
		{kinOpenAPI, kin, work, func(l limits, document, _ string) (usage, error) {
			return l.execute("", nil, filepath.Join(work, "load"), document)
		}},
		{graphslice, "this tree", ours, func(l limits, document, out string) (usage, error) {
			args := []string{"--quiet", "--spec", document, "--out", out, "--package", "output"}
			if _, err := os.Stat(overrides); err == nil && filepath.Base(document) == filepath.Base(whole) {
				args = append(args, "--overrides", overrides)
			}
			return l.execute("", nil, gen, args...)
		}},
	}
	for _, peer := range []struct {
		name, module, command string
		run                   func(work, binary string) func(limits, string, string) (usage, error)
	}{
		{oapiCodegen, "github.com/oapi-codegen/oapi-codegen/v2", "/cmd/oapi-codegen", runOapiCodegen},
		{ogen, "github.com/ogen-go/ogen", "/cmd/ogen", runOgen},
	} {
		g := generator{name: peer.name, module: filepath.Join(work, peer.name)}
		if err := os.CopyFS(g.module, os.DirFS(filepath.Join("bench/peers", peer.name))); err != nil {
			return nil, err
		}
		if g.version, err = version(g.module, peer.module); err != nil {
			return nil, err
		}
		binary := filepath.Join(work, peer.name+".exe")
		if _, err := goIn(g.module, nil, "build", "-o", binary, peer.module+peer.command); err != nil {
			return nil, err
		}
		g.run = peer.run(work, binary)
		all = append(all, g)
	}
	return all, nil
}

// newModule makes a module that requires nothing.
func newModule(folder string) error {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "go.mod"), []byte("module output\n\ngo 1.24\n"), 0o666)
}

// runOapiCodegen generates models and a client. The document is patched first (see program without); that is not counted.
func runOapiCodegen(work, binary string) func(limits, string, string) (usage, error) {
	return func(l limits, document, out string) (usage, error) {
		if err := os.MkdirAll(out, 0o777); err != nil {
			return usage{}, err
		}
		patched := filepath.Join(work, "patched.yaml")
		shell := fmt.Sprintf("%s < %s > %s", strconv.Quote(filepath.Join(work, "without")), strconv.Quote(document), strconv.Quote(patched))
		if _, err := execute(0, "sh", "-c", shell); err != nil {
			return usage{}, err
		}
		config, err := filepath.Abs("bench/peers/oapi-codegen/config.yaml")
		if err != nil {
			return usage{}, err
		}
		return l.execute("", nil, binary, "-config", config, "-o", filepath.Join(out, "output.go"), patched)
	}
}

// runOgen generates a client.
func runOgen(_, binary string) func(limits, string, string) (usage, error) {
	return func(l limits, document, out string) (usage, error) {
		config, err := filepath.Abs("bench/peers/ogen/config.yaml")
		if err != nil {
			return usage{}, err
		}
		return l.execute("", nil, binary, "--config", config, "--loglevel", "error", "--target", out, "--package", "output", "--clean", document)
	}
}

// progress says on stderr what is measured now.
func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "%s  %s\n", time.Now().Format(time.TimeOnly), fmt.Sprintf(format, args...))
}
