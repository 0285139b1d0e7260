// Package cut cuts the slices of packages as a configuration says, and compares them with those on the disk. It writes nothing.
package cut

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/config"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// Cut is one cut: the slices of one package.
type Cut struct {
	slice.Config
	// Pos is where the configuration describes it, for findings without a place of their own; zero if no configuration does.
	Pos diag.Pos
}

// names are the paths of the cut's slices.
func (c Cut) names() string {
	var names []string
	for _, f := range c.Files {
		names = append(names, filepath.ToSlash(f.Out))
	}
	return strings.Join(names, ", ")
}

// Of reads what the package's slices are cut from. The package has to have an entry "slice".
func Of(p config.Package) (Cut, diag.List) {
	cfg, found := slice.ReadConfig(p.Pos.File, p.Slice)
	c := Cut{cfg, diag.Pos{File: p.Pos.File, Line: p.Slice.Line, Column: p.Slice.Column}}
	if found.HasErrors() {
		return c, found
	}
	stamps, faults := slice.Stamps(p.Pos.File, p.Slice)
	for i, f := range c.Files {
		c.Files[i].Stamp = stamps[f.Out]
	}
	return c, append(found, faults...)
}

// OfAll returns the cut of each package that has an entry "slice"; file is the configuration. The error is a diag.List; none at
// all is an error.
func OfAll(file string, packages []config.Package) ([]Cut, error) {
	var cuts []Cut
	var faults diag.List
	for _, p := range packages {
		if p.Slice == nil {
			continue
		}
		c, found := Of(p)
		faults = append(faults, found...)
		cuts = append(cuts, c)
	}
	if len(cuts) == 0 {
		pos := diag.Pos{File: osfile.Shown(file)}
		if len(packages) > 0 {
			pos = packages[0].Pos
		}
		faults.Add(diag.Diagnostic{Pos: pos, Severity: diag.Error, Code: "no-slices",
			Message: "no package says what its slices are cut from", Hint: "write slice: below a package, or name sources with --openapi and --metadata; see gen slice --help"})
	}
	if faults.HasErrors() {
		return nil, faults.Sorted()
	}
	return cuts, nil
}

// Outdated returns the slices that were cut with something else than the configuration says now, in its order. Slices that are
// not there are not among them. The error is a diag.List.
func Outdated(p config.Package) ([]string, error) {
	if p.Slice == nil {
		return nil, nil
	}
	c, found := Of(p)
	if found.HasErrors() {
		return nil, found.Sorted()
	}
	var stale []string
	for _, f := range c.Files {
		data, err := osfile.ReadIfThere(f.Out)
		if err != nil {
			return nil, err
		}
		if data != nil && slice.StampOf(data) != f.Stamp {
			stale = append(stale, f.Out)
		}
	}
	return stale, nil
}

// Hint tells of a spec that is missing how it is made, if the configuration says it.
func Hint(p config.Package, found diag.List) {
	if p.Slice == nil {
		return
	}
	cfg, _ := slice.ReadConfig(p.Pos.File, p.Slice)
	for i, d := range found {
		made := slices.ContainsFunc(cfg.Files, func(f slice.File) bool { return filepath.Clean(f.Out) == filepath.Clean(d.File) })
		if d.Code == "unreadable-file" && d.Line == 0 && made {
			if _, err := osfile.ReadIfThere(d.File); err == nil {
				found[i].Hint = "run gen slice, which cuts it as slice: in " + filepath.ToSlash(p.Pos.File) + " says"
			}
		}
	}
}
