package fetch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/graphslice/graphslice/generator/internal/slice/inflate"
)

// errTooMuch: what is read goes on behind the limit.
var errTooMuch = errors.New("too much")

// limited ends a reader with errTooMuch as soon as there is more than the limit.
type limited struct {
	reader io.Reader
	left   int64
}

func (l *limited) Read(b []byte) (int, error) {
	n, err := l.reader.Read(b)
	if l.left -= int64(n); l.left < 0 {
		return 0, errTooMuch
	}
	return n, err
}

// readAll returns all that there is, as long as that is not more than limit. Expected is how much there will be, -1 if nobody knows.
// It takes at most five quarters of the limit from memory, garbage included: what grows is copied, and so grows to the whole limit once
// it is large.
func readAll(r io.Reader, expected, limit int64) ([]byte, error) {
	r = &limited{r, limit}
	size := min(limit, 64<<10)
	if expected >= 0 {
		size = min(limit, expected)
	}
	data := make([]byte, 0, size+1) // one more to see the end
	for {
		n, err := r.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		switch {
		case errors.Is(err, io.EOF):
			return data, nil
		case err != nil:
			return nil, err
		}
		if len(data) == cap(data) {
			grown := int64(2 * cap(data))
			if grown > limit/8 {
				grown = limit + 1
			}
			data = append(make([]byte, 0, grown), data...)
		}
	}
}

// plain reads a document, compressed or not, and twice compressed: a gzip file on its way through the network. The errors are
// inflate's, those of r, and errTooMuch of inflate.TooMuch.
func plain(r io.Reader, expected, limit int64) ([]byte, error) {
	isZipped := false
	for range 2 {
		inner, zipped, err := inflate.Reader(r)
		if err != nil {
			return nil, err
		}
		r, isZipped = inner, isZipped || zipped
	}
	if isZipped {
		expected = -1
	}
	data, err := readAll(r, expected, limit)
	if isZipped && errors.Is(err, errTooMuch) {
		return nil, inflate.TooMuch(limit)
	}
	return data, err
}

// checkStatus says what an answer is that is not the document.
func checkStatus(resp *http.Response) error {
	switch encoding := resp.Header.Get("Content-Encoding"); {
	case resp.StatusCode == http.StatusNotModified:
		return hinted{errors.New("the server answers 304 Not Modified, and nobody asked whether the document was modified"), "try again"}
	case resp.StatusCode == http.StatusPartialContent:
		return hinted{errors.New("the server sent a part of the document only (206 Partial Content)"), "try again"}
	case resp.StatusCode != http.StatusOK:
		return hinted{fmt.Errorf("the server answers %s", resp.Status), "check the address; the document must be there for everybody to read"}
	case encoding != "" && encoding != "gzip" && encoding != "identity":
		return hinted{fmt.Errorf("the server sent the document compressed as %q, which nobody asked for", encoding), "take an address that serves it as it is"}
	}
	return nil
}

// isHTML reports whether a document begins as a web page does, whatever stands in front.
func isHTML(data []byte) bool {
	head := bytes.ToLower(data[:min(len(data), 4096)])
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	for {
		head = bytes.TrimSpace(head)
		end := ""
		switch {
		case bytes.HasPrefix(head, []byte("<?xml")):
			end = "?>"
		case bytes.HasPrefix(head, []byte("<!--")):
			end = "-->"
		default:
			return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
		}
		_, rest, found := bytes.Cut(head, []byte(end))
		if !found {
			return false
		}
		head = rest
	}
}
