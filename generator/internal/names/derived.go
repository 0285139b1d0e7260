package names

import (
	"fmt"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// derivedNames declares what is made of other names: constants of properties, bind helpers of navigation properties, options.
func (a *assigner) derivedNames(pkg *ir.Package, roots []*ir.Resource) {
	for _, m := range pkg.Models {
		top := a.madeOf(m)
		a.reader(top, m)
		a.propertyConstants(top, m)
		for _, p := range m.Properties {
			if hasOwnBind(p) {
				a.declare(top, entry{kind: bindKind, of: p, in: m}, "Bind"+a.models[m]+a.properties[p], a.propertyTaken(m, p, "the bind helper of "))
			}
		}
	}
	for _, r := range roots {
		a.optionNames(r)
	}
}

// reader declares the function that reads values declared with a type, made of the name that these have.
func (a *assigner) reader(top *scope, m *ir.Model) {
	name := a.models[m]
	if m.Interface {
		name = a.idents[entry{kind: anyKind, of: m}].name
	}
	if slices.ContainsFunc(a.collisions, func(c collision) bool { return c.name == name }) {
		top = nil
	}
	a.declare(top, entry{kind: readerKind, of: m}, a.unreserved("read"+name, "Model"), a.typeTaken(m, "the reader of "))
}

// hasOwnBind reports whether a navigation property has a helper of its own, since it points to where its type's does not.
func hasOwnBind(p *ir.Property) bool {
	set := p.Binds()
	return set != "" && set != p.Target().EntitySet
}

// propertyConstants declares the constants that name the properties of a type, with those of its bases.
func (a *assigner) propertyConstants(top *scope, m *ir.Model) {
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
			s := top
			if a.fieldOwner(m, a.properties[p]) != p {
				s = nil
			}
			a.declare(s, entry{kind: constantKind, of: p, in: m}, a.models[m]+"Property"+a.properties[p], t)
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

// baseMethods declares the methods by which a type is one of its bases.
func (a *assigner) baseMethods(fields *scope, m *ir.Model) {
	for b := range m.WithBases() {
		switch name := a.models[b]; {
		case b.Interface:
			a.declare(fields, entry{kind: getterKind, of: b}, "Get"+name, a.typeTaken(b, "the method of "))
		case b.Converts() && b != m:
			if isOwn(name) {
				name += "Value"
			}
			a.declare(fields, entry{kind: converterKind, of: b}, name, a.typeTaken(b, "the method that makes a value of "))
		}
	}
}
