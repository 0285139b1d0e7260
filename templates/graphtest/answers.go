package graphtest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/graphslice/graphslice/templates/graph"
)

// Then is the handler itself: in a list of several it says that it is for what comes after.
func Then[H any](handler H) H { return handler }

// Fail returns a handler that answers with an error, whose StatusCode says which. RetryAfter and Header are sent along.
// For what sends a body there is Refuse, and for both the Fail of what On… returns.
func Fail[R any](failure *graph.Error) Handler[R] {
	return func(context.Context, Call) (R, error) {
		var none R
		return none, failure
	}
}

// Refuse is Fail for what sends a body.
func Refuse[B, R any](failure *graph.Error) BodyHandler[B, R] {
	return func(context.Context, Call, B) (R, error) {
		var none R
		return none, failure
	}
}

// Value returns a handler that always answers with v.
func Value[R any](v R) Handler[R] { return func(context.Context, Call) (R, error) { return v, nil } }

// Echo is a handler that answers with what it is sent.
func Echo[T any](_ context.Context, _ Call, body T) (T, error) { return body, nil }

// Done is a handler that answers 204, for what is answered with nothing, such as a deletion or an action.
func Done(context.Context, Call) error { return nil }

// Take is Done for what sends a body.
func Take[B any](context.Context, Call, B) error { return nil }

// Pages returns a handler that answers with items in pages of so many, or as many as $top asks for if that is less.
// Each page but the last has a link to the next; $skip and $count are heeded, the other options are not.
func Pages[T any](items []T, size int) Handler[*graph.Page[T]] {
	return func(_ context.Context, call Call) (*graph.Page[T], error) {
		start := max(call.Options.Skip, 0)
		if token := call.Query.Get("$skiptoken"); token != "" {
			start, _ = strconv.Atoi(token) // it was made below
		}
		if top := call.Options.Top; top > 0 && (top < size || size <= 0) {
			size = top
		}
		if size <= 0 {
			size = len(items)
		}
		start = min(start, len(items))
		end := min(start+size, len(items))
		p := &graph.Page[T]{Items: items[start:end]}
		if call.Options.Count {
			p.Count = graph.Some(int64(len(items)))
		}
		if end < len(items) {
			next := url.Values{}
			maps.Copy(next, call.Query)
			next.Del("$skip")
			next.Set("$skiptoken", strconv.Itoa(end))
			p.NextLink = "?" + next.Encode()
		}
		return p, nil
	}
}

// Created returns a handler that answers 201 with the Location of what was made and no body. Of is its key, or an
// entity that has one.
func Created[T any](of any) BodyHandler[T, T] {
	return func(context.Context, Call, T) (T, error) {
		var none T
		return none, CreatedAt(of)
	}
}

// CreatedAt is what a handler returns as its error to answer 201 with the Location of what was made and no body. Of is
// its key, or an entity that has one.
func CreatedAt(of any) error {
	return outcome(func(in *request) *answer {
		id, ok := of.(string)
		if !ok {
			data, _ := json.Marshal(of) // what cannot be written has no key
			id = idOf(data)
		}
		return answerWith(http.StatusCreated, "Location", in.location(id))
	})
}

// NoContent is what a handler returns as its error to answer 204.
func NoContent() error { return outcome(func(*request) *answer { return nothing() }) }

// Accepted is what a handler returns as its error to answer 202: the service goes on in the background. The client asks
// at the Location; each time the next of the operations is the answer, and the last for ever. An operation is whatever
// encoding/json writes as an object with a "status", such as a value of the client's package, a *graph.Error, which ends
// it, or a string, the status alone. Without any the operation has succeeded at once.
func Accepted(operations ...any) error {
	if len(operations) == 0 {
		operations = []any{"succeeded"}
	}
	return outcome(func(in *request) *answer {
		var asked atomic.Int64
		link := in.server.newPlace(in, "operations", func(*http.Request, []byte) *answer {
			return operationAnswer(operations[min(int(asked.Add(1)), len(operations))-1])
		})
		return answerWith(http.StatusAccepted, "Location", link)
	})
}

// operationAnswer is the answer to who asks an operation. It says that one may ask again at once, for tests to take no
// time.
func operationAnswer(operation any) *answer {
	var a *answer
	switch operation := operation.(type) {
	case *graph.Error:
		a = answerError(operation)
	case string:
		a = jsonAnswer(http.StatusOK, map[string]string{"status": operation})
	default:
		a = jsonAnswer(http.StatusOK, operation)
	}
	a.set("Retry-After", "0")
	return a
}

// place is an address that the fake has made up and answers itself.
type place func(r *http.Request, body []byte) *answer

// newPlace returns an address below the service root of a call.
func (s *fake) newPlace(in *request, of string, answer place) string {
	s.mu.Lock()
	path := fmt.Sprintf("%s/graphtest/%s/%d", s.root.EscapedPath(), of, len(s.places)+1)
	s.places[path] = answer
	s.mu.Unlock()
	return strings.TrimSuffix(in.base, s.root.EscapedPath()) + path
}

// placeOf finds what answers at an address of the fake's own.
func (s *fake) placeOf(u *url.URL) (place, bool) {
	s.mu.Lock()
	p, ok := s.places[u.Scheme+"://"+u.Host+u.EscapedPath()]
	if !ok {
		p, ok = s.places[u.EscapedPath()]
	}
	s.mu.Unlock()
	return p, ok
}

// escape percent-encodes a key for a segment of a path.
//
//go:noinline
func escape(key string) string { return strings.ReplaceAll(url.PathEscape(key), "'", "%27") }

// lastKey is the last key in an address: of …/users/alex and of …/users('alex'); "" if it has none.
func lastKey(address string) string {
	address, _, _ = strings.Cut(address, "?")
	last := address[strings.LastIndexByte(address, '/')+1:]
	if _, key, ok := strings.Cut(last, "('"); ok {
		last = strings.ReplaceAll(strings.TrimSuffix(key, "')"), "''", "'")
	}
	plain, err := url.PathUnescape(last)
	if err != nil {
		return last
	}
	return plain
}
