package graph

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
)

// fetch sends the request until it succeeds or the retry policy gives up. An answer that is no success is an *Error.
func (c *Client) fetch(ctx context.Context, x *exchange) (a *received, err error) {
	if c.trace != nil {
		var end func(error)
		ctx, end = c.trace(ctx, x)
		defer func() { end(err) }()
	}
	for {
		done, err := c.turn(ctx, x)
		if err != nil {
			return nil, x.mark(err)
		}
		started := c.now()
		x.attempts++
		a, err := c.spacedAttempt(ctx, x, done)
		if c.log != nil {
			c.log(ctx, x, c.now().Sub(started), err)
		}
		if err == nil {
			return a, nil
		}
		again, err := c.challenge(ctx, x, err)
		if again {
			continue
		}
		x.uncertain = x.uncertain || mayBeDone(x.method, err)
		delay, again := c.again(ctx, x, err)
		if !again {
			return nil, x.mark(err)
		}
		if stopped := c.wait(ctx, delay); stopped != nil {
			return nil, x.mark(fmt.Errorf("%w while waiting to try again after %w", stopped, err))
		}
		if x.response != nil && x.response.StatusCode == http.StatusServiceUnavailable {
			c.http.CloseIdleConnections() // another connection may lead to another, healthier server
		}
	}
}

// open is fetch for an answer that is read as it arrives. The caller closes it.
func (c *Client) open(ctx context.Context, x *exchange) (io.ReadCloser, error) {
	x.streamed = true
	a, err := c.fetch(ctx, x.accept(anyType))
	if err != nil {
		return nil, err
	}
	return a.stream, nil
}

// turn waits until the request may be sent, and returns what to call when it has been answered.
func (c *Client) turn(ctx context.Context, x *exchange) (done func(), err error) {
	if c.spaced == nil || x.pause <= 0 {
		return func() {}, nil
	}
	return c.spaced(ctx, c, x)
}

// spacedAttempt is attempt for a call that others may wait for: they go on whatever becomes of it, a panic of the
// caller's TokenSource or Transport as well.
func (c *Client) spacedAttempt(ctx context.Context, x *exchange, done func()) (*received, error) {
	defer done()
	return c.attempt(ctx, x)
}

// attempt sends the request once.
func (c *Client) attempt(ctx context.Context, x *exchange) (*received, error) {
	x.response, x.token = nil, x.claimed
	if x.token == nil && !x.foreign {
		token, err := c.bearer(ctx)
		if err != nil {
			return nil, fmt.Errorf("%s: no access token: %w", x, err)
		}
		x.token = func() string { return token }
	}
	limit := x.startLimit(ctx, x.policy(c).TryTimeout)
	defer limit.end()
	var connection connection
	req, err := x.request(connection.watch(limit.ctx, x), x.token)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", x, err)
	}
	resp, err := c.clientFor(x).Do(req)
	if err == nil && c.pointsElsewhere(resp, x) {
		resp, err = c.followContent(limit.ctx, resp, x)
	}
	if err != nil {
		var redirect *RedirectError
		if errors.As(err, &redirect) {
			redirect.Location = withoutToken(redirect.Location, x.token)
		}
		err = withContext(ctx, hidden{limit.explain(withoutURL(err)), x.token})
		sent := !connection.failed() && !isDialError(err)
		return nil, &connectionError{error: fmt.Errorf("%s: %w", x, err), sent: sent}
	}
	c.note(x, resp)
	resp.Body = limit.watch(resp.Body)
	switch {
	case resp.StatusCode == http.StatusSeeOther && !isSafe(x.method) && !x.foreign:
		return c.seeOther(ctx, resp, x)
	case x.foreign && !x.settings.noToken && x.response.location != "" &&
		resp.StatusCode >= 300 && resp.StatusCode < 400:
		// where the operation that is asked has moved, or what it has made
	case resp.StatusCode < 200 || resp.StatusCode >= 300:
		return nil, c.refused(ctx, resp, x)
	case x.streamed:
		limit.handOn()
	}
	return c.receive(ctx, resp, x)
}

