package slice_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/slice"
)

// A source that was read once selects, weighs and cuts as one that is read for each cut, however often and in whatever order.
func TestSource(t *testing.T) {
	school, document := filepath.Join("testdata", "school.xml"), filepath.Join("testdata", "school-api.yaml")
	for name, c := range map[string]struct {
		config slice.Config
		cuts   [][]string
	}{
		"metadata": {slice.Config{Metadata: []string{school}, ServiceRoot: "https://school.example/v1"},
			[][]string{{"/courses/{id}/members/**"}, {"/me/**#GET"}, {"/**"}, {"/Courses#GET"}, {"/courses/{id}/members/**"}}},
		"document": {slice.Config{OpenAPI: document}, [][]string{{"/**#GET"}, {"/**"}, {"/**#POST"}, {"/**#GET"}}},
		"both":     {slice.Config{OpenAPI: document, Metadata: []string{school}}, [][]string{{"/**#GET"}, {"/**"}, {"/**#POST"}}},
	} {
		t.Run(name, func(t *testing.T) {
			source, found, err := slice.Open(t.Context(), c.config)
			if err != nil || source == nil {
				t.Fatal(found, err)
			}
			for _, include := range c.cuts {
				files := []slice.File{{Out: "specs/x.yaml", Include: include}}
				weight := source.Weigh(files, nil)
				again, err := source.Cut(t.Context(), files, nil)
				if err != nil || weight.Diagnostics.HasErrors() || again.Diagnostics.HasErrors() {
					t.Fatal(err, weight.Diagnostics, again.Diagnostics)
				}
				config := c.config
				config.Files = files
				fresh, err := slice.Cut(t.Context(), config)
				if err != nil || fresh.Diagnostics.HasErrors() {
					t.Fatal(err, fresh.Diagnostics)
				}
				if diff := cmp.Diff(string(fresh.Documents[0].Render()), string(again.Documents[0].Render())); diff != "" {
					t.Errorf("%v is cut otherwise:\n%s", include, diff)
				}
				var want []slice.Selected
				for _, p := range fresh.Documents[0].Paths {
					for _, m := range p.Operations {
						want = append(want, slice.Selected{Method: m.Name, Path: p.Path})
					}
				}
				selected, _ := source.Select(include, nil)
				var weighed []slice.Selected
				for _, o := range weight.Operations {
					weighed = append(weighed, o.Selected)
				}
				if !slices.Equal(selected, want) || !slices.Equal(weighed, want) {
					t.Errorf("%v: selected %v, weighed %v, want %v", include, selected, weighed, want)
				}
				border := 0
				for _, info := range fresh.Types {
					if info.Border {
						border++
					}
				}
				if weight.Border != border || weight.Types != len(fresh.Types)-border {
					t.Errorf("%v: %d types and %d at the border, want %d and %d", include, weight.Types, weight.Border, len(fresh.Types)-border, border)
				}
			}
		})
	}
}
