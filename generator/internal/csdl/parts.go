package csdl

import "slices"

// This file joins what several documents declare of one type: one has all of it, and others add properties or members, such as
// those that a service has before its metadata does. Within one document a name is declared once.

// addPart adds what another document declares of a type; false if that cannot be: then the type is declared twice. No more than
// one may say what the type is beyond its kind.
func (r *reader) addPart(have, part *Type) bool {
	if have.Pos.File == part.Pos.File || have.Entity != part.Entity || have.isWhole() && part.isWhole() {
		return false
	}
	if part.isWhole() {
		have.base, have.Key, have.Pos = part.base, part.Key, part.Pos
		have.Abstract, have.Open, have.Media = part.Abstract, part.Open, part.Media
	}
	for _, p := range part.Properties {
		if i := slices.IndexFunc(have.Properties, func(other *Property) bool { return other.Name == p.Name }); i >= 0 {
			r.duplicate(p.Pos, have.Properties[i].Pos, p.Path())
			continue
		}
		p.Owner = have
		have.Properties = append(have.Properties, p)
	}
	have.Annotations = append(have.Annotations, part.Annotations...)
	return true
}

// isWhole reports whether a declaration says what the type is, beside properties.
func (t *Type) isWhole() bool {
	return t.base != "" || len(t.Key) > 0 || t.Abstract || t.Open || t.Media
}

// addMembers is addPart for an enumeration.
func (r *reader) addMembers(have, part *Enum) bool {
	if have.Pos.File == part.Pos.File || have.Flags && part.Flags {
		return false
	}
	for _, m := range part.Members {
		if i := slices.IndexFunc(have.Members, func(other *Member) bool { return other.Name == m.Name }); i >= 0 {
			r.duplicate(m.Pos, have.Members[i].Pos, have.Name+"/"+m.Name)
			continue
		}
		have.Members = append(have.Members, m)
	}
	have.Flags = have.Flags || part.Flags
	have.Annotations = append(have.Annotations, part.Annotations...)
	return true
}
