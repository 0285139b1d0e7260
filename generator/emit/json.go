package emit

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/ir"
)

func (e *emitter) codecs() []jen.Code {
	var code []jen.Code
	for _, m := range e.pkg.Models {
		code = append(code, e.marshalers(m)...)
		code = append(code, e.read(m), e.encode(m), e.decodeProperty(m), e.rest(m))
		if key := keyOf(m); key != nil && shapeOf(key) == plainString {
			code = append(code, e.key(m, key))
		}
		if m.Polymorphic && len(m.Derived) > 0 {
			code = append(code, e.resolve(m))
		}
		if u := e.upcast(m); u != nil {
			code = append(code, u)
		}
		if isInterface(m) {
			code = append(code, e.readAny(m))
		}
	}
	return code
}

func (e *emitter) method(m *ir.Model, name string) *jen.Statement {
	return jen.Func().Params(jen.Id("v").Op("*").Id(e.names.Model(m))).Id(name)
}

// marshalers makes
//
//	// MarshalJSON implements json.Marshaler.
//	func (v *Chat) MarshalJSON() ([]byte, error) { return marshal(v) }
//
//	// UnmarshalJSON implements json.Unmarshaler.
//	func (v *Chat) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (e *emitter) marshalers(m *ir.Model) []jen.Code {
	return []jen.Code{
		comment("MarshalJSON implements json.Marshaler. Binds are written below the global service root.").Line().
			Add(e.method(m, "MarshalJSON")).Params().Params(jen.Index().Byte(), jen.Error()).
			Block(jen.Return(jen.Id("marshal").Call(jen.Id("v")))),
		comment("UnmarshalJSON implements json.Unmarshaler.").Line().
			Add(e.method(m, "UnmarshalJSON")).Params(jen.Id("data").Index().Byte()).Error().
			Block(jen.Return(jen.Id("unmarshal").Call(jen.Id("data"), jen.Id("v")))),
	}
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
//	func readChat(r *jsonReader) *Chat {
//		if r.null() {
//			return nil
//		}
//		v := new(Chat)
//		r.object(v)
//		return v
//	}
func (e *emitter) read(m *ir.Model) jen.Code {
	name := e.names.Model(m)
	return jen.Func().Id(e.names.Reader(m, false)).Params(jen.Id("r").Op("*").Id("jsonReader")).Op("*").Id(name).Block(
		jen.If(jen.Id("r").Dot("null").Call()).Block(jen.Return(jen.Nil())),
		jen.Id("v").Op(":=").New(jen.Id(name)),
		jen.Id("r").Dot("object").Call(jen.Id("v")),
		jen.Return(jen.Id("v")))
}

// encode makes
//
//	func (v *Chat) encode(w *jsonWriter, declared string) {
//		if !w.begin(v.rest(), "#microsoft.graph.chat", declared) {
//			return
//		}
//		w.optString(`"topic":`, &v.Topic)
//		w.end(v.rest())
//	}
func (e *emitter) encode(m *ir.Model) jen.Code {
	w, rest := jen.Id("w"), jen.Id("v").Dot("rest").Call()
	body := []jen.Code{jen.If(jen.Op("!").Add(w.Clone()).Dot("begin").
		Call(rest.Clone(), jen.Lit(odataType(m)), jen.Id("declared"))).Block(jen.Return())}
	for _, p := range flattened(m) {
		body = append(body, e.writeProperty(p))
	}
	body = append(body, w.Clone().Dot("end").Call(rest.Clone()))
	return e.method(m, "encode").Params(jen.Id("w").Op("*").Id("jsonWriter"), jen.Id("declared").String()).Block(body...)
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
//	writeModel(w, `"body":`, v.Body)
//	writeAny(w, `"from":`, v.From, "#microsoft.graph.identity")
//	w.ref(`"user":`, &v.User.ref)
//	writeSlice(w, `"roles":`, v.Roles, (*jsonWriter).stringValue)
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
		return jen.Id("writeModel").Call(w, key, field)
	case iface:
		return jen.Id("writeAny").Call(w, key, field, jen.Lit(odataType(p.Type.Model)))
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
		return jen.Id("writeAnys").Call(w, key, field, jen.Lit(odataType(elem.Model)))
	case elem.Kind == ir.ModelKind:
		return jen.Id("writeModels").Call(w, key, field)
	}
	s, _ := e.scalarOf(elem)
	if s.generic {
		return jen.Id("writeSlice").Call(w, key, field, jen.Id("write"+s.name+"Value").Index(s.goType()))
	}
	return jen.Id("writeSlice").Call(w, key, field, jen.Parens(jen.Op("*").Id("jsonWriter")).Dot(s.name+"Value"))
}

