package golden

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/slice"
)

// metadata is where the metadata of Graph lies, beside the repository.
const metadata = "../../shared/graph-csdl"

// Every path of the published Teams documents, joined with the metadata, becomes a package that go vet has nothing to say about.
func TestJoinedSlices(t *testing.T) {
	for _, dir := range []string{published, metadata} {
		if _, err := os.Stat(dir); err != nil {
			t.Skipf("SKIPPED: published documents and metadata are needed beside the repository: %v", err)
		}
	}
	if testing.Short() {
		t.Skip("takes a minute")
	}
	module := newModule(t)
	for document, csdl := range map[string]string{
		"2022-05/v1.0": "v1.0-2026-08.csdl", "2022-05/beta": "beta-ussec-2026-08.csdl",
		"2023-07/v1.0": "v1.0-2026-08.csdl", "2023-07/beta": "beta-ussec-2026-08.csdl",
	} {
		spec := filepath.Join(t.TempDir(), "teams.yaml")
		cutJoined(t, spec, filepath.Join(published, document, "Teams.yml"), filepath.Join(metadata, csdl))
		result, err := generator.Generate(context.Background(), generator.Config{Specs: []string{spec}, Package: "graph", Version: "golden"})
		if err != nil {
			t.Fatalf("%s: %v", document, err)
		}
		if result.Diagnostics.HasErrors() {
			t.Errorf("%s:\n%v", document, result.Diagnostics)
		}
		for _, f := range result.Files {
			writeFile(t, filepath.Join(module, document, "graph", f.Name), string(f.Data))
		}
	}
	runGo(t, module, "vet", "./...")
}

// cutJoined writes the slice of every path of a document, joined with metadata.
func cutJoined(t *testing.T, spec, document, metadata string) {
	t.Helper()
	result, err := slice.Cut(context.Background(), slice.Config{
		OpenAPI: document, Metadata: []string{metadata}, Docs: "{page}",
		Files: []slice.File{{Out: spec, Title: "Teams", Include: []string{"/**"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if result.Diagnostics.HasErrors() {
		t.Fatal(result.Diagnostics)
	}
	writeFile(t, spec, string(result.Documents[0].Render()))
}
