package emit

import (
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/ir"
	"github.com/graphslice/graphslice/generator/names"
)

// requestsFile is the file of the builders below one root.
func requestsFile(root *ir.Resource) string {
	var b strings.Builder
	for _, r := range strings.ToLower(root.Segment.Name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String() + "_requests.go" // behind, since x_windows.go and x_test.go mean something to the go command
}

// requests makes the builders of r and of everything below it.
func (e *emitter) requests(r *ir.Resource) []jen.Code {
	var code []jen.Code
	if !names.IsCall(r.Segment) || len(r.Children) > 0 {
		code = append(code, e.builder(r))
		if c := e.passage(r); len(r.Operations) == 0 && len(c.arguments()) > 0 {
			code = append(code, c.options(), c.argumentsMethod())
		}
		code = append(code, e.accessor(r))
	}
	code = append(code, e.operations(r)...)
	for _, c := range r.Children {
		code = append(code, e.requests(c)...)
	}
	return code
}

// builder makes
//
//	// ChatMembersRequests is /chats/{chat-id}/members.
//	type ChatMembersRequests resource
func (e *emitter) builder(r *ir.Resource) jen.Code {
	name := e.names.Requests(r)
	return comment(name+" is the path "+r.Path()+".", deprecatedPlace(r)).Line().Type().Id(name).Id("resource")
}

// accessor makes one of
//
//	func (c *Client) Chats() *ChatsRequests { return (*ChatsRequests)(c.at("/chats")) }
//	func (r *ChatRequests) Members() *ChatMembersRequests { return (*ChatMembersRequests)((*resource)(r).add("/members")) }
//	func (r *ChatsRequests) ByID(id string) *ChatRequests { return (*ChatRequests)((*resource)(r).byKey("chat-id", id)) }
func (e *emitter) accessor(r *ir.Resource) jen.Code {
	name, result := e.names.Accessor(r), e.names.Requests(r)
	text := name + " leads to " + r.Path() + "."
	receiver := jen.Id("c").Op("*").Id("Client")
	next := jen.Id("c").Dot("at").Call(jen.Lit(r.Segment.Text()))
	var params []jen.Code
	if r.Parent != nil {
		receiver = jen.Id("r").Op("*").Id(e.names.Requests(r.Parent))
		switch {
		case r.Segment.Kind == ir.Key && len(r.Segment.Keys) == 0:
			params = []jen.Code{jen.Id("id").String()}
			next = at().Dot("byKey").Call(jen.Lit(r.Segment.Name), jen.Id("id"))
		case r.Segment.Kind == ir.Key:
			params, next = e.alternateKey(r.Segment)
		case r.Segment.Kind == ir.Function && len(r.Segment.Args) > 0:
			c := e.passage(r)
			params = []jen.Code{c.optionsParam()}
			next = e.call(c.overloads)
		default:
			next = at().Dot("add").Call(jen.Lit(r.Segment.Text()))
		}
	}
	return comment(text, deprecatedPlace(r)).Line().Func().Params(receiver).Id(name).Params(params...).Op("*").Id(result).Add(
		oneLine(jen.Return(jen.Parens(jen.Op("*").Id(result)).Call(next))))
}

// passage is the call of a function on the way to another resource. Where nothing is sent to the function itself, its
// overloads are what the paths below it pass through.
func (e *emitter) passage(r *ir.Resource) call {
	ops := r.Operations
	if len(ops) == 0 {
		seen := map[string]bool{}
		for _, op := range below(r) {
			path := op.Segments[:r.Depth()+1]
			if text := path[r.Depth()].Text(); !seen[text] {
				seen[text] = true
				ops = append(ops, &ir.Operation{Kind: ir.FunctionOp, Path: r.Path(), Segments: path})
			}
		}
	}
	return call{emitter: e, op: ops[0], overloads: ops, receiver: r.Parent, optionsName: e.names.FunctionOptions(r), name: e.names.Accessor(r)}
}

// below are the operations at the resources below r.
func below(r *ir.Resource) []*ir.Operation {
	var ops []*ir.Operation
	for _, c := range r.Children {
		ops = append(append(ops, c.Operations...), below(c)...)
	}
	return ops
}

// alternateKey makes the parameters and
//
//	(*resource)(r).byAlternateKey(keyArg{"appId", appID})
func (e *emitter) alternateKey(s ir.Segment) (params []jen.Code, next *jen.Statement) {
	var args []jen.Code
	for _, k := range s.Keys {
		name := e.names.KeyArgument(k)
		goType := jen.String()
		if k.Type != nil && k.Type.Kind != ir.String {
			if sc, ok := e.scalarOf(k.Type); ok {
				goType = sc.goType()
			}
		}
		params = append(params, jen.Id(name).Add(goType))
		args = append(args, jen.Id("keyArg").Values(jen.Lit(k.Name), jen.Id(name)))
	}
	return params, at().Dot("byAlternateKey").Call(args...)
}

// overloads groups operations that are one method: those of one function.
func overloads(ops []*ir.Operation, table *names.Table) [][]*ir.Operation {
	var groups [][]*ir.Operation
	at := map[string]int{}
	for _, op := range ops {
		name := table.Method(op)
		if i, ok := at[name]; ok && op.Kind == ir.FunctionOp {
			groups[i] = append(groups[i], op)
			continue
		}
		at[name] = len(groups)
		groups = append(groups, []*ir.Operation{op})
	}
	return groups
}

func (e *emitter) operations(r *ir.Resource) []jen.Code {
	var code []jen.Code
	for _, group := range overloads(names.BuilderOperations(r), e.names) {
		op := group[0]
		c := call{emitter: e, op: op, overloads: group, receiver: r, optionsName: e.names.Options(op), name: e.names.Method(op)}
		if c.readsWithOptions() {
			code = append(code, c.options(), c.query())
			if len(c.arguments()) > 0 {
				code = append(code, c.argumentsMethod())
			}
		}
		code = append(code, c.methods()...)
	}
	return code
}

// call is one operation that is being emitted, or the overloads of one function.
type call struct {
	*emitter
	op        *ir.Operation
	overloads []*ir.Operation
	receiver  *ir.Resource
	// optionsName is the type of the options, name the method.
	optionsName, name string
}

// readsWithOptions reports whether the operation takes a pointer to its options: whatever reads does.
func (c call) readsWithOptions() bool {
	switch c.op.Kind {
	case ir.List, ir.Get, ir.CountOp, ir.FunctionOp:
		return true
	}
	return false
}

// arguments are the arguments of all overloads, each once, in the order of the paths.
func (c call) arguments() []ir.Arg {
	var args []ir.Arg
	seen := map[string]bool{}
	for _, op := range c.overloads {
		for _, a := range op.Segments[len(op.Segments)-1].Args {
			if !seen[a.Param] {
				seen[a.Param] = true
				args = append(args, a)
			}
		}
	}
	return args
}

// parameters are the query parameters of all overloads, each once.
func (c call) parameters() []*ir.Parameter {
	var params []*ir.Parameter
	seen := map[string]bool{}
	for _, op := range c.overloads {
		for _, p := range op.Query {
			if !seen[p.Name] {
				seen[p.Name] = true
				params = append(params, p)
			}
		}
	}
	return params
}

// options makes
//
//	// ChatsListOptions are the query parameters of GET /chats.
//	type ChatsListOptions struct {
//		_   growing
//		Top int
//	}
func (c call) options() jen.Code {
	// A list among the parameters may come later, and options that could be compared until then could not be any more.
	fields := []jen.Code{jen.Id("_").Id("growing")}
	add := func(text, why, name string, goType jen.Code) {
		fields = append(fields, documented(jen.Id(name).Add(goType), text, why)...)
	}
	for _, a := range c.arguments() {
		text := "The function's argument " + a.Name + "."
		if len(c.overloads) > 1 {
			text += " Set the arguments of one overload."
		}
		add(text, "", c.names.Argument(a), jen.Id("Opt").Index(c.argumentType(a)))
	}
	for _, p := range c.parameters() {
		o := c.queryOption(p)
		add(c.optionText(p), deprecated(p.Doc), c.names.Parameter(p), o.goType)
	}
	name := c.optionsName
	text := name + " are the query parameters of " + c.op.Method + " " + c.op.Path + "."
	if len(fields) == 1 {
		text = strings.TrimSuffix(text, ".") + ", which has none so far."
	}
	if len(c.arguments()) > 0 {
		text = name + " are the arguments and query parameters of " + c.name + "."
	}
	return comment(text, deprecated(c.op.Doc)).Line().Type().Id(name).Struct(fields...)
}

func (c call) argumentType(a ir.Arg) *jen.Statement {
	if a.Type != nil {
		if s, ok := c.scalarOf(a.Type); ok && a.Type.Kind != ir.Untyped && a.Type.Kind != ir.Binary && a.Type.Kind != ir.Stream {
			return s.goType()
		}
	}
	return jen.String()
}

// queryOption is how one query parameter stands in the options and gets into the query.
type queryOption struct {
	goType jen.Code
	method string
}

func (c call) queryOption(p *ir.Parameter) queryOption {
	switch {
	case p.Name == "$filter":
		return queryOption{jen.Id("Filter"), "filter"}
	case p.Name == "$expand":
		return queryOption{jen.Index().Id("Expand"), "expand"}
	case p.Type == nil:
		return queryOption{jen.String(), "string"}
	}
	system := strings.HasPrefix(p.Name, "$")
	switch k := p.Type.Kind; {
	case k == ir.Collection:
		return queryOption{jen.Index().String(), "strings"}
	case system && k == ir.Bool:
		return queryOption{jen.Bool(), "bool"}
	case system && (k == ir.Int32 || k == ir.Int64 || k == ir.Int16):
		return queryOption{jen.Int(), "int"}
	case system || k == ir.Untyped || k == ir.Binary || k == ir.Stream || k == ir.ModelKind:
		return queryOption{jen.String(), "string"}
	}
	s, _ := c.scalarOf(p.Type)
	return queryOption{jen.Id("Opt").Index(s.goType()), "queryOpt"}
}

// query makes
//
//	func (o *ChatsListOptions) query(q *query) {
//		q.int("$top", o.Top)
//	}
func (c call) query() jen.Code {
	q, o := jen.Id("q"), jen.Id("o")
	var body []jen.Code
	for _, p := range c.parameters() {
		opt := c.queryOption(p)
		field := o.Clone().Dot(c.names.Parameter(p))
		if opt.method == "queryOpt" {
			body = append(body, jen.Id("queryOpt").Call(q.Clone(), jen.Lit(p.Name), field))
			continue
		}
		body = append(body, q.Clone().Dot(opt.method).Call(jen.Lit(p.Name), field))
	}
	if len(body) == 0 {
		return jen.Func().Params(jen.Op("*").Id(c.optionsName)).Id("query").Params(jen.Op("*").Id("query")).Add(oneLine())
	}
	return jen.Func().Params(jen.Id("o").Op("*").Id(c.optionsName)).Id("query").Params(jen.Id("q").Op("*").Id("query")).Block(body...)
}

// argumentsMethod makes
//
//	func (o *ReportsGetXOptions) arguments() []funcArg {
//		if o == nil {
//			return nil
//		}
//		return []funcArg{argument("period", o.Period)}
//	}
func (c call) argumentsMethod() jen.Code {
	var values []jen.Code
	for _, a := range c.arguments() {
		values = append(values, jen.Line().Id("argument").Call(jen.Lit(a.Param), jen.Id("o").Dot(c.names.Argument(a))))
	}
	values = append(values, jen.Line())
	return jen.Func().Params(jen.Id("o").Op("*").Id(c.optionsName)).Id("arguments").Params().Index().Id("funcArg").Block(
		jen.If(jen.Id("o").Op("==").Nil()).Block(jen.Return(jen.Nil())),
		jen.Return(jen.Index().Id("funcArg").Values(values...)))
}

// call makes the resource of a function with arguments:
//
//	(*resource)(r).call("microsoft.graph.getX", []overload{{"microsoft.graph.getX(period='{period}')", []string{"period"}}}, options.arguments())
func (e *emitter) call(ops []*ir.Operation) *jen.Statement {
	var list []jen.Code
	for _, op := range ops {
		s := op.Segments[len(op.Segments)-1]
		var args []jen.Code
		for _, a := range s.Args {
			args = append(args, jen.Lit(a.Param))
		}
		list = append(list, jen.Line().Values(jen.Lit(s.Text()[1:]), jen.Index().String().Values(args...)))
	}
	list = append(list, jen.Line())
	name := ops[0].Segments[len(ops[0].Segments)-1].Name
	return at().Dot("call").Call(jen.Lit(name), jen.Index().Id("overload").Values(list...),
		jen.Id("options").Dot("arguments").Call())
}

// at is the builder as the resource that it is.
func at() *jen.Statement { return jen.Parens(jen.Op("*").Id("resource")).Call(jen.Id("r")) }

// target is the resource that the operation is sent to, with the pause that the reference asks for:
//
//	(*resource)(r).paced(2 * time.Second)
func (c call) target() *jen.Statement {
	address := c.withNeeds(c.address())
	pause, ok := parsePause(c.op.Pause)
	if !ok {
		return address
	}
	unit, name := time.Second, "Second"
	if pause%unit != 0 {
		unit, name = time.Millisecond, "Millisecond"
	}
	return address.Dot("paced").Call(jen.Lit(int(pause/unit)).Op("*").Qual("time", name))
}

// address is the resource that the operation is sent to.
func (c call) address() *jen.Statement {
	s := c.op.Segments[len(c.op.Segments)-1]
	switch {
	case !names.IsCall(s):
		return at()
	case len(c.arguments()) > 0:
		return c.call(c.overloads)
	}
	return at().Dot("add").Call(jen.Lit(s.Text()))
}