// clientFor is what the request goes through.
func (c *Client) clientFor(x *exchange) *http.Client {
	if x.foreign {
		return c.outside
	}
	return c.http
}

// note keeps what an answer says besides its body.
func (c *Client) note(x *exchange, resp *http.Response) {
	x.response = newResponse(resp, x)
	x.response.location = c.locationOf(resp.Header)
	for _, id := range []*string{&x.response.RequestID, &x.response.ClientRequestID} {
		*id = withoutToken(*id, x.token) // they are for logs
	}
	if x.settings.into != nil {
		*x.settings.into = *x.response
	}
}

// receive reads the answer of a success, or hands it on.
func (c *Client) receive(ctx context.Context, resp *http.Response, x *exchange) (*received, error) {
	a := &received{exchange: x, response: x.response, url: resp.Request.URL.String()}
	if x.streamed {
		a.stream = resp.Body
		return a, nil
	}
	defer resp.Body.Close()
	if err := unpack(resp, x); err != nil {
		return nil, a.unreadable(err)
	}
	body, err := readBody(resp, c.maxBody)
	a.body = body
	if err != nil {
		return nil, a.unreadable(withContext(ctx, err))
	}
	return a, nil
}

// refused returns the error for an answer that is no success.
func (c *Client) refused(ctx context.Context, resp *http.Response, x *exchange) error {
	defer resp.Body.Close()
	_ = unpack(resp, x)
	body, err := readBody(resp, maxErrorBody) // what has arrived is all there is to report
	e := x.newError(body)
	e.parse()
	e.hide(x.token)
	e.RetryAfter, e.hasRetryAfter = parseRetryAfter(resp.Header, c.now())
	if err != nil && ctx.Err() != nil {
		e.cause = withContext(ctx, err)
	}
	return e
}

// request makes the http.Request of one attempt.
func (x *exchange) request(ctx context.Context, token secret) (*http.Request, error) {
	if x.isContent {
		ctx = context.WithValue(ctx, contentKey{}, true)
	}
	req, err := http.NewRequestWithContext(ctx, x.method, "", nil) // the URL has been parsed before
	if err != nil {
		return nil, err
	}
	u := *x.url // a copy, since there are transports that change it
	req.URL, req.Host, req.Header = &u, u.Host, x.header.Clone()
	if token := token.text(); token != "" {
		req.Header["Authorization"] = []string{"Bearer " + token}
	}
	return req, x.body.attach(req)
}

// withoutURL takes off what net/http puts around its errors: the whole URL with its query.
func withoutURL(err error) error {
	var withURL *url.Error
	for errors.As(err, &withURL) {
		err = withURL.Err
	}
	return err
}

// withContext puts the context's error, if that is why something failed, where errors.Is sees it.
func withContext(ctx context.Context, err error) error {
	if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
		return fmt.Errorf("%w: %w", ended, err)
	}
	return err
}

// connection watches whether an attempt got one: a request without a connection cannot have arrived.
type connection struct{ wanted, got atomic.Bool }

// watch returns the context of an attempt. Where sending twice does no harm, nothing is watched.
func (c *connection) watch(ctx context.Context, x *exchange) context.Context {
	if isSafe(x.method) {
		return ctx
	}
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { c.wanted.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { c.got.Store(true) },
	})
}

// failed reports whether a connection was sought in vain. A transport that does not say what it does proves nothing.
func (c *connection) failed() bool { return c.wanted.Load() && !c.got.Load() }

// isDialError reports whether a connection could not be made.
func isDialError(err error) bool {
	var failed *net.OpError
	return errors.As(err, &failed) && failed.Op == "dial"
}

// connectionError is the failure to get any answer.
type connectionError struct {
	error
	sent bool // the request, or a part of it, may have arrived
}

func (e *connectionError) Unwrap() error { return e.error }
