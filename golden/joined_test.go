package golden

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator"
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
		generateCut(t, filepath.Join(module, document, "graph"), generator.SliceConfig{
			OpenAPI: filepath.Join(published, document, "Teams.yml"), Metadata: []string{filepath.Join(metadata, csdl)}, Docs: "{page}",
			Files: []generator.SliceFile{{Title: "Teams", Include: []string{"/**"}}},
		})
	}
	runGo(t, module, "vet", "./...")
}

// Other parts of Graph need nothing but the metadata: these are the README's.
func TestOtherParts(t *testing.T) {
	if _, err := os.Stat(metadata); err != nil {
		t.Skipf("SKIPPED: the metadata is needed beside the repository: %v", err)
	}
	module := newModule(t)
	for _, csdl := range []string{"v1.0-2026-08.csdl", "beta-ussec-2026-08.csdl"} {
		for name, include := range map[string]string{"planner": "/planner/**", "messages": "/me/messages/**", "groups": "/groups/**"} {
			generateCut(t, filepath.Join(module, strings.TrimSuffix(csdl, ".csdl"), name), generator.SliceConfig{
				Metadata: []string{filepath.Join(metadata, csdl)}, ServiceRoot: "https://graph.microsoft.com/v1.0", Docs: "{page}",
				Files: []generator.SliceFile{{Title: name, Include: []string{include}}},
			})
		}
	}
	runGo(t, module, "vet", "./...")
}

// generateCut cuts a slice and writes the package that it makes.
func generateCut(t *testing.T, folder string, cfg generator.SliceConfig) {
	t.Helper()
	cut, err := generator.OfCut(cfg).Cut(context.Background(), generator.CutOptions{DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	if cut.Faults.HasErrors() {
		t.Fatal(cut.Faults)
	}
	spec := filepath.Join(t.TempDir(), "slice.yaml")
	writeFile(t, spec, string(cut.Files[0].Data))
	result, err := generator.Generate(context.Background(), generator.Config{Specs: []string{spec}, Package: "graph", Version: "golden"})
	if err != nil {
		t.Fatalf("%s: %v", folder, err)
	}
	if result.Diagnostics.HasErrors() {
		t.Errorf("%s:\n%v", folder, result.Diagnostics)
	}
	for _, f := range result.Files {
		writeFile(t, filepath.Join(folder, f.Name), string(f.Data))
	}
}
