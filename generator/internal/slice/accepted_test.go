package slice_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// cutMetadata cuts everything from metadata.
func cutMetadata(t *testing.T, metadata []byte) *slice.Result {
	t.Helper()
	result, err := slice.Cut(context.Background(), slice.Config{
		Metadata: []string{"metadata"}, ServiceRoot: "https://school.example/v2",
		Files: []slice.File{{Out: "x.yaml", Title: "X", Include: []string{"/**"}}},
		Read:  func(context.Context, string) ([]byte, diag.List) { return metadata, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// checkAccepted holds that a slice that was cut can be generated from. Only Go names may be at fault: those are for a person to
// choose.
func checkAccepted(t *testing.T, result *slice.Result) {
	t.Helper()
	if result.Diagnostics.HasErrors() {
		for _, d := range result.Diagnostics {
			if d.Severity == diag.Error && d.File == "metadata" && (d.Line == 0 || d.Column == 0) && d.Code != "metadata-container" {
				t.Errorf("an error without a place: %v", d)
			}
		}
		return
	}
	for _, d := range result.Documents {
		spec := filepath.Join(t.TempDir(), "x.yaml")
		if err := os.WriteFile(spec, d.Render(), 0o600); err != nil {
			t.Fatal(err)
		}
		_, diags, err := generator.Read(context.Background(), generator.Config{Specs: []string{spec}, Package: "graph", Version: "test"})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range diags {
			if d.Severity == diag.Error && d.Code != "name-collision" {
				t.Errorf("the slice is refused: %v", d)
			}
		}
	}
}

func school(t testing.TB) []byte {
	t.Helper()
	metadata, err := os.ReadFile(filepath.Join("testdata", "school.xml"))
	if err != nil {
		t.Fatal(err)
	}
	return metadata
}

var (
	// element is a start tag of XML with its name, attribute one of its attributes with its name and value.
	element   = regexp.MustCompile(`<(\w+)[^<>]*>`)
	attribute = regexp.MustCompile(`(\w+)="([^"]*)"`)
)

// attributes are where the first attributes stand of each name, in elements of each name.
func attributes(metadata []byte) [][]int {
	var places [][]int
	seen := map[string]bool{}
	for _, tag := range element.FindAllSubmatchIndex(metadata, -1) {
		for _, at := range attribute.FindAllSubmatchIndex(metadata[tag[0]:tag[1]], -1) {
			kind := string(metadata[tag[2]:tag[3]]) + " " + string(metadata[tag[0]+at[2]:tag[0]+at[3]])
			for i := range at {
				at[i] += tag[0]
			}
			if !seen[kind] {
				seen[kind] = true
				places = append(places, at)
			}
		}
	}
	return places
}

// Whatever stands in an attribute of metadata is refused at the cut, or the slice is one that can be generated from.
func TestHostileAttributes(t *testing.T) {
	metadata := school(t)
	result := cutMetadata(t, metadata)
	if result.Diagnostics.HasErrors() {
		t.Fatal(result.Diagnostics)
	}
	checkAccepted(t, result)
	for _, hostile := range []string{
		"", "{a}", "a\nb: c", "a%00", "a\u202eb", "Collection(Collection(Edm.String))", "é",
	} {
		var escaped bytes.Buffer
		if err := xml.EscapeText(&escaped, []byte(hostile)); err != nil {
			t.Fatal(err)
		}
		for _, at := range attributes(metadata) {
			changed := bytes.Join([][]byte{metadata[:at[4]], metadata[at[5]:]}, escaped.Bytes())
			checkAccepted(t, cutMetadata(t, changed))
			if t.Failed() {
				t.Fatalf("with %q in place of %s", hostile, metadata[at[0]:at[1]])
			}
		}
	}
}

// FuzzCutMetadata cuts from metadata in which two attributes have any value: whatever they are, there is a message or a slice
// that can be generated from.
func FuzzCutMetadata(f *testing.F) {
	metadata := school(f)
	places := attribute.FindAllSubmatchIndex(metadata, -1)
	for i, value := range []string{"", "id", "school.entity", "Collection(school.person)", "Edm.Stream", "true", "a/b"} {
		f.Add(uint(17*i), value, uint(31*i), "x")
	}
	f.Fuzz(func(t *testing.T, first uint, value string, second uint, other string) {
		a, b := places[first%uint(len(places))], places[second%uint(len(places))]
		if a[0] > b[0] {
			a, b, value, other = b, a, other, value
		}
		var changed bytes.Buffer
		changed.Write(metadata[:a[4]])
		if a[0] == b[0] {
			other = value
		} else {
			_ = xml.EscapeText(&changed, []byte(value)) // a buffer takes all
			changed.Write(metadata[a[5]:b[4]])
		}
		_ = xml.EscapeText(&changed, []byte(other))
		changed.Write(metadata[b[5]:])
		checkAccepted(t, cutMetadata(t, changed.Bytes()))
	})
}
