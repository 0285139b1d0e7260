package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator"
)

// fakeGenerate makes one small package out of any configuration, so that these tests are about the command alone. The
// names of the slices say what goes wrong.
func fakeGenerate(_ context.Context, cfg generator.Config) (*generator.Result, error) {
	result := &generator.Result{Summary: generator.Summary{Models: 2, Enums: 1, Operations: 3, Binds: 1}}
	for _, spec := range cfg.Specs {
		pos := generator.Pos{File: spec, Line: 3, Column: 5}
		switch strings.TrimSuffix(filepath.Base(spec), ".yaml") {
		case "bad":
			result.Diagnostics.Errorf(pos, "unresolved-ref", "%q is not defined", "#/components/schemas/x")
		case "placeless":
			result.Diagnostics.Errorf(generator.Pos{}, "unmatched-pattern", "matches nothing")
		case "odd":
			result.Diagnostics.Warnf(pos, "odd", "cannot be expressed")
		case "internal":
			result.Diagnostics.Errorf(pos, "internal", "reader: index out of range")
		case "broken":
			return nil, errors.New("models.go:1:1: undefined: x")
		case "panic":
			panic("index out of range")
		case "cancelled":
			return nil, context.Canceled
		}
	}
	if !result.Diagnostics.HasErrors() {
		result.Files = fakeFiles(cfg)
	}
	return result, nil
}

// fakeFiles are a package clause and a comment that shows the configuration.
func fakeFiles(cfg generator.Config) []generator.File {
	var shown []string
	for _, list := range [][]string{cfg.Specs, cfg.Include, cfg.Exclude, cfg.Overrides} {
		for _, item := range list {
			shown = append(shown, filepath.ToSlash(item))
		}
		shown = append(shown, "|")
	}
	if cfg.AllowRemoteRefs {
		shown = append(shown, "remote")
	}
	text := generator.Header + "\n\npackage " + cfg.Package + "\n\n// " + strings.Join(shown, " ") + " " + cfg.Version + "\n"
	return []generator.File{{Name: "models.go", Data: []byte(text)}}
}

// result is what a run shows.
type result struct {
	code           int
	stdout, stderr string
}

// gen runs the command in the working folder; every run takes a quarter of a second.
func gen(args ...string) result {
	var stdout, stderr bytes.Buffer
	now := time.Time{}
	clock := func() time.Time { now = now.Add(250 * time.Millisecond); return now }
	a := &app{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, now: clock, generate: fakeGenerate}
	code := a.run(context.Background(), args)
	return result{code, stdout.String(), stderr.String()}
}

