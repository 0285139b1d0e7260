package graphtest

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// memory is what a store knows. An entity exists once: on the shelf of its type's entity set, if the type has one, else
// on the shelf that it was put on. Other shelves lead to it as well.
type memory struct {
	server     *fake
	schema     *schema
	pageSize   int
	polls      int
	plans      map[*operation]*plan
	shapes     map[string]shape
	properties map[*structuredType]map[string]*property

	mu         guard
	shelves    map[string]*shelf // by the first segment of paths
	entitySets map[*structuredType][]*shelf
	clock      uint64 // counts changes
	ids        uint64 // counts ids that were made
	views      map[string]*view
	uniques    []sameness
	fills      []filling
	alternates map[string][]string // by the class of shelves
}

// record is an entity.
type record struct {
	kind    *structuredType // nil if the slice does not know it
	key     string
	fields  []field  // its structural properties
	links   []*shelf // its navigation properties
	home    *shelf
	on      []*shelf // all that lead to it, its home too
	version uint64
	written []byte // its fields as they are written; nil if they have changed since
	media   map[string]medium
	gone    bool
}

// medium is content that an entity has beside its properties.
type medium struct {
	contentType string
	data        []byte
}

// shelf is what a navigation property or the first segment of a path leads to.
type shelf struct {
	owner *record // nil for the first segment
	name  string
	// class is the path with braces for keys: "/things/{}/parts".
	class  string
	of     *structuredType // nil if the slice does not know it
	single bool
	slots  []slot
	at     map[string]int // where in slots the entity with a key is; nil while there are few
	left   []departure
}

// slot is an entity on a shelf; nil is a gap where one was.
type slot struct {
	record *record
	since  uint64
}

// departure is an entity that has left a shelf.
type departure struct {
	record      *record
	since, when uint64
}

// link returns the shelf of a navigation property.
//
//go:noinline
func (r *record) link(name string, of *structuredType, single bool) *shelf {
	s := r.linked(name)
	if s == nil {
		s = &shelf{owner: r, name: name, class: braced(r, name), of: of, single: single}
		r.links = append(r.links, s)
	}
	return s
}

// linked is the shelf of a navigation property; nil if nobody has asked for it yet.
//
//go:noinline
func (r *record) linked(name string) *shelf {
	for _, s := range r.links {
		if s.name == name {
			return s
		}
	}
	return nil
}

// linkOf returns the shelf of a navigation property that the slice knows.
func (m *memory) linkOf(r *record, p *property) *shelf {
	item, many := itemOf(p.of)
	return r.link(p.name, m.schema.types[item], !many)
}

// has reports whether an entity is on the shelf.
//
//go:noinline
func (s *shelf) has(r *record) bool {
	return s.get(r.key) == r
}

// few slots are searched one after the other.
const few = 8

// index is where in slots the entity with a key is; -1 if there is none.
//
//go:noinline
func (s *shelf) index(key string) int {
	if s.at != nil {
		if i, ok := s.at[key]; ok {
			return i
		}
		return -1
	}
	for i, slot := range s.slots {
		if slot.record != nil && slot.record.key == key {
			return i
		}
	}
	return -1
}

// get finds an entity by its key; nil if there is none.
//
//go:noinline
func (s *shelf) get(key string) *record {
	if i := s.index(key); i >= 0 {
		return s.slots[i].record
	}
	return nil
}

// only is the entity of a single-valued shelf; nil if there is none.
//
//go:noinline
func (s *shelf) only() *record {
	for _, slot := range s.slots {
		if slot.record != nil {
			return slot.record
		}
	}
	return nil
}

// all are the entities on the shelf, in the order in which they came.
//
//go:noinline
func (s *shelf) all() []*record {
	all := make([]*record, 0, len(s.slots))
	for _, slot := range s.slots {
		if slot.record != nil {
			all = append(all, slot.record)
		}
	}
	return all
}

// find finds an entity by its key, or by what else identifies entities of the shelf.
//
//go:noinline
func (m *memory) find(s *shelf, key string) *record {
	if r := s.get(key); r != nil {
		return r
	}
	for _, name := range m.alternates[s.class] {
		if r := s.by([]Key{{name, key}}); r != nil {
			return r
		}
	}
	return nil
}

// add puts an entity on a shelf. On a single-valued one it takes the place of another.
func (m *memory) add(s *shelf, r *record) {
	if s.has(r) {
		return
	}
	if old := s.only(); s.single && old != nil {
		m.drop(s, old)
	}
	if s.index(r.key) >= 0 {
		return // two sets of types with one base have an entity of one key: the first is found
	}
	m.clock++
	s.slots = append(s.slots, slot{r, m.clock})
	if s.at != nil {
		s.at[r.key] = len(s.slots) - 1
	} else if len(s.slots) > few {
		s.close()
	}
	r.on = append(r.on, s)
}

