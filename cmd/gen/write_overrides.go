package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/disk/swap"
	"github.com/graphslice/graphslice/generator/overrides"
)

// writeOverrides writes what mends the collisions of names into the file of --write-overrides. Of several packages it is the
// first that has any: what is one package's cannot be matched by another.
func (a *app) writeOverrides(opts *options, o *outcome) error {
	i := slices.IndexFunc(o.packages, func(p packageOutcome) bool { return len(collisionsOf(p)) > 0 })
	switch {
	case opts.writeOverrides == "":
		if i >= 0 && len(collisionsOf(o.packages[i])) > 1 && !opts.quiet {
			o.notes = append(o.notes, "gen: --write-overrides FILE writes the names that the hints give to a file of overrides, all at once")
		}
		return nil
	case i < 0:
		if !o.failed() {
			o.notes = append(o.notes, fmt.Sprintf("gen: no names collide: %s is left alone", filepath.ToSlash(opts.writeOverrides)))
		}
		return nil
	}
	p := o.packages[i]
	text, err := overrides.Add(opts.writeOverrides, collisionsOf(p))
	if err == nil {
		err = swap.Replace([]swap.File{{Name: opts.writeOverrides, Data: text}})
	}
	if err != nil {
		return o.addFaults(err)
	}
	next := "run this again"
	if !slices.ContainsFunc(p.target.Overrides, func(path string) bool { return filepath.Clean(path) == filepath.Clean(opts.writeOverrides) }) {
		next = "run this again with --overrides " + shellWord(opts.writeOverrides)
		if len(opts.specs) == 0 {
			next = fmt.Sprintf("list it in %s for the package that goes to %s, and run this again:\n    overrides: %s",
				filepath.ToSlash(displayPath(opts.config)), filepath.ToSlash(p.target.Out), listed(opts, p.target))
		}
	}
	o.notes = append(o.notes, fmt.Sprintf("gen: wrote %s to %s; %s", count(len(collisionsOf(p)), "name"), filepath.ToSlash(opts.writeOverrides), next))
	return nil
}

// listed is the list of override files as the configuration would have it.
func listed(opts *options, t target) string {
	var paths []string
	for _, path := range append(slices.Clone(t.Overrides), opts.writeOverrides) {
		if rel, err := relative(filepath.Dir(opts.config), path); err == nil {
			path = rel
		}
		paths = append(paths, filepath.ToSlash(path))
	}
	return "[" + strings.Join(paths, ", ") + "]"
}

// relative is path relative to dir, both of which may be absolute or not.
func relative(dir, path string) (string, error) {
	absDir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	absPath, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.Rel(absDir, absPath)
}

// collisionsOf are the overrides that mend what collides in a package, each once.
func collisionsOf(p packageOutcome) []diag.Override {
	var found []diag.Override
	for _, d := range p.found {
		if d.Override != nil && !slices.ContainsFunc(found, func(o diag.Override) bool { return o.String() == d.Override.String() }) {
			found = append(found, *d.Override)
		}
	}
	return found
}

// validateWriteOverrides finds what --write-overrides cannot go with.
func (o *options) validateWriteOverrides() error {
	switch {
	case o.isCheck || !o.flags.Changed("write-overrides"):
		return nil
	case o.writeOverrides == "":
		return usagef("--write-overrides is empty")
	case o.check || o.dryRun:
		return usagef("--write-overrides writes, and --check and --dry-run do not")
	}
	return nil
}
