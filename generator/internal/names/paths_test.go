package names

import (
	"testing"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// /groups/{group-id}/settings gives way to /groupSettings, keeps the name that it had, and does not change back and forth.
func TestPathsApart(t *testing.T) {
	const root, nested = "/groupSettings", "/groups/{group-id}/settings"
	for name, test := range map[string]struct {
		paths []string
		pin   lock.Element
		want  string // "" for a collision
		kept  bool
	}{
		"alone":                      {[]string{nested}, lock.Element{}, "GroupSettings", false},
		"together":                   {[]string{root, nested}, lock.Element{}, "GroupsItemSettings", true},
		"together, in another order": {[]string{nested, root}, lock.Element{}, "GroupsItemSettings", true},
		"the other is gone":          {[]string{nested}, lock.Element{Kind: "path", ID: nested, Name: "GroupsItemSettings", Kept: true}, "GroupsItemSettings", true},
		"the other is new":           {[]string{root, nested}, lock.Element{Kind: "path", ID: nested, Name: "GroupSettings"}, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			pkg := &ir.Package{}
			var op *ir.Operation
			for _, path := range test.paths {
				pkg.Operations = append(pkg.Operations, operation(ir.List, "GET", path), operation(ir.Get, "GET", path+"/{x-id}"))
				if path == nested {
					op = pkg.Operations[len(pkg.Operations)-2]
				}
			}
			roots := ir.Resources(pkg.Operations)
			table, diags := Assign(pkg, roots, Reserved{}, NewPins(&lock.Lock{Elements: []lock.Element{test.pin}}, "", 0))
			if test.want == "" {
				if len(diags) != 1 || diags[0].Override.String() != `paths: {"/groupSettings": {rename: GroupSettingsPath}}` {
					t.Error(diags)
				}
				return
			}
			if got := table.Path(placeOf(roots, op)); got != test.want || len(diags) > 0 || table.Kept("path", nested) != test.kept {
				t.Errorf("%s, kept %t, %v; want %s", got, table.Kept("path", nested), diags, test.want)
			}
		})
	}
}
