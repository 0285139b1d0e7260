package diff_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What operations accept, and where things are missing, changes no code: it is told as compatible.
func TestComparePermissionsAndClouds(t *testing.T) {
	const get = "  /shelves:\n    get:\n"
	permitted := func(text string) string { return strings.Replace(library, get, get+text, 1) }
	const simple = "      security: [{s: [Shelf.Read]}]\n      x-graphslice-application-permissions: [Shelf.Read.All]\n"
	const whole = "      x-graphslice-permissions:\n        delegated: {least: [Shelf.Read], other: [Shelf.Write, Shelf.Manage]}\n" +
		"        application: {least: [Shelf.Read.All]}\n        resourceSpecific: {least: [Shelf.Read.Room]}\n"
	const named = "compatible operation GET /shelves (ShelvesRequests.List) changed: "
	tests := map[string]struct {
		old, new string
		want     []string
	}{
		"nothing": {permitted(simple), permitted(simple), []string{}},
		"known now": {library, permitted(simple), []string{
			named + "least permissions of an application: Shelf.Read.All instead of none",
			named + "least permissions: Shelf.Read instead of none",
			"compatible go ApplicationScopes (ApplicationScopes) added: added", "  ApplicationScopes: added",
			"compatible go DelegatedScopes (DelegatedScopes) added: added", "  DelegatedScopes: added",
		}},
		"all known now": {permitted(simple), permitted(whole), []string{named + "least resource-specific permissions: Shelf.Read.Room instead of none"}},
		"others": {permitted(whole), permitted(strings.ReplaceAll(whole, "[Shelf.Read], other: [Shelf.Write, Shelf.Manage]", "[Shelf.Read Room.Read, Shelf.Peek], other: [Shelf.Manage, Shelf.Own]")), []string{
			named + "accepts Shelf.Read Room.Read, Shelf.Peek, Shelf.Own as delegated as well",
			named + "does not accept Shelf.Read, Shelf.Write as delegated any more",
			named + "least permissions: Shelf.Read Room.Read or Shelf.Peek instead of Shelf.Read",
		}},
		"the order": {permitted(strings.ReplaceAll(simple, "[Shelf.Read]", "[A, B]")), permitted(strings.ReplaceAll(simple, "[Shelf.Read]", "[B, A]")), []string{}},
		"a cloud": {library, strings.Replace(permitted("      x-graphslice-not-in: [China]\n"), "displayName: {", "displayName: {x-graphslice-not-in: [China, East], ", 1), []string{
			named + "not available in China",
			"compatible property microsoft.graph.shelf/displayName (Shelf.DisplayName) changed: not available in China, East",
		}},
		"less and more": {permitted("      x-graphslice-not-in: [China]\n"), permitted("      x-graphslice-not-in: [East]\n"), []string{
			named + "not available in East; it was not in China",
		}},
		"everywhere": {permitted("      x-graphslice-not-in: [China]\n"), library, []string{
			named + "available in all clouds that are known; it was not in China",
		}},
	}
	for name, test := range tests {
		if diff := cmp.Diff(test.want, compare(t, side(t, test.old), side(t, test.new))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
