package faults_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	graph "github.com/graphslice/graphslice/generated/v1.0/graph"
)

// calls are one call of each method. PUT and HEAD, which the slices have none of, go through Do.
var calls = map[string]func(context.Context, *graph.Client) error{
	"GET": func(ctx context.Context, c *graph.Client) error {
		_, err := c.Chats().ByID("19:c").Get(ctx, nil)
		return err
	},
	"POST": func(ctx context.Context, c *graph.Client) error {
		_, err := c.Chats().Create(ctx, &graph.Chat{ChatType: graph.ChatTypeGroup, Topic: graph.Some("Budget")})
		return err
	},
	"POST without a body": func(ctx context.Context, c *graph.Client) error {
		_, err := c.Do(ctx, http.MethodPost, "/chats/19:c/completeMigration", nil, nil)
		return err
	},
	"PATCH": func(ctx context.Context, c *graph.Client) error {
		_, err := c.Chats().ByID("19:c").Update(ctx, &graph.Chat{Topic: graph.Some("Budget")})
		return err
	},
	"PUT": func(ctx context.Context, c *graph.Client) error {
		_, err := c.Do(ctx, http.MethodPut, "/chats/19:c/photo/$value", strings.NewReader("picture"), nil)
		return err
	},
	"DELETE": func(ctx context.Context, c *graph.Client) error { return c.Chats().ByID("19:c").Delete(ctx) },
	"HEAD": func(ctx context.Context, c *graph.Client) error {
		_, err := c.Do(ctx, http.MethodHead, "/chats/19:c", nil, nil)
		return err
	},
}

// all, repeatable and the others are the calls that a fault is retried for.
var (
	all        = []string{"GET", "POST", "POST without a body", "PATCH", "PUT", "DELETE", "HEAD"}
	repeatable = []string{"GET", "PUT", "DELETE", "HEAD"}
	reads      = []string{"GET"}
	none       []string
)

// TestFaults meets every call with every fault, and then with success. A call that is retried succeeds with the second
// request, which is the first one over again; another ends with the fault, and says whether it may have been carried out.
func TestFaults(t *testing.T) {
	faults := []struct {
		name    string
		step    http.HandlerFunc
		retried []string
		unknown bool // whether writes that are not retried may have been carried out
		calls   []string
	}{
		{"429", reply(429, ""), all, false, all},
		{"429 with seconds", reply(429, "", "Retry-After", "17"), all, false, all},
		{"429 with a date", reply(429, "", "Retry-After", "Wed, 01 May 2024 12:00:30 GMT"), all, false, all},
		{"429 with nonsense", reply(429, "", "Retry-After", "soon"), all, false, all},
		{"429 with a negative wait", reply(429, "", "Retry-After", "-1"), all, false, all},
		{"429 that asks for years", reply(429, "", "Retry-After", "99999999999999999999"), none, false, all},
		{"429 until the year 9999", reply(429, "", "Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"), none, false, all},
		{"503", reply(503, ""), repeatable, true, all},
		{"503 with seconds", reply(503, "", "Retry-After", "2"), all, false, all},
		{"503 with NaN", reply(503, "", "Retry-After", "NaN"), repeatable, true, all},
		{"503 with 1e309", reply(503, "", "Retry-After", "1e309"), repeatable, true, all},
		{"503 with a negative wait", reply(503, "", "Retry-After", "-5"), repeatable, true, all},
		{"502", reply(502, "<html>Bad Gateway</html>"), repeatable, true, all},
		{"504", reply(504, "", "Retry-After", "0"), repeatable, true, all},
		{"500", reply(500, ""), none, true, all},
		{"400", reply(400, ""), none, false, all},
		{"no answer", cutOff, repeatable, true, all},
		{"reset", resetConnection, repeatable, true, all},
		{"half an answer", half, reads, true, []string{"GET", "POST", "PATCH"}},
		{"packed answer that ends early", shortGzip, reads, true, []string{"GET", "POST", "PATCH"}},
	}
	for _, p := range protocols {
		for _, fault := range faults {
			for _, call := range fault.calls {
				t.Run(p.name+"/"+fault.name+"/"+call, func(t *testing.T) {
					s := &script{steps: []http.HandlerFunc{fault.step, fine}}
					client := newClient(t, serve(t, p, s))
					err := calls[call](t.Context(), client)
					seen := s.seen()
					if slices.Contains(fault.retried, call) {
						if err != nil || len(seen) != 2 || seen[0] != seen[1] {
							t.Errorf("error %v, bodies %q; want success with the second request, a copy of the first", err, seen)
						}
						return
					}
					unknown := fault.unknown && call != "GET" && call != "HEAD"
					if err == nil || len(seen) != 1 || errors.Is(err, graph.ErrOutcomeUnknown) != unknown {
						t.Errorf("error %v, ErrOutcomeUnknown %t, bodies %q; want one request, ErrOutcomeUnknown %t",
							err, errors.Is(err, graph.ErrOutcomeUnknown), seen, unknown)
					}
				})
			}
		}
	}
}

// TestDefaultWaits looks at the waits that the default policy proposes, without waiting.
func TestDefaultWaits(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{reply(429, ""), reply(503, "", "Retry-After", "7"), reply(504, ""), reply(502, "")}}
	var got []string
	policy := graph.RetryPolicy{Decide: func(e graph.RetryEvent) (time.Duration, bool) {
		text := fmt.Sprintf("%d %d %t ", e.Attempt, e.StatusCode, e.Again)
		switch first := time.Second << (e.Attempt - 1); {
		case e.StatusCode == 503:
			text += e.Delay.String()
		case e.Again && e.Delay >= first/2 && e.Delay <= first:
			text += "backoff"
		}
		got = append(got, text)
		return 0, e.Again
	}}
	err := calls["GET"](t.Context(), newClient(t, serve(t, protocols[0], s), graph.WithRetry(policy)))
	want := []string{"1 429 true backoff", "2 503 true 7s", "3 504 true backoff", "4 502 false "}
	if !slices.Equal(got, want) || err == nil || err.Error() != "GET /v1.0/chats/19:c: 502 Bad Gateway" {
		t.Errorf("decided on %q, error %v; want %q", got, err, want)
	}
}

