package graphtest

import (
	"net/http"
	"strings"
)

// update changes what a body names, and clears what it names as null.
func (m *memory) update(in *request, steps []step) (*answer, error) {
	return m.change(in, steps, strings.Contains(in.head("Prefer"), "create-if-missing"))
}

// replace changes an entity to what a body says; one that is not there is made.
func (m *memory) replace(in *request, steps []step) (*answer, error) {
	return m.change(in, steps, true)
}

func (m *memory) change(in *request, steps []step, upsert bool) (*answer, error) {
	at, err := m.walk(steps, false)
	switch {
	case err != nil:
		return nil, err
	case at.prop != "":
		return m.changeProperty(in, at)
	case at.missing && upsert:
		return m.upsert(in, at)
	case at.missing:
		return nil, m.absent(at)
	case at.record == nil:
		return nil, unanswered
	}
	if err := at.record.precondition(in.header); err != nil {
		return nil, err
	}
	fields, err := bodyFields(in.body)
	if err != nil {
		return nil, err
	}
	if err := m.apply(at.record, fields, in.op.method == http.MethodPut); err != nil {
		return nil, err
	}
	prefer := in.head("Prefer")
	if in.op.answer == "" && !strings.Contains(prefer, "return=representation") || strings.Contains(prefer, "return=minimal") {
		a := nothing()
		a.set("Etag", at.record.etag())
		return a, nil
	}
	return m.one(in, at)
}

// upsert makes the entity that is missing.
func (m *memory) upsert(in *request, at *spot) (*answer, error) {
	if in.head("If-Match") != "" {
		return nil, preconditionFailed
	}
	fields, err := bodyFields(in.body)
	if err != nil {
		return nil, err
	}
	fields = at.named(fields)
	mk := &making{memory: m, keep: at.key != ""}
	if mk.keep {
		fields = setField(fields, m.keyNames(at.shelf.of)[0], stringJSON(at.key))
	}
	r, err := mk.child(at.shelf, at.cast, fields)
	if err != nil {
		mk.undo()
		return nil, err
	}
	return m.createdAnswer(in, at, r), nil
}

// apply changes an entity. If anything of the body cannot be, nothing changes.
func (m *memory) apply(r *record, fields []field, whole bool) error {
	mk := &making{memory: m}
	was := r.fields
	r.fields = make([]field, 0, len(was))
	for _, f := range was {
		if !whole || m.stays(r, f.name) {
			r.fields = append(r.fields, f)
		}
	}
	var links []func() error
	for _, f := range fields {
		later, err := mk.changed(r, f)
		if err != nil {
			r.fields = was
			return err
		}
		if later != nil {
			links = append(links, later)
		}
	}
	for _, link := range links {
		if err := link(); err != nil {
			mk.undo()
			r.fields = was
			return err
		}
	}
	m.touch(r)
	return nil
}

// stays reports whether a property stays what it is when its entity is replaced.
func (m *memory) stays(r *record, name string) bool {
	p := m.property(r.kind, name)
	return p != nil && p.flags&readOnly != 0 || contains(m.keyNames(r.kind), name)
}

// changed changes a structural property, and returns what changes a navigation property.
func (mk *making) changed(r *record, f field) (func() error, error) {
	if name, ok := strings.CutSuffix(f.name, "@odata.bind"); ok {
		return mk.rebind(r, name, f)
	}
	if isControl(f.name) || contains(mk.memory.keyNames(r.kind), f.name) {
		return nil, nil
	}
	p := mk.memory.property(r.kind, f.name)
	if p != nil && p.flags&readOnly != 0 {
		return nil, nil
	}
	s, leads := mk.memory.follow(r, f.name, braced(r, f.name))
	switch {
	case leads && !s.single:
		return nil, invalid("The navigation property '" + f.name + "' cannot be changed in the body of its entity.")
	case leads:
		return func() error { return mk.relink(s, f) }, nil
	}
	r.fields = setField(r.fields, f.name, merged(r.field(f.name), f.value))
	return nil, nil
}

// relink changes what a single-valued navigation property leads to.
func (mk *making) relink(s *shelf, f field) error {
	old := s.only()
	switch {
	case isNull(f.value) && old != nil:
		mk.memory.drop(s, old)
		return nil
	case old != nil && old.home == s && fieldsOf(f.value) != nil:
		return mk.memory.apply(old, fieldsOf(f.value), false)
	}
	return mk.nest(s, f.value)
}

// rebind lets a navigation property lead elsewhere.
func (mk *making) rebind(r *record, name string, f field) (func() error, error) {
	s, ok := mk.memory.follow(r, name, braced(r, name))
	if ok && s.single && isNull(f.value) {
		return func() error {
			if old := s.only(); old != nil {
				mk.memory.drop(s, old)
			}
			return nil
		}, nil
	}
	return func() error { return mk.bind(r, name, f.value) }, nil
}

// drop takes an entity off a shelf, and out of the world if it lives there.
func (m *memory) drop(s *shelf, r *record) {
	if r.home == s {
		m.forget(r)
		return
	}
	m.take(s, r)
}

// remove deletes an entity.
func (m *memory) remove(in *request, steps []step) (*answer, error) {
	at, err := m.entity(steps)
	if err != nil {
		return nil, err
	}
	if err := at.record.precondition(in.header); err != nil {
		return nil, err
	}
	if at.prop != "" {
		at.record.fields = withField(at.record.fields, at.prop, []byte("null"))
		m.touch(at.record)
		return nothing(), nil
	}
	m.forget(at.record)
	return nothing(), nil
}

// changeProperty changes a structural property by its own path.
func (m *memory) changeProperty(in *request, at *spot) (*answer, error) {
	if err := at.record.precondition(in.header); err != nil {
		return nil, err
	}
	fields, err := bodyFields(in.body)
	if err != nil {
		return nil, err
	}
	value := in.body
	if inner := lookup(fields, "value"); inner != nil && in.op.flags&wrapped != 0 {
		value = inner
	}
	if in.op.method == http.MethodPatch {
		value = merged(at.record.field(at.prop), value)
	}
	at.record.fields = withField(at.record.fields, at.prop, value)
	m.touch(at.record)
	if in.op.answer == "" {
		return nothing(), nil
	}
	return m.propertyOf(at), nil
}

var preconditionFailed = failed(http.StatusPreconditionFailed, "PreconditionFailed",
	"The entity has changed: its ETag is not the one of If-Match.")

// precondition says why an entity may not be changed: it is not the version that the caller knows.
func (r *record) precondition(header http.Header) error {
	if tags := header.Get("If-Match"); tags != "" && !r.hasTag(tags) {
		return preconditionFailed
	}
	if tags := header.Get("If-None-Match"); tags != "" && r.hasTag(tags) {
		return preconditionFailed
	}
	return nil
}

// hasTag reports whether one of several ETags, or *, is the entity's.
func (r *record) hasTag(tags string) bool {
	own := strings.TrimPrefix(r.etag(), "W/")
	for _, tag := range strings.Split(tags, ",") {
		if tag = strings.TrimSpace(tag); tag == "*" || strings.TrimPrefix(tag, "W/") == own {
			return true
		}
	}
	return false
}
