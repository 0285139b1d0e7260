package emit

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

func (e *emitter) codecs() []jen.Code {
	var code []jen.Code
	read := e.readModels()
	for _, m := range e.pkg.Models {
		code = append(code, e.methods(m))
		switch {
		case read[m] && isInterface(m):
			code = append(code, e.readAny(m))
		case read[m]:
			code = append(code, e.read(m))
		}
		code = append(code, e.codec(m))
		if m.Resolves() {
			code = append(code, e.resolve(m))
			if kinds := concrete(m); m.Abstract && len(kinds) > 0 {
				code = append(code, e.abstract(m, kinds))
			}
		}
	}
	return code
}

// readModels are the types that an operation answers with, so that it needs a function for them.
func (e *emitter) readModels() map[*ir.Model]bool {
	read := map[*ir.Model]bool{}
	if m := e.pkg.UploadResult(); m != nil {
		read[m] = true
	}
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

// oneLine is a function's body that stays on the line of its head where that is short enough:
//
//	{ return v.ID }
func oneLine(body ...jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{", Close: "}"}, body...)
}

// method begins a method of a type:
//
//	func (v *Bird) MarshalJSON
func (e *emitter) method(m *ir.Model, name names.Ident) *jen.Statement {
	return declareMethod(jen.Id("v").Add(pointerTo(e.names.Model(m))), name)
}

// methods makes what does not depend on the properties:
//
//	// MarshalJSON and UnmarshalJSON convert to and from JSON. Binds are written below the global service root.
//	func (v *Bird) MarshalJSON() ([]byte, error)    { return marshal(v) }
//	func (v *Bird) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
//	func (v *Bird) key() string                     { return v.ID }
//	func (*Bird) derived()                          {}
//	func (v *Bird) rest() rest {
//		return …
//	}
func (e *emitter) methods(m *ir.Model) jen.Code {
	s := comment("MarshalJSON and UnmarshalJSON convert to and from JSON. Binds are written below the global service root.").
		Line().Add(e.method(m, names.MarshalJSON)).Params().Params(jen.Index().Byte(), jen.Error()).
		Add(oneLine(jen.Return(jen.Id("marshal").Call(jen.Id("v"))))).
		Line().Add(e.method(m, names.UnmarshalJSON)).Params(jen.Id("data").Index().Byte()).Error().
		Add(oneLine(jen.Return(jen.Id("unmarshal").Call(jen.Id("data"), jen.Id("v")))))
	if key := e.keyText(m); key != nil {
		s.Line().Add(e.method(m, names.Key)).Params().String().Add(oneLine(jen.Return(key)))
	}
	if slices.ContainsFunc(slices.Collect(m.Base.WithBases()), isInterface) {
		s.Line().Add(declareMethod(pointerTo(e.names.Model(m)), names.Derived).Params().Add(oneLine()))
	}
	return s.Line().Add(e.rest(m))
}

// keyText is the key's text, nil if m has no key that is one:
//
//	v.ID
//	v.Code.Or("")
func (e *emitter) keyText(m *ir.Model) *jen.Statement {
	key := keyOf(m)
	switch {
	case key == nil:
		return nil
	case shapeOf(key) == plainString || key.Type.Kind == ir.String || key.Type.Kind == ir.GUID:
		return e.text(key)
	}
	return nil
}

// text is the text of a property of v, empty where that is absent:
//
//	v.ID
//	v.Code.Or("")
func (e *emitter) text(p *ir.Property) *jen.Statement {
	field := jen.Id("v").Dot(e.names.Field(p).String())
	if shapeOf(p) == opt {
		field.Dot("Or").Call(jen.Lit(""))
	}
	return field
}

// odataType is the canonical @odata.type of a named type; "" for an inline object.
func odataType(m *ir.Model) string {
	if m.Name == "" {
		return ""
	}
	return "#" + typeNames(m)[0]
}

// typeNames are what @odata.type calls a type that has a name, first the one that is sent.
func typeNames(m *ir.Model) []string {
	if m.TypeNames != nil {
		return m.TypeNames
	}
	return []string{m.Name}
}

// read makes
//
//	func readZoo(r *jsonReader) (v *Zoo) {
//		if !r.null() {
//			v = new(Zoo)
//			r.object(v)
//		}
//		return v
//	}
func (e *emitter) read(m *ir.Model) jen.Code {
	name := e.names.Model(m)
	return declareFunc(e.names.Reader(m)).Params(jen.Id("r").Op("*").Id("jsonReader")).Params(jen.Id("v").Add(pointerTo(name))).Block(
		jen.If(jen.Op("!").Id("r").Dot("null").Call()).Block(
			jen.Id("v").Op("=").New(id(name)),
			jen.Id("r").Dot("object").Call(jen.Id("v"))),
		jen.Return(jen.Id("v")))
}

// codec makes
//
//	func (v *Sample) properties(c *codec) {
//		c.string(`"id":`, &v.ID)
//		c.atMost(`"badges":`, len(v.Badges), 3)
//		c.strings(`"badges":`, &v.Badges)
//		…
//	}
func (e *emitter) codec(m *ir.Model) jen.Code {
	var body []jen.Code
	for _, p := range m.AllProperties() {
		if p.MaxItems > 0 && p.Type.Kind == ir.Collection && shapeOf(p) != raw {
			body = append(body, jen.Id("c").Dot("atMost").Call(jsonKey(p.Name), jen.Len(jen.Id("v").Dot(e.names.Field(p).String())), jen.Lit(p.MaxItems)))
		}
		body = append(body, e.property(p))
	}
	if len(body) == 0 {
		return e.method(m, names.Properties).Params(jen.Op("*").Id("codec")).Add(oneLine())
	}
	return e.method(m, names.Properties).Params(jen.Id("c").Op("*").Id("codec")).Block(body...)
}

// jsonKey is a property's name as it stands in JSON, with the colon:
//
//	`"name":`
func jsonKey(name string) *jen.Statement {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(name) // a string can always be encoded
	text := strings.TrimSuffix(b.String(), "\n") + ":"
	if strconv.CanBackquote(text) {
		return jen.Op("`" + text + "`")
	}
	return jen.Lit(text)
}

// property makes one of
//
//	c.string(`"id":`, &v.ID)
//	c.string(`"color":`, (*string)(&v.Color))
//	c.optString(`"name":`, &v.Name)
//	c.optBool(`"mane":`, &v.Mane)
//	c.optDecimal(`"weight":`, &v.Weight)
//	c.optTime(`"dateTimeOffsetValue":`, &v.DateTimeOffsetValue)
//	c.optDate(`"born":`, &v.Born)
//	c.optTimeOfDay(`"timeOfDayValue":`, &v.TimeOfDayValue)
//	c.optDuration(`"durationValue":`, &v.DurationValue)
//	c.optBytes(`"cover":`, &v.Cover)
//	codeOptInt(c, `"size":`, &v.Size)
//	codeOptFloat(c, `"speed":`, &v.Speed)
//	codeOptEnum(c, `"genre":`, &v.Genre)
//	c.raw(`"anything":`, &v.Anything)
//	c.optModel(`"favouriteCat":`, &v.FavouriteCat)
//	c.optAny(`"mascot":`, &v.Mascot, (*Animal)(nil))
//	c.ref(`"author":`, &v.Author.ref, (*Author)(nil))
//	c.anyRef(`"item":`, &v.Item.ref, (*…)(nil))
//	codeRefs(c, `"members":`, &v.Members, (*…)(nil))
//	codeMap(c, `"labels":`, &v.Labels, (*jsonReader).string, (*jsonWriter).stringValue)
//
// and codeAnyRefs, which is to codeRefs as anyRef is to ref.
func (e *emitter) property(p *ir.Property) *jen.Statement {
	c, key, field := jen.Id("c"), jsonKey(p.Name), jen.Op("&").Id("v").Dot(e.names.Field(p).String())
	switch shapeOf(p) {
	case plainString:
		return c.Dot("string").Call(key, field)
	case plainEnum:
		return c.Dot("string").Call(key, jen.Parens(jen.Op("*").String()).Call(field))
	case raw:
		return c.Dot("raw").Call(key, field)
	case pointer:
		return c.Dot("optModel").Call(key, field)
	case iface:
		return c.Dot("optAny").Call(key, field, e.noModel(p.Type))
	case ref:
		return c.Dot(refCodec("ref", "anyRef", p.Type.Model)).Call(key, field.Dot("ref"), e.noModel(p.Type))
	case refs:
		return jen.Id(refCodec("codeRefs", "codeAnyRefs", p.Type.Elem.Model)).Call(c, key, field, e.noModel(p.Type.Elem))
	case slice:
		return e.collection(p.Type.Elem, c, key, field)
	case mapping:
		return jen.Id("codeMap").Call(c, key, field, e.entryReader(p.Type.Elem), e.entryWriter(p.Type.Elem))
	}
	s, _ := e.scalarOf(p.Type)
	if s.generic {
		return jen.Id("codeOpt"+s.name).Call(c, key, field)
	}
	return c.Dot("opt"+upperFirst(s.name)).Call(key, field)
}

// collection makes one of
//
//	c.models(`"parts":`, &v.Parts)
//	codeAnys(c, `"animals":`, &v.Animals, (*Animal)(nil))
//	c.strings(`"roles":`, &v.Roles)
//	codeSlice(c, `"codes":`, &v.Codes, readInt[int32], writeIntValue[int32])
//	codeSlice(c, `"dateValues":`, &v.DateValues, (*jsonReader).date, (*jsonWriter).dateValue)
func (e *emitter) collection(elem *ir.Type, c, key, field *jen.Statement) *jen.Statement {
	switch {
	case elem.Kind == ir.ModelKind && isInterface(elem.Model):
		return jen.Id("codeAnys").Call(c, key, field, e.noModel(elem))
	case elem.Kind == ir.ModelKind:
		return c.Dot("models").Call(key, field)
	}
	if s, ok := e.scalarOf(elem); ok && s.name == "string" {
		return c.Dot("strings").Call(key, field)
	}
	return jen.Id("codeSlice").Call(c, key, field, e.reader(elem), e.writer(elem))
}

// refCodec is what codes references to a type: those to one of which no value is are read as the type that they say they are.
func refCodec(exact, any string, m *ir.Model) string {
	isAny := m.Interface || m.Abstract && !m.Pointer
	if m.Polymorphic != nil {
		isAny = *m.Polymorphic
	}
	if isAny && len(m.Derived) > 0 {
		return any
	}
	return exact
}

func upperFirst(s string) string { return string(s[0]-'a'+'A') + s[1:] }

// noModel is a nil pointer, by which the runtime knows a type: (*Animal)(nil).
func (e *emitter) noModel(t *ir.Type) *jen.Statement { return noPointer(e.names.Model(t.Model)) }

// noPointer is the same of a type's Go name:
//
//	(*Animal)(nil)
func noPointer(name names.Ident) *jen.Statement { return jen.Parens(pointerTo(name)).Call(jen.Nil()) }

// rest makes
//
//	func (v *Bird) rest() rest {
//		return rest{"#….bird", &v.ODataType, &v.ETag, &v.AdditionalProperties, &v.nulls}
//	}
func (e *emitter) rest(m *ir.Model) jen.Code {
	field := func(name names.Ident, has bool) jen.Code {
		if !has {
			return jen.Nil()
		}
		return jen.Op("&").Id("v").Dot(name.String())
	}
	return e.method(m, names.Rest).Params().Id("rest").Block(jen.Return(jen.Id("rest").Values(
		jen.Lit(odataType(m)), field(names.ODataType, m.Inline == nil), field(names.ETag, isEntity(m)),
		field(names.AdditionalProperties, true), field(names.Nulls, true))))
}

// resolve makes
//
//	func (*Animal) resolve(odataType string) model {
//		switch odataType {
//		case "….bird":
//			return new(Bird)
//		…
//		}
//		return nil
//	}
func (e *emitter) resolve(m *ir.Model) jen.Code {
	var cases []jen.Code
	for _, d := range descendants(m) {
		var texts []jen.Code
		for _, name := range typeNames(d) {
			texts = append(texts, jen.Lit(name))
		}
		cases = append(cases, jen.Case(texts...).Block(jen.Return(jen.New(id(e.names.Model(d))))))
	}
	return declareMethod(pointerTo(e.names.Model(m)), names.Resolve).
		Params(jen.Id("odataType").String()).Id("model").
		Block(jen.Switch(jen.Id("odataType")).Block(cases...), jen.Return(jen.Nil()))
}

// concrete are the descendants of a type that values can be of.
func concrete(m *ir.Model) []*ir.Model {
	return slices.DeleteFunc(descendants(m), func(d *ir.Model) bool { return d.Abstract })
}

// shownKinds is how many types a message about a value of an abstract type names.
const shownKinds = 8

// abstract makes
//
//	func (*Record) abstract() []string {
//		return []string{"*CodedRecord", "*LooseRecord", "*SplitRecord"}
//	}
func (e *emitter) abstract(m *ir.Model, kinds []*ir.Model) jen.Code {
	var shown []jen.Code
	for _, d := range kinds[:min(shownKinds, len(kinds))] {
		shown = append(shown, jen.Lit("*"+e.names.Model(d).String()))
	}
	if len(kinds) > shownKinds {
		shown = append(shown, jen.Lit("…"))
	}
	return declareMethod(pointerTo(e.names.Model(m)), names.Abstract).Params().Index().String().
		Block(jen.Return(jen.Index().String().Values(shown...)))
}

// readAny makes
//
//	func readAnyAnimal(r *jsonReader) AnyAnimal {
//		return readAny[AnyAnimal](r, (*Animal)(nil))
//	}
func (e *emitter) readAny(m *ir.Model) jen.Code {
	name := e.names.Any(m)
	return declareFunc(e.names.Reader(m)).Params(jen.Id("r").Op("*").Id("jsonReader")).Add(id(name)).Block(
		jen.Return(jen.Id("readAny").Index(id(name)).Call(jen.Id("r"), e.noModel(&ir.Type{Kind: ir.ModelKind, Model: m}))))
}
