package graph

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestServiceRoot(t *testing.T) {
	tests := []struct {
		name, root, want, err string
	}{
		{name: "as it is", root: "https://graph.microsoft.com/v1.0", want: "https://graph.microsoft.com/v1.0"},
		{name: "slash at the end", root: "https://graph.microsoft.com/beta/", want: "https://graph.microsoft.com/beta"},
		{name: "only a host", root: "https://proxy.contoso.com/", want: "https://proxy.contoso.com"},
		{name: "loopback address", root: "http://127.0.0.1:8080/beta", want: "http://127.0.0.1:8080/beta"},
		{name: "loopback of version 6", root: "http://[::1]:8080/v1.0", want: "http://[::1]:8080/v1.0"},
		{name: "localhost", root: "http://localhost/v1.0", want: "http://localhost/v1.0"},
		{name: "escaped path", root: "https://h/a%2Fb/v1.0", want: "https://h/a%2Fb/v1.0"},
		{name: "http", root: "http://graph.microsoft.com/v1.0",
			err: `NewClient: WithServiceRoot: "http://graph.microsoft.com/v1.0" must start with https://; http is for loopback addresses`},
		{name: "no scheme", root: "graph.microsoft.com/v1.0",
			err: `NewClient: WithServiceRoot: "graph.microsoft.com/v1.0" has no host; an address looks like https://graph.microsoft.com/v1.0`},
		{name: "empty", err: `NewClient: WithServiceRoot: "" has no host; an address looks like https://graph.microsoft.com/v1.0`},
		{name: "another scheme", root: "ftp://127.0.0.1/v1.0",
			err: `NewClient: WithServiceRoot: "ftp://127.0.0.1/v1.0" must start with https://; http is for loopback addresses`},
		{name: "query", root: "https://h/v1.0?x=1",
			err: `NewClient: WithServiceRoot: "https://h/v1.0?x=1" has a query or a fragment; give scheme, host and path alone`},
		{name: "empty fragment", root: "https://h/v1.0#",
			err: `NewClient: WithServiceRoot: "https://h/v1.0#" has a query or a fragment; give scheme, host and path alone`},
		{name: "dots", root: "https://h/a/%2e%2e/v1.0",
			err: `NewClient: WithServiceRoot: "https://h/a/%2e%2e/v1.0" has a "." or ".." segment in its path`},
		{name: "password", root: "https://me:hunter2@h/v1.0",
			err: `NewClient: WithServiceRoot: the address holds a user name; give credentials by a TokenSource or an http.Client`},
		{name: "no URL", root: "https://me:hunter2@h:x/", err: `NewClient: WithServiceRoot: the address is not a URL`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, err := NewClient(nil, WithServiceRoot(test.root))
			if got := errorText(err); got != test.err {
				t.Fatalf("error %q, want %q", got, test.err)
			}
			if err == nil && c.root.String() != test.want {
				t.Errorf("root %q, want %q", c.root, test.want)
			}
		})
	}
}

func TestClouds(t *testing.T) {
	tests := []struct {
		options []ClientOption
		want    string
	}{
		{nil, "https://graph.microsoft.com/v1.0"},
		{[]ClientOption{WithCloud(Global)}, "https://graph.microsoft.com/v1.0"},
		{[]ClientOption{WithCloud(USGovernmentL4)}, "https://graph.microsoft.us/v1.0"},
		{[]ClientOption{WithCloud(USGovernmentL5)}, "https://dod-graph.microsoft.us/v1.0"},
		{[]ClientOption{WithCloud(China)}, "https://microsoftgraph.chinacloudapi.cn/v1.0"},
		{[]ClientOption{WithCloud(China), WithServiceRoot("https://h/beta")}, "https://h/beta"},
		{[]ClientOption{WithServiceRoot("https://h/beta"), WithCloud(China)}, "https://microsoftgraph.chinacloudapi.cn/v1.0"},
	}
	for _, test := range tests {
		c, err := NewClient(nil, test.options...)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.root.String(); got != test.want {
			t.Errorf("root %q, want %q", got, test.want)
		}
	}
}

func TestNewClientErrors(t *testing.T) {
	tests := []struct {
		name   string
		option ClientOption
		want   string
	}{
		{"nil option", nil, "NewClient: an option is nil"},
		{"cloud", WithCloud("evil.example"), `NewClient: WithCloud: "evil.example" is not a known cloud; use WithServiceRoot for another address`},
		{"nil http.Client", WithHTTPClient(nil), "NewClient: WithHTTPClient: the http.Client is nil"},
		{"user agent", WithUserAgent("a\r\nb"), `NewClient: WithUserAgent: "a\r\nb" cannot be sent in a header`},
		{"no user agent", WithUserAgent(""), `NewClient: WithUserAgent: "" cannot be sent in a header`},
		{"nil policy", WithRetry(nil), "NewClient: WithRetry: the policy is nil"},
		{"negative delay", WithRetry(RetryPolicy{MinDelay: -1}), "NewClient: WithRetry: a delay is negative"},
		{"delays", WithRetry(RetryPolicy{MinDelay: 2, MaxDelay: 1}), "NewClient: WithRetry: MaxDelay is less than MinDelay"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := NewClient(nil, test.option)
			if got := errorText(err); got != test.want {
				t.Errorf("error %q, want %q", got, test.want)
			}
		})
	}
}

