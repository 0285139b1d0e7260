package layered

import (
	"slices"

	"github.com/graphslice/graphslice/generator/internal/picture"
)

// graph is the graph on its way from ranks to coordinates.
type graph struct {
	nodes []picture.Node
	edges []picture.Edge
	// back are the edges that close a circle; here they lead the other way.
	back []bool
	// ranks are the nodes' columns.
	ranks []int
	slots []*slot
	// columns hold the slots from top to bottom.
	columns [][]*slot
	// ways are the slots that an edge passes, from left to right, with its ends.
	ways [][]*slot
}

// slot is a place in a column: that of a node, or a lane for edges that pass.
type slot struct {
	column, width, height int
	lane                  bool
	// left and right are the links to the columns beside.
	left, right []*link
	index, y    int
}

// link is a piece of an edge, between two columns that are next to each other.
type link struct {
	from, to   *slot
	fromY, toY int // from the slots' tops
}

func newGraph(nodes []picture.Node, edges []picture.Edge) *graph {
	g := &graph{nodes: nodes, edges: edges, back: make([]bool, len(edges)), ranks: make([]int, len(nodes))}
	out := make([][]int, len(nodes)) // edges by the node that they leave
	entered := make([]bool, len(nodes))
	for i, e := range edges {
		out[e.From] = append(out[e.From], i)
		entered[e.To] = true
	}
	const fresh, open, done = 0, 1, 2
	state := make([]int, len(nodes))
	var visit func(n int)
	visit = func(n int) {
		state[n] = open
		for _, i := range out[n] {
			switch to := edges[i].To; state[to] {
			case fresh:
				visit(to)
			case open:
				g.back[i] = true
			}
		}
		state[n] = done
	}
	for _, sources := range []bool{true, false} {
		for n := range nodes {
			if state[n] == fresh && entered[n] != sources {
				visit(n)
			}
		}
	}
	return g
}

// ends are the nodes of an edge, the left one first.
func (g *graph) ends(i int) (left, right int) {
	if e := g.edges[i]; g.back[i] {
		return e.To, e.From
	}
	return g.edges[i].From, g.edges[i].To
}

// rank gives every node the column behind all that lead to it. A node that nothing leads to goes next to the first
// that it leads to.
func (g *graph) rank() {
	for changed := true; changed; {
		changed = false
		for i := range g.edges {
			if left, right := g.ends(i); g.ranks[right] <= g.ranks[left] {
				g.ranks[right], changed = g.ranks[left]+1, true
			}
		}
	}
	entered, next := make([]bool, len(g.nodes)), make([]int, len(g.nodes))
	for i := range g.edges {
		left, right := g.ends(i)
		entered[right] = true
		if next[left] == 0 || g.ranks[right] < next[left] {
			next[left] = g.ranks[right]
		}
	}
	for n := range g.nodes {
		if !entered[n] && next[n] > 0 {
			g.ranks[n] = next[n] - 1
		}
	}
}

// fill puts the nodes into their columns, and lanes wherever an edge passes a column.
func (g *graph) fill(lane int) {
	for n, node := range g.nodes {
		g.slots = append(g.slots, g.add(&slot{column: g.ranks[n], width: node.Width, height: node.Height}))
	}
	type key struct{ column, to, y, bundle int }
	lanes, linked := map[key]*slot{}, map[link]bool{}
	for i, e := range g.edges {
		left, right := g.ends(i)
		way := []*slot{g.slots[left]}
		for column := g.ranks[left] + 1; column < g.ranks[right]; column++ {
			k := key{column, e.To, e.ToY, e.Bundle}
			if g.back[i] {
				k = key{column, -1, 0, i} // alone
			}
			if lanes[k] == nil {
				lanes[k] = g.add(&slot{column: column, height: lane, lane: true})
			}
			way = append(way, lanes[k])
		}
		way = append(way, g.slots[right])
		g.ways = append(g.ways, way)
		for j := range len(way) - 1 {
			l := link{from: way[j], to: way[j+1], fromY: g.port(i, way, j), toY: g.port(i, way, j+1)}
			if !linked[l] {
				linked[l] = true
				l.from.right = append(l.from.right, &l)
				l.to.left = append(l.to.left, &l)
			}
		}
	}
}

// add puts a slot at the end of its column.
func (g *graph) add(s *slot) *slot {
	for len(g.columns) <= s.column {
		g.columns = append(g.columns, nil)
	}
	s.index = len(g.columns[s.column])
	g.columns[s.column] = append(g.columns[s.column], s)
	return s
}

// port is the height, from the slot's top, at which edge i meets the j-th slot of its way.
func (g *graph) port(i int, way []*slot, j int) int {
	e := g.edges[i]
	switch {
	case way[j].lane:
		return way[j].height / 2
	case g.back[i] && j == 0:
		return e.BackY
	case (j == 0) != g.back[i]:
		return e.FromY
	}
	return e.ToY
}

// sweeps is how often columns are ordered and placed after their neighbours; more changes nothing worth seeing.
const sweeps = 24

// order sorts the slots of every column so that few edges cross, by the mean place of what each is linked to, now with
// the column at the left, now with the one at the right. The best order seen is kept.
func (g *graph) order() {
	best, fewest := g.snapshot(), g.crossings()
	for sweep := range sweeps {
		for i := range g.columns {
			column := g.columns[i]
			if sweep%2 == 1 {
				column = g.columns[len(g.columns)-1-i]
			}
			sortByMean(column, sweep%2 == 1)
		}
		if n := g.crossings(); n < fewest {
			best, fewest = g.snapshot(), n
		}
	}
	for i, column := range best {
		g.columns[i] = column
		number(column)
	}
}

func (g *graph) snapshot() [][]*slot {
	copied := make([][]*slot, len(g.columns))
	for i, column := range g.columns {
		copied[i] = slices.Clone(column)
	}
	return copied
}

func number(column []*slot) {
	for i, s := range column {
		s.index = i
	}
}

// grain is the number of parts of a slot's height, to tell links to one slot apart.
const grain = 1 << 12

// at is the place of a height in a slot among all of its column.
func (s *slot) at(y int) int { return s.index*grain + y*(grain-1)/max(s.height, 1) }

// sortByMean sorts a column by the mean place of the links to the right, or to the left. What has none stays near
// where it is.
func sortByMean(column []*slot, right bool) {
	mean := map[*slot]int{}
	for _, s := range column {
		sum, n := 0, 0
		for _, l := range s.left {
			if !right {
				sum, n = sum+l.from.at(l.fromY), n+1
			}
		}
		for _, l := range s.right {
			if right {
				sum, n = sum+l.to.at(l.toY), n+1
			}
		}
		if mean[s] = s.index * grain; n > 0 {
			mean[s] = sum / n
		}
	}
	slices.SortStableFunc(column, func(a, b *slot) int { return mean[a] - mean[b] })
	number(column)
}

// crossings counts the pairs of links that cross.
func (g *graph) crossings() int {
	count := 0
	for _, column := range g.columns {
		var links []*link
		for _, s := range column {
			links = append(links, s.right...)
		}
		slices.SortStableFunc(links, func(a, b *link) int {
			if d := a.from.at(a.fromY) - b.from.at(b.fromY); d != 0 {
				return d
			}
			return a.to.at(a.toY) - b.to.at(b.toY)
		})
		var seen []int // where the links so far end, sorted
		for _, l := range links {
			end := l.to.at(l.toY)
			above, _ := slices.BinarySearch(seen, end+1)
			count += len(seen) - above
			seen = slices.Insert(seen, above, end)
		}
	}
	return count
}
