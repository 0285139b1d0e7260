package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

const tidyHead = `Gen tidy narrows each include: of graphslice.yaml to what the code of the module uses, cuts the slices and generates the packages.
What stays is the smallest slice with which the code compiles, its tests with it. If anything fails, everything stays as it was.

Usage:
  gen tidy [PACKAGES] [flags]

PACKAGES are patterns as the go command takes them, of all code that uses the packages; without any, ./...

Flags:
`

const tidyTail = `
Examples:
  # What would go, and what that saves.
  gen tidy --dry-run
  # In CI: exit 3 if a slice has what nothing uses.
  gen tidy --check

A pattern of which everything is used stays as it is written; another one is replaced by the paths and methods that are used. What is
to come stands in keep:, beside include:, which gen tidy leaves alone:

    files:
      - {out: specs/mail.yaml, include: ['/me/messages#GET'], keep: ['/me/events/**']}

With --properties, each type of which the code uses a part has a line below properties: with that. All of a type stays where a value of
it is handed on as an any (to encoding/json, fmt, reflect): a note says where. What arrives and is not described is kept in
AdditionalProperties. What is to come stands in keep: below slice:, as in keep: [user.department, message].

A type that the code names and that nothing leads to any more comes into types:. A slice of which nothing is used stays, with a note.
Code behind build tags counts with --tags alone.

Exit codes: 0 done, or nothing to do, 1 the code, a source, the configuration or the disk is at fault, 2 the call is at fault, 3
--check found something to narrow, 4 a bug in graphslice.
`

// tidyOptions are the flags of gen tidy.
type tidyOptions struct {
	sourceFlags
	config               string
	tags                 []string
	check, dryRun, quiet bool
	properties           bool
	format               string
	help                 bool
	flags                *pflag.FlagSet
}

// flagSet returns the flags that fill o.
func (o *tidyOptions) flagSet() *pflag.FlagSet {
	flags := newFlags("tidy")
	flags.StringVar(&o.config, "config", defaultConfig, "`path` of the file to narrow")
	flags.StringSliceVar(&o.tags, "tags", nil, "build `tags` of the code, separated by commas")
	flags.BoolVar(&o.properties, "properties", false, "trim types to the properties that the code uses, too")
	flags.BoolVar(&o.check, "check", false, "write nothing; exit 3 if there is something to narrow")
	flags.BoolVar(&o.dryRun, "dry-run", false, "write nothing; show what would go")
	o.sourceFlags.addFlags(flags)
	flags.StringVar(&o.format, "format", "text", "how to answer: `text or json`")
	enumerate(flags, "format", "text", "json")
	flags.BoolVar(&o.quiet, "quiet", false, "print errors only, and with --check what goes")
	flags.BoolVarP(&o.help, "help", "h", false, "print this help")
	return flags
}

// parse reads the arguments. The error is a usageError.
func (o *tidyOptions) parse(args []string) error {
	o.flags = o.flagSet()
	if err := parseFlags(o.flags, args); err != nil || o.help {
		return err
	}
	if err := checkValues(o.flags); err != nil {
		return err
	}
	switch {
	case slices.Contains(o.flags.Args(), ""):
		return usagef("a pattern of packages is empty")
	case o.check && o.dryRun:
		return usagef("--check and --dry-run exclude each other")
	}
	return o.sourceFlags.validate()
}

// runTidy is the command tidy.
func (a *app) runTidy(ctx context.Context, args []string) error {
	var o tidyOptions
	if err := o.parse(args); err != nil {
		return err
	}
	if o.help {
		fmt.Fprint(a.stdout, tidyHead+o.flagSet().FlagUsages()+tidyTail)
		return nil
	}
	p, err := generator.Open(o.config)
	if err != nil {
		return err
	}
	work := a.begin("reading")
	outcome, err := p.Tidy(ctx, generator.TidyOptions{
		Code:    generator.Code{Patterns: o.flags.Args(), Tags: o.tags},
		Sources: o.sources(), Progress: work.progress(), Properties: o.properties, DryRun: o.check || o.dryRun, Unrestored: a.unrestored,
	})
	work.end()
	if err != nil {
		return err
	}
	return a.reportTidy(&o, outcome)
}

// reportTidy prints what was found and done, and returns the exit code as an error.
func (a *app) reportTidy(o *tidyOptions, outcome *generator.TidyOutcome) error {
	if outcome.Cut != nil && outcome.Cut.Faults.HasErrors() {
		a.printFindings(outcome.Cut.Faults, o.quiet, false)
	}
	if outcome.Made != nil {
		a.printFindings(outcome.Made.Diagnostics(), o.quiet, false)
		if err := outcome.Made.Internal(); err != nil {
			return err
		}
	}
	if outcome.Failed() {
		fmt.Fprintln(a.stderr, "gen: nothing was written")
		return codeError(exitInput)
	}
	if !o.quiet {
		for _, d := range outcome.Notes {
			fmt.Fprintln(a.stderr, d)
		}
	}
	if o.format == "json" {
		if err := encode(a.stdout, tidyDocument(outcome)); err != nil {
			return err
		}
	} else if err := a.listTidied(o, outcome); err != nil {
		return err
	}
	if o.check && len(outcome.Packages) > 0 {
		return codeError(exitDiffers)
	}
	return nil
}

// listTidied prints what goes, and what that saves.
func (a *app) listTidied(o *tidyOptions, outcome *generator.TidyOutcome) error {
	if len(outcome.Packages) == 0 && !o.quiet {
		fmt.Fprintln(a.stderr, "gen: there is nothing to narrow")
	}
	for _, p := range outcome.Packages {
		text := ""
		for _, op := range p.Gone {
			text += fmt.Sprintf("%s: - %s\n", filepath.ToSlash(p.Out), op)
		}
		for _, id := range p.Properties {
			text += fmt.Sprintf("%s: - %s\n", filepath.ToSlash(p.Out), id)
		}
		for _, name := range p.Described {
			text += fmt.Sprintf("%s: types: %s\n", filepath.ToSlash(p.Out), name)
		}
		if !o.quiet || o.check { // what is too much is why a check fails
			if err := a.print([]byte(text)); err != nil {
				return err
			}
		}
		if !o.quiet {
			fmt.Fprintf(a.stderr, "gen: %s: %s\n", filepath.ToSlash(p.Out), p)
		}
	}
	return nil
}

// tidyJSON is the outcome in --format json. Its lists are never null.
type tidyJSON struct {
	Packages []tidyJSONPackage `json:"packages"`
	Notes    []string          `json:"notes"`
}

type tidyJSONPackage struct {
	Out        string         `json:"out"`
	Gone       []string       `json:"gone"`
	Properties []string       `json:"properties"`
	Described  []string       `json:"described"`
	Before     generator.Size `json:"before"`
	After      generator.Size `json:"after"`
}

func tidyDocument(outcome *generator.TidyOutcome) tidyJSON {
	document := tidyJSON{[]tidyJSONPackage{}, []string{}}
	for _, p := range outcome.Packages {
		document.Packages = append(document.Packages, tidyJSONPackage{filepath.ToSlash(p.Out), append([]string{}, p.Gone...),
			append([]string{}, p.Properties...), append([]string{}, p.Described...), p.Before, p.After})
	}
	for _, d := range outcome.Notes {
		document.Notes = append(document.Notes, d.String())
	}
	return document
}
