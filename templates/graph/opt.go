package graph

import "fmt"

// Opt is a scalar that may be absent or null. Its zero value is absent: it is not sent, and it was not in what
// arrived. Some makes a value, Null the explicit null that clears a property.
//
// Compare what Get returns rather than two Opts with ==: an Opt that arrived remembers how a time was written, and ==
// panics for bytes.
type Opt[T any] struct {
	// held is nil if the Opt is absent, optNull, a T, or a T in formed. A struct has many Opts, nearly all of them absent,
	// and none takes more than this.
	held any
}

// optNull is what an Opt holds that is null.
type optNull struct{}

// formed is a time that does not stand in its short form.
type formed struct {
	value any
	form  timeForm
}

// Some returns an Opt that holds value. A zero value is a value: Some("") is sent as "".
func Some[T any](value T) Opt[T] { return Opt[T]{value} }

// Null returns an Opt that is sent as null, which clears the property.
func Null[T any]() Opt[T] { return Opt[T]{optNull{}} }

// Get returns the value, and false with T's zero value if o is absent or null.
func (o Opt[T]) Get() (T, bool) {
	if long, ok := o.held.(formed); ok {
		o.held = long.value
	}
	value, ok := o.held.(T)
	return value, ok
}

// Or returns the value, or fallback if o is absent or null.
func (o Opt[T]) Or(fallback T) T {
	if value, ok := o.Get(); ok {
		return value
	}
	return fallback
}

// String returns the value as fmt prints it, "<null>" or "<absent>", for people who print what they have.
func (o Opt[T]) String() string { return optText(o.held) }

// optText is one function for the Opts of all types, each of which the compiler writes out, in every package that
// imports this one.
func optText(held any) string {
	switch held := held.(type) {
	case nil:
		return "<absent>"
	case optNull:
		return "<null>"
	case formed:
		return fmt.Sprint(held.value)
	}
	return fmt.Sprint(held)
}

// IsNull reports whether o is an explicit null.
func (o Opt[T]) IsNull() bool {
	_, isNull := o.held.(optNull)
	return isNull
}

// IsZero reports whether o is absent.
func (o Opt[T]) IsZero() bool { return o.held == nil }

// formedAs is what an Opt holds of a time in a form, and whole are both again.
func formedAs[T any](value T, form timeForm) any {
	if form == 0 {
		return value
	}
	return formed{value, form}
}

func whole[T any](held any) (T, timeForm) {
	long, isFormed := held.(formed)
	if isFormed {
		held = long.value
	}
	return held.(T), long.form
}
