package diff

import (
	"slices"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// class is what the findings of a rule break.
type class int

const (
	// fine breaks nothing, unless Go code changed with it in a way that does not compile.
	fine class = iota
	// wire breaks what travels: code that compiles sends what the service refuses, or relies on what it does not give any more.
	wire
	// inGo breaks only where the Go code does: on the wire nothing is asked of the caller.
	inGo
	// prose is what only comments say.
	prose
)

// Rule is one kind of finding.
type Rule struct {
	// ID is how command lines and accept files call it, such as "property-removed".
	ID string
	// Explain says what the findings are, and why they are what they are.
	Explain string

	class class
}

// Breaks says what findings of the rule break: "wire", "go" (if the compiler says so), or "" for nothing, unless the compiler does.
func (r Rule) Breaks() string {
	switch r.class {
	case wire:
		return BreaksWire
	case inGo:
		return BreaksGo
	}
	return ""
}

// Verdict is what findings of the rule are, as long as the compiler has nothing to say.
func (r Rule) Verdict() Verdict {
	switch r.class {
	case wire:
		return Breaking
	case prose:
		return Documentation
	}
	return Compatible
}

// What a finding can break.
const (
	// BreaksGo: code that uses the element does not compile any more.
	BreaksGo = "go"
	// BreaksWire: the service refuses what was sent, or does not give what was relied on.
	BreaksWire = "wire"
)

// Rules are all of them, in the order of documentation.
func Rules() []Rule { return slices.Clone(rules) }

// RuleOf finds a rule by its ID.
func RuleOf(id string) (Rule, bool) {
	i := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return Rule{}, false
	}
	return rules[i], true
}

// NearestRule is the ID that a misspelled one may stand for, or "".
func NearestRule(id string) string {
	ids := make([]string, len(rules))
	for i, r := range rules {
		ids[i] = r.ID
	}
	if near := diag.Nearest(id, ids, 1); len(near) > 0 {
		return near[0]
	}
	return ""
}

// mustRule is RuleOf for the IDs in this package.
func mustRule(id string) Rule {
	r, ok := RuleOf(id)
	if !ok {
		panic("diff: there is no rule " + id)
	}
	return r
}
