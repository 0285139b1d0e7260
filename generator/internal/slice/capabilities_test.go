package slice_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// library cuts a slice of a service that has annotations of every kind.
func library(t *testing.T, change func(*slice.Config), include ...string) *tree.Document {
	t.Helper()
	cfg := slice.Config{
		Metadata: []string{filepath.Join("testdata", "library.xml")}, ServiceRoot: "https://city.example/v1",
		Files: []slice.File{{Out: "x.yaml", Title: "X", Include: include}},
	}
	if change != nil {
		change(&cfg)
	}
	result, err := slice.Cut(t.Context(), cfg)
	if err != nil || slices.ContainsFunc(result.Diagnostics, func(d diag.Diagnostic) bool { return d.Severity != diag.Note }) {
		t.Fatal(err, result.Diagnostics)
	}
	return result.Documents[0]
}

// notes writes a file of notes for a configuration.
func notes(t *testing.T, text string) func(*slice.Config) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "notes.yaml")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return func(cfg *slice.Config) { cfg.Notes = append(cfg.Notes, path) }
}

// operations lists the operations of a document with what they take in query and headers: "*" marks what is required.
func operations(d *tree.Document) []string {
	components := map[string]*tree.Node{}
	for _, s := range d.Components {
		for _, f := range s.Components {
			components["#/components/"+s.Name+"/"+f.Key] = f.Value
		}
	}
	var lines []string
	for _, p := range d.Paths {
		for _, m := range p.Operations {
			line := m.Name + " " + p.Path
			all := m.Operation.Get("parameters")
			if all == nil {
				all = tree.Seq()
			}
			for _, parameter := range all.Items() {
				if ref := parameter.Get("$ref"); ref != nil {
					parameter = components[ref.Text()]
				}
				line += " " + parameter.Get("name").Text()
				if parameter.Get("required").Text() == "true" {
					line += "*"
				}
			}
			lines = append(lines, line)
		}
	}
	return lines
}

func TestCapabilities(t *testing.T) {
	cases := map[string]struct {
		include []string
		want    string
	}{
		"a base type takes nothing from those that derive from it": {[]string{"/books#GET,POST", "/items#GET,POST"}, `
			GET /books $top $skip $search $filter $count $orderby $select $expand
			POST /books
			GET /items $skip $search $filter $count $orderby $expand
			POST /items`},
		"by key, PUT, a required header, and an option of a POST": {[]string{"/books/{book-id}/copies/**"}, `
			GET /books/{book-id}/copies $top $skip $search $filter $count $orderby $select $expand
			POST /books/{book-id}/copies reason*
			GET /books/{book-id}/copies/$count $search $filter
			PUT /books/{book-id}/copies/{copy-id} if-match*
			DELETE /books/{book-id}/copies/{copy-id} If-Match`},
		"by key, written out": {[]string{"/books/{book-id}/copies/{copy-id}#GET"}, `
			GET /books/{book-id}/copies/{copy-id} $select $expand`},
		"the property's own annotation names it": {[]string{"/books/{book-id}/loans", "/books/{book-id}/loans/{loan-id}"}, `
			GET /books/{book-id}/loans $top $skip $search $filter $count $orderby $select $expand from* to
			POST /books/{book-id}/loans
			GET /books/{book-id}/loans/{loan-id} $select $expand from* to
			PATCH /books/{book-id}/loans/{loan-id} If-Match`},
		"a set says it of a path, a type says it of the rest": {[]string{"/books/{book-id}/loans/{loan-id}/fees#POST", "/desk/book/loans/{loan-id}/fees#GET,POST"}, `
			POST /books/{book-id}/loans/{loan-id}/fees
			GET /desk/book/loans/{loan-id}/fees $top $skip $search $filter $count $orderby $select $expand`},
		"a singleton closes a way": {[]string{"/desk/*", "/desk/book/copies"}, `
			GET /desk/book $select $expand
			PATCH /desk/book If-Match
			DELETE /desk/book If-Match
			POST /desk/book/copies reason*`},
		"lists of properties at a set and at types": {[]string{"/rooms/{room-id}/shelves/**#POST,PATCH,DELETE", "/rooms/{room-id}/shelves/**/$count"}, `
			GET /rooms/{room-id}/shelves/$count $search $filter
			PATCH /rooms/{room-id}/shelves/{shelf-id} If-Match
			DELETE /rooms/{room-id}/shelves/{shelf-id} If-Match
			POST /rooms/{room-id}/shelves/{shelf-id}/boards`},
		"explicit bindings": {[]string{"/**/city.library.*#POST"}, `
			POST /books/city.library.sort
			POST /books/{book-id}/city.library.free
			POST /books/{book-id}/city.library.lend
			POST /books/{book-id}/city.library.scan
			POST /desk/book/city.library.free
			POST /desk/book/city.library.lend
			POST /desk/book/city.library.scan
			POST /items/{item-id}/city.library.free
			POST /items/{item-id}/city.library.lend
			POST /rooms/{room-id}/shown/city.library.sort`},
		"an alternate key of a set": {[]string{"/books(isbn='{isbn}')"}, `
			GET /books(isbn='{isbn}') $select $expand
			PATCH /books(isbn='{isbn}') If-Match
			DELETE /books(isbn='{isbn}') If-Match`},
		"options of streams and functions": {[]string{"/books/{book-id}/cover#GET,PUT", "/books/{book-id}/city.library.print()"}, `
			GET /books/{book-id}/city.library.print() size*
			GET /books/{book-id}/cover $format
			PUT /books/{book-id}/cover`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			compare(t, c.want, operations(library(t, nil, c.include...)))
		})
	}
}

