package graphtest

import (
	"net/url"
	"strings"
)

// step is one segment of a path.
type step struct {
	text string
	// isKey is a key where the slice says so; what came in an address is one where it follows a collection.
	isKey, guess bool
	by           []Key // values of an alternate key, by their properties
}

// shape is what the slice's operations tell of a place whose type does not name it.
type shape struct {
	of         string
	collection bool
	leads      bool // there are references at the place, or other places below it
}

// newShapes collects what the paths of operations tell, by the path with braces for keys.
func newShapes(operations []operation) map[string]shape {
	shapes := map[string]shape{}
	for i := range operations {
		path := ""
		segments := split(operations[i].path)
		for j, segment := range segments {
			isKey := isKey(segment)
			above := shapes[path]
			above.collection = above.collection || isKey
			above.leads = above.leads || segment == "/$ref" || isName(segment)
			shapes[path] = above
			path += parameter.ReplaceAllString(segment, "{}")
			s := shapes[path]
			if j == len(segments)-1 {
				s = s.learn(&operations[i])
			}
			shapes[path] = s
			if isKey && s.of != "" {
				above := shapes[strings.TrimSuffix(path, "/{}")]
				above.of = s.of
				shapes[strings.TrimSuffix(path, "/{}")] = above
			}
		}
	}
	return shapes
}

// learn adds what an operation at the place tells of it.
func (s shape) learn(op *operation) shape {
	switch op.kind {
	case list, create:
		s.collection = true
	case get, update, replace:
	default:
		return s
	}
	of, _ := itemOf(op.answer)
	if of == "" {
		of, _ = itemOf(op.body)
	}
	if !isContent(of) && s.of == "" {
		s.of = of
	}
	return s
}

// templateSteps are the segments of a path of the slice with the values of its parameters; false if there is something
// that only the service understands.
func templateSteps(segments []string, values []string) ([]step, bool) {
	steps := make([]step, 0, len(segments))
	for _, segment := range segments {
		name, inner, _ := strings.Cut(strings.TrimPrefix(segment, "/"), "(")
		if isKey(segment) && len(values) > 0 {
			steps, values = append(steps, step{text: values[0], isKey: true}), values[1:]
			continue
		}
		if strings.ContainsAny(name, ":{") {
			return nil, false
		}
		s := step{text: name}
		for _, argument := range listed(strings.TrimSuffix(inner, ")")) {
			property, value, _ := strings.Cut(argument, "=")
			if !arguments.MatchString(value) || len(values) == 0 {
				return nil, false
			}
			s.by, values = append(s.by, Key{property, values[0]}), values[1:]
		}
		steps = append(steps, s)
	}
	return steps, true
}

// isName reports whether a segment is the name of a property: neither one of OData's own nor a function, an action or a type.
//
//go:noinline
func isName(segment string) bool { return !strings.ContainsAny(segment, "$.({:") }

// isKey reports whether a segment is nothing but a parameter.
//
//go:noinline
func isKey(segment string) bool {
	return strings.HasPrefix(segment, "/{") && strings.IndexByte(segment, '}') == len(segment)-1
}

// addressSteps are the segments of a path that came in a body, below the service root.
func addressSteps(path string) []step {
	var steps []step
	for _, segment := range split(path) {
		text, err := url.PathUnescape(strings.TrimPrefix(segment, "/"))
		if err != nil {
			text = strings.TrimPrefix(segment, "/")
		}
		name, inner, ok := strings.Cut(text, "(")
		inner, closed := strings.CutSuffix(inner, ")")
		if !ok || !closed {
			steps = append(steps, step{text: text, guess: true})
			continue
		}
		if unquoted, ok := unquote(inner); ok {
			steps = append(steps, step{text: name}, step{text: unquoted, isKey: true})
			continue
		}
		s := step{text: name}
		for _, argument := range listed(inner) {
			property, value, _ := strings.Cut(argument, "=")
			value, _ = unquote(value)
			s.by = append(s.by, Key{property, value})
		}
		steps = append(steps, s)
	}
	return steps
}

// unquote reads a literal of OData that is a string; false if it is none.
//
//go:noinline
func unquote(literal string) (string, bool) {
	if len(literal) < 2 || literal[0] != '\'' || literal[len(literal)-1] != '\'' {
		return literal, false
	}
	return strings.ReplaceAll(literal[1:len(literal)-1], "''", "'"), true
}

// outside is the entity that an address leads to in a set which no operation of the slice knows, nor any entity that could
// be in it: nobody can put it there, so it is taken to be there. Nil for other addresses.
func (m *memory) outside(steps []step) *record {
	last := len(steps) - 1
	if last < 1 || len(steps[last].by) > 0 {
		return nil
	}
	set := steps[0].text
	for _, s := range steps[1:last] {
		set += "/" + s.text
	}
	found := m.schema.inSet(set)
	if _, isKnown := m.shapes["/"+set]; isKnown || last > 1 && len(found) == 0 {
		return nil
	}
	for i := range m.schema.tables.types {
		t := &m.schema.tables.types[i]
		if _, isKnown := m.shapes["/"+t.set]; isKnown && t.set != "" && len(found) > 0 && m.schema.isA(t, found[0]) {
			return nil
		}
	}
	s := m.shelves[set]
	if s == nil {
		s = &shelf{name: set, class: "/" + set}
		m.shelves[set] = s
	}
	if s.of == nil && len(found) > 0 {
		s.of = found[0]
	}
	at := &spot{shelf: s, key: steps[last].text}
	if at.record = s.get(at.key); at.record == nil {
		m.makeAt(at)
	}
	return at.record
}
