package documented_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	beta "github.com/graphslice/graphslice/generated/beta/graph"
	v1 "github.com/graphslice/graphslice/generated/v1.0/graph"
)

// testToken is what every request to a service must carry, and what nobody else may see.
const testToken = "t0ken"

// rootMark stands for the service root in what a test writes: a server's address is known only when it runs.
const rootMark = "{root}"

// answer is what the service answers one request with. Its texts may hold rootMark.
type answer struct {
	status  int
	headers map[string]string
	body    string // JSON, unless the headers say otherwise
}

// request is what the service saw of one request.
type request struct {
	method  string
	address string // below the service root, with the query, escaped as it came
	header  map[string]string
	body    any // decoded JSON, its texts with rootMark in place of the root; nil if there was none
}

// recorded are the headers that are part of a request's comparison.
var recorded = []string{"Content-Type", "If-Match", "Prefer", "Consistencylevel"}

// service is a server that stands in for one version of Graph: it checks each request against the slice, answers
// them in turn as it was told to, and keeps what it saw.
type service struct {
	t       *testing.T
	version string
	root    string
	slice   *slice

	skipCheck    bool   // whether requests may be ones that the slice does not allow
	checkAnswers bool   // whether the slice must allow the answers too
	afterLast    func() // called when the last answer has been written; may be nil

	mu      sync.Mutex
	answers []answer
	seen    []request
}

// serve starts a service that expects as many requests as there are answers.
func serve(t *testing.T, version string, answers ...answer) *service {
	t.Helper()
	s := &service{t: t, version: version, slice: sliceOf(t, version), answers: answers}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.root = server.URL + "/" + version
	return s
}

// ServeHTTP implements http.Handler.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Errorf("%s %s: reading the body: %v", r.Method, r.RequestURI, err)
	}
	if got := r.Header.Get("Authorization"); got != "Bearer "+testToken {
		s.t.Errorf("%s %s: Authorization is %q", r.Method, r.RequestURI, got)
	}
	if err := s.slice.checkRequest(r, body); err != nil && !s.skipCheck {
		s.t.Errorf("%s %s: the slice does not allow the request: %v", r.Method, r.RequestURI, err)
	}
	n, next := s.record(r, body)
	if n > len(s.answers) {
		s.t.Errorf("%s %s: one request more than there are answers", r.Method, r.RequestURI)
		http.Error(w, "no answer left", http.StatusTeapot)
		return
	}
	for name, value := range next.headers {
		w.Header().Set(name, s.onRoot(value))
	}
	if s.checkAnswers {
		if err := s.slice.checkAnswer(r, next.status, w.Header(), []byte(next.body)); err != nil {
			s.t.Errorf("%s %s: the slice does not allow the answer: %v", r.Method, r.RequestURI, err)
		}
	}
	w.WriteHeader(next.status)
	_, _ = io.WriteString(w, s.onRoot(next.body)) // the client sees what did not arrive
	if n == len(s.answers) && s.afterLast != nil {
		s.afterLast()
	}
}

// record keeps the request and returns its number, from 1, and the answer to it, which the last ones may not have.
func (s *service) record(r *http.Request, body []byte) (int, answer) {
	address, below := strings.CutPrefix(r.RequestURI, "/"+s.version)
	if !below {
		s.t.Errorf("%s %s: the path is not below /%s", r.Method, r.RequestURI, s.version)
	}
	got := request{method: r.Method, address: address, header: map[string]string{}}
	for _, name := range recorded {
		if value := r.Header.Get(name); value != "" {
			got.header[name] = value
		}
	}
	if len(body) > 0 {
		got.body = decodeJSON(s.t, s.offRoot(string(body)))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, got)
	n := len(s.seen)
	if n > len(s.answers) {
		return n, answer{}
	}
	return n, s.answers[n-1]
}

// onRoot puts the service root where rootMark stands.
func (s *service) onRoot(text string) string { return strings.ReplaceAll(text, rootMark, s.root) }

// offRoot puts rootMark where the service root stands.
func (s *service) offRoot(text string) string { return strings.ReplaceAll(text, s.root, rootMark) }

// host is the service's scheme, host and port, as error texts name it.
func (s *service) host() string { return strings.TrimSuffix(s.root, "/"+s.version) }

// wantSeen compares the requests that came, all of them and in their order.
func (s *service) wantSeen(want ...request) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if diff := cmp.Diff(want, s.seen, cmp.AllowUnexported(request{})); diff != "" {
		s.t.Errorf("what the service saw (-want +got):\n%s", diff)
	}
}

// wantRoute compares the method and address of the only request that came.
func (s *service) wantRoute(method, address string) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.seen) != 1 || s.seen[0].method != method || s.seen[0].address != address {
		s.t.Errorf("the service saw %v, want one %s %s", s.seen, method, address)
	}
}

// get is a GET of an address below the service root.
func get(address string) request {
	return request{method: http.MethodGet, address: address, header: map[string]string{}}
}

// sent is a request with a JSON body, in which rootMark stands for the service root.
func sent(t *testing.T, method, address, body string) request {
	t.Helper()
	return request{
		method: method, address: address,
		header: map[string]string{"Content-Type": "application/json"},
		body:   decodeJSON(t, body),
	}
}

// ok is an answer of 200 with a JSON body.
func ok(body string) answer {
	return answer{status: http.StatusOK, headers: map[string]string{"Content-Type": "application/json"}, body: body}
}

// betaClient returns a client of the beta package for the service.
func (s *service) betaClient(options ...beta.ClientOption) *beta.Client {
	s.t.Helper()
	options = append([]beta.ClientOption{beta.WithServiceRoot(s.root), beta.NoRetry}, options...)
	client, err := beta.NewClient(beta.StaticToken(testToken), options...)
	if err != nil {
		s.t.Fatal(err)
	}
	return client
}

// v1Client returns a client of the v1.0 package for the service.
func (s *service) v1Client() *v1.Client {
	s.t.Helper()
	client, err := v1.NewClient(v1.StaticToken(testToken), v1.WithServiceRoot(s.root), v1.NoRetry)
	if err != nil {
		s.t.Fatal(err)
	}
	return client
}

// decodeJSON returns a JSON text as encoding/json has it. Numbers keep their digits.
func decodeJSON(t *testing.T, text string) any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Errorf("not JSON: %v\n%s", err, text)
	}
	return value
}
