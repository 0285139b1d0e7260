package graphtest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/templates/graph"
)

// making is an entity that is being made, and what comes with it.
type making struct {
	memory *memory
	made   []*record
	// seed keeps what only the service sets, and makes what references lead to.
	seed bool
	// keep keeps the key that was sent, for it stood in the path.
	keep bool
	// binds are those of seeds, which may lead to what comes behind.
	binds []func() error
}

// create makes an entity of a collection.
func (m *memory) create(in *request, steps []step) (*answer, error) {
	at, err := m.collection(steps, true)
	if err != nil {
		return nil, err
	}
	fields, err := bodyFields(in.body)
	if err != nil {
		return nil, err
	}
	mk := &making{memory: m}
	r, err := mk.child(at.shelf, at.cast, fields)
	if err == nil {
		if old := m.sameAs(at.shelf, r); old != nil {
			mk.undo()
			mk.made, r = nil, old
		}
	}
	if err != nil {
		mk.undo()
		return nil, err
	}
	a := m.createdAnswer(in, at, r)
	a.set("Location", in.location(r.key))
	return a, nil
}

// createdAnswer is the answer of a call that has made an entity.
func (m *memory) createdAnswer(in *request, at *spot, r *record) *answer {
	a := answerOf(http.StatusCreated, nil)
	if strings.Contains(in.head("Prefer"), "return=minimal") {
		a = nothing()
	} else {
		a.body = m.plainJSON(nil, r, at.shelf.of)
	}
	a.set("Etag", r.etag())
	return a
}

// bodyFields cuts a body into its fields.
func bodyFields(body []byte) ([]field, error) {
	if !json.Valid(body) {
		return nil, invalid("Unable to read JSON request payload.")
	}
	fields := fieldsOf(body)
	if fields == nil {
		return nil, invalid("The body is no JSON object.")
	}
	return fields, nil
}

// undo removes what was made for an entity that cannot be.
//
//go:noinline
func (mk *making) undo() {
	for i := len(mk.made) - 1; i >= 0; i-- {
		mk.memory.forget(mk.made[i])
	}
}

// child makes an entity on a shelf.
func (mk *making) child(s *shelf, cast *structuredType, fields []field) (*record, error) {
	kind, err := mk.memory.kindOf(s, cast, fields)
	if err != nil {
		return nil, err
	}
	r := &record{kind: kind, home: mk.memory.home(s, kind), fields: make([]field, 0, len(fields)+1)}
	if err := mk.identify(r, fields); err != nil {
		return nil, err
	}
	mk.memory.place(s, r)
	mk.made = append(mk.made, r)
	for _, f := range fields {
		if err := mk.set(r, f); err != nil {
			return nil, err
		}
	}
	return r, mk.fill(s, r)
}

// kindOf is the type of what comes onto a shelf.
func (m *memory) kindOf(s *shelf, cast *structuredType, fields []field) (*structuredType, error) {
	kind := s.of
	if cast != nil {
		kind = cast
	}
	name := stringOf(lookup(fields, "@odata.type"))
	if name == "" {
		return kind, nil
	}
	t := m.typeNamed(name)
	switch {
	case t != nil:
		return t, nil
	case kind == nil || kind.flags&border != 0:
		return kind, nil
	}
	return nil, invalid("The type '" + name + "' is not known.")
}

// typeNamed finds a type by what stands in @odata.type.
//
//go:noinline
func (m *memory) typeNamed(name string) *structuredType {
	return m.schema.types[strings.TrimPrefix(name, "#")]
}

// keyNames are the names of a type's key; "id" where the slice knows nothing of the type.
//
//go:noinline
func (m *memory) keyNames(t *structuredType) []string {
	if names := m.schema.key(t); len(names) > 0 {
		return names
	}
	return []string{"id"}
}

// identify gives an entity the key that was sent, or a new one where only the service gives keys.
func (mk *making) identify(r *record, fields []field) error {
	names := mk.memory.keyNames(r.kind)
	sent := make([]string, 0, len(names))
	for _, name := range names {
		p := mk.memory.property(r.kind, name)
		if value := stringOf(lookup(fields, name)); value != "" && (mk.seed || mk.keep || p == nil || p.flags&readOnly == 0) {
			sent = append(sent, value)
		}
	}
	if len(sent) == len(names) {
		r.key = strings.Join(sent, ",")
	} else if !r.home.single || r.home.owner != nil {
		for r.key == "" || r.home.get(r.key) != nil {
			r.key = mk.memory.newKey(r, names)
		}
	}
	if r.home.get(r.key) != nil && !r.home.single {
		return failed(http.StatusConflict, "Conflict", "Another object with the key '"+r.key+"' already exists.")
	}
	if r.key != "" {
		r.fields = mk.memory.setKey(r, r.key)
	}
	return nil
}

// newKey makes a key that fits its property.
func (m *memory) newKey(r *record, names []string) string {
	if p := m.property(r.kind, names[0]); p != nil && strings.HasPrefix(p.of, "Edm.Int") {
		m.ids++
		return strconv.FormatUint(m.ids, 10)
	}
	return m.newID()
}

