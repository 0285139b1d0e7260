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

// field reads a field beside the $ref, else in the schema itself.
func (s schema) field(name string) place {
	if f := s.use.child(name); f.exists() {
		return f
	}
	return s.at.child(name)
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
	unknownComponent componentKind = iota
	modelComponent
	enumComponent
	// aliasComponent is written out where it is used: scalars, lists, unions.
	aliasComponent
	// annotationComponent is an object of annotations only: the base of collection answers, the body of a $ref.
	annotationComponent
)

// kindOf returns what the component of this name becomes.
func (c *converter) kindOf(name string) componentKind {
	kind, ok := c.components[name]
	if !ok {
		kind = c.classify(c.component(name))
		c.components[name] = kind
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
	m := &ir.Model{Inline: in}
	c.inline = append(c.inline, m)
	c.todo = append(c.todo, modelSchema{m, s})
	return m
}

// fill reads what the schema says about the model.
func (c *converter) fill(m *ir.Model, s schema) {
	m.Pos, m.Doc = s.at.pos(), c.doc(s)
	for _, base := range c.bases(s) {
		if c.kindOf(base.name) != modelComponent {
			continue
		}
		if m.Base == nil {
			m.Base = c.model(base.name)
		} else {
			c.diags.Warnf(base.use.pos(), "second-base", "%q is the second base of %q: its properties are copied", base.name, m.Name)
		}
	}
	var keys []string
	for _, part := range c.parts(s) {
		m.Polymorphic = m.Polymorphic || part.Discriminator != nil && len(part.Discriminator.Mapping) > 0
		m.Abstract = m.Abstract || part.at.child("x-graphslice-abstract").isTrue()
		m.Open = m.Open || part.at.child("x-graphslice-open-type").isTrue()
		m.Reference = m.Reference || part.at.child("x-graphslice-reference").isTrue()
		keys = append(keys, part.at.child("x-graphslice-key").texts()...)
		if m.EntitySet == "" {
			m.EntitySet = part.at.child("x-graphslice-entity-set").text()
		}
	}
	for _, p := range c.properties(s) {
		m.Properties = append(m.Properties, c.property(m, p, keys))
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

// property reads one property of m.
func (c *converter) property(m *ir.Model, p property, keys []string) *ir.Property {
	s := c.schema(p.ref, p.at)
	prop := &ir.Property{
		Name: p.name, Pos: p.at.pos(), Doc: c.useDoc(s), Required: p.required,
		Type:     c.typeOf(s, &ir.Inline{Parent: m, Property: p.name}),
		ReadOnly: s.ReadOnly && s.name == "" || s.use.child("readOnly").isTrue(),
	}
	prop.Key = slices.Contains(keys, p.name) ||
		len(keys) == 0 && p.name == "id" && prop.Type.Kind == ir.String && !prop.Type.Nullable
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

// constants reads the values of an extensible string, or of a list of such.
func (c *converter) constants(s schema) *ir.Constants {
	if s.Type.Is("array") && s.Items != nil {
		return c.constants(c.schema(s.Items, s.at.child("items")))
	}
	info := s.field("x-ms-enum")
	if !s.Type.Is("string") || len(s.Enum) > 0 || len(info.child("values").items()) == 0 {
		return nil
	}
	constants := &ir.Constants{Name: info.child("name").text(), Pos: info.pos()}
	for _, value := range info.child("values").items() {
		constants.Values = append(constants.Values, ir.EnumMember{Name: value.child("value").text(), Pos: value.pos(),
			Doc: ir.Doc{Description: prettify(value.child("description").text())}})
	}
	return constants
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
	docs := map[string]string{}
	for _, value := range s.at.child("x-ms-enum").child("values").items() {
		docs[value.child("value").text()] = prettify(value.child("description").text())
	}
	for _, item := range s.at.child("enum").items() {
		if item.node.ShortTag() == "!!null" {
			continue
		}
		if item.node.ShortTag() != "!!str" {
			c.diags.Add(diag.Diagnostic{Pos: item.pos(), Severity: diag.Error, Code: "enum-value",
				Message: fmt.Sprintf("the value %s of an enum is not text", item.node.Value), Hint: "write it in quotes; enums of numbers are not read"})
			return
		}
		e.Members = append(e.Members, ir.EnumMember{Name: item.text(), Pos: item.pos(),
			Doc: ir.Doc{Description: docs[item.text()]}})
	}
}

// isNumericEnum reports whether the values are those that OData writes for numbers JSON has no form for.
func isNumericEnum(values []any) bool {
	return !slices.ContainsFunc(values, func(v any) bool { return v != "INF" && v != "-INF" && v != "NaN" })
}

// typeOf returns the type that the schema describes; in says whose it is, should it need a name.
func (c *converter) typeOf(s schema, in *ir.Inline) *ir.Type {
	t := c.bareType(s, in)
	if s.Nullable && s.name == "" || s.use.child("nullable").isTrue() {
		nullable := *t
		nullable.Nullable = true
		return &nullable
	}
	return t
}

// bareType is typeOf without the schema's own nullable.
func (c *converter) bareType(s schema, in *ir.Inline) *ir.Type {
	if s.name != "" {
		return c.componentType(s, in)
	}
	switch {
	case len(s.Enum) > 0 && !isNumericEnum(s.Enum):
		e := &ir.Enum{Inline: in}
		c.fillEnum(e, s)
		c.inlineEnum = append(c.inlineEnum, e)
		return &ir.Type{Kind: ir.EnumKind, Enum: e}
	case len(s.AnyOf)+len(s.OneOf) > 0 && len(s.Properties) == 0:
		return c.unionType(s, in)
	case len(s.AllOf) == 1 && len(s.Properties) == 0:
		return c.typeOf(c.schema(s.AllOf[0], s.at.child("allOf").item(0)), in)
	case s.Type.Is("array"):
		return &ir.Type{Kind: ir.Collection, Elem: c.itemType(s, in)}
	case c.isObject(s):
		return c.objectType(s, in)
	case s.Type.IsEmpty() && len(s.at.entries()) > 0:
		c.diags.Add(diag.Diagnostic{Pos: s.at.pos(), Severity: diag.Error, Code: "schema-without-type",
			Message: "this schema has no type", Hint: "add a type or a $ref; an empty schema, {}, stands for any JSON"})
	}
	return &ir.Type{Kind: scalarKind(s.Schema)}
}

// componentType is the type of a reference to a component.
func (c *converter) componentType(s schema, in *ir.Inline) *ir.Type {
	switch c.kindOf(s.name) {
	case modelComponent:
		m := c.model(s.name)
		m.Used = true
		return &ir.Type{Kind: ir.ModelKind, Model: m}
	case enumComponent:
		return &ir.Type{Kind: ir.EnumKind, Enum: c.enum(s.name)}
	case annotationComponent:
		return &ir.Type{Kind: ir.Untyped}
	}
	if c.expanding[s.name] {
		return &ir.Type{Kind: ir.Untyped}
	}
	c.expanding[s.name] = true
	defer delete(c.expanding, s.name)
	s.name, s.use = "", s.at
	return c.typeOf(s, in)
}

func (c *converter) itemType(s schema, in *ir.Inline) *ir.Type {
	if s.Items == nil {
		c.diags.Add(diag.Diagnostic{Pos: s.at.pos(), Severity: diag.Error, Code: "schema-without-type",
			Message: "this list does not say what its items are", Hint: "add items; items: {} stands for any JSON"})
		return &ir.Type{Kind: ir.Untyped}
	}
	return c.typeOf(c.schema(s.Items, s.at.child("items")), in)
}

// objectType is the type of an inline object.
func (c *converter) objectType(s schema, in *ir.Inline) *ir.Type {
	if len(c.properties(s)) == 0 && len(c.bases(s)) == 0 && s.Title == "" {
		return &ir.Type{Kind: ir.Untyped}
	}
	m := c.inlineModel(s, in)
	m.Used = true
	return &ir.Type{Kind: ir.ModelKind, Model: m}
}

// unionType is the type of anyOf and oneOf: a reference that may be null, a number that may be INF, else untyped.
func (c *converter) unionType(s schema, in *ir.Inline) *ir.Type {
	var parts []schema
	nullable := false
	for _, group := range []struct {
		field string
		list  openapi3.SchemaRefs
	}{{"anyOf", s.AnyOf}, {"oneOf", s.OneOf}} {
		for i, sub := range group.list {
			part := c.schema(sub, s.at.child(group.field).item(i))
			nullable = nullable || part.Nullable && part.name == ""
			if !isNullOnly(part) {
				parts = append(parts, part)
			}
		}
	}
	t := c.unionOf(s, parts, in)
	if nullable {
		copied := *t
		copied.Nullable = true
		return &copied
	}
	return t
}

// isNullOnly reports whether the schema stands in a union for null alone: {type: object, nullable: true}.
func isNullOnly(s schema) bool {
	return s.name == "" && s.Nullable && (s.Type.Is("object") || s.Type.IsEmpty()) && len(s.Properties)+len(s.AllOf)+len(s.AnyOf)+len(s.OneOf)+len(s.Enum) == 0
}

func (c *converter) unionOf(s schema, parts []schema, in *ir.Inline) *ir.Type {
	if len(parts) == 1 {
		return c.typeOf(parts[0], in)
	}
	for _, part := range parts {
		if part.Type.Is("number") || part.Type.Is("integer") {
			number := *part.Schema
			if number.Format == "" {
				number.Format = s.Format
			}
			return &ir.Type{Kind: scalarKind(&number)}
		}
	}
	isText := func(part schema) bool { return part.Type.Is("string") || len(part.Enum) > 0 }
	if len(parts) > 0 && !slices.ContainsFunc(parts, func(p schema) bool { return !isText(p) }) {
		return &ir.Type{Kind: ir.String}
	}
	if len(parts) > 0 {
		c.diags.Warnf(s.at.pos(), "union", "a choice between %d schemas has no Go type: kept as JSON", len(parts))
	}
	return &ir.Type{Kind: ir.Untyped}
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
	"uint8": ir.Uint8, "int8": ir.Int8, "int16": ir.Int16, "int32": ir.Int32, "int64": ir.Int64,
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
		if doc.Deprecated == "" {
			doc.Deprecated = deprecationOf(part.at)
		}
	}
	return doc
}

// useDoc is what is said where the schema is used; a component's own words are about the type.
func (c *converter) useDoc(s schema) ir.Doc {
	return ir.Doc{
		Description: prettify(s.use.child("description").text()),
		URL:         s.use.child("externalDocs").child("url").text(),
		Deprecated:  deprecationOf(s.use),
	}
}
