package permissions

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// tokens reads JSON piece by piece, so that nothing is kept that is not asked for and every fault has a place. It is checked as a
// whole before: what is read is known to be JSON. After a fault all methods do nothing.
type tokens struct {
	Input
	// pos is where the next token or the blanks before it begin, start where the last value or key does.
	pos, start int
	fault      *diag.Diagnostic
}

// check reports what is not JSON.
func (t *tokens) check() {
	if t.fault != nil {
		return
	}
	var whole json.RawMessage
	err := json.Unmarshal(t.Data, &whole)
	var syntax *json.SyntaxError
	switch {
	case err == nil:
	case len(bytes.TrimSpace(t.Data)) == 0:
		t.fail(-1, "it is empty")
	case errors.As(err, &syntax) && int(syntax.Offset) >= len(t.Data) && syntax.Error() == "unexpected end of JSON input":
		t.fail(len(t.Data), "it ends in the middle")
	case errors.As(err, &syntax):
		t.fail(max(int(syntax.Offset)-1, 0), "it is not JSON: %v", err)
	default:
		t.fail(0, "it is not JSON: %v", err)
	}
}

// at is the position of an offset; without a line if it is negative.
func (t *tokens) at(offset int) diag.Pos {
	if offset < 0 {
		return diag.Pos{File: t.Name}
	}
	before := t.Data[:min(offset, len(t.Data))]
	line := bytes.LastIndexByte(before, '\n')
	return diag.Pos{File: t.Name, Line: bytes.Count(before, []byte("\n")) + 1, Column: len(before) - line}
}

// hint is what to do about a table that cannot be read.
const hint = "name a permissions.json or provisioningInfo.json as the repository microsoftgraph/microsoft-graph-devx-content has them, whole"

func (t *tokens) fail(offset int, format string, args ...any) {
	if t.fault == nil {
		t.fault = &diag.Diagnostic{Pos: t.at(offset), Severity: diag.Error, Code: "bad-permissions",
			Message: "this is no table of permissions: " + fmt.Sprintf(format, args...), Hint: hint}
	}
}

// peek skips blanks, commas and colons and returns the first byte of the next token.
func (t *tokens) peek() byte {
	for t.pos < len(t.Data) {
		switch c := t.Data[t.pos]; c {
		case ' ', '\t', '\r', '\n', ',', ':':
			t.pos++
		default:
			return c
		}
	}
	return 0
}

// The kinds of values, by their first byte.
var kinds = map[byte]string{'{': "an object", '[': "a list", '"': "a text", 't': "true or false", 'f': "true or false", 'n': "null"}

func kindOf(first byte) string {
	if kind, ok := kinds[first]; ok {
		return kind
	}
	return "a number"
}

// expect goes to a value that has to be of one kind; false if it is not.
func (t *tokens) expect(what, kind string) bool {
	if t.fault != nil {
		return false
	}
	first := t.peek()
	t.start = t.pos
	if kindOf(first) != kind {
		t.fail(t.start, "%q has to be %s, not %s", shortened(what), kind, kindOf(first))
	}
	return t.fault == nil
}

// object reads an object. value has to read the value of the key. A key that is there twice is a fault.
func (t *tokens) object(what string, value func(key string)) {
	if !t.expect(what, "an object") {
		return
	}
	t.pos++
	seen := map[string]bool{}
	for t.fault == nil && t.peek() != '}' {
		key := t.text("a key")
		if seen[key] {
			t.fail(t.start, "the key %q is there twice", shortened(key))
			return
		}
		seen[key] = true
		value(key)
	}
	t.pos++
}

// array reads a list. item has to read an item.
func (t *tokens) array(what string, item func()) {
	if !t.expect(what, "a list") {
		return
	}
	t.pos++
	for t.fault == nil && t.peek() != ']' {
		item()
	}
	t.pos++
}

func (t *tokens) text(what string) string {
	if !t.expect(what, "a text") {
		return ""
	}
	t.skipText()
	raw := t.Data[t.start:t.pos]
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1])
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		t.fail(t.start, "it is not JSON: %v", err)
	}
	return text
}

// skipText goes behind the text that begins here.
func (t *tokens) skipText() {
	for t.pos++; t.Data[t.pos] != '"'; t.pos++ {
		if t.Data[t.pos] == '\\' {
			t.pos++
		}
	}
	t.pos++
}

// word reads a number, true, false or null.
func (t *tokens) word() string {
	for t.pos < len(t.Data) && bytes.IndexByte([]byte(" \t\r\n,:]}"), t.Data[t.pos]) < 0 {
		t.pos++
	}
	return string(t.Data[t.start:t.pos])
}

func (t *tokens) boolean(what string) bool {
	return t.expect(what, "true or false") && t.word() == "true"
}

// number reads a small whole number.
func (t *tokens) number(what string) int {
	if !t.expect(what, "a number") {
		return 0
	}
	text := t.word()
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 1000 {
		t.fail(t.start, "%q has to be a small whole number, not %s", what, shortened(text))
	}
	return n
}

// skip reads a value that is not asked for, however deep.
func (t *tokens) skip() {
	for depth := 0; t.fault == nil; {
		first := t.peek()
		t.start = t.pos
		switch first {
		case '{', '[':
			depth++
			t.pos++
		case '}', ']':
			depth--
			t.pos++
		case '"':
			t.skipText()
		default:
			t.word()
		}
		if depth == 0 {
			return
		}
	}
}
