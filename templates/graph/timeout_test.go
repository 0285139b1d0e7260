package graph

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// silent answers from the nth request on; before that it lets the client wait until that goes away.
func silent(n int32, answer string) http.HandlerFunc {
	var asked atomic.Int32
	return func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) < n {
			io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
			panic(http.ErrAbortHandler) // or the client could still read an empty answer
		}
		io.WriteString(w, answer)
	}
}

// short is long enough for an answer of a busy machine.
const short = 250 * time.Millisecond

func TestSilentServer(t *testing.T) {
	policy := RetryPolicy{TryTimeout: short, MinDelay: 1, MaxRetries: 1}
	for _, test := range []struct {
		name, method string
		answers      int32 // the request that is answered
		err          string
		unknown      bool
	}{
		{"read", "GET", 2, "", false},
		{"read without an answer", "GET", 3, "GET /v1.0/gadgets: no answer within 250ms (RetryPolicy.TryTimeout)", false},
		{"write", "POST", 2, "POST /v1.0/gadgets: no answer within 250ms (RetryPolicy.TryTimeout)", true},
		{"put", "PUT", 2, "", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, c := serveHandler(t, silent(test.answers, `{"id":"1"}`), WithRetry(policy))
			_, err := send(t.Context(), c.at("/gadgets"), test.method, nil, readGadget, nil)
			if errorText(err) != test.err || err != nil && errors.Is(err, ErrOutcomeUnknown) != test.unknown || errors.Is(err, context.Canceled) {
				t.Errorf("error %v, want %q", err, test.err)
			}
			var timeout net.Error
			if err != nil && (!errors.As(err, &timeout) || !timeout.Timeout()) {
				t.Errorf("%v is no timeout", err)
			}
		})
	}
}

// TestSlowStream: once a stream has begun, it may take its time; the body of an answer that is read into memory may not.
func TestSlowStream(t *testing.T) {
	begun := make(chan struct{})
	_, c := serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "begin, ")
		w.(http.Flusher).Flush()
		select {
		case <-begun:
			io.WriteString(w, "end")
		case <-r.Context().Done():
			panic(http.ErrAbortHandler) // or the client could still read the end of an answer
		}
	}, WithRetry(RetryPolicy{TryTimeout: short, MaxRetries: -1}))
	if _, err := getText(t.Context(), c.at("/x"), nil, nil); err == nil ||
		!strings.HasSuffix(err.Error(), "the answer cannot be read: no answer within 250ms (RetryPolicy.TryTimeout)") {
		t.Errorf("error %v", err)
	}
	r, err := getStream(t.Context(), c.at("/x"), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	timer := time.NewTimer(2 * short) // longer than an attempt may take
	<-timer.C
	close(begun)
	if text, err := io.ReadAll(r); string(text) != "begin, end" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}

// TestConnectionAfter503: the next try goes over another connection, which may lead to another server.
func TestConnectionAfter503(t *testing.T) {
	for status, want := range map[int]int{503: 2, 429: 1} {
		var mu sync.Mutex
		connections := map[string]int{}
		_, c := serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			isFirst := len(connections) == 0
			connections[r.RemoteAddr]++
			if isFirst {
				w.WriteHeader(status)
				return
			}
			io.WriteString(w, `{"id":"1"}`)
		}, WithRetry(RetryPolicy{MinDelay: 1}))
		if _, err := getOne(t.Context(), c.at("/gadgets"), nil, readGadget, nil); err != nil || len(connections) != want {
			t.Errorf("after %d: %v, %d connections, want %d", status, err, len(connections), want)
		}
	}
}

