package graph

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// text reads a string that is a value; want says what it is.
func (r *jsonReader) text(want string) string {
	if r.peek() != '"' {
		r.mismatch(want)
		return ""
	}
	return r.quoted(want)
}

// quoted reads a string; want says what it is, for the error.
func (r *jsonReader) quoted(want string) string {
	if at := r.pos + 1; at < len(r.data) && r.data[r.pos] == '"' {
		if end := at + plainLen(r.data[at:]); end < len(r.data) && r.data[end] == '"' { // as nearly all are
			r.pos = end + 1
			return r.data[at:end]
		}
	}
	s, escaped, ascii := r.stringText(want)
	if escaped {
		s = unescape(s)
	}
	if !ascii && !utf8.ValidString(s) {
		s = string([]rune(s)) // makes U+FFFD of each byte that is not part of a rune
	}
	return s
}

// stringText reads a string and returns its text as it stands between the quotes, with escapes that are all valid.
func (r *jsonReader) stringText(want string) (text string, escaped, ascii bool) {
	if r.peek() != '"' {
		r.expected(want)
		return "", false, true
	}
	start := r.pos + 1
	ascii = true
	for i := start; i < len(r.data); i++ {
		i += plainLen(r.data[i:])
		if i == len(r.data) {
			break
		}
		switch c := r.data[i]; {
		case c == '"':
			r.pos = i + 1
			return r.data[start:i], escaped, ascii
		case c == '\\':
			_, n := escapedRune(r.data[i:])
			if n == 0 {
				r.failAt(i, "a string has an escape in it that JSON does not know")
				return "", false, true
			}
			escaped = true
			i += n - 1
		case c < ' ':
			r.failAt(i, "a string has a control character in it that is not escaped")
			return "", false, true
		default:
			ascii = false
		}
	}
	r.failAt(len(r.data), "the text ends inside a string")
	return "", false, true
}

// unescape replaces the escapes of s, which are all valid.
func unescape(s string) string {
	var b strings.Builder
	b.Grow(len(s)) // no escape is shorter than what it stands for
	for {
		plain, _, found := strings.Cut(s, `\`)
		b.WriteString(plain)
		if !found {
			return b.String()
		}
		s = s[len(plain):]
		c, n := escapedRune(s)
		b.WriteRune(c)
		s = s[n:]
	}
}

// escapedRune returns the rune that s, which begins with a backslash, begins with, and how many bytes stand for it:
// 0 if that is no escape. Half of a surrogate pair is U+FFFD.
func escapedRune(s string) (c rune, n int) {
	if len(s) < 2 {
		return 0, 0
	}
	switch s[1] {
	case '"', '\\', '/':
		return rune(s[1]), 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	}
	c, ok := hexRune(s)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(c) {
		return c, 6
	}
	if low, ok := hexRune(s[6:]); ok {
		if pair := utf16.DecodeRune(c, low); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return utf8.RuneError, 6
}

// hexRune reads \u and four hexadecimal digits.
func hexRune(s string) (c rune, ok bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	for i := 2; i < 6; i++ {
		if !isHex(s[i]) {
			return 0, false
		}
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(n), err == nil
}
