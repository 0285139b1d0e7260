package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// exchange is what a call sends and is answered with, as handlers see it. Nil is nothing.
type exchange struct {
	// body and result are types, read and encode the functions of the runtime for them.
	body, read, result, encode *jen.Statement
}

// on makes
//
//	// OnCreate answers POST /sites.
//	func (r *SitesRequests) OnCreate(handlers ...BodyHandler[*graph.Site, *graph.Site]) *Expected {
//		return on((*node)(r), "POST", takes(handlers, object), entity)
//	}
//
// and for what is answered with nothing, or sends nothing:
//
//	return on((*node)(r), "DELETE", ends(handlers), empty)
//	return on((*node)(r).add("/….burn"), "POST", ends(handlers), empty)
//	return on((*node)(r), "PUT", takesOnly(handlers, reference), empty)
//	return on((*node)(r).add(":"), "PATCH", takes(handlers, object), entity)
//	return on((*node)(r), "GET", answers(handlers), page[graph.AnyAnimal])
func (f *faker) on(r *ir.Resource, group []*ir.Operation) jen.Code {
	op := group[0]
	receiver, at := f.receiver(r)
	last := op.Segments[len(op.Segments)-1]
	text := placeText(last)
	if isApart(r, op) {
		text = last.Text()
	}
	switch {
	case r == nil:
		at = at.Dot("at").Call(jen.Lit(text))
	case last.Closed && last.Kind == ir.Address:
		at = at.Dot("add").Call(jen.Lit(":"))
	case names.IsCall(last) && r.Segment.Kind == ir.Address:
		at = at.Dot("add").Call(jen.Lit(":" + text))
	case names.IsCall(last):
		at = at.Dot("add").Call(jen.Lit(text))
	}
	name, x := f.fake.On(op), f.exchange(r, group)
	return comment(name.String() + " answers " + op.Method + " " + op.Path + ".").Line().
		Add(declareMethod(receiver, name)).Params(jen.Id("handlers").Op("...").Add(x.handler())).Op("*").Id("Expected").
		Block(jen.Return(jen.Id("on").Call(at, jen.Lit(op.Method), x.replies(), x.encoder())))
}

// handler is the type of a handler:
//
//	BodyHandler[*graph.Site, *graph.Site]
//	Handler[*graph.Page[graph.AnyAnimal]]
//	BodyErrorHandler[graph.Reference]
//	ErrorHandler
func (x exchange) handler() *jen.Statement {
	switch {
	case x.body != nil && x.result != nil:
		return jen.Id("BodyHandler").Index(jen.List(x.body, x.result))
	case x.body != nil:
		return jen.Id("BodyErrorHandler").Index(x.body)
	case x.result != nil:
		return jen.Id("Handler").Index(x.result)
	}
	return jen.Id("ErrorHandler")
}

// replies makes what the runtime makes of the handlers:
//
//	takes(handlers, object)
//	ends(handlers)
func (x exchange) replies() *jen.Statement {
	handlers := jen.Id("handlers")
	switch {
	case x.body != nil && x.result != nil:
		return jen.Id("takes").Call(handlers, x.read)
	case x.body != nil:
		return jen.Id("takesOnly").Call(handlers, x.read)
	case x.result != nil:
		return jen.Id("answers").Call(handlers)
	}
	return jen.Id("ends").Call(handlers)
}

// encoder is the function of the runtime that makes the answer:
//
//	on((*node)(r), "GET", answers(handlers), page[graph.AnyAnimal])
//	on((*node)(r), "DELETE", ends(handlers), empty)
func (x exchange) encoder() *jen.Statement {
	if x.result == nil {
		return jen.Id("empty")
	}
	return x.encode
}

// exchange says what an operation sends and is answered with.
func (f *faker) exchange(r *ir.Resource, group []*ir.Operation) exchange {
	c := call{emitter: f.emitter, op: group[0], overloads: group, receiver: r, optionsName: f.names.Options(group[0]), name: f.names.Method(group[0])}
	if c.onReferences() {
		return f.references(c)
	}
	var x exchange
	x.body, x.read = f.sent(c)
	x.result, x.encode = f.answered(c)
	return x
}

// references is what travels on a $ref path:
//
//	on((*node)(r), "PUT", takesOnly(handlers, reference), empty)
//	on((*node)(r), "GET", answers(handlers), targets)
//	Handler[*graph.Page[graph.Reference]]
func (f *faker) references(c call) exchange {
	one := f.qualified(jen.Id("Reference"))
	switch c.op.Kind {
	case ir.Delete:
		return exchange{}
	case ir.List:
		return exchange{result: f.qualified(jen.Op("*").Id("Page").Index(jen.Id("Reference"))), encode: jen.Id("targets")}
	case ir.Get:
		return exchange{result: one, encode: jen.Id("target")}
	}
	return exchange{body: one, read: jen.Id("reference")}
}

