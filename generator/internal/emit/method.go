package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// methods makes the methods of an operation on its builder. That which counts is
//
//	func (r *BooksRequests) Count(ctx context.Context, options *CountOptions, opts ...CallOption) (int64, error) {
//		return count(ctx, (*resource)(r).add("/$count"), options, opts)
//	}
//
// The others are made by references, write, reads and writeWithAnswer.
func (c call) methods() []jen.Code {
	switch {
	case c.op.Kind == ir.CountOp:
		return []jen.Code{c.read("count", jen.Int64(), nil)}
	case c.onReferences():
		return c.references()
	case c.sendsRaw() && c.op.Response == nil && !c.op.LongRunning:
		return []jen.Code{c.write("exec", nil, nil)}
	case c.readsWithOptions():
		return c.reads()
	case c.op.Response == nil && !c.returnsResult():
		return []jen.Code{c.write("exec", nil, nil)}
	}
	return []jen.Code{c.writeWithAnswer()}
}

// onReferences reports whether the operation is on a $ref path.
func (c call) onReferences() bool {
	return c.op.Segments[len(c.op.Segments)-1].Kind == ir.RefSegment
}

// returnsResult reports whether the operation may answer with a Location instead of the entity.
func (c call) returnsResult() bool {
	switch c.op.Kind {
	case ir.Create, ir.Update, ir.Replace:
		return true
	}
	return c.op.LongRunning
}

// sendsInline reports whether the body is an object that has no name, which nobody says that the service answers with.
func (c call) sendsInline() bool {
	m := c.op.Request.Type.Model
	return m != nil && m.Inline != nil
}

// entity is the type that a write is about: what it answers, or else what it sends, unless that is an object that only this
// operation has; nil if neither is known.
func (c call) entity() *ir.Type {
	if c.op.Response != nil {
		return c.op.Response.Type
	}
	if c.op.Request != nil && c.op.Kind != ir.ActionOp && !c.sendsRaw() && !c.sendsInline() {
		return c.op.Request.Type
	}
	return nil
}

// reads makes the method of an operation that reads, by what it answers: see readNothing, readPage, readValue and read, which is for
// one object and for raw content:
//
//	func (r *BookRequests) Get(ctx context.Context, options *GetOptions, opts ...CallOption) (*Book, error) {
//		return getOne(ctx, (*resource)(r), options, readBook, opts)
//	}
//
//	func (r *PeopleReportRequests) Get(ctx context.Context, options *GetOptions, opts ...CallOption) (io.ReadCloser, error) {
//		return getStream(ctx, (*resource)(r), options, opts)
//	}
//
//	func (r *PageContentRequests) Get(ctx context.Context, options *GetOptions, opts ...CallOption) (string, error) {
//		return getText(ctx, (*resource)(r), options, opts)
//	}
func (c call) reads() []jen.Code {
	if c.op.Response == nil {
		return []jen.Code{c.readNothing()}
	}
	t := c.op.Response.Type
	switch {
	case t.Kind == ir.Collection && c.op.Kind == ir.List:
		return append([]jen.Code{c.readPage("list")}, c.iterators()...)
	case t.Kind == ir.Collection:
		return []jen.Code{c.readPage("list"), c.from()}
	case t.Kind == ir.Stream:
		return []jen.Code{c.read("getStream", jen.Qual("io", "ReadCloser"), nil)}
	case c.isText():
		return []jen.Code{c.read("getText", jen.String(), nil)}
	case t.Kind == ir.Map && c.op.Response.Wrapped:
		return []jen.Code{c.read("getValue", c.value(t), c.reader(t))}
	case t.Kind == ir.ModelKind || t.Kind == ir.Untyped || t.Kind == ir.Map:
		return []jen.Code{c.read("getOne", c.value(t), c.reader(t))}
	}
	return []jen.Code{c.readValue(t)}
}

// isText reports whether the answer is text instead of JSON.
func (c call) isText() bool {
	body := c.op.Response
	return body != nil && body.Type.Kind == ir.String && !isJSONType(body.ContentType)
}

