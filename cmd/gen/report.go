package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/diag"
)

// report prints the outcome: findings and what was made on stderr, lists that were asked for on stdout.
func (a *app) report(opts *options, o *outcome) error {
	if opts.format == "json" {
		if err := writeJSON(a.stdout, o); err != nil {
			fmt.Fprintf(a.stderr, "gen: stdout: %v\n", err)
			return codeError(exitInput)
		}
	} else {
		a.reportFindings(opts, o)
		if opts.check || opts.dryRun {
			for _, p := range o.packages {
				listFiles(a.stdout, p)
			}
		}
	}
	if !opts.quiet {
		a.reportSummary(opts, o)
	}
	return nil
}

// reportFindings prints the diagnostics, each as one message.
func (a *app) reportFindings(opts *options, o *outcome) {
	for _, d := range o.diagnostics() {
		if d.Severity == diag.Error || !opts.quiet {
			fmt.Fprintln(a.stderr, d)
		}
	}
}

// listFiles prints what would change, a file a line.
func listFiles(w io.Writer, p packageOutcome) {
	if p.plan == nil {
		return
	}
	for _, group := range []struct {
		state string
		names []string
	}{{"changed", p.plan.Changed}, {"missing", p.plan.Missing}, {"stale", p.plan.Stale}} {
		for _, name := range group.names {
			fmt.Fprintf(w, "%s %s\n", group.state, filepath.ToSlash(filepath.Join(p.target.Out, name)))
		}
	}
}

// totals are the figures of a summary line.
type totals struct {
	generator.Summary
	written, unchanged, removed int
}

func (t *totals) add(p packageOutcome) {
	t.Models += p.summary.Models
	t.Enums += p.summary.Enums
	t.Operations += p.summary.Operations
	t.Binds += p.summary.Binds
	t.written += len(p.plan.Changed) + len(p.plan.Missing)
	t.unchanged += len(p.plan.Unchanged)
	t.removed += len(p.plan.Stale)
}

// line is the summary; dry says that nothing was written.
func (t *totals) line(dry bool) string {
	written, removed := "written", "removed"
	if dry {
		written, removed = "to write", "to remove"
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
	for _, p := range o.packages {
		all.add(p)
		if opts.verbose {
			var one totals
			one.add(p)
			listFiles(a.stderr, p)
			fmt.Fprintf(a.stderr, "%s: package %s: %s\n", filepath.ToSlash(p.target.Out), p.target.Package, one.line(dry))
		}
	}
	noun := "packages"
	if len(o.packages) == 1 {
		noun = "package"
	}
	fmt.Fprintf(a.stderr, "gen: %d %s, %s, in %.2f s\n", len(o.packages), noun, all.line(dry), o.elapsed.Seconds())
	if opts.check && o.differs() {
		fmt.Fprintln(a.stderr, "gen: the files differ from what the slices make: run gen without --check and commit them")
	}
}

// jsonPackage is a package in --format json.
type jsonPackage struct {
	Out         string            `json:"out"`
	Package     string            `json:"package"`
	Summary     generator.Summary `json:"summary"`
	Files       jsonFiles         `json:"files"`
	Diagnostics diag.List         `json:"diagnostics"`
}

// jsonFiles are names below the package's folder, none after an error. With --check and --dry-run they say what
// would happen.
type jsonFiles struct {
	Written   []string `json:"written"`
	Unchanged []string `json:"unchanged"`
	Removed   []string `json:"removed"`
}

// writeJSON prints the outcome as one JSON object. Its lists are never null, so that they can be read without a check.
func writeJSON(w io.Writer, o *outcome) error {
	document := struct {
		Packages    []jsonPackage `json:"packages"`
		Diagnostics diag.List     `json:"diagnostics"` // of no one package
	}{[]jsonPackage{}, append(diag.List{}, o.faults...)}
	for _, p := range o.packages {
		files := jsonFiles{[]string{}, []string{}, []string{}}
		if !o.failed() {
			files.Written = append(append(files.Written, p.plan.Changed...), p.plan.Missing...)
			files.Unchanged = append(files.Unchanged, p.plan.Unchanged...)
			files.Removed = append(files.Removed, p.plan.Stale...)
		}
		document.Packages = append(document.Packages, jsonPackage{
			Out: filepath.ToSlash(p.target.Out), Package: p.target.Package, Summary: p.summary, Files: files,
			Diagnostics: append(diag.List{}, p.found...),
		})
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document)
}
