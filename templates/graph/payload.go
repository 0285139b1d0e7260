package graph

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"sync"
)

// payload is the body of a request: bytes, or a stream. A nil payload is no body.
type payload struct {
	data   []byte
	stream io.Reader // in place of data
	seeker io.Seeker // the stream again, if it can be sent more than once
	start  int64     // where the seeker stood at first
	size   int64     // of the stream; -1 if not known
	lent   *lent     // what the last attempt reads from
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
		p.lent.takeBack()
		if _, err := p.seeker.Seek(p.start, io.SeekStart); err != nil {
			return errors.Join(errors.New("the body cannot be sent again"), err)
		}
	}
	p.lent = &lent{from: p.stream}
	req.Body, req.ContentLength = io.NopCloser(p.lent), p.size
	if p.size == 0 {
		req.Body = http.NoBody
	}
	return nil
}

func (p *payload) attachBytes(req *http.Request) {
	req.ContentLength = int64(len(p.data))
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(p.data)), nil }
	req.Body, _ = req.GetBody()
	if len(p.data) == 0 {
		req.Body = http.NoBody
	}
}

// lent is a stream that one attempt reads from. The transport may go on reading for a while after it has
// answered; an attempt that follows takes the stream back first.
type lent struct {
	mu   sync.Mutex
	from io.Reader // nil when taken back
}

func (l *lent) Read(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.from == nil {
		return 0, io.ErrClosedPipe
	}
	return l.from.Read(b)
}

func (l *lent) takeBack() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.from = nil
}