// readValue reads a primitive, which is an Opt where it may be null:
//
//	func (r *BookRequests) HasReader(ctx context.Context, options *BookHasReaderOptions, opts ...CallOption) (Opt[bool], error) {
//		return getOpt(ctx, … options, (*jsonReader).bool, opts)
//	}
//
//	func (r *PaintingYearRequests) Get(ctx context.Context, options *GetOptions, opts ...CallOption) (int32, error) {
//		return getValue(ctx, (*resource)(r), options, readInt[int32], opts)
//	}
func (c call) readValue(t *ir.Type) jen.Code {
	s, _ := c.scalarOf(t)
	if !t.Nullable {
		return c.read("getValue", c.value(t), c.reader(t))
	}
	return c.read("getOpt", jen.Id("Opt").Index(s.goType()), c.reader(t))
}

// signature is the head of a method, up to its parameters:
//
//	func (r *ChatsRequests) List(ctx context.Context, options *ListOptions, opts ...CallOption)
//	func (c *Client) Nearest(ctx context.Context, options *NearestOptions, opts ...CallOption)
func (c call) signature(name names.Ident, params ...jen.Code) *jen.Statement {
	params = append([]jen.Code{jen.Id("ctx").Qual("context", "Context")}, params...)
	params = append(params, jen.Id("opts").Op("...").Id("CallOption"))
	if c.receiver == nil {
		return declareMethod(jen.Id("c").Op("*").Id("Client"), name).Params(params...)
	}
	return declareMethod(jen.Id("r").Add(pointerTo(c.names.Requests(c.receiver))), name).Params(params...)
}

// optionsParam is the parameter of whatever reads:
//
//	options *ListOptions
func (c call) optionsParam() jen.Code {
	return jen.Id("options").Add(pointerTo(c.optionsName))
}

// read makes
//
//	func (r *ChatRequests) Get(ctx context.Context, options *GetOptions, opts ...CallOption) (*Chat, error) {
//		return getOne(ctx, (*resource)(r), options, readChat, opts)
//	}
func (c call) read(fn string, result, decode *jen.Statement) jen.Code {
	args := []jen.Code{jen.Id("ctx"), c.target(), jen.Id("options")}
	if decode != nil {
		args = append(args, decode)
	}
	args = append(args, jen.Id("opts"))
	return c.doc().Add(c.signature(c.name, c.optionsParam())).
		Params(result, jen.Error()).Block(jen.Return(jen.Id(fn).Call(args...)))
}

// readNothing makes the method of a read that describes no answer; it returns the status alone:
//
//	func (r *BooksRequests) Get(ctx context.Context, options *GetOptions, opts ...CallOption) error {
//		return exec(ctx, (*resource)(r).with(queryOf(options)), "GET", nil, opts)
//	}
func (c call) readNothing() jen.Code {
	return c.doc().Add(c.signature(c.name, c.optionsParam())).Error().Block(
		jen.Return(jen.Id("exec").Call(jen.Id("ctx"), c.target().Dot("with").Call(jen.Id("queryOf").Call(jen.Id("options"))),
			jen.Lit(c.op.Method), jen.Nil(), jen.Id("opts"))))
}

// readPage makes
//
//	func (r *ChatsRequests) List(ctx context.Context, options *ListOptions, opts ...CallOption) (*Page[*Chat], error) {
//		return list(ctx, (*resource)(r), options, readChat, opts)
//	}
func (c call) readPage(fn string) jen.Code {
	item, reader := c.item()
	return c.read(fn, jen.Op("*").Id("Page").Index(item), reader)
}

// item is what a page that is read consists of, and what reads one of them. Those of a delta query say whether they
// have been removed:
//
//	*Page[*Chat], error) { return list(ctx, (*resource)(r), options, readChat, opts) }
//	*Page[Change[*Person]], error) { return listFrom(ctx, (*resource)(r), link, changed(readPerson), opts) }
func (c call) item() (goType, reader *jen.Statement) {
	elem := c.op.Response.Type.Elem
	if c.op.Delta && elem.Kind == ir.ModelKind {
		return jen.Id("Change").Index(c.value(elem)), jen.Id("changed").Call(c.reader(elem))
	}
	return c.value(elem), c.reader(elem)
}

