package index

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"go.yaml.in/yaml/v4"
)

const library = `openapi: 3.0.3
paths:
  /books:
    summary: all of them
    get:
      responses:
        '200': {$ref: '#/components/responses/books'}
    post:
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/book'}}}
      security:
        - key: []
    parameters:
      - $ref: '#/components/parameters/top'
  /books/{id}:
    get:
      responses:
        '200':
          content:
            application/json:
              schema: {$ref: '#/components/schemas/book/properties/author'}
    delete:
      security: []
  /shelves:
    get:
      x-see: {$ref: '#/components/schemas/shelf%20%7B~1%7D'}
components:
  schemas:
    unused: {$ref: '#/components/schemas/author'}
    shelf {/}: {type: object}
    author:
      discriminator:
        propertyName: type
        mapping:
          one: '#/components/schemas/person'
          two: company
      properties:
        book: {$ref: '#/components/schemas/book'}
    person: {type: object}
    company: {type: object}
    book:
      properties:
        author: {$ref: '#/components/schemas/author'}
  parameters:
    top: {name: top}
  responses:
    books:
      content: {application/json: {schema: {$ref: '#/components/schemas/book'}}}
  securitySchemes:
    login: {type: oauth2}
    key: {type: apiKey}
    unused: {type: http}
security:
  - login: []
`

