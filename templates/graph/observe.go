package graph

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"
)

// WithLogger writes one record for each attempt to send a request: method, path, attempt, duration, and as far as there
// was an answer, status and request_id; of a failure, error. The level is Info, or Warn if the attempt failed.
//
// The path is the template, such as /chats/{chat-id}/members. Neither keys nor queries, bodies, tokens nor what a
// service writes into its error messages are in a record.
func WithLogger(logger *slog.Logger) ClientOption {
	return clientOption(func(c *Client) error {
		if logger == nil {
			return errors.New("WithLogger: the logger is nil")
		}
		c.log = func(ctx context.Context, x *exchange, took time.Duration, err error) {
			level := slog.LevelInfo
			if err != nil {
				level = slog.LevelWarn
			}
			if logger.Enabled(ctx, level) {
				logger.LogAttrs(ctx, level, "graph request", attributes(x, took, err)...)
			}
		}
		return nil
	})
}

// attributes are what a record says about an attempt.
func attributes(x *exchange, took time.Duration, err error) []slog.Attr {
	attrs := append(make([]slog.Attr, 0, 7), slog.String("method", x.method), slog.String("path", x.template),
		slog.Int("attempt", x.attempts), slog.Duration("duration", took))
	if x.response != nil {
		attrs = append(attrs, slog.Int("status", x.response.StatusCode),
			slog.String("request_id", x.response.RequestID))
	}
	if err != nil {
		attrs = append(attrs, slog.String("error", failure(err)))
	}
	return attrs
}

// failure names the kind of an error: its text may hold keys.
func failure(err error) string {
	var answered *Error
	var lost *connectionError
	switch {
	case errors.Is(err, context.Canceled):
		return "canceled"
	case errors.Is(err, context.DeadlineExceeded):
		return "deadline exceeded"
	case errors.As(err, &answered) && answered.cause != nil:
		return "unreadable answer"
	case errors.As(err, &answered):
		return cmp.Or(http.StatusText(answered.StatusCode), "refused")
	case errors.As(err, &lost) && lost.sent:
		return "connection lost"
	case errors.As(err, &lost):
		return "no connection"
	}
	return "not sent"
}

// CallInfo is what is known of a call before it is sent.
type CallInfo struct {
	Method string
	// Path is the template of the path, such as "/chats/{chat-id}/members"; "(raw)" for calls of Do.
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
		c.trace = start
		return nil
	})
}

// startTrace begins a call; end is to be called with its error.
func (c *Client) startTrace(ctx context.Context, x *exchange) (traced context.Context, end func(error)) {
	traced, done := c.trace(ctx,
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
