package graph

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
)

// payload is the body of a request: bytes, or a stream. A nil payload is no body.
type payload struct {
	data   []byte
	stream io.Reader // in place of data
	seeker io.Seeker // the stream again, if it can be sent more than once
	start  int64     // where the seeker stood at first
	size   int64     // of the stream; -1 if not known
	// reading holds a token while somebody reads from the stream.
	reading chan struct{}
	lent    *lent // what the last attempt reads from
}

// newStream returns the payload that reads from r, which is not closed.
func newStream(r io.Reader) *payload {
	if r == nil {
		return &payload{}
	}
	p := &payload{stream: r, size: -1, reading: make(chan struct{}, 1)}
	if sized, ok := r.(interface{ Len() int }); ok { // bytes.Buffer, bytes.Reader, strings.Reader
		p.size = int64(sized.Len())
	}
	seeker, ok := r.(io.Seeker)
	if !ok {
		return p
	}
	// A pipe is an *os.File that cannot seek: it is sent once, without its length.
	start, err := seeker.Seek(0, io.SeekCurrent)
	if err != nil {
		return p
	}
	end, err := seeker.Seek(0, io.SeekEnd)
	if _, back := seeker.Seek(start, io.SeekStart); err == nil && back == nil {
		p.seeker, p.start, p.size = seeker, start, max(end-start, 0)
	}
	return p
}

// canRepeat reports whether the payload can be sent again.
func (p *payload) canRepeat() bool { return p == nil || p.stream == nil || p.seeker != nil }

// attach makes the payload the body of a request.
func (p *payload) attach(req *http.Request) error {
	if p == nil {
		return nil
	}
	if p.stream == nil {
		p.attachBytes(req)
		return nil
	}
	if p.lent != nil {
		if err := p.takeBack(req.Context()); err != nil {
			return errors.Join(errors.New("the body cannot be sent again"), err)
		}
	}
	req.Body, req.ContentLength = p.lend(req.Context()), p.size
	if p.seeker != nil { // net/http sends it again to where a 307 points, or over another connection
		req.GetBody = func() (io.ReadCloser, error) {
			if err := p.takeBack(req.Context()); err != nil {
				return nil, err
			}
			return p.lend(req.Context()), nil
		}
	}
	return nil
}

// lend lets an attempt read the stream, until it is taken back.
func (p *payload) lend(ctx context.Context) io.ReadCloser {
	p.lent = &lent{payload: p, ctx: ctx}
	if p.size == 0 {
		return http.NoBody
	}
	return p.lent
}

// attachBytes uses types that net/http knows: their bytes go out together with the header.
func (p *payload) attachBytes(req *http.Request) {
	req.ContentLength = int64(len(p.data))
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(p.data)), nil }
	req.Body, _ = req.GetBody()
	if len(p.data) == 0 {
		req.Body = http.NoBody
	}
}

// takeBack lets the last attempt read no more, and sets the stream back to where it began. It waits for a reader that
// is busy, for the transport may go on reading for a while after it has answered.
func (p *payload) takeBack(ctx context.Context) error {
	select {
	case p.reading <- struct{}{}:
		defer func() { <-p.reading }()
	case <-ctx.Done():
		return ctx.Err()
	}
	p.lent.over = true
	_, err := p.seeker.Seek(p.start, io.SeekStart)
	return err
}

// lent is the stream as one attempt reads it: until the context ends, or another attempt needs it. net/http would wait
// for a reader that hangs, whatever the context.
type lent struct {
	*payload
	ctx  context.Context
	over bool   // guarded by reading
	buf  []byte // not the transport's: a reader that hangs may write into it later
}

func (l *lent) Read(b []byte) (int, error) {
	select {
	case l.reading <- struct{}{}:
	case <-l.ctx.Done():
		return 0, l.ctx.Err()
	}
	if l.over {
		<-l.reading
		return 0, io.ErrClosedPipe
	}
	if len(l.buf) < len(b) {
		l.buf = make([]byte, len(b))
	}
	type result struct {
		n   int
		err error
	}
	buf, done := l.buf[:len(b)], make(chan result, 1)
	go func() {
		n, err := l.stream.Read(buf)
		<-l.reading
		done <- result{n, err}
	}()
	select {
	case got := <-done:
		return copy(b, buf[:got.n]), got.err
	case <-l.ctx.Done():
		return 0, l.ctx.Err()
	}
}

func (l *lent) Close() error { return nil }

// isJSONType reports whether a media type is that of JSON.
func isJSONType(mediaType string) bool {
	mediaType, _, _ = strings.Cut(strings.ToLower(mediaType), ";")
	mediaType = strings.TrimSpace(mediaType)
	return mediaType == jsonType || strings.HasSuffix(mediaType, "+json")
}
