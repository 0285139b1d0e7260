package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// batchService answers batches part by part, the last one first. A request that is no batch gets 599.
type batchService struct {
	*httptest.Server
	client *Client
	// answer returns the answer to the nth request for a URL, in the form that it has in a batch, but for its id.
	answer func(request batchRequest, n int) string
	// whole replaces the answer to the nth batch, unless it returns nil.
	whole func(n int) *reply

	mu      sync.Mutex
	batches [][]batchRequest
	bodies  []string
	headers []http.Header
	asked   map[string]int
}

func serveBatches(t *testing.T, answer func(batchRequest, int) string, options ...ClientOption) *batchService {
	t.Helper()
	s := &batchService{answer: answer, asked: map[string]int{}}
	s.Server, s.client = serveHandler(t, s.serve, append([]ClientOption{WithRetry(RetryPolicy{MinDelay: time.Millisecond})}, options...)...)
	return s
}

func (s *batchService) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != "POST" || r.URL.Path != "/v1.0/$batch" {
		w.WriteHeader(599)
		return
	}
	body, _ := io.ReadAll(r.Body)
	var batch struct{ Requests []batchRequest }
	if err := json.Unmarshal(body, &batch); err != nil {
		w.WriteHeader(598)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.batches, s.bodies, s.headers = append(s.batches, batch.Requests), append(s.bodies, string(body)), append(s.headers, r.Header.Clone())
	if s.whole != nil {
		if answer := s.whole(len(s.batches)); answer != nil {
			for name, value := range answer.header {
				w.Header().Set(name, value)
			}
			if answer.drop {
				panic(http.ErrAbortHandler)
			}
			w.WriteHeader(answer.status)
			io.WriteString(w, answer.body)
			return
		}
	}
	var parts []string
	for _, request := range batch.Requests {
		key := request.Method + " " + request.URL
		s.asked[key]++
		if answer := s.answer(request, s.asked[key]); answer != "" {
			parts = append(parts, `{"id":"`+request.ID+`",`+answer)
		}
	}
	slices.Reverse(parts)
	io.WriteString(w, `{"responses":[`+strings.Join(parts, ",")+`]}`)
}

// lines returns the requests of the batches: "1 GET /gadgets/1 after 2".
func (s *batchService) lines() [][]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all [][]string
	for _, batch := range s.batches {
		var lines []string
		for _, r := range batch {
			line := r.ID + " " + r.Method + " " + r.URL
			if len(r.DependsOn) > 0 {
				line += " after " + strings.Join(r.DependsOn, ",")
			}
			lines = append(lines, line)
		}
		all = append(all, lines)
	}
	return all
}

// count returns how many batches came.
func (s *batchService) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.batches)
}

// text returns an error's text with the address of the server taken out.
func (s *batchService) text(err error) string {
	return strings.ReplaceAll(errorText(err), s.URL, "{server}")
}

// gadgetPart is the answer with the gadget that a URL ends with.
func gadgetPart(request batchRequest) string {
	return `"status":200,"headers":{"Content-Type":"application/json"},"body":{"id":"` + request.URL[strings.LastIndexByte(request.URL, '/')+1:] + `"}}`
}

func errorPart(status int, code string) string {
	return fmt.Sprintf(`"status":%d,"headers":{"Content-Type":"application/json","request-id":"r","Retry-After":"0"},"body":{"error":{"code":%q,"message":"m"}}}`, status, code)
}

func getGadget(id string) func(context.Context, *Client) (*gadget, error) {
	return func(ctx context.Context, c *Client) (*gadget, error) {
		return getOne(ctx, c.at("/gadgets").byKey("gadget-id", id), nil, readGadget, nil)
	}
}

func createGadget(id string, opts ...CallOption) func(context.Context, *Client) (*Result[*gadget], error) {
	return func(ctx context.Context, c *Client) (*Result[*gadget], error) {
		return send(ctx, c.at("/gadgets"), "POST", (&gadget{ID: id, Name: Some("a<b&c")}).body(), readGadget, opts)
	}
}

func deleteGadget(id string) func(context.Context, *Client) error {
	return func(ctx context.Context, c *Client) error {
		return exec(ctx, c.at("/gadgets").byKey("gadget-id", id), "DELETE", nil, []CallOption{IfMatch("*")})
	}
}

