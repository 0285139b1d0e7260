package graphtest

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/graphslice/graphslice/templates/graph"
)

// spot is where a path leads: a collection, an entity, or a structural property of one.
type spot struct {
	shelf  *shelf
	record *record // nil for a collection
	// key is that of an entity which is not there; missing says that there is none, also of a single-valued shelf.
	key     string
	missing bool
	by      []Key // the alternate key that the path has
	cast    *structuredType
	prop    string // a structural property of record
}

//go:noinline
func (s *spot) isCollection() bool { return !s.missing && s.record == nil }

// failed is an error as the service has it.
//
//go:noinline
func failed(status int, code, message string) error {
	return &graph.Error{StatusCode: status, Code: code, Message: message}
}

//go:noinline
func invalid(message string) error { return failed(http.StatusBadRequest, "BadRequest", message) }

//go:noinline
func notKnown(message string) error {
	return failed(http.StatusNotImplemented, "NotImplemented", message)
}

//go:noinline
func notFound(what string) error {
	return failed(http.StatusNotFound, "ResourceNotFound", "Resource '"+what+"' does not exist.")
}

// unanswered is the error of a path that the store does not understand.
var unanswered = notKnown("The store does not know what is there.")

// walk follows a path. Where entities in between are missing they are made, if that is asked for.
func (m *memory) walk(steps []step, build bool) (*spot, error) {
	if len(steps) == 0 {
		return nil, unanswered
	}
	first := m.first(steps[0].text)
	at := &spot{shelf: first}
	at.enter(steps[0])
	path := "/" + steps[0].text
	for _, s := range steps[1:] {
		if at.missing {
			if !build && !m.isPart(at.shelf) {
				return nil, m.absent(at)
			}
			m.makeAt(at)
		}
		var err error
		if path, err = m.step(at, s, path); err != nil {
			return nil, err
		}
	}
	return at, nil
}

// isPart reports whether a shelf has what is there as long as its owner is: the one thing that is a part of it, such as
// the todo of a user, in which lists are.
func (m *memory) isPart(s *shelf) bool {
	if !s.single || s.owner == nil || len(m.sets(s.of)) > 0 {
		return false
	}
	p := m.property(s.owner.kind, s.name)
	return p == nil || p.flags&contained != 0
}

// there follows a path to what is there.
func (m *memory) there(steps []step) (*spot, error) {
	at, err := m.walk(steps, false)
	if err == nil && at.missing {
		return nil, m.absent(at)
	}
	return at, err
}

// entity follows a path to an entity, or to a property of one.
func (m *memory) entity(steps []step) (*spot, error) {
	at, err := m.there(steps)
	if err == nil && at.record == nil {
		return nil, unanswered
	}
	return at, err
}

// collection follows a path to a collection, or to a single-valued property where that will do.
func (m *memory) collection(steps []step, single bool) (*spot, error) {
	at, err := m.walk(steps, false)
	if err == nil && (at.prop != "" || !at.isCollection() && !(single && at.shelf.single)) {
		err = unanswered
	}
	return at, err
}

// absent says that an entity is not there.
func (m *memory) absent(at *spot) error {
	if at.shelf.single && at.shelf.owner == nil {
		return failed(http.StatusNotFound, "ResourceNotFound",
			"Nothing has been put at /"+at.shelf.name+" of the store.")
	}
	switch {
	case len(at.by) > 0:
		return notFound(at.by[0].Value)
	case at.key == "":
		return notFound(at.shelf.name)
	}
	return notFound(at.key)
}

// makeAt makes the entity that is missing, with its key and nothing else.
func (m *memory) makeAt(at *spot) {
	r := &record{kind: at.shelf.of}
	r.home = m.home(at.shelf, r.kind)
	r.key = at.key
	if r.key == "" && !(at.shelf.single && r.home == at.shelf && at.shelf.owner == nil) {
		r.key = m.newID()
	}
	if r.key != "" {
		r.fields = m.setKey(r, r.key)
	}
	r.fields = at.named(r.fields)
	m.place(at.shelf, r)
	at.record, at.missing = r, false
}

// named adds the alternate key that the path has to the fields of an entity.
func (at *spot) named(fields []field) []field {
	for _, k := range at.by {
		if lookup(fields, k.Name) == nil {
			fields = append(fields, field{k.Name, stringJSON(k.Value)})
		}
	}
	return fields
}

// home is where an entity that comes onto a shelf lives.
//
//go:noinline
func (m *memory) home(s *shelf, kind *structuredType) *shelf {
	if sets := m.sets(kind); len(sets) > 0 {
		return sets[0]
	}
	return s
}

// step goes one segment on.
func (m *memory) step(at *spot, s step, path string) (string, error) {
	if at.prop != "" || len(s.by) > 0 && at.record == nil {
		return path, unanswered
	}
	t := m.schema.types[s.text]
	switch {
	case t != nil && !s.isKey:
		at.cast = t
		if at.record != nil && !m.schema.isA(at.record.kind, t) {
			return path, notFound(s.text)
		}
		return path + "/" + s.text, nil
	case at.isCollection() && (s.isKey || s.guess):
		at.key = s.text
		at.record = m.find(at.shelf, s.text)
		if at.record == nil && at.shelf.owner.isTop() {
			at.record = m.below(at.shelf.owner, at.shelf.of, s.text)
		}
		at.missing = at.record == nil
		return path + "/{}", nil
	case at.record == nil:
		return path, unanswered
	}
	path += "/" + s.text
	next, ok := m.follow(at.record, s.text, path)
	switch {
	case !ok && len(s.by) > 0:
		return path, unanswered
	case !ok:
		at.prop = s.text
		return path, nil
	}
	*at = spot{shelf: next}
	at.enter(s)
	return path, nil
}

