package ir

import "slices"

// Keys are the properties that make up the type's key, in the order of the bases: those that the type says, or else its
// nearest base that says any. Nil if the type is no entity type.
func (m *Model) Keys() []*Property {
	for b := range m.WithBases() {
		if keys := b.declaredKeys(); len(keys) > 0 {
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
