package derive

import (
	"slices"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

// This file derives the operations on a single value: OData gives every property a path of its own. Hardly anybody asks for them,
// and every type would have dozens: so a pattern has to write the path out.

// property derives what is done with the property n of p, one value or several without parts of their own: it is read where a
// pattern writes it out, and written or set to null where that names the method as well.
func (d *deriver) property(p place, n *csdl.Property) {
	if n.Type.Name == ir.Stream.Edm() {
		return // that is content
	}
	next := p.down(pathglob.Token{Text: n.Name})
	if next.walk = next.walk.Full(); d.leaves(next) {
		return
	}
	next.about = []csdl.Annotations{n.Annotations}
	next.restricted, next.containers, next.singleton = nil, nil, true
	next.typ = nil // what the type says is about the whole
	if n.Permits("Read") && next.allows("ReadRestrictions", "Readable") {
		d.addProperty(next, "GET", GetProperty, p.typ, n)
	}
	if n.ReadOnly() || slices.Contains(p.typ.Keys(), n.Name) || !next.allows("UpdateRestrictions", "Updatable") {
		return
	}
	next.walk = next.walk.Asked()
	d.addProperty(next, "PUT", SetProperty, p.typ, n)
	if n.Nullable && !n.Type.Collection {
		d.addProperty(next, "DELETE", ClearProperty, p.typ, n)
	}
}

// addProperty adds an operation on the property n of a type.
func (d *deriver) addProperty(p place, method string, kind Kind, of *csdl.Type, n *csdl.Property) {
	o := d.add(p, method, kind)
	o.Target, o.Property = of, n
}
