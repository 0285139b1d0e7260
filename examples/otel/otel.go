// Package otel shows a client that is traced with OpenTelemetry: a span for each call, named after the path's template, and
// below it one for each request that goes out, which the service is told of.
package otel

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// NewClient returns a client that makes spans with a provider, such as otel.GetTracerProvider().
func NewClient(tokens graph.TokenSource, provider trace.TracerProvider, options ...graph.ClientOption) (*graph.Client, error) {
	transport := otelhttp.NewTransport(http.DefaultTransport,
		otelhttp.WithTracerProvider(provider),
		otelhttp.WithPropagators(propagation.TraceContext{}),
		otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string { return r.Method }),
	)
	return graph.NewClient(tokens, append([]graph.ClientOption{
		graph.WithHTTPClient(&http.Client{Transport: transport}),
		graph.WithTrace(Calls(provider.Tracer("github.com/graphslice/graphslice"))),
	}, options...)...)
}

// Calls makes a span of each call. Its name and attributes hold no key: the path is the template.
func Calls(tracer trace.Tracer) graph.TraceFunc {
	return func(ctx context.Context, call graph.CallInfo) (context.Context, func(graph.CallResult)) {
		ctx, span := tracer.Start(ctx, call.Method+" "+call.Path,
			trace.WithAttributes(semconv.URLTemplate(call.Path), attribute.String("graph.client_request_id", call.ClientRequestID)))
		return ctx, func(result graph.CallResult) {
			span.SetAttributes(attribute.Int("graph.attempts", result.Attempts), attribute.String("graph.request_id", result.RequestID))
			if result.Err != nil {
				span.SetStatus(codes.Error, http.StatusText(result.StatusCode)) // the error's text may hold keys
			}
			span.End()
		}
	}
}
