package ir

import "slices"

// Declare decides what values are in Go that are declared with a type: interfaces if no value can be of this very type, since
// it is abstract, pointers to its struct otherwise, whatever derives from it. What the input or an override says of the type
// goes first, then what the last generation made of it, which earlier tells: so a type that gets its first descendant, or that
// becomes abstract, changes no signature.
func (p *Package) Declare(earlier func(*Model) (isInterface, known bool)) {
	declared := p.declared()
	for _, m := range p.Models {
		m.Interface, m.Pointer = false, false
		if !declared[m] {
			continue
		}
		m.Interface = m.Abstract
		if isInterface, known := earlier(m); known {
			m.Interface = isInterface
		}
		if m.Polymorphic != nil {
			m.Interface = *m.Polymorphic
		}
		m.Pointer = !m.Interface
	}
}

// Converts reports whether values of types derived from m can be made into pointers to its struct: something is declared with
// those, or with a base of m, and they are no interfaces.
func (m *Model) Converts() bool { return m.Pointer || !m.Interface && !m.Abstract && m.isDeclared() }

// Resolves reports whether values are declared with m, or with a base of it, that may be of a type derived from m.
func (m *Model) Resolves() bool { return len(m.Derived) > 0 && (m.Used || m.isDeclared()) }

// isDeclared reports whether values are declared with m or with a base of it.
func (m *Model) isDeclared() bool {
	return m != nil && (m.Interface || m.Pointer || m.Base.isDeclared())
}

// declared are the types that properties and bodies are declared with, but for references.
func (p *Package) declared() map[*Model]bool {
	declared := map[*Model]bool{}
	add := func(t *Type) {
		for t != nil && t.Elem != nil {
			t = t.Elem
		}
		if t != nil && t.Model != nil {
			declared[t.Model] = true
		}
	}
	for _, m := range p.Models {
		for _, property := range m.Properties {
			if !property.IsReference() {
				add(property.Type)
			}
		}
	}
	for _, op := range p.Operations {
		for _, body := range []*Body{op.Request, op.Response} {
			if body != nil {
				add(body.Type)
			}
		}
		for _, segment := range op.Segments {
			for _, arg := range slices.Concat(segment.Keys, segment.Args) {
				add(arg.Type)
			}
		}
	}
	return declared
}

// IsReference reports whether a property refers to an entity, or to several, instead of holding values.
func (p *Property) IsReference() bool {
	switch {
	case p.Navigation == nil:
		return false
	case p.Type.Kind == Collection:
		return p.Type.Elem.Kind == ModelKind && p.Binds() != ""
	}
	return p.Type.Kind == ModelKind
}
