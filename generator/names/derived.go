package names

import (
	"fmt"

	"github.com/graphslice/graphslice/generator/ir"
)

// derivedNames checks the identifiers of the package that are made of others: constants of properties, bind helpers of navigation
// properties, options.
func (a *assigner) derivedNames(pkg *ir.Package, roots []*ir.Resource) {
	for _, m := range pkg.Models {
		if a.clashing[m] {
			continue
		}
		a.propertyConstants(m)
		for _, p := range m.Properties {
			if hasOwnBind(p) {
				a.take(a.top, a.BindProperty(m, p), a.propertyTaken(m, p, "the bind helper of "))
			}
		}
	}
	for _, r := range roots {
		a.optionNames(r)
	}
}

// hasOwnBind reports whether a navigation property has a helper of its own, since it points to where its type's does not.
func hasOwnBind(p *ir.Property) bool {
	set := p.Binds()
	return set != "" && set != p.Target().EntitySet
}

// propertyConstants checks the constants that name the properties of a type, with those of its bases.
func (a *assigner) propertyConstants(m *ir.Model) {
	if m.Inline != nil {
		return
	}
	for b := range m.WithBases() {
		for _, p := range b.Properties {
			t := a.propertyTaken(b, p, "the constant of ")
			if b != m { // to rename a type is to rename one constant of many; to rename the base's property renames many fields
				t.fix = a.typeTaken(m, "").fix
			}
			t.fix.derived = true
			t.had = t.had && a.pins.had("type", m.ID(), a.models[m])
			if name := a.PropertyConstant(m, p); a.fieldOwner(m, a.properties[p]) == p {
				a.take(a.top, name, t)
			}
		}
	}
}

// fieldOwner is the first property of m or a base that has the field: two that collide are reported as such.
func (a *assigner) fieldOwner(m *ir.Model, field string) *ir.Property {
	for b := range m.WithBases() {
		for _, p := range b.Properties {
			if a.properties[p] == field {
				return p
			}
		}
	}
	return nil
}

// propertyTaken is a property as who has a name that is made of its own.
func (a *assigner) propertyTaken(m *ir.Model, p *ir.Property, what string) taken {
	name := a.properties[p]
	f := renameFix("properties", m.PropertyID(p), name)
	f.derived = true
	return taken{what + fmt.Sprintf("property %s of %s", p.Name, modelText(m)), p.Pos, f, a.pins.had("property", m.PropertyID(p), name)}
}

// optionNames checks the types of the options below and including r.
func (a *assigner) optionNames(r *ir.Resource) {
	seen := map[string]bool{}
	if IsCall(r.Segment) && len(r.Operations) == 0 && len(r.Segment.Args) > 0 {
		a.takeOptions(r, a.FunctionOptions(r), seen)
	}
	for _, op := range r.Operations {
		switch op.Kind {
		case ir.List, ir.Get, ir.CountOp, ir.FunctionOp:
			if a.hasOwnOptions(op) {
				a.takeOptions(r, a.Options(op), seen)
			}
		}
	}
	for _, c := range r.Children {
		a.optionNames(c)
	}
}

// takeOptions takes the name of a path's own options; those that all paths share are the runtime's.
func (a *assigner) takeOptions(r *ir.Resource, name string, seen map[string]bool) {
	if seen[name] || a.shadowed[r] {
		return
	}
	seen[name] = true
	f := a.pathFix(r)
	f.derived = true
	t := a.pathTaken(r, f)
	t.what = "the options of " + t.what
	a.take(a.top, name, t)
}

// baseMethods checks the methods by which a type is one of its bases.
func (a *assigner) baseMethods(fields scope, m *ir.Model) {
	for b := range m.WithBases() {
		switch {
		case b.Interface:
			a.take(fields, a.Getter(b), a.typeTaken(b, "the method of "))
		case b.Converts() && b != m:
			a.take(fields, a.Converter(b), a.typeTaken(b, "the method that makes a value of "))
		}
	}
}

// optionsOf tells the options of calls apart: those of a function's overloads are one.
type optionsOf struct {
	r    *ir.Resource
	name string
	op   *ir.Operation // nil for a function
}

// optionFields checks the fields of an operation's options: its arguments and query parameters.
func (a *assigner) optionFields(op *ir.Operation) {
	key := optionsOf{a.byPath[op], a.methods[op], op}
	if op.Kind == ir.FunctionOp {
		key.op = nil
	}
	if a.fields[key] == nil {
		a.fields[key] = scope{}
	}
	take := func(name string, t taken) {
		if a.fields[key][name].what != t.what {
			a.take(a.fields[key], name, t)
		}
	}
	for _, arg := range a.byPath[op].Segment.Args {
		if a.byPath[op].Segment.Kind != ir.Function {
			break // they are the accessor's
		}
		take(a.Argument(arg), taken{"argument {" + arg.Param + "} of " + a.functionText(op), op.Pos,
			fix{section: "operations", key: op.Key(), field: "hide"}, a.pins.had("operation", op.Key(), a.methods[op])})
	}
	for _, p := range op.Query {
		field := a.parameters[p]
		take(field, taken{"parameter " + p.Name, p.Pos, renameFix("parameters", op.ParameterID(p), field),
			a.pins.had("parameter", op.ParameterID(p), field)})
	}
}
