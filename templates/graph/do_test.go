package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// derivedGadget is a type with a base.
type derivedGadget struct{ gadget }

func (*derivedGadget) derived() {}

func TestDo(t *testing.T) {
	type request struct{ Line, ContentType, Body string }
	name := func(v any) any { return map[string]any{"name": v} }
	tests := []struct {
		name   string
		method string
		path   string
		in     any
		opts   []CallOption
		want   request
	}{
		{name: "path", path: "/gadgets/19:a@thread.v2/parts?$top=5&$filter=a%20eq%201", want: request{Line: "GET /v1.0/gadgets/19:a@thread.v2/parts?$top=5&$filter=a%20eq%201"}},
		{name: "without a slash", path: "gadgets", want: request{Line: "GET /v1.0/gadgets"}},
		{name: "raw key", path: "/gadgets/a b#c", want: request{Line: "GET /v1.0/gadgets/a%20b%23c"}},
		{name: "another link in the query", path: "/gadgets?link=https://h/x", want: request{Line: "GET /v1.0/gadgets?link=https://h/x"}},
		{name: "absolute", path: "{root}/gadgets?a=b", want: request{Line: "GET /v1.0/gadgets?a=b"}},
		{name: "more query", path: "/gadgets?a=b", opts: []CallOption{Query("$top", "1")}, want: request{Line: "GET /v1.0/gadgets?a=b&$top=1"}},
		{name: "model", method: "POST", path: "/gadgets", in: &gadget{ID: "1", Owner: bindKey[gadget]("gadgets", "2")},
			want: request{"POST /v1.0/gadgets", "application/json", `{"id":"1","owner@odata.bind":"{root}/gadgets('2')"}`}},
		{name: "derived model", method: "POST", path: "/gadgets", in: &derivedGadget{gadget{ID: "1"}},
			want: request{"POST /v1.0/gadgets", "application/json", `{"@odata.type":"#test.gadget","id":"1"}`}},
		{name: "raw", method: "PATCH", path: "/gadgets/1", in: json.RawMessage(`{"a": 1}`),
			want: request{"PATCH /v1.0/gadgets/1", "application/json", `{"a": 1}`}},
		{name: "bytes", method: "PUT", path: "/gadgets/1", in: []byte("a"), opts: []CallOption{Header("Content-Type", "text/plain")},
			want: request{"PUT /v1.0/gadgets/1", "text/plain", "a"}},
		{name: "reader", method: "PUT", path: "/gadgets/1/$value", in: strings.NewReader("content"),
			want: request{"PUT /v1.0/gadgets/1/$value", "application/octet-stream", "content"}},
		{name: "any", method: "POST", path: "/gadgets", in: name("n"), want: request{"POST /v1.0/gadgets", "application/json", `{"name":"n"}`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, reply{status: 204})
			if test.method == "" {
				test.method = "GET"
			}
			path := strings.ReplaceAll(test.path, "{root}", s.client.root.String())
			resp, err := s.client.Do(t.Context(), test.method, path, test.in, nil, test.opts...)
			if err != nil || resp.StatusCode != 204 {
				t.Fatal(resp, err)
			}
			got := request{s.sent()[0].line, s.sent()[0].header.Get("Content-Type"), strings.ReplaceAll(s.sent()[0].body, s.client.root.String(), "{root}")}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDoErrors(t *testing.T) {
	tests := []struct {
		name, method, path string
		in                 any
		want               string
	}{
		{name: "empty path", method: "GET", want: "GET : the path is empty"},
		{name: "parent folder", method: "GET", path: "/gadgets/../admin", want: `GET /gadgets/../admin: the path has a segment "." or ".."`},
		{name: "hidden parent folder", method: "GET", path: "/gadgets/%2e%2E/admin", want: `GET /gadgets/%2e%2E/admin: the path has a segment "." or ".."`},
		{name: "another host", method: "GET", path: "https://me:pw@evil.example/x?secret",
			want: "GET https://evil.example/x: the path points to https://evil.example, but this client sends to {server} only"},
		{name: "method", method: "G T", path: "/gadgets", want: "G T /gadgets: the method is not one"},
		{name: "nil model", method: "POST", path: "/gadgets", in: (*gadget)(nil), want: "POST /gadgets: the body is nil"},
		{name: "model", method: "POST", path: "/gadgets", in: &gadget{Owner: bindKey[gadget]("gadgets", "")}, want: "POST /gadgets: the body cannot be sent: " + emptyBind()},
		{name: "no JSON", method: "POST", path: "/gadgets?secret", in: make(chan int), want: "POST /gadgets: the body cannot be sent: json: unsupported type: chan int"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t)
			resp, err := s.client.Do(t.Context(), test.method, test.path, test.in, nil)
			if got := s.text(err); got != test.want || resp != nil {
				t.Errorf("%v, error %q, want %q", resp, got, test.want)
			}
			if len(s.sent()) > 0 {
				t.Error("it was sent all the same")
			}
		})
	}
}

// emptyBind returns what the writer says about a bind with an empty key.
func emptyBind() string {
	_, err := appendJSON((&gadget{Owner: bindKey[gadget]("gadgets", "")}).body(), "https://h")
	return errorText(err)
}

func TestDoAnswers(t *testing.T) {
	const body = ` {"id":"1"}`
	answer := reply{body: body}

	var raw json.RawMessage
	var data []byte
	var model gadget
	var plain struct{ ID string }
	var buffer bytes.Buffer
	s := serve(t, answer, answer, answer, answer, answer, answer)
	for _, out := range []any{&raw, &data, &model, &plain, &buffer, nil} {
		resp, err := s.client.Do(t.Context(), "GET", "/gadgets/1", nil, out)
		if err != nil || resp.StatusCode != 200 {
			t.Fatal(resp, err)
		}
	}
	got := []string{string(raw), string(data), model.ID, plain.ID, buffer.String()}
	if diff := cmp.Diff([]string{body, body, "1", "1", body}, got); diff != "" {
		t.Error(diff)
	}
	var accepts []string
	for _, sent := range s.sent() {
		accepts = append(accepts, sent.header.Get("Accept"))
	}
	want := []string{"application/json", "*/*", "application/json", "application/json", "*/*", "*/*"}
	if diff := cmp.Diff(want, accepts); diff != "" {
		t.Error(diff)
	}
}

func TestDoAnswersThatFail(t *testing.T) {
	s := serve(t,
		reply{status: 204},
		reply{status: 404, body: `{"error":{"code":"X"}}`, header: map[string]string{"request-id": "r1"}},
		reply{body: `{"id":1}`},
		reply{body: "abc", header: map[string]string{"Content-Length": "50"}})
	plain := struct{ ID string }{"before"}

	resp, err := s.client.Do(t.Context(), "GET", "/gadgets/1", nil, &plain)
	if err != nil || resp.StatusCode != 204 || plain.ID != "before" {
		t.Errorf("no body: %v, %v, %q", resp, err, plain.ID)
	}
	resp, err = s.client.Do(t.Context(), "GET", "/gadgets/1", nil, &plain)
	if !errors.Is(err, ErrNotFound) || resp == nil || resp.RequestID != "r1" {
		t.Errorf("not found: %v, %v", resp, err)
	}
	resp, err = s.client.Do(t.Context(), "GET", "/gadgets/1", nil, &plain)
	var e *Error
	if !errors.As(err, &e) || string(e.Raw) != `{"id":1}` || resp == nil {
		t.Errorf("another type: %v, %v", resp, err)
	}
	var buffer bytes.Buffer
	_, err = s.client.Do(t.Context(), "GET", "/gadgets/1", nil, &buffer)
	if got, want := s.text(err), "GET /v1.0/gadgets/1: copying the answer: unexpected EOF"; got != want || buffer.String() != "abc" {
		t.Errorf("cut short: %q, error %q, want %q", buffer.String(), got, want)
	}
}

// WithoutToken sends to an address at another host that needs no token, and nowhere from there.
func TestDoWithoutToken(t *testing.T) {
	other := serve(t, reply{status: 201, body: `{"id":"NEW"}`}, reply{status: 307, header: location("https://evil.example/x")},
		reply{status: 302, header: location("https://evil.example/x")})
	s := serve(t)
	var got gadget
	var data []byte
	resp, err := s.client.Do(t.Context(), "PUT", other.URL+"/up?x=1", strings.NewReader("hello"), &got, WithoutToken(), Header("Content-Range", "bytes 0-4/5"))
	if err != nil || resp.StatusCode != 201 || got.ID != "NEW" {
		t.Fatalf("%v, %v, %v", resp, got, err)
	}
	sent := other.sent()[0]
	if sent.line != "PUT /up?x=1" || sent.body != "hello" || sent.header.Get("Content-Range") != "bytes 0-4/5" || sent.header.Get("Authorization") != "" {
		t.Errorf("%+v", sent)
	}
	if _, err := s.client.Do(t.Context(), "PUT", other.URL+"/up", strings.NewReader("hello"), nil, WithoutToken()); errorText(err) != "PUT /up: 307 Temporary Redirect" {
		t.Error(err)
	}
	if _, err := s.client.Do(t.Context(), "GET", other.URL+"/up", nil, &data, WithoutToken()); errorText(err) != "GET /up: 302 Found" {
		t.Error(err)
	}
	for path, want := range map[string]string{
		"http://store.example/x":     "GET http://store.example/x: the path points to http://store.example, which is not https",
		"https://me@store.example/x": "GET https://store.example/x: the path to store.example holds a user name",
	} {
		if _, err := s.client.Do(t.Context(), "GET", path, nil, nil, WithoutToken()); errorText(err) != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	if _, err := getOne(t.Context(), s.gadgets(), nil, readGadget, []CallOption{WithoutToken()}); errorText(err) != "GET /gadgets: WithoutToken is for calls of Do" {
		t.Error(err)
	}
	if len(s.sent()) != 0 || len(other.sent()) != 3 {
		t.Errorf("%q, %q", s.lines(), other.lines())
	}
}
