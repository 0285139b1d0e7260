package names

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// verbs are the methods that request builders have; a path segment of such a name gets "Property" behind it, an action
// "Action", a function "Function".
var verbs = map[string]bool{
	"List": true, "All": true, "AllFrom": true, "Get": true, "Create": true, "Update": true, "Replace": true,
	"Delete": true, "Count": true, "Value": true, "Ref": true, "ByID": true,
}

func accessor(s ir.Segment) string {
	switch s.Kind {
	case ir.Key:
		if s.IsOwnKey() {
			return "ByID"
		}
		return keyNames(s)
	case ir.Template:
		return templateName(s)
	case ir.Address:
		return addressName(s)
	case ir.Cast:
		return "As" + qualified(s.Name)
	case ir.Action, ir.Function:
		return qualified(s.Name) + "Path"
	case ir.Value:
		return "Value"
	case ir.RefSegment:
		return "Ref"
	}
	return unlikeVerb(exported(s.Name), "Property")
}

func unlikeVerb(name, suffix string) string {
	if verbs[name] {
		return name + suffix
	}
	return name
}

// call is the name of an operation's method. By the first rules a call that form tells apart shared the name of another; one that had the
// name to itself keeps it.
func (a *assigner) call(op *ir.Operation) string {
	verb, form := a.verb(op), a.form(op)
	had := func(o *ir.Operation) bool { return a.pins.had("operation", o.Key(), verb) }
	switch {
	case form == "" || !had(op):
		return a.pinned("operation", op.Key(), verb+form)
	case had(a.firstAt(op)):
		return verb + form
	}
	return verb
}

// firstAt is the first operation of a resource and method that only the forms of functions in its path may tell apart from op.
func (a *assigner) firstAt(op *ir.Operation) *ir.Operation {
	ops := a.byPath[op].Operations
	return ops[slices.IndexFunc(ops, op.SamePlace)]
}

// form tells a call apart from another that only the forms of functions in their paths tell apart, and that sends or answers
// something else: ByScope is getPermissions(scope='{scope}'), which answers with other things than getPermissions().
func (a *assigner) form(op *ir.Operation) string {
	if op.SameCall(a.firstAt(op)) {
		return ""
	}
	var names []string
	for _, s := range op.Segments {
		for _, arg := range s.Args {
			if s.Kind == ir.Function {
				names = append(names, exported(arg.Name))
			}
		}
	}
	return "By" + strings.Join(names, "And")
}

// verb is the method's name that an operation's kind has.
func (a *assigner) verb(op *ir.Operation) string {
	switch op.Kind {
	case ir.List:
		return "List"
	case ir.Get:
		return "Get"
	case ir.Create:
		return "Create"
	case ir.Update:
		if s := a.byPath[op].Segment; s.Kind == ir.Function {
			return "Patch" + qualified(s.Name)
		}
		return "Update"
	case ir.Replace:
		return "Replace"
	case ir.Delete:
		return "Delete"
	case ir.CountOp:
		return "Count"
	case ir.ActionOp:
		return unlikeVerb(qualified(a.byPath[op].Segment.Name), "Action")
	case ir.FunctionOp:
		return unlikeVerb(qualified(a.byPath[op].Segment.Name), "Function")
	}
	name := exported(strings.ToLower(op.Method))
	if s := a.byPath[op].Segment; s.Kind == ir.Function && len(s.Args) > 0 {
		return name + qualified(s.Name)
	}
	return name
}

// clientMethods declares the methods of the client: the ways to the roots, and the calls that are not bound to anything.
func (a *assigner) clientMethods(roots []*ir.Resource) {
	client := entry{kind: clientKind}
	a.idents[client] = Ident{"Client"}
	methods := a.scope(client)
	for name := range a.reserved.Client {
		methods.names[name] = taken{what: "a method of Client"}
	}
	for _, r := range roots {
		a.accessor(methods, r)
		for _, op := range RootOperations(r) {
			a.operation(methods, op)
		}
	}
}

// accessor declares the method that leads to a resource, if it has a builder.
func (a *assigner) accessor(methods *scope, r *ir.Resource) {
	if !HasBuilder(r) {
		methods = nil
	}
	a.declare(methods, entry{kind: accessorKind, of: r}, a.accessors[r], a.pathTaken(r, a.accessorFix(r)))
}

