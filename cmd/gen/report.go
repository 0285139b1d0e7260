package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/disk"
)

// report prints the outcome: findings and what was made on stderr, lists that were asked for on stdout.
func (a *app) report(opts *options, o *outcome) error {
	if opts.format == "json" {
		if err := writeJSON(a.stdout, o); err != nil {
			fmt.Fprintf(a.stderr, "gen: stdout: %v\n", err)
			return codeError(exitInput)
		}
	} else {
		a.printFindings(o.diagnostics(), opts.quiet, opts.verbose)
		if opts.check || opts.dryRun {
			for _, p := range o.packages {
				listFiles(a.stdout, opts, p)
			}
		}
	}
	if !opts.quiet {
		a.reportSummary(opts, o)
	}
	return nil
}

// printFindings prints diagnostics, each as one message; those of a kind are one, unless everything is asked for.
func (a *app) printFindings(found diag.List, quiet, verbose bool) {
	if !verbose {
		found = found.Grouped()
	}
	for _, d := range found {
		if d.Severity == diag.Error || !quiet {
			fmt.Fprintln(a.stderr, d)
		}
		for _, line := range d.Details {
			if verbose && !quiet {
				fmt.Fprintln(a.stderr, "\t"+diag.Printable(line))
			}
		}
	}
}

// listFiles prints what would change, a file a line, with what is to say of it in front.
func listFiles(w io.Writer, opts *options, p packageOutcome) {
	for _, path := range p.recut {
		fmt.Fprintf(w, "recut %s\n", filepath.ToSlash(path))
	}
	if p.plan == nil || opts.check && !p.plan.OutOfDate() {
		return
	}
	for _, group := range []struct {
		state string
		names []string
	}{{"changed", p.plan.Changed}, {"missing", p.plan.Missing}, {"stale", p.plan.Stale}} {
		for _, name := range group.names {
			state := group.state
			switch {
			case slices.Contains(p.plan.Edited, name):
				state = "edited"
			case slices.Contains(p.plan.Documentation, name):
				state = "documentation"
			}
			fmt.Fprintf(w, "%s %s\n", state, filepath.ToSlash(filepath.Join(p.target.Out, name)))
		}
	}
}

// totals are the figures of a summary line.
type totals struct {
	generator.Summary
	written, documentation, unchanged, removed int
}

func (t *totals) add(p packageOutcome) {
	if p.plan == nil {
		return
	}
	t.Models += p.summary.Models
	t.Enums += p.summary.Enums
	t.Operations += p.summary.Operations
	t.Binds += p.summary.Binds
	t.written += len(p.plan.Changed) + len(p.plan.Missing)
	t.documentation += len(p.plan.Documentation)
	t.unchanged += len(p.plan.Unchanged)
	t.removed += len(p.plan.Stale)
}

// line is the summary; dry says that nothing was written.
func (t *totals) line(dry bool) string {
	written, removed := "written", "removed"
	if dry {
		written, removed = "to write", "to remove"
	}
	if t.documentation > 0 {
		written += fmt.Sprintf(", %d of them documentation only", t.documentation)
	}
	return fmt.Sprintf("%d types, %d operations, %d binds; files: %d %s, %d unchanged, %d %s",
		t.Models+t.Enums, t.Operations, t.Binds, t.written, written, t.unchanged, t.removed, removed)
}

// reportSummary says what was made: one line, with --verbose also one for each package and file.
func (a *app) reportSummary(opts *options, o *outcome) {
	if o.failed() {
		fmt.Fprintln(a.stderr, "gen: nothing was written")
		return
	}
	dry := opts.check || opts.dryRun
	var all totals
	upToDate := 0
	for _, p := range o.packages {
		all.add(p)
		if p.upToDate {
			upToDate++
		}
		if opts.verbose {
			a.reportPackage(opts, p, dry)
		}
	}
	line := all.line(dry)
	switch upToDate {
	case 0:
	case len(o.packages):
		line = "up to date"
		if o.toRecut() {
			line = "up to date with the slices as they are"
		}
	default:
		line = fmt.Sprintf("%d up to date; %s", upToDate, line)
	}
	noun := "packages"
	if len(o.packages) == 1 {
		noun = "package"
	}
	fmt.Fprintf(a.stderr, "gen: %d %s, %s, in %.2f s\n", len(o.packages), noun, line, o.elapsed.Seconds())
	if opts.check {
		a.reportRemedy(opts, o)
	}
}

