package picture

// Layout gives the parts of a drawing their places: package layered has one, another library can be another. The same arguments
// are to give the same plan, on every machine.
type Layout interface {
	// Arrange lays out a graph that hangs together.
	Arrange(nodes []Node, edges []Edge, space Space) Plan
}

// Node is a box of a size.
type Node struct{ Width, Height int }

// Edge leads from one node to another. An edge from a node to itself has no place in the graph.
type Edge struct {
	From, To int // indexes of nodes
	// FromY is the height at which the edge leaves From, ToY the one at which it enters To, both from the node's top.
	// An edge that leads back leaves at the left and enters at the right, there at BackY.
	FromY, ToY, BackY int
	// Bundle: edges of one bundle that enter a node at one height share their way where they can.
	Bundle int
}

// Space is how far things are apart.
type Space struct {
	Gap    int // between two nodes of a column
	Gutter int // between two columns, if few edges cross it
	Lane   int // the height that a passing edge takes
}

// Point is a place; x grows to the right, y downwards.
type Point struct{ X, Y int }

// Plan is where everything goes. The smallest coordinate of a node is 0.
type Plan struct {
	Width, Height int
	// Nodes are the nodes' upper left corners.
	Nodes []Point
	// Routes are the edges' ways, each an even number of points, from the first to the second a straight horizontal
	// line, from the second to the third a curve in the gutter, and so on in turn. The two points at a node's left side are
	// one place.
	Routes [][]Point
}
