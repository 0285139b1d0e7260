package inspect

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// read reads slices, whose paths are relative to the repository's folder.
func read(t *testing.T, specs ...string) Subject {
	t.Helper()
	for i, spec := range specs {
		specs[i] = filepath.Join("..", "..", "..", filepath.FromSlash(spec))
	}
	subject, found, err := Reader(specs...)
	if err != nil || subject == nil {
		t.Fatal(err, found)
	}
	return *subject
}

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
		subject := read(t, "specs/"+version+"/chats.yaml", "specs/"+version+"/conversationMember.yaml")
		for _, enums := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, enums %t", version, enums), func(t *testing.T) {
				s := subject.Diagram(enums).arrange()
				drawn := 0
				for i, b := range s.blocks {
					drawn += len(b.family.Members)
					checkBlock(t, s, b)
					for _, other := range s.blocks[:i] {
						if overlap(b.rect, other.rect) {
							t.Errorf("%s and %s overlap", b.family.Members[0].Name, other.family.Members[0].Name)
						}
					}
				}
				want := 0
				for _, m := range subject.Package.Models {
					if m.Inline == nil {
						want++
					}
				}
				if enums {
					want += len(subject.Package.Enums)
				}
				if drawn != want {
					t.Errorf("%d types are drawn of %d", drawn, want)
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
	name := b.family.Members[0].Name
	if !inside(b.rect, rect{margin, margin + topHeight, s.width - 2*margin, s.height - 2*margin - topHeight}) {
		t.Errorf("%s is outside of the drawing", name)
	}
	if columns(name)*titleWidth+2*padding > b.w || width(b.family.Members[0].detail())+2*padding > b.w {
		t.Errorf("%s does not fit into its box", name)
	}
	for i, r := range b.family.References {
		if width(r.left())+width("↺ "+r.right())+2*padding > b.w || rowMiddle(i)+rowHeight/2 > b.head().h {
			t.Errorf("row %s of %s does not fit", r.left(), name)
		}
	}
	for i, m := range b.family.Members[1:] {
		chip := b.chip(i + 1)
		if !inside(chip, b.rect) || overlap(chip, b.head()) {
			t.Errorf("%s is not below %s", m.Name, name)
		}
		if width(m.Name)+2*padding > chip.w || width(b.chipDetail(m))+2*padding > chip.w {
			t.Errorf("%s does not fit into its chip", m.Name)
		}
		if m.Target && chip.x != b.x+padding {
			t.Errorf("%s is not in the first column, where edges arrive", m.Name)
		}
		for j := range i {
			if overlap(chip, b.chip(j+1)) {
				t.Errorf("%s and %s overlap", m.Name, b.family.Members[j+1].Name)
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
			if block.family != e.Target.Family && overlap(line, block.rect) {
				t.Errorf("%s crosses %s", e.tip(), block.family.Members[0].Name)
			}
		}
	}
}

// Names that mean something to XML, to Mermaid or to a terminal are only names.
func TestOddNames(t *testing.T) {
	odd := &Member{Name: `a"<b>&c]]>` + "\x00\u202e\n", Qualified: "x", Kind: entityKind}
	plain := &Member{Name: "class", Qualified: "class", Kind: complexKind, Base: odd.Name}
	f, g := &Family{Members: []*Member{odd}}, &Family{Members: []*Member{plain}}
	odd.Family, plain.Family = f, g
	f.References = []*Reference{{Property: `"<script>;`, Multiplicity: "1", Owners: []*Member{odd}, Target: plain}}
	d := &Diagram{Title: "--- <b>\n\"x\"", Families: []*Family{f, g}}

	var mermaid bytes.Buffer
	if err := d.WriteMermaid(&mermaid); err != nil {
		t.Fatal(err)
	}
	want := `---
title: "--- <b>\n\"x\""
---
classDiagram
  direction LR
  class a__b__c_______0["a#34;#60;b#62;#38;c#93;#93;#62;#0;#8238;#10;"]
  <<entity>> a__b__c_______0
  class class_1["class"]
  <<complex>> class_1
  a__b__c_______0 <|-- class_1
  a__b__c_______0 --> "1" class_1 : #34;#60;script#62;#59;
`
	if diff := cmp.Diff(want, mermaid.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}

	var svg bytes.Buffer
	if err := d.WriteSVG(&svg); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(svg.String(), "<script") || strings.Contains(svg.String(), "<b>") {
		t.Error("the SVG has elements that were names")
	}
	for decoder := xml.NewDecoder(&svg); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the SVG is not XML: %v", err)
		}
	}
}

func TestWhyUnknown(t *testing.T) {
	subject := read(t, "cmd/gen/testdata/boards/slice.yaml")
	tests := map[string]string{
		"bord":                 "the nearest names are board, card",
		"microsoft.graph.orde": "the nearest names are microsoft.graph.order",
		"something.else":       "gen list shows what is in it",
		"":                     "gen list shows what is in it",
	}
	for name, hint := range tests {
		_, err := subject.Why(name)
		want := diag.List{{Severity: diag.Error, Code: "unknown-type", Message: fmt.Sprintf("there is no type %q in the package", name), Hint: hint}}
		if diff := cmp.Diff(error(want), err); diff != "" {
			t.Errorf("Why(%q): -want +got:\n%s", name, diff)
		}
	}
}

// A type is found by each of its names, and a recursive one does not go round for ever.
func TestWhy(t *testing.T) {
	subject := read(t, "cmd/gen/testdata/boards/slice.yaml")
	person := Reason{
		Type: "microsoft.graph.person",
		Chain: []Step{
			{From: "GET /boards", How: "answers", To: "microsoft.graph.board", Collection: true},
			{From: "microsoft.graph.board", How: "property", Name: "owner", To: "microsoft.graph.person"},
		},
		Chains: 5, Operations: 6,
	}
	order := Reason{
		Type:   "microsoft.graph.order",
		Chain:  []Step{{From: "GET /boards", How: "takes", Name: "order", To: "microsoft.graph.order"}},
		Chains: 1, Operations: 5,
	}
	unused := Reason{Type: "microsoft.graph.unused", Chain: []Step{}}
	for name, want := range map[string]Reason{
		"microsoft.graph.person": person, "person": person, "Person": person, "order": order, "unused": unused,
	} {
		got, err := subject.Why(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Why(%q): -want +got:\n%s", name, diff)
		}
	}
}
