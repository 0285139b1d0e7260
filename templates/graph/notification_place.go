package graph

import (
	"net/url"
	"strings"
)

// This file finds what the path of a notification leads to. Services write it in many ways: with a slash in front or
// without, below the service root, with capitals that the path does not have, keys in parentheses or as segments.

// notifiedPath is a path that a notification may be about, and the builder for it.
type notifiedPath struct {
	template string // such as /things/{thing-id}
	builder  func(*resource) any
}

// pathStep is a segment of a path as a notification has it.
type pathStep struct {
	text  string // decoded, without quotes
	isKey bool   // it stood in parentheses; others may be keys as well
}

// notified returns the builder for a path; nil if none of the paths is that. Where several are, the one with the
// fewest keys counts.
func (c *Client) notified(path string, known []notifiedPath) any {
	steps, ok := stepsOf(c.belowRoot(path))
	if !ok || len(steps) == 0 {
		return nil
	}
	best, most := -1, -1
	for i, k := range known {
		if same, ok := k.match(steps); ok && same > most {
			best, most = i, same
		}
	}
	if best < 0 {
		return nil
	}
	r := c.at("")
	i := 0
	for segment := range strings.SplitSeq(known[best].template[1:], "/") {
		if isKeySegment(segment) {
			r = r.byKey(segment[1:len(segment)-1], steps[i].text)
		} else {
			r = r.add("/" + segment)
		}
		i++
	}
	if r.err != nil {
		return nil // a key that cannot be one
	}
	return known[best].builder(r)
}

// match reports whether the steps are the path, and how many of its names they have.
func (p *notifiedPath) match(steps []pathStep) (same int, ok bool) {
	if strings.Count(p.template, "/") != len(steps) {
		return 0, false
	}
	i := 0
	for segment := range strings.SplitSeq(p.template[1:], "/") {
		switch s := steps[i]; {
		case isKeySegment(segment):
		case s.isKey || !strings.EqualFold(segment, s.text):
			return 0, false
		default:
			same++
		}
		i++
	}
	return same, true
}

func isKeySegment(segment string) bool { return strings.HasPrefix(segment, "{") }

// belowRoot is a path without the client's service root, or the version that it ends with, in front.
func (c *Client) belowRoot(path string) string {
	if c == nil || c.root == nil {
		return path
	}
	version := c.root.Path[strings.LastIndexByte(c.root.Path, '/')+1:]
	for _, front := range []string{c.root.String(), c.root.Path, version} {
		for _, slash := range []string{"", "/"} {
			if rest, ok := cutFold(path, slash+front); ok && front != "" && strings.HasPrefix(rest, "/") {
				return rest
			}
		}
	}
	return path
}

// cutFold is strings.CutPrefix for capitals and small letters alike.
func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// stepsOf reads a path; false if it has what only an address or a key of several parts has. A query is left out.
func stepsOf(path string) ([]pathStep, bool) {
	var steps []pathStep
	for path = strings.TrimPrefix(path, "/"); path != "" && path[0] != '?'; {
		end := segmentEnd(path)
		segment := path[:end]
		path = strings.TrimPrefix(path[end:], "/")
		name, args, inParens := strings.Cut(segment, "(")
		args, closed := strings.CutSuffix(args, ")")
		switch {
		case name == "" || strings.HasSuffix(name, ":"):
			return nil, false
		case !inParens:
			steps = append(steps, pathStep{text: decoded(name)})
		case !closed:
			return nil, false
		case args == "": // a function
			steps = append(steps, pathStep{text: decoded(name)})
		default:
			key, ok := quotedKey(decoded(args))
			if !ok {
				return nil, false
			}
			steps = append(steps, pathStep{text: decoded(name)}, pathStep{text: key, isKey: true})
		}
	}
	return steps, true
}

// segmentEnd is where a segment ends: at a slash or a question mark that stands in no quotes. A quote opens only
// behind a parenthesis, since it may be part of a key that is a segment.
func segmentEnd(path string) int {
	quoted := false
	for i := range len(path) {
		switch c := path[i]; {
		case c == '\'' && quoted:
			quoted = false
		case c == '\'':
			quoted = i > 0 && (path[i-1] == '(' || path[i-1] == '\'')
		case (c == '/' || c == '?') && !quoted:
			return i
		}
	}
	return len(path)
}

// quotedKey reads what stands in parentheses: 'key' or key.
func quotedKey(args string) (string, bool) {
	key := keyInParens(args)
	isNamed := strings.Contains(args, "=") && !strings.HasPrefix(args, "'")
	return key, key != "" && !isNamed
}

// decoded is a text without percent-encoding, as far as it has that.
func decoded(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// fits reports whether a path is one that a pattern stands for.
func fits(pattern, path []pathStep) bool {
	if len(pattern) == 0 {
		return len(path) == 0
	}
	switch p := pattern[0].text; {
	case p == "**":
		return fits(pattern[1:], path) || len(path) > 0 && fits(pattern, path[1:])
	case len(path) == 0:
		return false
	case p == "*" || isKeySegment(p):
	case path[0].isKey || !strings.EqualFold(p, path[0].text):
		return false
	}
	return fits(pattern[1:], path[1:])
}
