package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// resource is what every generated request builder holds: where its requests go. It is never changed; its methods
// return a changed copy. (A builder holds a pointer, so that the many small methods of builders stay small.)
type resource struct {
	client   *Client
	path     string        // below the service root, escaped, with a slash in front
	template string        // the path with the names of keys in place of keys, for logs
	needs    *needs        // what the call cannot do without; nil: nothing
	pause    time.Duration // between two calls, where the reference asks for one
	query    []pair        // the values of parameter aliases in path
	raw      *rawBody      // nil: the body is JSON, or there is none
	open     bool          // path ends with an address, which a colon has to end before anything follows
	err      error         // why nothing can be sent, found while the path was built
}

// at starts a path, such as "/things".
func (c *Client) at(path string) *resource { return &resource{client: c, path: path, template: path} }

// copied returns a copy, of a resource without a client if r is nil: that is what a builder holds that no client made.
func (r *resource) copied() *resource {
	if r == nil {
		return &resource{err: errNoClient}
	}
	next := *r
	return &next
}

// add appends a literal segment with its slash, such as "/members".
//
//go:noinline
func (r *resource) add(segment string) *resource { return r.addAs(segment, segment) }

// addAs appends a segment that holds what the caller gave, and what stands for it in the template.
func (r *resource) addAs(segment, template string) *resource {
	next := r.copied()
	if next.open {
		segment, template, next.open = ":"+segment, ":"+template, false
	}
	next.path += segment
	next.template += template
	return next
}

// root returns the address of the service; "" without a client.
func (r *resource) root() string {
	if r == nil || r.client.ready() != nil {
		return ""
	}
	return r.client.root.String()
}

// paced notes how long the reference asks to wait between two calls of an operation.
//
//go:noinline
func (r *resource) paced(pause time.Duration) *resource {
	next := r.copied()
	next.pause = pause
	return next
}

// fail records why nothing can be sent; the first reason stays.
func (r *resource) fail(err error) *resource {
	next := r.copied()
	next.err = cmp.Or(next.err, err)
	return next
}

const errNoClient = constError("the client is nil or was not made by NewClient")

// ready reports whether the client can send at all.
func (c *Client) ready() error {
	if c == nil || c.root == nil {
		return errNoClient
	}
	return nil
}

// The media types that are sent and asked for.
const (
	jsonType  = "application/json"
	textType  = "text/plain"
	octetType = "application/octet-stream"
	anyType   = "*/*"
)

// Names of headers in the form that an http.Header has them, which saves the way there.
const (
	requestID       = "Request-Id"
	clientRequestID = "Client-Request-Id"
)

// exchange is one request, ready to be sent as often as the retry policy allows.
type exchange struct {
	method   string
	template string // of the path, without keys
	pause    time.Duration
	lane     string // what calls with a pause are told apart by
	url      *url.URL
	header   http.Header // without Authorization, which every attempt gets anew
	body     *payload    // nil: none
	settings *callSettings
	reading  *reading
	streamed bool // the answer's body is handed on as it arrives
	// foreign: the request goes to another host, without a token.
	foreign bool
	// secret: the address itself lets write who knows it, so that errors do not show it.
	secret bool
	// isContent: the answer is raw content, which may come from another host.
	isContent bool

	attempts  int       // so far
	uncertain bool      // an attempt that failed may have been carried out all the same
	response  *Response // the last answer's; nil if none came
	token     secret    // what the last attempt was sent with
	claimed   secret    // the token that answers a claims challenge; nil if there was none
	// challenged: the token source has been asked for claims.
	challenged bool
}

// String returns what errors begin with: the method and the path, without the query.
func (x *exchange) String() string { return x.method + " " + x.path() }

// path is what errors show of the address.
func (x *exchange) path() string {
	if x.secret {
		return x.template
	}
	return x.url.EscapedPath()
}

// exchange prepares a request to the path with a query and the options of the call.
func (r *resource) exchange(method string, q query, opts []CallOption) (*exchange, error) {
	r = r.copied()
	x, err := r.prepare(method, q, opts)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, r.path, err)
	}
	if err := cmp.Or(r.unmet(q, x), r.raw.attach(x)); err != nil {
		return nil, err
	}
	return x, nil
}

func (r *resource) prepare(method string, q query, opts []CallOption) (*exchange, error) {
	if err := r.client.ready(); err != nil {
		return nil, err
	}
	s, err := settings(opts)
	if err := cmp.Or(r.err, q.err, err); err != nil {
		return nil, err
	}
	if s.noToken {
		return nil, errors.New("WithoutToken is for calls of Do")
	}
	u, err := url.Parse(r.client.root.String() + r.path + "?" + encodePairs(r.query, q.pairs, s.query))
	if err != nil {
		return nil, errors.New("the path is not part of a URL")
	}
	u.ForceQuery = false
	x := r.client.newExchange(method, r.template, u, s)
	if x.pause = r.pause; x.pause > 0 {
		x.lane = laneName(r.template, r.path)
	}
	return x, nil
}

// laneName returns what calls with a pause are told apart by: the path up to the segment behind the last key that
// others follow. Upper and lower case are the same, since they are in most keys, and it does no harm in others.
func laneName(template, path string) string {
	names, segments := strings.Split(template, "/"), strings.Split(path, "/")
	if len(names) != len(segments) {
		return strings.ToLower(path)
	}
	end := 1
	for i := range len(names) - 1 {
		if strings.Contains(names[i], "{") {
			end = i + 1
		}
	}
	return strings.ToLower(strings.Join(segments[:end+1], "/"))
}

