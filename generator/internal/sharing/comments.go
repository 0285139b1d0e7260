package sharing

import (
	"strings"

	"github.com/graphslice/graphslice/generator/internal/width"
)

// wrapped is a source with its comments wrapped anew where a line of one has become too long.
func wrapped(text []byte) []byte {
	lines := strings.Split(string(text), "\n")
	for i := 0; i < len(lines); i++ {
		indent, words, ok := commentLine(lines[i])
		if !ok || width.Columns([]byte(lines[i])) <= width.Limit {
			continue
		}
		at := strings.LastIndexByte(cutAt(words, width.Limit-width.Columns([]byte(indent))), ' ')
		if at <= 0 {
			continue
		}
		rest := words[at+1:]
		lines[i] = indent + words[:at]
		if i+1 < len(lines) {
			if nextIndent, next, ok := commentLine(lines[i+1]); ok && nextIndent == indent {
				lines[i+1] = indent + rest + " " + next
				continue
			}
		}
		lines = append(lines[:i+1], append([]string{indent + rest}, lines[i+1:]...)...)
	}
	return []byte(strings.Join(lines, "\n"))
}

// commentLine divides a line of text in a comment into what is in front of the words, and these. Others, such as code in one and
// lists, are not ok.
func commentLine(line string) (indent, words string, ok bool) {
	code := strings.TrimLeft(line, "\t")
	words, ok = strings.CutPrefix(code, "// ")
	if !ok || words == "" || strings.ContainsAny(words[:1], " \t#-") {
		return "", "", false
	}
	return line[:len(line)-len(words)], words, true
}

// cutAt is the beginning of a text, of as many characters.
func cutAt(text string, columns int) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), columns+1)])
}
