package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ask runs the real command.
func ask(args ...string) result {
	var stdout, stderr bytes.Buffer
	code := run(context.Background(), args, strings.NewReader(""), &stdout, &stderr)
	return result{code, stdout.String(), stderr.String()}
}

// The answers about a small slice, each committed beside it.
func TestAnswers(t *testing.T) {
	t.Chdir(filepath.Join("testdata", "boards"))
	tests := map[string][]string{
		"list.txt":        {"list"},
		"list.json":       {"list", "--format", "json"},
		"why.txt":         {"why", "microsoft.graph.note"},
		"why.json":        {"why", "Note", "--format", "json"},
		"why-unused.txt":  {"why", "unused"},
		"why-unused.json": {"why", "unused", "--format", "json"},
		"graph.mmd":       {"graph"},
		"graph-enums.mmd": {"graph", "--enums"},
		"graph.svg":       {"graph", "--format", "svg"},
		"graph-enums.svg": {"graph", "--format", "svg", "--enums"},
		"graph.html":      {"graph", "--format", "html"},
	}
	for name, args := range tests {
		t.Run(name, func(t *testing.T) {
			got := ask(append(args, "--spec", "slice.yaml")...)
			if got.code != exitOK || got.stderr != "" {
				t.Fatalf("exit code %d, stderr %q", got.code, got.stderr)
			}
			if *update {
				if err := os.WriteFile(name, []byte(got.stdout), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.stdout); diff != "" {
				t.Errorf("%s: -want +got:\n%sif this is what you want: go test ./cmd/gen -update, and read the diff", name, diff)
			}
			if again := ask(append(args, "--spec", "slice.yaml")...); again != got {
				t.Error("the second answer differs from the first")
			}
		})
	}
}

func TestInspect(t *testing.T) {
	slice, err := os.ReadFile(filepath.Join("testdata", "boards", "slice.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	one := "packages:\n  - {specs: [s.yaml], out: one, package: one}\n"
	two := one + "  - {specs: [bad.yaml], out: two/graph, package: graph}\n"
	note := "No operation leads to microsoft.graph.unused: it is there because a slice has it among its components.\n"
	order := "GET /boards  takes order: microsoft.graph.order\n\nmicrosoft.graph.order: 1 chain of 1 step; 1 operation leads to it.\n"
	tests := map[string]struct {
		args   []string
		config string
		want   result
		wrote  string // a file, besides the three
	}{
		"no configuration":     {args: []string{"list"}, want: result{exitInput, "", "graphslice.yaml: error: no such file (no-config)\n\thint: gen init writes one; or name one with --config, or describe one package with --spec and --out; see gen --help\n"}},
		"the only package":     {args: []string{"why", "unused"}, config: one, want: result{exitOK, note, ""}},
		"one of two":           {args: []string{"why", "unused", "--out", "./one/"}, config: two, want: result{exitOK, note, ""}},
		"a slice":              {args: []string{"why", "order", "--spec", "s.yaml", "--include", "/boards#GET"}, want: result{exitOK, order, ""}},
		"which of two":         {args: []string{"list"}, config: two, want: result{exitUsage, "", "gen: graphslice.yaml names several packages; choose one with --out one or --out two/graph" + usage}},
		"none of two":          {args: []string{"list", "--out", "three"}, config: two, want: result{exitUsage, "", `gen: graphslice.yaml has no package in "three"; it has one, two/graph` + usage}},
		"a bad slice":          {args: []string{"graph", "--out", "two/graph"}, config: two, want: result{exitInput, "", "bad.yaml:1:1: error: this is not an OpenAPI document: it has no \"openapi\" (not-openapi)\n\thint: a spec begins with \"openapi: 3.0.3\"\n"}},
		"an unknown type":      {args: []string{"why", "nott"}, config: one, want: result{exitInput, "", "error: there is no type \"nott\" in the package (unknown-type)\n\thint: the nearest names are note\n"}},
		"why without a type":   {args: []string{"why"}, config: one, want: result{exitUsage, "", "gen: TYPE is missing" + usage}},
		"why two types":        {args: []string{"why", "note", "card"}, config: one, want: result{exitUsage, "", `gen: unknown argument "card"` + usage}},
		"list a type":          {args: []string{"list", "note"}, config: one, want: result{exitUsage, "", `gen: unknown argument "note"` + usage}},
		"an unknown flag":      {args: []string{"list", "--check"}, want: result{exitUsage, "", "gen: unknown flag: --check" + usage}},
		"list as svg":          {args: []string{"list", "--format", "svg"}, want: result{exitUsage, "", `gen: --format is text or json, not "svg"` + usage}},
		"graph as json":        {args: []string{"graph", "--format", "json"}, want: result{exitUsage, "", `gen: --format is mermaid, svg or html, not "json"` + usage}},
		"spec and config":      {args: []string{"list", "--spec", "s.yaml", "--config", "c.yaml"}, want: result{exitUsage, "", "gen: --spec and --config exclude each other" + usage}},
		"spec and out":         {args: []string{"list", "--spec", "s.yaml", "--out", "one"}, want: result{exitUsage, "", "gen: --spec and --out exclude each other" + usage}},
		"include without spec": {args: []string{"list", "--include", "/x"}, want: result{exitUsage, "", "gen: --include needs --spec; for a package of graphslice.yaml write it there" + usage}},
		"an empty output":      {args: []string{"graph", "--output", ""}, want: result{exitUsage, "", "gen: --output is empty" + usage}},
		"a file that cannot be": {args: []string{"graph", "--output", "no/such/folder.svg"}, config: one,
			want: result{exitInput, "", "no/such/folder.svg: error: no such file or directory (file)\n"}},
		"SVG by the file's name":    {args: []string{"graph", "--output", "g.SVG"}, config: one, want: result{exitOK, "", "gen: wrote g.SVG\n"}, wrote: "g.SVG: <svg"},
		"another file is Mermaid":   {args: []string{"graph", "--output", "g.md"}, config: one, want: result{exitOK, "", "gen: wrote g.md\n"}, wrote: "g.md: ---\n"},
		"a page by the file's name": {args: []string{"graph", "--output", "g.html"}, config: one, want: result{exitOK, "", "gen: wrote g.html\n"}, wrote: "g.html: <!doctype html>"},
		"the format as it is said":  {args: []string{"graph", "--output", "g.svg", "--format", "mermaid"}, config: one, want: result{exitOK, "", "gen: wrote g.svg\n"}, wrote: "g.svg: ---\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			files := map[string]string{"s.yaml": string(slice), "bad.yaml": "words\n"}
			if test.config != "" {
				files["graphslice.yaml"] = test.config
			}
			lay(t, files)
			if diff := cmp.Diff(test.want, ask(test.args...), cmp.AllowUnexported(result{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			got := tree(t)
			if file, begin, ok := strings.Cut(test.wrote, ": "); ok {
				if !strings.HasPrefix(got[file], begin) {
					t.Errorf("%s begins with %.20q, want %q", file, got[file], begin)
				}
				delete(got, file)
			}
			if diff := cmp.Diff(files, got); diff != "" {
				t.Errorf("files: -want +got:\n%s", diff)
			}
		})
	}
}

func TestCommandHelp(t *testing.T) {
	for _, c := range commands() {
		for _, flag := range []string{"--help", "-h"} {
			got := ask(c.name, flag)
			if got.code != exitOK || got.stderr != "" {
				t.Errorf("gen %s %s: exit code %d, stderr %q", c.name, flag, got.code, got.stderr)
			}
			for _, want := range []string{"Usage:\n  gen " + c.name, "Flags:", "Examples:"} {
				if !strings.Contains(got.stdout, want) {
					t.Errorf("gen %s %s does not have %q", c.name, flag, want)
				}
			}
		}
		if !strings.Contains(ask("--help").stdout, "gen "+c.name+" ") {
			t.Errorf("gen --help does not mention %s", c.name)
		}
	}
}
