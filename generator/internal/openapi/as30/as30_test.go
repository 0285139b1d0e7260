package as30

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

func parse(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return doc.Content[0]
}

// compact writes a node as YAML in braces.
func compact(n *yaml.Node) string {
	var parts []string
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			parts = append(parts, n.Content[i].Value+": "+compact(n.Content[i+1]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case yaml.SequenceNode:
		for _, item := range n.Content {
			parts = append(parts, compact(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return n.Value
}

func TestSchemas(t *testing.T) {
	for in, want := range map[string]string{
		"{type: string}":                                         "{type: string}",
		"{type: [string]}":                                       "{type: string}",
		"{type: [string, 'null']}":                               "{type: string, nullable: true}",
		"{type: ['null', string], nullable: false}":              "{type: string, nullable: false}",
		"{type: [string, null]}":                                 "{type: string, nullable: true}",
		"{type: 'null'}":                                         "{nullable: true}",
		"{type: [integer, number, 'null']}":                      "{type: number, nullable: true}",
		"{type: [string, integer, array], items: {}, title: T}":  "{title: T} 1:2 union: a value of several types, string, integer or array, has no type in Go: it is kept as JSON",
		"{const: a}":                                             "{enum: [a]}",
		"{const: a, enum: [a, b]}":                               "{enum: [a]}",
		"{const: null}":                                          "{nullable: true}",
		"{const: [a]}":                                           "{} 1:9 enum-value: a constant that is neither text nor a number nor a boolean has no type in Go: it is left out",
		"{examples: [a, b]}":                                     "{example: a}",
		"{examples: []}":                                         "{}",
		"{exclusiveMinimum: 0, exclusiveMaximum: 9}":             "{minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: true}",
		"{exclusiveMinimum: 3, minimum: 5}":                      "{minimum: 5}",
		"{exclusiveMinimum: 5, minimum: 5}":                      "{minimum: 5, exclusiveMinimum: true}",
		"{exclusiveMaximum: 5, maximum: 9}":                      "{maximum: 5, exclusiveMaximum: true}",
		"{exclusiveMaximum: true, maximum: 9}":                   "{exclusiveMaximum: true, maximum: 9}",
		"{$ref: '#/a'}":                                          "{$ref: #/a}",
		"{$ref: '#/a', description: D, readOnly: true, x-a: 1}":  "{$ref: #/a, description: D, readOnly: true, x-a: 1}",
		"{$ref: '#/a', description: D, properties: {}}":          "{allOf: [{$ref: #/a}], description: D, properties: {}}",
		"{$ref: '#/a', type: [object, 'null'], allOf: [{}]}":     "{type: object, nullable: true, allOf: [{$ref: #/a}, {}]}",
		"{type: string, contentEncoding: base64}":                "{type: string, format: byte}",
		"{contentEncoding: BASE64, contentMediaType: image/png}": "{type: string, format: byte}",
		"{contentEncoding: base64url, format: own}":              "{type: string, format: own}",
		"{contentEncoding: '7bit'}":                              "{} 1:19 content-encoding: bytes in the encoding \"7bit\" have no type in Go: they are kept as text",
		"{contentMediaType: application/octet-stream}":           "{type: string, format: binary}",
		"{type: string, contentMediaType: text/html}":            "{type: string}",
		"true":  "{}",
		"false": "{} 1:1 false-schema: a value that cannot be has no type in Go: it is kept as JSON",
		"{properties: {a: true, type: {type: [string]}}}":             "{properties: {a: {}, type: {type: string}}}",
		"{additionalProperties: false, not: {const: a}}":              "{additionalProperties: false, not: {enum: [a]}}",
		"{prefixItems: [{type: [a, b]}], items: false}":               "{items: {}} 1:2 prefix-items: items that are each of a schema of its own have no type in Go: they are kept as JSON",
		"{patternProperties: {a: {type: [string]}}}":                  "{additionalProperties: {type: string}} 1:2 pattern-properties: properties whose names match a pattern are read as properties of any name",
		"{patternProperties: {a: {}}, additionalProperties: {}}":      "{additionalProperties: {}} 1:2 pattern-properties: properties of several patterns have no type in Go: they are kept as JSON",
		"{unevaluatedProperties: {type: [string]}}":                   "{additionalProperties: {type: string}}",
		"{unevaluatedProperties: false}":                              "{}",
		"{if: {}, then: {}, else: {}}":                                "{} 1:2 condition: what depends on a condition is left out: if, then and else",
		"{dependentSchemas: {a: {}}}":                                 "{} 1:2 condition: what depends on other properties is left out: dependentSchemas",
		"{$dynamicRef: '#a'}":                                         "{} 1:2 dynamic-ref: a reference that depends on where it is used has no type in Go: it is kept as JSON",
		"{$defs: {a: {const: b}}, anyOf: [{const: c}]}":               "{$defs: {a: {enum: [b]}}, anyOf: [{enum: [c]}]}",
		"{default: {type: [a, b]}, enum: [{const: a}], x-a: {if: a}}": "{default: {type: [a, b]}, enum: [{const: a}], x-a: {if: a}}",
		"{type: [], properties: a, allOf: b, items: [c], $defs: [d]}": "{type: [], properties: a, allOf: b, items: [c], $defs: [d]}",
		"[a]": "[a]",
	} {
		n := parse(t, in)
		losses := Component("schemas", n)
		got := compact(n)
		for _, loss := range losses {
			got += fmt.Sprintf(" %d:%d %s: %s", loss.At.Line, loss.At.Column, loss.Code, loss.Message)
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
		if Component("schemas", n); !strings.HasPrefix(want, compact(n)) {
			t.Errorf("%s: rewritten again: %s", in, compact(n))
		}
	}
}

func TestDocument(t *testing.T) {
	n := parse(t, `
openapi: 3.1.0
jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
webhooks: {a: {post: {requestBody: {content: {a/b: {schema: {const: a}}}}}}}
paths:
  /a:
    get:
      parameters: [{schema: {const: a}, example: {schema: {const: a}}}]
      responses: {default: {headers: {x-a: {schema: {const: a}}}, content: {a/b: {schema: {const: a}, examples: {b: {schema: {const: a}}}}}}}
      x-a: {schema: {const: a}}
components:
  schemas: {a: {const: a}}
  responses: {schema: {content: {a/b: {schema: {const: a}}}}}
  examples: {a: {value: {schema: {const: a}}}}
`)
	losses := Document(n)
	if len(losses) != 1 || losses[0].Code != "webhooks" || losses[0].Schema != nil || losses[0].At.Line != 4 {
		t.Errorf("lost: %+v", losses)
	}
	want := "{openapi: 3.1.0, jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base, " +
		"webhooks: {a: {post: {requestBody: {content: {a/b: {schema: {const: a}}}}}}}, " +
		"paths: {/a: {get: {parameters: [{schema: {enum: [a]}, example: {schema: {const: a}}}], " +
		"responses: {default: {headers: {x-a: {schema: {enum: [a]}}}, content: {a/b: {schema: {enum: [a]}, examples: {b: {schema: {const: a}}}}}}}, " +
		"x-a: {schema: {const: a}}}}}, " +
		"components: {schemas: {a: {enum: [a]}}, responses: {schema: {content: {a/b: {schema: {enum: [a]}}}}}, examples: {a: {value: {schema: {const: a}}}}}}"
	if diff := cmp.Diff(want, compact(n)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestIs(t *testing.T) {
	for text, want := range map[string]bool{"3.1": true, "3.1.0": true, "3.1.12": true, "3.0.3": false, "3.10.0": false, "3.2.0": false, "": false} {
		if Is(text) != want {
			t.Errorf("Is(%q) = %t", text, !want)
		}
	}
}
