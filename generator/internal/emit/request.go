package emit

import (
	"slices"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
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
	code := e.argumentsOnly(r)
	if names.HasBuilder(r) {
		code = append(append([]jen.Code{e.builder(r)}, code...), e.accessor(r))
	}
	code = append(code, e.operations(r)...)
	for _, c := range r.Children {
		code = append(code, e.requests(c)...)
	}
	if r.Parent == nil && e.split != nil && e.pkg.Subscription() != nil && len(readable([]*ir.Resource{r})) > 0 {
		code = append(code, e.clientResource(e.names.ResourceBelow(r), []*ir.Resource{r}))
	}
	return code
}

// builder makes
//
//	// ChatMembersRequests is /chats/{chat-id}/members.
//	type ChatMembersRequests resource
func (e *emitter) builder(r *ir.Resource) jen.Code {
	name := e.names.Requests(r)
	return comment(name.String()+" is the path "+r.Path()+".", deprecatedPlace(r)).Line().Add(declareType(name)).Id("resource")
}

// overloads groups operations that are one method: the forms of one function, and what follows one in several forms.
func overloads(ops []*ir.Operation, table *names.Table) [][]*ir.Operation {
	var groups [][]*ir.Operation
	at := map[names.Ident]int{}
	for _, op := range ops {
		name := table.Method(op)
		if i, ok := at[name]; ok && op.SameCall(groups[i][0]) {
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
	groups := overloads(names.BuilderOperations(r), e.names)
	ofClient := overloads(names.RootOperations(r), e.names)
	written := map[names.Ident]bool{}
	for i, group := range append(groups, ofClient...) {
		op, receiver := group[0], r
		if i >= len(groups) {
			receiver = nil
		}
		c := call{emitter: e, op: op, overloads: group, receiver: receiver, optionsName: e.names.Options(op), name: e.names.Method(op)}
		if op.Segments[len(op.Segments)-1].Kind == ir.Function {
			c.forms = functionOf(r, op).Forms()
		}
		if c.readsWithOptions() && c.hasOwnOptions() && !written[c.optionsName] {
			written[c.optionsName] = true
			code = append(code, c.ofAllForms(functionOf(r, op)).optionsType()...)
		}
		code = append(code, c.methods()...)
	}
	return code
}

// ofAllForms is the call of a function with all its forms: those that overrides call apart share the options.
func (c call) ofAllForms(function *ir.Resource) call {
	if function.Segment.Kind == ir.Function && c.op.Kind == ir.FunctionOp {
		c.overloads = slices.DeleteFunc(slices.Clone(function.Operations), func(op *ir.Operation) bool { return op.Kind != ir.FunctionOp })
	}
	return c
}

// optionsType makes the options with their methods.
func (c call) optionsType() []jen.Code {
	code := []jen.Code{c.options(), c.query()}
	if len(c.arguments()) > 0 {
		code = append(code, c.argumentsMethod())
	}
	return code
}

// call is one operation that is being emitted, or the overloads of one function.
type call struct {
	*emitter
	op        *ir.Operation
	overloads []*ir.Operation
	receiver  *ir.Resource // nil: the client
	// forms are those of a function, in paths that go on from it too: they share the options.
	forms []ir.Segment
	// optionsName is the type of the options, name the method.
	optionsName, name names.Ident
	// passes: nothing is sent to the function, paths pass through it, so that it has arguments and no query.
	passes bool
}

// readsWithOptions reports whether the operation takes a pointer to its options: whatever reads does.
func (c call) readsWithOptions() bool {
	switch c.op.Kind {
	case ir.List, ir.Get, ir.CountOp, ir.FunctionOp:
		return true
	}
	return false
}

// arguments are the arguments of all forms of a function, each once, in the order of the paths. What stands in another
// segment is given to the method that leads there.
func (c call) arguments() []ir.Arg {
	var forms []ir.Segment
	for _, op := range c.overloads {
		forms = append(forms, op.Segments[len(op.Segments)-1])
	}
	var args []ir.Arg
	seen := map[string]bool{}
	for _, form := range append(forms, c.forms...) {
		for _, a := range form.Args {
			if form.Kind == ir.Function && !seen[a.Param] {
				seen[a.Param] = true
				args = append(args, a)
			}
		}
	}
	return args
}

// functionOf is the resource of a function that is called at r, or that r is.
func functionOf(r *ir.Resource, op *ir.Operation) *ir.Resource {
	for _, c := range r.Children {
		if slices.Contains(c.Operations, op) {
			return c
		}
	}
	return r
}

// hasOwnOptions reports whether the call has parameters beside OData's own query options.
func (c call) hasOwnOptions() bool { return c.optionsName != names.SharedOptions(c.op.Options()) }

// parameters are the query parameters of all overloads that are not OData's own, each once.
func (c call) parameters() []*ir.Parameter {
	var params []*ir.Parameter
	seen := map[string]bool{}
	for _, op := range c.overloads {
		for _, p := range op.OwnQuery() {
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
//	// MeCalendarViewListOptions are the query parameters of GET /me/calendarView.
//	type MeCalendarViewListOptions struct {
//		// …
//		StartDateTime Opt[string]
//		// …
//		EndDateTime Opt[string]
//		ListOptions
//	}
func (c call) options() jen.Code {
	var fields members
	shared := names.SharedOptions(c.op.Options())
	embeds := shared != names.Ident{} && !c.passes
	if !embeds { // A list among the parameters may come later, and options that could be compared until then could not be any more.
		fields.embed(jen.Id("_").Id("growing"))
	}
	for _, a := range c.arguments() {
		text := "The function's argument " + a.Name + "."
		if len(c.overloads) > 1 {
			text += " Set the arguments of one overload."
		}
		fields.documented(c.names.Argument(a), c.argumentField(a), text, "")
	}
	for _, p := range c.parameters() {
		fields.documented(c.names.Parameter(p), c.queryOption(p).goType, c.optionText(p), deprecated(p.Doc))
	}
	name := c.optionsName.String()
	text := name + " are the query parameters of " + c.op.Method + " " + c.op.Path + "."
	if len(c.arguments()) > 0 {
		text = name + " are the arguments and query parameters of " + c.name.String() + "."
	}
	if embeds {
		fields.embed(id(shared))
	}
	return comment(text, deprecated(c.op.Doc)).Line().Add(declareStruct(c.optionsName, fields))
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
//	func (o *MeCalendarViewListOptions) query(q *query) {
//		queryOpt(q, "startDateTime", o.StartDateTime)
//		queryOpt(q, "endDateTime", o.EndDateTime)
//		o.ListOptions.query(q)
//	}
func (c call) query() jen.Code {
	q, o := jen.Id("q"), jen.Id("o")
	var body []jen.Code
	for _, p := range c.parameters() {
		opt := c.queryOption(p)
		field := o.Clone().Dot(c.names.Parameter(p).String())
		if opt.method == "queryOpt" {
			body = append(body, jen.Id("queryOpt").Call(q.Clone(), jen.Lit(p.Name), field))
			continue
		}
		if opt.method == "strings" && p.Between != "" {
			body = append(body, q.Clone().Dot("list").Call(jen.Lit(p.Name), field, jen.Lit(p.Between)))
			continue
		}
		body = append(body, q.Clone().Dot(opt.method).Call(jen.Lit(p.Name), field))
	}
	body = append(body, o.Clone().Dot(names.SharedOptions(c.op.Options()).String()).Dot("query").Call(q))
	return declareMethod(jen.Id("o").Add(pointerTo(c.optionsName)), names.Query).Params(jen.Id("q").Op("*").Id("query")).Block(body...)
}

// argumentsMethod makes
//
//	func (o *ReportsGetMailboxUsageStorageOptions) arguments() []funcArg {
//		if o == nil {
//			return nil
//		}
//		return []funcArg{
//			argument("period", o.Period),
//		}
//	}
func (c call) argumentsMethod() jen.Code {
	var values []jen.Code
	for _, a := range c.arguments() {
		values = append(values, jen.Line().Add(c.argument(a, jen.Id("o").Dot(c.names.Argument(a).String()))))
	}
	values = append(values, jen.Line())
	return declareMethod(jen.Id("o").Add(pointerTo(c.optionsName)), names.Arguments).Params().Index().Id("funcArg").Block(
		jen.If(jen.Id("o").Op("==").Nil()).Block(jen.Return(jen.Nil())),
		jen.Return(jen.Index().Id("funcArg").Values(values...)))
}

// target is the resource that the operation is sent to, with the pause that the reference asks for:
//
//	(*resource)(r).paced(2 * time.Second)
func (c call) target() *jen.Statement {
	address := c.withNeeds(c.address())
	pause, ok := parsePause(c.op.Pause)
	if !ok || c.unpaced {
		return address
	}
	unit, name := time.Second, "Second"
	if pause%unit != 0 {
		unit, name = time.Millisecond, "Millisecond"
	}
	return address.Dot("paced").Call(jen.Lit(int(pause/unit)).Op("*").Qual("time", name))
}
