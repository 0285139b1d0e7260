package openapi

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSchemaFaults(t *testing.T) {
	tests := []struct{ name, schemas, want string }{
		{"no items", `
ex.a: {type: object, properties: {x: {type: array}}}`, `
a.yaml:6:39: warning: a list does not say what its items are: they are kept as JSON (no-items)
	hint: add items; items: {} stands for any JSON`},
		{"an enum that says string", `
ex.a: {type: string, enum: [a, 2]}`, `
a.yaml:6:36: warning: a value of an enumeration of text is not written as text: it is taken as it is written (enum-value)
	hint: write it in quotes`},
		{"an enum of booleans", `
ex.a: {type: object, properties: {x: {enum: [true, false]}}}`, `
a.yaml:6:43: warning: a list of values that are neither all text nor all whole numbers has no type in Go: it is left out (enum-value)
	hint: give a type; an enumeration has values of type string or integer`},
		{"an enum of fractions", `
ex.a: {type: object, properties: {x: {type: number, enum: [0.5, 1]}}}`, `
a.yaml:6:57: warning: a list of values that are neither all text nor all whole numbers has no type in Go: it is left out (enum-value)
	hint: give a type; an enumeration has values of type string or integer`},
		{"names for some values", `
ex.a: {type: integer, enum: [1, 2], x-enumNames: [One]}`, `
a.yaml:6:41: warning: x-enumNames does not have a name for each value of the enumeration: it is left out (enum-names)
	hint: write as many names as there are values`},
		{"an unknown type", `
ex.a: {type: object, properties: {x: {type: file}}}`, `
a.yaml:6:43: warning: OpenAPI 3.0 has no type "file": the value is kept as JSON (unknown-type)
	hint: the types are string, number, integer, boolean, array, object`},
		{"a value twice", `
ex.a: {type: string, enum: [a, b, a]}`, `
a.yaml:6:39: warning: the enum has the value "a" twice (enum-value)`},
		{"a key that is no property", `
ex.a: {type: object, x-graphslice-key: [nr], properties: {id: {type: string}}}`, `
a.yaml:6:45: error: "nr" is not a property of ex.a (key)
	hint: name a property of the schema or of a base`},
		{"a choice", `
ex.a: {type: object}
ex.b: {type: object, properties: {x: {oneOf: [{$ref: '#/components/schemas/ex.a'}, {type: string}]}}}`, `
a.yaml:7:39: warning: a choice of 2 schemas has no type in Go: it is kept as JSON (union)`},
		{"made of itself", `
ex.a: {type: array, items: {$ref: '#/components/schemas/ex.a'}}
ex.b: {type: object, properties: {x: {$ref: '#/components/schemas/ex.a'}}}`, `
a.yaml:6:25: warning: ex.a is made of itself, without an object between: it is kept as JSON (recursive-schema)`},
		{"a second base", `
ex.a: {type: object, properties: {x: {type: string}}}
ex.b: {allOf: [{$ref: '#/components/schemas/ex.a'}, {type: object, properties: {y: {type: string}}}]}
ex.c: {allOf: [{$ref: '#/components/schemas/ex.a'}, {$ref: '#/components/schemas/ex.b'}]}`, `
a.yaml:8:57: warning: ex.c has a base already: the properties of ex.b are copied (second-base)`},
		{"declared again", `
ex.a: {type: object, properties: {x: {type: string}}}
ex.b: {allOf: [{$ref: '#/components/schemas/ex.a'}, {type: object, properties: {x: {type: integer}}}]}`, `
a.yaml:7:85: warning: "x" is declared in a base of ex.b, otherwise: the base's counts (redeclared-property)
	see also a.yaml:6:39`},
		{"another discriminator", `
ex.a: {type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind}}`, `
a.yaml:6:62: warning: a discriminator in "kind" is not read: types are told apart by @odata.type (discriminator)`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, diags := loadFiles(t, map[string]string{"a.yaml": schemas(strings.TrimPrefix(test.schemas, "\n"))}, Options{Specs: []string{"a.yaml"}})
			if diff := cmp.Diff([]string{strings.TrimPrefix(test.want, "\n")}, texts(diags)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
