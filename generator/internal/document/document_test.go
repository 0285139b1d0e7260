package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

func TestParseFaults(t *testing.T) {
	const head = "openapi: 3.0.3\n"
	tests := []struct{ name, data, want string }{
		{"binary", head + "x: a\x00b\n", `
F:2:5: error: the document has a control character here, U+0000 (not-text)
	hint: a document is YAML or JSON in UTF-8; remove the character`},
		{"a control character after letters of two bytes", head + "é: é\x07\n", `
F:2:5: error: the document has a control character here, U+0007 (not-text)
	hint: a document is YAML or JSON in UTF-8; remove the character`},
		{"a change of direction", head + "x: \u202eab\n", `
F:2:4: error: the document has a control character here, U+202E (not-text)
	hint: a document is YAML or JSON in UTF-8; remove the character`},
		{"not UTF-8", head + "x: caf\xe9\n", `
F:2:7: error: the document is not UTF-8 text: it has the byte 0xE9 here (not-text)
	hint: a document is YAML or JSON in UTF-8; remove the character`},
		{"UTF-16", "\xff\xfeo\x00", `
F:1:1: error: the document is not UTF-8 text: it has the byte 0xFF here (not-text)
	hint: a document is YAML or JSON in UTF-8; remove the character`},
		{"an escaped control character", head + "x: fine\ny: \"a\\x07b\"\n", `
F:3:4: error: this text has a control character, U+0007 (not-text)
	hint: remove the character`},
		{"an escaped control character in JSON", `{"openapi": "3.0.3", "x": "a\u0007b"}`, `
F:1:27: error: this text has a control character, U+0007 (not-text)
	hint: remove the character`},
		{"indentation", head + "info:\n  title: a\n version: b\n", `
F:4:2: error: this is not YAML: did not find expected key (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"a colon too many", head + "info:\n  title: a: b\n  version: c\n", `
F:3:11: error: this is not YAML: mapping values are not allowed in this context (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"a tab", head + "info:\n\ttitle: a\n", `
F:3:1: error: this is not YAML: found character that cannot start any token (not-yaml)
	hint: indent with blanks: here is a tab`},
		{"a key without a colon", head + "info: x\npaths\nx: y\n", `
F:3:1: error: this is not YAML: no colon, with a blank behind it, ends the key that begins here (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"a colon without a blank", head + "info: x\npaths:y\nx: y\n", `
F:3:1: error: this is not YAML: no colon, with a blank behind it, ends the key that begins here (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"an at sign", head + "x: @y\n", `
F:2:4: error: this is not YAML: found character that cannot start any token (not-yaml)
	hint: put a text that begins with @ in quotes`},
		{"a comment in brackets", head + "x: [/me #GET]\ny: z\n", `
F:3:1: error: this is not YAML: did not find expected ',' or ']' (not-yaml)
	see also F:2:4
	hint: ' #' begins a comment: put a text with it in quotes`},
		{"a conflict", head + "<<<<<<< HEAD\nx: y\n=======\nx: z\n>>>>>>> other\n", `
F:2:1: error: this is not YAML: no colon, with a blank behind it, ends the key that begins here (not-yaml)
	hint: resolve the conflict of the merge: lines begin with <<<<<<<, ======= and >>>>>>>`},
		{"a quote that is not closed", head + "info:\n  title: \"a\n  version: b\n", `
F:3:10: error: this is not YAML: the quote that begins here is not closed (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"a bracket that is not closed", head + "info: {\n  title: a,\n  version: b\npaths: {}\n", `
F:5:6: error: this is not YAML: did not find expected ',' or '}' (not-yaml)
	see also F:2:7
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"the wrong bracket", head + "info:\n  tags: [a, b}\n  version: b\n", `
F:3:14: error: this is not YAML: did not find expected ',' or ']' (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"an unknown alias", head + "x: *y\n", `
F:2:4: error: this is not YAML: unknown anchor 'y' referenced (not-yaml)
	hint: put a text that begins with * in quotes, such as '**'; aliases are not read`},
		{"two documents", head + "---\n" + head, `
F:2:1: error: a second document begins here (several-documents)
	hint: keep one in the file`},
		{"a key twice", head + "info:\n  title: a\n  version: b\n  title: c\n", `
F:5:3: error: "title" stands twice in this mapping (duplicate-key)
	see also F:3:3
	hint: remove one of the two`},
		{"a key twice in JSON", "{\"openapi\": \"3.0.3\",\n \"x\": 1, \"x\": 2}", `
F:2:10: error: "x" stands twice in this mapping (duplicate-key)
	see also F:2:2
	hint: remove one of the two`},
		{"a key that is a list", head + "? [a]\n: b\n", `
F:2:3: error: a key must be plain text (bad-key)`},
		{"a merge key", head + "b:\n  <<: {x: y}\n", `
F:3:3: error: merge keys, <<, are not read (bad-key)
	hint: write out the fields`},
		{"an anchor", head + "a: &a {x: y}\n", `
F:2:4: error: anchors and aliases, & and *, are not read (anchor)
	hint: write the value out, or quote the text`},
		{"an anchor at a key", head + "&a a: b\n*a : c\n", `
F:2:1: error: anchors and aliases, & and *, are not read (anchor)
	hint: write the value out, or quote the text`},
		{"an anchor of itself", head + "a: &a [*a]\n", `
F:2:4: error: anchors and aliases, & and *, are not read (anchor)
	hint: write the value out, or quote the text`},
		{"a bracket that is not closed at the end", head + "a: [b,\n\n\n", `
F:2:7: error: this is not YAML: did not find expected node content (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"a directive of another YAML", "%YAML 9.9\n---\na: b\n", `
F:1:1: error: this is not YAML: found incompatible YAML document (not-yaml)
	hint: remove the line that begins with %YAML`},
		{"a fault in a second document", head + "---\n[\n", `
F:3:2: error: this is not YAML: did not find expected node content (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},

		{"deep", head + "a: " + strings.Repeat("[", 300) + strings.Repeat("]", 300) + "\n", `
F:2:204: error: the document is nested deeper than 200 levels (too-deep)`},
		{"very deep", head + "a:\n" + strings.Repeat(" [\n", 20000) + strings.Repeat(" ]\n", 20000), `
F:10003:2: error: the document is nested deeper than 200 levels (too-deep)`},
		{"deep JSON", `{"openapi": ` + strings.Repeat("[", 300) + strings.Repeat("]", 300) + "}", `
F:1:213: error: the document is nested deeper than 200 levels (too-deep)`},
		{"many values", head + "x: [" + strings.Repeat("1,", maxValues) + "]\n", `
F:1:1: error: the document has more than 4000000 values (too-large)`},
		{"JSON cut short", "{\"openapi\": \"3.0.3\",\n \"info\": {\"title\": \"a\",\n", `
F:2:24: error: the JSON document is cut short: it ends here (not-json)
	hint: get the whole file`},
		{"JSON cut short in text", "{\"openapi\": \"3.0", `
F:1:17: error: the JSON document is cut short: it ends here (not-json)
	hint: get the whole file`},
		{"JSON with a comma too many", "{\"openapi\": \"3.0.3\",\n \"info\": {\"title\": \"a\",}}", `
F:2:24: error: this is not JSON: invalid character '}' looking for beginning of object key string (not-json)
	hint: a document that begins with {" is read as JSON`},
		{"JSON without a comma", "{\"openapi\": \"3.0.3\"\n \"info\": 1}", `
F:2:2: error: this is not JSON: invalid character '"' after object key:value pair (not-json)
	hint: a document that begins with {" is read as JSON`},
		{"JSON with a bad value", "{\"openapi\": 3.0.3}", `
F:1:16: error: this is not JSON: invalid character '.' after object key:value pair (not-json)
	hint: a document that begins with {" is read as JSON`},
		{"JSON and more", "{\"openapi\": \"3.0.3\"}\n{}", `
F:2:1: error: this is not JSON: the document has ended before (not-json)
	hint: a document that begins with {" is read as JSON`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			node, fault := Parse("F", []byte(test.data))
			if node != nil || fault == nil {
				t.Fatalf("there is a document, or no fault: %v", fault)
			}
			if diff := cmp.Diff(strings.TrimPrefix(test.want, "\n"), fault.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTooManyJSONValues(t *testing.T) {
	p := newJSONParser(Text{"F", []byte("[1,\n 2, 3]")})
	p.values = maxValues - 2 // the list, 1, and no more
	_, err := p.value(0)
	if err == nil {
		t.Fatal("there is a document")
	}
	if got, want := p.fault(err).String(), "F:1:3: error: the document has more than 4000000 values (too-large)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// What a document may have besides what it usually has.
func TestParse(t *testing.T) {
	want := []string{`!!map 1:1`, `!!str "openapi" 1:1`, `!!str "3.0.3" 1:10`, `!!str "x" 2:1`, `!!seq 2:4`, `!!int "1" 2:5`, `!!bool "true" 2:8`}
	tests := []struct {
		name, data string
		want       []string
	}{
		{"YAML", "openapi: 3.0.3\nx: [1, true]\n", want},
		{"a byte order mark", "\xef\xbb\xbfopenapi: 3.0.3\nx: [1, true]\n", want},
		{"CRLF", "openapi: 3.0.3\r\nx: [1, true]\r\n", want},
		{"no line end", "openapi: 3.0.3\nx: [1, true]", want},
		{"a marker and comments", "%YAML 1.1\n---\n# x\n'openapi': 3.0.3 # y\n...\n", []string{
			`!!map 4:1`, `!!str "openapi" 4:1`, `!!str "3.0.3" 4:12`}},
		{"indented", "  openapi: 3.0.3\n", []string{`!!map 1:3`, `!!str "openapi" 1:3`, `!!str "3.0.3" 1:12`}},
		{"YAML in braces", "{openapi: 3.0.3, x: [1, true]}", []string{
			`!!map 1:1`, `!!str "openapi" 1:2`, `!!str "3.0.3" 1:11`, `!!str "x" 1:18`, `!!seq 1:21`, `!!int "1" 1:22`, `!!bool "true" 1:25`}},
		{"JSON", "{\n\t\"openapi\" : \"3.0.3\",\r\n \"é\": [ 1, -2.5e3, true, null, \"\\ud83d\\ude00\\/\" ], \"y\":{}}\n", []string{
			`!!map 1:1`, `!!str "openapi" 2:2`, `!!str "3.0.3" 2:14`, `!!str "é" 3:2`, `!!seq 3:7`, `!!int "1" 3:9`, `!!float "-2.5e3" 3:12`,
			`!!bool "true" 3:20`, `!!null "null" 3:26`, `!!str "😀/" 3:32`, `!!str "y" 3:52`, `!!map 3:56`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			var walk func(n *yaml.Node)
			walk = func(n *yaml.Node) {
				value := ""
				if n.Kind == yaml.ScalarNode {
					value = fmt.Sprintf(" %q", n.Value)
				}
				got = append(got, fmt.Sprintf("%s%s %d:%d", n.ShortTag(), value, n.Line, n.Column))
				for _, child := range n.Content {
					walk(child)
				}
			}
			node, fault := Parse("F", []byte(test.data))
			if fault != nil {
				t.Fatal(fault)
			}
			walk(node)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
