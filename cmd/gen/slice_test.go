package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// library is the metadata of a small service.
const library = `<?xml version="1.0"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="lib" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="entity" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityType Name="book" BaseType="lib.entity"><Property Name="title" Type="Edm.String"/><Property Name="pages" Type="Edm.Int32"/>
<NavigationProperty Name="author" Type="lib.author"/></EntityType>
<EntityType Name="author" BaseType="lib.entity"><Property Name="name" Type="Edm.String"/></EntityType>
<EntityContainer Name="c"><EntitySet Name="books" EntityType="lib.book"/><EntitySet Name="authors" EntityType="lib.author"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`

// libraryAPI is a document of the same service, in which the pages are a text.
const libraryAPI = `openapi: 3.0.3
servers:
  - url: https://lib.example/v1/
paths:
  /books:
    get:
      responses:
        2XX:
          description: Books.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/lib.book'
components:
  schemas:
    lib.book:
      type: object
      properties:
        id:
          type: string
        pages:
          type: string
`

// libraryConfig is a configuration with a slice.
const libraryConfig = `packages:
  - specs: [specs/books.yaml]
    out: internal/lib
    package: lib
    slice:
      metadata: lib.xml
      notes: [notes.yaml]
      serviceRoot: https://lib.example/v1
      files: [{out: specs/books.yaml, title: Books, include: ['/books#GET']}]
`

// libraryTree is what the tests begin with.
func libraryTree() map[string]string {
	return map[string]string{
		"lib.xml": library, "api.yaml": libraryAPI, "graphslice.yaml": libraryConfig, "own.yaml": "mine: true\n",
		"notes.yaml": "types:\n  lib.book: {description: Something to read., properties: {subtitle: gone}}\n",
	}
}

