package main

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator"
)

// addConfig has two slices and comments everywhere.
const addConfig = `# Ours.
packages:
  - specs: [specs/books.yaml, specs/authors.yaml]
    out: internal/lib
    slice: # from the service
      metadata: https://lib.example/v1/$metadata
      files:
        - out: specs/books.yaml
          include: # what we read
            # first
            - /books#GET # all of them
            # that is all
        - {out: specs/authors.yaml, include: ['/authors#GET']}
      properties: {book: [title]}
`

// addTree is what the tests begin with: all is cut and generated.
func addTree(t *testing.T, config string) map[string]string {
	t.Helper()
	lay(t, map[string]string{"lib.xml": library, "graphslice.yaml": config, "go.mod": "module example.com/x\n"})
	for _, args := range [][]string{{"slice", addFrom, "--quiet"}, {"--quiet"}} {
		if got := ask(args...); got.code != exitOK {
			t.Fatalf("%q: exit code %d\n%s", args, got.code, got.stderr)
		}
	}
	return tree(t)
}

const addFrom = "--from=https://lib.example/v1/$metadata=lib.xml"

// changed are the names of the files that differ.
func changed(before, after map[string]string) []string {
	names := map[string]bool{}
	for name, text := range before {
		if after[name] != text {
			names[name] = true
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func TestAdd(t *testing.T) {
	t.Chdir(t.TempDir())
	before := addTree(t, addConfig)
	got := ask("add", "/books/{id}#GET,PATCH", "/books#GET", "/books/{id}/author#GET", addFrom)
	lines := 0
	after := tree(t)
	for name := range after {
		if strings.HasSuffix(name, ".go") {
			lines += strings.Count(after[name], "\n") - strings.Count(before[name], "\n")
		}
	}
	want := result{exitOK, "GET /books/{book-id}\tBooks().ByID(id).Get\nPATCH /books/{book-id}\tBooks().ByID(id).Update\n" +
		"GET /books/{book-id}/author\tBooks().ByID(id).Author().Get\n",
		"gen: of several slices, specs/books.yaml; --file picks another\n" +
			"graphslice.yaml:11:15: note: the pattern /books#GET is there already (there-already)\n" +
			"gen: graphslice.yaml has '/books/{id}#GET,PATCH' now, in specs/books.yaml\n" +
			"gen: graphslice.yaml has '/books/{id}/author#GET' now, in specs/books.yaml\n" +
			"gen: to internal/lib came 3 operations, 0 types and 0 more at the border, " + generator.Count(lines, "line") + "\n"}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	wantConfig := strings.Replace(addConfig, "# all of them\n", "# all of them\n            - /books/{id}#GET,PATCH\n            - /books/{id}/author#GET\n", 1)
	if diff := cmp.Diff(wantConfig, after["graphslice.yaml"]); diff != "" {
		t.Errorf("configuration: -want +got:\n%s", diff)
	}
	if got := ask("check"); got.code != exitOK {
		t.Errorf("check: exit code %d\n%s%s", got.code, got.stdout, got.stderr)
	}
	if got := ask("slice", "--check", addFrom); got.code != exitOK {
		t.Errorf("slice --check: exit code %d\n%s%s", got.code, got.stdout, got.stderr)
	}
}

// A pattern can go to another slice, in a list in brackets.
func TestAddToAnotherSlice(t *testing.T) {
	t.Chdir(t.TempDir())
	before := addTree(t, addConfig)
	got := ask("add", "/authors/{id}#DELETE", "--file", "./specs/authors.yaml", "--quiet", addFrom)
	if diff := cmp.Diff(result{exitOK, "", ""}, got, cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	after := tree(t)
	want := strings.Replace(addConfig, "['/authors#GET']", "['/authors#GET', '/authors/{id}#DELETE']", 1)
	if diff := cmp.Diff(want, after["graphslice.yaml"]); diff != "" {
		t.Errorf("configuration: -want +got:\n%s", diff)
	}
	if got := changed(before, after); !strings.Contains(strings.Join(got, " "), "internal/lib/authors_requests.go") {
		t.Errorf("changed: %q", got)
	}
}

// A configuration behind a link, which only its owner can read, stays both.
func TestAddKeepsTheFile(t *testing.T) {
	t.Chdir(t.TempDir())
	addTree(t, addConfig)
	if err := os.Rename("graphslice.yaml", "real.yaml"); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod("real.yaml", 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real.yaml", "graphslice.yaml"); err != nil {
		t.Fatal(err)
	}
	if got := ask("add", "/books/{id}#GET", "--quiet", addFrom); got.code != exitOK {
		t.Fatalf("exit code %d\n%s", got.code, got.stderr)
	}
	link, err := os.Lstat("graphslice.yaml")
	if err != nil || link.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v %v", link, err)
	}
	file, err := os.Stat("real.yaml")
	if err != nil || file.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", file.Mode(), err)
	}
}

// Whatever fails, everything is as it was.
func TestAddFails(t *testing.T) {
	const nothing = "gen: nothing was written\n"
	const several = "gen: of several slices, specs/books.yaml; --file picks another\n"
	tests := map[string]struct {
		args   []string
		config string
		before func(t *testing.T)
		want   result
	}{
		"no pattern":      {args: []string{"add"}, want: result{exitUsage, "", "gen: a pattern is missing, such as '/me/messages#GET,POST'; gen paths finds them" + usage}},
		"not a pattern":   {args: []string{"add", "books"}, want: result{exitUsage, "", `gen: the path pattern "books" does not begin with /` + usage}},
		"not a method":    {args: []string{"add", "/books#LIST"}, want: result{exitUsage, "", `gen: the path pattern "/books#LIST" names "LIST", which is not a method` + usage}},
		"an empty file":   {args: []string{"add", "/books", "--file="}, want: result{exitUsage, "", "gen: --file is empty" + usage}},
		"no such slice":   {args: []string{"add", "/books", "--file=x.yaml"}, want: result{exitUsage, "", `gen: graphslice.yaml cuts no slice "x.yaml" there; it cuts specs/books.yaml, specs/authors.yaml` + usage}},
		"no such package": {args: []string{"add", "/books", "--out=x"}, want: result{exitUsage, "", `gen: graphslice.yaml has no package in "x" that says what its slices are cut from; there is internal/lib` + usage}},
		"no configuration": {args: []string{"add", "/books", "--config=none.yaml"}, want: result{exitInput, "",
			"none.yaml: error: no such file (no-config)\n\thint: gen init writes one; or name one with --config, or describe one package with --spec and --out; see gen --help\n"}},
		"there already": {args: []string{"add", "/authors#GET"}, want: result{exitOK, "", several +
			"graphslice.yaml:13:47: note: the pattern /authors#GET is there already (there-already)\n"}},
		"selects nothing": {args: []string{"add", "/book", addFrom}, want: result{exitInput, "", several +
			"graphslice.yaml:6:7: error: the pattern /book selects no operation (no-match)\n\thint: the nearest paths are /books, /authors\n" + nothing}},
		"offline": {args: []string{"add", "/books/{id}", "--offline"}, want: result{exitInput, "", several +
			"https://lib.example/v1/$metadata: error: this run is offline, and no --from answers this address (offline)\n" +
			"\thint: give a file that holds it: --from 'https://lib.example/v1/$metadata=FILE'\n" + nothing}},
		"a list that cannot be edited": {args: []string{"add", "/books/{id}", addFrom}, config: strings.Replace(addConfig, "- /books#GET # all", "- !!str /books#GET # all", 1),
			want: result{exitInput, "", several + "graphslice.yaml:11:13: error: the list of includes cannot be added to: its last item is not a plain text (cannot-edit)\n" +
				"\thint: write the pattern into it by hand, then run gen slice and gen\n"}},
		"a file that was edited by hand": {args: []string{"add", "/books/{id}#GET", addFrom},
			before: func(t *testing.T) { appendTo(t, "internal/lib/books_requests.go", "// mine\n") },
			want: result{exitInput, "", several + "internal/lib/books_requests.go: error: it was changed after it was generated, and generating would undo that (edited-file)\n" +
				"\thint: move the change into the slices, the overrides or a file of your own; or let it go with --force, as after a merge\n" + nothing}},
		"overrides that are not there": {args: []string{"add", "/books/{id}#GET", addFrom}, config: strings.Replace(addConfig, "    slice:", "    overrides: [gone.yaml]\n    slice:", 1),
			want: result{exitInput, "", several + "gone.yaml: error: there is no such file (unreadable-file)\n\thint: an override file is YAML\n" + nothing}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			addTree(t, addConfig)
			if test.config != "" {
				lay(t, map[string]string{"graphslice.yaml": test.config})
			}
			if test.before != nil {
				test.before(t)
			}
			before := tree(t)
			got := ask(test.args...)
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(result{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if diff := cmp.Diff(before, tree(t)); diff != "" {
				t.Errorf("files (-before +after):\n%s", diff)
			}
		})
	}
}

// Without a slice or a package yet, a failure leaves no folder behind, and success makes both.
func TestAddToNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"lib.xml": library, "graphslice.yaml": addConfig, "internal/lib/models.go": "package lib // mine\n"})
	before := tree(t)
	if got := ask("add", "/books/{id}#GET", addFrom); got.code != exitInput {
		t.Errorf("exit code %d\n%s", got.code, got.stderr)
	}
	if diff := cmp.Diff(before, tree(t)); diff != "" {
		t.Errorf("files (-before +after):\n%s", diff)
	}
	if _, err := os.Stat("specs"); err == nil {
		t.Error("a folder was left behind")
	}
	if err := os.RemoveAll("internal"); err != nil {
		t.Fatal(err)
	}
	got := ask("add", "/books/{id}#GET", addFrom)
	if want := "GET /authors\tAuthors().List\nGET /books\tBooks().List\nGET /books/{book-id}\tBooks().ByID(id).Get\n"; got.code != exitOK || got.stdout != want {
		t.Errorf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
	}
}

