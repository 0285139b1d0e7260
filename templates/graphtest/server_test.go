package graphtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/graphslice/graphslice/templates/graph"
)

// thing is what handlers of these tests answer with.
type thing struct {
	ID    string `json:"id,omitempty"`
	Title string `json:"title,omitempty"`
}

func TestServerTells(t *testing.T) {
	get := func(s *Server, keys string) *Expected {
		n := s.at("/orders")
		if keys == "" {
			n = n.any("/{order-id}")
		} else {
			n = n.by("/{order-id}", keys)
		}
		return on(n, "GET", answers([]Handler[*thing]{Value(&thing{ID: keys + "!"})}), entity)
	}
	type step struct {
		path   string
		status int
		want   string // a part of the answer
	}
	tests := map[string]struct {
		options []Option
		setUp   func(*Server)
		steps   []step
		told    []string
	}{
		"nobody answers": {nil, nil, []step{{"/orders/1", 501, `"code":"NotHandled"`}}, []string{
			"GET /orders/1: nobody answers this call; add\n\tsrv.Orders().AnyID().OnGet(func(ctx context.Context, call graphtest.Call) (*graph.Order, error) { return &graph.Order{}, nil })"}},
		"no operation": {nil, nil, []step{{"/order/1", 404, `"message":"The slice has no operation GET /order/1."`}}, []string{
			"GET /order/1: the slice has no such operation"}},
		"elsewhere": {nil, nil, []step{{"https://graph.microsoft.com/beta/orders", 404, `"code":"UnknownPath"`}}, []string{
			"GET /beta/orders: this is not below the service root, /v1.0"}},
		"the key that is named": {nil, func(s *Server) { get(s, ""); get(s, "1") }, []step{{"/orders/1", 200, `{"id":"1!"}`}, {"/orders/2", 200, `{"id":"!"}`},
			{"/orders('1')", 200, `{"id":"1!"}`}}, nil},
		"the last that was told": {nil, func(s *Server) { get(s, ""); get(s, "").Fail(&graph.Error{StatusCode: 410}) }, []step{{"/orders/1", 200, "!"}, {"/orders/1", 410, `"code":"Gone"`},
			{"/orders/1", 410, ""}}, nil},
		"too seldom": {nil, func(s *Server) { get(s, "").Times(2) }, []step{{"/orders/1", 200, "!"}}, []string{
			"GET /orders/{order-id}: it was expected 2 times and came once (server_test.go:LINE)"}},
		"too often": {nil, func(s *Server) { get(s, "1").Times(1) }, []step{{"/orders/1", 200, "!"}, {"/orders/1", 501, `"code":"NotExpected"`}}, []string{
			"GET /orders/1: it was expected once (server_test.go:LINE)"}},
		"not all in order": {nil, func(s *Server) { get(s, "").Fail(&graph.Error{StatusCode: 404}, &graph.Error{StatusCode: 409}) }, []step{{"/orders/1", 200, "!"}, {"/orders/1", 404, ""}},
			[]string{"GET /orders/{order-id}: it has 3 handlers in order and came 2 times (server_test.go:LINE)"}},
		"another token": {[]Option{Token("other")}, nil, []step{{"/orders/1", 401, "Access token validation failure."}}, []string{
			"GET /orders/1: the call has another access token than the one that the test names"}},
		"told in the log": {[]Option{LogRefusals()}, nil, []step{{"/me?$top=1", 400, "'$top'"}}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			srv, told := newTestServer(t, test.options...)
			if test.setUp != nil {
				test.setUp(srv)
			}
			for _, s := range test.steps {
				if status, body := send(t, srv, "GET", s.path, ""); status != s.status || !strings.Contains(body, s.want) {
					t.Errorf("%s: %d %s", s.path, status, body)
				}
			}
			if got := withoutLines(told.end()); !slices.Equal(got, test.told) {
				t.Errorf("the test is told %q", got)
			}
		})
	}
}

