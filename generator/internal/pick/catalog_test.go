package pick

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/slice"
)

// sources are what these tests cut from: metadata with references, casts and functions, and a document.
func sources(t *testing.T) map[string]*slice.Source {
	t.Helper()
	school := filepath.Join("..", "slice", "testdata", "school.xml")
	document := filepath.Join(t.TempDir(), "document.yaml")
	if err := os.WriteFile(document, []byte(testDocument), 0o666); err != nil {
		t.Fatal(err)
	}
	all := map[string]*slice.Source{}
	for name, cfg := range map[string]slice.Config{
		"metadata": {Metadata: []string{school}, ServiceRoot: "https://school.example/v1"},
		"document": {OpenAPI: document},
	} {
		source, found, err := slice.Open(context.Background(), cfg)
		if err != nil || source == nil {
			t.Fatal(found, err)
		}
		all[name] = source
	}
	return all
}

const testDocument = `openapi: 3.0.4
info: {title: Letters, version: v1}
servers: [{url: https://letters.example/v1}]
paths:
  /letters:
    get: {summary: List letters, responses: {'200': {description: OK}}}
    post: {summary: Write a letter, description: Sends it at once., responses: {'200': {description: OK}}}
  /letters/{letter-id}:
    get: {summary: Get a letter, responses: {'200': {description: OK}}}
    put: {summary: Replace a letter, responses: {'200': {description: OK}}}
    delete: {summary: Burn a letter, responses: {'200': {description: OK}}}
  /letters/{letter-id}/stamps:
    get: {summary: List stamps, responses: {'200': {description: OK}}}
    post: {summary: Add a stamp, responses: {'200': {description: OK}}}
  /letters/{letter-id}/send:
    post: {summary: Send a letter, responses: {'200': {description: OK}}}
  /letterheads:
    get: {summary: List letterheads, responses: {'200': {description: OK}}}
  /me/sendLetter:
    post: {summary: Send a letter of the reader, responses: {'200': {description: OK}}}
  /users/{user-id}/sendLetter:
    post: {summary: Send a letter of a user, responses: {'200': {description: OK}}}
`

// choosing are the numbers of what patterns select.
func (c *catalog) choosing(t *testing.T, patterns ...string) selection {
	t.Helper()
	selected, _ := c.shelf.Select(patterns, nil)
	numbers, strange := c.numbers(selected)
	if len(strange) > 0 {
		t.Fatalf("%v: %v are not listed", patterns, strange)
	}
	found := selection{}
	for _, i := range numbers {
		found[i] = true
	}
	return found
}

