// Package graphtest is a fake of the service for tests of programs that use package graph: a [Server] that answers with
// what a test tells it to, as strict as the service about what it is sent, and a [Store] that answers from memory.
//
//	srv := graphtest.NewServer(t)
//	program(srv.Client()) // what is tested
//
// Nothing is sent over a network: the fake is the transport of its client, so that tests in a testing/synctest bubble
// take no time for retries and pauses. It is an http.Handler as well, for a server of net/http/httptest.
package graphtest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/templates/graph"
)

// Server answers calls with what handlers say. It is safe for concurrent use.
type Server struct {
	t       testing.TB
	root    *url.URL
	token   string // "": any
	lenient bool
	logs    bool // what is refused is logged
	schema  *schema
	routes  map[string][]*route // by the first segment
	// behind answers what has no handler; nil for nobody.
	behind backend

	mu       guard
	handlers []*Expected
	calls    []Call
	faults   []*Trouble
	places   map[string]place
	links    map[string]bool // to next pages, given out; see linkKey
	closed   bool
	log      testing.TB // nil: nobody reads it
}

// fake is a Server inside, and the transport of its clients. What it can do is nothing that a Store is to offer.
type fake Server

// backend answers operations without a handler.
type backend interface {
	// answer returns nil for what it cannot answer either.
	answer(ctx context.Context, in *request) *answer
}

// request is a call of an operation of the slice.
type request struct {
	server *fake
	op     *operation
	keys   []Key
	// path is below the service root, escaped and without a query; base is what stands before it: https://host/v1.0.
	path, base string
	query      url.Values
	header     http.Header
	body       []byte
	typed      any  // the body as a handler was given it
	isPart     bool // of a batch
}

// head is a header that was sent.
//
//go:noinline
func (in *request) head(name string) string { return in.header.Get(name) }

// option is the first value of an option of the query.
//
//go:noinline
func (in *request) option(name string) string { return first(in.odata(), name) }

// options are the query parsed.
//
//go:noinline
func (in *request) options() *Options { return readOptions(in.odata()) }

// An Option changes what NewServer and NewStore make.
type Option func(*Server)

// Lenient lets a program send what the service refuses.
func Lenient() Option { return func(s *Server) { s.lenient = true } }

// LogRefusals logs what the fake refuses, instead of failing the test, for tests of what a program does then.
func LogRefusals() Option { return func(s *Server) { s.logs = true } }

// Token is the only access token that is accepted; without the option any is.
func Token(token string) Option { return func(s *Server) { s.token = token } }

// NewServer returns a server that knows all operations of the slice and answers those that have a handler. When the
// test ends, it fails if a handler that was expected to be called was not.
func NewServer(t testing.TB, options ...Option) *Server {
	t.Helper()
	return newServer(t, tables{roots, types, enums, operations}, options)
}

// newServer returns a server of a slice.
func newServer(t testing.TB, slice tables, options []Option) *Server {
	t.Helper()
	root, err := url.Parse(serviceRoot)
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{t: t, root: root, schema: newSchema(slice), routes: map[string][]*route{}, places: map[string]place{},
		links: map[string]bool{}}
	for _, r := range newRoutes(slice.operations) {
		first := strings.ToLower(firstSegment(r.op.path))
		s.routes[first] = append(s.routes[first], r)
	}
	for _, option := range options {
		option(s)
	}
	t.Cleanup((*fake)(s).end)
	return s
}

// firstSegment is the text of a path up to what may be a parameter.
//
//go:noinline
func firstSegment(path string) string {
	path = strings.TrimPrefix(path, "/")
	if i := strings.IndexAny(path, "/({:"); i >= 0 {
		return path[:i]
	}
	return path
}

// end says what was expected and did not come.
func (s *fake) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for _, e := range s.handlers {
		if text := e.missing(); text != "" {
			s.t.Error(text)
		}
	}
	for _, t := range s.faults {
		if text := t.missing(); text != "" {
			s.t.Error(text)
		}
	}
}

// Client returns a client of the fake, with a token that it accepts.
func (s *Server) Client(options ...graph.ClientOption) *graph.Client {
	s.t.Helper()
	token := s.token
	if token == "" {
		token = "an-access-token"
	}
	all := append([]graph.ClientOption{graph.WithHTTPClient(s.HTTPClient())}, options...)
	client, err := graph.NewClient(graph.StaticToken(token), all...)
	if err != nil {
		s.t.Fatal(err)
	}
	return client
}

// HTTPClient returns an http.Client whose requests go to the fake, whatever their host, for programs that make their
// own client:
//
//	graph.NewClient(tokens, graph.WithHTTPClient(srv.HTTPClient()))
//
//go:noinline
func (s *Server) HTTPClient() *http.Client { return &http.Client{Transport: (*fake)(s)} }

// Calls returns the calls that arrived, in order. Those of a batch stand each for itself.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	calls := append([]Call(nil), s.calls...)
	s.mu.Unlock()
	return calls
}

// Log logs each call and its answer to a test from now on; nil ends that.
func (s *Server) Log(t testing.TB) {
	s.mu.Lock()
	s.log = t
	s.mu.Unlock()
}

// RoundTrip answers a request. Reset connections, and answers that are cut, are errors as of a network.
func (s *fake) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		body, err = io.ReadAll(r.Body)
		if closed := r.Body.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return nil, err
		}
	}
	a, err := s.serve(r, body)
	if ended := r.Context().Err(); ended != nil {
		err = ended
	}
	if err != nil {
		return nil, err
	}
	return a.response(r), nil
}

