package graphtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/graphslice/graphslice/templates/graph"
)

// answer is what goes back.
type answer struct {
	status int
	header http.Header
	body   []byte
	stream io.Reader // in place of body
}

// set sets a header.
//
//go:noinline
func (a *answer) set(name, value string) { a.header.Set(name, value) }

// answerOf is an answer with JSON.
//
//go:noinline
func answerOf(status int, body []byte) *answer {
	a := answerWith(status, "Content-Type", "application/json")
	a.body = body
	return a
}

// nothing is the answer of what answers with no body.
//
//go:noinline
func nothing() *answer { return &answer{status: http.StatusNoContent, header: http.Header{}} }

// answerWith is an answer with a header and no body.
//
//go:noinline
func answerWith(status int, name, value string) *answer {
	return &answer{status: status, header: http.Header{name: {value}}}
}

// jsonAnswer is an answer with a value of encoding/json.
func jsonAnswer(status int, v any) *answer {
	data, err := json.Marshal(v)
	if err != nil {
		return failure(http.StatusInternalServerError, "generalException", err.Error())
	}
	return answerOf(status, data)
}

// failure is an error as the service writes it.
//
//go:noinline
func failure(status int, code, message string) *answer {
	return answerError(&graph.Error{StatusCode: status, Code: code, Message: message})
}

// finish adds what every answer has.
func (a *answer) finish() {
	if a.header.Get("Request-Id") == "" {
		a.set("Request-Id", "graphtest")
	}
}

// response is the answer as an http.Client gets it.
func (a *answer) response(r *http.Request) *http.Response {
	var body io.Reader = bytes.NewReader(a.body)
	length := int64(len(a.body))
	if a.stream != nil {
		body, length = a.stream, -1
	}
	closer, ok := body.(io.ReadCloser)
	if !ok {
		closer = io.NopCloser(body)
	}
	return &http.Response{
		Status: fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)), StatusCode: a.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.header, Body: closer, ContentLength: length, Request: r,
	}
}

// write sends the answer over a network.
func (a *answer) write(w http.ResponseWriter) {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.status)
	if a.stream == nil {
		_, _ = w.Write(a.body) // the client may be gone
		return
	}
	if _, err := io.Copy(w, a.stream); err != nil {
		_ = http.NewResponseController(w).Flush() // what there is arrives
		panic(http.ErrAbortHandler)
	}
}

// success is the status of an operation that is answered with a body.
//
//go:noinline
func (in *request) success() int {
	if in.op.kind == create {
		return http.StatusCreated
	}
	return http.StatusOK
}

// encoder makes an answer of what a handler returns.
type encoder func(in *request, result any) *answer

// empty answers with nothing.
func empty(*request, any) *answer { return nothing() }

// entity answers with an object. Nil is an answer without a body.
func entity(in *request, v any) *answer {
	data, err := in.json(v)
	switch {
	case err != nil:
		return unwritable(err)
	case string(data) == "null":
		return nothing()
	}
	a := answerOf(in.success(), data)
	if in.op.kind == create {
		if id := idOf(data); id != "" {
			a.set("Location", in.location(id))
		}
	}
	return a
}

// idOf is the "id" of an object; "" if it has none.
//
//go:noinline
func idOf(object []byte) string {
	var v struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(object, &v) // then it has none
	return v.ID
}

// location is the address of what a call has made.
//
//go:noinline
func (in *request) location(id string) string {
	return in.base + strings.TrimSuffix(in.path, "/") + "/" + escape(id)
}

// page answers with a *graph.Page[T].
//
//go:noinline
func page[T any](in *request, v any) *answer {
	p, _ := v.(*graph.Page[T])
	if p == nil {
		p = &graph.Page[T]{}
	}
	return in.pageOf(len(p.Items), func(i int) (json.RawMessage, error) { return in.json(p.Items[i]) },
		&pageInfo{p.NextLink, p.DeltaLink, p.Count, p.AdditionalProperties})
}

// pageOf answers with n items, of which item is the JSON of the ith.
//
//go:noinline
func (in *request) pageOf(n int, item func(i int) (json.RawMessage, error), info *pageInfo) *answer {
	items := make([]json.RawMessage, n)
	for i := range items {
		var err error
		if items[i], err = item(i); err != nil {
			return unwritable(err)
		}
	}
	return in.page(items, info)
}

// unwritable answers that what a handler returned has no JSON.
//
//go:noinline
func unwritable(err error) *answer {
	return failure(http.StatusInternalServerError, "generalException", "The handler's answer: "+err.Error())
}

// json is a value of the type that the operation answers with, or of one derived from that.
func (in *request) json(v any) (json.RawMessage, error) {
	declared, _ := itemOf(in.op.answer)
	if declared == "" {
		declared, _ = itemOf(in.op.body) // as of what makes an entity
	}
	return in.server.schema.json(v, declared)
}

// pageInfo is what a page says beside its items.
type pageInfo struct {
	next, deltaLink string
	count           graph.Opt[int64]
	others          map[string]json.RawMessage
}

