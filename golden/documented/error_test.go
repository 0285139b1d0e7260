package documented_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	beta "github.com/graphslice/graphslice/generated/beta/graph"
	v1 "github.com/graphslice/graphslice/generated/v1.0/graph"
)

// duplicateMembers is the error that the service answers a chat with the same member twice with.
const duplicateMembers = `{"error": {
	"code": "BadRequest",
	"message": "Duplicate chat members is specified in the request body.",
	"target": "members",
	"details": [{"code": "Duplicate", "message": "Members 0 and 1.", "target": "members/1"}],
	"innerError": {
		"code": "InvalidMembers", "message": "Duplicate chat members is specified in the request body.",
		"date": "2024-05-01T08:30:00", "request-id": "4b0a6bd1-0000-0000-0000-000000000001",
		"client-request-id": "4b0a6bd1-0000-0000-0000-000000000002"
	}
}}`

// TestErrorText holds to the documented form of an error's text, which has nothing of the request body.
func TestErrorText(t *testing.T) {
	s := serve(t, "v1.0", answer{
		status: http.StatusBadRequest,
		headers: map[string]string{
			"Content-Type": "application/json", "request-id": "4b0a6bd1-0000-0000-0000-000000000001",
		},
		body: duplicateMembers,
	})
	_, err := s.v1Client().Chats().Create(context.Background(), &v1.Chat{
		Topic: v1.Some("confidential"),
		Members: []v1.AnyConversationMember{
			&v1.AadUserConversationMember{User: v1.BindUser(user1)},
			&v1.AadUserConversationMember{User: v1.BindUser(user1)},
		},
	})
	const want = "POST /v1.0/chats: 400 BadRequest: Duplicate chat members is specified in the request body. (request-id 4b0a6bd1-0000-0000-0000-000000000001)"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if !errors.Is(err, v1.ErrBadRequest) || errors.Is(err, v1.ErrNotFound) {
		t.Errorf("errors.Is goes wrong for %v", err)
	}
}

func TestErrorFields(t *testing.T) {
	s := serve(t, "beta", answer{
		status: http.StatusBadRequest,
		headers: map[string]string{
			"Content-Type": "application/json", "request-id": "r1", "client-request-id": "c1", "Retry-After": "7",
		},
		body: duplicateMembers,
	})
	_, err := s.betaClient().Chats().Create(context.Background(), &beta.Chat{ChatType: beta.ChatTypeGroup})
	var got *beta.Error
	if !errors.As(err, &got) {
		t.Fatalf("got %v, want an *Error", err)
	}
	want := &beta.Error{
		StatusCode: 400,
		Code:       "BadRequest",
		Message:    "Duplicate chat members is specified in the request body.",
		Target:     "members",
		Details:    []beta.ErrorDetail{{Code: "Duplicate", Message: "Members 0 and 1.", Target: "members/1"}},
		InnerError: &beta.InnerError{
			Code:            "InvalidMembers",
			Message:         "Duplicate chat members is specified in the request body.",
			Date:            "2024-05-01T08:30:00",
			RequestID:       "4b0a6bd1-0000-0000-0000-000000000001",
			ClientRequestID: "4b0a6bd1-0000-0000-0000-000000000002",
		},
		RequestID:       "r1",
		ClientRequestID: "c1",
		Method:          "POST",
		URL:             s.root + "/chats",
		RetryAfter:      7e9,
		Raw:             []byte(duplicateMembers),
	}
	var body struct {
		Error struct{ InnerError json.RawMessage }
	}
	if err := json.Unmarshal([]byte(duplicateMembers), &body); err != nil {
		t.Fatal(err)
	}
	want.InnerError.Raw = body.Error.InnerError
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(beta.Error{}), cmpopts.IgnoreFields(beta.Error{}, "Header")); diff != "" || got.Header.Get("Retry-After") != "7" {
		t.Errorf("error (-want +got):\n%s", diff)
	}
}

