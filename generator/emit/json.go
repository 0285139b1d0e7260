package emit

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/ir"
)

func (e *emitter) codecs() []jen.Code {
	var code []jen.Code
	read := e.readModels()
	for _, m := range e.pkg.Models {
		code = append(code, e.marshalers(m))
		switch {
		case read[m] && isInterface(m):
			code = append(code, e.readAny(m))
		case read[m]:
			code = append(code, e.read(m))
		}
		code = append(code, e.encode(m), e.decodeProperty(m), e.rest(m))
		if key := keyOf(m); key != nil && shapeOf(key) == plainString {
			code = append(code, e.key(m, key))
		}
		if m.Polymorphic && len(m.Derived) > 0 {
			code = append(code, e.resolve(m))
		}
		if u := e.upcast(m); u != nil {
			code = append(code, u)
		}
	}
	return code
}

// readModels are the types that an operation answers with, so that it needs a function for them.
func (e *emitter) readModels() map[*ir.Model]bool {
	read := map[*ir.Model]bool{}
	for _, op := range e.pkg.Operations {
		c := call{emitter: e, op: op}
		t := c.entity()
		if t == nil || op.Response == nil && !c.returnsResult() {
			continue
		}
		for t.Kind == ir.Collection {
			t = t.Elem
		}
		if t.Kind == ir.ModelKind {
			read[t.Model] = true
		}
	}
	return read
}

// oneLine is a function's body that stays on the line of its head where that is short enough.
func oneLine(body ...jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{", Close: "}"}, body...)
}

func (e *emitter) method(m *ir.Model, name string) *jen.Statement {
	return jen.Func().Params(jen.Id("v").Op("*").Id(e.names.Model(m))).Id(name)
}

// marshalers makes
//
//	// MarshalJSON and UnmarshalJSON convert to and from JSON. Binds are written below the global service root.
//	func (v *Chat) MarshalJSON() ([]byte, error)    { return marshal(v) }
//	func (v *Chat) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (e *emitter) marshalers(m *ir.Model) jen.Code {
	return comment("MarshalJSON and UnmarshalJSON convert to and from JSON. Binds are written below the global service root.").
		Line().Add(e.method(m, "MarshalJSON")).Params().Params(jen.Index().Byte(), jen.Error()).
		Add(oneLine(jen.Return(jen.Id("marshal").Call(jen.Id("v"))))).
		Line().Add(e.method(m, "UnmarshalJSON")).Params(jen.Id("data").Index().Byte()).Error().
		Add(oneLine(jen.Return(jen.Id("unmarshal").Call(jen.Id("data"), jen.Id("v")))))
}

// odataType is the canonical @odata.type of a named type; "" for an inline object.
func odataType(m *ir.Model) string {
	if m.Name == "" {
		return ""
	}
	return "#" + m.Name
}

// read makes
//
//	func readChat(r *jsonReader) (v *Chat) {
//		if !r.null() {
//			v = new(Chat)
//			r.object(v)
//		}
//		return v
//	}
func (e *emitter) read(m *ir.Model) jen.Code {
	name := e.names.Model(m)
	return jen.Func().Id(e.names.Reader(m, false)).Params(jen.Id("r").Op("*").Id("jsonReader")).Params(jen.Id("v").Op("*").Id(name)).Block(
		jen.If(jen.Op("!").Id("r").Dot("null").Call()).Block(
			jen.Id("v").Op("=").New(jen.Id(name)),
			jen.Id("r").Dot("object").Call(jen.Id("v"))),
		jen.Return(jen.Id("v")))
}

// encode makes
//
//	func (v *Chat) encode(w *jsonWriter) {
//		w.optString(`"topic":`, &v.Topic)
//	}
func (e *emitter) encode(m *ir.Model) jen.Code {
	var body []jen.Code
	for _, p := range flattened(m) {
		body = append(body, e.writeProperty(p))
	}
	if len(body) == 0 {
		return e.method(m, "encode").Params(jen.Op("*").Id("jsonWriter")).Add(oneLine())
	}
	return e.method(m, "encode").Params(jen.Id("w").Op("*").Id("jsonWriter")).Block(body...)
}

// jsonKey is a property's name as it stands in JSON, with the colon: `"topic":`.
func jsonKey(name string) *jen.Statement {
	text := strconv.Quote(name) + ":"
	if strconv.CanBackquote(text) {
		return jen.Op("`" + text + "`")
	}
	return jen.Lit(text)
}

