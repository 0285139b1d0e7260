package diff

import (
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
	// parts are the names of what a type or an enumeration has, by its ID.
	parts map[string][]string

	heirsOf map[string][]string // see heirs
}

func elementKey(kind, id string) string { return kind + " " + id }

func newSide(elements []lock.Element) (*apiSide, error) {
	s := &apiSide{
		elements: map[string]lock.Element{}, plain: map[string]bool{}, paths: map[string]lock.Element{},
		bases: map[string]string{}, parts: map[string][]string{},
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
		if e.Kind == api.KindProperty || e.Kind == api.KindMember {
			_, id := owner(e)
			s.parts[id] = append(s.parts[id], wireName(e))
		}
		if e.Kind == api.KindType {
			facts, err := api.Decode[api.Type](e)
			if err != nil {
				return nil, err
			}
			s.bases[e.ID] = facts.Base
		}
	}
	return s, nil
}

// pair is an element on both sides; one of them is nil if it is on one side only.
type pair struct{ old, new *lock.Element }

// pairs matches the elements of both sides: by ID, and what then remains by ID without the names of path parameters.
func pairs(old, new *apiSide) []pair {
	var all []pair
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
		all = append(all, pair{old: &o})
	}
	for _, key := range new.order {
		if n := new.elements[key]; !taken[key] {
			all = append(all, pair{new: &n})
		}
	}
	return all
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

// inherited is the property of a base that a type has instead of e, its own; nil if there is none.
func (s *apiSide) inherited(e lock.Element) *lock.Element {
	if e.Kind != api.KindProperty {
		return nil
	}
	_, id := owner(e)
	seen := map[string]bool{}
	for at := s.bases[id]; at != "" && !seen[at]; at = s.bases[at] {
		seen[at] = true
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
