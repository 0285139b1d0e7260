package openapi

import (
	"cmp"
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// typeOf returns the type that the schema describes; in says whose it is, should it need a name. Without it, for
// parameters, an enum is text and an object anything.
func (c *converter) typeOf(s schema, in *ir.Inline) *ir.Type {
	return orNull(c.bareType(s, in), s.Nullable && s.name == "" || s.use.child("nullable").isTrue())
}

// orNull returns t, nullable if asked for.
func orNull(t *ir.Type, nullable bool) *ir.Type {
	if !nullable || t.Nullable {
		return t
	}
	copied := *t
	copied.Nullable = true
	return &copied
}

// bareType is typeOf without the schema's own nullable.
func (c *converter) bareType(s schema, in *ir.Inline) *ir.Type {
	if s.name != "" {
		return c.componentType(s, in)
	}
	only, nullable, isOne := c.onlyPart(s)
	switch {
	case enumFormOf(s) != noEnum:
		return c.enumType(s, in)
	case len(s.AnyOf)+len(s.OneOf) > 0 && len(s.Properties) == 0:
		return c.unionType(s, in)
	case isOne:
		return orNull(c.typeOf(only, in), nullable)
	case s.Type.Is("array"), s.Type.IsEmpty() && s.Items != nil:
		return &ir.Type{Kind: ir.Collection, Elem: c.itemType(s, in)}
	case isMap(s):
		return c.mapType(s, in)
	case c.isObject(s):
		return c.objectType(s, in)
	}
	return c.scalarType(s)
}

// enumType is the type of a list of values.
func (c *converter) enumType(s schema, in *ir.Inline) *ir.Type {
	e := &ir.Enum{Inline: in}
	switch {
	case in == nil && enumFormOf(s) == textEnum:
		return &ir.Type{Kind: ir.String}
	case in == nil:
		c.fillEnum(e, s)
		return &ir.Type{Kind: e.Integer}
	}
	c.fillEnum(e, s)
	c.inlineEnums = append(c.inlineEnums, e)
	return &ir.Type{Kind: ir.EnumKind, Enum: e}
}

// scalarType is the type of a schema that is no more than a type and a format. Without either it stands for any JSON.
func (c *converter) scalarType(s schema) *ir.Type {
	kind := scalarKind(s.Schema)
	switch {
	case len(s.Enum) > 0 && !isNumericEnum(s.Enum):
		c.degrade(s.at.child("enum"), "enum-value", "a list of values that are neither all text nor all whole numbers has no type in Go: it is left out",
			"give a type; an enumeration has values of type string or integer")
		if s.Type.Is("integer") { // of which some are none, or too large
			kind = ir.Untyped
		}
	case kind == ir.Untyped && !s.Type.IsEmpty() && !s.Type.Is("object"):
		c.degrade(s.at.child("type"), "unknown-type", fmt.Sprintf("OpenAPI 3.0 has no type %q: the value is kept as JSON", s.at.child("type").text()),
			"the types are string, number, integer, boolean, array, object")
	}
	return &ir.Type{Kind: kind}
}

// onlyPart returns the one schema in allOf that says something, if the others only add prose or that null is a value.
func (c *converter) onlyPart(s schema) (only schema, nullable, ok bool) {
	count := 0
	for i, sub := range s.AllOf {
		part := c.schema(sub, s.at.child("allOf").item(i))
		nullable = nullable || part.Nullable && part.name == ""
		if part.name != "" || !saysNothing(part) {
			only = part
			count++
		}
	}
	return only, nullable, count == 1 && len(s.Properties) == 0
}

// saysNothing reports whether an inline schema allows any value, or any object.
func saysNothing(s schema) bool {
	return (s.Type.IsEmpty() || s.Type.Is("object")) &&
		len(s.Properties)+len(s.AllOf)+len(s.AnyOf)+len(s.OneOf)+len(s.Enum) == 0 && s.Items == nil && s.Format == "" && !isMap(s)
}

// componentType is the type of a reference to a component.
func (c *converter) componentType(s schema, in *ir.Inline) *ir.Type {
	switch kind := c.kindOf(s.name); {
	case kind == modelComponent && in == nil:
		return &ir.Type{Kind: ir.Untyped}
	case kind == modelComponent:
		m := c.model(s.name)
		m.Used = true
		return &ir.Type{Kind: ir.ModelKind, Model: m}
	case kind == enumComponent:
		return &ir.Type{Kind: ir.EnumKind, Enum: c.enum(s.name)}
	case kind == annotationComponent:
		return &ir.Type{Kind: ir.Untyped}
	}
	if c.expanding[s.name] {
		c.diags.Warnf(s.use.pos(), "recursive-schema", "%s is made of itself, without an object between: it is kept as JSON", s.name)
		return &ir.Type{Kind: ir.Untyped}
	}
	c.expanding[s.name] = true
	defer delete(c.expanding, s.name)
	s.name, s.use = "", s.at
	return c.typeOf(s, in)
}

func (c *converter) itemType(s schema, in *ir.Inline) *ir.Type {
	if s.Items == nil {
		c.degrade(s.at, "no-items", "a list does not say what its items are: they are kept as JSON", "add items; items: {} stands for any JSON")
		return &ir.Type{Kind: ir.Untyped}
	}
	return c.typeOf(c.schema(s.Items, s.at.child("items")), in)
}

// mapType is the type of an object of any names.
func (c *converter) mapType(s schema, in *ir.Inline) *ir.Type {
	if in == nil {
		return &ir.Type{Kind: ir.Untyped}
	}
	return &ir.Type{Kind: ir.Map, Elem: c.typeOf(c.schema(s.AdditionalProperties.Schema, s.at.child("additionalProperties")), in)}
}

// objectType is the type of an inline object.
func (c *converter) objectType(s schema, in *ir.Inline) *ir.Type {
	if in == nil || len(c.properties(s)) == 0 && len(c.bases(s)) == 0 && s.Title == "" {
		return &ir.Type{Kind: ir.Untyped}
	}
	m := c.inlineModel(s, in)
	m.Used = true
	return &ir.Type{Kind: ir.ModelKind, Model: m}
}

// unionType is the type of anyOf and oneOf: one schema or null, a number or INF, an enum or other text; else untyped.
func (c *converter) unionType(s schema, in *ir.Inline) *ir.Type {
	var parts []schema
	nullable := false
	add := func(field string, list openapi3.SchemaRefs) {
		for i, sub := range list {
			part := c.schema(sub, s.at.child(field).item(i))
			nullable = nullable || part.Nullable && part.name == ""
			if !isNullOnly(part) {
				parts = append(parts, part)
			}
		}
	}
	add("anyOf", s.AnyOf)
	add("oneOf", s.OneOf)
	return orNull(c.unionOf(s, parts, in), nullable)
}

// isNullOnly reports whether the schema stands in a union for null alone: {type: object, nullable: true}.
func isNullOnly(s schema) bool {
	return s.name == "" && s.Nullable && saysNothing(s)
}

func (c *converter) unionOf(s schema, parts []schema, in *ir.Inline) *ir.Type {
	var numbers, enums, other []schema
	for _, part := range parts {
		switch isEnum := enumFormOf(part) == textEnum; {
		case part.Type.Is("number") || part.Type.Is("integer"):
			numbers = append(numbers, part)
		case isEnum:
			enums = append(enums, part)
		case !part.Type.Is("string") && len(part.Enum) == 0:
			other = append(other, part)
		}
	}
	switch {
	case len(parts) == 0:
		return &ir.Type{Kind: ir.Untyped} // null, or an object of any form
	case len(parts) == 1:
		return c.typeOf(parts[0], in)
	case len(numbers) > 0 && len(enums)+len(other) == 0:
		return &ir.Type{Kind: numberOf(numbers, s.Format)}
	case len(enums) == 1 && len(numbers)+len(other) == 0:
		return c.bareType(enums[0], in)
	case len(numbers)+len(other) == 0:
		return &ir.Type{Kind: ir.String}
	}
	c.degrade(s.at, "union", fmt.Sprintf("a choice of %d schemas has no type in Go: it is kept as JSON", len(parts)), "")
	return &ir.Type{Kind: ir.Untyped}
}

// numberOf is the kind of a number that may also stand as text; format is that of the whole.
func numberOf(numbers []schema, format string) ir.Kind {
	number := openapi3.Schema{Type: numbers[0].Type, Format: numbers[0].Format}
	if number.Format == "" {
		number.Format = format
	}
	return scalarKind(&number)
}

// scalarKind is the kind of a type and format. A format alone says the type, too.
func scalarKind(s *openapi3.Schema) ir.Kind {
	isText, isNumber := s.Type.Is("string"), s.Type.Is("integer") || s.Type.Is("number")
	if s.Type.IsEmpty() {
		_, isText = stringFormats[s.Format]
		_, isNumber = numberFormats[s.Format]
	}
	switch {
	case s.Type.Is("boolean"):
		return ir.Bool
	case isText:
		return cmp.Or(stringFormats[s.Format], ir.String)
	case isNumber && s.Type.Is("integer"):
		return cmp.Or(numberFormats[s.Format], ir.Int64)
	case isNumber:
		return cmp.Or(numberFormats[s.Format], ir.Float64)
	case len(s.Enum) > 0 && isNumericEnum(s.Enum): // INF, -INF, NaN
		return ir.Float64
	}
	return ir.Untyped
}

var stringFormats = map[string]ir.Kind{
	"date-time": ir.DateTime, "date": ir.Date, "time": ir.TimeOfDay, "duration": ir.Duration, "uuid": ir.GUID,
	"base64url": ir.Binary, "byte": ir.Binary, "binary": ir.Binary, "decimal": ir.Decimal,
}

var numberFormats = map[string]ir.Kind{
	"uint8": ir.Uint8, "int8": ir.Int8, "int16": ir.Int16, "uint16": ir.Int32, "int32": ir.Int32,
	"uint32": ir.Int64, "int64": ir.Int64,
	"float": ir.Float32, "double": ir.Float64, "decimal": ir.Decimal,
}
