package graph

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Each scalar of OData: how it is read, and how it is written. Readers take null for the zero value; who must tell
// the two apart asks null or an Opt first.

// integer are the types of Edm.SByte, Edm.Int16, Edm.Int32, Edm.Int64 and Edm.Byte.
type integer interface {
	~int8 | ~int16 | ~int32 | ~int64 | ~uint8
}

// float are the types of Edm.Single and Edm.Double.
type float interface{ ~float32 | ~float64 }

// held reads what an Opt holds: null, or anything else with value.
func (r *jsonReader) held(value func(*jsonReader) any) any {
	if r.heldNull() {
		return optNull{}
	}
	if v := value(r); !r.isUnread() {
		return v
	}
	return nil
}

// heldNull reads a null for a field that can hold one.
func (r *jsonReader) heldNull() bool {
	r.nullKept = r.peek() == 'n' && r.literal("null")
	return r.nullKept
}

// orNull makes a reader of values that may be null.
func orNull[T any](value func(*jsonReader) T) func(*jsonReader) Opt[T] {
	return func(r *jsonReader) Opt[T] {
		return Opt[T]{r.held(func(r *jsonReader) any { return value(r) })}
	}
}

// Strings and enums.

func (r *jsonReader) string() string {
	if r.peek() == '"' {
		return r.quoted("a string")
	}
	if !r.literal("null") {
		r.mismatch("a string")
	}
	return ""
}

// string writes a plain property: "" is absent.
func (w *jsonWriter) string(key, v string) {
	if v != "" {
		w.key(key)
		w.stringValue(v)
	}
}

func readEnum[T ~string](r *jsonReader) T { return T(r.string()) }

func writeEnumValue[T ~string](w *jsonWriter, v T) { w.stringValue(string(v)) }

// Bools.

func (r *jsonReader) bool() bool {
	switch r.peek() {
	case 't', 'f', 'n':
		if r.literal("true") {
			return true
		}
		if r.literal("false") || r.literal("null") {
			return false
		}
	}
	r.mismatch("a bool")
	return false
}

func (w *jsonWriter) boolValue(v bool) { w.buf = strconv.AppendBool(w.buf, v) }

// Numbers.

// numeral reads a number's text. OData also knows numbers in quotes (IEEE754Compatible=true), and so they are accepted.
func (r *jsonReader) numeral() string {
	switch c := r.peek(); {
	case c == '"':
		return r.quoted("a number")
	case c != '-' && (c < '0' || c > '9'):
		r.mismatch("a number")
		return ""
	}
	return r.number("a number")
}

