package otel_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/graphslice/graphslice/examples/internal/fake"
	example "github.com/graphslice/graphslice/examples/otel"
	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// attributes returns those of a span that tests compare, as text.
func attributes(span tracetest.SpanStub) string {
	var texts []string
	for _, a := range span.Attributes {
		switch a.Key {
		case "http.request.method", "http.response.status_code":
			texts = append(texts, string(a.Key)+"="+a.Value.Emit())
		}
	}
	slices.Sort(texts)
	return strings.Join(texts, " ")
}

func TestSpans(t *testing.T) {
	service, spans := fake.NewGraph(t), tracetest.NewInMemoryExporter()
	provider := sdktrace.NewTracerProvider(sdktrace.WithSyncer(spans))
	client, err := example.NewClient(graph.StaticToken(fake.Token), provider, graph.WithServiceRoot(service.Root))
	if err != nil {
		t.Fatal(err)
	}
	ctx, parent := provider.Tracer("test").Start(t.Context(), "clean up")
	if err := client.Chats().ByID("19:secret").Delete(ctx); err != nil { // throttled once
		t.Fatal(err)
	}
	parent.End()

	var got []string
	for _, span := range spans.GetSpans() {
		got = append(got, fmt.Sprintf("%s: %s %s", span.Name, span.Status.Code, attributes(span)))
	}
	want := []string{
		"DELETE: Error http.request.method=DELETE http.response.status_code=429",
		"DELETE: Unset http.request.method=DELETE http.response.status_code=204",
		"clean up: Unset ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("spans:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	checkTrace(t, service, spans.GetSpans())
}

// checkTrace holds that all spans are of one trace, that the service was told of each, and that none has a token.
func checkTrace(t *testing.T, service *fake.Graph, spans tracetest.SpanStubs) {
	parent := spans[len(spans)-1].SpanContext
	for i, header := range service.Headers() {
		id := spans[i].SpanContext
		if want := fmt.Sprintf("00-%s-%s-01", parent.TraceID(), id.SpanID()); header.Get("Traceparent") != want {
			t.Errorf("request %d has the Traceparent %q, want %s", i, header.Get("Traceparent"), want)
		}
		if spans[i].Parent.SpanID() != parent.SpanID() {
			t.Errorf("span %d is not below the caller's", i)
		}
		if text := fmt.Sprintf("%v", spans[i]); strings.Contains(text, fake.Token) {
			t.Errorf("span %d has the token: %s", i, text)
		}
	}
}
