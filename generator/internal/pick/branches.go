package pick

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/slice/derive"
)

// This file chooses, path by path, between a pattern for all below and patterns for the parts: of every path it finds once what is best
// from there on, given the methods that a pattern above it selects.

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
	if s.behindStop(n) {
		return 0
	}
	return there &^ denied
}

// behindStop reports whether a ** behind a path would go on to what is not listed yet, since the path writes out the way to a stop.
func (s *shortener) behindStop(n *node) bool {
	for ; n != nil; n = n.above {
		if s.stops[n.path] {
			return true
		}
	}
	return false
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
