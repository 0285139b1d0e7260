// Package faults_test proves what a generated package does when things go wrong: with a service that throttles, fails, breaks
// off and lies, over real connections, and with many goroutines at once.
package faults_test

import (
	"cmp"
	"compress/gzip"
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	graph "github.com/graphslice/graphslice/generated/v1.0/graph"
)

const testToken = "eyJhbGciOiJub25lIn0.c2VjcmV0.c2lnbmF0dXJl"

// protocol is one way to talk to a server.
type protocol struct {
	name  string
	start func(*httptest.Server)
}

// protocols are those that a client of Microsoft Graph meets.
var protocols = []protocol{
	{"HTTP 1.1", (*httptest.Server).Start},
	{"HTTP 1.1 over TLS", (*httptest.Server).StartTLS},
	{"HTTP 2 over TLS", func(s *httptest.Server) {
		s.EnableHTTP2 = true
		s.StartTLS()
	}},
}

// serve starts a server. Its log, which is full of the faults made on purpose, goes nowhere.
func serve(t *testing.T, p protocol, handler http.Handler) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(handler)
	s.Config.ErrorLog = quiet
	p.start(s)
	t.Cleanup(s.Close)
	return s
}

// atOnce is the default policy without its waits.
func atOnce() graph.RetryPolicy {
	return graph.RetryPolicy{Decide: noWait}
}

func noWait(e graph.RetryEvent) (wait time.Duration, again bool) { return 0, e.Again }

// newClient returns a client for a server.
func newClient(t *testing.T, s *httptest.Server, options ...graph.ClientOption) *graph.Client {
	t.Helper()
	return newClientAt(t, s.URL, append([]graph.ClientOption{graph.WithHTTPClient(s.Client())}, options...)...)
}

// newClientAt returns a client for the server at an address.
func newClientAt(t *testing.T, address string, options ...graph.ClientOption) *graph.Client {
	t.Helper()
	base := []graph.ClientOption{graph.WithServiceRoot(address + "/v1.0"), graph.WithRetry(atOnce())}
	client, err := graph.NewClient(graph.StaticToken(testToken), append(base, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// script is a handler that does its steps in turn and counts the requests. It reads the bodies first: what follows
// happens to a request that has arrived.
type script struct {
	steps []http.HandlerFunc

	mu     sync.Mutex
	bodies []string
	lines  []string
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	n := len(s.bodies)
	s.bodies, s.lines = append(s.bodies, string(body)), append(s.lines, r.Method+" "+r.RequestURI)
	s.mu.Unlock()
	if n >= len(s.steps) {
		w.WriteHeader(http.StatusTeapot)
		return
	}
	s.steps[n](w, r)
}

// seen returns the bodies of the requests that came.
func (s *script) seen() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.bodies...)
}

// The steps of scripts.

const chatBody = `{"id":"19:c","chatType":"group","topic":"Budget"}`

func fine(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
		reply(http.StatusOK, chatBody)(w, r)
	case http.MethodPost:
		reply(http.StatusCreated, chatBody)(w, r)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// reply answers with a status, a body and headers in pairs.
func reply(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// cutOff closes the connection, or the stream of HTTP/2, without an answer.
func cutOff(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// resetConnection resets the connection under HTTP/1.1, where a handler can get hold of it.
func resetConnection(w http.ResponseWriter, _ *http.Request) {
	hijacker, ok := w.(http.Hijacker)
	if !ok {
		panic(http.ErrAbortHandler)
	}
	conn, _, err := hijacker.Hijack()
	if err != nil {
		return
	}
	reset(conn)
}

// reset closes a connection with a RST.
func reset(conn net.Conn) {
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// half sends the first half of an answer and closes the connection.
func half(w http.ResponseWriter, r *http.Request) {
	reply(success(r.Method), chatBody[:len(chatBody)/2])(w, r)
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

func success(method string) int {
	if method == http.MethodPost {
		return http.StatusCreated
	}
	return http.StatusOK
}

// shortGzip sends a packed answer that ends early, though the HTTP message is whole.
func shortGzip(w http.ResponseWriter, r *http.Request) {
	var packed packer
	z := gzip.NewWriter(&packed)
	_, _ = io.WriteString(z, chatBody)
	_ = z.Close()
	w.Header().Set("Content-Encoding", "gzip")
	w.WriteHeader(success(r.Method))
	_, _ = w.Write(packed[:len(packed)-12])
}

type packer []byte

func (p *packer) Write(b []byte) (int, error) {
	*p = append(*p, b...)
	return len(b), nil
}

// stalled begins an answer and goes on only when the client has gone. The status 0 is the one of success.
func stalled(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		reply(cmp.Or(status, success(r.Method)), body)(w, r)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
		panic(http.ErrAbortHandler) // or the answer would be whole
	}
}

// silent calls begun, and answers nothing, not even when the client has gone: that could still read an empty answer.
func silent(begun context.CancelFunc) http.HandlerFunc {
	return func(_ http.ResponseWriter, r *http.Request) {
		begun()
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	}
}

var quiet = log.New(io.Discard, "", 0)
