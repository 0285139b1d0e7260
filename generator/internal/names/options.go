package names

import (
	"slices"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// sharedOptions are the types of the runtime that hold OData's own query options.
var sharedOptions = map[ir.OptionsKind]Ident{
	ir.GetOptions: {"GetOptions"}, ir.ListOptions: {"ListOptions"}, ir.CountOptions: {"CountOptions"},
}

// SharedOptions is the type of OData's own query options for a kind of call, such as ListOptions; none for calls that take none. Options
// of a call's own embed it.
func SharedOptions(kind ir.OptionsKind) Ident { return sharedOptions[kind] }

// optionNames declares the types of the options below and including r, and their fields.
func (a *assigner) optionNames(r *ir.Resource) {
	var ofFunction *scope
	if r.Segment.Kind == ir.Function {
		ofFunction = a.functionOptions(r)
	}
	for _, op := range r.Operations {
		fields, name := ofFunction, SharedOptions(op.Options()).name
		switch e := (entry{kind: optionsKind, of: op}); {
		case ofFunction != nil:
			a.idents[e] = a.idents[entry{kind: optionsKind, of: r}]
		case r.Segment.Kind == ir.Function || len(op.OwnQuery()) == 0:
			a.idents[e] = Ident{name}
		default:
			fields = a.ownOptions(r, op)
		}
		a.parameters(fields, op)
	}
	for _, c := range r.Children {
		a.optionNames(c)
	}
}

// ownOptions declares the options of an operation that has query parameters beside OData's, and returns the scope of their fields; nil
// if it has another way for them, as what writes has.
func (a *assigner) ownOptions(r *ir.Resource, op *ir.Operation) *scope {
	name := a.resources[r] + a.methods[op] + "Options"
	if op.Kind == ir.CountOp {
		name = a.resources[r.Parent] + "CountOptions"
	}
	first, top := a.firstForm(op), a.topFor(r)
	if first != op || op.Options() == ir.NoOptions {
		top = nil
	}
	t := a.optionsTaken(r)
	a.declare(top.once(name, t.what), entry{kind: optionsKind, of: op}, name, t)
	if op.Options() == ir.NoOptions {
		return nil
	}
	return a.optionFields(entry{kind: optionsKind, of: first}, op)
}

// optionFields is the scope of the fields of options that embed those which an operation shares with others.
func (a *assigner) optionFields(of entry, op *ir.Operation) *scope {
	fields, shared := a.scope(of, ofOptions...), SharedOptions(op.Options()).name
	fields.names[shared] = taken{what: "the embedded " + shared}
	return fields
}

// optionsTaken are a path's own options as who has a name.
func (a *assigner) optionsTaken(r *ir.Resource) taken {
	f := a.pathFix(r)
	f.derived = true
	t := a.pathTaken(r, f)
	t.what = "the options of " + t.what
	return t
}

// functionOptions declares the options of a function, which all its forms share, and returns the scope of their fields; nil if it has
// neither arguments nor query parameters beside OData's.
func (a *assigner) functionOptions(r *ir.Resource) *scope {
	hasArguments := slices.ContainsFunc(r.Forms(), func(form ir.Segment) bool { return len(form.Args) > 0 })
	if !hasArguments && !slices.ContainsFunc(r.Operations, func(op *ir.Operation) bool { return len(op.OwnQuery()) > 0 }) {
		return nil
	}
	e := entry{kind: optionsKind, of: r}
	a.declare(a.topFor(r), e, a.resources[r]+"Options", a.optionsTaken(r))
	fields := a.scope(e, ofOptions...)
	for _, op := range r.Operations {
		if op.Kind == ir.FunctionOp {
			fields = a.optionFields(e, op)
		}
	}
	a.arguments(fields, r, r.Depth(), r)
	return fields
}

// arguments declares the fields for the arguments of a function in the forms in which the operations at and below a resource call it.
func (a *assigner) arguments(fields *scope, function *ir.Resource, depth int, at *ir.Resource) {
	for _, op := range at.Operations {
		for _, arg := range op.Segments[depth].Args {
			if a.isHidden(op) {
				break
			}
			name, what := argumentRule(arg), "argument {"+arg.Param+"} of "+functionText(function)
			a.declare(fields.once(name, what), entry{kind: argumentKind, of: arg.Name}, name, taken{what, op.Pos,
				fix{section: "operations", key: op.Key(), field: "hide"}, a.pins.had("operation", op.Key(), a.methods[op])})
		}
	}
	for _, c := range at.Children {
		a.arguments(fields, function, depth, c)
	}
}

// parameters declares the fields for the query parameters of an operation; those that options share with others are not among them.
func (a *assigner) parameters(fields *scope, op *ir.Operation) {
	for _, p := range op.Query {
		id := op.ParameterID(p)
		name := a.renamed("parameters", id, p.GoName, func() string { return a.pinned("parameter", id, parameterRule(op, p)) })
		what, s := "parameter "+p.Name, fields
		if op.IsSystemOption(p) || a.isHidden(op) {
			s = nil
		}
		a.declare(s.once(name, what), entry{kind: fieldKind, of: p}, name, taken{what, p.Pos, renameFix("parameters", id, name), a.pins.had("parameter", id, name)})
	}
}

// parameterRule names a query parameter. One that is called as a field of OData's own options would hide it.
func parameterRule(op *ir.Operation, p *ir.Parameter) string {
	name := exported(p.Name)
	if op.IsSystemOption(p) {
		return name
	}
	hides := func(option string) bool { return exported(option) == name }
	if name == SharedOptions(op.Options()).name || slices.ContainsFunc(op.Options().Names(), hides) {
		name += "Parameter"
	}
	return name
}

// argumentRule names an argument of a function. One that is called as OData's own options, or a field of them, would hide it.
func argumentRule(a ir.Arg) string {
	name := exported(a.Name)
	if queryOptions[name] {
		name += "Argument"
	}
	return name
}

// queryOptions are the fields that OData's system query options become, and the options that they are embedded by.
var queryOptions = map[string]bool{
	"Select": true, "Expand": true, "Filter": true, "OrderBy": true, "Search": true,
	"Count": true, "Top": true, "Skip": true, "Format": true,
	"GetOptions": true, "ListOptions": true, "CountOptions": true,
}
