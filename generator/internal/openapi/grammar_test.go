package openapi

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestShape(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"paths", "paths: [a]\n", `a.yaml:4:8: error: "paths" must be a mapping (wrong-shape)`},
		{"a path", "paths:\n  /a: b\n", `a.yaml:5:7: error: "/a" must be a mapping (wrong-shape)`},
		{"an operation", "paths:\n  /a: {get: [x]}\n", `a.yaml:5:13: error: "get" must be a mapping (wrong-shape)`},
		{"parameters", "paths:\n  /a: {parameters: {x: y}}\n", `a.yaml:5:20: error: "parameters" must be a list (wrong-shape)`},
		{"a parameter", "paths:\n  /a: {parameters: [x]}\n", `a.yaml:5:21: error: item 0 of "parameters" must be a mapping (wrong-shape)`},
		{"a response", "paths:\n  /a: {get: {responses: {200: x}}}\n", `a.yaml:5:31: error: "200" must be a mapping (wrong-shape)`},
		{"a description", "paths:\n  /a: {get: {description: 3, responses: {}}}\n",
			"a.yaml:5:27: error: \"description\" must be text, but 3 is a number (wrong-shape)\n\thint: write it in quotes"},
		{"a schema", "components: {schemas: {a: string}}\n", `a.yaml:4:27: error: "a" must be a mapping (wrong-shape)`},
		{"no schema", "components:\n  schemas:\n    a:\n", `a.yaml:6:7: error: "a" must be a mapping (wrong-shape)`},
		{"a list of types", "components: {schemas: {a: {type: [string, 'null']}}}\n",
			"a.yaml:4:34: error: \"type\" must be text: OpenAPI 3.0 knows no lists of types (wrong-shape)\n\thint: write one type, and nullable: true if null is a value"},
		{"nullable", "components: {schemas: {a: {type: string, nullable: 'yes'}}}\n", `a.yaml:4:52: error: "nullable" must be true or false (wrong-shape)`},
		{"required", "components: {schemas: {a: {type: object, required: true}}}\n", `a.yaml:4:52: error: "required" must be a list (wrong-shape)`},
		{"an item of required", "components: {schemas: {a: {type: object, required: [{}]}}}\n", `a.yaml:4:53: error: item 0 of "required" must be text (wrong-shape)`},
		{"enum", "components: {schemas: {a: {type: string, enum: a}}}\n", `a.yaml:4:48: error: "enum" must be a list (wrong-shape)`},
		{"properties", "components: {schemas: {a: {properties: [x]}}}\n", `a.yaml:4:40: error: "properties" must be a mapping (wrong-shape)`},
		{"allOf", "components: {schemas: {a: {allOf: {x: y}}}}\n", `a.yaml:4:35: error: "allOf" must be a list (wrong-shape)`},
		{"maxItems", "components: {schemas: {a: {type: array, items: {}, maxItems: many}}}\n", `a.yaml:4:62: error: "maxItems" must be a whole number (wrong-shape)`},
		{"a mapping", "components: {schemas: {a: {discriminator: {propertyName: x, mapping: {a: [b]}}}}}\n", `a.yaml:4:74: error: "a" must be text (wrong-shape)`},
		{"a scope", "security: [{oauth: Read}]\npaths: {}\n", `a.yaml:4:20: error: "oauth" must be a list (wrong-shape)`},
		{"an entity set", "components: {schemas: {a: {x-graphslice-entity-set: /boards}}}\n",
			`a.yaml:4:53: error: "x-graphslice-entity-set" must be a path below the service root, such as catalog/things (wrong-shape)`},
		{"an unknown extension of ours", "paths:\n  /a: {get: {responses: {}, x-graphslice-paws: PT2S}}\n",
			"a.yaml:5:29: error: x-graphslice-paws is not an extension of this generator (unknown-extension)\n\thint: known here: x-graphslice-application-permissions, x-graphslice-not-in, x-graphslice-pause, x-graphslice-permissions, x-graphslice-resource-permissions"},
		{"an extension of ours in another place", "paths:\n  /a: {x-graphslice-pause: PT2S}\n",
			"a.yaml:5:8: error: x-graphslice-pause is not an extension of this generator (unknown-extension)\n\thint: there is none in this place"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, diags := loadFiles(t, map[string]string{"a.yaml": header + test.text}, Options{Specs: []string{"a.yaml"}})
			if diff := cmp.Diff([]string{test.want}, texts(diags)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What is not read may be anything, and names that mean something elsewhere are names.
func TestIgnored(t *testing.T) {
	pkg := loadText(t, header+`
tags: nothing
x-anything: [{}]
paths:
  x-paths: 1
  /a:
    summary: [ignored]
    x-thing: 1
    get:
      tags: {}
      callbacks: 3
      description:
      responses: {2XX: {description: x, headers: 3, links: [], content: {application/json: {example: {a: .inf}, schema: {type: object, properties:
        {x-color: {type: string}, $ref: {type: string, example: 1e400, minimum: x}, type: {type: integer}, allOf: {type: boolean}}}}}}, x-more: 1}
components: {examples: 1, securitySchemes: {oauth: {}}}
`)
	checkLines(t, `
model </a GET response> used
  $ref string
  allOf bool
  type int64
  x-color string
GET /a get 2XX
  segments | a
  response application/json </a GET response>`, describe(pkg)[1:])
}

// Positions and pointers are those of the input.
func TestPositions(t *testing.T) {
	pkg, diags := loadFiles(t, map[string]string{
		"a.yaml": header + `paths:
  /boards/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      parameters:
        - {name: $top, in: query, schema: {type: integer}}
        - $ref: '#/components/parameters/skip'
      responses:
        2XX:
          description: x
          content:
            application/json:
              schema: {$ref: 'b.yaml#/components/schemas/ex.board'}
components:
  parameters:
    skip: {name: $skip, in: query, schema: {type: integer}}
`,
		"b.yaml": `{"openapi": "3.0.3", "components": {"schemas": {
  "ex.board": {
    "type": "object",
    "properties": {"a/b": {"type": "string", "enum": ["x",
      "y"]}}}}}}`}, Options{Specs: []string{"a.yaml"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	op, board, enum := pkg.Operations[0], pkg.Models[0], pkg.Enums[0]
	checkLines(t, `
a.yaml:7:5 /paths/~1boards~1{id}/get
a.yaml:9:11 /paths/~1boards~1{id}/get/parameters/0
a.yaml:19:5 /components/parameters/skip
a.yaml:15:13 /paths/~1boards~1{id}/get/responses/2XX/content/application~1json
b.yaml:2:3 /components/schemas/ex.board
b.yaml:4:20 /components/schemas/ex.board/properties/a~1b
b.yaml:4:20 /components/schemas/ex.board/properties/a~1b
b.yaml:5:7 /components/schemas/ex.board/properties/a~1b/enum/1`, []string{
		op.Pos.String() + " " + op.Pos.Pointer, op.Query[0].Pos.String() + " " + op.Query[0].Pos.Pointer,
		op.Query[1].Pos.String() + " " + op.Query[1].Pos.Pointer, op.Response.Pos.String() + " " + op.Response.Pos.Pointer,
		board.Pos.String() + " " + board.Pos.Pointer, board.Properties[0].Pos.String() + " " + board.Properties[0].Pos.Pointer,
		enum.Pos.String() + " " + enum.Pos.Pointer, enum.Members[1].Pos.String() + " " + enum.Members[1].Pos.Pointer,
	})
}

func TestVersionFaults(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"2.0", "swagger: '2.0'\ninfo: {}\n", "a.yaml:1:1: error: this is OpenAPI 2.0; only 3.0 and 3.1 are read (openapi-version)\n\thint: convert the document to OpenAPI 3.0"},
		{"3.2", "openapi: 3.2.0\ninfo: {}\npaths: {}\n", "a.yaml:1:1: error: this is OpenAPI 3.2.0; only 3.0 and 3.1 are read (openapi-version)\n\thint: convert the document to OpenAPI 3.1 or 3.0"},
		{"4", "openapi: [4]\npaths: {}\n", "a.yaml:1:1: error: this is OpenAPI of an unknown version; only 3.0 and 3.1 are read (openapi-version)\n\thint: convert the document to OpenAPI 3.1 or 3.0"},
		{"in braces", "{ openapi: 3.2.0, paths: {}}\n", "a.yaml:1:3: error: this is OpenAPI 3.2.0; only 3.0 and 3.1 are read (openapi-version)\n\thint: convert the document to OpenAPI 3.1 or 3.0"},
		{"inside", "info:\n  openapi: 3.0.3\n", "a.yaml:1:1: error: this is not an OpenAPI document: it has no \"openapi\" (not-openapi)\n\thint: a spec begins with \"openapi: 3.0.3\""},
		{"JSON", "{\"info\": 1}", "a.yaml:1:1: error: this is not an OpenAPI document: it has no \"openapi\" (not-openapi)\n\thint: a spec begins with \"openapi: 3.0.3\""},
		{"nothing else", "openapi: 3.0.3\n", "a.yaml:1:1: error: the document describes nothing: it has neither paths nor components (empty-document)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, diags := loadFiles(t, map[string]string{"a.yaml": test.text}, Options{Specs: []string{"a.yaml"}})
			if diff := cmp.Diff([]string{test.want}, texts(diags)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for _, version := range []string{"3.0.0", "3.0.4", "3.0", "'3.0.1'", "\"3.0.2\""} {
		if pkg := loadText(t, "openapi: "+version+"\npaths: {}\n"); strings.Join(describe(pkg), "") != "package ,  at " {
			t.Errorf("%s: %q", version, describe(pkg))
		}
	}
}