// iterators makes All, which follows the pages, and AllFrom, which goes on from a link.
//
//	func (r *ChatsRequests) All(ctx context.Context, options *ListOptions, opts ...CallOption) iter.Seq2[*Chat, error] {
//		return all(ctx, (*resource)(r), options, readChat, opts)
//	}
//
//	func (r *ChatsRequests) AllFrom(ctx context.Context, link string, opts ...CallOption) iter.Seq2[*Chat, error] {
//		return allFrom(ctx, (*resource)(r), link, readChat, opts)
//	}
func (c call) iterators() []jen.Code {
	item, reader := c.item()
	seq := jen.Qual("iter", "Seq2").Index(jen.List(item, jen.Error()))
	return []jen.Code{
		comment("All goes over all items of List, page after page. It fetches a page when it gets to it; an error ends it.",
			verbatim+c.op.Method+" "+c.op.Path, deprecated(c.op.Doc)).Line().
			Add(c.signature(c.names.All(c.op), c.optionsParam())).Add(seq).Block(
			jen.Return(jen.Id("all").Call(jen.Id("ctx"), c.target(), jen.Id("options"), reader, jen.Id("opts")))),
		comment("AllFrom goes on where a NextLink or DeltaLink of an earlier page points to.",
			verbatim+c.op.Method+" "+c.op.Path, deprecated(c.op.Doc)).Line().
			Add(c.signature(c.names.AllFrom(c.op), jen.Id("link").String())).Add(seq.Clone()).Block(
			jen.Return(jen.Id("allFrom").Call(jen.Id("ctx"), c.address(), jen.Id("link"), reader.Clone(), jen.Id("opts")))),
	}
}

// from makes the method that goes on from a link of a function's page:
//
//	func (r *PeopleRequests) DeltaFrom(ctx context.Context, link string, opts ...CallOption) (*Page[Change[*Person]], error) {
//		return listFrom(ctx, (*resource)(r), link, changed(readPerson), opts)
//	}
func (c call) from() jen.Code {
	item, reader := c.item()
	name := c.names.From(c.op)
	return comment(name.String()+" reads the page that a NextLink or DeltaLink of "+c.name.String()+" points to.",
		verbatim+c.op.Method+" "+c.op.Path, deprecated(c.op.Doc)).Line().
		Add(c.signature(name, jen.Id("link").String())).Params(jen.Op("*").Id("Page").Index(item), jen.Error()).Block(
		jen.Return(jen.Id("listFrom").Call(jen.Id("ctx"), at(c.receiver), jen.Id("link"), reader, jen.Id("opts"))))
}

// references makes the methods of a $ref path: what they send is a reference, what they read are references.
//
//	func (r *GroupMembersRefRequests) Create(ctx context.Context, target Target, opts ...CallOption) error {
//		return exec(ctx, (*resource)(r), "POST", referenceBody(target), opts)
//	}
//
//	return exec(ctx, (*resource)(r).withTarget(target), "DELETE", nil, opts)
//	return list(ctx, (*resource)(r), options, readReference, opts)
func (c call) references() []jen.Code {
	reader := jen.Id("readReference")
	switch {
	case c.op.Kind == ir.Delete && c.takesTarget():
		return []jen.Code{c.doc().Add(c.signature(c.name, jen.Id("target").Id("Target"))).Error().Block(
			jen.Return(jen.Id("exec").Call(jen.Id("ctx"), c.target().Dot("withTarget").Call(jen.Id("target")),
				jen.Lit(c.op.Method), jen.Nil(), jen.Id("opts"))))}
	case c.op.Kind == ir.Delete:
		return []jen.Code{c.write("exec", nil, nil)}
	case c.op.Kind == ir.List:
		elem := jen.Id("Reference")
		page := jen.Op("*").Id("Page").Index(elem)
		return []jen.Code{c.read("list", page, reader)}
	case c.op.Kind == ir.Get:
		return []jen.Code{c.read("getOne", jen.Id("Reference"), reader)}
	}
	return []jen.Code{c.doc().
		Add(c.signature(c.name, jen.Id("target").Id("Target"))).Error().Block(
		jen.Return(jen.Id("exec").Call(jen.Id("ctx"), c.target(), jen.Lit(c.op.Method),
			jen.Id("referenceBody").Call(jen.Id("target")), jen.Id("opts"))))}
}

// takesTarget reports whether the query says which reference of a collection is meant.
func (c call) takesTarget() bool {
	for _, p := range c.op.Query {
		if p.Name == "@id" {
			return true
		}
	}
	return false
}
