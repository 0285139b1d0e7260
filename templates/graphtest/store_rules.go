package graphtest

import (
	"bytes"
	"encoding/json"
	"strings"
)

// What the service does and its metadata does not say.
type (
	// sameness tells whether two entities of a class may not be there at the same time.
	sameness struct {
		class string
		same  func(made, old []byte) bool
	}
	// filling gives an entity of a class what the service gives it: it decodes it, and returns what sets the rest.
	filling struct {
		class string
		fill  func(made []byte) (entity any, set func(), err error)
	}
)

// Unique says that a collection, such as "/things" or "/things/{thing-id}/parts", has no two entities that are the same
// in the sense of a function: when a call creates one that is the same as an old one, it is answered with the old one.
// Both are as JSON decodes them, with what their navigation properties lead to, two levels deep. The function must not
// use the store.
func (s *Store) Unique(path string, same func(made, old map[string]any) bool) {
	s.t.Helper()
	s.memory.unique(s.memory.class(path), func(made, old []byte) bool {
		var a, b map[string]any
		_, _ = json.Unmarshal(made, &a), json.Unmarshal(old, &b) // the store wrote them
		return same(a, b)
	})
}

// Fill says what the service gives the new entities of a collection, such as "/things" or "/things/{thing-id}/parts",
// beside what a call has sent: the function sets it.
//
//	store.Fill("/things", func(made map[string]any) { made["createdDateTime"] = time.Now() })
//
// It gets an entity as JSON decodes it, with its key and with what its navigation properties lead to, two levels deep.
// It must not use the store, and is not asked for seeds.
func (s *Store) Fill(path string, fill func(made map[string]any)) {
	s.t.Helper()
	s.memory.addFill(s.memory.class(path), func(made []byte) (any, func(), error) {
		object := map[string]any{}
		err := json.Unmarshal(made, &object)
		return object, func() { fill(object) }, err
	})
}

// AlternateKey says that the entities of a collection are found by a property as well where their key is expected:
//
//	store.AlternateKey("/users", "userPrincipalName")
//
// so that users/alex@contoso.com is the user of that name. Upper and lower case are the same. That the slice has no such
// path, or its entities no such property, ends the test.
func (s *Store) AlternateKey(path, name string) {
	s.t.Helper()
	class := s.memory.class(path)
	schema := s.memory.schema
	isNamed := func(p *property) bool { return p.name == name }
	if t := schema.types[s.memory.shapes[class].of]; t != nil && !schema.isOpen(t) && schema.property(t, name) == nil && schema.derivedProperty(t, isNamed) == nil {
		s.t.Fatalf("graphtest: AlternateKey: %s has no property '%s'", t.name, name)
	}
	s.memory.mu.Lock()
	s.memory.alternates[class] = append(s.memory.alternates[class], name)
	s.memory.mu.Unlock()
}

// class is a path with braces for keys. That the slice has no such path ends the test.
func (m *memory) class(path string) string {
	m.server.t.Helper()
	class := parameter.ReplaceAllString("/"+strings.Trim(path, "/"), "{}")
	_, known := m.shapes[class]
	for i := range m.schema.tables.types {
		known = known || "/"+m.schema.tables.types[i].set == class
	}
	for _, r := range m.schema.roots {
		known = known || "/"+r.name == class
	}
	if !known {
		m.server.t.Fatalf("graphtest: the slice has no path %s", path)
	}
	return class
}

func (m *memory) unique(class string, same func(made, old []byte) bool) {
	m.mu.Lock()
	m.uniques = append(m.uniques, sameness{class, same})
	m.mu.Unlock()
}

func (m *memory) addFill(class string, fill func(made []byte) (entity any, set func(), err error)) {
	m.mu.Lock()
	m.fills = append(m.fills, filling{class, fill})
	m.mu.Unlock()
}

// fill gives a new entity what the service gives it.
func (mk *making) fill(s *shelf, r *record) error {
	for _, f := range mk.memory.fills {
		if mk.seed || f.class != r.home.class && f.class != s.class {
			continue
		}
		was, is, err := f.filled(mk.memory.wholeJSON(r))
		if err != nil {
			return err
		}
		seeds := &making{memory: mk.memory, seed: true}
		old := fieldsOf(was)
		for _, field := range fieldsOf(is) {
			if bytes.Equal(lookup(old, field.name), field.value) || contains(mk.memory.keyNames(r.kind), field.name) {
				continue
			}
			if err = seeds.set(r, field); err != nil {
				break
			}
		}
		mk.made = append(mk.made, seeds.made...)
		if err == nil {
			err = seeds.bindAll()
		}
		if err != nil {
			return err
		}
		mk.memory.touch(r)
	}
	return nil
}

// filled is what an entity is in JSON before and after it gets the rest.
func (f *filling) filled(made []byte) (was, is []byte, err error) {
	entity, set, err := f.fill(made)
	if err == nil {
		was, err = json.Marshal(entity)
	}
	if err == nil {
		set()
		is, err = json.Marshal(entity)
	}
	return was, is, err
}

// sameAs finds the entity that a new one may not be beside; nil if there is none.
func (m *memory) sameAs(s *shelf, r *record) *record {
	for _, u := range m.uniques {
		if u.class != s.class && u.class != r.home.class {
			continue
		}
		made := m.wholeJSON(r)
		for _, old := range s.all() {
			if old != r && u.same(made, m.wholeJSON(old)) {
				return old
			}
		}
	}
	return nil
}
