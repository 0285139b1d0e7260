package inspect

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/inspect/layered"
)

// scene is a diagram with a place for everything: what is drawn as SVG. All lengths are pixels.
type scene struct {
	diagram       *Diagram
	width, height int
	blocks        []*block
	edges         []edge
}

// rect is a rectangle.
type rect struct{ x, y, w, h int }

// block is the drawing of one family: the box of its first type, a row for each reference, below them a chip for each
// type that derives from it.
type block struct {
	rect
	family *Family
	chips  []rect // of Members[1:]
}

// edge is the drawing of one reference.
type edge struct {
	*Reference
	route []layered.Point
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

// unit is a part of the diagram that nothing leads into or out of, at a place of its own.
type unit struct {
	blocks        []*block
	edges         []edge
	width, height int
}

// arrange gives everything its place: each unit in layers, the units in rows, the largest first.
func (d *Diagram) arrange() *scene {
	s := &scene{diagram: d, width: leastOfDrawing}
	units := d.units()
	for _, u := range units {
		u.arrange()
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

// units divides the families into units, each in the order of the families.
func (d *Diagram) units() []*unit {
	top := map[*Family]*Family{} // to another family of the unit, in the end to the first
	find := func(f *Family) *Family {
		for top[f] != nil {
			f = top[f]
		}
		return f
	}
	for _, f := range d.Families {
		for _, r := range f.References {
			if a, b := find(f), find(r.Target.Family); a != b {
				top[b] = a
			}
		}
	}
	byTop := map[*Family]*unit{}
	var units []*unit
	for _, f := range d.Families {
		u := byTop[find(f)]
		if u == nil {
			u = &unit{}
			byTop[find(f)] = u
			units = append(units, u)
		}
		u.blocks = append(u.blocks, newBlock(f))
	}
	return units
}

// arrange arranges the unit in layers, at 0, 0.
func (u *unit) arrange() {
	index := map[*Family]int{}
	var nodes []layered.Node
	for i, b := range u.blocks {
		index[b.family] = i
		nodes = append(nodes, layered.Node{Width: b.w, Height: b.h})
	}
	var edges []layered.Edge
	for i, b := range u.blocks {
		for row, r := range b.family.References {
			to := index[r.Target.Family]
			if to == i {
				continue // the row says so
			}
			edges = append(edges, layered.Edge{From: i, To: to, FromY: rowMiddle(row), ToY: u.blocks[to].entry(r.Target),
				BackY: titleLine, Bundle: int(r.Kind)})
			u.edges = append(u.edges, edge{Reference: r})
		}
	}
	l := layered.Arrange(nodes, edges, layered.Space{Gap: gap, Gutter: gutter, Lane: lane})
	u.width, u.height = l.Width, l.Height
	for i, b := range u.blocks {
		b.x, b.y = l.Nodes[i].X, l.Nodes[i].Y
	}
	for i := range u.edges {
		e := &u.edges[i]
		e.route, e.back = l.Routes[i], l.Routes[i][0].X > l.Routes[i][len(l.Routes[i])-1].X
		if !e.back && e.Target != e.Target.Family.Members[0] {
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

// newBlock makes the block of a family at 0, 0.
func newBlock(f *Family) *block {
	b := &block{family: f}
	head := f.Members[0]
	b.w = max(leastWidth, columns(head.Name)*titleWidth+4*padding, width(head.detail())+2*padding)
	for _, r := range f.References {
		b.w = max(b.w, width(r.left())+width(r.right())+5*padding)
	}
	b.h = headHeight + len(f.References)*rowHeight
	if len(f.References) > 0 {
		b.h += padding / 2
	}
	if len(f.Members) > 1 {
		b.addChips(f.Members[1:])
	}
	return b
}

// addChips puts the chips into a grid below the rows. The types that something refers to come first, and are all in the
// first column, where edges arrive.
func (b *block) addChips(members []*Member) {
	w, h, targets := width(b.strip()), chipHeight, 0
	for _, m := range members {
		w = max(w, width(m.Name)+2*padding, width(b.chipDetail(m))+2*padding)
		if b.chipDetail(m) != "" {
			h = deepChip
		}
		if m.Target {
			targets++
		}
	}
	rows := max(gridRows(len(members), w, h), targets)
	columns := (len(members) + rows - 1) / rows
	b.w = max(b.w, columns*(w+chipGap)-chipGap+2*padding)
	w = (b.w - 2*padding - (columns-1)*chipGap) / columns
	top := b.h + stripHeight
	for i := range members {
		b.chips = append(b.chips, rect{padding + i/rows*(w+chipGap), top + i%rows*(h+chipGap), w, h})
	}
	b.h = top + min(rows, len(members))*(h+chipGap) - chipGap + padding
}

// gridRows is the number of rows of a grid of n chips that is as high as it is wide, or a bit less.
func gridRows(n, w, h int) int {
	for columns := 1; ; columns++ {
		if rows := (n + columns - 1) / columns; rows*(h+chipGap) <= columns*(w+chipGap) {
			return rows
		}
	}
}

// chip is the rectangle of Members[i], i > 0, in the drawing.
func (b *block) chip(i int) rect {
	r := b.chips[i-1]
	r.x += b.x
	r.y += b.y
	return r
}

// head is the rectangle of the first type and its rows.
func (b *block) head() rect {
	h := b.h
	if len(b.chips) > 0 {
		h = b.chips[0].y - stripHeight
	}
	return rect{b.x, b.y, b.w, h}
}

// entry is the height at which an edge to m arrives.
func (b *block) entry(m *Member) int {
	for i, other := range b.family.Members[1:] {
		if other == m {
			return b.chips[i].y + b.chips[i].h/2
		}
	}
	return titleLine
}

// rowMiddle is the height of the i-th row's middle.
func rowMiddle(i int) int { return headHeight + i*rowHeight + rowHeight/2 + padding/4 }

// detail is what stands below the name of a family's first type.
func (m *Member) detail() string {
	kind := m.Kind
	if m.Abstract {
		kind = "abstract " + kind
	}
	switch {
	case m.Kind == enumKind:
		kind += ", " + plural(m.Count, "value")
	case m.Kind == borderKind:
		kind += ", key only"
	case m.Count == 1:
		kind += ", 1 property"
	default:
		kind += fmt.Sprintf(", %d properties", m.Count)
	}
	if m.Base != "" {
		kind += ", extends " + m.Base
	}
	return kind
}

// strip is the line above the chips.
func (b *block) strip() string {
	return "derived: " + plural(len(b.family.Members)-1, "type")
}

// chipDetail is the second line of a chip, if the type does not derive from the family's first one itself.
func (b *block) chipDetail(m *Member) string {
	if m.Base == b.family.Members[0].Name {
		return ""
	}
	return "extends " + m.Base
}

// left is the left side of a row: the property, and whose it is if not the first type's.
func (r *Reference) left() string {
	switch owner := r.Owners[0]; {
	case len(r.Owners) > 1:
		return fmt.Sprintf("%s  in %d types", r.Property, len(r.Owners))
	case owner != owner.Family.Members[0]:
		return r.Property + "  in " + owner.Name
	}
	return r.Property
}

// right is the right side of a row: what the property refers to, and how often.
func (r *Reference) right() string { return r.Target.Name + " " + r.Multiplicity }

// width is the width of a text.
func width(text string) int { return columns(text) * textWidth }

// columns counts characters; those of Chinese, Japanese and Korean scripts are twice as wide as others.
func columns(text string) int {
	n := 0
	for _, r := range text {
		if n++; r >= 0x1100 {
			n++
		}
	}
	return n
}
