package graph

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// RedirectPolicy says what becomes of a redirect to another host; see WithRedirects.
type RedirectPolicy int

const (
	// FollowContent is the default: what reads content (a stream, text, or Do into an io.Writer or *[]byte) follows a
	// redirect to another host over https, at most ten times, without the token and without the headers of the call.
	// That is how the service hands out files, photos and reports: by an address of a store that needs no token.
	// Nothing else follows.
	FollowContent RedirectPolicy = iota
	// RefuseRedirects follows no redirect to another host: each is a *RedirectError.
	RefuseRedirects
)

// WithRedirects sets what becomes of a redirect to another host. Redirects that stay at the service root's host are
// followed in any case, but for those after a POST, PATCH or DELETE that would make a GET of it.
func WithRedirects(policy RedirectPolicy) ClientOption {
	return clientOption(func(c *Client) error {
		if policy != FollowContent && policy != RefuseRedirects {
			return fmt.Errorf("WithRedirects: there is no policy %d", policy)
		}
		c.redirects = policy
		return nil
	})
}

// RedirectError is a redirect that was not followed. Nothing was sent to where it points.
type RedirectError struct {
	// Location is the address that the service gave, absolute. What is behind it may need no token: treat it as a
	// secret.
	Location string
	// StatusCode is the answer's, such as 302.
	StatusCode int

	reason string
}

// Error says where the redirect points to, without path and query, and why it was not followed.
func (e *RedirectError) Error() string { return e.reason }

// refusedRedirect tells the refusal of a redirect from a failed connection: trying again would not help.
type refusedRedirect struct{ error }

func (r refusedRedirect) Unwrap() error { return r.error }

// maxRedirects is what net/http allows by default, which a CheckRedirect of one's own replaces.
const maxRedirects = 10

// contentKey marks, in the context of a request, that its answer may come from elsewhere.
type contentKey struct{}

