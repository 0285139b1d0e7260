package graphtest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// read answers with a collection, an entity or one of its properties.
func (m *memory) read(in *request, steps []step) (*answer, error) {
	at, err := m.there(steps)
	switch {
	case err != nil:
		return nil, err
	case at.prop != "":
		return m.propertyOf(at), nil
	case at.record == nil && len(at.shelf.slots) == 0 && in.op.selects():
		return nil, unanswered // that nothing is there would be said of what the store knows nothing about
	case at.record == nil:
		return m.list(in, at)
	}
	if tags := in.head("If-None-Match"); tags != "" && at.record.hasTag(tags) {
		return answerWith(http.StatusNotModified, "Etag", at.record.etag()), nil
	}
	return m.one(in, at)
}

// selects reports whether a call cannot do without a parameter that says what is asked for, such as the first day of a
// view: what that means the service alone knows.
func (op *operation) selects() bool {
	for _, name := range op.query {
		if strings.HasSuffix(name, "!") {
			return true
		}
	}
	return false
}

// one answers with an entity.
func (m *memory) one(in *request, at *spot) (*answer, error) {
	data, err := m.render(nil, at.record, at.shelf.of, in.options())
	if err != nil {
		return nil, err
	}
	a := answerOf(http.StatusOK, data)
	a.set("Etag", at.record.etag())
	return a, nil
}

// propertyOf answers with a structural property: an object as it is, anything else in "value".
func (m *memory) propertyOf(at *spot) *answer {
	value := at.record.field(at.prop)
	switch {
	case value == nil && m.property(at.record.kind, at.prop) == nil:
		return answerError(notFound(at.prop))
	case value == nil || isNull(value):
		return nothing()
	case value[0] == '{':
		return answerOf(http.StatusOK, value)
	}
	return answerOf(http.StatusOK, objectJSON([]field{{"value", value}}))
}

// render writes an entity as the options want it. Of is the type that is known without being said.
func (m *memory) render(b []byte, r *record, of *structuredType, o *Options) ([]byte, error) {
	if len(o.Select) == 0 && len(o.Expand) == 0 {
		return m.plainJSON(b, r, of), nil
	}
	var err error
	b = r.control(with(b, "{"), of)
	if len(o.Select) == 0 || contains(o.Select, "*") {
		b = r.structural(b)
	} else if b, err = m.selected(b, r, of, o.Select); err != nil {
		return nil, err
	}
	for i := range o.Expand {
		e := &o.Expand[i]
		if e.Property == "*" {
			b, err = m.expandedAll(b, r, e)
		} else {
			b, err = m.expanded(b, r, of, e)
		}
		if err != nil {
			return nil, err
		}
	}
	return with(b, "}"), nil
}

// expandedAll writes what all navigation properties lead to.
func (m *memory) expandedAll(b []byte, r *record, e *Expand) ([]byte, error) {
	var err error
	for t := r.kind; t != nil && err == nil; t = m.schema.types[t.base] {
		for i := range t.properties {
			if p := &t.properties[i]; p.flags&navigation != 0 && err == nil {
				b, err = m.expanded(b, r, r.kind, &Expand{p.name, e.Options})
			}
		}
	}
	return b, err
}

// plainJSON writes an entity with its structural properties.
func (m *memory) plainJSON(b []byte, r *record, of *structuredType) []byte {
	return append(r.structural(r.control(with(b, "{"), of)), '}')
}

// control writes what OData says of an entity.
func (r *record) control(b []byte, of *structuredType) []byte {
	if r.kind != nil && r.kind != of {
		b = with(b, `"@odata.type":"#`, r.kind.name, `",`)
	}
	return with(b, `"@odata.etag":"W/\"`, strconv.FormatUint(r.version, 10), `\""`)
}

// structural writes the structural properties behind something else.
func (r *record) structural(b []byte) []byte {
	if r.written == nil {
		size := 0
		for _, f := range r.fields {
			size += len(f.name) + len(f.value) + len(`"":,`)
		}
		r.written = appendFields(make([]byte, 0, size), r.fields)
	}
	if len(r.written) > 0 {
		b = append(with(b, ","), r.written...)
	}
	return b
}

// wholeJSON is an entity with what its navigation properties lead to, and what those lead to.
//
//go:noinline
func (m *memory) wholeJSON(r *record) []byte { return deepJSON(nil, r, 2) }

// deepJSON writes an entity with its navigation properties, so many levels of them.
func deepJSON(b []byte, r *record, depth int) []byte {
	b = r.structural(r.control(with(b, "{"), nil))
	for _, s := range r.links {
		if depth == 0 || s.single && s.only() == nil {
			continue
		}
		b = appendName(b, s.name)
		if s.single {
			b = deepJSON(b, s.only(), depth-1)
			continue
		}
		b = with(b, "[")
		for i, child := range s.all() {
			if i > 0 {
				b = with(b, ",")
			}
			b = deepJSON(b, child, depth-1)
		}
		b = with(b, "]")
	}
	return with(b, "}")
}

