package graph

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Response is what is known of an answer besides its body.
type Response struct {
	StatusCode int
	Header     http.Header
	// RequestID is the service's name for the request; Microsoft's support asks for it.
	RequestID string
	// ClientRequestID is this client's name for the request, the same for all its attempts.
	ClientRequestID string

	location string
}

// Location is where the service says that the new resource is, or the operation that makes it, as an absolute URL; ""
// if it does not say.
func (r *Response) Location() string { return r.location }

// received is a response whose body has been read.
type received struct {
	exchange *exchange
	response *Response
	body     []byte
	stream   io.ReadCloser // in place of body, if the exchange is streamed
	url      string        // where the answer came from, after redirects
}

func newResponse(resp *http.Response, x *exchange) *Response {
	r := &Response{
		StatusCode:      resp.StatusCode,
		Header:          resp.Header,
		RequestID:       resp.Header.Get(requestID),
		ClientRequestID: resp.Header.Get(clientRequestID),
	}
	if r.ClientRequestID == "" {
		r.ClientRequestID = x.header.Get(clientRequestID)
	}
	return r
}

// isRedirect reports whether the answer, of another host, points elsewhere.
func (a *received) isRedirect() bool {
	return a.exchange.foreign && a.response.StatusCode >= 300 && a.response.StatusCode < 400
}

// isEmpty reports whether the answer carries no value: no body, or null.
func (a *received) isEmpty() bool {
	body := bytes.TrimSpace(a.body)
	return len(body) == 0 || string(body) == "null"
}

// unreadable returns the error for a successful answer that is not what was expected.
func (a *received) unreadable(cause error) error {
	e := a.exchange.newError(a.body)
	e.Message, e.cause = "the answer cannot be read: "+cause.Error(), cause
	e.uncertain = !isSafe(e.Method)
	return e
}

// decodeAnswer decodes the body as JSON. A body that is missing or null is an error.
//
//go:noinline
func decodeAnswer[T any](a *received, decode func(*jsonReader) T) (T, error) {
	var value T
	if err := a.decode(func(r *jsonReader) { value = decode(r) }); err != nil {
		var none T
		return none, err
	}
	return value, nil
}

// decode has the body read, once more where an array has the value for its only item.
func (a *received) decode(read func(*jsonReader)) error {
	if a.isEmpty() {
		return a.unreadable(errNoBody)
	}
	err := decodeInto(a.body, a.exchange.reading, read)
	if err == nil {
		return nil
	}
	if only := a.onlyItem(); only != nil && decodeInto(only, a.exchange.reading, read) == nil {
		a.exchange.reading.tell(Unreadable{"", "", a.body,
			"expected a single value, found an array, whose only item is taken"})
		return nil
	}
	return a.unreadable(err)
}

// onlyItem is the item of an array that has one; nil for other answers, and where reading is strict.
func (a *received) onlyItem() []byte {
	var items []json.RawMessage
	isArray := bytes.HasPrefix(bytes.TrimSpace(a.body), []byte("["))
	if a.exchange.reading.strict || !isArray || json.Unmarshal(a.body, &items) != nil || len(items) != 1 {
		return nil
	}
	return items[0]
}

const errNoBody = constError("it has no body")

// constError is an error that nobody can reassign.
type constError string

func (e constError) Error() string { return string(e) }

// byteOrderMark is put in front of text by some services; neither JSON nor numbers may begin with it.
const byteOrderMark = "\xef\xbb\xbf"

// readBody reads at most max bytes; more is an error. What was read before an error is returned with it.
func readBody(resp *http.Response, max int64) ([]byte, error) {
	var buf bytes.Buffer
	if n := resp.ContentLength; n > 0 {
		buf.Grow(int(min(n, max, 1<<20)) + bytes.MinRead) // no more on the peer's word alone
	}
	_, err := buf.ReadFrom(io.LimitReader(resp.Body, max+1))
	body := buf.Bytes()
	if int64(len(body)) > max {
		return body[:max], fmt.Errorf("it is larger than %d bytes", max)
	}
	if err != nil {
		err = &lostBody{err}
	}
	return bytes.TrimPrefix(body, []byte(byteOrderMark)), err
}

// unpack makes the body of an answer readable that the caller asked for in packed form, by an Accept-Encoding of its
// own: then net/http leaves it packed. Raw content is handed out as it came.
func unpack(resp *http.Response, x *exchange) error {
	switch packed := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); {
	case packed == "" || packed == "identity" || resp.Uncompressed || x.isContent:
		return nil
	case packed == "gzip" || packed == "x-gzip":
		unpacked, err := gzip.NewReader(resp.Body)
		if err != nil {
			return fmt.Errorf("it says that it is packed with gzip, but it is not: %w", err)
		}
		resp.Body, resp.ContentLength = struct {
			io.Reader
			io.Closer
		}{unpacked, resp.Body}, -1
		return nil
	default:
		return fmt.Errorf("it is packed as %.20q, which cannot be unpacked here; read it raw, by Do into an io.Writer",
			packed)
	}
}

// lostBody is the failure to read an answer to its end.
type lostBody struct{ error }

func (e *lostBody) Unwrap() error { return e.error }

// unwrapped returns the answer with the value that stands in {"value": …}, or with plain text as a JSON string; a
// value that already stands alone is left as it is.
func (a *received) unwrapped() *received {
	b := *a
	var object map[string]json.RawMessage
	switch err := json.Unmarshal(a.body, &object); {
	case err == nil && onlyValue(object):
		b.body = object["value"]
	case !json.Valid(a.body) && strings.HasPrefix(a.response.Header.Get("Content-Type"), "text/"):
		b.body, _ = json.Marshal(string(a.body)) // a string always has a JSON form
	}
	return &b
}

// onlyValue reports whether an object holds "value" and, besides it, annotations alone.
func onlyValue(object map[string]json.RawMessage) bool {
	for name := range object {
		if name != "value" && !strings.HasPrefix(name, "@") {
			return false
		}
	}
	return object["value"] != nil
}
