package emit

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// isEntity reports whether m has a key, and so an @odata.etag.
func isEntity(m *ir.Model) bool { return len(m.Keys()) > 0 }

// keyOf is the key property; nil if m has none or several.
func keyOf(m *ir.Model) *ir.Property {
	if keys := m.Keys(); len(keys) == 1 {
		return keys[0]
	}
	return nil
}

func (e *emitter) models() []jen.Code {
	var code []jen.Code
	for _, m := range e.pkg.Models {
		code = append(code, e.model(m))
		if m.LocalTime != nil {
			code = append(code, e.localTime(m)...)
		}
		if isInterface(m) {
			code = append(code, e.anyInterface(m))
		}
		for base := range m.WithBases() {
			switch {
			case isInterface(base):
				code = append(code, e.getBase(m, base))
			case base.Converts() && base != m:
				code = append(code, e.convert(m, base))
			}
		}
	}
	return code
}

// model makes the struct of a type:
//
//	// Bird is the entity type ….
//	type Bird struct {
//		…
//		Name Opt[string]
//		…
//
//		// …
//		ETag string
//		// …
//		ODataType string
//		// …
//		AdditionalProperties map[string]json.RawMessage
//		nulls *nulls
//	}
func (e *emitter) model(m *ir.Model) jen.Code {
	var fields members
	for _, p := range m.AllProperties() {
		fields.documented(e.names.Field(p), e.field(p), withClouds(e.fieldText(p), p.Doc), deprecated(p.Doc))
	}
	fields.gap()
	own := func(name names.Ident, text string, goType jen.Code) { fields.documented(name, goType, text, "") }
	if isEntity(m) {
		own(names.ETag, "@odata.etag, the entity's version, for IfMatch.", jen.String())
	}
	if m.Inline == nil {
		own(names.ODataType, "@odata.type as it arrived; what is sent needs none.", jen.String())
	}
	own(names.AdditionalProperties, "What else arrived, by its name on the wire.", jen.Map(jen.String()).Add(rawMessage()))
	own(names.Nulls, "", jen.Op("*").Id("nulls"))
	name := e.names.Model(m)
	return comment(e.modelComment(name.String(), m)...).Line().Add(declareStruct(name, fields))
}

func (e *emitter) modelComment(name string, m *ir.Model) []string {
	paragraphs := []string{name + " is " + e.kindText(m) + "."}
	if text := sentence(m.Doc.Description); text != "" {
		paragraphs = append(paragraphs, text)
	}
	if m.Reference {
		paragraphs = append(paragraphs, "Only its key is part of this package; what else arrives is in AdditionalProperties.")
	}
	if isInterface(m) {
		paragraphs = append(paragraphs, "A value of a type that this package does not know arrives as "+name+" with its ODataType.")
	}
	if m.Pointer && len(m.Derived) > 0 {
		paragraphs = append(paragraphs, "A value of a type that derives from it, such as "+e.names.Model(m.Derived[0]).String()+", arrives as "+name+
			" with its ODataType; As gives it whole.")
	}
	return append(paragraphs, unavailable(m.Doc), m.Doc.URL, deprecated(m.Doc))
}

func (e *emitter) kindText(m *ir.Model) string {
	switch {
	case m.Inline != nil && m.Inline.Operation != nil:
		op := m.Inline.Operation
		if m.Inline.Role == ir.RequestBody {
			return "the request body of " + op.Method + " " + op.Path
		}
		return "the answer of " + op.Method + " " + op.Path
	case m.Inline != nil:
		return "the value of " + e.names.Model(m.Inline.Parent).String() + "'s property " + m.Inline.Property
	case isEntity(m):
		return "the entity type " + m.Name
	}
	return "the type " + m.Name
}

// fieldText is what there is to say of a property.
func (e *emitter) fieldText(p *ir.Property) string {
	text := sentence(p.Doc.Description)
	if p.ReadOnly && !strings.Contains(strings.ToLower(text), "read-only") {
		text = strings.TrimSpace(text + " Read-only.")
	}
	if p.Navigation != nil && p.Navigation.Contained && p.Type.Kind == ir.ModelKind {
		text = strings.TrimSpace(text + " It lives below this entity and cannot be bound.")
	}
	if p.MaxItems == 1 && p.Type.Kind == ir.Collection {
		text = strings.TrimSpace(text + " At most one item.")
	} else if p.MaxItems > 1 && p.Type.Kind == ir.Collection {
		text = strings.TrimSpace(text + " At most " + strconv.Itoa(p.MaxItems) + " items.")
	}
	return text
}

