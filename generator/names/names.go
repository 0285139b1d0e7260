// Package names decides every Go identifier of a generated package, in one pass over the IR.
//
// A rule looks at the thing named and at nothing else: not at the order of the input, not at what else is in the
// package. So a name stays when a slice grows. Where two things get one name, that is an error which names the
// override to write; nothing is numbered silently. What had the name in the last generation keeps it (see Pins).
package names

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/ir"
	"github.com/graphslice/graphslice/generator/service"
)

// Table holds the names of one package.
type Table struct {
	models     map[*ir.Model]string
	enums      map[*ir.Enum]string
	members    map[*ir.Enum][]string
	properties map[*ir.Property]string
	constants  map[*ir.Constants][]string
	resources  map[*ir.Resource]string
	accessors  map[*ir.Resource]string
	methods    map[*ir.Operation]string
	parameters map[*ir.Parameter]string
	// byPath finds the resource of an operation.
	byPath   map[*ir.Operation]*ir.Resource
	reserved Reserved
	kept     map[element]bool
}

// Reserved are the identifiers that the runtime part of the package has already: at package level, and as
// methods of the client.
type Reserved struct {
	Package, Client map[string]bool
}

// Assign names everything in pkg. Resources must be the tree of its operations.
func Assign(pkg *ir.Package, resources []*ir.Resource, reserved Reserved, pins Pins) (*Table, diag.List) {
	var first *assigner
	found := settle(func(tried map[slot]string) *assigner {
		a := newAssigner(pkg, reserved, pins)
		a.tried = tried
		a.all(pkg, resources)
		if first == nil {
			first = a
		}
		return a
	})
	return &first.Table, found
}

func newAssigner(pkg *ir.Package, reserved Reserved, pins Pins) *assigner {
	a := &assigner{
		Table: Table{
			models: map[*ir.Model]string{}, enums: map[*ir.Enum]string{}, members: map[*ir.Enum][]string{},
			properties: map[*ir.Property]string{}, constants: map[*ir.Constants][]string{},
			resources: map[*ir.Resource]string{}, accessors: map[*ir.Resource]string{},
			methods: map[*ir.Operation]string{}, parameters: map[*ir.Parameter]string{},
			byPath: map[*ir.Operation]*ir.Resource{}, reserved: reserved, kept: map[element]bool{},
		},
		top: scope{}, builders: scope{}, shadowed: map[*ir.Resource]bool{}, clashing: map[*ir.Model]bool{}, pathNames: map[string]ir.PathName{}, roots: map[string]bool{},
		fields: map[optionsOf]scope{}, pins: pins,
	}
	for name := range reserved.Package {
		a.top[name] = taken{what: name + " of graphslice itself"}
	}
	for _, p := range pkg.PathNames {
		named := a.pathNames[p.Path]
		a.pathNames[p.Path] = ir.PathName{Path: p.Path, GoName: cmp.Or(p.GoName, named.GoName), Accessor: cmp.Or(p.Accessor, named.Accessor)}
	}
	return a
}

// all names everything.
func (a *assigner) all(pkg *ir.Package, resources []*ir.Resource) {
	for _, r := range resources {
		if hasBuilder(r) {
			a.roots[a.pathName(r)] = true
		}
	}
	for _, r := range resources {
		a.resource(r)
	}
	for _, m := range pkg.Models {
		a.model(m)
	}
	for _, e := range pkg.Enums {
		a.enum(e)
	}
	for _, m := range pkg.Models {
		a.propertyNames(m)
	}
	for _, m := range pkg.Models {
		a.modelMembers(m)
	}
	a.clientMethods(resources)
	for _, r := range resources {
		a.resourceMembers(r)
	}
	a.derivedNames(pkg, resources)
}

// Model is the type's name, such as Chat.
func (t *Table) Model(m *ir.Model) string { return t.models[m] }

// Any is the name of the interface that values declared with a polymorphic type have, such as AnyConversationMember.
func (t *Table) Any(m *ir.Model) string { return "Any" + t.models[m] }

// Getter is the method of every value of an interface that returns the properties of the base, such as GetConversationMember.
func (t *Table) Getter(base *ir.Model) string { return "Get" + t.models[base] }

// Converter is the method of a derived type that makes a value of its base's type, such as Message; with "Value" behind it where
// every type has something of that name.
func (t *Table) Converter(base *ir.Model) string {
	if name := t.models[base]; ownMembers[name] {
		return name + "Value"
	}
	return t.models[base]
}

// Constructor is the function that makes a value of a type of something that Go has, such as NewDateTimeTimeZone of a time.Time.
func (t *Table) Constructor(m *ir.Model) string { return "New" + t.models[m] }

// Reader is the name of the function that reads a value declared with the type, such as readChat or
// readAnyConversationMember; with "Model" behind it where the runtime has that name.
func (t *Table) Reader(m *ir.Model, polymorphic bool) string {
	name := "read" + t.Model(m)
	if polymorphic {
		name = "read" + t.Any(m)
	}
	if t.reserved.Package[name] {
		name += "Model"
	}
	return name
}

// Bind is the name of the helper that binds to the type's entity set, such as BindUser.
func (t *Table) Bind(m *ir.Model) string { return "Bind" + t.models[m] }

