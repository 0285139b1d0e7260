package slice_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// Cuts that share what they understand of their sources make the same as each on its own, whatever their notes correct, and read each
// source once for those that do the same with it.
func TestUnderstood(t *testing.T) {
	library := filepath.Join("testdata", "library.xml")
	reads := 0
	var understood slice.Understood
	var configs []slice.Config
	for _, text := range []string{"capabilities:\n  books: {insert: false, expand: true}\n", "capabilities:\n  books: {insert: true}\n"} {
		cfg := slice.Config{Metadata: []string{library}, ServiceRoot: "https://city.example/v1", Clouds: []slice.Cloud{{Name: "China", Metadata: []string{library}}},
			Files: []slice.File{{Out: "x.yaml", Include: []string{"/books", "/books/{id}"}}}}
		notes(t, text)(&cfg)
		configs = append(configs, cfg)
	}
	for range 3 {
		for _, cfg := range configs {
			want := cut(t, cfg)
			cfg.Understood = &understood
			cfg.Read = func(_ context.Context, source string) ([]byte, diag.List) {
				reads++
				data, err := os.ReadFile(source)
				if err != nil {
					t.Error(err)
				}
				return data, nil
			}
			got := cut(t, cfg)
			if diff := cmp.Diff(string(want.Documents[0].Render()), string(got.Documents[0].Render())); diff != "" {
				t.Errorf("-alone +together:\n%s", diff)
			}
			if diff := cmp.Diff(want.Unused, got.Unused); diff != "" {
				t.Errorf("unused: -alone +together:\n%s", diff)
			}
		}
	}
	if reads != 3 {
		t.Errorf("the metadata was read %d times, want 3: for each notes, and for the cloud", reads)
	}
}