// TestPolicyOfTheCaller replaces the rules: a POST that met a 504 is sent again since the caller says so, and a 429 is
// not; OnRetry sees what was decided.
func TestPolicyOfTheCaller(t *testing.T) {
	var told []graph.RetryEvent
	policy := graph.RetryPolicy{
		Decide:  func(e graph.RetryEvent) (time.Duration, bool) { return 0, e.StatusCode == 504 },
		OnRetry: func(e graph.RetryEvent) { told = append(told, e) },
	}
	s := &script{steps: []http.HandlerFunc{reply(504, "", "request-id", "r1"), reply(429, "", "request-id", "r2"), fine}}
	err := calls["POST"](t.Context(), newClient(t, serve(t, protocols[0], s), graph.WithRetry(policy)))
	if !errors.Is(err, graph.ErrThrottled) || !errors.Is(err, graph.ErrOutcomeUnknown) || len(s.seen()) != 2 {
		t.Errorf("error %v after %d requests, want ErrThrottled, and ErrOutcomeUnknown because of the first", err, len(s.seen()))
	}
	if len(told) != 1 || told[0].Err == nil {
		t.Fatalf("OnRetry was told %v", told)
	}
	told[0].Err = nil
	want := graph.RetryEvent{Method: "POST", Path: "/chats", Attempt: 1, StatusCode: 504, RequestID: "r1", OutcomeUnknown: true, Again: true}
	if told[0] != want {
		t.Errorf("OnRetry was told %+v, want %+v", told[0], want)
	}
}

// TestDeleteThatArrived: the answer to the first DELETE is lost, and the second finds nothing. The error is what the service
// says, and that the first may have done it.
func TestDeleteThatArrived(t *testing.T) {
	for _, p := range protocols {
		s := &script{steps: []http.HandlerFunc{cutOff, reply(404, `{"error":{"code":"NotFound","message":"No such chat."}}`)}}
		err := calls["DELETE"](t.Context(), newClient(t, serve(t, p, s)))
		if !errors.Is(err, graph.ErrNotFound) || !errors.Is(err, graph.ErrOutcomeUnknown) {
			t.Errorf("%s: error %v, want ErrNotFound and ErrOutcomeUnknown", p.name, err)
		}
		var e *graph.Error
		if !errors.As(err, &e) || !errors.Is(e, graph.ErrOutcomeUnknown) {
			t.Errorf("%s: the *Error has lost the mark", p.name)
		}
	}
}

// TestContextEndsEverything ends the context while the service is silent, in the middle of an answer or of an error, and in
// the wait before another attempt.
func TestContextEndsEverything(t *testing.T) {
	moments := []struct {
		name    string
		step    func(context.CancelFunc) http.HandlerFunc
		calls   []string
		unknown bool // of the writes
	}{
		{"silence", silent, all, true},
		{"stalled answer", func(context.CancelFunc) http.HandlerFunc { return stalled(0, chatBody[:9]) }, []string{"GET", "POST", "PATCH"}, true},
		{"stalled refusal", func(context.CancelFunc) http.HandlerFunc { return stalled(400, `{"error":`) }, all[:6], false},
		{"wait", func(context.CancelFunc) http.HandlerFunc { return reply(429, "", "Retry-After", "100") }, all, false},
	}
	for _, p := range protocols {
		for _, moment := range moments {
			for _, call := range moment.calls {
				t.Run(p.name+"/"+moment.name+"/"+call, func(t *testing.T) {
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					s := &script{steps: []http.HandlerFunc{moment.step(cancel)}}
					server := serve(t, p, s)
					// The default policy would wait 100 seconds; the test would not end if that went on.
					policy := graph.RetryPolicy{OnRetry: func(graph.RetryEvent) { cancel() }}
					options := []graph.ClientOption{graph.WithRetry(policy)}
					if strings.HasPrefix(moment.name, "stalled") {
						options = append(options, graph.WithHTTPClient(&http.Client{Transport: cancelAtAnswer{server.Client().Transport, cancel}}))
					}
					err := calls[call](ctx, newClient(t, server, options...))
					unknown := moment.unknown && call != "GET" && call != "HEAD"
					if !errors.Is(err, context.Canceled) || errors.Is(err, graph.ErrOutcomeUnknown) != unknown || len(s.seen()) != 1 {
						t.Errorf("error %v, ErrOutcomeUnknown %t, %d requests; want context.Canceled, %t, one",
							err, errors.Is(err, graph.ErrOutcomeUnknown), len(s.seen()), unknown)
					}
				})
			}
		}
	}
}

// cancelAtAnswer ends the context of a call when its answer has begun and before the body is read.
type cancelAtAnswer struct {
	http.RoundTripper
	cancel context.CancelFunc
}

func (c cancelAtAnswer) RoundTrip(r *http.Request) (*http.Response, error) {
	defer c.cancel()
	return c.RoundTripper.RoundTrip(r)
}

// TestDeadline: a deadline is told from a cancellation.
func TestDeadline(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{silent(func() {})}}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := calls["GET"](ctx, newClient(t, serve(t, protocols[0], s))); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want context.DeadlineExceeded", err)
	}
}
