package generator

import (
	"context"
	"path/filepath"
	"time"

	"github.com/graphslice/graphslice/generator/internal/cut"
	"github.com/graphslice/graphslice/generator/internal/disk"
	"github.com/graphslice/graphslice/generator/internal/gosource"
)

// Options say how the packages of a project are made or checked.
type Options struct {
	// Force: files that were edited by hand are replaced, and files that have our header and that no lock lists.
	Force bool
	// NoDocs: files of which only comments would change stay as they are.
	NoDocs bool
	// KeepRemoved: what the API has dropped stays for one more generation.
	KeepRemoved bool
	// DryRun: nothing is written.
	DryRun bool
	// Full: a check generates, even if hashes say that all is up to date.
	Full bool
	// WriteOverrides is the path of a file of overrides that gets names for what collides; "" for none.
	WriteOverrides string
	// Progress is told what is done.
	Progress Progress
	// Make stands in for Generate; nil is Generate itself.
	Make func(context.Context, Config) (*Result, error)

	check bool
}

// reads reports whether nothing is to be written.
func (o Options) reads() bool { return o.check || o.DryRun }

// Generate makes every package, then compares it with the disk, then writes: nothing is written unless everything can be. The
// error is a fault of the generator itself or ctx's; other faults are in the outcome.
func (p *Project) Generate(ctx context.Context, opts Options) (*Outcome, error) {
	return p.run(ctx, opts)
}

// Check says whether the packages are what Generate would make, and the slices cut with what the configuration says, and writes
// nothing. The error is as that of Generate.
func (p *Project) Check(ctx context.Context, opts Options) (*Outcome, error) {
	opts.check = true
	return p.run(ctx, opts)
}

