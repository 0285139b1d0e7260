package openapi

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Two slices that need more or less of a type are one description, whichever comes first.
func TestCombine(t *testing.T) {
	const (
		base   = "    ex.base: {type: object, properties: {id: {type: string}, '@odata.type': {type: string}}"
		border = "    ex.a: {allOf: [{$ref: '#/components/schemas/ex.base'}, {title: a, type: object}], x-graphslice-abstract: true, x-graphslice-reference: true, x-graphslice-entity-set: as}\n"
		full   = "    ex.a: {allOf: [{$ref: '#/components/schemas/ex.base'}, {title: a, type: object, properties: {name: {type: string}, child: {$ref: '#/components/schemas/ex.b'}}}], x-graphslice-abstract: true}\n" +
			"    ex.b: {allOf: [{$ref: '#/components/schemas/ex.base'}, {type: object, properties: {size: {type: boolean}}}]}\n"
		some = "    ex.a: {allOf: [{$ref: '#/components/schemas/ex.base'}, {type: object, properties: {name: {type: string}}}], x-graphslice-abstract: true, x-graphslice-partial: true}\n"
		more = "    ex.a: {allOf: [{$ref: '#/components/schemas/ex.base'}, {type: object, properties: {child: {$ref: '#/components/schemas/ex.b'}}}], x-graphslice-abstract: true, x-graphslice-partial: true}\n" +
			"    ex.b: {allOf: [{$ref: '#/components/schemas/ex.base'}, {type: object, properties: {size: {type: boolean}}}]}\n"
	)
	schemas := func(text string) string { return header + "components:\n  schemas:\n" + text }
	plain := base + "}\n"
	told := func(names ...string) string {
		mapping := ""
		for _, name := range names {
			mapping += "'#ex." + name + "': '#/components/schemas/ex." + name + "', "
		}
		return base + ", discriminator: {propertyName: '@odata.type', mapping: {" + strings.TrimSuffix(mapping, ", ") + "}}}\n"
	}
	const whole = `
model ex.a base ex.base abstract in as
  child ex.b
  name string
model ex.b base ex.base used
  size bool
model ex.base derived ex.a ex.b
  id string key`
	tests := []struct{ name, a, b, want string }{
		{"in full and at the border", schemas(plain + full), schemas(plain + border), whole},
		{"some properties and others", schemas(plain + some), schemas(plain + more), strings.Replace(whole, ` in as`, "", 1)},
		{"some properties and all", schemas(plain + some), schemas(plain + full), strings.Replace(whole, ` in as`, "", 1)},
		{"some properties and the border", schemas(plain + some), schemas(plain + border), `
model ex.a base ex.base abstract in as
  name string
model ex.base derived ex.a
  id string key`},
		{"other descendants", schemas(told("a") + some), schemas(told("b", "a") + full), strings.NewReplacer(` in as`, "", "model ex.base derived ex.a ex.b", "model ex.base derived ex.a ex.b discriminator").Replace(whole)},
		{"descendants and none", schemas(told("a") + some), schemas(plain + full), strings.NewReplacer(` in as`, "", "model ex.base derived ex.a ex.b", "model ex.base derived ex.a ex.b discriminator").Replace(whole)},
	}
	for _, test := range tests {
		for order, files := range map[string][]string{"": {test.a, test.b}, ", the other way round": {test.b, test.a}} {
			t.Run(test.name+order, func(t *testing.T) {
				pkg, diags := loadFiles(t, map[string]string{"a.yaml": files[0], "b.yaml": files[1]}, Options{Specs: []string{"a.yaml", "b.yaml"}})
				if len(diags) > 0 {
					t.Fatal(diags)
				}
				checkLines(t, test.want, describe(pkg)[1:])
			})
		}
	}
}

// What only one slice has notes for is said of both.
func TestCombineMarks(t *testing.T) {
	schemas := func(marks string) string {
		return header + "components:\n  schemas:\n    ex.a: {type: object, properties: {at: {type: string}, zone: {type: string}, ranges: {type: array, items: {type: string}}}" + marks + "}\n"
	}
	said := schemas(", x-graphslice-local-time: {dateTime: at, zone: zone}, x-graphslice-polymorphic: true, x-graphslice-upload-session: {url: at, ranges: ranges}")
	for _, files := range [][]string{{said, schemas("")}, {schemas(""), said}, {said, said}} {
		pkg, diags := loadFiles(t, map[string]string{"a.yaml": files[0], "b.yaml": files[1]}, Options{Specs: []string{"a.yaml", "b.yaml"}})
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		if m := pkg.Models[0]; m.LocalTime == nil || m.Polymorphic == nil || !*m.Polymorphic || m.Upload == nil {
			t.Errorf("%v, %v, %v", m.LocalTime, m.Polymorphic, m.Upload)
		}
	}
}

