package slice

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
)

// This file selects the operations of a slice, and says what its patterns did not do.

// selectOperations takes the operations of each file from the OpenAPI document, or derives them. A pattern that selects nothing
// is an error.
func (c *cutter) selectOperations() [][]*operation {
	files := make([][]*operation, len(c.cfg.Files))
	for i, f := range c.cfg.Files {
		set, ok := c.parseSet(i, f)
		switch {
		case !ok:
		case c.published != nil:
			files[i] = c.selectPublished(i, set)
			c.noteMany(f, set, countMatches(set, files[i]))
		default:
			set, folded, found := c.deriveFolded(set)
			for _, o := range found.Operations {
				files[i] = append(files[i], &operation{Operation: o})
			}
			c.warnFolded(i, folded, files[i])
			if c.checkPatterns(i, set, found) {
				c.noteStops(f, found.Stops)
				c.noteMany(f, set, found.Counts)
			}
		}
	}
	return files
}

// deriveFolded derives what a set selects. Patterns that select nothing with their capitals are taken without, and returned.
func (c *cutter) deriveFolded(set pathglob.Set) (pathglob.Set, []pathglob.Pattern, *derive.Result) {
	found := derive.Operations(c.doc, set, c.derivation())
	counts := map[string]int{}
	for i, p := range set.Include {
		counts[p.String()] += found.Counts[i]
	}
	hasSelected := func(p pathglob.Pattern) bool { return counts[p.String()] > 0 }
	include, folded := pathglob.FoldUnmatched(set.Include, hasSelected, func(p pathglob.Pattern) bool {
		return len(derive.Operations(c.doc, pathglob.Set{Include: []pathglob.Pattern{p}}, c.derivation()).Operations) > 0
	})
	if len(folded) > 0 {
		set.Include = include
		found = derive.Operations(c.doc, set, c.derivation())
	}
	return set, folded, found
}

// shownPaths is how many paths stand in a hint.
const shownPaths = 3

// warnFolded says which patterns of the file with that index are taken without regard to capitals.
func (c *cutter) warnFolded(file int, folded []pathglob.Pattern, operations []*operation) {
	for _, p := range folded {
		var paths []string
		for _, o := range operations {
			if p.Match(o.Method, o.Path) && !slices.Contains(paths, o.Path) && len(paths) < shownPaths {
				paths = append(paths, o.Path)
			}
		}
		at := fileEntry(file, includeList, p.String())
		c.diags.Add(diag.Diagnostic{Pos: c.cfg.Positions[at], Severity: diag.Warning, Code: "capitals",
			Message: fmt.Sprintf("the pattern %s selects nothing with these capitals, and is taken without regard to them", p),
			Hint:    "write them as in " + strings.Join(paths, ", ")})
	}
}

// operation is one of a slice: derived from metadata, or one of the OpenAPI document.
type operation struct {
	// Operation has the method and the path alone if the operation is not derived.
	*derive.Operation
	// published is the operation in the OpenAPI document and shared are the parameters of its path; nil if it is derived.
	published *yaml.Node
	shared    []*yaml.Node
}

// derivation is what the configuration and the notes say of the service's paths.
func (c *cutter) derivation() derive.Options {
	how := derive.Options{Parentheses: c.cfg.Parentheses}
	for _, name := range c.notes.PathAddressing {
		if t := c.doc.Type(name); t != nil && t.Entity {
			how.ByPath = append(how.ByPath, t)
			c.notes.used["pathAddressing"] = true
		}
	}
	return how
}

// checkPatterns reports patterns of the file with that index that select nothing, and whether all select something.
func (c *cutter) checkPatterns(file int, set pathglob.Set, found *derive.Result) bool {
	if found.Endless {
		c.fail("too-many-paths", "write out more names, and fewer *",
			"the patterns lead to more than %d places, and not all were looked at", derive.MaxPlaces)
		return false
	}
	all := true
	for i, p := range set.Include {
		if found.Counts[i] == 0 {
			c.failAt(fileEntry(file, includeList, p.String()), "no-match", c.hintFor(p), "the pattern %s selects no operation", p)
			all = false
		}
	}
	return all
}

