package csdl_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/csdl"
)

// sharedFile returns the path of a file beside the repository, and skips the test if it is not there.
func sharedFile(tb testing.TB, elements ...string) string {
	tb.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "..", "shared"}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("SKIPPED: needs %s, which lies beside the repository and is not there", filepath.ToSlash(path))
	}
	return path
}

// TestRealMetadata counts what Graph's own metadata declares.
func TestRealMetadata(t *testing.T) {
	type counts struct{ Types, Enums, Flags, Sets, Singletons, Bindings int }
	cases := map[string]counts{
		"v1.0-2026-08.csdl":       {2961, 861, 64, 41, 31, 101},
		"beta-ussec-2026-08.csdl": {1823, 495, 59, 58, 23, 74},
	}
	for name, want := range cases {
		t.Run(name, func(t *testing.T) {
			doc := readShared(t, name)
			got := counts{Types: len(doc.Types), Enums: len(doc.Enums), Sets: len(doc.EntitySets), Singletons: len(doc.Singletons)}
			for _, e := range doc.Enums {
				if e.Flags {
					got.Flags++
				}
			}
			for _, s := range append(doc.EntitySets, doc.Singletons...) {
				got.Bindings += len(s.Bindings)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
		})
	}
}

func readShared(tb testing.TB, name string) *csdl.Document {
	tb.Helper()
	data, err := os.ReadFile(sharedFile(tb, "graph-csdl", name))
	if err != nil {
		tb.Fatal(err)
	}
	doc, diags := csdl.Read(csdl.Input{Name: name, Text: bytes.NewReader(data)})
	if len(diags) > 0 {
		tb.Fatalf("diagnostics:\n%v", diags)
	}
	return doc
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		readShared(b, "v1.0-2026-08.csdl")
	}
}
