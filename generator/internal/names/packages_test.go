package names

import (
	"slices"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

func TestPackageRule(t *testing.T) {
	for segment, want := range map[string]string{
		"chats": "chats", "appCatalogs": "appcatalogs", "me": "me", "$count": "count", "microsoft.graph.foo": "microsoftgraphfoo", "a_b-c": "abc",
		"type": "typepath", "print": "printpath", "internal": "internalpath", "vendor": "vendorpath", "con": "conpath", "com1": "com1path", "come": "come",
		"graph": "graphpath", "24hours": "path24hours", "über": "ber", "日本": "", "x_test": "xtest",
	} {
		if got := packageRule(segment, []string{"graph"}); got != want {
			t.Errorf("%s: got %q, want %q", segment, got, want)
		}
	}
}

// Overrides name packages; two paths of one name, and functions called as what their package has already, are told with what helps.
func TestPackages(t *testing.T) {
	pkg := &ir.Package{
		Operations: []*ir.Operation{operation(ir.List, "GET", "/things"), operation(ir.List, "GET", "/Th-ings"), operation(ir.List, "GET", "/others"),
			operation(ir.FunctionOp, "GET", "/new()")},
		PathNames: []ir.PathName{{Path: "/others", Package: "rest"}},
	}
	roots := ir.Resources(pkg.Operations)
	table, diags := Assign(pkg, roots, Reserved{}, Pins{})
	if len(diags) > 0 && diags[0].Code != "name-collision" {
		t.Fatal(diags)
	}
	packages, found := NewPackages(pkg, roots, table, "graph")
	var fixes []string
	for _, d := range found {
		fixes = append(fixes, d.Override.String())
	}
	want := []string{`operations: {"GET /new()": {rename: NewCall}}`, `paths: {"/things": {package: thingspath}}`}
	for _, fix := range want {
		if !slices.Contains(fixes, fix) {
			t.Errorf("got %q, which lacks %s", fixes, fix)
		}
	}
	for _, r := range roots {
		if name := packages[r]; r.Path() == "/others" && name != "rest" {
			t.Errorf("%s is of %s", r.Path(), name)
		}
	}
	if name := packages.Functions(table)[table.ResourceBelow(roots[0]).String()]; name != Resource {
		t.Error(name)
	}
}
