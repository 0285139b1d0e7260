package index

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

const head = "openapi: 3.0.3\n"

// entries writes what Open found, an entry a line: its position, its place and its value.
func entries(d *Document) string {
	var b strings.Builder
	add := func(list []Entry) {
		for _, e := range list {
			value := "?"
			if n, diags := d.Node(e); len(diags) == 0 {
				value = short(n)
			}
			fmt.Fprintf(&b, "%d:%d %s = %s\n", e.Line, e.Column, d.Pos(e).Pointer, value)
		}
	}
	add(d.Paths())
	for _, section := range d.Sections() {
		add(d.Components(section.Name))
	}
	return b.String()
}

// short writes a node in one line.
func short(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		var parts []string
		for i := 0; i < len(n.Content); i += 2 {
			parts = append(parts, n.Content[i].Value+": "+short(n.Content[i+1]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case yaml.SequenceNode:
		var parts []string
		for _, item := range n.Content {
			parts = append(parts, short(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	if n.ShortTag() == "!!str" {
		return fmt.Sprintf("%q", n.Value)
	}
	return n.Value
}

func TestOpen(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"block style": {
			"paths:\n  '/a':\n    get: x\n  /b:\n    get:\n      y: 1\ncomponents:\n  schemas:\n    a: {}\n  responses:\n    b:\n      c: d\nsecurity:\n  - e: [ ]\n",
			"3:3 /paths/~1a = {get: \"x\"}\n5:3 /paths/~1b = {get: {y: 1}}\n10:5 /components/schemas/a = {}\n12:5 /components/responses/b = {c: \"d\"}\n",
		},
		"other indentation": {
			"paths:\n      /a:\n       get: x\n      /b: y\ncomponents:\n schemas:\n         a: b\n",
			"3:7 /paths/~1a = {get: \"x\"}\n5:7 /paths/~1b = \"y\"\n8:10 /components/schemas/a = \"b\"\n",
		},
		"lists indented like their keys": {
			"servers:\n- url: x\npaths:\n  /a:\n    tags:\n    - b\n    - c\n  /b:\n  - d\n  /c: e\n",
			"5:3 /paths/~1a = {tags: [\"b\", \"c\"]}\n9:3 /paths/~1b = [\"d\"]\n11:3 /paths/~1c = \"e\"\n",
		},
		"block texts with lines like keys": {
			"paths:\n  /a:\n    x: |\n      /b:\n        y: 'z\n\n      - {\n  /c: >-\n    paths:\n  /d: |2\n      e\n     /f:\n",
			"3:3 /paths/~1a = {x: \"/b:\\n  y: 'z\\n\\n- {\\n\"}\n9:3 /paths/~1c = \"paths:\"\n11:3 /paths/~1d = \"  e\\n /f:\\n\"\n",
		},
		"quoted texts over lines like keys": {
			"paths:\n  /a: 'x\ny: ''z\n\n  /b:\n# no comment'\n  /c: \"x\\\"\n  /d:\\\n e\"\n",
			"3:3 /paths/~1a = \"x y: 'z\\n/b: # no comment\"\n8:3 /paths/~1c = \"x\\\" /d:e\"\n",
		},
		"plain texts over lines": {
			"paths:\n  /a:\n    x: don't\n      stop - \"here\n      # comment\n    y: http://z#1 # 'comment\n  /b:\n",
			"3:3 /paths/~1a = {x: \"don't stop - \\\"here\", y: \"http://z#1\"}\n8:3 /paths/~1b = \n",
		},
		"flow style in an entry": {
			"paths:\n  /a: { get: [ 'x]', # ]\n\"y}\n\", z z ] }\n  /b: []\n",
			"3:3 /paths/~1a = {get: [\"x]\", \"y} \", \"z z\"]}\n6:3 /paths/~1b = []\n",
		},
		"flow style for paths and components": {
			"paths: {/a: {get: x}, '/b': y}\ncomponents:\n  schemas: {a: b}\n",
			"2:9 /paths/~1a = {get: \"x\"}\n2:23 /paths/~1b = \"y\"\n4:13 /components/schemas/a = \"b\"\n",
		},
		"complex keys": {
			"paths:\n  ? /a\n  : get:\n      ? x\n      : y\n",
			"3:5 /paths/~1a = {get: {x: \"y\"}}\n",
		},
		"empty mappings": {"paths: { }\ncomponents:\n  schemas: {} # none\n  responses:\n", ""},
		"quoted keys": {
			"\"paths\":\n  '/it''s' :\n    x: y\n  \"/\\u0061\\t\": z\n'components':\n  \"schemas\": # comment\n    'a/b~c': d\n",
			"3:3 /paths/~1it's = {x: \"y\"}\n5:3 /paths/~1a\t = \"z\"\n8:5 /components/schemas/a~1b~0c = \"d\"\n",
		},
		"comments and empty lines": {
			"# comment\npaths: # comment\n\n# comment\n  # comment: x\n  /a: # comment\n    # comment\n\n    x: y # comment\n        # comment\n# comment\n  /b: c\n",
			"7:3 /paths/~1a = {x: \"y\"}\n13:3 /paths/~1b = \"c\"\n",
		},
		"a block text in the column of its key": {"paths:\n  /a:\n  |\n   b: c\n  /d: e\n", "3:3 /paths/~1a = \"b: c\\n\"\n6:3 /paths/~1d = \"e\"\n"},
		"document markers":                      {"paths:\n  /a: b\n...\n# comment\n", "3:3 /paths/~1a = \"b\"\n"},
		"no line feed at the end":               {"paths:\n  /a: b", "3:3 /paths/~1a = \"b\"\n"},
		"characters beyond ASCII":               {"paths:\n  ? é\n  : x\n  ü: { ö: y }\n", "3:5 /paths/é = \"x\"\n5:3 /paths/ü = {ö: \"y\"}\n"},
		"paths at the end, empty":               {"components:\n  schemas:\n    a: b\npaths:\n", "4:5 /components/schemas/a = \"b\"\n"},
		"tabs where they are fine":              {"paths:\t# tab\n  /a:\tb\t\n  /b: \"c\n\t\td\"\n", "3:3 /paths/~1a = \"b\"\n4:3 /paths/~1b = \"c d\"\n"},
	}
	for name, test := range tests {
		variants := map[string]string{
			"":                     head + test.text,
			" with CRLF":           strings.ReplaceAll(head+test.text, "\n", "\r\n"),
			" with a BOM":          byteOrderMark + head + test.text,
			" compressed":          compressed(t, head+test.text),
			" beside other things": head + test.text[:0] + strings.TrimSuffix(test.text, "...\n# comment\n") + "\nx-more:\n  a:\n    b: 'c'\n",
		}
		for variant, text := range variants {
			doc, diags := Open("doc.yaml", []byte(text))
			if len(diags) > 0 {
				t.Errorf("%s%s: %v", name, variant, diags)
				continue
			}
			if diff := cmp.Diff(test.want, entries(doc)); diff != "" {
				t.Errorf("%s%s (-want +got):\n%s", name, variant, diff)
			}
		}
	}
}

func compressed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOpenJSON(t *testing.T) {
	const text = "\ufeff { \"paths\": {\"/a\": {\"get\": [1, -2.5e3, true, null, \"\\ud83d\\ude00\\n\"]}, \"\\u002fb\\/é\":\n {}, \"/c\": \"]}\\\\\"},\r\n" +
		"\"components\": {\"schemas\": {\"a\": {\"b\": {}, \"c\": []}}, \"x\": null}, \"openapi\": \"3.0.3\" } \n"
	doc, diags := Open("doc.json", []byte(text))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	want := "1:14 /paths/~1a = {get: [1, -2.5e3, true, null, \"😀\\n\"]}\n" +
		"1:72 /paths/~1b~1é = {}\n2:6 /paths/~1c = \"]}\\\\\"\n3:28 /components/schemas/a = {b: {}, c: []}\n"
	if diff := cmp.Diff(want, entries(doc)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBadDocuments(t *testing.T) {
	large := func(text string) string { return text + "\n#" + strings.Repeat("x", maxWhole) }
	deep := strings.Repeat(" [", 300) + strings.Repeat("]", 300)
	tests := map[string]struct{ text, want string }{
		"empty":        {"", "1:1: error: the document is empty (empty-document)\n\thint: it should begin with \"openapi: 3.0.3\""},
		"only comment": {"# openapi\n---\n\n", "1:1: error: the document is empty (empty-document)\n\thint: it should begin with \"openapi: 3.0.3\""},
		"text":         {"hello\nworld\n", "1:1: error: this is neither a YAML mapping nor a JSON object (not-yaml)\n\thint: a document begins with \"openapi: 3.0.3\""},
		"HTML":         {"<!DOCTYPE html>\n<a b='c: d'>\n", "1:1: error: this is neither a YAML mapping nor a JSON object (not-yaml)\n\thint: a document begins with \"openapi: 3.0.3\""},
		"a list":       {"- openapi: 3.0.3\n", "1:1: error: this is neither a YAML mapping nor a JSON object (not-yaml)\n\thint: a document begins with \"openapi: 3.0.3\""},
		"a flow list":  {"[openapi]\n", "1:1: error: this must be a mapping (not-yaml)\n\thint: a document begins with \"openapi: 3.0.3\", and has paths and components"},
		"not text":     {"openapi: 3.0.3\nx: \x00\n", "2:4: error: this is not text: it has a NUL character (not-text)\n\thint: a document is YAML or JSON in UTF-8"},
		"not UTF-8":    {"openapi: 3.0.3\né: \xff\n", "2:4: error: the byte 0xFF is not UTF-8 (not-text)\n\thint: a document is YAML or JSON in UTF-8"},
		"UTF-16":       {"\xff\xfeo\x00", "1:1: error: the document is encoded in UTF-16 (not-text)\n\thint: convert it to UTF-8"},
		"lone CR":      {"openapi: 3.0.3\rpaths: {}\r", "1:15: error: this carriage return has no line feed after it (not-text)\n\thint: convert the line ends to LF or CRLF"},
		"other YAML":   {"name: x\n", "1:1: error: this is not an OpenAPI document: it has no \"openapi\" (not-openapi)\n\thint: a whole document of OpenAPI 3.0 or 3.1 is read; it begins with \"openapi: 3.0.3\""},
		"Swagger":      {"paths: {}\nswagger: '2.0'\n", "2:1: error: this is a document of OpenAPI \"2.0\" (openapi-version)\n\thint: a whole document of OpenAPI 3.0 or 3.1 is read; it begins with \"openapi: 3.0.3\""},
		"OpenAPI 3.2":  {"openapi: 3.2.0\n", "1:1: error: this is a document of OpenAPI \"3.2.0\" (openapi-version)\n\thint: a whole document of OpenAPI 3.0 or 3.1 is read; it begins with \"openapi: 3.0.3\""},
		"anchor":       {head + "paths:\n  /a: &x\n    b: c\n", "3:7: error: anchors and aliases, & and *, are not read (anchor)\n\thint: write the value out, or quote the text"},
		"alias":        {head + "paths:\n  /a:\n    - *x\n", "4:7: error: anchors and aliases, & and *, are not read (anchor)\n\thint: write the value out, or quote the text"},
		"alias in flow style": {
			head + "info: [a, {b: *x}]\n", "2:15: error: anchors and aliases, & and *, are not read (anchor)\n\thint: write the value out, or quote the text"},
		"anchor on a key": {
			head + "&x paths: {}\n", "2:1: error: anchors and aliases, & and *, are not read (anchor)\n\thint: write the value out, or quote the text"},
		"anchor in flow style as a whole": {
			"{openapi: 3.0.3, x: &a b, y: *a}\n", "1:21: error: anchors and aliases, & and *, are not read (anchor)\n\thint: write the value out, or quote the text"},
		"tab": {head + "paths:\n\t/a: b\n", "3:1: error: this line is indented with a tab, which YAML does not permit (tab-indentation)\n\thint: use spaces"},
		"tab on an empty line": { // the YAML parser does not read it either
			head + "\t\npaths: {}\n", "2:1: error: this line is indented with a tab, which YAML does not permit (tab-indentation)\n\thint: use spaces"},
		"tab after spaces": {
			head + "paths:\n  /a:\n  \tb: c\n", "4:3: error: this line is indented with a tab, which YAML does not permit (tab-indentation)\n\thint: use spaces"},
		"two documents":   {head + "---\npaths: {}\n", "2:1: error: a second YAML document begins here (several-documents)\n\thint: keep one document in the file"},
		"more at the end": {head + "...\n# fine\npaths: {}\n", "4:1: error: there is more after the end of the YAML document (several-documents)\n\thint: keep one document in the file"},
		"two documents in flow style": {
			"{openapi: 3.0.3}\n--- {}\n", "2:1: error: a second document begins here (several-documents)\n\thint: keep one in the file"},
		"tag directive": {"%TAG ! x\n---\n" + head, "1:1: error: only the directive %YAML is read (not-yaml)\n\thint: remove the line"},
		"key twice": {
			head + "paths:\n  /a: b\n  /c: d\n  '/a': e\n", "5:3: error: \"/a\" stands twice in this mapping (duplicate-key)\n\tsee also doc.yaml:3:3\n\thint: remove one of the two"},
		"paths twice": {
			head + "paths:\n  /a: b\npaths:\n  /c: d\n", "4:1: error: \"paths\" stands twice in this mapping (duplicate-key)\n\tsee also doc.yaml:2:1\n\thint: remove one of the two"},
		"paths is a list": {
			head + "paths:\n- /a\n", "3:1: error: this must be a mapping (not-yaml)\n\thint: a document begins with \"openapi: 3.0.3\", and has paths and components"},
		"paths is a text": {
			head + "paths: none\n", "2:8: error: this must be a mapping (not-yaml)\n\thint: a document begins with \"openapi: 3.0.3\", and has paths and components"},
		"between two indentations": {
			head + "paths:\n    /a:\n      b: c\n  /d: e\n", "5:3: error: this line is not indented as any line above it (not-yaml)\n\thint: lines of one mapping begin in the same column"},
		"no key": {
			head + "paths:\n  /a:\n    b: 1\n  /c\n",
			"5:3: error: there must be a key and a colon here (not-yaml)\n\thint: look at the indentation and quotes of this line and the one before it; the file may be cut short"},
		"cut short in a quoted text": {
			head + "paths:\n  /a:\n    b: \"c\n  /d: e\n", "4:8: error: this quoted text does not end (not-yaml)\n\thint: look for the closing quote; the file may be cut short"},
		"cut short in brackets": {
			head + "paths:\n  /a: {b: [c, d]\n", "3:7: error: this list or mapping in brackets does not end (not-yaml)\n\thint: look for the closing bracket; the file may be cut short"},
		"cut short in a key": {
			head + "paths:\n  /a:\n    get: x\n    pos",
			"5:5: error: there must be a key and a colon here (not-yaml)\n\thint: look at the indentation and quotes of this line and the one before it; the file may be cut short"},
		"text after a quoted text": {
			head + "info: 'x\ny'z\n", "3:3: error: there is text after the end of a value (not-yaml)\n\tsee also doc.yaml:2:7\n\thint: look at the value's quotes or brackets, which begin at the other place"},
		"unquoted @": {head + "info:\n  x: @y\n", "3:6: error: a text cannot begin with @ (not-yaml)\n\thint: quote the text"},
		"a key with a bad escape": {
			head + "paths:\n  \"\\q\": x\n", "3:3: error: this key cannot be read (not-yaml)\n\thint: look at its quotes and escapes"},
		"large and in flow style": {
			large(head + "paths: {/a: b}"), "2:8: error: this must be a mapping with a key on each line (not-block-style)\n\thint: write the document in block style, a key on a line, as YAML writers do by default"},
		"large and in flow style as a whole": {
			large("{openapi: 3.0.3}"), "1:1: error: the document does not begin with a key (not-block-style)\n\thint: write the document in block style, a key on a line, as YAML writers do by default"},
		"large with complex keys": {
			large(head + "paths:\n  /a: b\n  ? /c\n  : d"), "4:3: error: there must be a key on one line here (not-block-style)\n\thint: write the document in block style, a key on a line, as YAML writers do by default"},
		"large and on the marker's line": {
			large("--- {openapi: 3.0.3}"), "1:5: error: the document begins on the line of its marker (not-block-style)\n\thint: write the document in block style, a key on a line, as YAML writers do by default"},
		"deep in flow style": {"{openapi: 3.0.3, x:" + deep + "}", "1:419: error: nested deeper than 200 levels (too-deep)"},
		"bad flow style":     {"paths: {/a: b\n", "1:8: error: this list or mapping in brackets does not end (not-yaml)\n\thint: look for the closing bracket; the file may be cut short"},
		"flow style that the YAML parser cannot read": {
			head + "paths:\n  {/a: [}]\n", "3:9: error: this is not YAML: did not find expected node content (not-yaml)\n\thint: look at this line and the one before it: indentation, quotes, colons"},
		"JSON cut short":            {"{\"openapi\": \"3.0.3\", \"paths\": {\"/a\": {\n", "1:39: error: this is not JSON: the document ends early (not-json)\n\thint: a document that begins with { is read as JSON; it may be cut short"},
		"JSON cut short in a text":  {"{\"openapi\": \"3.0", "1:13: error: this is not JSON: this string does not end (not-json)\n\thint: a document that begins with { is read as JSON; it may be cut short"},
		"JSON and more":             {"{\"openapi\": \"3.0.3\"}\n{}", "2:1: error: this is not JSON: there is text after the end of the document (not-json)\n\thint: a document that begins with { is read as JSON; it may be cut short"},
		"JSON without a comma":      {"{\"openapi\": \"3.0.3\" \"paths\": {}}", "1:21: error: this is not JSON: there must be a comma or } here (not-json)\n\thint: a document that begins with { is read as JSON; it may be cut short"},
		"JSON with a comma at last": {"{\"openapi\": \"3.0.3\",}", "1:21: error: this is not JSON: there must be a key in double quotes here (not-json)\n\thint: a document that begins with { is read as JSON; it may be cut short"},
		"JSON without a value":      {"{\"openapi\": \"3.0.3\", \"info\": }", "1:30: error: this is not JSON: there must be a value here (not-json)\n\thint: a document that begins with { is read as JSON; it may be cut short"},
		"JSON with other brackets":  {"{\"openapi\": [}", "1:14: error: this is not JSON: there must be a value here (not-json)\n\thint: a document that begins with { is read as JSON; it may be cut short"},
		"JSON where paths is a list": {
			"{\"paths\": []}", "1:11: error: this is not JSON: there must be '{' here (not-json)\n\thint: a document that begins with { is read as JSON; it may be cut short"},
		"JSON with a key twice": {
			"{\"paths\": {\"/a\": 1,\n \"/\\u0061\": 2}}", "2:2: error: \"/a\" stands twice in this mapping (duplicate-key)\n\tsee also doc.yaml:1:12\n\thint: remove one of the two"},
		"too many entries": {
			manyKeys(), "200001:1: error: this mapping has more than 200000 entries (too-large)"},
		"deep JSON":      {"{\"x\": " + strings.ReplaceAll(deep, " ", "") + "}", "1:208: error: nested deeper than 200 levels (too-deep)"},
		"damaged gzip":   {compressed(t, head)[:20], ": error: the gzip file ends early (unreadable-file)"},
		"only a bracket": {"{", "1:1: error: this list or mapping in brackets does not end (not-yaml)\n\thint: look for the closing bracket; the file may be cut short"},
	}
	for name, test := range tests {
		doc, diags := Open("doc.yaml", []byte(test.text))
		if doc != nil || len(diags) != 1 {
			t.Errorf("%s: %d messages: %v", name, len(diags), diags)
			continue
		}
		got := strings.TrimPrefix(strings.TrimPrefix(diags.Error(), "doc.yaml"), ":")
		if diff := cmp.Diff(strings.TrimPrefix(test.want, ":"), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// manyKeys is a document of more keys than are indexed.
func manyKeys() string {
	var b strings.Builder
	for i := range maxEntries + 1 {
		fmt.Fprintf(&b, "k%d:\n", i)
	}
	return b.String()
}

// TestBadEntries: what is wrong inside of an entry is found when it is decoded, and only then.
func TestBadEntries(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"key twice": {
			head + "paths:\n  /a:\n    b: 1\n    c:\n      d: 2\n      'd': 3\n", "doc.yaml:7:7: error: \"d\" stands twice in this mapping (duplicate-key)\n\tsee also doc.yaml:6:7\n\thint: remove one of the two"},
		"indentation": {
			head + "paths:\n  /a:\n      b: 1\n    c: 2\n", "doc.yaml:5:5: error: this is not YAML: did not find expected key (not-yaml)\n\thint: look at this line and the one before it: indentation, quotes, colons"},
		"two colons": {
			head + "paths:\n  /a:\n    b:\n      c: d: e\n", "doc.yaml:5:11: error: this is not YAML: mapping values are not allowed in this context (not-yaml)\n\thint: look at this line and the one before it: indentation, quotes, colons"},
		"a key that is a list": {
			head + "paths:\n  /a:\n    [b]: c\n", "doc.yaml:4:5: error: a key must be plain text (bad-key)"},
		"merge": {head + "paths:\n  /a:\n    <<: {b: c}\n", "doc.yaml:4:5: error: a key must be plain text (bad-key)"},
		"deep": {
			head + "paths:\n  /a: " + strings.Repeat("[", 300) + strings.Repeat("]", 300), "doc.yaml:3:206: error: nested deeper than 200 levels (too-deep)"},
		"large": {
			head + "paths:\n  /a: |\n" + strings.Repeat("    text\n", 1<<20+1), "doc.yaml:3:3: error: \"/a\" has 9 MiB, too many to decode (too-large)"},
		"JSON with a key twice": {
			"{\"openapi\": \"3.0.3\", \"paths\": {\"/a\":\n {\"b\": 1, \"b\": 2}}}", "doc.yaml:2:11: error: \"b\" stands twice in this mapping (duplicate-key)\n\tsee also doc.yaml:2:3\n\thint: remove one of the two"},
		"JSON without a comma": {
			"{\"openapi\": \"3.0.3\", \"paths\": {\"/a\": [1\n 2]}}", "doc.yaml:2:2: error: this is not JSON: there must be a comma or ] here (not-json)\n\thint: a document that begins with { is read as JSON; it may be cut short"},
		"JSON with a bad escape": {
			"{\"openapi\": \"3.0.3\", \"paths\": {\"/a\": \"\\q\"}}", "doc.yaml:1:38: error: this is not JSON: this string cannot be read: invalid character 'q' in string escape code (not-json)\n\thint: a document that begins with { is read as JSON; it may be cut short"},
	}
	for name, test := range tests {
		doc := open(t, "doc.yaml", []byte(test.text))
		e, ok := doc.Path("/a")
		if !ok {
			t.Errorf("%s: no path", name)
			continue
		}
		n, diags := doc.Node(e)
		if n != nil || len(diags) != 1 {
			t.Errorf("%s: %d messages: %v", name, len(diags), diags)
			continue
		}
		if diff := cmp.Diff(test.want, diags.Error()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestLookups(t *testing.T) {
	doc := open(t, "doc.yaml", []byte(head+"info:\n  title: x\ncomponents:\n  schemas:\n    a: b\n"))
	if _, ok := doc.TopEntry("info"); !ok {
		t.Error("no info")
	}
	if e, ok := doc.Component("schemas", "a"); !ok || e.Name != "a" || e.Line != 6 {
		t.Errorf("got %+v", e)
	}
	for _, missing := range [][2]string{{"schemas", "b"}, {"responses", "a"}} {
		if _, ok := doc.Component(missing[0], missing[1]); ok || doc.Components("responses") != nil {
			t.Errorf("found %s", missing)
		}
	}
	if _, ok := doc.Path("/a"); ok {
		t.Error("found a path")
	}
}
