package permissions

import (
	"slices"
	"strings"
)

// split splits a path at its slashes, but for those inside parentheses and braces.
func split(path string) []string {
	var segments []string
	depth, start := 0, 0
	for i, c := range path {
		switch {
		case c == '(' || c == '{':
			depth++
		case c == ')' || c == '}':
			depth--
		case c == '/' && depth <= 0:
			if i > start {
				segments = append(segments, path[start:i])
			}
			start = i + 1
		}
	}
	if start < len(path) {
		segments = append(segments, path[start:])
	}
	return segments
}

// canonical is a path as paths are compared: in lower case, without the names of keys, namespaces, the values of arguments and
// empty parentheses. A key in parentheses is a segment of its own, and so is, however long, what stands between two colons.
func canonical(segments []string) string {
	var b strings.Builder
	byPath := false
	for i, s := range segments {
		switch {
		case byPath && strings.HasSuffix(s, ":"):
			byPath = false
			if i < len(segments)-1 {
				b.WriteByte(':')
			}
			continue
		case byPath:
			continue
		case strings.HasSuffix(s, ":") && i < len(segments)-1:
			byPath = true
			b.WriteByte('/')
			writeName(&b, s)
			b.WriteString("/{}")
			continue
		}
		b.WriteByte('/')
		name, arguments, isCall := cut(s)
		writeName(&b, name)
		switch names := argumentNames(arguments); {
		case !isCall || len(names) == 0:
		case len(names) == 1 && names[0] == "":
			b.WriteString("/{}")
		default:
			b.WriteString("(" + strings.Join(names, ",") + ")")
		}
	}
	return b.String()
}

// addressed finds the first path between colons, from the segment that it starts at to the one that it ends with: root:, {path}:
// or, where nothing follows, {path}. The end is 0 if there is none.
func addressed(segments []string) (start, end int) {
	start = slices.IndexFunc(segments, func(s string) bool { return strings.HasSuffix(s, ":") })
	if start < 0 || start == len(segments)-1 {
		return 0, 0
	}
	for end = start + 1; end < len(segments)-1 && !strings.HasSuffix(segments[end], ":"); end++ {
	}
	return start, end
}

// cut splits a segment into its name and what stands in the parentheses at its end.
func cut(segment string) (name, arguments string, isCall bool) {
	open := strings.IndexByte(segment, '(')
	if open < 0 || strings.HasPrefix(segment, "{") {
		return segment, "", false
	}
	return segment[:open], strings.TrimSuffix(segment[open+1:], ")"), true
}

// writeName writes the name of a segment: {} for what stands in braces, and no namespace.
func writeName(b *strings.Builder, name string) {
	if !strings.ContainsAny(name, "{}") {
		b.WriteString(strings.ToLower(name[strings.LastIndexByte(name, '.')+1:]))
		return
	}
	inKey := false
	for _, c := range strings.ToLower(name) {
		switch {
		case c == '{' && !inKey:
			inKey = true
			b.WriteString("{}")
		case c == '}':
			inKey = false
		case !inKey:
			b.WriteRune(c)
		}
	}
}

// argumentNames are the names in "a={a},b='{b}'", sorted; "" for an argument without one.
func argumentNames(arguments string) []string {
	if strings.TrimSpace(arguments) == "" {
		return nil
	}
	var names []string
	for argument := range strings.SplitSeq(arguments, ",") {
		name, _, named := strings.Cut(argument, "=")
		if !named {
			name = ""
		}
		names = append(names, strings.ToLower(strings.TrimSpace(name)))
	}
	slices.Sort(names)
	return names
}

// isCast reports whether a segment names a type: it is qualified and no call.
func isCast(segment string) bool {
	return strings.Contains(segment, ".") && !strings.ContainsAny(segment, "({$")
}

// isKey reports whether a segment is a key.
func isKey(segment string) bool { return strings.HasPrefix(segment, "{") }

// withoutArguments are the segments without what functions are called with.
func withoutArguments(segments []string) []string {
	bare := slices.Clone(segments)
	for i, s := range bare {
		bare[i], _, _ = cut(s)
	}
	return bare
}