// writeProperty makes one of
//
//	w.string(`"id":`, v.ID)
//	w.optString(`"topic":`, &v.Topic)
//	writeOptInt(w, `"count":`, &v.Count)
//	w.optModel(`"body":`, v.Body)
//	w.models(`"parts":`, &v.Parts)
//	w.optAny(`"from":`, v.From, "#microsoft.graph.identity")
//	w.ref(`"user":`, &v.User.ref)
//	w.strings(`"roles":`, v.Roles)
//	writeSlice(w, `"sizes":`, v.Sizes, writeIntValue[int32])
func (e *emitter) writeProperty(p *ir.Property) *jen.Statement {
	w, key, field := jen.Id("w"), jsonKey(p.Name), jen.Id("v").Dot(e.names.Field(p))
	switch shapeOf(p) {
	case plainString:
		return w.Dot("string").Call(key, field)
	case plainEnum:
		return w.Dot("string").Call(key, jen.String().Call(field))
	case raw:
		return w.Dot("raw").Call(key, field)
	case pointer:
		return w.Dot("optModel").Call(key, field)
	case iface:
		return w.Dot("optAny").Call(key, field, jen.Lit(odataType(p.Type.Model)))
	case ref:
		return w.Dot("ref").Call(key, jen.Op("&").Add(field).Dot("ref"))
	case refs:
		return jen.Id("writeRefs").Call(w, key, field)
	case slice:
		return e.writeSlice(p, w, key, field)
	}
	s, _ := e.scalarOf(p.Type)
	if s.generic {
		return jen.Id("writeOpt"+s.name).Call(w, key, jen.Op("&").Add(field))
	}
	return w.Dot("opt"+upperFirst(s.name)).Call(key, jen.Op("&").Add(field))
}

func (e *emitter) writeSlice(p *ir.Property, w, key, field *jen.Statement) *jen.Statement {
	elem := p.Type.Elem
	switch {
	case elem.Kind == ir.ModelKind && isInterface(elem.Model):
		return w.Dot("anys").Call(key, jen.Op("&").Add(field), jen.Lit(odataType(elem.Model)))
	case elem.Kind == ir.ModelKind:
		return w.Dot("models").Call(key, jen.Op("&").Add(field))
	}
	s, _ := e.scalarOf(elem)
	if s.generic {
		return jen.Id("writeSlice").Call(w, key, field, jen.Id("write"+s.name+"Value").Index(s.goType()))
	}
	if s.name == "string" {
		return w.Dot("strings").Call(key, field)
	}
	return jen.Id("writeSlice").Call(w, key, field, jen.Parens(jen.Op("*").Id("jsonWriter")).Dot(s.name+"Value"))
}

func upperFirst(s string) string { return string(s[0]-'a'+'A') + s[1:] }

// decodeProperty makes
//
//	func (v *Chat) decodeProperty(r *jsonReader, name string) {
//		switch name {
//		case "topic":
//			r.optString(&v.Topic)
//		}
//	}
func (e *emitter) decodeProperty(m *ir.Model) jen.Code {
	var cases []jen.Code
	add := func(name string, body ...jen.Code) { cases = append(cases, jen.Case(jen.Lit(name)).Block(body...)) }
	r := jen.Id("r")
	for _, p := range flattened(m) {
		add(p.Name, e.readProperty(p))
		target := jen.Op("&").Id("v").Dot(e.names.Field(p))
		switch shapeOf(p) {
		case ref:
			add(p.Name+"@odata.bind", r.Clone().Dot("bind").Call(target.Dot("ref")))
		case refs:
			add(p.Name+"@odata.bind", jen.Id("readBinds").Call(r.Clone(), target))
		}
	}
	method := e.method(m, "decodeProperty")
	if len(cases) == 0 {
		return method.Params(jen.Op("*").Id("jsonReader"), jen.String()).Add(oneLine())
	}
	return method.Params(jen.Id("r").Op("*").Id("jsonReader"), jen.Id("name").String()).Block(
		jen.Switch(jen.Id("name")).Block(cases...))
}

// readProperty makes one of
//
//	r.stringInto(&v.ID)
//	v.ChatType = ChatType(r.string())
//	r.optString(&v.Topic)
//	readOptInt(r, &v.Count)
//	r.optModel(&v.Body)
//	r.optAny(&v.From, (*Identity)(nil))
//	r.ref(&v.User.ref, (*User)(nil))
//	r.models(&v.Parts)
//	r.strings(&v.Roles)
//	readSlice(r, &v.Sizes, readInt[int32])
//
// Values go through pointers, so that the code of a case is small; there are thousands.
func (e *emitter) readProperty(p *ir.Property) jen.Code {
	r, field := jen.Id("r"), jen.Id("v").Dot(e.names.Field(p))
	into := jen.Op("&").Add(field)
	switch shapeOf(p) {
	case plainString:
		return r.Dot("stringInto").Call(into)
	case plainEnum:
		return field.Op("=").Id(e.names.Enum(p.Type.Enum)).Call(r.Dot("string").Call())
	case raw:
		return r.Dot("rawInto").Call(into)
	case ref:
		return r.Dot("ref").Call(into.Dot("ref"), e.noModel(p.Type))
	case refs:
		return jen.Id("readRefs").Call(r, into, e.noModel(p.Type.Elem))
	case slice:
		return e.readSlice(p.Type.Elem, r, into)
	case pointer:
		return r.Dot("optModel").Call(into)
	case iface:
		return r.Dot("optAny").Call(into, e.noModel(p.Type))
	}
	s, _ := e.scalarOf(p.Type)
	if s.generic {
		return jen.Id("readOpt"+s.name).Call(r, into)
	}
	return r.Dot("opt" + upperFirst(s.name)).Call(into)
}