// hintFor says what somebody may have meant whose pattern selects nothing.
func (c *cutter) hintFor(p pathglob.Pattern) string {
	var methods []string
	for _, o := range c.deriveAt(p.Path()) {
		if !slices.Contains(methods, o.Method) {
			methods = append(methods, o.Method)
		}
	}
	if len(methods) > 0 {
		return "the methods of the paths that match are " + strings.Join(methods, ", ")
	}
	if name := c.addressed(p); name != "" && !slices.Contains(c.notes.PathAddressing, name) {
		return "if the service addresses a " + ir.ShortName(name) +
			" by its path, say so in notes: pathAddressing: [" + name + "]"
	}
	if nearest := p.Nearest(c.nearbyPaths(p)); len(nearest) > 0 {
		return "the nearest paths are " + strings.Join(nearest, ", ")
	}
	return ""
}

// addressed is the type that a pattern wants to address by path, that of what stands before the first colon; "" if it does not.
func (c *cutter) addressed(p pathglob.Pattern) string {
	before, _, ok := strings.Cut(p.Path(), ":")
	if !ok {
		return ""
	}
	for _, o := range c.deriveAt(before + "#GET") {
		if o.Target.Entity {
			return o.Target.Name
		}
	}
	return ""
}

// deriveAt returns the operations that patterns select.
func (c *cutter) deriveAt(patterns ...string) []*derive.Operation {
	include, err := pathglob.ParseAll(patterns)
	if err != nil { // of what was parsed before
		return nil
	}
	return derive.Operations(c.doc, pathglob.Set{Include: include}, c.derivation()).Operations
}

// nearbyPaths are the paths that somebody who wrote p may have meant: of those that are no longer, all that /** has, and what
// lies behind the part of p that is there.
func (c *cutter) nearbyPaths(p pathglob.Pattern) []string {
	if c.known == nil {
		c.known = c.deriveAt("/**")
	}
	var paths []string
	depth := strings.Count(strings.TrimSuffix(p.Path(), "/**"), "/")
	add := func(operations []*derive.Operation) {
		for _, o := range operations {
			if strings.Count(o.Path, "/") <= depth && (len(paths) == 0 || paths[len(paths)-1] != o.Path) {
				paths = append(paths, o.Path)
			}
		}
	}
	add(c.known)
	for at := p.Path(); ; {
		slash := strings.LastIndexByte(at, '/')
		if slash <= 0 {
			return paths
		}
		at = at[:slash]
		if behind := c.deriveAt(at+"/*", at+"/*.*", at+"/*/*"); len(behind) > 0 {
			add(behind)
			return paths
		}
	}
}

// shownStops is how many patterns to go on are shown; Diagnostic.Details has all.
const shownStops = 5

// noteStops says where a ** did not go on, and how to.
func (c *cutter) noteStops(f File, stops []string) {
	c.stops = append(c.stops, stops...)
	if len(stops) == 0 || len(f.Include) == 0 {
		return
	}
	slices.SortFunc(stops, func(a, b string) int { // what is nearest to the root first
		return cmp.Or(cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")), cmp.Compare(a, b))
	})
	details := make([]string, len(stops))
	for i, path := range stops {
		details[i] = path + "/**"
	}
	places := "1 place, "
	if len(stops) > 1 {
		places = fmt.Sprintf("%d places, such as ", len(stops))
	}
	hint := "include " + strings.Join(details[:min(shownStops, len(details))], ", ")
	if more := len(details) - shownStops; more > 0 {
		hint += fmt.Sprintf(", and %d more that --verbose lists", more)
	}
	c.diags.Add(diag.Diagnostic{Pos: diag.Pos{File: f.Out}, Severity: diag.Note, Code: "stopped", Hint: hint, Details: details,
		Message: "stopped at " + places + stops[0] + "; name them to go on"})
}

// manyOperations is more than anybody reads.
const manyOperations = 1000

// noteMany says which patterns take very many operations; counts has a number for each.
func (c *cutter) noteMany(f File, set pathglob.Set, counts []int) {
	for i, p := range set.Include {
		if counts[i] > manyOperations {
			c.diags.Add(diag.Diagnostic{Pos: diag.Pos{File: f.Out}, Severity: diag.Note, Code: "many-operations",
				Message: fmt.Sprintf("the pattern %s takes %d operations", p, counts[i]),
				Hint:    "name what the program calls; gen paths lists what there is"})
		}
	}
}

// countMatches counts what each include of a set selects.
func countMatches(set pathglob.Set, operations []*operation) []int {
	counts := make([]int, len(set.Include))
	for i, p := range set.Include {
		for _, o := range operations {
			if p.Match(o.Method, o.Path) {
				counts[i]++
			}
		}
	}
	return counts
}
