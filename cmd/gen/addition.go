package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/disk"
	"github.com/graphslice/graphslice/generator/disk/swap"
	"github.com/graphslice/graphslice/generator/inspect"
	"github.com/graphslice/graphslice/generator/slice"
)

// cutAndGenerate writes an edited configuration, cuts the slices of its package and generates it; or leaves everything as it
// was. Findings are reported; the error is an exit code, ctx's, or a fault of ours.
func (a *app) cutAndGenerate(ctx context.Context, o *addOptions, e *configEdit) error {
	t, slices, err := a.cutEdited(ctx, o, e)
	if err != nil {
		return err
	}
	before, err := takeStock(ctx, t)
	if err != nil {
		return err
	}
	kept, err := replaceAll(append(slices.toWrite(), swap.File{Name: realPath(e.path), Data: e.after}))
	done := false
	defer func() { // also when something panics
		if !done {
			a.restore(kept)
		}
	}()
	if err != nil {
		return err
	}
	made, err := a.generateTargets(ctx, &options{}, []target{t})
	if err != nil {
		return err
	}
	a.printFindings(made.diagnostics(), o.quiet, false)
	if err := made.verdict(&options{}); err != nil {
		fmt.Fprintln(a.stderr, "gen: nothing was written")
		return err
	}
	done = true
	if o.quiet {
		return nil
	}
	after, err := takeStock(ctx, t)
	if err != nil {
		return err
	}
	return a.reportAddition(e, t, before, after)
}

// cutEdited cuts the slices of the edited configuration's package, without writing them.
func (a *app) cutEdited(ctx context.Context, o *addOptions, e *configEdit) (target, *sliceOutcome, error) {
	targets, err := parseConfig(e.path, e.after)
	if err != nil {
		return target{}, nil, err
	}
	t, outcome := targets[e.pkg], &sliceOutcome{}
	cuts, err := cutsOf(e.path, []target{t})
	if err == nil {
		maps.DeleteFunc(cuts[0].Positions, func(entry slice.Entry, _ diag.Pos) bool {
			return slices.Contains(e.added, entry.Text) // the file does not have it, unless all goes well
		})
		err = a.cutAll(ctx, &o.sourceFlags, cuts, outcome)
	}
	if err != nil {
		return t, outcome, err
	}
	a.printFindings(outcome.faults, o.quiet, false)
	if outcome.faults.HasErrors() {
		fmt.Fprintln(a.stderr, "gen: nothing was written")
		return t, outcome, codeError(exitInput)
	}
	isRead := func(f slicedFile) bool {
		return slices.ContainsFunc(t.Specs, func(spec string) bool { return filepath.Clean(spec) == filepath.Clean(f.path) })
	}
	if i := slices.IndexFunc(outcome.files, func(f slicedFile) bool { return f.path == e.out }); i >= 0 && !isRead(outcome.files[i]) {
		fmt.Fprintln(a.stderr, diag.Diagnostic{Pos: t.Pos, Code: "unread-slice", Hint: "add it to specs:",
			Message: "the package is not made from " + filepath.ToSlash(e.out) + ", so that what comes into it does not come into the package"})
	}
	return t, outcome, nil
}

// keptFile is what a path held before it was written; nil data if it was not there.
type keptFile struct {
	path string
	data []byte
	mode fs.FileMode
}

// replace writes files, all or none, and gives those that were there before the mode that they had.
func replace(files []swap.File, kept []keptFile) error {
	if err := swap.Replace(files); err != nil {
		return err
	}
	for _, k := range kept {
		if k.data != nil {
			if err := os.Chmod(k.path, k.mode); err != nil {
				return fileFault(k.path, err)
			}
		}
	}
	return nil
}

// replaceAll writes files, all or none, and returns what they replace. The error is a diag.List.
func replaceAll(files []swap.File) ([]keptFile, error) {
	var kept []keptFile
	for _, f := range files {
		for dir := filepath.Dir(f.Name); ; dir = filepath.Dir(dir) { // folders that are made now
			if _, err := os.Lstat(dir); err == nil || dir == filepath.Dir(dir) {
				break
			}
			kept = append(kept, keptFile{path: dir})
		}
	}
	for _, f := range files {
		k := keptFile{path: f.Name}
		var err error
		if k.data, err = readIfThere(f.Name); err != nil {
			return nil, err
		}
		if info, err := os.Stat(f.Name); err == nil {
			k.mode = info.Mode().Perm()
		}
		kept = append(kept, k)
	}
	return kept, replace(files, kept)
}

// restore puts back what was replaced. What it cannot put back, it names.
func (a *app) restore(kept []keptFile) {
	var files []swap.File
	for _, k := range kept {
		if k.data != nil {
			files = append(files, swap.File{Name: k.path, Data: k.data})
		}
	}
	if err := replace(files, kept); err != nil {
		fmt.Fprintf(a.stderr, "gen: the slices and the configuration could not be put back as they were: %v\n", err)
	}
	for _, k := range slices.Backward(kept) {
		if k.data == nil {
			_ = os.Remove(k.path) // a folder that somebody else has used since then stays
		}
	}
}

// realPath is where a file is that a link may lead to.
func realPath(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	return path
}

// stock is what a package has.
type stock struct {
	listing inspect.Listing
	lines   int // of Go in its folder
}

// takeStock reads what a package has; nothing if its slices are not there, or are at fault, which others report.
func takeStock(ctx context.Context, t target) (stock, error) {
	var s stock
	names, err := filepath.Glob(filepath.Join(t.Out, "*.go"))
	if err != nil {
		return s, fileFault(t.Out, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return s, fileFault(name, err)
		}
		s.lines += bytes.Count(data, []byte("\n"))
	}
	if t.Previous, err = disk.ReadLock(t.Out); err != nil {
		return s, err
	}
	contents, _, err := generator.Read(ctx, t.Config)
	if contents != nil {
		s.listing = inspect.Subject(*contents).List()
	}
	return s, err
}

// reportAddition says what came: operations with their calls on stdout, the sums on stderr.
func (a *app) reportAddition(e *configEdit, t target, before, after stock) error {
	for _, pattern := range e.added {
		fmt.Fprintf(a.stderr, "gen: %s has %s now, in %s\n", filepath.ToSlash(displayPath(e.path)), shellWord(pattern), filepath.ToSlash(e.out))
	}
	var text strings.Builder
	operations, full, border := 0, 0, 0
	for _, o := range after.listing.Operations {
		if !slices.ContainsFunc(before.listing.Operations, func(b inspect.Operation) bool { return b.Method == o.Method && b.Path == o.Path }) {
			operations++
			fmt.Fprintf(&text, "%s %s\t%s\n", o.Method, o.Path, o.Call)
		}
	}
	for _, y := range after.listing.Types {
		was := slices.IndexFunc(before.listing.Types, func(b inspect.Type) bool { return b.Name == y.Name })
		switch {
		case was >= 0 && (before.listing.Types[was].Kind == y.Kind || y.Kind == "border"):
		case y.Kind == "border":
			border++
		default:
			full++
		}
	}
	if err := a.print([]byte(text.String())); err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "gen: to %s came %s, %s and %d more at the border, %s\n", filepath.ToSlash(t.Out),
		count(operations, "operation"), count(full, "type"), border, count(after.lines-before.lines, "line"))
	return nil
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
