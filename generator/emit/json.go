package emit

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/ir"
)

// Properties whose fields cannot say null keep a bit for it, in the order of the properties. Bit 0 is the value's own.

func hasNullBit(p *ir.Property) bool {
	switch shapeOf(p) {
	case opt, ref, raw:
		return false
	}
	return true
}

// nullBits numbers the properties that need a bit.
func nullBits(m *ir.Model) map[*ir.Property]int {
	bits := map[*ir.Property]int{}
	for _, p := range flattened(m) {
		if hasNullBit(p) {
			bits[p] = len(bits) + 1
		}
	}
	return bits
}

func nullWords(m *ir.Model) int { return len(nullBits(m))/64 + 1 }

func (e *emitter) codecs() []jen.Code {
	var code []jen.Code
	for _, m := range e.pkg.Models {
		code = append(code, e.marshalers(m)...)
		code = append(code, e.encode(m), e.decodeProperty(m), e.extra(m))
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
			code = append(code, e.readAny(m), e.isExactly(m))
		}
	}
	return code
}

func (e *emitter) method(m *ir.Model, name string) *jen.Statement {
	return jen.Func().Params(jen.Id("v").Op("*").Id(e.names.Model(m))).Id(name)
}

// standsForBase reports whether a value of m may stand where a base of it is declared, so that it must say what it
// is when nothing is known of the place it goes to.
func standsForBase(m *ir.Model) bool {
	for _, b := range ancestors(m)[1:] {
		if isInterface(b) {
			return true
		}
	}
	return false
}