// ServeHTTP answers a request that came over a network.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client is gone
	}
	if r.URL.Host == "" {
		r.URL.Host, r.URL.Scheme = r.Host, "http"
		if r.TLS != nil {
			r.URL.Scheme = "https"
		}
	}
	a, err := (*fake)(s).serve(r, body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	a.write(w)
}

// serve answers a request. The error is that of a connection.
func (s *fake) serve(r *http.Request, body []byte) (*answer, error) {
	if place, ok := s.placeOf(r.URL); ok {
		in := &request{server: s, path: r.URL.EscapedPath(), base: r.URL.Scheme + "://" + r.URL.Host}
		return s.troubled(r.Context(), r.Method, in, func() *answer { return place(r, body) })
	}
	path, ok := strings.CutPrefix(r.URL.EscapedPath(), s.root.EscapedPath())
	if !ok {
		s.errorf("%s %s: this is not below the service root, %s", r.Method, r.URL.Path, s.root.Path)
		return failure(http.StatusNotFound, "UnknownPath", "The path is not below the service root."), nil
	}
	in := &request{
		server: s, path: path, base: r.URL.Scheme + "://" + r.URL.Host + s.root.EscapedPath(),
		header: r.Header, body: body,
	}
	in.query, _ = parseQuery(r.URL.RawQuery) // what cannot be read was not sent, as for net/http
	if in.path == batchPath && r.Method == http.MethodPost {
		return s.troubled(r.Context(), r.Method, in, func() *answer { return s.batch(r.Context(), in) })
	}
	return s.one(r.Context(), r.Method, in)
}

// one answers a single request and notes it.
func (s *fake) one(ctx context.Context, method string, in *request) (*answer, error) {
	s.route(method, in)
	a, err := s.troubled(ctx, method, in, func() *answer { return s.find(ctx, method, in) })
	if err != nil {
		s.note(method, in, 0)
		return nil, err
	}
	a.finish()
	s.note(method, in, a.status)
	return a, nil
}

// find finds who answers a request, whose operation is known if the slice has it.
func (s *fake) find(ctx context.Context, method string, in *request) *answer {
	if refused := s.authorized(method, in); refused != nil {
		return refused
	}
	if in.op == nil {
		s.errorf("%s %s: the slice has no such operation", method, in.path)
		return failure(http.StatusNotFound, "UnknownOperation", "The slice has no operation "+method+" "+in.path+".")
	}
	if !s.lenient {
		if err := in.check(); err != nil {
			s.refuse(method, in, err)
			return failure(http.StatusBadRequest, "BadRequest", err.Error())
		}
	}
	if e, handle := s.handler(in); handle != nil {
		return handle(ctx, in)
	} else if e != nil {
		s.errorf("%s %s: %s", method, in.path, e.exceeded())
		return failure(http.StatusNotImplemented, "NotExpected", "The call was not expected so often.")
	}
	if s.behind != nil {
		if a := s.behind.answer(ctx, in); a != nil {
			return a
		}
	}
	s.errorf("%s %s: nobody answers this call; add\n\t%s", method, in.path, in.op.line())
	return failure(http.StatusNotImplemented, "NotHandled", "The test has no handler for the call.")
}

// authorized refuses a request without an access token, or with another than the one that is expected.
func (s *fake) authorized(method string, in *request) *answer {
	token, ok := strings.CutPrefix(in.head("Authorization"), "Bearer ")
	switch {
	case s.lenient && s.token == "":
		return nil
	case !ok || token == "":
		s.refuse(method, in, errors.New("the call has no access token"))
		return failure(http.StatusUnauthorized, "InvalidAuthenticationToken", "Access token is empty.")
	case s.token != "" && token != s.token:
		s.refuse(method, in, errors.New("the call has another access token than the one that the test names"))
		return failure(http.StatusUnauthorized, "InvalidAuthenticationToken", "Access token validation failure.")
	}
	return nil
}

// route finds the operation that a request is for.
func (s *fake) route(method string, in *request) {
	plain, ok := plainPath(in.path)
	if !ok {
		return
	}
	in.op, in.keys, _ = find(s.routes[strings.ToLower(firstSegment(plain))], method, plain, in.query)
}

// refuse tells the test what the program should not have sent.
func (s *fake) refuse(method string, in *request, err error) {
	if s.logs {
		s.t.Logf("%s %s: %v", method, in.path, err)
		return
	}
	s.errorf("%s %s: %v", method, in.path, err)
}

// errorf fails the test, unless it is over: a goroutine that the test has left behind is nobody's any more.
func (s *fake) errorf(format string, args ...any) {
	s.mu.Lock()
	closed := s.closed
	s.mu.Unlock()
	if !closed {
		s.t.Errorf("graphtest: "+format, args...)
	}
}

// note keeps a call for Calls.
func (s *fake) note(method string, in *request, status int) {
	call := in.call(method)
	call.Status = status
	s.mu.Lock()
	s.calls = append(s.calls, *call)
	if s.log != nil && !s.closed {
		s.log.Logf("graphtest: %s %s: %d", method, in.path, status)
	}
	s.mu.Unlock()
}

// call is the request as handlers see it.
func (in *request) call(method string) *Call {
	c := &Call{
		Method: method, Path: in.path, Keys: in.keys, Options: *in.options(), Query: in.query, Header: in.header,
		Body: in.typed,
	}
	if in.op != nil {
		c.Operation = in.op.path
	}
	if plain, err := url.PathUnescape(in.path); err == nil {
		c.Path = plain
	}
	switch {
	case c.Body != nil || len(in.body) == 0:
	case isJSON(in.head("Content-Type")):
		c.Body = jsonText(in.body)
	default:
		c.Body = in.body
	}
	return c
}
