package main

import (
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

// packageOptions are the flags that say which package a command is about: one of a configuration, or the one that slices make.
type packageOptions struct {
	config, out                        string
	specs, overrides, include, exclude []string
	remoteRefs                         bool
}

// addFlags adds the flags that fill o.
func (o *packageOptions) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&o.config, "config", defaultConfig, "`path` of the file that names the packages")
	flags.StringVar(&o.out, "out", "", "`folder` of the package, if the file names several")
	flags.StringArrayVar(&o.specs, "spec", nil, "`path` of a slice instead of a configuration; repeatable")
	flags.StringArrayVar(&o.include, "include", nil, "`pattern` of operations to take (with --spec; repeatable)")
	flags.StringArrayVar(&o.exclude, "exclude", nil, "`pattern` of operations to leave out (with --spec; repeatable)")
	flags.StringArrayVar(&o.overrides, "overrides", nil, "`path` of a file that renames, hides or corrects (with --spec; repeatable)")
	flags.BoolVar(&o.remoteRefs, "allow-remote-refs", false, "follow $ref to http and https addresses")
}

// validate finds what the flags cannot say together. The error is a usageError.
func (o *packageOptions) validate(flags *pflag.FlagSet) error {
	if len(o.specs) > 0 {
		for _, name := range []string{"config", "out"} {
			if flags.Changed(name) {
				return usagef("--spec and --%s exclude each other", name)
			}
		}
		return nil
	}
	for _, name := range []string{"include", "exclude", "overrides"} {
		if flags.Changed(name) {
			return usagef("--%s needs --spec; for a package of %s write it there", name, o.config)
		}
	}
	return nil
}

// project has the one package. The error is a usageError or Diagnostics.
func (o *packageOptions) project() (*generator.Project, error) {
	p, err := o.chosen()
	if err == nil {
		p.AllowRemoteRefs(o.remoteRefs)
	}
	return p, err
}

// chosen is project without its permission to fetch.
func (o *packageOptions) chosen() (*generator.Project, error) {
	if len(o.specs) > 0 {
		return generator.Of(generator.Config{Specs: o.specs, Package: "graph", Include: o.include, Exclude: o.exclude, Overrides: o.overrides}, ""), nil
	}
	p, err := generator.Open(o.config)
	if err != nil {
		return nil, err
	}
	var outs []string
	for _, t := range p.Targets {
		if o.out == "" && len(p.Targets) == 1 || o.out != "" && t.Out == generator.Shown(o.out) {
			return p.Only(t), nil
		}
		outs = append(outs, filepath.ToSlash(t.Out))
	}
	if o.out == "" {
		return nil, usagef("%s names several packages; choose one with --out %s", o.config, strings.Join(outs, " or --out "))
	}
	return nil, usagef("%s has no package in %q; it has %s", o.config, o.out, strings.Join(outs, ", "))
}
