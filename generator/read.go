package generator

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
	"github.com/graphslice/graphslice/generator/internal/openapi"
	"github.com/graphslice/graphslice/generator/internal/overrides"
	"github.com/graphslice/graphslice/generator/internal/sharing"
)

// Contents is what the slices of a package describe, corrected and named: all that code is made of.
type Contents struct {
	Package *ir.Package
	// Resources is the tree of the operations' paths.
	Resources []*ir.Resource
	Names     *names.Table
	// Packages are those of the calls where each first segment of the paths has one, else nil.
	Packages names.Packages
}

// Read reads what Generate would make a package of. The diagnostics are sorted; if they have errors, the contents are
// nil. An error is a fault of the generator itself, or ctx's.
func Read(ctx context.Context, cfg Config) (*Contents, Diagnostics, error) {
	return read(ctx, cfg, nil)
}

// read is Read. Seen, if it is not nil, is called with each file that is read.
func read(ctx context.Context, cfg Config, seen func(name string, text []byte)) (*Contents, Diagnostics, error) {
	contents, diags, err := readDescribed(ctx, cfg, seen)
	if diags.HasErrors() {
		contents = nil
	}
	return contents, diags, err
}

// readDescribed is read, but for contents that are there even if their names collide.
func readDescribed(ctx context.Context, cfg Config, seen func(name string, text []byte)) (*Contents, Diagnostics, error) {
	go gosource.RuntimeFiles(cfg.Package) // which is read once, and has nothing to do with the slices
	if faults := checkLeave(cfg); faults.HasErrors() {
		return nil, faults, nil
	}
	pkg, diags := openapi.Load(ctx, openapi.Options{
		Specs: cfg.Specs, Include: cfg.Include, Exclude: cfg.Exclude, AllowRemoteRefs: cfg.AllowRemoteRefs, AllowUnmatched: cfg.AllowUnmatched, Seen: seen,
		Texts: cfg.texts,
	})
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if diags.HasErrors() {
		return nil, diags.Sorted(), nil
	}
	diags = append(diags, overrides.Apply(pkg, cfg.Overrides, seen)...)
	if diags.HasErrors() {
		return nil, diags.Sorted(), nil
	}
	diags = append(diags, api.Keep(pkg, cfg.Keep)...)
	pkg.Declare(api.Declared(cfg.Previous))
	roots := ir.Resources(pkg.Operations)
	runtime, err := gosource.RuntimeFiles(cfg.Package)
	if err != nil {
		return nil, nil, err
	}
	reserved := reservedNames(runtime)
	if cfg.Runtime != "" {
		reserved.Client[sharing.Connection] = true
	}
	table, found := names.Assign(pkg, roots, reserved, names.NewPins(cfg.Previous, cfg.Version, names.Rules))
	if clashes := api.Clashes(found, cfg.Keep); len(clashes) > 0 {
		return readWithout(ctx, cfg, clashes)
	}
	c := &Contents{pkg, roots, table, nil}
	diags = append(diags, unusedPackages(pkg, roots, cfg.Split)...)
	if cfg.Split && !found.HasErrors() {
		c.Packages, found = names.NewPackages(pkg, roots, table, cfg.Package, path.Base(cfg.Runtime))
	}
	return c, append(diags, found...).Sorted(), nil
}

// unusedPackages tells of overrides that name a package of calls where there is none.
func unusedPackages(pkg *ir.Package, roots []*ir.Resource, split bool) Diagnostics {
	var found Diagnostics
	for _, n := range pkg.PathNames {
		if n.Package == "" || split && slices.ContainsFunc(roots, func(r *ir.Resource) bool { return r.Path() == n.Path }) {
			continue
		}
		d := Diagnostic{Pos: n.PackagePos, Severity: Warning, Code: "unused-override",
			Message: fmt.Sprintf("the calls below %s have no package that could be called %s: all calls stand in one", n.Path, n.Package),
			Hint:    "leave package: out; or write split: path in the configuration, for a package of each first segment"}
		if split {
			d.Message = fmt.Sprintf("no package of calls is that of %s, so that none is called %s", n.Path, n.Package)
			d.Hint = "name a first segment as the paths have it: " + firstSegments(roots)
		}
		found.Add(d)
	}
	return found
}

// firstSegments are the paths of roots, as a hint lists them: not more than a line holds.
func firstSegments(roots []*ir.Resource) string {
	const most = 8
	var paths []string
	for i, r := range roots {
		if i == most {
			paths = append(paths, "…")
			break
		}
		paths = append(paths, r.Path())
	}
	return strings.Join(paths, ", ")
}

// readWithout reads once more, without keeping the elements whose names something new has taken.
func readWithout(ctx context.Context, cfg Config, clashes []Element) (*Contents, Diagnostics, error) {
	cfg.Keep = slices.DeleteFunc(slices.Clone(cfg.Keep), func(e Element) bool { return slices.Contains(clashes, e) })
	contents, diags, err := readDescribed(ctx, cfg, nil)
	for _, e := range clashes {
		diags = append(diags, api.Lost(e, "its Go name "+e.Name+" is taken by something new"))
	}
	return contents, diags.Sorted(), err
}
