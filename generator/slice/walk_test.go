package slice

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/pathglob"
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
	graph := filepath.Join("..", "..", "..", "shared", "graph-csdl")
	for _, path := range []string{filepath.Join("testdata", "school.xml"), filepath.Join(graph, "v1.0-2026-08.csdl"), filepath.Join(graph, "v1.0-mooncake-2026-08.csdl")} {
		t.Run(filepath.Base(path), func(t *testing.T) {
			doc := readForWalk(t, path)
			w := newWalker(doc)
			operations := derive(doc, pathglob.Set{Include: patterns}, derivation{}).operations
			for _, o := range operations {
				if w.walk(o.path) != found {
					t.Errorf("%s is not found", o.path)
				}
			}
			if len(operations) == 0 {
				t.Error("nothing is derived")
			}
		})
	}
}

func TestWalk(t *testing.T) {
	w := newWalker(readForWalk(t, filepath.Join("testdata", "school.xml")))
	for path, want := range map[string]reached{
		"/courses":                     found,
		"/courses/{id}/teacher/name":   found, // of the base
		"/courses/{id}/teacher/born/x": unclear,
		"/courses/{id}/members/{id}/micro.school.pupil/address/street": found,
		"/courses/{id}/members/{id}/address":                           missing, // of a derived type
		"/courses/{id}/micro.school.pupil2":                            missing,
		"/courses/micro.school.find()/title":                           found,
		"/courses/find(state='{state}',year={year})":                   found,
		"/courses/find(state='{state}',month={month})":                 missing,
		"/courses/{id}/find()":                                         missing, // bound to the collection
		"/teachers(no='{no}')/photo/$value":                            found,
		"/house/rooms('{id}')/floor":                                   found,
		"/house/rooms:/{path}:/floor":                                  unclear,
		"/pupils":                                                      missing,
		"/now()":                                                       unclear,
	} {
		if got := w.walk(path); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}
