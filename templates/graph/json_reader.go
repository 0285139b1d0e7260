package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxDepth is how deep arrays and objects may nest, as in encoding/json.
const maxDepth = 10_000

// jsonReader reads one JSON text from its start to its end. It takes for JSON exactly what encoding/json does.
//
// The first error sticks: the reader then stands at the end of the text, where every call returns a zero value and
// every loop ends. So callers look at err once, when they are done.
type jsonReader struct {
	// data is the one copy of the whole text. A string without an escape in it, which is nearly every one, is
	// returned as a piece of data: a body of thousands of strings costs one allocation for all of them instead of one
	// each. In turn, the body stays in memory for as long as any string of it is in use; strings.Clone parts one from
	// it.
	data  string
	pos   int
	depth int
	ahead int // how many bytes were read to find a type's name, see odataType
	err   error

	codec  codec
	items  []model // of the collections of objects that are being read
	frame  frame   // of the object that is being read
	member string  // the text from its next member on, which begins with the name; "" if there is none

	reading reading
	spent   int64 // bytes of memory that the text has become so far

	nullKept bool // the last null that was read went into a field that can hold it
	rebased  bool // binds are read as From wants them
}

func newReader(data []byte) *jsonReader {
	r := &jsonReader{data: string(data)}
	r.codec.r = r
	return r
}

// decodeValue reads data, which is one JSON value and nothing else, with decode.
func decodeValue[T any](data []byte, how *reading, decode func(*jsonReader) T) (T, error) {
	var value T
	if err := decodeInto(data, how, func(r *jsonReader) { value = decode(r) }); err != nil {
		var none T
		return none, err
	}
	return value, nil
}

// decodeInto has data read, which is one JSON value and nothing else.
func decodeInto(data []byte, how *reading, read func(*jsonReader)) error {
	r := newReader(data)
	if how != nil {
		r.reading = *how
	}
	read(r)
	return r.finish()
}

// finish returns the first error; that something follows the value is one.
func (r *jsonReader) finish() error {
	if r.err == nil && (r.peek() != 0 || r.pos < len(r.data)) {
		r.fail("something follows the value")
	}
	return r.err
}

// jsonError says what is wrong at which place of a JSON value.
type jsonError struct {
	path   []string // property names and [indexes], the innermost first
	what   string
	offset int // in bytes from the start of the text; -1 in what is written, which has no text yet
}

func (e *jsonError) Error() string {
	var b strings.Builder
	b.WriteString("json: ")
	for i, step := range slices.Backward(e.path) {
		if i < len(e.path)-1 && step[0] != '[' {
			b.WriteByte('.')
		}
		b.WriteString(step)
	}
	if len(e.path) > 0 {
		b.WriteString(": ")
	}
	b.WriteString(e.what)
	if e.offset >= 0 {
		fmt.Fprintf(&b, " (at byte %d)", e.offset)
	}
	return b.String()
}

// inside returns err with step in front of its path. What arrived may be hostile, so only the innermost 20 steps are
// kept, the start of a long name, and no control characters.
func inside(err error, step string) error {
	if e, ok := err.(*jsonError); ok && len(e.path) < 20 {
		step = step[:min(len(step), 100)]
		if step == "" || strings.ContainsFunc(step, func(c rune) bool { return c <= ' ' || c > '~' }) {
			step = strconv.Quote(step)
		}
		e.path = append(e.path, step)
	}
	return err
}

func indexStep(i int) string { return "[" + strconv.Itoa(i) + "]" }

func (r *jsonReader) fail(what string) { r.failAt(r.pos, what) }

func (r *jsonReader) failAt(offset int, what string) {
	if r.err == nil {
		r.err = &jsonError{what: what, offset: offset}
	}
	r.pos = len(r.data)
}

// expected fails because something else than want begins here.
func (r *jsonReader) expected(want string) { r.fail("expected " + want + ", found " + r.found()) }

// found says what begins here.
func (r *jsonReader) found() string {
	found := "the end of the text"
	if c := r.peek(); r.pos < len(r.data) {
		switch {
		case c == '"':
			found = "a string"
		case c == '{':
			found = "an object"
		case c == '[':
			found = "an array"
		case c == '-' || '0' <= c && c <= '9':
			found = "a number"
		case strings.HasPrefix(r.data[r.pos:], "null"):
			found = "null"
		case strings.HasPrefix(r.data[r.pos:], "true"), strings.HasPrefix(r.data[r.pos:], "false"):
			found = "a bool"
		default:
			found = strconv.Quote(r.data[r.pos : r.pos+1])
		}
	}
	return found
}

