package main

import (
	"context"
	"fmt"

	"github.com/graphslice/graphslice/generator"
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
	if err := a.report(opts, o, a.now().Sub(start)); err != nil {
		return err
	}
	a.reportOverrides(opts, o)
	return verdict(o, opts.check)
}

// generateAll generates every package, or checks it. The error is a fault of graphslice or ctx's; other faults are in the
// outcome.
func (a *app) generateAll(ctx context.Context, opts *options) (*generator.Outcome, error) {
	p, err := opts.project()
	if err != nil {
		o := &generator.Outcome{}
		return o, o.Faults.Take(err)
	}
	work := a.begin("generating")
	defer work.end()
	run := p.Generate
	if opts.check {
		run = p.Check
	}
	return run(ctx, generator.Options{
		Force: opts.force, NoDocs: opts.noDocs, KeepRemoved: opts.keepRemoved, DryRun: opts.dryRun, Full: opts.full,
		WriteOverrides: opts.writeOverrides, Progress: work.progress(), Make: a.generate,
	})
}

// verdict is the exit code as an error, nil for success.
func verdict(o *generator.Outcome, check bool) error {
	if err := o.Internal(); err != nil {
		return err
	}
	switch {
	case o.Failed():
		return codeError(exitInput)
	case check && o.Differs():
		return codeError(exitDiffers)
	}
	return nil
}
