package graph

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
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
	loan    *loan // of the last attempt
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

// isEmpty reports whether there is nothing to send.
func (p *payload) isEmpty() bool {
	return p == nil || p.stream == nil && len(p.data) == 0 || p.stream != nil && p.size == 0
}

// unread reports whether the last attempt has ended without asking for the body: then the request cannot have arrived.
func (p *payload) unread() bool { return !p.isEmpty() && p.loan.end() }

// attach makes the payload the body of a request.
func (p *payload) attach(req *http.Request) error {
	if p == nil {
		return nil
	}
	again := p.loan != nil
	if again {
		p.loan.end()
	}
	p.loan = &loan{}
	switch loan := p.loan; {
	case p.isEmpty():
		req.Body = http.NoBody
		req.GetBody = func() (io.ReadCloser, error) { return http.NoBody, nil }
	case p.stream == nil:
		req.ContentLength = int64(len(p.data))
		req.GetBody = func() (io.ReadCloser, error) { return &lent{loan, bytes.NewReader(p.data)}, nil }
		req.Body, _ = req.GetBody()
	default:
		if again {
			if err := p.rewind(req.Context()); err != nil {
				return errors.Join(errors.New("the body cannot be sent again"), err)
			}
		}
		req.Body, req.ContentLength = &lent{loan, &streamReader{payload: p, ctx: req.Context()}}, p.size
	}
	return nil
}

// rewind sets the stream back to where it began, when whoever still reads from it is done.
func (p *payload) rewind(ctx context.Context) error {
	select {
	case p.reading <- struct{}{}:
		defer func() { <-p.reading }()
	case <-ctx.Done():
		return ctx.Err()
	}
	_, err := p.seeker.Seek(p.start, io.SeekStart)
	return err
}

// loan is the lending of the payload to one attempt. The transport may go on reading for a while after it has
// answered, but not after the end of the loan.
type loan struct{ used, over atomic.Bool }

// end lets nothing be read any more, and reports whether nothing was.
func (l *loan) end() (unused bool) {
	l.over.Store(true)
	return !l.used.Load()
}

// lent is what an attempt reads from.
type lent struct {
	*loan
	from io.Reader
}

func (l *lent) Read(b []byte) (int, error) {
	l.used.Store(true) // before the look at over: end does it the other way round
	if l.over.Load() {
		return 0, io.ErrClosedPipe
	}
	return l.from.Read(b)
}

func (l *lent) Close() error { return nil }

// streamReader reads the stream until the context ends. net/http would wait for a reader that hangs, whatever the context.
type streamReader struct {
	*payload
	ctx context.Context
	buf []byte // not the transport's: a reader that hangs may write into it later
}

func (r *streamReader) Read(b []byte) (int, error) {
	type result struct {
		n   int
		err error
	}
	select {
	case r.reading <- struct{}{}:
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	}
	if len(r.buf) < len(b) {
		r.buf = make([]byte, len(b))
	}
	buf, done := r.buf[:len(b)], make(chan result, 1)
	go func() {
		n, err := r.stream.Read(buf)
		<-r.reading
		done <- result{n, err}
	}()
	select {
	case got := <-done:
		return copy(b, buf[:got.n]), got.err
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	}
}
