package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
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

// project has the one package. The error is a usageError or a diag.List.
func (c *choice) project() (*generator.Project, error) {
	p, err := c.chosen()
	if err == nil {
		p.AllowRemoteRefs(c.remoteRefs)
	}
	return p, err
}

// chosen is project without its permission to fetch.
func (c *choice) chosen() (*generator.Project, error) {
	if len(c.specs) > 0 {
		return generator.Of(generator.Config{Specs: c.specs, Package: "graph", Include: c.include, Exclude: c.exclude, Overrides: c.overrides}, ""), nil
	}
	p, err := generator.Open(c.config)
	if err != nil {
		return nil, err
	}
	var outs []string
	for _, t := range p.Targets {
		if c.out == "" && len(p.Targets) == 1 || c.out != "" && t.Out == generator.Shown(c.out) {
			return p.Only(t), nil
		}
		outs = append(outs, filepath.ToSlash(t.Out))
	}
	if c.out == "" {
		return nil, usagef("%s names several packages; choose one with --out %s", c.config, strings.Join(outs, " or --out "))
	}
	return nil, usagef("%s has no package in %q; it has %s", c.config, c.out, strings.Join(outs, ", "))
}

// inspect reads the package. Warnings go to stderr; the error is a usageError, a diag.List, ctx's, or a fault of ours.
func (a *app) inspect(ctx context.Context, c *choice) (*generator.Subject, error) {
	p, err := c.project()
	if err != nil {
		return nil, err
	}
	work := a.begin("reading " + strings.Join(p.Targets[0].Specs, ", "))
	subject, found, err := p.Inspect(ctx)
	work.end()
	if err != nil {
		return nil, err
	}
	if subject == nil {
		return nil, found
	}
	for _, d := range found {
		fmt.Fprintln(a.stderr, d)
	}
	return subject, nil
}
