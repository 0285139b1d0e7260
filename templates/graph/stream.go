package graph

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// getStream opens raw content. The caller closes it; it is not limited in size and ends early if ctx does.
func getStream(ctx context.Context, r *resource, options querier, opts []CallOption) (io.ReadCloser, error) {
	x, err := r.exchange(http.MethodGet, queryOf(options), opts)
	if err != nil {
		return nil, err
	}
	return r.client.stream(ctx, x)
}

// stream is open for what the caller gets to read. In a batch it has been read already, with all that came.
func (c *Client) stream(ctx context.Context, x *exchange) (io.ReadCloser, error) {
	if c.step == nil {
		return c.open(ctx, x.content())
	}
	a, err := c.fetch(ctx, x.accept(anyType).content())
	if err != nil {
		return nil, err
	}
	return io.NopCloser(bytes.NewReader(a.body)), nil
}

// getText reads content that is text, of any media type.
func getText(ctx context.Context, r *resource, options querier, opts []CallOption) (string, error) {
	x, err := r.exchange(http.MethodGet, queryOf(options), opts)
	if err != nil {
		return "", err
	}
	a, err := r.client.fetch(ctx, x.accept(anyType).content())
	if err != nil {
		return "", err
	}
	return string(a.body), nil
}

// sendStream sends raw content. It is read once, or again for a retry if it is an io.Seeker; it is not closed.
func sendStream(ctx context.Context, r *resource, method, contentType string, body io.Reader, opts []CallOption) error {
	_, err := r.submitStream(ctx, method, contentType, body, opts)
	return err
}

// sendStreamFor sends raw content and returns the entity that it belongs to, as far as the service answers with it.
func sendStreamFor[T any](ctx context.Context, r *resource, method, contentType string, body io.Reader, decode func(*jsonReader) T, opts []CallOption) (*Result[T], error) {
	a, err := r.submitStream(ctx, method, contentType, body, opts)
	if err != nil {
		return unread[T](r.client, err), err
	}
	return newResult(r.client, a, decode)
}

func (r *resource) submitStream(ctx context.Context, method, contentType string, body io.Reader, opts []CallOption) (*received, error) {
	x, err := r.exchange(method, query{}, opts)
	if err != nil {
		return nil, err
	}
	if contentType == "" {
		contentType = octetType
	}
	if !validHeaderValue(contentType) {
		return nil, fmt.Errorf("%s: the content type %q cannot be sent", x, contentType)
	}
	return r.client.fetch(ctx, x.send(newStream(body), contentType))
}

// count reads a number that stands alone as text, as $count answers.
func count(ctx context.Context, r *resource, options querier, opts []CallOption) (int64, error) {
	x, err := r.exchange(http.MethodGet, queryOf(options), opts)
	if err != nil {
		return 0, err
	}
	a, err := r.client.fetch(ctx, x.accept(textType))
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(string(bytes.TrimSpace(a.body)), 10, 64)
	if err != nil {
		return 0, a.unreadable(errors.New("it is not a count"))
	}
	return n, nil
}
