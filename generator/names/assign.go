package names

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/ir"
)

type assigner struct {
	Table
	top scope
	// pathNames are what overrides ask for, and roots the names of the paths of one segment.
	pathNames map[string]ir.PathName
	roots     map[string]bool
	// builders are the paths by the names of their builders, and shadowed those whose name another one has, with all that is
	// below them. Once one of the two is renamed, they have other names too: no more is to be said of them.
	builders scope
	shadowed map[*ir.Resource]bool
	// clashing are the types whose name another one has.
	clashing map[*ir.Model]bool
	// fields are those of the options of calls.
	fields map[optionsOf]scope
	pins   Pins
	// tried are the names that are tried for what collides, by the place of the override that gives them.
	tried      map[slot]string
	collisions []collision
}

// model names a type: its OData name, with "Model" behind it where the runtime has that name.
func (a *assigner) model(m *ir.Model) {
	if _, ok := a.models[m]; ok {
		return // as the parent of an inline object
	}
	name := a.renamed("types", m.ID(), m.GoName, func() string {
		if m.Inline != nil {
			return a.pinned("type", m.ID(), a.inline(m.Inline))
		}
		return a.pinned("type", m.ID(), a.unreserved(qualified(m.Name), "Model"))
	})
	a.models[m] = name
	if a.isShadowed(m.Inline) {
		return
	}
	before := len(a.collisions)
	a.take(a.top, name, a.typeTaken(m, ""))
	a.clashing[m] = len(a.collisions) > before
}

// isShadowed reports whether the name of an object or enum without a name comes from a shadowed path.
func (a *assigner) isShadowed(in *ir.Inline) bool {
	for in != nil && in.Operation == nil {
		in = in.Parent.Inline
	}
	return in != nil && a.shadowed[a.byPath[in.Operation]]
}

// typeTaken is a type as who has a name: its own or, with what it is for in front, one that is made of it.
func (a *assigner) typeTaken(m *ir.Model, what string) taken {
	f := renameFix("types", m.ID(), a.models[m])
	f.derived = what != ""
	return taken{what + modelText(m), m.Pos, f, a.pins.had("type", m.ID(), a.models[m])}
}

func modelText(m *ir.Model) string {
	if m.Inline != nil {
		return inlineText(m.Inline)
	}
	return "type " + m.Name
}

// bodyNames are what the objects in bodies are called after their operation.
var bodyNames = map[ir.Role]string{ir.RequestBody: "Parameters", ir.ResponseBody: "Response"}

func inlineText(in *ir.Inline) string {
	if in.Operation != nil {
		return fmt.Sprintf("the %s of %s %s", strings.ToLower(bodyNames[in.Role]), in.Operation.Method, in.Operation.Path)
	}
	return fmt.Sprintf("the object in property %s of %s", in.Property, modelText(in.Parent))
}

func (a *assigner) unreserved(name, suffix string) string {
	if a.reserved.Package[name] {
		return name + suffix
	}
	return name
}

// inline names an object that has no name: after the operation's path, or after the property that it is in.
func (a *assigner) inline(in *ir.Inline) string {
	if in.Operation == nil {
		a.model(in.Parent)
		return a.models[in.Parent] + camel(in.Property)
	}
	op := in.Operation
	name := a.resources[a.byPath[op]]
	if op.Kind != ir.ActionOp && op.Kind != ir.FunctionOp {
		name += a.verb(op)
	}
	return name + bodyNames[in.Role]
}

func (a *assigner) enum(e *ir.Enum) {
	name := a.renamed("enums", e.ID(), e.GoName, func() string {
		if e.Inline != nil {
			return a.pinned("enum", e.ID(), a.inline(e.Inline))
		}
		return a.pinned("enum", e.ID(), a.unreserved(qualified(e.Name), "Enum"))
	})
	a.enums[e] = name
	what := "enum " + e.Name
	if e.Inline != nil {
		what = "the enum of " + inlineText(e.Inline)
	}
	if a.isShadowed(e.Inline) {
		return
	}
	a.take(a.top, name, taken{what, e.Pos, renameFix("enums", e.ID(), name), a.pins.had("enum", e.ID(), name)})
	for i, m := range e.Members {
		id := e.MemberID(i)
		member := a.renamed("enums", id, m.GoName, func() string { return a.pinned("member", id, name+memberName(m)) })
		a.members[e] = append(a.members[e], member)
		a.take(a.top, member, taken{fmt.Sprintf("member %s of %s", m.Name, what), m.Pos,
			renameFix("enums", id, member, spelled(name, m.Name), member+"Value"), a.pins.had("member", id, member)})
	}
}

