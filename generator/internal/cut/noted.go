package cut

import (
	"fmt"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// notedWarnings tells once, for all cuts, of the permissions in notes that tables of permissions make needless, and once of those
// that they contradict.
func notedWarnings(noted []slice.NotedPermissions) diag.List {
	var same, other []slice.NotedPermissions
	seen := map[slice.NotedPermissions]bool{}
	for _, n := range noted {
		switch {
		case seen[n]:
		case n.Same:
			same = append(same, n)
		default:
			other = append(other, n)
		}
		seen[n] = true
	}
	var found diag.List
	if len(same) > 0 {
		found.Add(diag.Diagnostic{Pos: same[0].Pos, Severity: diag.Warning, Code: "needless-permissions",
			Message: fmt.Sprintf("%s in the table of permissions as well, such as %s of %s", counted(same), same[0].Kind, same[0].Operation),
			Hint:    "take them out of the notes, so that they change with the table"})
	}
	if len(other) > 0 {
		table := other[0].Table
		if table == "" {
			table = "none"
		}
		found.Add(diag.Diagnostic{Pos: other[0].Pos, Severity: diag.Warning, Code: "other-permissions",
			Message: fmt.Sprintf("%s not the least that the table of permissions has, such as %s of %s: the table has %s", counted(other),
				other[0].Kind, other[0].Operation, table),
			Hint: "the notes win; take out of them what is not meant so"})
	}
	return found
}

// counted begins a sentence about permissions in notes.
func counted(noted []slice.NotedPermissions) string {
	if len(noted) == 1 {
		return "1 permission in the notes is"
	}
	return fmt.Sprintf("%d permissions in the notes are", len(noted))
}