// What one of three slices brings keeps the place that it comes from.
func TestCombinePositions(t *testing.T) {
	some := func(property string) string {
		return header + "components:\n  schemas:\n    ex.a:\n      type: object\n      x-graphslice-partial: true\n      properties:\n        " + property + ": {type: string}\n"
	}
	pkg, diags := loadFiles(t, map[string]string{"a.yaml": some("one"), "b.yaml": "# A line more.\n" + some("two"), "c.yaml": some("three")},
		Options{Specs: []string{"a.yaml", "b.yaml", "c.yaml"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	var got []string
	for _, p := range pkg.Models[0].Properties {
		got = append(got, p.Name+" "+p.Pos.String())
	}
	if diff := cmp.Diff([]string{"one a.yaml:10:9", "three c.yaml:10:9", "two b.yaml:11:9"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCombineConflicts(t *testing.T) {
	schemas := func(text string) string { return header + "components:\n  schemas:\n    ex.a: " + text + "\n" }
	tests := []struct{ name, a, b, want string }{
		{"a property of another type", schemas("{type: object, properties: {x: {type: string}}, x-graphslice-partial: true}"),
			schemas("{type: object, properties: {x: {type: boolean}}}"), "properties/x"},
		{"more than all", schemas("{type: object, properties: {x: {type: string}}, x-graphslice-partial: true}"),
			schemas("{type: object, properties: {y: {type: string}}}"), "properties/x"},
		{"another base", schemas("{allOf: [{$ref: '#/components/schemas/ex.b'}, {type: object}], x-graphslice-reference: true}\n    ex.b: {type: object}"),
			schemas("{allOf: [{$ref: '#/components/schemas/ex.c'}, {type: object}]}\n    ex.c: {type: object}"), "allOf"},
		{"another key", schemas("{type: object, x-graphslice-reference: true, x-graphslice-key: [a], properties: {a: {type: string}}}"),
			schemas("{type: object, properties: {a: {type: string}}}"), "x-graphslice-key"},
		{"another set", schemas("{type: object, x-graphslice-reference: true, x-graphslice-entity-set: a}"),
			schemas("{type: object, x-graphslice-entity-set: b}"), "x-graphslice-entity-set"},
		{"another interface", schemas("{type: object, x-graphslice-polymorphic: false}"),
			schemas("{type: object, x-graphslice-polymorphic: true}"), "x-graphslice-polymorphic"},
		{"another local time", schemas("{type: object, x-graphslice-local-time: {dateTime: a, zone: b}}"),
			schemas("{type: object, x-graphslice-local-time: {dateTime: a, zone: c}}"), "x-graphslice-local-time"},
		{"another upload", schemas("{type: object, x-graphslice-upload-session: {url: a, ranges: b}}"),
			schemas("{type: object, x-graphslice-upload-session: {url: c, ranges: b}}"), "x-graphslice-upload-session"},
		{"another descendant of a name", schemas("{type: object, discriminator: {propertyName: '@odata.type', mapping: {'#ex.b': '#/components/schemas/ex.b'}}}\n    ex.b: {type: object}"),
			schemas("{type: object, discriminator: {propertyName: '@odata.type', mapping: {'#ex.b': '#/components/schemas/ex.c'}}}\n    ex.c: {type: object}"), "discriminator/mapping/#ex.b"},
	}
	for _, test := range tests {
		for order, files := range map[string][]string{"": {test.a, test.b}, ", the other way round": {test.b, test.a}} {
			t.Run(test.name+order, func(t *testing.T) {
				_, diags := loadFiles(t, map[string]string{"a.yaml": files[0], "b.yaml": files[1]}, Options{Specs: []string{"a.yaml", "b.yaml"}})
				want := `b.yaml:6:5: error: "ex.a" is defined twice, and the two differ in ` + test.want + " (conflicting-schema)\n\tsee also a.yaml:6:5" + sameHint
				if diff := cmp.Diff([]string{want}, texts(diags)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		}
	}
}
