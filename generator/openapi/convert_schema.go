package openapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/ir"
)

// schema is a schema and where it stands.
type schema struct {
	*openapi3.Schema
	at   place  // the schema itself
	use  place  // where it is used: the $ref with what stands beside it, or at
	name string // of the component; "" for an inline schema
}

// schema follows the references of the schema at p.
func (c *converter) schema(ref *openapi3.SchemaRef, p place) schema {
	s := schema{at: p, use: p}
	if ref != nil {
		s.Schema = ref.Value
	}
	for node := refNode(s.at.node); node != nil; node = refNode(s.at.node) {
		t, ok := c.refs.targets[node]
		if !ok {
			break
		}
		s.at = t.place
		if !t.inline {
			s.name = t.name()
		}
	}
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
	at       place
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

// componentKind is what a component schema becomes.
type componentKind int

const (
	modelComponent componentKind = iota
	enumComponent
	// aliasComponent is written out where it is used: scalars, lists, unions.
	aliasComponent
	// annotationComponent is an object of annotations only: the base of collection answers, the body of a $ref.
	annotationComponent
)

// kindOf returns what the component of this name becomes.
func (c *converter) kindOf(name string) componentKind {
	kind, ok := c.kinds[name]
	if !ok {
		kind = c.classify(c.component(name))
		c.kinds[name] = kind
	}
	return kind
}

func (c *converter) classify(s schema) componentKind {
	switch {
	case len(s.Enum) > 0 && !isNumericEnum(s.Enum) && (s.Type.Is("string") || s.Type.IsEmpty()):
		return enumComponent
	case !c.isObject(s):
		return aliasComponent
	case c.onlyAnnotations(s):
		return annotationComponent
	}
	return modelComponent
}

// isObject reports whether the schema describes an object with properties of its own or of a base.
func (c *converter) isObject(s schema) bool {
	if len(s.AnyOf)+len(s.OneOf) > 0 && len(s.Properties) == 0 {
		return false
	}
	if s.Type.Is("object") || len(s.Properties) > 0 {
		return true
	}
	for i, sub := range s.AllOf {
		part := c.schema(sub, s.at.child("allOf").item(i))
		if part.name != "" && part.name != s.name && c.kindOf(part.name) == modelComponent || part.name == "" && c.isObject(part) {
			return true
		}
	}
	return false
}

// onlyAnnotations reports whether the schema has properties, all of them annotations. A type that says its
// name, in @odata.type, is a type.
func (c *converter) onlyAnnotations(s schema) bool {
	count := 0
	for _, part := range c.parts(s) {
		for name := range part.Properties {
			if !isAnnotation(name) || name == "@odata.type" {
				return false
			}
			count++
		}
	}
	for _, base := range c.bases(s) {
		if c.kindOf(base.name) != annotationComponent {
			return false
		}
	}
	return count > 0
}

// collectionItems returns the list inside a collection answer: an object that has, but for annotations, one
// property: "value", a list.
func (c *converter) collectionItems(s schema) (property, bool) {
	value, ok := c.onlyValue(s)
	if !ok || !c.schema(value.ref, value.at).Type.Is("array") {
		return property{}, false
	}
	return value, true
}

// onlyValue returns the property "value" if the schema has, but for annotations, no other.
func (c *converter) onlyValue(s schema) (property, bool) {
	if !c.isObject(s) {
		return property{}, false
	}
	for _, base := range c.bases(s) {
		if c.kindOf(base.name) != annotationComponent {
			return property{}, false
		}
	}
	properties := c.properties(s)
	if len(properties) != 1 || properties[0].name != "value" {
		return property{}, false
	}
	return properties[0], true
}

// model returns the model of a component, and sees to it that its properties are read.
func (c *converter) model(name string) *ir.Model {
	if m := c.models[name]; m != nil {
		return m
	}
	s := c.component(name)
	m := &ir.Model{Name: name}
	c.models[name] = m
	c.todo = append(c.todo, modelSchema{m, s})
	return m
}

// inlineModel returns the model of an object schema without a name.
func (c *converter) inlineModel(s schema, in *ir.Inline) *ir.Model {
	m := &ir.Model{Inline: in, Pos: s.at.pos()}
	c.inline = append(c.inline, m)
	c.todo = append(c.todo, modelSchema{m, s})
	return m
}

// fill reads what the schema says about the model.
func (c *converter) fill(m *ir.Model, s schema) {
	m.Pos, m.Doc = s.at.pos(), c.doc(s)
	var keys []place
	for _, part := range c.parts(s) {
		m.Polymorphic = m.Polymorphic || c.isPolymorphic(part)
		m.Abstract = m.Abstract || part.at.child("x-graphslice-abstract").isTrue()
		m.Open = m.Open || part.at.child("x-graphslice-open-type").isTrue()
		m.Reference = m.Reference || part.at.child("x-graphslice-reference").isTrue()
		keys = append(keys, part.at.child("x-graphslice-key").items()...)
		if m.EntitySet == "" {
			m.EntitySet = part.at.child("x-graphslice-entity-set").text()
		}
	}
	inherited, properties := map[string]place{}, c.properties(s)
	for _, base := range c.modelBases(s) {
		if m.Base == nil {
			m.Base = c.model(base.name)
			inherited = c.allProperties(base)
			continue
		}
		c.diags.Warnf(base.use.pos(), "second-base", "%s has a base already: the properties of %s are copied", nameOf(m), base.name)
		properties = c.merge(properties, base)
	}
	c.addProperties(m, properties, inherited, keys)
}

// nameOf names a model in a message.
func nameOf(m *ir.Model) string {
	if m.Name == "" {
		return "this schema"
	}
	return m.Name
}

// isPolymorphic reports whether the schema's descendants are told apart by @odata.type.
func (c *converter) isPolymorphic(s schema) bool {
	if s.Discriminator == nil {
		return false
	}
	if s.Discriminator.PropertyName != "@odata.type" {
		c.diags.Warnf(s.at.child("discriminator").pos(), "discriminator",
			"a discriminator in %q is not read: types are told apart by @odata.type", s.Discriminator.PropertyName)
		return false
	}
	return true
}

// modelBases are the schema's bases that are models.
func (c *converter) modelBases(s schema) []schema {
	return slices.DeleteFunc(c.bases(s), func(base schema) bool { return c.kindOf(base.name) != modelComponent })
}

// merge adds the properties of a second base, its own bases' included, that are not there yet.
func (c *converter) merge(properties []property, base schema) []property {
	have := func(name string) bool {
		return slices.ContainsFunc(properties, func(p property) bool { return p.name == name })
	}
	for _, s := range append([]schema{base}, c.modelBases(base)...) {
		if s.name != base.name {
			properties = c.merge(properties, s)
			continue
		}
		for _, p := range c.properties(s) {
			if !have(p.name) {
				properties = append(properties, p)
			}
		}
	}
	slices.SortFunc(properties, func(a, b property) int { return strings.Compare(a.name, b.name) })
	return properties
}

// allProperties are the properties of a component and its bases.
func (c *converter) allProperties(s schema) map[string]place {
	if all, ok := c.inherited[s.name]; ok {
		return all
	}
	all := map[string]place{}
	for _, base := range c.modelBases(s) {
		maps.Copy(all, c.allProperties(base))
	}
	for _, p := range c.properties(s) {
		if _, ok := all[p.name]; !ok {
			all[p.name] = p.at
		}
	}
	c.inherited[s.name] = all
	return all
}

// addProperties reads the properties into m, those of the key first. What a base has already is left to it.
func (c *converter) addProperties(m *ir.Model, properties []property, inherited map[string]place, keys []place) {
	isKey := map[string]bool{}
	for _, key := range keys {
		isKey[key.text()] = true
		own := slices.ContainsFunc(properties, func(p property) bool { return p.name == key.text() })
		if _, ok := inherited[key.text()]; !ok && !own {
			c.diags.Add(diag.Diagnostic{Pos: key.pos(), Severity: diag.Error, Code: "key",
				Message: fmt.Sprintf("%q is not a property of %s", key.text(), nameOf(m)), Hint: "name a property of the schema or of a base"})
		}
	}
	for _, p := range properties {
		if base, ok := inherited[p.name]; !ok {
			m.Properties = append(m.Properties, c.property(m, p, isKey))
		} else if !sameStructure(base.node, p.at.node, schemaKind) {
			c.diags.Add(diag.Diagnostic{Pos: p.at.pos(), Severity: diag.Warning, Code: "redeclared-property",
				Message: fmt.Sprintf("%q is declared in a base of %s, otherwise: the base's counts", p.name, nameOf(m)),
				Related: []diag.Pos{base.pos()}})
		}
	}
	slices.SortStableFunc(m.Properties, func(a, b *ir.Property) int {
		switch {
		case a.Key == b.Key:
			return 0
		case a.Key:
			return -1
		}
		return 1
	})
}

// mapping returns the entries of the component's discriminator.
func (c *converter) mapping(name string) []place {
	var list []place
	for _, part := range c.parts(c.component(name)) {
		list = append(list, part.at.child("discriminator").child("mapping").entries()...)
	}
	return list
}

// property reads one property of m. Unless the schema names a key, a property "id" that is never null is one.
func (c *converter) property(m *ir.Model, p property, isKey map[string]bool) *ir.Property {
	s := c.schema(p.ref, p.at)
	prop := &ir.Property{
		Name: p.name, Pos: p.at.pos(), Doc: useDoc(s), Required: p.required,
		Type:     c.typeOf(s, &ir.Inline{Parent: m, Property: p.name}),
		ReadOnly: s.use.child("readOnly").isTrue(),
	}
	isText := prop.Type.Kind == ir.String || prop.Type.Kind == ir.GUID
	prop.Key = isKey[p.name] || len(isKey) == 0 && p.name == "id" && isText && !prop.Type.Nullable
	if s.use.child("x-ms-navigationProperty").isTrue() {
		prop.Navigation = &ir.Navigation{
			Contained: s.use.child("x-graphslice-contains-target").isTrue(),
			EntitySet: s.use.child("x-graphslice-entity-set").text(),
		}
	}
	if s.MaxItems != nil && s.name == "" {
		prop.MaxItems = int(*s.MaxItems)
	}
	prop.Constants = c.constants(s)
	return prop
}

// constants reads the values of an extensible string, or of the items of a list.
func (c *converter) constants(s schema) *ir.Constants {
	if s.Type.Is("array") && s.Items != nil {
		s = c.schema(s.Items, s.at.child("items"))
	}
	info := s.at.child("x-ms-enum")
	if !s.Type.Is("string") || len(s.Enum) > 0 || len(info.child("values").items()) == 0 {
		return nil
	}
	constants := &ir.Constants{Name: info.child("name").text(), Pos: info.pos()}
	for _, value := range info.child("values").items() {
		constants.Values = append(constants.Values, ir.EnumMember{Name: value.child("value").text(), Pos: value.pos(), Doc: valueDoc(value)})
	}
	return constants
}

// valueDoc is what x-ms-enum says of one value.
func valueDoc(value place) ir.Doc {
	doc := ir.Doc{Description: prettify(value.child("description").text())}
	deprecate(&doc, value)
	return doc
}

// enum returns the enum of a component.
func (c *converter) enum(name string) *ir.Enum {
	if e := c.enums[name]; e != nil {
		return e
	}
	s := c.component(name)
	e := &ir.Enum{Name: name}
	c.enums[name] = e
	c.fillEnum(e, s)
	return e
}

func (c *converter) fillEnum(e *ir.Enum, s schema) {
	e.Pos, e.Doc = s.at.pos(), c.doc(s)
	e.Flags = s.at.child("x-ms-enum-flags").child("isFlags").isTrue()
	docs := map[string]ir.Doc{}
	for _, value := range s.at.child("x-ms-enum").child("values").items() {
		docs[value.child("value").text()] = valueDoc(value)
	}
	for _, item := range s.at.child("enum").items() {
		switch {
		case item.node.ShortTag() == "!!null": // says no more than nullable
		case !isText(item.node):
			c.diags.Add(diag.Diagnostic{Pos: item.pos(), Severity: diag.Error, Code: "enum-value",
				Message: fmt.Sprintf("a value of this enum, %s, is not text", item.node.Value),
				Hint:    "write it in quotes if it is a name; enums of numbers are not read"})
			return
		case slices.ContainsFunc(e.Members, func(m ir.EnumMember) bool { return m.Name == item.text() }):
			c.diags.Warnf(item.pos(), "enum-value", "the enum has the value %q twice", item.text())
		default:
			e.Members = append(e.Members, ir.EnumMember{Name: item.text(), Pos: item.pos(), Doc: docs[item.text()]})
		}
	}
}

// isNumericEnum reports whether the values are those that OData writes for numbers JSON has no form for.
func isNumericEnum(values []any) bool {
	return !slices.ContainsFunc(values, func(v any) bool { return v != "INF" && v != "-INF" && v != "NaN" })
}

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
	case len(s.Enum) > 0 && !isNumericEnum(s.Enum) && in == nil:
		return &ir.Type{Kind: ir.String}
	case len(s.Enum) > 0 && !isNumericEnum(s.Enum):
		e := &ir.Enum{Inline: in}
		c.fillEnum(e, s)
		c.inlineEnums = append(c.inlineEnums, e)
		return &ir.Type{Kind: ir.EnumKind, Enum: e}
	case len(s.AnyOf)+len(s.OneOf) > 0 && len(s.Properties) == 0:
		return c.unionType(s, in)
	case isOne:
		return orNull(c.typeOf(only, in), nullable)
	case s.Type.Is("array"):
		return &ir.Type{Kind: ir.Collection, Elem: c.itemType(s, in)}
	case c.isObject(s):
		return c.objectType(s, in)
	case s.Type.IsEmpty() && len(s.at.entries()) > 0 && len(s.Enum) == 0:
		c.noType(s, "this schema has no type", "add a type or a $ref; an empty schema, {}, stands for any JSON")
	}
	return &ir.Type{Kind: scalarKind(s.Schema)}
}

