package openapi

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// schema is a schema and where it stands.
type schema struct {
	*openapi3.Schema
	at   sourceValue // the schema itself
	use  sourceValue // where it is used: the $ref with what stands beside it, or at
	name string      // of the component; "" for an inline schema
}

// schema follows the references of the schema at p.
func (c *converter) schema(ref *openapi3.SchemaRef, p sourceValue) schema {
	s := schema{at: p, use: p}
	if ref != nil {
		s.Schema = ref.Value
	}
	s.at, s.name = c.refs.end(p)
	if s.Schema == nil {
		s.Schema = &openapi3.Schema{}
	}
	return s
}

// component returns the component schema of this name.
func (c *converter) component(name string) schema {
	s := c.schema(c.api.Components.Schemas[name], c.src.sections["schemas"][name])
	if s.name == "" {
		s.name = name
	}
	return s
}

// parts are the schema and the inline schemas of its allOf, whose fields all count as its own.
func (c *converter) parts(s schema) []schema {
	list := []schema{s}
	for i, sub := range s.AllOf {
		if part := c.schema(sub, s.at.child("allOf").item(i)); part.name == "" {
			list = append(list, c.parts(part)...)
		}
	}
	return list
}

// bases are the components that the schema's allOf names, in its order.
func (c *converter) bases(s schema) []schema {
	var list []schema
	for i, sub := range s.AllOf {
		part := c.schema(sub, s.at.child("allOf").item(i))
		if part.name != "" {
			list = append(list, part)
		} else {
			list = append(list, c.bases(part)...)
		}
	}
	return list
}

// property is one property of a schema.
type property struct {
	name     string
	ref      *openapi3.SchemaRef
	at       sourceValue
	required bool
}

// properties are those of the schema's parts, sorted by name, without annotations.
func (c *converter) properties(s schema) []property {
	byName := map[string]property{}
	required := map[string]bool{}
	for _, part := range c.parts(s) {
		for _, name := range part.Required {
			required[name] = true
		}
		for name, ref := range part.Properties {
			if _, ok := byName[name]; !ok && !isAnnotation(name) {
				byName[name] = property{name: name, ref: ref, at: part.at.child("properties").child(name)}
			}
		}
	}
	list := make([]property, 0, len(byName))
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		p := byName[name]
		p.required = required[name]
		list = append(list, p)
	}
	return list
}

// hasAnnotation reports whether the schema, or a component that it builds on, declares the annotation.
func (c *converter) hasAnnotation(s schema, names ...string) bool {
	for _, part := range c.parts(s) {
		for _, name := range names {
			if part.Properties[name] != nil {
				return true
			}
		}
	}
	return slices.ContainsFunc(c.bases(s), func(base schema) bool { return c.hasAnnotation(base, names...) })
}

// isAnnotation reports whether a property is an OData annotation: @odata.type, topic@odata.bind.
func isAnnotation(name string) bool { return strings.Contains(name, "@odata.") }
