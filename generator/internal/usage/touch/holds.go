package touch

import (
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/diff"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// reach says which calls come to an element that they do not name: those that send it, those that are answered with it.
type reach struct{ sent, answered bool }

// reaches are the rules of such findings. All others ask for something only where code names the element: what it does not name,
// it neither sets nor reads. A package that is not made anew reads the whole answer, whatever the code does with it.
var reaches = map[string]reach{
	"property-required":       {sent: true},
	"property-added-required": {sent: true},
	"argument-added-required": {sent: true},
	"type-closed":             {sent: true},
	"property-type-changed":   {sent: true, answered: true},
	"type-name-changed":       {sent: true, answered: true},
	"enum-values-changed":     {sent: true, answered: true},
}

// holders know which types the bodies and answers of operations hold.
type holders struct {
	types      map[string]*held
	operations map[string]api.Operation
	// named are the IDs that the code names, without the names of path parameters as all here but those of operations.
	named map[string]bool
	// found are the types that one holds, by its ID and whether it is sent.
	found map[string]map[string]string
}

// held is a type with what is in its values.
type held struct {
	base       string
	heirs      []string
	properties []property
}

type property struct {
	id, of     string // of: the ID of its type
	navigation bool
}

func newHolders(elements []lock.Element, named map[string]bool) (*holders, error) {
	h := &holders{types: map[string]*held{}, operations: map[string]api.Operation{}, named: named, found: map[string]map[string]string{}}
	for _, e := range elements {
		var err error
		id := e.ID
		if e.Kind != api.KindOperation { // those of bodies have the names of path parameters
			id = api.PlainPath(id)
		}
		switch e.Kind {
		case api.KindOperation:
			h.operations[id], err = api.Decode[api.Operation](e)
		case api.KindType:
			var facts api.Type
			if facts, err = api.Decode[api.Type](e); facts.Base != "" {
				base := h.at(api.PlainPath(facts.Base))
				base.heirs = append(base.heirs, id)
			}
			h.at(id).base = api.PlainPath(facts.Base)
		case api.KindProperty:
			var facts api.Property
			facts, err = api.Decode[api.Property](e)
			t := h.at(ownerOf(id))
			t.properties = append(t.properties, property{id, typeOf(facts.Type), facts.Navigation})
		}
		if err != nil {
			return nil, err
		}
	}
	return h, nil
}

func (h *holders) at(id string) *held {
	if h.types[id] == nil {
		h.types[id] = &held{}
	}
	return h.types[id]
}

// ownerOf is the type of a property.
func ownerOf(id string) string { return id[:max(strings.LastIndexByte(id, '/'), 0)] }

// typeOf is the plain ID of a type, of lists and maps that of their items.
func typeOf(of string) string { return api.PlainPath(api.ElementType(of)) }

// byWayOf says how a call of an operation comes to the element of a finding, such as "its body, microsoft.graph.chat/members"; "" if
// it does not.
func (h *holders) byWayOf(operation string, f diff.Finding) string {
	way, facts := reaches[f.Rule], h.operations[operation]
	if way == (reach{}) {
		return ""
	}
	target := api.PlainPath(f.ID)
	if f.Kind == api.KindProperty {
		target = ownerOf(target)
	}
	if way.sent && facts.Request != nil {
		if by, ok := h.holds(typeOf(facts.Request.Type), true)[target]; ok {
			return "its body" + by
		}
	}
	if way.answered && facts.Response != nil {
		if by, ok := h.holds(typeOf(facts.Response.Type), false)[target]; ok {
			return "its answer" + by
		}
	}
	return ""
}

// visit is a type that is reached. A base is there as a part of what is derived from it: its other heirs are not.
type visit struct {
	id, by string
	asBase bool
}

// holds are the types that values of a type hold, itself among them, each with the way there: ", microsoft.graph.chat/members".
// What a navigation property leads to is held if the code names that property: only then it is expanded, or sent along. What is
// sent is of a derived type only if the code names that.
func (h *holders) holds(root string, sent bool) map[string]string {
	key := root
	if sent {
		key = "sent " + root
	}
	if found, ok := h.found[key]; ok {
		return found
	}
	found, whole := map[string]string{}, map[string]bool{}
	for queue := []visit{{id: root}}; len(queue) > 0; queue = queue[1:] {
		v := queue[0]
		_, isFound := found[v.id]
		if isFound && (v.asBase || whole[v.id]) {
			continue
		}
		t := h.types[v.id]
		if t == nil { // an enumeration, or a type of OData's own
			t = &held{}
		}
		if !isFound {
			found[v.id] = v.by
			queue = append(queue, h.within(t, v.by)...)
		}
		if !v.asBase {
			whole[v.id] = true
			queue = append(queue, h.derived(t, v.by, sent)...)
		}
	}
	h.found[key] = found
	return found
}

// within are the types that a value holds as what its type, or the base of it, declares.
func (h *holders) within(t *held, by string) []visit {
	var all []visit
	if t.base != "" {
		all = append(all, visit{t.base, by, true})
	}
	for _, p := range t.properties {
		if !p.navigation || h.named[p.id] {
			all = append(all, visit{id: p.of, by: step(by, p.id)})
		}
	}
	return all
}

// derived are the types that a value may be of.
func (h *holders) derived(t *held, by string, sent bool) []visit {
	var all []visit
	for _, heir := range t.heirs {
		if !sent || h.named[heir] {
			all = append(all, visit{id: heir, by: by})
		}
	}
	return all
}

// step is the way to what a property holds: by, and the name of the property behind it.
func step(by, property string) string {
	if _, argument, ok := strings.Cut(property, "#"); ok { // of the body of an action
		return ", " + argument[strings.IndexByte(argument, '/')+1:]
	}
	if by == "" {
		return ", " + property
	}
	return by + property[strings.LastIndexByte(property, '/'):]
}
