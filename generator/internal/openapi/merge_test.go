package openapi

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMerge(t *testing.T) {
	const get = "paths: {/boards: {get: {responses: {2XX: {$ref: '#/components/responses/board'}}}}}\n"
	const answer = "responses: {board: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/ex.board'}}}}}"
	tests := []struct{ name, a, b, want string }{
		{"the same", get + "components: {" + answer + ", schemas: {ex.board: {type: object, properties: {id: {type: string}, name: {type: string}}}}}",
			"components: {schemas: {ex.board: {properties: {name: {type: string}, id: {type: string}}, type: object}}}", `
model ex.board used
  id string key
  name string
GET /boards get 2XX
  segments | boards
  response application/json ex.board`},
		{"but for prose", "components: {schemas: {ex.board: {type: object, description: One., externalDocs: {url: u}, properties: {title: {type: string, title: t}}}}}",
			"components: {schemas: {ex.board: {type: object, description: Two., properties: {title: {type: string, description: Three.}}}}}", `
model ex.board "One." see "u"
  title string`},
		{"but for what is not read", "components: {schemas: {ex.board: {type: object, x-other: 1, example: {}}}}",
			"components: {schemas: {ex.board: {type: object, minProperties: 3}}}", `
model ex.board`},
		{"operations of one path in two files, each with the parameters of its own",
			"paths: {'/a/{x}': {parameters: [{name: x, in: path, required: true, schema: {type: string}}, {name: y, in: query}], get: {responses: {}}}}",
			"paths: {'/a/{x}': {post: {parameters: [{name: x, in: path, required: true, schema: {type: string}}], responses: {}}}}", `
GET /a/{x} get
  segments | a | key x
  query y string
POST /a/{x} create
  segments | a | key x`},
		{"an operation twice", "paths: {/a: {get: {summary: One, responses: {2XX: {description: x}}}}}",
			"paths: {/a: {get: {description: Two, responses: {2XX: {description: y}}}}}", `
GET /a get 2XX "One"
  segments | a`},
		{"a component that the first file refers to", "components: {schemas: {ex.a: {type: object, properties: {b: {$ref: 'b.yaml#/components/schemas/ex.b'}}}}}",
			"components: {schemas: {ex.a: {type: object, properties: {b: {$ref: '#/components/schemas/ex.b'}}}, ex.b: {type: object}}}", `
model ex.a
  b ex.b
model ex.b used`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pkg, diags := loadFiles(t, map[string]string{"a.yaml": header + test.a, "b.yaml": header + test.b}, Options{Specs: []string{"a.yaml", "b.yaml"}})
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			checkLines(t, test.want, describe(pkg)[1:])
		})
	}
}

const sameHint = "\n\thint: make them the same, or keep one; slices are the same if they are cut from the same sources, with the same notes and configuration"

