// Package pathglob selects operations by path and method, as in "/chats/**#GET,POST".
//
// A pattern is a path in which * stands for any part of one segment, ** as a segment of its own for any number of segments
// (none as well), and {anything} for any key. After # follow the methods; without, all methods match.
package pathglob

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/diag"
)

// Pattern is one pattern.
type Pattern struct {
	text     string
	segments []string
	methods  []string // upper case; empty: all
}

// Parse reads a pattern. The error says what is wrong with it, not where it stands.
func Parse(text string) (Pattern, error) {
	path, methods, hasMethods := strings.Cut(text, "#")
	p := Pattern{text: text, segments: split(path)}
	switch {
	case !strings.HasPrefix(path, "/"):
		return p, fmt.Errorf("the path pattern %q does not begin with /", text)
	case slices.Contains(p.segments, ""):
		return p, fmt.Errorf("the path pattern %q has an empty segment", text)
	}
	if hasMethods {
		for m := range strings.SplitSeq(methods, ",") {
			m = strings.ToUpper(strings.TrimSpace(m))
			if !slices.Contains([]string{"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"}, m) {
				return p, fmt.Errorf("the path pattern %q names %q, which is not a method", text, m)
			}
			p.methods = append(p.methods, m)
		}
	}
	return p, nil
}

// ParseAll reads several patterns and stops at the first that is wrong.
func ParseAll(texts []string) ([]Pattern, error) {
	patterns := make([]Pattern, len(texts))
	for i, text := range texts {
		p, err := Parse(text)
		if err != nil {
			return nil, err
		}
		patterns[i] = p
	}
	return patterns, nil
}

// split returns the segments of a path. A slash inside of a function's arguments is part of its segment.
func split(path string) []string {
	path = strings.TrimPrefix(path, "/")
	if path == "" {
		return nil
	}
	var segments []string
	depth, start := 0, 0
	for i := range len(path) {
		switch path[i] {
		case '(':
			depth++
		case ')':
			depth--
		case '/':
			if depth == 0 {
				segments = append(segments, path[start:i])
				start = i + 1
			}
		}
	}
	return append(segments, path[start:])
}

// String returns the pattern as it was written.
func (p Pattern) String() string { return p.text }

// Match reports whether the pattern selects the operation.
func (p Pattern) Match(method, path string) bool {
	if len(p.methods) > 0 && !slices.Contains(p.methods, strings.ToUpper(method)) {
		return false
	}
	return match(p.segments, split(path), false)
}

// MayMatchBelow reports whether the pattern can select an operation on path or on a path that goes on from it.
func (p Pattern) MayMatchBelow(path string) bool { return match(p.segments, split(path), true) }

// Names reports whether the pattern leads to path by itself: it matches what stands before its first **, or a part of that.
func (p Pattern) Names(path string) bool {
	segments := split(path)
	named := p.segments
	if i := slices.Index(named, "**"); i >= 0 {
		named = named[:i]
	}
	return len(segments) <= len(named) && match(named[:len(segments)], segments, false)
}

// match compares segment by segment. With prefix, the path may go on.
func match(pattern, path []string, prefix bool) bool {
	for len(pattern) > 0 && pattern[0] != "**" {
		if len(path) == 0 {
			return prefix
		}
		if !matchSegment(pattern[0], path[0]) {
			return false
		}
		pattern, path = pattern[1:], path[1:]
	}
	if len(pattern) == 0 {
		return len(path) == 0
	}
	for i := range len(path) + 1 { // ** takes i segments
		if match(pattern[1:], path[i:], prefix) {
			return true
		}
	}
	return prefix
}

func matchSegment(pattern, segment string) bool {
	if isKey(pattern) && isKey(segment) {
		return true
	}
	first, rest, wild := strings.Cut(pattern, "*")
	if !wild {
		return pattern == segment
	}
	if !strings.HasPrefix(segment, first) {
		return false
	}
	segment = segment[len(first):]
	for i := range len(segment) + 1 { // the * takes i bytes
		if matchSegment(rest, segment[i:]) {
			return true
		}
	}
	return false
}

func isKey(segment string) bool {
	return strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}")
}

// Set is what to include and what to leave out of it. Without an include everything is included.
type Set struct{ Include, Exclude []Pattern }

// Match reports whether the operation is selected.
func (s Set) Match(method, path string) bool {
	matches := func(p Pattern) bool { return p.Match(method, path) }
	return (len(s.Include) == 0 || slices.ContainsFunc(s.Include, matches)) && !slices.ContainsFunc(s.Exclude, matches)
}

// MayMatchBelow reports whether an operation on path, or on a path that goes on from it, can be selected.
func (s Set) MayMatchBelow(path string) bool {
	return len(s.Include) == 0 || slices.ContainsFunc(s.Include, func(p Pattern) bool { return p.MayMatchBelow(path) })
}

// Names reports whether a pattern that includes leads to path by itself; see Pattern.Names.
func (s Set) Names(path string) bool {
	return slices.ContainsFunc(s.Include, func(p Pattern) bool { return p.Names(path) })
}

// Nearest returns up to three of the paths that are most like the pattern's, for a message about a pattern without a match.
func (p Pattern) Nearest(paths []string) []string {
	wanted, _, _ := strings.Cut(p.text, "#")
	wanted = strings.TrimSuffix(wanted, "/**")
	type candidate struct {
		path     string
		distance int
	}
	var candidates []candidate
	for _, path := range paths {
		candidates = append(candidates, candidate{path, diag.Distance(withoutKeys(wanted), withoutKeys(path))})
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.path, b.path))
	})
	var nearest []string
	for _, c := range slices.CompactFunc(candidates, func(a, b candidate) bool { return a.path == b.path }) {
		if len(nearest) < 3 {
			nearest = append(nearest, c.path)
		}
	}
	return nearest
}

// withoutKeys leaves out the names of keys, which match each other whatever they are.
func withoutKeys(path string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(path, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, path, _ = strings.Cut(rest, "}")
		b.WriteString("{}")
	}
}
