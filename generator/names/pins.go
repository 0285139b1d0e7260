package names

import (
	"go/token"

	"github.com/graphslice/graphslice/generator/lock"
)

// Pins are the names that the last generation gave out. Who had a name keeps it: a newcomer that wants it is told to take
// another, whatever the order of the input, and a graphslice with other rules does not rename what has a name.
type Pins struct {
	names map[element]lock.Element
	// otherRules: another version, or other rules of the same one, gave the names out, so that they may differ from what the rules say
	// now. Else a difference comes from overrides that are no more, and the rules have it their way.
	otherRules bool
}

// element is what a name belongs to: Kind and ID of lock.Element.
type element struct{ kind, id string }

// NewPins reads the names in a lock, which may be nil, for a generation with the given version of graphslice and number of the rules (see
// Rules). A lock without a number is of other rules: nobody knows which. Where a merge has left two names for one thing, neither is kept.
func NewPins(l *lock.Lock, version string, rules int) Pins {
	if l == nil {
		return Pins{}
	}
	p := Pins{names: make(map[element]lock.Element, len(l.Elements)), otherRules: l.Version != version || l.Rules != rules}
	undecided := map[element]bool{}
	for _, e := range l.Elements {
		key := element{e.Kind, e.ID}
		if other, ok := p.names[key]; ok && other.Name != e.Name {
			undecided[key] = true
		}
		p.names[key] = e
	}
	for key := range undecided {
		delete(p.names, key)
	}
	return p
}

// had reports whether an element had the name in the last generation.
func (p Pins) had(kind, id, name string) bool {
	pin, ok := p.names[element{kind, id}]
	return ok && pin.Name == name
}

// pinned returns the name of an element that no override names: rule, or what earlier rules said.
func (a *assigner) pinned(kind, id, rule string) string {
	key := element{kind, id}
	pin, ok := a.pins.names[key]
	if !ok || pin.Name == rule || !pin.Kept && !a.pins.otherRules || !a.isLegal(kind, pin.Name) {
		return rule
	}
	a.kept[key] = true
	return pin.Name
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