func TestHeadersOfARequest(t *testing.T) {
	s := serve(t, reply{body: `{"id":"1"}`}, reply{status: 201, body: `{"id":"1"}`})
	s.client = s.newClient(t, WithUserAgent("contoso-sync/1.4"))
	if _, err := getOne(t.Context(), s.gadgets().byKey("id", "1"), nil, readGadget, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := send(t.Context(), s.gadgets(), "POST", (&gadget{}).body(), readGadget, nil); err != nil {
		t.Fatal(err)
	}
	want := []map[string]string{
		{"Accept": "application/json", "Authorization": "Bearer secret-token", "User-Agent": "contoso-sync/1.4 graphslice/dev", "Accept-Encoding": "gzip"},
		{"Accept": "application/json", "Authorization": "Bearer secret-token", "User-Agent": "contoso-sync/1.4 graphslice/dev", "Accept-Encoding": "gzip",
			"Content-Type": "application/json", "Content-Length": "2"},
	}
	var got []map[string]string
	uuid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	for _, sent := range s.sent() {
		headers := map[string]string{}
		for name := range sent.header {
			headers[name] = sent.header.Get(name)
		}
		if id := headers["Client-Request-Id"]; !uuid.MatchString(id) {
			t.Errorf("client-request-id %q is no UUID", id)
		}
		delete(headers, "Client-Request-Id")
		got = append(got, headers)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTokenSources(t *testing.T) {
	tests := []struct {
		name          string
		source        TokenSource
		authorization string
		err           string
	}{
		{name: "static", source: StaticToken("abc"), authorization: "Bearer abc"},
		{name: "none", source: nil, authorization: ""},
		{name: "function", source: TokenFunc(func(context.Context) (string, error) { return "def", nil }), authorization: "Bearer def"},
		{name: "failing", source: TokenFunc(func(context.Context) (string, error) { return "", errors.New("no account") }),
			err: "GET /v1.0/gadgets/1: no access token: no account"},
		{name: "nil function", source: TokenFunc(nil), err: "GET /v1.0/gadgets/1: no access token: the TokenFunc is nil"},
		{name: "empty", source: StaticToken(""), err: "GET /v1.0/gadgets/1: no access token: the token source gave an empty token"},
		{name: "line break", source: StaticToken("abc\r\nX: y"),
			err: "GET /v1.0/gadgets/1: no access token: the token source gave a token with characters that a header cannot hold"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, reply{body: `{"id":"1"}`})
			s.client.token = nil
			if test.source != nil {
				s.client.token = test.source.Token
			}
			_, err := getOne(t.Context(), s.gadgets().byKey("id", "1"), nil, readGadget, nil)
			if got := s.text(err); got != test.err {
				t.Fatalf("error %q, want %q", got, test.err)
			}
			if err == nil && s.sent()[0].header.Get("Authorization") != test.authorization {
				t.Errorf("Authorization %q, want %q", s.sent()[0].header.Get("Authorization"), test.authorization)
			}
		})
	}
}

func TestStaticTokenDoesNotPrint(t *testing.T) {
	c, err := NewClient(StaticToken(testToken))
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprintf("%v %+v %#v", c, c, StaticToken(testToken)); strings.Contains(text, testToken) {
		t.Error("printing shows the token")
	}
}

// stranger is a server that must not be asked anything.
func stranger(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) {
		t.Errorf("another host was sent %s %s with Authorization %q", req.Method, req.URL, req.Header.Get("Authorization"))
	}))
	t.Cleanup(server.Close)
	return server
}