// BindProperty is the name of the helper for a navigation property with an entity set of its own, such as
// BindTeamTemplate.
func (t *Table) BindProperty(m *ir.Model, p *ir.Property) string {
	return "Bind" + t.models[m] + t.properties[p]
}

// Enum is the type's name, such as ChatType.
func (t *Table) Enum(e *ir.Enum) string { return t.enums[e] }

// Member is the constant of the i-th member, such as ChatTypeOneOnOne.
func (t *Table) Member(e *ir.Enum, i int) string { return t.members[e][i] }

// Field is the struct field of a property, such as WebURL.
func (t *Table) Field(p *ir.Property) string { return t.properties[p] }

// PropertyConstant is the constant that holds a property's name, such as ChatPropertyWebURL.
func (t *Table) PropertyConstant(m *ir.Model, p *ir.Property) string {
	return t.models[m] + "Property" + t.properties[p]
}

// Constant is the name of the i-th well-known value, such as RoleOwner.
func (t *Table) Constant(c *ir.Constants, i int) string { return t.constants[c][i] }

// Path is what the names of a path's builder, options and so on begin with, such as ChatMembersItem.
func (t *Table) Path(r *ir.Resource) string { return t.resources[r] }

// Requests is the request builder of a path, such as ChatMembersItemRequests.
func (t *Table) Requests(r *ir.Resource) string { return t.resources[r] + "Requests" }

// Accessor is the method that leads to a resource from the one above it, such as Members or ByID.
func (t *Table) Accessor(r *ir.Resource) string { return t.accessors[r] }

// Method is the method of an operation, such as List or HideForUser.
func (t *Table) Method(op *ir.Operation) string { return t.methods[op] }

// sharedOptions are the types of the runtime that hold OData's own query options.
var sharedOptions = map[ir.OptionsKind]string{ir.GetOptions: "GetOptions", ir.ListOptions: "ListOptions", ir.CountOptions: "CountOptions"}

// SharedOptions is the type of OData's own query options for a kind of call, such as ListOptions; "" for calls that take none.
func SharedOptions(kind ir.OptionsKind) string { return sharedOptions[kind] }

// Options is the type of an operation's options: ListOptions and the like, or one of its own if it has parameters or arguments
// beside OData's, such as UserCalendarViewListOptions.
func (t *Table) Options(op *ir.Operation) string {
	r := t.byPath[op]
	if !t.hasOwnOptions(op) {
		return SharedOptions(op.Options())
	}
	if r.Segment.Kind == ir.Function {
		return t.FunctionOptions(r)
	}
	if op.Kind == ir.CountOp {
		return t.resources[r.Parent] + "CountOptions"
	}
	return t.resources[r] + t.methods[op] + "Options"
}

// hasOwnOptions reports whether a call has query parameters or arguments beside OData's own query options. The forms of a function
// are one call.
func (t *Table) hasOwnOptions(op *ir.Operation) bool {
	r := t.byPath[op]
	if r.Segment.Kind != ir.Function {
		return len(op.OwnQuery()) > 0
	}
	return slices.ContainsFunc(r.Forms(), func(form ir.Segment) bool { return len(form.Args) > 0 }) ||
		slices.ContainsFunc(r.Operations, func(op *ir.Operation) bool { return len(op.OwnQuery()) > 0 })
}

// FunctionOptions is the type of the arguments of a function, such as ReportsGetUserDetailOptions.
func (t *Table) FunctionOptions(r *ir.Resource) string { return t.resources[r] + "Options" }

// Parameter is the options field of a query parameter, such as OrderBy.
func (t *Table) Parameter(p *ir.Parameter) string { return t.parameters[p] }

// Argument is the options field of a function's argument, such as Period.
func (t *Table) Argument(a ir.Arg) string {
	s := exported(a.Name)
	if queryOptions[s] {
		s += "Argument"
	}
	return s
}

// KeyArgument is the parameter that takes a value in a path, such as id or appID.
func (t *Table) KeyArgument(a ir.Arg) string {
	if a.Name == "" {
		return unexported(a.Param)
	}
	return unexported(a.Name)
}

// PathArguments are the parameters of the method that leads to a segment, those of a function aside.
func (t *Table) PathArguments(s ir.Segment) []string {
	args := s.Keys
	switch {
	case s.Kind == ir.Key && len(s.Keys) == 0:
		return []string{"id"}
	case s.Kind == ir.Template, s.Kind == ir.Address:
		args = s.Args
	case s.Kind != ir.Key:
		return nil
	}
	if s.Kind == ir.Address && addressName(s) == "ByPath" {
		return []string{"path"}
	}
	var list []string
	for i, a := range args {
		name := t.KeyArgument(a)
		if slices.Contains(list, name) {
			name += strconv.Itoa(i + 1)
		}
		list = append(list, name)
	}
	return list
}

// queryOptions are the fields that OData's system query options become.
var queryOptions = map[string]bool{
	"Select": true, "Expand": true, "Filter": true, "OrderBy": true, "Search": true,
	"Count": true, "Top": true, "Skip": true, "Format": true,
}

// qualified returns the Go name of a qualified OData name: "microsoft.graph.callRecords.session" is
// CallRecordsSession.
func qualified(name string) string { return exported(service.Graph.Short(name)) }