// isTop reports whether no other key than its own leads to an entity: it is in a set, or the one that such an entity or a
// root has, as a user's drive is.
func (r *record) isTop() bool {
	for ; r != nil && r.home.owner != nil; r = r.home.owner {
		if !r.home.single {
			return false
		}
	}
	return r != nil
}

// below finds what lives somewhere below an entity, by its type and key; nil if nothing does. A collection right below a root is one
// of all that there is: a file is at /drives/{id}/items, whatever folder it was made in.
func (m *memory) below(r *record, of *structuredType, key string) *record {
	for _, s := range r.links {
		for _, slot := range s.slots {
			child := slot.record
			if of == nil || child == nil || child.home != s {
				continue
			}
			if child.key != key || !m.schema.isA(child.kind, of) {
				child = m.below(child, of, key)
			}
			if child != nil {
				return child
			}
		}
	}
	return nil
}

// follow finds what a navigation property leads to; false if it is no navigation property.
func (m *memory) follow(r *record, name, path string) (*shelf, bool) {
	if s := r.linked(name); s != nil {
		return s, true
	}
	p := m.property(r.kind, name)
	if p != nil {
		if p.flags&navigation == 0 {
			return nil, false
		}
		return m.linkOf(r, p), true
	}
	known, ok := m.shapes[path]
	if !ok || !known.collection && !known.leads && m.schema.types[known.of] == nil {
		return nil, false
	}
	return r.link(name, m.schema.types[known.of], !known.collection), true
}

// enter goes on from a shelf to what it holds, where that is one.
func (at *spot) enter(s step) {
	switch {
	case at.shelf.single:
		at.record = at.shelf.only()
		at.missing = at.record == nil
	case len(s.by) > 0:
		at.record, at.by = at.shelf.by(s.by), s.by
		at.missing = at.record == nil
	}
}

// by finds an entity by the values of properties.
//
//go:noinline
func (s *shelf) by(keys []Key) *record {
	for _, slot := range s.slots {
		if slot.record != nil && slot.record.matches(keys) {
			return slot.record
		}
	}
	return nil
}

func (r *record) matches(keys []Key) bool {
	for _, k := range keys {
		if !strings.EqualFold(stringOf(r.field(k.Name)), k.Value) {
			return false
		}
	}
	return true
}

// first finds what the first segment of a path leads to.
func (m *memory) first(name string) *shelf {
	if s := m.shelves[name]; s != nil {
		return s
	}
	s := &shelf{name: name, class: "/" + name, of: m.schema.types[m.shapes["/"+name].of]}
	known := false
	for _, r := range m.schema.roots {
		if r.name == name {
			known = true
			s.single = !r.collection && !m.shapes[s.class].collection
			if t := m.schema.types[r.of]; t != nil {
				s.of = t
			}
		}
	}
	for i := range m.schema.tables.types {
		t := &m.schema.tables.types[i]
		switch {
		case t.set == name && s.of == nil:
			s.of, known = t, true
		case strings.HasPrefix(t.set, name+"/") && !known:
			s.single = true
		}
	}
	m.shelves[name] = s
	if s.single && len(m.sets(s.of)) == 0 {
		m.makeAt(&spot{shelf: s}) // it is always there
	}
	return s
}

// resolve finds the entity that an address leads to. What is not there is answered with 404, what is no address with
// 400.
func (m *memory) resolve(address string) (*record, error) {
	u, err := url.Parse(address)
	if err != nil || address == "" {
		return nil, invalid("Invalid reference: '" + address + "' is no address.")
	}
	path, root := u.EscapedPath(), m.server.root.EscapedPath()
	below, ok := strings.CutPrefix(path, root+"/")
	if !ok && u.Host != "" { // of another version of the service
		for range strings.Count(root, "/") {
			_, path, _ = strings.Cut(strings.TrimPrefix(path, "/"), "/")
		}
		below = path
	} else if !ok {
		below = path
	}
	path = below
	steps := addressSteps(strings.Trim(path, "/"))
	at, err := m.walk(steps, false)
	if err == nil && at.missing {
		err = m.absent(at)
	}
	if err != nil {
		if r := m.outside(steps); r != nil {
			return r, nil
		}
	}
	switch {
	case err == unanswered:
		return nil, notFound(path)
	case err != nil:
		return nil, err
	case at.record == nil || at.prop != "":
		return nil, invalid("Invalid reference: '" + address + "' is not the address of an entity.")
	}
	return at.record, nil
}

// address is where an entity lives, below the service root.
func (r *record) address() string {
	prefix := ""
	if r.home.owner != nil {
		prefix = r.home.owner.address() + "/"
	}
	if r.home.single {
		return prefix + r.home.name
	}
	return prefix + r.home.name + "/" + escape(r.key)
}
