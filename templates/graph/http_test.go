package graph

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// gadget is what a generated entity looks like, as far as requests need one.
type gadget struct {
	ID                   string
	Name                 Opt[string]
	Owner                Ref[gadget]
	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *gadget) properties(c *codec) {
	c.string(`"id":`, &v.ID)
	c.optString(`"name":`, &v.Name)
	c.ref(`"owner":`, &v.Owner.ref, (*gadget)(nil))
}

func (v *gadget) rest() rest {
	return rest{"#test.gadget", nil, nil, &v.AdditionalProperties, &v.nulls}
}
func (v *gadget) key() string                     { return v.ID }
func (v *gadget) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *gadget) body() encoder                   { return modelBody(v) }

func readGadget(r *jsonReader) *gadget { return readInto(r, new(gadget)) }

// reply is one answer of a scripted service; the zero value is 200 without a body.
type reply struct {
	status int
	header map[string]string
	body   string
	drop   bool // close the connection instead
}

// sent is a request that arrived, in the form that tests compare: "POST /v1.0/gadgets".
type sent struct {
	line   string
	header http.Header
	body   string
}

// service is a test server that gives its replies in turn and writes down what it was asked.
type service struct {
	*httptest.Server
	client *Client

	mu       sync.Mutex
	replies  []reply
	received []sent
	waits    []time.Duration // of the client, in one goroutine
}

const testToken = "secret-token"

// testNow is what the clients of tests take for now.
var testNow = time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)

// serve starts a service with a client whose waiting takes no time.
func serve(t *testing.T, replies ...reply) *service {
	t.Helper()
	s := &service{replies: replies}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	s.client = s.newClient(t)
	return s
}

func (s *service) newClient(t *testing.T, options ...ClientOption) *Client {
	t.Helper()
	root := WithServiceRoot(s.URL + "/v1.0")
	c, err := NewClient(StaticToken(testToken), append([]ClientOption{root}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	c.now = func() time.Time { return testNow }
	c.jitter = func() float64 { return 0 }
	c.wait = func(ctx context.Context, d time.Duration) error {
		s.waits = append(s.waits, d)
		return ctx.Err()
	}
	return c
}

func (s *service) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, _ := io.ReadAll(req.Body)
	s.mu.Lock()
	s.received = append(s.received, sent{req.Method + " " + req.RequestURI, req.Header.Clone(), string(body)})
	answer := reply{status: 599, body: "the script has no more replies"}
	if len(s.replies) > 0 {
		answer, s.replies = s.replies[0], s.replies[1:]
	}
	s.mu.Unlock()
	if answer.drop {
		panic(http.ErrAbortHandler)
	}
	for name, value := range answer.header {
		w.Header().Set(name, strings.ReplaceAll(value, "{root}", s.URL+"/v1.0"))
	}
	if answer.status == 0 {
		answer.status = http.StatusOK
	}
	w.WriteHeader(answer.status)
	io.WriteString(w, strings.ReplaceAll(answer.body, "{root}", s.URL+"/v1.0"))
}

// sent returns the requests so far.
func (s *service) sent() []sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.received)
}

// lines returns the requests so far as "METHOD /path?query".
func (s *service) lines() []string {
	var lines []string
	for _, r := range s.sent() {
		lines = append(lines, r.line)
	}
	return lines
}

// text returns an error's text with the address of the server taken out, and "" for nil.
func (s *service) text(err error) string {
	if err == nil {
		return ""
	}
	return strings.ReplaceAll(err.Error(), s.URL, "{server}")
}

func (s *service) gadgets() *resource { return s.client.at("/gadgets") }

func location(value string) map[string]string { return map[string]string{"Location": value} }

// errorText returns what err says, "" if it is nil.
func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
