// Package diff says what a change of an API means for those who use the package made of it. It compares two lists of elements
// (package api) and two sets of Go files; where both have changed for one reason, that is one finding.
package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// Verdict is what a finding means for the code that uses the package.
type Verdict int

const (
	// Breaking: code that uses the element has to change, or may be refused by the service.
	Breaking Verdict = iota
	// Compatible: code that worked still does.
	Compatible
	// Documentation: only what is said of the element has changed.
	Documentation
)

var verdictWords = []string{"breaking", "compatible", "documentation"}

// String returns "breaking", "compatible" or "documentation".
func (v Verdict) String() string { return verdictWords[v] }

// MarshalText writes the verdict as its word.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Finding is one difference.
type Finding struct {
	// Rule is what kind of finding it is; see Rules.
	Rule    string  `json:"rule"`
	Verdict Verdict `json:"verdict"`
	// Breaks is what a breaking finding breaks: BreaksGo, BreaksWire, or both in this order. It is never nil.
	Breaks []string `json:"breaks"`
	// Kind is that of the element (see lock.Element), or "go" for a difference of the Go code alone.
	Kind string `json:"kind"`
	// Change is "added", "removed", "changed", "deprecated" or "documented".
	Change string `json:"change"`
	// ID is the element in the spelling of overrides, such as "microsoft.graph.chat/topic"; for Go alone what has changed.
	ID string `json:"id"`
	// Name is the element in Go, such as "Chat.Topic"; "" where there are no Go names.
	Name string `json:"name"`
	// What says in words what has changed; Do what the caller's code must do, "" if nothing.
	What string `json:"what"`
	Do   string `json:"do"`
	// Renamed is the ID of an added element that this one may have been renamed to, or "".
	Renamed string `json:"renamed"`
	// Family is what the finding has in common with others of its rule, such as "permissionGrants" of operations below that; "" if it is
	// nothing.
	Family string `json:"family"`
	// Accepted is why the finding does not count, nil if it does.
	Accepted *Accepted `json:"accepted"`
	// Go are the differences of the Go code that come of this one.
	Go []GoChange `json:"go"`

	claim claim
	class class // of its rule
}

// Side is one of the two things compared.
type Side struct {
	Elements []lock.Element
	// Files are the package's Go files; nil if the Go code is not compared. They need not be formatted.
	Files []File
	// Selects reports whether the patterns that the side is made with select an operation, such as "GET /chats"; nil if there are none
	// to ask. What they do not select is not said to be gone from the API.
	Selects func(id string) bool
}

// Report is the outcome of one comparison.
type Report struct {
	// Subject is what was compared, such as the folder of a package; Old and New are its two sides.
	Subject string `json:"subject"`
	Old     string `json:"old"`
	New     string `json:"new"`
	// Notes say what could not be compared.
	Notes []string `json:"notes"`
	// Findings are sorted: breaking ones first, then by kind and ID.
	Findings []Finding `json:"findings"`
}

// Compare compares two sides; pkg is the Go package's name, for what is said about its names. The error is of input that
// cannot be read.
func Compare(pkg string, old, new Side) ([]Finding, error) {
	var changes []GoChange
	var goErr error
	var goCode sync.WaitGroup
	if old.Files != nil && new.Files != nil {
		goCode.Go(func() { changes, goErr = CompareGo(old.Files, new.Files) })
	}
	findings, err := compareElements(pkg, old, new)
	goCode.Wait()
	if err = cmp.Or(err, goErr); err != nil {
		return nil, err
	}
	findings = join(pkg, findings, changes)
	settle(findings)
	sortFindings(findings)
	return findings, nil
}

// settle says of each finding what it breaks, now that the compiler's verdict is known.
func settle(findings []Finding) {
	gone := map[string]bool{} // Go names that took their methods and fields with them
	for _, f := range findings {
		for _, ch := range f.Go {
			gone[ch.Subject] = gone[ch.Subject] || ch.Message == "removed"
		}
	}
	for i := range findings {
		f := &findings[i]
		builder, _, _ := strings.Cut(f.Name, ".")
		breaksGo := slices.ContainsFunc(f.Go, func(ch GoChange) bool { return !ch.Compatible }) ||
			f.Change == "removed" && (f.class == wire || f.class == inGo) && gone[builder]
		if breaksGo {
			f.Breaks = append(f.Breaks, BreaksGo)
		}
		if f.class == wire {
			f.Breaks = append(f.Breaks, BreaksWire)
		}
		if len(f.Breaks) > 0 {
			f.Verdict = Breaking
		} else if f.Do = ""; f.class == inGo {
			f.Verdict = Compatible
		}
	}
}

var kindOrder = []string{
	api.KindService, api.KindOperation, api.KindParameter, api.KindPath, api.KindType, api.KindProperty, api.KindEnum, api.KindMember, api.KindConstant, kindGo,
}

func sortFindings(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Verdict, b.Verdict),
			cmp.Compare(b.breaks(BreaksGo), a.breaks(BreaksGo)),
			cmp.Compare(slices.Index(kindOrder, a.Kind), slices.Index(kindOrder, b.Kind)),
			cmp.Compare(a.ID, b.ID), cmp.Compare(a.Change, b.Change), cmp.Compare(a.What, b.What))
	})
}

// breaks is 1 if the finding breaks Go, or the wire, and 0 if not.
func (f Finding) breaks(what string) int {
	if slices.Contains(f.Breaks, what) {
		return 1
	}
	return 0
}

// WithoutDocumentation leaves out the findings that are documentation only.
func WithoutDocumentation(findings []Finding) []Finding {
	return slices.DeleteFunc(findings, func(f Finding) bool { return f.Verdict == Documentation })
}

// Count is the number of findings of each verdict, without those that are accepted.
type Count struct {
	Breaking int `json:"breaking"`
	// Go are the breaking ones after which code does not compile, Wire those that break the wire; many do both.
	Go            int `json:"go"`
	Wire          int `json:"wire"`
	Compatible    int `json:"compatible"`
	Documentation int `json:"documentation"`
	Accepted      int `json:"accepted"`
}

// Count counts the findings.
func (r *Report) Count() Count {
	var c Count
	for _, f := range r.Findings {
		switch {
		case f.Accepted != nil:
			c.Accepted++
		case f.Verdict == Breaking:
			c.Breaking++
			c.Go += f.breaks(BreaksGo)
			c.Wire += f.breaks(BreaksWire)
		case f.Verdict == Compatible:
			c.Compatible++
		default:
			c.Documentation++
		}
	}
	return c
}

// Any reports whether there is any finding.
func (c Count) Any() bool { return c != Count{} }

func (c Count) String() string {
	if !c.Any() {
		return "no difference"
	}
	text := fmt.Sprintf("%d breaking", c.Breaking)
	if c.Breaking > 0 {
		text += fmt.Sprintf(" (%d in Go, %d on the wire alone)", c.Go, c.Breaking-c.Go)
	}
	text += fmt.Sprintf(", %d compatible, %d documentation only", c.Compatible, c.Documentation)
	if c.Accepted > 0 {
		text += fmt.Sprintf(", %d accepted", c.Accepted)
	}
	return text
}
