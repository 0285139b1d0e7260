package diff_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diff"
)

// touching is a report of which one finding touches code by its name, one by a body, one is accepted, and one does not touch any.
func touching() *diff.Report {
	at := func(file string, line int, test bool) diff.Place {
		return diff.Place{File: file, Line: line, Column: 2, Test: test}
	}
	age := diff.Use{Place: at("main.go", 7, false), Go: "Pet.Age"}
	both := []string{"go", "wire"}
	r := &diff.Report{Subject: "graph", Old: "a", New: "b", Findings: []diff.Finding{
		{Rule: "property-removed", Verdict: diff.Breaking, Breaks: both, Kind: "property", Change: "removed", ID: "ex.owner/age", Name: "Owner.Age", What: "removed", Do: "Replace it."},
		{Rule: "property-removed", Verdict: diff.Breaking, Breaks: both, Kind: "property", Change: "removed", ID: "ex.pet/age", Name: "Pet.Age", What: "removed", Do: "Replace it.",
			Uses: []diff.Use{age, {Place: at("main.go", 8, false), Go: "Pet.Age"}, {Place: at("main.go", 9, false), Go: "Pet.Age"}, {Place: at("main_test.go", 9, true), Go: "Pet.Age"}}},
		{Rule: "property-removed", Verdict: diff.Breaking, Breaks: both, Kind: "property", Change: "removed", ID: "ex.pet/old", What: "removed", Accepted: &diff.Accepted{Reason: "known"}, Uses: []diff.Use{age}},
		{Rule: "property-required", Verdict: diff.Breaking, Breaks: both[1:], Kind: "property", Change: "changed", ID: "ex.tag/id", Name: "Tag.ID", What: "required now",
			Uses: []diff.Use{{Place: at("main.go", 12, false), Go: "PetsRequests.Create", By: "its body, ex.pet/tag"}}},
		{Rule: "documentation-changed", Verdict: diff.Documentation, Kind: "property", Change: "documented", ID: "ex.pet/name", What: "documentation changed", Uses: []diff.Use{age}},
	}}
	r.Looked([]diff.Unknown{{Place: at("main.go", 20, false), Go: "Client.Do", What: "GET /<b>", Why: "it is written out"}})
	return r
}

func TestTouchingText(t *testing.T) {
	want := `graph: 2 of 3 breaking changes touch this module: main.go:7 Pet.Age, main.go:12 PetsRequests.Create
3 breaking (2 in Go, 1 on the wire alone), 0 compatible, 1 documentation only, 1 accepted
from a to b

touches this module
  property-removed ex.pet/age (Pet.Age)
      main.go:7, main.go:8, main.go:9, and 1 more: Pet.Age
      Replace it.
  property-required ex.tag/id (Tag.ID): required now
      main.go:12: PetsRequests.Create, by way of its body, ex.pet/tag
      Values without the property are refused now.

breaks Go
  property-removed ex.owner/age (Owner.Age)
      Replace it.

documentation only
  documentation-changed ex.pet/name

accepted
  property-removed ex.pet/old
      accepted: known

not known: what these touch, the code does not say
  main.go:20: Client.Do GET /<b>: it is written out
`
	if diff := cmp.Diff(want, touching().Text(false)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if text := touching().Text(true); !strings.Contains(text, "main.go:9, main_test.go:9 (test): Pet.Age\n") {
		t.Errorf("with all:\n%s", text)
	}
}

// Each of many findings that touch code is shown with its places, and all is still a screen.
func TestManyTouching(t *testing.T) {
	r := many()
	for i := range r.Findings[:400] {
		r.Findings[i].Uses = touching().Findings[1].Uses
	}
	r.Looked(nil)
	text := r.Text(false)
	if lines := strings.Count(text, "\n"); lines > 50 || !strings.Contains(text, "400 of 3224 breaking changes touch this module: main.go:7 Pet.Age\n") {
		t.Errorf("%d lines:\n%s", lines, text)
	}
	if !strings.Contains(text, "GET /0/permissionGrants\n      main.go:7, main.go:8, main.go:9, and 1 more: Pet.Age\n      Replace it.\n") {
		t.Errorf("without the places:\n%s", text)
	}
	if markdown := r.Markdown(); len(markdown) > 60_000 {
		t.Errorf("%d bytes of Markdown", len(markdown))
	}
}

func TestTouchingMarkdown(t *testing.T) {
	got := touching().Markdown()
	for _, want := range []string{
		"**2 of 3 breaking changes touch this module**&#58; main\\.go&#58;7 Pet\\.Age, main\\.go&#58;12 PetsRequests\\.Create\n\n3 breaking",
		"\n### Touches this module\n\n- `property-removed`: `ex.pet/age` (`Pet.Age`): removed\n  - main\\.go&#58;7, ",
		"  - main\\.go&#58;12&#58; PetsRequests\\.Create, by way of its body, ex\\.pet/tag\n  - Values without the property are refused now\\.\n",
		"\n### Breaks Go\n\n- `property-removed`: `ex.owner/age` (`Owner.Age`): removed\n  - Replace it\\.\n",
		"- main\\.go&#58;20&#58; Client\\.Do GET /&lt;b\\>&#58; it is written out\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q in\n%s", want, got)
		}
	}
}

func TestTouchingCounts(t *testing.T) {
	r := touching()
	want := &diff.Count{Breaking: 2, Go: 1, Wire: 2, Documentation: 1, Accepted: 1}
	if diff := cmp.Diff(want, r.Touches()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	var fails []string
	for _, f := range r.Findings {
		if f.Fails(diff.OnUses) {
			fails = append(fails, f.ID)
		}
	}
	if diff := cmp.Diff([]string{"ex.pet/age", "ex.tag/id"}, fails); diff != "" {
		t.Errorf("what --fail-on uses finds (-want +got):\n%s", diff)
	}
	var b bytes.Buffer
	if err := diff.WriteJSON(&b, []*diff.Report{r}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\"uses\": [\n            {\n              \"file\": \"main.go\",\n              \"line\": 12,\n              \"column\": 2,\n              \"test\": false,\n" +
			"              \"go\": \"PetsRequests.Create\",\n              \"by\": \"its body, ex.pet/tag\"\n",
		"\"touches\": {\n        \"breaking\": 2,",
		"\"what\": \"GET /<b>\"",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %q in\n%s", want, b.String())
		}
	}
}

// Without code that was looked at, nothing is said of it; where nothing touches it, that is said.
func TestNotTouching(t *testing.T) {
	r := touching()
	r.Findings = r.Findings[:1]
	if got, want := strings.SplitN(r.Text(false), "\n", 2)[0], "graph: the breaking change does not touch this module"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	r.Findings = append(r.Findings, r.Findings...)
	if got, want := strings.SplitN(r.Text(false), "\n", 2)[0], "graph: none of 2 breaking changes touches this module"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	unlooked := &diff.Report{Subject: "graph", Findings: r.Findings}
	if text := unlooked.Text(false); unlooked.Touches() != nil || strings.Contains(text, "touch") {
		t.Errorf("nothing was looked at:\n%s", text)
	}
}
