package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// accessor makes one of
//
//	func (c *Client) Chats() *ChatsRequests { return (*ChatsRequests)(c.at("/chats")) }
//	func (r *ChatRequests) Members() *ChatMembersRequests { return (*ChatMembersRequests)((*resource)(r).add("/members")) }
//	func (r *ChatsRequests) ByID(id string) *ChatRequests { return (*ChatRequests)((*resource)(r).byKey("chat-id", id)) }
func (e *emitter) accessor(r *ir.Resource) jen.Code {
	name, result := e.names.Accessor(r), e.names.Requests(r)
	text := name.String() + " leads to " + r.Path() + "."
	receiver := jen.Id("c").Op("*").Id("Client")
	if r.Parent != nil {
		receiver = jen.Id("r").Add(pointerTo(e.names.Requests(r.Parent)))
	}
	params, next := e.step(r)
	return comment(text, deprecatedPlace(r)).Line().Add(declareMethod(receiver, name)).Params(params...).Add(pointerTo(result)).Add(
		oneLine(jen.Return(jen.Parens(pointerTo(result)).Call(next))))
}

// step makes the resource that a segment leads to, and the parameters that it takes:
//
//	c.at("/chats")
//	(*resource)(r).add("/members")
//	(*resource)(r).byKey("chat-id", id)
//	(*resource)(r).byKeyInParens("Number", number)
//	(*resource)(r).byAlternateKey(keyArg{"appId", appID})
//	(*resource)(r).byTemplate("{name}.{ext}", keyArg{"name", name}, keyArg{"ext", ext})
//	(*resource)(r).byPath("{item-path}", keyArg{"item-path", path})
func (e *emitter) step(r *ir.Resource) (params []jen.Code, next *jen.Statement) {
	s := r.Segment
	args := e.names.PathArguments(s)
	switch {
	case s.Kind == ir.Key && len(s.Keys) == 0:
		return []jen.Code{jen.Id(args[0]).String()}, at(r.Parent).Dot("byKey").Call(jen.Lit(s.Name), jen.Id(args[0]))
	case s.Kind == ir.Key && s.Keys[0].Name == "":
		params, _ = e.pathArguments(s.Keys, args)
		return params, at(r.Parent).Dot("byKeyInParens").Call(jen.Lit(s.Keys[0].Param), keyValue(s.Keys[0], args[0]))
	case s.Kind == ir.Key:
		params, values := e.pathArguments(s.Keys, args)
		return params, at(r.Parent).Dot("byAlternateKey").Call(values...)
	case s.Kind == ir.Template:
		params, values := e.pathArguments(s.Args, args)
		return params, at(r.Parent).Dot("byTemplate").Call(append([]jen.Code{jen.Lit(s.Name)}, values...)...)
	case s.Kind == ir.Address:
		params, values := e.pathArguments(s.Args, args)
		return params, at(r.Parent).Dot("byPath").Call(append([]jen.Code{jen.Lit(s.Name)}, values...)...)
	case s.Kind == ir.Function:
		if c := e.passage(r); len(c.arguments()) > 0 {
			return []jen.Code{c.optionsParam()}, c.call()
		}
	}
	if r.Parent == nil {
		return nil, jen.Id("c").Dot("at").Call(jen.Lit(s.Text()))
	}
	return nil, at(r.Parent).Dot("add").Call(jen.Lit(s.Text()))
}

// pathArguments makes the parameters for the arguments of a segment, as in the first line, and what hands them on, as in the others:
//
//	ByYearAndNumber(year, number int32)
//	keyArg{"appId", appID}
//	keyArg{"Part", bare(part)}
func (e *emitter) pathArguments(args []ir.Arg, goNames []string) (params, values []jen.Code) {
	var same []jen.Code // names in front of one type: year, number int32
	for i, a := range args {
		goType := jen.String()
		if a.Type != nil && a.Type.Kind != ir.String {
			if sc, ok := e.scalarOf(a.Type); ok && sc.name != "bytes" {
				goType = sc.goType()
			}
		}
		name := a.Name
		if name == "" {
			name = a.Param
		}
		same = append(same, jen.Id(goNames[i]))
		if i == len(args)-1 || !sameType(a.Type, args[i+1].Type) {
			params, same = append(params, jen.List(same...).Add(goType)), nil
		}
		values = append(values, jen.Id("keyArg").Values(jen.Lit(name), keyValue(a, goNames[i])))
	}
	return params, values
}