func TestConflicts(t *testing.T) {
	const same = sameHint
	schemas := func(text string) string { return header + "components:\n  schemas:\n    ex.a: " + text + "\n" }
	tests := []struct{ name, a, b, want string }{
		{"a type", schemas("{type: string}"), schemas("{type: boolean}"),
			`b.yaml:6:5: error: "ex.a" is defined twice, and the two differ in type (conflicting-schema)` + "\n\tsee also a.yaml:6:5" + same},
		{"one property more", schemas("{type: object, properties: {a: {}}}"), schemas("{type: object, properties: {a: {}, description: {}}}"),
			`b.yaml:6:5: error: "ex.a" is defined twice, and the two differ in properties/description (conflicting-schema)` + "\n\tsee also a.yaml:6:5" + same},
		{"the order of an enum", schemas("{enum: [a, b]}"), schemas("{enum: [b, a]}"),
			`b.yaml:6:5: error: "ex.a" is defined twice, and the two differ in enum (conflicting-schema)` + "\n\tsee also a.yaml:6:5" + same},
		{"a number and a text", schemas("{enum: ['1']}"), schemas("{enum: [1]}"),
			`b.yaml:6:5: error: "ex.a" is defined twice, and the two differ in enum (conflicting-schema)` + "\n\tsee also a.yaml:6:5" + same},
		{"where it points", schemas("{$ref: '#/components/schemas/ex.b'}"), schemas("{$ref: '#/components/schemas/ex.c'}"),
			`b.yaml:6:5: error: "ex.a" is defined twice, and the two differ in $ref (conflicting-schema)` + "\n\tsee also a.yaml:6:5" + same},
		{"an extension of ours", schemas("{type: object, x-graphslice-entity-set: a}"), schemas("{type: object, x-graphslice-entity-set: b}"),
			`b.yaml:6:5: error: "ex.a" is defined twice, and the two differ in x-graphslice-entity-set (conflicting-schema)` + "\n\tsee also a.yaml:6:5" + same},
		{"an operation", header + "paths: {/a: {get: {responses: {'200': {description: x}}}}}", header + "paths: {/a: {get: {responses: {'201': {description: x}}}}}",
			"b.yaml:4:14: error: GET /a is defined twice, and the two differ in responses/200 (conflicting-operation)\n\tsee also a.yaml:4:14" + same},
		{"a parameter of the path", header + "paths: {/a: {get: {responses: {}}}}", header + "paths: {/a: {parameters: [{name: x, in: query}], get: {responses: {}}}}",
			"b.yaml:4:50: error: GET /a is defined twice, and the two differ (conflicting-operation)\n\tsee also a.yaml:4:14" + same},
		{"the server", header + "paths: {}", strings.Replace(header, "v1.0/}", "beta}", 1) + "paths: {}",
			"b.yaml:3:17: error: this file is about https://example.com/beta, the first one about \"https://example.com/v1.0\" (conflicting-server)\n\tsee also a.yaml:3:1\n\thint: make a package of each"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, diags := loadFiles(t, map[string]string{"a.yaml": test.a, "b.yaml": test.b}, Options{Specs: []string{"a.yaml", "b.yaml"}})
			if diff := cmp.Diff([]string{test.want}, texts(diags)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestServerVariables(t *testing.T) {
	files := map[string]string{"a.yaml": `openapi: 3.0.3
servers:
- url: 'https://{cloud}.example.com:{port}/{version}/'
  variables: {cloud: {default: eu, enum: [eu, us]}, port: {default: '8443'}, version: {default: v2}}
paths: {}
`, "b.yaml": "openapi: 3.0.3\nservers: [{url: 'https://eu.example.com:8443/v2'}]\npaths: {}\n"}
	pkg, diags := loadFiles(t, files, Options{Specs: []string{"a.yaml", "b.yaml"}})
	want := []string{"a.yaml:3:8: note: the service root is https://eu.example.com:8443/v2, with the defaults of its variables (server-variables)\n" +
		"\thint: for others: NewClient(…, WithServiceRoot(…)), or another default here"}
	if diff := cmp.Diff(want, texts(diags)); diff != "" || pkg.ServiceRoot != "https://eu.example.com:8443/v2" {
		t.Errorf("%q (-want +got):\n%s", pkg.ServiceRoot, diff)
	}
}

func TestServers(t *testing.T) {
	const hint = "\n\thint: write the whole address, with a default for each of its variables: https://graph.microsoft.com/v1.0"
	tests := []struct {
		server string
		want   []string
	}{
		{"https://example.com/v1.0", nil},
		{"http://localhost:8080/beta/", nil},
		{"/v1.0", []string{`a.yaml:2:17: error: "/v1.0" cannot be a service root (bad-server)` + hint}},
		{"https://{cloud}.example.com", []string{`a.yaml:2:17: error: "https://{cloud}.example.com" cannot be a service root (bad-server)` + hint}},
		{"https://example.com/v1.0?x=y", []string{`a.yaml:2:17: error: "https://example.com/v1.0?x=y" cannot be a service root (bad-server)` + hint}},
		{"https://me@example.com", []string{`a.yaml:2:17: error: "https://me@example.com" cannot be a service root (bad-server)` + hint}},
		{"https:///v1.0", []string{`a.yaml:2:17: error: "https:///v1.0" cannot be a service root (bad-server)` + hint}},
		{"ftp://example.com", []string{`a.yaml:2:17: error: "ftp://example.com" cannot be a service root (bad-server)` + hint}},
		{"https://example.com:port", []string{`a.yaml:2:17: error: "https://example.com:port" cannot be a service root (bad-server)` + hint}},
	}
	for _, test := range tests {
		_, diags := loadFiles(t, map[string]string{"a.yaml": "openapi: 3.0.3\nservers: [{url: '" + test.server + "'}]\npaths: {}\n"}, Options{Specs: []string{"a.yaml"}})
		if diff := cmp.Diff(test.want, texts(diags)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.server, diff)
		}
	}
}
