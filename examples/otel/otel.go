// Package otel shows a client whose requests are traced with OpenTelemetry: every one that goes out is a span, and the
// service is told which.
package otel

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// NewClient returns a client that makes spans with a provider, such as otel.GetTracerProvider(). What is retried has a span
// for each try.
func NewClient(tokens graph.TokenSource, provider trace.TracerProvider, options ...graph.ClientOption) (*graph.Client, error) {
	transport := otelhttp.NewTransport(http.DefaultTransport,
		otelhttp.WithTracerProvider(provider),
		otelhttp.WithPropagators(propagation.TraceContext{}),
		otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string { return r.Method }), // no keys of users in names
	)
	return graph.NewClient(tokens, append([]graph.ClientOption{graph.WithHTTPClient(&http.Client{Transport: transport})}, options...)...)
}
