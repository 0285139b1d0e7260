package slice

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

const (
	dateTimePattern = `^[0-9]{4,}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,12})?(Z|[+-][0-9][0-9]:[0-9][0-9])$`
	datePattern     = `^[0-9]{4,}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$`
	timePattern     = `^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,12})?$`
	durationPattern = `^-?P([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+([.][0-9]+)?S)?)?$`
	guidPattern     = `^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$`
)

// primitiveSchema is the schema of a primitive type.
func primitiveSchema(name string, nullable bool) *tree.Node {
	formatted := func(typ, format, pattern string) *tree.Node {
		return tree.Map().Set("type", tree.Str(typ)).Set("format", tree.Optional(format)).Set("pattern", tree.Optional(pattern)).
			Set("nullable", tree.Present(nullable))
	}
	integer := func(format, low, high string) *tree.Node {
		return tree.Map().Set("type", tree.Str("number")).Set("format", tree.Str(format)).Set("minimum", tree.Raw(low)).Set("maximum", tree.Raw(high)).
			Set("nullable", tree.Present(nullable))
	}
	kind, _ := ir.KindOfEdm(name)
	switch kind {
	case ir.Bool:
		return formatted("boolean", "", "")
	case ir.Uint8:
		return integer("uint8", "0", "255")
	case ir.Int8:
		return integer("int8", "-128", "127")
	case ir.Int16:
		return integer("int16", "-32768", "32767")
	case ir.Int32:
		return integer("int32", "-2147483648", "2147483647")
	case ir.Int64:
		return formatted("number", "int64", "")
	case ir.Float32:
		return realSchema("float", nullable)
	case ir.Float64:
		return realSchema("double", nullable)
	case ir.Decimal:
		return formatted("number", "decimal", "")
	case ir.DateTime:
		return formatted("string", "date-time", dateTimePattern)
	case ir.Date:
		return formatted("string", "date", datePattern)
	case ir.TimeOfDay:
		return formatted("string", "time", timePattern)
	case ir.Duration:
		return formatted("string", "duration", durationPattern)
	case ir.GUID:
		return formatted("string", "uuid", guidPattern)
	case ir.Binary, ir.Stream:
		return formatted("string", "base64url", "")
	case ir.String:
		return formatted("string", "", "")
	}
	return tree.Map() // Edm.Untyped and the abstract types: any JSON
}

// realSchema is the schema of a floating point number, which JSON writes as a text where it is no number.
func realSchema(format string, nullable bool) *tree.Node {
	return tree.Map().Set("oneOf", tree.Seq(
		tree.Map().Set("type", tree.Str("number")).Set("format", tree.Str(format)).Set("nullable", tree.Present(nullable)),
		tree.Map().Set("type", tree.Str("string")).Set("nullable", tree.Present(nullable)),
		tree.Ref(tree.Schemas, referenceNumeric),
	))
}

// typeSchema is the schema of a value that is declared with a type. Of a collection, nullable is said of the items.
func typeSchema(r csdl.TypeRef, nullable bool) *tree.Node {
	if r.Collection {
		r.Collection = false
		return tree.Map().Set("type", tree.Str("array")).Set("items", typeSchema(r, nullable))
	}
	if r.Type == nil && r.Enum == nil {
		return primitiveSchema(r.Name, nullable)
	}
	if !nullable {
		return tree.Ref(tree.Schemas, r.Name)
	}
	null := tree.Map().Set("type", tree.Str("object")).Set("nullable", tree.True())
	return tree.Map().Set("anyOf", tree.Seq(tree.Ref(tree.Schemas, r.Name), null))
}

// typeSchemaOf is the schema of a type as the slices have it. mapping is that of its discriminator, nil if there is none.
func (c *cutter) typeSchemaOf(t *model.Type, mapping *tree.Node) *tree.Node {
	switch {
	case t.Metadata != nil:
		return c.structSchema(t, mapping)
	case t.Enum != nil:
		return c.enumSchema(t.Enum)
	}
	return c.publishedSchema(t, mapping)
}

