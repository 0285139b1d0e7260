package graph

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestPage(t *testing.T) {
	type page struct {
		IDs                  []string
		NextLink, DeltaLink  string
		Count                Opt[int64]
		AdditionalProperties map[string]json.RawMessage
	}
	tests := []struct {
		name, body string
		want       page
		err        string
	}{
		{name: "everything", body: `{"@odata.context":"c","@odata.count":7,"value":[{"id":"1"},{"id":"2"}],"@odata.nextLink":"n","@odata.deltaLink":"d"}`,
			want: page{IDs: []string{"1", "2"}, NextLink: "n", DeltaLink: "d", Count: Some[int64](7),
				AdditionalProperties: map[string]json.RawMessage{"@odata.context": json.RawMessage(`"c"`)}}},
		{name: "no items", body: `{"value":[]}`},
		{name: "null", body: `{"value":null,"@odata.nextLink":null,"@odata.count":null}`, want: page{Count: Null[int64]()}},
		{name: "bare array", body: ` [{"id":"1"}]`, want: page{IDs: []string{"1"}}},
		{name: "no collection", body: `{"@a.b":"1"}`, err: `GET /v1.0/gadgets: 200 OK: the answer cannot be read: ` +
			`json: expected a collection, found an object without "value" (at byte 12)`},
		{name: "no body", err: "GET /v1.0/gadgets: 200 OK: the answer cannot be read: it has no body"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, reply{body: test.body})
			p, err := list(t.Context(), s.gadgets(), nil, readGadget, nil)
			if got := s.text(err); got != test.err {
				t.Fatalf("error %q, want %q", got, test.err)
			}
			if err != nil {
				return
			}
			got := page{NextLink: p.NextLink, DeltaLink: p.DeltaLink, Count: p.Count, AdditionalProperties: p.AdditionalProperties}
			for _, item := range p.Items {
				got.IDs = append(got.IDs, item.ID)
			}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(Opt[int64]{}), cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
			if p.Response.StatusCode != 200 {
				t.Errorf("status %d", p.Response.StatusCode)
			}
		})
	}
}

// threePages are pages of one, no and two items.
func threePages() []reply {
	return []reply{
		{body: `{"value":[{"id":"1"}],"@odata.nextLink":"{root}/gadgets?$top=1&$skiptoken=a%20b"}`},
		{body: `{"value":[],"@odata.nextLink":"/gadgets?$skiptoken=c"}`},
		{body: `{"value":[{"id":"2"},{"id":"3"}],"@odata.deltaLink":"{root}/gadgets?$deltatoken=d"}`},
	}
}

// collect goes through a sequence: the ids, and then the error.
func collect(t *testing.T, s *service, items func(func(*gadget, error) bool)) []string {
	t.Helper()
	var got []string
	for item, err := range items {
		if err != nil {
			got = append(got, s.text(err))
			continue
		}
		got = append(got, item.ID)
	}
	return got
}

func TestAll(t *testing.T) {
	s := serve(t, threePages()...)
	var q query
	q.int("$top", 1)
	opts := []CallOption{ConsistencyLevel("eventual"), Prefer("a"), IfMatch("x"), Query("$count", "true")}
	if diff := cmp.Diff([]string{"1", "2", "3"}, collect(t, s, all(t.Context(), s.gadgets(), (*asked)(&q), readGadget, opts))); diff != "" {
		t.Error(diff)
	}
	want := []string{
		"GET /v1.0/gadgets?$top=1&$count=true",
		"GET /v1.0/gadgets?$top=1&$skiptoken=a%20b",
		"GET /v1.0/gadgets?$skiptoken=c",
	}
	if diff := cmp.Diff(want, s.lines()); diff != "" {
		t.Error(diff)
	}
	ids := map[string]bool{}
	for i, sent := range s.sent() {
		got := []string{sent.header.Get("ConsistencyLevel"), sent.header.Get("Prefer"), sent.header.Get("If-Match")}
		want := []string{"eventual", "a", ""}
		if i == 0 {
			want[2] = "x"
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("page %d: %s", i, diff)
		}
		ids[sent.header.Get("client-request-id")] = true
	}
	if len(ids) != 3 {
		t.Error("pages share a client-request-id")
	}
}

func TestAllStartsAnewEachTime(t *testing.T) {
	s := serve(t, append(threePages(), threePages()...)...)
	items := all(t.Context(), s.gadgets(), nil, readGadget, []CallOption{Prefer("a"), Prefer("b")})
	for range 2 {
		if diff := cmp.Diff([]string{"1", "2", "3"}, collect(t, s, items)); diff != "" {
			t.Error(diff)
		}
	}
	for _, sent := range s.sent() {
		if got := sent.header.Get("Prefer"); got != "a, b" {
			t.Errorf("Prefer %q", got)
		}
	}
}

