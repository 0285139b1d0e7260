package documented_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	graph "github.com/graphslice/graphslice/generated/beta/graph"
	"github.com/graphslice/graphslice/golden/hostile"
)

// arrival is a request as it arrived.
type arrival struct {
	method, path, query string // neither path nor query decoded
	headers             []string
	hostile             string // the header X-Hostile
	body                string
}

// recorder is a server that writes down what arrives and answers what is an entity, an empty collection and the answer to a batch.
type recorder struct {
	*httptest.Server
	client *graph.Client

	mu       sync.Mutex
	arrivals []arrival
}

func record(t *testing.T) *recorder {
	r := new(recorder)
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	client, err := graph.NewClient(graph.StaticToken(testToken), graph.WithServiceRoot(r.URL+"/beta"), graph.NoRetry)
	if err != nil {
		t.Fatal(err)
	}
	r.client = client
	return r
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	path, query, _ := strings.Cut(req.RequestURI, "?")
	body, _ := io.ReadAll(req.Body) // what is missing is missed by the test
	r.mu.Lock()
	defer r.mu.Unlock()
	r.arrivals = append(r.arrivals, arrival{
		req.Method, path, query, slices.Sorted(maps.Keys(req.Header)), req.Header.Get("X-Hostile"), string(body),
	})
	_, _ = io.WriteString(w, `{"value": [], "responses": [{"id": "1", "status": 200, "body": {}}]}`)
}

// taken returns what has arrived since it was called last.
func (r *recorder) taken() []arrival {
	r.mu.Lock()
	defer r.mu.Unlock()
	taken := r.arrivals
	r.arrivals = nil
	return taken
}

// hostileCall puts a value into one place of a call, and reads it from what arrives.
type hostileCall struct {
	name  string
	place hostile.Place
	call  func(t *testing.T, c *graph.Client, value string) error
	// read returns the values that arrived where the value was put, and what stands around them.
	read func(a arrival) (values []string, around string, err error)
	want string // what stands around them
}

var hostileCalls = []hostileCall{
	{"ByID", hostile.Segment, func(t *testing.T, c *graph.Client, value string) error {
		_, err := c.Chats().ByID(value).Get(t.Context(), nil)
		return err
	}, keyIn(2), "GET beta chats *"},
	{"ByID twice", hostile.Segment, func(t *testing.T, c *graph.Client, value string) error {
		return c.Chats().ByID(value).Members().ByID(value).Delete(t.Context())
	}, keyIn(2, 4), "DELETE beta chats * members *"},
	{"ByID in a batch", hostile.Segment, func(t *testing.T, c *graph.Client, value string) error {
		batch := c.NewBatch()
		chat := graph.InBatch(batch, func(ctx context.Context, c *graph.Client) (*graph.Chat, error) {
			return c.Chats().ByID(value).Get(ctx, nil)
		})
		if err := batch.Send(t.Context()); err != nil {
			return err
		}
		_, err := chat.Result()
		return err
	}, readBatch, "POST beta $batch GET chats *"},
	{"Bind", hostile.Key, func(t *testing.T, c *graph.Client, value string) error {
		return addMember(t, c, graph.BindUser(value))
	}, readBind, "users"},
	{"Bind BySegment", hostile.Segment, func(t *testing.T, c *graph.Client, value string) error {
		return addMember(t, c, graph.BindUser(value).BySegment())
	}, readBindBySegment, "users"},
	{"Filterf", hostile.Filter, func(t *testing.T, c *graph.Client, value string) error {
		_, err := c.Chats().List(t.Context(), &graph.ListOptions{Filter: graph.Filterf("topic eq %s or webUrl eq %s", value, value)})
		return err
	}, readFilter, "topic eq  or webUrl eq "},
	{"Filterf in Expand", hostile.Filter, func(t *testing.T, c *graph.Client, value string) error {
		_, err := c.Chats().ByID("1").Get(t.Context(), &graph.GetOptions{
			Expand: []graph.Expand{{Property: "members", Filter: graph.Filterf("email eq %s", value), Top: 5}},
		})
		return err
	}, readExpand, "members($filter=email eq ;$top=5)"},
	{"Query", hostile.Query, func(t *testing.T, c *graph.Client, value string) error {
		_, err := c.Chats().List(t.Context(), nil, graph.Query("$custom", value))
		return err
	}, readQuery, "GET /beta/chats"},
	{"Header", hostile.Header, func(t *testing.T, c *graph.Client, value string) error {
		_, err := c.Chats().List(t.Context(), nil, graph.Header("X-Hostile", value))
		return err
	}, readHeader, "Accept Accept-Encoding Authorization Client-Request-Id User-Agent X-Hostile"},
}