// sameType reports whether two single values have one type in Go.
func sameType(a, b *ir.Type) bool {
	text := func(t *ir.Type) bool { return t == nil || t.Kind == ir.String || t.Kind == ir.GUID }
	return text(a) && text(b) || a != nil && b != nil && a.Kind == b.Kind && a.Enum == b.Enum
}

// keyValue is a value as it goes into a key. OData writes a GUID without quotes, unless the path has them:
//
//	byKeyInParens("part-id", bare(partID))
func keyValue(a ir.Arg, goName string) *jen.Statement {
	if a.Type != nil && a.Type.Kind == ir.GUID && !a.Quoted && !a.Alias {
		return jen.Id("bare").Call(jen.Id(goName))
	}
	return jen.Id(goName)
}

// passage is the call of a function on the way to another resource, in any form in which a path passes through it or ends there.
func (e *emitter) passage(r *ir.Resource) call {
	var ops []*ir.Operation
	for _, form := range r.Forms() {
		ops = append(ops, &ir.Operation{Kind: ir.FunctionOp, Path: r.Path(), Segments: []ir.Segment{form}})
	}
	c := call{emitter: e, op: ops[0], overloads: ops, receiver: r.Parent, name: e.names.Accessor(r), passes: true}
	if len(c.arguments()) > 0 {
		c.optionsName = e.names.FunctionOptions(r)
	}
	return c
}

// argumentsOnly makes the options of a function that has arguments but is not read, so that its reading does not bring them.
func (e *emitter) argumentsOnly(r *ir.Resource) []jen.Code {
	isRead := slices.ContainsFunc(r.Operations, func(op *ir.Operation) bool { return op.Kind == ir.FunctionOp })
	if r.Segment.Kind != ir.Function || isRead {
		return nil
	}
	c := e.passage(r)
	if len(c.arguments()) == 0 {
		return nil
	}
	if len(r.Children) == 0 { // there is no passage
		c.name = e.names.Method(r.Operations[0])
	}
	return []jen.Code{c.options(), c.argumentsMethod()}
}

// at is a builder as the resource that it is, or where paths begin if it is none: the client.
//
//	(*resource)(r)
//	c.at("")
func at(builder *ir.Resource) *jen.Statement {
	if builder == nil {
		return jen.Id("c").Dot("at").Call(jen.Lit(""))
	}
	return jen.Parens(jen.Op("*").Id("resource")).Call(jen.Id("r"))
}

// address is the resource that the operation is sent to; see call for functions with arguments.
//
//	(*resource)(r)
//	(*resource)(r).closed()
//	(*resource)(r).add("/")
//	(*resource)(r).add("/microsoft.graph.hideForUser")
//	c.at("/Busiest()")
func (c call) address() *jen.Statement {
	s := c.op.Segments[len(c.op.Segments)-1]
	switch {
	case s.EndsInSlash():
		return at(c.receiver).Dot("add").Call(jen.Lit("/"))
	case s.Closed:
		return at(c.receiver).Dot("closed").Call()
	case !names.IsCall(s):
		return at(c.receiver)
	case len(c.arguments()) > 0:
		return c.call()
	case c.receiver == nil:
		return jen.Id("c").Dot("at").Call(jen.Lit(s.Text()))
	}
	return at(c.receiver).Dot("add").Call(jen.Lit(s.Text()))
}

// call makes the resource of a function with arguments:
//
//	(*resource)(r).call("microsoft.graph.getMailboxUsageStorage", []overload{
//		{"microsoft.graph.getMailboxUsageStorage(period='{period}')", []string{"period"}},
//	}, options.arguments())
func (c call) call() *jen.Statement {
	var list []jen.Code
	seen := map[string]bool{}
	for _, op := range c.overloads {
		s := op.Segments[len(op.Segments)-1]
		if seen[s.Text()] {
			continue
		}
		seen[s.Text()] = true
		var args []jen.Code
		for _, a := range s.Args {
			args = append(args, jen.Lit(a.Param))
		}
		list = append(list, jen.Line().Values(jen.Lit(s.Text()[1:]), jen.Index().String().Values(args...)))
	}
	list = append(list, jen.Line())
	name := c.op.Segments[len(c.op.Segments)-1].Name
	return at(c.receiver).Dot("call").Call(jen.Lit(name), jen.Index().Id("overload").Values(list...),
		jen.Id("options").Dot("arguments").Call())
}

// below are the operations at the resources below r.
func below(r *ir.Resource) []*ir.Operation {
	var ops []*ir.Operation
	for _, c := range r.Children {
		ops = append(append(ops, c.Operations...), below(c)...)
	}
	return ops
}