// propertySchema is the schema of a property with what is known about it.
func (c *cutter) propertySchema(property *model.Property) *tree.Node {
	if property.Metadata == nil {
		return c.theirPropertySchema(property)
	}
	p, typ := property.Metadata, c.typeOf(property)
	n := typeSchema(typ, p.Nullable && !(p.Navigation && typ.Collection))
	if constants, ok := c.notes.constants(p); ok {
		target := n
		if p.Type.Collection {
			target = n.Get("items")
		}
		target.Set("x-ms-enum", constantsSchema(constants))
	}
	if count, ok := c.notes.maxItems(p); ok {
		n.Set("maxItems", tree.Raw(strconv.Itoa(count)))
	}
	description := withAccess(p, cmp.Or(c.notes.describeProperty(p), c.theirWords(p.Owner.Name, p.Name)))
	deprecated, deprecation := c.notes.deprecated(p.Annotations)
	if n.Get("$ref") != nil && (description != "" || deprecated != nil) {
		n = tree.Map().Set("allOf", tree.Seq(n)) // beside $ref nothing counts
	}
	n.Set("description", tree.Optional(description))
	n.Set("readOnly", tree.Present(p.ReadOnly())).Set("writeOnly", tree.Present(isWriteOnly(p)))
	n.Set("deprecated", deprecated).Set("x-ms-deprecation", deprecation)
	if p.Navigation && typ.Type != nil {
		n.Set("x-ms-navigationProperty", tree.True())
		n.Set("x-graphslice-contains-target", tree.Present(p.Contained))
		if !p.Contained {
			n.Set("x-graphslice-entity-set", tree.Optional(c.binds.OfProperty(p)))
		}
	}
	return n
}

func constantsSchema(c constantsNotes) *tree.Node {
	values := tree.Seq()
	for _, v := range c.Values {
		values.Append(tree.Map().Set("value", tree.Str(v.key)).Set("description", tree.Optional(v.value)))
	}
	return tree.Map().Set("name", tree.Str(c.Name)).Set("modelAsString", tree.True()).Set("values", values)
}

// deprecated returns what is said of an element that is going to be removed.
func (n *Notes) deprecated(as csdl.Annotations) (isDeprecated, details *tree.Node) {
	if d, ok := as.Deprecation(); ok {
		return tree.True(), tree.Map().
			Set("removalDate", tree.Optional(d.Removal)).Set("date", tree.Optional(d.Date)).
			Set("version", tree.Optional(d.Version)).Set("description", tree.Optional(n.own(d.Description)))
	}
	return nil, nil
}

// enumSchema is the schema of an enumeration.
func (c *cutter) enumSchema(e *csdl.Enum) *tree.Node {
	if theirs := c.types.Published(e.Name); theirs != nil && c.notes.decision(e.Name) == decidedOpenAPI {
		return tree.NodeOf(theirs.Schema)
	}
	names, values := tree.Seq(), tree.Seq()
	for _, m := range e.Members {
		names.Append(tree.Str(m.Name))
		isDeprecated, deprecation := c.notes.deprecated(m.Annotations)
		values.Append(tree.Map().Set("value", tree.Str(m.Name)).Set("description", tree.Optional(c.describeMember(e, m))).
			Set("deprecated", isDeprecated).Set("x-ms-deprecation", deprecation).Set(notIn, c.memberNotIn(e, m)))
	}
	description, docs := c.describeType(e.Name, e.Annotations)
	isDeprecated, deprecation := c.notes.deprecated(e.Annotations)
	n := tree.Map().
		Set("title", tree.Str(e.ShortName())).Set("type", tree.Str("string")).Set("description", tree.Optional(description)).Set("enum", names).
		Set("externalDocs", c.docs(docs)).
		Set("x-ms-enum", tree.Map().Set("name", tree.Str(e.ShortName())).Set("modelAsString", tree.Raw("false")).Set("values", values))
	if e.Flags {
		n.Set("x-ms-enum-flags", tree.Map().Set("isFlags", tree.True()))
	}
	return n.Set("deprecated", isDeprecated).Set("x-ms-deprecation", deprecation).Set(notIn, c.typeNotIn(e.Name))
}

