package graph

import (
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// newTLSServer returns the address of a server whose certificate nobody trusts.
func newTLSServer(t *testing.T) string {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it is refused on purpose
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

func TestErrors(t *testing.T) {
	whole := `{"error":{"code":"BadRequest","message":"Duplicate members.","target":"members","details":[` +
		`{"code":"A","message":"b","target":"c"},{"code":"D"}],"innerError":{"date":"2024-05-01T12:00:00","request-id":"r1",` +
		`"client-request-id":"c1","message":"inner","innererror":{"code":"Deep"}}}}`
	inner := whole[strings.Index(whole, `{"date"`) : len(whole)-2]
	tests := []struct {
		name  string
		reply reply
		want  *Error
		text  string
	}{
		{name: "whole", reply: reply{status: 400, body: whole, header: map[string]string{"request-id": "4b0a", "client-request-id": "c2"}},
			want: &Error{StatusCode: 400, Code: "BadRequest", Message: "Duplicate members.", Target: "members",
				Details:   []ErrorDetail{{"A", "b", "c"}, {Code: "D"}},
				RequestID: "4b0a", ClientRequestID: "c2",
				InnerError: &InnerError{Message: "inner", Date: "2024-05-01T12:00:00", RequestID: "r1", ClientRequestID: "c1",
					InnerError: &InnerError{Code: "Deep", Raw: json.RawMessage(`{"code":"Deep"}`)}, Raw: json.RawMessage(inner)}},
			text: "POST /v1.0/gadgets: 400 BadRequest: Duplicate members. (request-id 4b0a)"},
		{name: "request id from the body", reply: reply{status: 400, body: `{"error":{"code":"X","innererror":{"request-id":"r1"}}}`},
			want: &Error{StatusCode: 400, Code: "X", RequestID: "r1", ClientRequestID: "mine",
				InnerError: &InnerError{RequestID: "r1", Raw: json.RawMessage(`{"request-id":"r1"}`)}},
			text: "POST /v1.0/gadgets: 400 X (request-id r1)"},
		{name: "code without message", reply: reply{status: 403, body: `{"error":{"code":"Forbidden"}}`},
			want: &Error{StatusCode: 403, Code: "Forbidden", ClientRequestID: "mine"}, text: "POST /v1.0/gadgets: 403 Forbidden"},
		{name: "message without code", reply: reply{status: 403, body: `{"error":{"message":"no"}}`},
			want: &Error{StatusCode: 403, Message: "no", ClientRequestID: "mine"}, text: "POST /v1.0/gadgets: 403 Forbidden: no"},
		{name: "one detail by itself", reply: reply{status: 400, body: `{"error":{"code":"X","details":{"code":"A","message":"b"}}}`},
			want: &Error{StatusCode: 400, Code: "X", Details: []ErrorDetail{{Code: "A", Message: "b"}}, ClientRequestID: "mine"},
			text: "POST /v1.0/gadgets: 400 X"},
		{name: "details of all kinds", reply: reply{status: 400, body: `{"error":{"code":"X","details":[null,"y",[],{"code":7}]}}`},
			want: &Error{StatusCode: 400, Code: "X", Details: []ErrorDetail{{}, {}, {}, {Code: "7"}}, ClientRequestID: "mine"},
			text: "POST /v1.0/gadgets: 400 X"},
		{name: "message with its language", reply: reply{status: 400, body: `{"error":{"code":"X","message":{"lang":"en-US","value":"No."}}}`},
			want: &Error{StatusCode: 400, Code: "X", Message: "No.", ClientRequestID: "mine"}, text: "POST /v1.0/gadgets: 400 X: No."},
		{name: "the other spelling of the request id", reply: reply{status: 400, body: `{"error":{"code":"X","innerError":{"requestId":"r1"}}}`},
			want: &Error{StatusCode: 400, Code: "X", RequestID: "r1", ClientRequestID: "mine",
				InnerError: &InnerError{RequestID: "r1", Raw: json.RawMessage(`{"requestId":"r1"}`)}},
			text: "POST /v1.0/gadgets: 400 X (request-id r1)"},
		{name: "invalid UTF-8", reply: reply{status: 400, body: "{\"error\":{\"code\":\"A\xff\",\"message\":\"\xc3(\"}}"},
			want: &Error{StatusCode: 400, Code: "A\ufffd", Message: "\ufffd(", ClientRequestID: "mine"},
			text: "POST /v1.0/gadgets: 400 A\ufffd: \ufffd("},
		{name: "wrong types", reply: reply{status: 400, body: `{"error":{"code":5,"message":["x"],"details":"z","innerError":"y"}}`},
			want: &Error{StatusCode: 400, Code: "5", ClientRequestID: "mine"}, text: "POST /v1.0/gadgets: 400 5"},
		{name: "error is a string", reply: reply{status: 401, body: `{"error":"invalid_token","error_description":"It has expired."}`},
			want: &Error{StatusCode: 401, Code: "invalid_token", Message: "It has expired.", ClientRequestID: "mine"},
			text: "POST /v1.0/gadgets: 401 invalid_token: It has expired."},
		{name: "error is null", reply: reply{status: 500, body: `{"error":null}`},
			want: &Error{StatusCode: 500, ClientRequestID: "mine"}, text: "POST /v1.0/gadgets: 500 Internal Server Error"},
		{name: "empty", reply: reply{status: 404},
			want: &Error{StatusCode: 404, ClientRequestID: "mine"}, text: "POST /v1.0/gadgets: 404 Not Found"},
		{name: "html", reply: reply{status: 502, body: "<html>Bad\nGateway</html>"},
			want: &Error{StatusCode: 502, ClientRequestID: "mine"}, text: "POST /v1.0/gadgets: 502 Bad Gateway"},
		{name: "array", reply: reply{status: 400, body: `[{"error":{"code":"X"}}]`},
			want: &Error{StatusCode: 400, ClientRequestID: "mine"}, text: "POST /v1.0/gadgets: 400 Bad Request"},
		{name: "cut short", reply: reply{status: 400, body: whole[:50]},
			want: &Error{StatusCode: 400, ClientRequestID: "mine"}, text: "POST /v1.0/gadgets: 400 Bad Request"},
		{name: "connection cut short", reply: reply{status: 400, body: whole[:50], header: map[string]string{"Content-Length": "500"}},
			want: &Error{StatusCode: 400, ClientRequestID: "mine"}, text: "POST /v1.0/gadgets: 400 Bad Request"},
		{name: "byte order mark", reply: reply{status: 400, body: byteOrderMark + `{"error":{"code":"X"}}`},
			want: &Error{StatusCode: 400, Code: "X", ClientRequestID: "mine"}, text: "POST /v1.0/gadgets: 400 X"},
		{name: "status without a name", reply: reply{status: 599},
			want: &Error{StatusCode: 599, ClientRequestID: "mine"}, text: "POST /v1.0/gadgets: 599"},
		{name: "control characters", reply: reply{status: 400, body: `{"error":{"code":"A\nB","message":"\u001b[2J\u202ex"}}`},
			want: &Error{StatusCode: 400, Code: "A\nB", Message: "\x1b[2J\u202ex", ClientRequestID: "mine"},
			text: "POST /v1.0/gadgets: 400 A B:  [2J x"},
		{name: "throttled for long", reply: reply{status: 429, header: retryAfterHeader("600")},
			want: &Error{StatusCode: 429, RetryAfter: 10 * time.Minute, ClientRequestID: "mine"}, text: "POST /v1.0/gadgets: 429 Too Many Requests"},
		{name: "token repeated", reply: reply{status: 401, body: `{"error":{"code":"X","message":"Bearer secret-token is bad"}}`},
			want: &Error{StatusCode: 401, Code: "X", Message: "Bearer [token] is bad", ClientRequestID: "mine",
				Raw: []byte(`{"error":{"code":"X","message":"Bearer [token] is bad"}}`)},
			text: "POST /v1.0/gadgets: 401 X: Bearer [token] is bad"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, test.reply)
			_, err := send(t.Context(), s.gadgets(), "POST", (&gadget{ID: "private"}).body(), readGadget,
				[]CallOption{Query("$filter", "private"), Header("client-request-id", "mine")})
			var got *Error
			if !errors.As(err, &got) {
				t.Fatalf("error %v is no *Error", err)
			}
			if err.Error() != test.text {
				t.Errorf("text %q, want %q", err, test.text)
			}
			test.want.Method, test.want.URL = "POST", s.URL+"/v1.0/gadgets?$filter=private"
			if test.want.Raw == nil {
				test.want.Raw = []byte(strings.TrimPrefix(test.reply.body, byteOrderMark))
			}
			if diff := cmp.Diff(test.want, got, cmpopts.IgnoreUnexported(Error{}), cmpopts.IgnoreFields(Error{}, "Header"), cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestErrorsAreBounded(t *testing.T) {
	s := serve(t,
		reply{status: 400, body: strings.Repeat("x", maxErrorBody+10)},
		reply{status: 400, body: `{"error":` + strings.Repeat(`{"innererror":`, 5000) + `{}` + strings.Repeat("}", 5001)})
	var e *Error
	_, err := list(t.Context(), s.gadgets(), nil, readGadget, nil)
	if !errors.As(err, &e) || len(e.Raw) != maxErrorBody {
		t.Errorf("%d bytes kept, want %d", len(e.Raw), maxErrorBody)
	}
	_, err = list(t.Context(), s.gadgets(), nil, readGadget, nil)
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	depth := 0
	for inner := e.InnerError; inner != nil; inner = inner.InnerError {
		depth++
	}
	if depth != maxInnerErrors {
		t.Errorf("%d inner errors, want %d", depth, maxInnerErrors)
	}
}

func TestErrorsToCompareWith(t *testing.T) {
	all := []error{ErrBadRequest, ErrUnauthorized, ErrForbidden, ErrNotFound, ErrConflict, ErrGone, ErrPreconditionFailed, ErrThrottled}
	tests := []struct {
		status int
		want   error
	}{
		{400, ErrBadRequest}, {401, ErrUnauthorized}, {403, ErrForbidden}, {404, ErrNotFound}, {409, ErrConflict},
		{410, ErrGone}, {412, ErrPreconditionFailed}, {429, ErrThrottled}, {500, nil}, {200, nil},
	}
	for _, test := range tests {
		for _, target := range all {
			if got := errors.Is(&Error{StatusCode: test.status}, target); got != (target == test.want) {
				t.Errorf("errors.Is of %d and %q is %v", test.status, target, got)
			}
		}
	}
	if got, want := ErrNotFound.Error(), "404 Not Found"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

// jsonFault returns what the reader says about a text that is no gadget.
func jsonFault(text string) string {
	_, err := decodeValue([]byte(text), nil, readGadget)
	return errorText(err)
}

// TestUnreadableAnswers: a success that is none is an *Error as well.
func TestUnreadableAnswers(t *testing.T) {
	tests := []struct {
		name  string
		reply reply
		text  string
		cause error
		raw   string
	}{
		{name: "empty", text: "GET /v1.0/gadgets/1: 200 OK: the answer cannot be read: it has no body", cause: errNoBody},
		{name: "no content", reply: reply{status: 204},
			text: "GET /v1.0/gadgets/1: 204 No Content: the answer cannot be read: it has no body", cause: errNoBody},
		{name: "null", reply: reply{body: " null\n"},
			text: "GET /v1.0/gadgets/1: 200 OK: the answer cannot be read: it has no body", cause: errNoBody, raw: " null\n"},
		{name: "html", reply: reply{body: "<html>", header: map[string]string{"request-id": "r1"}}, raw: "<html>",
			text: "GET /v1.0/gadgets/1: 200 OK: the answer cannot be read: " + jsonFault("<html>") + " (request-id r1)"},
		{name: "cut short", reply: reply{body: `{"id":"1`}, raw: `{"id":"1`,
			text: "GET /v1.0/gadgets/1: 200 OK: the answer cannot be read: " + jsonFault(`{"id":"1`)},
		{name: "connection cut short", reply: reply{body: `{"id":"1"}`, header: map[string]string{"Content-Length": "500"}}, raw: `{"id":"1"}`,
			text: "GET /v1.0/gadgets/1: 200 OK: the answer cannot be read: unexpected EOF", cause: io.ErrUnexpectedEOF},
		{name: "larger than the limit", reply: reply{body: `{"id":"` + strings.Repeat("x", 100) + `"}`}, raw: `{"id":"` + strings.Repeat("x", 93),
			text: "GET /v1.0/gadgets/1: 200 OK: the answer cannot be read: it is larger than 100 bytes"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, test.reply)
			s.client.maxBody, s.client.retry = 100, NoRetry.policy()
			got, err := getOne(t.Context(), s.gadgets().byKey("id", "1"), nil, readGadget, nil)
			if got != nil || s.text(err) != test.text {
				t.Errorf("%v, error %q, want %q", got, s.text(err), test.text)
			}
			if test.cause != nil && !errors.Is(err, test.cause) {
				t.Errorf("the error is not %v", test.cause)
			}
			var e *Error
			if !errors.As(err, &e) || string(e.Raw) != test.raw {
				t.Errorf("raw %q, want %q", e.Raw, test.raw)
			}
		})
	}
}

func TestNoSecretsInErrorsOfTheNetwork(t *testing.T) {
	s := serve(t)
	s.Close()
	_, err := send(t.Context(), s.gadgets(), "POST", (&gadget{ID: "private"}).body(), readGadget, []CallOption{Query("$filter", "private")})
	got := strings.ReplaceAll(s.text(err), strings.TrimPrefix(s.URL, "http://"), "{address}")
	if want := "POST /v1.0/gadgets: dial tcp {address}: connect: connection refused"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
}

func TestShortTokenIsNotHidden(t *testing.T) {
	s := serve(t, reply{status: 400, body: `{"error":{"code":"BadRequest","message":"It is bad."}}`})
	s.client.token = StaticToken("t").Token
	_, err := getOne(t.Context(), s.client.at("/gadgets"), nil, readGadget, nil)
	if want := "GET /v1.0/gadgets: 400 BadRequest: It is bad."; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}