// TestBatchOnTheWire: the whole of what is sent.
func TestBatchOnTheWire(t *testing.T) {
	s := serveBatches(t, func(request batchRequest, _ int) string {
		switch request.Method {
		case "POST":
			return `"status":201,"headers":{"Location":"/gadgets/7"}}`
		case "DELETE":
			return `"status":204,"body":null}`
		case "PUT":
			return `"status":200}`
		}
		return gadgetPart(request)
	}, WithUserAgent("test/1"))
	b := s.client.NewBatch()
	created := InBatch(b, createGadget("7"))
	deleted := b.Do(deleteGadget("a'/b"), After(created))
	read := InBatch(b, getGadget("8"), After(created, deleted, deleted))
	put := InBatch(b, func(ctx context.Context, c *Client) (*Response, error) {
		return c.Do(ctx, "PUT", "/blobs/1?x=1&y=<", []byte("\x00\xff"), nil, Header("Content-Type", "image/png"))
	})
	if err := b.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	result, err := created.Result()
	if err != nil {
		t.Fatal(err)
	}
	if result.ID() != "7" || result.Response.StatusCode != 201 {
		t.Errorf("result %s, %d", result.ID(), result.Response.StatusCode)
	}
	if _, err := deleted.Result(); err != nil {
		t.Error(err)
	}
	if value, err := read.Result(); err != nil || value.ID != "8" {
		t.Errorf("%v, %v", value, err)
	}
	if response, err := put.Result(); err != nil || response.StatusCode != 200 {
		t.Errorf("%v, %v", response, err)
	}
	uuid := regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
	want := `{"requests":[` +
		`{"id":"1","method":"POST","url":"/gadgets","headers":{"Accept":"application/json","Client-Request-Id":"{uuid}","Content-Type":"application/json"},"body":{"id":"7","name":"a<b&c"}},` +
		`{"id":"2","method":"DELETE","url":"/gadgets/a%27%2Fb","headers":{"Accept":"application/json","Client-Request-Id":"{uuid}","If-Match":"*"},"dependsOn":["1"]},` +
		`{"id":"3","method":"GET","url":"/gadgets/8","headers":{"Accept":"application/json","Client-Request-Id":"{uuid}"},"dependsOn":["1","2"]},` +
		`{"id":"4","method":"PUT","url":"/blobs/1?x=1&y=%3C","headers":{"Accept":"*/*","Client-Request-Id":"{uuid}","Content-Type":"image/png"},"body":"AP8="}]}`
	if diff := cmp.Diff([]string{want}, []string{uuid.ReplaceAllString(s.bodies[0], "{uuid}")}); diff != "" {
		t.Error(diff)
	}
	h := s.headers[0]
	if h.Get("Authorization") != "Bearer "+testToken || h.Get("Content-Type") != "application/json" || !strings.HasPrefix(h.Get("User-Agent"), "test/1 ") {
		t.Errorf("headers %v", h)
	}
	if strings.Contains(strings.Join(s.bodies, ""), testToken) {
		t.Error("the token is in the body")
	}
}

func TestFortyFiveSteps(t *testing.T) {
	s := serveBatches(t, func(request batchRequest, _ int) string { return gadgetPart(request) })
	b := s.client.NewBatch()
	var steps []*Step[*gadget]
	var want [][]string
	for i := range 45 {
		id := strconv.Itoa(i)
		var options []StepOption
		if i == 25 { // its other is in an earlier request: nothing to say to the service
			options = append(options, After(steps[3]))
		}
		steps = append(steps, InBatch(b, getGadget(id), options...))
		if i%20 == 0 {
			want = append(want, nil)
		}
		want[i/20] = append(want[i/20], strconv.Itoa(i%20+1)+" GET /gadgets/"+id)
	}
	if err := b.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, step := range steps {
		if v, err := step.Result(); err != nil || v.ID != strconv.Itoa(i) {
			t.Errorf("step %d: %v, %v", i, v, err)
		}
	}
	if diff := cmp.Diff(want, s.lines()); diff != "" {
		t.Error(diff)
	}
}

