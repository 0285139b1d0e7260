package graph

import "fmt"

// Opt is a scalar that may be absent or null. Its zero value is absent: it is not sent, and it was not in what
// arrived. Some makes a value, Null the explicit null that clears a property.
//
// Compare what Get returns rather than two Opts with ==: an Opt that arrived remembers how a time was written.
type Opt[T any] struct {
	value T
	state optState
	form  timeForm // only for times: see timeForm
}

type optState uint8

const (
	optAbsent optState = iota
	optNull
	optSome
)

// Some returns an Opt that holds value. A zero value is a value: Some("") is sent as "".
func Some[T any](value T) Opt[T] { return Opt[T]{value: value, state: optSome} }

// Null returns an Opt that is sent as null, which clears the property.
func Null[T any]() Opt[T] { return Opt[T]{state: optNull} }

// Get returns the value, and false with T's zero value if o is absent or null.
func (o Opt[T]) Get() (T, bool) { return o.value, o.state == optSome }

// Or returns the value, or fallback if o is absent or null.
func (o Opt[T]) Or(fallback T) T {
	if o.state == optSome {
		return o.value
	}
	return fallback
}

// String returns the value as fmt prints it, "<null>" or "<absent>", for people who print what they have.
func (o Opt[T]) String() string {
	switch o.state {
	case optSome:
		return fmt.Sprint(o.value)
	case optNull:
		return "<null>"
	}
	return "<absent>"
}

// IsNull reports whether o is an explicit null.
func (o Opt[T]) IsNull() bool { return o.state == optNull }

// IsZero reports whether o is absent.
func (o Opt[T]) IsZero() bool { return o.state == optAbsent }