// peek skips white space and returns the next byte, 0 at the end.
func (r *jsonReader) peek() byte {
	for r.pos < len(r.data) {
		switch c := r.data[r.pos]; c {
		case ' ', '\t', '\n', '\r':
			r.pos++
		default:
			return c
		}
	}
	return 0
}

// enter and next go through an object or array, whose first and last bytes are open and end:
//
//	for more := r.enter('[', ']'); more; more = r.next(']') { … }
func (r *jsonReader) enter(open, end byte) bool {
	if r.peek() != open {
		if open == '{' {
			r.mismatch("an object")
		} else {
			r.mismatch("an array")
		}
		return false
	}
	if r.depth++; r.depth > maxDepth {
		r.fail("the value nests more than 10,000 deep")
		return false
	}
	r.pos++
	if r.peek() == end {
		r.leave()
		return false
	}
	return true
}

func (r *jsonReader) next(end byte) bool {
	switch r.peek() {
	case ',':
		r.pos++
		return true
	case end:
		r.leave()
	default:
		r.expected("a comma or " + string(end))
	}
	return false
}

func (r *jsonReader) leave() {
	if r.err == nil {
		r.pos++
		r.depth--
	}
}

// members reads an object and calls each with the name of every member; each reads the value.
func (r *jsonReader) members(each func(name string)) {
	for more := r.enter('{', '}'); more; more = r.next('}') {
		name := r.name()
		if r.err != nil {
			return
		}
		if each(name); r.err != nil {
			r.err = inside(r.err, name)
			return
		}
	}
}

// name reads a member's name and the colon after it.
func (r *jsonReader) name() string {
	name := r.quoted("a property name")
	if r.peek() != ':' {
		r.expected("a colon")
		return name
	}
	r.pos++
	return name
}

// number reads a number and returns its text; want says what it is, for the error.
func (r *jsonReader) number(want string) string {
	r.peek()
	n := numberLen(r.data[r.pos:])
	if n == 0 {
		r.expected(want)
		return ""
	}
	r.pos += n
	return r.data[r.pos-n : r.pos]
}

// numberLen returns the length of the JSON number that s begins with, 0 if it begins with none.
func numberLen(s string) int {
	n := len(s) - len(strings.TrimPrefix(s, "-"))
	if strings.HasPrefix(s[n:], "0") {
		n++ // and no digit after it
	} else if whole := digitsLen(s[n:]); whole > 0 {
		n += whole
	} else {
		return 0
	}
	if strings.HasPrefix(s[n:], ".") {
		fraction := digitsLen(s[n+1:])
		if fraction == 0 {
			return 0
		}
		n += 1 + fraction
	}
	if n < len(s) && (s[n] == 'e' || s[n] == 'E') {
		n++
		if n < len(s) && (s[n] == '+' || s[n] == '-') {
			n++
		}
		exponent := digitsLen(s[n:])
		if exponent == 0 {
			return 0
		}
		n += exponent
	}
	return n
}

func digitsLen(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

// literal reads true, false or null if it begins here.
//
//go:noinline
func (r *jsonReader) literal(text string) bool {
	if !strings.HasPrefix(r.data[r.pos:], text) {
		return false
	}
	r.pos += len(text)
	return true
}

// skipNull reads a null if it begins here.
//
//go:noinline
func (r *jsonReader) skipNull() bool {
	return r.peek() == 'n' && r.literal("null")
}

// skip reads any value without keeping it.
func (r *jsonReader) skip() {
	switch c := r.peek(); c {
	case '{':
		for more := r.enter('{', '}'); more; more = r.next('}') {
			r.name()
			r.skip()
		}
	case '[':
		for more := r.enter('[', ']'); more; more = r.next(']') {
			r.skip()
		}
	case '"':
		r.stringText("a string")
	case 't', 'f', 'n':
		if !r.literal("true") && !r.literal("false") && !r.literal("null") {
			r.expected("a value")
		}
	default:
		r.number("a value")
	}
}

// raw reads any value as its own copy of the text: a RawMessage can be written to, the reader's data must not change.
func (r *jsonReader) raw() json.RawMessage {
	r.peek()
	start := r.pos
	r.skip()
	if r.err != nil {
		return nil
	}
	return json.RawMessage(r.data[start:r.pos])
}
