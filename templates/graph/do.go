package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// Do sends a request that this package has no method for, with the client's authentication, retries and errors.
//
// path is below the service root, such as "/me/messages?$top=5", or an absolute URL of the service root's host, or of
// any with WithoutToken. A query in it is sent as it is; a segment "." or ".." is an error. A # is taken for a part of
// a key.
//
// in is the body: nil for none; a model of this package, whose binds follow this client's service root; json.RawMessage
// or []byte as they are; an io.Reader, sent as application/octet-stream unless a Header says otherwise; and anything
// else as encoding/json has it (models inside of it then bind to the default service root).
//
// out takes the answer: nil ignores it; *json.RawMessage and *[]byte get it as it is; an io.Writer gets it as it
// arrives, whatever its size; anything else is decoded as JSON. An answer without a body leaves out as it was.
//
// The Response is nil if no answer came. An answer that is no success is an *Error.
func (c *Client) Do(ctx context.Context, method, path string, in, out any, opts ...CallOption) (*Response, error) {
	x, err := c.rawExchange(method, path, in, opts)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, pathOnly(path), err)
	}
	switch target := out.(type) {
	case io.Writer:
		err = c.copyTo(ctx, target, x)
	case nil:
		err = c.ignoreAnswer(ctx, x)
	case *[]byte:
		err = c.fetchInto(ctx, target, x.accept(anyType).content())
	default:
		err = c.fetchInto(ctx, target, x)
	}
	return x.response, err
}

// rawTemplate is what logs show of the path of Do, which may hold keys anywhere.
const rawTemplate = "(raw)"

// pathOnly returns what an error shows of a path that may be an absolute URL: no query and no user name.
func pathOnly(path string) string {
	path, _, _ = strings.Cut(path, "?")
	if scheme, rest, absolute := strings.Cut(path, "://"); absolute {
		host, rest, _ := strings.Cut(rest, "/")
		return scheme + "://" + host[strings.LastIndexByte(host, '@')+1:] + "/" + rest
	}
	return path
}

// rawExchange prepares the request of Do.
func (c *Client) rawExchange(method, path string, in any, opts []CallOption) (*exchange, error) {
	if err := c.ready(); err != nil {
		return nil, err
	}
	if !isToken(method) {
		return nil, errors.New("the method is not one")
	}
	s, err := settings(opts)
	if err != nil {
		return nil, err
	}
	u, err := c.rawAddress(path, s.noToken)
	if err != nil {
		return nil, err
	}
	addQuery(u, s.query)
	x := c.newExchange(method, rawTemplate, u, s)
	x.foreign = s.noToken
	return x, x.attachValue(c, in)
}

// rawAddress returns the URL that the path of Do means.
func (c *Client) rawAddress(path string, noToken bool) (*url.URL, error) {
	link := tidyLink(path)
	if !strings.Contains(pathOnly(link), "://") {
		link = c.root.String() + "/" + strings.TrimPrefix(link, "/")
	}
	u, err := url.Parse(link)
	switch {
	case path == "":
		return nil, errors.New("the path is empty")
	case err != nil:
		return nil, errors.New("the path is not part of a URL")
	case hasDotSegment(u.EscapedPath()):
		return nil, errors.New(`the path has a segment "." or ".."`)
	}
	if noToken {
		return u, c.checkOutside("path", u)
	}
	return u, c.checkOrigin("path", u)
}

// attachValue encodes the body of Do.
func (x *exchange) attachValue(c *Client, in any) error {
	switch v := in.(type) {
	case nil:
		return nil
	case model:
		if isNil(v) {
			return errNilBody
		}
		data, err := appendJSON(func(w *jsonWriter) { w.object(v, declaredFor(v)) }, c.root.String())
		if err != nil {
			return fmt.Errorf("the body cannot be sent: %w", err)
		}
		x.send(&payload{data: data}, jsonType)
	case json.RawMessage:
		x.send(&payload{data: v}, jsonType)
	case []byte:
		x.send(&payload{data: v}, jsonType)
	case io.Reader:
		x.send(newStream(v), octetType)
	default:
		data, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("the body cannot be sent: %w", err)
		}
		x.send(&payload{data: data}, jsonType)
	}
	return nil
}

// ignoreAnswer sends the request. A short answer is read to its end, so that the connection can be used again.
func (c *Client) ignoreAnswer(ctx context.Context, x *exchange) error {
	answer, err := c.open(ctx, x)
	if err != nil {
		return err
	}
	defer answer.Close()
	_, _ = io.CopyN(io.Discard, answer, 64<<10) // whatever it is
	return nil
}

// copyTo sends the request and copies the answer as it arrives.
func (c *Client) copyTo(ctx context.Context, w io.Writer, x *exchange) error {
	answer, err := c.stream(ctx, x)
	if err != nil {
		return err
	}
	defer answer.Close()
	if _, err := io.Copy(w, answer); err != nil {
		return fmt.Errorf("%s: copying the answer: %w", x, err)
	}
	return nil
}

// fetchInto sends the request and decodes the answer.
func (c *Client) fetchInto(ctx context.Context, out any, x *exchange) error {
	a, err := c.fetch(ctx, x)
	if err != nil || len(a.body) == 0 {
		return err
	}
	switch target := out.(type) {
	case *[]byte:
		*target = a.body
	case *json.RawMessage:
		*target = a.body
	default:
		if err := json.Unmarshal(a.body, out); err != nil {
			return a.unreadable(err)
		}
	}
	return nil
}
