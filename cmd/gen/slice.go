package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/graphslice/graphslice/generator"
)

// runSlice is the command slice: it cuts slices.
func (a *app) runSlice(ctx context.Context, args []string) error {
	opts, err := parseSliceOptions(args)
	switch {
	case err != nil:
		return err
	case opts.help:
		fmt.Fprint(a.stdout, sliceHelpHead+opts.flagSet().FlagUsages()+sliceHelpTail)
		return nil
	}
	o, err := a.cutAll(ctx, opts)
	if err != nil {
		return err
	}
	return a.reportSlices(opts, o)
}

// cutAll cuts the slices. The error is a fault of graphslice or ctx's; other faults are in the outcome.
func (a *app) cutAll(ctx context.Context, opts *sliceOptions) (*generator.CutOutcome, error) {
	p, err := opts.project()
	if err != nil {
		o := &generator.CutOutcome{}
		return o, o.Faults.Take(err)
	}
	work := a.begin("reading")
	defer work.end()
	return p.Cut(ctx, generator.CutOptions{Sources: opts.sources(), DryRun: opts.check, Progress: work.progress()})
}

// reportSlices prints the outcome and returns the exit code as an error.
func (a *app) reportSlices(opts *sliceOptions, o *generator.CutOutcome) error {
	failed := o.Faults.HasErrors()
	if opts.format == "json" {
		if err := a.answer("json", newSlicesDocument(o, failed)); err != nil {
			return err
		}
	} else {
		a.listSlices(opts, o)
	}
	switch {
	case failed:
		fmt.Fprintln(a.stderr, "gen: nothing was written")
		return codeError(exitInput)
	case !opts.quiet:
		fmt.Fprintln(a.stderr, "gen: "+summaryOf(o, opts.check))
	}
	if opts.check && len(o.ToWrite()) > 0 {
		fmt.Fprintln(a.stderr, "gen: the slices differ from what is published: run gen slice without --check, look at the difference and commit it")
		return codeError(exitDiffers)
	}
	return nil
}

// listSlices prints the findings and, with --check, what differs.
func (a *app) listSlices(opts *sliceOptions, o *generator.CutOutcome) {
	a.printFindings(o.Faults, opts.quiet, opts.verbose)
	for _, f := range o.Files {
		if opts.check && f.State != generator.CutUnchanged {
			fmt.Fprintf(a.stdout, "%s %s\n", f.State, filepath.ToSlash(f.Path))
		}
	}
}

// summaryOf is one line about all slices.
func summaryOf(o *generator.CutOutcome, check bool) string {
	operations, border := 0, 0
	for _, f := range o.Files {
		operations += f.Operations
	}
	for _, t := range o.Types {
		if t.Border {
			border++
		}
	}
	verb := "written"
	if check {
		verb = "to write"
	}
	written := len(o.ToWrite())
	unknown := ""
	if len(o.Unpermitted) > 0 {
		unknown = fmt.Sprintf("permissions not known of %d, such as %s (write them into notes); ", len(o.Unpermitted), o.Unpermitted[0])
	}
	return fmt.Sprintf("%s: %s, %s and %d more at the border; %sfiles: %d %s, %d unchanged", generator.Count(len(o.Files), "slice"),
		generator.Count(operations, "operation"), generator.Count(len(o.Types)-border, "type"), border, unknown, written, verb, len(o.Files)-written)
}

// slicesDocument is the outcome in --format json. Its lists are never null.
type slicesDocument struct {
	Slices      []jsonSlice           `json:"slices"`
	Types       []jsonType            `json:"types"`
	Diagnostics generator.Diagnostics `json:"diagnostics"`
	// UnknownPermissions are operations of which neither a table of permissions nor notes know anything.
	UnknownPermissions []string `json:"unknownPermissions"`
}

// jsonSlice is a slice. State is how the file was before: unchanged, changed or missing.
type jsonSlice struct {
	Out        string             `json:"out"`
	State      generator.CutState `json:"state"`
	Operations int                `json:"operations"`
}

// jsonType is a type of the slices. Border: only its key is described. Because is what it is there for: an operation, a
// property or another type. EntitySet is where binds to it point, "" if nowhere.
type jsonType struct {
	Name      string `json:"name"`
	Border    bool   `json:"border"`
	Because   string `json:"because"`
	EntitySet string `json:"entitySet"`
}

func newSlicesDocument(o *generator.CutOutcome, failed bool) *slicesDocument {
	d := &slicesDocument{[]jsonSlice{}, []jsonType{}, append(generator.Diagnostics{}, o.Faults...), append([]string{}, o.Unpermitted...)}
	if failed {
		return d
	}
	for _, f := range o.Files {
		d.Slices = append(d.Slices, jsonSlice{filepath.ToSlash(f.Path), f.State, f.Operations})
	}
	for _, t := range o.Types {
		d.Types = append(d.Types, jsonType(t))
	}
	return d
}

// WriteText is not asked for: a person reads the summary.
func (d *slicesDocument) WriteText(w io.Writer) error { return nil }
