package slice_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNotesOfDeclaredTypes: what the notes say of what values of a type are stands in the slice, and what is of no use is told.
func TestNotesOfDeclaredTypes(t *testing.T) {
	cfg := postConfig(t, []string{"/messages#POST"})
	notes := filepath.Join(t.TempDir(), "notes.yaml")
	text := `types:
  micro.post.party: {polymorphic: true}
  micro.post.item: {polymorphic: false}
  micro.post.receipt: {polymorphic: true}
localTime:
  micro.post.stamp: {dateTime: value, zone: zone}
  micro.post.receipt: {dateTime: no, zone: no}
`
	if err := os.WriteFile(notes, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	cfg.Notes = []string{notes}
	result := cut(t, cfg)
	got := string(result.Documents[0].Render())
	for _, want := range []string{
		"      x-graphslice-polymorphic: true\n",
		"      x-graphslice-abstract: true\n      x-graphslice-polymorphic: false\n",
		"      x-graphslice-local-time:\n        dateTime: value\n        zone: zone\n",
	} {
		if strings.Count(got, want) != 1 {
			t.Errorf("the slice has %q %d times:\n%s", want, strings.Count(got, want), got)
		}
	}
	var unused []string
	for _, u := range result.Unused {
		unused = append(unused, u.Key)
	}
	if want := "localTime/micro.post.receipt types/micro.post.receipt/polymorphic"; sortedWords(unused) != want {
		t.Errorf("unused: %v, want %s", unused, want)
	}
}
