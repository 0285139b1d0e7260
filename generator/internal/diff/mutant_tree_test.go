package diff_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// object is a mapping of a slice.
type object = map[string]any

// spot is an object of a slice, and what it is there.
type spot struct {
	// role is "document", "pathItem", "operation", "parameter", "requestBody", "response", "mediaType", "schema" (a component, or the
	// part of it beside its base), "property", "argument" (a property of what an action is sent), "items" or "enumValue".
	role string
	// at is the JSON pointer.
	at   string
	it   object
	root object
	// in is the object that has it under the key; nil if a list has it.
	in  object
	key string
	// below are the keys on the way to it.
	below []string
}

// slice reads the slice that mutants are made of.
func slice(t *testing.T) object {
	t.Helper()
	text, err := os.ReadFile("testdata/slice.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var root object
	if err := yaml.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	return clone(t, root)
}

// clone is a copy in the forms of JSON.
func clone(t *testing.T, root object) object {
	t.Helper()
	var same object
	if err := json.Unmarshal([]byte(text(t, root)), &same); err != nil {
		t.Fatal(err)
	}
	return same
}

func text(t *testing.T, root object) string {
	t.Helper()
	data, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// spots are all objects of the slice that have a role, in a fixed order.
func spots(root object) []spot {
	var all []spot
	visit(spot{role: "document", it: root, root: root}, func(s spot) { all = append(all, s) })
	return all
}

func visit(s spot, yield func(spot)) {
	if s.role != "" {
		yield(s)
	}
	for _, key := range slices.Sorted(maps.Keys(s.it)) {
		switch value := s.it[key].(type) {
		case object:
			visit(s.child(key, value), yield)
		case []any:
			for i, item := range value {
				if it, ok := item.(object); ok {
					next := s.child(key, it)
					next.in, next.at = nil, next.at+"/"+string(rune('0'+i))
					visit(next, yield)
				}
			}
		}
	}
}

// child is the object below a key.
func (s spot) child(key string, it object) spot {
	next := spot{at: s.at + "/" + key, it: it, root: s.root, in: s.it, key: key, below: append(slices.Clone(s.below), key)}
	parent := ""
	if len(s.below) > 0 {
		parent = s.below[len(s.below)-1]
	}
	isAction := slices.ContainsFunc(s.below, func(k string) bool { return strings.Contains(k, "ex.sort") || strings.Contains(k, "ex.open") })
	switch {
	case parent == "paths":
		next.role = "pathItem"
		if slices.Contains(strings.Fields("get put post patch delete"), key) {
			next.role = "operation"
		}
	case s.role == "pathItem" && key != "parameters":
		next.role = "operation"
	case key == "parameters" && s.role != "", parent == "parameters":
		next.role = "parameter"
	case key == "requestBody", parent == "requestBodies":
		next.role = "requestBody"
	case parent == "responses":
		next.role = "response"
	case parent == "content":
		next.role = "mediaType"
	case parent == "properties" && isAction && slices.Contains(s.below, "requestBody"):
		next.role = "argument"
	case parent == "properties" && slices.Contains(s.below, "schemas"):
		next.role = "property"
	case parent == "schemas", key == "allOf" && slices.Contains(s.below, "schemas") && it["title"] != nil:
		next.role = "schema"
	case key == "values":
		next.role = "enumValue"
	}
	if len(s.below) == 1 && s.below[0] == "paths" {
		next.role = "pathItem"
	}
	return next
}

// set changes a value, or takes the key away if it is nil; false if it was so.
func (s spot) set(key string, value any) bool {
	before, had := s.it[key]
	if value == nil {
		delete(s.it, key)
		return had
	}
	s.it[key] = value
	after, _ := json.Marshal(value)
	was, _ := json.Marshal(before)
	return !had || string(after) != string(was)
}

// has reports whether the key has the value, or any if it is nil.
func (s spot) has(key string, value any) bool {
	have, ok := s.it[key]
	return ok && (value == nil || have == value)
}

// remove takes the object out of what it stands in.
func (s spot) remove() bool {
	if s.in == nil {
		return false
	}
	delete(s.in, s.key)
	return true
}