// reportPackage says what was made of one package.
func (a *app) reportPackage(opts *options, p packageOutcome, dry bool) {
	line := "up to date, by its hashes"
	if !p.upToDate {
		var one totals
		one.add(p)
		line = one.line(dry)
		listFiles(a.stderr, opts, p)
	}
	fmt.Fprintf(a.stderr, "%s: package %s: %s\n", filepath.ToSlash(p.target.Out), p.target.Package, line)
}

// reportRemedy says how to mend what a check has found.
func (a *app) reportRemedy(opts *options, o *outcome) {
	if o.toRecut() {
		fmt.Fprintln(a.stderr, "gen: slice: in the configuration is not what these slices were cut with: run gen slice, then gen, and commit what they write")
		return
	}
	if !o.differs() {
		return
	}
	if o.edited() {
		fmt.Fprintln(a.stderr, "gen: files were edited by hand: move the changes into the slices, the overrides or files of your own; what follows lets them go")
	}
	fmt.Fprintf(a.stderr, "gen: the files differ from what the slices make: run %s and commit them\n", opts.remedy(o.edited()))
}

// jsonPackage is a package in --format json.
type jsonPackage struct {
	Out     string `json:"out"`
	Package string `json:"package"`
	// Summary is null for a package that was not generated, since hashes said that it is up to date.
	Summary  *generator.Summary `json:"summary"`
	UpToDate bool               `json:"upToDate"`
	// Recut are paths of slices that gen slice would cut with something else; only a check looks.
	Recut       []string  `json:"recut"`
	Files       jsonFiles `json:"files"`
	Diagnostics diag.List `json:"diagnostics"`
}

// jsonFiles are names below the package's folder, none after an error. With --check and --dry-run they say what
// would happen.
type jsonFiles struct {
	Written   []string `json:"written"`
	Unchanged []string `json:"unchanged"`
	Removed   []string `json:"removed"`
	// Of the above: those whose code stays the same, and those that were edited by hand.
	Documentation []string `json:"documentation"`
	Edited        []string `json:"edited"`
}

// newJSONFiles lists what the plan says; nothing if there is none.
func newJSONFiles(plan *disk.Plan) jsonFiles {
	if plan == nil {
		plan = &disk.Plan{}
	}
	list := func(lists ...[]string) []string { return append([]string{}, slices.Concat(lists...)...) }
	return jsonFiles{
		Written: list(plan.Changed, plan.Missing), Unchanged: list(plan.Unchanged), Removed: list(plan.Stale),
		Documentation: list(plan.Documentation), Edited: list(plan.Edited),
	}
}

// writeJSON prints the outcome as one JSON object. Its lists are never null, so that they can be read without a check.
func writeJSON(w io.Writer, o *outcome) error {
	document := struct {
		Packages    []jsonPackage `json:"packages"`
		Diagnostics diag.List     `json:"diagnostics"` // of no one package
	}{[]jsonPackage{}, append(diag.List{}, o.faults...)}
	for _, p := range o.packages {
		described := jsonPackage{
			Out: filepath.ToSlash(p.target.Out), Package: p.target.Package, Files: newJSONFiles(nil),
			UpToDate: len(p.recut) == 0 && (p.upToDate || p.plan != nil && !p.plan.OutOfDate()), Diagnostics: append(diag.List{}, p.found...),
			Recut: []string{},
		}
		for _, path := range p.recut {
			described.Recut = append(described.Recut, filepath.ToSlash(path))
		}
		if !p.upToDate {
			described.Summary = &p.summary
		}
		if !o.failed() {
			described.Files = newJSONFiles(p.plan)
		}
		document.Packages = append(document.Packages, described)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document)
}
