package generator_test

import (
	"testing"

	"github.com/graphslice/graphslice/generator"
)

// A package may be called as something in the runtime of its fake.
func TestFakesOfPackagesWithNamesOfTheirOwn(t *testing.T) {
	for _, name := range []string{"list", "page", "node", "init", "r", "s", "graph", "other"} {
		t.Run(name, func(t *testing.T) {
			cfg := goldenConfig(t, "pageable")
			cfg.Package, cfg.ImportPath, cfg.Fake = name, "example.com/"+name, name+"test"
			if result, err := generator.Generate(t.Context(), cfg); err != nil || len(result.Fake) == 0 {
				t.Errorf("%v, %d files", err, len(result.Fake))
			}
		})
	}
}
