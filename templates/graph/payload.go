package graph

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
)

// payload is the body of a request: bytes, or a stream. A nil payload is no body.
type payload struct {
	data   []byte
	stream io.Reader // in place of data
	seeker io.Seeker // the stream again, if it can be sent more than once
	start  int64     // where the seeker stood at first
	size   int64     // of the stream; -1 if not known
	loan   *loan     // of the last attempt
}

// newStream returns the payload that reads from r, which is not closed.
func newStream(r io.Reader) *payload {
	if r == nil {
		return &payload{}
	}
	p := &payload{stream: r, size: -1}
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
		p.loan.takeBack()
	}
	p.loan = &loan{}
	switch {
	case p.isEmpty():
		req.Body = http.NoBody
		req.GetBody = func() (io.ReadCloser, error) { return http.NoBody, nil }
	case p.stream == nil:
		loan := p.loan
		req.ContentLength = int64(len(p.data))
		req.GetBody = func() (io.ReadCloser, error) { return &lent{loan, bytes.NewReader(p.data)}, nil }
		req.Body, _ = req.GetBody()
	default:
		if again {
			if _, err := p.seeker.Seek(p.start, io.SeekStart); err != nil {
				return errors.Join(errors.New("the body cannot be sent again"), err)
			}
		}
		req.Body, req.ContentLength = &lent{p.loan, p.stream}, p.size
	}
	return nil
}

// loan is the lending of the payload to one attempt. The transport may go on reading for a while after it has
// answered; an attempt that follows takes the payload back first.
type loan struct {
	used, over atomic.Bool
	reading    sync.Mutex
}

// end lets nothing be read any more, and reports whether nothing was. It does not wait for a reader that hangs.
func (l *loan) end() (unused bool) {
	l.over.Store(true)
	return !l.used.Load()
}

// takeBack ends the loan when the last reader is done.
func (l *loan) takeBack() {
	l.end()
	l.reading.Lock() // whoever reads later sees that it is over
	l.reading.Unlock()
}

// lent is what an attempt reads from.
type lent struct {
	*loan
	from io.Reader
}

func (l *lent) Read(b []byte) (int, error) {
	l.reading.Lock()
	defer l.reading.Unlock()
	l.used.Store(true) // before the look at over: end does it the other way round
	if l.over.Load() {
		return 0, io.ErrClosedPipe
	}
	return l.from.Read(b)
}

func (l *lent) Close() error { return nil }
