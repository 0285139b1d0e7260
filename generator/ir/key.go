package ir

import "slices"

// Keys are the properties that make up the type's key, in the order of the bases: those that the type says, or else its
// nearest base that says any. Nil if the type is no entity type.
func (m *Model) Keys() []*Property {
	for ; m != nil; m = m.Base {
		if keys := m.declaredKeys(); len(keys) > 0 {
			return keys
		}
	}
	return nil
}

// declaredKeys are the properties that the type itself says are its key, a base's among them.
func (m *Model) declaredKeys() []*Property {
	var keys []*Property
	for _, p := range m.AllProperties() {
		own := p.Key && slices.Contains(m.Properties, p)
		if own || slices.Contains(m.InheritedKeys, p.Name) {
			keys = append(keys, p)
		}
	}
	return keys
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
	for ; m != nil; m = m.Base {
		for _, p := range m.Properties {
			if p.Name == name {
				return p
			}
		}
	}
	return nil
}