func addMember(t *testing.T, c *graph.Client, user graph.Ref[graph.User]) error {
	_, err := c.Chats().ByID("1").Members().Create(t.Context(), &graph.AadUserConversationMember{User: user})
	return err
}

// TestHostileValues puts each hostile value into each place. Exactly the one request that was meant arrives, with the
// value in its place and as it was, or the call is refused and nothing arrives at all.
func TestHostileValues(t *testing.T) {
	values, err := hostile.Values()
	if err != nil {
		t.Fatal(err)
	}
	for _, call := range hostileCalls {
		t.Run(call.name, func(t *testing.T) {
			r := record(t)
			for _, v := range values {
				err := call.call(t, r.client, v.Text)
				call.check(t, v, r.taken(), err)
			}
		})
	}
}

func (call hostileCall) check(t *testing.T, v hostile.Value, arrived []arrival, err error) {
	if v.Refused[call.place] {
		if err == nil || len(arrived) > 0 {
			t.Errorf("%s: error %v, and %d requests; want it to be refused", v, err, len(arrived))
		}
		return
	}
	if err != nil || len(arrived) != 1 {
		t.Errorf("%s: error %v, and %d requests; want one", v, err, len(arrived))
		return
	}
	values, around, err := call.read(arrived[0])
	if err != nil || around != call.want {
		t.Errorf("%s: %v, what arrived around it is %.200q; want %q", v, err, around, call.want)
	}
	want := v.Text
	if call.place == hostile.Header {
		want = strings.Trim(want, " \t") // HTTP knows no white space around a header's value
	}
	if len(values) == 0 {
		t.Errorf("%s has not arrived", v)
	}
	for _, got := range values {
		if got != want {
			t.Errorf("%s arrived as %.100q", v, got)
		}
	}
}

// keyIn reads the keys at places of a path.
func keyIn(places ...int) func(arrival) ([]string, string, error) {
	return func(a arrival) (values []string, around string, err error) {
		segments, err := hostile.Segments(a.path)
		if err != nil || a.query != "" || a.body != "" {
			return nil, a.query + a.body, err
		}
		for i, segment := range segments {
			if slices.Contains(places, i) {
				values, segments[i] = append(values, segment), "*"
			}
		}
		return values, a.method + " " + strings.Join(segments, " "), nil
	}
}

// readBatch reads the only request of a batch.
func readBatch(a arrival) ([]string, string, error) {
	var batch struct {
		Requests []struct{ Method, URL string }
	}
	if err := json.Unmarshal([]byte(a.body), &batch); err != nil || len(batch.Requests) != 1 {
		return nil, a.body, err
	}
	values, around, err := keyIn(1)(arrival{method: batch.Requests[0].Method, path: batch.Requests[0].URL})
	return values, a.method + strings.ReplaceAll(a.path, "/", " ") + " " + around, err
}

// bindIn returns the segments of the bind in a body, without the service root.
func bindIn(a arrival) ([]string, error) {
	var body map[string]string
	if err := json.Unmarshal([]byte(a.body), &body); err != nil {
		return nil, err
	}
	_, path, _ := strings.Cut(body["user@odata.bind"], "/beta/")
	return hostile.Segments(path)
}

func readBind(a arrival) ([]string, string, error) {
	segments, err := bindIn(a)
	if err != nil || len(segments) != 1 {
		return nil, strings.Join(segments, " "), err
	}
	set, args, err := hostile.Call(segments[0])
	return []string{args[""]}, set, err
}

func readBindBySegment(a arrival) ([]string, string, error) {
	segments, err := bindIn(a)
	if err != nil || len(segments) != 2 {
		return nil, strings.Join(segments, " "), err
	}
	return segments[1:], segments[0], nil
}

// literals takes the literals out of an expression.
func literals(expression string) (values []string, around string, err error) {
	for {
		before, _, found := strings.Cut(expression, "'")
		around += before
		if !found {
			return values, around, nil
		}
		value, rest, err := hostile.Literal(expression[len(before):])
		if err != nil {
			return nil, around, err
		}
		values, expression = append(values, value), rest
	}
}

// readOnly reads the one parameter that a query has.
func readOnly(a arrival, name string) (string, error) {
	values, err := hostile.QueryValues(a.query)
	if err == nil && len(values) != 1 {
		return strings.Join(slices.Sorted(maps.Keys(values)), " "), nil
	}
	return values[name], err
}

func readFilter(a arrival) ([]string, string, error) {
	filter, err := readOnly(a, "$filter")
	if err != nil {
		return nil, "", err
	}
	return literals(filter)
}

