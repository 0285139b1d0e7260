package openapi

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/graphslice/graphslice/generator/diag"
	"gopkg.in/yaml.v3"
)

func TestParseFaults(t *testing.T) {
	const head = "openapi: 3.0.3\n"
	bomb := head + "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'h'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s*%c]\n", c, c, strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9), c-1)
	}
	tests := []struct{ name, data, want string }{
		{"empty", "", `
F:1:1: error: the document is empty (empty-document)
	hint: a spec begins with "openapi: 3.0.3"`},
		{"a comment and a marker", "# openapi: 3.0.3\n---\n\n", `
F:1:1: error: the document is empty (empty-document)
	hint: a spec begins with "openapi: 3.0.3"`},
		{"prose", "Dear reader,\nthis is a letter: it has no openapi in it.\n", `
F:1:1: error: this is not an OpenAPI document: it has no "openapi" (not-openapi)
	hint: a spec begins with "openapi: 3.0.3"`},
		{"HTML", "<!DOCTYPE html>\n<title>openapi: what it is</title>\n", `
F:1:1: error: this is not an OpenAPI document: it has no "openapi" (not-openapi)
	hint: a spec begins with "openapi: 3.0.3"`},
		{"binary", head + "x: a\x00b\n", `
F:2:5: error: the document has a control character here, U+0000 (not-text)
	hint: a spec is YAML or JSON in UTF-8; remove the character`},
		{"a control character after letters of two bytes", head + "é: é\x07\n", `
F:2:5: error: the document has a control character here, U+0007 (not-text)
	hint: a spec is YAML or JSON in UTF-8; remove the character`},
		{"a change of direction", head + "x: \u202eab\n", `
F:2:4: error: the document has a control character here, U+202E (not-text)
	hint: a spec is YAML or JSON in UTF-8; remove the character`},
		{"not UTF-8", head + "x: caf\xe9\n", `
F:2:7: error: the document is not UTF-8 text: it has the byte 0xE9 here (not-text)
	hint: a spec is YAML or JSON in UTF-8; remove the character`},
		{"UTF-16", "\xff\xfeo\x00", `
F:1:1: error: the document is not UTF-8 text: it has the byte 0xFF here (not-text)
	hint: a spec is YAML or JSON in UTF-8; remove the character`},
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
F:3:3: error: this is not YAML: mapping values are not allowed in this context (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"a tab", head + "info:\n\ttitle: a\n", `
F:3:2: error: this is not YAML: found character that cannot start any token (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"a quote that is not closed", head + "info:\n  title: \"a\n  version: b\n", `
F:3:3: error: this is not YAML: found unexpected end of stream (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"a bracket that is not closed", head + "info: {\n  title: a,\n  version: b\npaths: {}\n", `
F:5:1: error: this is not YAML: did not find expected ',' or '}' (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"the wrong bracket", head + "info:\n  tags: [a, b}\n  version: b\n", `
F:4:3: error: this is not YAML: did not find expected ',' or ']' (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"an unknown alias", head + "x: *y\n", `
F:2:1: error: this is not YAML: unknown anchor 'y' referenced (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
		{"two documents", head + "---\n" + head, `
F:3:1: error: this is not YAML: a second document begins (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`},
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
		{"a merge key", head + "a: &a {x: y}\nb:\n  <<: *a\n", `
F:4:3: error: merge keys, <<, are not read (bad-key)
	hint: write out the fields, or use $ref`},
		{"an alias bomb", bomb, `
F:6:36: error: the document's aliases add more than 100000 values to it (alias)
	hint: use $ref instead of YAML aliases`},
		{"an alias of itself", head + "a: &a\n  b: *a\n", `
F:3:6: error: *a stands inside of what it stands for (alias)
	hint: write out what it should be`},
		{"deep", head + "a: " + strings.Repeat("[", 300) + strings.Repeat("]", 300) + "\n", `
F:2:204: error: the document is nested deeper than 200 levels (too-deep)`},
		{"very deep", head + "a:\n" + strings.Repeat(" [\n", 20000) + strings.Repeat(" ]\n", 20000), `
F:10003:2: error: the document is nested deeper than 200 levels (too-deep)`},
		{"deep by aliases", head + "a: &a " + strings.Repeat("[", 150) + strings.Repeat("]", 150) + "\nb: " + strings.Repeat("[", 60) + "*a" + strings.Repeat("]", 60) + "\n", `
F:3:64: error: the document is nested deeper than 200 levels (too-deep)`},
		{"deep JSON", `{"openapi": ` + strings.Repeat("[", 300) + strings.Repeat("]", 300) + "}", `
F:1:213: error: the document is nested deeper than 200 levels (too-deep)`},
		{"many values", head + "x: [" + strings.Repeat("1,", maxValues) + "]\n", `
F:1:1: error: the document has more than 4000000 values (too-large)
	hint: cut a slice of it with gen slice`},
		{"JSON cut short", "{\"openapi\": \"3.0.3\",\n \"info\": {\"title\": \"a\",\n", `
F:2:24: error: the JSON document is cut short: it ends here (not-json)
	hint: get the whole file`},
		{"JSON cut short in text", "{\"openapi\": \"3.0", `
F:1:17: error: the JSON document is cut short: it ends here (not-json)
	hint: get the whole file`},
		{"JSON with a comma too many", "{\"openapi\": \"3.0.3\",\n \"info\": {\"title\": \"a\",}}", `
F:2:24: error: this is not JSON: invalid character '}' looking for beginning of object key string (not-json)
	hint: a document that begins with { is read as JSON`},
		{"JSON without a comma", "{\"openapi\": \"3.0.3\"\n \"info\": 1}", `
F:2:2: error: this is not JSON: invalid character '"' after object key:value pair (not-json)
	hint: a document that begins with { is read as JSON`},
		{"JSON with a bad value", "{\"openapi\": 3.0.3}", `
F:1:16: error: this is not JSON: invalid character '.' after object key:value pair (not-json)
	hint: a document that begins with { is read as JSON`},
		{"JSON and more", "{\"openapi\": \"3.0.3\"}\n{}", `
F:2:1: error: this is not JSON: the document has ended before (not-json)
	hint: a document that begins with { is read as JSON`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var diags diag.List
			if node := parse([]byte(test.data), "F", true, &diags); node != nil {
				t.Errorf("there is a document")
			}
			if diff := cmp.Diff([]string{strings.TrimPrefix(test.want, "\n")}, texts(diags)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTooManyJSONValues(t *testing.T) {
	p := newJSONParser([]byte("[1,\n 2, 3]"))
	p.values = maxValues - 2 // the list, 1, and no more
	_, err := p.value(0)
	if err == nil {
		t.Fatal("there is a document")
	}
	checkLines(t, `
F:1:3: error: the document has more than 4000000 values (too-large)
	hint: cut a slice of it with gen slice`, strings.Split(p.fault(err, "F").String(), "\n"))
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
		{"an alias", "openapi: &v 3.0.3\nx: [*v, *v]\n", []string{`!!map 1:1`, `!!str "openapi" 1:1`, `!!str "3.0.3" 1:10`, `!!str "x" 2:1`,
			`!!seq 2:4`, `!!str "3.0.3" 1:10`, `!!str "3.0.3" 1:10`}},
		{"JSON", "{\n\t\"openapi\" : \"3.0.3\",\r\n \"é\": [ 1, -2.5e3, true, null, \"\\ud83d\\ude00\\/\" ], \"y\":{}}\n", []string{
			`!!map 1:1`, `!!str "openapi" 2:2`, `!!str "3.0.3" 2:14`, `!!str "é" 3:2`, `!!seq 3:7`, `!!int "1" 3:9`, `!!float "-2.5e3" 3:12`,
			`!!bool "true" 3:20`, `!!null "null" 3:26`, `!!str "😀/" 3:32`, `!!str "y" 3:52`, `!!map 3:56`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var diags diag.List
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
			if node := parse([]byte(test.data), "F", true, &diags); node != nil {
				walk(node)
			}
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestUnreadableFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("folder", 0o777); err != nil {
		t.Fatal(err)
	}
	large, err := os.Create("large.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer large.Close()
	if err := large.Truncate(maxFileSize + 1); err != nil {
		t.Fatal(err)
	}
	const hint = "\n\thint: a spec is a YAML or JSON file of at most 64 MiB"
	tests := []struct{ spec, want string }{
		{"missing.yaml", "missing.yaml: error: there is no such file (unreadable-file)" + hint},
		{"folder", "folder: error: this is a directory, not a file (unreadable-file)" + hint},
		{"folder/x.yaml", "folder/x.yaml: error: there is no such file (unreadable-file)" + hint},
		{"large.yaml/x", "large.yaml/x: error: the file cannot be opened: not a directory (unreadable-file)" + hint},
		{"large.yaml", "large.yaml: error: the file is too large: 64 MiB (unreadable-file)" + hint},
		{os.DevNull, os.DevNull + ": error: this is not a regular file (unreadable-file)" + hint},
	}
	for _, test := range tests {
		_, diags := Load(t.Context(), Options{Specs: []string{test.spec}})
		if diff := cmp.Diff([]string{test.want}, texts(diags)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.spec, diff)
		}
	}
}

// A nonsense file of 50 MB is refused by its text, not after an attempt to parse it.
func TestLargeNonsense(t *testing.T) {
	nonsense := strings.Repeat("lorem ipsum: dolor [sit amet, 'consectetur'\n", 50<<20/44)
	var diags diag.List
	if allocs := testing.AllocsPerRun(1, func() { diags = nil; parse([]byte(nonsense), "F", true, &diags) }); allocs > 100 {
		t.Errorf("%v allocations", allocs)
	}
	checkLines(t, `
F:1:1: error: this is not an OpenAPI document: it has no "openapi" (not-openapi)
	hint: a spec begins with "openapi: 3.0.3"`, strings.Split(diags.Error(), "\n"))
}
