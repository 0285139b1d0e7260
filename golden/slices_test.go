package golden

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/slice"
)

// The input of the cases that were cut from metadata is what gen slice cuts.
func TestGoldenSlices(t *testing.T) {
	if _, err := os.Stat(metadata); err != nil {
		t.Skipf("SKIPPED: the metadata is needed beside the repository: %v", err)
	}
	cut := 0
	for _, c := range cases(t) {
		if c.Slice.IsZero() {
			continue
		}
		cut++
		t.Run(c.name, func(t *testing.T) { compareInput(t, c) })
	}
	if cut == 0 {
		t.Error("no case was cut")
	}
}

func compareInput(t *testing.T, c goldenCase) {
	cfg, diags := slice.ReadConfig(filepath.Join(c.dir, "case.yaml"), &c.Slice)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	result, err := slice.Cut(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range result.Diagnostics {
		if d.Severity != diag.Note { // these say what else could be described
			t.Fatal(result.Diagnostics)
		}
	}
	for _, d := range result.Documents {
		got := string(d.Render())
		if *update {
			writeFile(t, d.Out, got)
			continue
		}
		want, err := os.ReadFile(d.Out)
		if err != nil {
			t.Fatalf("%v; %s", err, updateHint)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s: -want +got:\n%s%s", d.Out, diff, updateHint)
		}
	}
}

// Each of these cases sends the body that the reference documents: testdata/bodies says which.
func TestDocumentedBodies(t *testing.T) {
	module := newModule(t)
	for _, c := range cases(t) {
		if c.Slice.IsZero() {
			continue
		}
		folder := strings.ReplaceAll(strings.TrimPrefix(c.name, "slice-"), "-", "_")
		for _, f := range c.generate(t, filepath.Join(c.dir, "input")).Files {
			writeFile(t, filepath.Join(module, folder, f.Name), string(f.Data))
		}
	}
	program, err := os.ReadFile(filepath.Join("testdata", "bodies", "bodies_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(module, "bodies", "bodies_test.go"), string(program))
	runGo(t, module, "test", "./bodies")
}
