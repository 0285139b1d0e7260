package graphtest

import (
	"strings"
)

// hop is one segment of a path in $filter and $orderby.
type hop struct {
	name  string
	cast  *structuredType
	count bool
}

// path reads a path of properties.
func (p *parser) path(t token) (*expression, error) {
	names := strings.Split(t.text, "/")
	of, from := "", ""
	if item, ok := p.vars[names[0]]; ok {
		of, from, names = item, names[0], names[1:]
	} else {
		if p.of != nil {
			of = p.of.name
		}
		if names[0] == "$it" {
			names = names[1:]
		}
	}
	hops, of, err := p.memory.hops(of, names)
	if err != nil {
		return nil, err
	}
	return &expression{of: of, eval: func(s *scope) any {
		item := s.item
		if from != "" {
			item = s.vars[from]
		}
		return s.memory.valueAt(item, hops, of)
	}}, nil
}

// hops finds the properties of a path from a type, and the type of the last; "" where the slice does not know it.
func (m *memory) hops(of string, names []string) ([]hop, string, error) {
	var hops []hop
	for i, name := range names {
		_, many := itemOf(of)
		t := m.schema.types[of]
		switch {
		case name == "$count" && i == len(names)-1:
			hops, of = append(hops, hop{count: true}), "Edm.Int64"
			continue
		case strings.Contains(name, "."):
			cast := m.schema.types[name]
			if cast == nil {
				return nil, "", invalid("Invalid filter clause: The type '" + name + "' is not known.")
			}
			hops, of = append(hops, hop{cast: cast}), name
			continue
		case many:
			return nil, "", invalid("Invalid filter clause: the parent of '" + name +
				"' is a collection; any and all go through one.")
		}
		p := m.property(t, name)
		if p == nil && t != nil && !m.schema.isOpen(t) {
			return nil, "", noProperty(name, t)
		}
		hops, of = append(hops, hop{name: name}), typeOf(p)
	}
	return hops, of, nil
}

// valueAt is what a path leads to from an entity or an object.
func (m *memory) valueAt(item subject, hops []hop, of string) any {
	for i, h := range hops {
		switch {
		case h.cast != nil:
			if item.record != nil && !m.schema.isA(item.record.kind, h.cast) {
				return nil
			}
			continue
		case h.count:
			return number{} // of a value that is no collection
		}
		next, many := m.hop(item, h.name)
		if many != nil {
			if i < len(hops)-1 && hops[i+1].count {
				return number{float64(len(many)), int64(len(many)), true}
			}
			return many
		}
		if next.record == nil && next.raw == nil {
			return nil
		}
		item = next
	}
	if item.record != nil {
		return item
	}
	return valueOf(item.raw, of)
}

// hop goes to a property; many is not nil if that is a collection.
func (m *memory) hop(item subject, name string) (next subject, many []subject) {
	if item.record == nil {
		next.raw = lookup(fieldsOf(item.raw), name)
	} else if s, ok := m.follow(item.record, name, braced(item.record, name)); ok {
		if s.single {
			return subject{record: s.only()}, nil
		}
		many = []subject{}
		for _, r := range s.all() {
			many = append(many, subject{record: r})
		}
		return next, many
	} else {
		next.raw = item.record.field(name)
	}
	if len(next.raw) > 0 && next.raw[0] == '[' {
		return next, append([]subject{}, subjectsOf(next.raw)...)
	}
	return next, nil
}

// lambda reads "any(x:x/name eq 'y')", behind its parenthesis.
func (p *parser) lambda(path, name string) (*expression, error) {
	collection, err := p.path(token{text: path})
	if err != nil {
		return nil, err
	}
	if name == "any" && p.takes(")") {
		return condition(func(s *scope) any { return len(itemsAt(s, collection)) > 0 }), nil
	}
	variable := p.next()
	if variable.kind != wordToken || strings.Contains(variable.text, "/") {
		return nil, p.unexpected()
	}
	p.at++
	if err := p.expect(":"); err != nil {
		return nil, err
	}
	outer, hidden := p.vars[variable.text]
	p.vars[variable.text], _ = itemOf(collection.of)
	inner, err := p.or()
	if err == nil {
		err = p.boolean(inner)
	}
	if err != nil {
		return nil, err
	}
	if delete(p.vars, variable.text); hidden {
		p.vars[variable.text] = outer
	}
	return through(variable.text, collection, inner, name == "any"), p.expect(")")
}

// through is true if the inner expression is so for any item, or else for all.
//
//go:noinline
func through(variable string, collection, inner *expression, anyOf bool) *expression {
	return condition(func(s *scope) any {
		if s.vars == nil {
			s.vars = map[string]subject{}
		}
		outer := s.vars[variable]
		defer func() { s.vars[variable] = outer }()
		for _, item := range itemsAt(s, collection) {
			s.vars[variable] = item
			if (inner.eval(s) == true) == anyOf {
				return anyOf
			}
		}
		return !anyOf
	})
}

//go:noinline
func itemsAt(s *scope, collection *expression) []subject {
	items, _ := collection.eval(s).([]subject)
	return items
}
