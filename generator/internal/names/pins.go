package names

import (
	"encoding/json"
	"go/token"

	"github.com/graphslice/graphslice/generator/internal/lock"
)

// Pins are the names that the last generation gave out. Who had a name keeps it: a newcomer that wants it is told to take
// another, whatever the order of the input, and a graphslice with other rules does not rename what has a name.
type Pins struct {
	names map[element]pinnedName
	// otherRules: another version, or other rules of the same one, gave the names out, so that they may differ from what the rules say
	// now. Else a difference comes from overrides that are no more, and the rules have it their way.
	otherRules bool
}

// element is what a name belongs to: Kind and ID of lock.Element, or accessorPin and the ID of a path.
type element struct{ kind, id string }

// pinnedName is a name that was given out, and whether it was an old one then.
type pinnedName struct {
	name string
	kept bool
}

// accessorPin is the kind of a path's second name, which stands in its facts.
const accessorPin = "accessor"

// pinnedAccessor reads the method that leads to a path; "" if the lock does not say.
func pinnedAccessor(path lock.Element) pinnedName {
	var facts struct {
		Accessor    string `json:"accessor"`
		OldAccessor bool   `json:"oldAccessor"`
	}
	if json.Unmarshal([]byte(path.Facts), &facts) != nil {
		return pinnedName{}
	}
	return pinnedName{facts.Accessor, facts.OldAccessor}
}

// NewPins reads the names in a lock, which may be nil, for a generation with the given version of graphslice and number of the rules (see
// Rules). A lock without a number is of other rules: nobody knows which. Where a merge has left two names for one thing, neither is kept.
func NewPins(l *lock.Lock, version string, rules int) Pins {
	if l == nil {
		return Pins{}
	}
	undecided := map[element]bool{}
	p := Pins{names: make(map[element]pinnedName, len(l.Elements)), otherRules: l.Version != version || l.Rules != rules}
	add := func(key element, pin pinnedName) {
		if other, ok := p.names[key]; ok && other.name != pin.name {
			undecided[key] = true
		}
		p.names[key] = pin
	}
	for _, e := range l.Elements {
		add(element{e.Kind, e.ID}, pinnedName{e.Name, e.Kept})
		if e.Kind == "path" {
			add(element{accessorPin, e.ID}, pinnedAccessor(e))
		}
	}
	for key := range undecided {
		delete(p.names, key)
	}
	return p
}

// had reports whether an element had the name in the last generation.
func (p Pins) had(kind, id, name string) bool {
	pin, ok := p.names[element{kind, id}]
	return ok && pin.name == name
}

// pinned returns the name of an element that no override names: rule, or what earlier rules said.
func (a *assigner) pinned(kind, id, rule string) string {
	key := element{kind, id}
	pin, ok := a.pins.names[key]
	if !ok || pin.name == rule || !pin.kept && !a.pins.otherRules || !a.isLegal(kind, pin.name) {
		return rule
	}
	a.kept[key] = true
	return pin.name
}

// isLegal reports whether a name can still be that of an element: the runtime may have grown.
func (a *assigner) isLegal(kind, name string) bool {
	if !token.IsIdentifier(name) || !token.IsExported(name) {
		return false
	}
	switch kind {
	case "type", "enum", "member", "constant":
		return !a.reserved.Package[name]
	case "path":
		return !a.reserved.Package[name+"Requests"]
	case "property":
		return !isOwn(name)
	}
	return true
}
