package pick

import (
	"cmp"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"github.com/graphslice/graphslice/generator/internal/slice"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
)

// Shelf is what operations are taken from.
type Shelf interface {
	// List lists what patterns select, and where a ** of them does not go on.
	List(include []string) (all []slice.Listed, stops []string)
	// Select finds what patterns select together, in the same way.
	Select(include, exclude []string) (selected []slice.Selected, stops []string)
}

// everything is the pattern of all that is listed at first.
const everything = "/**"

// catalog are the operations of a shelf as a tree of paths. An operation has a number, by which a page speaks of it: it never changes,
// and those of a path and of all below it are few ranges.
type catalog struct {
	shelf Shelf
	all   []operation
	at    map[slice.Selected]int
	root  *node
	nodes map[string]*node // by path
	// stops are the paths behind which more lies that is not listed yet.
	stops map[string]bool
	// selected is what patterns select, as far as it was asked.
	selected map[string][]slice.Selected
	// accepted are the permissions that operations accept, as words are looked for in them.
	accepted numbered
}

// operation is one with the words that it is found by.
type operation struct {
	slice.Listed
	words words
	// from is the path whose ** leads to it: "" for all that /** has, the path of a stop for what lies behind, or a path of its own
	// that no ** leads to.
	from string
	node *node
}

// node is a path.
type node struct {
	segment, path string
	children      []*node
	own           []int // the operations on the path itself, by method
	ranges        []span
	above         *node
}

// span are the numbers from lo up to hi, without hi.
type span struct{ lo, hi int }

// newCatalog lists what the shelf has, and what patterns of a configuration select beside.
func newCatalog(shelf Shelf, configured []string) *catalog {
	c := &catalog{shelf: shelf, at: map[slice.Selected]int{}, stops: map[string]bool{}, selected: map[string][]slice.Selected{}}
	c.root = &node{}
	c.nodes = map[string]*node{"": c.root}
	listed, stops := shelf.List([]string{everything})
	c.add(listed, "")
	c.stopAt(stops)
	c.configure(configured)
	return c
}

// configure lists what patterns of a configuration select, as far as it is not listed yet.
func (c *catalog) configure(patterns []string) {
	selected, _ := c.shelf.Select(patterns, nil)
	if _, strange := c.numbers(selected); len(strange) == 0 {
		return
	}
	beside, _ := c.shelf.List(patterns)
	c.add(c.unknown(beside), noWay)
	c.findWays()
}

// noWay is operation.from while it is not known.
const noWay = "?"

// unknown are the operations that are not there yet.
func (c *catalog) unknown(listed []slice.Listed) []slice.Listed {
	return slices.DeleteFunc(listed, func(l slice.Listed) bool {
		_, known := c.at[l.Selected]
		return known
	})
}

func (c *catalog) stopAt(stops []string) {
	for _, path := range stops {
		if c.nodes[path] != nil {
			c.stops[path] = true
		}
	}
}

// add puts operations that are new into the tree, and gives them the next numbers in its order.
func (c *catalog) add(listed []slice.Listed, from string) {
	by := map[*node][]slice.Listed{}
	for _, l := range listed {
		n := c.nodeOf(l.Path)
		by[n] = append(by[n], l)
	}
	c.number(c.root, by, from)
}

// nodeOf is the node of a path, made if it is not there.
func (c *catalog) nodeOf(path string) *node {
	if n := c.nodes[path]; n != nil {
		return n
	}
	segment, above := path, c.root
	if segments := pathglob.Segments(path); len(segments) > 0 { // which / has not
		segment = segments[len(segments)-1]
		above = c.nodeOf(strings.TrimSuffix(strings.TrimSuffix(path, segment), "/"))
	}
	n := &node{segment: segment, path: path, above: above}
	c.nodes[path] = n
	i, _ := slices.BinarySearchFunc(above.children, n, compareNodes)
	above.children = slices.Insert(above.children, i, n)
	return n
}

// compareNodes orders the paths below one: keys, then names, then what is called, then $count and the like.
func compareNodes(a, b *node) int {
	rank := func(n *node) int {
		switch {
		case strings.HasPrefix(n.segment, "{"):
			return 0
		case strings.HasPrefix(n.segment, "$"):
			return 3
		case strings.Contains(n.segment, ".") || strings.Contains(n.segment, "("):
			return 2
		}
		return 1
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(strings.ToLower(a.segment), strings.ToLower(b.segment)), cmp.Compare(a.segment, b.segment))
}

// number gives numbers to the operations of a node and of all below it.
func (c *catalog) number(n *node, by map[*node][]slice.Listed, from string) {
	lo := len(c.all)
	slices.SortFunc(by[n], func(a, b slice.Listed) int {
		return cmp.Compare(derive.MethodOrder(a.Method), derive.MethodOrder(b.Method))
	})
	for _, l := range by[n] {
		c.at[l.Selected] = len(c.all)
		n.own = append(n.own, len(c.all))
		o := operation{Listed: l, words: wordsOf(l), from: from, node: n}
		o.words.accepted = c.accepted.number(permissionsOf(l.Accepts))
		c.all = append(c.all, o)
	}
	for _, child := range n.children {
		c.number(child, by, from)
	}
	if hi := len(c.all); hi > lo {
		n.ranges = append(n.ranges, span{lo, hi})
		slices.SortFunc(n.own, func(a, b int) int {
			return cmp.Compare(derive.MethodOrder(c.all[a].Method), derive.MethodOrder(c.all[b].Method))
		})
	}
}

// expand lists what lies behind a stop.
func (c *catalog) expand(path string) {
	if !c.stops[path] {
		return
	}
	delete(c.stops, path)
	listed, stops := c.shelf.List([]string{path + everything})
	for _, l := range listed {
		if i, known := c.at[l.Selected]; known && c.all[i].from == noWay {
			c.all[i].from = path
		}
	}
	c.add(c.unknown(listed), path)
	c.stopAt(stops)
}

// findWays lists what lies behind the stops above what only a configuration has led to so far: who takes some of it may take more.
func (c *catalog) findWays() {
	for again := true; again; {
		again = false
		for i := range c.all {
			if c.all[i].from != noWay {
				continue
			}
			if stop := c.stopAbove(c.all[i].node); stop != "" {
				c.expand(stop)
				again = true
				break
			}
		}
	}
}

// stopAbove is the highest stop at or above a node, "" if there is none.
func (c *catalog) stopAbove(n *node) string {
	highest := ""
	for ; n != nil; n = n.above {
		if c.stops[n.path] {
			highest = n.path
		}
	}
	return highest
}

// operations are the numbers of the operations at and below a node.
func (n *node) operations(yield func(int) bool) {
	for _, s := range n.ranges {
		for i := s.lo; i < s.hi; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

// reaches reports whether the ** behind a node's path leads to an operation at or below it.
func (n *node) reaches(o *operation) bool {
	return o.from == "" || n.path == o.from || strings.HasPrefix(n.path, o.from+"/")
}
