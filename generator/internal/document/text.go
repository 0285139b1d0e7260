package document

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

const textHint = "a document is YAML or JSON in UTF-8; remove the character"

// check finds the first character that cannot be in a document.
func (t Text) check() *diag.Diagnostic {
	for i := 0; i < len(t.data); {
		if c := t.data[i]; c >= ' ' && c < 0x7f || c == '\n' { // nearly all of it
			i++
			continue
		}
		r, size := utf8.DecodeRune(t.data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return t.fault(t.position(i), "not-text", fmt.Sprintf("the document is not UTF-8 text: it has the byte 0x%02X here", t.data[i]), textHint)
		case isControl(r):
			return t.fault(t.position(i), "not-text", fmt.Sprintf("the document has a control character here, U+%04X", r), textHint)
		}
		i += size
	}
	return nil
}

// isControl reports whether r has no place in a document: it could steer a terminal, or hide what code says.
func isControl(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return false
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	}
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || // changes of direction
		r == 0xfffe || r == 0xffff // which YAML does not read
}

// position turns a byte offset into line and column, the column counted in characters.
func (t Text) position(offset int) diag.Pos {
	before := t.data[:min(offset, len(t.data))]
	lineStart := bytes.LastIndexByte(before, '\n') + 1
	return diag.Pos{File: t.name, Line: bytes.Count(before, []byte{'\n'}) + 1,
		Column: utf8.RuneCount(before[lineStart:]) + 1}
}
