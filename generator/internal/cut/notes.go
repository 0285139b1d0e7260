package cut

import (
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// unusedNotes finds the notes that no cut has a use for. Several cuts share notes, and a call with flags cuts only a part of
// what its notes are about, so that nothing is said of these.
type unusedNotes struct {
	readers map[string]int // cuts that read the file
	unused  map[slice.Unused]int
}

func (u *unusedNotes) add(cut Cut, unused []slice.Unused) {
	if u.readers == nil {
		u.readers, u.unused = map[string]int{}, map[slice.Unused]int{}
	}
	if cut.Pos.IsZero() {
		return
	}
	for _, file := range cut.Notes {
		u.readers[file]++
	}
	for _, entry := range unused {
		u.unused[entry]++
	}
}

func (u *unusedNotes) warnings() diag.List {
	var found diag.List
	for entry, times := range u.unused {
		if times == u.readers[entry.File] && !entry.Known {
			found.Warnf(entry.Pos, "unused-note", "no slice has a use for %s", entry.Key)
		}
	}
	return found.Sorted()
}
