package slice_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// TestBetaProperties compares the beta slices with what Microsoft's SDK for the global service's beta has: the metadata that the
// slices are cut from is a national cloud's, and what it lacks stands in specs/beta/additions.csdl.
func TestBetaProperties(t *testing.T) {
	table := filepath.Join(repository, "..", "shared", "graph-csdl", "beta-properties.tsv")
	data, err := os.ReadFile(table)
	if err != nil {
		t.Skipf("SKIPPED: needs %s, which lies beside the repository and is not there", filepath.ToSlash(table))
	}
	theirs := map[string][]string{} // by type: a property and its kind
	for line := range strings.Lines(string(data)) {
		if cells := strings.Split(strings.TrimSpace(line), "\t"); len(cells) == 3 && !strings.HasPrefix(line, "#") {
			theirs[cells[0]] = append(theirs[cells[0]], cells[1]+" "+kindOfGo(cells[2]))
		}
	}
	compared := 0
	for _, file := range []string{"chats.yaml", "conversationMember.yaml"} {
		d := committedDocument(t, filepath.Join(repository, "specs", "beta", file))
		for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
			s := d.Components.Schemas[name]
			if s.Border || theirs[name] == nil || strings.HasSuffix(name, "CollectionResponse") {
				continue
			}
			var ours []string
			for property, p := range s.own().Properties {
				if !strings.Contains(property, "@") {
					ours = append(ours, property+" "+kindOfSchema(p))
				}
			}
			slices.Sort(ours)
			slices.Sort(theirs[name])
			if diff := cmp.Diff(theirs[name], ours); diff != "" {
				t.Errorf("%s: %s is not what the SDK has (-SDK +slice):\n%s", file, name, diff)
			}
			compared++
		}
	}
	if compared < 60 {
		t.Errorf("only %d types were compared", compared)
	}
}

// kindOfGo says what a Go type of the SDK tells of a property.
func kindOfGo(typ string) string {
	if item, ok := strings.CutPrefix(typ, "[]"); ok && item != "byte" {
		return "collection of " + kindOfGo(strings.TrimPrefix(item, "*"))
	}
	name := strings.TrimPrefix(typ, "*")
	switch name {
	case "string", "bool", "int32":
		return name
	case "Time":
		return "date-time"
	case "ISODuration":
		return "duration"
	}
	return strings.ToLower(strings.TrimSuffix(name, "able")) // an interface of a type, or an enumeration
}

// kindOfSchema is the same of a property of a slice.
func kindOfSchema(s schema) string {
	if s.Items != nil {
		return "collection of " + kindOfSchema(*s.Items)
	}
	if target := s.target(); target != "" {
		return strings.ToLower(ir.ShortName(target))
	}
	switch {
	case s.Type == "boolean":
		return "bool"
	case s.Format != "":
		return s.Format
	}
	return s.Type
}
