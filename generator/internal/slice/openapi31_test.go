package slice_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/slice"
)

// twin is a document of OpenAPI 3.0, and what its parts in braces are in 3.1.
const twin = `openapi: {3.0.3|3.1.0}
info: {title: T, version: v1}
servers: [{url: https://school.example/v2}]
{|webhooks: {added: {post: {responses: {}}}}}
paths:
  /rooms:
    get:
      parameters:
        - {name: size, in: query, schema: {type: integer, {minimum: 1, exclusiveMinimum: true|exclusiveMinimum: 1}}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/school.room'}}}}
    delete: {parameters: [{name: a, in: query, schema: {type: {string|[string, integer]}}}], responses: {}}
components:
  schemas:
    school.base: {type: object, properties: {id: {type: string}}}
    school.room:
      {allOf: [{$ref: '#/components/schemas/school.base'}]|$ref: '#/components/schemas/school.base'}
      type: object
      properties:
        name: {{type: string, nullable: true|type: [string, 'null']}}
        plan: {{type: string, format: byte|type: string, contentEncoding: base64}}
        seats: {title: Seats{|, type: [string, integer], format: int32}}
    school.unused: {type: {string|[string, integer]}}
`

// version is the twin of one version: which of "{a|b}" is taken. What else stands in braces has no bar.
func version(which int) string {
	text := twin
	for {
		bar := strings.IndexByte(text, '|')
		if bar < 0 {
			return text
		}
		begin, depth := bar, 0
		for depth = 1; depth > 0; {
			begin--
			depth += map[byte]int{'{': -1, '}': 1}[text[begin]]
		}
		end := bar
		for depth = 1; depth > 0; {
			end++
			depth += map[byte]int{'{': 1, '}': -1}[text[end]]
		}
		text = text[:begin] + strings.Split(text[begin+1:end], "|")[which] + text[end+1:]
	}
}

func cutVersion(t *testing.T, which int) (text, diags string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "api.yaml")
	if err := os.WriteFile(file, []byte(version(which)), 0o666); err != nil {
		t.Fatal(err)
	}
	result, diags := cutAll(t, slice.Config{OpenAPI: file, Docs: "{page}", Files: []slice.File{{Out: "s.yaml", Include: []string{"/rooms#GET"}}}})
	return string(result.Documents[0].Render()), strings.ReplaceAll(diags, filepath.ToSlash(filepath.Dir(file))+"/", "")
}

// A slice of a document of OpenAPI 3.1 is the one of its twin of 3.0. What is lost is told of what is in the slice, and not of the
// rest.
func TestCut31(t *testing.T) {
	want, diags30 := cutVersion(t, 0)
	got, diags31 := cutVersion(t, 1)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("of 3.0 and 3.1 (-3.0 +3.1):\n%s", diff)
	}
	if diags30 != "" {
		t.Errorf("of 3.0: %s", diags30)
	}
	wantDiags := "api.yaml:4:1: warning: webhooks are calls that the service makes: they are left out (webhooks)\n" +
		"api.yaml:22:31: warning: a value of several types, string or integer, has no type in Go: it is kept as JSON (union)"
	if diff := cmp.Diff(wantDiags, diags31); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
}
