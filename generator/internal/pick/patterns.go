package pick

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"github.com/graphslice/graphslice/generator/internal/slice"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
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

// state is a node with the methods that patterns above it select already.
type state struct {
	at      *node
	covered methods
}

// methods is a set of methods by their bits.
type methods uint8

// choice is what is best at a state: patterns of the node itself, and how much all cost from here on.
type choice struct {
	open    methods // of a pattern with **
	own     methods // of a pattern for the path alone
	covered methods // for the nodes below
	cost    cost
}

// cost is how many patterns there are, how many of them have a **, and how long they are.
type cost struct{ patterns, open, length int }

func (c cost) plus(o cost) cost {
	return cost{c.patterns + o.patterns, c.open + o.open, c.length + o.length}
}

// better reports whether patterns, one of which is for a path and all below it, are better than others. A ** takes what comes one day as
// well, so that it has to save a pattern; or else to be shorter than others with a **.
func (c cost) better(o cost) bool {
	return c.patterns < o.patterns || c.patterns == o.patterns && c.open <= o.open && c.length < o.length
}

var methodNames = []string{"GET", "POST", "PUT", "PATCH", "DELETE"}

func methodOf(name string) methods { return 1 << derive.MethodOrder(name) }

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

// ban bans the patterns that select something strange, and reports whether there is one that has to be found anew.
func (s *shortener) ban(patterns, beside []string, strange []slice.Selected) bool {
	found := false
	for _, text := range patterns {
		p, err := pathglob.Parse(text)
		if err != nil || s.banned[text] || slices.Contains(beside, text) {
			continue
		}
		if slices.ContainsFunc(strange, func(o slice.Selected) bool { return p.Match(o.Method, o.Path) }) {
			s.banned[text], found = true, true
		}
	}
	return found
}

// plain are patterns that each select one operation.
func (s *shortener) plain() []string { return s.missing(nil) }

// find finds the patterns for what is required, for what each stop leads to by itself.
func (s *shortener) find() []string {
	var ways []string
	for i := range s.required {
		if from := s.all[i].from; !slices.Contains(ways, from) {
			ways = append(ways, from)
		}
	}
	slices.Sort(ways)
	c := chosen{own: map[*node]methods{}}
	for _, from := range ways {
		s.from, s.best = from, map[state]choice{}
		s.collect(&c, state{s.root, 0})
	}
	return c.texts(s)
}

// chosen are the patterns that were chosen.
type chosen struct {
	order []*node // of what follows
	own   map[*node]methods
	open  []string
}

// texts writes the patterns, those with a ** first.
func (c *chosen) texts(s *shortener) []string {
	patterns := each(c.open) // what lies behind a stop may ask for the same
	for _, n := range c.order {
		patterns = append(patterns, s.ownText(n, c.own[n]))
	}
	return patterns
}

// choose finds what is best at a state.
func (s *shortener) choose(at state) choice {
	if known, ok := s.best[at]; ok {
		return known
	}
	needed, under := s.needed(at.at)
	best := choice{covered: at.covered, own: needed &^ at.covered}
	if under&^at.covered != 0 {
		best.cost = s.below(at.at, at.covered)
	}
	best.cost = best.cost.plus(s.ownCost(at.at, best.own))
	if open := s.openable(at.at); (needed|under)&open&^at.covered != 0 {
		with := choice{open: open, covered: at.covered | open, own: needed &^ (at.covered | open)}
		text := s.openText(at.at, open)
		with.cost = cost{1, 1, len(text)}.plus(s.below(at.at, with.covered)).plus(s.ownCost(at.at, with.own))
		if !s.banned[text] && with.cost.better(best.cost) {
			best = with
		}
	}
	s.best[at] = best
	return best
}

// below is the cost of all that lies below a node.
func (s *shortener) below(n *node, covered methods) cost {
	var sum cost
	for _, child := range n.children {
		if needed, under := s.needed(child); (needed|under)&^covered != 0 {
			sum = sum.plus(s.choose(state{child, covered}).cost)
		}
	}
	return sum
}

// needed are the methods that are required on a path itself, and below it, of what s.from leads to.
func (s *shortener) needed(n *node) (own, under methods) {
	for i := range n.operations {
		if o := &s.all[i]; s.required[i] && o.from == s.from {
			if o.node == n {
				own |= methodOf(o.Method)
			} else {
				under |= methodOf(o.Method)
			}
		}
	}
	return own, under
}

// openable are the methods that a ** behind a path may select: all that it leads to is allowed, or nothing of the method is there.
func (s *shortener) openable(n *node) methods {
	var there, denied methods
	for i := range n.operations {
		if o := &s.all[i]; n.reaches(o) {
			there |= methodOf(o.Method)
			if !s.allowed[i] {
				denied |= methodOf(o.Method)
			}
		}
	}
	if s.from != "" && !n.reaches(&operation{from: s.from}) {
		return 0
	}
	if n == s.root && denied != 0 {
		return 0 // who reads some of everything does not mean to read everything
	}
	return there &^ denied
}

// openText is the pattern for a path and all below it.
func (s *shortener) openText(n *node, open methods) string {
	var there methods
	for i := range n.operations {
		if o := &s.all[i]; n.reaches(o) {
			there |= methodOf(o.Method)
		}
	}
	if text := n.path + everything + suffix(open, there); !s.banned[text] {
		return text
	}
	return n.path + everything + suffix(open, 0)
}

// ownText is the pattern for a path alone.
func (s *shortener) ownText(n *node, own methods) string {
	var there methods
	for _, i := range n.own {
		there |= methodOf(s.all[i].Method)
	}
	if text := n.path + suffix(own, there); !s.banned[text] {
		return text
	}
	return n.path + suffix(own, 0)
}

func (s *shortener) ownCost(n *node, own methods) cost {
	if own == 0 {
		return cost{}
	}
	return cost{1, 0, len(s.ownText(n, own))}
}

// suffix writes methods, "" if they are all that are there.
func suffix(list, there methods) string {
	if list == there {
		return ""
	}
	var names []string
	for i, name := range methodNames {
		if list&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return "#" + strings.Join(names, ",")
}

// collect adds the patterns that are best from a state on.
func (s *shortener) collect(all *chosen, at state) {
	c := s.choose(at)
	if c.open != 0 {
		all.open = append(all.open, s.openText(at.at, c.open))
	}
	if c.own != 0 {
		if all.own[at.at] == 0 {
			all.order = append(all.order, at.at)
		}
		all.own[at.at] |= c.own // what is reached in several ways is one path all the same
	}
	for _, child := range at.at.children {
		if needed, under := s.needed(child); (needed|under)&^c.covered != 0 {
			s.collect(all, state{child, c.covered})
		}
	}
}

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
