package layered

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/picture"
)

var space = picture.Space{Gap: 10, Gutter: 50, Lane: 4}

// box is a node of the tests; down leads from its middle to the middle of another.
var box = picture.Node{Width: 100, Height: 20}

func down(from, to int) picture.Edge {
	return picture.Edge{From: from, To: to, FromY: 10, ToY: 10, BackY: 5}
}

func at(x, y int) picture.Point { return picture.Point{X: x, Y: y} }

func TestArrange(t *testing.T) {
	tests := map[string]struct {
		nodes []picture.Node
		edges []picture.Edge
		want  picture.Plan
	}{
		"nothing":  {want: picture.Plan{Nodes: []picture.Point{}, Routes: [][]picture.Point{}}},
		"one node": {nodes: []picture.Node{box}, want: picture.Plan{Width: 100, Height: 20, Nodes: []picture.Point{at(0, 0)}, Routes: [][]picture.Point{}}},
		"two columns, the first as wide as its widest node": {
			nodes: []picture.Node{box, {Width: 60, Height: 20}, box},
			edges: []picture.Edge{down(0, 2), down(1, 2)},
			want: picture.Plan{Width: 260, Height: 50, Nodes: []picture.Point{at(0, 0), at(0, 30), at(160, 15)},
				Routes: [][]picture.Point{{at(100, 10), at(100, 10), at(160, 25), at(160, 25)}, {at(60, 40), at(100, 40), at(160, 25), at(160, 25)}}},
		},
		"a circle leads back, from the left side to the right": {
			nodes: []picture.Node{box, box},
			edges: []picture.Edge{down(0, 1), down(1, 0)},
			want: picture.Plan{Width: 260, Height: 23, Nodes: []picture.Point{at(0, 3), at(160, 0)},
				Routes: [][]picture.Point{{at(100, 13), at(100, 13), at(160, 10), at(160, 10)}, {at(160, 10), at(160, 10), at(100, 8), at(100, 8)}}},
		},
		"an edge passes a column in a lane": {
			nodes: []picture.Node{box, box, box},
			edges: []picture.Edge{down(0, 1), down(1, 2), down(0, 2)},
			want: picture.Plan{Width: 420, Height: 34, Nodes: []picture.Point{at(0, 11), at(160, 0), at(320, 11)},
				Routes: [][]picture.Point{
					{at(100, 21), at(100, 21), at(160, 10), at(160, 10)},
					{at(260, 10), at(260, 10), at(320, 21), at(320, 21)},
					{at(100, 21), at(100, 21), at(160, 32), at(260, 32), at(320, 21), at(320, 21)},
				}},
		},
		"a node that nothing leads to stands beside the one it leads to": {
			nodes: []picture.Node{box, box, box, box},
			edges: []picture.Edge{down(0, 1), down(1, 2), down(3, 2)},
			want: picture.Plan{Width: 415, Height: 50, Nodes: []picture.Point{at(0, 0), at(155, 0), at(315, 15), at(155, 30)},
				Routes: [][]picture.Point{
					{at(100, 10), at(100, 10), at(155, 10), at(155, 10)},
					{at(255, 10), at(255, 10), at(315, 25), at(315, 25)},
					{at(255, 40), at(255, 40), at(315, 25), at(315, 25)},
				}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Columns{}.Arrange(test.nodes, test.edges, space)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// Edges of one bundle to one place share a lane; others do not.
func TestBundles(t *testing.T) {
	nodes := []picture.Node{box, box, box, box}
	chain := []picture.Edge{down(0, 1), down(1, 2), down(2, 3)}
	tests := map[string]struct {
		edges []picture.Edge
		lanes int
	}{
		"one":         {[]picture.Edge{down(0, 3)}, 2},
		"two of one":  {[]picture.Edge{down(0, 3), down(1, 3)}, 2},
		"two bundles": {[]picture.Edge{down(0, 3), {From: 1, To: 3, FromY: 10, ToY: 10, Bundle: 1}}, 3},
		"two places":  {[]picture.Edge{down(0, 3), {From: 1, To: 3, FromY: 10, ToY: 15}}, 3},
	}
	for name, test := range tests {
		g := newGraph(nodes, append(chain[:len(chain):len(chain)], test.edges...))
		g.rank()
		g.fill(space.Lane)
		lanes := 0
		for _, column := range g.columns {
			lanes += len(column)
		}
		if lanes -= len(nodes); lanes != test.lanes {
			t.Errorf("%s: %d lanes, want %d", name, lanes, test.lanes)
		}
	}
}

func TestSettle(t *testing.T) {
	tests := map[string]struct {
		wishes, want []int
	}{
		"apart":           {[]int{0, 50}, []int{0, 50}},
		"too near":        {[]int{0, 0}, []int{-15, 15}},
		"the wrong order": {[]int{30, 0}, []int{0, 30}},
		"three pooled":    {[]int{0, 10, 5}, []int{-25, 5, 35}},
		"two and one":     {[]int{0, 0, 100}, []int{-15, 15, 100}},
	}
	for name, test := range tests {
		var column []*slot
		for _, wish := range test.wishes {
			column = append(column, &slot{height: 20, left: []*link{{from: &slot{y: wish}}}})
		}
		settle(column, 10, func(s *slot) int { return s.wish(true, false) })
		var got []int
		for _, s := range column {
			got = append(got, s.y)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
}

// Whatever the graph: nodes do not overlap, no route crosses a node, and the same graph is laid out the same.
func TestArrangeAnything(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		nodes, edges := randomGraph(random)
		l := Columns{}.Arrange(nodes, edges, space)
		for i, a := range l.Nodes {
			for j, b := range l.Nodes[:i] {
				if a.X < b.X+nodes[j].Width && b.X < a.X+nodes[i].Width && a.Y < b.Y+nodes[j].Height && b.Y < a.Y+nodes[i].Height {
					t.Fatalf("nodes %d and %d overlap: %v %v of %v", i, j, a, b, edges)
				}
			}
			if a.X < 0 || a.Y < 0 || a.X+nodes[i].Width > l.Width || a.Y+nodes[i].Height > l.Height {
				t.Fatalf("node %d at %v is not in the layout, %d by %d", i, a, l.Width, l.Height)
			}
		}
		for i, route := range l.Routes {
			for k := 0; k+1 < len(route); k += 2 {
				for n, at := range l.Nodes {
					left, right, y := min(route[k].X, route[k+1].X), max(route[k].X, route[k+1].X), route[k].Y
					if left < at.X+nodes[n].Width && at.X < right && at.Y < y && y < at.Y+nodes[n].Height {
						t.Fatalf("edge %v crosses node %d", edges[i], n)
					}
				}
			}
		}
		if diff := cmp.Diff(l, Columns{}.Arrange(nodes, edges, space)); diff != "" {
			t.Fatalf("the second layout differs: %s", diff)
		}
	}
}

func randomGraph(random *rand.Rand) ([]picture.Node, []picture.Edge) {
	nodes := make([]picture.Node, 2+random.IntN(20))
	for i := range nodes {
		nodes[i] = picture.Node{Width: 50 + random.IntN(100), Height: 20 + random.IntN(200)}
	}
	edges := make([]picture.Edge, random.IntN(40))
	for i := range edges {
		from := random.IntN(len(nodes))
		to := (from + 1 + random.IntN(len(nodes)-1)) % len(nodes)
		edges[i] = picture.Edge{From: from, To: to, FromY: random.IntN(nodes[from].Height), ToY: random.IntN(nodes[to].Height),
			BackY: random.IntN(nodes[to].Height), Bundle: random.IntN(3)}
	}
	return nodes, edges
}
