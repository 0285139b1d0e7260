package slice_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// FuzzCutPublished cuts from documents of any shape: whatever they are, there is a message or a slice that is YAML.
func FuzzCutPublished(f *testing.F) {
	document, err := os.ReadFile(filepath.Join("testdata", "school-api.yaml"))
	if err != nil {
		f.Fatal(err)
	}
	metadata, err := os.ReadFile(filepath.Join("testdata", "school.xml"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(document, true)
	f.Add(document, false)
	f.Add([]byte(version(1)), false)
	f.Fuzz(func(t *testing.T, document []byte, joined bool) {
		cfg := slice.Config{
			OpenAPI: "api", ServiceRoot: "https://school.example/v2", Docs: "{page}",
			Files: []slice.File{{Out: "x.yaml", Title: "X", Include: []string{"/**"}}},
			Read: func(_ context.Context, source string) ([]byte, diag.List) {
				if source == "api" {
					return document, nil
				}
				return metadata, nil
			},
		}
		if joined {
			cfg.Metadata = []string{"metadata"}
		}
		result, err := slice.Cut(context.Background(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range result.Documents {
			var node yaml.Node
			if err := yaml.Unmarshal(d.Render(), &node); err != nil {
				t.Errorf("%v in\n%s", err, d.Render())
			}
		}
	})
}
