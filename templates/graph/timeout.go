package graph

import (
	"context"
	"fmt"
	"io"
	"time"
)

// tryLimit ends an attempt whose answer does not come in time, so that a silent server does not hold a call for ever.
type tryLimit struct {
	ctx     context.Context // of the attempt
	cancel  context.CancelCauseFunc
	timer   *time.Timer // nil: there is no limit
	handed  bool        // the answer is the caller's to read, and ends the attempt's context when it is closed
	timeout *tryTimeout // why the attempt was ended, if it was
}

// startLimit begins an attempt. What sends a stream may take its time.
func (x *exchange) startLimit(ctx context.Context, timeout time.Duration) *tryLimit {
	l := &tryLimit{timeout: &tryTimeout{timeout}}
	l.ctx, l.cancel = context.WithCancelCause(ctx)
	if timeout > 0 && (x.body == nil || x.body.stream == nil) {
		l.timer = time.AfterFunc(timeout, func() { l.cancel(l.timeout) })
	}
	return l
}

// end ends the attempt, unless its answer has been handed on.
func (l *tryLimit) end() {
	if !l.handed {
		l.stop()
		l.cancel(nil)
	}
}

func (l *tryLimit) stop() {
	if l.timer != nil {
		l.timer.Stop()
	}
}

// handOn leaves the answer to the caller, who may read it as slowly as he likes.
func (l *tryLimit) handOn() {
	l.stop()
	l.handed = true
}

// explain returns the reason for an error that the end of the attempt has caused.
func (l *tryLimit) explain(err error) error {
	if err != nil && err != io.EOF && context.Cause(l.ctx) == error(l.timeout) {
		return l.timeout
	}
	return err
}

// watch returns the body of an answer, whose errors say so if the attempt was ended, and whose Close ends it.
func (l *tryLimit) watch(body io.ReadCloser) io.ReadCloser { return &limitedBody{body, l} }

type limitedBody struct {
	io.ReadCloser
	limit *tryLimit
}

func (b *limitedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	return n, b.limit.explain(err)
}

func (b *limitedBody) Close() error {
	err := b.ReadCloser.Close()
	if b.limit.handed {
		b.limit.cancel(nil)
	}
	return err
}

// tryTimeout says that an attempt took too long. It is a timeout as those of package net.
type tryTimeout struct{ limit time.Duration }

func (e *tryTimeout) Error() string {
	return fmt.Sprintf("no answer within %v (RetryPolicy.TryTimeout)", e.limit)
}

func (e *tryTimeout) Timeout() bool { return true }

func (e *tryTimeout) Temporary() bool { return true }