func (c *converter) noType(s schema, message, hint string) {
	c.diags.Add(diag.Diagnostic{Pos: s.at.pos(), Severity: diag.Error, Code: "schema-without-type", Message: message, Hint: hint})
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
		len(s.Properties)+len(s.AllOf)+len(s.AnyOf)+len(s.OneOf)+len(s.Enum) == 0
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
		c.noType(s, "this list does not say what its items are", "add items; items: {} stands for any JSON")
		return &ir.Type{Kind: ir.Untyped}
	}
	return c.typeOf(c.schema(s.Items, s.at.child("items")), in)
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
		switch isEnum := len(part.Enum) > 0 && !isNumericEnum(part.Enum); {
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
	c.diags.Warnf(s.at.pos(), "union", "a choice of %d schemas has no type in Go: it is kept as JSON", len(parts))
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

// scalarKind is the kind of a type and format.
func scalarKind(s *openapi3.Schema) ir.Kind {
	switch {
	case s.Type.Is("boolean"):
		return ir.Bool
	case s.Type.Is("string"):
		if k, ok := stringFormats[s.Format]; ok {
			return k
		}
		return ir.String
	case s.Type.Is("integer"):
		if k, ok := numberFormats[s.Format]; ok {
			return k
		}
		return ir.Int64
	case s.Type.Is("number"):
		if k, ok := numberFormats[s.Format]; ok {
			return k
		}
		return ir.Float64
	case len(s.Enum) > 0: // INF, -INF, NaN
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

// doc is what the schema says about itself.
func (c *converter) doc(s schema) ir.Doc {
	var doc ir.Doc
	for _, part := range c.parts(s) {
		if doc.Description == "" {
			doc.Description = prettify(part.Description)
		}
		if doc.URL == "" {
			doc.URL = part.at.child("externalDocs").child("url").text()
		}
		deprecate(&doc, part.at)
	}
	return doc
}

// useDoc is what is said where the schema is used; a component's own words are about the type.
func useDoc(s schema) ir.Doc {
	doc := ir.Doc{
		Description: prettify(s.use.child("description").text()),
		URL:         s.use.child("externalDocs").child("url").text(),
	}
	deprecate(&doc, s.use)
	return doc
}
