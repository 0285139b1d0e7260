package picture

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func overlap(a, b rect) bool {
	return a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h
}

func inside(a, b rect) bool {
	return a.x >= b.x && a.y >= b.y && a.x+a.w <= b.x+b.w && a.y+a.h <= b.y+b.h
}

// What is drawn of the committed slices does not overlap, every text fits into its box, and no line crosses a box that it
// does not belong to.
func TestDrawingIsLegible(t *testing.T) {
	for _, version := range []string{"v1.0", "beta"} {
		for _, enums := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, enums %t", version, enums), func(t *testing.T) {
				drawing, err := Drawn(version, enums)
				if err != nil {
					t.Fatal(err)
				}
				s := drawing.arrange(Columns)
				if len(s.blocks) != len(drawing.Boxes) || len(s.blocks) == 0 {
					t.Errorf("%d boxes are drawn of %d", len(s.blocks), len(drawing.Boxes))
				}
				for i, b := range s.blocks {
					checkBlock(t, s, b)
					for _, other := range s.blocks[:i] {
						if overlap(b.rect, other.rect) {
							t.Errorf("%s and %s overlap", b.box.Head.Name, other.box.Head.Name)
						}
					}
				}
				for _, e := range s.edges {
					checkEdge(t, s, e)
				}
			})
		}
	}
}

func checkBlock(t *testing.T, s *scene, b *block) {
	t.Helper()
	name := b.box.Head.Name
	if !inside(b.rect, rect{margin, margin + topHeight, s.width - 2*margin, s.height - 2*margin - topHeight}) {
		t.Errorf("%s is outside of the drawing", name)
	}
	if columns(name)*titleWidth+2*padding > b.w || width(b.box.Head.Detail)+2*padding > b.w {
		t.Errorf("%s does not fit into its box", name)
	}
	for i, r := range b.box.Rows {
		if width(r.Left)+width("↺ "+r.Right)+2*padding > b.w || rowMiddle(i)+rowHeight/2 > b.head().h {
			t.Errorf("row %s of %s does not fit", r.Left, name)
		}
	}
	for i, c := range b.box.Chips {
		chip := b.chip(i)
		if !inside(chip, b.rect) || overlap(chip, b.head()) {
			t.Errorf("%s is not below %s", c.Name, name)
		}
		if width(c.Name)+2*padding > chip.w || width(c.Detail)+2*padding > chip.w {
			t.Errorf("%s does not fit into its chip", c.Name)
		}
		if c.Target && chip.x != b.x+padding {
			t.Errorf("%s is not in the first column, where lines arrive", c.Name)
		}
		for j := range i {
			if overlap(chip, b.chip(j)) {
				t.Errorf("%s and %s overlap", c.Name, b.box.Chips[j].Name)
			}
		}
	}
}

// checkEdge checks the horizontal parts of a line. The curves are in gutters, where there is no box.
func checkEdge(t *testing.T, s *scene, e edge) {
	t.Helper()
	for i := 0; i+1 < len(e.route); i += 2 {
		a, b := e.route[i], e.route[i+1]
		line := rect{min(a.X, b.X), a.Y, max(a.X, b.X) - min(a.X, b.X), 1}
		for _, block := range s.blocks {
			isEnd := false
			for _, c := range block.cards() {
				isEnd = isEnd || c == e.To
			}
			if !isEnd && overlap(line, block.rect) {
				t.Errorf("%s crosses %s", e.Tip, block.box.Head.Name)
			}
		}
	}
}

// stack is a layout that is not ours: every node below the one before, and every edge straight from one to the other.
type stack struct{}

func (stack) Arrange(nodes []Node, edges []Edge, space Space) Plan {
	var p Plan
	for _, n := range nodes {
		p.Nodes = append(p.Nodes, Point{X: 0, Y: p.Height})
		p.Width, p.Height = max(p.Width, n.Width), p.Height+n.Height+space.Gap
	}
	for _, e := range edges {
		from, to := Point{X: nodes[e.From].Width, Y: p.Nodes[e.From].Y + e.FromY}, Point{X: 0, Y: p.Nodes[e.To].Y + e.ToY}
		p.Routes = append(p.Routes, []Point{from, from, to, to})
	}
	return p
}

// Another layout can take the place of the one that is there.
func TestAnotherLayout(t *testing.T) {
	whole, part := &Card{Name: "whole", Detail: "a head", Tip: "w", Fill: Blue}, &Card{Name: "part", Detail: "another", Tip: "p", Fill: Grey}
	drawing := &Drawing{Title: "Two", Boxes: []*Box{
		{Head: whole, Rows: []*Row{{Left: "has", Right: "part 1", Tip: "whole.has", Stroke: Diamond, To: part}}},
		{Head: part},
	}}
	var svg bytes.Buffer
	if err := drawing.WriteSVG(&svg, stack{}); err != nil {
		t.Fatal(err)
	}
	var drawn []string
	for _, line := range strings.Split(svg.String(), "\n") {
		if strings.Contains(line, `class="box`) || strings.Contains(line, "whole.has") {
			drawn = append(drawn, line)
		}
	}
	want := []string{
		`<path d="M174 164H174C99 164 99 213 24 213H24" class="line diamond"><title>whole.has</title></path>`,
		`<rect x="24" y="108" width="150" height="44" rx="4" class="box blue"/>`,
		`<rect x="24" y="195" width="150" height="44" rx="4" class="box grey"/>`,
	}
	if diff := cmp.Diff(want, drawn); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
