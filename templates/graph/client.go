package graph

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Client sends requests to one service root. It cannot be changed once made and is safe for concurrent use.
type Client struct {
	root      *url.URL // without a slash at its end, query, fragment and userinfo
	http      *http.Client
	outside   *http.Client // for other hosts, which get no token
	redirects RedirectPolicy
	reading   *reading
	// token is nil if there is none. It is a func, for fmt prints the fields of anything else.
	token func(context.Context) (string, error)
	// claims is nil if the source cannot answer a claims challenge.
	claims    func(ctx context.Context, claims string) (string, error)
	retry     RetryPolicy
	userAgent string
	spaced    spacing // nil: calls are not spaced
	step      batched // the step of a batch that the client sends for; nil for others
	maxBody   int64   // bytes of an answer that is read into memory
	// log is told of an attempt; nil if nobody reads it.
	log func(ctx context.Context, x *exchange, took time.Duration, err error)
	// trace begins a call, and is told its end; nil if nobody asks.
	trace func(context.Context, *exchange) (context.Context, func(error))

	// What follows is replaced in tests only.
	now    func() time.Time                           // for Retry-After dates
	jitter func() float64                             // in [0,1)
	wait   func(context.Context, time.Duration) error // returns early, with ctx's error, when ctx is done
}

// ClientOption is an option of NewClient. What is returned by the With… functions is one, and so is NoRetry.
type ClientOption interface{ apply(*Client) error }

// spacing waits until a request may be sent, and returns what to call when it has been answered. A package may lack
// what makes one.
type spacing func(ctx context.Context, c *Client, x *exchange) (done func(), err error)

// batched is the step of a batch that a client sends for. A package may lack batches.
type batched interface {
	comeAfter(context.Context) error // waits for the steps before it
	park() func()                    // counts it among those that wait, until the function returned is called
}

type clientOption func(*Client) error

func (o clientOption) apply(c *Client) error { return o(c) }

// maxBody is the largest answer that is read into memory unless WithMaxResponseBytes says otherwise. Those of Microsoft
// Graph are far smaller; the limit keeps a hostile or broken peer from exhausting the memory.
const maxBody = 64 << 20

// NewClient returns a client that authenticates with the tokens of a source. The source may be nil if the
// http.Client given authenticates by itself, as those of golang.org/x/oauth2 do.
//
// Tokens are sent to the scheme, host and port of the service root alone: a link, Location or redirect that
// points elsewhere is an error, and nothing is sent there, but for content that a store hands out without a token; see
// WithRedirects. An answer that is decoded may have 64 MiB at most, or what
// WithMaxResponseBytes says; streams may have any size.
func NewClient(tokens TokenSource, options ...ClientOption) (*Client, error) {
	c := &Client{
		http:      &http.Client{},
		retry:     RetryPolicy{}.withDefaults(),
		userAgent: "graphslice/" + generatorVersion,
		maxBody:   maxBody,
		reading:   &reading{memory: maxBody},
		now:       time.Now,
		jitter:    mathrand.Float64,
		wait:      sleep,
	}
	if tokens != nil {
		c.token = tokens.Token
	}
	if source, ok := tokens.(ClaimsTokenSource); ok {
		c.claims = source.TokenWithClaims
	}
	if err := WithServiceRoot(defaultServiceRoot).apply(c); err != nil {
		return nil, err
	}
	for _, option := range options {
		if option == nil {
			return nil, errors.New("NewClient: an option is nil")
		}
		if err := option.apply(c); err != nil {
			return nil, fmt.Errorf("NewClient: %w", err)
		}
	}
	c.guardRedirects()
	return c, nil
}

// WithHTTPClient sends requests through a client of the caller's. Its Transport, Jar and Timeout are used as they
// are, and its CheckRedirect is asked after the client's own rule that a redirect stays on the service's host.
// The http.Client itself is not changed.
//
//go:noinline
func WithHTTPClient(client *http.Client) ClientOption {
	return clientOption(func(c *Client) error {
		if client == nil {
			return errors.New("WithHTTPClient: the http.Client is nil")
		}
		copied := *client
		c.http = &copied
		return nil
	})
}

