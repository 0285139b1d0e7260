package derive

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

func readForWalk(t *testing.T, path string) *csdl.Document {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("SKIPPED: the metadata is needed beside the repository: %v", err)
	}
	doc, diags := csdl.Read(csdl.Input{Name: path, Text: bytes.NewReader(data)})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return doc
}

// Whatever is derived from metadata is found in it: nothing is said to be missing that is there.
func TestWalkFindsWhatIsDerived(t *testing.T) {
	patterns, err := pathglob.ParseAll([]string{"/**"})
	if err != nil {
		t.Fatal(err)
	}
	graph := filepath.Join("..", "..", "..", "..", "..", "shared", "graph-csdl")
	for _, path := range []string{school, filepath.Join(graph, "v1.0-2026-08.csdl"), filepath.Join(graph, "v1.0-mooncake-2026-08.csdl")} {
		t.Run(filepath.Base(path), func(t *testing.T) {
			doc := readForWalk(t, path)
			w := NewWalker(doc)
			operations := Operations(doc, pathglob.Set{Include: patterns}, Options{}).Operations
			for _, o := range operations {
				if w.Walk(o.Path) != Exists {
					t.Errorf("%s is not found", o.Path)
				}
			}
			if len(operations) == 0 {
				t.Error("nothing is derived")
			}
		})
	}
}

func TestWalk(t *testing.T) {
	w := NewWalker(readForWalk(t, school))
	for path, want := range map[string]reached{
		"/courses":                     Exists,
		"/courses/{id}/teacher/name":   Exists, // of the base
		"/courses/{id}/teacher/born/x": unclear,
		"/courses/{id}/members/{id}/micro.school.pupil/address/street": Exists,
		"/courses/{id}/members/{id}/address":                           Missing, // of a derived type
		"/courses/{id}/micro.school.pupil2":                            Missing,
		"/courses/micro.school.find()/title":                           Exists,
		"/courses/find(state='{state}',year={year})":                   Exists,
		"/courses/find(state='{state}',month={month})":                 Missing,
		"/courses/{id}/find()":                                         Missing, // bound to the collection
		"/teachers(no='{no}')/photo/$value":                            Exists,
		"/house/rooms('{id}')/floor":                                   Exists,
		"/house/rooms:/{path}:/floor":                                  unclear,
		"/pupils":                                                      Missing,
		"/now()":                                                       unclear,
	} {
		if got := w.Walk(path); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}
