package graph

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCallOptions(t *testing.T) {
	tests := []struct {
		name   string
		opts   []CallOption
		line   string
		header map[string]string
		err    string
	}{
		{name: "none", line: "GET /v1.0/gadgets?$top=1"},
		{name: "header", opts: []CallOption{Header("X-A", "1"), Header("x-a", "2")},
			line: "GET /v1.0/gadgets?$top=1", header: map[string]string{"X-A": "2"}},
		{name: "headers of the client's", opts: []CallOption{Header("client-request-id", "mine"), Header("Accept", "application/json;odata.metadata=full")},
			line: "GET /v1.0/gadgets?$top=1", header: map[string]string{"Client-Request-Id": "mine", "Accept": "application/json;odata.metadata=full"}},
		{name: "if match", opts: []CallOption{IfMatch(`W/"1"`)},
			line: "GET /v1.0/gadgets?$top=1", header: map[string]string{"If-Match": `W/"1"`}},
		{name: "preferences", opts: []CallOption{Prefer("include-unknown-enum-members"), Prefer("odata.maxpagesize=5")},
			line: "GET /v1.0/gadgets?$top=1", header: map[string]string{"Prefer": "include-unknown-enum-members, odata.maxpagesize=5"}},
		{name: "consistency", opts: []CallOption{ConsistencyLevel("eventual")},
			line: "GET /v1.0/gadgets?$top=1", header: map[string]string{"Consistencylevel": "eventual"}},
		{name: "query", opts: []CallOption{Query("$skip", "5"), Query("$top", "2"), Query("q", "a&b")},
			line: "GET /v1.0/gadgets?$top=2&$skip=5&q=a%26b"},
		{name: "nil", opts: []CallOption{nil}, err: "GET /gadgets: a CallOption is nil"},
		{name: "line break", opts: []CallOption{Header("X-A", "1\r\nX-B: 2")},
			err: "GET /gadgets: Header: the value of X-A holds a line break or another control character"},
		{name: "line break in a preference", opts: []CallOption{Prefer("1\n")},
			err: "GET /gadgets: Header: the value of Prefer holds a line break or another control character"},
		{name: "line break in an ETag", opts: []CallOption{IfMatch("1\n")},
			err: "GET /gadgets: Header: the value of If-Match holds a line break or another control character"},
		{name: "name with a space", opts: []CallOption{Header("X A", "1")}, err: `GET /gadgets: Header: "X A" is not the name of a header`},
		{name: "no name", opts: []CallOption{Header("", "1")}, err: `GET /gadgets: Header: "" is not the name of a header`},
		{name: "authorization", opts: []CallOption{Header("authorization", "Bearer x")},
			err: "GET /gadgets: Header: Authorization cannot be set for a single call"},
		{name: "host", opts: []CallOption{Header("host", "evil.example")}, err: "GET /gadgets: Header: Host cannot be set for a single call"},
		{name: "empty etag", opts: []CallOption{IfMatch("")},
			err: `GET /gadgets: IfMatch: the ETag is empty; read the entity first, or give "*" to match any`},
		{name: "empty preference", opts: []CallOption{Prefer("")}, err: "GET /gadgets: Prefer: the preference is empty"},
		{name: "empty query name", opts: []CallOption{Query("", "1")}, err: "GET /gadgets: Query: the name is empty"},
		{name: "nil response", opts: []CallOption{ResponseInto(nil)}, err: "GET /gadgets: ResponseInto: the target is nil"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, reply{body: `{"value":[]}`})
			var q query
			q.int("$top", 1)
			_, err := list(t.Context(), s.gadgets(), (*asked)(&q), readGadget, test.opts)
			if got := s.text(err); got != test.err {
				t.Fatalf("error %q, want %q", got, test.err)
			}
			if err != nil {
				if len(s.sent()) > 0 {
					t.Error("it was sent all the same")
				}
				return
			}
			if diff := cmp.Diff([]string{test.line}, s.lines()); diff != "" {
				t.Error(diff)
			}
			for name, want := range test.header {
				if diff := cmp.Diff([]string{want}, s.sent()[0].header[name]); diff != "" {
					t.Errorf("%s: %s", name, diff)
				}
			}
		})
	}
}

func TestResponseInto(t *testing.T) {
	s := serve(t,
		reply{status: 204, header: map[string]string{"request-id": "r1", "client-request-id": "c1"}},
		reply{status: 404, header: map[string]string{"request-id": "r2"}})
	var response Response
	opts := []CallOption{ResponseInto(&response), Header("client-request-id", "mine")}
	if err := exec(t.Context(), s.gadgets().byKey("id", "1"), "DELETE", nil, opts); err != nil {
		t.Fatal(err)
	}
	type summary struct {
		Status             int
		Request, ClientReq string
		Header             string
	}
	got := summary{response.StatusCode, response.RequestID, response.ClientRequestID, response.Header.Get("request-id")}
	if diff := cmp.Diff(summary{204, "r1", "c1", "r1"}, got); diff != "" {
		t.Error(diff)
	}
	if err := exec(t.Context(), s.gadgets().byKey("id", "1"), "DELETE", nil, opts); err == nil {
		t.Fatal("no error")
	}
	got = summary{response.StatusCode, response.RequestID, response.ClientRequestID, response.Header.Get("request-id")}
	if diff := cmp.Diff(summary{404, "r2", "mine", "r2"}, got); diff != "" {
		t.Error(diff)
	}
}
