package otel_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/graphslice/graphslice/examples/internal/fake"
	example "github.com/graphslice/graphslice/examples/otel"
	"github.com/graphslice/graphslice/generated/v1.0/graph"
	"github.com/graphslice/graphslice/generated/v1.0/graphtest"
)

// attributes returns those of a span that are the same in each run, as text.
func attributes(span tracetest.SpanStub) string {
	var texts []string
	for _, a := range span.Attributes {
		switch a.Key {
		case "http.response.status_code", "url.template", "graph.attempts", "graph.request_id":
			texts = append(texts, fmt.Sprintf("%s=%s", a.Key, a.Value.Emit()))
		}
	}
	slices.Sort(texts)
	return strings.Join(texts, " ")
}

// TestSpans makes two calls of which the first is throttled once, and the second is of what is not there.
func TestSpans(t *testing.T) {
	service, spans := fake.NewGraph(t), tracetest.NewInMemoryExporter()
	service.Fault(graphtest.Failure(&graph.Error{StatusCode: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"0"}}})).Next(1)
	provider := sdktrace.NewTracerProvider(sdktrace.WithSyncer(spans))
	client, err := example.NewClient(graph.StaticToken(fake.Token), provider, graph.WithServiceRoot(service.Root))
	if err != nil {
		t.Fatal(err)
	}
	ctx, parent := provider.Tracer("test").Start(t.Context(), "clean up")
	if err := client.Chats().ByID(chatID).Delete(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Chats().ByID(chatID).Members().List(ctx, nil); !errors.Is(err, graph.ErrNotFound) {
		t.Fatal(err)
	}
	parent.End()

	var got []string
	for _, span := range spans.GetSpans() { // in the order in which they end
		got = append(got, fmt.Sprintf("%s: %s %s", span.Name, span.Status.Code, attributes(span)))
	}
	want := []string{
		"DELETE: Error http.response.status_code=429",
		"DELETE: Unset http.response.status_code=204",
		"DELETE /chats/{chat-id}: Unset graph.attempts=2 graph.request_id=" + fake.RequestID + " url.template=/chats/{chat-id}",
		"GET: Error http.response.status_code=404",
		"GET /chats/{chat-id}/members: Error graph.attempts=1 graph.request_id=" + fake.RequestID + " url.template=/chats/{chat-id}/members",
		"clean up: Unset ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
	checkTrace(t, service, spans.GetSpans())
}

const chatID = "19:secret@thread.v2"

// checkTrace holds that requests are below their calls and calls below the caller's span, that the service was told of each
// request, and that no span has a token or, but for the address of a request, a key.
func checkTrace(t *testing.T, service *fake.Graph, spans tracetest.SpanStubs) {
	caller := spans[len(spans)-1].SpanContext
	parents := map[int]trace.SpanID{
		0: spans[2].SpanContext.SpanID(), 1: spans[2].SpanContext.SpanID(), 2: caller.SpanID(),
		3: spans[4].SpanContext.SpanID(), 4: caller.SpanID(),
	}
	for i, parent := range parents {
		if spans[i].Parent.SpanID() != parent || spans[i].SpanContext.TraceID() != caller.TraceID() {
			t.Errorf("span %d (%s) is in the wrong place", i, spans[i].Name)
		}
	}
	for i, span := range []int{0, 1, 3} {
		want := fmt.Sprintf("00-%s-%s-01", caller.TraceID(), spans[span].SpanContext.SpanID())
		if got := service.Calls()[i].Header.Get("Traceparent"); got != want {
			t.Errorf("request %d has the Traceparent %q, want %s", i, got, want)
		}
	}
	for i, span := range spans {
		text := fmt.Sprintf("%+v", span)
		if strings.Contains(text, fake.Token) || strings.Contains(text, chatID) && spans[i].SpanKind != trace.SpanKindClient {
			t.Errorf("span %d holds a token or a key: %s", i, text)
		}
	}
}
