package graph

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// RetryPolicy says how a request that failed is tried again.
//
// What is tried again, and when:
//   - 429, whatever the method, and 503 with Retry-After: with these the service says that it did not process the
//     request;
//   - a connection that never stood, whatever the method;
//   - 502, 503, 504, lost connections and answers that break off, if the method is GET, HEAD, PUT or DELETE: sending
//     those twice does no harm, though a DELETE that did arrive is answered with 404 the second time. That error is
//     then both ErrNotFound and ErrOutcomeUnknown;
//   - an attempt that got no answer within TryTimeout, in the same way as a lost connection;
//   - nothing else: not 500, not a refused certificate, not when the context is done.
//
// Retry-After is obeyed. Without it the wait doubles from MinDelay to MaxDelay, less up to half of it by chance.
// A body that is an io.Reader is sent again only if it is an io.Seeker too.
type RetryPolicy struct {
	// MaxRetries is how often a request is sent again after the first time. 0 means 3; less than 0 means never.
	MaxRetries int
	// MinDelay is the first wait. 0 means one second.
	MinDelay time.Duration
	// MaxDelay is the longest wait. 0 means three minutes. If the service asks for more, the error is returned at
	// once, with the wait in RetryAfter.
	MaxDelay time.Duration
	// TryTimeout is how long an attempt may take until its answer has been read; for streams, until the answer begins.
	// A body that is an io.Reader is sent without a limit. 0 means 100 seconds; less than 0 means no limit.
	TryTimeout time.Duration

	// Decide, if set, is asked after every attempt that failed and has the last word on whether there is another, and
	// after which wait. event.Again and event.Delay are what the rules above say. It is not asked where another
	// attempt is impossible: the context is done, or the body cannot be sent again.
	Decide func(event RetryEvent) (wait time.Duration, again bool)
	// OnRetry, if set, is told of every further attempt, before the wait.
	OnRetry func(event RetryEvent)
}

// RetryEvent is an attempt that failed. The functions that are given one may be called by several goroutines at once.
type RetryEvent struct {
	Method string
	// Path is the template of the path, such as "/things/{thing-id}/parts"; "(raw)" for calls of Do.
	Path string
	// Attempt is 1 for the first.
	Attempt int
	// StatusCode and RequestID are the answer's; 0 and "" if none came.
	StatusCode int
	RequestID  string
	Err        error
	// OutcomeUnknown says that this attempt or one before may have been carried out (see ErrOutcomeUnknown).
	OutcomeUnknown bool
	// Again says whether there is another attempt, and Delay how long that waits.
	Again bool
	Delay time.Duration
}

// NoRetry turns retrying off: WithRetry(NoRetry), or simply NoRetry among the options of NewClient.
const NoRetry = noRetry(true)

// noRetry is a type of its own so that NoRetry can be a constant.
type noRetry bool

func (noRetry) policy() RetryPolicy { return RetryPolicy{MaxRetries: -1} }

func (n noRetry) apply(c *Client) error { return WithRetry(n).apply(c) }

func (p RetryPolicy) policy() RetryPolicy { return p }

// WithRetry sets how requests are tried again: by a RetryPolicy, or not at all by NoRetry.
func WithRetry(retry interface{ policy() RetryPolicy }) ClientOption {
	return clientOption(func(c *Client) error {
		policy, err := checkPolicy(retry)
		if err != nil {
			return fmt.Errorf("WithRetry: %w", err)
		}
		c.retry = policy
		return nil
	})
}

// checkPolicy fills in what a policy leaves open, and refuses what makes no sense.
func checkPolicy(retry interface{ policy() RetryPolicy }) (RetryPolicy, error) {
	if isNil(retry) {
		return RetryPolicy{}, errors.New("the policy is nil")
	}
	policy := retry.policy()
	if policy.MinDelay < 0 || policy.MaxDelay < 0 {
		return policy, errors.New("a delay is negative")
	}
	if policy = policy.withDefaults(); policy.MaxDelay < policy.MinDelay {
		return policy, errors.New("MaxDelay is less than MinDelay")
	}
	return policy, nil
}

// policy is how the call is tried again.
func (x *exchange) policy(c *Client) RetryPolicy {
	if x.settings.retry != nil {
		return *x.settings.retry
	}
	return c.retry
}

func (p RetryPolicy) withDefaults() RetryPolicy {
	if p.MaxRetries == 0 {
		p.MaxRetries = 3
	}
	if p.MinDelay == 0 {
		p.MinDelay = time.Second
	}
	if p.TryTimeout == 0 {
		p.TryTimeout = 100 * time.Second
	}
	if p.MaxDelay == 0 {
		p.MaxDelay = max(3*time.Minute, p.MinDelay)
	}
	return p
}

// again decides whether x is sent again after err, and tells who wants to know.
func (c *Client) again(ctx context.Context, x *exchange, err error) (time.Duration, bool) {
	if ctx.Err() != nil || !x.body.canRepeat() || carriedOut(err) != nil {
		return 0, false
	}
	retries := x.attempts - 1
	if x.challenged { // the repetition for a challenge is none for a failure
		retries--
	}
	policy := x.policy(c)
	delay, again := policy.next(x, retries, err, c.jitter())
	if policy.Decide == nil && (policy.OnRetry == nil || !again) {
		return delay, again
	}
	event := RetryEvent{Method: x.method, Path: x.template, Attempt: x.attempts, Err: err, OutcomeUnknown: x.uncertain,
		Again: again, Delay: delay}
	if x.response != nil {
		event.StatusCode, event.RequestID = x.response.StatusCode, x.response.RequestID
	}
	if policy.Decide != nil {
		event.Delay, event.Again = policy.Decide(event)
	}
	if event.Again && policy.OnRetry != nil {
		policy.OnRetry(event)
	}
	return event.Delay, event.Again
}

