package openapi

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// boardRef is a document whose only operation answers with what ref points to.
func boardRef(ref string) string {
	return header + `paths:
  /boards: {get: {responses: {2XX: {description: x, content: {application/json: {schema: {$ref: '` + ref + `'}}}}}}}
`
}

func TestFiles(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  string // of describe, without its first line
	}{
		{"components of another file, and of that one's own", map[string]string{
			"s/a.yaml": boardRef("./common/b.yaml#/components/schemas/ex.board"),
			"s/common/b.yaml": header + `components: {schemas: {
  ex.board: {type: object, properties: {card: {$ref: '#/components/schemas/ex.card'}, color: {$ref: '../c.yaml#/components/schemas/ex.color'}}},
  ex.card: {type: object}, ex.unused: {type: object}}}`,
			"s/c.yaml": header + "components: {schemas: {ex.color: {type: string, enum: [red]}}}",
		}, `
model ex.board used
  card ex.card
  color ex.color
model ex.card used
enum ex.color
    red
GET /boards get 2XX
  segments | boards
  response application/json ex.board`},
		{"back to the spec", map[string]string{
			"s/a.yaml": boardRef("b.yaml#/components/schemas/ex.board") + "components: {schemas: {ex.card: {type: object, properties: {board: {$ref: 'b.yaml#/components/schemas/ex.board'}}}}}",
			"s/b.yaml": header + "components: {schemas: {ex.board: {type: object, properties: {card: {$ref: 'a.yaml#/components/schemas/ex.card'}}}}}",
		}, `
model ex.board used
  card ex.card
model ex.card used
  board ex.board
GET /boards get 2XX
  segments | boards
  response application/json ex.board`},
		{"a file of fragments, one of them recursive, and a file that is one schema", map[string]string{
			"s/a.yaml": boardRef("fragments.yaml#/boards/ex.board"),
			"s/fragments.yaml": `
boards:
  ex.board: {type: object, properties: {next: {$ref: '#/boards/ex.board'}, card: {$ref: ex.card.json}}}`,
			"s/ex.card.json": `{"type": "object", "properties": {"text": {"type": "string"}}}`,
		}, `
model ex.board used
  card ex.card
  next ex.board
model ex.card used
  text string
GET /boards get 2XX
  segments | boards
  response application/json ex.board`},
		{"path items, parameters, bodies and answers elsewhere", map[string]string{
			"s/a.yaml": header + `paths:
  /boards: {$ref: 'b.yaml#/paths/~1boards'}
  /cards: {$ref: 'items.yaml#/cards'}`,
			"s/b.yaml": header + `paths:
  /boards:
    parameters: [{$ref: '#/components/parameters/top'}]
    post:
      requestBody: {$ref: '#/components/requestBodies/board'}
      responses: {2XX: {$ref: 'items.yaml#/answer'}}
components:
  parameters: {top: {name: $top, in: query, schema: {type: integer}}}
  requestBodies: {board: {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}}`,
			"s/items.yaml": `
cards: {get: {parameters: [{$ref: '#/skip'}], responses: {2XX: {$ref: '#/answer'}}}}
skip: {name: $skip, in: query, schema: {type: integer}}
answer: {description: x, content: {application/json: {schema: {type: boolean}}}}`,
		}, `
model </boards POST request> used
  name string
POST /boards create 2XX
  segments | boards
  query $top int64
  request application/json </boards POST request>
  response application/json bool
GET /cards get 2XX
  segments | cards
  query $skip int64
  response application/json bool`},
		{"a value that is no component", map[string]string{
			"s/a.yaml": boardRef("#/components/schemas/ex.card/properties/size") +
				"components: {schemas: {ex.card: {type: object, properties: {size: {type: object, properties: {unit: {$ref: '#/components/schemas/ex.card/properties/list/items'}}}, list: {type: array, items: {type: string}}}}}}",
		}, `
model </boards GET response> used
  unit string
model <ex.card size> used
  unit string
model ex.card
  list []string
  size <ex.card size>
GET /boards get 2XX
  segments | boards
  response application/json </boards GET response>`},
		{"names that a pointer must escape", map[string]string{
			"s/a.yaml": boardRef("#/components/schemas/a~1b%20c~0d") + "components: {schemas: {'a/b c~d': {type: object}}}",
		}, `
model a/b c~d used
GET /boards get 2XX
  segments | boards
  response application/json a/b c~d`},
		{"a file name that a reference must escape", map[string]string{
			"s/a.yaml":   boardRef("b%20%23.yaml#/components/schemas/ex.board"),
			"s/b #.yaml": header + "components: {schemas: {ex.board: {type: object}}}",
		}, `
model ex.board used
GET /boards get 2XX
  segments | boards
  response application/json ex.board`},
		{"a discriminator with names", map[string]string{
			"s/a.yaml": boardRef("#/components/schemas/ex.card") + `components: {schemas: {
  ex.card: {type: object, properties: {'@odata.type': {type: string}}, discriminator: {propertyName: '@odata.type', mapping: {'#ex.dated': ex.dated}}},
  ex.dated: {allOf: [{$ref: '#/components/schemas/ex.card'}, {type: object}]}}}`,
		}, `
model ex.card derived ex.dated discriminator used
model ex.dated base ex.card
GET /boards get 2XX
  segments | boards
  response application/json ex.card`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pkg, diags := loadFiles(t, test.files, Options{Specs: []string{"s/a.yaml"}})
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			got := describe(pkg)[1:]
			for i, line := range got { // inline models of nothing else come first
				if strings.HasPrefix(line, "model ") {
					got = got[i:]
					break
				}
			}
			checkLines(t, test.want, got)
		})
	}
}

