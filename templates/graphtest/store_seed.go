package graphtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/graphslice/graphslice/templates/graph"
)

// Load puts what a JSON file has into the store. The file is an object whose names are paths below the service root,
// each with an array of entities, or with an object where the path leads to one entity:
//
//	{
//	  "things": [{"id": "8b08…", "name": "one"}],
//	  "thing": {"id": "8b08…"},
//	  "boxes/57fb…/parts": [
//	    {"@odata.type": "#example.wheel", "thing@odata.bind": "things/8b08…"}
//	  ]
//	}
//
// Navigation properties may be nested, and lead to what stands elsewhere with "…@odata.bind". An entity that the store
// has already gets the properties that it has in the file. Whatever cannot be ends the test: a property that there is
// not, a value of another type, an address of nobody.
func (s *Store) Load(file string) {
	s.t.Helper()
	data, err := os.ReadFile(file)
	if err == nil {
		err = s.memory.load(data)
	}
	if err != nil {
		s.t.Fatalf("graphtest: %s: %s", file, reason(err))
	}
}

// put puts entities at a node of a store.
//
//go:noinline
func put(n *node, entities ...any) {
	n.server.t.Helper()
	all := make([]json.RawMessage, len(entities))
	for i, entity := range entities {
		var err error
		if all[i], err = n.server.schema.json(entity, ""); err != nil {
			n.server.t.Fatalf("graphtest: Put at %s: %v", n.shown(), err)
		}
	}
	n.seed(all)
}

// putAll is put for entities that stand in a slice of their type.
//
//go:noinline
func putAll(n *node, entities any) {
	n.server.t.Helper()
	all, err := json.Marshal(entities)
	if err != nil {
		n.server.t.Fatalf("graphtest: Put at %s: %v", n.shown(), err)
	}
	n.seed(elementsOf(all))
}

// putEach is put for entities of which some may be of derived types.
//
//go:noinline
func putEach[T any](n *node, entities []T) {
	n.server.t.Helper()
	all := make([]any, len(entities))
	for i, entity := range entities {
		all[i] = entity
	}
	put(n, all...)
}

// seed puts entities at a node: into the collection, or where the one entity of the node is.
func (n *node) seed(entities []json.RawMessage) {
	n.server.t.Helper()
	m := n.memory()
	steps := n.steps()
	m.mu.Lock()
	defer m.mu.Unlock()
	at, err := m.walk(steps, true)
	if err == nil && (at.prop != "" || len(entities) > 1 && !at.isCollection()) {
		err = errors.New("this is not where entities are put")
	}
	if err == nil && at.missing && len(entities) == 0 {
		m.makeAt(at)
	}
	mk := &making{memory: m, seed: true}
	for _, entity := range entities {
		if err == nil {
			err = mk.seedAt(at, entity)
		}
	}
	if err == nil {
		err = mk.bindAll()
	}
	if err != nil {
		n.server.t.Fatalf("graphtest: Put at %s: %s", n.shown(), reason(err))
	}
}

// items are the entities of a collection, with what their navigation properties lead to; nil if there is no such place.
func items(n *node) []json.RawMessage {
	n.server.t.Helper()
	m := n.memory()
	steps := n.steps()
	m.mu.Lock()
	defer m.mu.Unlock()
	at, err := m.walk(steps, false)
	if err != nil || !at.isCollection() {
		return nil
	}
	var all []json.RawMessage
	for _, r := range at.shelf.all() {
		if at.cast == nil || m.schema.isA(r.kind, at.cast) {
			all = append(all, m.wholeJSON(r))
		}
	}
	return all
}

// item is the entity at a node, with what its navigation properties lead to; false if there is none.
func item(n *node) (json.RawMessage, bool) {
	n.server.t.Helper()
	m := n.memory()
	steps := n.steps()
	m.mu.Lock()
	defer m.mu.Unlock()
	at, err := m.walk(steps, false)
	if err != nil || at.record == nil || at.prop != "" {
		return nil, false
	}
	return m.wholeJSON(at.record), true
}

// memory is that of the node's store. That there is none ends the test.
//
//go:noinline
func (n *node) memory() *memory {
	n.server.t.Helper()
	m, ok := n.server.behind.(*memory)
	if !ok {
		n.server.t.Fatalf("graphtest: %s: a server has no memory; make it with graphtest.NewStore(t)", n.shown())
	}
	return m
}

