package config

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/disktest"
)

// load reads and parses a configuration.
func load(path string) ([]Package, error) {
	data, err := Read(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, data, []string{"batch", "logs", "pacing", "traces"})
}

func TestParse(t *testing.T) {
	t.Chdir(t.TempDir())
	cwd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	disktest.Lay(t, ".", map[string]string{"sub/graphslice.yaml": `# A comment.
packages:
  - specs:
      - a.yaml
      - ../b.yaml
    out: out/graph
  - specs: [a.yaml, ../b.yaml]
    out: /elsewhere/two
    package: other
    include: ["/a/**#GET,POST"]
    exclude:
      - /a/b
    overrides: [o.yaml]
runtime: internal/msgraph
`})
	want := []Package{
		{Specs: []string{"sub/a.yaml", "b.yaml"}, Name: "graph", Out: "sub/out/graph", Pos: diag.Pos{File: "sub/graphslice.yaml", Line: 3, Column: 5},
			Runtime: "sub/internal/msgraph", RuntimePos: diag.Pos{File: "sub/graphslice.yaml", Line: 14, Column: 10}},
		{
			Specs: []string{"sub/a.yaml", "b.yaml"}, Name: "other",
			Include: []string{"/a/**#GET,POST"}, Exclude: []string{"/a/b"}, Overrides: []string{"sub/o.yaml"},
			Out: "/elsewhere/two", Pos: diag.Pos{File: "sub/graphslice.yaml", Line: 7, Column: 5},
			Runtime: "sub/internal/msgraph", RuntimePos: diag.Pos{File: "sub/graphslice.yaml", Line: 14, Column: 10},
		},
	}
	for _, path := range []string{"sub/graphslice.yaml", "./sub/../sub/graphslice.yaml", filepath.Join(cwd, "sub", "graphslice.yaml")} {
		got, err := load(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", path, diff)
		}
	}
}

