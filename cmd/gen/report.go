package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/graphslice/graphslice/generator"
)

// report prints the outcome: findings and what was made on stderr, lists that were asked for on stdout.
func (a *app) report(opts *options, o *generator.Outcome, elapsed time.Duration) error {
	if opts.format == "json" {
		if err := writeJSON(a.stdout, o); err != nil {
			fmt.Fprintf(a.stderr, "gen: stdout: %v\n", err)
			return codeError(exitInput)
		}
	} else {
		a.printFindings(o.Diagnostics(), opts.quiet, opts.verbose)
		if opts.check || opts.dryRun && !opts.quiet { // what differs is why a check fails
			for _, p := range o.Packages {
				listFiles(a.stdout, opts, p)
			}
		}
	}
	if !opts.quiet {
		a.reportSummary(opts, o, elapsed)
	}
	return nil
}

// printFindings prints diagnostics, each as one message; those of a kind are one, unless everything is asked for.
func (a *app) printFindings(found generator.Diagnostics, quiet, verbose bool) {
	if !verbose {
		found = found.Grouped()
	}
	for _, d := range found {
		if d.Severity == generator.Error || !quiet {
			fmt.Fprintln(a.stderr, d)
		}
		for _, line := range d.Details {
			if verbose && !quiet {
				fmt.Fprintln(a.stderr, "\t"+generator.Printable(line))
			}
		}
	}
}

// listFiles prints what would change, a file a line, with what is to say of it in front.
func listFiles(w io.Writer, opts *options, p generator.PackageOutcome) {
	for _, path := range p.Recut {
		fmt.Fprintf(w, "recut %s\n", filepath.ToSlash(path))
	}
	if opts.check {
		for _, name := range p.Strays {
			fmt.Fprintf(w, "stray %s\n", filepath.ToSlash(filepath.Join(p.Target.Out, name)))
		}
	}
	if p.Plan == nil || opts.check && !p.Plan.OutOfDate() {
		return
	}
	for _, group := range []struct {
		state string
		names []string
	}{{"changed", p.Plan.Changed}, {"missing", p.Plan.Missing}, {"stale", p.Plan.Stale}} {
		for _, name := range group.names {
			state := group.state
			switch {
			case slices.Contains(p.Plan.Edited, name):
				state = "edited"
			case slices.Contains(p.Plan.Documentation, name):
				state = "documentation"
			}
			fmt.Fprintf(w, "%s %s\n", state, filepath.ToSlash(filepath.Join(p.Target.Out, name)))
		}
	}
}

// totals are the figures of a summary line.
type totals struct {
	generator.Summary
	written, documentation, unchanged, removed int
}

func (t *totals) add(p generator.PackageOutcome) {
	if p.Plan == nil {
		return
	}
	t.Models += p.Summary.Models
	t.Enums += p.Summary.Enums
	t.Operations += p.Summary.Operations
	t.Binds += p.Summary.Binds
	t.written += len(p.Plan.Changed) + len(p.Plan.Missing)
	t.documentation += len(p.Plan.Documentation)
	t.unchanged += len(p.Plan.Unchanged)
	t.removed += len(p.Plan.Stale)
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
	return fmt.Sprintf("%s, %s, %s; files: %d %s, %d unchanged, %d %s", generator.Count(t.Models+t.Enums, "type"),
		generator.Count(t.Operations, "operation"), generator.Count(t.Binds, "bind"), t.written, written, t.unchanged, t.removed, removed)
}

// reportSummary says what was made: one line, with --verbose also one for each package and file.
func (a *app) reportSummary(opts *options, o *generator.Outcome, elapsed time.Duration) {
	if o.Failed() {
		fmt.Fprintln(a.stderr, "gen: nothing was written")
		return
	}
	dry := opts.check || opts.dryRun
	var all totals
	upToDate := 0
	for _, p := range o.Packages {
		all.add(p)
		if p.UpToDate {
			upToDate++
		}
		if opts.verbose {
			a.reportPackage(opts, p, dry)
		}
	}
	line := all.line(dry)
	switch upToDate {
	case 0:
	case len(o.Packages):
		line = "up to date"
		switch {
		case o.ToRecut():
			line = "up to date with the slices as they are"
		case o.Strayed():
			line = "up to date but for stray files"
		}
	default:
		line = fmt.Sprintf("%d up to date; %s", upToDate, line)
	}
	fmt.Fprintf(a.stderr, "gen: %s, %s, in %.2f s\n", generator.Count(len(o.Packages), "package"), line, elapsed.Seconds())
	if opts.keepRemoved {
		fmt.Fprintln(a.stderr, "gen: --keep-removed: "+keptText(o))
	}
	if opts.check {
		a.reportRemedy(opts, o)
	}
}