// page answers with items, an array.
func (in *request) page(items any, info *pageInfo) *answer {
	object := map[string]any{"value": items}
	for name, value := range info.others {
		object[name] = value
	}
	if n, ok := info.count.Get(); ok {
		object["@odata.count"] = n
	}
	if info.next != "" {
		object["@odata.nextLink"] = in.link(info.next)
	}
	if info.deltaLink != "" {
		object["@odata.deltaLink"] = in.link(info.deltaLink)
	}
	return jsonAnswer(http.StatusOK, object)
}

// link is an address on the path of the call; what is only a query goes behind it. It is remembered, as what it asks for
// is what the program was told to.
func (in *request) link(text string) string {
	switch {
	case strings.Contains(text, "://"):
	case strings.HasPrefix(text, "/"):
		text = in.base + text
	default:
		text = in.base + in.path + "?" + strings.TrimPrefix(text, "?")
	}
	if below, ok := strings.CutPrefix(text, in.base); ok {
		in.server.mu.Lock()
		in.server.links[linkKey(below)] = true
		in.server.mu.Unlock()
	}
	return text
}

// scalar answers with a value that is no object, in the "value" of one.
func scalar(_ *request, v any) *answer {
	return jsonAnswer(http.StatusOK, map[string]any{"value": scalarJSON(v)})
}

// opt is scalar for a value that may be null, a graph.Opt[T].
func opt[T any](in *request, v any) *answer {
	o, _ := v.(graph.Opt[T])
	if value, ok := o.Get(); ok {
		return scalar(in, value)
	}
	return scalar(in, nil)
}

// scalarJSON is a value in a form that encoding/json writes as OData does.
//
//go:noinline
func scalarJSON(v any) any {
	switch v := v.(type) {
	case graph.Decimal:
		return json.RawMessage(v)
	case time.Time, json.Marshaler:
		return v
	case fmt.Stringer:
		return v.String()
	}
	return v
}

// counted answers a $count.
func counted(_ *request, n any) *answer {
	a := answerWith(http.StatusOK, "Content-Type", "text/plain")
	a.body = fmt.Append(nil, n)
	return a
}

// outcome is an answer that handlers return as an error.
type outcome func(in *request) *answer

// Error says what it is, for those who print it.
func (outcome) Error() string { return "an answer of graphtest" }

// answerError is the answer that a handler's error stands for.
func (in *request) answerError(err error) *answer {
	var special outcome
	if errors.As(err, &special) {
		return special(in)
	}
	return answerError(err)
}

// answerError is an error as the service writes it. One that is none of the service's is answered with 500.
func answerError(err error) *answer {
	var e *graph.Error
	if !errors.As(err, &e) {
		e = &graph.Error{StatusCode: http.StatusInternalServerError, Code: "generalException", Message: err.Error()}
	}
	a := answerOf(e.StatusCode, errorJSON(e))
	if a.status < 200 || a.status > 599 {
		a.status = http.StatusInternalServerError
	}
	for name, values := range e.Header {
		a.header[http.CanonicalHeaderKey(name)] = values
	}
	if e.RetryAfter > 0 && a.header.Get("Retry-After") == "" {
		seconds := (e.RetryAfter + time.Second - 1) / time.Second
		a.set("Retry-After", strconv.Itoa(int(seconds)))
	}
	if e.RequestID != "" {
		a.set("Request-Id", e.RequestID)
	}
	return a
}

// errorJSON is the body of an error: Raw if there is one.
func errorJSON(e *graph.Error) []byte {
	if e.Raw != nil {
		return e.Raw
	}
	type detail struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Target  string `json:"target,omitempty"`
	}
	type inner struct {
		Code            string          `json:"code,omitempty"`
		Message         string          `json:"message,omitempty"`
		Date            string          `json:"date,omitempty"`
		RequestID       string          `json:"request-id,omitempty"`
		ClientRequestID string          `json:"client-request-id,omitempty"`
		InnerError      json.RawMessage `json:"innerError,omitempty"`
	}
	body := struct {
		Code       string   `json:"code"`
		Message    string   `json:"message"`
		Target     string   `json:"target,omitempty"`
		Details    []detail `json:"details,omitempty"`
		InnerError *inner   `json:"innerError,omitempty"`
	}{Code: e.Code, Message: e.Message, Target: e.Target}
	if body.Code == "" {
		body.Code = strings.ReplaceAll(http.StatusText(e.StatusCode), " ", "")
	}
	for _, d := range e.Details {
		body.Details = append(body.Details, detail(d))
	}
	if e.InnerError != nil {
		i := inner{
			Code: e.InnerError.Code, Message: e.InnerError.Message, Date: e.InnerError.Date,
			RequestID: e.InnerError.RequestID, ClientRequestID: e.InnerError.ClientRequestID,
		}
		if e.InnerError.InnerError != nil {
			i.InnerError = e.InnerError.InnerError.Raw
		}
		body.InnerError = &i
	}
	data, _ := json.Marshal(map[string]any{"error": body}) // structs of strings can always be written
	return data
}

// content is the whole body.
func (a *answer) content() []byte {
	if a.stream == nil {
		return a.body
	}
	data, err := io.ReadAll(a.stream)
	if err != nil {
		return nil
	}
	return data
}
