package index

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.yaml.in/yaml/v4"
)

// FuzzIndex makes small documents of all that YAML has, in ways that are hard to index, and compares the index of each
// with a whole load. The input chooses what is written.
func FuzzIndex(f *testing.F) {
	for seed := range 64 {
		choices := make([]byte, 400)
		state := uint32(seed)*2654435761 + 1
		for i := range choices {
			state = state*1664525 + 1013904223
			choices[i] = byte(state >> 24)
		}
		f.Add(choices)
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		w := yamlWriter{choices: choices}
		data := w.document()
		root, err := loadWhole(data)
		if err != nil {
			return // the writer's choices do not always fit together
		}
		doc, diags := Open("doc.yaml", data)
		if len(diags) > 0 {
			t.Fatalf("%v\n%s", diags, data)
		}
		defer func() {
			if t.Failed() {
				t.Logf("%s", data)
			}
		}()
		compareWithWhole(t, doc, root)
	})
}

// FuzzText indexes any text. What the YAML parser loads as a whole must be indexed and equal, or refused for a reason.
func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"paths:\n  /a:\n    get: |\n      text\n  /b: {}\ncomponents:\n  schemas:\n    a: 'x\ny: z'\n",
		"paths:\n- a\n- b\ncomponents: {a: {b: c}}\n",
		"paths:\n  ? a\n  : b\ncomponents:\n  x: !!map {}\n",
		"\"paths\":\n  'it''s': \"a\\\"b\"\n  \"\\u0041\": >+\n\n   text\n\n# comment\n...\n",
		"paths: {'/a': {get: [1, 'b', \"c\", d e]}}\n",
		": {!}\npaths: [!, ! ! a, !<,]> b, {!a : !!str}]\n", ": [!<a]\n",
		"paths:\n  /a: &x 1\n  /b: *x\n",
		"---\npaths:\n  /a: text\n   over\n   lines # comment\n  /b:\n  - - a\n    - b: |2\n         c\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		data := append([]byte("openapi: 3.0.3\n"), text...)
		doc, diags := Open("doc.yaml", data)
		root, err := loadWhole(data)
		switch {
		case err != nil && doc != nil:
			for _, e := range slices.Concat(doc.Top(), doc.Paths()) { // must not panic
				_, _ = doc.Node(e)
				_, _ = doc.Refs(e)
			}
		case err != nil:
		case doc != nil:
			compareWithWhole(t, doc, root)
		case diags[0].Code == "tab-indentation": // the YAML parser permits a tab between two comments
		case diags[0].Code != codeNotText && !bytes.HasPrefix(text, []byte{'%'}):
			t.Fatalf("%v\n%q", diags, data)
		}
	})
}