// setKey returns the fields of an entity with its key.
func (m *memory) setKey(r *record, key string) []field {
	names := m.keyNames(r.kind)
	values := strings.Split(key, ",")
	if len(names) != len(values) {
		names, values = names[:1], []string{key}
	}
	for i, name := range names {
		value := stringJSON(values[i])
		if p := m.property(r.kind, name); p != nil && strings.HasPrefix(p.of, "Edm.Int") {
			if _, err := strconv.ParseInt(values[i], 10, 64); err == nil {
				value = json.RawMessage(values[i])
			}
		}
		r.fields = setField(r.fields, name, value)
	}
	return r.fields
}

// set gives an entity that is made what a field says.
func (mk *making) set(r *record, f field) error {
	if name, ok := strings.CutSuffix(f.name, "@odata.bind"); ok {
		return mk.bind(r, name, f.value)
	}
	if isControl(f.name) {
		return nil
	}
	p := mk.memory.property(r.kind, f.name)
	switch {
	case p == nil:
		if s, ok := mk.memory.follow(r, f.name, braced(r, f.name)); ok {
			return mk.nest(s, f.value)
		}
	case p.flags&navigation != 0:
		return mk.nest(mk.memory.linkOf(r, p), f.value)
	case p.flags&key != 0 || p.flags&readOnly != 0 && !mk.seed:
		return nil
	}
	r.fields = setField(r.fields, f.name, f.value)
	return nil
}

// braced is the class of a property of an entity.
//
//go:noinline
func braced(r *record, name string) string {
	if r.home.single {
		return r.home.class + "/" + name
	}
	return r.home.class + "/{}/" + name
}

// isControl reports whether a name is one of OData's own, or a request to the service beside the properties.
//
//go:noinline
func isControl(name string) bool {
	at := strings.IndexByte(name, '@')
	return at == 0 || at > 0 && !strings.HasPrefix(name[at:], "@odata.type")
}

// nest makes what stands in a navigation property.
func (mk *making) nest(s *shelf, value json.RawMessage) error {
	if isNull(value) {
		return nil
	}
	children := []json.RawMessage{value}
	if !s.single {
		children = elementsOf(value)
	}
	for _, child := range children {
		fields := fieldsOf(child)
		if fields == nil {
			return invalid("The value of '" + s.name + "' does not fit.")
		}
		if err := mk.nestOne(s, fields); err != nil {
			return err
		}
	}
	return nil
}

// nestOne makes one entity of a navigation property, or finds the one that is meant.
func (mk *making) nestOne(s *shelf, fields []field) error {
	if mk.seed {
		_, err := mk.put(s, nil, fields)
		return err
	}
	if address := stringOf(lookup(fields, "@odata.id")); address != "" {
		return mk.lead(s, address)
	}
	kind := s.of
	if t := mk.memory.typeNamed(stringOf(lookup(fields, "@odata.type"))); t != nil {
		kind = t
	}
	if home := mk.memory.home(s, kind); home != s {
		if known := mk.memory.find(home, stringOf(lookup(fields, mk.memory.keyNames(kind)[0]))); known != nil {
			mk.memory.add(s, known)
			return nil
		}
	}
	_, err := mk.child(s, nil, fields)
	return err
}

// bind lets a navigation property lead to what is there.
func (mk *making) bind(r *record, name string, value json.RawMessage) error {
	s, ok := mk.memory.follow(r, name, braced(r, name))
	if !ok {
		return invalid("'" + name + "' is no navigation property.")
	}
	if isNull(value) {
		return nil
	}
	addresses := []json.RawMessage{value}
	if value[0] == '[' {
		addresses = elementsOf(value)
	}
	for _, address := range addresses {
		lead := func() error { return named(name+"@odata.bind", mk.lead(s, stringOf(address))) }
		if mk.seed {
			mk.binds = append(mk.binds, lead)
		} else if err := lead(); err != nil {
			return err
		}
	}
	return nil
}

// named adds to an error of the service of which property it is.
func named(property string, err error) error {
	if e, ok := err.(*graph.Error); ok {
		return failed(e.StatusCode, e.Code, property+": "+e.Message)
	}
	return err
}

// lead puts the entity of an address on a shelf.
func (mk *making) lead(s *shelf, address string) error {
	to, err := mk.memory.resolve(address)
	if err == nil {
		err = mk.memory.fits(s, to)
	}
	if err == nil {
		mk.memory.add(s, to)
	}
	return err
}

// fits says why an entity cannot be on a shelf; nil if it can.
func (m *memory) fits(s *shelf, r *record) error {
	if s.of == nil || r.kind == nil || m.schema.isA(r.kind, s.of) {
		return nil
	}
	return invalid("Invalid reference: '" + s.name + "' takes " + s.of.name + ", and " + r.address() + " is " + r.kind.name + ".")
}
