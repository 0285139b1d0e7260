// Package pathglob selects operations by path and method, as in "/chats/**#GET,POST".
//
// A pattern is a path in which * stands for any part of one segment, ** as a segment of its own for any number of segments
// (none as well), and {anything} for any key. After # follow the methods; without, all methods match.
//
// Patterns are written as reference pages write paths. The name of an action, a function or a type matches with its namespace
// and without, a function with its arguments and without. A * that is a whole segment stands for a key or a property:
// $count and the like, actions, functions and casts have to be written, at least in part, as in *ForUser and $*.
package pathglob

import (
	"fmt"
	"slices"
	"strings"
)

// Pattern is one pattern.
type Pattern struct {
	text     string
	segments []segment
	open     bool     // there is a ** in it
	methods  []string // upper case; empty: all
	among    *known   // nil if nothing is known of the paths that it is compared with
	folded   bool     // capitals and small letters are the same
}

// Parse reads a pattern. The error says what is wrong with it, not where it stands.
func Parse(text string) (Pattern, error) {
	path, methods, hasMethods := strings.Cut(text, "#")
	p := Pattern{text: text}
	parts := split(path)
	fault := unclosed(path)
	switch {
	case !strings.HasPrefix(path, "/"):
		return p, fmt.Errorf("the path pattern %q does not begin with /", text)
	case fault != "":
		return p, fmt.Errorf("the path pattern %q %s", text, fault)
	case slices.Contains(parts, ""):
		return p, fmt.Errorf("the path pattern %q has an empty segment", text)
	}
	for _, part := range parts {
		s := parseSegment(part)
		if s.any && len(p.segments) > 0 && p.segments[len(p.segments)-1].any {
			continue // one ** after another adds nothing
		}
		p.open = p.open || s.any
		p.segments = append(p.segments, s)
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

// unclosed says which brace or parenthesis of a path has no other half, "" if all have.
func unclosed(path string) string {
	var open []byte
	for i := range len(path) {
		switch c := path[i]; c {
		case '{', '(':
			open = append(open, c)
		case '}', ')':
			opener := byte('{')
			if c == ')' {
				opener = '('
			}
			if len(open) == 0 || open[len(open)-1] != opener {
				return fmt.Sprintf("closes a %c with %c that is not open", opener, c)
			}
			open = open[:len(open)-1]
		}
	}
	switch {
	case len(open) == 0:
		return ""
	case open[len(open)-1] == '(':
		return "opens a parenthesis that it does not close: ) is missing"
	}
	return "opens a brace that it does not close: } is missing"
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

// String returns the pattern as it was written.
func (p Pattern) String() string { return p.text }

// Path is the pattern without its methods.
func (p Pattern) Path() string {
	path, _, _ := strings.Cut(p.text, "#")
	return path
}

// hasMethod reports whether the pattern selects the method; "" stands for any.
func (p Pattern) hasMethod(method string) bool {
	return method == "" || len(p.methods) == 0 || slices.Contains(p.methods, strings.ToUpper(method))
}

// AnyMethod is the pattern without its methods.
func (p Pattern) AnyMethod() Pattern {
	p.text, p.methods = p.Path(), nil
	return p
}

// Folded is the pattern with capitals and small letters the same, as reference pages mix them and services read them.
func (p Pattern) Folded() Pattern {
	p.folded = true
	p.segments = slices.Clone(p.segments)
	for i := range p.segments {
		s := &p.segments[i]
		s.text, s.name, s.args = strings.ToLower(s.text), strings.ToLower(s.name), strings.ToLower(s.args)
	}
	return p
}

// FoldUnmatched folds the patterns that have selected nothing as they are written, but select something folded, and returns those
// as well.
func FoldUnmatched(patterns []Pattern, hasSelected, selects func(Pattern) bool) (all, folded []Pattern) {
	all = slices.Clone(patterns)
	for i, p := range all {
		if hasSelected(p) {
			continue
		}
		if p = p.Folded(); selects(p) {
			all[i] = p
			folded = append(folded, p)
		}
	}
	return all, folded
}

// Match reports whether the pattern selects the operation. "" for the method asks for the path alone.
func (p Pattern) Match(method, path string) bool {
	return Set{Include: []Pattern{p}}.Match(method, path)
}

// MayMatchBelow reports whether the pattern can select an operation on path or on a path that goes on from it.
func (p Pattern) MayMatchBelow(path string) bool {
	return Set{Include: []Pattern{p}}.MayMatchBelow(path)
}

// Set is what to include and what to leave out of it. Without an include everything is included.
type Set struct{ Include, Exclude []Pattern }

// Match reports whether the operation is selected.
func (s Set) Match(method, path string) bool { return s.at(path).Match(method) }

// MayMatchBelow reports whether an operation on path, or on a path that goes on from it, can be selected.
func (s Set) MayMatchBelow(path string) bool { return s.at(path).Alive() }

// at walks a path that is there as text.
func (s Set) at(path string) Walk {
	var among *known
	for _, p := range slices.Concat(s.Include, s.Exclude) {
		among = p.among
	}
	w := s.Walk()
	for _, t := range among.tokens(path) {
		w = w.Step(t)
	}
	return w
}