// withoutLines are errors without what stands in front of all, and without the lines of this file.
func withoutLines(errs []string) []string {
	for i, err := range errs {
		err = strings.TrimPrefix(err, "graphtest: ")
		if before, _, ok := strings.Cut(err, "_test.go:"); ok {
			err = before + "_test.go:LINE)"
		}
		errs[i] = err
	}
	return errs
}

func TestServerToken(t *testing.T) {
	srv, told := newTestServer(t)
	if status, body := send(t, srv, "GET", "/me", "", "Authorization", ""); status != 401 || !strings.Contains(body, "Access token is empty.") {
		t.Errorf("%d %s", status, body)
	}
	if want := []string{"GET /me: the call has no access token"}; !slices.Equal(withoutLines(told.end()), want) {
		t.Errorf("%q", told.errors)
	}
	srv, told = newTestServer(t, Lenient())
	srv.fine("GET")
	if status, _ := send(t, srv, "GET", "/me", "", "Authorization", ""); status != 204 || len(told.end()) > 0 {
		t.Errorf("%d %q", status, told.errors)
	}
}

// The links of pages that handlers give out are followed, whatever they ask for.
func TestServerPages(t *testing.T) {
	srv, told := newTestServer(t)
	pages := []Handler[*graph.Page[*thing]]{
		Value(&graph.Page[*thing]{Items: []*thing{{ID: "1"}}, NextLink: "?$pick=7&page=2&shops=1"}),
		Value(&graph.Page[*thing]{Items: []*thing{{ID: "2"}}, NextLink: serviceRoot + "/orders?$skip=last"}),
		Pages([]*thing{{ID: "3"}, {ID: "4"}, {ID: "5"}}, 2),
	}
	on(srv.at("/orders"), "GET", answers(pages), page[*thing])
	var ids []string
	for next := "/orders?$count=true"; next != ""; {
		_, body := send(t, srv, "GET", next, "")
		var p struct {
			Value []thing
			Next  string `json:"@odata.nextLink"`
		}
		if err := json.Unmarshal([]byte(body), &p); err != nil {
			t.Fatal(err, body)
		}
		for _, v := range p.Value {
			ids = append(ids, v.ID)
		}
		next = p.Next
	}
	if want := []string{"1", "2", "3", "4", "5"}; !slices.Equal(ids, want) || len(told.end()) > 0 {
		t.Errorf("%q %q", ids, told.errors)
	}
	if status, _ := send(t, srv, "GET", "/orders?$pick=8", ""); status != 400 {
		t.Error("what was not given out is taken")
	}
}

