// Package yamlerr says where the errors of the YAML reader are, which does not always tell itself.
package yamlerr

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	located = regexp.MustCompile(`^(?:yaml: )?(?:line ([0-9]+): )?((?s).*)$`)
	anchor  = regexp.MustCompile(`anchor '([^']*)'`)
)

// Explain returns the line and the column of an error that reading text as YAML gave, and its message without them. Where the reader
// does not tell, they are of what the message is about; the column is 0 where nobody knows.
func Explain(text []byte, err error) (line, column int, message string) {
	m := located.FindStringSubmatch(err.Error())
	message = m[2]
	if line, err := strconv.Atoi(m[1]); err == nil && line > 0 {
		return line, 0, message
	}
	at := 0
	switch {
	case strings.Contains(message, "UTF-8"):
		at = firstInvalid(text)
	case strings.Contains(message, "control characters"):
		at = bytes.IndexFunc(text, isControl)
	case anchor.MatchString(message):
		name := anchor.FindStringSubmatch(message)[1]
		mark := "*"
		if strings.Contains(message, "contains itself") {
			mark = "&"
		}
		at = bytes.Index(text, []byte(mark+name))
	}
	before := text[:max(at, 0)]
	return 1 + bytes.Count(before, []byte("\n")), 1 + len(before) - (bytes.LastIndexByte(before, '\n') + 1), message
}

// firstInvalid is where the first bytes stand that are not UTF-8.
func firstInvalid(text []byte) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return 0
}

// isControl reports whether YAML forbids a character.
func isControl(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r' || r == 0x85:
		return false
	}
	return r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0xd800 && r < 0xe000 || r == 0xfffe || r == 0xffff
}
