// Package api describes what a package offers to its users as elements of the lock.
package api

import (
	"slices"

	"github.com/graphslice/graphslice/generator/ir"
	"github.com/graphslice/graphslice/generator/lock"
	"github.com/graphslice/graphslice/generator/names"
)

// Elements returns everything in the package that has a name, sorted.
func Elements(pkg *ir.Package, roots []*ir.Resource, table *names.Table) []lock.Element {
	var all []lock.Element
	add := func(kind, id, name string) { all = append(all, lock.Element{Kind: kind, ID: id, Name: name}) }
	for _, m := range pkg.Models {
		add("type", m.ID(), table.Model(m))
		for _, p := range m.Properties {
			add("property", m.PropertyID(p), table.Field(p))
			if p.Constants == nil {
				continue
			}
			for i := range p.Constants.Values {
				add("constant", p.Constants.ValueID(i), table.Constant(p.Constants, i))
			}
		}
	}
	for _, e := range pkg.Enums {
		add("enum", e.ID(), table.Enum(e))
		for i := range e.Members {
			add("member", e.MemberID(i), table.Member(e, i))
		}
	}
	for _, op := range pkg.Operations {
		add("operation", op.Key(), table.Method(op))
		for _, p := range op.Query {
			add("parameter", op.ParameterID(p), table.Parameter(p))
		}
	}
	var paths func(r *ir.Resource)
	paths = func(r *ir.Resource) {
		add("path", r.Path(), table.Path(r))
		for _, c := range r.Children {
			paths(c)
		}
	}
	for _, r := range roots {
		paths(r)
	}
	slices.SortFunc(all, lock.Element.Compare)
	return slices.Compact(all)
}