func (e *emitter) readSlice(elem *ir.Type, r, into *jen.Statement) jen.Code {
	switch {
	case elem.Kind == ir.ModelKind && isInterface(elem.Model):
		return r.Dot("anys").Call(into, e.noModel(elem))
	case elem.Kind == ir.ModelKind:
		return r.Dot("models").Call(into)
	}
	if s, _ := e.scalarOf(elem); s.name == "string" {
		return r.Dot("strings").Call(into)
	}
	return jen.Id("readSlice").Call(r, into, e.reader(elem))
}

// noModel is a nil pointer, by which the runtime knows a type: (*User)(nil).
func (e *emitter) noModel(t *ir.Type) *jen.Statement {
	return jen.Parens(jen.Op("*").Id(e.names.Model(t.Model))).Call(jen.Nil())
}

// rest makes
//
//	func (v *Chat) rest() rest {
//		return rest{"#microsoft.graph.chat", &v.ODataType, &v.ETag, &v.AdditionalProperties, &v.nulls}
//	}
func (e *emitter) rest(m *ir.Model) jen.Code {
	field := func(name string, has bool) jen.Code {
		if !has {
			return jen.Nil()
		}
		return jen.Op("&").Id("v").Dot(name)
	}
	return e.method(m, "rest").Params().Id("rest").Block(jen.Return(jen.Id("rest").Values(
		jen.Lit(odataType(m)), field("ODataType", m.Inline == nil), field("ETag", isEntity(m)),
		field("AdditionalProperties", true), field("nulls", true))))
}

// key makes
//
//	func (v *Chat) key() string { return v.ID }
func (e *emitter) key(m *ir.Model, key *ir.Property) jen.Code {
	return e.method(m, "key").Params().String().Add(oneLine(jen.Return(jen.Id("v").Dot(e.names.Field(key)))))
}

// resolve makes
//
//	func (*ConversationMember) resolve(odataType string) model {
//		switch odataType {
//		case "microsoft.graph.aadUserConversationMember":
//			return new(AadUserConversationMember)
//		}
//		return nil
//	}
func (e *emitter) resolve(m *ir.Model) jen.Code {
	var cases []jen.Code
	for _, d := range descendants(m) {
		cases = append(cases, jen.Case(jen.Lit(d.Name)).Block(jen.Return(jen.New(jen.Id(e.names.Model(d))))))
	}
	return jen.Func().Params(jen.Op("*").Id(e.names.Model(m))).Id("resolve").
		Params(jen.Id("odataType").String()).Id("model").
		Block(jen.Switch(jen.Id("odataType")).Block(cases...), jen.Return(jen.Nil()))
}

// upcast makes the method by which Ref.Value finds the base in a value of a derived type:
//
//	func (v *AadUserConversationMember) upcast(target any) bool {
//		switch t := target.(type) {
//		case **ConversationMember:
//			*t = v.GetConversationMember()
//		default:
//			return false
//		}
//		return true
//	}
func (e *emitter) upcast(m *ir.Model) jen.Code {
	var cases []jen.Code
	for _, b := range ancestors(m)[1:] {
		if isInterface(b) {
			name := e.names.Model(b)
			cases = append(cases, jen.Case(jen.Op("**").Id(name)).Block(
				jen.Op("*").Id("t").Op("=").Id("v").Dot("Get"+name).Call()))
		}
	}
	if len(cases) == 0 {
		return nil
	}
	cases = append(cases, jen.Default().Block(jen.Return(jen.False())))
	return e.method(m, "upcast").Params(jen.Id("target").Any()).Bool().Block(
		jen.Switch(jen.Id("t").Op(":=").Id("target").Assert(jen.Type())).Block(cases...),
		jen.Return(jen.True()))
}

// readAny makes
//
//	func readAnyConversationMember(r *jsonReader) AnyConversationMember {
//		return readAny[AnyConversationMember](r, (*ConversationMember)(nil))
//	}
func (e *emitter) readAny(m *ir.Model) jen.Code {
	name := e.names.Any(m)
	return jen.Func().Id(e.names.Reader(m, true)).Params(jen.Id("r").Op("*").Id("jsonReader")).Id(name).Block(
		jen.Return(jen.Id("readAny").Index(jen.Id(name)).Call(jen.Id("r"), e.noModel(&ir.Type{Kind: ir.ModelKind, Model: m}))))
}