// resourceMembers declares a request builder and what it has: its accessors and its methods. Operations of actions, functions and
// $count are methods of the builder above them.
func (a *assigner) resourceMembers(r *ir.Resource) {
	builder := entry{kind: requestsKind, of: r}
	if HasBuilder(r) {
		a.declare(a.topFor(r), builder, a.resources[r]+"Requests", a.pathTaken(r, a.pathFix(r)))
	}
	methods := a.scope(builder)
	for _, c := range r.Children {
		a.accessor(methods, c)
		a.resourceMembers(c)
	}
	for _, op := range BuilderOperations(r) {
		a.operation(methods, op)
	}
}

// topFor is the scope of the package, or nil if another path has the name of r.
func (a *assigner) topFor(r *ir.Resource) *scope {
	if a.shadowed[r] {
		return nil
	}
	return a.top
}

// IsCall reports whether a segment is called by a method of the resource above it instead of leading somewhere.
func IsCall(s ir.Segment) bool {
	return s.Kind == ir.Action || s.Kind == ir.Function || s.Kind == ir.Count
}

// HasBuilder reports whether a resource has a builder of its own.
func HasBuilder(r *ir.Resource) bool { return !IsCall(r.Segment) || len(r.Children) > 0 }

// BuilderOperations are the operations that are methods of the resource's builder: its own, unless it is called by
// the one above, and those of the actions, functions and $count below it.
func BuilderOperations(r *ir.Resource) []*ir.Operation {
	var ops []*ir.Operation
	if !IsCall(r.Segment) {
		ops = append(ops, r.Operations...)
	}
	for _, c := range r.Children {
		if IsCall(c.Segment) {
			ops = append(ops, c.Operations...)
		}
	}
	return ops
}

// RootOperations are the operations of a root that are methods of the client: calls that are not bound to anything.
func RootOperations(r *ir.Resource) []*ir.Operation {
	if r.Parent == nil && IsCall(r.Segment) {
		return r.Operations
	}
	return nil
}

// operation declares the methods of an operation.
func (a *assigner) operation(methods *scope, op *ir.Operation) {
	name := a.renamed("operations", op.Key(), op.GoName, func() string { return a.call(op) })
	a.methods[op] = name
	what := op.Method + " " + op.Path
	if op.Kind == ir.FunctionOp && !slices.ContainsFunc(a.byPath[op].Operations, func(o *ir.Operation) bool { return !o.SameCall(op) && o.SamePlace(op) }) {
		what = a.functionText(op)
	}
	// The overloads of a function are one method, and so is what follows them.
	if a.isHidden(op) || a.firstForm(op) != op {
		methods = nil
	}
	t := taken{what, op.Pos, a.operationFix(op, name), a.pins.had("operation", op.Key(), name)}
	a.declare(methods, entry{kind: methodKind, of: op}, name, t)
	if !op.ReadsPages() {
		return
	}
	if op.Kind == ir.List {
		t.what, t.fix = "the iterator of "+what, fix{}
		a.declare(methods, entry{kind: allKind, of: op}, "All", t)
		a.declare(methods, entry{kind: allFromKind, of: op}, "AllFrom", t)
		return
	}
	t.what, t.fix.derived = "the method for the links of "+what, true
	a.declare(methods, entry{kind: fromKind, of: op}, name+"From", t)
}

// isHidden reports whether it is being tried what leaving an operation out would help.
func (a *assigner) isHidden(op *ir.Operation) bool {
	_, hidden := a.tried[slot{"operations", op.Key(), "hide"}]
	return hidden
}

// firstForm is the first operation of the same resource and method that is the same call, if in another form.
func (a *assigner) firstForm(op *ir.Operation) *ir.Operation {
	for _, other := range a.byPath[op].Operations {
		if other == op {
			break
		}
		if a.methods[other] == a.methods[op] && op.SameCall(other) && !a.isHidden(other) {
			return other
		}
	}
	return op
}

func (a *assigner) functionText(op *ir.Operation) string { return functionText(a.byPath[op]) }

func functionText(r *ir.Resource) string {
	if r.Parent == nil {
		return "function " + r.Segment.Name
	}
	return "function " + r.Segment.Name + " of " + r.Parent.Path()
}
