package openapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

// selectedOperation is an operation that will be emitted.
type selectedOperation struct {
	mergedOperation
	path, method string // the method in lower case
}

// selectOperations returns what Include and Exclude leave, by path and method. A pattern without any match is a
// mistake, and reported.
func (m *merged) selectOperations(opts Options, diags *diag.List) []selectedOperation {
	include, exclude := parsePatterns(opts.Include, "include", diags), parsePatterns(opts.Exclude, "exclude", diags)
	if diags.HasErrors() {
		return nil
	}
	paths := slices.Sorted(maps.Keys(m.paths))
	include, exclude = pathglob.Among(include, paths), pathglob.Among(exclude, paths)
	selected, used := m.matching(paths, include, exclude)
	include, folded := pathglob.FoldUnmatched(include, func(p pathglob.Pattern) bool { return used[p.String()] }, m.selects)
	if len(folded) > 0 {
		selected, used = m.matching(paths, include, exclude)
	}
	for _, p := range folded {
		diags.Add(diag.Diagnostic{Severity: diag.Warning, Code: "capitals",
			Message: fmt.Sprintf("include %q matches no operation with these capitals, and is taken without regard to them", p),
			Hint:    "write them as in " + m.firstPath(p)})
	}
	severity := diag.Error
	if opts.AllowUnmatched {
		severity = diag.Warning
	}
	m.checkUsed(include, "include", used, severity, diags)
	m.checkUsed(exclude, "exclude", used, severity, diags)
	if len(selected) == 0 && len(exclude) > 0 && !diags.HasErrors() {
		diags.Add(diag.Diagnostic{Severity: diag.Error, Code: "nothing-selected",
			Message: "include and exclude leave no operation", Hint: "exclude less"})
	}
	return selected
}

// matching returns the operations of the paths that the patterns leave, and which patterns match anything, by their text.
func (m *merged) matching(paths []string, include, exclude []pathglob.Pattern) (selected []selectedOperation, used map[string]bool) {
	used = map[string]bool{}
	matchesAny := func(patterns []pathglob.Pattern, method, path string) bool {
		found := false
		for _, p := range patterns {
			if p.Match(method, path) {
				found, used[p.String()] = true, true
			}
		}
		return found
	}
	for _, path := range paths {
		for _, method := range slices.Sorted(maps.Keys(m.paths[path].operations)) {
			in, out := matchesAny(include, method, path), matchesAny(exclude, method, path)
			if (in || len(include) == 0) && !out {
				selected = append(selected, selectedOperation{m.paths[path].operations[method], path, method})
			}
		}
	}
	return selected, used
}

// selects reports whether a pattern matches any operation.
func (m *merged) selects(p pathglob.Pattern) bool { return m.firstPath(p) != "" }

// firstPath is the first path, in their order, of which the pattern matches an operation; "" if there is none.
func (m *merged) firstPath(p pathglob.Pattern) string {
	first := ""
	for path, item := range m.paths {
		for method := range item.operations {
			if (first == "" || path < first) && p.Match(method, path) {
				first = path
			}
		}
	}
	return first
}

// parsePatterns reports patterns that cannot be read. They come from the caller, so they have no place in a file.
func parsePatterns(texts []string, option string, diags *diag.List) []pathglob.Pattern {
	var patterns []pathglob.Pattern
	for _, text := range texts {
		p, err := pathglob.Parse(text)
		if err != nil {
			diags.Add(diag.Diagnostic{Severity: diag.Error, Code: "bad-pattern", Message: fmt.Sprintf("%s: %v", option, err),
				Hint: "write a path, and methods after a # if not all are meant: /chats/**#GET,POST"})
		}
		patterns = append(patterns, p)
	}
	return patterns
}

// checkUsed reports the patterns that matched nothing, and what they may have meant.
func (m *merged) checkUsed(patterns []pathglob.Pattern, option string, used map[string]bool, severity diag.Severity, diags *diag.List) {
	for _, p := range patterns {
		if used[p.String()] {
			continue
		}
		hint := "the specs have no paths"
		if near := p.Nearest(slices.Sorted(maps.Keys(m.paths))); len(near) > 0 {
			hint = "the nearest paths are " + strings.Join(near, ", ")
		}
		if have := m.methodsAt(p); len(have) > 0 {
			hint = "its paths have " + strings.ToUpper(strings.Join(have, ", ")) + " only"
		}
		diags.Add(diag.Diagnostic{Severity: severity, Code: "unmatched-pattern",
			Message: fmt.Sprintf("%s %q matches no operation", option, p), Hint: hint})
	}
}

// methodsAt are the methods of the paths that the pattern matches, whatever methods it names.
func (m *merged) methodsAt(p pathglob.Pattern) []string {
	found := map[string]bool{}
	for path, item := range m.paths {
		for method := range item.operations {
			if p.AnyMethod().Match(method, path) {
				found[method] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}
