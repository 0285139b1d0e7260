package tree

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// lineWidth is where long texts are folded.
const lineWidth = 120

// writeYAML writes a node in block style with an indent of two, texts plain where they can be, long ones folded.
func writeYAML(b *bytes.Buffer, n *Node, indent int) {
	switch n.kind {
	case mapping:
		for _, f := range n.fields {
			startLine(b, indent)
			b.WriteString(scalar(f.Key))
			b.WriteByte(':')
			writeValue(b, f.Value, indent)
		}
	case sequence:
		for _, item := range n.items {
			startLine(b, indent)
			b.WriteByte('-')
			writeItem(b, item, indent)
		}
	}
}

// startLine begins a line, unless the line was begun by the "- " of a sequence.
func startLine(b *bytes.Buffer, indent int) {
	if data := b.Bytes(); len(data) > 0 && data[len(data)-1] != '\n' {
		return
	}
	for range indent {
		b.WriteByte(' ')
	}
}

// writeValue writes what stands after "key:".
func writeValue(b *bytes.Buffer, n *Node, indent int) {
	switch {
	case n.kind == mapping && len(n.fields) == 0:
		b.WriteString(" {}\n")
	case n.kind == sequence && len(n.items) == 0:
		b.WriteString(" []\n")
	case n.inline:
		b.WriteByte(' ')
		writeInline(b, n, indent+2)
	case n.kind == mapping || n.kind == sequence:
		b.WriteByte('\n')
		writeYAML(b, n, indent+2)
	default:
		b.WriteByte(' ')
		writeScalar(b, n, indent+2)
	}
}

// writeItem writes what stands after "-".
func writeItem(b *bytes.Buffer, n *Node, indent int) {
	if n.kind == mapping && len(n.fields) > 0 {
		b.WriteByte(' ')
		writeYAML(b, n, indent+2)
		return
	}
	writeValue(b, n, indent)
}

// writeInline writes a mapping or sequence of scalars in flow style, broken behind a comma where the line gets long.
func writeInline(b *bytes.Buffer, n *Node, indent int) {
	var parts []string
	for _, f := range n.fields {
		parts = append(parts, inFlow(Str(f.Key))+": "+inFlow(f.Value))
	}
	for _, item := range n.items {
		parts = append(parts, inFlow(item))
	}
	open, end := "[", "]"
	if n.kind == mapping {
		open, end = "{", "}"
	}
	b.WriteString(open)
	width := b.Len() - bytes.LastIndexByte(b.Bytes(), '\n')
	for i, part := range parts {
		if i > 0 {
			b.WriteByte(',')
			if width+len(part) > lineWidth-3 {
				b.WriteByte('\n')
				startLine(b, indent)
				width = indent
			} else {
				b.WriteByte(' ')
			}
		}
		b.WriteString(part)
		width += len(part) + 2
	}
	b.WriteString(end + "\n")
}

// inFlow writes a scalar inside brackets, where more has to be quoted.
func inFlow(n *Node) string {
	switch s := scalar(n.text); {
	case n.kind == verbatim:
		return n.text
	case s == n.text && strings.ContainsAny(s, ",[]{}:"):
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	default:
		return s
	}
}

func writeScalar(b *bytes.Buffer, n *Node, indent int) {
	written := n.text
	if n.kind == text {
		written = scalar(n.text)
		if indent+len(written) > lineWidth && foldable(n.text) {
			writeFolded(b, n.text, indent)
			return
		}
	}
	b.WriteString(written)
	b.WriteByte('\n')
}

// foldable reports whether a folded block gives the text back as it was: words with single spaces between them.
func foldable(s string) bool {
	return strings.Contains(s, " ") && strings.Join(strings.Fields(s), " ") == s && !strings.ContainsFunc(s, unprintable)
}

func writeFolded(b *bytes.Buffer, s string, indent int) {
	b.WriteString(">-\n")
	width := lineWidth // of the line so far: none is begun
	for i, word := range strings.Fields(s) {
		switch {
		case width+1+len(word) > lineWidth:
			if i > 0 {
				b.WriteByte('\n')
			}
			startLine(b, indent)
			width = indent
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += len(word)
	}
	b.WriteByte('\n')
}

// scalar writes a string: plain if it reads back as the same string, else quoted.
func scalar(s string) string {
	switch {
	case strings.ContainsFunc(s, unprintable):
		return doubleQuoted(s)
	case plain(s):
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// doubleQuoted writes a string with the escapes that JSON has as well, so that unprintable characters can be seen.
func doubleQuoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case !unprintable(r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func unprintable(r rune) bool {
	return r == unicode.ReplacementChar || r == '\ufeff' || !unicode.IsPrint(r)
}

// plain reports whether YAML reads the text, written without quotes, as that string.
func plain(s string) bool {
	if s == "" || s != strings.TrimSpace(s) || strings.ContainsAny(s[:1], "-?:,[]{}#&*!|>'\"%@`=~") {
		return false
	}
	if strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasSuffix(s, ":") || strings.HasPrefix(s, "...") {
		return false
	}
	return !otherScalar(s)
}

// otherScalar reports whether some version of YAML reads the text as something else than a string.
func otherScalar(s string) bool {
	switch strings.ToLower(s) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", "+.inf", ".nan", "<<":
		return true
	}
	return numberLike(s)
}

// numberLike reports whether the text could be a number, a date or a time. A version such as 3.0.4 is none of them.
func numberLike(s string) bool {
	if strings.Count(s, ".") > 1 && strings.Trim(s, ".0123456789") == "" {
		return false
	}
	digits := strings.TrimLeft(s, "-+.")
	return digits != "" && digits[0] >= '0' && digits[0] <= '9' && strings.Trim(s, "-+.0123456789abcdefABCDEFxoTZ:_ ") == ""
}
