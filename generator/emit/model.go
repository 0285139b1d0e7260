package emit

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/ir"
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
		for _, base := range ancestors(m) {
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

// ancestors are m and its bases, nearest first.
func ancestors(m *ir.Model) []*ir.Model {
	var out []*ir.Model
	for ; m != nil; m = m.Base {
		out = append(out, m)
	}
	return out
}

// model makes the struct of a type:
//
//	// Chat is the entity type microsoft.graph.chat.
//	type Chat struct {
//		…
//		Topic Opt[string]
//
//		// …
//		ETag string
//		// …
//		ODataType string
//		// …
//		AdditionalProperties map[string]json.RawMessage
//		nulls nulls
//	}
func (e *emitter) model(m *ir.Model) jen.Code {
	var fields []jen.Code
	for _, p := range m.AllProperties() {
		fields = append(fields, documented(jen.Id(e.names.Field(p)).Add(e.field(p)), withClouds(e.fieldText(p), p.Doc), deprecated(p.Doc))...)
	}
	if len(fields) > 0 {
		fields = append(fields, jen.Line())
	}
	own := func(name, text string, goType jen.Code) {
		fields = append(fields, documented(jen.Id(name).Add(goType), text, "")...)
	}
	if isEntity(m) {
		own("ETag", "@odata.etag, the entity's version, for IfMatch.", jen.String())
	}
	if m.Inline == nil {
		own("ODataType", "@odata.type as it arrived; what is sent needs none.", jen.String())
	}
	own("AdditionalProperties", "What else arrived, by its name on the wire.", jen.Map(jen.String()).Add(rawMessage()))
	own("nulls", "", jen.Id("nulls"))
	name := e.names.Model(m)
	return comment(e.modelComment(name, m)...).Line().Type().Id(name).Struct(fields...)
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
		paragraphs = append(paragraphs, "A value of a type that derives from it, such as "+e.names.Model(m.Derived[0])+", arrives as "+name+
			" with its ODataType; As gives it whole.")
	}
	return append(paragraphs, unavailable(m.Doc), m.Doc.URL, deprecated(m.Doc))
}

func (e *emitter) kindText(m *ir.Model) string {
	switch {
	case m.Inline != nil && m.Inline.Operation != nil:
		op := m.Inline.Operation
		if m.Inline.Role == "Parameters" {
			return "the request body of " + op.Method + " " + op.Path
		}
		return "the answer of " + op.Method + " " + op.Path
	case m.Inline != nil:
		return "the value of " + e.names.Model(m.Inline.Parent) + "'s property " + m.Inline.Property
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
//	// AnyConversationMember is …
//	type AnyConversationMember interface {
//		model
//		// GetConversationMember returns …
//		GetConversationMember() ConversationMember
//	}
func (e *emitter) anyInterface(m *ir.Model) jen.Code {
	name, base := e.names.Any(m), e.names.Model(m)
	var implementers []string
	for _, d := range descendants(m) {
		implementers = append(implementers, "*"+e.names.Model(d))
	}
	text := name + " is a value declared as " + m.Name + ": a *" + base
	if len(implementers) > 0 {
		text += " or one of the types derived from it, which are " + strings.Join(implementers, ", ")
	} else {
		text += ", of which this package knows no derived type"
	}
	getter := e.names.Getter(m)
	return comment(text+".", deprecated(m.Doc)).Line().Type().Id(name).Interface(
		jen.Id("model"),
		inner(getter+" returns the properties that every "+base+" has: a copy, to be read."),
		jen.Id(getter).Params().Id(base),
	)
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
//	// GetConversationMember implements AnyConversationMember.
//	func (v *AadUserConversationMember) GetConversationMember() ConversationMember {
//		if v == nil {
//			return ConversationMember{}
//		}
//		return ConversationMember{ETag: v.ETag, …}
//	}
func (e *emitter) getBase(m, base *ir.Model) jen.Code {
	result := jen.Op("*").Id("v")
	if m != base {
		result = jen.Id(e.names.Model(base)).Values(e.copyFields(base)...)
	}
	method := e.names.Getter(base)
	return comment(method+" implements "+e.names.Any(base)+".").Line().
		Func().Params(jen.Id("v").Op("*").Id(e.names.Model(m))).Id(method).Params().Id(e.names.Model(base)).Block(
		jen.If(jen.Id("v").Op("==").Nil()).Block(jen.Return(jen.Id(e.names.Model(base)).Values())),
		jen.Return(result))
}

// convert makes the method by which a value goes where a base is declared whose values are pointers:
//
//	// Message returns the value, as it is now, as a *Message …
//	func (v *EventMessage) Message() *Message { return standIn(v, (*Message)(nil)).(*Message) }
func (e *emitter) convert(m, base *ir.Model) jen.Code {
	name := e.names.Model(base)
	return comment(e.names.Converter(base) + " returns the value, as it is now, as a *" + name + ", for where one is declared. It is sent as what it is; " +
		"As gives it back.").Line().
		Func().Params(jen.Id("v").Op("*").Id(e.names.Model(m))).Id(e.names.Converter(base)).Params().Op("*").Id(name).
		Add(oneLine(jen.Return(jen.Id("standIn").Call(jen.Id("v"), noPointer(name)).Assert(jen.Op("*").Id(name)))))
}

func (e *emitter) copyFields(base *ir.Model) []jen.Code {
	names := []string{"ODataType"}
	if isEntity(base) {
		names = append(names, "ETag")
	}
	for _, p := range base.AllProperties() {
		names = append(names, e.names.Field(p))
	}
	names = append(names, "AdditionalProperties")
	code := []jen.Code{jen.Line()}
	for _, n := range names {
		code = append(code, jen.Id(n).Op(":").Id("v").Dot(n).Op(",").Line())
	}
	return []jen.Code{jen.Custom(jen.Options{}, code...)}
}

// properties makes the constants by which options name properties, a block for each type:
//
//	// The names of Chat's properties, for Select, Expand, OrderBy and filters.
//	const (
//		ChatPropertyID = "id"
//
//		ChatPropertyTopic = "topic"
//	)
func (e *emitter) properties() []jen.Code {
	var code []jen.Code
	for _, m := range e.pkg.Models {
		if m.Inline != nil || len(m.AllProperties()) == 0 {
			continue
		}
		var defs [][]jen.Code
		for _, p := range m.AllProperties() {
			defs = append(defs, documented(jen.Id(e.names.PropertyConstant(m, p)).Op("=").Lit(p.Name), "", deprecated(p.Doc)))
		}
		code = append(code, comment("The names of "+e.names.Model(m)+"'s properties, for Select, Expand, OrderBy and filters.").Line().
			Const().Defs(apart(defs)...))
	}
	return code
}

// apart puts an empty line between constants, each of which may have a comment above it. Without, gofmt would put their
// values into a column, and move all of them when a longer name comes.
func apart(entries [][]jen.Code) []jen.Code {
	var code []jen.Code
	for i, entry := range entries {
		if i > 0 {
			code = append(code, jen.Line())
		}
		code = append(code, entry...)
	}
	return code
}