// FuzzJSON indexes a document with any text for its paths and compares it with encoding/json.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{
		`{"/a": {"get": [1, -2.5e3, true, false, null, "x"]}, "/b": "\ud83d\ude00\\\"", "": {}}`,
		` { "a\u0000" : [ [ ] , { } ] , "\ud800" : "\ud800" } `, `{"a": }`, `{"a": [}`, `{"a": 01}`, `null`, `{"a": "]}"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		data := slices.Concat([]byte(`{"openapi": "3.0.3", "paths": `), text, []byte("}"))
		doc, diags := Open("doc.json", data)
		var want struct{ Paths map[string]any }
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		valid := utf8.Valid(data) && json.Valid(data) && decoder.Decode(&want) == nil
		if doc == nil {
			if valid && !slices.Contains([]string{"duplicate-key", codeTooDeep, codeNotText}, diags[0].Code) {
				t.Fatalf("%v\n%q", diags, data)
			}
			return
		}
		for _, e := range doc.Paths() {
			n, diags := doc.Node(e)
			refs, _ := doc.Refs(e)
			if !valid || len(diags) > 0 {
				continue
			}
			if diff := cmp.Diff(want.Paths[e.Name], plainValue(n)); diff != "" {
				t.Fatalf("%q (-want +got):\n%s", e.Name, diff)
			}
			if diff := cmp.Diff(nodeRefs(n), refs, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("references of %q (-want +got):\n%s", e.Name, diff)
			}
		}
	})
}

// plainValue is a node as encoding/json would decode it.
func plainValue(n *yaml.Node) any {
	switch {
	case n.Kind == yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plainValue(n.Content[i+1])
		}
		return m
	case n.Kind == yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			list[i] = plainValue(item)
		}
		return list
	case n.Tag == "!!null":
		return nil
	case n.Tag == "!!bool":
		return n.Value == "true"
	case n.Tag == "!!str":
		return n.Value
	}
	return json.Number(n.Value)
}

// loadWhole loads what is an OpenAPI document with the YAML parser. It is an error if the document is one that YAML 1.2 and
// the YAML parser do not read alike.
func loadWhole(data []byte) (*yaml.Node, error) {
	for _, odd := range []string{"\u0085", "\u2028", "\u2029", "\ufeff"} { // YAML 1.2: no line breaks
		if strings.Contains(strings.TrimPrefix(string(data), "\ufeff"), odd) {
			return nil, errors.New("line breaks of YAML 1.1")
		}
	}
	var doc, second yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(&doc); err != nil {
		return nil, err
	}
	if err := decoder.Decode(&second); err != io.EOF {
		return nil, errors.New("more than one document")
	}
	root := doc.Content[0]
	for _, n := range []*yaml.Node{root, child(root, "paths"), child(root, "components")} {
		if n != nil && n.Kind != yaml.MappingNode && n.ShortTag() != "!!null" {
			return nil, errors.New("not an OpenAPI document")
		}
	}
	if components := child(root, "components"); components != nil {
		for i := 1; i < len(components.Content); i += 2 {
			if n := components.Content[i]; n.Kind != yaml.MappingNode && n.ShortTag() != "!!null" {
				return nil, errors.New("not an OpenAPI document")
			}
		}
	}
	var c checker
	if c.check(&doc, 0); c.fault != nil { // what is refused on purpose, such as keys that stand twice
		return nil, errors.New(c.fault.message)
	}
	return root, nil
}

// yamlWriter writes a document as its choices say.
type yamlWriter struct {
	choices []byte
	b       strings.Builder
	keys    int
}

// choose returns a number below n; 0 once the choices are used up.
func (w *yamlWriter) choose(n int) int {
	if len(w.choices) == 0 {
		return 0
	}
	c := w.choices[0]
	w.choices = w.choices[1:]
	return int(c) % n
}

// pick writes one of the texts.
func (w *yamlWriter) pick(texts ...string) { w.b.WriteString(texts[w.choose(len(texts))]) }

func (w *yamlWriter) document() []byte {
	w.pick("", "", "\ufeff", "# comment\n\n", "%YAML 1.1\n---\n", "---\n", "--- # comment\n", "\n")
	indent := strings.Repeat(" ", w.choose(3))
	for _, key := range []string{"openapi: 3.0.3", "info:", "paths:", "components:", "x-more:"} {
		w.comment(indent)
		w.b.WriteString(indent + key)
		switch key {
		case "info:", "x-more:":
			w.value(len(indent), 3)
		case "paths:":
			w.mapping(len(indent), func(column int) { w.value(column, 4) })
		case "components:":
			w.mapping(len(indent), func(column int) {
				w.mapping(column, func(column int) { w.value(column, 3) })
			})
		default:
			w.b.WriteString("\n")
		}
	}
	w.pick("", "", "...\n", "# comment\n", "...\n# comment\n", "   ", "  # comment")
	text := w.b.String()
	if w.choose(5) == 1 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if w.choose(5) == 1 {
		text = strings.TrimSpace(text)
	}
	return []byte(text)
}

// comment may write a comment or an empty line.
func (w *yamlWriter) comment(indent string) {
	w.pick("", "", "", "\n", "#\n", "# key: value\n", indent+"# comment\n", indent+"    # 'comment\n", "      \n")
}

// key writes a key that no other is equal to.
func (w *yamlWriter) key() {
	w.keys++
	names := []string{"k%d", "'k %d'", "\"k%d\"", "/k/{k-%d}", "'it''s %d'", "\"\\u0041\\\"%d\"", "k#%d", "k:%d", "-k%d", "$k%d", "é%d", "k%d ", "'k%d' "}
	fmt.Fprintf(&w.b, names[w.choose(len(names))], w.keys)
}

// mapping writes the value of a key at column as a mapping.
func (w *yamlWriter) mapping(column int, value func(column int)) {
	n := w.choose(4)
	if n == 0 {
		w.pick("\n", " {}\n", " { }\n", " # nothing\n", " {} # nothing\n", " ~\n", " {\n }\n", " {k: v, 'l': {m: [n]}}\n", "\n   {k: v}\n", " !!map\n    k: v\n")
		return
	}
	w.pick("\n", " \n", " # comment\n", "\n\n", "\n# comment\n")
	column += 1 + w.choose(3)
	indent := strings.Repeat(" ", column)
	for range n {
		w.comment(indent)
		w.b.WriteString(indent)
		w.key()
		w.b.WriteByte(':')
		value(column)
	}
}

// value writes a value after "key:" or "-" whose owner is at column.
func (w *yamlWriter) value(column, depth int) {
	in := strings.Repeat(" ", column+1+w.choose(3))
	n := 12
	if depth > 0 {
		n = 17
	}
	switch w.choose(n) {
	case 0:
		w.pick("\n", " ~\n", " text\n", " don't # comment\n", " a#b: 1\n", " \ttext\t# comment\n", " :x\n", " -x\n", " ?x\n")
	case 1:
		w.b.WriteString(" text\n" + in + "over 'lines\n\n" + in + "  and \"more # comment\n")
	case 2:
		w.b.WriteString("\n" + in + "text\n" + in + "#- over lines\n")
	case 3:
		w.pick(" 'it''s'\n", " 'it''s: \"'  # 'comment\n", " ''\n", "\n"+in+"'text'\n", " '\\'\n")
	case 4:
		w.b.WriteString(" 'text\nkey: value\n\n  /path:\n# no comment ''\n- item'\n")
	case 5:
		w.pick(" \"it's\"\n", " \"\\\"\" # \"comment\n", " \"\"\n", "\n"+in+"\"a\\\\\"\n", " \"a\\nb\\u00e9\\\n  c\"\n")
	case 6:
		w.b.WriteString(" \"text\nkey: value \\\"\n\n  /path: \\\\\n# no comment\n- item\"\n")
	case 7:
		w.pick(" |", " >", " |-", " >+", " |+", " | # comment")
		w.b.WriteString("\n" + in + "key: 'text\n\n" + in + " # no comment\n" + in + "- {\n\n")
	case 8:
		w.b.WriteString(" |1-\n" + strings.Repeat(" ", column+1) + "  text\n" + strings.Repeat(" ", column+1) + "key: \"\n")
	case 9:
		w.pick(" [a, 'b', \"c\", d e, it's]\n", " {a: b, 'c':d, \"e\":\"f\", g}\n", " []\n", " [ ] # ]\n", " { }\n", " [a#b, c]\n", " {a: http://x/y, b: -c}\n")
	case 10:
		w.b.WriteString(" [a, # comment ] '\n'b\n]', {c: \"d\n}\", e:\n  f g}\n" + in + "]\n")
	case 11:
		w.pick(" $ref: x\n", " !!str 5\n", " !!str\n"+in+"text\n", " ! 'text\nkey: x'\n", " !!binary |\n"+in+"aGVsbG8=\n", " >2\n"+in+"    text\n")
	case 12, 13:
		w.mapping(column, func(column int) { w.value(column, depth-1) })
	case 14:
		w.items(column, depth)
	case 15:
		w.reference(column)
	case 16:
		w.b.WriteString("\n" + in + "? complex key\n" + in + ": value\n" + in + "? |\n" + in + "  'key\n" + in + ": - b\n" + in + "  - c: |\n" + in + "     d\n")
	}
}

// items writes a sequence, which may begin in the column of the key that it is the value of.
func (w *yamlWriter) items(column, depth int) {
	if w.choose(2) == 1 {
		column += 1 + w.choose(2)
	}
	indent := strings.Repeat(" ", column)
	w.b.WriteByte('\n')
	for range 1 + w.choose(3) {
		w.comment(indent)
		w.b.WriteString(indent + "-")
		switch w.choose(3) {
		case 0:
			w.value(column, depth-1)
		case 1:
			w.b.WriteString(" ")
			w.key()
			w.b.WriteByte(':')
			w.value(column+2, depth-1)
			w.b.WriteString(indent + "  ")
			w.key()
			w.b.WriteByte(':')
			w.value(column+2, depth-1)
		case 2:
			w.b.WriteString(" - -")
			w.value(column+4, depth-1)
		}
	}
}

// reference writes a mapping with a reference, or a discriminator.
func (w *yamlWriter) reference(column int) {
	in := strings.Repeat(" ", column+2)
	w.pick("\n"+in+"$ref: '#/components/schemas/a'\n",
		"\n"+in+"\"$ref\": \"#/components/schemas/a\" # comment\n",
		"\n"+in+"$ref: a # comment\n"+in+"description: $ref\n",
		"\n"+in+"$ref:\n"+in+"  '#/a'\n",
		"\n"+in+"$ref: a\n"+in+" b\n",
		" {$ref: '#/a'}\n",
		"\n"+in+"- $ref: '#/a'\n"+in+"- $ref: '#/b'\n",
		"\n"+in+"discriminator:\n"+in+"  propertyName: t\n"+in+"  mapping:\n"+in+"    'a': '#/a'\n"+in+"    b: b\n"+in+"mapping:\n"+in+"  c: d\n",
		"\n"+in+"description: |\n"+in+"  $ref: '#/no'\n"+in+"properties:\n"+in+"  $ref:\n"+in+"    type: string\n")
}
