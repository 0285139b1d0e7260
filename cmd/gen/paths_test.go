package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPaths(t *testing.T) {
	tests := map[string]struct {
		args []string
		want result
	}{
		"of the configuration": {[]string{"paths", "--include=/authors"}, result{exitOK,
			"METHOD  PATH      WHAT IT DOES               DELEGATED   APPLICATION     PATTERN\n" +
				"GET     /authors  All who write.             Books.Read  Books.Read.All  '/authors#GET'\n" +
				"POST    /authors  Create an item of authors  -           -               '/authors#POST'\n", ""}},
		"words in any order": {[]string{"paths", "--metadata=lib.xml", "AUTHOR", "book", "put ref"}, result{exitOK,
			"METHOD  PATH                          WHAT IT DOES                 PATTERN\n" +
				"PUT     /books/{book-id}/author/$ref  Make author refer to author  '/books/{book-id}/author/$ref#PUT'\n", ""}},
		"a pattern and a word": {[]string{"paths", "--metadata=lib.xml", "--include=/books/**#GET", "--exclude=/books/*/author/**", "get"}, result{exitOK,
			"METHOD  PATH              WHAT IT DOES  PATTERN\n" +
				"GET     /books            List books    '/books#GET'\n" +
				"GET     /books/$count     Count books   '/books/$count#GET'\n" +
				"GET     /books/{book-id}  Get book      '/books/{book-id}#GET'\n", ""}},
		"a tree": {[]string{"paths", "--metadata=lib.xml", "--format=tree"}, result{exitOK,
			" 6  /authors  GET,POST\n 1    /$count  GET\n 3    /{author-id}  GET,PATCH,DELETE\n" +
				"10  /books  GET,POST\n 1    /$count  GET\n 7    /{book-id}  GET,PATCH,DELETE\n 4      /author  GET\n 3        /$ref  GET,PUT,DELETE\n" +
				"16  operations; gen paths WORDS lists those with the words, --include '/books/**' goes deeper\n", ""}},
		"an OpenAPI document": {[]string{"paths", "--openapi=api.yaml"}, result{exitOK,
			"METHOD  PATH    WHAT IT DOES  PATTERN\nGET     /books  -             '/books#GET'\n", ""}},
		"a word that is not there": {[]string{"paths", "--metadata=lib.xml", "atuhor", "book"}, result{exitInput, "",
			"error: no operation has \"atuhor\" in its path or in what it does (no-match)\n\thint: did you mean author?\n"}},
		"words that are not together": {[]string{"paths", "--metadata=lib.xml", "post", "count"}, result{exitInput, "",
			"error: no operation has all of \"post\", \"count\" in its path or in what it does (no-match)\n\thint: leave one out\n"}},
		"a pattern that matches nothing": {[]string{"paths", "--metadata=lib.xml", "--include=/book"}, result{exitInput, "",
			"error: the pattern /book selects no operation (no-match)\n\thint: the nearest paths are /books, /authors\n"}},
		"offline": {[]string{"paths", "--metadata=https://lib.example/$metadata", "--offline"}, result{exitInput, "",
			"https://lib.example/$metadata: error: this run is offline, and no --from answers this address (offline)\n\thint: give a file that holds it: --from 'https://lib.example/$metadata=FILE'\n"}},
		"no configuration": {[]string{"paths", "--config=none.yaml"}, result{exitInput, "",
			"none.yaml: error: no such file (no-config)\n\thint: gen init writes one; or name a source, such as --metadata '" + cleanedV1 + "'\n"}},
		"nothing to cut from": {[]string{"paths", "--config=bare.yaml"}, result{exitInput, "",
			"bare.yaml:1:12: error: no package says what its slices are cut from (no-slices)\n\thint: write slice: below a package, or name sources with --openapi and --metadata; see gen slice --help\n"}},
		"another folder": {[]string{"paths", "--out=x"}, result{exitUsage, "",
			`gen: graphslice.yaml has no package in "x" that says what its slices are cut from; there is internal/lib` + usage}},
		"sources and a configuration": {[]string{"paths", "--metadata=lib.xml", "--out=x"}, result{exitUsage, "", "gen: --out and sources exclude each other" + usage}},
		"notes alone":                 {[]string{"paths", "--notes=notes.yaml"}, result{exitUsage, "", "gen: --notes needs --openapi or --metadata; for a slice of graphslice.yaml write it there" + usage}},
		"a format":                    {[]string{"paths", "--format=jsno"}, result{exitUsage, "", "gen: --format is text, json or tree, not \"jsno\"; did you mean json? See gen --help\n"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			files := libraryTree()
			files["bare.yaml"] = "packages: [{specs: [a.yaml], out: a}]\n"
			files["notes.yaml"] = "operations:\n  GET /authors: {summary: All who write., delegated: [Books.Read], application: [Books.Read.All]}\n"
			lay(t, files)
			if diff := cmp.Diff(test.want, ask(test.args...), cmp.AllowUnexported(result{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if diff := cmp.Diff(files, tree(t)); diff != "" {
				t.Errorf("files (-before +after):\n%s", diff)
			}
		})
	}
}

// Of several packages the first is taken, which is said.
func TestPathsOfSeveralPackages(t *testing.T) {
	t.Chdir(t.TempDir())
	files := libraryTree()
	files["graphslice.yaml"] += strings.TrimPrefix(strings.ReplaceAll(libraryConfig, "/lib", "/two"), "packages:\n")
	lay(t, files)
	if got := ask("paths", "count", "book"); got.code != exitOK || got.stderr != "gen: of several packages, internal/lib; --out picks another\n" {
		t.Errorf("exit code %d, stderr %q", got.code, got.stderr)
	}
	if got := ask("paths", "count", "book", "--out=internal/two"); got.code != exitOK || got.stderr != "" {
		t.Errorf("exit code %d, stderr %q", got.code, got.stderr)
	}
}

func TestPathsJSON(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, libraryTree())
	got := ask("paths", "--metadata=lib.xml", "--include=/books#POST", "--format=json")
	want := `{
  "operations": [
    {
      "method": "POST",
      "path": "/books",
      "kind": "create",
      "summary": "Create an item of books",
      "scopes": [],
      "applicationScopes": [],
      "pattern": "/books#POST"
    }
  ]
}
`
	if diff := cmp.Diff(result{exitOK, want, ""}, got, cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestPasteable(t *testing.T) {
	tests := map[string]string{
		"/a#GET":            "'/a#GET'",
		"/a(b='{b}')#GET":   `"/a(b='{b}')#GET"`,
		"/a(b='{b}')/$ref":  `'/a(b='\''{b}'\'')/$ref'`,
		"/a/$count#GET":     "'/a/$count#GET'",
		"/a(b='{b}')!\"`\\": `'/a(b='\''{b}'\'')!"` + "`\\'",
	}
	for pattern, want := range tests {
		if got := pasteable(pattern); got != want {
			t.Errorf("%s: got %s, want %s", pattern, got, want)
		}
	}
}

// Every operation of Graph's metadata is found by its own words, and its pattern selects it alone.
func TestPathsOfGraph(t *testing.T) {
	source := sharedMetadata(t)
	got := ask("paths", "send", "mail", "--metadata", source, "--format=json")
	var listing pathListing
	if err := json.Unmarshal([]byte(got.stdout), &listing); err != nil || got.code != exitOK {
		t.Fatalf("exit code %d: %v\n%s", got.code, err, got.stderr)
	}
	found := map[string]bool{}
	for _, o := range listing.Operations {
		found[o.Pattern] = true
		text := strings.ToLower(o.Path + o.Summary)
		if !strings.Contains(text, "send") || !strings.Contains(text, "mail") {
			t.Errorf("%s has not both words", o.Pattern)
		}
	}
	if !found["/me/microsoft.graph.sendMail#POST"] && !found["/me/sendMail#POST"] {
		t.Errorf("what everybody looks for is not there:\n%s", got.stdout)
	}
}

// sharedMetadata is the path of Graph's cleaned metadata, which lies beside the repository; the test is skipped where it does
// not.
func sharedMetadata(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../../../shared/graph-csdl/v1.0-clean-2026-08.xml")
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		t.Skipf("SKIPPED: needs shared/graph-csdl, which lies beside the repository and is not there: %v", err)
	}
	return path
}
