package graph

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func retryAfterHeader(value string) map[string]string { return map[string]string{"Retry-After": value} }

func TestRetry(t *testing.T) {
	ok := reply{status: 200, body: `{"id":"1"}`}
	status := func(code int) reply { return reply{status: code} }
	after := func(code int, value string) reply { return reply{status: code, header: retryAfterHeader(value)} }
	tests := []struct {
		name    string
		method  string
		policy  RetryPolicy
		replies []reply
		waits   []time.Duration
		tries   int
		err     string
	}{
		{name: "success", replies: []reply{ok}, tries: 1},
		{name: "backoff", replies: []reply{status(429), status(503), status(504), ok}, tries: 4,
			waits: []time.Duration{1 * time.Second, 2 * time.Second, 4 * time.Second}},
		{name: "gives up", replies: []reply{status(503), status(503), status(503), status(503)}, tries: 4,
			waits: []time.Duration{1 * time.Second, 2 * time.Second, 4 * time.Second}, err: "GET /v1.0/gadgets: 503 Service Unavailable"},
		{name: "longest delay", policy: RetryPolicy{MaxRetries: 4, MinDelay: 2 * time.Second, MaxDelay: 5 * time.Second},
			replies: []reply{status(503), status(503), status(503), status(503), ok}, tries: 5,
			waits: []time.Duration{2 * time.Second, 4 * time.Second, 5 * time.Second, 5 * time.Second}},
		{name: "seconds", replies: []reply{after(429, "7"), ok}, tries: 2, waits: []time.Duration{7 * time.Second}},
		{name: "no seconds", replies: []reply{after(429, "0"), ok}, tries: 2, waits: []time.Duration{0}},
		{name: "date", replies: []reply{after(503, "Wed, 01 May 2024 12:00:30 GMT"), ok}, tries: 2, waits: []time.Duration{30 * time.Second}},
		{name: "date that is past", replies: []reply{after(503, "Wed, 01 May 2024 11:00:30 GMT"), ok}, tries: 2, waits: []time.Duration{0}},
		{name: "nonsense", replies: []reply{after(503, "soon"), ok}, tries: 2, waits: []time.Duration{time.Second}},
		{name: "negative", replies: []reply{after(503, "-5"), ok}, tries: 2, waits: []time.Duration{time.Second}},
		{name: "longer than allowed", replies: []reply{after(429, "181")}, tries: 1, err: "GET /v1.0/gadgets: 429 Too Many Requests"},
		{name: "for ever", replies: []reply{after(429, "99999999999999999999")}, tries: 1, err: "GET /v1.0/gadgets: 429 Too Many Requests"},
		{name: "dropped connection", replies: []reply{{drop: true}, ok}, tries: 2, waits: []time.Duration{time.Second}},
		{name: "bad gateway", replies: []reply{status(502), ok}, tries: 2, waits: []time.Duration{time.Second}},
		{name: "fault of the server", replies: []reply{status(500)}, tries: 1, err: "GET /v1.0/gadgets: 500 Internal Server Error"},
		{name: "not found", replies: []reply{status(404)}, tries: 1, err: "GET /v1.0/gadgets: 404 Not Found"},
		{name: "post throttled", method: "POST", replies: []reply{status(429), after(503, "5"), ok}, tries: 3,
			waits: []time.Duration{1 * time.Second, 5 * time.Second}},
		{name: "post that is not said to be unprocessed", method: "POST", replies: []reply{status(503)}, tries: 1,
			err: "POST /v1.0/gadgets: 503 Service Unavailable"},
		{name: "patch with a wait that is none", method: "PATCH", replies: []reply{after(503, "NaN")}, tries: 1,
			err: "PATCH /v1.0/gadgets: 503 Service Unavailable"},
		{name: "not a number", replies: []reply{after(503, "NaN"), ok}, tries: 2, waits: []time.Duration{time.Second}},
		{name: "exponent", replies: []reply{after(503, "1e309"), ok}, tries: 2, waits: []time.Duration{time.Second}},
		{name: "infinite", replies: []reply{after(503, "Inf"), ok}, tries: 2, waits: []time.Duration{time.Second}},
		{name: "hexadecimal", replies: []reply{after(503, "0x1p3"), ok}, tries: 2, waits: []time.Duration{time.Second}},
		{name: "two points", replies: []reply{after(503, "1.2.3"), ok}, tries: 2, waits: []time.Duration{time.Second}},
		{name: "parts of a second", replies: []reply{after(503, "1.5"), ok}, tries: 2, waits: []time.Duration{1500 * time.Millisecond}},
		{name: "digits without end", replies: []reply{after(429, strings.Repeat("9", 400))}, tries: 1, err: "GET /v1.0/gadgets: 429 Too Many Requests"},
		{name: "far date", replies: []reply{after(429, "Fri, 31 Dec 9999 23:59:59 GMT")}, tries: 1, err: "GET /v1.0/gadgets: 429 Too Many Requests"},
		{name: "date in an old form", replies: []reply{after(503, "Wednesday, 01-May-24 12:00:09 GMT"), ok}, tries: 2, waits: []time.Duration{9 * time.Second}},
		{name: "post that may have been processed", method: "POST", replies: []reply{status(504)}, tries: 1,
			err: "POST /v1.0/gadgets: 504 Gateway Timeout"},
		{name: "patch that may have been processed", method: "PATCH", replies: []reply{status(502)}, tries: 1,
			err: "PATCH /v1.0/gadgets: 502 Bad Gateway"},
		{name: "post whose connection dropped", method: "POST", replies: []reply{{drop: true}}, tries: 1, err: "POST /v1.0/gadgets: EOF"},
		{name: "put", method: "PUT", replies: []reply{{drop: true}, status(504), ok}, tries: 3,
			waits: []time.Duration{1 * time.Second, 2 * time.Second}},
		{name: "delete", method: "DELETE", replies: []reply{status(502), ok}, tries: 2, waits: []time.Duration{time.Second}},
		{name: "never", policy: RetryPolicy{MaxRetries: -1}, replies: []reply{status(429)}, tries: 1, err: "GET /v1.0/gadgets: 429 Too Many Requests"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.method == "" {
				test.method = "GET"
			}
			s := serve(t, test.replies...)
			s.client = s.newClient(t, WithRetry(test.policy))
			_, err := send(t.Context(), s.gadgets(), test.method, (&gadget{ID: "1"}).body(), readGadget, nil)
			if got := s.text(err); got != test.err {
				t.Errorf("error %q, want %q", got, test.err)
			}
			if diff := cmp.Diff(test.waits, s.waits); diff != "" {
				t.Errorf("waits: %s", diff)
			}
			if len(s.sent()) != test.tries {
				t.Fatalf("sent %d times, want %d", len(s.sent()), test.tries)
			}
			for _, again := range s.sent() {
				same := sent{test.method + " /v1.0/gadgets", s.sent()[0].header, `{"id":"1"}`}
				if diff := cmp.Diff(same, again, cmp.AllowUnexported(sent{})); diff != "" {
					t.Errorf("another attempt differs: %s", diff)
				}
			}
		})
	}
}

