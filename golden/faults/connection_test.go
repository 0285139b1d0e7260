package faults_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	graph "github.com/graphslice/graphslice/generated/v1.0/graph"
)

// TestConnectionThatNeverStood: nothing listens at first. Every call is tried again, a POST as well, and arrives once.
func TestConnectionThatNeverStood(t *testing.T) {
	for _, call := range all {
		t.Run(call, func(t *testing.T) {
			address := freeAddress(t)
			s := &script{steps: []http.HandlerFunc{fine}}
			policy := graph.RetryPolicy{
				Decide: noWait,
				OnRetry: func(e graph.RetryEvent) {
					if e.OutcomeUnknown || e.StatusCode != 0 {
						t.Errorf("OnRetry was told %+v of a connection that never stood", e)
					}
					if e.Attempt == 2 {
						listen(t, address, s)
					}
				},
			}
			client := newClientAt(t, "http://"+address,
				graph.WithHTTPClient(&http.Client{Transport: &http.Transport{}}), graph.WithRetry(policy))
			if err := calls[call](t.Context(), client); err != nil || len(s.seen()) != 1 {
				t.Errorf("error %v, %d requests", err, len(s.seen()))
			}
		})
	}
}

// TestNothingListens: an error that says what happened, and that nothing can have happened at the service.
func TestNothingListens(t *testing.T) {
	for _, call := range all {
		retries := 0
		policy := graph.RetryPolicy{Decide: noWait, OnRetry: func(graph.RetryEvent) { retries++ }}
		client := newClientAt(t, "http://"+freeAddress(t),
			graph.WithHTTPClient(&http.Client{Transport: &http.Transport{}}), graph.WithRetry(policy))
		err := calls[call](t.Context(), client)
		var failed *net.OpError
		if !errors.As(err, &failed) || failed.Op != "dial" || errors.Is(err, graph.ErrOutcomeUnknown) || retries != 3 {
			t.Errorf("%s: error %v after %d retries", call, err, retries)
		}
	}
}

// freeAddress returns an address at which nothing listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// listen starts a server at an address.
func listen(t *testing.T, address string, handler http.Handler) {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Error(err)
		return
	}
	s := &http.Server{Handler: handler}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { s.Close() })
}

// TestHandshakeThatFails: the first connections break off during the TLS handshake, or what answers does not speak TLS. No
// call can have arrived, so each is tried again.
func TestHandshakeThatFails(t *testing.T) {
	spoilers := map[string]func(net.Conn){
		"reset": reset,
		"plain text": func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n")
			_ = c.Close()
		},
		"garbage after the hello": func(c net.Conn) {
			_, _ = c.Read(make([]byte, 4096))
			_, _ = io.WriteString(c, "\x16\x03\x03\x00\x04garb")
			_ = c.Close()
		},
	}
	for name, spoil := range spoilers {
		for _, call := range all {
			t.Run(name+"/"+call, func(t *testing.T) {
				s := &script{steps: []http.HandlerFunc{fine}}
				server := httptest.NewUnstartedServer(s)
				server.Config.ErrorLog = quiet
				server.Listener = &spoiledListener{Listener: server.Listener, spoil: spoil, left: 2}
				server.StartTLS()
				t.Cleanup(server.Close)
				if err := calls[call](t.Context(), newClient(t, server)); err != nil || len(s.seen()) != 1 {
					t.Errorf("error %v, %d requests", err, len(s.seen()))
				}
			})
		}
	}
}

// spoiledListener spoils the first connections.
type spoiledListener struct {
	net.Listener
	spoil func(net.Conn)
	left  int
}

func (l *spoiledListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil || l.left == 0 {
			return c, err
		}
		l.left--
		l.spoil(c)
	}
}

// TestCertificateOfAnother: a certificate that is not trusted ends the call at once.
func TestCertificateOfAnother(t *testing.T) {
	s := &script{}
	client := newClient(t, serve(t, protocols[2], s), graph.WithHTTPClient(&http.Client{}))
	for _, call := range all {
		err := calls[call](t.Context(), client)
		var wrong *tls.CertificateVerificationError
		if !errors.As(err, &wrong) || errors.Is(err, graph.ErrOutcomeUnknown) {
			t.Errorf("%s: error %v, want one about the certificate, and nothing done", call, err)
		}
	}
	if len(s.seen()) > 0 {
		t.Errorf("the server saw %d requests", len(s.seen()))
	}
}

