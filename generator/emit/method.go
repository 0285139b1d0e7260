package emit

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/ir"
)

// methods makes the methods of an operation on its builder.
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

// entity is the type that a write is about: what it answers, or else what it sends; nil if neither is known.
func (c call) entity() *ir.Type {
	if c.op.Response != nil {
		return c.op.Response.Type
	}
	if c.op.Request != nil && c.op.Kind != ir.ActionOp && !c.sendsRaw() {
		return c.op.Request.Type
	}
	return nil
}

// reads makes the method of an operation that reads, by what it answers.
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
	return []jen.Code{c.readValue("getValue", t)}
}

// isText reports whether the answer is text instead of JSON.
func (c call) isText() bool {
	body := c.op.Response
	return body != nil && body.Type.Kind == ir.String && !isJSONType(body.ContentType)
}

// readValue reads a primitive, which is an Opt where it may be null.
func (c call) readValue(fn string, t *ir.Type) jen.Code {
	s, _ := c.scalarOf(t)
	if !t.Nullable {
		return c.read(fn, c.value(t), c.reader(t))
	}
	decode := jen.Id("orNull").Call(c.reader(t))
	return c.read(fn, jen.Id("Opt").Index(s.goType()), decode)
}

func (c call) signature(name string, params ...jen.Code) *jen.Statement {
	params = append([]jen.Code{jen.Id("ctx").Qual("context", "Context")}, params...)
	params = append(params, jen.Id("opts").Op("...").Id("CallOption"))
	if c.receiver == nil {
		return jen.Func().Params(jen.Id("c").Op("*").Id("Client")).Id(name).Params(params...)
	}
	return jen.Func().Params(jen.Id("r").Op("*").Id(c.names.Requests(c.receiver))).Id(name).Params(params...)
}

func (c call) optionsParam() jen.Code {
	return jen.Id("options").Op("*").Id(c.optionsName)
}

// read makes
//
//	func (r *ChatRequests) Get(ctx context.Context, options *ChatGetOptions, opts ...CallOption) (*Chat, error) {
//		return getOne(ctx, (*resource)(r), options, readChat, opts)
//	}
func (c call) read(fn string, result, decode *jen.Statement) jen.Code {
	args := []jen.Code{jen.Id("ctx"), c.target(), jen.Id("options")}
	if decode != nil {
		args = append(args, decode)
	}
	args = append(args, jen.Id("opts"))
	return c.doc(c.name).Add(c.signature(c.name, c.optionsParam())).
		Params(result, jen.Error()).Block(jen.Return(jen.Id(fn).Call(args...)))
}

// readNothing makes the method of a read that describes no answer; it returns the status alone.
func (c call) readNothing() jen.Code {
	return c.doc(c.name).Add(c.signature(c.name, c.optionsParam())).Error().Block(
		jen.Return(jen.Id("exec").Call(jen.Id("ctx"), c.target().Dot("with").Call(jen.Id("queryOf").Call(jen.Id("options"))),
			jen.Lit(c.op.Method), jen.Nil(), jen.Id("opts"))))
}

// readPage makes
//
//	func (r *ChatsRequests) List(ctx context.Context, options *ChatsListOptions, opts ...CallOption) (*Page[*Chat], error) {
//		return list(ctx, (*resource)(r), options, readChat, opts)
//	}
func (c call) readPage(fn string) jen.Code {
	item, reader := c.item()
	return c.read(fn, jen.Op("*").Id("Page").Index(item), reader)
}

// item is what a page that is read consists of, and what reads one of them. Those of a delta query say whether they
// have been removed:
//
//	*Chat           readChat
//	Change[*Chat]   changed(readChat)
func (c call) item() (goType, reader *jen.Statement) {
	elem := c.op.Response.Type.Elem
	if c.op.Delta && elem.Kind == ir.ModelKind {
		return jen.Id("Change").Index(c.value(elem)), jen.Id("changed").Call(c.reader(elem))
	}
	return c.value(elem), c.reader(elem)
}