// WithServiceRoot sends requests to another address, such as a test server or a proxy. It includes the version:
// "http://127.0.0.1:8080/v1.0". Anything but a loopback address needs https. A query, a fragment and a user name are
// errors; a slash at the end makes no difference.
func WithServiceRoot(root string) ClientOption {
	return clientOption(func(c *Client) error {
		u, err := parseRoot(root)
		if err != nil {
			return fmt.Errorf("WithServiceRoot: %w", err)
		}
		c.root = u
		return nil
	})
}

// WithUserAgent puts the name of the program, such as "contoso-sync/1.4", in front of the User-Agent header.
func WithUserAgent(product string) ClientOption {
	return clientOption(func(c *Client) error {
		if product == "" || !validHeaderValue(product) {
			return fmt.Errorf("WithUserAgent: %q cannot be sent in a header", product)
		}
		c.userAgent = product + " graphslice/" + generatorVersion
		return nil
	})
}

// WithMaxResponseBytes limits answers that are read into memory, counted after they are unpacked. A larger one is an
// error. Streams, and what Do copies to an io.Writer, are not limited.
func WithMaxResponseBytes(n int64) ClientOption {
	return clientOption(func(c *Client) error {
		if n <= 0 || n == math.MaxInt64 {
			return fmt.Errorf("WithMaxResponseBytes: %d is no limit", n)
		}
		c.maxBody, c.reading.memory = n, n
		return nil
	})
}

// Format writes the service root, whatever the verb: what the client holds, its TokenSource above all, is not for logs.
func (c Client) Format(f fmt.State, _ rune) {
	root := "no service root"
	if c.root != nil {
		root = c.root.String()
	}
	_, _ = io.WriteString(f, "graph.Client("+root+")")
}

func parseRoot(root string) (*url.URL, error) {
	u, err := url.Parse(root)
	if err != nil {
		return nil, errors.New("the address is not a URL") // err would repeat what may hold a password
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	switch {
	case u.User != nil:
		return nil, errors.New("the address holds a user name; give credentials by a TokenSource or an http.Client")
	case u.Hostname() == "":
		return nil, fmt.Errorf("%q has no host; an address looks like %s", root, defaultServiceRoot)
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(root, "#"):
		return nil, fmt.Errorf("%q has a query or a fragment; give scheme, host and path alone", root)
	case u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())):
		return nil, fmt.Errorf("%q must start with https://; http is for loopback addresses", root)
	case hasDotSegment(path):
		return nil, fmt.Errorf("%q has a \".\" or \"..\" segment in its path", root)
	}
	return url.Parse(u.Scheme + "://" + u.Host + path)
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// origin returns what a token is bound to: scheme, host and port, in a form that can be compared.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[strings.ToLower(u.Scheme)]
	}
	return strings.ToLower(u.Scheme) + "://" + net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// checkOrigin refuses an address that requests, and with them tokens, must not go to.
// what is the thing that holds the address, such as "redirect".
func (c *Client) checkOrigin(what string, u *url.URL) error {
	if origin(u) != origin(c.root) {
		return fmt.Errorf("the %s points to %s://%s, but this client sends to %s://%s only",
			what, u.Scheme, u.Host, c.root.Scheme, c.root.Host)
	}
	if u.User != nil {
		return fmt.Errorf("the %s to %s holds a user name", what, u.Host)
	}
	return nil
}

// checkOutside refuses an address that even a request without a token must not go to.
func (c *Client) checkOutside(what string, u *url.URL) error {
	switch {
	case u.Hostname() == "":
		return fmt.Errorf("the %s is not a URL with a host", what)
	case u.User != nil:
		return fmt.Errorf("the %s to %s holds a user name", what, u.Host)
	case u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname()) && isLoopback(c.root.Hostname()):
		return nil
	}
	return fmt.Errorf("the %s points to %s://%s, which is not https", what, u.Scheme, u.Host)
}

// sleep waits for d or until ctx is done.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// newUUID returns a random UUID (version 4) in lower case.
func newUUID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	text := hex.AppendEncode(make([]byte, 0, 36), b[:4])
	for _, part := range [][]byte{b[4:6], b[6:8], b[8:10], b[10:]} {
		text = hex.AppendEncode(append(text, '-'), part)
	}
	return string(text)
}
