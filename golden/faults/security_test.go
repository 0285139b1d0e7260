package faults_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	graph "github.com/graphslice/graphslice/generated/v1.0/graph"
)

// TestRedirects sends a redirect of every status to every kind of address that is not the service's, for calls of every
// method. The token goes nowhere: the other server, which any name leads to, sees no request at all.
func TestRedirects(t *testing.T) {
	var strayed atomic.Int32
	other := serve(t, protocols[0], http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		strayed.Add(1)
		t.Errorf("the other server saw %s %s with Authorization %q", r.Method, r.RequestURI, r.Header.Get("Authorization"))
	}))
	var location atomic.Value
	service := serve(t, protocols[0], http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status := 0
		fmt.Sscan(r.Header.Get("X-Status"), &status)
		w.Header()["Location"] = []string{location.Load().(string)}
		w.WriteHeader(status)
	}))
	at, away := hostOf(t, service), hostOf(t, other)
	_, port, _ := strings.Cut(at, ":")
	elsewhere := map[string]string{
		"another port":         "http://" + away + "/v1.0/me",
		"protocol-relative":    "//" + away + "/v1.0/me",
		"another scheme":       "https://" + at + "/v1.0/me",
		"user name":            "http://user:pw@" + at + "/v1.0/me",
		"host as a user name":  "http://" + at + "@" + away + "/v1.0/me",
		"another name":         "http://localhost:" + port + "/v1.0/me",
		"trailing dot":         "http://127.0.0.1.:" + port + "/v1.0/me",
		"IPv6":                 "http://[::1]:" + port + "/v1.0/me",
		"IPv4 in IPv6":         "http://[::ffff:127.0.0.1]:" + port + "/v1.0/me",
		"no port":              "http://127.0.0.1/v1.0/me",
		"number as an address": "http://2130706433:" + port + "/v1.0/me",
		"subdomain":            "http://evil.127.0.0.1:" + port + "/v1.0/me",
		"a host of the cloud":  "https://graph.microsoft.com/v1.0/me",
	}
	client := newClient(t, service, graph.WithHTTPClient(&http.Client{Transport: leadsTo(t, at, away)}))
	for name, address := range elsewhere {
		for _, status := range []int{301, 302, 303, 307, 308} {
			for _, method := range []string{"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE"} {
				location.Store(address)
				_, err := client.Do(t.Context(), method, "/me", nil, nil, graph.Header("X-Status", fmt.Sprint(status)))
				if err == nil || strings.Contains(err.Error(), testToken) || strings.Contains(err.Error(), "pw@") {
					t.Errorf("%s, %d of %s: error %v", name, status, method, err)
				}
			}
		}
	}
	if strayed.Load() > 0 {
		t.Errorf("%d requests went astray", strayed.Load())
	}
}

// leadsTo is a transport for which every address but the service's own is the other server.
func leadsTo(t *testing.T, own, other string) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		if r.URL.Host != own || r.URL.Scheme != "http" {
			t.Errorf("a request to %s was sent, with Authorization %q", r.URL.Host, r.Header.Get("Authorization"))
			r.URL.Host, r.URL.Scheme = other, "http"
		}
		return http.DefaultTransport.RoundTrip(r)
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func hostOf(t *testing.T, s *httptest.Server) string {
	t.Helper()
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u.Host
}

// TestRedirectsAtHome: what stays at the service is followed, however it is written, and the token goes along.
func TestRedirectsAtHome(t *testing.T) {
	var where string
	s := serve(t, protocols[0], http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("Authorization"); got != "Bearer "+testToken {
			t.Errorf("%s came with Authorization %q", r.URL, got)
		}
		if r.URL.Path == "/v1.0/chats/new" {
			fine(w, r)
			return
		}
		w.Header().Set("Location", where)
		w.WriteHeader(http.StatusTemporaryRedirect)
	}))
	client := newClient(t, s)
	for _, where = range []string{"/v1.0/chats/new", "new", "?x=1", s.URL + "/v1.0/chats/new", "HTTP" + s.URL[4:] + "/v1.0/chats/new",
		s.URL[5:] + "/v1.0/chats/new"} {
		chat, err := client.Chats().ByID("old").Get(t.Context(), nil)
		if where == "?x=1" {
			if err == nil || !strings.Contains(err.Error(), "stopped after 10 redirects") {
				t.Errorf("a loop ended with %v", err)
			}
			continue
		}
		if err != nil || chat.ID != "19:c" {
			t.Errorf("%s: %v, %v", where, chat, err)
		}
	}
}

