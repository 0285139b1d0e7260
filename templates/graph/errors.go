package graph

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Errors to compare with errors.Is; each stands for a status of the answer.
const (
	ErrBadRequest         = statusError(http.StatusBadRequest)
	ErrUnauthorized       = statusError(http.StatusUnauthorized)
	ErrForbidden          = statusError(http.StatusForbidden)
	ErrNotFound           = statusError(http.StatusNotFound)
	ErrConflict           = statusError(http.StatusConflict)
	ErrGone               = statusError(http.StatusGone) // a delta link that has expired, among others
	ErrPreconditionFailed = statusError(http.StatusPreconditionFailed)
	ErrThrottled          = statusError(http.StatusTooManyRequests)
)

// ErrOutcomeUnknown marks, for errors.Is, the error of a call that may have been carried out all the same: the
// connection was lost after the request went out, a gateway or the service failed (500, 502, 504, 503 without
// Retry-After), or the answer of a success could not be read. So may be a call whose repetition failed, such as a
// DELETE that is answered with 404 when it is sent again. Without the mark nothing has happened. Calls that only read
// never have it.
const ErrOutcomeUnknown = constError("the request may have been carried out")

// ErrCarriedOut marks, for errors.Is, the error of a call that the service has carried out, and said so (303), while
// what it made could not be read. A call that says where that is says it beside the error as well. It must
// not be sent again.
const ErrCarriedOut = constError("the request was carried out")

// statusError is a constant, so that nothing can reassign what programs compare with.
type statusError int

func (e statusError) Error() string { return fmt.Sprintf("%d %s", int(e), http.StatusText(int(e))) }

// Error is an answer of the service that is not a success, or that cannot be read, or an operation that failed in the
// background.
type Error struct {
	StatusCode int
	// Code is for programs, such as "BadRequest"; Message is for people. Both are "" if the answer has none.
	Code, Message string
	// Target is the part of the request that is at fault, if the service says so.
	Target     string
	Details    []ErrorDetail
	InnerError *InnerError
	// RequestID and ClientRequestID name the request; Microsoft's support asks for them.
	RequestID, ClientRequestID string
	Method                     string
	// URL is the whole address. The error's text shows its path alone, since a filter may hold personal data.
	URL string
	// Header is the answer's; nil if the error did not come as one.
	Header http.Header
	// Raw is the body as it came, at most 1 MiB of it.
	Raw []byte
	// RetryAfter is how long the service asks to wait before the next attempt; 0 if it does not say.
	RetryAfter time.Duration

	path          string
	state         string // in place of the status, for operations that failed in the background
	cause         error
	hasRetryAfter bool // tells "0 seconds" from nothing
	uncertain     bool // what ErrOutcomeUnknown asks for
}

// ErrorDetail is one of several things that are wrong.
type ErrorDetail struct {
	Code, Message, Target string
}

// InnerError is a more specific error inside another.
type InnerError struct {
	Code, Message string
	// Date is when the error happened, as the service writes it, in UTC without saying so.
	Date                       string
	RequestID, ClientRequestID string
	InnerError                 *InnerError
	// Raw is the whole object, for what has no field here.
	Raw json.RawMessage
}

// Error returns, on one line, what was tried and what came of it:
//
//	POST /v1.0/things: 400 BadRequest: Invalid name. (request-id 4b0a…)
//
// It holds neither a token nor a body that was sent, nor the query.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Method != "" {
		b.WriteString(e.Method + " " + e.path + ": ")
	}
	switch text := http.StatusText(e.StatusCode); {
	case e.state != "" && e.Code != "":
		b.WriteString(e.state + ": " + oneLine(e.Code))
	case e.state != "":
		b.WriteString(e.state)
	case e.Code != "":
		fmt.Fprintf(&b, "%d %s", e.StatusCode, oneLine(e.Code))
	case text != "":
		fmt.Fprintf(&b, "%d %s", e.StatusCode, text)
	default:
		fmt.Fprint(&b, e.StatusCode)
	}
	if e.Message != "" {
		b.WriteString(": " + oneLine(e.Message))
	}
	if e.RequestID != "" {
		b.WriteString(" (request-id " + oneLine(e.RequestID) + ")")
	}
	return b.String()
}

// Is reports whether target is the Err… constant of the answer's status, or ErrOutcomeUnknown if that is so.
func (e *Error) Is(target error) bool {
	if target == ErrOutcomeUnknown {
		return e.uncertain
	}
	status, ok := target.(statusError)
	return ok && e.StatusCode == int(status)
}

// Unwrap returns why the answer could not be read; nil if it could.
func (e *Error) Unwrap() error { return e.cause }

// oneLine keeps text from the service from breaking lines or steering a terminal.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, s)
}

// maxErrorBody is how much of an error's body is kept.
const maxErrorBody = 1 << 20

