package golden

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator"
)

// bindsTable lists every navigation property of the committed slices and how it is bound.
const bindsTable = "testdata/binds.txt"

// Every navigation property that has somewhere to point to, and whose target does not live below its own entity, has a helper; the
// table says which, and why others have none.
func TestBinds(t *testing.T) {
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "slices\tnavigation property\ttarget\tentity set\thelper")
	for name, specs := range committedSlices(t) {
		listBinds(t, w, name, specs)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	got := sortedLines(table.String())
	if *update {
		writeFile(t, bindsTable, got)
		return
	}
	want, err := os.ReadFile(bindsTable)
	if err != nil {
		t.Fatalf("%v; %s", err, updateHint)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got:\n%s%s", bindsTable, diff, updateHint)
	}
}

// committedSlices are those of specs/ and those of the cases that were cut, by the name that the table has for them.
func committedSlices(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, version := range []string{"v1.0", "beta"} {
		specs, err := filepath.Glob(filepath.Join("..", "specs", version, "*.yaml"))
		if err != nil || len(specs) == 0 {
			t.Fatalf("specs/%s has no slices (%v)", version, err)
		}
		all["specs/"+version] = specs
	}
	for _, c := range cases(t) {
		if !c.Slice.IsZero() {
			all[c.name] = []string{filepath.Join(c.dir, "input", "slice.yaml")}
		}
	}
	return all
}

// listBinds writes the rows of one package, and makes sure that the helpers that should be there are.
func listBinds(t *testing.T, w *tabwriter.Writer, name string, specs []string) {
	cfg := generator.Config{Specs: specs, Package: "graph", Version: "golden"}
	subject, diags, err := generator.Of(cfg, "").Inspect(context.Background())
	if err != nil || diags.HasErrors() {
		t.Fatalf("%s: %v\n%v", name, err, diags)
	}
	result, err := generator.Generate(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	code := strings.Builder{}
	for _, f := range result.Files {
		code.Write(f.Data)
	}
	for _, b := range subject.List().Binds {
		if b.EntitySet != "" && (b.Helper == "" || !strings.Contains(code.String(), "func "+b.Helper+"(")) {
			t.Errorf("%s: %s/%s points into %s and has no helper %q", name, b.Type, b.Property, b.EntitySet, b.Helper)
		}
		target := b.Target
		if b.Collection {
			target = "Collection(" + target + ")"
		}
		helper := b.Helper
		if helper == "" {
			helper = "none: " + b.Reason
		}
		fmt.Fprintf(w, "%s\t%s/%s\t%s\t%s\t%s\n", name, b.Type, b.Property, target, b.EntitySet, helper)
	}
}

// sortedLines sorts all lines but the first.
func sortedLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	slices.Sort(lines[1:])
	return strings.Join(lines, "\n") + "\n"
}
