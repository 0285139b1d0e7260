package document

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"go.yaml.in/yaml/v4"
)

// card is what the tests decode.
type card struct {
	Title  string
	Tags   []string
	Hidden *bool
	Count  int
	Inner  map[string]inner
	Own    shouted
}

type inner struct{ Name string }

// shouted reads itself.
type shouted string

func (s *shouted) Decode(r Reader, n *yaml.Node) { *s = shouted(strings.ToUpper(r.Text(n))) }

func decoded(t *testing.T, text string, into *card) diag.List {
	t.Helper()
	root, fault := Parse("F", []byte(text))
	if fault != nil {
		t.Fatal(fault)
	}
	var faults diag.List
	Reader{File: "F", Faults: &faults}.Decode(root, into)
	return faults
}

func TestDecode(t *testing.T) {
	yes := true
	got := card{Inner: map[string]inner{"kept": {"K"}, "changed": {"C"}}}
	faults := decoded(t, "title: 2024\ntags: []\nhidden: true\ncount: 3\ninner: {changed: {}, new: {name: 1.50}}\nown: loud\n", &got)
	want := card{Title: "2024", Tags: []string{}, Hidden: &yes, Count: 3, Own: "LOUD",
		Inner: map[string]inner{"kept": {"K"}, "changed": {}, "new": {"1.50"}}}
	if diff := cmp.Diff(want, got); diff != "" || len(faults) > 0 {
		t.Errorf("%v (-want +got):\n%s", faults, diff)
	}
	nothing := card{Title: "kept"}
	if faults := decoded(t, "title:\ntags: ~\nhidden:\n", &nothing); nothing.Title != "kept" || nothing.Tags != nil || len(faults) > 0 {
		t.Errorf("null has changed something: %+v, %v", nothing, faults)
	}
}

func TestDecodeFaults(t *testing.T) {
	for text, want := range map[string]string{
		"[a]":                        "F:1:1: error: expected a mapping with title, tags, hidden, count, inner, own; found a list (wrong-shape)",
		"titel: a":                   "F:1:1: error: unknown key \"titel\" (unknown-key)\n\thint: did you mean title? known here: count, hidden, inner, own, tags, title",
		"unknown: true":              "F:1:1: error: unknown key \"unknown\" (unknown-key)\n\thint: known here: count, hidden, inner, own, tags, title",
		"title: [a]":                 "F:1:8: error: expected a text; found a list (wrong-shape)",
		"tags: a":                    "F:1:7: error: expected a list of texts; found the text \"a\" (wrong-shape)",
		"tags: [{}]":                 "F:1:8: error: expected a text; found a mapping (wrong-shape)",
		"hidden: 'true'":             "F:1:9: error: expected true or false; found the text \"true\" (wrong-shape)",
		"count: 1.5":                 "F:1:8: error: expected a whole number; found 1.5, which YAML reads as float (wrong-shape)",
		"inner: 1":                   "F:1:8: error: expected a mapping; found 1, which YAML reads as int (wrong-shape)",
		"own: ''":                    "F:1:6: error: expected a text; found an empty text (wrong-shape)",
		"tags: " + longText(61):      "F:1:7: error: expected a list of texts; found the text \"" + longText(60) + "…\" (wrong-shape)",
		"inner: {a: {nam: b}}":       "F:1:13: error: unknown key \"nam\" (unknown-key)\n\thint: did you mean name? known here: name",
		"hidden: maybe\ncount: many": "F:1:9: error: expected true or false; found the text \"maybe\" (wrong-shape)\nF:2:8: error: expected a whole number; found the text \"many\" (wrong-shape)",
	} {
		if diff := cmp.Diff(want, decoded(t, text, &card{}).Error()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

func longText(n int) string { return strings.Repeat("x", n) }

// What is wrong with a file of nothing but faults is said a hundred times and no more.
func TestManyFaults(t *testing.T) {
	if faults := decoded(t, "tags: ["+strings.Repeat("[],", 500)+"]", &card{}); len(faults) != maxFaults {
		t.Errorf("%d faults", len(faults))
	}
}

// FuzzParse reads any text: it is refused in one place, or every node has one and is within the limits.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "a: b\n", "a: [b, {c: 'd'}]\n", `{"a": [1, "\ud83d\ude00", null]}`, "a: &a [*a]\n", "<<: {a: b}\n", "a: |\n  b\n---\nc\n", "? [a]\n: b", "a: \"\\x07\"", "{a: b", "%YAML 1.2\n---\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		root, fault := Parse("F", data)
		if root != nil && fault != nil {
			t.Fatal("a document and a fault")
		}
		if fault != nil && (fault.Line < 1 || fault.Column < 1 || fault.Code == "") {
			t.Errorf("a fault without a place: %+v", *fault)
		}
		checkNodes(t, root, 0)
		var c card
		Reader{File: "F", Faults: &diag.List{}}.Decode(root, &c)
	})
}

func checkNodes(t *testing.T, n *yaml.Node, depth int) {
	if n == nil {
		return
	}
	if n.Line < 1 || n.Column < 1 || depth > maxDepth || n.Kind == yaml.AliasNode || n.Anchor != "" {
		t.Fatalf("a node that should not be: %+v", *n)
	}
	for _, child := range n.Content {
		checkNodes(t, child, depth+1)
	}
}
