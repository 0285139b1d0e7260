package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A check without the network finds slices that the configuration would cut otherwise, and says what to run.
func TestCheckRecut(t *testing.T) {
	remedy := "gen: slice: in the configuration is not what these slices were cut with: run gen slice, then gen, and commit what they write\n"
	tests := map[string]struct {
		config, slice, want string
		code                int
	}{
		"nothing changed":              {config: addConfig},
		"a comment and a title's form": {config: strings.Replace(addConfig, "# Ours.", "# Theirs.", 1) + "# the end\n"},
		"another include":              {config: strings.Replace(addConfig, "/books#GET", "/books#GET,POST", 1), want: "recut specs/books.yaml\nrecut specs/authors.yaml\n", code: exitDiffers},
		"another property":             {config: strings.Replace(addConfig, "[title]", "[pages]", 1), want: "recut specs/books.yaml\nrecut specs/authors.yaml\n", code: exitDiffers},
		"a title":                      {config: strings.Replace(addConfig, "['/authors#GET']", "['/authors#GET'], title: Writers", 1), want: "recut specs/authors.yaml\n", code: exitDiffers},
		"a slice without a stamp": {config: addConfig, want: "recut specs/authors.yaml\n", code: exitDiffers,
			slice: "# A slice of the API, made by `gen slice`. Change what it is made from, not this file.\nopenapi: 3.0.4\ninfo: {title: a, version: v1.0}\npaths: {}\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			addTree(t, addConfig)
			lay(t, map[string]string{"graphslice.yaml": test.config})
			if test.slice != "" {
				lay(t, map[string]string{"specs/authors.yaml": test.slice})
				if got := ask("--quiet"); got.code != exitOK { // so that the packages are what the slices make
					t.Fatal(got.stderr)
				}
			}
			before := tree(t)
			got := ask("check")
			if diff := cmp.Diff(test.want, got.stdout); diff != "" || got.code != test.code {
				t.Errorf("exit code %d, -want +got:\n%s%s", got.code, diff, got.stderr)
			}
			if strings.HasSuffix(got.stderr, remedy) != (test.code == exitDiffers) {
				t.Errorf("stderr %q", got.stderr)
			}
			var document struct{ Packages []jsonPackage }
			if err := json.Unmarshal([]byte(ask("check", "--format=json").stdout), &document); err != nil {
				t.Fatal(err)
			}
			if got, want := "recut "+strings.Join(document.Packages[0].Recut, "\nrecut ")+"\n", test.want; want != "" && got != want || document.Packages[0].UpToDate != (want == "") {
				t.Errorf("JSON: up to date %v, %q", document.Packages[0].UpToDate, got)
			}
			if diff := cmp.Diff(before, tree(t)); diff != "" {
				t.Errorf("files (-before +after):\n%s", diff)
			}
			if ask("slice", addFrom, "--quiet").code != exitOK || ask("--quiet").code != exitOK {
				t.Fatal("the remedy fails")
			}
			if got := ask("check"); got.code != exitOK {
				t.Errorf("after the remedy: exit code %d\n%s%s", got.code, got.stdout, got.stderr)
			}
		})
	}
}

// Notes that the configuration names and that are not there are a fault of a check.
func TestCheckWithoutNotes(t *testing.T) {
	t.Chdir(t.TempDir())
	addTree(t, addConfig)
	lay(t, map[string]string{"graphslice.yaml": strings.Replace(addConfig, "      properties:", "      notes: [gone.yaml]\n      properties:", 1)})
	want := result{exitInput, "", "graphslice.yaml:14:15: error: the notes in gone.yaml cannot be read: there is no such file (bad-config)\ngen: nothing was written\n"}
	if diff := cmp.Diff(want, ask("check"), cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A slice that the configuration cuts and that is not there yet hints at gen slice, whatever is asked.
func TestMissingSlice(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"graphslice.yaml": strings.Replace(addConfig, "specs: [", "specs: [hand.yaml, ", 1)})
	missing := func(file, hint string) string {
		return file + ": error: there is no such file (unreadable-file)\n\thint: " + hint + "\n"
	}
	const cut = "run gen slice, which cuts it as slice: in graphslice.yaml says"
	want := missing("hand.yaml", "a spec is a YAML or JSON file of at most 64 MiB") + missing("specs/authors.yaml", cut) + missing("specs/books.yaml", cut)
	for _, args := range [][]string{{}, {"check"}, {"list"}, {"why", "book"}, {"graph"}} {
		got := ask(args...)
		if said, _ := strings.CutSuffix(got.stderr, "gen: nothing was written\n"); got.code != exitInput || said != want {
			t.Errorf("%q: exit code %d, -want +got:\n%s", args, got.code, cmp.Diff(want, said))
		}
	}
}

// In an empty folder every command says what to do.
func TestEmptyFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	tests := map[string][]string{
		"gen init writes one":    {"", "check", "slice", "list", "why x", "graph", "diff", "paths", "add /x"},
		"run go mod init":        {"init"},
		"the shell is missing":   {"completion"},
		"Usage:\n  gen":          {"help", "help init", "help paths", "help add", "help slice", "help check", "help completion", "help help", "help version"},
		"graphslice 0.1.0":       {"version"},
		"a pattern is missing":   {"add"},
		"complete -F _gen gen\n": {"completion bash"},
	}
	for want, calls := range tests {
		for _, call := range calls {
			got := ask(strings.Fields(call)...)
			if !strings.Contains(got.stdout+got.stderr, want) {
				t.Errorf("gen %s: exit code %d, want %q\n%s%s", call, got.code, want, got.stdout, got.stderr)
			}
		}
	}
	if files := tree(t); len(files) > 0 {
		t.Errorf("files: %v", files)
	}
}
