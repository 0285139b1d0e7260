package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

const addHead = `Gen add puts patterns of operations into a slice of graphslice.yaml, cuts the package's slices, generates the package, and says
what came: operations with their Go calls, types, lines. The file keeps its comments, its order and its form. If anything fails,
everything stays as it was. gen paths finds patterns.

Usage:
  gen add PATTERN… [flags]

Flags:
`

const addTail = `
Examples:
  # Read and create messages.
  gen add '/me/messages#GET,POST'
  # Into another package than the first, or another slice than its first.
  gen add '/me/events/**' --out internal/office --file specs/calendar.yaml

Patterns: * is one segment of a path, ** any number of them; #GET,POST keeps these methods.

Exit codes: 0 done, or there already, 1 a source, the configuration, the pattern or the disk is at fault, 2 the call is at fault,
4 a bug in graphslice.
`

// addOptions are the flags and arguments of gen add.
type addOptions struct {
	sourceFlags
	config, out, file string
	quiet, help       bool
	patterns          []string
}

// flagSet returns the flags that fill o.
func (o *addOptions) flagSet() *pflag.FlagSet {
	flags := newFlags("add")
	flags.StringVar(&o.config, "config", defaultConfig, "`path` of the file to put the patterns into")
	flags.StringVar(&o.out, "out", "", "`folder` of the package, if the file names several (default: the first)")
	flags.StringVar(&o.file, "file", "", "`path` of the slice, if the package has several (default: the first)")
	o.sourceFlags.addFlags(flags)
	flags.BoolVar(&o.quiet, "quiet", false, "print errors only")
	flags.BoolVarP(&o.help, "help", "h", false, "print this help")
	return flags
}

// parse reads the arguments. The error is a usageError.
func (o *addOptions) parse(args []string) error {
	flags := o.flagSet()
	if err := parseFlags(flags, args); err != nil || o.help {
		return err
	}
	if err := checkValues(flags); err != nil {
		return err
	}
	if o.patterns = flags.Args(); len(o.patterns) == 0 {
		return usagef("a pattern is missing, such as '/me/messages#GET,POST'; gen paths finds them")
	}
	if err := generator.CheckPatterns(o.patterns); err != nil {
		return usageError(err.Error())
	}
	return o.sourceFlags.validate()
}

// runAdd is the command add.
func (a *app) runAdd(ctx context.Context, args []string) error {
	var o addOptions
	if err := o.parse(args); err != nil {
		return err
	}
	if o.help {
		fmt.Fprint(a.stdout, addHead+o.flagSet().FlagUsages()+addTail)
		return nil
	}
	p, err := generator.Open(o.config)
	if err != nil {
		return err
	}
	t, file, err := a.choosePlace(&o, p)
	if err != nil {
		return err
	}
	addition, err := p.Addition(t, file, o.file == "", o.patterns)
	if err != nil {
		return err
	}
	if !o.quiet {
		for _, d := range addition.Present {
			fmt.Fprintln(a.stderr, d)
		}
	}
	if len(addition.Added) == 0 {
		return nil
	}
	return a.apply(ctx, &o, addition, t.Out, file)
}

// choosePlace picks the package and the slice. The error is a usageError or Diagnostics.
func (a *app) choosePlace(o *addOptions, p *generator.Project) (t generator.Target, file string, err error) {
	if t, err = a.cutTarget(o.config, cmp.Or(o.out, packageWith(p.Targets, o.file)), p, !o.quiet); err != nil {
		return t, "", err
	}
	paths, err := t.Slices()
	if err != nil {
		return t, "", err
	}
	var outs []string
	for i, path := range paths {
		outs = append(outs, filepath.ToSlash(path))
		if o.file == "" && i == 0 || o.file != "" && generator.Shown(path) == generator.Shown(o.file) {
			file = path
		}
	}
	switch {
	case file == "":
		return t, "", usagef("%s cuts no slice %q there; it cuts %s", o.config, o.file, strings.Join(outs, ", "))
	case o.file == "" && len(outs) > 1 && !o.quiet:
		fmt.Fprintf(a.stderr, "gen: of several slices, %s; --file picks another\n", outs[0])
	}
	return t, file, nil
}

// packageWith is the folder of the one package that has a slice; "" if there is none, or more than one.
func packageWith(targets []generator.Target, file string) string {
	var outs []string
	for _, t := range targets {
		if file != "" && slices.ContainsFunc(t.Specs, func(spec string) bool { return generator.Shown(spec) == generator.Shown(file) }) {
			outs = append(outs, t.Out)
		}
	}
	if len(outs) != 1 {
		return ""
	}
	return outs[0]
}
