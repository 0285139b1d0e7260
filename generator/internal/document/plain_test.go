package document

import (
	"fmt"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// What programs write is read without the parser, and is what the parser would make of it.
func TestReadPlain(t *testing.T) {
	for _, text := range []string{
		"a: b\n", "a: b", "# of the text\n\na: b\n  # between\nc: d e, f\n", "a:\n  b:\n    c: d\n  e: f\ng: h\n",
		"a:\n  - b\n  - c: d\n    e: f\n  -   g:\n      - h\ni: j\n", "a:\n- b\n- c:\n  - d\ne: f\n", "/a/{b}:\n  $ref: '#/c'\n",
		"'a: b': 'it''s'\n\"c\": \"d # e\"\n'200': {}\n", "a: []\nb: {}\nc: [d, 1, -2, é]\ne: [f,g]\n", "ä: ö\nüü: [ß, b]\n",
		"a: true\nb: 12\nc: 1.5\nd: ~\ne: 2023-07-01\nf: -1\ng: 012\nh: 1234567890123456789\ni: yes\nj: 0x1f\nk: .5\n<<: l\n",
		"a: >-\n  b\n  c\n\n  d\ne: |\n  f\n\n\ng:\n  - >\n    h\n", "a: \"b\\nc \\u00e4 \\\"d\\\"\"\n", "a: {b: c, d: [e,\n    f]}\ng: 'h\n  i'\n",
		"a:\n  b: [{c: d}, &e f]\n",
	} {
		got := textOf(t, text).readPlain()
		if got == nil {
			t.Errorf("%q is left to the parser", text)
			continue
		}
		want, fault := textOf(t, text).parseYAML()
		if fault != nil {
			t.Fatal(fault)
		}
		if d := difference(want, got); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
}

// What is not so plain, or no YAML at all, is for the parser to judge.
func TestReadPlainLeaves(t *testing.T) {
	for _, text := range []string{
		"a: &b c\n", "a: *b\n", "a: !!str b\n", "? a\n: b\n", "a: b # c\n", "a: b\n  c\n", "a:\n  b\n", "a:\nb: c\n", "a:\n  - - b\n", "a:\n  -\n    b\n", "- a\n",
		"a: b: c\n", "a: - b\n", "a: @b\n", "a: 'b\n", "a: 'b' c\n", "a: [b\n", "a: [b]: c\n", "a: {b: c}: d\n", "a: \"b\": c\n", "a : b\n", "a:b\n",
		"a:\n  b: c\n d: e\n", "a: b\n c: d\n", "a:\n  - b\n  c: d\n", "a:\n- b\n - c\n", "---\na: b\n", "a: b\n---\nc: d\n", "a: b\n...\n", "%YAML 1.2\n---\na: b\n",
		"a:\tb\n", "a: b\r\n", "a: b\u2028c\n", "a: b \n", " a: b\n", "a: |2\n   b\n", "a: {\n  b: c\n}\n", strings.Repeat("k", 1025) + ": a\n",
		strings.Repeat("- ", 300) + "a\n",
	} {
		if textOf(t, text).readPlain() != nil {
			t.Errorf("%q is read", text)
		}
	}
}

func textOf(t *testing.T, data string) Text {
	t.Helper()
	text, fault := Of("F", []byte(data))
	if fault != nil {
		t.Fatal(fault)
	}
	return text
}

// FuzzPlain reads any text: what the plain reader makes of it is what the parser does.
func FuzzPlain(f *testing.F) {
	for _, seed := range []string{"a: b\n", "a:\n  - b\n  - c: d\n    e: 'f'\n", "a:\n- b: |-\n    x\n    y\n- \"c\\n\"\n", "'a': {b: [c, 1]}\n# d\nc: -1\n", "a:\n  b:\n    c: {}\n  d: []\n", "ä: ö: ü\n", "a: >-\n  b\n\n  c\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		text, fault := Of("F", []byte(data))
		if fault != nil || text.Empty() || text.IsJSON() {
			return
		}
		got := text.readPlain()
		if got == nil {
			return
		}
		want, fault := text.parseYAML()
		if fault != nil {
			t.Fatalf("the parser says %s", fault)
		}
		if d := difference(want, got); d != "" {
			t.Error(d)
		}
	})
}

// difference is the first difference between two trees, in all but comments.
func difference(want, got *yaml.Node) string {
	if want == nil {
		return "the parser finds a fault"
	}
	if want.Kind != got.Kind || want.Style != got.Style || want.Tag != got.Tag || want.Value != got.Value || want.Line != got.Line ||
		want.Column != got.Column || want.Anchor != got.Anchor || len(want.Content) != len(got.Content) {
		return fmt.Sprintf("%+v, want %+v", got, want)
	}
	for i := range want.Content {
		if d := difference(want.Content[i], got.Content[i]); d != "" {
			return d
		}
	}
	return ""
}