func TestRefFaults(t *testing.T) {
	const defineIt = "\n\thint: define it, or correct the reference"
	const copyIt = "\n\thint: copy the file into the folder, or keep the spec where both are below it"
	tests := []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"to nowhere", map[string]string{"s/a.yaml": boardRef("#/components/schemas/ex.bord") + "components: {schemas: {ex.board: {type: object}}}"},
			`s/a.yaml:5:97: error: "#/components/schemas/ex.bord" is not defined (unresolved-ref)` + defineIt + "; the nearest name is ex.board"},
		{"to nowhere outside of components", map[string]string{"s/a.yaml": boardRef("#/definitions/ex.board")},
			`s/a.yaml:5:97: error: "#/definitions/ex.board" is not defined (unresolved-ref)` + defineIt},
		{"to nothing", map[string]string{"s/a.yaml": boardRef("")},
			`s/a.yaml:5:97: error: "" is not a reference (bad-ref)` + "\n\thint: references look like #/components/schemas/NAME or FILE#/components/schemas/NAME"},
		{"without a slash", map[string]string{"s/a.yaml": boardRef("#board")},
			`s/a.yaml:5:97: error: "#board" is not a reference (bad-ref)` + "\n\thint: references look like #/components/schemas/NAME or FILE#/components/schemas/NAME"},
		{"with a bad escape", map[string]string{"s/a.yaml": boardRef("#/a%zz")},
			`s/a.yaml:5:97: error: "#/a%zz" is not a reference (bad-ref)` + "\n\thint: references look like #/components/schemas/NAME or FILE#/components/schemas/NAME"},
		{"to another kind of thing", map[string]string{"s/a.yaml": boardRef("#/components/parameters/top") + "components: {parameters: {top: {name: a, in: query}}}"},
			`s/a.yaml:5:97: error: "#/components/parameters/top" is not what is needed here (wrong-ref)` + "\n\thint: refer to schemas in components"},
		{"to no file", map[string]string{"s/a.yaml": boardRef("b.yaml#/x")},
			`s/a.yaml:5:97: error: "b.yaml#/x": there is no such file (unresolved-ref)` + "\n\thint: correct the reference; it is relative to the file it stands in"},
		{"to a folder", map[string]string{"s/a.yaml": boardRef("t#/x"), "s/t/x": ""},
			`s/a.yaml:5:97: error: "t#/x": this is a directory, not a file (unresolved-ref)` + "\n\thint: correct the reference; it is relative to the file it stands in"},
		{"to a faulty file", map[string]string{"s/a.yaml": boardRef("b.yaml#/x"), "s/b.yaml": "x: [\n"},
			"s/b.yaml:1:5: error: this is not YAML: did not find expected node content (not-yaml)\n\thint: look at this line and the one before it: indentation, quotes, colons"},
		{"to a file of another version", map[string]string{"s/a.yaml": boardRef("b.yaml#/definitions/x"), "s/b.yaml": "swagger: '2.0'\ndefinitions: {x: {}}\n"},
			"s/b.yaml:1:1: error: this is OpenAPI 2.0; only 3.0 and 3.1 are read (openapi-version)\n\thint: convert the document to OpenAPI 3.0"},
		{"to a fragment that is no schema", map[string]string{"s/a.yaml": boardRef("b.yaml#/x"), "s/b.yaml": "x: [a]\n"},
			`s/b.yaml:1:4: error: "x" must be a mapping (wrong-shape)`},
		{"to a fragment that is no path item", map[string]string{"s/a.yaml": header + "paths: {/a: {$ref: 'b.yaml#/x'}}", "s/b.yaml": "x: a\n"},
			`s/b.yaml:1:4: error: "x" must be a mapping (wrong-shape)`},
		{"out of the folder", map[string]string{"s/a.yaml": boardRef("../b.yaml#/x"), "b.yaml": "x: {}\n"},
			`s/a.yaml:5:97: error: "../b.yaml#/x" points outside of the folder of the spec, s (outside-ref)` + copyIt},
		{"out of the folder and back", map[string]string{"s/a.yaml": boardRef("t/../../s/../b.yaml#/x"), "b.yaml": "x: {}\n"},
			`s/a.yaml:5:97: error: "t/../../s/../b.yaml#/x" points outside of the folder of the spec, s (outside-ref)` + copyIt},
		{"out of the folder by the path of the machine", map[string]string{"s/a.yaml": boardRef("/etc/passwd")},
			`s/a.yaml:5:97: error: "/etc/passwd" points outside of the folder of the spec, s (outside-ref)` + copyIt},
		{"out of the folder by an address", map[string]string{"s/a.yaml": boardRef("file:///etc/passwd")},
			`s/a.yaml:5:97: error: "file:///etc/passwd": references to file: are not read (bad-ref)` + "\n\thint: refer to a file"},
		{"out of the folder in escapes", map[string]string{"s/a.yaml": boardRef("%2e%2e/b.yaml#/x"), "b.yaml": "x: {}\n"},
			`s/a.yaml:5:97: error: "%2e%2e/b.yaml#/x" points outside of the folder of the spec, s (outside-ref)` + copyIt},
		{"out of the folder from a file inside", map[string]string{"s/a.yaml": boardRef("t/b.yaml#/x"), "s/t/b.yaml": "x: {$ref: '../../c.yaml#/x'}\n", "c.yaml": "x: {}\n"},
			`s/t/b.yaml:1:11: error: "../../c.yaml#/x" points outside of the folder of the spec, s (outside-ref)` + copyIt},
		{"to the network", map[string]string{"s/a.yaml": boardRef("https://example.com/b.yaml#/x")},
			`s/a.yaml:5:97: error: "https://example.com/b.yaml#/x" points to the network (remote-ref)` + "\n\thint: download the file, or permit it with --allow-remote-refs"},
		{"to the network without a scheme", map[string]string{"s/a.yaml": boardRef("//example.com/b.yaml#/x")},
			`s/a.yaml:5:97: error: "//example.com/b.yaml#/x": references to hosts need https: (bad-ref)`},
		{"to itself", map[string]string{"s/a.yaml": header + "components: {schemas: {ex.a: {$ref: '#/components/schemas/ex.a'}}}"},
			`s/a.yaml:4:37: error: "ex.a" is a reference to itself (circular-ref)` + "\n\thint: break the circle"},
		{"in a circle", map[string]string{"s/a.yaml": header + `components:
  schemas:
    ex.a: {$ref: '#/components/schemas/ex.b'}
    ex.b: {$ref: '#/components/schemas/ex.c'}
    ex.c: {$ref: '#/components/schemas/ex.b'}`},
			`s/a.yaml:7:18: error: "ex.b" is a reference to itself (circular-ref)` + "\n\thint: break the circle"},
		{"in a circle outside of components", map[string]string{"s/a.yaml": boardRef("#/x-a"), "s/b.yaml": ""},
			`s/a.yaml:5:97: error: "#/x-a" is not defined (unresolved-ref)` + defineIt},
		{"in a circle of values", map[string]string{"s/a.yaml": header + `components: {schemas: {ex.a: {type: object, properties: {x: {$ref: '#/components/schemas/ex.a/properties/x'}}}}}`},
			`s/a.yaml:4:68: error: this reference leads back to itself (circular-ref)` + "\n\thint: break the circle"},
		{"in a circle of properties", map[string]string{"s/a.yaml": header + `components: {schemas: {ex.a: {type: object, properties: {x: {properties: {y: {$ref: '#/components/schemas/ex.a/properties/x'}}}}}}}`},
			`s/a.yaml:4:85: error: this reference leads back to itself (circular-ref)` + "\n\thint: break the circle"},
		{"in a circle of bases", map[string]string{"s/a.yaml": header + `components:
  schemas:
    ex.a: {allOf: [{$ref: '#/components/schemas/ex.b'}]}
    ex.b: {allOf: [{allOf: [{$ref: '#/components/schemas/ex.c'}]}]}
    ex.c: {$ref: '#/components/schemas/ex.a'}`},
			`s/a.yaml:8:18: error: these schemas are bases of each other: ex.a, ex.b, ex.c, ex.a (circular-ref)` + "\n\thint: break the circle"},
		{"a base of itself", map[string]string{"s/a.yaml": header + `components: {schemas: {ex.a: {allOf: [{$ref: '#/components/schemas/ex.a'}]}}}`},
			`s/a.yaml:4:46: error: these schemas are bases of each other: ex.a, ex.a (circular-ref)` + "\n\thint: break the circle"},
		{"a discriminator to nowhere", map[string]string{"s/a.yaml": header + `components: {schemas: {ex.a: {type: object, discriminator: {propertyName: '@odata.type', mapping: {'#ex.b': '#/components/schemas/ex.b'}}}}}`},
			`s/a.yaml:4:109: error: "#/components/schemas/ex.b" is not defined (unresolved-ref)` + defineIt + "; the nearest name is ex.a"},
		{"a discriminator to no name", map[string]string{"s/a.yaml": header + `components: {schemas: {ex.a: {type: object, discriminator: {propertyName: '@odata.type', mapping: {'#ex.b': ex.b}}}}}`},
			`s/a.yaml:4:109: error: "#/components/schemas/ex.b" is not defined (unresolved-ref)` + defineIt + "; the nearest name is ex.a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, diags := loadFiles(t, test.files, Options{Specs: []string{"s/a.yaml"}})
			if diff := cmp.Diff([]string{test.want}, texts(diags)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A symbolic link may stand for a file in the folder, but not for one outside of it.
func TestSymbolicLinks(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"outside.yaml": "x: {type: object}\n", "s/inside.yaml": "x: {type: object}\n",
		"s/a.yaml": boardRef("good.yaml#/x"), "s/b.yaml": boardRef("bad.yaml#/x"), "s/c.yaml": boardRef("up/outside.yaml#/x"),
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"s/good.yaml": "inside.yaml", "s/bad.yaml": "../outside.yaml", "s/up": ".."} {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	const hint = "\n\thint: copy the file into the folder, or keep the spec where both are below it"
	tests := []struct {
		spec string
		want []string
	}{
		{"s/a.yaml", nil},
		{"s/b.yaml", []string{`s/b.yaml:5:97: error: "bad.yaml#/x" points outside of the folder of the spec, s (outside-ref)` + hint}},
		{"s/c.yaml", []string{`s/c.yaml:5:97: error: "up/outside.yaml#/x" points outside of the folder of the spec, s (outside-ref)` + hint}},
	}
	for _, test := range tests {
		_, diags := Load(t.Context(), Options{Specs: []string{test.spec}})
		if diff := cmp.Diff(test.want, texts(diags)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.spec, diff)
		}
	}
}

func TestRemoteRefs(t *testing.T) {
	mux := http.NewServeMux()
	serve := func(path, text string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(text)) })
	}
	serve("/dir/b.yaml", header+"components: {schemas: {ex.board: {type: object, properties: {card: {$ref: '../c.yaml#/ex.card'}}}}}")
	serve("/c.yaml", "ex.card: {type: object}\n")
	serve("/bad.yaml", "x: [\n")
	serve("/folder.yaml", "x: {$ref: 'file:///etc/passwd'}\n")
	mux.Handle("/moved.yaml", http.RedirectHandler("/c.yaml", http.StatusFound))
	mux.Handle("/round.yaml", http.RedirectHandler("/round.yaml", http.StatusFound))
	server := httptest.NewServer(mux)
	defer server.Close()

	tests := []struct{ ref, want string }{
		{"/dir/b.yaml#/components/schemas/ex.board", ""},
		{"/moved.yaml#/ex.card", ""},
		{"/missing.yaml#/x", `s/a.yaml:5:97: error: "URL/missing.yaml#/x": the server answers 404 Not Found (unresolved-ref)`},
		{"/round.yaml#/x", `s/a.yaml:5:97: error: "URL/round.yaml#/x": a redirect to URL/round.yaml is not followed (unresolved-ref)`},
		{"/bad.yaml#/x", "URL/bad.yaml:1:5: error: this is not YAML: did not find expected node content (not-yaml)\n\thint: look at this line and the one before it: indentation, quotes, colons"},
		{"/folder.yaml#/x", "URL/folder.yaml:1:11: error: \"file:///etc/passwd\" points to the network (remote-ref)\n\thint: only https and http addresses are read"},
	}
	for _, test := range tests {
		pkg, diags := loadFiles(t, map[string]string{"s/a.yaml": boardRef(server.URL + test.ref)}, Options{Specs: []string{"s/a.yaml"}, AllowRemoteRefs: true})
		if got := strings.ReplaceAll(strings.Join(texts(diags), "\n"), server.URL, "URL"); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.ref, got, test.want)
		}
		if (pkg != nil) != (test.want == "") {
			t.Errorf("%s: package %v", test.ref, pkg)
		}
	}
}