// TestThrottledStepIsRetriedAlone: with what waits for it, but without what was answered.
func TestThrottledStepIsRetriedAlone(t *testing.T) {
	s := serveBatches(t, func(request batchRequest, n int) string {
		switch {
		case n == 1 && (request.URL == "/gadgets/2" || request.Method == "POST"):
			return errorPart(429, "TooManyRequests")
		case n == 1 && request.URL == "/gadgets/3", n == 1 && request.URL == "/gadgets/4":
			return errorPart(424, "FailedDependency")
		case n == 1 && request.Method == "PATCH":
			return errorPart(504, "GatewayTimeout") // it may have been done
		case request.Method == "POST":
			return `"status":201,"body":{"id":"5"}}`
		}
		return gadgetPart(request)
	})
	b := s.client.NewBatch()
	one := InBatch(b, getGadget("1"))
	two := InBatch(b, getGadget("2"))
	three := InBatch(b, getGadget("3"), After(two))
	four := InBatch(b, getGadget("4"), After(three))
	five := InBatch(b, createGadget("5"))
	six := b.Do(func(ctx context.Context, c *Client) error {
		return exec(ctx, c.at("/gadgets/6"), "PATCH", (&gadget{}).body(), nil)
	})
	if err := b.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, step := range []*Step[*gadget]{one, two, three, four} {
		if v, err := step.Result(); err != nil || v.ID != strconv.Itoa(i+1) {
			t.Errorf("step %d: %v, %v", i+1, v, err)
		}
	}
	if r, err := five.Result(); err != nil || r.Value.ID != "5" {
		t.Errorf("%v, %v", r, err)
	}
	if _, err := six.Result(); s.text(err) != "PATCH /v1.0/gadgets/6: 504 GatewayTimeout: m (request-id r)" {
		t.Error(err)
	}
	want := [][]string{
		{"1 GET /gadgets/1", "2 GET /gadgets/2", "3 GET /gadgets/3 after 2", "4 GET /gadgets/4 after 3", "5 POST /gadgets", "6 PATCH /gadgets/6"},
		{"1 GET /gadgets/2", "2 POST /gadgets"},
		{"1 GET /gadgets/3"},
		{"1 GET /gadgets/4"},
	}
	if diff := cmp.Diff(want, s.lines()); diff != "" {
		t.Error(diff)
	}
}

// TestFailedDependency: what comes after a step that failed in an earlier request is not sent.
func TestFailedDependency(t *testing.T) {
	s := serveBatches(t, func(request batchRequest, _ int) string {
		if request.URL == "/gadgets/0" {
			return errorPart(404, "NotFound")
		}
		return gadgetPart(request)
	})
	b := s.client.NewBatch()
	first := InBatch(b, getGadget("0"))
	for i := range 19 {
		InBatch(b, getGadget(strconv.Itoa(i+1)))
	}
	second := InBatch(b, getGadget("20"), After(first))
	third := InBatch(b, getGadget("21"), After(second))
	other := InBatch(b, getGadget("22"))
	unsent := b.Do(func(context.Context, *Client) error { return io.EOF }) // fails without a request
	last := InBatch(b, getGadget("23"), After(unsent))
	if err := b.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := first.Result(); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	for i, step := range []*Step[*gadget]{second, third, last} {
		_, err := step.Result()
		var e *Error
		if !errors.As(err, &e) || e.StatusCode != 424 {
			t.Errorf("step %d: %v", i, err)
		}
	}
	_, err := second.Result()
	if got, want := s.text(err), "GET /v1.0/gadgets/20: 424 FailedDependency: A step that this one comes after has failed."; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	if v, err := other.Result(); err != nil || v.ID != "22" {
		t.Errorf("%v, %v", v, err)
	}
	if lines := s.lines(); len(lines) != 2 || len(lines[0]) != 20 || len(lines[1]) != 1 {
		t.Errorf("sent %v", lines)
	}
}