// next returns how long to wait before a request is sent again that was sent retries+1 times and ended with err;
// false if it is not to be sent again.
func (p RetryPolicy) next(x *exchange, retries int, err error, jitter float64) (time.Duration, bool) {
	if retries >= p.MaxRetries || !x.body.canRepeat() || !repeatable(x.method, err) {
		return 0, false
	}
	if delay, ok := retryAfter(err); ok {
		return delay, delay <= p.MaxDelay
	}
	delay := backoff(p.MinDelay, p.MaxDelay, retries)
	return delay - time.Duration(jitter*float64(delay)/2), true
}

// repeatable reports whether sending a request again after err makes sense and does no harm.
func repeatable(method string, err error) bool {
	if errors.As(err, new(*sharedError)) || carriedOut(err) != nil {
		return false
	}
	var answered *Error
	var lost *connectionError
	switch {
	case errors.As(err, &answered):
		return answered.temporary() && (isIdempotent(method) || answered.isUntouched())
	case errors.As(err, &lost):
		return lost.temporary() && (isIdempotent(method) || !lost.sent)
	}
	return false
}

// isIdempotent reports whether sending a request twice does what sending it once does.
func isIdempotent(method string) bool {
	return isSafe(method) || method == http.MethodPut || method == http.MethodDelete
}

// isSafe reports whether a request only reads.
func isSafe(method string) bool { return method == http.MethodGet || method == http.MethodHead }

// temporary reports whether another attempt may fare better.
func (e *connectionError) temporary() bool {
	var refused refusedRedirect
	var certificate *tls.CertificateVerificationError
	return !errors.As(e, &refused) && !errors.As(e, &certificate)
}

// temporary reports whether another attempt may fare better.
func (e *Error) temporary() bool {
	switch e.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	var lost *lostBody
	return errors.As(e.cause, &lost)
}

// isUntouched reports whether the service says with its answer that it did nothing.
func (e *Error) isUntouched() bool {
	switch e.StatusCode {
	case http.StatusServiceUnavailable:
		return e.hasRetryAfter
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusGatewayTimeout,
		http.StatusRequestTimeout, statusClientClosed:
		return false
	}
	// No statuses of HTTP: proxies say so of themselves.
	isProxy := e.StatusCode >= 520 && e.StatusCode < 530 || e.StatusCode >= 590
	return !isProxy && !e.uncertain
}

// statusClientClosed is what proxies answer or log when the client went away before an answer.
const statusClientClosed = 499

// mayBeDone reports whether an attempt that ended with err may have been carried out all the same.
func mayBeDone(method string, err error) bool {
	var answered *Error
	var lost *connectionError
	var shared *sharedError
	switch {
	case isSafe(method) || carriedOut(err) != nil:
		return false
	case errors.As(err, &shared):
		return shared.uncertain
	case errors.As(err, &answered):
		return !answered.isUntouched()
	}
	return errors.As(err, &lost) && lost.sent
}

// mark makes err, with which the call ends, ErrOutcomeUnknown if some attempt may have been carried out.
func (x *exchange) mark(err error) error {
	if !x.uncertain {
		return err
	}
	var answered *Error
	if errors.As(err, &answered) && !errors.As(err, new(*sharedError)) { // whose error other steps have as well
		answered.uncertain = true
		return err
	}
	return uncertainError{err}
}

// sharedError is the failure of a request for several calls, such as the steps of a batch, or of a part of its answer.
// The retry policy has been asked already, for the request as a whole.
type sharedError struct {
	error
	uncertain bool // the call may have been carried out
}

func (e *sharedError) Unwrap() error { return e.error }

// uncertainError is an error other than *Error with the mark.
type uncertainError struct{ error }

func (e uncertainError) Unwrap() error { return e.error }

func (e uncertainError) Is(target error) bool { return target == ErrOutcomeUnknown }

// retryAfter returns how long the service asked to wait, if it did.
func retryAfter(err error) (time.Duration, bool) {
	var answered *Error
	if !errors.As(err, &answered) || !answered.hasRetryAfter {
		return 0, false
	}
	return answered.RetryAfter, true
}

// parseRetryAfter reads a Retry-After header: seconds, or a date. A date that is past means no wait.
func parseRetryAfter(header http.Header, now time.Time) (time.Duration, bool) {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if date, err := http.ParseTime(value); err == nil {
		return max(date.Sub(now), 0), true
	}
	if strings.Trim(value, "0123456789.") != "" {
		return 0, false // what ParseFloat takes for more: signs, exponents, NaN
	}
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil && !math.IsInf(seconds, 1) { // digits without end are a number as well
		return 0, false
	}
	return time.Duration(min(seconds, math.MaxInt64/2/float64(time.Second)) * float64(time.Second)), true
}

// backoff returns first, doubled n times but at most longest.
func backoff(first, longest time.Duration, n int) time.Duration {
	for ; n > 0 && first <= longest/2; n-- {
		first *= 2
	}
	if n > 0 {
		return longest
	}
	return min(first, longest)
}