func TestServerBatch(t *testing.T) {
	one := func(id, more string) string { return fmt.Sprintf(`{"id":%q,"method":"GET","url":"/me"%s}`, id, more) }
	many := strings.Repeat(one("1", "")+",", 20)
	for name, test := range map[string]struct{ requests, want string }{
		"fine":          {one("1", "") + "," + one("2", `,"dependsOn":["1"]`), ""},
		"none":          {``, ""},
		"no JSON":       {`{`, "Invalid batch payload format: invalid character ']' looking for beginning of object key string"},
		"too many":      {many + one("21", ""), "Invalid batch payload format: the batch has 21 requests, and 20 are the most."},
		"no id":         {one("", ""), "requests[0]: Request id is missing."},
		"two of an id":  {one("1", "") + "," + one("1", ""), "requests[1]: Request ids have to be unique: there are two with the id '1'."},
		"no method":     {`{"id":"1","url":"/me"}`, "requests[0]: The method is missing."},
		"absolute":      {`{"id":"1","method":"GET","url":"https://graph.microsoft.com/v1.0/me"}`, "requests[0]: The url 'https://graph.microsoft.com/v1.0/me' is not relative to the service root."},
		"a stranger":    {one("1", `,"dependsOn":["7"]`), "requests[0]: The request depends on '7', which is not another one of the batch."},
		"on itself":     {one("1", `,"dependsOn":["1"]`), "requests[0]: The request depends on '1', which is not another one of the batch."},
		"wrong in part": {`{"id":"1","method":"POST","url":"/orders","body":{"title":"t"}}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			srv, told := newTestServer(t)
			srv.fine("GET")
			status, body := send(t, srv, "POST", "/$batch", `{"requests":[`+test.requests+`]}`)
			errs := withoutLines(told.end())
			if name == "wrong in part" {
				const want = `POST /orders: Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format: the Content-Type is "".`
				if status != 200 || !strings.Contains(body, `"status":400`) || !slices.Equal(errs, []string{want}) {
					t.Errorf("%d %s %q", status, body, errs)
				}
				return
			}
			if test.want == "" && (status != 200 || len(errs) > 0) ||
				test.want != "" && (status != 400 || !slices.Equal(errs, []string{"POST /$batch: " + test.want})) {
				t.Errorf("%d %s %q", status, body, errs)
			}
		})
	}
}

// What handlers return as errors are answers.
func TestServerOutcomes(t *testing.T) {
	for name, test := range map[string]struct {
		err    error
		status int
		header string
		body   string
	}{
		"created":   {CreatedAt("7'8"), 201, "Location: https://graph.microsoft.com/v1.0/orders/7%278", ""},
		"of":        {CreatedAt(&thing{ID: "7"}), 201, "Location: https://graph.microsoft.com/v1.0/orders/7", ""},
		"nothing":   {NoContent(), 204, "", ""},
		"accepted":  {Accepted(), 202, "Location: https://graph.microsoft.com/v1.0/graphtest/operations/1", ""},
		"elsewhere": {Redirect("https://x.example/"), 302, "Location: https://x.example/", ""},
		"error":     {fmt.Errorf("around: %w", &graph.Error{StatusCode: 409, Code: "Conflict", RetryAfter: 1500e6, Header: http.Header{"x-more": {"1"}}}), 409, "Retry-After: 2", `{"error":{"code":"Conflict","message":""}}`},
		"any":       {errors.New("oh"), 500, "", `{"error":{"code":"generalException","message":"oh"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			srv, told := newTestServer(t)
			create := func(context.Context, Call, *thing) (*thing, error) { return nil, test.err }
			on(srv.at("/orders"), "POST", takes([]BodyHandler[*thing, *thing]{create}, object), entity)
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodPost, serviceRoot+"/orders", strings.NewReader(`{"title":"t"}`))
			r.Header.Set("Authorization", "Bearer t0ken")
			r.Header.Set("Content-Type", "application/json")
			srv.ServeHTTP(w, r)
			header, value, _ := strings.Cut(test.header, ": ")
			if w.Code != test.status || w.Body.String() != test.body || header != "" && w.Header().Get(header) != value || len(told.end()) > 0 {
				t.Errorf("%d %v %s %q", w.Code, w.Header(), w.Body, told.errors)
			}
		})
	}
}

// A server is for many goroutines, and what comes after the test is nobody's.
func TestServerAtOnce(t *testing.T) {
	srv, told := newTestServer(t)
	srv.fine("GET")
	srv.Log(told)
	srv.Throttle(10, 0)
	var callers sync.WaitGroup
	for range 50 {
		callers.Go(func() { send(t, srv, "GET", "/me?$select=name", "") })
	}
	callers.Wait()
	throttled := 0
	for _, call := range srv.Calls() {
		if call.Status == 429 {
			throttled++
		}
	}
	if throttled != 10 || len(told.logs) != 50 || len(told.end()) > 0 {
		t.Errorf("%d of %d were throttled, %q", throttled, len(told.logs), told.errors)
	}
	send(t, srv, "GET", "/nowhere", "")
	if len(told.errors) > 0 {
		t.Errorf("the test that is over is told %q", told.errors)
	}
}
