package slice

import (
	"slices"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// Weight is what slices hold, as it is known before they are written.
type Weight struct {
	// Operations are those of all files, each once.
	Operations []Weighed
	// Types and Border count the types that are described in full, and by their key alone.
	Types, Border int
	// Beyond are the navigation properties that lead to what is not described in full, by name.
	Beyond []Beyond
	// Diagnostics are what was found; with errors all else is of no use.
	Diagnostics diag.List
}

// Weighed is an operation with what it takes.
type Weighed struct {
	Selected
	Accepts ir.Permissions
}

// Beyond is a navigation property whose target stays at the border.
type Beyond struct {
	// Follow is what the configuration calls it, such as "chat.tabs", and Target the type that it leads to.
	Follow, Target string
	// Sent: it is contained in what an operation sends.
	Sent bool
}

// Weigh says what a cut would hold, without making it.
func (s *Source) Weigh(files []File, follow []string) *Weight {
	w := &Weight{}
	c := s.begin(files, follow, &w.Diagnostics)
	c.expandConfig()
	selected := c.selectOperations()
	if !w.Diagnostics.HasErrors() {
		c.close(selected)
	}
	if w.Diagnostics = w.Diagnostics.Sorted(); w.Diagnostics.HasErrors() {
		return w
	}
	seen := map[Selected]bool{}
	for _, operations := range selected {
		for _, o := range operations {
			at := Selected{o.Method, o.Path}
			if !seen[at] {
				seen[at] = true
				w.Operations = append(w.Operations, Weighed{at, c.accepts(o, c.notes.operation(o.Method, o.Path))})
			}
		}
	}
	w.Types, w.Border = len(c.full), len(c.border)
	w.Beyond = c.beyond()
	return w
}

// beyond are the navigation properties of what is described in full that lead to border types.
func (c *cutter) beyond() []Beyond {
	sent := c.bodyProperties()
	var all []Beyond
	for _, t := range c.fullTypes() {
		for _, p := range c.properties(t) {
			target := c.types.Type(c.targetOf(p))
			if p.IsNavigation() && target != nil && c.border[target] {
				all = append(all, Beyond{c.shortType(t.Name) + "." + p.Name, c.shortType(target.Name), slices.Contains(sent, p)})
			}
		}
	}
	return all
}
