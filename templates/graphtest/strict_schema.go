package graphtest

import (
	"net/url"
	"strings"
)

// What checks look for in the tables.

// anyDerived reports whether a type that derives from another is as is says.
//
//go:noinline
func (s *schema) anyDerived(base *structuredType, is func(*structuredType) bool) bool {
	for i := range s.tables.types {
		if t := &s.tables.types[i]; t != base && s.isA(t, base) && is(t) {
			return true
		}
	}
	return false
}

// derivedProperty finds a property in the types that derive from another; nil if there is none.
//
//go:noinline
func (s *schema) derivedProperty(base *structuredType, is func(*property) bool) (found *property) {
	s.anyDerived(base, func(t *structuredType) bool {
		for ; t != base && found == nil; t = s.types[t.base] {
			for i := range t.properties {
				if is(&t.properties[i]) {
					found = &t.properties[i]
				}
			}
		}
		return found != nil
	})
	return found
}

// similar finds a property of a type or of its bases whose name differs in large and small letters; nil if there is none.
func (s *schema) similar(t *structuredType, name string) *property {
	for ; t != nil; t = s.types[t.base] {
		for i := range t.properties {
			if strings.EqualFold(t.properties[i].name, name) {
				return &t.properties[i]
			}
		}
	}
	return nil
}

// typeNamed finds the type of a cast, whose letters may be large or small, and whose namespace may be short.
func (s *schema) typeNamed(name string) *structuredType {
	if t := s.types[name]; t != nil {
		return t
	}
	for i := range s.tables.types {
		t := &s.tables.types[i]
		if strings.EqualFold(t.name, name) || strings.HasSuffix(strings.ToLower(t.name), "."+strings.ToLower(name)) {
			return t
		}
	}
	return nil
}

// tellsNull reports whether the tables say what can be null: of primitive values they do, of others where one of them can
// be null. There are descriptions that say it of none.
func (s *schema) tellsNull(of string) bool {
	if strings.HasPrefix(of, "Edm.") {
		return true
	}
	for i := range s.tables.types {
		for _, p := range s.tables.types[i].properties {
			if p.flags&nullable != 0 && !strings.Contains(p.of, "Edm.") {
				return true
			}
		}
	}
	return false
}

// setOf is the path of the entities of a type; "" if nobody knows one.
//
//go:noinline
func (s *schema) setOf(t *structuredType) string {
	for ; t != nil; t = s.types[t.base] {
		if t.set != "" {
			return t.set
		}
	}
	return ""
}

// boundInto is the path of the entities that a property is bound to; "" if nobody knows one.
func (s *schema) boundInto(t *structuredType, p *property) string {
	for ; t != nil; t = s.types[t.base] {
		if set := t.binds[p.name]; set != "" {
			return set
		}
	}
	item, _ := itemOf(p.of)
	return s.setOf(s.types[item])
}

// inSet are the types of what stands in a path of entities.
func (s *schema) inSet(set string) (found []*structuredType) {
	for i := range s.tables.types {
		if t := &s.tables.types[i]; t.set != "" && strings.EqualFold(t.set, set) {
			found = append(found, t)
		}
	}
	return found
}

// isRoot reports whether paths begin with a segment.
func (s *schema) isRoot(segment string) bool {
	for _, r := range s.roots {
		if strings.EqualFold(r.name, segment) {
			return true
		}
	}
	for i := range s.tables.types {
		if first, _, _ := strings.Cut(s.tables.types[i].set, "/"); first != "" && strings.EqualFold(first, segment) {
			return true
		}
	}
	return false
}

// linkKey is an address as links are remembered by: whatever the order of its options.
//
//go:noinline
func linkKey(address string) string {
	path, query, _ := strings.Cut(address, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return address
	}
	return path + "?" + values.Encode()
}