// TestCallsOfManyRequests: pages and operations go on in later requests of the batch.
func TestCallsOfManyRequests(t *testing.T) {
	s := serveBatches(t, func(request batchRequest, n int) string {
		switch request.URL {
		case "/gadgets?$top=1":
			return `"status":200,"body":{"value":[{"id":"1"}],"@odata.nextLink":"/gadgets?$skiptoken=2"}}`
		case "/gadgets?$skiptoken=2":
			return `"status":200,"body":{"value":[{"id":"2"}]}}`
		case "/gadgets":
			return `"status":202,"headers":{"Location":"/gadgets('7')/operations('1')","Retry-After":"0"}}`
		case "/gadgets('7')/operations('1')":
			return `"status":200,"headers":{"Retry-After":"0"},"body":{"status":"` + []string{"", "inProgress", "succeeded"}[n] + `","targetResourceLocation":"/gadgets/7"}}`
		}
		return gadgetPart(request)
	})
	b := s.client.NewBatch()
	listed := InBatch(b, func(ctx context.Context, c *Client) (ids []string, err error) {
		var q query
		q.int("$top", 1)
		for item, err := range all(ctx, c.at("/gadgets"), (*asked)(&q), readGadget, nil) {
			if err != nil {
				return nil, err
			}
			ids = append(ids, item.ID)
		}
		return ids, nil
	})
	created := InBatch(b, func(ctx context.Context, c *Client) (*gadget, error) {
		result, err := createGadget("7")(ctx, c)
		if err != nil {
			return nil, err
		}
		return result.Wait(ctx)
	})
	if err := b.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	if ids, err := listed.Result(); err != nil || !slices.Equal(ids, []string{"1", "2"}) {
		t.Errorf("%v, %v", ids, err)
	}
	if v, err := created.Result(); err != nil || v.ID != "7" {
		t.Errorf("%v, %v", v, err)
	}
	want := []string{"GET /gadgets('7')/operations('1')", "GET /gadgets('7')/operations('1')", "GET /gadgets/7",
		"GET /gadgets?$skiptoken=2", "GET /gadgets?$top=1", "POST /gadgets"}
	var got []string
	for _, batch := range s.batches {
		for _, r := range batch {
			got = append(got, r.Method+" "+r.URL)
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestWhatABatchReturnsGoesOn: a page or a Result that a call returned sends for itself when the batch is over.
func TestWhatABatchReturnsGoesOn(t *testing.T) {
	var direct []string
	_, c := serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1.0/$batch":
			io.WriteString(w, `{"responses":[{"id":"1","status":200,"body":{"value":[],"@odata.nextLink":"/gadgets?$skiptoken=2"}},{"id":"2","status":202,"headers":{"Location":"/operations/1"}}]}`)
			return
		case "/v1.0/operations/1":
			io.WriteString(w, `{"status":"succeeded","resourceLocation":"/gadgets/1"}`)
		default:
			io.WriteString(w, `{"id":"1","value":[]}`)
		}
		direct = append(direct, r.RequestURI+" "+r.Header.Get("Authorization"))
	})
	b := c.NewBatch()
	listed := InBatch(b, func(ctx context.Context, c *Client) (*Page[*gadget], error) {
		return list(ctx, c.at("/gadgets"), nil, readGadget, nil)
	})
	created := InBatch(b, createGadget("1"))
	if err := b.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	page, err := listed.Result()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := page.Next(t.Context()); err != nil {
		t.Error(err)
	}
	result, err := created.Result()
	if err != nil {
		t.Fatal(err)
	}
	if v, err := result.Wait(t.Context()); err != nil || v.ID != "1" {
		t.Errorf("%v, %v", v, err)
	}
	const token = " Bearer " + testToken
	want := []string{"/v1.0/gadgets?$skiptoken=2" + token, "/v1.0/operations/1" + token, "/v1.0/gadgets/1" + token}
	if diff := cmp.Diff(want, direct); diff != "" {
		t.Error(diff)
	}
}

// TestThrottledStepIsNotHeldUp: it is sent again when its time has come, although another call always has something to send.
func TestThrottledStepIsNotHeldUp(t *testing.T) {
	s := serveBatches(t, func(request batchRequest, n int) string {
		switch {
		case request.URL == "/gadgets/1" && n == 1:
			return errorPart(429, "TooManyRequests")
		case request.URL == "/gadgets/1":
			return gadgetPart(request)
		}
		page, _ := strconv.Atoi(strings.TrimPrefix(request.URL, "/gadgets?$skiptoken="))
		return fmt.Sprintf(`"status":200,"body":{"value":[],"@odata.nextLink":"/gadgets?$skiptoken=%d"}}`, page+1)
	})
	done := make(chan struct{})
	b := s.client.NewBatch()
	b.Do(func(ctx context.Context, c *Client) error {
		for page, err := list(ctx, c.at("/gadgets"), nil, readGadget, nil); ; page, err = page.Next(ctx) {
			select {
			case <-done:
				return err
			default:
			}
			if err != nil {
				return err
			}
		}
	})
	step := InBatch(b, func(ctx context.Context, c *Client) (*gadget, error) {
		defer close(done)
		return getGadget("1")(ctx, c)
	})
	if err := b.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	if v, err := step.Result(); err != nil || v.ID != "1" {
		t.Errorf("%v, %v", v, err)
	}
}

