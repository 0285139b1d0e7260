package golden

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator"
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
	entry, err := yaml.Marshal(&c.Slice)
	if err != nil {
		t.Fatal(err)
	}
	cfg, diags := generator.ReadSliceConfig(filepath.Join(c.dir, "case.yaml"), entry)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	result, err := generator.OfCut(cfg).Cut(context.Background(), generator.CutOptions{DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range result.Faults {
		if d.Severity != generator.Note { // these say what else could be described
			t.Fatal(result.Faults)
		}
	}
	for _, f := range result.Files {
		got := string(f.Data)
		if *update {
			writeFile(t, f.Path, got)
			continue
		}
		want, err := os.ReadFile(f.Path)
		if err != nil {
			t.Fatalf("%v; %s", err, updateHint)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s: -want +got:\n%s%s", f.Path, diff, updateHint)
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
		for _, f := range c.made(t, false).Files {
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
