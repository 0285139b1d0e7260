package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

// noUses is the value of --uses that looks at no code.
const noUses = "none"

// addUses adds the flags that say which code is looked at.
func (o *diffOptions) addUses(flags *pflag.FlagSet) {
	flags.StringSliceVar(&o.uses, "uses", []string{"./..."}, "`packages` of the code whose places are shown, as the go command takes them, or none")
	flags.StringSliceVar(&o.tags, "tags", nil, "build `tags` of that code, separated by commas")
	suggest(flags, "uses", "./...", noUses)
}

// checkUses finds what the call cannot say together of the code. The error is a usageError.
func (o *diffOptions) checkUses() error {
	isNone := slices.Contains(o.uses, noUses)
	switch {
	case len(o.uses) == 0 || slices.Contains(o.uses, ""):
		return usagef("--uses is empty; --uses none looks at no code")
	case isNone && len(o.uses) > 1:
		return usagef("--uses none and other packages exclude each other")
	case isNone && o.flags.Changed("tags"):
		return usagef("--uses none and --tags exclude each other")
	case isNone && slices.Contains(o.failOn, generator.DiffOnUses):
		return usagef("--uses none and --fail-on uses exclude each other")
	}
	return nil
}

// needsUses reports whether the call asks for the code, so that it is a fault if that cannot be read.
func (o *diffOptions) needsUses() bool {
	return o.flags.Changed("uses") || o.flags.Changed("tags") || slices.Contains(o.failOn, generator.DiffOnUses)
}

// reading is code that is read while packages are compared.
type reading struct {
	uses *generator.CodeUses
	err  error
	done chan struct{}
	stop context.CancelFunc
}

// readUses begins to read the code; nil if none is looked at.
func (o *diffOptions) readUses(ctx context.Context) *reading {
	if slices.Contains(o.uses, noUses) || !o.needsUses() && !generator.InModule() {
		return nil
	}
	r := &reading{done: make(chan struct{})}
	ctx, r.stop = context.WithCancel(ctx)
	go func() {
		defer close(r.done)
		r.uses, r.err = generator.DiffUses(ctx, generator.Code{Patterns: o.uses, Tags: o.tags})
	}()
	return r
}

// end stops what is still read, and waits for it.
func (r *reading) end() {
	if r != nil {
		r.stop()
		<-r.done
	}
}

// touch gives the findings their places. Code that nobody asked for and that cannot be read is told once. The error is a diag.List, or
// ctx's.
func (a *app) touch(ctx context.Context, o *diffOptions, r *reading, reports []*generator.DiffReport) error {
	if r == nil || !o.needsUses() && !slices.ContainsFunc(reports, func(r *generator.DiffReport) bool { return len(r.Findings) > 0 }) {
		return nil
	}
	<-r.done
	var faults generator.Diagnostics
	switch {
	case r.err != nil && (ctx.Err() != nil || o.needsUses() || !errors.As(r.err, &faults)):
		return r.err
	case r.err != nil:
		a.busy.clear()
		fmt.Fprintf(a.stderr, "gen: note: the code cannot be read, so that no places in it are shown (--uses none looks at none): %s\n", firstFault(faults))
		return nil
	}
	notes, err := generator.Touch(reports, r.uses)
	a.busy.clear()
	for _, d := range notes {
		fmt.Fprintln(a.stderr, d)
	}
	return err
}

// firstFault is the first of several faults, with their number.
func firstFault(faults generator.Diagnostics) string {
	d := faults[0]
	text := d.Message
	if !d.Pos.IsZero() {
		text = d.Pos.String() + ": " + text
	}
	if more := len(faults) - 1 + d.More; more > 0 {
		text += fmt.Sprintf(" (and %d more)", more)
	}
	return text
}
