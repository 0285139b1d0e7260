package picture

import "slices"

// block is a box with its measures.
type block struct {
	rect
	box   *Box
	chips []rect // relative to it
}

// cards are the head and the chips.
func (b *block) cards() []*Card { return append([]*Card{b.box.Head}, b.box.Chips...) }

// newBlock makes the block of a box at 0, 0.
func newBlock(box *Box) *block {
	b := &block{box: box}
	head := box.Head
	b.w = max(leastWidth, columns(head.Name)*titleWidth+4*padding, width(head.Detail)+2*padding)
	for _, r := range box.Rows {
		b.w = max(b.w, width(r.Left)+width(r.Right)+5*padding)
	}
	b.h = headHeight + len(box.Rows)*rowHeight
	if len(box.Rows) > 0 {
		b.h += padding / 2
	}
	if len(box.Chips) > 0 {
		b.addChips(box.Chips)
	}
	return b
}

// addChips puts the chips into a grid below the rows. Those that lines lead to come first, and are all in the first column, where
// lines arrive.
func (b *block) addChips(chips []*Card) {
	w, h, targets := width(b.box.Strip), chipHeight, 0
	for _, c := range chips {
		w = max(w, width(c.Name)+2*padding, width(c.Detail)+2*padding)
		if c.Detail != "" {
			h = deepChip
		}
		if c.Target {
			targets++
		}
	}
	rows := max(gridRows(len(chips), w, h), targets)
	columns := (len(chips) + rows - 1) / rows
	b.w = max(b.w, columns*(w+chipGap)-chipGap+2*padding)
	w = (b.w - 2*padding - (columns-1)*chipGap) / columns
	top := b.h + stripHeight
	for i := range chips {
		b.chips = append(b.chips, rect{padding + i/rows*(w+chipGap), top + i%rows*(h+chipGap), w, h})
	}
	b.h = top + min(rows, len(chips))*(h+chipGap) - chipGap + padding
}

// gridRows is the number of rows of a grid of n chips that is as high as it is wide, or a bit less.
func gridRows(n, w, h int) int {
	for columns := 1; ; columns++ {
		if rows := (n + columns - 1) / columns; rows*(h+chipGap) <= columns*(w+chipGap) {
			return rows
		}
	}
}

// chip is the rectangle of a chip in the drawing.
func (b *block) chip(i int) rect {
	r := b.chips[i]
	r.x += b.x
	r.y += b.y
	return r
}

// head is the rectangle of the head and the rows.
func (b *block) head() rect {
	h := b.h
	if len(b.chips) > 0 {
		h = b.chips[0].y - stripHeight
	}
	return rect{b.x, b.y, b.w, h}
}

// entry is the height at which a line to a card arrives.
func (b *block) entry(c *Card) int {
	if i := slices.Index(b.box.Chips, c); i >= 0 {
		return b.chips[i].y + b.chips[i].h/2
	}
	return titleLine
}

// rowMiddle is the height of the i-th row's middle.
func rowMiddle(i int) int { return headHeight + i*rowHeight + rowHeight/2 + padding/4 }

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