func TestParseFaults(t *testing.T) {
	const ok = "packages:\n  - specs: [a.yaml]\n    out: x\n    package: graph\n"
	tests := map[string]struct{ config, want string }{
		"empty":          {"", "c.yaml:1:1: error: the file is empty (wrong-shape)\n\thint: list the packages to generate under packages:"},
		"only a comment": {"# x\n", "c.yaml:1:1: error: the file is empty (wrong-shape)\n\thint: list the packages to generate under packages:"},
		"not YAML":       {"packages: [\n", "c.yaml:1:12: error: this is not YAML: did not find expected node content (not-yaml)\n\thint: look at this line and the one before it: indentation, quotes, colons"},
		"split alone": {ok + "    split: path\n", "c.yaml:5:12: error: split: path makes several packages, and no line says where the runtime is that they share (bad-config)\n" +
			"\thint: write runtime: internal/msgraph on a line of its own"},
		"a control byte":   {ok + "# \x01\n", "c.yaml:5:3: error: the document has a control character here, U+0001 (not-text)\n\thint: a document is YAML or JSON in UTF-8; remove the character"},
		"not UTF-8":        {ok + "# \xff\n", "c.yaml:5:3: error: the document is not UTF-8 text: it has the byte 0xFF here (not-text)\n\thint: a document is YAML or JSON in UTF-8; remove the character"},
		"no such anchor":   {ok + "    include: *x\n", "c.yaml:5:14: error: this is not YAML: unknown anchor 'x' referenced (not-yaml)\n\thint: put a text that begins with * in quotes, such as '**'; aliases are not read"},
		"two documents":    {ok + "---\n" + ok, "c.yaml:5:1: error: a second document begins here (several-documents)\n\thint: keep one in the file"},
		"a list":           {"- a\n", "c.yaml:1:1: error: expected a mapping with packages, runtime; found a list (wrong-shape)"},
		"no packages":      {"{}\n", `c.yaml:1:1: error: "packages" is missing (missing-key)`},
		"null packages":    {"packages:\n", "c.yaml:1:10: error: expected a list of packages; found nothing (wrong-shape)"},
		"packages mapping": {"packages: {specs: [a]}\n", "c.yaml:1:11: error: expected a list of packages; found a mapping (wrong-shape)"},
		"unknown at top":   {"x: 1\n" + ok, "c.yaml:1:1: error: unknown key \"x\" (unknown-key)\n\thint: known here: packages, runtime"},
		"package a text":   {"packages: [a]\n", "c.yaml:1:12: error: expected a mapping with exclude, fake, include, leave, out, overrides, package, slice, specs, split; found the text \"a\" (wrong-shape)"},
		"everything missing": {"packages:\n  - {}\n", `c.yaml:2:5: error: "out" is missing (missing-key)
c.yaml:2:5: error: "specs" is missing (missing-key)`},
		"unknown key":      {ok + "    spec: a\n", "c.yaml:5:5: error: unknown key \"spec\" (unknown-key)\n\thint: did you mean specs? known here: exclude, fake, include, leave, out, overrides, package, slice, specs, split"},
		"a key twice":      {ok + "    out: y\n", "c.yaml:5:5: error: \"out\" stands twice in this mapping (duplicate-key)\n\tsee also c.yaml:3:5\n\thint: remove one of the two"},
		"specs a text":     {"packages: [{specs: a.yaml, out: x, package: graph}]\n", "c.yaml:1:20: error: expected a list of slices; found the text \"a.yaml\" (wrong-shape)"},
		"no specs":         {"packages: [{specs: [], out: x, package: graph}]\n", "c.yaml:1:20: error: the list of slices is empty (wrong-shape)"},
		"a spec's a list":  {"packages: [{specs: [[a]], out: x, package: graph}]\n", "c.yaml:1:21: error: expected a text; found a list (wrong-shape)"},
		"out a number":     {"packages: [{specs: [a], out: 1.0, package: graph}]\n", "c.yaml:1:30: error: expected a text; found 1.0, which YAML reads as float (wrong-shape)"},
		"out empty":        {"packages: [{specs: [a], out: '', package: graph}]\n", "c.yaml:1:30: error: expected a text; found an empty text (wrong-shape)"},
		"unknown part":     {ok + "    leave: [batch, log]\n", "c.yaml:5:20: error: \"log\" is no part of a package that can be left out (unknown-part)\n\thint: did you mean logs? known here: batch, logs, pacing, traces"},
		"package no name":  {"packages: [{specs: [a], out: x, package: v1.0}]\n", "c.yaml:1:42: error: \"v1.0\" is not a package name (bad-config)\n\thint: use a word in lower case such as graph"},
		"package main":     {"packages: [{specs: [a], out: x, package: main}]\n", "c.yaml:1:42: error: \"main\" is the name of programs, which nothing can import (bad-config)\n\thint: use a word in lower case such as graph"},
		"package capitals": {"packages: [{specs: [a], out: x, package: msGraph}]\n", "c.yaml:1:42: error: \"msGraph\" has capitals; names of packages are in lower case, since everybody who imports them writes them (bad-config)\n\thint: use a word in lower case such as graph"},
		"no package":       {"packages: [{specs: [a], out: x/v1.0}]\n", "c.yaml:1:12: error: \"package\" is missing, and \"v1.0\", the last part of out, cannot be its name (missing-key)\n\thint: write one such as package: graph"},
		"include a text":   {ok + "    include: /a\n", "c.yaml:5:14: error: expected a list of path patterns; found the text \"/a\" (wrong-shape)"},
		"overrides a bool": {ok + "    overrides: [true]\n", "c.yaml:5:17: error: expected a text; found true, which YAML reads as bool (wrong-shape)"},
		"one folder twice": {ok + "  - {specs: [b], out: y/../x, package: other}\n", "c.yaml:5:23: error: two packages go to x (same-out)\n\tsee also c.yaml:3:10\n\thint: give each package a folder of its own"},
		"runtime a list":   {ok + "runtime: [a]\n", "c.yaml:5:10: error: expected a text; found a list (wrong-shape)"},
		"runtime beside":   {ok + "runtime: ./x\n", "c.yaml:5:10: error: the runtime and a package go to x (same-out)\n\tsee also c.yaml:2:5\n\thint: give it a folder of its own, such as internal/msgraph"},
		"runtime in fake":  {ok + "    fake: y\nruntime: y\n", "c.yaml:6:10: error: the runtime and a package go to y (same-out)\n\tsee also c.yaml:2:5\n\thint: give it a folder of its own, such as internal/msgraph"},
		"runtime no name":  {ok + "runtime: v1.0\n", "c.yaml:5:10: error: \"v1.0\", the last part of runtime, is not a package name (bad-config)\n\thint: end it with a word in lower case, as in internal/msgraph"},
		"itself inside":    {"packages: &a [*a]\n", "c.yaml:1:11: error: anchors and aliases, & and *, are not read (anchor)\n\thint: write the value out, or quote the text"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			disktest.Lay(t, ".", map[string]string{"c.yaml": test.config})
			_, err := load("c.yaml")
			var faults diag.List
			if !errors.As(err, &faults) {
				t.Fatalf("error %v, want diagnostics", err)
			}
			if diff := cmp.Diff(test.want, faults.Error()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestReadAFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	_, err := load(".")
	if got, want := err.Error(), ".: error: is a directory (no-config)"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
}

// A configuration is small, and a file.
func TestReadAnything(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large.yaml")
	if err := os.WriteFile(large, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, maxConfig+1); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		os.DevNull: "it is not a regular file", "/dev/zero": "it is not a regular file", large: "it is too large for a configuration: 4 MiB",
	} {
		if _, err := os.Stat(path); err != nil {
			t.Logf("SKIPPED: %v", err)
			continue
		}
		_, err := load(path)
		var faults diag.List
		if !errors.As(err, &faults) || len(faults) != 1 || faults[0].Message != want {
			t.Errorf("%s: got %v, want %s", path, err, want)
		}
	}
}