// TestRefusedStreams: with HTTP/2 a server can say of a request that it did nothing with it, by REFUSED_STREAM or by a
// GOAWAY that leaves it out. net/http sends it again, whole, and the service carries it out once.
func TestRefusedStreams(t *testing.T) {
	const rstStream, goAway = 0x3, 0x7
	refusals := map[string]func(c net.Conn, stream uint32){
		"REFUSED_STREAM": func(c net.Conn, stream uint32) { writeFrame(c, rstStream, 0, stream, []byte{0, 0, 0, 7}) },
		"GOAWAY": func(c net.Conn, _ uint32) {
			writeFrame(c, goAway, 0, 0, make([]byte, 8)) // the last stream is 0, the error none
			_ = c.Close()
		},
	}
	for name, refuse := range refusals {
		t.Run(name, func(t *testing.T) {
			s := newFrameServer(t, refuse)
			transport := &http.Transport{Protocols: new(http.Protocols)}
			transport.Protocols.SetUnencryptedHTTP2(true)
			t.Cleanup(transport.CloseIdleConnections)
			client := newClientAt(t, "http://"+s.Addr().String(),
				graph.WithHTTPClient(&http.Client{Transport: transport}), graph.NoRetry)
			if err := calls["POST"](t.Context(), client); err != nil {
				t.Error(err)
			}
			const body = `{"chatType":"group","topic":"Budget"}`
			if got := s.wait(); !slices.Equal(got, []string{body, body}) {
				t.Errorf("the server read %q", got)
			}
		})
	}
}

// frameServer speaks as much HTTP/2 as it takes to refuse the first request and to answer the second with an empty 200.
type frameServer struct {
	net.Listener
	refuse func(net.Conn, uint32)
	count  atomic.Int32
	bodies chan string
}

func newFrameServer(t *testing.T, refuse func(net.Conn, uint32)) *frameServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	s := &frameServer{Listener: l, refuse: refuse, bodies: make(chan string, 8)}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(c)
		}
	}()
	return s
}

// wait returns the bodies of the two requests.
func (s *frameServer) wait() []string { return []string{<-s.bodies, <-s.bodies} }

func (s *frameServer) serve(c net.Conn) {
	defer c.Close()
	const data, headers, settings, endStream, ack = 0x0, 0x1, 0x4, 0x1, 0x1
	r := bufio.NewReader(c)
	_, _ = r.Discard(len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
	writeFrame(c, settings, 0, 0, nil)
	var body []byte
	for {
		head := make([]byte, 9)
		if _, err := io.ReadFull(r, head); err != nil {
			return
		}
		payload := make([]byte, int(head[0])<<16|int(head[1])<<8|int(head[2]))
		if _, err := io.ReadFull(r, payload); err != nil {
			return
		}
		kind, flags, stream := head[3], head[4], binary.BigEndian.Uint32(head[5:])
		switch {
		case kind == settings && flags&ack == 0:
			writeFrame(c, settings, ack, 0, nil)
		case kind == data:
			body = append(body, payload...)
		}
		if (kind != data && kind != headers) || flags&endStream == 0 {
			continue
		}
		s.bodies <- string(body)
		body = nil
		if s.count.Add(1) == 1 {
			s.refuse(c, stream)
			continue
		}
		const endHeaders, status200 = 0x4, 0x88
		writeFrame(c, headers, endHeaders|endStream, stream, []byte{status200})
	}
}

// writeFrame writes a frame of HTTP/2.
func writeFrame(w io.Writer, kind, flags byte, stream uint32, payload []byte) {
	frame := []byte{0, 0, byte(len(payload)), kind, flags}
	frame = binary.BigEndian.AppendUint32(frame, stream)
	_, _ = w.Write(append(frame, payload...))
}

// TestTimeoutOfTheHTTPClient: the timeout is for each attempt. A read is tried again; what may have arrived is not.
func TestTimeoutOfTheHTTPClient(t *testing.T) {
	gone := make(chan struct{}, 3)
	hang := func(_ http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		gone <- struct{}{}
		panic(http.ErrAbortHandler) // or the client could still read an empty answer
	}
	s := &script{steps: []http.HandlerFunc{hang, hang, hang}}
	server := serve(t, protocols[0], s)
	impatient := *server.Client()
	impatient.Timeout = 20 * time.Millisecond
	policy := graph.RetryPolicy{MaxRetries: 1, Decide: noWait}
	client := newClient(t, server, graph.WithHTTPClient(&impatient), graph.WithRetry(policy))
	for _, call := range []string{"POST", "GET"} {
		err := calls[call](t.Context(), client)
		var slow net.Error
		if !errors.As(err, &slow) || !slow.Timeout() || errors.Is(err, graph.ErrOutcomeUnknown) != (call == "POST") {
			t.Errorf("%s: error %v", call, err)
		}
	}
	for range s.steps {
		<-gone
	}
}

// TestStalledUpload: a body that does not come keeps no call from ending with its context.
func TestStalledUpload(t *testing.T) {
	for _, p := range protocols {
		t.Run(p.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			content, pipe := io.Pipe()
			server := serve(t, p, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				_, _ = io.ReadFull(r.Body, make([]byte, 7)) // what comes
				cancel()
				_, _ = io.Copy(io.Discard, r.Body) // until the client has gone
				panic(http.ErrAbortHandler)        // or the client could still read an empty answer
			}))
			go func() { _, _ = io.WriteString(pipe, "picture") }()
			_, err := newClient(t, server).Do(ctx, http.MethodPut, "/me/photo/$value", content, nil)
			if !errors.Is(err, context.Canceled) || !errors.Is(err, graph.ErrOutcomeUnknown) {
				t.Errorf("error %v, want context.Canceled and ErrOutcomeUnknown", err)
			}
			_ = pipe.Close()
		})
	}
}
