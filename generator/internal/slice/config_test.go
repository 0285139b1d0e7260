package slice_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

func parseConfig(t *testing.T, text string) (slice.Config, string) {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	cfg, diags := slice.ReadConfig(filepath.Join("project", "graphslice.yaml"), document.Content[0])
	return cfg, diags.Error()
}

func TestReadConfig(t *testing.T) {
	got, faults := parseConfig(t, `
metadata: [v2.xml, ../more.xml]
notes: [specs/notes.yaml]
serviceRoot: https://school.example/v2/
docs: https://school.example/docs/{page}?v=2
files:
  - out: specs/courses.yaml
    title: Courses
    include: ['/courses/**#GET']
    exclude: ['/courses/{course-id}/log']
without: [a.b, a.c*]
follow: [a.d/e]
types: [a.f]
properties: {a.g: [h, i]}
keys: parentheses
keep: [a.g.j, a.k]
`)
	at := func(line, column int) diag.Pos {
		return diag.Pos{File: filepath.Join("project", "graphslice.yaml"), Line: line, Column: column}
	}
	want := slice.Config{
		Metadata:    []string{filepath.Join("project", "v2.xml"), "more.xml"},
		Notes:       []string{filepath.Join("project", "specs", "notes.yaml")},
		ServiceRoot: "https://school.example/v2",
		Docs:        "https://school.example/docs/{page}?v=2",
		Parentheses: true,
		Files: []slice.File{{Out: filepath.Join("project", "specs", "courses.yaml"), Title: "Courses",
			Include: []string{"/courses/**#GET"}, Exclude: []string{"/courses/{course-id}/log"}}},
		Without: []string{"a.b", "a.c*"}, Follow: []string{"a.d/e"}, Types: []string{"a.f"},
		Properties: map[string][]string{"a.g": {"h", "i"}}, Keep: []string{"a.g.j", "a.k"},
		Positions: map[slice.Entry]diag.Pos{
			{List: "files[0].include", Text: "/courses/**#GET"}:          at(9, 15),
			{List: "files[0].exclude", Text: "/courses/{course-id}/log"}: at(10, 15),
			{List: "keep", Text: "a.g.j"}:                                at(16, 8),
			{List: "keep", Text: "a.k"}:                                  at(16, 15),
			{List: "without", Text: "a.b"}:                               at(11, 11),
			{List: "without", Text: "a.c*"}:                              at(11, 16),
			{List: "follow", Text: "a.d/e"}:                              at(12, 10),
			{List: "types", Text: "a.f"}:                                 at(13, 9),
			{List: "properties", Text: "a.g"}:                            at(14, 14),
			{List: "properties", Text: "a.g/h"}:                          at(14, 20),
			{List: "properties", Text: "a.g/i"}:                          at(14, 23),
		},
	}
	if diff := cmp.Diff(want, got); diff != "" || faults != "" {
		t.Errorf("configuration (-want +got):\n%s\n%s", diff, faults)
	}
}

// The word for all bodies stands alone or among others.
func TestReadConfigFollowBodies(t *testing.T) {
	for text, want := range map[string][]string{"bodies": {"bodies"}, "[bodies, a.b]": {"bodies", "a.b"}} {
		cfg, faults := parseConfig(t, "metadata: [a]\nfiles: []\nfollow: "+text+"\n")
		if diff := cmp.Diff(want, cfg.Follow); diff != "" || faults != "" {
			t.Errorf("follow: %s (-want +got):\n%s\n%s", text, diff, faults)
		}
	}
	if _, faults := parseConfig(t, "metadata: [a]\nfiles: []\nfollow: chat.members\n"); !strings.Contains(faults, ":3:9: error: expected a list") {
		t.Errorf("one property that is no list: %s", faults)
	}
}

func TestReadConfigFaults(t *testing.T) {
	const rest = "metadata: [a]\nserviceRoot: https://a.example/v1\nfiles: [{out: a, title: A, include: [/a]}]\n"
	at := filepath.ToSlash(filepath.Join("project", "graphslice.yaml"))
	cases := map[string]struct{ text, want string }{
		"not a mapping":  {"[a]", at + ":1:1: error: expected a mapping with openapi, metadata, permissions, clouds, notes, descriptions, serviceRoot, docs, keys, files, without, follow, types, properties, keep; found a list (wrong-shape)"},
		"unknown key":    {rest + "witout: [a]", at + ":4:1: error: unknown key \"witout\" (unknown-key)\n\thint: did you mean without? known here: clouds, descriptions, docs, files, follow, keep, keys, metadata, notes, openapi, permissions, properties, serviceRoot, types, without"},
		"missing keys":   {"docs: https://a.example/{page}", at + ":1:1: error: \"files\" is missing (missing-key)\n" + at + ":1:1: error: \"openapi\" or \"metadata\" is missing (missing-key)"},
		"not a URL":      {"metadata: [a]\nfiles: []\nserviceRoot: graph", at + ":3:14: error: \"graph\" is not a URL (bad-config)"},
		"not a list":     {rest + "without: a", at + ":4:10: error: expected a list of texts; found the text \"a\" (wrong-shape)"},
		"not a text":     {rest + "without: [[a]]", at + ":4:11: error: expected a text; found a list (wrong-shape)"},
		"no such keys":   {rest + "keys: brackets", at + ":4:7: error: expected segments or parentheses, not \"brackets\" (bad-config)"},
		"no files' keys": {"metadata: [a]\nserviceRoot: https://a.example/v1\nfiles: [{out: a, include: [/a], ttle: A}]", at + ":3:33: error: unknown key \"ttle\" (unknown-key)\n\thint: did you mean title? known here: exclude, include, keep, out, title"},
	}
	for name, c := range cases {
		if _, got := parseConfig(t, c.text); got != c.want {
			t.Errorf("%s (-want +got):\n%s", name, cmp.Diff(c.want, got))
		}
	}
}
