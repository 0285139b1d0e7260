package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator"
)

// reportOverrides says what became of the file of --write-overrides, or that there could be one.
func (a *app) reportOverrides(opts *options, o *generator.Outcome) {
	p, collisions := o.Colliding()
	switch {
	case opts.writeOverrides == "" && len(collisions) > 1 && !opts.quiet:
		fmt.Fprintln(a.stderr, "gen: --write-overrides FILE writes the names that the hints give to a file of overrides, all at once")
	case o.Mended == generator.NothingToMend:
		fmt.Fprintf(a.stderr, "gen: no names collide: %s is left alone\n", filepath.ToSlash(opts.writeOverrides))
	case o.Mended == generator.MendedAll:
		next := "run this again"
		if !slices.ContainsFunc(p.Target.Overrides, func(path string) bool { return filepath.Clean(path) == filepath.Clean(opts.writeOverrides) }) {
			next = "run this again with --overrides " + shellWord(opts.writeOverrides)
			if len(opts.specs) == 0 {
				next = fmt.Sprintf("list it in %s for the package that goes to %s, and run this again:\n    overrides: %s",
					filepath.ToSlash(generator.Shown(opts.config)), filepath.ToSlash(p.Target.Out), listed(opts, p.Target))
			}
		}
		fmt.Fprintf(a.stderr, "gen: wrote %s to %s; %s\n", generator.Count(len(collisions), "name"), filepath.ToSlash(opts.writeOverrides), next)
	}
}

// listed is the list of override files as the configuration would have it.
func listed(opts *options, t generator.Target) string {
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