func (p *Project) run(ctx context.Context, opts Options) (*Outcome, error) {
	if opts.Make == nil {
		opts.Make = Generate
	}
	o := &Outcome{}
	if p.unshared != nil {
		return o, o.Faults.Take(p.unshared)
	}
	held, err := p.hold(ctx, opts)
	if err != nil {
		return o, o.Faults.Take(err)
	}
	defer held.Release()
	o.Faults = append(append(o.Faults, held.Left...), p.leftFolders()...)
	runtime, isShared := p.runtimeTarget()
	if opts.check && !opts.Full && isShared { // what it needs is known when all packages are made
		opts.Full = !p.sharedUpToDate(runtime, opts)
	}
	for _, t := range p.Targets {
		opts.Progress.Tell("generating " + filepath.ToSlash(t.Out))
		made, err := t.runAll(ctx, opts)
		if err != nil {
			return nil, err
		}
		o.Packages = append(o.Packages, made...)
	}
	if isShared && !o.Failed() {
		made, err := p.runRuntime(ctx, runtime, o.Packages, opts)
		if err != nil {
			return nil, err
		}
		o.Packages = append(o.Packages, made)
	}
	o.Faults = append(o.Faults, sharedFolders(o.Packages)...)
	if err := o.mend(opts.WriteOverrides); err != nil {
		return nil, err
	}
	if opts.reads() || o.Failed() {
		return o, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var plans []*Plan
	for _, made := range o.Packages {
		plans = append(plans, made.Plan)
	}
	return o, o.Faults.Take(disk.Apply(plans...))
}

// holdWait is how long a run waits for others in the same folder: several may be ahead of it, each with seconds of work.
const holdWait = 5 * time.Minute

// hold keeps other runs out of the packages' folders, and ends what a killed one has left, if this run is one that writes.
func (p *Project) hold(ctx context.Context, opts Options) (*disk.Held, error) {
	var dirs []string
	for _, t := range p.Targets {
		dirs = append(dirs, t.Out)
		if t.FakeOut != "" {
			dirs = append(dirs, t.FakeOut)
		}
	}
	if t, ok := p.runtimeTarget(); ok {
		dirs = append(dirs, t.Out)
	}
	opts.Progress.Tell("waiting for other runs in the same folders")
	if opts.reads() {
		return disk.Watch(ctx, holdWait, dirs...)
	}
	return disk.Hold(ctx, holdWait, dirs...)
}

// runAll makes one package, and the fake of its service if there is to be one.
func (t Target) runAll(ctx context.Context, opts Options) ([]PackageOutcome, error) {
	err := t.findImport()
	p := PackageOutcome{Target: t}
	if p.Found = t.ignored(); err == nil && p.Found.HasErrors() {
		return []PackageOutcome{p}, nil
	}
	if err == nil && opts.check {
		p.Recut, err = cut.Outdated(t.described)
	}
	if err != nil {
		err = p.Found.Take(err)
		return []PackageOutcome{p}, err
	}
	if opts.check && !opts.Full && t.isUpToDate(opts) {
		p, err := p.upToDate()
		if err != nil || t.Fake == "" {
			return []PackageOutcome{p}, err
		}
		fake, err := (PackageOutcome{Target: t.fakeTarget()}).upToDate()
		return []PackageOutcome{p, fake}, err
	}
	p, result, err := t.run(ctx, p, opts)
	if err != nil || t.Fake == "" {
		return []PackageOutcome{p}, err
	}
	fake, err := t.runFake(p, result, opts)
	return []PackageOutcome{p, fake}, err
}

// upToDate is the outcome of a package of which hashes say that it is as it would be made. What else is in its folder they do not say.
func (p PackageOutcome) upToDate() (PackageOutcome, error) {
	p.UpToDate = true
	names, found, err := disk.Strays(p.Target.Out)
	p.Strays = names
	p.Found = append(p.Found, found...)
	return p, p.Found.Take(err)
}

// isUpToDate reports whether hashes say that what is made of a target is as it would be made.
func (t Target) isUpToDate(opts Options) bool {
	fake, err := t.relativeFake()
	if err != nil || !upToDate(t.Config, t.Out, fake, opts.NoDocs) {
		return false
	}
	f := t.fakeTarget()
	return t.Fake == "" || upToDate(f.Config, f.Out, "", opts.NoDocs)
}

// run makes one package and compares it with the disk.
func (t Target) run(ctx context.Context, p PackageOutcome, opts Options) (PackageOutcome, *Result, error) {
	var err error
	if t.Previous, err = disk.ReadLock(t.Out); err != nil {
		return p, nil, p.Found.Take(err)
	}
	if err := checkVersion(t.Previous, t.Config, t.Out); err != nil {
		return p, nil, p.Found.Take(err)
	}
	t.Keep = toKeep(t.Previous, t.Config, t.Out, opts.KeepRemoved)
	result, err := opts.Make(ctx, t.Config)
	if err != nil {
		return p, nil, err
	}
	p.Summary, p.Found, p.parts = result.Summary, result.Diagnostics.Sorted(), result.parts
	p.Kept, p.NotKept = countKept(result)
	t.place(p.Found)
	cut.Hint(t.described, p.Found)
	if p.Found.HasErrors() {
		return p, result, nil
	}
	p, err = t.plan(p, result, opts)
	return p, result, err
}

// plan compares what was made with the disk.
func (t Target) plan(p PackageOutcome, result *Result, opts Options) (PackageOutcome, error) {
	record, err := newLock(t.Config, result, t.Out)
	if err != nil {
		return p, err
	}
	if record.Fake, err = t.relativeFake(); err != nil {
		return p, err
	}
	return t.planOf(p, result.Files, record, opts)
}

// planOf compares files with the disk.
func (t Target) planOf(p PackageOutcome, made []File, record Lock, opts Options) (PackageOutcome, error) {
	files := make([]disk.File, len(made))
	for i, f := range made {
		files[i] = disk.File{Name: f.Name, Data: f.Data}
	}
	var err error
	p.Plan, err = disk.NewPlan(t.Out, files, record, disk.Options{Force: opts.Force, NoDocs: opts.NoDocs, SameCode: gosource.SameCode})
	if err != nil {
		return p, p.Found.Take(err)
	}
	p.Strays = p.Plan.Strays
	p.Found = append(append(p.Found, p.Plan.Warnings...), strangers(t.Out, t.Package)...)
	p.Found = append(p.Found, t.abandoned(record.Fake)...)
	if !opts.check { // to which an edited file is a difference like any other
		p.Found = append(p.Found, p.Plan.Edits()...)
	}
	return p, nil
}