// newExchange prepares a request to an address whose origin is known to be the client's. The template is what logs
// show of the address.
func (c *Client) newExchange(method, template string, u *url.URL, s *callSettings) *exchange {
	header := http.Header{"Accept": {jsonType}, "User-Agent": {c.userAgent}, clientRequestID: {newUUID()}}
	maps.Copy(header, s.header)
	return &exchange{method: method, template: template, url: u, header: header, settings: s, reading: c.reading}
}

// accept asks for another media type than JSON, unless an option of the call does.
func (x *exchange) accept(mediaType string) *exchange {
	if x.settings.header.Get("Accept") == "" {
		x.header.Set("Accept", mediaType)
	}
	return x
}

// send attaches a body, of the media type given unless an option of the call says another.
func (x *exchange) send(body *payload, mediaType string) *exchange {
	x.body = body
	if x.header.Get("Content-Type") == "" {
		x.header.Set("Content-Type", mediaType)
	}
	return x
}

// encodeBody attaches what an encoder writes; nothing if it is nil.
func (x *exchange) encodeBody(c *Client, body encoder) error {
	if body == nil {
		return nil
	}
	data, err := appendJSON(body, c.root.String())
	if err != nil {
		return fmt.Errorf("%s: the body cannot be sent: %w", x, err)
	}
	x.send(&payload{data: data}, jsonType)
	return nil
}

// getOne reads one value. An answer without a body is an error.
func getOne[T any](
	ctx context.Context, r *resource, options querier, decode func(*jsonReader) T, opts []CallOption,
) (T, error) {
	a, err := r.fetchOne(ctx, options, opts)
	if err != nil {
		var none T
		return none, err
	}
	return decodeAnswer(a, decode)
}

func (r *resource) fetchOne(ctx context.Context, options querier, opts []CallOption) (*received, error) {
	x, err := r.exchange(http.MethodGet, queryOf(options), opts)
	if err != nil {
		return nil, err
	}
	return r.client.fetch(ctx, x)
}

// getValue reads a value that stands alone, inside {"value": …}, or as text.
func getValue[T any](
	ctx context.Context, r *resource, options querier, decode func(*jsonReader) T, opts []CallOption,
) (T, error) {
	a, err := r.fetchValue(ctx, options, opts)
	if err != nil {
		var none T
		return none, err
	}
	return decodeAnswer(a, decode)
}

// getOpt reads a value that stands alone and may be null: that comes as null or without a body (OData 4.01, 11.2.4.1).
func getOpt[T any](
	ctx context.Context, r *resource, options querier, decode func(*jsonReader) T, opts []CallOption,
) (Opt[T], error) {
	a, err := r.fetchValue(ctx, options, opts)
	switch {
	case err != nil:
		return Opt[T]{}, err
	case a.isEmpty():
		return Null[T](), nil
	}
	value, err := decodeAnswer(a, decode)
	if err != nil {
		return Opt[T]{}, err
	}
	return Some(value), nil
}

// fetchValue reads what is no object.
func (r *resource) fetchValue(ctx context.Context, options querier, opts []CallOption) (*received, error) {
	x, err := r.exchange(http.MethodGet, queryOf(options), opts)
	if err != nil {
		return nil, err
	}
	a, err := r.client.fetch(ctx, x.accept(jsonType+", "+textType))
	if err != nil {
		return nil, err
	}
	return a.unwrapped(), nil
}

// send sends a body and returns the result. decode is nil if the operation answers without a body.
func send[T any](
	ctx context.Context, r *resource, method string, body encoder, decode func(*jsonReader) T, opts []CallOption,
) (*Result[T], error) {
	a, err := r.submit(ctx, method, body, opts)
	if err != nil {
		return unread[T](r.client, err), err
	}
	return newResult(r.client, a, decode)
}

// sendPage sends a body to an action that answers with a collection.
func sendPage[T any](
	ctx context.Context, r *resource, method string, body encoder, item func(*jsonReader) T, opts []CallOption,
) (*Page[T], error) {
	return fetchPage(ctx, r.action(method, body, opts), item)
}

// action sends a body for a page.
func (r *resource) action(method string, body encoder, opts []CallOption) start {
	return func(ctx context.Context) (*place, *received, error) {
		a, err := r.submit(ctx, method, body, opts)
		if err != nil {
			return nil, nil, err
		}
		return firstPlace(r.client, a.exchange, ""), a, nil
	}
}

// exec sends a request whose answer says no more than that it succeeded.
//
//go:noinline
func exec(ctx context.Context, r *resource, method string, body encoder, opts []CallOption) error {
	_, err := r.submit(ctx, method, body, opts)
	return err
}

// submit sends a body, or none, and reads the answer.
func (r *resource) submit(ctx context.Context, method string, body encoder, opts []CallOption) (*received, error) {
	x, err := r.exchange(method, query{}, opts)
	if err != nil {
		return nil, err
	}
	if err := x.encodeBody(r.client, body); err != nil {
		return nil, err
	}
	return r.client.fetch(ctx, x)
}
