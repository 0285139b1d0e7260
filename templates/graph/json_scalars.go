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

// readOpt reads null as Null and anything else with value.
func readOpt[T any](r *jsonReader, value func(*jsonReader) T) Opt[T] {
	if r.skipNull() {
		return Null[T]()
	}
	return Some(value(r))
}

// writeOpt writes a property that may be absent or null.
func writeOpt[T any](w *jsonWriter, key string, v Opt[T], value func(*jsonWriter, T)) {
	switch v.state {
	case optNull:
		w.null(key)
	case optSome:
		w.member(key, func() { value(w, v.value) })
	}
}

// writeOptValue writes an item of a collection whose items may be null; there is no absent item, so it is null as well.
func writeOptValue[T any](w *jsonWriter, v Opt[T], value func(*jsonWriter, T)) {
	if v.state != optSome {
		w.buf = append(w.buf, "null"...)
		return
	}
	value(w, v.value)
}

// Strings and enums.

func (r *jsonReader) string() string {
	if r.skipNull() {
		return ""
	}
	return r.quoted("a string")
}

func (r *jsonReader) optString() Opt[string] { return readOpt(r, (*jsonReader).string) }

// string writes a plain property: "" is absent, or null if that is what arrived.
func (w *jsonWriter) string(key, v string, null bool) {
	if v == "" {
		w.nullIf(null, key)
		return
	}
	w.key(key)
	w.stringValue(v)
}

func (w *jsonWriter) stringValue(v string) { w.buf = appendString(w.buf, v) }

func (w *jsonWriter) optString(key string, v Opt[string]) {
	writeOpt(w, key, v, (*jsonWriter).stringValue)
}

func (w *jsonWriter) strings(key string, v []string, null bool) {
	writeSlice(w, key, v, null, (*jsonWriter).stringValue)
}

func readEnum[T ~string](r *jsonReader) T { return T(r.string()) }

func readOptEnum[T ~string](r *jsonReader) Opt[T] { return readOpt(r, readEnum[T]) }

func writeEnum[T ~string](w *jsonWriter, key string, v T, null bool) { w.string(key, string(v), null) }

func writeEnumValue[T ~string](w *jsonWriter, v T) { w.stringValue(string(v)) }

func writeOptEnum[T ~string](w *jsonWriter, key string, v Opt[T]) {
	writeOpt(w, key, v, writeEnumValue[T])
}

func writeEnums[T ~string](w *jsonWriter, key string, v []T, null bool) {
	writeSlice(w, key, v, null, writeEnumValue[T])
}

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
	r.expected("a bool")
	return false
}

func (r *jsonReader) optBool() Opt[bool] { return readOpt(r, (*jsonReader).bool) }

func (w *jsonWriter) boolValue(v bool) { w.buf = strconv.AppendBool(w.buf, v) }

func (w *jsonWriter) optBool(key string, v Opt[bool]) { writeOpt(w, key, v, (*jsonWriter).boolValue) }

// Numbers.

// numeral reads a number's text. OData also knows numbers in quotes (IEEE754Compatible=true), and so they are accepted.
func (r *jsonReader) numeral() string {
	if r.peek() == '"' {
		return r.quoted("a number")
	}
	return r.number("a number")
}

func readInt[T integer](r *jsonReader) T {
	if r.skipNull() {
		return 0
	}
	start := r.pos
	text := r.numeral()
	n, err := strconv.ParseInt(text, 10, 64)
	v := T(n)
	if err != nil || int64(v) != n {
		r.failAt(start, fmt.Sprintf("expected a whole number in the range of %T", v))
		return 0
	}
	return v
}

func readOptInt[T integer](r *jsonReader) Opt[T] { return readOpt(r, readInt[T]) }

func writeIntValue[T integer](w *jsonWriter, v T) { w.buf = strconv.AppendInt(w.buf, int64(v), 10) }

func writeOptInt[T integer](w *jsonWriter, key string, v Opt[T]) {
	writeOpt(w, key, v, writeIntValue[T])
}

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
		r.failAt(start, fmt.Sprintf("expected a number in the range of %T, INF, -INF or NaN", T(0)))
		return 0
	}
	return T(v)
}

func readOptFloat[T float](r *jsonReader) Opt[T] { return readOpt(r, readFloat[T]) }

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

func writeOptFloat[T float](w *jsonWriter, key string, v Opt[T]) {
	writeOpt(w, key, v, writeFloatValue[T])
}

func (r *jsonReader) decimal() Decimal {
	if r.skipNull() {
		return ""
	}
	start := r.pos
	d := Decimal(r.numeral())
	if r.err == nil && d.check() != nil {
		r.failAt(start, "expected a decimal number")
		return ""
	}
	return d
}

func (r *jsonReader) optDecimal() Opt[Decimal] { return readOpt(r, (*jsonReader).decimal) }

