package golden

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/graphslice/graphslice/generator"
)

// published is where the slices that Microsoft has published lie, beside the repository. They are not part of it.
const published = "../../shared/graph-openapi"

// staticcheck is the version that .ci/run uses.
const staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"

// Published slices, each whole and cut down, become packages that go vet and staticcheck have nothing to say about.
func TestPublishedSlices(t *testing.T) {
	if _, err := os.Stat(published); err != nil {
		t.Skipf("published slices are needed: %v", err)
	}
	if testing.Short() {
		t.Skip("takes minutes")
	}
	module := newModule(t)
	for _, slice := range []string{"2022-05/v1.0", "2022-05/beta", "2023-07/v1.0", "2023-07/beta"} {
		for _, include := range [][]string{nil, {"/chats/**"}} {
			name := fmt.Sprintf("%s %s", slice, include)
			result, err := generator.Generate(context.Background(), generator.Config{
				Specs: []string{filepath.Join(published, slice, "Teams.yml")}, Package: "graph", Include: include, Version: "golden",
			})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if result.Diagnostics.HasErrors() {
				t.Errorf("%s:\n%v", name, result.Diagnostics)
			}
			for _, f := range result.Files {
				writeFile(t, filepath.Join(module, slice, fmt.Sprintf("include%d", len(include)), "graph", f.Name), string(f.Data))
			}
		}
	}
	runGo(t, module, "vet", "./...")
	runGo(t, module, "run", staticcheck, "./...")
}