// newError returns an error for the last answer, without looking into its body.
func (x *exchange) newError(body []byte) *Error {
	return &Error{
		StatusCode:      x.response.StatusCode,
		RequestID:       x.response.RequestID,
		ClientRequestID: x.response.ClientRequestID,
		Method:          x.method,
		URL:             x.url.String(),
		Header:          headerWithoutToken(x.response.Header, x.token),
		Raw:             []byte(withoutToken(string(body[:min(len(body), maxErrorBody)]), x.token)),
		path:            x.path(),
	}
}

// parse fills the error from its body {"error": {…}}. What does not have that shape is left to Raw.
func (e *Error) parse() {
	body := jsonObject(e.Raw)
	if code := jsonText(body["error"]); code != "" { // what sign-in services write
		e.Code, e.Message = code, jsonText(body["error_description"])
		return
	}
	e.parseObject(body["error"])
}

// parseObject reads OData's error object: code, message, target, details and innerError.
func (e *Error) parseObject(data []byte) {
	m := jsonObject(data)
	e.Code, e.Message, e.Target = jsonText(m["code"]), jsonText(m["message"]), jsonText(m["target"])
	details := []json.RawMessage{m["details"]} // a single one, as some services write it
	if jsonObject(m["details"]) == nil {
		details = nil
		_ = json.Unmarshal(m["details"], &details) // another shape stays in Raw
	}
	for _, detail := range details {
		d := jsonObject(detail)
		e.Details = append(e.Details, ErrorDetail{jsonText(d["code"]), jsonText(d["message"]), jsonText(d["target"])})
	}
	e.InnerError = parseInner(m["innererror"], maxInnerErrors)
	if e.InnerError != nil && e.RequestID == "" {
		e.RequestID = e.InnerError.RequestID
	}
}

// maxInnerErrors is how many inner errors are read; those deeper down stay in the last one's Raw.
const maxInnerErrors = 8

// parseInner reads an inner error and those inside it; nil if there is none.
func parseInner(data json.RawMessage, depth int) *InnerError {
	m := jsonObject(data)
	if m == nil || depth == 0 {
		return nil
	}
	return &InnerError{
		Code:            jsonText(m["code"]),
		Message:         jsonText(m["message"]),
		Date:            jsonText(m["date"]),
		RequestID:       cmp.Or(jsonText(m["request-id"]), jsonText(m["requestid"])),
		ClientRequestID: jsonText(m["client-request-id"]),
		InnerError:      parseInner(m["innererror"], depth-1),
		Raw:             data,
	}
}

// jsonObject returns the members of an object by their names in lower case, for services write innerError
// and innererror; nil for anything else.
func jsonObject(data []byte) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	if json.Unmarshal(data, &m) != nil || m == nil {
		return nil
	}
	lower := make(map[string]json.RawMessage, len(m))
	for _, name := range sortedNames(m) { // capitals sort first: the usual spelling wins
		lower[strings.ToLower(name)] = m[name]
	}
	return lower
}

// jsonText returns a string, a number as it is written, or the value of {"lang": …, "value": …}, as OData had messages
// once; "" for anything else.
func jsonText(data json.RawMessage) string {
	var s string
	if json.Unmarshal(data, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(data, &n) == nil {
		return n.String()
	}
	var localized struct{ Value string }
	_ = json.Unmarshal(data, &localized) // Value stays "" if it is something else
	return localized.Value
}

// minSecret is the length below which a token is the stand-in of a test: replaced, it would cut words apart.
const minSecret = 8

// withoutToken takes a token out of what a service has sent.
func withoutToken(text string, secret secret) string {
	token := secret.text()
	if len(token) < minSecret {
		return text
	}
	return strings.ReplaceAll(text, token, "[token]")
}

// headerWithoutToken returns a copy of a header without a token in it.
func headerWithoutToken(header http.Header, token secret) http.Header {
	copied := header.Clone()
	for _, values := range copied {
		for i, value := range values {
			values[i] = withoutToken(value, token)
		}
	}
	return copied
}

// hidden is an error whose text, which holds words of the peer, does not show a token.
type hidden struct {
	error
	token secret
}

func (e hidden) Error() string { return withoutToken(e.error.Error(), e.token) }

func (e hidden) Unwrap() error { return e.error }

// hide takes a token out of what was parsed: in JSON it can be written with escapes, so that it does not show in the
// body.
func (e *Error) hide(token secret) {
	texts := []*string{&e.Code, &e.Message, &e.Target, &e.RequestID}
	for i := range e.Details {
		d := &e.Details[i]
		texts = append(texts, &d.Code, &d.Message, &d.Target)
	}
	for inner := e.InnerError; inner != nil; inner = inner.InnerError {
		texts = append(texts, &inner.Code, &inner.Message, &inner.Date, &inner.RequestID, &inner.ClientRequestID)
	}
	for _, text := range texts {
		*text = withoutToken(*text, token)
	}
}
