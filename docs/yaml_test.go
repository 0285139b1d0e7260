package docs

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// The workflows are YAML, and run only gen's commands and flags that there are.
func (h *help) testWorkflows(t *testing.T) {
	names, err := filepath.Glob("../.github/workflows/*.yml")
	if err != nil || len(names) < 2 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var workflow struct {
			Jobs map[string]struct{ Steps []struct{ Run string } }
		}
		if err := yaml.NewDecoder(bytes.NewReader(data)).Decode(&workflow); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, job := range workflow.Jobs {
			for _, step := range job.Steps {
				h.checkScript(t, name, strings.ReplaceAll(step.Run, "$GEN", "gen"))
			}
		}
	}
}

// The YAML of the pages is what gen takes: each block begins with the name of the file that it is in, and has no key that gen does not
// know. What a page leaves out stands as …, and the files that a page names need not be there.
func (h *help) testYAML(t *testing.T) {
	checked := 0
	for _, page := range pages(t) {
		for _, b := range blocks(t, page) {
			if b.lang != "yaml" {
				continue
			}
			var node yaml.Node
			if err := yaml.Unmarshal([]byte(b.text), &node); err != nil {
				t.Errorf("%s:%d: %v", page, b.line, err)
			}
			first, _, _ := strings.Cut(b.text, "\n")
			if kind := yamlKinds[strings.TrimPrefix(first, "# ")]; kind != nil {
				checked++
				kind(t, h, b)
			} else if !strings.HasPrefix(b.text, "x-graphslice-") {
				t.Errorf("%s:%d: the block does not say in which file it stands", page, b.line)
			}
		}
	}
	if checked < 6 {
		t.Errorf("%d blocks of YAML: the search has lost its subject", checked)
	}
}

// yamlKinds are how blocks are checked, by their first line.
var yamlKinds = map[string]func(t *testing.T, h *help, b block){
	"graphslice.yaml":                  func(t *testing.T, h *help, b block) { h.checkConfiguration(t, b, b.text) },
	"graphslice.yaml, below a package": checkBelowAPackage,
	"specs/overrides.yaml":             checkOverrides,
	"specs/notes.yaml":                 checkNotes,
	"graphslice-accept.yaml":           checkAccepted,
}

// unknown are the codes of keys that gen does not know, and of values that are not of the form it takes.
var unknown = []string{"(unknown-key)", "(wrong-shape)", "(not-yaml)", "(bad-notes)", "(bad-config)", "(missing-key)"}

func (h *help) checkConfiguration(t *testing.T, b block, text string) {
	t.Helper()
	dir := program(t)
	write(t, filepath.Join(dir, defaultConfiguration), text)
	h.refuseUnknown(t, b, h.run(t, dir, "check"))
	if strings.Contains(text, "slice:") {
		h.refuseUnknown(t, b, h.run(t, dir, "slice", "--check", "--offline"))
	}
}

func (h *help) refuseUnknown(t *testing.T, b block, got answer) {
	t.Helper()
	for _, code := range unknown {
		if strings.Contains(got.stderr, code) {
			t.Errorf("%s:%d: gen does not take the block:\n%s", b.page, b.line, got.stderr)
			return
		}
	}
}

func checkBelowAPackage(t *testing.T, h *help, b block) {
	t.Helper()
	text := "packages:\n  - specs: [specs/slice.yaml]\n    out: internal/graph\n"
	indent := "    "
	if strings.Contains(b.text, "\n    slice:") {
		indent = ""
	}
	for line := range strings.Lines(b.text) {
		text += indent + line
	}
	for _, key := range []string{"metadata: v1.0.xml", "files: [{out: specs/slice.yaml, include: [/me]}]"} {
		if name, _, _ := strings.Cut(key, " "); !strings.Contains(b.text, name) {
			text += "      " + key + "\n"
		}
	}
	h.checkConfiguration(t, b, text)
}

func checkOverrides(t *testing.T, h *help, b block) {
	t.Helper()
	dir := program(t)
	write(t, filepath.Join(dir, "specs", "overrides.yaml"), b.text)
	h.refuseUnknown(t, b, h.run(t, dir, "--spec", "specs/slice.yaml", "--out", "internal/graph", "--overrides", "specs/overrides.yaml"))
}

// checkAccepted gives a file of what is accepted to a comparison of a slice with itself.
func checkAccepted(t *testing.T, h *help, b block) {
	t.Helper()
	dir := program(t)
	write(t, filepath.Join(dir, "accept.yaml"), b.text)
	got := h.run(t, dir, "diff", "specs/slice.yaml", "specs/slice.yaml", "--accept", "accept.yaml")
	h.refuseUnknown(t, b, got)
	if got.code != 0 {
		t.Errorf("%s:%d: gen diff: exit code %d\n%s", b.page, b.line, got.code, got.stderr)
	}
}

// checkNotes gives notes to a cut of the smallest metadata: those for what is not there are warnings.
func checkNotes(t *testing.T, h *help, b block) {
	t.Helper()
	dir := program(t)
	write(t, filepath.Join(dir, "specs", "notes.yaml"), b.text)
	write(t, filepath.Join(dir, "v1.0.xml"), smallest)
	got := h.run(t, dir, "slice", "--metadata", "v1.0.xml", "--service-root", "https://graph.microsoft.com/v1.0", "--include", "/things",
		"--notes", "specs/notes.yaml", "--out", "specs/slice.yaml")
	h.refuseUnknown(t, b, got)
	if got.code != 0 {
		t.Errorf("%s:%d: gen slice: exit code %d\n%s", b.page, b.line, got.code, got.stderr)
	}
}

// smallest is metadata with one entity set.
const smallest = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="microsoft.graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityContainer Name="GraphService"><EntitySet Name="things" EntityType="microsoft.graph.thing"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>
`
