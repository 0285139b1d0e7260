package openapi

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Files of fragments that a document of OpenAPI 3.1 refers to are of 3.1 as well; documents of both versions go together; and what is
// lost is told once, of what is needed.
func TestFilesOf31(t *testing.T) {
	header31 := strings.Replace(header, "3.0.3", "3.1.0", 1)
	pkg, diags := loadFiles(t, map[string]string{
		"s/a.yaml": header31 + `webhooks: {}
paths:
  /boards: {$ref: '#/components/pathItems/boards'}
  /cards: {$ref: 'fragments.yaml#/cards'}
  /lists: {get: {parameters: [{name: a, in: query, schema: {type: [string, integer]}}], responses: {2XX: {description: x}}}}
components:
  pathItems:
    boards: {get: {responses: {2XX: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/ex.board'}}}}}}}
  schemas:
    ex.board: {type: object, properties: {card: {$ref: 'fragments.yaml#/ex.card'}, pen: {$ref: 'fragments.yaml#/pens/pen'}}}
    ex.unused: {type: [string, integer]}
`,
		"s/fragments.yaml": `
cards: {get: {responses: {2XX: {description: x, content: {application/json: {schema: {type: [integer, 'null'], format: int32}}}}}}}
ex.card: {type: object, properties: {text: {type: [string, 'null']}, size: {type: [string, integer]}}}
pens: {pen: {type: [string, 'null'], format: date}}`,
		"s/b.json": `{"openapi": "3.0.1", "info": {"title": "B", "version": "v1.0"}, "servers": [{"url": "https://example.com/v1.0/"}],
"paths": {}, "components": {"schemas": {"ex.old": {"type": "object", "properties": {"a": {"type": "string", "nullable": true}}}}}}`,
	}, Options{Specs: []string{"s/a.yaml", "s/b.json"}, Include: []string{"/boards", "/cards"}})
	wantDiags := []string{
		"s/a.yaml:4:1: warning: webhooks are calls that the service makes: they are left out (webhooks)",
		"s/fragments.yaml:3:77: warning: a value of several types, string or integer, has no type in Go: it is kept as JSON (union)",
	}
	if diff := cmp.Diff(wantDiags, texts(diags)); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
	if pkg == nil {
		return
	}
	checkLines(t, `
package Test, v1.0 at https://example.com/v1.0
model ex.board used
  card ex.card
  pen date?
model ex.card used
  size any
  text string?
GET /boards get 2XX
  segments | boards
  response application/json ex.board
GET /cards get 2XX
  segments | cards
  response application/json int32?`, describe(pkg))
}
