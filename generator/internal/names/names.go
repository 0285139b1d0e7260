// Package names decides every Go identifier of a generated package, in one pass over the IR.
//
// A rule looks at the thing named and at nothing else: not at the order of the input, not at what else is in the
// package. So a name stays when a slice grows. Where two things get one name, that is an error which names the
// override to write; nothing is numbered silently. What had the name in the last generation keeps it (see Pins).
package names

import (
	"cmp"
	"maps"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// Rules is the number of the rules, which stands in the lock. It is raised with every change by which an element gets another name than
// before, so that what has a name keeps it, whatever commit of graphslice comes next (see Pins); a test of package generator tells of such
// a change. What identifiers are made of names by, such as Bind or PropertyX, stays: nothing in a lock would keep it.
const Rules = 2

// Reserved are the identifiers that the runtime part of the package has already: at package level, and as
// methods of the client.
type Reserved struct {
	Package, Client map[string]bool
}

// assigner names everything once.
type assigner struct {
	Table
	// What the rules, overrides and pins call things; identifiers are made of it.
	models     map[*ir.Model]string
	enums      map[*ir.Enum]string
	properties map[*ir.Property]string
	resources  map[*ir.Resource]string
	accessors  map[*ir.Resource]string
	methods    map[*ir.Operation]string
	// byPath finds the resource of an operation.
	byPath   map[*ir.Operation]*ir.Resource
	reserved Reserved
	top      *scope
	// pathNames are what overrides ask for, and roots the names of the paths of one segment.
	pathNames map[string]ir.PathName
	roots     map[string]bool
	// builders are the paths by the names of their builders, and shadowed those whose name another one has, with all that is
	// below them. Once one of the two is renamed, they have other names too: no more is to be said of them.
	builders scope
	shadowed map[*ir.Resource]bool
	// clashing are the types whose name another one has.
	clashing map[*ir.Model]bool
	pins     Pins
	// tried are the names that are tried for what collides, by the place of the override that gives them.
	tried      map[slot]string
	collisions []collision
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
			idents: map[entry]Ident{}, scopes: map[entry]*scope{}, paths: map[*ir.Resource]string{}, kept: map[element]bool{},
		},
		models: map[*ir.Model]string{}, enums: map[*ir.Enum]string{}, properties: map[*ir.Property]string{},
		resources: map[*ir.Resource]string{}, accessors: map[*ir.Resource]string{}, methods: map[*ir.Operation]string{},
		byPath: map[*ir.Operation]*ir.Resource{}, builders: scope{names: map[string]taken{}}, shadowed: map[*ir.Resource]bool{},
		clashing: map[*ir.Model]bool{}, pathNames: map[string]ir.PathName{}, roots: map[string]bool{}, pins: pins,
		reserved: Reserved{Package: map[string]bool{}, Client: map[string]bool{}},
	}
	maps.Copy(a.reserved.Package, reserved.Package)
	maps.Copy(a.reserved.Client, reserved.Client)
	for _, i := range ofClient {
		a.reserved.Client[i.name] = true
	}
	for _, i := range ofPackage { // whether the package has it or not: names are to stay
		a.reserved.Package[i.name] = true
	}
	a.top = a.scope(entry{})
	for name := range a.reserved.Package {
		a.top.names[name] = taken{what: name + " of graphslice itself"}
	}
	for _, p := range pkg.PathNames {
		named := a.pathNames[p.Path]
		a.pathNames[p.Path] = ir.PathName{Path: p.Path, GoName: cmp.Or(p.GoName, named.GoName), Accessor: cmp.Or(p.Accessor, named.Accessor),
			Package: cmp.Or(p.Package, named.Package)}
	}
	return a
}

// all names everything.
func (a *assigner) all(pkg *ir.Package, resources []*ir.Resource) {
	for _, r := range resources {
		if HasBuilder(r) {
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

// scope returns the scope of a type's fields and methods, made with what every such type has if there is none yet.
func (a *assigner) scope(of entry, always ...Ident) *scope {
	s := a.scopes[of]
	if s == nil {
		s = &scope{names: map[string]taken{}}
		a.scopes[of] = s
		for _, i := range always {
			s.names[i.name] = taken{what: i.name + ", which every such type has,"}
		}
	}
	return s
}

// declare enters an identifier and takes it in its scope. The scope is nil for what is declared already, or not at all, and for what is
// made of a name of which a collision has been told.
func (a *assigner) declare(s *scope, e entry, name string, t taken) {
	a.idents[e] = Ident{name}
	if s != nil {
		a.take(s, name, t)
	}
}

// once is s, or nil if it has the name for the very same thing.
func (s *scope) once(name, what string) *scope {
	if s == nil || s.names[name].what == what {
		return nil
	}
	return s
}
