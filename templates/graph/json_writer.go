package graph

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/bits"
	"reflect"
	"slices"
	"strconv"
	"unicode/utf8"
)

// jsonWriter builds one JSON text. The first error sticks; what is written after it does not matter.
//
// buf begins in scratch, so that a body of the usual size costs one allocation: the writer itself, which lives on as
// the body's memory. (A sync.Pool would need a copy of each body to give its memory back.)
type jsonWriter struct {
	buf  []byte
	open []int  // where in buf each object begins that is not closed yet
	root string // the service root that binds point into, without a slash at its end
	err  error

	openScratch [16]int
	scratch     [1024]byte
}

// encoder writes a request's body; nil means that there is none.
type encoder func(w *jsonWriter)

// appendJSON returns the JSON that body writes, with binds below root; nil for a nil body.
func appendJSON(body encoder, root string) ([]byte, error) {
	if body == nil {
		return nil, nil
	}
	w := newWriter(root)
	body(w)
	return w.finish()
}

func newWriter(root string) *jsonWriter {
	w := &jsonWriter{root: root}
	w.buf, w.open = w.scratch[:0], w.openScratch[:0]
	return w
}

func (w *jsonWriter) finish() ([]byte, error) {
	if w.err != nil {
		return nil, w.err
	}
	return w.buf, nil
}

func (w *jsonWriter) fail(what string) {
	if w.err == nil {
		w.err = &jsonError{what: what, offset: -1}
	}
}

// begin starts an object, or writes null and returns false. Generated code leaves then.
func (w *jsonWriter) begin(null bool) bool {
	switch {
	case w.err != nil:
		return false
	case null:
		w.buf = append(w.buf, "null"...)
		return false
	case len(w.open) == maxDepth:
		w.fail("the value nests more than 10,000 deep; does it contain itself?")
		return false
	}
	w.open = append(w.open, len(w.buf))
	w.buf = append(w.buf, '{')
	return true
}

// end writes the additional properties, sorted by name, and closes the object. A name that the object has already
// is left out: what stands in a field was meant.
func (w *jsonWriter) end(additional map[string]json.RawMessage) {
	last := len(w.open) - 1
	start := w.open[last]
	w.open = w.open[:last]
	if len(additional) > 0 {
		w.additional(start, additional)
	}
	w.buf = append(w.buf, '}')
}

func (w *jsonWriter) additional(start int, properties map[string]json.RawMessage) {
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		key := string(append(appendString(nil, name), ':'))
		if !w.has(start, key, name) {
			w.member(key, func() { w.rawValue(properties[name]) })
		}
	}
}

// has reports whether the object at start, which is not closed yet, has the member that key is the text of.
func (w *jsonWriter) has(start int, key, name string) bool {
	if !bytes.Contains(w.buf[start:], []byte(key)) {
		return false // the usual case, and cheap
	}
	found := false // now as a member of this object, or only of one inside it?
	r := newReader(append(bytes.Clone(w.buf[start:]), '}'))
	r.members(func(member string) {
		found = found || member == name
		r.skip()
	})
	return found
}

// key writes a member's key, which comes as its text: "id": with quotes and colon.
func (w *jsonWriter) key(key string) {
	w.comma('{')
	w.buf = append(w.buf, key...)
}

// comma writes a comma unless this is the first in what open began. The byte before is open for the first only:
// no value ends with it.
func (w *jsonWriter) comma(open byte) {
	if w.buf[len(w.buf)-1] != open {
		w.buf = append(w.buf, ',')
	}
}

// member writes a key and then what value writes, and names the property in value's error.
func (w *jsonWriter) member(key string, value func()) {
	if w.err != nil {
		return
	}
	w.key(key)
	if value(); w.err != nil {
		w.err = inside(w.err, keyName(key))
	}
}

// keyName returns the property name in a key's text.
func keyName(key string) string { return key[1 : len(key)-2] }

func (w *jsonWriter) null(key string) {
	w.key(key)
	w.buf = append(w.buf, "null"...)
}

// nullIf writes a null for a property without a value that arrived as null; otherwise the property is absent.
func (w *jsonWriter) nullIf(null bool, key string) {
	if null {
		w.null(key)
	}
}

// annotations writes @odata.type, as it arrived or if it is needed to tell the type, and @odata.etag.
func (w *jsonWriter) annotations(arrivedType, ownType string, typed bool, etag string) {
	if arrivedType == "" && typed {
		arrivedType = ownType
	}
	w.string(`"@odata.type":`, arrivedType, false)
	w.string(`"@odata.etag":`, etag, false)
}

// appendString appends s as a JSON string, byte for byte as encoding/json does without HTML escaping.
func appendString(dst []byte, s string) []byte {
	return append(appendStringText(append(dst, '"'), s), '"')
}

// appendStringText appends what stands between the quotes.
func appendStringText(dst []byte, s string) []byte {
	for {
		n := plainLen(s)
		dst = append(dst, s[:n]...)
		if n == len(s) {
			return dst
		}
		s = s[n:]
		c, size := utf8.DecodeRuneInString(s)
		switch {
		case c < utf8.RuneSelf:
			dst = appendEscape(dst, s[0])
		case c == utf8.RuneError && size == 1, c == '\u2028', c == '\u2029': // the last two end a line in JavaScript
			dst = strconv.AppendInt(append(dst, `\u`...), int64(c), 16)
		default:
			dst = append(dst, s[:size]...)
		}
		s = s[size:]
	}
}

// plainLen returns how many bytes s begins with that stand for themselves in a JSON string: printable ASCII without
// the quote and the backslash. Nearly all text is of these, so eight are looked at together.
func plainLen(s string) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	n := 0
	for ; len(s)-n >= 8; n += 8 {
		b := s[n : n+8]
		w := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		quote, backslash := w^'"'*ones, w^'\\'*ones
		// Subtracting borrows into a byte's high bit if the byte was smaller; the first such bit is right, those
		// after it may come from the borrow.
		found := (w | (w-' '*ones)&^w | (quote-ones)&^quote | (backslash-ones)&^backslash) & highs
		if found != 0 {
			return n + bits.TrailingZeros64(found)/8
		}
	}
	for n < len(s) && s[n] >= ' ' && s[n] < utf8.RuneSelf && s[n] != '"' && s[n] != '\\' {
		n++
	}
	return n
}

// appendEscape appends the escape of an ASCII character.
func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	const hex = "0123456789abcdef"
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}

// writeSlice writes a collection: absent if it is nil and did not arrive as null, [] if it is empty.
func writeSlice[T any](w *jsonWriter, key string, items []T, null bool, item func(w *jsonWriter, v T)) {
	if items == nil {
		w.nullIf(null, key)
		return
	}
	w.member(key, func() {
		w.buf = append(w.buf, '[')
		for i, v := range items {
			w.comma('[')
			if item(w, v); w.err != nil {
				w.err = inside(w.err, indexStep(i))
				return
			}
		}
		w.buf = append(w.buf, ']')
	})
}

// isNil reports whether v, a pointer in an interface, is nil in either way.
func isNil(v any) bool {
	if v == nil {
		return true
	}
	p := reflect.ValueOf(v)
	return p.Kind() == reflect.Pointer && p.IsNil()
}
