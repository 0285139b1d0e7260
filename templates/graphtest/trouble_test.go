package graphtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/graphslice/graphslice/templates/graph"
)

// onMe answers /me, and counts how often.
func onMe(s *Server, n *int) {
	get := func(context.Context, Call) (map[string]string, error) {
		*n++
		return map[string]string{"id": "alex"}, nil
	}
	on(s.at("/me"), "GET", answers([]Handler[map[string]string]{get}), entity)
}

func TestTrouble(t *testing.T) {
	reset := `Get "https://graph.microsoft.com/v1.0/me": read tcp: read: connection reset by peer`
	fine := `200 {"id":"alex"}`
	html := "502 <html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
	tests := map[string]struct {
		order func(*Server)
		want  []string // what three calls get
		ran   int      // how often the handler did
		told  []string
	}{
		"nothing":     {func(*Server) {}, []string{fine, fine, fine}, 3, nil},
		"reset":       {func(s *Server) { s.Fault(Reset).Next(2) }, []string{"0 " + reset, "0 " + reset, fine}, 1, nil},
		"always":      {func(s *Server) { s.Fault(Reset) }, []string{"0 " + reset, "0 " + reset, "0 " + reset}, 0, nil},
		"after":       {func(s *Server) { s.Fault(Reset).After().Next(1) }, []string{"0 " + reset, fine, fine}, 3, nil},
		"unreachable": {func(s *Server) { s.Fault(Unreachable).Next(1) }, []string{strings.NewReplacer("read tcp", "dial tcp", "read: connection reset by peer", "connect: connection refused").Replace("0 " + reset), fine, fine}, 2, nil},
		"cut":         {func(s *Server) { s.Fault(Cut).Next(1) }, []string{`200 {"id": unexpected EOF`, fine, fine}, 3, nil},
		"HTML":        {func(s *Server) { s.Fault(HTML).Next(1) }, []string{html, fine, fine}, 2, nil},
		"status": {func(s *Server) { s.Fault(Failure(&graph.Error{StatusCode: 503})).Next(1) },
			[]string{`503 {"error":{"code":"ServiceUnavailable","message":""}}`, fine, fine}, 2, nil},
		"throttled": {func(s *Server) { s.Throttle(1, time.Second) },
			[]string{`429 {"error":{"code":"TooManyRequests","message":"Too many requests."}}`, fine, fine}, 2, nil},
		"in turn":    {func(s *Server) { s.Fault(Reset).Next(1); s.Fault(HTML).Next(1) }, []string{"0 " + reset, html, fine}, 1, nil},
		"a place":    {func(s *Server) { s.Fault(Reset).On("GET", "/me").Next(1) }, []string{"0 " + reset, fine, fine}, 2, nil},
		"some place": {func(s *Server) { s.Fault(Reset).On("", "/m*").Next(1) }, []string{"0 " + reset, fine, fine}, 2, nil},
		"a share":    {func(s *Server) { s.Fault(HTML).Share(0.5, 5) }, []string{html, html, fine}, 1, nil},
		"elsewhere": {func(s *Server) { s.Fault(Reset).On("POST", "/me"); s.Fault(HTML).On("", "/orders/{order-id}").Next(3) }, []string{fine, fine, fine}, 3,
			[]string{"graphtest: the fault Reset for POST /me was ordered and there was no call (trouble_test.go:LINE)",
				"graphtest: the fault HTML for /orders/{order-id} was ordered 3 times and came never (trouble_test.go:LINE)"}},
		"too many": {func(s *Server) { s.Throttle(4, 0) }, slices.Repeat([]string{`429 {"error":{"code":"TooManyRequests","message":"Too many requests."}}`}, 3), 0,
			[]string{"graphtest: the fault Failure(429) was ordered 4 times and came 3 times (trouble_test.go:LINE)"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			srv, told := newTestServer(t)
			ran := 0
			onMe(srv, &ran)
			test.order(srv)
			for i, want := range test.want {
				status, body := send(t, srv, "GET", "/me", "")
				if got := fmt.Sprintf("%d %s", status, body); got != want {
					t.Errorf("call %d: %s\nwant %s", i, got, want)
				}
			}
			errs := told.end()
			for i, err := range errs {
				if before, _, ok := strings.Cut(err, "_test.go:"); ok {
					errs[i] = before + "_test.go:LINE)"
				}
			}
			if ran != test.ran || !slices.Equal(errs, test.told) {
				t.Errorf("the handler ran %d times, and the test is told %q", ran, errs)
			}
			if calls := srv.Calls(); len(calls) != 3 || calls[0].Operation != "/me" {
				t.Errorf("%+v", calls)
			}
		})
	}
}

