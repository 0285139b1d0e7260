package permissions

import (
	"slices"
	"strings"
)

// Query asks what an operation takes.
type Query struct {
	Method, Path string
	// Property: the path ends with a property that is a part of the entity before it, such as a stream.
	Property bool
	// Set is the entity set that holds what the path begins with, if that is a singleton, such as "users" for /me; else "".
	Set string
}

// step is an operation on the way from the one that is asked for to the nearest that the table has.
type step struct {
	method   string
	segments []string
	property bool
	set      string
	// signedIn: the path began with what belongs to the signed-in user; an application alone has none.
	signedIn bool
}

// maxSteps is how many rules may be applied one after the other, as for the number of a cast's items.
const maxSteps = 4

// Find returns the rule of an operation; false if nothing can be said of it.
func (t *Table) Find(q Query) (Rule, bool) {
	pending := []step{{method: q.Method, segments: split(q.Path), property: q.Property, set: q.Set}}
	seen := map[string]bool{}
	for round := 0; round <= maxSteps; round++ {
		var next []step
		for _, s := range pending {
			key := s.method + canonical(s.segments)
			if seen[key] {
				continue
			}
			seen[key] = true
			if r := t.lookup(s); r != nil {
				rule := t.rule(r, methodBit(s.method))
				if round > 0 {
					rule.From = s.method + " " + r.written
				}
				if s.signedIn {
					rule.Application, rule.ResourceSpecific = Grants{}, Grants{}
				}
				if !s.signedIn || !rule.Delegated.Empty() || !rule.Personal.Empty() {
					return rule, true
				}
			}
			next = append(next, s.nearer()...)
		}
		pending = next
	}
	return Rule{}, false
}

// lookup finds the table's own entry. A function is found with its arguments, without any, or as the only one of its name.
func (t *Table) lookup(s step) *resource {
	has := func(r *resource) bool {
		bit := methodBit(s.method)
		return r != nil && bit != 0 && slices.ContainsFunc(r.grants, func(g grant) bool { return g.methods&bit != 0 })
	}
	if r := t.resources[canonical(s.segments)]; has(r) {
		return r
	}
	bare := canonical(withoutArguments(s.segments))
	called := bare != canonical(s.segments)
	if r := t.resources[bare]; called && !startsWithKeyOf(s.segments) && has(r) {
		return r
	}
	if all := t.overloads[bare]; len(all) == 1 && has(all[0]) {
		return all[0]
	}
	return nil
}

// startsWithKeyOf reports whether a path begins with an entity set and an alternate key in parentheses, which is no function:
// without it, it is another path.
func startsWithKeyOf(segments []string) bool {
	_, _, isCall := cut(segments[0])
	return isCall
}

// nearer are the operations whose permissions suffice for this one as well, the nearest first. Each rule holds in the table for
// nearly all operations that it does have (see the test of the real table):
//
//   - the number, the addresses of the targets and a part by type of a collection tell less than the collection itself;
//   - what has changed in a collection, and one of its items, is read with what reads it;
//   - a media stream and a property of its own are parts of the entity, and to set them is to update it;
//   - to add several members is to create them, to remove several or to add a reference is what deleting one is;
//   - to replace is to update, and of an item what may create, update or delete it may do the others;
//   - an entity is the same by whatever key it is found, and what belongs to the signed-in user is one of its entity set, for
//     somebody who is signed in;
//   - an entity that a path selects is of the kind of the one that the path starts at.
func (s step) nearer() []step {
	last := len(s.segments) - 1
	if last < 0 {
		return nil
	}
	all := s.byLast(last)
	for i := range all {
		all[i].set, all[i].signedIn = s.set, s.signedIn
	}
	for i, segment := range s.segments {
		if isCast(segment) && i > 0 && (i < last || s.method == "GET") {
			with := s
			with.segments = slices.Delete(slices.Clone(s.segments), i, i+1)
			all = append(all, with)
		}
	}
	if start, end := addressed(s.segments); end > 0 {
		with := s
		with.segments = slices.Concat(s.segments[:start], []string{strings.TrimSuffix(s.segments[start], ":")}, s.segments[end+1:])
		all = append(all, with)
	}
	if name, _, isCall := cut(s.segments[0]); isCall {
		with := s
		with.segments = append([]string{name, "{id}"}, s.segments[1:]...)
		all = append(all, with)
	}
	if s.set != "" {
		with := s
		with.segments, with.set, with.signedIn = append([]string{s.set, "{id}"}, s.segments[1:]...), "", true
		all = append(all, with)
	}
	return all
}

// byLast are the nearer operations by the last segment.
func (s step) byLast(last int) []step {
	above := s.segments[:last:last]
	item := append(above, "{id}")
	name, _, _ := cut(s.segments[last])
	onCollection := s.method == "POST" && last > 0 && !isKey(s.segments[last-1])
	word := canonical([]string{name})
	switch {
	case last == 0:
		return nil
	case word == "/$count", word == "/delta" && s.method == "GET":
		return []step{{method: "GET", segments: above}}
	case word == "/$ref" && s.method == "PUT":
		return []step{{method: "PUT", segments: above}, {method: "PATCH", segments: above}}
	case word == "/$ref" && s.method == "POST":
		return []step{{method: "DELETE", segments: append(slices.Clone(item), "$ref")}, {method: "DELETE", segments: item}, {method: "POST", segments: above}}
	case word == "/$ref" && s.method == "DELETE" && isKey(s.segments[last-1]):
		return []step{{method: "DELETE", segments: above}, {method: "DELETE", segments: above[:last-1]}, {method: "POST", segments: above[:last-1]}}
	case word == "/$ref":
		return []step{{method: s.method, segments: above}}
	case (word == "/$value" || s.property) && s.method == "GET":
		return []step{{method: "GET", segments: above}}
	case word == "/$value", s.property:
		return []step{{method: "PATCH", segments: above}}
	case onCollection && word == "/add":
		return []step{{method: "POST", segments: above}}
	case onCollection && word == "/remove":
		return []step{{method: "DELETE", segments: item}}
	}
	return s.byMethod(last)
}

// byMethod are other operations on the same entity, or on its collection.
func (s step) byMethod(last int) []step {
	isItem := isKey(s.segments[last])
	switch {
	case s.method == "PUT":
		return []step{{method: "PATCH", segments: s.segments}}
	case s.method == "GET" && isItem:
		return []step{{method: "GET", segments: s.segments[:last]}}
	case s.method == "PATCH" && isItem:
		return []step{{method: "DELETE", segments: s.segments}, {method: "POST", segments: s.segments[:last]}}
	case s.method == "DELETE" && isItem:
		return []step{{method: "PATCH", segments: s.segments}, {method: "POST", segments: s.segments[:last]}}
	}
	return nil
}
