package diff_test

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diff"
)

// report has a finding of every sort, with texts that mean something to a terminal or in Markdown.
func report() *diff.Report {
	return &diff.Report{
		Subject: "internal/graph", Old: "the last generation", New: "the specs", Notes: []string{"a <b>note</b>"},
		Findings: []diff.Finding{
			{Rule: "property-removed", Verdict: diff.Breaking, Breaks: []string{"go", "wire"}, Kind: "property", Change: "removed", ID: "microsoft.graph.shelf/a`b", Name: "Shelf.AB", What: "removed",
				Do: "Replace graph.Shelf.AB, @team.", Renamed: "microsoft.graph.shelf/ab",
				Go: []diff.GoChange{{Subject: "Shelf.AB", Message: "removed"}, {Subject: "A", Message: "x"}, {Subject: "B", Message: "x"}, {Subject: "C", Message: "x"}}},
			{Rule: "go-changed", Verdict: diff.Breaking, Breaks: []string{"go"}, Kind: "go", Change: "changed", ID: "NewClient", Name: "NewClient", What: "changed from A to B",
				Do: "Change it.", Go: []diff.GoChange{{Subject: "NewClient", Message: "changed from A to B"}}},
			{Rule: "type-added", Verdict: diff.Compatible, Kind: "type", Change: "added", ID: "microsoft.graph.x", Name: "X", What: "added"},
			{Rule: "deprecated", Verdict: diff.Compatible, Kind: "type", Change: "deprecated", ID: "microsoft.graph.y", Name: "Y", What: "deprecated: \x1b[31mUse\nx.</details>"},
			{Rule: "documentation-changed", Verdict: diff.Documentation, Kind: "property", Change: "documented", ID: "microsoft.graph.x/y", Name: "X.Y", What: "documentation changed"},
			{Rule: "documentation-changed", Verdict: diff.Documentation, Kind: "property", Change: "documented", ID: "microsoft.graph.x/z", Name: "X.Z", What: "documentation changed"},
		},
	}
}

func TestText(t *testing.T) {
	want := `internal/graph: 2 breaking (2 in Go, 0 on the wire alone), 2 compatible, 2 documentation only
from the last generation to the specs
note: a <b>note</b>

breaks Go
  property-removed microsoft.graph.shelf/a` + "`" + `b (Shelf.AB): renamed to microsoft.graph.shelf/ab?
      Replace graph.Shelf.AB, @team.
      Go: Shelf.AB removed; A x; B x; 1 more
  go-changed NewClient: changed from A to B
      Change it.

compatible
  type-added microsoft.graph.x (X)
  deprecated microsoft.graph.y (Y): deprecated: ` + "\uFFFD" + `[31mUse x.</details>

documentation only
  documentation-changed 2 properties
      microsoft.graph.x/y, microsoft.graph.x/z
`
	if diff := cmp.Diff(want, report().Text(false)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	all := report().Text(true)
	for _, line := range []string{
		"      Go: Shelf.AB removed; A x; B x; C x\n",
		"  documentation-changed microsoft.graph.x/y (X.Y)\n",
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
	want := "## internal/graph\n\n2 breaking (2 in Go, 0 on the wire alone), 2 compatible, 2 documentation only, from the last generation to the specs.\n\n" +
		"> a &lt;b\\>note&lt;/b\\>\n\n### Breaks Go\n\n" +
		"- `property-removed`: ``microsoft.graph.shelf/a`b`` (`Shelf.AB`): removed\n  - Renamed to `microsoft.graph.shelf/ab`?\n" +
		"  - Replace graph\\.Shelf\\.AB, &#64;team\\.\n  - Go: `Shelf.AB` removed\n  - Go: `A` x\n  - Go: `B` x\n  - Go: `C` x\n" +
		"- `go-changed`: `NewClient`: changed from A to B\n  - Change it\\.\n" +
		"\n<details><summary>Compatible (2)</summary>\n\n- `type-added`: `microsoft.graph.x` (`X`): added\n" +
		"- `deprecated`: `microsoft.graph.y` (`Y`): deprecated&#58; \uFFFD\\[31mUse x\\.&lt;/details\\>\n\n</details>\n" +
		"\n<details><summary>Documentation only (2)</summary>\n\n- `documentation-changed`: 2 properties\n  - `microsoft.graph.x/y`\n" +
		"  - `microsoft.graph.x/z`\n\n</details>\n"
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
          "rule": "type-added",
          "verdict": "compatible",
          "breaks": [],
          "kind": "type",
          "change": "added",
          "id": "microsoft.graph.x",
          "name": "X",
          "what": "added",
          "do": "",
          "renamed": "",
          "family": "",
          "accepted": null,
          "go": []
        }
      ],
      "summary": {
        "breaking": 0,
        "go": 0,
        "wire": 0,
        "compatible": 1,
        "documentation": 0,
        "accepted": 0
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
        "go": 0,
        "wire": 0,
        "compatible": 0,
        "documentation": 0,
        "accepted": 0
      }
    }
  ]
}
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// many are findings of many families and rules, more than anybody reads.
func many() *diff.Report {
	r := &diff.Report{Old: "a", New: "b"}
	add := func(n int, f diff.Finding) {
		for i := range n {
			f := f
			f.ID = strings.ReplaceAll(f.ID, "N", strings.Repeat("n", i%90)+strconv.Itoa(i))
			r.Findings = append(r.Findings, f)
		}
	}
	both := []string{"go", "wire"}
	add(24, diff.Finding{Rule: "operation-removed", Verdict: diff.Breaking, Breaks: both, Kind: "operation", Change: "removed", ID: "GET /N/permissionGrants", What: "removed", Do: "Replace it.", Family: "permissionGrants"})
	for family := range 40 {
		add(30, diff.Finding{Rule: "property-removed", Verdict: diff.Breaking, Breaks: both, Kind: "property", Change: "removed", ID: "ex.t" + strconv.Itoa(family) + "/N", What: "removed", Do: "Replace it.",
			Family: "ex.t" + strconv.Itoa(family)})
	}
	add(2000, diff.Finding{Rule: "property-read-only", Verdict: diff.Breaking, Breaks: both[1:], Kind: "property", Change: "changed", ID: "ex.t/N", What: "read-only now", Do: "Do not send it.", Family: "read-only now"})
	add(900, diff.Finding{Rule: "type-added", Verdict: diff.Compatible, Kind: "type", Change: "added", ID: "ex.N", What: "added"})
	return r
}

