package graphtest

import "encoding/json"

// What nodes of a store offer, whatever the type of their entities.

func putAll[T any](n *node, entities []T) {
	n.server.t.Helper()
	all := make([]any, len(entities))
	for i, entity := range entities {
		all[i] = entity
	}
	put(n, all...)
}

// storedIn returns the entities of a collection.
func storedIn[T any](n *node, decode func(*request) (T, error)) []T {
	n.server.t.Helper()
	var all []T
	for _, text := range items(n) {
		all = append(all, decoded(n, text, decode))
	}
	return all
}

// storedAt returns the entity at a node, or T's zero value.
func storedAt[T any](n *node, decode func(*request) (T, error)) T {
	n.server.t.Helper()
	text, ok := item(n)
	if !ok {
		var none T
		return none
	}
	return decoded(n, text, decode)
}

func decoded[T any](n *node, text json.RawMessage, decode func(*request) (T, error)) T {
	v, err := decode(&request{body: text})
	if err != nil {
		n.server.t.Errorf("graphtest: %s: %v", n.shown(), err)
	}
	return v
}
