package names

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/ir"
)

type assigner struct {
	Table
	top scope
	// pathNames are what overrides ask for.
	pathNames map[string]string
	// builders are the paths by the names of their builders, and shadowed those whose name another one has, with all that is
	// below them. Once one of the two is renamed, they have other names too: no more is to be said of them.
	builders scope
	shadowed map[*ir.Resource]bool
	pins     Pins
	diags    diag.List
}

// scope is a set of names with what took each.
type scope map[string]taken

// taken is who has a name: what it is, where, the override that gives it another, and whether it had the name before.
type taken struct {
	what string
	pos  diag.Pos
	fix  string
	had  bool
}

// take records who is named name in s, or reports who has it already: at the newcomer, if one of the two had it before.
func (a *assigner) take(s scope, name string, second taken) {
	first, ok := s[name]
	if !ok {
		s[name] = second
		return
	}
	if second.had && !first.had {
		first, second = second, first
		s[name] = first
	}
	d := diag.Diagnostic{
		Pos: second.pos, Severity: diag.Error, Code: "name-collision", Related: []diag.Pos{first.pos},
		Message: fmt.Sprintf("%s and %s both become the Go name %s", first.what, second.what, name),
		Hint:    "give one of them another name in the overrides, such as " + second.fix,
	}
	if first.had && !second.had {
		d.Message = fmt.Sprintf("%s becomes the Go name %s, which %s has had since the last generation", second.what, name, first.what)
		d.Hint = "give the newcomer another name in the overrides, such as " + second.fix
	}
	a.diags.Add(d)
}

func hidePath(r *ir.Resource) string {
	return fmt.Sprintf("operations: {%q: {hide: true}}", "GET "+r.Path())
}

func renameType(section, name string) string {
	return fmt.Sprintf("%s: {%q: {rename: …}}", section, name)
}

// model names a type: its OData name, with "Model" behind it where the runtime has that name.
func (a *assigner) model(m *ir.Model) {
	if _, ok := a.models[m]; ok {
		return // as the parent of an inline object
	}
	name := m.GoName
	switch {
	case name != "":
	case m.Inline != nil:
		name = a.pinned("type", m.ID(), a.inline(m.Inline))
	default:
		name = a.pinned("type", m.ID(), a.unreserved(qualified(m.Name), "Model"))
	}
	a.models[m] = name
	if !a.isShadowed(m.Inline) {
		a.take(a.top, name, a.typeTaken(m, ""))
	}
}

// isShadowed reports whether the name of an object or enum without a name comes from a shadowed path.
func (a *assigner) isShadowed(in *ir.Inline) bool {
	for in != nil && in.Operation == nil {
		in = in.Parent.Inline
	}
	return in != nil && a.shadowed[a.byPath[in.Operation]]
}

// renameOf is the override that gives another name to a type or enum, or to what it is named after.
func renameOf(section, name string, in *ir.Inline) string {
	switch {
	case in == nil:
		return renameType(section, name)
	case in.Operation != nil:
		return renameType("paths", in.Operation.Path)
	}
	return renameOf("types", in.Parent.Name, in.Parent.Inline)
}

// typeTaken is a type as who has a name: its own or, with what it is for in front, one that is made of it.
func (a *assigner) typeTaken(m *ir.Model, what string) taken {
	return taken{what + modelText(m), m.Pos, renameOf("types", m.Name, m.Inline), a.pins.had("type", m.ID(), a.models[m])}
}

func modelText(m *ir.Model) string {
	if m.Inline != nil {
		return inlineText(m.Inline)
	}
	return "type " + m.Name
}

