package diff_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diff"
)

// source is a package of one file.
func source(text string) []diff.File {
	return []diff.File{{Name: "a.go", Data: []byte("package a\n" + text)}}
}

func TestCompareGo(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           []diff.GoChange
	}{
		{"bodies", "func F() int { return 1 }", "func F() int { return undefined }", nil},
		{"a name", "func F() {}", "func G() {}", []diff.GoChange{{"F", "removed", false}, {"G", "added", true}}},
		{"imports of one type", `import ("time"; "encoding/json"); type T struct { A time.Time; B json.RawMessage }`,
			`import ("encoding/json"; t "time"); type T struct { A t.Time; B json.RawMessage }`, nil},
		{"imports of another type", `import ("time"; "encoding/json"); var _ json.RawMessage; type T struct { A time.Time }`,
			`import ("time"; "encoding/json"); var _ time.Time; type T struct { A json.RawMessage }`,
			[]diff.GoChange{{"T.A", "changed from time.Time to encoding/json.RawMessage", false}}},
		{"a generic import", `import "iter"; func F() iter.Seq2[int, error] { return nil }`, `import "iter"; func F() iter.Seq[int] { return nil }`,
			[]diff.GoChange{{"F", "changed from func() iter.Seq2[int, error] to func() iter.Seq[int]", false}}},
		{"a value", "const A = 1", "const A = 2", []diff.GoChange{{"A", "value changed from 1 to 2", false}}},
		{"a value out of an import", `import "net/http"; const A = http.MethodGet`, `import "net/http"; const A = http.MethodGet`, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := diff.CompareGo(source(test.old), source(test.new))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	if _, err := diff.CompareGo(source("func {"), source("")); err == nil || err.Error() != "the Go files cannot be compared: a.go:2:6: expected 'IDENT', found '{'" {
		t.Errorf("what is not Go: %v", err)
	}
}

// A generic type that changes in several instances is no reason to write to standard output.
func TestCompareGoIsQuiet(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "stdout"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	before := os.Stdout
	os.Stdout = file
	changes, err := diff.CompareGo(
		source("type P[T any] struct { A []T }; var X P[int]; var Y P[string]"), source("type P[T any] struct { A []*T }; var X P[int]; var Y P[string]"))
	after := os.Stdout
	os.Stdout = before
	if err != nil || len(changes) == 0 {
		t.Errorf("%v, %v", changes, err)
	}
	if after != file {
		t.Error("standard output is not what it was")
	}
	if text, err := os.ReadFile(file.Name()); err != nil || len(text) > 0 {
		t.Errorf("%v, written: %s", err, text)
	}
}
