package graph

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// store is a server that hands out content without a token. It writes down the headers that it was asked with.
func store(t *testing.T, status int, body string) (*httptest.Server, *[]http.Header) {
	t.Helper()
	asked := &[]http.Header{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		*asked = append(*asked, req.Header.Clone())
		if req.URL.Path == "/again" {
			http.Redirect(w, req, "/again", http.StatusFound)
			return
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return server, asked
}

// readers are the calls that read raw content.
var readers = map[string]func(t *testing.T, s *service, c *Client) (string, error){
	"stream": func(t *testing.T, s *service, c *Client) (string, error) {
		r, err := getStream(t.Context(), c.at("/gadgets/$value"), nil, []CallOption{Header("X-Mine", "1")})
		if err != nil {
			return "", err
		}
		defer r.Close()
		text, err := io.ReadAll(r)
		return string(text), err
	},
	"text": func(t *testing.T, s *service, c *Client) (string, error) {
		return getText(t.Context(), c.at("/gadgets/$value"), nil, []CallOption{Header("X-Mine", "1")})
	},
	"writer": func(t *testing.T, s *service, c *Client) (string, error) {
		var b bytes.Buffer
		_, err := c.Do(t.Context(), "GET", "/gadgets/$value", nil, &b, Header("X-Mine", "1"))
		return b.String(), err
	},
	"bytes": func(t *testing.T, s *service, c *Client) (string, error) {
		var b []byte
		_, err := c.Do(t.Context(), "GET", "/gadgets/$value", nil, &b, Header("X-Mine", "1"))
		return string(b), err
	},
}

func TestContentOfAStore(t *testing.T) {
	for name, read := range readers {
		t.Run(name, func(t *testing.T) {
			other, asked := store(t, 200, "the file")
			s := serve(t, reply{status: 302, header: location(other.URL + "/file?secret=1")})
			text, err := read(t, s, s.client)
			if text != "the file" || err != nil {
				t.Errorf("%q, %v", text, err)
			}
			want := []http.Header{{"Accept": {"*/*"}, "Accept-Encoding": {"gzip"}, "User-Agent": {"graphslice/devel"}}}
			(*asked)[0].Set("User-Agent", strings.Split((*asked)[0].Get("User-Agent"), "/")[0]+"/devel")
			if diff := cmp.Diff(want, *asked); diff != "" {
				t.Errorf("what the store was asked with: %s", diff)
			}
		})
	}
}

// TestContentThatIsNotFollowed: where a redirect of content leads to no store, and nothing is sent there.
func TestContentThatIsNotFollowed(t *testing.T) {
	other := stranger(t).URL
	for _, test := range []struct {
		name, to string
		options  []ClientOption
		want     string
	}{
		{"refused", other, []ClientOption{WithRedirects(RefuseRedirects)},
			"the redirect points to " + other + ", but this client sends to {server} only"},
		{"plain http", "http://store.example/x", nil, "the redirect points to http://store.example, which is not https"},
		{"another scheme", "ftp://store.example/x", nil, "the redirect points to ftp://store.example, which is not https"},
		{"a user name", "https://me:pw@store.example/x", nil, "the redirect to store.example holds a user name"},
	} {
		for name, read := range readers {
			t.Run(test.name+"/"+name, func(t *testing.T) {
				s := serve(t, reply{status: 302, header: location(test.to)})
				_, err := read(t, s, s.newClient(t, test.options...))
				if want := "GET /v1.0/gadgets/$value: " + test.want; s.text(err) != want {
					t.Errorf("error %q, want %q", s.text(err), want)
				}
				var refused *RedirectError
				if !errors.As(err, &refused) || refused.Location != test.to || refused.StatusCode != 302 {
					t.Errorf("%#v", refused)
				}
				if got := len(s.sent()); got != 1 {
					t.Errorf("the service was asked %d times", got)
				}
			})
		}
	}
}

func TestStoreThatRedirectsForEver(t *testing.T) {
	other, asked := store(t, 200, "")
	s := serve(t, reply{status: 302, header: location(other.URL + "/again")})
	_, err := getText(t.Context(), s.gadgets(), nil, nil)
	if want := "GET /v1.0/gadgets: stopped after 10 redirects"; s.text(err) != want || len(*asked) != 10 {
		t.Errorf("error %q after %d, want %q", s.text(err), len(*asked), want)
	}
}

func TestStoreThatRefuses(t *testing.T) {
	other, _ := store(t, 404, "gone")
	s := serve(t, reply{status: 302, header: location(other.URL)})
	_, err := getText(t.Context(), s.gadgets(), nil, nil)
	var refused *Error
	if !errors.As(err, &refused) || !errors.Is(err, ErrNotFound) || string(refused.Raw) != "gone" {
		t.Errorf("%v, %+v", err, refused)
	}
}

// TestTransportThatAuthenticates: an http.Client that may authenticate by itself is not what a store is asked through.
func TestTransportThatAuthenticates(t *testing.T) {
	other, asked := store(t, 200, "the file")
	s := serve(t, reply{status: 302, header: location(other.URL)})
	c, err := NewClient(nil, WithServiceRoot(s.URL+"/v1.0"), WithHTTPClient(&http.Client{Transport: signer{}}))
	if err != nil {
		t.Fatal(err)
	}
	text, err := getText(t.Context(), c.at("/gadgets"), nil, nil)
	if text != "the file" || err != nil || s.sent()[0].header.Get("Authorization") == "" || (*asked)[0].Get("Authorization") != "" {
		t.Errorf("%q, %v, %v", text, err, *asked)
	}
}

type signer struct{}

func (signer) RoundTrip(req *http.Request) (*http.Response, error) {
	req.Header.Set("Authorization", "Bearer of the transport")
	return http.DefaultTransport.RoundTrip(req)
}

// TestSeeOther: a 303 says that the write is done. It is never sent again, whatever is at the Location.
func TestSeeOther(t *testing.T) {
	other := stranger(t).URL
	for _, test := range []struct {
		name    string
		replies []reply
		want    []string
		err     string
		value   string
	}{
		{name: "there", replies: []reply{{status: 303, header: location("/v1.0/gadgets/1")}, {body: `{"id":"1"}`}},
			want: []string{"POST /v1.0/gadgets", "GET /v1.0/gadgets/1"}, value: "1"},
		{name: "there at the second try", replies: []reply{{status: 303, header: location("/v1.0/gadgets/1")}, {status: 503}, {body: `{"id":"1"}`}},
			want: []string{"POST /v1.0/gadgets", "GET /v1.0/gadgets/1", "GET /v1.0/gadgets/1"}, value: "1"},
		{name: "not there", replies: []reply{{status: 303, header: location("/v1.0/gadgets/1")}, {status: 404}},
			want: []string{"POST /v1.0/gadgets", "GET /v1.0/gadgets/1"},
			err:  "POST /v1.0/gadgets: it was carried out, but what is at its Location cannot be read: GET /v1.0/gadgets/1: 404 Not Found"},
		{name: "throttled", replies: []reply{{status: 303, header: location("/v1.0/gadgets/1")}, {status: 429, header: retryAfterHeader("999")}},
			want: []string{"POST /v1.0/gadgets", "GET /v1.0/gadgets/1"},
			err:  "POST /v1.0/gadgets: it was carried out, but what is at its Location cannot be read: GET /v1.0/gadgets/1: 429 Too Many Requests"},
		{name: "elsewhere", replies: []reply{{status: 303, header: location(other + "/x")}},
			want: []string{"POST /v1.0/gadgets"},
			err:  "POST /v1.0/gadgets: it was carried out, but what is at its Location cannot be read: the redirect points to " + other + ", but this client sends to {server} only"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, test.replies...)
			result, err := send(t.Context(), s.gadgets(), "POST", (&gadget{ID: "x"}).body(), readGadget, nil)
			if s.text(err) != test.err || errors.Is(err, ErrCarriedOut) != (test.err != "") || errors.Is(err, ErrOutcomeUnknown) {
				t.Errorf("error %q, want %q", s.text(err), test.err)
			}
			if diff := cmp.Diff(test.want, s.lines()); diff != "" {
				t.Error(diff)
			}
			switch {
			case result == nil:
				t.Fatal("no result")
			case err != nil && (result.Response.StatusCode != 303 || result.Location == "" || result.Value != nil):
				t.Errorf("%+v", result)
			case err == nil && result.Value.ID != test.value:
				t.Errorf("%+v", result.Value)
			}
		})
	}
}