func inlineText(in *ir.Inline) string {
	if in.Operation != nil {
		return fmt.Sprintf("the %s of %s %s", strings.ToLower(in.Role), in.Operation.Method, in.Operation.Path)
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
	return name + in.Role
}

func (a *assigner) enum(e *ir.Enum) {
	name := e.GoName
	switch {
	case name != "":
	case e.Inline != nil:
		name = a.pinned("enum", e.ID(), a.inline(e.Inline))
	default:
		name = a.pinned("enum", e.ID(), a.unreserved(qualified(e.Name), "Enum"))
	}
	a.enums[e] = name
	what := "enum " + e.Name
	if e.Inline != nil {
		what = "the enum of " + inlineText(e.Inline)
	}
	if a.isShadowed(e.Inline) {
		return
	}
	a.take(a.top, name, taken{what, e.Pos, renameOf("enums", e.Name, e.Inline), a.pins.had("enum", e.ID(), name)})
	for i, m := range e.Members {
		member := m.GoName
		if member == "" {
			member = a.pinned("member", e.MemberID(i), name+memberName(m))
		}
		a.members[e] = append(a.members[e], member)
		a.take(a.top, member, taken{fmt.Sprintf("member %s of %s", m.Name, what), m.Pos, renameType("enums", e.MemberID(i)),
			a.pins.had("member", e.MemberID(i), member)})
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

func (a *assigner) propertyNames(m *ir.Model) {
	for _, p := range m.Properties {
		name := p.GoName
		if name == "" {
			name = field(p.Name)
		}
		if ownMembers[name] {
			name += "Property"
		}
		if p.GoName == "" {
			name = a.pinned("property", m.PropertyID(p), name)
		}
		a.properties[p] = name
		if p.Constants != nil {
			a.constantNames(p.Constants)
		}
	}
}

// modelMembers checks that the fields of a type, with those of its bases, and its helpers have names of their own.
func (a *assigner) modelMembers(m *ir.Model) {
	fields := scope{}
	for b := m; b != nil; b = b.Base {
		for _, p := range b.Properties {
			name := a.properties[p]
			a.take(fields, name, taken{fmt.Sprintf("property %s of %s", p.Name, modelText(b)), p.Pos,
				renameType("properties", b.Name+"/"+p.Name), a.pins.had("property", b.PropertyID(p), name)})
		}
	}
	if m.EntitySet != "" {
		a.take(a.top, a.Bind(m), a.typeTaken(m, "the bind helper of "))
	}
	if m.Used && m.Polymorphic {
		a.take(a.top, a.Any(m), a.typeTaken(m, "the interface of "))
	}
}

// constantNames names the values of an extensible string. Equal values of equal names are one constant, wherever
// they stand.
func (a *assigner) constantNames(c *ir.Constants) {
	for i, v := range c.Values {
		name := v.GoName
		if name == "" {
			name = a.pinned("constant", c.ValueID(i), exported(c.Name)+camel(v.Name))
		}
		a.constants[c] = append(a.constants[c], name)
		what := fmt.Sprintf("value %s of %s", v.Name, c.Name)
		if a.top[name].what != what {
			a.take(a.top, name, taken{what, v.Pos, "another x-ms-enum name", a.pins.had("constant", c.ValueID(i), name)})
		}
	}
}

// resource names the paths below and including r.
func (a *assigner) resource(r *ir.Resource) {
	name := a.pathName(r)
	a.resources[r] = name
	a.accessors[r] = accessor(r.Segment)
	a.shadowed[r] = a.shadowed[r.Parent]
	if hasBuilder(r) && !a.shadowed[r] {
		_, a.shadowed[r] = a.builders[a.Requests(r)]
		a.take(a.builders, a.Requests(r), a.pathTaken(r, renameType("paths", r.Path())))
	}
	for _, op := range r.Operations {
		a.byPath[op] = r
	}
	for _, c := range r.Children {
		a.resource(c)
	}
}

// keyNoise is what a key's parameter has beside the name of the type: "chatMessage-id1" is the key of chatMessage.
var keyNoise = regexp.MustCompile(`[-_]?[iI][dD][0-9]*$`)

// pathName is the name of a path.
func (a *assigner) pathName(r *ir.Resource) string {
	if name := a.pathNames[r.Path()]; name != "" {
		return name
	}
	return a.pinned("path", r.Path(), a.pathRule(r))
}

// pathRule names a path after its text alone: the root collection and its key are the key's type, every later segment
// follows, a later key is Item.
func (a *assigner) pathRule(r *ir.Resource) string {
	s := r.Segment
	if r.Parent == nil {
		return exported(s.Name)
	}
	parent := a.resources[r.Parent]
	switch s.Kind {
	case ir.Key:
		if len(s.Keys) > 0 {
			return parent + keyNames(s)
		}
		if r.Parent.Parent != nil {
			return parent + "Item"
		}
		name := camel(keyNoise.ReplaceAllString(s.Name, ""))
		if name == "" || name == parent {
			return parent + "Item"
		}
		return exported(name)
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

// keyNames is ByAppID for (appId='{appId}').
func keyNames(s ir.Segment) string {
	names := "By"
	for _, k := range s.Keys {
		names += camel(k.Name)
	}
	return names
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
		if len(s.Keys) > 0 {
			return keyNames(s)
		}
		return "ByID"
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
	return exported(strings.ToLower(op.Method))
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
		a.take(methods, a.accessors[r], a.pathTaken(r, hidePath(r)))
	}
}

// resourceMembers names the operations and checks what one request builder has: its accessors and its methods.
// Operations of actions, functions and $count are methods of the builder above them.
func (a *assigner) resourceMembers(r *ir.Resource) {
	if hasBuilder(r) && !a.shadowed[r] {
		a.take(a.top, a.Requests(r), a.pathTaken(r, renameType("paths", r.Path())))
	}
	methods := scope{}
	for _, c := range r.Children {
		if hasBuilder(c) {
			a.take(methods, a.accessors[c], a.pathTaken(c, hidePath(c)))
		}
		a.resourceMembers(c)
	}
	for _, op := range BuilderOperations(r) {
		a.operation(methods, op)
	}
}

// pathTaken is a path as who has a name.
func (a *assigner) pathTaken(r *ir.Resource, fix string) taken {
	return taken{"path " + r.Path(), firstPos(r), fix, a.pins.had("path", r.Path(), a.resources[r])}
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

func (a *assigner) operation(methods scope, op *ir.Operation) {
	name := op.GoName
	if name == "" {
		name = a.pinned("operation", op.Key(), a.verb(op))
	}
	a.methods[op] = name
	what := op.Method + " " + op.Path
	// The overloads of a function are one method.
	if overload := methods[name].what; op.Kind != ir.FunctionOp || overload != a.functionText(op) {
		if op.Kind == ir.FunctionOp {
			what = a.functionText(op)
		}
		a.take(methods, name, taken{what, op.Pos, fmt.Sprintf("operations: {%q: {rename: …}}", op.Key()),
			a.pins.had("operation", op.Key(), name)})
	}
	fields := scope{}
	for _, p := range op.Query {
		field := p.GoName
		if field == "" {
			field = a.pinned("parameter", op.ParameterID(p), exported(p.Name))
		}
		a.parameters[p] = field
		a.take(fields, field, taken{"parameter " + p.Name, p.Pos, fmt.Sprintf("parameters: {%q: {rename: …}}", op.ParameterID(p)),
			a.pins.had("parameter", op.ParameterID(p), field)})
	}
}

func (a *assigner) functionText(op *ir.Operation) string {
	r := a.byPath[op]
	return "function " + r.Segment.Name + " of " + r.Parent.Path()
}

// firstPos is where the first operation at or below r stands.
func firstPos(r *ir.Resource) diag.Pos {
	if len(r.Operations) > 0 {
		return r.Operations[0].Pos
	}
	for _, c := range r.Children {
		return firstPos(c)
	}
	return diag.Pos{}
}
