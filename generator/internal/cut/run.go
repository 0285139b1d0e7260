package cut

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// Outcome is what a run found and made.
type Outcome struct {
	Files  []File
	Types  []slice.TypeInfo
	Faults diag.List
	// Unpermitted are the operations of which no permission is known although a table was read.
	Unpermitted []string
	// Lacks are notes of what the sources do not tell.
	Lacks diag.List
}

// File is a slice and how it compares with the disk.
type File struct {
	Path       string
	Data       []byte
	Operations int
	State      State
}

// State is how the file of a slice was before.
type State string

// The states.
const (
	Unchanged State = "unchanged"
	Changed   State = "changed"
	Missing   State = "missing"
)

// Run makes every cut and compares its slices with the disk. Sources that several need are read once. Faults of the input are in
// the outcome, which is there in any case; an error is a fault of the generator itself, or ctx's.
func Run(ctx context.Context, cuts []Cut, from Sources, progress Progress) (*Outcome, error) {
	o := &Outcome{}
	sources := from.reader(progress.Download)
	var unused unusedNotes
	var noted []slice.NotedPermissions
	for _, cut := range cuts {
		progress.Tell("cutting " + cut.names())
		cut.Read, cut.Understood = sources.read, &sources.understood
		cut.ServiceRoot = cmp.Or(cut.ServiceRoot, from.root(cut.Metadata))
		result, err := slice.Cut(ctx, cut.Config)
		if err != nil {
			return o, err
		}
		for _, d := range result.Diagnostics {
			o.addFinding(d, cut)
		}
		for _, d := range result.Lacks {
			d.Pos = cut.Pos
			o.Lacks.Add(d)
		}
		for _, d := range result.Documents {
			o.addFile(d)
		}
		o.Types = append(o.Types, result.Types...)
		unused.add(cut, result.Unused)
		noted = append(noted, result.Noted...)
		o.Unpermitted = append(o.Unpermitted, result.Unpermitted...)
	}
	o.Faults = append(append(o.Faults, unused.warnings()...), notedWarnings(noted)...)
	if !o.Faults.HasErrors() {
		o.Faults = append(o.Faults, sources.unused()...)
	}
	return o, ctx.Err()
}

// addFinding takes over what a cut has found, with a place in the configuration if it has none of its own.
func (o *Outcome) addFinding(d diag.Diagnostic, cut Cut) {
	if d.Pos.IsZero() {
		d.Pos = cut.Pos
	}
	if d.Code == "unreadable-file" && d.Hint == "" && !cut.Pos.IsZero() {
		d.Hint = "slice: names it, in " + cut.Pos.String()
	}
	o.Faults = append(o.Faults, d)
}

// addFile compares a slice with the disk. A file that is no slice is in the way.
func (o *Outcome) addFile(d *slice.Document) {
	f := File{Path: d.Out, Data: d.Render(), State: Changed}
	for _, p := range d.Paths {
		f.Operations += len(p.Operations)
	}
	old, err := os.ReadFile(d.Out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.State = Missing
	case err != nil:
		o.Faults.Errorf(diag.Pos{File: d.Out}, "io", "%v", errors.Unwrap(err))
	case bytes.Equal(old, f.Data):
		f.State = Unchanged
	case !slice.IsSlice(old):
		o.Faults.Add(diag.Diagnostic{Pos: diag.Pos{File: d.Out}, Severity: diag.Error, Code: "not-ours",
			Message: "this file was not made by `gen slice`", Hint: "move it away, or write the slice elsewhere"})
	}
	if slices.ContainsFunc(o.Files, func(other File) bool { return other.Path == f.Path }) {
		o.Faults.Errorf(diag.Pos{File: d.Out}, "same-out", "two slices go to this file")
	}
	o.Files = append(o.Files, f)
}

// ToWrite are the files that are not on the disk as they should be.
func (o *Outcome) ToWrite() []File {
	return slices.DeleteFunc(slices.Clone(o.Files), func(f File) bool { return f.State == Unchanged })
}

// noService stands for the URL of the service where nothing depends on it.
const noService = "https://service.invalid"

// Paths lists the operations that the sources of a cut have, whatever it takes of them: those that include and exclude select. An
// error is a fault of the generator itself, or ctx's.
func Paths(ctx context.Context, c Cut, include, exclude []string, from Sources, progress Progress) (*slice.PathList, error) {
	sources := from.reader(progress.Download)
	c.Read = sources.read
	c.ServiceRoot = cmp.Or(c.ServiceRoot, from.root(c.Metadata), noService)
	c.Files = []slice.File{{Include: include, Exclude: exclude}}
	list, err := slice.Paths(ctx, c.Config)
	if err == nil && !list.Diagnostics.HasErrors() {
		list.Diagnostics = append(list.Diagnostics, sources.unused()...)
	}
	return list, err
}

// Open reads the sources of a cut. Without a source the list says why; an error is ctx's.
func Open(ctx context.Context, c Cut, from Sources, progress Progress) (*slice.Source, diag.List, error) {
	sources := from.reader(progress.Download)
	c.Read = sources.read
	c.ServiceRoot = cmp.Or(c.ServiceRoot, from.root(c.Metadata), noService)
	return slice.Open(ctx, c.Config)
}
