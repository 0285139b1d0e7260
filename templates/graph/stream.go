package graph

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
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

// rawBody is a body that is no JSON: a stream, or text.
type rawBody struct {
	mediaType string
	stream    io.Reader
	text      []byte // in place of stream, if isText
	isText    bool
}

// sending makes raw content the body. It is read once, or again for a retry if it is an io.Seeker; it is not closed.
func (r *resource) sending(mediaType string, body io.Reader) *resource {
	next := r.copied()
	next.raw = &rawBody{mediaType: mediaType, stream: body}
	return next
}

// sendingText makes a text the body.
func (r *resource) sendingText(mediaType, text string) *resource {
	next := r.copied()
	next.raw = &rawBody{mediaType: mediaType, text: []byte(text), isText: true}
	return next
}

// attach makes the raw content the body of a request. A stream may know its media type better than the description
// does: that of a body in parts has their boundary.
func (b *rawBody) attach(x *exchange) error {
	switch {
	case b == nil:
		return nil
	case b.isText:
		x.send(&payload{data: b.text}, b.mediaType)
		return nil
	}
	mediaType := b.mediaType
	if typed, ok := b.stream.(interface{ ContentType() string }); ok && !isNil(typed) {
		mediaType = typed.ContentType()
	}
	if mediaType == "" {
		mediaType = octetType
	}
	if !validHeaderValue(mediaType) {
		return fmt.Errorf("%s: the content type %q cannot be sent", x, mediaType)
	}
	x.send(newStream(b.stream), mediaType)
	sent := x.header.Get("Content-Type")
	if strings.HasPrefix(sent, "multipart/") && !strings.Contains(sent, "boundary=") {
		return fmt.Errorf("%s: a body of %s needs its boundary: make it by Multipart, or give "+
			`Header("Content-Type", w.FormDataContentType())`, x, sent)
	}
	return nil
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