func readInt[T integer](r *jsonReader) T {
	if r.skipNull() {
		return 0
	}
	start := r.pos
	text := r.numeral()
	if r.err != nil || r.isUnread() {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	v := T(n)
	if err != nil || int64(v) != n || numberLen(text) != len(text) {
		r.misform(start, fmt.Sprintf("expected a whole number in the range of %T", v))
		return 0
	}
	return v
}

func writeIntValue[T integer](w *jsonWriter, v T) { w.buf = strconv.AppendInt(w.buf, int64(v), 10) }

// floatBits returns 32 or 64, also for types that are only based on a float.
func floatBits[T float]() int {
	const needs25Bits = 1<<24 + 1
	v := float64(needs25Bits)
	if float64(T(v)) != v {
		return 32
	}
	return 64
}

// readFloat also reads what JSON has no number for: "INF", "-INF", "NaN".
func readFloat[T float](r *jsonReader) T {
	if r.skipNull() {
		return 0
	}
	start := r.pos
	text := r.numeral()
	if r.err != nil || r.isUnread() {
		return 0
	}
	switch text {
	case "INF":
		return T(math.Inf(1))
	case "-INF":
		return T(math.Inf(-1))
	case "NaN":
		return T(math.NaN())
	}
	v, err := strconv.ParseFloat(text, floatBits[T]())
	if err != nil || numberLen(text) != len(text) {
		r.misform(start, fmt.Sprintf("expected a number in the range of %T, INF, -INF or NaN", T(0)))
		return 0
	}
	return T(v)
}

func writeFloatValue[T float](w *jsonWriter, v T) {
	f := float64(v)
	switch {
	case math.IsInf(f, 1):
		w.stringValue("INF")
	case math.IsInf(f, -1):
		w.stringValue("-INF")
	case math.IsNaN(f):
		w.stringValue("NaN")
	case f != 0 && (math.Abs(f) < 1e-6 || math.Abs(f) >= 1e21):
		w.buf = strconv.AppendFloat(w.buf, f, 'e', -1, floatBits[T]())
	default:
		w.buf = strconv.AppendFloat(w.buf, f, 'f', -1, floatBits[T]())
	}
}

func (r *jsonReader) decimal() Decimal {
	if r.skipNull() {
		return ""
	}
	start := r.pos
	d := Decimal(r.numeral())
	if r.err == nil && !r.isUnread() && d.check() != nil {
		r.misform(start, "expected a decimal number")
		return ""
	}
	return d
}

func (w *jsonWriter) decimalValue(v Decimal) {
	if err := v.check(); err != nil {
		w.fail(err.Error())
		return
	}
	w.buf = append(w.buf, v...)
}

// Times. An Opt keeps the form that a time arrived in.

func (r *jsonReader) time() (v time.Time) {
	v, _ = readText(r, "a time", r.timeParser())
	return v
}

// timeParser understands what services write for a time, unless reading is strict.
func (r *jsonReader) timeParser() func(string) (time.Time, timeForm, error) {
	if r.reading.strict {
		return parseTime
	}
	return forgivingTime
}

func (r *jsonReader) timeOfDay() (v TimeOfDay) {
	v, _ = readText(r, "a time of day", parseTimeOfDay)
	return v
}

func (r *jsonReader) date() (v Date) {
	v, _ = readText(r, "a date", func(s string) (Date, timeForm, error) {
		d, err := ParseDate(s)
		return d, 0, err
	})
	return v
}

// readText reads a string that parse understands.
func readText[T any](r *jsonReader, want string, parse func(string) (T, timeForm, error)) (v T, form timeForm) {
	if r.skipNull() {
		return v, 0
	}
	start := r.pos
	text := r.text(want)
	if r.err != nil || r.isUnread() {
		return v, 0
	}
	v, form, err := parse(text)
	if err != nil {
		r.misform(start, err.Error())
	}
	return v, form
}

func (w *jsonWriter) timeValue(v time.Time) { w.timeIn(v, 0) }

func (w *jsonWriter) timeIn(v time.Time, form timeForm) {
	w.buf = append(w.buf, '"')
	buf, err := appendTime(w.buf, v, form)
	if err != nil {
		w.fail(err.Error())
	}
	w.buf = append(buf, '"')
}

func (w *jsonWriter) timeOfDayValue(v TimeOfDay) { w.timeOfDayIn(v, 0) }

func (w *jsonWriter) timeOfDayIn(v TimeOfDay, form timeForm) {
	if err := v.check(); err != nil {
		w.fail(err.Error())
		return
	}
	w.buf = append(v.append(append(w.buf, '"'), form, edmDigits), '"')
}

func (w *jsonWriter) dateValue(v Date) {
	if err := v.check(); err != nil {
		w.fail(err.Error())
		return
	}
	w.buf = append(v.append(append(w.buf, '"')), '"')
}

// Durations keep whatever text arrives, even if it is no duration, so that they are written back as they came.

func (r *jsonReader) duration() Duration { return Duration(r.string()) }

func (w *jsonWriter) durationValue(v Duration) { w.stringValue(string(v)) }

// Bytes are base64: read in either alphabet, padded or not, and written in the standard one with padding.

func (r *jsonReader) bytes() []byte {
	if r.skipNull() {
		return nil
	}
	start := r.pos
	text := strings.TrimRight(r.text("base64 text"), "=")
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(text, "-_") {
		encoding = base64.RawURLEncoding
	}
	b, err := encoding.DecodeString(text)
	if err != nil {
		r.misform(start, "expected base64 text")
		return nil
	}
	return b
}

func (w *jsonWriter) bytesValue(v []byte) {
	w.buf = append(base64.StdEncoding.AppendEncode(append(w.buf, '"'), v), '"')
}

// Untyped values are kept as their JSON text.

func (r *jsonReader) rawInto(into *json.RawMessage) {
	r.nullKept = true // as its text
	*into = r.raw()
}

// raw writes a plain property: nil is absent.
func (w *jsonWriter) raw(key string, v json.RawMessage) {
	if v != nil && w.enter(key) {
		w.rawValue(v)
		w.leave(key)
	}
}

func (w *jsonWriter) rawValue(v json.RawMessage) {
	if !json.Valid(v) {
		w.fail("the json.RawMessage is not one JSON value")
		return
	}
	w.buf = append(w.buf, v...)
}
