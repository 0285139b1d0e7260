// Package layered lays out a directed graph in columns, so that edges lead from the left to the right: the method of
// Sugiyama, with ports, since an edge leaves a node at a certain height and enters another at a certain height.
//
// Edges that close a circle lead back to the left. No edge crosses a node: between two columns it is a curve in the
// gutter, past a node of another column it keeps to a lane of its own. All is done in whole numbers, so that the same
// graph is the same drawing on every machine.
package layered

import "github.com/graphslice/graphslice/generator/internal/picture"

// Columns is the layout.
type Columns struct{}

// Arrange lays out the graph.
func (Columns) Arrange(nodes []picture.Node, edges []picture.Edge, space picture.Space) picture.Plan {
	g := newGraph(nodes, edges)
	g.rank()
	g.fill(space.Lane)
	g.order()
	g.place(space.Gap)
	return g.plan(space)
}
