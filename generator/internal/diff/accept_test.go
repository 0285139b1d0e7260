package diff_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diff"
)

func TestParseAccept(t *testing.T) {
	const good = "- {id: property-removed, element: 'ex.a/*', reason: unused}\n"
	tests := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"a comment", "# nothing yet\n", ""},
		{"no list", "id: property-removed\n", "a.yaml:1:1: error: this is no list of what is accepted (accept)"},
		{"no entry", "- x\n", "a.yaml:1:3: error: this is no entry (accept)"},
		{"no YAML", "- {\n", "a.yaml:1:4: error: this is not YAML: "},
		{"two documents", good + "---\n" + good, "a.yaml:2:1: error: a second document begins here (several-documents)"},
		{"an unknown rule", "- {id: property-remove, element: a, reason: b}\n", "a.yaml:1:8: error: there is no rule \"property-remove\" (accept)\n\thint: the nearest is property-removed; docs/diff.md lists all"},
		{"an unknown field", "- {id: property-removed, elements: a, reason: b}\n", "a.yaml:1:26: error: \"elements\" is no field of an entry (accept)"},
		{"a field twice", "- {id: property-removed, reason: a, element: a, reason: b}\n", "a.yaml:1:49: error: \"reason\" stands twice in this mapping (duplicate-key)"},
		{"no reason", "- {id: property-removed, element: a}\n", "a.yaml:1:3: error: the entry has no reason (accept)"},
		{"an empty reason", "- {id: property-removed, element: a, reason: ' '}\n", "a.yaml:1:46: error: \"reason\" must be text (accept)"},
		{"no day", "- {id: property-removed, element: a, reason: b, until: soon}\n", "a.yaml:1:56: error: \"soon\" is no day (accept)\n\thint: write it as 2027-03-01"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, faults := diff.ParseAccept("a.yaml", []byte(test.text))
			if got := faults.Error(); test.want == "" && len(faults) > 0 || !strings.HasPrefix(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAccept(t *testing.T) {
	entries, faults := diff.ParseAccept("a.yaml", []byte(`
- {id: property-removed, element: 'ex.a/*', reason: unused, until: 2027-03-01}
- {id: property-removed, element: ex.b/c, reason: over, until: 2027-02-27}
- {id: type-removed, element: ex.c, reason: gone long ago}
`))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	findings := []diff.Finding{
		{Rule: "property-removed", ID: "ex.a/b", What: "removed", Verdict: diff.Breaking, Breaks: []string{"go", "wire"}},
		{Rule: "property-removed", ID: "ex.b/c", What: "removed", Verdict: diff.Breaking, Breaks: []string{"wire"}},
		{Rule: "property-added", ID: "ex.a/b", What: "added", Verdict: diff.Compatible},
	}
	today := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	diff.Accept(findings, entries, today)
	var got []string
	for _, f := range findings {
		text := f.Rule + " " + f.ID
		if f.Accepted != nil {
			text += ": " + f.Accepted.Reason
		}
		for _, on := range []string{"go", "wire", "breaking", "any", "property-removed", "property-added"} {
			if f.Fails(on) {
				text += " " + on
			}
		}
		got = append(got, text)
	}
	want := []string{"property-removed ex.a/b: unused", "property-removed ex.b/c wire breaking any property-removed", "property-added ex.a/b any property-added"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	stale := "a.yaml:3:3: warning: property-removed of ex.b/c was accepted until 2027-02-27, and counts again (accept)\n\thint: change the code, or give a later day\n" +
		"a.yaml:4:3: warning: no finding is type-removed of ex.c (accept)\n\thint: take the entry out"
	if diff := cmp.Diff(stale, diff.Stale(entries, today).Error()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	report := &diff.Report{Findings: findings}
	if text := report.Text(false); !strings.Contains(text, "1 breaking (0 in Go, 1 on the wire alone), 1 compatible, 0 documentation only, 1 accepted\n") ||
		!strings.Contains(text, "\naccepted\n  property-removed ex.a/b\n      accepted until 2027-03-01: unused\n") {
		t.Error(text)
	}
	if text := report.Markdown(); !strings.Contains(text, "<details><summary>Accepted (1)</summary>\n\n- `property-removed`: `ex.a/b`") || !strings.Contains(text, "Accepted until 2027\\-03\\-01&#58; unused") {
		t.Error(text)
	}
}
