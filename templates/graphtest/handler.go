package graphtest

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
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
	server   *Server
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
	defer e.server.mu.Unlock()
	e.times = n
	return e
}

// Fail puts answers behind those that there are.
func (e *Expected) Fail(failures ...*graph.Error) *Expected {
	e.server.mu.Lock()
	defer e.server.mu.Unlock()
	for _, failure := range failures {
		e.handlers = append(e.handlers, func(context.Context, *request) *answer { return answerError(failure) })
	}
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

func times(n int) string {
	switch n {
	case 0:
		return "never"
	case 1:
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// node is a place below the service root, some of whose keys may be any.
type node struct {
	server *Server
	path   string // as the slice has it
	keys   []wanted
}

// wanted is what a key has to be.
type wanted struct {
	name, value string
	any         bool
}

func (s *Server) at(text string) *node { return &node{server: s, path: text} }

func (n *node) add(text string) *node { return &node{n.server, n.path + text, n.keys} }

// by goes on to a key, or to whatever else has values in its path.
func (n *node) by(text string, values ...any) *node {
	next := n.add(text)
	next.keys = n.keys[:len(n.keys):len(n.keys)]
	for i, name := range parameterNames(text) {
		next.keys = append(next.keys, wanted{name: name, value: fmt.Sprint(values[i])})
	}
	return next
}

// any goes on to whatever key.
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
func on(n *node, method string, handlers []handle) *Expected {
	e := &Expected{server: n.server, node: n, method: method, handlers: handlers}
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
func (s *Server) handler(in *request) (*Expected, handle) {
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

// answers makes handles of handlers whose calls send nothing.
func answers[R any](handlers []Handler[R], encode func(*request, R) *answer) []handle {
	var all []handle
	for _, h := range handlers {
		all = append(all, func(ctx context.Context, in *request) *answer {
			result, err := h(ctx, in.call(in.op.method))
			if err != nil {
				return in.answerError(err)
			}
			return encode(in, result)
		})
	}
	return all
}

// ends makes handles of handlers that answer nothing.
func ends(handlers []ErrorHandler) []handle {
	var all []handle
	for _, h := range handlers {
		all = append(all, func(ctx context.Context, in *request) *answer {
			if err := h(ctx, in.call(in.op.method)); err != nil {
				return in.answerError(err)
			}
			return nothing()
		})
	}
	return all
}

// takes makes handles of handlers whose calls send a body.
func takes[B, R any](
	handlers []BodyHandler[B, R], decode func(*request) (B, error), encode func(*request, R) *answer,
) []handle {
	var all []handle
	for _, h := range handlers {
		all = append(all, withBody(decode, func(ctx context.Context, in *request, body B) *answer {
			result, err := h(ctx, in.call(in.op.method), body)
			if err != nil {
				return in.answerError(err)
			}
			return encode(in, result)
		}))
	}
	return all
}

// takesOnly makes handles of handlers whose calls send a body and are answered with nothing.
func takesOnly[B any](handlers []BodyErrorHandler[B], decode func(*request) (B, error)) []handle {
	var all []handle
	for _, h := range handlers {
		all = append(all, withBody(decode, func(ctx context.Context, in *request, body B) *answer {
			if err := h(ctx, in.call(in.op.method), body); err != nil {
				return in.answerError(err)
			}
			return nothing()
		}))
	}
	return all
}

func withBody[B any](
	decode func(*request) (B, error), next func(context.Context, *request, B) *answer,
) handle {
	return func(ctx context.Context, in *request) *answer {
		body, err := decode(in)
		if err != nil {
			in.server.refuse(in.op.method, in, err)
			return failure(400, "BadRequest", err.Error())
		}
		if len(in.body) > 0 {
			in.typed = body
		}
		return next(ctx, in, body)
	}
}

// object decodes a body that is a struct; nil if there is none.
func object[T any](in *request) (*T, error) {
	if len(in.body) == 0 {
		return nil, nil
	}
	v := new(T)
	return v, in.decode(v)
}

// derived returns what decodes a body of a type that others are derived from: B is the base's struct, R its interface.
func derived[B, R any](as func(any) (R, bool)) func(*request) (R, error) {
	return func(in *request) (R, error) {
		base, err := object[B](in)
		if base == nil || err != nil {
			var none R
			return none, err
		}
		v, _ := as(base)
		return v, nil
	}
}

// value decodes a body that is no struct.
func value[T any](in *request) (T, error) {
	var v T
	return v, in.decode(&v)
}

// content is a body that is no JSON.
func content(in *request) ([]byte, error) { return in.body, nil }

// text is a body that is text.
func text(in *request) (string, error) { return string(in.body), nil }

// reference decodes what $ref paths are sent: an address, in the body or in the query.
func reference(in *request) (graph.Reference, error) {
	v := struct {
		URL string `json:"@odata.id"`
	}{in.query.Get("@id")}
	if len(in.body) > 0 {
		if err := in.decode(&v); err != nil {
			return graph.Reference{}, err
		}
	}
	return graph.Reference{URL: v.URL, ID: lastKey(v.URL)}, nil
}

func (in *request) decode(into any) error {
	if err := json.Unmarshal(in.body, into); err != nil {
		return fmt.Errorf("the body cannot be read: %w", err)
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