// structSchema is the schema of an entity type or complex type: its own properties, beside its base's. mapping is that of its
// discriminator, nil if there is none.
func (c *cutter) structSchema(typ *model.Type, mapping *tree.Node) *tree.Node {
	t := typ.Metadata
	description, docs := c.describeType(t.Name, t.Annotations)
	isDeprecated, deprecation := c.notes.deprecated(t.Annotations)
	own := tree.Map().Set("title", tree.Str(t.ShortName()))
	if mapping != nil && t.Abstract && c.declared[typ] {
		own.Set("required", tree.Strs([]string{"@odata.type"})) // a value is of a derived type, and has to say of which
	}
	own.Set("type", tree.Str("object")).Set("description", tree.Optional(description)).
		Set("properties", c.structProperties(typ, mapping != nil))
	own.Set("discriminator", discriminator(mapping))
	whole := own
	if t.Base != nil {
		whole = tree.Map().Set("allOf", tree.Seq(tree.Ref(tree.Schemas, t.Base.Name), own))
	}
	whole.Set("externalDocs", c.docs(docs))
	whole.Set("deprecated", isDeprecated).Set("x-ms-deprecation", deprecation)
	if len(t.Key) > 0 && !slices.Equal(t.Key, []string{"id"}) {
		whole.Set("x-graphslice-key", tree.Strs(t.Key))
	}
	isBorder := c.border[typ]
	whole.Set("x-graphslice-abstract", tree.Present(t.Abstract)).Set("x-graphslice-polymorphic", c.notes.polymorphic(t.Name)).
		Set("x-graphslice-local-time", c.notes.localTime(t.Name)).Set("x-graphslice-open-type", tree.Present(t.Open))
	whole.Set("x-graphslice-reference", tree.Present(isBorder)).Set("x-graphslice-partial", tree.Present(!isBorder && c.isTrimmed(t.Name)))
	whole.Set("x-graphslice-entity-set", tree.Optional(c.bindTarget(typ)))
	if !isBorder {
		whole.Set("x-graphslice-upload-session", c.uploadSession(typ)).Set("x-graphslice-subscription", c.subscription(typ))
	}
	return whole.Set(notIn, c.typeNotIn(t.Name))
}

// structProperties are the type's own properties; of a border type only its key.
func (c *cutter) structProperties(t *model.Type, polymorphic bool) *tree.Node {
	n := tree.Map()
	for _, p := range c.described(t) {
		n.Set(p.Name, c.markProperty(t.Name, p.Name, c.propertySchema(p)))
	}
	if t.BaseName() == "" || polymorphic {
		n.Set("@odata.type", tree.Map().Set("type", tree.Str("string")))
	}
	if len(n.Fields()) == 0 {
		return nil
	}
	return n
}

// described are the type's own properties that a slice has: of a border type only its key.
func (c *cutter) described(t *model.Type) []*model.Property {
	properties := c.properties(t)
	if !c.border[t] {
		return properties
	}
	return slices.DeleteFunc(properties, func(p *model.Property) bool { return !slices.Contains(t.Key, p.Name) })
}

// describeType returns the words for a type or enumeration; those of the OpenAPI document come last.
func (c *cutter) describeType(name string, as csdl.Annotations) (description, docs string) {
	description, docs = c.notes.describeType(name, as)
	return cmp.Or(description, c.theirWords(name, "")), docs
}

func (c *cutter) describeMember(e *csdl.Enum, m *csdl.Member) string {
	return cmp.Or(c.notes.describeMember(e, m), c.theirWords(e.Name, m.Name))
}

// docs is the address of a reference page.
func (c *cutter) docs(page string) *tree.Node {
	if page == "" {
		return nil
	}
	if !strings.Contains(page, "://") {
		page = strings.ReplaceAll(c.cfg.Docs, "{page}", page)
	}
	return tree.Map().Set("description", tree.Str("Reference")).Set("url", tree.Str(page))
}
