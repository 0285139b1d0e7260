package graphtest

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/graphslice/graphslice/templates/graph"
)

// What answers calls: Handler those that send nothing, BodyHandler those that send a B; ErrorHandler and
// BodyErrorHandler those that are answered with nothing.
//
// What a handler returns is the answer. Its error is one too: a *graph.Error with the status that it has, what Created,
// Accepted and NoContent return, or any other, which is answered with 500.
type (
	Handler[R any]          func(ctx context.Context, call Call) (R, error)
	BodyHandler[B, R any]   func(ctx context.Context, call Call, body B) (R, error)
	ErrorHandler            func(ctx context.Context, call Call) error
	BodyErrorHandler[B any] func(ctx context.Context, call Call, body B) error
)

// handle answers a call, whatever its types are.
type handle func(ctx context.Context, in *request) *answer

// Expected is what answers an operation. If it has several handlers, the first answers the first call, and so on; the
// last answers whatever comes after. A later On… for the same place takes the place of an earlier one.
type Expected struct {
	server   *fake
	node     *node
	method   string
	handlers []handle
	times    int    // as often as that; 0: as often as one likes
	used     int    // under the server's mutex
	where    string // file and line of the test
}

// Times expects so many calls, neither more nor fewer: the test fails otherwise.
func (e *Expected) Times(n int) *Expected {
	e.server.mu.Lock()
	e.times = n
	e.server.mu.Unlock()
	return e
}

// Fail puts answers behind those that there are.
func (e *Expected) Fail(failures ...*graph.Error) *Expected {
	e.server.mu.Lock()
	for _, failure := range failures {
		e.handlers = append(e.handlers, func(context.Context, *request) *answer { return answerError(failure) })
	}
	e.server.mu.Unlock()
	return e
}

// exceeded says that a call was one too many.
func (e *Expected) exceeded() string {
	return fmt.Sprintf("it was expected %s (%s)", times(e.times), e.where)
}

// missing says what has not come; "" if nothing is missing. The server's mutex is held.
func (e *Expected) missing() string {
	switch {
	case e.times > 0 && e.used < e.times:
		return fmt.Sprintf("graphtest: %s %s: it was expected %s and came %s (%s)",
			e.method, e.node.shown(), times(e.times), times(e.used), e.where)
	case e.times == 0 && len(e.handlers) > 1 && e.used < len(e.handlers):
		return fmt.Sprintf("graphtest: %s %s: it has %d handlers in order and came %s (%s)",
			e.method, e.node.shown(), len(e.handlers), times(e.used), e.where)
	}
	return ""
}

//go:noinline
func times(n int) string {
	switch n {
	case 0:
		return "never"
	case 1:
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// What the methods of a generated package call is not copied into them all: that would be a seventh of its code, which
// all who test with it compile.

// node is a place below the service root, some of whose keys may be any.
type node struct {
	server *fake
	path   string // as the slice has it
	keys   []wanted
}

// wanted is what a key has to be.
type wanted struct {
	name, value string
	any         bool
}

//go:noinline
func (s *Server) at(text string) *node { return &node{server: (*fake)(s), path: text} }

//go:noinline
func (n *node) add(text string) *node { return &node{n.server, n.path + text, n.keys} }

// by goes on to a key, or to whatever else has values in its path.
//
//go:noinline
func (n *node) by(text string, values ...any) *node {
	next := n.add(text)
	next.keys = n.keys[:len(n.keys):len(n.keys)]
	for i, name := range parameterNames(text) {
		next.keys = append(next.keys, wanted{name: name, value: fmt.Sprint(values[i])})
	}
	return next
}

// any goes on to whatever key.
//
//go:noinline
func (n *node) any(text string) *node {
	next := n.add(text)
	next.keys = n.keys[:len(n.keys):len(n.keys)]
	for _, name := range parameterNames(text) {
		next.keys = append(next.keys, wanted{name: name, any: true})
	}
	return next
}

// parameterNames are the parameters in a part of a path.
func parameterNames(text string) []string {
	var names []string
	for _, m := range arguments.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1]+m[2]+m[3]+m[4])
	}
	return names
}

// shown is the path with its keys.
func (n *node) shown() string {
	i := -1
	return arguments.ReplaceAllStringFunc(n.path, func(text string) string {
		if i++; i >= len(n.keys) || n.keys[i].any {
			return text
		}
		return n.keys[i].value
	})
}

// fits reports whether keys are those that the node wants, and how many of them it names. Arguments of functions may
// stand between them.
//
//go:noinline
func (n *node) fits(keys []Key) (named int, ok bool) {
	at := 0
	for _, want := range n.keys {
		for at < len(keys) && keys[at].Name != want.name {
			at++
		}
		switch {
		case at == len(keys):
			return 0, false
		case want.any:
		case want.value != keys[at].Value:
			return 0, false
		default:
			named++
		}
		at++
	}
	return named, true
}

// on gives an operation handlers.
//
//go:noinline
func on(n *node, method string, handlers *replies, encode encoder) *Expected {
	e := &Expected{server: n.server, node: n, method: method}
	for _, reply := range handlers.each {
		e.handlers = append(e.handlers, handlers.handle(reply, encode))
	}
	if _, file, line, ok := runtime.Caller(2); ok {
		e.where = fmt.Sprintf("%s:%d", filepath.Base(file), line)
	}
	n.server.mu.Lock()
	defer n.server.mu.Unlock()
	for i, old := range n.server.handlers {
		if old.method == method && old.node.shown() == n.shown() {
			n.server.handlers[i] = e
			return e
		}
	}
	n.server.handlers = append(n.server.handlers, e)
	return e
}