// memberName is what stands behind the enum's name: the member's label or, without one, its value, which may be a
// number: 5, Minus1.
func memberName(m ir.EnumMember) string {
	name := cmp.Or(m.Label, m.Name, "empty")
	if digits, negative := strings.CutPrefix(name, "-"); negative && strings.Trim(digits, "0123456789") == "" && digits != "" {
		return "Minus" + digits
	}
	return camel(name)
}

// ownMembers are the fields and methods that every model has.
var ownMembers = map[string]bool{
	"ETag": true, "ODataType": true, "AdditionalProperties": true, "MarshalJSON": true, "UnmarshalJSON": true,
}

// unowned is the name of a property that every model has something else by.
func unowned(name string) string {
	if ownMembers[name] {
		return name + "Property"
	}
	return name
}

func (a *assigner) propertyNames(m *ir.Model) {
	for _, p := range m.Properties {
		id := m.PropertyID(p)
		name := a.renamed("properties", id, unowned(p.GoName), func() string { return a.pinned("property", id, unowned(field(p.Name))) })
		a.properties[p] = name
		if p.Constants != nil {
			a.constantNames(p.Constants)
		}
	}
}

// modelMembers checks that the fields of a type, with those of its bases, and its helpers have names of their own.
func (a *assigner) modelMembers(m *ir.Model) {
	fields := scope{}
	for b := range m.WithBases() {
		for _, p := range b.Properties {
			name := a.properties[p]
			a.take(fields, name, taken{fmt.Sprintf("property %s of %s", p.Name, modelText(b)), p.Pos,
				renameFix("properties", b.PropertyID(p), name), a.pins.had("property", b.PropertyID(p), name)})
		}
	}
	if a.clashing[m] { // as do the names that are made of its own
		return
	}
	a.baseMethods(fields, m)
	if m.LocalTime != nil {
		a.take(fields, "Time", a.typeTaken(m, "the method for the time of "))
		a.take(a.top, a.Constructor(m), a.typeTaken(m, "the constructor of "))
	}
	if m.EntitySet != "" {
		a.take(a.top, a.Bind(m), a.typeTaken(m, "the bind helper of "))
	}
	if m.Interface {
		a.take(a.top, a.Any(m), a.typeTaken(m, "the interface of "))
	}
}

// constantNames names the values of an extensible string. Equal values of equal names are one constant, wherever
// they stand.
func (a *assigner) constantNames(c *ir.Constants) {
	for i, v := range c.Values {
		id := c.ValueID(i)
		name := a.renamed("constants", id, v.GoName, func() string { return a.pinned("constant", id, exported(c.Name)+camel(v.Name)) })
		a.constants[c] = append(a.constants[c], name)
		what := fmt.Sprintf("value %s of %s", v.Name, c.Name)
		if a.top[name].what != what {
			a.take(a.top, name, taken{what, v.Pos, renameFix("constants", id, name, spelled(exported(c.Name), v.Name)), a.pins.had("constant", id, name)})
		}
	}
}

// resource names the paths below and including r.
func (a *assigner) resource(r *ir.Resource) {
	name := a.pathName(r)
	a.resources[r] = name
	a.accessors[r] = a.accessorName(r)
	a.shadowed[r] = a.shadowed[r.Parent]
	if hasBuilder(r) && !a.shadowed[r] {
		_, a.shadowed[r] = a.builders[a.Requests(r)]
		a.take(a.builders, a.Requests(r), a.pathTaken(r, a.pathFix(r)))
	}
	for _, op := range r.Operations {
		a.byPath[op] = r
	}
	for _, c := range r.Children {
		a.resource(c)
	}
}

// pathName is the name of a path.
func (a *assigner) pathName(r *ir.Resource) string {
	path := r.Path()
	return a.renamed("paths", path, a.pathNames[path].GoName, func() string { return a.pinned("path", path, a.apart(r, a.pathRule(r))) })
}