// A text is a screen, a family a line, and a comment has at most 60 KB; what is not shown is counted.
func TestMany(t *testing.T) {
	text := many().Text(false)
	if lines := strings.Count(text, "\n"); lines > 50 {
		t.Errorf("%d lines:\n%s", lines, text)
	}
	for line := range strings.Lines(text) {
		if len([]rune(line)) > 101 {
			t.Errorf("a long line: %s", line)
		}
	}
	for _, want := range []string{
		"3224 breaking (1224 in Go, 2000 on the wire alone), 900 compatible",
		"\n  operation-removed 24 operations below permissionGrants\n", "\n  property-removed 30 properties of ex.t0\n", "\n  property-read-only 2000 properties: read-only now\n",
		"\n  type-added 900 types\n", "  and 990 more, which --all lists: 990 property-removed\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q in\n%s", want, text)
		}
	}
	markdown := many().Markdown()
	if len(markdown) > 60_000 || !strings.Contains(markdown, "- `operation-removed`: 24 operations below permissionGrants\n") || !strings.Contains(markdown, "  - … and 19 more\n") {
		t.Errorf("%d bytes:\n%.2000s", len(markdown), markdown)
	}
	one := &diff.Report{}
	for i := range 3000 {
		one.Findings = append(one.Findings, diff.Finding{Rule: "property-removed", Verdict: diff.Breaking, Breaks: []string{"go"}, Kind: "property", ID: "ex.a/b" + strconv.Itoa(i),
			What: strings.Repeat("x", 50), Do: "Do.", Family: strconv.Itoa(i)})
	}
	markdown = one.Markdown()
	if len(markdown) > 60_000 || len(markdown) < 50_000 || !regexp.MustCompile("- … and [0-9]{4} more, which `gen diff --all` lists\n$").MatchString(markdown) {
		t.Errorf("%d bytes, which end with %q", len(markdown), markdown[len(markdown)-100:])
	}
}

// What may be a new name stands beside the old one, and not once more among what is new.
func TestPairs(t *testing.T) {
	r := &diff.Report{Findings: []diff.Finding{
		{Rule: "property-removed", Verdict: diff.Breaking, Breaks: []string{"go", "wire"}, Kind: "property", Change: "removed", ID: "ex.a/b", What: "removed", Do: "Do.", Renamed: "ex.a/bee"},
		{Rule: "property-added", Verdict: diff.Compatible, Kind: "property", Change: "added", ID: "ex.a/bee", What: "added"},
	}}
	if text := r.Text(false); !strings.Contains(text, "property-removed ex.a/b: renamed to ex.a/bee?\n") || strings.Contains(text, "property-added") {
		t.Error(text)
	}
}