// TestStreamIsSentAgain: net/http can send a body again that can be read again.
func TestStreamIsSentAgain(t *testing.T) {
	s := serve(t, reply{status: 307, header: location("/v1.0/elsewhere")}, reply{status: 204})
	if err := sendStream(t.Context(), s.gadgets(), "PUT", "", strings.NewReader("the file"), nil); err != nil {
		t.Fatal(err)
	}
	want := []string{"PUT /v1.0/gadgets the file", "PUT /v1.0/elsewhere the file"}
	var got []string
	for _, r := range s.sent() {
		got = append(got, r.line+" "+r.body)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnswerThatIsPacked(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, `{"id":"1"}`)
	w.Close()
	packed := b.String()
	gzipped := func(encoding string) *service {
		return serve(t, reply{header: map[string]string{"Content-Encoding": encoding}, body: packed})
	}
	mine := []CallOption{Header("Accept-Encoding", "gzip")}
	s := gzipped("gzip")
	if v, err := getOne(t.Context(), s.gadgets(), nil, readGadget, mine); err != nil || v.ID != "1" {
		t.Errorf("%v, %v", v, err)
	}
	s = gzipped("gzip")
	var raw []byte
	if _, err := s.client.Do(t.Context(), "GET", "/gadgets", nil, &raw, mine...); err != nil || string(raw) != packed {
		t.Errorf("%q, %v", raw, err)
	}
	s = gzipped("br")
	_, err := getOne(t.Context(), s.gadgets(), nil, readGadget, []CallOption{Header("Accept-Encoding", "br")})
	want := `GET /v1.0/gadgets: 200 OK: the answer cannot be read: it is packed as "br", which cannot be unpacked here; read it raw, by Do into an io.Writer`
	if s.text(err) != want {
		t.Errorf("error %q, want %q", s.text(err), want)
	}
}