// pathRule names a path after its text alone: the root collection and its key are the key's type, every later segment
// follows, a later key is Item.
func (a *assigner) pathRule(r *ir.Resource) string {
	s := r.Segment
	if r.Parent == nil && s.Kind == ir.Template {
		return templateName(s)
	}
	if r.Parent == nil {
		return exported(s.Name)
	}
	parent := a.resources[r.Parent]
	switch s.Kind {
	case ir.Key:
		return keyRule(r, parent)
	case ir.Template:
		return parent + templateName(s)
	case ir.Address:
		return parent + addressName(s)
	case ir.Cast:
		return parent + "As" + qualified(s.Name)
	case ir.Action:
		return parent + unlikeVerb(qualified(s.Name), "Action")
	case ir.Function:
		return parent + unlikeVerb(qualified(s.Name), "Function")
	case ir.Count:
		return parent + "Count"
	case ir.Value:
		return parent + "Value"
	case ir.RefSegment:
		return parent + "Ref"
	}
	return parent + camel(s.Name)
}

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

func (a *assigner) clientMethods(roots []*ir.Resource) {
	methods := scope{}
	for name := range a.reserved.Client {
		methods[name] = taken{what: "a method of Client"}
	}
	for _, r := range roots {
		if a.reserved.Client[a.accessors[r]] {
			a.accessors[r] += "Property"
		}
		if hasBuilder(r) {
			a.take(methods, a.accessors[r], a.pathTaken(r, a.accessorFix(r)))
		}
		for _, op := range RootOperations(r) {
			a.operation(methods, op)
		}
	}
}

// resourceMembers names the operations and checks what one request builder has: its accessors and its methods.
// Operations of actions, functions and $count are methods of the builder above them.
func (a *assigner) resourceMembers(r *ir.Resource) {
	if hasBuilder(r) && !a.shadowed[r] {
		a.take(a.top, a.Requests(r), a.pathTaken(r, a.pathFix(r)))
	}
	methods := scope{}
	for _, c := range r.Children {
		if hasBuilder(c) {
			a.take(methods, a.accessors[c], a.pathTaken(c, a.accessorFix(c)))
		}
		a.resourceMembers(c)
	}
	for _, op := range BuilderOperations(r) {
		a.operation(methods, op)
	}
}

// IsCall reports whether a segment is called by a method of the resource above it instead of leading somewhere.
func IsCall(s ir.Segment) bool {
	return s.Kind == ir.Action || s.Kind == ir.Function || s.Kind == ir.Count
}

// hasBuilder reports whether a resource has a builder of its own.
func hasBuilder(r *ir.Resource) bool { return !IsCall(r.Segment) || len(r.Children) > 0 }

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

func (a *assigner) operation(methods scope, op *ir.Operation) {
	name := a.renamed("operations", op.Key(), op.GoName, func() string { return a.pinned("operation", op.Key(), a.verb(op)) })
	a.methods[op] = name
	for _, p := range op.Query {
		id := op.ParameterID(p)
		a.parameters[p] = a.renamed("parameters", id, p.GoName, func() string { return a.pinned("parameter", id, parameterRule(op, p)) })
	}
	if _, hide := a.tried[slot{"operations", op.Key(), "hide"}]; hide {
		return
	}
	what := op.Method + " " + op.Path
	if op.Kind == ir.FunctionOp {
		what = a.functionText(op)
	}
	// The overloads of a function are one method, and so is what follows them.
	if !a.isOverload(op, name) {
		a.take(methods, name, taken{what, op.Pos, a.operationFix(op, name), a.pins.had("operation", op.Key(), name)})
	}
	a.optionFields(op)
}

// parameterRule names a query parameter. One that is called as a field of OData's own options would hide it.
func parameterRule(op *ir.Operation, p *ir.Parameter) string {
	name := exported(p.Name)
	if op.IsSystemOption(p) {
		return name
	}
	hides := func(option string) bool { return exported(option) == name }
	if name == SharedOptions(op.Options()) || slices.ContainsFunc(op.Options().Names(), hides) {
		name += "Parameter"
	}
	return name
}

// isOverload reports whether another operation of the same resource and name is the same call in another form.
func (a *assigner) isOverload(op *ir.Operation, name string) bool {
	for _, other := range a.byPath[op].Operations {
		if other == op {
			return false
		}
		isFunction := op.Kind == ir.FunctionOp && other.Kind == ir.FunctionOp
		if a.methods[other] == name && (isFunction || op.SameCall(other)) {
			return true
		}
	}
	return false
}

func (a *assigner) functionText(op *ir.Operation) string {
	r := a.byPath[op]
	return "function " + r.Segment.Name + " of " + r.Parent.Path()
}
