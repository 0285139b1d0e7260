package graphtest

import (
	"encoding/json"
	"reflect"
)

// What nodes of a store offer, whatever the type of their entities.

// storedIn returns the entities of a collection.
func storedIn[T any](n *node) []T {
	n.server.t.Helper()
	var all []T
	for _, data := range items(n) {
		entity, _ := n.decoded(data, reflect.TypeFor[T]()).(T)
		all = append(all, entity)
	}
	return all
}

// storedAt returns the entity at a node, or T's zero value.
func storedAt[T any](n *node) T {
	n.server.t.Helper()
	var entity T
	if data, ok := item(n); ok {
		entity, _ = n.decoded(data, reflect.TypeFor[T]()).(T)
	}
	return entity
}

// decoded is an entity of the store as a value of its type.
func (n *node) decoded(data json.RawMessage, of reflect.Type) any {
	v, err := decoded(data, of)
	if err != nil {
		n.server.t.Errorf("graphtest: %s: %v", n.shown(), err)
	}
	return v
}

// unique is Unique for a node whose entities have a type.
func unique[T any](n *node, same func(made, old T) bool) {
	n.server.t.Helper()
	n.unique(reflect.TypeFor[T](), func(made, old any) bool { return same(made.(T), old.(T)) })
}

func (n *node) unique(of reflect.Type, same func(made, old any) bool) {
	n.server.t.Helper()
	n.memory().unique(n.memory().class(n.path), func(made, old []byte) bool {
		return same(n.decoded(made, of), n.decoded(old, of))
	})
}

// fill is Fill for a node whose entities have a type.
func fill[T any](n *node, set func(made T)) {
	n.server.t.Helper()
	n.fill(reflect.TypeFor[T](), func(made any) { set(made.(T)) })
}

func (n *node) fill(of reflect.Type, set func(made any)) {
	n.server.t.Helper()
	n.memory().addFill(n.memory().class(n.path), func(made []byte) (any, func(), error) {
		entity, err := decoded(made, of)
		return entity, func() { set(entity) }, err
	})
}
