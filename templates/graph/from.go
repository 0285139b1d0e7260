package graph

import (
	"encoding/json"
	"fmt"
	"strings"
)

// From returns a value of another package of the same service, such as the one of another version, as one of this
// package: a new T with the same properties; nil of nil. What T does not declare is kept in AdditionalProperties.
//
//	v, err := graph.From[T](other) // a *T
//
// What is bound below the other version's service root is bound below the root of the client that sends the copy. It is
// an error if the value cannot be written as JSON, or says that it is of a type that is neither T nor derived from it.
func From[T any, P pointer[T]](v any) (*T, error) {
	to := new(T)
	if isNil(v) {
		return nil, nil
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("From: %w", err)
	}
	r := newReader(text)
	r.rebased = true
	r.object(P(to))
	if err := r.finish(); err != nil {
		return nil, fmt.Errorf("From: %T to %T: %w", v, to, err)
	}
	name := typeName(P(to))
	if name != "" && !strings.EqualFold(name, ownName(P(to))) && resolvedBelow(P(to), name) == nil {
		return nil, fmt.Errorf("From: a %s is no %s", name, ownName(P(to)))
	}
	return to, nil
}

// rebase makes a bind that arrived as the URL of an entity of this service, of whatever version, one of its path.
func rebase(r *ref) {
	service := defaultServiceRoot[:strings.LastIndexByte(defaultServiceRoot, '/')+1]
	below, isHere := strings.CutPrefix(r.text, service)
	if _, path, hasPath := strings.Cut(below, "/"); isHere && hasPath && pathFault(path) == "" {
		r.bind, r.text = bindByPath, path
	}
}