// sent is the type of a body and what reads it, nil if there is none, with value for what is no single object:
//
//	takes(handlers, object)
//	takesOnly(handlers, content)
//	takes(handlers, text)
func (f *faker) sent(c call) (body, read *jen.Statement) {
	if c.op.Request == nil {
		return nil, nil
	}
	t := c.op.Request.Type
	switch {
	case c.sendsText():
		return jen.String(), jen.Id("text")
	case c.sendsRaw():
		return jen.Index().Byte(), jen.Id("content")
	case t.Kind == ir.ModelKind:
		return f.one(t.Model), jen.Id("object")
	}
	return f.read(t), jen.Id("value")
}

// one is the type of a single object:
//
//	*graph.Site
//	graph.AnyAnimal
func (f *faker) one(m *ir.Model) *jen.Statement {
	if isInterface(m) {
		return f.qualified(id(f.names.Any(m)))
	}
	return jen.Op("*").Add(f.qualified(id(f.names.Model(m))))
}

// read is the type that encoding/json reads a value into that is no single object: what it cannot read stays JSON.
//
//	map[string]json.RawMessage
//	[]string
func (f *faker) read(t *ir.Type) *jen.Statement {
	switch {
	case t.Kind == ir.Map:
		return jen.Map(jen.String()).Add(rawMessage())
	case t.Kind == ir.Collection && isPlain(t.Elem):
		return f.qualified(f.value(t))
	case t.Kind == ir.Collection:
		return jen.Index().Add(rawMessage())
	case isPlain(t):
		return f.qualified(f.value(t))
	}
	return rawMessage()
}

// isPlain reports whether encoding/json reads a value as this package does.
func isPlain(t *ir.Type) bool {
	switch t.Kind {
	case ir.Map, ir.Collection, ir.Date, ir.TimeOfDay, ir.Decimal, ir.Float32, ir.Float64, ir.Stream:
		return false
	case ir.ModelKind:
		return !isInterface(t.Model)
	}
	return true
}

// answered is the type of an answer and what encodes it, nil if there is none:
//
//	on((*node)(r), "GET", answers(handlers), page[graph.AnyAnimal])
//	on((*node)(r), "GET", answers(handlers), entity)
//	on((*node)(r).add("/….isRare"), "POST", answers(handlers), scalar)
//	on((*node)(r).add("/….hasReader(…)"), "GET", answers(handlers), opt[bool])
//	on((*node)(r).add("/$count"), "GET", answers(handlers), counted)
func (f *faker) answered(c call) (result, encode *jen.Statement) {
	if c.op.Kind == ir.CountOp {
		return jen.Int64(), jen.Id("counted")
	}
	t := c.answerType()
	switch {
	case t == nil:
		return nil, nil
	case t.Kind == ir.Collection:
		return f.pageOf(c, t)
	case t.Kind == ir.Stream:
		return jen.Qual("io", "Reader"), jen.Id("stream")
	case c.isText():
		return jen.String(), jen.Id("plain")
	case t.Kind == ir.ModelKind || t.Kind == ir.Untyped:
		return f.qualified(f.value(t)), jen.Id("entity")
	case t.Kind == ir.Map:
		goType := jen.Map(jen.String()).Add(rawMessage())
		if c.op.Response != nil && c.op.Response.Wrapped {
			return goType, jen.Id("scalar")
		}
		return goType, jen.Id("entity")
	case c.readsWithOptions() && t.Nullable:
		s, _ := c.scalarOf(t)
		goType := f.qualified(s.goType())
		return f.qualified(jen.Id("Opt")).Index(goType), jen.Id("opt").Index(goType.Clone())
	}
	return f.qualified(f.value(t)), jen.Id("scalar")
}

// answerType is the type of what a call answers, nil for nothing.
func (c call) answerType() *ir.Type {
	switch {
	case c.sendsRaw() && c.op.Response == nil && !c.op.LongRunning:
		return nil
	case c.op.Response != nil:
		return c.op.Response.Type
	case c.readsWithOptions() || !c.returnsResult():
		return nil
	}
	return c.entity()
}

// pageOf is the type of a page and what encodes it; one of a delta query says of its items whether they have been removed:
//
//	*graph.Page[graph.AnyAnimal]
//	on((*node)(r), "GET", answers(handlers), page[graph.AnyAnimal])
//	on((*node)(r).add("/….delta(…)"), "GET", answers(handlers), changed[*graph.Animal])
func (f *faker) pageOf(c call, t *ir.Type) (result, encode *jen.Statement) {
	item := f.qualified(f.value(t.Elem))
	if c.op.Delta && t.Elem.Kind == ir.ModelKind && c.readsWithOptions() {
		change := f.qualified(jen.Id("Change")).Index(item)
		return jen.Op("*").Add(f.qualified(jen.Id("Page"))).Index(change), jen.Id("changed").Index(item)
	}
	return jen.Op("*").Add(f.qualified(jen.Id("Page"))).Index(item), jen.Id("page").Index(item)
}
