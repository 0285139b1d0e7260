package inspect

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/inspect/layered"
)

// WriteSVG writes the diagram as an SVG image: a box for each type, a row in it for each property that refers to
// another type, and a line from the row to that type. Types that derive from another are listed in its box.
func (d *Diagram) WriteSVG(w io.Writer) error {
	s := d.arrange()
	var p painter
	p.printf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">`+"\n", s.width, s.height, s.width, s.height)
	p.printf("<title>%s</title>\n<style>%s</style>\n", escape(d.Title), style)
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

// style is dark on light. Lines are solid for what travels with its owner, dashed for what only stands elsewhere.
const style = `
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;fill:#1f2933}
.paper{fill:#fff}
.heading{font-size:18px;font-weight:700}
.name{font-size:14px;font-weight:700}
.abstract{font-style:italic}
.quiet{fill:#5f6c7b}
.end{text-anchor:end}
.panel{fill:#fafbfc;stroke:#9aa5b1}
.box{stroke:#7b8794}
.entity{fill:#d9e8f7}
.complex{fill:#e0f0de}
.inline{fill:#eef0f2}
.enum{fill:#fbf1cc}
.border{fill:#fff;stroke:#9aa5b1;stroke-dasharray:4 3}
.rows{fill:#fff;stroke:#7b8794}
.called{fill:#1f2933}
.line{fill:none;stroke-width:1.3}
.value{stroke:#6b7a2f}.value-end{fill:#6b7a2f}
.contained{stroke:#b4530a}.contained-end{fill:#b4530a}
.linked{stroke:#1f5fbf;stroke-dasharray:6 3}.linked-end{fill:#1f5fbf}
`

// referenceClasses are the classes of style, by kind.
var referenceClasses = map[ReferenceKind]string{Value: "value", Contained: "contained", Linked: "linked"}

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

// panel draws the ground of a family's block, which edges to its chips cross.
func (p *painter) panel(b *block) {
	if len(b.chips) > 0 {
		p.rect(b.rect, "panel")
	}
}

// block draws a family: its first type with rows, then the chips.
func (p *painter) block(b *block) {
	head, first := b.head(), b.family.Members[0]
	p.printf("<g>")
	p.tip(first)
	if len(b.family.References) > 0 {
		p.rect(head, "rows")
	}
	p.rect(rect{head.x, head.y, head.w, headHeight}, "box "+first.Kind)
	p.text(b.x+padding, b.y+titleLine, "name"+abstractClass(first), first.Name)
	p.text(b.x+padding, b.y+detailLine, "quiet", first.detail())
	if first.Called {
		p.dot(b.x+b.w-2*padding, b.y+titleLine-5)
	}
	for i, r := range b.family.References {
		p.row(b, i, r)
	}
	p.printf("</g>\n")
	if len(b.chips) > 0 {
		bottom := head.y + head.h
		p.printf(`<path d="M%d %dl7 10h-14z" class="rows"/>`+"\n", b.x+2*padding, bottom+8)
		p.text(b.x+3*padding+4, bottom+17, "quiet", b.strip())
	}
	for i, m := range b.family.Members[1:] {
		p.chip(b, b.chip(i+1), m)
	}
}

// row draws a reference.
func (p *painter) row(b *block, i int, r *Reference) {
	y := b.y + rowMiddle(i) + textSize/3
	p.text(b.x+padding, y, "", r.left())
	right := r.right()
	if r.Target.Family == b.family {
		right = "↺ " + right // no line leads there
	}
	p.text(b.x+b.w-padding, y, "end "+referenceClasses[r.Kind]+"-end", right)
}

// chip draws a type below the one that it derives from.
func (p *painter) chip(b *block, r rect, m *Member) {
	p.printf("<g>")
	p.tip(m)
	p.rect(r, "box "+m.Kind)
	y, detail := r.y+(r.h+textSize)/2-2, b.chipDetail(m)
	if detail != "" {
		y = r.y + firstLine
		p.text(r.x+padding, r.y+secondLine, "quiet", detail)
	}
	p.text(r.x+padding, y, strings.TrimSpace(abstractClass(m)), m.Name)
	if m.Called {
		p.dot(r.x+r.w-padding, r.y+padding)
	}
	p.printf("</g>\n")
}

func abstractClass(m *Member) string {
	if m.Abstract {
		return " abstract"
	}
	return ""
}

// tip is what is shown where a pointer rests.
func (p *painter) tip(m *Member) {
	p.printf("<title>%s: %s</title>\n", escape(m.Qualified), escape(m.detail()))
}

// dot marks a type that an operation sends or answers.
func (p *painter) dot(x, y int) {
	p.printf(`<circle cx="%d" cy="%d" r="4" class="called"/>`+"\n", x, y)
}

// edge draws the line of a reference, with a diamond where it begins if its target is contained, and an arrowhead.
func (p *painter) edge(e edge) {
	class := referenceClasses[e.Kind]
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
	p.printf(`<path d="%s" class="line %s"><title>%s</title></path>`+"\n", path.String(), class, escape(e.tip()))
	direction := 1
	if e.back {
		direction = -1
	}
	start, end := e.route[0], e.route[len(e.route)-1]
	if e.Kind == Contained {
		p.printf(`<path d="M%d %dl%d -4l%d 4l%d 4z" class="%s-end"/>`+"\n", start.X, start.Y, 6*direction, 6*direction, -6*direction, class)
	}
	p.arrowhead(end, direction, class)
}

func (p *painter) arrowhead(end layered.Point, direction int, class string) {
	p.printf(`<path d="M%d %dl%d -4v8z" class="%s-end"/>`+"\n", end.X, end.Y, -9*direction, class)
}

// tip is what is shown of a line where a pointer rests.
func (e edge) tip() string {
	owner := e.Owners[0].Name
	if n := len(e.Owners); n > 1 {
		owner = fmt.Sprintf("%d types of %s", n, e.Owners[0].Family.Members[0].Name)
	}
	return fmt.Sprintf("%s.%s: %s", owner, e.Property, e.right())
}

// legend draws the title and what the signs mean.
func (p *painter) legend(d *Diagram) {
	types, references, kinds := 0, 0, map[string]bool{}
	for _, f := range d.Families {
		types += len(f.Members)
		for _, m := range f.Members {
			kinds[m.Kind] = true
		}
		references += len(f.References)
	}
	p.text(margin, margin+16, "heading", d.Title)
	p.text(margin, margin+36, "quiet", plural(types, "type")+", "+plural(references, "reference"))
	x, y := margin, margin+50
	for _, kind := range []string{entityKind, complexKind, borderKind, inlineKind, enumKind} {
		if kinds[kind] {
			p.rect(rect{x, y, 16, 14}, "box "+kind)
			x = p.legendText(x+22, y, kind)
		}
	}
	p.dot(x+4, y+7)
	x = p.legendText(x+14, y, "sent or answered")
	for _, entry := range []struct {
		kind ReferenceKind
		text string
	}{{Value, "property"}, {Contained, "contained"}, {Linked, "reference"}} {
		p.edge(edge{Reference: &Reference{Kind: entry.kind, Property: entry.text, Owners: []*Member{{}}, Target: &Member{}},
			route: []layered.Point{{X: x, Y: y + 7}, {X: x + 40, Y: y + 7}}})
		x = p.legendText(x+46, y, entry.text)
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