// Keys and parts of batches.
func TestTroublePlaces(t *testing.T) {
	srv, told := newTestServer(t)
	srv.fine("DELETE")
	srv.Fault(HTML).On("DELETE", "/orders/1 2").Next(1)
	srv.Fault(Failure(&graph.Error{StatusCode: 500})).On("DELETE", "/orders/{order-id}").Next(1)
	var got []int
	for range 3 {
		status, _ := send(t, srv, "DELETE", "/orders/1%202", "", "If-Match", "*")
		got = append(got, status)
	}
	batch := `{"requests":[{"id":"1","method":"DELETE","url":"/orders/1","headers":{"If-Match":"*"}},{"id":"2","method":"DELETE","url":"/orders/2","headers":{"If-Match":"*"}}]}`
	statuses := func() {
		t.Helper()
		status, body := send(t, srv, "POST", "/$batch", batch)
		got = append(got, status)
		var all struct{ Responses []struct{ Status int } }
		_ = json.Unmarshal([]byte(body), &all)
		for _, r := range all.Responses {
			got = append(got, r.Status)
		}
	}
	srv.Throttle(1, time.Second)
	statuses()
	srv.Fault(HTML).Next(1)
	statuses()
	srv.Fault(Cut).On("DELETE", "/orders/2").Next(1)
	statuses()
	srv.Fault(Failure(&graph.Error{StatusCode: 504})).On("POST", "/$batch").Next(1)
	statuses()
	if want := []int{502, 500, 204, 200, 429, 204, 502, 200, 204, 502, 504}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if errs := told.end(); len(errs) > 0 {
		t.Error(errs)
	}
}

// What waits and tries again takes no time in a bubble.
func TestTroubleTakesNoTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		srv, _ := newTestServer(t)
		ran := 0
		onMe(srv, &ran)
		client, err := graph.NewClient(graph.StaticToken("t0ken"), graph.WithHTTPClient(srv.HTTPClient()))
		if err != nil {
			t.Fatal(err)
		}
		srv.Throttle(2, time.Minute)
		srv.Fault(Cut).Next(1)
		var me struct{ ID string }
		if _, err := client.Do(t.Context(), http.MethodGet, "/me", nil, &me); err != nil || me.ID != "alex" || ran != 2 {
			t.Errorf("%v %v after %d calls", me, err, ran)
		}
		if took := time.Since(start); took < 2*time.Minute {
			t.Errorf("it took %v", took)
		}
		srv.Fault(Slow(time.Hour))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start = time.Now()
		if _, err := client.Do(ctx, http.MethodGet, "/me", nil, &me); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

// A creation whose answer is lost may have been carried out.
func TestTroubleAfterCreation(t *testing.T) {
	for fault, want := range map[*Fault]bool{&Reset: true, &Cut: true, &Unreachable: false} {
		t.Run(fault.name, func(t *testing.T) {
			srv, _ := newTestServer(t)
			create := func(_ context.Context, _ Call, body json.RawMessage) (json.RawMessage, error) { return body, nil }
			on(srv.at("/orders"), "POST", takes([]BodyHandler[json.RawMessage, json.RawMessage]{create}, value), entity)
			srv.Fault(*fault).On("POST", "/orders").After()
			client, err := graph.NewClient(graph.StaticToken("t0ken"), graph.WithHTTPClient(srv.HTTPClient()), graph.NoRetry)
			if err != nil {
				t.Fatal(err)
			}
			_, err = client.Do(t.Context(), http.MethodPost, "/orders", map[string]string{"title": "t"}, new(json.RawMessage))
			if err == nil || errors.Is(err, graph.ErrOutcomeUnknown) != want {
				t.Errorf("%v", err)
			}
			if calls := srv.Calls(); len(calls) != 1 || string(calls[0].Body.(json.RawMessage)) != `{"title":"t"}` {
				t.Errorf("%+v", calls)
			}
		})
	}
}

// The same over a network.
func TestTroubleOverNetwork(t *testing.T) {
	srv, _ := newTestServer(t)
	ran := 0
	onMe(srv, &ran)
	server := httptest.NewServer(srv)
	defer server.Close()
	srv.Fault(Reset).Next(1)
	srv.Fault(Cut).Next(1)
	client, err := graph.NewClient(graph.StaticToken("t0ken"), graph.WithServiceRoot(server.URL+"/v1.0"), graph.NoRetry)
	if err != nil {
		t.Fatal(err)
	}
	var me struct{ ID string }
	for i, want := range []string{"EOF", "unexpected EOF", ""} {
		_, err := client.Do(t.Context(), http.MethodGet, "/me", nil, &me)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("call %d: %v, want %s", i, err, want)
		}
	}
	if ran != 2 || me.ID != "alex" {
		t.Errorf("%d, %v", ran, me)
	}
}

// A place may be named as the reference names it.
func TestTroublePlacesOfTheReference(t *testing.T) {
	srv, told := newTestServer(t, Lenient())
	srv.fine("POST")
	for _, place := range []string{"/orders/{id}/ship", "/orders/7/ship", "/orders/{order-id}/shop.ship", "/orders/*"} {
		srv.Fault(HTML).On("POST", place).Next(1)
	}
	var got []int
	for _, path := range []string{"/orders/7/shop.ship", "/orders/7/shop.ship", "/orders/7/ship", "/orders/7/shop.pack", "/orders/7/shop.ship"} {
		status, _ := send(t, srv, "POST", path, "{}")
		got = append(got, status)
	}
	if want := []int{502, 502, 502, 502, 204}; !slices.Equal(got, want) || len(told.end()) > 0 {
		t.Errorf("%v, want %v; %q", got, want, told.errors)
	}
}
