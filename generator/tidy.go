package generator

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/config"
	"github.com/graphslice/graphslice/generator/internal/cut"
	"github.com/graphslice/graphslice/generator/internal/disk/swap"
	"github.com/graphslice/graphslice/generator/internal/tidy"
	"github.com/graphslice/graphslice/generator/internal/usage"
)

// TidyOptions say how a project is narrowed to what code uses.
type TidyOptions struct {
	Code     Code
	Sources  Sources
	Progress Progress
	// Properties: types are trimmed to the properties that the code uses.
	Properties bool
	// DryRun: nothing is written.
	DryRun bool
	// Unrestored is told what could not be put back after something failed.
	Unrestored func(error)
}

// TidyOutcome is what was found and done.
type TidyOutcome struct {
	// Packages are those that are narrowed. Notes say what stays although nothing uses it, and why.
	Packages []TidyPackage
	Notes    Diagnostics
	// Cut is what cutting the narrowed slices found, Made what generating did; nil if it did not come to that.
	Cut  *CutOutcome
	Made *Outcome
}

// TidyPackage is one package: what goes of it, and what it had and has.
type TidyPackage struct {
	// Out is its folder, Gone are the operations that go, Properties those that go of types that stay, Described the types that the
	// slices describe although nothing leads to them any more.
	Out           string
	Gone          []string
	Properties    []string
	Described     []string
	Before, After Size
}

// Size is how much a package has. Bytes are those of its Go files.
type Size struct {
	Operations int `json:"operations"`
	Types      int `json:"types"`
	Properties int `json:"properties"`
	Lines      int `json:"lines"`
	Bytes      int `json:"bytes"`
}

// Failed reports whether something is at fault, so that all is as it was.
func (o *TidyOutcome) Failed() bool {
	return o.Cut != nil && o.Cut.Faults.HasErrors() || o.Made != nil && (o.Made.Failed() || o.Made.Internal() != nil)
}

// tidying is a run of Tidy.
type tidying struct {
	*Project
	TidyOptions
	uses   *usage.Uses
	edit   *config.Edit
	out    *TidyOutcome
	places []int // of the packages that are narrowed, among the targets
	made   map[int]*tidied
	// narrowed is the text of the configuration with the patterns that stay.
	narrowed []byte
}

// tidied is a package as it will be.
type tidied struct {
	used      *usage.Package
	gone      []string
	described []string
	// kept are the properties that stay of types that are trimmed, by type.
	kept   map[string][]string
	result *Result
}

// Tidy narrows the includes of the configuration to what code uses, cuts the slices and generates the packages; or leaves
// everything as it was. Faults of the input are in the outcome or, as Diagnostics, the error; other errors are ctx's, or a fault
// of the generator itself.
func (p *Project) Tidy(ctx context.Context, opts TidyOptions) (*TidyOutcome, error) {
	t := &tidying{Project: p, TidyOptions: opts, edit: config.NewEdit(p.file, p.text, Leavable()), out: &TidyOutcome{}, made: map[int]*tidied{}}
	if _, err := p.allCuts(); err != nil || p.unshared != nil {
		return t.out, cmp.Or(err, p.unshared)
	}
	t.TidyOptions.Sources = opts.Sources.Keep(opts.Progress) // each round cuts anew
	opts.Progress.Tell("reading the code")
	var err error
	if t.uses, err = usage.Find(ctx, opts.Code); err != nil {
		return t.out, err
	}
	if err := t.narrow(); err != nil || len(t.places) == 0 {
		return t.out, err
	}
	if err := t.try(ctx); err != nil || t.out.Failed() {
		return t.out, err
	}
	if err := t.measure(ctx); err != nil || opts.DryRun {
		return t.out, err
	}
	return t.out, t.apply(ctx)
}

// narrow edits the text of the configuration.
func (t *tidying) narrow() error {
	for i, target := range t.Targets {
		if !target.HasCut() {
			continue
		}
		used := usedAt(t.uses, target.Out)
		if used == nil {
			t.note(target.Pos, "the code uses nothing of %s: it stays as it is", filepath.ToSlash(target.Out))
			continue
		}
		before := string(t.edit.After)
		made := &tidied{used: used}
		if err := t.narrowPackage(i, target, made); err != nil {
			return err
		}
		if string(t.edit.After) != before || len(made.kept) > 0 {
			t.places = append(t.places, i)
			t.made[i] = made
		}
	}
	t.narrowed = t.edit.After
	return nil
}

func (t *tidying) note(pos Pos, format string, args ...any) {
	t.out.Notes.Notef(pos, "not-narrowed", format, args...)
}