func TestBreakStopsFetching(t *testing.T) {
	s := serve(t, threePages()...)
	for range all(t.Context(), s.gadgets(), nil, readGadget, nil) {
		break
	}
	if diff := cmp.Diff([]string{"GET /v1.0/gadgets"}, s.lines()); diff != "" {
		t.Error(diff)
	}
}

func TestErrorEndsTheSequence(t *testing.T) {
	s := serve(t, threePages()[0], reply{status: 404})
	want := []string{"1", "page 2: GET /v1.0/gadgets: 404 Not Found"}
	if diff := cmp.Diff(want, collect(t, s, all(t.Context(), s.gadgets(), nil, readGadget, nil))); diff != "" {
		t.Error(diff)
	}
	want = []string{"GET /gadgets: the key after /gadgets is empty"}
	if diff := cmp.Diff(want, collect(t, s, all(t.Context(), s.gadgets().byKey("id", ""), nil, readGadget, nil))); diff != "" {
		t.Error(diff)
	}
}

func TestNext(t *testing.T) {
	s := serve(t, threePages()...)
	page, err := list(t.Context(), s.gadgets(), nil, readGadget, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"1", "2", "3"}, collect(t, s, page.All(t.Context()))); diff != "" {
		t.Error(diff)
	}
	if len(s.sent()) != 3 {
		t.Errorf("%d requests for three pages", len(s.sent()))
	}
	last := &Page[*gadget]{}
	if _, err := last.Next(t.Context()); !errors.Is(err, ErrNoNextPage) {
		t.Errorf("error %v, want ErrNoNextPage", err)
	}
	byHand := &Page[*gadget]{NextLink: "x"}
	if _, err := byHand.Next(t.Context()); !errors.Is(err, errNoClient) {
		t.Errorf("error %v, want errNoClient", err)
	}
}

func TestNextLinkToThePageItself(t *testing.T) {
	body := `{"value":[{"id":"1"}],"@odata.nextLink":"{root}/gadgets?$skiptoken=a"}`
	s := serve(t, reply{body: body}, reply{body: body})
	want := []string{"1", "1", "page 3: GET /v1.0/gadgets: the next link points to the page that it is on"}
	if diff := cmp.Diff(want, collect(t, s, all(t.Context(), s.gadgets(), nil, readGadget, nil))); diff != "" {
		t.Error(diff)
	}
}

func TestFromALink(t *testing.T) {
	s := serve(t, threePages()[1:]...)
	items := allFrom(t.Context(), s.gadgets(), s.URL+"/v1.0/gadgets?$skiptoken=x", readGadget, []CallOption{Query("a", "b")})
	if diff := cmp.Diff([]string{"2", "3"}, collect(t, s, items)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"GET /v1.0/gadgets?$skiptoken=x&a=b", "GET /v1.0/gadgets?$skiptoken=c"}, s.lines()); diff != "" {
		t.Error(diff)
	}
	for _, test := range []struct {
		r    *resource
		link string
		want string
	}{
		{s.gadgets(), " ", "GET /gadgets: the link is empty"},
		{s.gadgets(), "https://[", "GET /gadgets: the link is not a URL"},
		{s.gadgets().byKey("id", ""), "x", "GET /gadgets: the key after /gadgets is empty"},
	} {
		_, err := listFrom(t.Context(), test.r, test.link, readGadget, nil)
		if got := s.text(err); got != test.want {
			t.Errorf("error %q, want %q", got, test.want)
		}
	}
}

// TestSendPage: the page that an action answers with has its Response, and its later pages are read with GET.
func TestSendPage(t *testing.T) {
	s := serve(t,
		reply{status: 207, body: `{"value":[{"id":"1"}],"@odata.nextLink":"{root}/gadgets/test.add"}`},
		reply{body: `{"value":[{"id":"2"}]}`})
	page, err := sendPage(t.Context(), s.gadgets().add("/test.add"), "POST", (&gadget{ID: "x"}).body(), readGadget, nil)
	if err != nil {
		t.Fatal(err)
	}
	if page.Response.StatusCode != 207 {
		t.Errorf("status %d", page.Response.StatusCode)
	}
	if diff := cmp.Diff([]string{"1", "2"}, collect(t, s, page.All(context.Background()))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"POST /v1.0/gadgets/test.add", "GET /v1.0/gadgets/test.add"}, s.lines()); diff != "" {
		t.Error(diff)
	}
}
