package graph

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"
)

// batchPath is where batches are sent to, below the service root.
const batchPath = "/$batch"

const errStream = constError("a stream that can be read only once cannot be part of a batch")

// batchRequest is a request as it stands in a batch.
type batchRequest struct {
	ID        string            `json:"id"`
	Method    string            `json:"method"`
	URL       string            `json:"url"` // below the service root
	Headers   map[string]string `json:"headers,omitempty"`
	Body      json.RawMessage   `json:"body,omitempty"` // JSON, or other content as a string in base64
	DependsOn []string          `json:"dependsOn,omitempty"`
}

// readRequest reads the body of a request, nil if it has none.
func readRequest(req *http.Request) ([]byte, error) {
	if req.Body == nil || req.Body == http.NoBody {
		return nil, nil
	}
	defer req.Body.Close()
	if req.GetBody == nil {
		return nil, errStream
	}
	return io.ReadAll(req.Body)
}

// batchRequest returns a request in the form that it has in a batch. The token is not part of it.
func (c *Client) batchRequest(req *http.Request) (batchRequest, error) {
	b := batchRequest{Method: req.Method, Headers: map[string]string{}}
	body, err := readRequest(req)
	if err != nil {
		return b, err
	}
	path, ok := strings.CutPrefix(req.URL.EscapedPath(), c.root.EscapedPath())
	if !ok || !strings.HasPrefix(path, "/") {
		return b, errors.New("a batch cannot reach what is outside of the service root")
	}
	b.URL = path
	if req.URL.RawQuery != "" {
		b.URL += "?" + req.URL.RawQuery
	}
	for name, values := range req.Header {
		switch name {
		case "Authorization", "User-Agent", "Cookie", "Content-Length":
		default:
			b.Headers[name] = strings.Join(values, ", ")
		}
	}
	switch {
	case body == nil:
	case !isJSONType(req.Header.Get("Content-Type")):
		b.Body, err = json.Marshal(body) // as base64
	case !json.Valid(body):
		err = errors.New("the body is not JSON")
	default:
		b.Body = body
	}
	return b, err
}

// sendBatch sends requests and returns an answer for each, by its id.
func (c *Client) sendBatch(ctx context.Context, requests []batchRequest) (map[string]*batchAnswer, error) {
	x, err := c.at(batchPath).exchange(http.MethodPost, query{}, nil)
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(map[string][]batchRequest{"requests": requests}); err != nil {
		return nil, fmt.Errorf("%s: %w", x, err)
	}
	a, err := c.fetch(ctx, x.send(&payload{data: bytes.TrimSuffix(body.Bytes(), []byte("\n"))}, jsonType))
	if err != nil {
		return nil, err
	}
	return a.batchAnswers(requests)
}

// batchAnswer is the answer to one request of a batch.
type batchAnswer struct {
	status int
	header http.Header
	body   []byte
	err    error // why it cannot be told what the service answered
}

// batchAnswers reads the answers, which come in any order. There is one for each request then, if only to say that
// none came.
func (a *received) batchAnswers(requests []batchRequest) (map[string]*batchAnswer, error) {
	var parts []json.RawMessage
	if json.Unmarshal(jsonObject(a.body)["responses"], &parts) != nil || parts == nil {
		return nil, a.unreadable(errors.New(`it has no array "responses"`))
	}
	answers := make(map[string]*batchAnswer, len(requests))
	for _, request := range requests {
		answers[request.ID] = nil
	}
	for _, part := range parts {
		object := jsonObject(part)
		id := jsonText(object["id"])
		switch answer, asked := answers[id]; {
		case !asked:
		case answer != nil:
			answer.err = a.unreadable(errors.New("it has two parts for this step"))
		default:
			answers[id] = a.batchAnswer(object)
		}
	}
	for id, answer := range answers {
		if answer == nil {
			answers[id] = &batchAnswer{err: a.unreadable(errors.New("it has no part for this step"))}
		}
	}
	return answers, nil
}

// batchAnswer reads one answer.
func (a *received) batchAnswer(object map[string]json.RawMessage) *batchAnswer {
	b := &batchAnswer{header: http.Header{}}
	var err error
	b.status, err = strconv.Atoi(jsonText(object["status"]))
	if err != nil || b.status < 200 || b.status > 599 {
		b.err = a.unreadable(errors.New("its part for this step has no status"))
		return b
	}
	var header map[string]json.RawMessage
	if text := object["headers"]; text != nil && json.Unmarshal(text, &header) != nil {
		b.err = a.unreadable(errors.New("its part for this step has headers that are none"))
		return b
	}
	for name, value := range header {
		b.header.Set(name, jsonText(value))
	}
	b.body = partBody(object["body"], b.header.Get("Content-Type"))
	return b
}

// partBody returns the content of a part: JSON stands there as it is, anything else as a string, which is base64 even
// for text, though not always.
func partBody(body json.RawMessage, mediaType string) []byte {
	var text string
	if body == nil || string(body) == "null" {
		return nil
	}
	if json.Unmarshal(body, &text) != nil {
		return body
	}
	decoded := decodeBase64(text)
	switch {
	case mediaType == "" || isJSONType(mediaType):
		if jsonObject(decoded) != nil {
			return decoded
		}
		return body
	case decoded == nil, strings.HasPrefix(mediaType, "text/") && !utf8.Valid(decoded):
		return []byte(text)
	}
	return decoded
}

// decodeBase64 decodes both alphabets; nil if it is neither.
func decodeBase64(text string) []byte {
	text = strings.NewReplacer("-", "+", "_", "/").Replace(text)
	decoded, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	return decoded
}

// refuses reports whether the service did not run a request for the failure of one that it depends on.
func (b *batchAnswer) refuses(request batchRequest, answers map[string]*batchAnswer) bool {
	if b.status != http.StatusFailedDependency {
		return false
	}
	for _, id := range request.DependsOn {
		if other := answers[id]; other.err != nil || other.status >= 300 {
			return true
		}
	}
	return false
}

// failedDependency is the answer to a request that is not sent, since a step that it waits for has failed.
func failedDependency() *batchAnswer {
	const body = `{"error":{"code":"FailedDependency","message":"A step that this one comes after has failed."}}`
	return &batchAnswer{
		status: http.StatusFailedDependency,
		header: http.Header{"Content-Type": {jsonType}},
		body:   []byte(body),
	}
}

// response returns the answer as one to a request of its own.
func (b *batchAnswer) response(req *http.Request) *http.Response {
	return &http.Response{
		Status: fmt.Sprintf("%d %s", b.status, http.StatusText(b.status)), StatusCode: b.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: b.header, Body: io.NopCloser(bytes.NewReader(b.body)), ContentLength: int64(len(b.body)), Request: req,
	}
}