// compare compares lines with a text that has one a line.
func compare(t *testing.T, want string, got []string) {
	t.Helper()
	if diff := cmp.Diff(strings.Split(strings.ReplaceAll(strings.TrimSpace(want), "\t", ""), "\n"), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLibrary compares what is said of operations, their content and the access to properties with a golden file, once with the
// metadata's words and once without.
func TestLibrary(t *testing.T) {
	include := []string{"/books/{book-id}/copies", "/books/{book-id}/copies/{copy-id}", "/books/{book-id}/cover#GET,PUT", "/books/{book-id}/$value#GET,PUT",
		"/books/{book-id}/city.library.*", "/books/{book-id}/loans#GET", "/books/{book-id}#GET"}
	golden(t, "library.yaml", library(t, nil, include...).Render())
	golden(t, "library-notes.yaml", library(t, func(cfg *slice.Config) { cfg.OnlyNotes = true }, include...).Render())
}

// Notes give back what the metadata denies, take away what it allows, and change the query of one operation.
func TestCorrections(t *testing.T) {
	include := []string{"/items", "/books", "/books/{book-id}/loans#GET", "/books/{book-id}/copies/**", "/desk/**#GET"}
	exclude := func(cfg *slice.Config) {
		cfg.Files[0].Exclude = []string{"/desk/book/*/**", "/desk/book/$*", "/desk/book/city.*"}
	}
	correct := notes(t, `
capabilities:
  city.library.item: {top: true, select: true, search: false}
  books: {insert: false}
  desk/closed: {navigate: true, count: false}
  city.library.book/copies: {readByKey: true, put: false, delete: false}
  book/loans: {orderby: false}
  desk/book: {update: true}
operations:
  GET /books: {query: [-search, "-$orderby", lang, {name: since, type: Edm.Date, required: true, description: From when on.}]}
  GET /books/{book-id}/loans: {query: [-from, {name: $top, type: Edm.Int32, required: true}]}
`)
	doc := library(t, func(cfg *slice.Config) { exclude(cfg); correct(cfg) }, include...)
	compare(t, `
		GET /books $top $skip $filter $count $select $expand lang since*
		GET /books/{book-id}/copies $top $skip $search $filter $count $orderby $select $expand
		POST /books/{book-id}/copies reason*
		GET /books/{book-id}/copies/$count $search $filter
		GET /books/{book-id}/copies/{copy-id} $select $expand
		PATCH /books/{book-id}/copies/{copy-id} if-match*
		GET /books/{book-id}/loans $skip $search $filter $count $select $expand to $top*
		GET /desk $select $expand
		GET /desk/book $select $expand
		GET /desk/closed $select $expand
		GET /items $top $skip $filter $count $orderby $select $expand
		POST /items`, operations(doc))
	get := doc.Paths[slices.IndexFunc(doc.Paths, func(p tree.Path) bool { return p.Path == "/books" })].Operations[0].Operation
	since := get.Get("parameters").Items()[7]
	if since.Get("description").Text() != "From when on." || since.Get("schema").Get("format").Text() != "date" {
		t.Errorf("since is %s, %s", since.Get("description").Text(), since.Get("schema").Get("format").Text())
	}
}

func TestBadCorrections(t *testing.T) {
	cases := map[string]struct{ text, want string }{
		"no capability": {"capabilities:\n  books:\n    expnd: true\n", `notes.yaml:3:5: error: "expnd" is no capability (bad-notes)
	hint: known are count, delete, expand, filter, index, insert, navigate, orderby, put, read, readByKey, reference, search, select, skip, top, update`},
		"no boolean": {"capabilities:\n  books: {expand: perhaps}\n", "notes.yaml:2:19: error: expected true or false; found the text \"perhaps\" (wrong-shape)"},
		"no name":    {"operations:\n  GET /books:\n    query:\n    - '-'\n", "notes.yaml:4:7: error: expected the name of an option, with - before it to take it away, or {name: …}; found the text \"-\" (wrong-shape)"},
		"unknown key": {"operations:\n  GET /books:\n    query: [{name: a,\n      kind: b}]\n", `notes.yaml:4:7: error: unknown key "kind" (unknown-key)
	hint: known here: description, name, required, type`},
		"no type of OData": {"operations:\n  GET /books:\n    query:\n    - {name: a, type: Date}\n", "notes.yaml:4:7: error: the query option a is of the type Date, which is neither primitive nor an enumeration (bad-notes)\n" +
			"\thint: write a type such as Edm.String, Edm.DateTimeOffset, Edm.Boolean, or Collection() around one"},
		"no answer": {"operations:\n  GET /books: {responses: {200: locatio}}\n", `notes.yaml:2:33: error: with an answer comes a body, a Location, both or nothing, not "locatio" (bad-notes)
	hint: write body, location, "body, location" or nothing`},
		"no status": {"operations:\n  GET /books: {responses: {20x: location}}\n", `notes.yaml:2:28: error: "20x" is no status of success, such as 202 or 2XX (bad-notes)
	hint: an answer that is no success needs no note`},
		"no type": {"operations:\n  GET /books:\n    query:\n    - {name: a, type: Edm.Integer}\n", "notes.yaml:4:7: error: the query option a is of the type Edm.Integer, which is neither primitive nor an enumeration (bad-notes)\n" +
			"\thint: write a type such as Edm.String, Edm.DateTimeOffset, Edm.Boolean, or Collection() around one"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			cfg := slice.Config{Metadata: []string{filepath.Join("testdata", "library.xml")}, ServiceRoot: "https://city.example/v1",
				Files: []slice.File{{Out: "x.yaml", Include: []string{"/books#GET"}}}}
			notes(t, c.text)(&cfg)
			result, err := slice.Cut(t.Context(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.ReplaceAll(result.Diagnostics.Error(), filepath.Dir(cfg.Notes[0])+string(filepath.Separator), "")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What corrects nothing is told, as other notes are.
func TestUnusedCorrections(t *testing.T) {
	cfg := slice.Config{Metadata: []string{filepath.Join("testdata", "library.xml")}, ServiceRoot: "https://city.example/v1",
		Files: []slice.File{{Out: "x.yaml", Include: []string{"/books#GET"}}}}
	notes(t, "capabilities:\n  boks: {expand: true}\n  books/nothing: {insert: true}\n  books: {insert: true}\n")(&cfg)
	var got []string
	for _, u := range cut(t, cfg).Unused {
		got = append(got, u.Key)
	}
	if diff := cmp.Diff([]string{"capabilities/boks/expand", "capabilities/books/nothing/insert"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The query of an operation that an OpenAPI document describes is corrected in the same way.
func TestCorrectionsOfDocument(t *testing.T) {
	for name, metadata := range map[string][]string{"alone": nil, "with metadata": {filepath.Join("testdata", "school.xml")}} {
		cfg := apiConfig()
		cfg.Metadata = metadata
		notes(t, "operations:\n  GET /courses: {query: [-top, expand, {name: state, type: Edm.Int32}]}\n  POST /courses: {query: [why]}\n")(&cfg)
		result, err := slice.Cut(t.Context(), cfg)
		if err != nil || result.Diagnostics.HasErrors() {
			t.Fatal(err, result.Diagnostics)
		}
		got := operations(result.Documents[0])[:2]
		if diff := cmp.Diff([]string{"GET /courses $expand state", "POST /courses why"}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestRealCapabilities cuts what Graph's cleaned metadata says in annotations of every place.
func TestRealCapabilities(t *testing.T) {
	metadata := filepath.Join("..", "..", "..", "..", "shared", "graph-csdl", "v1.0-clean-2026-08.xml")
	if _, err := os.Stat(metadata); err != nil {
		t.Skipf("SKIPPED: needs %s, which lies beside the repository and is not there", filepath.ToSlash(metadata))
	}
	cfg := slice.Config{Metadata: []string{metadata}, OnlyNotes: true, ServiceRoot: "https://graph.microsoft.com/v1.0",
		Files: []slice.File{{Out: "x.yaml", Include: []string{
			"/users/{user-id}/calendarView#GET", "/me/events/{event-id}/instances#GET", "/solutions/bookingBusinesses/{bookingBusiness-id}/calendarView#GET",
			"/me/mailFolders#GET", "/me/calendarView/microsoft.graph.delta()", "/planner/tasks/{plannerTask-id}#PATCH", "/users#GET",
			"/groups/{group-id}/microsoft.graph.checkMemberGroups", "/users/{user-id}/followedSites/microsoft.graph.add",
			"/organization/{organization-id}/branding/backgroundImage#PUT",
		}}}}
	doc := cut(t, cfg).Documents[0]
	compare(t, `
		POST /groups/{group-id}/microsoft.graph.checkMemberGroups
		GET /me/calendarView/microsoft.graph.delta() $top $skip $filter $count $orderby $select $expand startDateTime* endDateTime*
		GET /me/events/{event-id}/instances $top $skip $filter $count $orderby $select startDateTime* endDateTime*
		GET /me/mailFolders $top $skip $filter $count $orderby $select $expand includeHiddenFolders
		PUT /organization/{organization-id}/branding/backgroundImage
		PATCH /planner/tasks/{plannerTask-id} If-Match*
		GET /solutions/bookingBusinesses/{bookingBusiness-id}/calendarView $top $skip $search $filter $count $orderby $select $expand start* end*
		GET /users $top $search $filter $count $orderby $select $expand ConsistencyLevel
		GET /users/{user-id}/calendarView $top $skip $filter $count $orderby $select $expand startDateTime* endDateTime*
		POST /users/{user-id}/followedSites/microsoft.graph.add`, operations(doc))
	content := doc.Paths[slices.IndexFunc(doc.Paths, func(p tree.Path) bool { return strings.HasSuffix(p.Path, "backgroundImage") })].
		Operations[0].Operation.Get("requestBody").Get("content")
	var types []string
	for _, f := range content.Fields() {
		types = append(types, f.Key)
	}
	if diff := cmp.Diff([]string{"image/bmp", "image/jpg", "image/jpeg", "image/gif", "image/vnd.microsoft.icon", "image/png", "image/tiff"}, types); diff != "" {
		t.Errorf("media types (-want +got):\n%s", diff)
	}
}
