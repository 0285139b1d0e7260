package generator

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/config"
	"github.com/graphslice/graphslice/generator/internal/cut"
	"github.com/graphslice/graphslice/generator/internal/disk"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/disk/swap"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// Addition is a change of the configuration: patterns that come into one slice of one package.
type Addition struct {
	// Added are the patterns that come, Present says of the others where they are already.
	Added   []string
	Present Diagnostics

	project *Project // as it will be
	edit    *config.Edit
	slice   string // its path
}

// Addition begins to put patterns into slice file, which is one that is cut for package t of the project. With anyFile a pattern
// need not come that another slice of the package has. Nothing is written. The error is Diagnostics.
func (p *Project) Addition(t Target, file string, anyFile bool, patterns []string) (*Addition, error) {
	c, found := cut.Of(t.described)
	if found.HasErrors() {
		return nil, found.Sorted()
	}
	e := config.NewEdit(p.file, p.text, Leavable())
	e.Package, e.AnyFile = p.index(t), anyFile
	e.File = slices.IndexFunc(c.Files, func(f slice.File) bool { return f.Out == file })
	if err := e.Insert(patterns); err != nil {
		return nil, err
	}
	edited, err := parse(p.file, e.After)
	if err != nil {
		return nil, err
	}
	return &Addition{Added: e.Added, Present: e.Present, project: edited.Only(edited.Targets[e.Package]), edit: e, slice: file}, nil
}

// AddOptions say how an addition is made.
type AddOptions struct {
	Sources  Sources
	Progress Progress
	// Make stands in for Generate; nil is Generate itself.
	Make func(context.Context, Config) (*Result, error)
	// Unrestored is told what could not be put back after something failed.
	Unrestored func(error)
}

// AddOutcome is what an addition found and did, as far as it came.
type AddOutcome struct {
	// Cut is what cutting the slices found; Unread are notes that the package is not made from the slice.
	Cut    *CutOutcome
	Unread Diagnostics
	// Made is what generating found and did, nil if it did not come to that.
	Made *Outcome
	// Before is what the package had.
	Before Stock
}

// Failed reports whether something is at fault, so that all is as it was.
func (o *AddOutcome) Failed() bool {
	return o.Cut != nil && o.Cut.Faults.HasErrors() || o.Made != nil && (o.Made.Failed() || o.Made.Internal() != nil)
}

// Apply writes the edited configuration, cuts the slices of its package and generates it; or leaves everything as it was. Faults of
// the input are in the outcome; the error is Diagnostics as well, ctx's, or a fault of the generator itself.
func (a *Addition) Apply(ctx context.Context, opts AddOptions) (o *AddOutcome, err error) {
	o = &AddOutcome{}
	if err := a.cut(ctx, opts, o); err != nil || o.Failed() {
		return o, err
	}
	if o.Before, err = a.Stock(ctx); err != nil {
		return o, err
	}
	kept, err := replaceAll(append(slicesToWrite(o.Cut), swap.File{Name: realPath(a.edit.Path), Data: a.edit.After}))
	done := false
	defer func() { // also when something panics
		if done {
			return
		}
		if err := restore(kept); err != nil && opts.Unrestored != nil {
			opts.Unrestored(err)
		}
	}()
	if err != nil {
		return o, err
	}
	made, err := a.project.Generate(ctx, Options{Progress: opts.Progress, Make: opts.Make})
	if err != nil {
		return o, err
	}
	if o.Made = made; o.Failed() {
		return o, nil
	}
	done = true
	return o, nil
}

// Stock is what the package has now. The error is as that of Apply.
func (a *Addition) Stock(ctx context.Context) (Stock, error) {
	return takeStock(ctx, a.project.Targets[0])
}

// cut cuts the slices of the edited configuration's package, without writing them.
func (a *Addition) cut(ctx context.Context, opts AddOptions, o *AddOutcome) error {
	cuts, err := a.project.allCuts()
	if err != nil {
		return err
	}
	maps.DeleteFunc(cuts[0].Positions, func(entry slice.Entry, _ Pos) bool {
		return slices.Contains(a.Added, entry.Text) // the file does not have it, unless all goes well
	})
	made, err := cut.Run(ctx, cuts, opts.Sources, opts.Progress)
	if err != nil {
		return err
	}
	if o.Cut = made; o.Failed() {
		return nil
	}
	t := a.project.Targets[0]
	isRead := func(f CutFile) bool {
		return slices.ContainsFunc(t.Specs, func(spec string) bool { return filepath.Clean(spec) == filepath.Clean(f.Path) })
	}
	if i := slices.IndexFunc(o.Cut.Files, func(f CutFile) bool { return f.Path == a.slice }); i >= 0 && !isRead(o.Cut.Files[i]) {
		o.Unread = append(o.Unread, Diagnostic{Pos: t.Pos, Code: "unread-slice", Hint: "add it to specs:",
			Message: "the package is not made from " + filepath.ToSlash(a.slice) + ", so that what comes into it does not come into the package"})
	}
	return nil
}

// Stock is what a package has.
type Stock struct {
	Listing Listing
	Lines   int // of Go in its folder
}

// takeStock reads what a package has; nothing if its slices are not there, or are at fault, which others report.
func takeStock(ctx context.Context, t Target) (Stock, error) {
	var s Stock
	names, err := filepath.Glob(filepath.Join(t.Out, "*.go"))
	if err != nil {
		return s, osfile.FileFault(t.Out, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return s, osfile.FileFault(name, err)
		}
		s.Lines += bytes.Count(data, []byte("\n"))
	}
	if t.Previous, err = disk.ReadLock(t.Out); err != nil {
		return s, err
	}
	contents, _, err := Read(ctx, t.Config)
	if contents != nil {
		s.Listing = Subject(*contents).List()
	}
	return s, err
}