func TestNoRetry(t *testing.T) {
	for _, option := range []ClientOption{NoRetry, WithRetry(NoRetry)} {
		s := serve(t, reply{status: 429})
		s.client = s.newClient(t, option)
		if _, err := list(t.Context(), s.gadgets(), nil, readGadget, nil); !errors.Is(err, ErrThrottled) {
			t.Errorf("error %v, want ErrThrottled", err)
		}
		if diff := cmp.Diff([]string{"GET /v1.0/gadgets"}, s.lines()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestBackoffHasJitter(t *testing.T) {
	x := &exchange{method: "GET"}
	for _, test := range []struct {
		jitter float64
		want   time.Duration
	}{{0, 4 * time.Second}, {0.5, 3 * time.Second}, {1, 2 * time.Second}} {
		got, again := RetryPolicy{}.withDefaults().next(x, 2, &Error{StatusCode: 503}, test.jitter)
		if got != test.want || !again {
			t.Errorf("jitter %v: %v, %v, want %v", test.jitter, got, again, test.want)
		}
	}
}

func TestBackoff(t *testing.T) {
	const most = time.Duration(1<<63 - 1)
	for _, test := range []struct {
		first, longest time.Duration
		n              int
		want           time.Duration
	}{
		{1, 100, 0, 1}, {1, 100, 3, 8}, {1, 100, 7, 100}, {1, 100, 1000, 100}, {200, 100, 0, 100}, {1, most, 62, 1 << 62}, {1, most, 63, most},
	} {
		if got := backoff(test.first, test.longest, test.n); got != test.want {
			t.Errorf("backoff(%d, %d, %d) = %d, want %d", test.first, test.longest, test.n, got, test.want)
		}
	}
}

func TestWaitingToRetryStopsWithTheContext(t *testing.T) {
	s := serve(t, reply{status: 429, header: retryAfterHeader("5")})
	ctx, cancel := context.WithCancel(t.Context())
	s.client.wait = func(ctx context.Context, _ time.Duration) error {
		cancel()
		return sleep(ctx, time.Hour)
	}
	_, err := list(ctx, s.gadgets(), nil, readGadget, nil)
	if got, want := s.text(err), "context canceled while waiting to try again after GET /v1.0/gadgets: 429 Too Many Requests"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	if !errors.Is(err, context.Canceled) || !errors.Is(err, ErrThrottled) {
		t.Error("the error hides one of its causes")
	}
}

func TestCanceledCallIsNotRetried(t *testing.T) {
	s := serve(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := list(ctx, s.gadgets(), nil, readGadget, nil)
	if got, want := s.text(err), "GET /v1.0/gadgets: context canceled"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	if len(s.waits) > 0 {
		t.Error("it was tried again")
	}
}

func TestRefusedCertificateIsNotRetried(t *testing.T) {
	s := serve(t)
	secure := newTLSServer(t)
	s.client = s.newClient(t, WithServiceRoot(secure+"/v1.0"))
	_, err := list(t.Context(), s.gadgets(), nil, readGadget, nil)
	if err == nil || !strings.Contains(err.Error(), "certificate") || len(s.waits) > 0 {
		t.Errorf("error %v after %d waits, want one about the certificate at once", err, len(s.waits))
	}
}

func TestStreamsAreSentAgainIfTheyCanSeek(t *testing.T) {
	tests := []struct {
		name    string
		body    func() io.Reader
		replies []reply
		want    []string // bodies
		length  string
		err     string
	}{
		{name: "seeker", body: func() io.Reader { return strings.NewReader("content") },
			replies: []reply{{status: 503}, {status: 204}}, want: []string{"content", "content"}, length: "7"},
		{name: "seeker in the middle", body: func() io.Reader {
			r := bytes.NewReader([]byte("content"))
			r.Seek(3, io.SeekStart)
			return r
		}, replies: []reply{{status: 503}, {status: 204}}, want: []string{"tent", "tent"}, length: "4"},
		{name: "buffer", body: func() io.Reader { return bytes.NewBufferString("content") },
			replies: []reply{{status: 503}}, want: []string{"content"}, length: "7", err: "PUT /v1.0/gadgets/$value: 503 Service Unavailable"},
		{name: "reader", body: func() io.Reader { return io.MultiReader(strings.NewReader("con"), strings.NewReader("tent")) },
			replies: []reply{{status: 204}}, want: []string{"content"}},
		{name: "nothing", body: func() io.Reader { return strings.NewReader("") }, replies: []reply{{status: 503}, {status: 204}},
			want: []string{"", ""}, length: "0"},
		{name: "nil", body: func() io.Reader { return nil }, replies: []reply{{status: 503}, {status: 204}}, want: []string{"", ""}, length: "0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, test.replies...)
			err := sendStream(t.Context(), s.gadgets().add("/$value"), "PUT", "image/png", test.body(), nil)
			if got := s.text(err); got != test.err {
				t.Errorf("error %q, want %q", got, test.err)
			}
			var bodies []string
			for _, sent := range s.sent() {
				bodies = append(bodies, sent.body)
				if got := sent.header.Get("Content-Length"); got != test.length {
					t.Errorf("Content-Length %q, want %q", got, test.length)
				}
				if got := sent.header.Get("Content-Type"); got != "image/png" {
					t.Errorf("Content-Type %q", got)
				}
			}
			if diff := cmp.Diff(test.want, bodies); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestStreamIsTakenBack: an attempt that has been answered before it sent the whole body reads no more of it.
func TestStreamIsTakenBack(t *testing.T) {
	p := newStream(strings.NewReader("content"))
	first, _ := http.NewRequest("PUT", "http://h/", nil)
	second, _ := http.NewRequest("PUT", "http://h/", nil)
	if err := p.attach(first); err != nil {
		t.Fatal(err)
	}
	io.ReadFull(first.Body, make([]byte, 3))
	if err := p.attach(second); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(first.Body); len(rest) > 0 || err != io.ErrClosedPipe {
		t.Errorf("the first attempt read %q, %v", rest, err)
	}
	if whole, err := io.ReadAll(second.Body); string(whole) != "content" || err != nil {
		t.Errorf("the second attempt read %q, %v", whole, err)
	}
}
