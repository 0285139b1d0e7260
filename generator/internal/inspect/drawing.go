package inspect

import (
	"fmt"
	"io"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/picture"
	"github.com/graphslice/graphslice/generator/internal/picture/layered"
)

// WriteSVG writes the diagram as an SVG image. The error is w's.
func (d *Diagram) WriteSVG(w io.Writer) error { return d.Drawing().WriteSVG(w, layered.Columns{}) }

// WriteLinkedSVG is WriteSVG with a link for each type, which is given by its qualified name.
func (d *Diagram) WriteLinkedSVG(w io.Writer, link func(name string) string) error {
	return d.drawing(link).WriteSVG(w, layered.Columns{})
}

// fills are the colours of types, in the order of the legend.
var fills = []picture.FillMeaning{
	{Fill: picture.Blue, Text: entityKind},
	{Fill: picture.Green, Text: complexKind},
	{Fill: picture.Hollow, Text: borderKind},
	{Fill: picture.Grey, Text: inlineKind},
	{Fill: picture.Yellow, Text: enumKind},
}

// strokes are the lines of references.
var strokes = map[ReferenceKind]picture.Stroke{Value: picture.Plain, Contained: picture.Diamond, Linked: picture.Dashed}

// Drawing says what is drawn of the diagram: a box for each family, headed by its first type, with a row for each reference and a
// chip for each type that derives from the first.
func (d *Diagram) Drawing() *picture.Drawing { return d.drawing(func(string) string { return "" }) }

func (d *Diagram) drawing(link func(name string) string) *picture.Drawing {
	types, references := 0, 0
	cards, kinds := map[*Member]*picture.Card{}, map[string]bool{}
	for _, f := range d.Families {
		references += len(f.References)
		for _, m := range f.Members {
			types++
			kinds[m.Kind] = true
			cards[m] = m.card()
			cards[m].Link = link(m.Qualified)
		}
	}
	drawing := &picture.Drawing{Title: d.Title, Subtitle: diag.Count(types, "type") + ", " + diag.Count(references, "reference"), Legend: legend(kinds)}
	for _, f := range d.Families {
		drawing.Boxes = append(drawing.Boxes, f.box(cards))
	}
	return drawing
}

// legend says what the signs of a diagram mean that has these kinds of types.
func legend(kinds map[string]bool) picture.Legend {
	l := picture.Legend{Dot: "sent or answered", Strokes: []picture.StrokeMeaning{
		{Stroke: strokes[Value], Text: "property"}, {Stroke: strokes[Contained], Text: "contained"}, {Stroke: strokes[Linked], Text: "reference"},
	}}
	for _, f := range fills {
		if kinds[f.Text] {
			l.Fills = append(l.Fills, f)
		}
	}
	return l
}

// box is the box of a family.
func (f *Family) box(cards map[*Member]*picture.Card) *picture.Box {
	b := &picture.Box{Head: cards[f.Members[0]], Strip: "derived: " + diag.Count(len(f.Members)-1, "type")}
	b.Head.Detail = f.Members[0].detail()
	for _, r := range f.References {
		b.Rows = append(b.Rows, &picture.Row{Left: r.left(), Right: r.right(), Tip: r.tip(), Stroke: strokes[r.Kind], To: cards[r.Target]})
	}
	for _, m := range f.Members[1:] {
		if m.Base != f.Members[0].Name {
			cards[m].Detail = "extends " + m.Base
		}
		b.Chips = append(b.Chips, cards[m])
	}
	return b
}

// card is the card of a type, without the detail.
func (m *Member) card() *picture.Card {
	c := &picture.Card{Name: m.Name, Tip: m.Qualified + ": " + m.detail(), Slanted: m.Abstract, Dotted: m.Called, Target: m.Target}
	for _, f := range fills {
		if f.Text == m.Kind {
			c.Fill = f.Fill
		}
	}
	return c
}

// detail is what stands below the name of a family's first type.
func (m *Member) detail() string {
	kind := m.Kind
	if m.Abstract {
		kind = "abstract " + kind
	}
	switch {
	case m.Kind == enumKind:
		kind += ", " + diag.Count(m.Count, "value")
	case m.Kind == borderKind:
		kind += ", key only"
	default:
		kind += ", " + diag.Count(m.Count, "property")
	}
	if m.Base != "" {
		kind += ", extends " + m.Base
	}
	return kind
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

// tip is what is shown of a reference's line where a pointer rests.
func (r *Reference) tip() string {
	owner := r.Owners[0].Name
	if n := len(r.Owners); n > 1 {
		owner = fmt.Sprintf("%d types of %s", n, r.Owners[0].Family.Members[0].Name)
	}
	return fmt.Sprintf("%s.%s: %s", owner, r.Property, r.right())
}