// secret is a TokenSource that shows its token to fmt.
type secret struct{ Value string }

func (s secret) Token(context.Context) (string, error) { return s.Value, nil }

// TestTokenIsNotPrinted prints everything that hangs on a client with every verb, and logs it.
func TestTokenIsNotPrinted(t *testing.T) {
	s := serve(t, protocols[0], http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet:
			reply(200, `{"value":[{"id":"1"}],"@odata.nextLink":"/chats?$skip=1"}`)(w, r)
		default:
			fine(w, r)
		}
	}))
	for _, source := range []graph.TokenSource{
		graph.StaticToken(testToken), secret{testToken}, &secret{testToken},
		graph.TokenFunc(func(context.Context) (string, error) { return testToken, nil }),
	} {
		client, err := graph.NewClient(source, graph.WithServiceRoot(s.URL+"/v1.0"))
		if err != nil {
			t.Fatal(err)
		}
		page, err := client.Chats().List(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		created, err := client.Chats().Create(t.Context(), &graph.Chat{})
		if err != nil {
			t.Fatal(err)
		}
		values := []any{client, *client, struct{ C *graph.Client }{client}, struct{ C graph.Client }{*client}, []*graph.Client{client},
			client.Chats(), *client.Chats(), client.Chats().ByID("1"), page, *page, created, *created, created.Response}
		if _, shown := source.(secret); !shown {
			if _, shown := source.(*secret); !shown {
				values = append(values, source)
			}
		}
		for _, value := range values {
			var log bytes.Buffer
			slog.New(slog.NewTextHandler(&log, nil)).Info("", "v", value)
			slog.New(slog.NewJSONHandler(&log, nil)).Info("", "v", value)
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%p"} {
				fmt.Fprintf(&log, verb+"\n", value)
			}
			if holds(log.String(), testToken) {
				t.Errorf("%T shows the token:\n%s", value, log.String())
			}
		}
	}
	if got, want := fmt.Sprintf("%+v", newClientAt(t, "https://graph.microsoft.com")), "graph.Client(https://graph.microsoft.com/v1.0)"; got != want {
		t.Errorf("a client is printed as %s, want %s", got, want)
	}
	if got := fmt.Sprint(graph.Client{}); got != "graph.Client(no service root)" {
		t.Errorf("the zero client is printed as %s", got)
	}
}

// holds reports whether text has the token, plain or in hexadecimal.
func holds(text, token string) bool {
	return strings.Contains(text, token) || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", token))
}

// TestTokenIsNotInErrors: a service that repeats the request's headers wherever it can.
func TestTokenIsNotInErrors(t *testing.T) {
	s := serve(t, protocols[0], http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		escaped := strings.ReplaceAll(token, ".", `\u002e`)
		w.Header().Set("request-id", token)
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprintf(w, `{"error":{"code":"%[1]s","message":"%[1]s %[2]s","target":"%[2]s","details":[{"code":"%[1]s","message":"%[2]s","target":"%[1]s"}],
			"innerError":{"code":"%[2]s","message":"%[1]s","request-id":"%[2]s","innerError":{"message":"%[2]s"}}}}`, token, escaped)
	}))
	var log bytes.Buffer
	client := newClient(t, s, graph.WithLogger(slog.New(slog.NewTextHandler(&log, nil))))
	for name, call := range calls {
		err := call(t.Context(), client)
		var e *graph.Error
		if !errors.As(err, &e) {
			t.Fatalf("%s: %v", name, err)
		}
		whole, _ := json.Marshal(e)
		text := fmt.Sprintf("%v %+v %#v %s %s", err, *e, e.InnerError, whole, e.Raw)
		if holds(text, testToken) {
			t.Errorf("%s: the error has the token:\n%s", name, text)
		}
	}
	if holds(log.String(), testToken) {
		t.Errorf("the log has the token:\n%s", log.String())
	}
}

