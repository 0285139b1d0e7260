package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/disk/swap"
	"github.com/graphslice/graphslice/generator/slice"
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
	o := &sliceOutcome{}
	cuts, err := opts.cuts()
	if err != nil {
		err = o.addFaults(err)
	} else {
		err = a.cutAll(ctx, &opts.sourceFlags, cuts, o)
	}
	if err == nil && !opts.check && !o.faults.HasErrors() {
		err = o.addFaults(swap.Replace(o.toWrite()))
	}
	if err != nil {
		return err
	}
	if !o.faults.HasErrors() {
		o.faults = append(o.faults, o.lacks...)
	}
	return a.reportSlices(opts, o)
}

// sliceOutcome is what a run found and made.
type sliceOutcome struct {
	files  []slicedFile
	types  []slice.TypeInfo
	faults diag.List
	// unpermitted are the operations of which no permission is known although a table was read.
	unpermitted []string
	// lacks are notes of what the sources do not tell.
	lacks diag.List
}

// slicedFile is a slice and how it compares with the disk.
type slicedFile struct {
	path       string
	data       []byte
	operations int
	state      sliceState
}

type sliceState string

const (
	sliceUnchanged sliceState = "unchanged"
	sliceChanged   sliceState = "changed"
	sliceMissing   sliceState = "missing"
)

// toWrite are the files that are not on the disk as they should be.
func (o *sliceOutcome) toWrite() []swap.File {
	var files []swap.File
	for _, f := range o.files {
		if f.state != sliceUnchanged {
			files = append(files, swap.File{Name: f.path, Data: f.data})
		}
	}
	return files
}

// addFaults keeps the diagnostics in err; any other error is returned.
func (o *sliceOutcome) addFaults(err error) error {
	var faults diag.List
	if !errors.As(err, &faults) {
		return err
	}
	o.faults = append(o.faults, faults...)
	return nil
}

// cutAll makes every cut and compares its slices with the disk. Sources that several need are read once.
func (a *app) cutAll(ctx context.Context, from *sourceFlags, cuts []sliceCut, o *sliceOutcome) error {
	work := a.begin("reading")
	defer work.end()
	sources := from.reader(work.terminal())
	var unused unusedNotes
	var noted []slice.NotedPermissions
	for _, cut := range cuts {
		work.now("cutting " + cut.names())
		cut.Read = sources.read
		result, err := slice.Cut(ctx, cut.Config)
		if err != nil {
			return err
		}
		for _, d := range result.Diagnostics {
			if d.Pos.IsZero() {
				d.Pos = cut.Pos
			}
			if d.Code == "unreadable-file" && d.Hint == "" && !cut.Pos.IsZero() {
				d.Hint = "slice: names it, in " + cut.Pos.String()
			}
			o.faults = append(o.faults, d)
		}
		for _, d := range result.Lacks {
			d.Pos = cut.Pos
			o.lacks.Add(d)
		}
		for _, d := range result.Documents {
			o.addFile(d)
		}
		o.types = append(o.types, result.Types...)
		unused.add(cut, result.Unused)
		noted = append(noted, result.Noted...)
		o.unpermitted = append(o.unpermitted, result.Unpermitted...)
	}
	o.faults = append(append(o.faults, unused.warnings()...), notedWarnings(noted)...)
	if !o.faults.HasErrors() {
		o.faults = append(o.faults, sources.unused()...)
	}
	return ctx.Err()
}

// addFile compares a slice with the disk. A file that is no slice is in the way.
func (o *sliceOutcome) addFile(d *slice.Document) {
	f := slicedFile{path: d.Out, data: d.Render(), state: sliceChanged}
	for _, p := range d.Paths {
		f.operations += len(p.Operations)
	}
	old, err := os.ReadFile(d.Out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.state = sliceMissing
	case err != nil:
		o.faults.Errorf(diag.Pos{File: d.Out}, "io", "%v", errors.Unwrap(err))
	case bytes.Equal(old, f.data):
		f.state = sliceUnchanged
	case !slice.IsSlice(old):
		o.faults.Add(diag.Diagnostic{Pos: diag.Pos{File: d.Out}, Severity: diag.Error, Code: "not-ours",
			Message: "this file was not made by `gen slice`", Hint: "move it away, or write the slice elsewhere"})
	}
	if slices.ContainsFunc(o.files, func(other slicedFile) bool { return other.path == f.path }) {
		o.faults.Errorf(diag.Pos{File: d.Out}, "same-out", "two slices go to this file")
	}
	o.files = append(o.files, f)
}

