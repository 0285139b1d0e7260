package openapi

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What travels in @odata.type is what a discriminator's key says, whatever the schema is called.
func TestTypeNames(t *testing.T) {
	text := func(mapping string) string {
		return header + `paths: {/a: {get: {responses: {2XX: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/ex.a'}}}}}}}}
components:
  schemas:
    ex.a: {type: object, properties: {'@odata.type': {type: string}, id: {type: string}}, discriminator: {propertyName: '@odata.type', mapping: {` + mapping + `}}}
    ex.b: {allOf: [{$ref: '#/components/schemas/ex.a'}, {type: object}]}
    ex.c: {allOf: [{$ref: '#/components/schemas/ex.a'}, {type: object}]}
`
	}
	tests := []struct {
		name, mapping string
		want          map[string][]string
	}{
		{"the names of the schemas", "'#ex.b': '#/components/schemas/ex.b'", map[string][]string{"ex.a": nil, "ex.b": nil, "ex.c": nil}},
		{"another name", "'#ex.bee': '#/components/schemas/ex.b', '#ex.c': '#/components/schemas/ex.c'", map[string][]string{"ex.a": nil, "ex.b": {"ex.bee"}, "ex.c": nil}},
		{"one name more", "'#ex.az': '#/components/schemas/ex.b', '#ex.b': '#/components/schemas/ex.b'", map[string][]string{"ex.a": nil, "ex.b": {"ex.b", "ex.az"}, "ex.c": nil}},
		{"names that change places", "'#ex.c': '#/components/schemas/ex.b', '#ex.b': '#/components/schemas/ex.c'",
			map[string][]string{"ex.a": nil, "ex.b": {"ex.c"}, "ex.c": {"ex.b"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pkg := loadText(t, text(test.mapping))
			got := map[string][]string{}
			for _, m := range pkg.Models {
				got[m.Name] = m.TypeNames
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	_, diags := loadFiles(t, map[string]string{"a.yaml": text("'#ex.a': '#/components/schemas/ex.b'")}, Options{Specs: []string{"a.yaml"}})
	if got := diags.Error(); !strings.Contains(got, "a.yaml:7:146: ") || !strings.Contains(got, "discriminators call both ex.b and ex.a by the name ex.a (type-name)") {
		t.Errorf("two types of one name: %s", got)
	}
}