func TestSliceCalls(t *testing.T) {
	const root = "--service-root=https://lib.example/v1"
	const oneWritten = "gen: 1 slice: 1 operation, 2 types and 1 more at the border; files: 1 written, 0 unchanged\n"
	const nothing = "gen: nothing was written\n"
	const wordless = "note: the metadata does not describe what the operations do (no-descriptions)\n" +
		"\thint: take a form that has descriptions, if the service has one (for Microsoft Graph see gen slice --help), or write them: --notes FILE, or notes: in the configuration\n"
	unused := "notes.yaml:2:60: warning: no slice has a use for types/lib.book/properties/subtitle (unused-note)\n"
	from := func(args ...string) []string {
		return append([]string{"slice", "--metadata=lib.xml", root, "--out=out/books.yaml"}, args...)
	}
	tests := map[string]struct {
		args    []string
		want    result
		written string // the file, "" if none
	}{
		"metadata":        {from("--include=/books#GET"), result{exitOK, "", wordless + oneWritten}, "out/books.yaml"},
		"quiet":           {from("--include=/books#GET", "--quiet"), result{exitOK, "", ""}, "out/books.yaml"},
		"the short names": {from("--include=/books#GET", "--follow=book.author", "--property=author:name"), result{exitOK, "", wordless + "gen: 1 slice: 1 operation, 3 types and 0 more at the border; files: 1 written, 0 unchanged\n"}, "out/books.yaml"},
		"joined": {[]string{"slice", "--openapi=api.yaml", "--metadata=lib.xml", "--include=/books", "--out=specs/joined.yaml"},
			result{exitOK, "", "api.yaml:16:5: warning: lib.book derives from nothing here and from lib.entity in the metadata, which is followed (disagreement)\n" +
				"\tsee also lib.xml:5:1\n\thint: to decide it, write into the notes: decisions: {lib.book: openapi} or metadata; * stands for any rest of a name\n" +
				"api.yaml:21:9: warning: lib.book/pages is string here and number int32 in the metadata, which is followed (disagreement)\n" +
				"\tsee also lib.xml:5:89\n\thint: to decide it, write into the notes: decisions: {lib.book/pages: openapi} or metadata; * stands for any rest of a name\n" + oneWritten}, "specs/joined.yaml"},
		"the configuration": {[]string{"slice"}, result{exitOK, "", unused + oneWritten}, "specs/books.yaml"},
		"check": {[]string{"slice", "--check"}, result{exitDiffers, "missing specs/books.yaml\n", unused + "gen: 1 slice: 1 operation, 2 types and 1 more at the border; files: 1 to write, 0 unchanged\n" +
			"gen: the slices differ from what is published: run gen slice without --check, look at the difference and commit it\n"}, ""},

		"an address from a file": {[]string{"slice", "--metadata=https://lib.example/v1/$metadata", "--from=https://lib.example/v1/$metadata=lib.xml", "--include=/books#GET", "--out=out/books.yaml"},
			result{exitOK, "", wordless + oneWritten}, "out/books.yaml"},
		"an address that nothing has": {from("--include=/books#GET", "--from=https://lib.example/v1/$metadata=lib.xml"),
			result{exitOK, "", "warning: no source has the address https://lib.example/v1/$metadata, which --from answers (unused-from)\n" + wordless + oneWritten}, "out/books.yaml"},
		"an address that no file answers": {[]string{"slice", "--metadata=https://lib.example/v1/$metadata?sig=x", "--from=https://lib.example/other=lib.xml", root, "--include=/books", "--out=x.yaml"},
			result{exitInput, "", "https://lib.example/v1/$metadata: error: this run is offline, and no --from answers this address (offline)\n" +
				"\thint: give a file that holds it: --from 'https://lib.example/v1/$metadata=FILE'\n" + nothing}, ""},
		"a document alone": {[]string{"slice", "--openapi=odata.yaml", "--include=/books", "--out=out/books.yaml"},
			result{exitOK, "", "note: an OpenAPI document alone does not tell which types derive from others, nor what a bind points to (no-metadata)\n" +
				"\thint: read the metadata that it was made from as well: --metadata ADDRESS, or metadata: in the configuration\n" +
				"gen: 1 slice: 1 operation, 1 type and 0 more at the border; files: 1 written, 0 unchanged\n"}, "out/books.yaml"},

		"no such file": {[]string{"slice", "--metadata=gone.xml", root, "--include=/books", "--out=x.yaml"},
			result{exitInput, "", "gone.xml: error: there is no such file (unreadable-file)\n" + nothing}, ""},
		"no match": {from("--include=/book"),
			result{exitInput, "", "error: the pattern /book selects no operation (no-match)\n\thint: the nearest paths are /books, /authors\n" + nothing}, ""},
		"not a slice in the way": {[]string{"slice", "--metadata=lib.xml", root, "--include=/books", "--out=own.yaml"},
			result{exitInput, "", "own.yaml: error: this file was not made by `gen slice` (not-ours)\n\thint: move it away, or write the slice elsewhere\n" + nothing}, ""},
		"a folder in the way": {[]string{"slice", "--metadata=lib.xml", root, "--include=/books", "--out=lib.xml/x.yaml"},
			result{exitInput, "", "lib.xml/x.yaml: error: not a directory (io)\n" + nothing}, ""},
		"no service root": {[]string{"slice", "--metadata=lib.xml", "--include=/books", "--out=x.yaml"},
			result{exitInput, "", "error: the URL of the service is not known: the sources do not tell it (no-service-root)\n\thint: write it as serviceRoot, or with --service-root\n" + nothing}, ""},
		"plain http": {[]string{"slice", "--metadata=http://lib.example/$metadata", "--include=/books", "--out=x.yaml"},
			result{exitInput, "", "http://lib.example/$metadata: error: \"http\" is not https (unreadable-url)\n\thint: write https://\n" + nothing}, ""},
		"no slices": {[]string{"slice", "--config=bare.yaml"},
			result{exitInput, "", "bare.yaml:1:12: error: no package says what its slices are cut from (no-slices)\n\thint: write slice: below a package, or name sources with --openapi and --metadata; see gen slice --help\n" + nothing}, ""},
		"a fault of the configuration": {[]string{"slice", "--config=faulty.yaml"},
			result{exitInput, "", "faulty.yaml:5:12: error: \"files\" is missing (missing-key)\nfaulty.yaml:5:12: error: \"openapi\" or \"metadata\" is missing (missing-key)\nfaulty.yaml:5:13: error: unknown key \"metdata\" (unknown-key)\n\thint: did you mean metadata? known here: clouds, descriptions, docs, files, follow, keep, keys, metadata, notes, openapi, permissions, properties, serviceRoot, types, without\n" + nothing}, ""},

		"no include":         {from(), result{exitUsage, "", "gen: --include is needed: the operations to take, such as '/me/**'" + usage}, ""},
		"no out":             {[]string{"slice", "--metadata=lib.xml", "--include=/books"}, result{exitUsage, "", "gen: --out is needed: the slice to write" + usage}, ""},
		"no source":          {[]string{"slice", "--include=/books"}, result{exitUsage, "", "gen: --include needs --openapi or --metadata; for a slice of graphslice.yaml write it there" + usage}, ""},
		"empty":              {from("--include="), result{exitUsage, "", "gen: --include is empty" + usage}, ""},
		"not a property":     {from("--include=/books", "--property=book"), result{exitUsage, "", "gen: --property is written as type:name,name, not \"book\"" + usage}, ""},
		"not a format":       {from("--include=/books", "--format=xml"), result{exitUsage, "", "gen: --format is text or json, not \"xml\"" + usage}, ""},
		"a typing error":     {from("--include=/books", "--inculde=/x"), result{exitUsage, "", "gen: unknown flag: --inculde; did you mean --include? See gen --help\n"}, ""},
		"an answer":          {from("--include=/books#GET", "--from=lib.xml"), result{exitUsage, "", "gen: --from: \"lib.xml\" is not of the form ADDRESS=FILE" + usage}, ""},
		"two answers":        {from("--include=/books#GET", "--from=https://a.example/x=a", "--from=https://a.example/x=b"), result{exitUsage, "", "gen: --from answers https://a.example/x twice, from a and from b" + usage}, ""},
		"not a root":         {from("--include=/books", "--service-root=lib"), result{exitUsage, "", "gen: --service-root \"lib\" is not a URL" + usage}, ""},
		"an argument":        {from("--include=/books", "x"), result{exitUsage, "", "gen: unknown argument \"x\"" + usage}, ""},
		"config and sources": {from("--include=/books", "--config=x"), result{exitUsage, "", "gen: --config and sources exclude each other" + usage}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			files := libraryTree()
			files["bare.yaml"] = "packages: [{specs: [a.yaml], out: a, package: a}]\n"
			files["odata.yaml"] = strings.Replace(libraryAPI, "    get:\n", "    get:\n      x-ms-docs-operation-type: operation\n", 1)
			files["faulty.yaml"] = "packages:\n  - specs: [a.yaml]\n    out: a\n    package: a\n    slice: {metdata: a}\n"
			lay(t, files)
			if diff := cmp.Diff(test.want, ask(test.args...), cmp.AllowUnexported(result{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			after := tree(t)
			for path := range after {
				if _, ok := files[path]; !ok && path != test.written {
					t.Errorf("%s was written", path)
				}
			}
			if test.written != "" && !strings.HasPrefix(after[test.written], "# A slice of the API") {
				t.Errorf("%s was not written", test.written)
			}
		})
	}
}

// A slice is renewed when what it is cut from has changed, and only then.
func TestSliceOverTime(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, libraryTree())
	states := func(args ...string) (int, []string) {
		got := ask(append([]string{"slice", "--format=json"}, args...)...)
		var document struct{ Slices []jsonSlice }
		if err := json.Unmarshal([]byte(got.stdout), &document); err != nil {
			t.Fatalf("%v\n%s%s", err, got.stdout, got.stderr)
		}
		var all []string
		for _, s := range document.Slices {
			all = append(all, s.Out+" "+string(s.State))
		}
		return got.code, all
	}
	type step struct {
		args   []string
		before func()
		code   int
		want   []string
	}
	steps := []step{
		{nil, nil, exitOK, []string{"specs/books.yaml missing"}},
		{[]string{"--check"}, nil, exitOK, []string{"specs/books.yaml unchanged"}},
		{[]string{"--check"}, func() { lay(t, map[string]string{"lib.xml": strings.ReplaceAll(library, "pages", "sheets")}) }, exitDiffers, []string{"specs/books.yaml changed"}},
		{nil, nil, exitOK, []string{"specs/books.yaml changed"}},
		{nil, nil, exitOK, []string{"specs/books.yaml unchanged"}},
		{nil, func() { lay(t, map[string]string{"lib.xml": "<half"}) }, exitInput, nil},
		{[]string{"--check"}, func() { lay(t, map[string]string{"lib.xml": strings.ReplaceAll(library, "pages", "sheets")}) }, exitOK, []string{"specs/books.yaml unchanged"}},
	}
	for i, s := range steps {
		if s.before != nil {
			s.before()
		}
		code, got := states(s.args...)
		if diff := cmp.Diff(s.want, got); diff != "" || code != s.code {
			t.Errorf("step %d: exit code %d, want %d (-want +got):\n%s", i, code, s.code, diff)
		}
	}
}

// Two commands lead from the address of metadata to a package: this is the first, with a server of this machine.
func TestSliceFromURL(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	t.Chdir(t.TempDir())
	asked := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked[r.Header.Get("If-None-Match")]++
		switch {
		case r.URL.Path == "/v1.0/page":
			w.Write([]byte("<!DOCTYPE html><html>"))
		case r.URL.Path != "/v1.0/$metadata":
			http.NotFound(w, r)
		case r.Header.Get("If-None-Match") == `"1"`:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", `"1"`)
			w.Write([]byte(library))
		}
	}))
	defer server.Close()
	metadata := server.URL + "/v1.0/$metadata"
	for range 2 {
		got := ask("slice", "--metadata", metadata, "--include=/books/**", "--out=specs/books.yaml", "--quiet")
		if diff := cmp.Diff(result{exitOK, "", ""}, got, cmp.AllowUnexported(result{})); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
	if diff := cmp.Diff(map[string]int{"": 1, `"1"`: 1}, asked); diff != "" {
		t.Errorf("how the server was asked, by If-None-Match (-want +got):\n%s", diff)
	}
	slice, err := os.ReadFile(filepath.Join("specs", "books.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(slice), "- url: "+server.URL+"/v1.0\n") || !strings.Contains(string(slice), "/books/{book-id}/author/$ref:") {
		t.Errorf("the slice is not what was asked for:\n%s", slice)
	}
	for path, want := range map[string]string{
		"/gone":      `the server answers 404 Not Found (unreadable-url)`,
		"/v1.0/page": `the server sent a web page (HTML), not a document (unreadable-url)`,
	} {
		got := ask("slice", "--metadata", server.URL+path, "--include=/books", "--out=specs/books.yaml")
		if line, _, _ := strings.Cut(got.stderr, "\n"); got.code != exitInput || line != server.URL+path+": error: "+want {
			t.Errorf("%s: exit code %d\n%s", path, got.code, got.stderr)
		}
	}
	if after, _ := os.ReadFile(filepath.Join("specs", "books.yaml")); string(after) != string(slice) {
		t.Error("a failed run changed the slice")
	}
}

// Each fault of the metadata or the document is one message with its place, and leaves everything as it was.
func TestSliceBadInput(t *testing.T) {
	inSchema := func(text string) string {
		return strings.Replace(library, "<EntityContainer", text+"\n<EntityContainer", 1)
	}
	metadata := map[string]struct{ text, want string }{
		"cut short":               {library[:len(library)-60], "in.xml:8:125: "},
		"a DOCTYPE":               {strings.Replace(library, "\n", "\n<!DOCTYPE x>\n", 1), "in.xml:2:1: "},
		"an entity":               {strings.Replace(library, `Name="c"`, `Name="&c;"`, 1), "in.xml:8:"},
		"unknown namespace":       {strings.Replace(library, `Type="lib.author"`, `Type="other.author"`, 1), "in.xml:6:1: "},
		"inherits in a circle":    {inSchema(`<EntityType Name="a" BaseType="lib.b"/><EntityType Name="b" BaseType="lib.a"/>`), "in.xml:8:"},
		"to an unknown type":      {strings.Replace(library, `Type="lib.author"`, `Type="lib.writer"`, 1), "in.xml:6:1: "},
		"a type twice":            {inSchema(`<EntityType Name="book"/>`), "in.xml:8:1: "},
		"no entity container":     {strings.Split(library, "<EntityContainer")[0] + "</Schema></edmx:DataServices></edmx:Edmx>", "in.xml"},
		"an OpenAPI document":     {libraryAPI, "in.xml:1:1: "},
		"an empty file":           {"", "in.xml: "},
		"half of a gzip file":     {"\x1f\x8b\x08\x00", "in.xml: "},
		"a web page, and no more": {"<!doctype html><title>x</title>", "in.xml: "},
	}
	for name, test := range metadata {
		t.Run("metadata: "+name, func(t *testing.T) { badSource(t, "--metadata=in.xml", "in.xml", test.text, test.want) })
	}
	document := map[string]struct{ text, want string }{
		"an anchor":         {strings.Replace(libraryAPI, "        2XX:", "        2XX: &a", 1), "in.yaml:8:14: "},
		"a tab":             {strings.Replace(libraryAPI, "    get:", "\tget:", 1), "in.yaml:6:1: "},
		"two documents":     {libraryAPI + "---\na: b\n", "in.yaml:23:1: "},
		"a key twice":       {libraryAPI + "    lib.book: {}\n", "in.yaml:23:5: "},
		"metadata":          {library, "in.yaml:1:1: "},
		"JSON, cut short":   {`{"openapi": "3.0.3", "paths": {"/books": {`, "in.yaml:1:"},
		"Swagger":           {"swagger: '2.0'\npaths: {}\n", "in.yaml:1:1: "},
		"no such path":      {strings.Replace(libraryAPI, "/books", "/cooks", 1), "in.yaml: "},
		"refers to nothing": {strings.Replace(libraryAPI, "schemas/lib.book'", "schemas/lib.hook'", 1), "in.yaml:13:23: "},
		"not text":          {"openapi: 3.0.3\x00", "in.yaml:1:15: "},
	}
	for name, test := range document {
		t.Run("document: "+name, func(t *testing.T) { badSource(t, "--openapi=in.yaml", "in.yaml", test.text, test.want) })
	}
}

// badSource cuts from a source that has to be refused, over a slice that is there already.
func badSource(t *testing.T, flag, file, text, want string) {
	t.Chdir(t.TempDir())
	before := map[string]string{file: text, "specs/books.yaml": "# A slice of the API, made by `gen slice`. Change what it is made from, not this file.\n"}
	lay(t, before)
	got := ask("slice", flag, "--service-root=https://lib.example/v1", "--include=/books", "--out=specs/books.yaml")
	message, found := strings.CutSuffix(got.stderr, "gen: nothing was written\n")
	if got.code != exitInput || !found || got.stdout != "" {
		t.Errorf("exit code %d\n%s", got.code, got.stderr)
	}
	if !strings.HasPrefix(message, want) || countMessages(message) != 1 {
		t.Errorf("want one message at %s\n%s", want, message)
	}
	if diff := cmp.Diff(before, tree(t)); diff != "" {
		t.Errorf("files (-before +after):\n%s", diff)
	}
}