// What is ticked becomes the fewest patterns, and of these the shortest; those that are there already stay if others are no fewer.
func TestShortenCases(t *testing.T) {
	all := sources(t)
	cases := map[string]struct {
		source        string
		ticked, given []string
		want          string
	}{
		"one operation":               {"document", []string{"/letters#GET"}, nil, "/letters#GET"},
		"all of a path":               {"document", []string{"/letters#GET", "/letters#POST"}, nil, "/letters"},
		"some of a path":              {"document", []string{"/letters/{id}#GET,PUT"}, nil, "/letters/{letter-id}#GET,PUT"},
		"one below another":           {"document", []string{"/letters/{id}/stamps"}, nil, "/letters/{letter-id}/stamps"},
		"all below a path":            {"document", []string{"/letters/{id}/**"}, nil, "/letters/{letter-id}/**"},
		"all of a root":               {"document", []string{"/letters/**"}, nil, "/letters/**"},
		"all":                         {"document", []string{"/**"}, nil, "/**"},
		"all that reads":              {"document", []string{"/**#GET"}, nil, "/letters/**#GET /letterheads"},
		"all that reads, and one":     {"document", []string{"/letters/**#GET", "/letters#POST"}, nil, "/letters/**#GET /letters#POST"},
		"all but one":                 {"document", []string{"/letters/**#GET,POST,PUT"}, nil, "/letters/**#GET,POST,PUT"},
		"given, in its order":         {"document", []string{"/letterheads", "/letters#GET"}, []string{"/letters#GET", "/letterheads#GET"}, "/letters#GET /letterheads#GET"},
		"given, with a *":             {"document", []string{"/letters/{id}#GET", "/letterheads"}, []string{"/letters/*#GET"}, "/letters/*#GET /letterheads"},
		"given, but more than ticked": {"document", []string{"/letters#GET"}, []string{"/letters/**"}, "/letters#GET"},
		"given, but fewer do":         {"document", []string{"/letters/**"}, []string{"/letters#GET,POST", "/letters/{id}", "/letters/{id}/stamps"}, "/letters/**"},
		"nothing":                     {"document", nil, []string{"/letters"}, ""},

		"members":                           {"metadata", []string{"/courses/{id}/members/**"}, nil, "/courses/{course-id}/members/**"},
		"reading only":                      {"metadata", []string{"/courses/{id}/members/**#GET"}, nil, "/courses/{course-id}/members/**#GET"},
		"behind a stop alone":               {"metadata", []string{"/courses/{id}/members/{id}/friends#GET"}, nil, "/courses/{course-id}/members/{person-id}/friends#GET"},
		"what only a path selects":          {"metadata", []string{"/courses/{id}/teacher"}, nil, "/courses/{course-id}/teacher"},
		"a part of what a path selects":     {"metadata", []string{"/courses/{id}/teacher#GET"}, nil, "/courses/{course-id}/teacher#GET"},
		"all, with what lies behind a stop": {"metadata", []string{"/**", "/courses/{id}/members/**"}, nil, "/** /courses/{course-id}/members/**"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			list := newCatalog(all[c.source], c.ticked)
			got := list.shorten(list.choosing(t, c.ticked...), nil, c.given)
			if text := strings.Join(got.patterns, " "); text != c.want || len(got.extra) > 0 {
				t.Errorf("got %s, and %v in addition, want %s", text, got.extra, c.want)
			}
		})
	}
}

// Whatever is ticked, the patterns select it and nothing else but what they say they do, and none of them is needless.
func TestShortenSelectsWhatIsTicked(t *testing.T) {
	for name, source := range sources(t) {
		t.Run(name, func(t *testing.T) {
			c := newCatalog(source, nil)
			for _, stop := range slices.Sorted(stopsOf(c)) {
				c.expand(stop)
			}
			random := rand.New(rand.NewPCG(1, 2))
			for round := range 150 {
				ticked, given := randomTicks(c, random), randomPatterns(c, random)
				got := c.shorten(ticked, nil, given)
				checkShortened(t, c, ticked, got)
				if again := c.shorten(ticked, nil, given); !slices.Equal(again.patterns, got.patterns) {
					t.Errorf("round %d: %v and then %v", round, got.patterns, again.patterns)
				}
				if t.Failed() {
					t.Fatalf("round %d: given %v", round, given)
				}
			}
		})
	}
}

func stopsOf(c *catalog) func(func(string) bool) {
	return func(yield func(string) bool) {
		for stop := range c.stops {
			if !yield(stop) {
				return
			}
		}
	}
}

// randomTicks ticks some operations: some alone, some whole branches.
func randomTicks(c *catalog, random *rand.Rand) selection {
	ticked := selection{}
	for range random.IntN(6) {
		ticked[random.IntN(len(c.all))] = true
	}
	for range random.IntN(4) {
		for i := range c.all[random.IntN(len(c.all))].node.above.operations {
			ticked[i] = true
		}
	}
	for range random.IntN(3) {
		delete(ticked, random.IntN(len(c.all)))
	}
	return ticked
}

// randomPatterns are patterns that may have been there before.
func randomPatterns(c *catalog, random *rand.Rand) []string {
	var patterns []string
	for range random.IntN(4) {
		n := c.all[random.IntN(len(c.all))].node
		patterns = append(patterns, n.path+[]string{"", "#GET", "#POST,PATCH", everything, everything + "#GET"}[random.IntN(5)])
	}
	return patterns
}

