package generator

import (
	"context"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/emit"
	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/sharing"
)

// Description is what a package would look like from outside: what two generations are compared by.
type Description struct {
	// Elements are what the API has; nil if the slices cannot be read.
	Elements []Element
	// Files have the declarations of the package, not formatted, without the code that reads and writes JSON; nil if the
	// diagnostics have errors.
	Files       []File
	Diagnostics Diagnostics
}

// Describe makes what a comparison has to know of the package that Generate would make, in a part of the time. Where only the
// Go names are at fault, the elements are there all the same, without them.
func Describe(ctx context.Context, cfg Config) (*Description, error) {
	c, diags, err := readDescribed(ctx, cfg, nil)
	if err != nil || c == nil {
		return &Description{Diagnostics: diags}, err
	}
	d := &Description{Elements: api.Elements(c.Package, c.Resources, c.Names, c.Packages), Diagnostics: diags}
	if diags.HasErrors() {
		d.Elements = api.WithoutNames(d.Elements)
		return d, nil
	}
	opts := c.emitOptions(cfg)
	opts.DeclarationsOnly = true
	emitted, err := emit.Package(c.Package, c.Resources, c.Names, opts)
	if err != nil {
		return nil, err
	}
	runtime, err := gosource.RuntimeFiles(cfg.Package)
	if err != nil {
		return nil, err
	}
	d.Files = withoutUnused(runtime, c.Package, cfg.Leave)
	for _, f := range emitted {
		d.Files = append(d.Files, File{Name: f.Name, Data: f.Data})
	}
	if cfg.Runtime != "" {
		d.Files, err = sharing.Declarations(d.Files, cfg.Runtime, c.split(cfg))
		return d, err
	}
	offer, err := offered(c.Package, cfg)
	if err != nil {
		return nil, err
	}
	d.Files, err = gosource.Spare(d.Files, offer)
	return d, err
}
