package ir

import "iter"

// WithBases are the type and its bases, the nearest first; none of nil.
func (m *Model) WithBases() iter.Seq[*Model] {
	return func(yield func(*Model) bool) {
		for ; m != nil && yield(m); m = m.Base {
		}
	}
}

// WithDescendants are the type and all that derive from it, each before those that derive from it.
func (m *Model) WithDescendants() iter.Seq[*Model] {
	return func(yield func(*Model) bool) { m.visit(yield) }
}

// visit goes through a type and its descendants, and reports whether to go on.
func (m *Model) visit(yield func(*Model) bool) bool {
	if !yield(m) {
		return false
	}
	for _, d := range m.Derived {
		if !d.visit(yield) {
			return false
		}
	}
	return true
}

// Is reports whether the type is base or derives from it.
func (m *Model) Is(base *Model) bool {
	for b := range m.WithBases() {
		if b == base {
			return true
		}
	}
	return false
}

// OwnProperty returns the property of that name that the type declares itself; nil if it has none, or m is nil.
func (m *Model) OwnProperty(name string) *Property {
	if m == nil {
		return nil
	}
	for _, p := range m.Properties {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// AllProperties are the properties of the type with those of its bases in front.
func (m *Model) AllProperties() []*Property {
	if m == nil {
		return nil
	}
	return append(m.Base.AllProperties(), m.Properties...)
}

// Property returns the property of m or of a base; nil if there is none.
func (m *Model) Property(name string) *Property {
	for b := range m.WithBases() {
		if p := b.OwnProperty(name); p != nil {
			return p
		}
	}
	return nil
}