// lay writes files, given by slash-separated path, into the working folder.
func lay(t *testing.T, tree map[string]string) {
	t.Helper()
	for name, data := range tree {
		path := filepath.FromSlash(name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// tree returns the text of every file below the working folder.
func tree(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files[filepath.ToSlash(path)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

const usage = "; see gen --help\n"

const bugReport = "This is a bug in graphslice 0.1.0 (devel), and nothing was written. Please report it, with the slices if you can, at https://github.com/graphslice/graphslice/issues\n"

func TestCalls(t *testing.T) {
	twoPackages := "packages:\n  - {specs: [a.yaml], out: one/graph, package: graph}\n  - {specs: [odd.yaml], out: two, package: other}\n"
	wrote := "gen: 1 package, 3 types, 3 operations, 1 bind; files: 2 written, 0 unchanged, 0 removed, in 0.25 s\n"
	tests := map[string]struct {
		args  []string
		files map[string]string
		want  result
		wrote []string // files that are there afterwards and were not before
	}{
		"unknown flag":       {args: []string{"--speck"}, want: result{exitUsage, "", "gen: unknown flag: --speck; did you mean --spec? See gen --help\n"}},
		"unknown command":    {args: []string{"slize"}, want: result{exitUsage, "", "gen: unknown command \"slize\"; did you mean slice? See gen --help\n"}},
		"unknown argument":   {args: []string{"--quiet", "x.yaml"}, want: result{exitUsage, "", `gen: unknown argument "x.yaml"` + usage}},
		"flag without value": {args: []string{"--spec"}, want: result{exitUsage, "", "gen: flag needs an argument: --spec" + usage}},
		"unknown format":     {args: []string{"--format", "xml"}, want: result{exitUsage, "", `gen: --format is text or json, not "xml"` + usage}},
		"quiet and verbose":  {args: []string{"--quiet", "--verbose"}, want: result{exitUsage, "", "gen: --quiet and --verbose exclude each other" + usage}},
		"check and force":    {args: []string{"--check", "--force"}, want: result{exitUsage, "", "gen: --check and --force exclude each other" + usage}},
		"full without check": {args: []string{"--full"}, want: result{exitUsage, "", "gen: --full needs --check" + usage}},
		"check by force":     {args: []string{"check", "--force"}, want: result{exitUsage, "", "gen: unknown flag: --force" + usage}},
		"check and dry run":  {args: []string{"--check", "--dry-run"}, want: result{exitUsage, "", "gen: --check and --dry-run exclude each other" + usage}},
		"spec and config":    {args: []string{"--spec", "a.yaml", "--config", "b.yaml"}, want: result{exitUsage, "", "gen: --spec and --config exclude each other" + usage}},
		"spec without out":   {args: []string{"--spec", "a.yaml"}, want: result{exitUsage, "", "gen: --spec needs --out, the folder the package goes to" + usage}},
		"out without spec":   {args: []string{"--out", "x"}, want: result{exitUsage, "", "gen: --out needs --spec; for a package of graphslice.yaml write it there" + usage}},
		"include without spec": {args: []string{"--include", "/x"},
			want: result{exitUsage, "", "gen: --include needs --spec; for a package of graphslice.yaml write it there" + usage}},
		"exclude without spec": {args: []string{"--exclude", "/x"},
			want: result{exitUsage, "", "gen: --exclude needs --spec; for a package of graphslice.yaml write it there" + usage}},
		"overrides without spec": {args: []string{"--overrides", "x", "--config", "c.yaml"},
			want: result{exitUsage, "", "gen: --overrides needs --spec; for a package of c.yaml write it there" + usage}},
		"package without spec": {args: []string{"--package", "x"},
			want: result{exitUsage, "", "gen: --package needs --spec; for a package of graphslice.yaml write it there" + usage}},
		"empty config":           {args: []string{"--config", ""}, want: result{exitUsage, "", "gen: --config is empty" + usage}},
		"empty spec":             {args: []string{"--spec", "", "--out", "x"}, want: result{exitUsage, "", "gen: --spec is empty" + usage}},
		"no package":             {args: []string{"--spec", "a.yaml", "--out", "v1.0"}, want: result{exitUsage, "", `gen: --package is needed: "v1.0" cannot name a package` + usage}},
		"a wrong name":           {args: []string{"--spec", "a.yaml", "--out", "x", "--package", "func"}, want: result{exitUsage, "", `gen: --package "func" is not a package name` + usage}},
		"a program":              {args: []string{"--spec", "a.yaml", "--out", "x", "--package", "main"}, want: result{exitUsage, "", `gen: --package "main" is the name of programs, which nothing can import` + usage}},
		"capitals":               {args: []string{"--spec", "a.yaml", "--out", "x", "--package", "Graph"}, want: result{exitUsage, "", `gen: --package "Graph" has capitals; names of packages are in lower case, since everybody who imports them writes them` + usage}},
		"capitals in the folder": {args: []string{"--spec", "a.yaml", "--out", "Graph"}, want: result{exitUsage, "", `gen: --package is needed: "Graph" cannot name a package` + usage}},
		"help":                   {args: []string{"help"}, want: result{exitOK, new(options).helpText(), ""}},
		"help of a command":      {args: []string{"help", "version"}, want: result{exitOK, versionUsage, ""}},
		"help of none":           {args: []string{"help", "lst"}, want: result{exitUsage, "", "gen: unknown command \"lst\"; did you mean list? See gen --help\n"}},
		"help of two":            {args: []string{"help", "list", "why"}, want: result{exitUsage, "", `gen: unknown argument "why"` + usage}},
		"the command version":    {args: []string{"version"}, want: result{exitOK, "graphslice 0.1.0 (devel)\n", ""}},
		"nothing like it":        {args: []string{"qqqqq"}, want: result{exitUsage, "", `gen: unknown command "qqqqq"` + usage}},
		"control bytes":          {args: []string{"a\x1b[31m"}, want: result{exitUsage, "", `gen: unknown command "a\x1b[31m"` + usage}},
		"version":                {args: []string{"--version"}, want: result{exitOK, "graphslice 0.1.0 (devel)\n", ""}},
		"no config file":         {want: result{exitInput, "", "graphslice.yaml: error: no such file (no-config)\n\thint: gen init writes one; or name one with --config, or describe one package with --spec and --out; see gen --help\ngen: nothing was written\n"}},
		"one package from flags": {
			args:  []string{"--spec", "a.yaml", "--spec", "b.yaml", "--out", "x/graph", "--include", "/a/**#GET,POST", "--include", "/b", "--exclude", "/a/c", "--overrides", "o.yaml"},
			want:  result{exitOK, "", wrote},
			wrote: []string{"x/graph/graphslice.lock", "x/graph/models.go: package graph // a.yaml b.yaml | /a/**#GET,POST /b | /a/c | o.yaml | 0.1.0"},
		},
		"a name of its own and remote references": {
			args:  []string{"--spec", "a.yaml", "--out", "v1.0", "--package", "graph", "--allow-remote-refs"},
			want:  result{exitOK, "", wrote},
			wrote: []string{"v1.0/graphslice.lock", "v1.0/models.go: package graph // a.yaml | | | | remote 0.1.0"},
		},
		"every package of graphslice.yaml": {
			files: map[string]string{"graphslice.yaml": twoPackages},
			want: result{exitOK, "", "odd.yaml:3:5: warning: cannot be expressed (odd)\n" +
				"gen: 2 packages, 6 types, 6 operations, 2 binds; files: 4 written, 0 unchanged, 0 removed, in 0.25 s\n"},
			wrote: []string{"one/graph/graphslice.lock", "one/graph/models.go: package graph // a.yaml | | | | 0.1.0",
				"two/graphslice.lock", "two/models.go: package other // odd.yaml | | | | 0.1.0"},
		},
		"paths of another file are relative to it": {
			args: []string{"--config", "sub/gen.yaml"},
			files: map[string]string{"sub/gen.yaml": `packages:
  - {specs: [a.yaml], out: ../one, package: graph, include: [/a, "/b/**"], exclude: [/c], overrides: [o.yaml, p.yaml]}
`},
			want:  result{exitOK, "", wrote},
			wrote: []string{"one/graphslice.lock", "one/models.go: package graph // sub/a.yaml | /a /b/** | /c | sub/o.yaml sub/p.yaml | 0.1.0"},
		},
		"quiet": {
			args:  []string{"--quiet", "--spec", "odd.yaml", "--out", "x"},
			want:  result{exitOK, "", ""},
			wrote: []string{"x/graphslice.lock", "x/models.go: package x // odd.yaml | | | | 0.1.0"},
		},
		"verbose": {
			args: []string{"--verbose", "--spec", "a.yaml", "--out", "x"},
			want: result{exitOK, "", "missing x/graphslice.lock\nmissing x/models.go\n" +
				"x: package x: 3 types, 3 operations, 1 bind; files: 2 written, 0 unchanged, 0 removed\n" + wrote},
			wrote: []string{"x/graphslice.lock", "x/models.go: package x // a.yaml | | | | 0.1.0"},
		},
		"dry run": {
			args: []string{"--dry-run", "--spec", "odd.yaml", "--out", "x"},
			want: result{exitOK, "missing x/graphslice.lock\nmissing x/models.go\n", "odd.yaml:3:5: warning: cannot be expressed (odd)\n" +
				"gen: 1 package, 3 types, 3 operations, 1 bind; files: 2 to write, 0 unchanged, 0 to remove, in 0.25 s\n"},
		},
		"dry run, quietly": {
			args: []string{"--dry-run", "--quiet", "--spec", "odd.yaml", "--out", "x"},
			want: result{exitOK, "", ""},
		},
		"check, quietly": {
			args: []string{"--check", "--quiet", "--spec", "odd.yaml", "--out", "x"},
			want: result{exitDiffers, "missing x/graphslice.lock\nmissing x/models.go\n", ""},
		},
		"check": {
			args: []string{"--check", "--spec", "a.yaml", "--out", "x"},
			want: result{exitDiffers, "missing x/graphslice.lock\nmissing x/models.go\n",
				"gen: 1 package, 3 types, 3 operations, 1 bind; files: 2 to write, 0 unchanged, 0 to remove, in 0.25 s\n" +
					"gen: the files differ from what the slices make: run gen --spec a.yaml --out x and commit them\n"},
		},
		"a bad slice": {
			args: []string{"--spec", "bad.yaml", "--out", "x"},
			want: result{exitInput, "", "bad.yaml:3:5: error: \"#/components/schemas/x\" is not defined (unresolved-ref)\ngen: nothing was written\n"},
		},
		"a bad slice, quietly checked": {
			args: []string{"--check", "--quiet", "--spec", "bad.yaml", "--spec", "odd.yaml", "--out", "x"},
			want: result{exitInput, "", "bad.yaml:3:5: error: \"#/components/schemas/x\" is not defined (unresolved-ref)\n"},
		},
		"one bad package of two writes none": {
			files: map[string]string{"graphslice.yaml": strings.Replace(twoPackages, "odd", "bad", 1)},
			want:  result{exitInput, "", "bad.yaml:3:5: error: \"#/components/schemas/x\" is not defined (unresolved-ref)\ngen: nothing was written\n"},
		},
		"a finding without a place": {
			args: []string{"--spec", "placeless.yaml", "--out", "x"},
			want: result{exitInput, "", "error: matches nothing (unmatched-pattern)\ngen: nothing was written\n"},
		},
		"a finding without a place gets the package's": {
			files: map[string]string{"graphslice.yaml": strings.Replace(twoPackages, "odd", "placeless", 1)},
			want:  result{exitInput, "", "graphslice.yaml:3:5: error: matches nothing (unmatched-pattern)\ngen: nothing was written\n"},
		},
		"a foreign file in the way of one writes none": {
			files: map[string]string{"graphslice.yaml": twoPackages, "two/models.go": "package mine\n"},
			want: result{exitInput, "", "odd.yaml:3:5: warning: cannot be expressed (odd)\n" +
				"two/models.go: error: a generated file belongs here, and this one does not start with graphslice's header, so it is not replaced (file-in-the-way)\n" +
				"\thint: move it away, or generate into another folder\ngen: nothing was written\n"},
		},
		"a fault that a stage calls its own": {
			args: []string{"--quiet", "--spec", "internal.yaml", "--out", "x"},
			want: result{exitBug, "", "internal.yaml:3:5: error: reader: index out of range (internal)\ngen: internal error: reader: index out of range\n" + bugReport},
		},
		"a package that does not compile": {
			args: []string{"--spec", "broken.yaml", "--out", "x"},
			want: result{exitBug, "", "gen: internal error: models.go:1:1: undefined: x\n" + bugReport},
		},
		"a panic": {
			args: []string{"--spec", "panic.yaml", "--out", "x"},
			want: result{exitBug, "", "gen: internal error: index out of range\n" + bugReport + "Run again with --verbose to see where it happened.\n"},
		},
		"interrupted": {
			args: []string{"--spec", "cancelled.yaml", "--out", "x"},
			want: result{exitInput, "", "gen: interrupted; nothing was written\n"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			lay(t, test.files)
			got := gen(test.args...)
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(result{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			want := map[string]string{}
			for name, data := range test.files {
				want[name] = data
			}
			for _, file := range test.wrote {
				name, data, _ := strings.Cut(file, ": ")
				want[name] = data
			}
			if diff := cmp.Diff(want, summarise(tree(t), test.files)); diff != "" {
				t.Errorf("files: -want +got:\n%s", diff)
			}
		})
	}
}

// summarise takes files that were not there before to one line without the header, and locks to nothing.
func summarise(files, before map[string]string) map[string]string {
	for name, data := range files {
		if _, ok := before[name]; ok {
			continue
		}
		if strings.HasSuffix(name, "graphslice.lock") {
			data = ""
		}
		files[name] = strings.Join(strings.Fields(strings.TrimPrefix(data, generator.Header)), " ")
	}
	return files
}

func TestPanicVerbose(t *testing.T) {
	t.Chdir(t.TempDir())
	got := gen("--verbose", "--spec", "panic.yaml", "--out", "x")
	head, stack, _ := strings.Cut(got.stderr, "\n\n")
	if want := "gen: internal error: index out of range\n" + strings.TrimSuffix(bugReport, "\n"); head != want {
		t.Errorf("stderr starts with %q, want %q", head, want)
	}
	if !strings.Contains(stack, "fakeGenerate") {
		t.Errorf("the stack does not say where it happened:\n%s", stack)
	}
}

func TestHelp(t *testing.T) {
	got := gen("--help", "--nothing-is-wrong-with-this=1")
	if got.code != exitUsage {
		t.Errorf("exit code %d for an unknown flag beside --help, want %d", got.code, exitUsage)
	}
	for _, args := range [][]string{{"--help"}, {"-h"}} {
		got := gen(args...)
		if got.code != exitOK || got.stderr != "" {
			t.Errorf("gen %v: exit code %d, stderr %q", args, got.code, got.stderr)
		}
		for _, want := range []string{"--config", "--spec", "--out", "--package", "--include", "--exclude", "--overrides", "--dry-run", "--format",
			"--quiet", "--verbose", "--version", "--check", "--allow-remote-refs", "Examples:", "Exit codes:"} {
			if !strings.Contains(got.stdout, want) {
				t.Errorf("gen %v does not mention %s", args, want)
			}
		}
	}
}

// A package goes from missing to up to date, to edited, to documented anew, to stale.
func TestCheckOverTime(t *testing.T) {
	t.Chdir(t.TempDir())
	const edited = "x/models.go: error: it was changed after it was generated, and generating would undo that (edited-file)\n" +
		"\thint: move the change into the slices, the overrides or a file of your own; or let it go with --force, as after a merge\n"
	call := []string{"--quiet", "--out", "x", "--spec"}
	old := generator.Header + "\n\npackage x\n"
	steps := []struct {
		args []string
		edit map[string]string
		want result
	}{
		{args: []string{"a.yaml", "--check"}, want: result{exitDiffers, "missing x/graphslice.lock\nmissing x/models.go\n", ""}},
		{args: []string{"a.yaml"}, want: result{exitOK, "", ""}},
		{args: []string{"a.yaml", "--check"}, want: result{exitOK, "", ""}},
		{args: []string{"b.yaml", "--check"}, want: result{exitDiffers, "changed x/graphslice.lock\ndocumentation x/models.go\n", ""}},
		{args: []string{"a.yaml", "--package", "y", "--check"}, want: result{exitDiffers, "changed x/graphslice.lock\nchanged x/models.go\n", ""}},
		{args: []string{"a.yaml", "--check"}, edit: map[string]string{"x/models.go": old + "var X int\n"}, want: result{exitDiffers, "edited x/models.go\n", ""}},
		{args: []string{"a.yaml"}, want: result{exitInput, "", edited}},
		{args: []string{"a.yaml", "--dry-run"}, want: result{exitInput, "", edited}},
		{args: []string{"a.yaml", "--force"}, want: result{exitOK, "", ""}},
		{args: []string{"a.yaml", "--check"}, want: result{exitOK, "", ""}},
		{
			args: []string{"a.yaml", "--check"},
			edit: map[string]string{"x/old.go": old, "x/graphslice.lock": "format\t1\nfile\told.go\t" + fmt.Sprintf("%x", sha256.Sum256([]byte(old))) + "\n"},
			want: result{exitDiffers, "changed x/graphslice.lock\nstale x/old.go\n", ""},
		},
		{args: []string{"a.yaml"}, want: result{exitOK, "", ""}},
		{args: []string{"a.yaml", "--check"}, want: result{exitOK, "", ""}},
	}
	for i, step := range steps {
		lay(t, step.edit)
		got := gen(append(call, step.args...)...)
		if diff := cmp.Diff(step.want, got, cmp.AllowUnexported(result{})); diff != "" {
			t.Errorf("step %d: -want +got:\n%s", i, diff)
		}
	}
}

func TestJSON(t *testing.T) {
	config := "packages:\n  - {specs: [a.yaml], out: one, package: graph}\n  - {specs: [odd.yaml], out: two, package: other}\n"
	summary := `"summary": {
        "models": 2,
        "enums": 1,
        "operations": 3,
        "binds": 1
      }`
	tests := map[string]struct {
		args   []string
		config string
		code   int
		want   string
	}{
		"written": {config: config, code: exitOK, want: `{
  "packages": [
    {
      "out": "one",
      "package": "graph",
      ` + summary + `,
      "upToDate": false,
      "recut": [],
      "stray": [],
      "files": {
        "written": [
          "graphslice.lock",
          "models.go"
        ],
        "unchanged": [],
        "removed": [],
        "documentation": [],
        "edited": []
      },
      "diagnostics": []
    },
    {
      "out": "two",
      "package": "other",
      ` + summary + `,
      "upToDate": false,
      "recut": [],
      "stray": [],
      "files": {
        "written": [
          "graphslice.lock",
          "models.go"
        ],
        "unchanged": [],
        "removed": [],
        "documentation": [],
        "edited": []
      },
      "diagnostics": [
        {
          "file": "odd.yaml",
          "line": 3,
          "column": 5,
          "severity": "warning",
          "code": "odd",
          "message": "cannot be expressed"
        }
      ]
    }
  ],
  "diagnostics": []
}
`},
		"a bad configuration": {config: "packages: []\n", code: exitInput, want: `{
  "packages": [],
  "diagnostics": [
    {
      "file": "graphslice.yaml",
      "line": 1,
      "column": 11,
      "severity": "error",
      "code": "wrong-shape",
      "message": "the list of packages is empty"
    }
  ]
}
`},
		"a bad slice": {config: "packages:\n  - {specs: [bad.yaml], out: two, package: other}\n", code: exitInput, want: `{
  "packages": [
    {
      "out": "two",
      "package": "other",
      ` + summary + `,
      "upToDate": false,
      "recut": [],
      "stray": [],
      "files": {
        "written": [],
        "unchanged": [],
        "removed": [],
        "documentation": [],
        "edited": []
      },
      "diagnostics": [
        {
          "file": "bad.yaml",
          "line": 3,
          "column": 5,
          "severity": "error",
          "code": "unresolved-ref",
          "message": "\"#/components/schemas/x\" is not defined"
        }
      ]
    }
  ],
  "diagnostics": []
}
`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			lay(t, map[string]string{"graphslice.yaml": test.config})
			got := gen("--quiet", "--format", "json")
			if diff := cmp.Diff(result{test.code, test.want, ""}, got, cmp.AllowUnexported(result{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