func TestErrorStatuses(t *testing.T) {
	tests := []struct {
		status int
		is     error
		want   string
	}{
		{400, beta.ErrBadRequest, "GET /beta/chats/1: 400 X: Y"},
		{401, beta.ErrUnauthorized, "GET /beta/chats/1: 401 X: Y"},
		{403, beta.ErrForbidden, "GET /beta/chats/1: 403 X: Y"},
		{404, beta.ErrNotFound, "GET /beta/chats/1: 404 X: Y"},
		{409, beta.ErrConflict, "GET /beta/chats/1: 409 X: Y"},
		{410, beta.ErrGone, "GET /beta/chats/1: 410 X: Y"},
		{412, beta.ErrPreconditionFailed, "GET /beta/chats/1: 412 X: Y"},
		{429, beta.ErrThrottled, "GET /beta/chats/1: 429 X: Y"},
	}
	for _, test := range tests {
		s := serve(t, "beta", answer{status: test.status, body: `{"error": {"code": "X", "message": "Y"}}`})
		_, err := s.betaClient().Chats().ByID("1").Get(context.Background(), nil)
		if err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
		for _, other := range tests {
			if got, want := errors.Is(err, other.is), other.status == test.status; got != want {
				t.Errorf("%d: errors.Is(err, %v) is %v", test.status, other.is, got)
			}
		}
	}
}

// TestErrorsOfAnotherShape covers bodies that are not the documented one: each is an *Error all the same.
func TestErrorsOfAnotherShape(t *testing.T) {
	tests := []struct{ name, contentType, body, want string }{
		{"no body", "", "", "502 Bad Gateway"},
		{"HTML", "text/html", "<html>Bad Gateway</html>", "502 Bad Gateway"},
		{"cut short", "application/json", `{"error": {"code": "X", "mess`, "502 Bad Gateway"},
		{"error is a string", "application/json", `{"error": "invalid_grant", "error_description": "No."}`, "502 invalid_grant: No."},
		{"no message", "application/json", `{"error": {"code": "X"}}`, "502 X"},
		{"a list", "application/json", `[1]`, "502 Bad Gateway"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, "beta", answer{status: 502, headers: map[string]string{"Content-Type": test.contentType}, body: test.body})
			chat, err := s.betaClient().Chats().ByID("1").Get(context.Background(), &beta.GetOptions{Select: []string{"id"}})
			var e *beta.Error
			if !errors.As(err, &e) || chat != nil {
				t.Fatalf("got %v, %v; want an *Error", chat, err)
			}
			if want := "GET /beta/chats/1: " + test.want; err.Error() != want {
				t.Errorf("got %s, want %s", err, want)
			}
			if string(e.Raw) != test.body {
				t.Errorf("Raw is %q, want %q", e.Raw, test.body)
			}
		})
	}
}

// TestAnswersThatCannotBeRead covers successes that are none: an *Error with what came.
func TestAnswersThatCannotBeRead(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"no body", ``, "GET /beta/chats/1: 200 OK: the answer cannot be read: it has no body"},
		{"cut short", `{"topic": "Lun`, "GET /beta/chats/1: 200 OK: the answer cannot be read: json: topic: the text ends inside a string (at byte 14)"},
		{"another type", `[7]`, "GET /beta/chats/1: 200 OK: the answer cannot be read: json: expected an object, found an array (at byte 0)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, "beta", ok(test.body))
			chat, err := s.betaClient().Chats().ByID("1").Get(context.Background(), nil)
			var e *beta.Error
			if !errors.As(err, &e) || chat != nil {
				t.Fatalf("got %v, %v; want an *Error", chat, err)
			}
			if err.Error() != test.want || string(e.Raw) != test.body {
				t.Errorf("got  %s\nwant %s\nRaw %q", err, test.want, e.Raw)
			}
		})
	}
}

// TestRetry covers throttling: the service says when to come back, and the same request comes again.
func TestRetry(t *testing.T) {
	s := serve(t, "beta",
		answer{status: 429, headers: map[string]string{"Retry-After": "0"}},
		answer{status: 503, headers: map[string]string{"Retry-After": "0"}},
		answer{status: 201, headers: map[string]string{"Location": "/chats/1/members/2"}})
	client := s.betaClient(beta.WithRetry(beta.RetryPolicy{}))
	added, err := client.Chats().ByID("1").Members().Create(context.Background(), owner(user1))
	if err != nil || added.ID() != "2" {
		t.Fatalf("got %v, %v", added, err)
	}
	one := sent(t, "POST", "/chats/1/members", `{"@odata.type": "#microsoft.graph.aadUserConversationMember",
		"roles": ["owner"], "user@odata.bind": "{root}/users('`+user1+`')"}`)
	s.wantSeen(one, one, one)
}