// anyInterface makes the interface that values declared with a polymorphic type have:
//
//	// AnyAnimal is …
//	type AnyAnimal interface {
//		model
//		// GetAnimal returns …
//		GetAnimal() Animal
//	}
func (e *emitter) anyInterface(m *ir.Model) jen.Code {
	name, base := e.names.Any(m), e.names.Model(m)
	var implementers []string
	for _, d := range descendants(m) {
		implementers = append(implementers, "*"+e.names.Model(d).String())
	}
	text := name.String() + " is a value declared as " + m.Name + ": a *" + base.String()
	if len(implementers) > 0 {
		text += " or one of the types derived from it, which are " + strings.Join(implementers, ", ")
	} else {
		text += ", of which this package knows no derived type"
	}
	getter := e.names.Getter(m)
	var methods members
	methods.embed(jen.Id("model"))
	methods.comment(getter.String() + " returns the properties that every " + base.String() + " has: a copy, to be read.")
	methods.add(getter, jen.Params().Add(id(base)))
	return comment(text+".", deprecated(m.Doc)).Line().Add(declareInterface(name, methods))
}

// descendants are the types below m, sorted within each level, depth first.
func descendants(m *ir.Model) []*ir.Model {
	var out []*ir.Model
	for _, d := range m.Derived {
		out = append(append(out, d), descendants(d)...)
	}
	return out
}

// getBase makes the method by which a type is one of its bases:
//
//	// GetAnimal implements AnyAnimal.
//	func (v *Bird) GetAnimal() Animal {
//		if v == nil {
//			return Animal{}
//		}
//		return Animal{
//			ODataType: v.ODataType,
//			…
//		}
//	}
func (e *emitter) getBase(m, base *ir.Model) jen.Code {
	result := jen.Op("*").Id("v")
	if m != base {
		result = id(e.names.Model(base)).Values(e.copyFields(base)...)
	}
	method := e.names.Getter(base)
	return comment(method.String()+" implements "+e.names.Any(base).String()+".").Line().
		Add(e.method(m, method)).Params().Add(id(e.names.Model(base))).Block(
		jen.If(jen.Id("v").Op("==").Nil()).Block(jen.Return(id(e.names.Model(base)).Values())),
		jen.Return(result))
}

// convert makes the method by which a value goes where a base is declared whose values are pointers:
//
//	// Animal returns the value, as it is now, as a *Animal …
//	func (v *Bird) Animal() *Animal { return standInAs[*Animal](v) }
func (e *emitter) convert(m, base *ir.Model) jen.Code {
	name := e.names.Model(base)
	return comment(e.names.Converter(base).String() + " returns the value, as it is now, as a *" + name.String() + ", for where one is declared. It is sent as what it is; " +
		"As gives it back.").Line().
		Add(e.method(m, e.names.Converter(base))).Params().Add(pointerTo(name)).
		Add(oneLine(jen.Return(jen.Id("standInAs").Index(pointerTo(name)).Call(jen.Id("v")))))
}

// copyFields makes what getBase returns, a line for each field:
//
//	Name:                 v.Name,
func (e *emitter) copyFields(base *ir.Model) []jen.Code {
	fields := []names.Ident{names.ODataType}
	if isEntity(base) {
		fields = append(fields, names.ETag)
	}
	for _, p := range base.AllProperties() {
		fields = append(fields, e.names.Field(p))
	}
	fields = append(fields, names.AdditionalProperties)
	code := []jen.Code{jen.Line()}
	for _, f := range fields {
		code = append(code, id(f).Op(":").Id("v").Dot(f.String()).Op(",").Line())
	}
	return []jen.Code{jen.Custom(jen.Options{}, code...)}
}

// properties makes the constants by which options name properties, a block for each type:
//
//	// The names of Bird's properties, for Select, Expand, OrderBy and filters.
//	const (
//		BirdPropertyID = "id"
//
//		BirdPropertyName = "name"
//		…
func (e *emitter) properties() []jen.Code {
	var code []jen.Code
	for _, m := range e.pkg.Models {
		if m.Inline != nil || len(m.AllProperties()) == 0 {
			continue
		}
		defs := make([]members, len(m.AllProperties()))
		for i, p := range m.AllProperties() {
			defs[i].documented(e.names.PropertyConstant(m, p), jen.Op("=").Lit(p.Name), "", deprecated(p.Doc))
		}
		code = append(code, comment("The names of "+e.names.Model(m).String()+"'s properties, for Select, Expand, OrderBy and filters.").Line().
			Add(declareConsts(apart(defs))))
	}
	return code
}

// apart puts an empty line between constants, each of which may have a comment above it. Without, gofmt would put their
// values into a column, and move all of them when a longer name comes.
func apart(entries []members) members {
	var all members
	for _, entry := range entries {
		all.gap()
		all.code = append(all.code, entry.code...)
	}
	return all
}