// marshalers makes
//
//	// MarshalJSON implements json.Marshaler.
//	func (v *Chat) MarshalJSON() ([]byte, error) { return marshal(v, false) }
//
//	// UnmarshalJSON implements json.Unmarshaler.
//	func (v *Chat) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (e *emitter) marshalers(m *ir.Model) []jen.Code {
	return []jen.Code{
		comment("MarshalJSON implements json.Marshaler. Binds are written below the global service root.").Line().
			Add(e.method(m, "MarshalJSON")).Params().Params(jen.Index().Byte(), jen.Error()).
			Block(jen.Return(jen.Id("marshal").Call(jen.Id("v"), jen.Lit(standsForBase(m))))),
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

// encode makes
//
//	func (v *Chat) encode(w *jsonWriter, typed bool) {
//		if !w.begin(v == nil || hasNull(v.nulls[:], 0)) {
//			return
//		}
//		w.annotations(v.ODataType, "#microsoft.graph.chat", typed, v.ETag)
//		w.optString(`"topic":`, v.Topic)
//		w.end(v.AdditionalProperties)
//	}
func (e *emitter) encode(m *ir.Model) jen.Code {
	v, w := jen.Id("v"), jen.Id("w")
	body := []jen.Code{
		jen.If(jen.Op("!").Add(w.Clone()).Dot("begin").Call(v.Clone().Op("==").Nil().Op("||").Add(nullBit(0)))).Block(jen.Return()),
	}
	if m.Inline == nil {
		etag := jen.Lit("")
		if isEntity(m) {
			etag = v.Clone().Dot("ETag")
		}
		body = append(body, w.Clone().Dot("annotations").Call(v.Clone().Dot("ODataType"), jen.Lit(odataType(m)), jen.Id("typed"), etag))
	}
	bits := nullBits(m)
	for _, p := range flattened(m) {
		body = append(body, e.writeProperty(p, bits[p]))
	}
	body = append(body, w.Clone().Dot("end").Call(v.Clone().Dot("AdditionalProperties")))
	typed := jen.Id("typed").Bool()
	if m.Inline != nil {
		typed = jen.Id("_").Bool()
	}
	return e.method(m, "encode").Params(jen.Id("w").Op("*").Id("jsonWriter"), typed).Block(body...)
}

func nullBit(bit int) *jen.Statement {
	return jen.Id("hasNull").Call(jen.Id("v").Dot("nulls").Index(jen.Op(":")), jen.Lit(bit))
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
//	w.string(`"id":`, v.ID, hasNull(v.nulls[:], 1))
//	w.optString(`"topic":`, v.Topic)
//	writeOptInt(w, `"count":`, v.Count)
//	writeModel(w, `"body":`, v.Body, hasNull(v.nulls[:], 2))
//	writeAny(w, `"from":`, v.From, isExactlyIdentity, hasNull(v.nulls[:], 3))
//	writeRef(w, `"user":`, `"user@odata.bind":`, v.User)
//	writeSlice(w, `"roles":`, v.Roles, hasNull(v.nulls[:], 4), (*jsonWriter).stringValue)
func (e *emitter) writeProperty(p *ir.Property, bit int) *jen.Statement {
	w, key, field := jen.Id("w"), jsonKey(p.Name), jen.Id("v").Dot(e.names.Field(p))
	bind := jsonKey(p.Name + "@odata.bind")
	switch shapeOf(p) {
	case plainString:
		return w.Dot("string").Call(key, field, nullBit(bit))
	case plainEnum:
		return jen.Id("writeEnum").Call(w, key, field, nullBit(bit))
	case raw:
		return w.Dot("raw").Call(key, field, jen.False())
	case pointer:
		return jen.Id("writeModel").Call(w, key, field, jen.False(), nullBit(bit))
	case iface:
		return jen.Id("writeAny").Call(w, key, field, e.exactly(p.Type.Model), nullBit(bit))
	case ref:
		return jen.Id("writeRef").Call(w, key, bind, field)
	case refs:
		return jen.Id("writeRefs").Call(w, key, bind, field, nullBit(bit))
	case slice:
		return e.writeSlice(p, w, key, field, nullBit(bit))
	}
	s, _ := e.scalarOf(p.Type)
	if s.generic {
		return jen.Id("writeOpt"+s.name).Call(w, key, field)
	}
	return w.Dot("opt"+upperFirst(s.name)).Call(key, field)
}

func (e *emitter) exactly(m *ir.Model) *jen.Statement {
	return jen.Id("isExactly" + e.names.Model(m))
}

func (e *emitter) writeSlice(p *ir.Property, w, key, field, null *jen.Statement) *jen.Statement {
	elem := p.Type.Elem
	switch {
	case elem.Kind == ir.ModelKind && isInterface(elem.Model):
		return jen.Id("writeAnys").Call(w, key, field, e.exactly(elem.Model), null)
	case elem.Kind == ir.ModelKind:
		return jen.Id("writeModels").Call(w, key, field, jen.False(), null)
	}
	s, _ := e.scalarOf(elem)
	if s.generic {
		return jen.Id("writeSlice").Call(w, key, field, null, jen.Id("write"+s.name+"Value").Index(s.goType()))
	}
	return jen.Id("writeSlice").Call(w, key, field, null, jen.Parens(jen.Op("*").Id("jsonWriter")).Dot(s.name+"Value"))
}

func upperFirst(s string) string { return string(s[0]-'a'+'A') + s[1:] }

// decodeProperty makes
//
//	func (v *Chat) decodeProperty(r *jsonReader, name string) bool {
//		switch name {
//		case "topic":
//			v.Topic = r.optString()
//		default:
//			return false
//		}
//		return true
//	}
func (e *emitter) decodeProperty(m *ir.Model) jen.Code {
	var cases []jen.Code
	add := func(name string, body ...jen.Code) { cases = append(cases, jen.Case(jen.Lit(name)).Block(body...)) }
	r := jen.Id("r")
	if isEntity(m) {
		add("@odata.etag", jen.Id("v").Dot("ETag").Op("=").Add(r.Clone()).Dot("string").Call())
	}
	if m.Inline == nil {
		add("@odata.type", jen.Id("v").Dot("ODataType").Op("=").Add(r.Clone()).Dot("string").Call())
	}
	bits := nullBits(m)
	for _, p := range flattened(m) {
		add(p.Name, e.readProperty(p, bits[p]))
		target := jen.Op("&").Id("v").Dot(e.names.Field(p))
		switch shapeOf(p) {
		case ref:
			add(p.Name+"@odata.bind", jen.Id("readBind").Call(r.Clone(), target))
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
//	v.Topic = r.optString()
//	v.Count = readOptInt[int32](r)
//	readRef(r, &v.User)
//	if !r.null(v.nulls[:], 1) {
//		v.ID = r.string()
//	}
func (e *emitter) readProperty(p *ir.Property, bit int) jen.Code {
	r, field := jen.Id("r"), jen.Id("v").Dot(e.names.Field(p))
	guard := func(body *jen.Statement) jen.Code {
		return jen.If(jen.Op("!").Id("r").Dot("null").Call(jen.Id("v").Dot("nulls").Index(jen.Op(":")), jen.Lit(bit))).Block(body)
	}
	switch shapeOf(p) {
	case plainString:
		return guard(field.Op("=").Add(r).Dot("string").Call())
	case raw:
		return field.Op("=").Add(r).Dot("raw").Call()
	case ref:
		return jen.Id("readRef").Call(r, jen.Op("&").Add(field))
	case refs:
		return guard(jen.Id("readRefs").Call(r, jen.Op("&").Add(field)))
	case slice:
		return guard(field.Op("=").Id("readSlice").Call(r, e.reader(p.Type.Elem)))
	case plainEnum, pointer, iface:
		return guard(field.Op("=").Add(e.reader(p.Type)).Call(r))
	}
	s, _ := e.scalarOf(p.Type)
	if s.generic {
		return field.Op("=").Id("readOpt" + s.name).Index(s.goType()).Call(r)
	}
	return field.Op("=").Add(r).Dot("opt" + upperFirst(s.name)).Call()
}

// extra makes
//
//	func (v *Chat) extra() *map[string]json.RawMessage { return &v.AdditionalProperties }
//	func (v *Chat) setNull() { v.nulls[0] |= 1 }
func (e *emitter) extra(m *ir.Model) jen.Code {
	return e.method(m, "extra").Params().Op("*").Map(jen.String()).Add(rawMessage()).
		Block(jen.Return(jen.Op("&").Id("v").Dot("AdditionalProperties"))).Line().Line().
		Add(e.method(m, "setNull").Params().Block(jen.Id("v").Dot("nulls").Index(jen.Lit(0)).Op("|=").Lit(1)))
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
//	func readAnyConversationMember(r *jsonReader) AnyConversationMember {
//		return readAny[AnyConversationMember](r, new(ConversationMember))
//	}
func (e *emitter) readAny(m *ir.Model) jen.Code {
	name := e.names.Any(m)
	return jen.Func().Id("read" + name).Params(jen.Id("r").Op("*").Id("jsonReader")).Id(name).Block(
		jen.Return(jen.Id("readAny").Index(jen.Id(name)).Call(jen.Id("r"), jen.New(jen.Id(e.names.Model(m))))))
}

// isExactly makes
//
//	func isExactlyConversationMember(v AnyConversationMember) bool {
//		_, ok := v.(*ConversationMember)
//		return ok
//	}
func (e *emitter) isExactly(m *ir.Model) jen.Code {
	return jen.Func().Id("isExactly"+e.names.Model(m)).Params(jen.Id("v").Id(e.names.Any(m))).Bool().Block(
		jen.List(jen.Id("_"), jen.Id("ok")).Op(":=").Id("v").Assert(jen.Op("*").Id(e.names.Model(m))),
		jen.Return(jen.Id("ok")))
}
