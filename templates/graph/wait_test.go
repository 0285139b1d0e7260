package graph

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestWait(t *testing.T) {
	const operation = "/gadgets('1')/operations('2')"
	accepted := reply{status: 202, header: location(operation)}
	running := func(status string) reply { return reply{body: `{"id":"2","status":"` + status + `"}`} }
	succeeded := reply{body: `{"id":"2","status":"succeeded","targetResourceLocation":"/gadgets('1')"}`}
	entity := reply{body: `{"id":"1","name":"n"}`}
	const (
		post   = "POST /v1.0/gadgets"
		poll   = "GET /v1.0/gadgets('1')/operations('2')"
		target = "GET /v1.0/gadgets('1')"
	)
	tests := []struct {
		name    string
		method  string
		replies []reply
		nothing bool // the operation answers without a body
		want    *gadget
		lines   []string
		waits   []time.Duration
		err     string
	}{
		{name: "body", replies: []reply{{status: 201, body: `{"id":"1"}`, header: location("/gadgets/9")}}, want: &gadget{ID: "1"}, lines: []string{post}},
		{name: "location", replies: []reply{{status: 201, header: location("/gadgets('1')")}, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{post, target}},
		{name: "neither", replies: []reply{{status: 201}}, lines: []string{post},
			err: "POST /v1.0/gadgets: the service sent neither a body nor a Location"},
		{name: "nothing expected", nothing: true, replies: []reply{{status: 204}}, lines: []string{post}},
		{name: "update", method: "PATCH", replies: []reply{{status: 204}, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{"PATCH /v1.0/gadgets?x=y", "GET /v1.0/gadgets"}},
		{name: "update without a body", method: "PATCH", replies: []reply{{status: 200}, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{"PATCH /v1.0/gadgets?x=y", "GET /v1.0/gadgets"}},
		{name: "replacement", method: "PUT", replies: []reply{{status: 204}, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{"PUT /v1.0/gadgets?x=y", "GET /v1.0/gadgets"}},
		{name: "operation", replies: []reply{accepted, running("notStarted"), running("inProgress"), succeeded, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{post, poll, poll, poll, target}, waits: []time.Duration{time.Second, 2 * time.Second}},
		{name: "the result in place of the operation", replies: []reply{accepted, running("a"), {body: `{"id":"1"}`}},
			want: &gadget{ID: "1"}, lines: []string{post, poll, poll}, waits: []time.Duration{time.Second}},
		{name: "longest wait", replies: []reply{accepted, running("a"), running("b"), running("c"), {status: 202}, running("e"), running("f"), running("g"), succeeded, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{post, poll, poll, poll, poll, poll, poll, poll, poll, target},
			waits: []time.Duration{1e9, 2e9, 4e9, 8e9, 16e9, 30e9, 30e9}},
		{name: "retry after", replies: []reply{
			{status: 202, header: map[string]string{"Location": operation, "Retry-After": "5"}},
			{body: `{"status":"running"}`, header: retryAfterHeader("Wed, 01 May 2024 12:01:00 GMT")}, succeeded, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{post, poll, poll, target}, waits: []time.Duration{5 * time.Second, time.Minute}},
		{name: "resource location", replies: []reply{accepted, {body: `{"status":"succeeded","resourceLocation":"{root}/gadgets('1')"}`}, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{post, poll, target}},
		{name: "retry at once", replies: []reply{accepted, {body: `{"status":"running"}`, header: retryAfterHeader("0")}, running("succeeded")},
			lines: []string{post, poll, poll}, waits: []time.Duration{0}, err: "POST /v1.0/gadgets: the operation has succeeded, but does not say what it has made"},
		{name: "no target", replies: []reply{accepted, running("Succeeded")}, lines: []string{post, poll}, err: "POST /v1.0/gadgets: the operation has succeeded, but does not say what it has made"},
		{name: "update in the background", method: "PATCH", replies: []reply{accepted, running("succeeded"), entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{"PATCH /v1.0/gadgets?x=y", poll, "GET /v1.0/gadgets"}},
		{name: "nothing expected of an operation", nothing: true, replies: []reply{accepted, running("running"), succeeded},
			lines: []string{post, poll, poll}, waits: []time.Duration{time.Second}},
		{name: "redirected to the result", replies: []reply{accepted, {status: 303, header: location("/v1.0/gadgets('1')")}, {body: `{"id":"1","status":"active"}`}},
			want: &gadget{ID: "1"}, lines: []string{post, poll, target}},
		{name: "moved", replies: []reply{accepted, {status: 202, header: location("/elsewhere")}, succeeded, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{post, poll, "GET /v1.0/elsewhere", target}, waits: []time.Duration{time.Second}},
		{name: "gone without a word", replies: []reply{accepted, {status: 204}}, lines: []string{post, poll}, err: "POST /v1.0/gadgets: the operation has succeeded, but does not say what it has made"},
		{name: "failed", replies: []reply{accepted, {header: map[string]string{"request-id": "r1"},
			body: `{"status":"failed","error":{"code":"Forbidden","message":"Not allowed."}}`}}, lines: []string{post, poll},
			err: "GET /v1.0/gadgets('1')/operations('2'): operation failed: Forbidden: Not allowed. (request-id r1)"},
		{name: "failed without a reason", replies: []reply{accepted, {body: `{"status":"failed","error":null}`}}, lines: []string{post, poll},
			err: "GET /v1.0/gadgets('1')/operations('2'): operation failed: the service gives no reason"},
		{name: "skipped", replies: []reply{accepted, running("skipped")}, lines: []string{post, poll},
			err: "GET /v1.0/gadgets('1')/operations('2'): operation skipped: the service gives no reason"},
		{name: "operation settles", replies: []reply{accepted, {status: 404}, {status: 404}, running("inProgress"), {status: 404, header: retryAfterHeader("7")}, succeeded, {status: 404}, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{post, poll, poll, poll, poll, poll, target, target}, waits: []time.Duration{1e9, 2e9, 1e9, 7e9, 1e9}},
		{name: "operation not found", replies: []reply{accepted, {status: 404}, {status: 404}, {status: 404}, {status: 404}, {status: 404}, {status: 404}},
			lines: []string{post, poll, poll, poll, poll, poll, poll}, waits: []time.Duration{1e9, 2e9, 4e9, 8e9, 16e9},
			err: "GET /v1.0/gadgets('1')/operations('2'): 404 Not Found"},
		{name: "unknown status", replies: []reply{accepted, running("pondering"), running("7"), running("unknownFutureValue"), succeeded, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{post, poll, poll, poll, poll, target}, waits: []time.Duration{1e9, 2e9, 4e9}},
		{name: "content location", replies: []reply{{status: 202, header: map[string]string{"Content-Location": "/gadgets/1/operations/2"}},
			{body: `{"status":"succeeded","resourceLocation":"{root}/gadgets/1"}`}, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{post, "GET /v1.0/gadgets/1/operations/2", "GET /v1.0/gadgets/1"}},
		{name: "absolute, key in parentheses", replies: []reply{{status: 202, header: location("{root}/gadgets('1')/operations('2')")},
			{body: `{"status":"succeeded","targetResourceLocation":"{root}/gadgets('1')"}`}, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{post, poll, target}},
		{name: "operation elsewhere", replies: []reply{{status: 202, header: location("http://evil.example/operations/2")}}, lines: []string{post},
			err: "POST /v1.0/gadgets: the Location points to http://evil.example, but this client sends to {server} only"},
		{name: "target elsewhere", replies: []reply{accepted, {body: `{"status":"succeeded","targetResourceLocation":"https://evil.example/gadgets/1"}`}}, lines: []string{post, poll},
			err: "POST /v1.0/gadgets: the Location points to https://evil.example, but this client sends to {server} only"},
		{name: "no operation", replies: []reply{accepted, {body: "<html>"}}, lines: []string{post, poll},
			err: "GET /v1.0/gadgets('1')/operations('2'): 200 OK: the answer cannot be read: it is not a JSON object"},
		{name: "throttled poll", replies: []reply{accepted, {status: 429, header: retryAfterHeader("3")}, succeeded, entity},
			want: &gadget{ID: "1", Name: Some("n")}, lines: []string{post, poll, poll, target}, waits: []time.Duration{3 * time.Second}},
		{name: "accepted without a location", replies: []reply{{status: 202}}, lines: []string{post},
			err: "POST /v1.0/gadgets: the service accepted the request but did not say where to ask for the result"},
		{name: "accepted with the body", replies: []reply{{status: 202, body: `{"id":"1"}`}}, want: &gadget{ID: "1"}, lines: []string{post}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, test.replies...)
			decode, method, opts := readGadget, "POST", []CallOption(nil)
			if test.nothing {
				decode = nil
			}
			if test.method != "" {
				method, opts = test.method, []CallOption{Query("x", "y")}
			}
			result, err := send(t.Context(), s.gadgets(), method, (&gadget{}).body(), decode, opts)
			if err != nil {
				t.Fatal(err)
			}
			got, err := result.Wait(t.Context())
			if got := s.text(err); got != test.err {
				t.Errorf("error %q, want %q", got, test.err)
			}
			if got != nil {
				got.AdditionalProperties = nil // the status that is no gadget's
			}
			if diff := cmp.Diff(test.want, got, compareGadgets); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.lines, s.lines()); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.waits, s.waits); diff != "" {
				t.Errorf("waits: %s", diff)
			}
		})
	}
}

// TestMonitorElsewhere: an operation that another host knows of is asked there, without the token, and what it has made is
// read here.
func TestMonitorElsewhere(t *testing.T) {
	for _, test := range []struct {
		name    string
		replies []reply // of the other host; {here} is the service
		lines   []string
		err     string
	}{
		{name: "completed", replies: []reply{{body: `{"status":"inProgress"}`}, {status: 202}, {body: `{"status":"completed","resourceId":"b/1"}`}},
			lines: []string{"POST /v1.0/gadgets/1/copy", "GET /v1.0/gadgets/b%2F1"}},
		{name: "target", replies: []reply{{body: `{"status":"completed","resourceLocation":"{here}/gadgets/x"}`}},
			lines: []string{"POST /v1.0/gadgets/1/copy", "GET /v1.0/gadgets/x"}},
		{name: "redirected", replies: []reply{{status: 303, header: location("{here}/gadgets/y")}},
			lines: []string{"POST /v1.0/gadgets/1/copy", "GET /v1.0/gadgets/y"}},
		{name: "failed", replies: []reply{{body: `{"status":"failed","error":{"code":"nameAlreadyExists"}}`}},
			lines: []string{"POST /v1.0/gadgets/1/copy"}, err: "GET /monitor: operation failed: nameAlreadyExists"},
		{name: "no target", replies: []reply{{body: `{"status":"completed"}`}}, lines: []string{"POST /v1.0/gadgets/1/copy"},
			err: "POST /v1.0/gadgets/1/copy: the operation has succeeded, but does not say what it has made"},
		{name: "target elsewhere", replies: []reply{{body: `{"status":"completed","resourceLocation":"https://evil.example/x"}`}},
			lines: []string{"POST /v1.0/gadgets/1/copy"},
			err:   "POST /v1.0/gadgets/1/copy: the Location points to https://evil.example, but this client sends to {server} only"},
	} {
		t.Run(test.name, func(t *testing.T) {
			other := serve(t)
			s := serve(t, reply{status: 202, header: location(other.URL + "/monitor?secret")}, reply{body: `{"id":"new"}`})
			for _, r := range test.replies {
				r.body = strings.ReplaceAll(r.body, "{here}", s.URL+"/v1.0")
				if r.header != nil {
					r.header = location(strings.ReplaceAll(r.header["Location"], "{here}", s.URL+"/v1.0"))
				}
				other.replies = append(other.replies, r)
			}
			result, err := send(t.Context(), s.gadgets().byKey("gadget-id", "1").add("/copy"), "POST", nil, readGadget,
				[]CallOption{Header("X-Mine", "1")})
			if err != nil {
				t.Fatal(err)
			}
			got, err := result.Wait(t.Context())
			if s.text(err) != test.err || (err == nil) != (got != nil && got.ID == "new") {
				t.Errorf("%v, error %q, want %q", got, s.text(err), test.err)
			}
			if diff := cmp.Diff(test.lines, s.lines()); diff != "" {
				t.Error(diff)
			}
			for _, r := range other.sent() {
				if r.header.Get("Authorization") != "" || r.header.Get("X-Mine") != "" {
					t.Errorf("the other host was sent %v", r.header)
				}
			}
		})
	}
	s := serve(t, reply{status: 202, header: location(stranger(t).URL)})
	result, err := send(t.Context(), s.newClient(t, WithRedirects(RefuseRedirects)).at("/gadgets"), "POST", nil, readGadget, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := result.Wait(t.Context()); err == nil || !strings.Contains(err.Error(), "the Location points to") {
		t.Error(err)
	}
}

// TestWaitFor waits for what a call without a Result has started.
func TestWaitFor(t *testing.T) {
	s := serve(t, reply{status: 202, header: location("/teams('1')/operations('2')")}, reply{body: `{"status":"inProgress"}`},
		reply{body: `{"status":"failed","error":{"code":"Conflict"}}`})
	var response Response
	if err := exec(t.Context(), s.gadgets(), "POST", nil, []CallOption{ResponseInto(&response)}); err != nil {
		t.Fatal(err)
	}
	if want := s.URL + "/v1.0/teams('1')/operations('2')"; response.Location() != want {
		t.Errorf("Location %s, want %s", response.Location(), want)
	}
	err := s.client.WaitFor(t.Context(), &response)
	if want := "GET /v1.0/teams('1')/operations('2'): operation failed: Conflict"; s.text(err) != want {
		t.Errorf("error %q, want %q", s.text(err), want)
	}
	for want, response := range map[string]*Response{
		"": {StatusCode: 204},
		"POST /v1.0: the service accepted the request but did not say where to ask for the result": {StatusCode: 202},
	} {
		if err := s.client.WaitFor(t.Context(), response); s.text(err) != want {
			t.Errorf("error %q, want %q", s.text(err), want)
		}
	}
}

func TestWaitForNone(t *testing.T) {
	s := serve(t, reply{status: 202, header: location("/operations/1")}, reply{body: `{"status":"succeeded"}`}, reply{status: 204})
	for range 2 {
		result, err := send(t.Context(), s.gadgets(), "POST", nil, readNone, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := result.Wait(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if diff := cmp.Diff([]string{"POST /v1.0/gadgets", "GET /v1.0/operations/1", "POST /v1.0/gadgets"}, s.lines()); diff != "" {
		t.Error(diff)
	}
}

func TestFailedOperationIsAnError(t *testing.T) {
	s := serve(t, reply{status: 202, header: location("/operations/1")},
		reply{body: `{"status":"failed","error":{"code":"NotFound","message":"No such user."}}`})
	result, err := send(t.Context(), s.gadgets(), "POST", nil, readGadget, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = result.Wait(t.Context())
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *Error", err)
	}
	type summary struct {
		Status        int
		Code, Message string
	}
	if diff := cmp.Diff(summary{200, "NotFound", "No such user."}, summary{e.StatusCode, e.Code, e.Message}); diff != "" {
		t.Error(diff)
	}
}

func TestWaitStopsWithTheContext(t *testing.T) {
	s := serve(t, reply{status: 202, header: location("/operations/1")}, reply{body: `{"status":"running"}`})
	result, err := send(t.Context(), s.gadgets(), "POST", nil, readGadget, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	s.client.wait = func(ctx context.Context, _ time.Duration) error {
		cancel()
		return sleep(ctx, time.Hour)
	}
	_, err = result.Wait(ctx)
	if got, want := s.text(err), "GET /v1.0/operations/1: context canceled while waiting for the operation"; got != want || !errors.Is(err, context.Canceled) {
		t.Errorf("error %q, want %q", got, want)
	}
}

// TestWaitKeepsHeaders: what a call says about representation goes for the reading that follows; its condition does not.
func TestWaitKeepsHeaders(t *testing.T) {
	s := serve(t, reply{status: 204}, reply{body: `{"id":"1"}`})
	opts := []CallOption{Prefer("a"), IfMatch("b"), Header("Content-Language", "de"), Header("X-C", "c")}
	result, err := send(t.Context(), s.gadgets(), "PATCH", (&gadget{}).body(), readGadget, opts)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := result.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := s.sent()[1].header
	got := []string{h.Get("Prefer"), h.Get("If-Match"), h.Get("Content-Language"), h.Get("Content-Type"), h.Get("X-C")}
	if diff := cmp.Diff([]string{"a", "", "", "", "c"}, got); diff != "" {
		t.Error(diff)
	}
}
