package faults_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	graph "github.com/graphslice/graphslice/generated/v1.0/graph"
)

// TestLogger reads what is logged of every kind of attempt: neither keys, queries, topics nor tokens are in it.
func TestLogger(t *testing.T) {
	var log bytes.Buffer
	s := &script{steps: []http.HandlerFunc{
		reply(503, "", "Retry-After", "0", "request-id", "r1"), fine, // GET
		reply(404, `{"error":{"code":"NotFound","message":"private topic"}}`, "request-id", "r3"), // GET
		cutOff, // POST
		half,   // POST
		fine,   // Do
	}}
	client := newClient(t, serve(t, protocols[0], s), graph.WithLogger(logTo(&log)))
	ctx := t.Context()
	chat := client.Chats().ByID("19:private@thread.v2")
	_, err1 := chat.Get(ctx, nil, graph.Query("$select", "private"))
	_, err2 := chat.Members().ByID("private-member").Get(ctx, nil)
	_, err3 := client.Chats().Create(ctx, &graph.Chat{Topic: graph.Some("private")})
	_, err4 := client.Chats().Create(ctx, &graph.Chat{Topic: graph.Some("private")})
	_, err5 := client.Do(ctx, "POST", "/chats/private/x?y=private", nil, nil)
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	_, err6 := chat.Get(canceled, nil)
	if err1 != nil || err2 == nil || err3 == nil || err4 == nil || err5 != nil || err6 == nil {
		t.Fatal(err1, err2, err3, err4, err5, err6)
	}
	want := `level=WARN msg="graph request" method=GET path=/chats/{chat-id} attempt=1 duration=D status=503 request_id=r1 error="Service Unavailable"
level=INFO msg="graph request" method=GET path=/chats/{chat-id} attempt=2 duration=D status=200 request_id=""
level=WARN msg="graph request" method=GET path=/chats/{chat-id}/members/{conversationMember-id} attempt=1 duration=D status=404 request_id=r3 error="Not Found"
level=WARN msg="graph request" method=POST path=/chats attempt=1 duration=D error="connection lost"
level=WARN msg="graph request" method=POST path=/chats attempt=1 duration=D status=201 request_id="" error="unreadable answer"
level=INFO msg="graph request" method=POST path=(raw) attempt=1 duration=D status=201 request_id=""
level=WARN msg="graph request" method=GET path=/chats/{chat-id} attempt=1 duration=D error=canceled
`
	if diff := cmp.Diff(want, regexp.MustCompile(`duration=\S+`).ReplaceAllString(log.String(), "duration=D")); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}

// logTo returns a logger that leaves out the time.
func logTo(log *bytes.Buffer) *slog.Logger {
	return slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
}

type spanKey struct{}

// TestTrace: a span around each call, whose context the token source and the transport see, in all attempts.
func TestTrace(t *testing.T) {
	var mu sync.Mutex
	var events []string
	note := func(text string) {
		mu.Lock()
		defer mu.Unlock()
		events = append(events, text)
	}
	span := func(ctx context.Context) string { return ctx.Value(spanKey{}).(string) }
	var ids []string
	trace := func(ctx context.Context, call graph.CallInfo) (context.Context, func(graph.CallResult)) {
		name := call.Method + " " + call.Path
		ids = append(ids, call.ClientRequestID)
		note("begin " + name)
		return context.WithValue(ctx, spanKey{}, name), func(r graph.CallResult) {
			note(strings.Join([]string{"end", name, http.StatusText(r.StatusCode), r.RequestID, strings.Repeat("+", r.Attempts)}, " "))
			if (r.Err == nil) != (r.StatusCode == 200 || r.StatusCode == 201) {
				t.Errorf("%s ended with %d and %v", name, r.StatusCode, r.Err)
			}
		}
	}
	var sent []string
	s := &script{steps: []http.HandlerFunc{
		reply(429, "", "request-id", "r1"), reply(200, `{"value":[],"@odata.nextLink":"/chats/private/members?$skip=1"}`, "request-id", "r2"),
		reply(404, "", "request-id", "r3"), cutOff,
	}}
	server := serve(t, protocols[0], s)
	source := graph.TokenFunc(func(ctx context.Context) (string, error) {
		note("token in " + span(ctx))
		return testToken, nil
	})
	transport := roundTripper(func(r *http.Request) (*http.Response, error) {
		note("sent in " + span(r.Context()))
		sent = append(sent, r.Header.Get("client-request-id"))
		return server.Client().Transport.RoundTrip(r)
	})
	client, err := graph.NewClient(source, graph.WithServiceRoot(server.URL+"/v1.0"), graph.WithRetry(atOnce()),
		graph.WithHTTPClient(&http.Client{Transport: transport}), graph.WithTrace(trace))
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range client.Chats().ByID("private").Members().All(t.Context(), nil) {
		if !errors.Is(err, graph.ErrNotFound) {
			t.Fatal(err)
		}
	}
	if err := calls["POST"](t.Context(), client); err == nil {
		t.Fatal("no error")
	}
	list, create := "GET /chats/{chat-id}/members", "POST /chats"
	want := []string{
		"begin " + list, "token in " + list, "sent in " + list, "token in " + list, "sent in " + list, "end " + list + " OK r2 ++",
		"begin " + list, "token in " + list, "sent in " + list, "end " + list + " Not Found r3 +",
		"begin " + create, "token in " + create, "sent in " + create, "end " + create + "   +",
	}
	if diff := cmp.Diff(want, events); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if len(ids) != 3 || !cmp.Equal(sent, []string{ids[0], ids[0], ids[1], ids[2]}) {
		t.Errorf("told the ids %q, sent %q", ids, sent)
	}
}

// TestObserversThatAreNone: what would fail in the middle of a call is refused when the client is made.
func TestObserversThatAreNone(t *testing.T) {
	for name, option := range map[string]graph.ClientOption{"WithLogger": graph.WithLogger(nil), "WithTrace": graph.WithTrace(nil)} {
		if _, err := graph.NewClient(nil, option); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	idle := func(context.Context, graph.CallInfo) (context.Context, func(graph.CallResult)) { return nil, nil }
	s := &script{steps: []http.HandlerFunc{fine}}
	if err := calls["GET"](t.Context(), newClient(t, serve(t, protocols[0], s), graph.WithTrace(idle))); err != nil {
		t.Error(err)
	}
}