func TestNothingGoesToAnotherHost(t *testing.T) {
	other := stranger(t).URL
	tests := []struct {
		name string
		call func(s *service) error
		want string
	}{
		{"redirect", func(s *service) error {
			s.replies = []reply{{status: 307, header: location(other + "/v1.0/gadgets")}}
			_, err := list(t.Context(), s.gadgets(), nil, readGadget, nil)
			return err
		}, "GET /v1.0/gadgets: the redirect points to {other}, but this client sends to {server} only"},
		{"redirect of content", func(s *service) error {
			s.replies = []reply{{status: 302, header: location(other + "/content")}}
			_, err := send(t.Context(), s.gadgets().add("/$value"), "PUT", nil, readGadget, nil)
			return err
		}, "PUT /v1.0/gadgets/$value: the redirect points to {other}, but this client sends to {server} only"},
		{"next link", func(s *service) error {
			s.replies = []reply{{body: `{"value":[],"@odata.nextLink":"` + other + `/v1.0/gadgets?$skiptoken=x"}`}}
			page, err := list(t.Context(), s.gadgets(), nil, readGadget, nil)
			if err != nil {
				return err
			}
			_, err = page.Next(t.Context())
			return err
		}, "page 2: GET /v1.0/gadgets: the next link points to {other}, but this client sends to {server} only"},
		{"saved link", func(s *service) error {
			_, err := listFrom(t.Context(), s.gadgets(), other+"/v1.0/gadgets", readGadget, nil)
			return err
		}, "GET /gadgets: the link points to {other}, but this client sends to {server} only"},
		{"link without a scheme", func(s *service) error {
			_, err := listFrom(t.Context(), s.gadgets(), "//evil.example/v1.0/gadgets", readGadget, nil)
			return err
		}, "GET /gadgets: the link points to http://evil.example, but this client sends to {server} only"},
		{"user name in a link", func(s *service) error {
			_, err := listFrom(t.Context(), s.gadgets(), strings.Replace(s.URL, "://", "://me@", 1)+"/v1.0/gadgets", readGadget, nil)
			return err
		}, "GET /gadgets: the link to {server-host} holds a user name"},
		{"location", func(s *service) error {
			s.replies = []reply{{status: 201, header: location(other + "/v1.0/gadgets/1")}}
			result, err := send(t.Context(), s.gadgets(), "POST", nil, readGadget, nil)
			if err != nil {
				return err
			}
			_, err = result.Wait(t.Context())
			return err
		}, "POST /v1.0/gadgets: the Location points to {other}, but this client sends to {server} only"},
		{"target of an operation", func(s *service) error {
			s.replies = []reply{
				{status: 202, header: location("/gadgets/1/operations/2")},
				{body: `{"status":"succeeded","targetResourceLocation":"` + other + `/v1.0/gadgets/1"}`},
			}
			result, err := send(t.Context(), s.gadgets(), "POST", nil, readGadget, nil)
			if err != nil {
				return err
			}
			_, err = result.Wait(t.Context())
			return err
		}, "POST /v1.0/gadgets: the Location points to {other}, but this client sends to {server} only"},
		{"raw call", func(s *service) error {
			_, err := s.client.Do(t.Context(), "GET", other+"/v1.0/gadgets?secret", nil, nil)
			return err
		}, "GET {other}/v1.0/gadgets: the path points to {other}, but this client sends to {server} only"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t)
			got := s.text(test.call(s))
			got = strings.ReplaceAll(got, other, "{other}")
			got = strings.ReplaceAll(got, strings.TrimPrefix(s.URL, "http://"), "{server-host}")
			if got != test.want {
				t.Errorf("error %q, want %q", got, test.want)
			}
			if len(s.waits) > 0 {
				t.Error("it was tried again")
			}
		})
	}
}

func TestRedirects(t *testing.T) {
	tests := []struct {
		name    string
		method  string
		replies []reply
		want    []string
		err     string
	}{
		{name: "get", method: "GET",
			replies: []reply{{status: 302, header: location("/v1.0/elsewhere")}, {body: `{"id":"1"}`}},
			want:    []string{"GET /v1.0/gadgets", "GET /v1.0/elsewhere"}},
		{name: "post that keeps its body", method: "POST",
			replies: []reply{{status: 308, header: location("/v1.0/elsewhere")}, {body: `{"id":"1"}`}},
			want:    []string{"POST /v1.0/gadgets", "POST /v1.0/elsewhere"}},
		{name: "post that would become a get", method: "POST",
			replies: []reply{{status: 302, header: location("/v1.0/elsewhere")}},
			want:    []string{"POST /v1.0/gadgets"},
			err:     "POST /v1.0/gadgets: 302 Found"},
		{name: "delete that would become a get", method: "DELETE",
			replies: []reply{{status: 301, header: location("/v1.0/elsewhere")}},
			want:    []string{"DELETE /v1.0/gadgets"},
			err:     "DELETE /v1.0/gadgets: 301 Moved Permanently"},
		{name: "see other", method: "POST",
			replies: []reply{{status: 303, header: location("/v1.0/elsewhere")}, {body: `{"id":"1"}`}},
			want:    []string{"POST /v1.0/gadgets", "GET /v1.0/elsewhere"}},
		{name: "without end", method: "GET",
			replies: []reply{10: {}, 0: toSelf, 1: toSelf, 2: toSelf, 3: toSelf, 4: toSelf, 5: toSelf, 6: toSelf, 7: toSelf, 8: toSelf, 9: toSelf},
			want:    strings.Fields(strings.Repeat("GET+/v1.0/gadgets ", 10)),
			err:     "GET /v1.0/gadgets: stopped after 10 redirects"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, test.replies...)
			_, err := send(t.Context(), s.gadgets(), test.method, (&gadget{ID: "1"}).body(), readGadget, nil)
			if got := s.text(err); got != test.err {
				t.Errorf("error %q, want %q", got, test.err)
			}
			for i := range test.want {
				test.want[i] = strings.ReplaceAll(test.want[i], "+", " ")
			}
			if diff := cmp.Diff(test.want, s.lines()); diff != "" {
				t.Error(diff)
			}
			for _, sent := range s.sent() {
				if got := sent.header.Get("Authorization"); got != "Bearer secret-token" {
					t.Errorf("%s has Authorization %q", sent.line, got)
				}
			}
		})
	}
}

