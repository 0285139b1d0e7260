package graphtest

import "encoding/json"

// What nodes of a store offer, whatever the type of their entities.

// storedIn returns the entities of a collection.
func storedIn[T any](n *node) []T {
	n.server.t.Helper()
	var all []T
	n.each(decode[T], func(v any) {
		entity, _ := v.(T)
		all = append(all, entity)
	})
	return all
}

// each goes through the entities of a collection.
func (n *node) each(as decoder, do func(entity any)) {
	n.server.t.Helper()
	for _, data := range items(n) {
		do(n.decoded(data, as))
	}
}

// storedAt returns the entity at a node, or T's zero value.
func storedAt[T any](n *node) T {
	n.server.t.Helper()
	var entity T
	if data, ok := item(n); ok {
		entity, _ = n.decoded(data, decode[T]).(T)
	}
	return entity
}

// decoded is an entity of the store as a value of its type.
func (n *node) decoded(data json.RawMessage, as decoder) any {
	v, err := as(data)
	if err != nil {
		n.server.t.Errorf("graphtest: %s: %v", n.shown(), err)
	}
	return v
}

// unique is Unique for a node whose entities have a type.
func unique[T any](n *node, same func(made, old T) bool) {
	n.server.t.Helper()
	n.unique(decode[T], func(made, old any) bool { return same(made.(T), old.(T)) })
}

func (n *node) unique(as decoder, same func(made, old any) bool) {
	n.server.t.Helper()
	n.memory().unique(n.memory().class(n.path), func(made, old []byte) bool {
		return same(n.decoded(made, as), n.decoded(old, as))
	})
}

// fill is Fill for a node whose entities have a type.
func fill[T any](n *node, set func(made T)) {
	n.server.t.Helper()
	n.fill(decode[T], func(made any) { set(made.(T)) })
}

func (n *node) fill(as decoder, set func(made any)) {
	n.server.t.Helper()
	n.memory().addFill(n.memory().class(n.path), func(made []byte) (any, func(), error) {
		entity, err := as(made)
		return entity, func() { set(entity) }, err
	})
}
