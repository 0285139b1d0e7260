package graph

import (
	"context"
	"errors"
)

// CallInfo is what is known of a call before it is sent.
type CallInfo struct {
	Method string
	// Path is the template of the path, such as "/things/{thing-id}/parts"; "(raw)" for calls of Do.
	Path string
	// ClientRequestID is this client's name for the request, sent with all its attempts.
	ClientRequestID string
}

// CallResult is how a call ended.
type CallResult struct {
	// StatusCode and RequestID are the last answer's; 0 and "" if none came.
	StatusCode int
	RequestID  string
	// Attempts is how often the request was sent.
	Attempts int
	// Err is nil for a success. Its text may hold keys.
	Err error
}

// TraceFunc is told when a call begins, and what it returns when the call ends. The context, which should be made from
// the one given, is what the TokenSource and the http.Client's Transport see. nil stands for no change, and nobody to
// tell.
type TraceFunc func(ctx context.Context, call CallInfo) (context.Context, func(CallResult))

// WithTrace lets a tracer put a span around each call: all attempts, and the waits between them, until the answer has
// been read, or for a stream until it begins. Every page is a call.
func WithTrace(start TraceFunc) ClientOption {
	return clientOption(func(c *Client) error {
		if start == nil {
			return errors.New("WithTrace: the function is nil")
		}
		c.trace = func(ctx context.Context, x *exchange) (context.Context, func(error)) {
			return startTrace(ctx, start, x)
		}
		return nil
	})
}

// startTrace begins a call; end is to be called with its error.
func startTrace(ctx context.Context, start TraceFunc, x *exchange) (traced context.Context, end func(error)) {
	traced, done := start(ctx,
		CallInfo{Method: x.method, Path: x.template, ClientRequestID: x.header.Get(clientRequestID)})
	if traced == nil {
		traced = ctx
	}
	return traced, func(err error) {
		if done == nil {
			return
		}
		result := CallResult{Attempts: x.attempts, Err: err}
		if x.response != nil {
			result.StatusCode, result.RequestID = x.response.StatusCode, x.response.RequestID
		}
		done(result)
	}
}
