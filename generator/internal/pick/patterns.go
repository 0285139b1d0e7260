package pick

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// This file finds the shortest patterns that select some operations and nothing else: as few as can be, and of these the shortest
// texts. Patterns that are there already stay where others would be no fewer.

// selection is a set of operations by their numbers.
type selection map[int]bool

// shortened are patterns and what is to be known of them.
type shortened struct {
	patterns []string
	// extra are operations that come although nobody asked for them: what is asked for cannot be had without them.
	extra []slice.Selected
}

// shorten finds patterns for what is wanted. Given are patterns that are there already; also is what others select, which patterns may
// select as well and need not.
func (c *catalog) shorten(wanted, also selection, given []string) shortened {
	s := &shortener{catalog: c, wanted: wanted, allowed: maps.Clone(wanted), banned: map[string]bool{}}
	maps.Copy(s.allowed, also)
	fresh := s.verified(wanted, nil)
	kept, covered := s.keep(given)
	rest := maps.Clone(wanted)
	maps.DeleteFunc(rest, func(i int, _ bool) bool { return covered[i] })
	beside := s.verified(rest, kept)
	if len(beside.patterns) <= len(fresh.patterns) {
		return beside
	}
	for i, text := range fresh.patterns {
		for _, old := range given {
			if sameOperations(s.selects(text), s.selects(old)) {
				fresh.patterns[i] = old
			}
		}
	}
	return fresh
}

// sameOperations reports whether two lists have the same operations; a list has each once.
func sameOperations(a, b []slice.Selected) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(o slice.Selected) bool { return !slices.Contains(b, o) })
}

// keep are those of the given patterns that select nothing but what is allowed, and what they select.
func (s *shortener) keep(given []string) (kept []string, covered selection) {
	covered = selection{}
	for _, text := range given {
		numbers, strange := s.numbers(s.selects(text))
		if len(strange) > 0 || len(numbers) == 0 || slices.ContainsFunc(numbers, func(i int) bool { return !s.allowed[i] }) {
			continue
		}
		kept = append(kept, text)
		for _, i := range numbers {
			covered[i] = true
		}
	}
	return kept, covered
}

// numbers are the numbers of operations; strange are those that have none.
func (c *catalog) numbers(selected []slice.Selected) (numbers []int, strange []slice.Selected) {
	for _, s := range selected {
		if i, known := c.at[s]; known {
			numbers = append(numbers, i)
		} else {
			strange = append(strange, s)
		}
	}
	return numbers, strange
}

// selects is what one pattern selects. One for a path alone, as the tree has it, is not asked of the source: what it selects beside is
// seen when all are asked together.
func (c *catalog) selects(text string) []slice.Selected {
	if known, ok := c.selected[text]; ok {
		return known
	}
	var selected []slice.Selected
	path, written, hasMethods := strings.Cut(text, "#")
	if n := c.nodes[path]; n != nil && !strings.Contains(path, "*") {
		for _, i := range n.own {
			if method := c.all[i].Method; !hasMethods || slices.Contains(strings.Split(written, ","), method) {
				selected = append(selected, c.all[i].Selected)
			}
		}
		return selected
	}
	selected, _ = c.shelf.Select([]string{text}, nil)
	c.selected[text] = selected
	return selected
}

// shortener finds patterns for one set of operations.
type shortener struct {
	*catalog
	wanted, allowed selection
	// banned are patterns that select more than they seem to.
	banned map[string]bool
	// What is being found: patterns for what is required of what the ** behind from leads to.
	required selection
	from     string
	best     map[state]choice
}

// maxTries is how often patterns are looked for anew after some selected more than they seemed to.
const maxTries = 20

// verified are patterns for what is required, beside others, of which the source itself says that they select what is allowed.
func (s *shortener) verified(required selection, beside []string) shortened {
	s.required = required
	for range maxTries {
		found := shortened{patterns: s.withoutNeedless(slices.Concat(beside, s.find()))}
		selected, _ := s.shelf.Select(found.patterns, nil)
		numbers, strange := s.numbers(selected)
		for _, i := range numbers {
			if !s.allowed[i] {
				strange = append(strange, s.all[i].Selected)
			}
		}
		missing := s.missing(numbers)
		if found.extra = strange; len(strange) == 0 && len(missing) == 0 || !s.ban(found.patterns, beside, strange) {
			found.patterns = append(found.patterns, missing...)
			return found
		}
	}
	return shortened{patterns: s.plain()}
}

// missing are patterns for what is wanted and not selected.
func (s *shortener) missing(numbers []int) []string {
	has := selection{}
	for _, i := range numbers {
		has[i] = true
	}
	var patterns []string
	for i := range s.wanted {
		if !has[i] {
			patterns = append(patterns, s.all[i].Path+"#"+s.all[i].Method)
		}
	}
	slices.Sort(patterns)
	return patterns
}

// mostStrange is how many of the operations that nobody asked for are looked into at a time.
const mostStrange = 64

// ban bans the patterns that select something strange, and reports whether there is one that has to be found anew.
func (s *shortener) ban(patterns, beside []string, strange []slice.Selected) bool {
	found := false
	strange = strange[:min(len(strange), mostStrange)] // more are seen the next time
	for _, text := range patterns {
		p, err := pathglob.Parse(text)
		if err != nil || s.banned[text] || slices.Contains(beside, text) {
			continue
		}
		selects := func(o slice.Selected) bool { return p.Match(o.Method, o.Path) }
		if strings.Contains(text, "*") { // a ** selects less than it matches
			of := s.selects(text)
			selects = func(o slice.Selected) bool { return slices.Contains(of, o) }
		}
		if slices.ContainsFunc(strange, selects) {
			s.banned[text], found = true, true
		}
	}
	return found
}

// plain are patterns that each select one operation.
func (s *shortener) plain() []string { return s.missing(nil) }

// withoutNeedless leaves out patterns whose operations others select as well.
func (s *shortener) withoutNeedless(patterns []string) []string {
	patterns = each(patterns)
	open := slices.ContainsFunc(patterns, func(p string) bool { return strings.Contains(p, "*") })
	if !open || len(patterns) < 2 {
		return patterns
	}
	selects := map[string][]slice.Selected{}
	times := map[slice.Selected]int{}
	for _, text := range patterns {
		selects[text] = s.selects(text)
		for _, o := range selects[text] {
			times[o]++
		}
	}
	order := slices.Clone(patterns)
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(len(selects[a]), len(selects[b])) })
	gone := map[string]bool{}
	for _, text := range order {
		if len(selects[text]) == 0 || slices.ContainsFunc(selects[text], func(o slice.Selected) bool { return times[o] < 2 }) {
			continue
		}
		gone[text] = true
		for _, o := range selects[text] {
			times[o]--
		}
	}
	return slices.DeleteFunc(slices.Clone(patterns), func(p string) bool { return gone[p] })
}

// each are texts without repetitions.
func each(texts []string) []string {
	var once []string
	seen := map[string]bool{}
	for _, text := range texts {
		if !seen[text] {
			once = append(once, text)
		}
		seen[text] = true
	}
	return once
}
