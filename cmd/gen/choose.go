package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/disk"
	"github.com/graphslice/graphslice/generator/inspect"
)

// choice is the package that a command is about: one of a configuration, or the one that slices make.
type choice struct {
	config, out                        string
	specs, overrides, include, exclude []string
	remoteRefs                         bool
}

// addFlags adds the flags that fill c.
func (c *choice) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&c.config, "config", defaultConfig, "`path` of the file that names the packages")
	flags.StringVar(&c.out, "out", "", "`folder` of the package, if the file names several")
	flags.StringArrayVar(&c.specs, "spec", nil, "`path` of a slice instead of a configuration; repeatable")
	flags.StringArrayVar(&c.include, "include", nil, "`pattern` of operations to take (with --spec; repeatable)")
	flags.StringArrayVar(&c.exclude, "exclude", nil, "`pattern` of operations to leave out (with --spec; repeatable)")
	flags.StringArrayVar(&c.overrides, "overrides", nil, "`path` of a file that renames, hides or corrects (with --spec; repeatable)")
	flags.BoolVar(&c.remoteRefs, "allow-remote-refs", false, "follow $ref to http and https addresses")
}

// validate finds what the flags cannot say together. The error is a usageError.
func (c *choice) validate(flags *pflag.FlagSet) error {
	if len(c.specs) > 0 {
		for _, name := range []string{"config", "out"} {
			if flags.Changed(name) {
				return usagef("--spec and --%s exclude each other", name)
			}
		}
		return nil
	}
	for _, name := range []string{"include", "exclude", "overrides"} {
		if flags.Changed(name) {
			return usagef("--%s needs --spec; for a package of %s write it there", name, c.config)
		}
	}
	return nil
}

// target returns the package. The error is a usageError or a diag.List.
func (c *choice) target() (target, error) {
	if len(c.specs) > 0 {
		return target{Config: generator.Config{Specs: c.specs, Package: "graph", Include: c.include, Exclude: c.exclude, Overrides: c.overrides}}, nil
	}
	targets, err := loadConfig(c.config)
	if err != nil {
		return target{}, err
	}
	var outs []string
	for _, t := range targets {
		if c.out == "" && len(targets) == 1 || c.out != "" && t.Out == displayPath(c.out) {
			return t, nil
		}
		outs = append(outs, filepath.ToSlash(t.Out))
	}
	if c.out == "" {
		return target{}, usagef("%s names several packages; choose one with --out %s", c.config, strings.Join(outs, " or --out "))
	}
	return target{}, usagef("%s has no package in %q; it has %s", c.config, c.out, strings.Join(outs, ", "))
}

// inspect reads the package. Warnings go to stderr; the error is a usageError, a diag.List, ctx's, or a fault of ours.
func (a *app) inspect(ctx context.Context, c *choice) (*inspect.Subject, error) {
	t, err := c.target()
	if err != nil {
		return nil, err
	}
	t.AllowRemoteRefs = c.remoteRefs
	if t.Out != "" { // the names that the package has
		if t.Previous, err = disk.ReadLock(t.Out); err != nil {
			return nil, err
		}
	}
	work := a.begin("reading " + strings.Join(t.Specs, ", "))
	contents, found, err := generator.Read(ctx, t.Config)
	work.end()
	if err != nil {
		return nil, err
	}
	for i := range found {
		if found[i].Pos.IsZero() {
			found[i].Pos = t.Pos
		}
	}
	t.hintAtSlices(found)
	if contents == nil {
		return nil, found
	}
	for _, d := range found {
		fmt.Fprintln(a.stderr, d)
	}
	subject := inspect.Subject(*contents)
	return &subject, nil
}