// outline writes what is selected: paths with their keys, sections with their components.
func outline(s *Selection) string {
	var b strings.Builder
	for _, item := range s.Paths {
		fmt.Fprintf(&b, "%s:", item.Key.Value)
		for i := 0; i < len(item.Value.Content); i += 2 {
			fmt.Fprintf(&b, " %s", item.Value.Content[i].Value)
		}
		b.WriteString("\n")
	}
	for _, section := range s.Sections {
		fmt.Fprintf(&b, "%s:", section.Name)
		for _, item := range section.Items {
			fmt.Fprintf(&b, " %s", item.Name)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestSelect(t *testing.T) {
	tests := map[string]struct {
		include, exclude []string
		want             string
	}{
		"everything": {
			want: "/books: summary get post parameters\n/books/{id}: get delete\n/shelves: get\n" +
				"schemas: shelf {/} author person company book\nparameters: top\nresponses: books\nsecuritySchemes: login key\n",
		},
		"one method, and what the path has beside it": {
			include: []string{"/books#POST"},
			want:    "/books: summary post parameters\nschemas: author person company book\nparameters: top\nsecuritySchemes: key\n",
		},
		"no security, nothing referred to": {include: []string{"/**#DELETE"}, want: "/books/{id}: delete\n"},
		"a reference into a component":     {include: []string{"/books/{id}#get"}, want: "/books/{id}: get\nschemas: author person company book\nsecuritySchemes: login\n"},
		"an escaped name":                  {include: []string{"/shelves"}, want: "/shelves: get\nschemas: shelf {/}\nsecuritySchemes: login\n"},
		"exclude what is not included": {
			include: []string{"/shelves"}, exclude: []string{"/books#GET"}, want: "/shelves: get\nschemas: shelf {/}\nsecuritySchemes: login\n",
		},
		"exclude": {
			include: []string{"/books/**"}, exclude: []string{"/books", "/**#DELETE"},
			want: "/books/{id}: get\nschemas: author person company book\nsecuritySchemes: login\n",
		},
	}
	doc := open(t, "doc.yaml", []byte(library))
	asJSON := open(t, "doc.json", toJSON(t, parseWhole(t, []byte(library)), " "))
	for name, test := range tests {
		both := pathglob.Set{Include: set(t, test.include...).Include, Exclude: set(t, test.exclude...).Include}
		for _, doc := range []*Document{doc, asJSON} {
			selection, diags := doc.Select(both, nil, nil)
			if len(diags) > 0 {
				t.Errorf("%s: %v", name, diags)
				continue
			}
			if diff := cmp.Diff(test.want, outline(selection)); diff != "" {
				t.Errorf("%s in %s (-want +got):\n%s", name, doc.name, diff)
			}
		}
	}
}

// TestEdit: references are followed from what an edit leaves, so that it can stop the closure.
func TestEdit(t *testing.T) {
	doc := open(t, "doc.yaml", []byte(library))
	var edited []string
	selection, diags := doc.Select(set(t, "/books/{id}#GET"), nil, func(section string, e Entry, value *yaml.Node) {
		edited = append(edited, section+" "+e.Name)
		if e.Name == "author" {
			value.Content = nil
		}
	})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	want := "/books/{id}: get\nschemas: author book\nsecuritySchemes: login\n"
	if diff := cmp.Diff(want, outline(selection)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{" /books/{id}", "securitySchemes login", "schemas book", "schemas author"}, edited); diff != "" {
		t.Errorf("edited (-want +got):\n%s", diff)
	}
}

func TestNothingSelected(t *testing.T) {
	broken := strings.ReplaceAll(library, "    person: {type: object}\n", "")
	tests := map[string]struct {
		text             string
		include, exclude []string
		want             string
	}{
		"a pattern without a path": {
			library, []string{"/book/**", "/shelves"}, nil,
			"doc.yaml: error: the pattern /book/** selects no operation (no-match)\n\thint: the nearest paths are /books, /books/{id}, /shelves",
		},
		"a pattern without a method": {
			library, []string{"/books/**#PUT"}, nil,
			"doc.yaml: error: the pattern /books/**#PUT selects no operation (no-match)\n\thint: the methods of the paths that match are GET, POST, DELETE",
		},
		"an exclude without a path": {
			library, nil, []string{"/shelf"},
			"doc.yaml: error: the pattern /shelf selects no operation (no-match)\n\thint: the nearest paths are /shelves, /books, /books/{id}",
		},
		"everything excluded": {
			library, nil, []string{"/**"},
			"doc.yaml: error: no operation of this document is selected (no-match)\n\thint: exclude less",
		},
		"no paths at all": {
			head, []string{"/books"}, nil,
			"doc.yaml: error: the pattern /books selects no operation (no-match)",
		},
		"a reference to nothing": {
			broken, []string{"/books"}, nil,
			"doc.yaml:35:16: error: \"#/components/schemas/person\" is not a component of this document (unresolved-ref)\n" +
				"\thint: references are followed to components of the same document, such as #/components/schemas/name",
		},
		"a reference to another file": {
			head + "paths:\n  /a:\n    get:\n      x: {$ref: 'b.yaml#/c'}\n", nil, nil,
			"doc.yaml:5:17: error: \"b.yaml#/c\" is not a component of this document (unresolved-ref)\n" +
				"\thint: references are followed to components of the same document, such as #/components/schemas/name",
		},
		"an unknown security scheme": {
			head + "paths:\n  /a:\n    get:\n      security:\n        - x: []\n", nil, nil,
			"doc.yaml:6:11: error: \"x\" is not one of the components' securitySchemes (unresolved-ref)",
		},
		"a path that is no mapping": {
			head + "paths:\n  /a: b\n", []string{"/a"}, nil,
			"doc.yaml:3:3: error: a path must be a mapping of methods to operations (bad-path)",
		},
		"a path that cannot be read": {
			head + "paths:\n  /a:\n    b: c: d\n", nil, nil,
			"doc.yaml:4:9: error: this is not YAML: mapping values are not allowed in this context (not-yaml)\n\thint: look at this line and the one before it: indentation, quotes, colons",
		},
	}
	for name, test := range tests {
		doc := open(t, "doc.yaml", []byte(test.text))
		both := pathglob.Set{Include: set(t, test.include...).Include, Exclude: set(t, test.exclude...).Include}
		selection, diags := doc.Select(both, nil, nil)
		if diff := cmp.Diff(test.want, diags.Error()); diff != "" || selection != nil {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestPathReference: what is left out of a selection is said.
func TestPathReference(t *testing.T) {
	doc := open(t, "doc.yaml", []byte(head+"paths:\n  /a:\n    get: {}\n  /b:\n    $ref: '#/paths/~1a'\n"))
	selection, diags := doc.Select(pathglob.Set{}, nil, nil)
	want := `doc.yaml:5:3: warning: this path stands in another place, "#/paths/~1a", and is left out (path-reference)`
	if diff := cmp.Diff(want, diags.Error()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("/a: get\n", outline(selection)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRefs(t *testing.T) {
	doc := open(t, "doc.yaml", []byte(head+`components:
  schemas:
    a:
      $ref: '#/one' # comment
      description: |
        $ref: '#/no'
      allOf:
      - $ref: "#/two"
      - - "$ref": plain
        - x: y
          $ref:   'it''s'
      properties:
        discriminator:
          mapping:
            b: '#/three'
        mapping:
          c: '#/no'
    d:
      x: {$ref: '#/four', y: [{$ref: five}]}
      $ref:
        '#/six'
    e:
      $ref: over
        lines
`))
	want := map[string][]Ref{
		"a": {{"#/one", 5, 13, false}, {"#/two", 9, 15, false}, {"plain", 10, 19, false}, {"it's", 12, 19, false}, {"#/three", 16, 16, true}},
		"d": {{"#/four", 20, 17, false}, {"five", 20, 38, false}, {"#/six", 22, 9, false}},
		"e": {{"over lines", 24, 13, false}},
	}
	got := map[string][]Ref{}
	for _, e := range doc.Components("schemas") {
		refs, diags := doc.Refs(e)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		got[e.Name] = refs
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestResolve(t *testing.T) {
	doc := open(t, "doc.yaml", []byte(library))
	tests := map[string]struct {
		ref  Ref
		want string
	}{
		"a component":         {Ref{Text: "#/components/responses/books"}, "responses books"},
		"inside of one":       {Ref{Text: "#/components/schemas/book/properties/author"}, "schemas book"},
		"escaped":             {Ref{Text: "#/components/schemas/shelf {~1}"}, "schemas shelf {/}"},
		"a name in a mapping": {Ref{Text: "person", Mapped: true}, "schemas person"},
		"a name elsewhere":    {Ref{Text: "person"}, ""},
		"a section":           {Ref{Text: "#/components/schemas"}, ""},
		"a path":              {Ref{Text: "#/paths/~1books"}, ""},
	}
	for name, test := range tests {
		section, e, diags := doc.Resolve(test.ref)
		got := section + " " + e.Name
		if diags.HasErrors() {
			got = ""
			want := diag.List{{Pos: diag.Pos{File: "doc.yaml"}, Severity: diag.Error, Code: "unresolved-ref",
				Message: fmt.Sprintf("%q is not a component of this document", test.ref.Text),
				Hint:    "references are followed to components of the same document, such as #/components/schemas/name"}}
			if diff := cmp.Diff(want, diags); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// Node returns the selection as an OpenAPI document's paths and components.
func (s *Selection) Node() *yaml.Node {
	components := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for _, section := range s.Sections {
		components.Content = append(components.Content, textNode(section.Name), mappingNode(section.Items))
	}
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{
		textNode("paths"), mappingNode(s.Paths), textNode("components"), components}}
}

func mappingNode(items []Item) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for _, item := range items {
		n.Content = append(n.Content, item.Key, item.Value)
	}
	return n
}

func textNode(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
}
