package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator"
)

// unrestored says that something could not be put back.
func (a *app) unrestored(err error) {
	fmt.Fprintf(a.stderr, "gen: the slices and the configuration could not be put back as they were: %v\n", err)
}

// apply makes an addition to the package in a folder and to one of its slices, or leaves everything as it was. Findings are
// reported; the error is an exit code, ctx's, or a fault of ours.
func (a *app) apply(ctx context.Context, o *addOptions, addition *generator.Addition, out, file string) error {
	work := a.begin("reading")
	defer work.end()
	done, err := addition.Apply(ctx, generator.AddOptions{Sources: o.sources(), Progress: work.progress(), Make: a.generate, Unrestored: a.unrestored})
	work.end()
	if done.Cut != nil {
		a.printFindings(done.Cut.Faults, o.quiet, false)
	}
	for _, d := range done.Unread {
		fmt.Fprintln(a.stderr, d)
	}
	if done.Made != nil {
		a.printFindings(done.Made.Diagnostics(), o.quiet, false)
	}
	if err == nil && done.Failed() {
		fmt.Fprintln(a.stderr, "gen: nothing was written")
		err = codeError(exitInput)
		if done.Made != nil {
			err = verdict(done.Made, false)
		}
	}
	if err != nil || o.quiet {
		return err
	}
	after, err := addition.Stock(ctx)
	if err != nil {
		return err
	}
	return a.reportAddition(o, addition, out, file, done.Before, after)
}

// reportAddition says what came: operations with their calls on stdout, the sums on stderr.
func (a *app) reportAddition(o *addOptions, addition *generator.Addition, out, file string, before, after generator.Stock) error {
	for _, pattern := range addition.Added {
		fmt.Fprintf(a.stderr, "gen: %s has %s now, in %s\n", filepath.ToSlash(generator.Shown(o.config)), shellWord(pattern), filepath.ToSlash(file))
	}
	var text strings.Builder
	operations, full, border := 0, 0, 0
	for _, came := range after.Listing.Operations {
		if !slices.ContainsFunc(before.Listing.Operations, func(b generator.ListedOperation) bool { return b.Method == came.Method && b.Path == came.Path }) {
			operations++
			fmt.Fprintf(&text, "%s %s\t%s\n", came.Method, came.Path, came.Call)
		}
	}
	for _, y := range after.Listing.Types {
		was := slices.IndexFunc(before.Listing.Types, func(b generator.ListedType) bool { return b.Name == y.Name })
		switch {
		case was >= 0 && (before.Listing.Types[was].Kind == y.Kind || y.Kind == "border"):
		case y.Kind == "border":
			border++
		default:
			full++
		}
	}
	if err := a.print([]byte(text.String())); err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "gen: to %s came %s, %s and %d more at the border, %s\n", filepath.ToSlash(out),
		generator.Count(operations, "operation"), generator.Count(full, "type"), border, generator.Count(after.Lines-before.Lines, "line"))
	return nil
}