// take takes an entity off a shelf.
func (m *memory) take(s *shelf, r *record) {
	i := s.index(r.key)
	if i < 0 || s.slots[i].record != r {
		return
	}
	m.clock++
	s.left = append(s.left, departure{r, s.slots[i].since, m.clock})
	s.slots[i].record = nil
	delete(s.at, r.key)
	r.on = without(r.on, s)
	if len(s.slots) > 4*few && len(s.slots) > 2*len(s.at) {
		s.close()
	}
}

// without is a list of shelves without one of them.
//
//go:noinline
func without(shelves []*shelf, s *shelf) []*shelf {
	kept := make([]*shelf, 0, len(shelves))
	for _, other := range shelves {
		if other != s {
			kept = append(kept, other)
		}
	}
	return kept
}

// close closes the gaps between entities, of which there are more than a few.
//
//go:noinline
func (s *shelf) close() {
	kept := make([]slot, 0, len(s.slots))
	s.at = make(map[string]int, len(s.slots))
	for _, slot := range s.slots {
		if slot.record != nil {
			s.at[slot.record.key] = len(kept)
			kept = append(kept, slot)
		}
	}
	s.slots = kept
}

// place puts a new entity where it lives, and on the shelf that it was made on.
func (m *memory) place(on *shelf, r *record) {
	m.touch(r)
	m.add(r.home, r)
	m.add(on, r)
	for _, set := range m.sets(r.kind) {
		m.add(set, r)
	}
}

// forget removes an entity, and what exists only as part of it.
func (m *memory) forget(r *record) {
	if r.gone {
		return
	}
	r.gone = true
	for _, s := range r.links {
		for _, child := range s.all() {
			if child.home == s {
				m.forget(child)
			} else {
				m.take(s, child)
			}
		}
	}
	for _, s := range r.on { // without makes a list of its own
		m.take(s, r)
	}
}

// touch notes that an entity has changed.
//
//go:noinline
func (m *memory) touch(r *record) {
	m.clock++
	r.version, r.written = m.clock, nil
}

// etag is the entity's version.
//
//go:noinline
func (r *record) etag() string { return `W/"` + strconv.FormatUint(r.version, 10) + `"` }

// sets are the entity sets that entities of a type are in: those of the type and of its bases.
func (m *memory) sets(kind *structuredType) []*shelf {
	sets, ok := m.entitySets[kind]
	if ok {
		return sets
	}
	for t := kind; t != nil; t = m.schema.types[t.base] {
		set := t.set
		if set == "" {
			set = m.rootOf(t)
		}
		if set == "" {
			continue
		}
		if s := m.setOf(set); s != nil && len(without(sets, s)) == len(sets) {
			sets = append(sets, s)
		}
	}
	m.entitySets[kind] = sets
	return sets
}

// rootOf is the one first segment of paths at which entities of a type are; "" if there are several, or none.
//
//go:noinline
func (m *memory) rootOf(t *structuredType) string {
	name := ""
	for _, r := range m.schema.roots {
		if r.of != t.name || !r.collection {
			continue
		}
		if name != "" {
			return ""
		}
		name = r.name
	}
	return name
}

// setOf finds the shelf of an entity set, which may stand in a singleton; nil if there is no such place.
func (m *memory) setOf(path string) *shelf {
	if s := m.shelves[path]; s != nil {
		return s
	}
	at, err := m.walk(addressSteps(path), true)
	if err != nil || at.shelf == nil || at.record != nil {
		return nil
	}
	return at.shelf
}

// newID makes a key: of GUID's form, the same in each run.
//
//go:noinline
func (m *memory) newID() string {
	m.ids++
	return fmt.Sprintf("00000000-0000-4000-8000-%012x", m.ids)
}

// property finds a property of a type or of its bases; nil if there is none.
//
//go:noinline
func (m *memory) property(t *structuredType, name string) *property {
	if t == nil {
		return nil
	}
	known := m.properties[t]
	if known == nil {
		known = map[string]*property{}
		for base := t; base != nil; base = m.schema.types[base.base] {
			for i := range base.properties {
				if p := &base.properties[i]; known[p.name] == nil {
					known[p.name] = p
				}
			}
		}
		m.properties[t] = known
	}
	return known[name]
}

// field is the value of a structural property; nil if there is none.
//
//go:noinline
func (r *record) field(name string) json.RawMessage { return lookup(r.fields, name) }
