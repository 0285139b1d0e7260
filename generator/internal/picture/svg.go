package picture

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

// WriteSVG writes the drawing as an SVG image, laid out by layout. It is dark where the reader's other pages are. The error is w's.
func (d *Drawing) WriteSVG(w io.Writer, layout Layout) error {
	s := d.arrange(layout)
	var p painter
	p.printf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">`+"\n", s.width, s.height, s.width, s.height)
	p.printf("<title>%s</title>\n<style>%s</style>\n", escape(d.Title), style())
	p.printf(`<rect class="paper" width="%d" height="%d"/>`+"\n", s.width, s.height)
	p.legend(d)
	for _, b := range s.blocks {
		p.panel(b)
	}
	for _, e := range s.edges {
		p.edge(e)
	}
	for _, b := range s.blocks {
		p.block(b)
	}
	p.printf("</svg>\n")
	_, err := io.WriteString(w, p.String())
	return err
}

// painter writes elements of SVG.
type painter struct{ strings.Builder }

func (p *painter) printf(format string, args ...any) { fmt.Fprintf(p, format, args...) }

// text writes a text with its base line at y.
func (p *painter) text(x, y int, class, text string) {
	p.printf(`<text x="%d" y="%d" class="%s">%s</text>`+"\n", x, y, class, escape(text))
}

func (p *painter) rect(r rect, class string) {
	p.printf(`<rect x="%d" y="%d" width="%d" height="%d" rx="4" class="%s"/>`+"\n", r.x, r.y, r.w, r.h, class)
}

// panel draws the ground of a block, which lines to its chips cross.
func (p *painter) panel(b *block) {
	if len(b.chips) > 0 {
		p.rect(b.rect, "panel")
	}
}

// block draws a box: its head with rows, then the chips.
func (p *painter) block(b *block) {
	head, first := b.head(), b.box.Head
	end := p.group(first)
	if len(b.box.Rows) > 0 {
		p.rect(head, "rows")
	}
	p.rect(rect{head.x, head.y, head.w, headHeight}, "box "+string(first.Fill))
	p.text(b.x+padding, b.y+titleLine, "name"+slant(first), first.Name)
	p.text(b.x+padding, b.y+detailLine, "quiet", first.Detail)
	if first.Dotted {
		p.dot(b.x+b.w-2*padding, b.y+titleLine-5)
	}
	for i, r := range b.box.Rows {
		p.row(b, i, r)
	}
	p.printf("%s", end)
	if len(b.chips) > 0 {
		bottom := head.y + head.h
		p.printf(`<path d="M%d %dl7 10h-14z" class="rows"/>`+"\n", b.x+2*padding, bottom+8)
		p.text(b.x+3*padding+4, bottom+17, "quiet", b.box.Strip)
	}
	for i, c := range b.box.Chips {
		p.chip(b.chip(i), c)
	}
}

// row draws a row's texts.
func (p *painter) row(b *block, i int, r *Row) {
	y := b.y + rowMiddle(i) + textSize/3
	p.text(b.x+padding, y, "", r.Left)
	right := r.Right
	if slices.Contains(b.cards(), r.To) {
		right = "↺ " + right // no line leads there
	}
	p.text(b.x+b.w-padding, y, "end "+string(r.Stroke)+"-end", right)
}

// chip draws a card below another.
func (p *painter) chip(r rect, c *Card) {
	end := p.group(c)
	p.rect(r, "box "+string(c.Fill))
	y := r.y + (r.h+textSize)/2 - 2
	if c.Detail != "" {
		y = r.y + firstLine
		p.text(r.x+padding, r.y+secondLine, "quiet", c.Detail)
	}
	p.text(r.x+padding, y, strings.TrimSpace(slant(c)), c.Name)
	if c.Dotted {
		p.dot(r.x+r.w-padding, r.y+padding)
	}
	p.printf("%s", end)
}

// group begins what belongs to a card, and returns what ends it.
func (p *painter) group(c *Card) (end string) {
	if c.Link == "" {
		p.printf("<g>")
		p.tip(c)
		return "</g>\n"
	}
	p.printf(`<a href="%s">`, escape(c.Link))
	p.tip(c)
	return "</a>\n"
}

// slant is the class of a name in italics, behind others.
func slant(c *Card) string {
	if c.Slanted {
		return " slanted"
	}
	return ""
}

// tip is what is shown where a pointer rests.
func (p *painter) tip(c *Card) { p.printf("<title>%s</title>\n", escape(c.Tip)) }

// dot draws the dot of a card.
func (p *painter) dot(x, y int) {
	p.printf(`<circle cx="%d" cy="%d" r="4" class="dot"/>`+"\n", x, y)
}

// edge draws a line, with a diamond where it begins if its stroke says so, and an arrowhead.
func (p *painter) edge(e edge) {
	class := string(e.Stroke)
	var path strings.Builder
	for i, at := range e.route {
		switch {
		case i == 0:
			fmt.Fprintf(&path, "M%d %d", at.X, at.Y)
		case i%2 == 1:
			fmt.Fprintf(&path, "H%d", at.X)
		default:
			middle := (e.route[i-1].X + at.X) / 2
			fmt.Fprintf(&path, "C%d %d %d %d %d %d", middle, e.route[i-1].Y, middle, at.Y, at.X, at.Y)
		}
	}
	p.printf(`<path d="%s" class="line %s"><title>%s</title></path>`+"\n", path.String(), class, escape(e.Tip))
	direction := 1
	if e.back {
		direction = -1
	}
	start, end := e.route[0], e.route[len(e.route)-1]
	if e.Stroke == Diamond {
		p.printf(`<path d="M%d %dl%d -4l%d 4l%d 4z" class="%s-end"/>`+"\n", start.X, start.Y, 6*direction, 6*direction, -6*direction, class)
	}
	p.arrowhead(end, direction, class)
}

func (p *painter) arrowhead(end Point, direction int, class string) {
	p.printf(`<path d="M%d %dl%d -4v8z" class="%s-end"/>`+"\n", end.X, end.Y, -9*direction, class)
}

// legend draws the title and what the signs mean.
func (p *painter) legend(d *Drawing) {
	p.text(margin, margin+16, "heading", d.Title)
	p.text(margin, margin+36, "quiet", d.Subtitle)
	x, y := margin, margin+50
	for _, f := range d.Legend.Fills {
		p.rect(rect{x, y, 16, 14}, "box "+string(f.Fill))
		x = p.legendText(x+22, y, f.Text)
	}
	p.dot(x+4, y+7)
	x = p.legendText(x+14, y, d.Legend.Dot)
	for _, s := range d.Legend.Strokes {
		p.edge(edge{Row: &Row{Stroke: s.Stroke, Tip: s.Text}, route: []Point{{x, y + 7}, {x + 40, y + 7}}})
		x = p.legendText(x+46, y, s.Text)
	}
}

// legendText writes a text of the legend and returns where the next sign goes.
func (p *painter) legendText(x, y int, text string) int {
	p.text(x, y+11, "", text)
	return x + width(text) + 2*padding
}

// escape makes text safe inside an element; what XML cannot hold becomes U+FFFD.
func escape(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return ""
	}
	return b.String()
}
