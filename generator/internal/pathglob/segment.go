package pathglob

import (
	"slices"
	"strings"
)

// Kind is what a segment of a path is.
type Kind int

const (
	Name    Kind = iota // a property, an entity set, or any other word
	Key                 // a parameter for a key, as a segment or in parentheses
	Call                // an action, a function or a cast
	Meta                // $count, $value, $ref and the like
	Written             // what only a pattern selects that writes it: an alternate key, or addressing by path
)

// Token is one step of a path: a segment, or what stands in parentheses behind one to select an entity.
type Token struct {
	Kind Kind
	Text string
	// Whole: the name of a call counts with its namespace only, since without it means something else at this place.
	Whole bool
}

// known are the paths of a document, without the names of their parameters. They tell keys from functions.
type known map[string]bool

// Among returns the patterns as they are compared with the paths of one document: a name with parentheses in them is an entity's
// key if the name alone is a path as well, as /things and /things(no='{no}').
func Among(patterns []Pattern, paths []string) []Pattern {
	among := known{}
	for _, path := range paths {
		among[withoutNames(path)] = true
	}
	all := slices.Clone(patterns)
	for i := range all {
		all[i].among = &among
	}
	return all
}

// tokens reads a path. A name with parentheses is a function, but if there is a single value in them, it is a key.
func (k *known) tokens(path string) []Token {
	var tokens []Token
	before := ""
	for _, s := range split(path) {
		name, args, hasArgs := cutArgs(s)
		collection := before + "/" + name
		isMember := k != nil && hasArgs && (*k)[withoutNames(collection)]
		switch {
		case strings.HasPrefix(s, "$"):
			tokens = append(tokens, Token{Kind: Meta, Text: s})
		case isKey(s):
			tokens = append(tokens, Token{Kind: Key, Text: s})
		case hasArgs && args != "" && !strings.Contains(args, "="), isMember && !(*k)[withoutNames(collection)+"/{}"]:
			tokens = append(tokens, Token{Kind: Name, Text: name}, Token{Kind: Key, Text: "(" + args + ")"})
		case isMember:
			tokens = append(tokens, Token{Kind: Written, Text: s}) // it has another key that needs no name
		case hasArgs || isQualified(name):
			tokens = append(tokens, Token{Kind: Call, Text: s})
		case strings.HasSuffix(s, ":"):
			tokens = append(tokens, Token{Kind: Written, Text: s})
		default:
			tokens = append(tokens, Token{Kind: Name, Text: s})
		}
		before += "/" + s
	}
	return tokens
}

// isQualified reports whether a name has a namespace. "v1.0" has none.
func isQualified(name string) bool {
	dot := strings.LastIndexByte(name, '.')
	return dot > 0 && dot+1 < len(name) && !strings.ContainsAny(name, "{}") && (name[dot+1]|0x20 >= 'a' && name[dot+1]|0x20 <= 'z' || name[dot+1] == '_')
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
			if depth <= 0 {
				segments = append(segments, path[start:i])
				start = i + 1
			}
		}
	}
	return append(segments, path[start:])
}

func isKey(segment string) bool {
	return strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}") && strings.Count(segment, "{") == 1
}

// cutArgs cuts a segment at its parentheses.
func cutArgs(segment string) (name, args string, ok bool) {
	name, args, ok = strings.Cut(segment, "(")
	if !ok || !strings.HasSuffix(args, ")") {
		return segment, "", false
	}
	return name, args[:len(args)-1], true
}

// segment is a segment of a pattern.
type segment struct {
	any  bool // **
	star bool // *
	key  bool // {anything}
	wild bool // there is a * in it
	text string
	// name and args are the parts of a segment with parentheses.
	name, args string
	hasArgs    bool
}

func parseSegment(text string) segment {
	s := segment{any: text == "**", star: text == "*", key: isKey(text), wild: strings.Contains(text, "*"), text: withoutNames(text)}
	s.name, s.args, s.hasArgs = cutArgs(s.text)
	return s
}

// match reports whether the segment matches a whole token; see Walk.step for what takes two tokens.
func (s *segment) match(t Token) bool {
	switch {
	case s.any:
		return true
	case s.star:
		return t.Kind == Name || t.Kind == Key
	case t.Kind == Key:
		return s.key
	case s.key:
		return false
	}
	text := t.Text
	if strings.Contains(text, "{") {
		text = withoutNames(text)
	}
	if t.Kind != Call {
		return s.matchText(text)
	}
	return s.matchCall(text, t.Whole)
}

func (s *segment) matchText(text string) bool {
	if s.wild {
		return glob(s.text, text)
	}
	return s.text == text
}

// matchCall compares with a name that may have a namespace and arguments.
func (s *segment) matchCall(text string, whole bool) bool {
	name, args, hasArgs := cutArgs(text)
	for {
		if s.wild && glob(s.text, text) {
			return true
		}
		if !s.wild && s.name == name && (!s.hasArgs || hasArgs && matchArgs(s.args, args)) {
			return true
		}
		dot := strings.IndexByte(name, '.')
		if dot < 0 || whole {
			return false
		}
		name, text = name[dot+1:], text[dot+1:]
	}
}

// matchArgs compares the arguments of a function or the parts of a key, without the names of their values. Those whose value
// goes into the query need not be written.
func matchArgs(pattern, args string) bool {
	if glob(pattern, args) {
		return true
	}
	wanted := splitArgs(pattern)
	for _, arg := range splitArgs(args) {
		if len(wanted) > 0 && plainArg(wanted[0]) == plainArg(arg) {
			wanted = wanted[1:]
		} else if !strings.Contains(arg, "@") {
			return false
		}
	}
	return len(wanted) == 0
}

func splitArgs(args string) []string {
	if args == "" {
		return nil
	}
	return strings.Split(args, ",")
}

// plainArg is the name of an argument, whatever stands for its value; {} for a value alone.
func plainArg(arg string) string {
	name, _, ok := strings.Cut(arg, "=")
	if !ok {
		return "{}"
	}
	return strings.TrimSpace(name)
}

// withoutNames leaves out the names of parameters, which match each other whatever they are.
func withoutNames(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, text, _ = strings.Cut(rest, "}")
		b.WriteString("{}")
	}
}

// glob compares a text with a pattern in which * stands for anything. It goes back to the last * only, so that its work is
// bounded.
func glob(pattern, text string) bool {
	star, mark := -1, 0
	p, t := 0, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && pattern[p] == text[t]:
			p, t = p+1, t+1
		case star >= 0:
			mark++
			p, t = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// Segments are the segments of a path. A slash inside of a function's arguments is part of its segment.
func Segments(path string) []string { return split(path) }
