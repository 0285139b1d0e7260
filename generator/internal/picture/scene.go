package picture

import (
	"cmp"
	"slices"
)

// scene is a drawing with a place for everything. All lengths are pixels.
type scene struct {
	width, height int
	blocks        []*block
	edges         []edge
}

// rect is a rectangle.
type rect struct{ x, y, w, h int }

// edge is the line of one row.
type edge struct {
	*Row
	route []Point
	// back: it leads to the left.
	back bool
}

// The sizes. Text is in a font whose characters are all of one width, so that its width is known without the font.
const (
	titleSize, textSize        = 14, 12
	titleWidth, textWidth      = 9, 8 // of a character, with a bit to spare: 0.6 of the size
	padding                    = 10
	headHeight, rowHeight      = 44, 20
	stripHeight                = 26 // above the chips
	chipHeight, deepChip       = 24, 40
	chipGap                    = 6
	margin, topHeight          = 24, 84 // around everything; title and legend
	gap, gutter, lane          = 18, 70, 6
	titleLine, detailLine      = 18, 35 // the base lines of a head, from its top
	firstLine, secondLine      = 16, 32 // and of a chip
	leastWidth, leastOfDrawing = 150, 1000
)

// unit is a part of the drawing that no line leads into or out of, at a place of its own.
type unit struct {
	blocks        []*block
	byCard        map[*Card]*block
	edges         []edge
	width, height int
}

// arrange gives everything its place: each unit as the layout says, the units in rows, the largest first.
func (d *Drawing) arrange(layout Layout) *scene {
	s := &scene{width: leastOfDrawing}
	units := d.units()
	for _, u := range units {
		u.arrange(layout)
		s.width = max(s.width, u.width)
	}
	slices.SortStableFunc(units, func(a, b *unit) int { return cmp.Compare(len(b.blocks), len(a.blocks)) })
	x, y, tallest := 0, 0, 0
	for _, u := range units {
		if x > 0 && x+u.width > s.width {
			x, y, tallest = 0, y+tallest+2*gap, 0
		}
		u.move(x+margin, y+margin+topHeight)
		s.blocks, s.edges = append(s.blocks, u.blocks...), append(s.edges, u.edges...)
		x += u.width + 2*gap
		tallest = max(tallest, u.height)
	}
	s.width += 2 * margin
	s.height = y + tallest + topHeight + 2*margin
	return s
}

// units divides the boxes into units, each in the order of the boxes.
func (d *Drawing) units() []*unit {
	blocks, byCard := make([]*block, len(d.Boxes)), map[*Card]*block{}
	for i, box := range d.Boxes {
		blocks[i] = newBlock(box)
		for _, c := range blocks[i].cards() {
			byCard[c] = blocks[i]
		}
	}
	top := map[*block]*block{} // to another block of the unit, in the end to the first
	find := func(b *block) *block {
		for top[b] != nil {
			b = top[b]
		}
		return b
	}
	for _, b := range blocks {
		for _, r := range b.box.Rows {
			if x, y := find(b), find(byCard[r.To]); x != y {
				top[y] = x
			}
		}
	}
	byTop := map[*block]*unit{}
	var units []*unit
	for _, b := range blocks {
		u := byTop[find(b)]
		if u == nil {
			u = &unit{byCard: byCard}
			byTop[find(b)] = u
			units = append(units, u)
		}
		u.blocks = append(u.blocks, b)
	}
	return units
}

// arrange arranges the unit, at 0, 0.
func (u *unit) arrange(layout Layout) {
	index := map[*block]int{}
	var nodes []Node
	for i, b := range u.blocks {
		index[b] = i
		nodes = append(nodes, Node{Width: b.w, Height: b.h})
	}
	var edges []Edge
	for i, b := range u.blocks {
		for row, r := range b.box.Rows {
			target := u.byCard[r.To]
			if target == b {
				continue // the row says so
			}
			edges = append(edges, Edge{From: i, To: index[target], FromY: rowMiddle(row), ToY: target.entry(r.To), BackY: titleLine,
				Bundle: r.Stroke.bundle()})
			u.edges = append(u.edges, edge{Row: r})
		}
	}
	plan := layout.Arrange(nodes, edges, Space{Gap: gap, Gutter: gutter, Lane: lane})
	u.width, u.height = plan.Width, plan.Height
	for i, b := range u.blocks {
		b.x, b.y = plan.Nodes[i].X, plan.Nodes[i].Y
	}
	for i := range u.edges {
		e := &u.edges[i]
		e.route, e.back = plan.Routes[i], plan.Routes[i][0].X > plan.Routes[i][len(plan.Routes[i])-1].X
		if !e.back && e.To != u.byCard[e.To].box.Head {
			e.route[len(e.route)-1].X += padding // to the chip, which stands that far inside
		}
	}
}

// move moves the unit.
func (u *unit) move(x, y int) {
	for _, b := range u.blocks {
		b.x, b.y = b.x+x, b.y+y
	}
	for _, e := range u.edges {
		for i := range e.route {
			e.route[i].X += x
			e.route[i].Y += y
		}
	}
}
