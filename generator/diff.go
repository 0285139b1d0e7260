package generator

import (
	"context"
	"path/filepath"
	"slices"
	"sync"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/diff"
	"github.com/graphslice/graphslice/generator/internal/disk"
	"github.com/graphslice/graphslice/generator/internal/revision"
	"github.com/graphslice/graphslice/generator/internal/sharing"
)

// Diff says for each package what a change means: from its last generation or, with base, from a git revision of that name, to
// what its specs give now. The error is Diagnostics, ctx's, or a fault of the generator itself.
func (p *Project) Diff(ctx context.Context, base string) ([]*DiffReport, error) {
	var reports []*DiffReport
	for _, t := range p.Targets {
		report, err := t.diff(ctx, base)
		if err != nil {
			return nil, err
		}
		reports = append(reports, report)
	}
	return reports, nil
}

func (t Target) diff(ctx context.Context, base string) (*DiffReport, error) {
	source := revision.Dir(t.Out)
	report := &DiffReport{Subject: filepath.ToSlash(t.Out), Folder: t.Out, Old: "the last generation", New: "the specs"}
	if base != "" {
		committed, err := revision.Git(ctx, t.Out, base)
		if err != nil {
			return nil, err
		}
		source, report.Old = committed, base
	}
	old, err := revision.Read(source)
	if err != nil {
		return nil, err
	}
	// What would be made now depends on what is on disk, whatever it is compared with.
	if t.Previous, err = disk.ReadLock(t.Out); err != nil {
		return nil, err
	}
	t.Keep = toKeep(t.Previous, t.Config, t.Out, false)
	if before := runtimeOf(old.Files); len(old.Files) > 0 && before != t.Runtime { // the names are the same: it is described as it was
		t.Runtime = before
		report.Notes = append(report.Notes, "the runtime comes to stand elsewhere, under the same names, and was not compared")
	}
	d, err := Describe(ctx, t.Config)
	if err != nil {
		return nil, err
	}
	if d.Diagnostics.HasErrors() {
		t.place(d.Diagnostics)
		return nil, d.Diagnostics.Sorted()
	}
	side := d.side()
	side.Selects = t.selects()
	report.Findings, err = diff.Compare(t.Package, old, side)
	if err != nil {
		return nil, Diagnostics{{Pos: Pos{File: t.Out}, Severity: Error, Code: "diff", Message: err.Error(),
			Hint: "run gen to write the package anew"}}
	}
	return report, nil
}

// runtimeOf is the import path of the runtime that a package shares which was generated, "" if it stands alone.
func runtimeOf(files []diff.File) string {
	for _, f := range files {
		if f.Name == sharing.Aliases {
			return sharing.PathIn(f.Data)
		}
	}
	return ""
}

// side is the description as one of two that are compared.
func (d *Description) side() diff.Side {
	side := diff.Side{Elements: d.Elements}
	for _, f := range d.Files {
		side.Files = append(side.Files, diff.File{Name: f.Name, Data: f.Data})
	}
	return side
}

// IsMetadata reports whether a file is metadata rather than an OpenAPI document. The error is Diagnostics.
func IsMetadata(path string) (bool, error) { return revision.IsMetadata(path) }

// DiffMetadata says what a change means from one metadata document to another. The error is Diagnostics, or a fault of the
// generator itself.
func DiffMetadata(old, new string) (*DiffReport, error) {
	report := newDiffReport(old, new)
	report.Notes = append(report.Notes, "metadata has no Go code; only the API was compared")
	sides, err := revision.ReadMetadata([]string{old, new})
	if err != nil {
		return nil, err
	}
	report.Findings, err = diff.Compare("", sides[0], sides[1])
	return report, err
}

func newDiffReport(old, new string) *DiffReport {
	return &DiffReport{Old: filepath.ToSlash(old), New: filepath.ToSlash(new)}
}

// DiffSpecs says what a change means from one OpenAPI document to another, each read as cfg says instead of its specs. Where Go
// names of one collide, only the API is compared, and the report says so; then collisions are what collides, also if there is an
// error. That is Diagnostics, ctx's, or a fault of the generator itself.
func DiffSpecs(ctx context.Context, cfg Config, old, new string) (report *DiffReport, collisions []Diagnostics, err error) {
	var described [2]*Description
	var errs [2]error
	var both sync.WaitGroup
	for i, file := range []string{old, new} {
		side := cfg
		side.Specs = []string{file}
		side.AllowUnmatched = true // the other document may have what matches
		both.Go(func() { described[i], errs[i] = Describe(ctx, side) })
	}
	both.Wait()
	var faults Diagnostics
	for i, d := range described {
		if errs[i] != nil {
			return nil, collisions, errs[i]
		}
		if d.Elements == nil {
			faults = append(faults, d.Diagnostics...)
		} else if d.Diagnostics.HasErrors() {
			collisions = append(collisions, d.Diagnostics)
		}
	}
	faults = append(faults, unmatchedInBoth(described[0].Diagnostics, described[1].Diagnostics)...)
	if faults.HasErrors() {
		return nil, collisions, faults.Sorted()
	}
	report = newDiffReport(old, new)
	sides := [2]diff.Side{described[0].side(), described[1].side()}
	if len(collisions) > 0 {
		report.Notes = append(report.Notes, "Go names collide, so that only the API was compared; --overrides can give other names")
		for i := range sides {
			sides[i] = diff.Side{Elements: api.WithoutNames(sides[i].Elements)}
		}
	}
	report.Findings, err = diff.Compare(cfg.Package, sides[0], sides[1])
	return report, collisions, err
}

// unmatchedInBoth are the patterns that match no operation of either document.
func unmatchedInBoth(old, new Diagnostics) Diagnostics {
	var faults Diagnostics
	for _, d := range new {
		if d.Code == "unmatched-pattern" && slices.ContainsFunc(old, func(o Diagnostic) bool { return o.Message == d.Message }) {
			d.Severity = Error
			faults = append(faults, d)
		}
	}
	return faults
}
