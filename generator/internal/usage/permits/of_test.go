package permits

import (
	"slices"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// Operations that nobody calls yet need what a program needs that calls them.
func TestOf(t *testing.T) {
	one := func(least ...string) ir.Permissions {
		return ir.Permissions{Delegated: ir.Grants{Least: least[:1], Other: least[1:]}, Complete: true}
	}
	ways := Knowing(nil).Of([]Accepting{
		{"GET /a", one("A.Read", "All")}, {"POST /a", one("A.Write", "All")}, {"GET /b", one("B.Read B.More")},
		{"GET /unknown", ir.Permissions{}}, {"GET /nobody", ir.Permissions{Complete: true}},
	}, Delegated, Application)
	var got []string
	for _, w := range ways {
		got = append(got, w.Way+": "+summary(w))
	}
	want := []string{
		"delegated: A.Read; A.Write; B.More; B.Read; not known GET /unknown; not possible this way GET /nobody",
		"application: not known GET /unknown; not possible this way GET /a, POST /a, GET /b, GET /nobody",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
