package names

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// Way is the function by which a package of calls leads from a client to its path, and Resource the one that a notification is given to.
const (
	Way      = "New"
	Resource = "Resource"
)

// Packages are the names of the packages that the calls go to where each first segment of the paths has one. It is the name of a
// folder as well, below that of the package of types.
type Packages map[*ir.Resource]string

// Functions are the names that methods of the client have in a package of calls, where they are functions; others keep theirs.
func (p Packages) Functions(table *Table) map[string]string {
	functions := map[string]string{}
	for r := range p {
		functions[table.ResourceBelow(r).name] = Resource
		if HasBuilder(r) {
			functions[table.Accessor(r).name] = Way
		}
	}
	return functions
}

// folders are names that mean something to Go or to Windows where they are those of folders.
var folders = []string{"internal", "main", "testdata", "vendor", "init", "aux", "con", "nul", "prn"}

// NewPackages names the packages of all roots, after their segments alone: as those have their letters and digits, in lower case. What Go
// does not let be a package, or has another meaning for, and taken names, such as that of the package of types, have "path" behind
// them. What has no name, or the one of another, is a fault that names the override to write.
func NewPackages(pkg *ir.Package, roots []*ir.Resource, table *Table, taken ...string) (Packages, diag.List) {
	var found diag.List
	p := Packages{}
	first := map[string]*ir.Resource{}
	for _, r := range roots {
		name := packageRule(r.Segment.Name, taken)
		for _, n := range pkg.PathNames {
			if n.Package != "" && n.Path == r.Path() {
				name = n.Package
			}
		}
		if other := first[name]; name == "" || isTaken(name, taken) || other != nil && HasBuilder(other) && HasBuilder(r) {
			found = append(found, packageFault(r, other, name))
		}
		if first[name] == nil || HasBuilder(r) {
			first[name] = r
		}
		p[r] = name
		found = append(found, functionFaults(r, table)...)
	}
	return p, found
}

// packageRule makes a name of that of a segment.
func packageRule(text string, taken []string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	name := b.String()
	switch {
	case name == "":
	case name[0] <= '9':
		return "path" + name
	case isTaken(name, taken):
		return name + "path"
	}
	return name
}

// isTaken reports whether no package of calls can have a name.
func isTaken(name string, taken []string) bool {
	isPort := len(name) == 4 && (strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")) && name[3] <= '9'
	return token.IsKeyword(name) || types.Universe.Lookup(name) != nil || isPort || slices.Contains(folders, name) || slices.Contains(taken, name)
}

// packageFault says that a path cannot have a package of a name.
func packageFault(r, other *ir.Resource, name string) diag.Diagnostic {
	d := diag.Diagnostic{Pos: firstPos(r), Severity: diag.Error, Code: "name-collision",
		Message: fmt.Sprintf("the package for the calls below %s cannot be called %q", r.Path(), name)}
	switch {
	case name == "":
		d.Message = fmt.Sprintf("%s has no letter that the name of a package can have, and each first segment has one here", r.Path())
	case other != nil:
		d.Message = fmt.Sprintf("the packages for the calls below %s and below %s would both be called %s", other.Path(), r.Path(), name)
		d.Related = []diag.Pos{firstPos(other)}
	}
	d.Override = &diag.Override{Section: "paths", Key: r.Path(), Fields: []diag.OverrideField{{Name: "package", Value: name + "path"}}}
	d.Hint = "give it another name in the overrides, such as " + d.Override.String()
	return d
}

// functionFaults finds calls that are bound to nothing, so that they are functions of their package, which have the name of something
// else there.
func functionFaults(r *ir.Resource, table *Table) diag.List {
	var found diag.List
	for _, op := range RootOperations(r) {
		name := table.Method(op).String()
		if name != Way && name != Resource && !strings.HasSuffix(name, "Requests") && !strings.HasSuffix(name, "Options") {
			continue
		}
		d := diag.Diagnostic{Pos: op.Pos, Severity: diag.Error, Code: "name-collision",
			Message:  fmt.Sprintf("%s becomes the function %s of a package that has something else of that name", op.Key(), name),
			Override: &diag.Override{Section: "operations", Key: op.Key(), Fields: []diag.OverrideField{{Name: "rename", Value: name + "Call"}}}}
		d.Hint = "give it another name in the overrides, such as " + d.Override.String()
		found = append(found, d)
	}
	return found
}