func appendTo(t *testing.T, path, text string) {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	lay(t, map[string]string{path: string(data) + text})
}

// A bug, a panic and an interruption in the middle leave everything as it was, too.
func TestAddBroken(t *testing.T) {
	tests := map[string]struct {
		generate func(context.Context, generator.Config) (*generator.Result, error)
		code     int
	}{
		"a bug":           {func(context.Context, generator.Config) (*generator.Result, error) { return nil, errors.New("broken") }, exitBug},
		"a panic":         {func(context.Context, generator.Config) (*generator.Result, error) { panic("broken") }, exitBug},
		"an interruption": {func(context.Context, generator.Config) (*generator.Result, error) { return nil, context.Canceled }, exitInput},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			before := addTree(t, addConfig)
			var stdout, stderr bytes.Buffer
			a := &app{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, now: time.Now, generate: func(ctx context.Context, cfg generator.Config) (*generator.Result, error) {
				if data, err := os.ReadFile("graphslice.yaml"); err != nil || string(data) == addConfig {
					t.Errorf("the configuration was not written before: %v", err)
				}
				return test.generate(ctx, cfg)
			}}
			if code := a.run(context.Background(), []string{"add", "/books/{id}#GET", addFrom}); code != test.code {
				t.Errorf("exit code %d, want %d\n%s", code, test.code, stderr.String())
			}
			if diff := cmp.Diff(before, tree(t)); diff != "" {
				t.Errorf("files (-before +after):\n%s", diff)
			}
		})
	}
}
