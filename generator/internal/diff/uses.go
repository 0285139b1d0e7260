package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// What a report shows at most of the places of one finding. All shows everything.
const (
	maxPlaces  = 3 // of one name, and names of one finding
	maxUnknown = 5
)

// OnUses is the value of --fail-on for what is breaking and touches the code that was looked at.
const OnUses = "uses"

// Place is where code uses something. Line and Column count from 1; Test: tests alone lead there.
type Place struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Test   bool   `json:"test"`
}

// String is file:line, with a mark for tests.
func (p Place) String() string {
	text := fmt.Sprintf("%s:%d", p.File, p.Line)
	if p.Test {
		text += " (test)"
	}
	return text
}

// Use is a place that a finding touches. Go is what is used there, such as "ChatsRequests.Create". By is how it comes to it if the
// element itself is not named there, such as "its body, microsoft.graph.chat/members"; "" if it is.
type Use struct {
	Place
	Go string `json:"go"`
	By string `json:"by"`
}

// Unknown is something in the code of which cannot be told what it touches. What is as much as the code says, Why the reason.
type Unknown struct {
	Place
	Go   string `json:"go"`
	What string `json:"what"`
	Why  string `json:"why"`
}

// touches reports whether a finding asks for something where code uses its element.
func (f Finding) touches() bool {
	return f.Accepted == nil && f.Verdict == Breaking && len(f.Uses) > 0
}

// Looked says that the findings have the places of the code that was looked at, with what of it is not known.
func (r *Report) Looked(unknown []Unknown) { r.looked, r.Unknown = true, unknown }

// Touches counts the findings that touch the code; nil if no code was looked at.
func (r *Report) Touches() *Count {
	if !r.looked {
		return nil
	}
	touching := *r
	touching.Findings = slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return len(f.Uses) == 0 })
	c := touching.Count()
	return &c
}

// touched says how many of the breaking changes touch the code; "" if there are none, or no code was looked at. What is accepted does
// not count.
func (r *Report) touched() string {
	touches, all := r.Touches(), r.Count().Breaking
	switch {
	case touches == nil || all == 0:
		return ""
	case touches.Breaking == 0 && all == 1:
		return "the breaking change does not touch this module"
	case touches.Breaking == 0:
		return fmt.Sprintf("none of %d breaking changes touches this module", all)
	case all == 1:
		return "the breaking change touches this module"
	}
	verb := "touch"
	if touches.Breaking == 1 {
		verb = "touches"
	}
	return fmt.Sprintf("%d of %d breaking changes %s this module", touches.Breaking, all, verb)
}

// first are the first places of the findings that touch the code, such as ": main.go:28 ChatsRequests.Create"; "" if there are none.
func (r *Report) first() string {
	var places []string
	for _, f := range r.Findings {
		if !f.touches() {
			continue
		}
		text := strings.TrimSpace(f.Uses[0].Place.String() + " " + f.Uses[0].Go)
		if slices.Contains(places, text) {
			continue
		}
		if len(places) == maxPlaces {
			places = append(places, "…")
			break
		}
		places = append(places, text)
	}
	if len(places) == 0 {
		return ""
	}
	return ": " + strings.Join(places, ", ")
}

// whereLine are the places of one name.
type whereLine struct {
	name, by string
	places   []string
}

// where are the places by what is used there, the rest counted.
func (f Finding) where(all bool) []string {
	var lines []whereLine
	for _, u := range f.Uses {
		i := slices.IndexFunc(lines, func(l whereLine) bool { return l.name == u.Go && l.by == u.By })
		if i < 0 {
			i = len(lines)
			lines = append(lines, whereLine{name: u.Go, by: u.By})
		}
		if place := u.Place.String(); !slices.Contains(lines[i].places, place) {
			lines[i].places = append(lines[i].places, place)
		}
	}
	var texts []string
	for i, l := range lines {
		if i == maxPlaces && !all {
			return append(texts, "and "+diag.Count(len(lines)-i, "more name"))
		}
		if more := len(l.places) - maxPlaces; more > 0 && !all {
			l.places = append(l.places[:maxPlaces:maxPlaces], fmt.Sprintf("and %d more", more))
		}
		text := strings.Join(l.places, ", ") + ": " + l.name
		if l.by != "" {
			text += ", by way of " + l.by
		}
		texts = append(texts, text)
	}
	return texts
}

// mend is what to do where a finding touches code.
func (f Finding) mend() string {
	if f.Do != "" {
		return f.Do
	}
	rule, _ := RuleOf(f.Rule)
	return rule.Explain
}

// unknownText lists what of the code is not known; "" if that is nothing.
func (r *Report) unknownText(all bool) string {
	if len(r.Unknown) == 0 || !r.Count().Any() {
		return ""
	}
	var b strings.Builder
	b.WriteString("\nnot known: what these touch, the code does not say\n")
	for i, u := range r.Unknown {
		if i == maxUnknown && !all {
			fmt.Fprintf(&b, "  and %d more, which --all lists\n", len(r.Unknown)-i)
			break
		}
		b.WriteString(wrap("  ", oneLine(u.text())))
	}
	return b.String()
}

func (u Unknown) text() string {
	text := u.Place.String() + ": " + u.Go
	if u.What != "" {
		text += " " + u.What
	}
	return text + ": " + u.Why
}

// unknownMarkdown is the same for a pull request.
func (r *Report) unknownMarkdown() string {
	if len(r.Unknown) == 0 || !r.Count().Any() {
		return ""
	}
	var b strings.Builder
	b.WriteString("\nNot known: what these touch, the code does not say.\n\n")
	for i, u := range r.Unknown {
		if i == maxUnknown {
			fmt.Fprintf(&b, "- … and %d more\n", len(r.Unknown)-i)
			break
		}
		fmt.Fprintf(&b, "- %s\n", escape(u.text()))
	}
	return b.String()
}
