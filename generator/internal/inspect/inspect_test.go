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

// Every type of the committed slices is in the drawing once, and every reference.
func TestDrawing(t *testing.T) {
	for _, version := range []string{"v1.0", "beta"} {
		subject := read(t, "specs/"+version+"/chats.yaml", "specs/"+version+"/conversationMember.yaml")
		for _, enums := range []bool{false, true} {
			diagram := subject.Diagram(enums)
			cards, rows, references, want := 0, 0, 0, 0
			for _, b := range diagram.Drawing().Boxes {
				cards += 1 + len(b.Chips)
				rows += len(b.Rows)
			}
			for _, f := range diagram.Families {
				references += len(f.References)
			}
			for _, m := range subject.Package.Models {
				if m.Inline == nil {
					want++
				}
			}
			if enums {
				want += len(subject.Package.Enums)
			}
			if cards != want || rows != references {
				t.Errorf("%s, enums %t: %d types are drawn of %d, and %d references of %d", version, enums, cards, want, rows, references)
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
