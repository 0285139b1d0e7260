package graph

import (
	"crypto/tls"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// RetryPolicy says how a request that failed is tried again.
//
// What is tried again, and when:
//   - 429 and 503, whatever the method: with these the service says that it did not process the request;
//   - 502, 504 and failed connections, if the method is GET, HEAD, PUT or DELETE: sending those twice does no harm,
//     though a DELETE that did arrive is answered with 404 the second time;
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
		if retry == nil {
			return errors.New("WithRetry: the policy is nil")
		}
		policy := retry.policy()
		if policy.MinDelay < 0 || policy.MaxDelay < 0 {
			return errors.New("WithRetry: a delay is negative")
		}
		c.retry = policy.withDefaults()
		if c.retry.MaxDelay < c.retry.MinDelay {
			return errors.New("WithRetry: MaxDelay is less than MinDelay")
		}
		return nil
	})
}

func (p RetryPolicy) withDefaults() RetryPolicy {
	if p.MaxRetries == 0 {
		p.MaxRetries = 3
	}
	if p.MinDelay == 0 {
		p.MinDelay = time.Second
	}
	if p.MaxDelay == 0 {
		p.MaxDelay = max(3*time.Minute, p.MinDelay)
	}
	return p
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
	if errors.As(err, new(*batchError)) {
		return false
	}
	var answered *Error
	if errors.As(err, &answered) {
		switch answered.StatusCode {
		case http.StatusTooManyRequests, http.StatusServiceUnavailable:
			return true
		case http.StatusBadGateway, http.StatusGatewayTimeout:
			return isIdempotent(method)
		}
		return false
	}
	var lost *connectionError
	return errors.As(err, &lost) && lost.temporary() && isIdempotent(method)
}

func isIdempotent(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete:
		return true
	}
	return false
}

// connectionError is the failure to get any answer.
type connectionError struct{ error }

func (e *connectionError) Unwrap() error { return e.error }

// temporary reports whether another attempt may fare better.
func (e *connectionError) temporary() bool {
	var refused refusedRedirect
	var certificate *tls.CertificateVerificationError
	return !errors.As(e, &refused) && !errors.As(e, &certificate)
}

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
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || !(seconds >= 0) {
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