// iterators makes All, which follows the pages, and AllFrom, which goes on from a link.
//
//	func (r *ChatsRequests) All(ctx context.Context, options *ChatsListOptions, opts ...CallOption) iter.Seq2[*Chat, error] {
//		return all(ctx, (*resource)(r), options, readChat, opts)
//	}
func (c call) iterators() []jen.Code {
	item, reader := c.item()
	seq := jen.Qual("iter", "Seq2").Index(jen.List(item, jen.Error()))
	return []jen.Code{
		comment("All goes over all items of List, page after page. It fetches a page when it gets to it; an error ends it.",
			verbatim+c.op.Method+" "+c.op.Path, deprecated(c.op.Doc)).Line().
			Add(c.signature("All", c.optionsParam())).Add(seq).Block(
			jen.Return(jen.Id("all").Call(jen.Id("ctx"), c.target(), jen.Id("options"), reader, jen.Id("opts")))),
		comment("AllFrom goes on where a NextLink or DeltaLink of an earlier page points to.",
			verbatim+c.op.Method+" "+c.op.Path, deprecated(c.op.Doc)).Line().
			Add(c.signature("AllFrom", jen.Id("link").String())).Add(seq.Clone()).Block(
			jen.Return(jen.Id("allFrom").Call(jen.Id("ctx"), c.address(), jen.Id("link"), reader.Clone(), jen.Id("opts")))),
	}
}

// from makes the method that goes on from a link of a function's page:
//
//	func (r *ChatMessagesRequests) DeltaFrom(ctx context.Context, link string, opts ...CallOption) (*Page[Change[*ChatMessage]], error) {
//		return listFrom(ctx, (*resource)(r), link, changed(readChatMessage), opts)
//	}
func (c call) from() jen.Code {
	item, reader := c.item()
	method, name := c.name, c.name+"From"
	return comment(name+" reads the page that a NextLink or DeltaLink of "+method+" points to.",
		verbatim+c.op.Method+" "+c.op.Path, deprecated(c.op.Doc)).Line().
		Add(c.signature(name, jen.Id("link").String())).Params(jen.Op("*").Id("Page").Index(item), jen.Error()).Block(
		jen.Return(jen.Id("listFrom").Call(jen.Id("ctx"), at(c.receiver), jen.Id("link"), reader, jen.Id("opts"))))
}

