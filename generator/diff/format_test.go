package diff_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/diff"
)

// report has a finding of every sort, with texts that mean something to a terminal or in Markdown.
func report() *diff.Report {
	return &diff.Report{
		Subject: "internal/graph", Old: "the last generation", New: "the specs", Notes: []string{"a <b>note</b>"},
		Findings: []diff.Finding{
			{Verdict: diff.Breaking, Kind: "property", Change: "removed", ID: "microsoft.graph.shelf/a`b", Name: "Shelf.AB", What: "removed",
				Do: "Replace graph.Shelf.AB, @team.", Renamed: "microsoft.graph.shelf/ab",
				Go: []diff.GoChange{{Subject: "Shelf.AB", Message: "removed"}, {Subject: "A", Message: "x"}, {Subject: "B", Message: "x"}, {Subject: "C", Message: "x"}}},
			{Verdict: diff.Breaking, Kind: "go", Change: "changed", ID: "NewClient", Name: "NewClient", What: "changed from A to B",
				Do: "Change it.", Go: []diff.GoChange{{Subject: "NewClient", Message: "changed from A to B"}}},
			{Verdict: diff.Compatible, Kind: "type", Change: "added", ID: "microsoft.graph.x", Name: "X", What: "added"},
			{Verdict: diff.Compatible, Kind: "type", Change: "deprecated", ID: "microsoft.graph.y", Name: "Y", What: "deprecated: \x1b[31mUse\nx.</details>"},
			{Verdict: diff.Documentation, Kind: "property", Change: "documented", ID: "microsoft.graph.x/y", Name: "X.Y", What: "documentation changed"},
			{Verdict: diff.Documentation, Kind: "property", Change: "documented", ID: "microsoft.graph.x/z", Name: "X.Z", What: "documentation changed"},
		},
	}
}

func TestText(t *testing.T) {
	want := `internal/graph: 2 breaking, 2 compatible, 2 documentation only, from the last generation to the specs
note: a <b>note</b>

breaking
  - property microsoft.graph.shelf/a` + "`" + `b (Shelf.AB): removed
      renamed to microsoft.graph.shelf/ab?
      Replace graph.Shelf.AB, @team.
      Go: Shelf.AB removed; A x; B x; 1 more
  - go NewClient: changed from A to B
      Change it.

compatible
  added      1 type: microsoft.graph.x
  deprecated 1 type: microsoft.graph.y: deprecated: ` + "\uFFFD" + `[31mUse x.</details>

documentation only
  documented 2 properties: microsoft.graph.x/y; microsoft.graph.x/z
`
	if diff := cmp.Diff(want, report().Text(false)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	all := report().Text(true)
	for _, line := range []string{
		"      Go: Shelf.AB removed; A x; B x; C x\n",
		"  documented property microsoft.graph.x/y (X.Y): documentation changed\n",
	} {
		if !strings.Contains(all, line) {
			t.Errorf("with all there is no line %q in\n%s", line, all)
		}
	}
}

// Whatever the number of findings, the text is a screen.
func TestTextIsAScreen(t *testing.T) {
	r := report()
	for range 500 {
		r.Findings = append([]diff.Finding{r.Findings[0]}, append(r.Findings, r.Findings[len(r.Findings)-4:]...)...)
	}
	if lines := strings.Count(r.Text(false), "\n"); lines > 50 {
		t.Errorf("%d lines", lines)
	}
}

func TestMarkdown(t *testing.T) {
	want := "## internal/graph\n\n2 breaking, 2 compatible, 2 documentation only, from the last generation to the specs.\n\n" +
		"> a &lt;b\\>note&lt;/b\\>\n\n### Breaking\n\n" +
		"- property ``microsoft.graph.shelf/a`b`` (`Shelf.AB`): removed\n  - Renamed to `microsoft.graph.shelf/ab`?\n" +
		"  - Replace graph\\.Shelf\\.AB, &#64;team\\.\n  - Go: `Shelf.AB` removed\n  - Go: `A` x\n  - Go: `B` x\n  - Go: `C` x\n" +
		"- go `NewClient`: changed from A to B\n  - Change it\\.\n" +
		"\n<details><summary>Compatible (2)</summary>\n\n- type `microsoft.graph.x` (`X`): added\n" +
		"- type `microsoft.graph.y` (`Y`): deprecated&#58; \uFFFD\\[31mUse x\\.&lt;/details\\>\n\n</details>\n" +
		"\n<details><summary>Documentation only (2)</summary>\n\n- property `microsoft.graph.x/y` (`X.Y`): documentation changed\n" +
		"- property `microsoft.graph.x/z` (`X.Z`): documentation changed\n\n</details>\n"
	if diff := cmp.Diff(want, report().Markdown()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWriteJSON(t *testing.T) {
	var b bytes.Buffer
	r := &diff.Report{Old: "a", New: "b", Findings: report().Findings[2:3]}
	if err := diff.WriteJSON(&b, []*diff.Report{r, {}}); err != nil {
		t.Fatal(err)
	}
	want := `{
  "reports": [
    {
      "subject": "",
      "old": "a",
      "new": "b",
      "notes": [],
      "findings": [
        {
          "rule": "",
          "verdict": "compatible",
          "breaks": [],
          "kind": "type",
          "change": "added",
          "id": "microsoft.graph.x",
          "name": "X",
          "what": "added",
          "do": "",
          "renamed": "",
          "go": []
        }
      ],
      "summary": {
        "breaking": 0,
        "compatible": 1,
        "documentation": 0
      }
    },
    {
      "subject": "",
      "old": "",
      "new": "",
      "notes": [],
      "findings": [],
      "summary": {
        "breaking": 0,
        "compatible": 0,
        "documentation": 0
      }
    }
  ]
}
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
