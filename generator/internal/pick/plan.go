package pick

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/slice"
)

// This file makes of what is ticked the lists of patterns of each slice.

// ticked is what a page says: numbers of operations, properties to follow, and the slice that gets what is new.
type ticked struct {
	Ticked []span   `json:"ticked"`
	Follow []string `json:"follow"`
	File   int      `json:"file"`
}

// filed is a slice with the operations that it has as the configuration is now.
type filed struct {
	File
	has  selection
	kept selection // by its keep
}

// plan is what the configuration would say.
type plan struct {
	files  []planned
	follow []string
	// operations is how many are ticked.
	operations int
	// faults are why it cannot be written.
	faults []string
}

// planned is a slice as it would be.
type planned struct {
	filed
	includes []string
	changed  bool
	extra    []slice.Selected
	added    []int // operations that it has not now
	gone     []int
}

// selected are the operations of spans.
func (c *catalog) ticked(spans []span) (selection, bool) {
	wanted := selection{}
	for _, s := range spans {
		if s.lo < 0 || s.lo > s.hi || s.hi > len(c.all) {
			return nil, false
		}
		for i := s.lo; i < s.hi; i++ {
			wanted[i] = true
		}
	}
	return wanted, true
}

// file finds which operations a slice has now.
func (c *catalog) file(f File) filed {
	pick := func(include []string) selection {
		found := selection{}
		selected, _ := c.shelf.Select(include, f.Exclude)
		numbers, _ := c.numbers(selected)
		for _, i := range numbers {
			found[i] = true
		}
		return found
	}
	return filed{f, pick(slices.Concat(f.Include, f.Keep)), pick(f.Keep)}
}

// plan makes the lists of patterns. What a slice has already stays in it; what is new goes to the slice with the number target.
func (c *catalog) plan(files []filed, wanted selection, follow []string, target int) *plan {
	p := &plan{follow: follow, operations: len(wanted)}
	fresh := maps.Clone(wanted)
	for _, f := range files {
		maps.DeleteFunc(fresh, func(i int, _ bool) bool { return f.has[i] })
	}
	for n, f := range files {
		will := maps.Clone(f.has)
		maps.DeleteFunc(will, func(i int, _ bool) bool { return !wanted[i] && !f.kept[i] })
		if n == target {
			maps.Copy(will, fresh)
		}
		p.files = append(p.files, c.planFile(f, will))
		p.check(c, &p.files[n])
	}
	return p
}

// planFile finds the patterns of a slice that is to have some operations.
func (c *catalog) planFile(f filed, will selection) planned {
	made := planned{filed: f, includes: f.Include, added: without(will, f.has), gone: without(f.has, will)}
	if made.changed = len(made.added)+len(made.gone) > 0; !made.changed {
		return made
	}
	wanted := maps.Clone(will)
	maps.DeleteFunc(wanted, func(i int, _ bool) bool { return f.kept[i] })
	short := c.shorten(wanted, f.kept, f.Include)
	made.includes, made.extra = short.patterns, short.extra
	return made
}

// without are the numbers of a that b has not, in order.
func without(a, b selection) []int {
	var rest []int
	for i := range a {
		if !b[i] {
			rest = append(rest, i)
		}
	}
	slices.Sort(rest)
	return rest
}

// check finds why a slice cannot be as it is planned.
func (p *plan) check(c *catalog, f *planned) {
	if !f.changed {
		return
	}
	if len(f.includes) == 0 && len(f.File.Include) > 0 {
		p.faults = append(p.faults, fmt.Sprintf("Nothing would be left of %s: take it out of files: and specs: by hand.", f.Out))
	}
	selected, _ := c.shelf.Select(slices.Concat(f.includes, f.Keep), f.Exclude)
	numbers, _ := c.numbers(selected)
	for _, i := range f.added {
		o := &c.all[i]
		switch {
		case slices.Contains(numbers, i):
			continue
		case len(f.Exclude) > 0:
			p.faults = append(p.faults, fmt.Sprintf("%s leaves out %s %s by exclude: take the pattern out there.", f.Out, o.Method, o.Path))
		default:
			p.faults = append(p.faults, fmt.Sprintf("No pattern selects %s %s: its path is written in a way that none can be.", o.Method, o.Path))
		}
		return
	}
}

// cuts are the slices as they would be cut.
func (p *plan) cuts() []slice.File {
	var cuts []slice.File
	for _, f := range p.files {
		cut := f.File.File
		cut.Include = slices.Concat(f.includes, f.Keep)
		if len(cut.Include) > 0 { // none would stand for all
			cuts = append(cuts, cut)
		}
	}
	return cuts
}

// change is what has to be edited for a plan.
func (p *plan) change(c *catalog, followed []string) Change {
	var change Change
	for _, f := range p.files {
		change.Edits = append(change.Edits, f.edit(c))
	}
	for _, name := range p.follow {
		if !slices.Contains(followed, name) {
			change.Follow = append(change.Follow, name)
		}
	}
	for _, name := range followed {
		if !slices.Contains(p.follow, name) {
			change.Unfollow = append(change.Unfollow, name)
		}
	}
	return change
}

// isEmpty reports whether nothing would change.
func (c Change) isEmpty() bool {
	return len(c.Follow)+len(c.Unfollow) == 0 && !slices.ContainsFunc(c.Edits, func(e Edit) bool { return !e.Empty() })
}

// edit is how the list of a slice becomes the planned one: what is new comes in the place of what it selects as well, or at the end.
func (f planned) edit(c *catalog) Edit {
	var e Edit
	if !f.changed {
		return e
	}
	for _, text := range f.Include {
		if !slices.Contains(f.includes, text) {
			if e.By == nil {
				e.By = map[string][]string{}
			}
			e.By[text] = nil
		}
	}
	for _, text := range f.includes {
		if slices.Contains(f.Include, text) {
			continue
		}
		if at := f.placeOf(c, text, e.By); at != "" {
			e.By[at] = append(e.By[at], text)
		} else {
			e.Added = append(e.Added, text)
		}
	}
	return e
}

// placeOf is the first pattern that goes and of which a new one selects something as well, "" if there is none.
func (f planned) placeOf(c *catalog, text string, gone map[string][]string) string {
	selects := map[slice.Selected]bool{}
	for _, o := range c.selects(text) {
		selects[o] = true
	}
	for _, old := range f.Include {
		if _, goes := gone[old]; goes && slices.ContainsFunc(c.selects(old), func(o slice.Selected) bool { return selects[o] }) {
			return old
		}
	}
	return ""
}

// yaml is the plan as lines for a configuration.
func (p *plan) yaml() string {
	var b strings.Builder
	b.WriteString("files:\n")
	for _, f := range p.files {
		fmt.Fprintf(&b, "  - out: %s\n    include:\n", quoted(f.Out))
		for _, text := range f.includes {
			fmt.Fprintf(&b, "      - %s\n", quoted(text))
		}
	}
	if len(p.follow) > 0 {
		b.WriteString("follow:\n")
		for _, name := range p.follow {
			fmt.Fprintf(&b, "  - %s\n", quoted(name))
		}
	}
	return b.String()
}

// quoted is a text in the single quotes of YAML.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