// narrowPackage narrows the slices of one package.
func (t *tidying) narrowPackage(i int, target Target, made *tidied) error {
	paths, err := target.Slices()
	if err != nil {
		return err
	}
	operations := make([][]tidy.Operation, len(paths))
	for f, path := range paths {
		if operations[f], err = operationsOf(path); err != nil {
			return err
		}
	}
	used := t.wanted(target, made.used, slices.Concat(operations...))
	var open []string
	for f, patterns := range target.described.Patterns() {
		if len(patterns.Include) == 0 {
			continue
		}
		n, err := tidy.Narrow(tidy.Slice{Include: patterns.Include, Keep: patterns.Keep, Operations: operations[f]}, used)
		if err != nil {
			return Diagnostics{{Pos: target.Pos, Severity: Error, Code: "bad-config", Message: err.Error()}}
		}
		stay := patterns.Keep
		if n.Empty {
			t.note(target.Pos, "the code calls nothing of %s: take it out of files: and specs: if it has no types of it either", filepath.ToSlash(paths[f]))
			stay = append(slices.Clone(stay), patterns.Include...)
		}
		more, err := openOperations(stay, operations[f], used)
		if err != nil {
			return Diagnostics{{Pos: target.Pos, Severity: Error, Code: "bad-config", Message: err.Error()}}
		}
		if open = append(open, more...); n.Empty {
			continue
		}
		t.edit.Package, t.edit.File = i, f
		if err := t.edit.Narrow(func(pattern string) []string { return n.By[pattern] }); err != nil {
			return err
		}
		for _, op := range n.Gone {
			made.gone = append(made.gone, op.Method+" "+op.Path)
		}
	}
	if !t.Properties {
		return nil
	}
	return t.trim(target, made, open)
}

// wanted are the keys of the operations that have to stay: those that the code uses, whose bodies it names, and one of each path
// that it names and calls nothing of.
func (t *tidying) wanted(target Target, used *usage.Package, all []tidy.Operation) map[string]bool {
	wanted := map[string]bool{}
	var stay []tidy.Operation
	for _, u := range used.Operations {
		wanted[tidy.KeyOf(u.ID)] = true
	}
	for _, u := range slices.Concat(used.Types, used.Properties, used.Parameters) {
		if id, _, ok := strings.Cut(u.ID, "#"); ok {
			wanted[tidy.KeyOf(id)] = true
		} else if id, _, ok := strings.Cut(u.ID, "?"); ok {
			wanted[tidy.KeyOf(id)] = true
		}
	}
	for _, op := range all {
		if wanted[op.Key()] {
			stay = append(stay, op)
		}
	}
	for _, u := range used.Paths {
		if _, ok := tidy.Below(stay, u.ID); ok {
			continue
		}
		if op, ok := tidy.Below(all, u.ID); ok {
			t.note(target.Pos, "%s %s stays, for the code names %s (%s)", op.Method, op.Path, u.Go, u.Places[0])
			wanted[op.Key()] = true
			stay = append(stay, op)
		}
	}
	return wanted
}

// apply writes the configuration and the slices and generates the packages, or puts everything back.
func (t *tidying) apply(ctx context.Context) (err error) {
	edited, err := t.edited()
	if err != nil {
		return err
	}
	kept, err := replaceAll(append(slicesToWrite(t.out.Cut), swap.File{Name: realPath(t.file), Data: t.edit.After}))
	done := false
	defer func() { // also when something panics
		if done {
			return
		}
		if err := restore(kept); err != nil && t.Unrestored != nil {
			t.Unrestored(err)
		}
	}()
	if err != nil {
		return err
	}
	made, err := edited.Generate(ctx, Options{Progress: t.Progress})
	if err != nil {
		return err
	}
	t.out.Made = made
	done = !t.out.Failed()
	return nil
}

// edited is the project as it will be, with the packages that are narrowed.
func (t *tidying) edited() (*Project, error) {
	all, err := parse(t.file, t.edit.After)
	if err != nil {
		return nil, fmt.Errorf("the edited configuration cannot be read: %w", err)
	}
	edited := *all
	edited.Targets = nil
	for _, i := range t.places {
		edited.Targets = append(edited.Targets, all.Targets[i])
	}
	return &edited, nil
}

// recut cuts the narrowed slices. Places in the edited text mean nothing to a reader of the file.
func (t *tidying) recut(ctx context.Context, edited *Project) error {
	cuts, err := edited.allCuts()
	if err != nil {
		return err
	}
	for i := range cuts {
		cuts[i].Positions = nil
	}
	t.out.Cut, err = cut.Run(ctx, cuts, t.TidyOptions.Sources, t.Progress)
	return err
}