// selected writes the properties of $select; one without a value is null.
func (m *memory) selected(b []byte, r *record, of *structuredType, names []string) ([]byte, error) {
	var fields []field
	for _, name := range names {
		first, rest, p, err := m.firstProperty(of, name)
		switch {
		case err != nil:
			return nil, err
		case p != nil && p.flags&navigation != 0, r.linked(first) != nil:
			continue
		}
		value := r.field(first)
		if _, many := itemOf(typeOf(p)); value == nil && p != nil && !many {
			value = []byte("null")
		}
		if rest != "" && len(value) > 0 && value[0] == '{' {
			sub, _, _ := strings.Cut(rest, "/")
			part := []field{{sub, lookup(fieldsOf(value), sub)}}
			if part[0].value == nil {
				part = nil
			}
			value = merged(lookup(fields, first), objectJSON(part))
		}
		if value != nil {
			fields = setField(fields, first, value)
		}
	}
	if len(fields) > 0 {
		b = appendFields(with(b, ","), fields)
	}
	return b, nil
}

//go:noinline
func typeOf(p *property) string {
	if p == nil {
		return ""
	}
	return p.of
}

// firstProperty finds the property that a path starts with, behind the name of a type if there is one. P is nil if the
// slice knows nothing of the type.
func (m *memory) firstProperty(of *structuredType, path string) (first, rest string, p *property, err error) {
	first, rest, _ = strings.Cut(path, "/")
	if t := m.schema.types[first]; t != nil {
		of = t
		first, rest, _ = strings.Cut(rest, "/")
	}
	p = m.property(of, first)
	if p == nil && of != nil && !m.schema.isOpen(of) {
		return "", "", nil, noProperty(first, of)
	}
	return first, rest, p, nil
}

func noProperty(name string, of *structuredType) error {
	return invalid(fmt.Sprintf("Could not find a property named '%s' on type '%s'.", name, of.name))
}

// expanded writes what a navigation property leads to.
func (m *memory) expanded(b []byte, r *record, of *structuredType, e *Expand) ([]byte, error) {
	first, rest, _, err := m.firstProperty(of, e.Property)
	if err == nil && rest != "" {
		err = notKnown("The store does not know $expand=" + e.Property + ".")
	}
	if err != nil {
		return nil, err
	}
	s, ok := m.follow(r, first, braced(r, first))
	if !ok {
		if p := m.property(of, first); p != nil {
			return nil, invalid("Property '" + first + "' is no navigation property.")
		}
		return b, nil // of another type, or of one that the slice does not know
	}
	if s.single {
		b = appendName(b, first)
		if to := s.only(); to != nil {
			return m.render(b, to, s.of, &e.Options)
		}
		return with(b, "null"), nil
	}
	found, err := m.query(s, nil, &e.Options)
	if err != nil {
		return nil, err
	}
	if e.Options.Count {
		b = with(appendName(b, first+"@odata.count"), strconv.Itoa(len(found)))
	}
	found = found[min(max(e.Options.Skip, 0), len(found)):]
	if e.Options.Top > 0 {
		found = found[:min(e.Options.Top, len(found))]
	}
	b = with(appendName(b, first), "[")
	for i, to := range found {
		if i > 0 {
			b = with(b, ",")
		}
		if b, err = m.render(b, to, s.of, &e.Options); err != nil {
			return nil, err
		}
	}
	return with(b, "]"), nil
}

// query finds the entities on a shelf that the options want, in the order that they want.
func (m *memory) query(s *shelf, cast *structuredType, o *Options) ([]*record, error) {
	of := s.of
	found := s.all()
	if cast != nil {
		of = cast
		found = m.ofType(found, cast)
	}
	var err error
	if o.Filter != "" {
		if found, err = m.filter(found, of, o.Filter); err != nil {
			return nil, err
		}
	}
	if o.Search != "" {
		if found, err = search(found, o.Search); err != nil {
			return nil, err
		}
	}
	if len(o.OrderBy) > 0 {
		err = m.order(found, of, o.OrderBy)
	}
	return found, err
}

// ofType are the entities that are of a type.
func (m *memory) ofType(found []*record, of *structuredType) []*record {
	kept := make([]*record, 0, len(found))
	for _, r := range found {
		if m.schema.isA(r.kind, of) {
			kept = append(kept, r)
		}
	}
	return kept
}

// countOf answers with how many entities there are.
func (m *memory) countOf(in *request, steps []step) (*answer, error) {
	at, err := m.collection(steps, false)
	if err != nil {
		return nil, err
	}
	found, err := m.query(at.shelf, at.cast, in.options())
	if err != nil {
		return nil, err
	}
	return counted(in, int64(len(found))), nil
}
