package graph

import (
	"bytes"
	"encoding/json"
	"math/bits"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// jsonWriter builds one JSON text. The first error sticks; what is written after it does not matter.
//
// A writer is used again, with its memory. So a text of the usual size costs one allocation, its copy.
type jsonWriter struct {
	buf   []byte
	root  string // the service root that binds point into, without a slash at its end; plain in a JSON string
	err   error
	start int    // where in buf the object begins that is being written
	nulls *nulls // of that object
	depth int
	codec codec
	// request: the text is the body of a request, which has to be one that the service takes.
	request bool
	// update: it changes what is there, of which the service knows the type.
	update bool
}

var writers = sync.Pool{New: func() any { return &jsonWriter{buf: make([]byte, 0, 1<<10)} }}

// maxKept is how large the memory of a writer may be that is used again. A larger text is not copied.
const maxKept = 64 << 10

// encoder writes a request's body; nil means that there is none.
type encoder func(w *jsonWriter)

// appendJSON returns the JSON that body writes, with binds below root; nil for a nil body.
func appendJSON(body encoder, root string) ([]byte, error) {
	if body == nil {
		return nil, nil
	}
	w := newWriter(root)
	w.request = true
	body(w)
	return w.finish()
}

func newWriter(root string) *jsonWriter {
	w := writers.Get().(*jsonWriter)
	w.root, w.codec.w = root, w
	if plainLen(root) < len(root) {
		w.fail("the service root is not the text of a URL")
	}
	return w
}

// finish returns the text. The writer is another's then.
func (w *jsonWriter) finish() ([]byte, error) {
	data, err := w.buf, w.err
	if cap(data) <= maxKept {
		data = make([]byte, len(w.buf))
		copy(data, w.buf)
		*w = jsonWriter{buf: w.buf[:0]}
		writers.Put(w)
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}

func (w *jsonWriter) fail(what string) {
	if w.err == nil {
		w.err = &jsonError{what: what, offset: -1}
	}
}

func (w *jsonWriter) nullValue() { w.buf = append(w.buf, "null"...) }

// object writes v. declared is the type that the place declares, such as "#microsoft.graph.entity", or one of the
// declared… constants; a value of another type says what it is.
func (w *jsonWriter) object(v model, declared string) {
	outer := w.nulls
	if rest := v.rest(); w.begin(rest, declared) {
		if w.request && !w.update {
			w.checkType(v, rest)
		}
		w.nulls = *rest.nulls
		v.properties(&w.codec)
		for noted := w.nulls; noted != nil && noted.derived != nil; noted = *noted.derived.rest().nulls {
			noted.derived.properties(&w.codec)
		}
		w.end(rest)
	}
	w.nulls = outer
}

// checkType refuses a new value of an abstract type that does not say of which type it is: the service would.
func (w *jsonWriter) checkType(v model, of rest) {
	a, isAbstract := v.(abstract)
	saysNothing := *of.nulls != nil && (*of.nulls).untyped
	if !isAbstract || *of.odataType != "" || saysNothing || (*of.extra)["@odata.type"] != nil {
		return
	}
	w.fail(strings.TrimPrefix(of.own, "#") + " is abstract: send a value of a type that derives from it (" +
		strings.Join(a.abstract(), ", ") + "), or set ODataType")
}

// begin starts an object with its annotations: @odata.type, as it arrived or if what is declared is not the object's
// own, and @odata.etag. Or it writes null and returns false.
func (w *jsonWriter) begin(of rest, declared string) bool {
	switch {
	case w.err != nil:
		return false
	case *of.nulls != nil && (*of.nulls).self:
		w.nullValue()
		return false
	case w.depth == maxDepth:
		w.fail("the value nests more than 10,000 deep; does it contain itself?")
		return false
	}
	w.depth++
	w.start = len(w.buf)
	w.buf = append(w.buf, '{')
	if declared != declaredSame || of.odataType != nil && *of.odataType != "" {
		w.odataType(of, declared)
	}
	if of.etag != nil && *of.etag != "" {
		w.string(`"@odata.etag":`, *of.etag)
	}
	return true
}

func (w *jsonWriter) odataType(of rest, declared string) {
	_, isOdd := (*of.extra)["@odata.type"] // which arrived as what is no text, and goes back so
	switch {
	case isOdd:
	case of.odataType != nil && *of.odataType != "":
		w.string(`"@odata.type":`, *of.odataType)
	case declared != declaredSame && declared != of.own && of.own != "":
		w.buf = append(append(append(w.buf, `"@odata.type":"`...), of.own...), '"') // it comes first, and is plain
	}
}

// end writes the additional properties, sorted by name, and the nulls that arrived, and closes the object. A name that
// the object has already is left out: what stands in a field was meant.
func (w *jsonWriter) end(of rest) {
	if len(*of.extra) > 0 {
		w.additional(*of.extra)
	}
	if *of.nulls != nil {
		w.lost((*of.nulls).names, "null")
		w.lost((*of.nulls).empty, `""`)
	}
	w.depth--
	w.buf = append(w.buf, '}')
}

// lost writes members that all have the same value.
func (w *jsonWriter) lost(names []string, value string) {
	for _, name := range names {
		if key := keyText(name); !w.has(key, name) {
			w.key(key)
			w.buf = append(w.buf, value...)
		}
	}
}

// value writes v inside of another object.
func (w *jsonWriter) value(v model, declared string) {
	start := w.start
	w.object(v, declared)
	w.start = start
}

func (w *jsonWriter) additional(properties map[string]json.RawMessage) {
	for _, name := range sortedNames(properties) {
		if key := keyText(name); !w.has(key, name) && w.enter(key) {
			w.rawValue(properties[name])
			w.leave(key)
		}
	}
}

// has reports whether the object that is being written has the member that key is the text of.
func (w *jsonWriter) has(key, name string) bool {
	object := w.buf[w.start:]
	if !bytes.Contains(object, []byte(key)) {
		return false // the usual case, and cheap
	}
	found := false // now as a member of this object, or only of one inside it?
	r := newReader(append(bytes.Clone(object), '}'))
	r.members(func(member string) {
		found = found || member == name
		r.skip()
	})
	return found
}

// enter and leave stand around a member's value, and name the property in the value's error. The key comes as its
// text: "id": with quotes and colon. enter returns false if there is an error already; the value is left out then.
func (w *jsonWriter) enter(key string) bool {
	if w.err != nil {
		return false
	}
	w.key(key)
	return true
}

func (w *jsonWriter) leave(key string) {
	if w.err != nil {
		w.faultIn(key)
	}
}

func (w *jsonWriter) faultIn(key string) { w.err = inside(w.err, keyName(key)) }

// keyText returns a key's text, and keyName the name in it.
func keyText(name string) string { return string(append(appendString(nil, name), ':')) }

func keyName(key string) string {
	if name := key[1 : len(key)-2]; strings.IndexByte(name, '\\') < 0 {
		return name
	}
	return escapedName(key)
}

// escapedName is the name in a key that has escapes, which OData names do not need.
func escapedName(key string) string {
	var name string
	_ = json.Unmarshal([]byte(key[:len(key)-1]), &name) // it is JSON
	return name
}

// key writes a key, and a comma before it unless the object begins here: no value ends with a brace that opens.
//
//go:noinline
func (w *jsonWriter) key(key string) {
	buf := w.buf
	if buf[len(buf)-1] != '{' {
		buf = append(buf, ',')
	}
	w.buf = append(buf, key...)
}

func (w *jsonWriter) null(key string) {
	w.key(key)
	w.nullValue()
}

// What the place that a value goes to declares, if it is not the name of a type.
const (
	declaredSame    = ""  // the value's own type
	declaredUnknown = "?" // nothing that is known
)

//go:noinline
func (w *jsonWriter) stringValue(s string) {
	if plainLen(s) == len(s) {
		w.buf = append(append(append(w.buf, '"'), s...), '"')
	} else {
		w.buf = appendString(w.buf, s)
	}
}

// appendString appends s as a JSON string, byte for byte as encoding/json does without HTML escaping.
func appendString(dst []byte, s string) []byte {
	return append(appendStringText(append(dst, '"'), s), '"')
}

// appendStringText appends what stands between the quotes.
func appendStringText(dst []byte, s string) []byte {
	n := plainLen(s)
	for n < len(s) {
		dst = append(dst, s[:n]...)
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
		n = plainLen(s)
	}
	return append(dst, s...)
}

// plainLen returns how many bytes s begins with that stand for themselves in a JSON string: printable ASCII without
// the quote and the backslash. Nearly all text is of these, so eight are looked at together.
func plainLen(s string) int {
	n := 0
	if len(s) < 8 {
		for n < len(s) && s[n] >= ' ' && s[n] < utf8.RuneSelf && s[n] != '"' && s[n] != '\\' {
			n++
		}
		return n
	}
	for ; ; n = min(n+8, len(s)-8) { // the last eight overlap those before
		if found := special(word(s, n)); found != 0 {
			return n + bits.TrailingZeros64(found)/8
		}
		if n == len(s)-8 {
			return len(s)
		}
	}
}

// special returns a word whose lowest bit that is set belongs to the first of w's eight bytes that does not stand for
// itself; 0 if all do.
func special(w uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	quote, backslash := w^'"'*ones, w^'\\'*ones
	// A subtraction borrows into a byte's high bit if the byte is smaller. The lowest such bit is right; those above
	// it may come from the borrow.
	return (w | (w-' '*ones)&^w | (quote-ones)&^quote | (backslash-ones)&^backslash) & highs
}

// word returns the eight bytes of s at i, the first one lowest. The compiler makes one load of it.
func word(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
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

// writeSlice writes a collection: absent if it is nil, [] if it is empty.
func writeSlice[T any](w *jsonWriter, key string, items []T, item func(w *jsonWriter, v T)) {
	if items != nil {
		w.array(key, len(items), func(i int) {
			if w.nulls != nil && isNullItem(w.nulls, key, i, len(items), reflect.ValueOf(&items[i]).Elem()) {
				w.nullValue()
				return
			}
			item(w, items[i])
		})
	}
}

func (w *jsonWriter) array(key string, n int, item func(i int)) {
	if w.enter(key) {
		w.list(n, item)
		w.leave(key)
	}
}

// list writes the items of an array.
func (w *jsonWriter) list(n int, item func(i int)) {
	w.buf = append(w.buf, '[')
	for i := range n {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		if item(i); w.err != nil {
			w.err = inside(w.err, indexStep(i))
			break
		}
	}
	w.buf = append(w.buf, ']')
}

// isNil reports whether v, a pointer in an interface, is nil in either way.
func isNil(v any) bool {
	if v == nil {
		return true
	}
	p := reflect.ValueOf(v)
	return p.Kind() == reflect.Pointer && p.IsNil()
}