func readExpand(a arrival) ([]string, string, error) {
	expand, err := readOnly(a, "$expand")
	if err != nil {
		return nil, "", err
	}
	return literals(expand)
}

func readQuery(a arrival) ([]string, string, error) {
	value, err := readOnly(a, "$custom")
	return []string{value}, a.method + " " + a.path, err
}

func readHeader(a arrival) ([]string, string, error) {
	return []string{a.hostile}, strings.Join(a.headers, " "), nil
}

// TestHostileErrors holds that a refusal says what is wrong, and with which part of the path.
func TestHostileErrors(t *testing.T) {
	r := record(t)
	for _, test := range []struct {
		call func() error
		want string
	}{
		{func() error { return r.client.Chats().ByID("$count").Delete(t.Context()) },
			`DELETE /chats: the key after /chats is "$count", which has another meaning in a path`},
		{func() error { return r.client.Chats().ByID("a\x00").Delete(t.Context()) },
			`DELETE /chats: the key after /chats: the text holds a zero byte`},
		{func() error { return r.client.Chats().ByID("a\xff").Members().ByID("\x00").Delete(t.Context()) },
			`DELETE /chats/members: the key after /chats: the text is not valid UTF-8`},
		{func() error { return addMember(t, r.client, graph.BindUser("\xff")) },
			`POST /beta/chats/1/members: the body cannot be sent: json: user@odata.bind: bind of users: the key: the text is not valid UTF-8`},
		{func() error { return addMember(t, r.client, graph.BindUser("$ref").BySegment()) },
			`POST /beta/chats/1/members: the body cannot be sent: json: user@odata.bind: bind of users: the key "$ref" has another meaning as a segment; bind it without BySegment`},
		{func() error {
			_, err := r.client.Chats().List(t.Context(), &graph.ListOptions{Filter: graph.Filterf("topic eq %s", "\xff")})
			return err
		}, `GET /chats: $filter: filter: argument 1: the text is not valid UTF-8`},
	} {
		err := test.call()
		if diff := cmp.Diff(test.want, errorText(err)); diff != "" || len(r.taken()) > 0 {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// stayHome is a transport that reports a request to any host but one, and does not send it.
type stayHome struct {
	t    *testing.T
	host string
}

func (s stayHome) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Host != s.host {
		s.t.Errorf("a request left for %s with the token %q", req.URL.Host, req.Header.Get("Authorization"))
		return nil, errors.New("a request left")
	}
	return http.DefaultTransport.RoundTrip(req)
}

// TestHostileLinks lets the service answer with hostile values for links: in Location, for a page's next link, and as the
// address of a redirect. Whatever they are taken for, no request and no token goes to another host.
func TestHostileLinks(t *testing.T) {
	values, err := hostile.Values()
	if err != nil {
		t.Fatal(err)
	}
	var link string
	requests := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next, _ := json.Marshal(link)
		requests++
		switch {
		case r.Method == http.MethodPost:
			w.Header().Set("Location", link)
			w.WriteHeader(http.StatusCreated)
		case strings.HasSuffix(r.URL.Path, "/redirected"):
			w.Header().Set("Location", link)
			w.WriteHeader(http.StatusTemporaryRedirect)
		default: // also a chat
			_, _ = io.WriteString(w, `{"id": "1", "value": [{"id": "1"}], "@odata.nextLink": `+string(next)+`}`)
		}
	}))
	defer server.Close()
	host := strings.TrimPrefix(server.URL, "http://")
	client, err := graph.NewClient(graph.StaticToken(testToken), graph.WithServiceRoot(server.URL+"/beta"), graph.NoRetry,
		graph.WithHTTPClient(&http.Client{Transport: stayHome{t, host}}))
	if err != nil {
		t.Fatal(err)
	}
	others := []string{"http://localhost:1/x", "//localhost:1/x", "http://" + host + "@localhost:1/", "http://" + host + ".evil.example/", "http:\\\\evil.example"}
	for _, v := range values {
		if !v.Refused[hostile.Header] {
			others = append(others, v.Text)
		}
	}
	for _, link = range others {
		if created, err := client.Chats().Create(t.Context(), &graph.Chat{}); err == nil {
			_, _ = created.Wait(t.Context()) // it may be an error or find something: here only where it looks counts
		}
		_, _ = client.Chats().ByID("redirected").Get(t.Context(), nil)
		pages := 0
		for _, err := range client.Chats().All(t.Context(), nil) {
			if pages++; err != nil || pages == 3 {
				break
			}
		}
	}
	if requests <= 3*len(others) {
		t.Errorf("%d requests: no link was followed", requests)
	}
}