// TestRetryOfOneCall replaces the client's policy, for later pages too.
func TestRetryOfOneCall(t *testing.T) {
	patient := Retry(RetryPolicy{Decide: func(e RetryEvent) (time.Duration, bool) {
		return time.Second, e.Again || e.StatusCode == 404 && e.Attempt < 3
	}})
	page := `{"value":[{"id":"1"}],"@odata.nextLink":"{root}/gadgets?$skiptoken=2"}`
	s := serve(t, reply{status: 404}, reply{body: page}, reply{status: 404}, reply{body: `{"value":[{"id":"2"}]}`}, reply{status: 429})
	c := s.newClient(t, NoRetry)
	var ids []string
	for v, err := range all(t.Context(), c.at("/gadgets"), nil, readGadget, []CallOption{patient}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, v.ID)
	}
	if diff := cmp.Diff([]string{"1", "2"}, ids); diff != "" {
		t.Error(diff)
	}
	_, err := getOne(t.Context(), s.gadgets(), nil, readGadget, []CallOption{Retry(NoRetry)})
	if want := "GET /v1.0/gadgets: 429 Too Many Requests"; s.text(err) != want {
		t.Errorf("error %q, want %q", s.text(err), want)
	}
	for want, policy := range map[string]interface{ policy() RetryPolicy }{
		"GET /gadgets: Retry: the policy is nil":              nil,
		"GET /gadgets: Retry: a delay is negative":            RetryPolicy{MaxDelay: -1},
		"GET /gadgets: Retry: MaxDelay is less than MinDelay": RetryPolicy{MaxDelay: 1, MinDelay: 2},
	} {
		if _, err := getOne(t.Context(), s.gadgets(), nil, readGadget, []CallOption{Retry(policy)}); errorText(err) != want {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// TestAnswersThatSayNothing of whether a write was done.
func TestAnswersThatSayNothing(t *testing.T) {
	for status, want := range map[int]bool{
		400: false, 404: false, 409: false, 429: false, 501: false, 507: false,
		408: true, 499: true, 500: true, 502: true, 503: true, 504: true, 520: true, 524: true, 529: true, 530: false,
		590: true, 598: true, 599: true, 600: true, 999: true,
	} {
		s := serve(t, reply{status: status}, reply{status: status})
		c := s.newClient(t, NoRetry)
		_, err := send(t.Context(), c.at("/gadgets"), "POST", nil, readGadget, nil)
		if got := errors.Is(err, ErrOutcomeUnknown); got != want {
			t.Errorf("%d: the outcome is unknown: %v, want %v (%v)", status, got, want, err)
		}
		if _, err := getOne(t.Context(), c.at("/gadgets"), nil, readGadget, nil); errors.Is(err, ErrOutcomeUnknown) {
			t.Errorf("%d: %v", status, err)
		}
	}
}

// TestPanicBlocksNobody: what waits for a call of the same pace goes on when that call panics.
func TestPanicBlocksNobody(t *testing.T) {
	s := serve(t, reply{body: `{"id":"1"}`})
	c := s.newClient(t, WithPacing())
	tokens := c.token
	c.token = func(context.Context) (string, error) { panic("no luck") }
	paced := func(c *Client) *resource { return c.at("/gadgets").paced(time.Nanosecond) }
	func() {
		defer func() {
			if recover() == nil {
				t.Error("no panic")
			}
		}()
		_, _ = getOne(t.Context(), paced(c), nil, readGadget, nil)
	}()
	c.token = tokens
	if _, err := getOne(t.Context(), paced(c), nil, readGadget, nil); err != nil {
		t.Error(err)
	}
}

// TestPeerThatRepeatsTheToken: no error shows it, wherever the peer has put it.
func TestPeerThatRepeatsTheToken(t *testing.T) {
	for name, answer := range map[string]string{
		"status":     "HTTP/1.1 2x0 " + testToken + "\r\n\r\n",
		"reason":     "HTTP/1.1 400 " + testToken + "\r\nContent-Length: 0\r\n\r\n",
		"header":     "HTTP/1.1 400 Bad\r\nX-Token: " + testToken + "\r\nContent-Length: 0\r\n\r\n",
		"bad header": "HTTP/1.1 200 OK\r\n" + testToken + "\r\n\r\n",
		"location":   "HTTP/1.1 302 Found\r\nLocation: https://" + testToken + ".example/" + testToken + "\r\nContent-Length: 0\r\n\r\n",
		"raw":        "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n" + testToken,
		"unreadable": "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n\"" + testToken + "\"",
	} {
		t.Run(name, func(t *testing.T) {
			_, c := serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
				conn, _, err := w.(http.Hijacker).Hijack()
				if err != nil {
					panic(err)
				}
				defer conn.Close()
				io.WriteString(conn, answer)
			}, NoRetry)
			c.token = StaticToken(testToken).Token
			_, err := getOne(t.Context(), c.at("/gadgets"), nil, readGadget, nil)
			if err == nil {
				t.Fatal("no error")
			}
			shown := err.Error()
			var answered *Error
			if errors.As(err, &answered) {
				shown += string(answered.Raw) + strings.Join(answered.Header.Values("X-Token"), "")
			}
			var redirect *RedirectError
			if errors.As(err, &redirect) {
				shown += redirect.Location
			}
			if strings.Contains(shown, testToken) {
				t.Error(shown)
			}
		})
	}
}
