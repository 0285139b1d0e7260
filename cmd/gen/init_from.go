package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator"
)

const initFromNext = `
What is left, in %s:
  go get -tool github.com/graphslice/graphslice/cmd/gen   # once
  go tool gen slice                                       # cuts the slices
  go generate ./...                                       # makes the packages
  go tool gen init%s --list   # which call replaces which
`

// runInitFrom makes a configuration of code that uses another client, the packages of it, and the list of what replaces what.
func (a *app) runInitFrom(ctx context.Context, o *initOptions) error {
	work := a.begin("reading the code")
	old, err := generator.FindOld(ctx, generator.Code{Patterns: o.patterns, Tags: o.tags})
	work.end()
	if err != nil {
		return err
	}
	if o.list {
		return a.listOld(ctx, o, old)
	}
	if len(old.Operations()) == 0 {
		return generator.Diagnostics{{Severity: generator.Error, Code: "no-client", Message: "the code does not tell of any call which operation it asks for: " + old.Calls[0].Unknown,
			Pos: generator.Pos{File: old.Calls[0].File, Line: old.Calls[0].Line, Column: old.Calls[0].Column}, Hint: "gen init without --from begins with an example"}}
	}
	if err := a.writeFrom(o, old); err != nil {
		return err
	}
	err = a.makeFrom(ctx, o)
	if err != nil {
		fmt.Fprintf(a.stderr, initFromNext, filepath.ToSlash(o.dir), o.again())
		return err
	}
	return a.listOld(ctx, o, old)
}

// makeFrom cuts the slices and generates the packages, as gen slice and gen do.
func (a *app) makeFrom(ctx context.Context, o *initOptions) error {
	config := filepath.Join(o.dir, defaultConfig)
	cuts := sliceOptions{sourceFlags: o.sourceFlags, config: config, format: "text"}
	made, err := a.cutWhatIsThere(ctx, &cuts)
	if err != nil {
		return err
	}
	if made.Faults.HasErrors() {
		a.printFindings(made.Faults, false, false)
		return codeError(exitInput)
	}
	if err := a.reportSlices(&cuts, made); err != nil {
		return err
	}
	return a.runGenerate(ctx, []string{"--config", config})
}

// again are the flags that ask the same once more.
func (o *initOptions) again() string {
	text := ""
	if o.dir != "." {
		text = " --dir " + generator.ShellQuoted(filepath.ToSlash(o.dir))
	}
	for _, p := range o.patterns {
		text += " --from " + generator.ShellQuoted(p)
	}
	return text
}

// writeFrom writes what the old code becomes.
func (a *app) writeFrom(o *initOptions, old *generator.OldCode) error {
	config, err := configOf(old)
	if err != nil {
		return err
	}
	generate, err := o.generate()
	if err != nil {
		return err
	}
	return writeStarters(a.stderr, []generator.StarterFile{{Name: filepath.Join(o.dir, defaultConfig), Data: config}, o.notes(), generate})
}

// listOld prints which call replaces which.
func (a *app) listOld(ctx context.Context, o *initOptions, old *generator.OldCode) error {
	p, err := generator.Open(filepath.Join(o.dir, defaultConfig))
	if err != nil {
		return err
	}
	found, err := p.Replace(ctx, old, knownServiceRoot)
	if err != nil {
		return err
	}
	a.printFindings(found, false, false)
	return a.answer(o.format, oldList{old})
}

// oldList is the list as a person reads it, a place after the other.
type oldList struct{ *generator.OldCode }

// WriteText implements the answer in text.
func (l oldList) WriteText(w io.Writer) error {
	unknown := 0
	several := l.several()
	for _, c := range l.Calls {
		what := strings.TrimSpace(c.Method + " " + c.Path)
		if len(c.Options) > 0 {
			what += " with " + strings.Join(c.Options, ", ")
		}
		if what != "" {
			what = "  " + what
		}
		if c.Test {
			what += " (test)"
		}
		next := "new      " + c.New
		if several {
			next += "  (" + c.Package + ")"
		}
		if c.New == "" {
			unknown++
			next = "unknown: " + c.Unknown
		}
		if c.Note != "" {
			next += "\n  note     " + c.Note
		}
		if _, err := fmt.Fprintf(w, "%s:%d:%d%s\n  old      %s\n  %s\n", c.File, c.Line, c.Column, what, c.Old, next); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "%s, %d of them unknown\n", generator.Count(len(l.Calls), "call"), unknown)
	return err
}

// several reports whether the calls come into more than one package.
func (l oldList) several() bool {
	return slices.ContainsFunc(l.Calls, func(c generator.OldCall) bool {
		return c.Package != "" && slices.ContainsFunc(l.Calls, func(o generator.OldCall) bool { return o.Package != "" && o.Package != c.Package })
	})
}
