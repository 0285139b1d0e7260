package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/pathglob"
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
	if _, err := pathglob.ParseAll(o.patterns); err != nil {
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
	data, err := readConfig(o.config)
	if err != nil {
		return err
	}
	e := &configEdit{path: o.config, before: data, after: data}
	if err := a.choosePlace(&o, e); err != nil {
		return err
	}
	if err := e.insert(o.patterns); err != nil {
		return err
	}
	if !o.quiet {
		for _, d := range e.present {
			fmt.Fprintln(a.stderr, d)
		}
	}
	if len(e.added) == 0 {
		return nil
	}
	return a.cutAndGenerate(ctx, &o, e)
}

// configEdit is a change of a configuration: patterns that go to one slice of one package.
type configEdit struct {
	path          string
	before, after []byte
	// pkg and file are the places of the package and of the slice in their lists.
	pkg, file int
	// anyFile: a pattern that another slice of the package has need not come here as well.
	anyFile bool
	out     string // the slice's path
	added   []string
	present diag.List // of the patterns that are there already
}

// choosePlace picks the package and the slice. The error is a usageError or a diag.List.
func (a *app) choosePlace(o *addOptions, e *configEdit) error {
	targets, err := parseConfig(e.path, e.before)
	if err != nil {
		return err
	}
	t, err := a.cutTarget(o.config, cmp.Or(o.out, packageWith(targets, o.file)), targets, !o.quiet)
	if err != nil {
		return err
	}
	cut, found := t.cut()
	if found.HasErrors() {
		return found.Sorted()
	}
	for i, other := range targets {
		if other.Pos == t.Pos {
			e.pkg = i
		}
	}
	e.anyFile = o.file == ""
	var outs []string
	for i, f := range cut.Files {
		outs = append(outs, filepath.ToSlash(f.Out))
		if o.file == "" && i == 0 || o.file != "" && displayPath(f.Out) == displayPath(o.file) {
			e.file, e.out = i, f.Out
		}
	}
	switch {
	case e.out == "":
		return usagef("%s cuts no slice %q there; it cuts %s", o.config, o.file, strings.Join(outs, ", "))
	case e.anyFile && len(outs) > 1 && !o.quiet:
		fmt.Fprintf(a.stderr, "gen: of several slices, %s; --file picks another\n", outs[0])
	}
	return nil
}

// packageWith is the folder of the one package that has a slice; "" if there is none, or more than one.
func packageWith(targets []target, file string) string {
	var outs []string
	for _, t := range targets {
		if file != "" && slices.ContainsFunc(t.Specs, func(spec string) bool { return displayPath(spec) == displayPath(file) }) {
			outs = append(outs, t.Out)
		}
	}
	if len(outs) != 1 {
		return ""
	}
	return outs[0]
}

// insert puts the patterns in. The error is a diag.List.
func (e *configEdit) insert(patterns []string) error {
	for _, pattern := range patterns {
		targets, err := parseConfig(e.path, e.after)
		if err != nil {
			return err
		}
		files := includesOf(targets[e.pkg].Slice)
		if at := e.find(files, pattern); at != nil {
			e.present.Notef(diag.Pos{File: displayPath(e.path), Line: at.Line, Column: at.Column}, "there-already", "the pattern %s is there already", pattern)
			continue
		}
		list := files[e.file]
		if list == nil {
			err = errors.New("it is not there")
		} else {
			e.after, err = insertItem(e.after, list, pattern)
		}
		if err != nil {
			fault := diag.Diagnostic{Pos: diag.Pos{File: displayPath(e.path)}, Severity: diag.Error, Code: "cannot-edit",
				Message: "the list of includes cannot be added to: " + err.Error(), Hint: "write the pattern into it by hand, then run gen slice and gen"}
			if list != nil {
				fault.Line, fault.Column = list.Line, list.Column
			}
			return diag.List{fault}
		}
		e.added = append(e.added, pattern)
	}
	return nil
}

// find is where a pattern stands, nil if it does not.
func (e *configEdit) find(files []*yaml.Node, pattern string) *yaml.Node {
	for i, list := range files {
		if list == nil || i != e.file && !e.anyFile {
			continue
		}
		for _, item := range list.Content {
			if item.Value == pattern {
				return item
			}
		}
	}
	return nil
}

// includesOf are the lists of includes of a slice entry's files.
func includesOf(entry *yaml.Node) []*yaml.Node {
	var lists []*yaml.Node
	files := fieldOf(entry, "files")
	if files == nil {
		return nil
	}
	for _, file := range files.Content {
		lists = append(lists, fieldOf(file, "include"))
	}
	return lists
}

// fieldOf is the value of a mapping's key, nil if there is none.
func fieldOf(node *yaml.Node, key string) *yaml.Node {
	for i := 0; node.Kind == yaml.MappingNode && i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return node.Content[i+1]
		}
	}
	return nil
}
