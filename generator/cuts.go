package generator

import (
	"context"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/cut"
	"github.com/graphslice/graphslice/generator/internal/disk/swap"
)

// CutOptions say how slices are cut.
type CutOptions struct {
	Sources Sources
	// DryRun: the slices are compared with those on the disk, and not written.
	DryRun   bool
	Progress Progress
}

// Cut cuts the slices of every package of which the project says what they are cut from, and writes those that differ: all of
// them or none. Faults of the input and of the disk are in the outcome; an error is a fault of the generator itself, or ctx's.
func (p *Project) Cut(ctx context.Context, opts CutOptions) (*CutOutcome, error) {
	cuts, err := p.allCuts()
	if err != nil {
		o := &CutOutcome{}
		return o, o.Faults.Take(err)
	}
	o, err := cut.Run(ctx, cuts, opts.Sources, opts.Progress)
	if err == nil && !opts.DryRun && !o.Faults.HasErrors() {
		err = o.Faults.Take(swap.Replace(slicesToWrite(o)))
	}
	if err != nil {
		return o, err
	}
	if !o.Faults.HasErrors() {
		o.Faults = append(o.Faults, o.Lacks...)
	}
	return o, nil
}

// allCuts are what there is to cut. The error is Diagnostics; nothing at all is an error.
func (p *Project) allCuts() ([]cut.Cut, error) {
	if p.cuts != nil {
		return p.cuts, nil
	}
	return cut.OfAll(p.file, p.packages())
}

// slicesToWrite are the slices that differ from the disk.
func slicesToWrite(o *CutOutcome) []swap.File {
	var files []swap.File
	for _, f := range o.ToWrite() {
		files = append(files, swap.File{Name: f.Path, Data: f.Data})
	}
	return files
}

// CheckCuts says what is wrong with what the project's slices are cut from, as far as that can be said without reading it. That
// there is nothing to cut is wrong as well. The error is Diagnostics.
func (p *Project) CheckCuts() error {
	_, err := p.allCuts()
	return err
}

// Paths lists the operations that can be cut from the sources of the project's first cut, those that include and exclude select.
// The error is Diagnostics, ctx's, or a fault of the generator itself.
func (p *Project) Paths(ctx context.Context, include, exclude []string, from Sources, progress Progress) (*PathList, error) {
	cuts, err := p.allCuts()
	if err != nil {
		return nil, err
	}
	return cut.Paths(ctx, cuts[0], include, exclude, from, progress)
}

// Sources are the places that the project's first cut is made from. The error is Diagnostics.
func (p *Project) Sources() ([]string, error) {
	cuts, err := p.allCuts()
	if err != nil {
		return nil, err
	}
	return append(slices.Clone(cuts[0].Metadata), cuts[0].OpenAPI), nil
}