func checkShortened(t *testing.T, c *catalog, ticked selection, got shortened) {
	t.Helper()
	names := func(numbers selection) []string {
		all := []string{}
		for i := range numbers {
			all = append(all, c.all[i].Method+" "+c.all[i].Path)
		}
		slices.Sort(all)
		return all
	}
	selects := func(patterns []string) []string {
		selected, _ := c.shelf.Select(patterns, nil)
		all := []string{}
		for _, o := range selected {
			if !slices.Contains(got.extra, o) {
				all = append(all, o.Method+" "+o.Path)
			}
		}
		slices.Sort(all)
		return all
	}
	if diff := cmp.Diff(names(ticked), selects(got.patterns)); diff != "" {
		t.Errorf("%v: ticked and selected differ:\n%s", got.patterns, diff)
	}
	for i, pattern := range got.patterns {
		if slices.Equal(selects(slices.Delete(slices.Clone(got.patterns), i, i+1)), selects(got.patterns)) && len(ticked) > 0 {
			t.Errorf("%v: %s is needless", got.patterns, pattern)
		}
	}
}

// What a configuration has beside what is listed at first has numbers as well, and is reached by the ** of the stop above it.
func TestCatalog(t *testing.T) {
	source := sources(t)["metadata"]
	c := newCatalog(source, []string{"/courses/{id}/teacher", "/courses/{id}/members/{id}/friends/**#GET"})
	for _, o := range []slice.Selected{{Method: "PATCH", Path: "/courses/{course-id}/teacher"}, {Method: "GET", Path: "/courses/{course-id}/members/{person-id}/friends"}} {
		if _, known := c.at[o]; !known {
			t.Errorf("%v is not there", o)
		}
	}
	before := len(c.all)
	for _, stop := range slices.Sorted(stopsOf(c)) {
		c.expand(stop)
	}
	if len(c.all) == before {
		t.Fatal("nothing lies behind the stops")
	}
	for _, n := range c.nodes { // what lies below a path are its numbers, each once
		count := 0
		for i := range n.operations {
			if path := c.all[i].Path; path != n.path && !strings.HasPrefix(path, n.path) {
				t.Errorf("%s has %s", n.path, path)
			}
			count++
		}
		want := 0
		for _, o := range c.all {
			if o.node == n || isBelow(o.node, n) {
				want++
			}
		}
		if count != want {
			t.Errorf("%s has %d numbers, want %d", n.path, count, want)
		}
	}
}

// Paths that nobody should write are listed, and said not to be selectable where they are not.
func TestOddPaths(t *testing.T) {
	odd := []string{"/", "/a", "/a/", "/a//b", "/a/b(c='{d/e}')/f", "b/c", "/{x}.{y}", "/ü/%2F"}
	var all shelf
	for _, path := range odd {
		all = append(all, listed("GET", path, "odd"))
	}
	c := newCatalog(all, nil)
	wanted := selection{}
	for i := range c.all {
		wanted[i] = true
		if n := c.all[i].node; n.path != c.all[i].Path || n.above == nil {
			t.Errorf("%s stands at %q", c.all[i].Path, n.path)
		}
	}
	if len(c.all) != len(odd) {
		t.Errorf("%d of %d paths are there", len(c.all), len(odd))
	}
	p := c.plan([]filed{{File: File{File: slice.File{Out: "s.yaml"}}, has: selection{}, kept: selection{}}}, wanted, nil, 0)
	if len(p.faults) != 1 || !strings.Contains(p.faults[0], "No pattern selects") { // since this shelf selects nothing
		t.Errorf("faults: %v", p.faults)
	}
}

func isBelow(n, above *node) bool {
	for ; n != nil; n = n.above {
		if n == above {
			return true
		}
	}
	return false
}