// keptText says how much stays that the API has dropped.
func keptText(o *generator.Outcome) string {
	kept, notKept := 0, 0
	for _, p := range o.Packages {
		kept += p.Kept
		notKept += p.NotKept
	}
	if kept+notKept == 0 {
		return "there is nothing to keep"
	}
	text := fmt.Sprintf("%d of what the API has dropped kept for one more generation", kept)
	if notKept > 0 {
		text += fmt.Sprintf(", %d could not be, as said above", notKept)
	}
	return text
}

// reportPackage says what was made of one package.
func (a *app) reportPackage(opts *options, p generator.PackageOutcome, dry bool) {
	line := "up to date, by its hashes"
	if !p.UpToDate {
		var one totals
		one.add(p)
		line = one.line(dry)
		listFiles(a.stderr, opts, p)
	}
	fmt.Fprintf(a.stderr, "%s: package %s: %s\n", filepath.ToSlash(p.Target.Out), p.Target.Package, line)
}

// reportRemedy says how to mend what a check has found.
func (a *app) reportRemedy(opts *options, o *generator.Outcome) {
	if o.Strayed() {
		fmt.Fprintln(a.stderr, "gen: stray files look generated, and no lock lists them: remove them, as is said above")
	}
	if o.ToRecut() {
		fmt.Fprintln(a.stderr, "gen: slice: in the configuration is not what these slices were cut with: run gen slice, then gen, and commit what they write")
		return
	}
	if !o.Outdated() {
		return
	}
	if o.Edited() {
		fmt.Fprintln(a.stderr, "gen: files were edited by hand: move the changes into the slices, the overrides or files of your own; what follows lets them go")
	}
	fmt.Fprintf(a.stderr, "gen: the files differ from what the slices make: run %s and commit them\n", opts.remedy(o.Edited()))
}

// jsonPackage is a package in --format json.
type jsonPackage struct {
	Out     string `json:"out"`
	Package string `json:"package"`
	// Summary is null for a package that was not generated, since hashes said that it is up to date.
	Summary  *generator.Summary `json:"summary"`
	UpToDate bool               `json:"upToDate"`
	// Recut are paths of slices that gen slice would cut with something else; only a check looks.
	Recut []string `json:"recut"`
	// Stray are files below the package's folder that look generated and that no lock lists.
	Stray       []string              `json:"stray"`
	Files       jsonFiles             `json:"files"`
	Diagnostics generator.Diagnostics `json:"diagnostics"`
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
func newJSONFiles(plan *generator.Plan) jsonFiles {
	if plan == nil {
		plan = &generator.Plan{}
	}
	list := func(lists ...[]string) []string { return append([]string{}, slices.Concat(lists...)...) }
	return jsonFiles{
		Written: list(plan.Changed, plan.Missing), Unchanged: list(plan.Unchanged), Removed: list(plan.Stale),
		Documentation: list(plan.Documentation), Edited: list(plan.Edited),
	}
}

// writeJSON prints the outcome as one JSON object. Its lists are never null, so that they can be read without a check.
func writeJSON(w io.Writer, o *generator.Outcome) error {
	document := struct {
		Packages    []jsonPackage         `json:"packages"`
		Diagnostics generator.Diagnostics `json:"diagnostics"` // of no one package
	}{[]jsonPackage{}, append(generator.Diagnostics{}, o.Faults...)}
	for _, p := range o.Packages {
		described := jsonPackage{
			Out: filepath.ToSlash(p.Target.Out), Package: p.Target.Package, Files: newJSONFiles(nil),
			UpToDate: len(p.Recut)+len(p.Strays) == 0 && (p.UpToDate || p.Plan != nil && !p.Plan.OutOfDate()), Diagnostics: append(generator.Diagnostics{}, p.Found...),
			Recut: []string{}, Stray: []string{},
		}
		for _, path := range p.Recut {
			described.Recut = append(described.Recut, filepath.ToSlash(path))
		}
		for _, name := range p.Strays {
			described.Stray = append(described.Stray, filepath.ToSlash(name))
		}
		if !p.UpToDate {
			described.Summary = &p.Summary
		}
		if !o.Failed() {
			described.Files = newJSONFiles(p.Plan)
		}
		document.Packages = append(document.Packages, described)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document)
}
