package index

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// Codes of faults that are found in more than one place.
const (
	codeNotYAML  = "not-yaml"
	codeNotJSON  = "not-json"
	codeNotBlock = "not-block-style"
	codeNotText  = "not-text"
	codeAnchor   = "anchor"
	codeTooDeep  = "too-deep"
)

const byteOrderMark = "\xef\xbb\xbf"

// fault is the one thing that is wrong with a document, and where. The place is a line and column if there is a line,
// otherwise an offset.
type fault struct {
	offset, line, column int
	code, message, hint  string
	related              *fault // another place that belongs to it
}

// diagnostic makes a diagnostic of a fault.
func (d *Document) diagnostic(f *fault) diag.Diagnostic {
	out := diag.Diagnostic{Pos: d.pos(f), Severity: diag.Error, Code: f.code, Message: f.message, Hint: f.hint}
	if f.related != nil {
		out.Related = []diag.Pos{d.pos(f.related)}
	}
	return out
}

func (d *Document) pos(f *fault) diag.Pos {
	if f.line > 0 {
		return diag.Pos{File: d.name, Line: f.line, Column: f.column}
	}
	var c cursor
	c.move(d.data, min(f.offset, len(d.data)))
	return diag.Pos{File: d.name, Line: c.line + 1, Column: c.column + 1}
}

// duplicate is the fault of a key that stands twice.
func duplicate(name string, line, column, firstLine, firstColumn int) *fault {
	return &fault{line: line, column: column, code: "duplicate-key",
		message: fmt.Sprintf("%q stands twice in this mapping", name), hint: "remove one of the two",
		related: &fault{line: firstLine, column: firstColumn}}
}

// cursor is a place in a document; line and column count from 0, the column in characters.
type cursor struct{ offset, line, column int }

// move goes to offset. Going forward costs what lies between, so that a document's places are found in one pass.
func (c *cursor) move(data []byte, offset int) {
	if offset < c.offset {
		*c = cursor{}
	}
	passed := data[c.offset:offset]
	if n := bytes.Count(passed, []byte{'\n'}); n > 0 {
		c.line += n
		c.column = 0
		passed = passed[bytes.LastIndexByte(passed, '\n')+1:]
	}
	c.column += utf8.RuneCount(passed)
	c.offset = offset
}

// checkText finds the first thing that cannot be in a document of UTF-8 text.
func checkText(data []byte) *fault {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")):
		return &fault{code: codeNotText, message: "the document is encoded in UTF-16", hint: "convert it to UTF-8"}
	case bytes.IndexByte(data, 0) >= 0:
		return &fault{offset: bytes.IndexByte(data, 0), code: codeNotText, message: "this is not text: it has a NUL character",
			hint: "a document is YAML or JSON in UTF-8"}
	case !utf8.Valid(data):
		at := invalidUTF8(data)
		return &fault{offset: at, code: codeNotText, message: fmt.Sprintf("the byte 0x%02X is not UTF-8", data[at]),
			hint: "a document is YAML or JSON in UTF-8"}
	}
	for at := 0; ; {
		next := bytes.IndexByte(data[at:], '\r')
		if next < 0 {
			return nil
		}
		at += next + 1
		if at == len(data) || data[at] != '\n' {
			return &fault{offset: at - 1, code: codeNotText, message: "this carriage return has no line feed after it",
				hint: "convert the line ends to LF or CRLF"}
		}
	}
}

// invalidUTF8 returns the offset of the first byte that is not UTF-8.
func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}
