package generator

import (
	"bytes"
	"fmt"
	"path"
	"path/filepath"

	"github.com/graphslice/graphslice/generator/internal/diff"
	"github.com/graphslice/graphslice/generator/internal/pick"
	"github.com/graphslice/graphslice/generator/internal/revision"
)

// sideOf is a package as it is on the disk, for a comparison; nil if there is none that can be read.
func sideOf(dir string) *diff.Side {
	side, err := revision.Read(revision.Dir(dir))
	if err != nil {
		return nil
	}
	return &side
}

// linesOf counts the lines of Go of a package; none if it is not there.
func linesOf(side *diff.Side) int {
	n := 0
	if side != nil {
		for _, f := range side.Files {
			n += bytes.Count(f.Data, []byte("\n"))
		}
	}
	return n
}

// mostFindings is how many findings are shown.
const mostFindings = 12

// written says what was written, and what it means for code that uses the package.
func written(a *Addition, made *AddOutcome, before *diff.Side) (*pick.Written, error) {
	t := a.project.Targets[0]
	now := sideOf(t.Out)
	o := &pick.Written{Files: []string{filepath.ToSlash(Shown(a.edit.Path))}, Lines: linesOf(now), Before: linesOf(before)}
	for _, f := range made.Cut.ToWrite() {
		o.Files = append(o.Files, filepath.ToSlash(Shown(f.Path)))
	}
	for _, p := range made.Made.Packages {
		if p.Plan == nil {
			continue
		}
		for _, name := range append(append([]string{}, p.Plan.Changed...), p.Plan.Missing...) {
			o.Files = append(o.Files, path.Join(filepath.ToSlash(p.Target.Out), name))
		}
	}
	for _, found := range append(append(append(Diagnostics{}, made.Cut.Faults...), made.Unread...), made.Made.Diagnostics()...) {
		if found.Code != "bodies" && found.Code != "stopped" { // of which the page tells in its own way
			o.Notes = append(o.Notes, found)
		}
	}
	if before == nil || now == nil {
		o.Verdict = "The package is new."
		return o, nil
	}
	now.Selects = t.selects()
	report := &DiffReport{Subject: filepath.ToSlash(t.Out)}
	var err error
	if report.Findings, err = diff.Compare(t.Package, *before, *now); err != nil {
		return nil, err
	}
	o.Verdict = report.Count().String()
	for i, f := range report.Findings {
		if i == mostFindings {
			o.Findings = append(o.Findings, fmt.Sprintf("and %d more, which gen diff --base HEAD lists", len(report.Findings)-i))
			break
		}
		o.Findings = append(o.Findings, fmt.Sprintf("%s: %s %s", f.Verdict, f.ID, f.What))
	}
	return o, nil
}