// handler finds what answers a call: of several the one that names most keys. It returns what was expected without a
// handle if it is used up.
func (s *fake) handler(in *request) (*Expected, handle) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var best *Expected
	most := -1
	for _, e := range s.handlers {
		if e.method != in.op.method || e.node.path != in.op.at() {
			continue
		}
		if named, ok := e.node.fits(in.keys); ok && named > most {
			best, most = e, named
		}
	}
	if best == nil || len(best.handlers) == 0 || best.times > 0 && best.used >= best.times {
		return best, nil
	}
	h := best.handlers[min(best.used, len(best.handlers)-1)]
	best.used++
	return best, h
}

// What handlers of all types have in common is written once: of what depends on their types, the compiler writes a copy for
// each, and every test that imports the package waits for it.

// replies are handlers, whatever their types.
type replies struct {
	each []reply
	body decoder // of what they take; nil for nothing
	read reader  // of such bodies
}

// reply is a handler: it is given a body of the type that it takes.
type reply func(ctx context.Context, call *Call, body any) (any, error)

// handle is what a reply does with a request.
//
//go:noinline
func (r *replies) handle(reply reply, encode encoder) handle {
	return func(ctx context.Context, in *request) *answer {
		var body any
		if r.read != nil {
			var err error
			if body, err = r.read(in, r.body); err != nil {
				in.server.refuse(in.op.method, in, err)
				return failure(http.StatusBadRequest, "BadRequest", err.Error())
			}
			if len(in.body) > 0 {
				in.typed = body
			}
		}
		result, err := reply(ctx, in.call(in.op.method), body)
		if err != nil {
			return in.answerError(err)
		}
		return encode(in, result)
	}
}

// repliesOf are n handlers, of which call calls the ith.
//
//go:noinline
func repliesOf(n int, as decoder, read reader, call func(ctx context.Context, i int, c *Call, body any) (any, error)) *replies {
	r := &replies{body: as, read: read}
	for i := range n {
		r.each = append(r.each, func(ctx context.Context, c *Call, body any) (any, error) { return call(ctx, i, c, body) })
	}
	return r
}

// answers are handlers whose calls send nothing.
//
//go:noinline
func answers[R any](handlers []Handler[R]) *replies {
	return repliesOf(len(handlers), nil, nil, func(ctx context.Context, i int, c *Call, _ any) (any, error) {
		return handlers[i](ctx, *c)
	})
}

// ends are handlers that answer nothing.
//
//go:noinline
func ends(handlers []ErrorHandler) *replies {
	return repliesOf(len(handlers), nil, nil, func(ctx context.Context, i int, c *Call, _ any) (any, error) {
		return nil, handlers[i](ctx, *c)
	})
}

// takes are handlers whose calls send a body.
//
//go:noinline
func takes[B, R any](handlers []BodyHandler[B, R], read reader) *replies {
	return repliesOf(len(handlers), decode[B], read, func(ctx context.Context, i int, c *Call, body any) (any, error) {
		b, _ := body.(B) // nil is that of an interface
		return handlers[i](ctx, *c, b)
	})
}

// takesOnly are handlers whose calls send a body and are answered with nothing.
//
//go:noinline
func takesOnly[B any](handlers []BodyErrorHandler[B], read reader) *replies {
	return repliesOf(len(handlers), decode[B], read, func(ctx context.Context, i int, c *Call, body any) (any, error) {
		b, _ := body.(B) // nil is that of an interface
		return nil, handlers[i](ctx, *c, b)
	})
}

// reader reads a body.
type reader func(in *request, as decoder) (any, error)

// object reads a body that is an object; nil if there is none.
func object(in *request, as decoder) (any, error) {
	if len(in.body) == 0 {
		return nil, nil
	}
	return value(in, as)
}

// value reads a body that may be anything.
func value(in *request, as decoder) (any, error) {
	v, err := as(in.body)
	if err != nil {
		err = fmt.Errorf("the body cannot be read: %w", err)
	}
	return v, err
}

// base is a type that others are derived from: T, an interface, whose struct is O.
type base struct {
	is     func(into any) bool // a *T
	decode decoder             // an O as what it says it is
}

// derived is a base.
//
//go:noinline
func derived[T, O any](as func(any) (T, bool)) base {
	return base{
		func(into any) bool { _, is := into.(*T); return is },
		func(data []byte) (any, error) {
			var own *O
			err := json.Unmarshal(data, &own)
			v, _ := as(own)
			return v, err
		},
	}
}

// decoder makes a value of a type of JSON.
type decoder func(data []byte) (any, error)

// decode is the decoder of a type, which may be one that others are derived from.
//
//go:noinline
func decode[T any](data []byte) (any, error) {
	v := new(T)
	if base := baseOf(v); base != nil {
		return base(data)
	}
	err := json.Unmarshal(data, v)
	return *v, err
}

// baseOf is the decoder of a type that others are derived from; nil for other types. It is told by a pointer to a value.
//
//go:noinline
func baseOf(into any) decoder {
	for _, b := range bases {
		if b.is(into) {
			return b.decode
		}
	}
	return nil
}

// isJSON reports whether a media type is one of JSON.
func isJSON(contentType string) bool {
	mediaType, _, err := mime.ParseMediaType(contentType)
	return err == nil && (mediaType == "application/json" || strings.HasSuffix(mediaType, "+json"))
}

// jsonText is JSON as it came, or a string of what is none.
func jsonText(data []byte) json.RawMessage {
	if json.Valid(data) {
		return data
	}
	quoted, _ := json.Marshal(string(data)) // a string can always be written
	return quoted
}
