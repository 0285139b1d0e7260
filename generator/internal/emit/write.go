package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// body is the parameter of a write and the encoder that sends it; nothing if there is no body.
//
//	body *Site
//	modelBody(body)
//	body AnyAnimal
//	anyBody(body, "#….animal")
//	parameters *ThingRenameParameters
//	optionalBody(parameters)
//	updateBody(modelBody(body), "createdDateTime", "id")
//	mapBody(body, (*jsonWriter).stringValue)
//
// and writtenBody of a list of objects or maps, valueBody of any other value.
func (c call) body() (params []jen.Code, encoder *jen.Statement) {
	if c.op.Request == nil {
		return nil, jen.Nil()
	}
	t, name := c.op.Request.Type, jen.Id("body")
	if t.Kind == ir.ModelKind && t.Model.Inline != nil && t.Model.Inline.Role == ir.RequestBody {
		name = jen.Id("parameters")
	}
	params = []jen.Code{name.Clone().Add(c.value(t))}
	switch {
	case t.Kind == ir.ModelKind && isInterface(t.Model):
		encoder = jen.Id("anyBody").Call(name, jen.Lit(odataType(t.Model)))
	case c.mayBeNil():
		encoder = jen.Id("optionalBody").Call(name)
	case t.Kind == ir.ModelKind:
		encoder = jen.Id("modelBody").Call(name)
	case t.Kind == ir.Map:
		encoder = jen.Id("mapBody").Call(name, c.entryWriter(t.Elem))
	case t.Kind == ir.Collection && (t.Elem.Kind == ir.Map || t.Elem.Kind == ir.ModelKind):
		encoder = jen.Id("writtenBody").Call(name, c.entryWriter(t))
	default:
		encoder = jen.Id("valueBody").Call(name)
	}
	if c.op.Kind == ir.Update && t.Kind == ir.ModelKind {
		encoder = jen.Id("updateBody").Call(append([]jen.Code{encoder}, fixedNames(t.Model)...)...)
	}
	return params, encoder
}

// fixedNames are the properties of a type, its bases and its descendants that an update cannot change: the key, and what only the
// service sets. Many stand each on a line of its own.
//
//	"createdDateTime", "id"
func fixedNames(m *ir.Model) []jen.Code {
	var fixed []string
	add := func(m *ir.Model) {
		for _, p := range m.Properties {
			if p.Key || p.ReadOnly {
				fixed = append(fixed, p.Name)
			}
		}
	}
	for base := range m.Base.WithBases() {
		add(base)
	}
	for heir := range m.WithDescendants() {
		add(heir)
	}
	slices.Sort(fixed)
	const few = 4
	fixed = slices.Compact(fixed)
	var names []jen.Code
	for _, name := range fixed {
		lit := jen.Lit(name)
		if len(fixed) > few {
			lit = jen.Line().Lit(name)
		}
		names = append(names, lit)
	}
	if len(fixed) > few {
		names = append(names, jen.Line())
	}
	return names
}

// mayBeNil reports whether the call may be made without a body: all parameters of an action may be absent.
func (c call) mayBeNil() bool {
	body := c.op.Request
	if body == nil || body.Type.Kind != ir.ModelKind || c.op.Kind != ir.ActionOp || body.Type.Model.Inline == nil {
		return false
	}
	return !slices.ContainsFunc(body.Type.Model.Properties, func(p *ir.Property) bool {
		return p.Required || !p.Type.Nullable && p.Type.Kind != ir.Collection
	})
}

// write makes
//
//	func (r *ThingRequests) Rename(ctx context.Context, parameters *ThingRenameParameters, opts ...CallOption) error {
//		return exec(ctx, (*resource)(r).add("/….rename"), "POST", modelBody(parameters), opts)
//	}
func (c call) write(fn string, result []jen.Code, decode *jen.Statement) jen.Code {
	params, encoder := c.body()
	target := c.target()
	if c.sendsRaw() {
		var content jen.Code
		content, target = c.raw()
		params, encoder = []jen.Code{content}, jen.Nil()
	}
	params = c.withArguments(params...)
	args := []jen.Code{jen.Id("ctx"), target, jen.Lit(c.op.Method), encoder}
	if decode != nil {
		args = append(args, decode)
	}
	args = append(args, jen.Id("opts"))
	s := c.doc().Add(c.signature(c.name, params...))
	if result == nil {
		s.Error()
	} else {
		s.Params(append(result, jen.Error())...)
	}
	return s.Block(jen.Return(jen.Id(fn).Call(args...)))
}

// withArguments puts the options in front of the parameters of a write, if it is to a function that takes arguments.
func (c call) withArguments(params ...jen.Code) []jen.Code {
	if len(c.arguments()) == 0 {
		return params
	}
	return append([]jen.Code{c.optionsParam()}, params...)
}

// writeWithAnswer makes the method of a write that answers something: a page, a result or a primitive.
//
//	func (r *AnimalsRequests) Create(ctx context.Context, body *Animal, opts ...CallOption) (*Result[*Animal], error) {
//		return send(ctx, (*resource)(r), "POST", modelBody(body), readAnimal, opts)
//	}
//
//	return send(ctx, (*resource)(r).add("/….archive"), "POST", nil, readNone, opts)
//	return sendPage(ctx, (*resource)(r).add("/….sort"), "POST", optionalBody(parameters), readBook, opts)
//	return sendForValue(ctx, (*resource)(r).add("/….isRare"), "POST", nil, readInt[int32], opts)
//	return sendForText(ctx, (*resource)(r).add("/press.render").sendingText("text/plain", text), "POST", nil, opts)
//	return sendForStream(ctx, (*resource)(r).add("/press.convert").sending("application/xml", content), "POST", nil, opts)
func (c call) writeWithAnswer() jen.Code {
	t := c.entity()
	result := func(elem *jen.Statement) []jen.Code { return []jen.Code{jen.Op("*").Id("Result").Index(elem)} }
	switch {
	case t == nil:
		return c.write("send", result(jen.Id("None")), jen.Id("readNone"))
	case t.Kind == ir.Collection:
		return c.write("sendPage", []jen.Code{jen.Op("*").Id("Page").Index(c.value(t.Elem))}, c.reader(t.Elem))
	case t.Kind == ir.ModelKind, t.Kind == ir.Map && (c.op.Response == nil || !c.op.Response.Wrapped):
		return c.write("send", result(c.value(t)), c.reader(t))
	case t.Kind == ir.Stream:
		return c.write("sendForStream", []jen.Code{jen.Qual("io", "ReadCloser")}, nil)
	case c.isText():
		return c.write("sendForText", []jen.Code{jen.String()}, nil)
	}
	return c.write("sendForValue", []jen.Code{c.value(t)}, c.reader(t))
}

// answersValue reports whether a write answers with a primitive.
func (c call) answersValue() bool {
	if c.op.Kind != ir.ActionOp || c.op.Response == nil || c.op.LongRunning || c.isText() {
		return false
	}
	switch c.op.Response.Type.Kind {
	case ir.Collection, ir.ModelKind, ir.Stream:
		return false
	}
	return true
}
