package diff

import (
	"iter"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// apiSide are the elements of one side.
type apiSide struct {
	elements map[string]lock.Element // by kind and ID
	order    []string
	plain    map[string]bool         // the keys of elements, see api.PlainPath
	paths    map[string]lock.Element // paths by their plain keys
	// bases are the types that a type is derived from, by ID.
	bases map[string]string
	// keys are the properties that a type itself says are its key, by its ID.
	keys map[string][]string
	// known: the side says all that Compare knows of. Locks of earlier versions say nothing of the service.
	known bool
	// parts are the names of what a type or an enumeration has, by its ID.
	parts map[string][]string

	heirsOf map[string][]string // see heirs
}

func elementKey(kind, id string) string { return kind + " " + id }

func newSide(elements []lock.Element) (*apiSide, error) {
	s := &apiSide{
		elements: map[string]lock.Element{}, plain: map[string]bool{}, paths: map[string]lock.Element{},
		bases: map[string]string{}, parts: map[string][]string{}, keys: map[string][]string{},
	}
	for _, e := range elements {
		key := elementKey(e.Kind, e.ID)
		if _, ok := s.elements[key]; ok {
			continue
		}
		s.elements[key], s.plain[api.PlainPath(key)] = e, true
		s.order = append(s.order, key)
		if e.Kind == api.KindPath {
			s.paths[api.PlainPath(key)] = e
		}
		s.known = s.known || e.Kind == api.KindService
		if e.Kind == api.KindProperty || e.Kind == api.KindMember {
			_, id := owner(e)
			s.parts[id] = append(s.parts[id], wireName(e))
			if strings.Contains(e.Facts, `"key":true`) {
				s.keys[id] = append(s.keys[id], wireName(e))
			}
		}
		if e.Kind == api.KindType {
			facts, err := api.Decode[api.Type](e)
			if err != nil {
				return nil, err
			}
			s.bases[e.ID] = facts.Base
			s.keys[e.ID] = append(s.keys[e.ID], facts.InheritedKeys...)
		}
	}
	return s, nil
}

// pair is an element on both sides; one of them is nil if it is on one side only.
type pair struct{ old, new *lock.Element }

// pairs matches the elements of both sides: by ID, and what then remains by ID without the names of path parameters, operations at
// last with PUT for PATCH or PATCH for PUT.
func pairs(old, new *apiSide) []pair {
	var all, alone []pair
	renamed := map[string]string{}
	for _, key := range new.order {
		if _, ok := old.elements[key]; !ok {
			renamed[api.PlainPath(key)] = key
		}
	}
	taken := map[string]bool{}
	for _, key := range old.order {
		o := old.elements[key]
		other := key
		if _, ok := new.elements[key]; !ok {
			other = renamed[api.PlainPath(key)]
		}
		if n, ok := new.elements[other]; ok && !taken[other] {
			taken[other] = true
			all = append(all, pair{&o, &n})
			continue
		}
		alone = append(alone, pair{old: &o})
	}
	for _, p := range alone {
		other := renamed[api.PlainPath(otherMethod(elementKey(p.old.Kind, p.old.ID)))]
		if n, ok := new.elements[other]; ok && !taken[other] {
			taken[other], p.new = true, &n
		}
		all = append(all, p)
	}
	for _, key := range new.order {
		if n := new.elements[key]; !taken[key] {
			all = append(all, pair{new: &n})
		}
	}
	return all
}

// otherMethod is the key of the operation that changes the same by the other of two methods; "" if there is none.
func otherMethod(key string) string {
	const patch, put = api.KindOperation + " PATCH ", api.KindOperation + " PUT "
	if path, ok := strings.CutPrefix(key, patch); ok {
		return put + path
	}
	if path, ok := strings.CutPrefix(key, put); ok {
		return patch + path
	}
	return ""
}

// owner is the kind and ID of what an element is a part of: of a property its type, of a parameter its operation, of an
// inline object what it stands in. Kind is "" if it is a part of nothing.
func owner(e lock.Element) (kind, id string) {
	switch e.Kind {
	case api.KindProperty:
		return api.KindType, before(e.ID, '/')
	case api.KindMember:
		return api.KindEnum, before(e.ID, '/')
	case api.KindParameter:
		return api.KindOperation, before(e.ID, '?')
	case api.KindType, api.KindEnum:
		if i := strings.LastIndexByte(e.ID, '#'); i >= 0 && !strings.Contains(e.ID[i:], "/") {
			return api.KindOperation, e.ID[:i]
		}
		if strings.Contains(e.ID, "/") {
			return api.KindProperty, e.ID
		}
	}
	return "", ""
}

// before is what stands in front of the last c; "" if there is none, as in a lock that somebody wrote.
func before(id string, c byte) string { return id[:max(0, strings.LastIndexByte(id, c))] }

// ancestors yields the types that a type is derived from, itself first.
func (s *apiSide) ancestors(id string) iter.Seq[string] {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		for ; id != "" && !seen[id]; id = s.bases[id] {
			seen[id] = true
			if !yield(id) {
				return
			}
		}
	}
}

// derives reports whether a type is derived from base.
func (s *apiSide) derives(id, base string) bool {
	for at := range s.ancestors(id) {
		if at == base && at != id {
			return true
		}
	}
	return false
}

// key are the properties that identify values of a type.
func (s *apiSide) key(id string) []string {
	for at := range s.ancestors(id) {
		if len(s.keys[at]) > 0 {
			return s.keys[at]
		}
	}
	return nil
}

// inherited is the property of a base that a type has instead of e, its own; nil if there is none.
func (s *apiSide) inherited(e lock.Element) *lock.Element {
	if e.Kind != api.KindProperty {
		return nil
	}
	_, id := owner(e)
	for at := range s.ancestors(s.bases[id]) {
		if p, ok := s.elements[elementKey(api.KindProperty, at+"/"+wireName(e))]; ok {
			return &p
		}
	}
	return nil
}

// isPart reports whether what an element is a part of is on its side only as well, so that nothing has to be said of it.
func (c *comparison) isPart(side, other *apiSide, e lock.Element) bool {
	whole := e
	for {
		kind, id := owner(whole)
		key := elementKey(kind, id)
		next, ok := side.elements[key]
		if !ok || other.plain[api.PlainPath(key)] {
			break
		}
		whole = next
	}
	if whole == e {
		return false
	}
	key := elementKey(whole.Kind, whole.ID)
	c.parts[key] = c.parts[key].and(c.claimOf(side, e))
	return true
}

// goName is how code calls an element: "Chat.Topic", "ChatsRequests.List", "ChatsListOptions.Top".
func (s *apiSide) goName(e lock.Element) string {
	if e.Name == "" {
		return ""
	}
	kind, id := owner(e)
	o := s.elements[elementKey(kind, id)]
	switch e.Kind {
	case api.KindProperty:
		return o.Name + "." + e.Name
	case api.KindParameter:
		facts, _ := api.Decode[api.Operation](o)
		if facts.Options != "" {
			return facts.Options + "." + e.Name
		}
	case api.KindOperation:
		facts, _ := api.Decode[api.Operation](e)
		if facts.On != "" {
			return facts.On + "." + e.Name
		}
		return "Client." + e.Name
	case api.KindPath:
		facts, _ := api.Decode[api.Path](e)
		return facts.Requests
	}
	return e.Name
}