// steps are the segments of the node's path. That a key may be any ends the test.
func (n *node) steps() []step {
	n.server.t.Helper()
	values := make([]string, len(n.keys))
	for i, k := range n.keys {
		if k.any {
			n.server.t.Fatalf("graphtest: %s: the store needs to know which, so name the key", n.shown())
		}
		values[i] = k.value
	}
	steps, ok := templateSteps(split(n.path), values)
	if !ok {
		n.server.t.Fatalf("graphtest: %s: the store does not know what is there", n.shown())
	}
	return steps
}

// reason is an error's text; of the service's errors the message alone.
func reason(err error) string {
	var e *graph.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return err.Error()
}

// load puts what an object of paths has.
func (m *memory) load(data []byte) error {
	if err := json.Unmarshal(data, new(map[string]json.RawMessage)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	mk := &making{memory: m, seed: true}
	for _, f := range fieldsOf(data) {
		if err := mk.loadAt(f); err != nil {
			return fmt.Errorf("%q: %s", f.name, reason(err))
		}
	}
	return mk.bindAll()
}

func (mk *making) loadAt(f field) error {
	path := strings.Trim(f.name, "/")
	first := firstSegment(path)
	for _, r := range mk.memory.schema.roots { // others may be what references lead to
		if isSlip(first, r.name) && !mk.memory.schema.isRoot(first) {
			return errors.New("no path of the slice begins like this; there is /" + r.name)
		}
	}
	at, err := mk.memory.walk(addressSteps(path), true)
	if err != nil {
		return err
	}
	values := elementsOf(f.value)
	if at.prop != "" || (values != nil) != at.isCollection() {
		return errors.New("a collection has an array of entities, one entity is an object")
	}
	if values == nil {
		values = []json.RawMessage{f.value}
	}
	for i, value := range values {
		if err := mk.memory.checkSeed(at, value); err != nil {
			return fmt.Errorf("entity %d: %w", i+1, err)
		}
		if err := mk.seedAt(at, value); err != nil {
			return fmt.Errorf("entity %d: %s", i+1, reason(err))
		}
	}
	return nil
}

// checkSeed looks for what no entity can have: a property that there is not, a value of another type. What the service
// alone sets is as good as the rest.
func (m *memory) checkSeed(at *spot, data []byte) error {
	t := at.cast
	if t == nil {
		t = at.shelf.of
	}
	if t == nil || m.server.lenient || fieldsOf(data) == nil {
		return nil
	}
	c := &checker{schema: m.schema, in: &request{server: m.server, base: serviceRoot, op: &operation{}}, partial: true}
	return c.object("", t, data)
}

// seedAt puts an entity where a path leads.
func (mk *making) seedAt(at *spot, data []byte) error {
	fields := fieldsOf(data)
	if fields == nil {
		return errors.New("an entity is a JSON object")
	}
	key := at.key
	if at.record != nil && !at.shelf.single {
		key = at.record.key
	}
	if key != "" {
		fields = setField(fields, mk.memory.keyNames(at.shelf.of)[0], stringJSON(key))
	}
	fields = at.named(fields)
	_, err := mk.put(at.shelf, at.cast, fields)
	return err
}

// put makes an entity, or gives the one that is there what the fields say.
func (mk *making) put(s *shelf, cast *structuredType, fields []field) (*record, error) {
	old := mk.known(s, cast, fields)
	if old == nil {
		return mk.child(s, cast, fields)
	}
	for _, f := range fields {
		if err := mk.set(old, f); err != nil {
			return nil, err
		}
	}
	mk.memory.touch(old)
	mk.memory.add(s, old)
	return old, nil
}

// known finds the entity that a seed is about; nil if it is new.
func (mk *making) known(s *shelf, cast *structuredType, fields []field) *record {
	kind, err := mk.memory.kindOf(s, cast, fields)
	if err != nil {
		return nil
	}
	home := mk.memory.home(s, kind)
	var key []string
	for _, name := range mk.memory.keyNames(kind) {
		if value := stringOf(lookup(fields, name)); value != "" {
			key = append(key, value)
		}
	}
	if len(key) > 0 {
		return home.get(strings.Join(key, ","))
	}
	if home == s && s.single {
		return s.only()
	}
	return nil
}

// bindAll lets seeds lead to each other.
//
//go:noinline
func (mk *making) bindAll() error {
	for _, bind := range mk.binds {
		if err := bind(); err != nil {
			return err
		}
	}
	return nil
}