// unusedNotes finds the notes that no cut has a use for. Several cuts share notes, and a call with flags cuts only a part of
// what its notes are about, so that nothing is said of these.
type unusedNotes struct {
	readers map[string]int // cuts that read the file
	unused  map[slice.Unused]int
}

func (u *unusedNotes) add(cut sliceCut, unused []slice.Unused) {
	if u.readers == nil {
		u.readers, u.unused = map[string]int{}, map[slice.Unused]int{}
	}
	if cut.Pos.IsZero() {
		return
	}
	for _, file := range cut.Notes {
		u.readers[file]++
	}
	for _, entry := range unused {
		u.unused[entry]++
	}
}

func (u *unusedNotes) warnings() diag.List {
	var found diag.List
	for entry, times := range u.unused {
		if times == u.readers[entry.File] && !entry.Known {
			found.Warnf(entry.Pos, "unused-note", "no slice has a use for %s", entry.Key)
		}
	}
	return found.Sorted()
}

// reportSlices prints the outcome and returns the exit code as an error.
func (a *app) reportSlices(opts *sliceOptions, o *sliceOutcome) error {
	failed := o.faults.HasErrors()
	if opts.format == "json" {
		if err := a.answer("json", o.document(failed)); err != nil {
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
		fmt.Fprintln(a.stderr, "gen: "+o.summary(opts.check))
	}
	if opts.check && len(o.toWrite()) > 0 {
		fmt.Fprintln(a.stderr, "gen: the slices differ from what is published: run gen slice without --check, look at the difference and commit it")
		return codeError(exitDiffers)
	}
	return nil
}

// listSlices prints the findings and, with --check, what differs.
func (a *app) listSlices(opts *sliceOptions, o *sliceOutcome) {
	a.printFindings(o.faults, opts.quiet, opts.verbose)
	for _, f := range o.files {
		if opts.check && f.state != sliceUnchanged {
			fmt.Fprintf(a.stdout, "%s %s\n", f.state, filepath.ToSlash(f.path))
		}
	}
}

// summary is one line about all slices.
func (o *sliceOutcome) summary(check bool) string {
	operations, border := 0, 0
	for _, f := range o.files {
		operations += f.operations
	}
	for _, t := range o.types {
		if t.Border {
			border++
		}
	}
	verb := "written"
	if check {
		verb = "to write"
	}
	slices := "slices"
	if len(o.files) == 1 {
		slices = "slice"
	}
	written := len(o.toWrite())
	unknown := ""
	if len(o.unpermitted) > 0 {
		unknown = fmt.Sprintf("permissions not known of %d, such as %s (write them into notes); ", len(o.unpermitted), o.unpermitted[0])
	}
	return fmt.Sprintf("%d %s: %d operations, %d types and %d more at the border; %sfiles: %d %s, %d unchanged",
		len(o.files), slices, operations, len(o.types)-border, border, unknown, written, verb, len(o.files)-written)
}

// slicesDocument is the outcome in --format json. Its lists are never null.
type slicesDocument struct {
	Slices      []jsonSlice `json:"slices"`
	Types       []jsonType  `json:"types"`
	Diagnostics diag.List   `json:"diagnostics"`
	// UnknownPermissions are operations of which neither a table of permissions nor notes know anything.
	UnknownPermissions []string `json:"unknownPermissions"`
}

// jsonSlice is a slice. State is how the file was before: unchanged, changed or missing.
type jsonSlice struct {
	Out        string     `json:"out"`
	State      sliceState `json:"state"`
	Operations int        `json:"operations"`
}

// jsonType is a type of the slices. Border: only its key is described. Because is what it is there for: an operation, a
// property or another type. EntitySet is where binds to it point, "" if nowhere.
type jsonType struct {
	Name      string `json:"name"`
	Border    bool   `json:"border"`
	Because   string `json:"because"`
	EntitySet string `json:"entitySet"`
}

func (o *sliceOutcome) document(failed bool) *slicesDocument {
	d := &slicesDocument{[]jsonSlice{}, []jsonType{}, append(diag.List{}, o.faults...), append([]string{}, o.unpermitted...)}
	if failed {
		return d
	}
	for _, f := range o.files {
		d.Slices = append(d.Slices, jsonSlice{filepath.ToSlash(f.path), f.state, f.operations})
	}
	for _, t := range o.types {
		d.Types = append(d.Types, jsonType(t))
	}
	return d
}

// WriteText is not asked for: a person reads the summary.
func (d *slicesDocument) WriteText(w io.Writer) error { return nil }
