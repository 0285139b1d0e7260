package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestService(t *testing.T) {
	for _, test := range []struct {
		answers, path, body, location string
		status                        int
	}{
		{withBody, "/v1.0/chats", `{"id":"19:new@thread.v2","chatType":"oneOnOne"}`, "", 201},
		{withoutBody, "/v1.0/chats", "", "/chats('19:new@thread.v2')", 201},
		{withoutBody, "/v1.0/chats/19:chat@thread.v2/members", "", "/chats('19:chat@thread.v2')/members('MCMjMQ==')", 201},
		{accepted, "/v1.0/chats", "", "/chats('19:new@thread.v2')/operations('2432b57b')", 202},
	} {
		s := &service{answers: test.answers}
		answer := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, test.path, zipped(t, `{"a":1}`))
		r.Header.Set("Content-Encoding", "gzip")
		r.Header.Set("Authorization", "Bearer secret")
		r.Header.Set("client-request-id", "4b0a2f9c")
		s.ServeHTTP(answer, r)
		if answer.Code != test.status || answer.Body.String() != test.body || answer.Header().Get("Location") != test.location {
			t.Errorf("%s %s: %d %q %q", test.answers, test.path, answer.Code, answer.Body, answer.Header().Get("Location"))
		}
		want := []request{{http.MethodPost, test.path[len("/v1.0"):], []string{"Client-Request-Id: …", "Content-Encoding: gzip"}, `{"a":1}`}}
		if diff := cmp.Diff(want, s.requests); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}

func zipped(t *testing.T, text string) io.Reader {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &b
}