func upperFirst(s string) string { return string(s[0]-'a'+'A') + s[1:] }

// decodeProperty makes
//
//	func (v *Chat) decodeProperty(r *jsonReader, name string) bool {
//		switch name {
//		case "topic":
//			r.optString(&v.Topic)
//		default:
//			return false
//		}
//		return true
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
	params := []jen.Code{jen.Id("r").Op("*").Id("jsonReader"), jen.Id("name").String()}
	if len(cases) == 0 {
		params = []jen.Code{jen.Op("*").Id("jsonReader"), jen.String()}
		return e.method(m, "decodeProperty").Params(params...).Bool().Block(jen.Return(jen.False()))
	}
	cases = append(cases, jen.Default().Block(jen.Return(jen.False())))
	return e.method(m, "decodeProperty").Params(params...).Bool().Block(
		jen.Switch(jen.Id("name")).Block(cases...), jen.Return(jen.True()))
}

// readProperty makes one of
//
//	r.stringInto(&v.ID)
//	r.optString(&v.Topic)
//	readOptInt(r, &v.Count)
//	v.Body = readItemBody(r)
//	readRef(r, &v.User)
//	readSlice(r, &v.Roles, (*jsonReader).string)
//
// Values go through pointers, so that the code of a case is small; there are thousands.
func (e *emitter) readProperty(p *ir.Property) jen.Code {
	r, field := jen.Id("r"), jen.Id("v").Dot(e.names.Field(p))
	into := jen.Op("&").Add(field)
	switch shapeOf(p) {
	case plainString:
		return r.Dot("stringInto").Call(into)
	case plainEnum:
		return jen.Id("enumInto").Call(r, into)
	case raw:
		return r.Dot("rawInto").Call(into)
	case ref:
		return r.Dot("ref").Call(into.Dot("ref"), jen.New(jen.Id(e.names.Model(p.Type.Model))))
	case refs:
		return jen.Id("readRefs").Call(r, into, jen.Func().Params().Id("model").Block(jen.Return(jen.New(jen.Id(e.names.Model(p.Type.Elem.Model))))))
	case slice:
		return jen.Id("readSlice").Call(r, into, e.reader(p.Type.Elem))
	case pointer, iface:
		return field.Op("=").Add(e.reader(p.Type)).Call(r)
	}
	s, _ := e.scalarOf(p.Type)
	if s.generic {
		return jen.Id("readOpt"+s.name).Call(r, into)
	}
	return r.Dot("opt" + upperFirst(s.name)).Call(into)
}

// rest makes
//
//	func (v *Chat) rest() rest { return rest{&v.ODataType, &v.ETag, &v.AdditionalProperties, &v.nulls} }
func (e *emitter) rest(m *ir.Model) jen.Code {
	field := func(name string, has bool) jen.Code {
		if !has {
			return jen.Nil()
		}
		return jen.Op("&").Id("v").Dot(name)
	}
	return e.method(m, "rest").Params().Id("rest").Block(jen.Return(jen.Id("rest").Values(
		field("ODataType", m.Inline == nil), field("ETag", isEntity(m)),
		field("AdditionalProperties", true), field("nulls", true))))
}

// key makes
//
//	func (v *Chat) key() string { return v.ID }
func (e *emitter) key(m *ir.Model, key *ir.Property) jen.Code {
	return e.method(m, "key").Params().String().Block(jen.Return(jen.Id("v").Dot(e.names.Field(key))))
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
//	//go:noinline
//	func readAnyConversationMember(r *jsonReader) AnyConversationMember {
//		return readAny[AnyConversationMember](r, new(ConversationMember))
//	}
func (e *emitter) readAny(m *ir.Model) jen.Code {
	name := e.names.Any(m)
	// Kept out of line for its size: where a type is common, dozens of properties call it.
	return jen.Comment("//go:noinline").Line().Func().Id(e.names.Reader(m, true)).Params(jen.Id("r").Op("*").Id("jsonReader")).Id(name).Block(
		jen.Return(jen.Id("readAny").Index(jen.Id(name)).Call(jen.Id("r"), jen.New(jen.Id(e.names.Model(m))))))
}