// guardRedirects puts the client's rules in front of the http.Client's own, and makes the client for other hosts.
func (c *Client) guardRedirects() {
	theirs := c.http.CheckRedirect
	c.http.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		answer, sent := req.Response, via[len(via)-1].Method
		switch err := c.checkOrigin("redirect", req.URL); {
		case !isSafe(sent) && answer.StatusCode == http.StatusSeeOther:
			return http.ErrUseLastResponse // the write is done; see seeOther
		case err != nil && req.Context().Value(contentKey{}) != nil:
			return http.ErrUseLastResponse // see followContent
		case err != nil:
			return refusedRedirect{&RedirectError{req.URL.String(), answer.StatusCode, err.Error()}}
		case len(via) >= maxRedirects:
			return refusedRedirect{fmt.Errorf("stopped after %d redirects", maxRedirects)}
		case req.Method != sent && answer.StatusCode != http.StatusSeeOther:
			// net/http turns the POST or DELETE that a 301 or 302 answers into a GET. Its success would look
			// like the success of what was never done, so such an answer is taken as the error it is.
			return http.ErrUseLastResponse
		case theirs == nil:
			return nil
		}
		err := theirs(req, via)
		if err != nil && err != http.ErrUseLastResponse {
			return refusedRedirect{err}
		}
		return err
	}
	c.outside = &http.Client{
		Transport: c.outsideTransport(), Timeout: c.http.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// outsideTransport is what requests to other hosts go through: the http.Client's own, unless it may be that which
// authenticates, since then it would send a token there.
func (c *Client) outsideTransport() http.RoundTripper {
	if _, plain := c.http.Transport.(*http.Transport); plain || c.token != nil {
		return c.http.Transport
	}
	return http.DefaultTransport
}

// content marks that the answer is raw content, which the service may hand out by a redirect to a store.
func (x *exchange) content() *exchange {
	x.isContent = isSafe(x.method)
	return x
}

// pointsElsewhere reports whether an answer is a redirect that net/http was told not to follow since it leads to
// another host.
func (c *Client) pointsElsewhere(resp *http.Response, x *exchange) bool {
	if !x.isContent || x.foreign || resp.StatusCode < 300 || resp.StatusCode >= 400 {
		return false
	}
	u, err := resp.Location()
	return err == nil && c.checkOrigin("redirect", u) != nil
}

// followContent reads from the store that a redirect points to. The token does not go along, and neither do the call's
// headers.
func (c *Client) followContent(ctx context.Context, resp *http.Response, x *exchange) (*http.Response, error) {
	for range maxRedirects {
		u, err := resp.Location()
		if err != nil {
			return resp, nil // an answer, whatever its status
		}
		if err := c.checkStore(u, resp.StatusCode); err != nil {
			resp.Body.Close()
			return nil, refusedRedirect{err}
		}
		resp.Body.Close()
		req, err := http.NewRequestWithContext(ctx, x.method, u.String(), nil)
		if err != nil {
			return nil, errors.New("the redirect has no address that can be asked")
		}
		req.Header.Set("Accept", anyType)
		req.Header.Set("User-Agent", c.userAgent)
		if resp, err = c.outside.Do(req); err != nil {
			return nil, fmt.Errorf("at %s: %w", u.Host, withoutURL(err))
		}
		if resp.StatusCode < 300 || resp.StatusCode >= 400 {
			return resp, nil
		}
	}
	resp.Body.Close()
	return nil, refusedRedirect{fmt.Errorf("stopped after %d redirects", maxRedirects)}
}

// checkStore returns why content is not read from an address; nil if it may be.
func (c *Client) checkStore(u *url.URL, status int) error {
	refuse := func(reason string) error { return &RedirectError{u.String(), status, reason} }
	switch {
	case c.redirects == RefuseRedirects:
		return refuse(c.checkOrigin("redirect", u).Error())
	}
	if err := c.checkOutside("redirect", u); err != nil {
		return refuse(err.Error())
	}
	return nil
}

// seeOther ends a write that was answered with 303: it is done, and what it made is at Location. Whatever the GET there
// answers, the write is not sent again.
func (c *Client) seeOther(ctx context.Context, resp *http.Response, x *exchange) (*received, error) {
	_, _ = io.CopyN(io.Discard, resp.Body, 64<<10) // so that the connection can be used again
	resp.Body.Close()
	done := &received{exchange: x, response: x.response, url: x.url.String()}
	link := c.locationOf(resp.Header)
	if link == "" {
		return done, nil
	}
	a, err := c.readCreated(ctx, x, link, resp.StatusCode)
	if err != nil {
		err = fmt.Errorf("%s: it was carried out, but what is at its Location cannot be read: %w", x, err)
		return nil, &carriedOutError{err, done}
	}
	x.response = a.response
	return &received{exchange: x, response: a.response, body: a.body, stream: a.stream, url: a.url}, nil
}

// readCreated gets what a 303 points to.
func (c *Client) readCreated(ctx context.Context, x *exchange, link string, status int) (*received, error) {
	u, err := url.Parse(link)
	if err != nil {
		return nil, errors.New("the Location is not a URL")
	}
	if err := c.checkOrigin("redirect", u); err != nil {
		return nil, &RedirectError{link, status, err.Error()}
	}
	next := c.newExchange(http.MethodGet, x.template+" (Location)", u, x.settings.follow())
	if next.streamed = x.streamed; next.streamed {
		next.accept(anyType)
	}
	return c.fetch(ctx, next)
}

// carriedOutError is the failure to read what a write has made. The write itself succeeded.
type carriedOutError struct {
	error
	answer *received // to the write
}

func (e *carriedOutError) Unwrap() error { return e.error }

func (e *carriedOutError) Is(target error) bool { return target == ErrCarriedOut }

// carriedOut returns the answer to the write if err says that the write was carried out, or nil.
func carriedOut(err error) *received {
	var done *carriedOutError
	if !errors.As(err, &done) {
		return nil
	}
	return done.answer
}