// TestLargeAnswers: what is read into memory is limited, also where a small message unpacks to a large one; what is read as a
// stream is not.
func TestLargeAnswers(t *testing.T) {
	const limit = 1 << 20
	bomb := packed(64 * limit)
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		if r.Method == http.MethodDelete {
			w.WriteHeader(http.StatusForbidden)
		}
		_, _ = w.Write(bomb)
	})
	for _, p := range protocols {
		client := newClient(t, serve(t, p, handler), graph.WithMaxResponseBytes(limit))
		_, err := client.Chats().ByID("1").Get(t.Context(), nil)
		var e *graph.Error
		if !errors.As(err, &e) || e.Error() != "GET /v1.0/chats/1: 200 OK: the answer cannot be read: it is larger than 1048576 bytes" || len(e.Raw) > limit {
			t.Errorf("%s: error %v", p.name, err)
		}
		err = client.Chats().ByID("1").Delete(t.Context())
		if !errors.As(err, &e) || e.StatusCode != 403 || len(e.Raw) > limit {
			t.Errorf("%s: error %v", p.name, err)
		}
		var counted counter
		if _, err := client.Do(t.Context(), "GET", "/x", nil, &counted); err != nil || counted != 64*limit {
			t.Errorf("%s: a stream of %d bytes, error %v", p.name, counted, err)
		}
	}
	for _, n := range []int64{0, -1} {
		if _, err := graph.NewClient(nil, graph.WithMaxResponseBytes(n)); err == nil {
			t.Errorf("a limit of %d is accepted", n)
		}
	}
}

// packed returns that many blanks, in gzip.
func packed(n int64) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.CopyN(z, blanks{}, n)
	_ = z.Close()
	return b.Bytes()
}

type blanks struct{}

func (blanks) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// TestEndlessError: a gigabyte of error, of which no more is read than is kept.
func TestEndlessError(t *testing.T) {
	var written atomic.Int64
	s := serve(t, protocols[0], http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		n, _ := io.CopyN(w, blanks{}, 1<<30)
		written.Store(n)
	}))
	err := calls["POST"](t.Context(), newClient(t, s))
	var e *graph.Error
	if !errors.As(err, &e) || len(e.Raw) != 1<<20 || e.Error() != "POST /v1.0/chats: 400 Bad Request" {
		t.Errorf("error %v with %d bytes of body", err, len(e.Raw))
	}
	s.Close() // the handler ends
	if written.Load() == 1<<30 {
		t.Error("all of it was read")
	}
}

// TestDeepAnswers: nesting beyond what encoding/json reads is an error, in what the package knows and in what it does not.
func TestDeepAnswers(t *testing.T) {
	for _, text := range []string{
		`{"id":"1","unknown":` + strings.Repeat("[", 1_000_000),
		`{"id":"1","lastMessagePreview":` + strings.Repeat(`{"x":`, 1_000_000),
		strings.Repeat("[", 1_000_000),
	} {
		s := serve(t, protocols[0], reply(200, text))
		_, err := newClient(t, s).Chats().ByID("1").Get(t.Context(), nil)
		var e *graph.Error
		if !errors.As(err, &e) || e.StatusCode != 200 {
			t.Errorf("%.40s: error %v", text, err)
		}
		s = serve(t, protocols[0], reply(400, `{"error":{"code":"x","innerError":`+text))
		if err := calls["GET"](t.Context(), newClient(t, s)); !errors.Is(err, graph.ErrBadRequest) {
			t.Errorf("%.40s: error %v", text, err)
		}
	}
}