// TestStepWithAContextOfItsOwn: when that ends, the step ends, and the batch goes on.
func TestStepWithAContextOfItsOwn(t *testing.T) {
	s := serveBatches(t, func(request batchRequest, _ int) string { return gadgetPart(request) })
	b := s.client.NewBatch()
	canceled := InBatch(b, func(ctx context.Context, c *Client) (*gadget, error) {
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		return getGadget("1")(ctx, c)
	})
	other := InBatch(b, getGadget("2"))
	if err := b.Send(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := canceled.Result(); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if v, err := other.Result(); err != nil || v.ID != "2" {
		t.Errorf("%v, %v", v, err)
	}
}

// TestBodiesOfParts: JSON, text and other content, in all the ways that they are written.
func TestBodiesOfParts(t *testing.T) {
	for _, test := range []struct{ name, headers, body, want string }{
		{"object", `{"Content-Type":"application/json;odata.metadata=minimal"}`, `{"a": 1}`, `{"a": 1}`},
		{"array without headers", `null`, `[1]`, `[1]`},
		{"number", `{}`, `7`, `7`},
		{"null", `{}`, `null`, ``},
		{"JSON string", `{"Content-Type":"application/json"}`, `"text"`, `"text"`},
		{"object in base64", `{"Content-Type":"application/json"}`, `"eyJhIjoxfQ=="`, `{"a":1}`},
		{"text in base64", `{"content-type":"text/plain"}`, `"77u/MTI="`, "12"},
		{"text", `{"Content-Type":"text/plain"}`, `"1234"`, "1234"},
		{"bytes", `{"Content-Type":"image/png"}`, `"_-8="`, "\xff\xef"},
		{"no base64", `{"Content-Type":"image/png"}`, `"-"`, "-"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serveBatches(t, func(batchRequest, int) string {
				return `"status":200,"headers":` + test.headers + `,"body":` + test.body + `}`
			})
			b := s.client.NewBatch()
			step := InBatch(b, func(ctx context.Context, c *Client) (body []byte, err error) {
				_, err = c.Do(ctx, "GET", "/x", nil, &body)
				return body, err
			})
			if err := b.Send(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got, err := step.Result(); err != nil || string(got) != test.want {
				t.Errorf("%q, %v, want %q", got, err, test.want)
			}
		})
	}
}

// TestStreamsInABatch: raw content is read and sent as it is outside of one.
func TestStreamsInABatch(t *testing.T) {
	sent := ""
	s := serveBatches(t, func(request batchRequest, _ int) string {
		if request.Method == "PUT" {
			sent = string(request.Body)
			return `"status":204}`
		}
		return `"status":200,"headers":{"Content-Type":"image/jpeg"},"body":"/9j/4A=="}`
	})
	b := s.client.NewBatch()
	photo := InBatch(b, func(ctx context.Context, c *Client) (io.ReadCloser, error) {
		return getStream(ctx, c.at("/gadgets/$value"), nil, nil)
	})
	copied := InBatch(b, func(ctx context.Context, c *Client) (string, error) {
		var text strings.Builder
		_, err := c.Do(ctx, "GET", "/y", nil, &text)
		return text.String(), err
	})
	put := b.Do(func(ctx context.Context, c *Client) error {
		return sendStream(ctx, c.at("/gadgets/$value"), "PUT", "image/jpeg", strings.NewReader("\xff\xd8"), nil)
	})
	if err := b.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	const want = "\xff\xd8\xff\xe0"
	r, err := photo.Result()
	if err != nil {
		t.Fatal(err)
	}
	if data, err := io.ReadAll(r); err != nil || string(data) != want {
		t.Errorf("% x, %v", data, err)
	}
	if text, err := copied.Result(); err != nil || text != want {
		t.Errorf("% x, %v", text, err)
	}
	if _, err := put.Result(); err != nil || sent != `"/9g="` {
		t.Errorf("%s, %v", sent, err)
	}
}

// TestPanicInAStep fails that step, with the stack, and not those beside it.
func TestPanicInAStep(t *testing.T) {
	s := serveBatches(t, func(request batchRequest, _ int) string { return gadgetPart(request) })
	b := s.client.NewBatch()
	bad := b.Do(func(context.Context, *Client) error { panic(io.ErrUnexpectedEOF) })
	good := InBatch(b, getGadget("1"))
	if err := b.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err := bad.Result()
	var panicked *PanicError
	if !errors.As(err, &panicked) || !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(string(panicked.Stack), "TestPanicInAStep") {
		t.Errorf("%v", err)
	}
	if v, err := good.Result(); err != nil || v.ID != "1" {
		t.Errorf("%v, %v", v, err)
	}
}

// TestPartsThatAreWrong: the step gets an error, those beside it their answers.
func TestPartsThatAreWrong(t *testing.T) {
	const unreadable = "GET /v1.0/gadgets/1: POST /v1.0/$batch: 200 OK: the answer cannot be read: "
	for _, test := range []struct{ name, part, want string }{
		{"missing", ``, unreadable + "it has no part for this step"},
		{"twice", `"status":200},{"id":"1","status":200}`, unreadable + "it has two parts for this step"},
		{"no status", `"body":{}}`, unreadable + "its part for this step has no status"},
		{"status of another type", `"status":[200]}`, unreadable + "its part for this step has no status"},
		{"status that is none", `"status":99}`, unreadable + "its part for this step has no status"},
		{"headers of another type", `"status":200,"headers":7}`, unreadable + "its part for this step has headers that are none"},
		{"unknown part beside it", `"status":204},{"id":"77","status":200},7,null,{"status":200}`, "GET /v1.0/gadgets/1: 204 No Content: the answer cannot be read: it has no body"},
		{"body of another type", `"status":200,"body":7}`, "GET /v1.0/gadgets/1: 200 OK: the answer cannot be read: json: expected an object, found a number (at byte 0)"},
		{"redirect elsewhere", `"status":302,"headers":{"Location":"https://evil.example/x"}}`,
			"GET /v1.0/gadgets/1: the redirect points to https://evil.example, but this client sends to {server} only"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serveBatches(t, func(request batchRequest, _ int) string {
				if request.ID == "1" {
					return test.part
				}
				return gadgetPart(request)
			})
			b := s.client.NewBatch()
			wrong, right := InBatch(b, getGadget("1")), InBatch(b, getGadget("2"))
			if err := b.Send(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := wrong.Result(); s.text(err) != test.want {
				t.Errorf("error %q, want %q", s.text(err), test.want)
			}
			if v, err := right.Result(); err != nil || v.ID != "2" {
				t.Errorf("%v, %v", v, err)
			}
			if s.count() != 1 {
				t.Errorf("%d batches", s.count())
			}
		})
	}
}

// TestWholeBatchFails: every step has the error, and nothing is tried again that the policy has not tried.
func TestWholeBatchFails(t *testing.T) {
	type outcome struct {
		Send    string
		Batches int
	}
	const sent = "POST /v1.0/$batch: "
	for _, test := range []struct {
		name    string
		reply   reply
		want    outcome
		unknown bool // whether what writes may have been carried out
	}{
		{"unauthorized", reply{status: 401, body: `{"error":{"code":"InvalidAuthenticationToken","message":"m"}}`}, outcome{sent + "401 InvalidAuthenticationToken: m", 1}, false},
		{"throttled", reply{status: 429, header: retryAfterHeader("0")}, outcome{sent + "429 Too Many Requests", 4}, false},
		{"lost", reply{drop: true}, outcome{sent + "EOF", 1}, true},
		{"HTML", reply{status: 200, body: "<html>"}, outcome{sent + `200 OK: the answer cannot be read: it has no array "responses"`, 1}, true},
		{"another type", reply{status: 200, body: `{"responses":{}}`}, outcome{sent + `200 OK: the answer cannot be read: it has no array "responses"`, 1}, true},
		{"too large", reply{status: 200, body: strings.Repeat(" ", 2000)}, outcome{sent + "200 OK: the answer cannot be read: it is larger than 1000 bytes", 1}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serveBatches(t, nil)
			s.client.maxBody = 1000
			s.whole = func(int) *reply { return &test.reply }
			b := s.client.NewBatch()
			steps := []*Step[*gadget]{InBatch(b, getGadget("1")), InBatch(b, getGadget("2"))}
			var writes []*Step[None]
			for range 3 {
				writes = append(writes, b.Do(deleteGadget("3")))
			}
			err := b.Send(t.Context())
			for _, step := range writes {
				if _, err := step.Result(); errors.Is(err, ErrOutcomeUnknown) != test.unknown {
					t.Errorf("outcome unknown: %t, %v", !test.unknown, err)
				}
			}
			for i, step := range steps {
				want := fmt.Sprintf("GET /v1.0/gadgets/%d: %s", i+1, test.want.Send)
				if _, err := step.Result(); s.text(err) != want || errors.Is(err, ErrOutcomeUnknown) {
					t.Errorf("step %d: error %q, want %q", i, s.text(err), want)
				}
			}
			if diff := cmp.Diff(test.want, outcome{s.text(err), s.count()}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestThrottledBatchIsRetriedAsAWhole(t *testing.T) {
	s := serveBatches(t, func(request batchRequest, _ int) string { return gadgetPart(request) })
	s.whole = func(n int) *reply {
		if n == 1 {
			return &reply{status: 429, header: retryAfterHeader("0")}
		}
		return nil
	}
	b := s.client.NewBatch()
	one, two := InBatch(b, getGadget("1")), InBatch(b, getGadget("2"))
	if err := b.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, step := range []*Step[*gadget]{one, two} {
		if _, err := step.Result(); err != nil {
			t.Error(err)
		}
	}
	if len(s.bodies) != 2 || s.bodies[0] != s.bodies[1] {
		t.Errorf("%d batches: %q", len(s.bodies), s.bodies)
	}
}

// TestBatchStopsWithTheContext: at once, whatever the calls wait for. That no goroutine is left, synctest sees.
func TestBatchStopsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		c := servePipes(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			if strings.Contains(string(body), `"21"`) {
				t.Error("the second request was sent")
			}
			<-r.Context().Done()
			panic(http.ErrAbortHandler) // or the client could still read an empty answer
		}, WithPacing())
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		b := c.NewBatch()
		add := func(id string) {
			b.Do(func(ctx context.Context, c *Client) error { return addMember(ctx, c, "a", id) })
		}
		add("one that is in the first request")
		add("one that waits for its turn")
		for i := range 25 {
			InBatch(b, getGadget(strconv.Itoa(i)))
		}
		InBatch(b, createGadget("1"))
		if err := b.Send(ctx); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Second {
			t.Errorf("Send: %v after %v", err, time.Since(start))
		}
		for _, s := range b.steps {
			if !errors.Is(s.err, context.DeadlineExceeded) {
				t.Errorf("step %d: %v", s.number, s.err)
			}
			// What was sent may have been done, unless it only reads; what was not sent has not.
			if got, want := errors.Is(s.err, ErrOutcomeUnknown), s.number == 1; got != want {
				t.Errorf("step %d: outcome unknown: %t", s.number, got)
			}
		}
	})
}

// TestBatchUnderFire: one answer in ten is 429, and what comes after a step is refused with it. Everything is done once, and every
// step says so.
func TestBatchUnderFire(t *testing.T) {
	var mu sync.Mutex
	created := map[string]int{}
	failed := map[string]bool{} // the ids of the current batch that were not run
	n := 0
	s := serveBatches(t, func(request batchRequest, _ int) string {
		mu.Lock()
		defer mu.Unlock()
		if request.ID == "1" {
			clear(failed)
		}
		if slices.ContainsFunc(request.DependsOn, func(id string) bool { return failed[id] }) {
			failed[request.ID] = true
			return errorPart(424, "FailedDependency")
		}
		if n++; n%10 == 0 {
			failed[request.ID] = true
			return errorPart(429, "TooManyRequests")
		}
		var body struct{ ID string }
		if err := json.Unmarshal(request.Body, &body); err != nil {
			t.Error(err)
		}
		created[body.ID]++
		return fmt.Sprintf(`"status":201,"body":{"id":%q}}`, body.ID)
	})
	b := s.client.NewBatch()
	var steps []*Step[*Result[*gadget]]
	for i := range 500 {
		var options []StepOption
		if i%3 > 0 { // chains of three, some across requests
			options = append(options, After(steps[i-1]))
		}
		steps = append(steps, InBatch(b, createGadget(strconv.Itoa(i)), options...))
	}
	if err := b.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, step := range steps {
		if r, err := step.Result(); err != nil || r.ID() != strconv.Itoa(i) || created[r.ID()] != 1 {
			t.Errorf("step %d: %v", i, err)
		}
	}
	if len(created) != len(steps) {
		t.Errorf("%d were created", len(created))
	}
}

func TestBatchThatCannotBeSent(t *testing.T) {
	s := serveBatches(t, nil)
	other := InBatch(s.client.NewBatch(), getGadget("1"))
	ctx := t.Context()

	empty := s.client.NewBatch()
	if err := empty.Send(ctx); err != nil {
		t.Error(err)
	}
	if err := empty.Send(ctx); !errors.Is(err, errSentBefore) {
		t.Error(err)
	}
	if _, err := InBatch(empty, getGadget("1")).Result(); !errors.Is(err, errSentBefore) {
		t.Error(err)
	}
	if _, err := InBatch(nil, getGadget("1")).Result(); !errors.Is(err, errNoBatch) {
		t.Error(err)
	}
	if _, err := other.Result(); !errors.Is(err, errNotSent) {
		t.Error(err)
	}
	if err := (&Batch{}).Send(ctx); !errors.Is(err, errNoClient) {
		t.Error(err)
	}
	for want, add := range map[string]func(*Batch){
		"step 2 of the batch: the call is nil": func(b *Batch) { b.Do(nil) },
		"step 2 of the batch: After names a step that is nil or of another batch": func(b *Batch) {
			InBatch(b, getGadget("2"), After(other))
		},
	} {
		b := s.client.NewBatch()
		step := InBatch(b, getGadget("1"))
		add(b)
		if err := b.Send(ctx); errorText(err) != want {
			t.Errorf("error %v, want %s", err, want)
		}
		if _, err := step.Result(); errorText(err) != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	if s.count() > 0 {
		t.Error("something was sent")
	}
}

// TestCallsThatABatchRefuses: what cannot be a part of one is an error before it is sent.
func TestCallsThatABatchRefuses(t *testing.T) {
	s := serveBatches(t, nil)
	for want, call := range map[string]func(context.Context, *Client) error{
		"PUT /v1.0/gadgets/$value: a stream that can be read only once cannot be part of a batch": func(ctx context.Context, c *Client) error {
			return sendStream(ctx, c.at("/gadgets/$value"), "PUT", "", io.MultiReader(strings.NewReader("x")), nil)
		},
		"the call panicked: no luck": func(context.Context, *Client) error { panic("no luck") },
		"POST /v1.0/x: the body is not JSON": func(ctx context.Context, c *Client) error {
			_, err := c.Do(ctx, "POST", "/x", []byte("{"), nil)
			return err
		},
		"GET /beta/x: a batch cannot reach what is outside of the service root": func(ctx context.Context, c *Client) error {
			_, err := c.Do(ctx, "GET", s.URL+"/beta/x", nil, nil)
			return err
		},
		"a batch cannot be part of another one": func(ctx context.Context, c *Client) error {
			b := c.NewBatch()
			b.Do(deleteGadget("1"))
			return b.Send(ctx)
		},
		errNoReturn.Error(): func(context.Context, *Client) error { runtime.Goexit(); return nil },
	} {
		b := s.client.NewBatch()
		step := b.Do(call)
		if err := b.Send(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err := step.Result(); s.text(err) != want {
			t.Errorf("error %q, want %q", s.text(err), want)
		}
	}
	if s.count() > 0 {
		t.Error("something was sent")
	}
}

// TestBatchFromManyGoroutines: filling is safe, and what a call does in goroutines of its own is part of the batch.
func TestBatchFromManyGoroutines(t *testing.T) {
	s := serveBatches(t, func(request batchRequest, _ int) string { return gadgetPart(request) })
	b := s.client.NewBatch()
	steps := make([]*Step[string], 100)
	var filled sync.WaitGroup
	for i := range steps {
		filled.Go(func() {
			steps[i] = InBatch(b, func(ctx context.Context, c *Client) (string, error) {
				ids := make([]string, 3)
				var read sync.WaitGroup
				for k := range ids {
					read.Go(func() {
						if v, err := getGadget(fmt.Sprintf("%d-%d", i, k))(ctx, c); err == nil {
							ids[k] = v.ID
						}
					})
				}
				read.Wait()
				return strings.Join(ids, " "), nil
			})
		})
	}
	filled.Wait()
	if err := b.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, step := range steps {
		want := fmt.Sprintf("%[1]d-0 %[1]d-1 %[1]d-2", i)
		if got, err := step.Result(); err != nil || got != want {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
	for _, batch := range s.batches {
		if len(batch) > maxSteps {
			t.Errorf("%d requests in a batch", len(batch))
		}
	}
}

// FuzzBatchAnswers: whatever the service answers, each step has either an answer that is one, or an error.
func FuzzBatchAnswers(f *testing.F) {
	f.Add([]byte(`{"responses":[{"id":"1","status":200,"headers":{"Content-Type":"text/plain"},"body":"77u/MTI="},{"id":2,"status":"404"}]}`))
	f.Add([]byte(`{"responses":[{"id":"1","status":204,"headers":null,"body":null},{"id":"1","status":204}]}`))
	f.Add([]byte(`{"Responses":[7,null,[],{"id":{},"status":1e3,"headers":[]}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		x := &exchange{method: "POST", url: &url.URL{Path: "/v1.0/$batch"}, response: &Response{StatusCode: 200}}
		answers, err := (&received{exchange: x, response: x.response, body: body}).batchAnswers([]batchRequest{{ID: "1"}, {ID: "2"}})
		if err != nil {
			return
		}
		for _, id := range []string{"1", "2"} {
			answer := answers[id]
			if answer == nil || answer.err == nil && (answer.status < 200 || answer.status > 599 || answer.header == nil) {
				t.Errorf("the answer to %s is %v", id, answer)
			}
		}
		if len(answers) != 2 {
			t.Errorf("%d answers", len(answers))
		}
	})
}