// body is the parameter of a write and the encoder that sends it; nothing if there is no body.
//
//	chat *Chat                     modelBody(chat)
//	member AnyConversationMember   anyBody(member, "#microsoft.graph.conversationMember")
func (c call) body() (params []jen.Code, encoder *jen.Statement) {
	if c.op.Request == nil {
		return nil, jen.Nil()
	}
	t, name := c.op.Request.Type, jen.Id("body")
	if t.Kind == ir.ModelKind && t.Model.Inline != nil && t.Model.Inline.Role == "Parameters" {
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
func fixedNames(m *ir.Model) []jen.Code {
	var fixed []string
	add := func(m *ir.Model) {
		for _, p := range m.Properties {
			if p.Key || p.ReadOnly {
				fixed = append(fixed, p.Name)
			}
		}
	}
	var below func(m *ir.Model)
	below = func(m *ir.Model) {
		add(m)
		for _, d := range m.Derived {
			below(d)
		}
	}
	for b := m.Base; b != nil; b = b.Base {
		add(b)
	}
	below(m)
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
//	func (r *ChatRequests) HideForUser(ctx context.Context, parameters *ChatHideForUserParameters, opts ...CallOption) error {
//		return exec(ctx, (*resource)(r).add("/microsoft.graph.hideForUser"), "POST", modelBody(parameters), opts)
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
	s := c.doc(c.name).Add(c.signature(c.name, params...))
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
//	func (r *ChatsRequests) Create(ctx context.Context, body *Chat, opts ...CallOption) (*Result[*Chat], error) {
//		return send(ctx, (*resource)(r), "POST", modelBody(body), readChat, opts)
//	}
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

// references makes the methods of a $ref path: what they send is a reference, what they read are references.
//
//	func (r *GroupMembersRefRequests) Create(ctx context.Context, target Target, opts ...CallOption) error {
//		return exec(ctx, (*resource)(r), "POST", referenceBody(target), opts)
//	}
func (c call) references() []jen.Code {
	reader := jen.Id("readReference")
	switch {
	case c.op.Kind == ir.Delete && c.takesTarget():
		return []jen.Code{c.doc(c.name).Add(c.signature(c.name, jen.Id("target").Id("Target"))).Error().Block(
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
	return []jen.Code{c.doc(c.name).
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

// doc makes the comment of an operation: what the slice says, the permissions, the reference page and the call.
func (c call) doc(name string) *jen.Statement {
	op := c.op
	first := about(name, op.Doc)
	if first == "" {
		first = name + " sends " + op.Method + " " + op.Path + "."
	}
	paragraphs := []string{first}
	if op.Kind == ir.Update && op.Request != nil && op.Request.Type.Kind == ir.ModelKind {
		paragraphs = append(paragraphs, "The key and what is read-only are not sent. Changed makes a body of what differs.")
	}
	if c.mayBeNil() {
		paragraphs = append(paragraphs, "All parameters are optional: nil sends none.")
	}
	if op.Request != nil && strings.HasPrefix(op.Request.ContentType, "multipart/") {
		paragraphs = append(paragraphs, "The body has several parts: Multipart makes one.")
	}
	if c.answersValue() {
		paragraphs = append(paragraphs, "Where the service answers without a body, the value returned is the zero value.")
	}
	if op.LongRunning {
		paragraphs = append(paragraphs, "The service may go on in the background; Result.Wait waits until it is done.")
	}
	if op.Delta {
		paragraphs = append(paragraphs, "Items that have been removed are marked so. The last page's DeltaLink asks for later changes: give it to "+name+"From.")
	}
	paragraphs = append(paragraphs, c.needsText())
	if op.Pause != "" {
		paragraphs = append(paragraphs, "The reference asks to wait "+pauseText(op.Pause)+" between two calls. A client made with WithPacing does.")
	}
	paragraphs = append(paragraphs, c.offered(), permissions(op), unavailable(op.Doc))
	var last []string
	if op.Doc.URL != "" {
		last = append(last, op.Doc.URL)
	}
	for _, o := range c.overloads {
		last = append(last, o.Method+" "+o.Path)
	}
	return comment(append(paragraphs, verbatim+clean(strings.Join(last, "\n")), deprecated(op.Doc))...).Line()
}

// offered says which of OData's own query options the description offers. All are there to be used: descriptions are not always
// right.
func (c call) offered() string {
	var names []string
	for _, op := range c.overloads {
		for _, p := range op.Query {
			name := p.Name
			if p.Doc.Deprecated != "" {
				name += " (deprecated)"
			}
			if op.IsSystemOption(p) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "Query options: " + strings.Join(names, ", ") + "."
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

// pauseText reads a duration of whole seconds, PT2S, as words; another one stays as it is.
func pauseText(duration string) string {
	pause, ok := parsePause(duration)
	switch seconds := pause / time.Second; {
	case !ok || pause%time.Second != 0:
		return duration
	case seconds == 1:
		return "a second"
	default:
		return strconv.FormatInt(int64(seconds), 10) + " seconds"
	}
}

// pauseForm is an ISO 8601 duration of days, hours, minutes and seconds to the millisecond.
var pauseForm = regexp.MustCompile(`^P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6}(?:\.\d{1,3})?)S)?)?$`)

// parsePause reads how long to wait between two calls; false if there is nothing to wait for.
func parsePause(duration string) (time.Duration, bool) {
	m := pauseForm.FindStringSubmatch(duration)
	if m == nil {
		return 0, false
	}
	var pause time.Duration
	for i, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second} {
		n, err := strconv.ParseFloat(m[i+1], 64)
		if err == nil { // a part that is missing is ""
			pause += time.Duration(math.Round(n*1000)) * unit / 1000
		}
	}
	return pause, pause > 0
}
