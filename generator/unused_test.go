package generator_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator"
)

// An override that names a package of calls is told where there is no such package, with its place, and nothing else of it is lost.
func TestUnusedPackageOverride(t *testing.T) {
	spec, err := os.ReadFile("../golden/testdata/split/v1.0.yaml")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	const overrides = "paths:\n  /books: {rename: Volumes, package: volumes}\n  /nearest:\n    package: near\n"
	for name, text := range map[string]string{"a.yaml": string(spec), "o.yaml": overrides} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for split, want := range map[bool][]string{
		false: {
			"o.yaml:2:38: warning: the calls below /books have no package that could be called volumes: all calls stand in one (unused-override)\n" +
				"\thint: leave package: out; or write split: path in the configuration, for a package of each first segment",
			"o.yaml:4:14: warning: the calls below /nearest have no package that could be called near: all calls stand in one (unused-override)\n" +
				"\thint: leave package: out; or write split: path in the configuration, for a package of each first segment",
		},
		true: {"o.yaml:4:14: warning: no package of calls is that of /nearest, so that none is called near (unused-override)\n" +
			"\thint: name a first segment as the paths have it: /24hours, /books, /people, /reading-rooms, /type, /nearest(year={year})"},
	} {
		cfg := generator.Config{Specs: []string{"a.yaml"}, Package: "library", Overrides: []string{"o.yaml"}, Split: split}
		if split {
			cfg.Runtime = "example.com/core"
		}
		contents, found, err := generator.Read(t.Context(), cfg)
		if err != nil || contents == nil {
			t.Fatal(err, found)
		}
		var got []string
		for _, d := range found {
			got = append(got, d.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("split %t: -want +got:\n%s", split, diff)
		}
	}
}
