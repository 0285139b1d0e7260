package names

import "github.com/graphslice/graphslice/generator/internal/ir"

// What types are called where people read of them, and in tables: as OData does, and by the identifier what has no name there.

// ModelName is the qualified name of a model; for an object without a name it is the Go name.
func (t *Table) ModelName(m *ir.Model) string {
	if m.Name == "" {
		return t.Model(m).String()
	}
	return m.Name
}

// EnumName is the qualified name of an enumeration; for one without a name it is the Go name.
func (t *Table) EnumName(e *ir.Enum) string {
	if e.Name == "" {
		return t.Enum(e).String()
	}
	return e.Name
}

// TypeName is a type in the words of OData: Edm.String, a.b.card, Collection(a.b.card).
func (t *Table) TypeName(of *ir.Type) string {
	switch of.Kind {
	case ir.Collection:
		return "Collection(" + t.TypeName(of.Elem) + ")"
	case ir.Map:
		return "Map(" + t.TypeName(of.Elem) + ")"
	case ir.ModelKind:
		return t.ModelName(of.Model)
	case ir.EnumKind:
		return t.EnumName(of.Enum)
	}
	return of.Kind.Edm()
}
