package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/disk"
	"github.com/graphslice/graphslice/generator/gosource"
)

// runGenerate is the command without a name: it generates packages.
func (a *app) runGenerate(ctx context.Context, args []string) error {
	return a.runOptions(ctx, &options{}, args)
}

// runOptions is runGenerate and runCheck: opts say which.
func (a *app) runOptions(ctx context.Context, opts *options, args []string) error {
	err := opts.parse(args)
	a.verbose = opts.verbose
	switch {
	case err != nil:
		return err
	case opts.help:
		fmt.Fprint(a.stdout, opts.helpText())
		return nil
	case opts.version:
		fmt.Fprintln(a.stdout, "graphslice "+version())
		return nil
	}
	start := a.now()
	o, err := a.generateAll(ctx, opts)
	if err != nil {
		return err
	}
	o.elapsed = a.now().Sub(start)
	if err := a.report(opts, o); err != nil {
		return err
	}
	for _, note := range o.notes {
		fmt.Fprintln(a.stderr, note)
	}
	return o.verdict(opts)
}

// outcome is what a run of generate found and did.
type outcome struct {
	packages []packageOutcome
	// faults are of the configuration and of writing: they belong to no one package.
	faults  diag.List
	elapsed time.Duration
	// notes are told at the end.
	notes []string
}

// packageOutcome is the part of one package.
type packageOutcome struct {
	target  target
	summary generator.Summary
	found   diag.List
	// upToDate: hashes alone said so, and nothing was generated.
	upToDate bool
	plan     *disk.Plan // nil if the input is at fault, and if upToDate
	// recut are slices to cut anew, for a check.
	recut []string
}

// generateAll generates every package, then compares it with the disk, then writes: nothing is written unless
// everything can be. The error is a fault of graphslice or ctx's; other faults are in the outcome.
func (a *app) generateAll(ctx context.Context, opts *options) (*outcome, error) {
	targets, err := opts.targets()
	if err != nil {
		o := &outcome{}
		return o, o.addFaults(err)
	}
	return a.generateTargets(ctx, opts, targets)
}

// generateTargets is generateAll for packages that are known.
func (a *app) generateTargets(ctx context.Context, opts *options, targets []target) (*outcome, error) {
	o := &outcome{}
	held, err := hold(ctx, opts, targets)
	if err != nil {
		return o, o.addFaults(err)
	}
	defer held.Release()
	o.faults = append(o.faults, held.Left...)
	work := a.begin("generating")
	defer work.end()
	var plans []*disk.Plan
	for _, t := range targets {
		work.now("generating " + filepath.ToSlash(t.Out))
		p, err := a.generateOne(ctx, opts, t)
		if err != nil {
			return nil, err
		}
		o.packages = append(o.packages, p)
		plans = append(plans, p.plan)
	}
	if err := a.writeOverrides(opts, o); err != nil {
		return nil, err
	}
	if opts.check || opts.dryRun || o.failed() {
		return o, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return o, o.addFaults(disk.Apply(plans...))
}

// holdWait is how long a run waits for another in the same folder.
const holdWait = 10 * time.Second

// hold keeps other runs out of the targets' folders, and ends what a killed one has left, if this run is one that writes.
func hold(ctx context.Context, opts *options, targets []target) (*disk.Held, error) {
	dirs := make([]string, len(targets))
	for i, t := range targets {
		dirs[i] = t.Out
	}
	if opts.check || opts.dryRun {
		return disk.Watch(ctx, holdWait, dirs...)
	}
	return disk.Hold(ctx, holdWait, dirs...)
}

// generateOne generates one package and compares it with the disk. A check is content with hashes where they suffice.
func (a *app) generateOne(ctx context.Context, opts *options, t target) (packageOutcome, error) {
	p := packageOutcome{target: t}
	if opts.check {
		var err error
		if p.recut, err = t.recut(); err != nil {
			return p, p.addFaults(err)
		}
	}
	if opts.check && !opts.full && generator.UpToDate(t.Config, t.Out, opts.noDocs) {
		p.upToDate = true
		return p, nil
	}
	var err error
	if t.Previous, err = disk.ReadLock(t.Out); err != nil {
		return p, p.addFaults(err)
	}
	t.Keep = generator.ToKeep(t.Previous, t.Config, t.Out, opts.keepRemoved)
	result, err := a.generate(ctx, t.Config)
	if err != nil {
		return p, err
	}
	p.summary, p.found = result.Summary, result.Diagnostics.Sorted()
	for i := range p.found {
		if p.found[i].Pos.IsZero() {
			p.found[i].Pos = t.Pos
		}
	}
	t.hintAtSlices(p.found)
	if p.found.HasErrors() {
		return p, nil
	}
	record, err := generator.Record(t.Config, result, t.Out)
	if err != nil {
		return p, err
	}
	p.plan, err = disk.NewPlan(t.Out, toWrite(result.Files), record, disk.Options{Force: opts.force, NoDocs: opts.noDocs, SameCode: gosource.SameCode})
	if err != nil {
		return p, p.addFaults(err)
	}
	p.found = append(append(p.found, p.plan.Warnings...), strangers(t.Out, t.Package)...)
	if !opts.check { // to which an edited file is a difference like any other
		p.found = append(p.found, p.plan.Edits()...)
	}
	return p, nil
}

// toWrite are files as the disk knows them.
func toWrite(files []generator.File) []disk.File {
	list := make([]disk.File, len(files))
	for i, f := range files {
		list[i] = disk.File{Name: f.Name, Data: f.Data}
	}
	return list
}

// addFaults keeps the diagnostics in err; any other error is returned.
func (p *packageOutcome) addFaults(err error) error {
	var faults diag.List
	if !errors.As(err, &faults) {
		return err
	}
	p.found = append(p.found, faults...)
	return nil
}

// addFaults keeps the diagnostics in err; any other error is returned.
func (o *outcome) addFaults(err error) error {
	var faults diag.List
	if !errors.As(err, &faults) {
		return err
	}
	o.faults = append(o.faults, faults...)
	return nil
}

// diagnostics are all that was found.
func (o *outcome) diagnostics() diag.List {
	found := slices.Clone(o.faults)
	for _, p := range o.packages {
		found = append(found, p.found...)
	}
	return found
}

// failed reports whether the input or the disk is at fault.
func (o *outcome) failed() bool { return o.diagnostics().HasErrors() }

// differs reports whether some folder is not what the slices make.
func (o *outcome) differs() bool {
	return o.outdated() || o.toRecut()
}

// outdated reports whether some package is not what its slices make.
func (o *outcome) outdated() bool {
	return slices.ContainsFunc(o.packages, func(p packageOutcome) bool { return p.plan != nil && p.plan.OutOfDate() })
}

// toRecut reports whether some slice is not what the configuration says.
func (o *outcome) toRecut() bool {
	return slices.ContainsFunc(o.packages, func(p packageOutcome) bool { return len(p.recut) > 0 })
}

// edited reports whether some file was changed by hand.
func (o *outcome) edited() bool {
	return slices.ContainsFunc(o.packages, func(p packageOutcome) bool { return p.plan != nil && len(p.plan.Edited) > 0 })
}

// verdict is the exit code as an error, nil for success.
func (o *outcome) verdict(opts *options) error {
	for _, d := range o.diagnostics() {
		if d.Code == "internal" { // a stage's own fault that it could report as a diagnostic
			return errors.New(d.Message)
		}
	}
	switch {
	case o.failed():
		return codeError(exitInput)
	case opts.check && o.differs():
		return codeError(exitDiffers)
	}
	return nil
}