func (w *jsonWriter) decimalValue(v Decimal) {
	if err := v.check(); err != nil {
		w.fail(err.Error())
		return
	}
	w.buf = append(w.buf, v...)
}

func (w *jsonWriter) optDecimal(key string, v Opt[Decimal]) {
	writeOpt(w, key, v, (*jsonWriter).decimalValue)
}

// Times. The unexported readers also return the form, which an Opt keeps.

func (r *jsonReader) time() time.Time { return r.optTime().value }

func (r *jsonReader) optTime() Opt[time.Time] { return readText(r, "a time", parseTime) }

func (r *jsonReader) timeOfDay() TimeOfDay { return r.optTimeOfDay().value }

func (r *jsonReader) optTimeOfDay() Opt[TimeOfDay] {
	return readText(r, "a time of day", parseTimeOfDay)
}

func (r *jsonReader) date() Date { return r.optDate().value }

func (r *jsonReader) optDate() Opt[Date] {
	return readText(r, "a date", func(s string) (Date, timeForm, error) {
		d, err := ParseDate(s)
		return d, 0, err
	})
}

// readText reads a string that parse understands.
func readText[T any](r *jsonReader, want string, parse func(string) (T, timeForm, error)) Opt[T] {
	if r.skipNull() {
		return Null[T]()
	}
	start := r.pos
	text := r.quoted(want)
	if r.err != nil {
		return Opt[T]{}
	}
	v, form, err := parse(text)
	if err != nil {
		r.failAt(start, err.Error())
	}
	return Opt[T]{value: v, state: optSome, form: form}
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

func (w *jsonWriter) optTime(key string, v Opt[time.Time]) {
	writeOpt(w, key, v, func(w *jsonWriter, t time.Time) { w.timeIn(t, v.form) })
}

func (w *jsonWriter) timeOfDayValue(v TimeOfDay) { w.timeOfDayIn(v, 0) }

func (w *jsonWriter) timeOfDayIn(v TimeOfDay, form timeForm) {
	if err := v.check(); err != nil {
		w.fail(err.Error())
		return
	}
	w.buf = append(v.append(append(w.buf, '"'), form), '"')
}

func (w *jsonWriter) optTimeOfDay(key string, v Opt[TimeOfDay]) {
	writeOpt(w, key, v, func(w *jsonWriter, t TimeOfDay) { w.timeOfDayIn(t, v.form) })
}

func (w *jsonWriter) dateValue(v Date) {
	if err := v.check(); err != nil {
		w.fail(err.Error())
		return
	}
	w.buf = append(v.append(append(w.buf, '"')), '"')
}

func (w *jsonWriter) optDate(key string, v Opt[Date]) { writeOpt(w, key, v, (*jsonWriter).dateValue) }

// Durations keep whatever text arrives, even if it is no duration, so that they are written back as they came.

func (r *jsonReader) duration() Duration { return Duration(r.string()) }

func (r *jsonReader) optDuration() Opt[Duration] { return readOpt(r, (*jsonReader).duration) }

func (w *jsonWriter) durationValue(v Duration) { w.stringValue(string(v)) }

func (w *jsonWriter) optDuration(key string, v Opt[Duration]) {
	writeOpt(w, key, v, (*jsonWriter).durationValue)
}

// Bytes are base64: read in either alphabet, padded or not, and written in the standard one with padding.

func (r *jsonReader) bytes() []byte {
	if r.skipNull() {
		return nil
	}
	start := r.pos
	text := strings.TrimRight(r.quoted("base64 text"), "=")
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(text, "-_") {
		encoding = base64.RawURLEncoding
	}
	b, err := encoding.DecodeString(text)
	if err != nil {
		r.failAt(start, "expected base64 text")
		return nil
	}
	return b
}

func (r *jsonReader) optBytes() Opt[[]byte] { return readOpt(r, (*jsonReader).bytes) }

func (w *jsonWriter) bytesValue(v []byte) {
	w.buf = append(base64.StdEncoding.AppendEncode(append(w.buf, '"'), v), '"')
}

func (w *jsonWriter) optBytes(key string, v Opt[[]byte]) {
	writeOpt(w, key, v, (*jsonWriter).bytesValue)
}

// Untyped values are kept as their JSON text.

func (r *jsonReader) optRaw() Opt[json.RawMessage] { return readOpt(r, (*jsonReader).raw) }

// raw writes a plain property: nil is absent, or null if that is what arrived.
func (w *jsonWriter) raw(key string, v json.RawMessage, null bool) {
	if v == nil {
		w.nullIf(null, key)
		return
	}
	w.member(key, func() { w.rawValue(v) })
}

func (w *jsonWriter) rawValue(v json.RawMessage) {
	if !json.Valid(v) {
		w.fail("the json.RawMessage is not one JSON value")
		return
	}
	w.buf = append(w.buf, v...)
}

func (w *jsonWriter) optRaw(key string, v Opt[json.RawMessage]) {
	writeOpt(w, key, v, (*jsonWriter).rawValue)
}
