package graph

import "net/http"

// Result is the outcome of an operation that may answer with the entity, or only with where it is, or with where to
// ask whether it is done.
type Result[T any] struct {
	// Value is what came in the body; nil if no body came, as where the service goes on in the background (202): see
	// Wait.
	Value T
	// Location is the absolute URL of the new resource or of the operation that makes it; "" if the service gave none.
	Location string
	Response *Response

	outcome *outcome // nil if the Result was made by hand, in somebody's test
	decode  func(*jsonReader) T
}

// outcome is what waiting goes by. It does not depend on the type of the value.
type outcome struct {
	client   *Client
	sent     *exchange
	location string
	response *Response
	monitor  string // where the operation is being asked
	hasBody  bool   // the value came
	noValue  bool   // none is to come
}

func newResult[T any](c *Client, a *received, decode func(*jsonReader) T) (*Result[T], error) {
	if _, nothing := any(*new(T)).(None); nothing {
		decode = nil
	}
	o := newOutcome(c, a, decode == nil)
	r := &Result[T]{Location: o.location, Response: o.response, outcome: o, decode: decode}
	if !o.hasBody {
		return r, nil
	}
	var err error
	if r.Value, err = decodeAnswer(a, decode); err != nil {
		return nil, err
	}
	return r, nil
}

// unread is the result of a write that was carried out although the call failed; nil for one that was not.
func unread[T any](c *Client, err error) *Result[T] {
	a := carriedOut(err)
	if a == nil {
		return nil
	}
	o := newOutcome(c, a, true)
	return &Result[T]{Location: o.location, Response: o.response, outcome: o}
}

func newOutcome(c *Client, a *received, noValue bool) *outcome {
	return &outcome{
		client: c, sent: a.exchange, location: c.locationOf(a.response.Header), response: a.response,
		hasBody: !noValue && !a.isEmpty(), noValue: noValue,
	}
}

// ID returns the entity's key: from the body, else the last key in Location, decoded. After 202 that is the key of the
// operation. It is "" if there is neither.
func (r *Result[T]) ID() string {
	if entity, ok := any(r.Value).(keyed); ok && !isNil(entity) {
		if key := entity.key(); key != "" {
			return key
		}
	}
	return lastKey(r.Location)
}

// Accepted reports whether the service answered 202: it goes on in the background, and Wait waits for it.
func (r *Result[T]) Accepted() bool { return r.Response.accepted() }

func (r *Response) accepted() bool { return r != nil && r.StatusCode == http.StatusAccepted }