var toSelf = reply{status: 302, header: location("/v1.0/gadgets")}

func TestTheirCheckRedirectIsAskedToo(t *testing.T) {
	s := serve(t, reply{status: 302, header: location("/v1.0/elsewhere")}, reply{status: 302, header: location("/v1.0/elsewhere")})
	theirs := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("not today") }}
	s.client = s.newClient(t, WithHTTPClient(theirs))
	_, err := list(t.Context(), s.gadgets(), nil, readGadget, nil)
	if got, want := s.text(err), "GET /v1.0/gadgets: not today"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	if err := theirs.CheckRedirect(nil, nil); err == nil || err.Error() != "not today" {
		t.Error("the http.Client given was changed")
	}
	theirs.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	s.client = s.newClient(t, WithHTTPClient(theirs))
	_, err = list(t.Context(), s.gadgets(), nil, readGadget, nil)
	if got, want := s.text(err), "GET /v1.0/gadgets: 302 Found"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
}

func TestClientsThatNobodyMade(t *testing.T) {
	for _, c := range []*Client{nil, {}} {
		_, err := getOne(t.Context(), c.at("/gadgets"), nil, readGadget, nil)
		if got, want := errorText(err), "GET /gadgets: the client is nil or was not made by NewClient"; got != want {
			t.Errorf("getOne: %q, want %q", got, want)
		}
		_, err = listFrom(t.Context(), c.at("/gadgets"), "x", readGadget, nil)
		if got, want := errorText(err), "GET /gadgets: the client is nil or was not made by NewClient"; got != want {
			t.Errorf("listFrom: %q, want %q", got, want)
		}
		_, err = c.Do(t.Context(), "GET", "/gadgets", nil, nil)
		if got, want := errorText(err), "GET /gadgets: the client is nil or was not made by NewClient"; got != want {
			t.Errorf("Do: %q, want %q", got, want)
		}
	}
	var nobody *resource // what a request builder holds that no client made
	overloads := []overload{{"f(x=@x)", []string{"x"}}}
	for _, r := range []*resource{nobody, nobody.add("/a"), nobody.byKey("id", "1"), nobody.byKey("id", ""), nobody.fail(errNoBody),
		nobody.byAlternateKey(keyArg{"a", ""}), nobody.with(query{}), nobody.call("f", overloads, nil), nobody.call("f", nil, nil)} {
		if _, err := getOne(t.Context(), r, nil, readGadget, nil); !errors.Is(err, errNoClient) {
			t.Errorf("getOne: %v, want errNoClient", err)
		}
		if _, err := listFrom(t.Context(), r, "x", readGadget, nil); !errors.Is(err, errNoClient) {
			t.Errorf("listFrom: %v, want errNoClient", err)
		}
	}
}

// TestConcurrentUse is for the race detector: one client, and one request builder, for many goroutines.
func TestConcurrentUse(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.URL.Query().Has("$skiptoken") {
			fmt.Fprint(w, `{"value":[{"id":"2"}]}`)
			return
		}
		fmt.Fprintf(w, `{"value":[{"id":"1"}],"@odata.nextLink":"http://%s/v1.0/gadgets?$skiptoken=x"}`, req.Host)
	}))
	defer server.Close()
	c, err := NewClient(StaticToken("t"), WithServiceRoot(server.URL+"/v1.0"))
	if err != nil {
		t.Fatal(err)
	}
	builder := c.at("/gadgets")
	opts := []CallOption{Prefer("a"), Prefer("b"), Header("X-A", "1")}
	var group sync.WaitGroup
	for range 16 {
		group.Add(1)
		go func() {
			defer group.Done()
			var ids []string
			for item, err := range all(context.Background(), builder, nil, readGadget, opts) {
				if err != nil {
					t.Error(err)
					return
				}
				ids = append(ids, item.ID)
			}
			if diff := cmp.Diff([]string{"1", "2"}, ids); diff != "" {
				t.Error(diff)
			}
		}()
	}
	group.Wait()
}
