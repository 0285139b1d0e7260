package overrides

import (
	"cmp"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// hide takes out what is hidden, and what nothing leads to any more.
func (a *applier) hide() {
	pkg := a.pkg
	pkg.Operations = slices.DeleteFunc(pkg.Operations, func(op *ir.Operation) bool {
		return slices.Contains(a.hiddenOperations, op)
	})
	for _, m := range pkg.Models {
		m.Properties = slices.DeleteFunc(m.Properties, func(p *ir.Property) bool { return a.hiddenProperties[p] })
	}
	for _, m := range pkg.Models {
		if a.hiddenModels[m] {
			bequeath(m)
		}
	}
	pkg.Models = slices.DeleteFunc(pkg.Models, func(m *ir.Model) bool { return a.hiddenModels[m] })
	pkg.Enums = slices.DeleteFunc(pkg.Enums, func(e *ir.Enum) bool { return a.hiddenEnums[e] })
	a.retype()
	removeUnused(pkg)
	for _, m := range pkg.Models {
		if m.LocalTime != nil && m.LocalTime.Check(m) != nil {
			m.LocalTime = nil // what it needs is hidden
		}
		if m.Upload != nil && m.Upload.Check(m) != nil {
			m.Upload = nil // what it needs is hidden
		}
	}
}

// bequeath gives a hidden type's properties and base to the types derived from it.
func bequeath(m *ir.Model) {
	if m.Base != nil {
		m.Base.Derived = slices.DeleteFunc(m.Base.Derived, func(d *ir.Model) bool { return d == m })
	}
	for _, derived := range m.Derived {
		derived.Base = m.Base
		for _, p := range m.Properties {
			copied := *p
			derived.Properties = append(derived.Properties, &copied)
		}
		sortProperties(derived)
		if m.Base != nil {
			m.Base.Derived = append(m.Base.Derived, derived)
		}
	}
	if m.Base != nil {
		slices.SortFunc(m.Base.Derived, func(x, y *ir.Model) int { return cmp.Compare(x.Name, y.Name) })
	}
}

// retype replaces the types that are hidden, wherever they are used.
func (a *applier) retype() {
	for _, m := range a.pkg.Models {
		for _, p := range m.Properties {
			p.Type = a.visible(p.Type)
			if p.Type.Kind == ir.Untyped {
				p.Navigation = nil
			}
		}
	}
	for _, op := range a.pkg.Operations {
		for _, p := range op.Query {
			p.Type = a.visible(p.Type)
		}
		for _, body := range []*ir.Body{op.Request, op.Response} {
			if body != nil {
				body.Type = a.visible(body.Type)
			}
		}
		for _, segment := range op.Segments {
			for _, args := range [][]ir.Arg{segment.Keys, segment.Args} {
				for i := range args {
					args[i].Type = a.visible(args[i].Type)
				}
			}
		}
	}
}

// visible returns t, with untyped JSON in place of a hidden type and text or numbers in place of a hidden enum.
func (a *applier) visible(t *ir.Type) *ir.Type {
	switch {
	case t.Kind == ir.ModelKind && a.hiddenModels[t.Model]:
		return &ir.Type{Kind: ir.Untyped, Nullable: t.Nullable}
	case t.Kind == ir.EnumKind && a.hiddenEnums[t.Enum]:
		return &ir.Type{Kind: cmp.Or(t.Enum.Integer, ir.String), Nullable: t.Nullable}
	case t.Kind == ir.Collection, t.Kind == ir.Map:
		copied := *t
		copied.Elem = a.visible(t.Elem)
		return &copied
	}
	return t
}

// removeUnused drops the objects and enums without a name that nothing uses any more, and notes which types are
// still declared somewhere.
func removeUnused(pkg *ir.Package) {
	for _, m := range pkg.Models {
		m.Used = false
	}
	uses := usage{models: map[*ir.Model]bool{}, enums: map[*ir.Enum]bool{}}
	for _, m := range pkg.Models {
		if m.Inline == nil {
			uses.ofModel(m)
		}
	}
	for _, op := range pkg.Operations {
		uses.ofOperation(op)
	}
	pkg.Models = slices.DeleteFunc(pkg.Models, func(m *ir.Model) bool { return m.Inline != nil && !uses.models[m] })
	pkg.Enums = slices.DeleteFunc(pkg.Enums, func(e *ir.Enum) bool { return e.Inline != nil && !uses.enums[e] })
}

// usage collects what is declared somewhere.
type usage struct {
	models map[*ir.Model]bool
	enums  map[*ir.Enum]bool
}

func (u usage) ofModel(m *ir.Model) {
	if u.models[m] {
		return
	}
	u.models[m] = true
	for _, p := range m.Properties {
		u.ofType(p.Type)
	}
}

func (u usage) ofOperation(op *ir.Operation) {
	for _, p := range op.Query {
		u.ofType(p.Type)
	}
	for _, body := range []*ir.Body{op.Request, op.Response} {
		if body != nil {
			u.ofType(body.Type)
		}
	}
	for _, segment := range op.Segments {
		for _, arg := range slices.Concat(segment.Keys, segment.Args) {
			u.ofType(arg.Type)
		}
	}
}

func (u usage) ofType(t *ir.Type) {
	switch t.Kind {
	case ir.Collection, ir.Map:
		u.ofType(t.Elem)
	case ir.EnumKind:
		u.enums[t.Enum] = true
	case ir.ModelKind:
		t.Model.Used = true
		u.ofModel(t.Model)
	}
}
