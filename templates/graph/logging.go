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
// The path is the template, such as /things/{thing-id}/parts. Neither keys nor queries, bodies, tokens nor what a
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
