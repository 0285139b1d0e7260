package graph

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// pipes is a listener whose connections are pipes: what waits for them lets the time of a synctest bubble go on.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { p.once.Do(func() { close(p.closed) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.conns <- there:
		return here, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// servePipes starts a service in a synctest bubble, and a client of it.
func servePipes(t *testing.T, handler http.HandlerFunc, options ...ClientOption) *Client {
	t.Helper()
	p := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: handler}
	go server.Serve(p)
	transport := &http.Transport{DialContext: p.dial}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		server.Close()
	})
	options = append([]ClientOption{WithServiceRoot("http://localhost/v1.0"), WithHTTPClient(&http.Client{Transport: transport})}, options...)
	c, err := NewClient(StaticToken(testToken), options...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// diary writes down when requests arrive: "2s POST /v1.0/teams/a/members".
type diary struct {
	mu    sync.Mutex
	start time.Time
	lines []string
	// answer, if there is one, writes the answer.
	answer func(w http.ResponseWriter, r *http.Request, n int)
}

func (d *diary) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	d.mu.Lock()
	line := fmt.Sprintf("%v %s %s %s", time.Since(d.start), r.Method, strings.TrimPrefix(r.RequestURI, "/v1.0"), body)
	d.lines = append(d.lines, strings.TrimSpace(line))
	n := len(d.lines)
	d.mu.Unlock()
	if d.answer != nil {
		d.answer(w, r, n)
		return
	}
	w.WriteHeader(204)
}

// inTeam is a collection of a team, with the pause that its calls have.
func inTeam(c *Client, team, collection string, pause time.Duration) *resource {
	return c.at("/teams").byKey("team-id", team).add(collection).paced(pause)
}

func addMember(ctx context.Context, c *Client, team, id string) error {
	return exec(ctx, inTeam(c, team, "/members", 2*time.Second), "POST", valueBody(id), nil)
}

// inOrder makes calls in goroutines, each after the one before it has come as far as it can.
func inOrder(calls ...func()) {
	var made sync.WaitGroup
	for _, call := range calls {
		made.Go(call)
		synctest.Wait()
	}
	made.Wait()
}

func TestPacing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &diary{start: time.Now()}
		p := newPacing()
		c := servePipes(t, d.ServeHTTP, clientOption(func(c *Client) error { c.spaced = p.pace; return nil }))
		ctx := t.Context()
		check := func(err error) {
			if err != nil {
				t.Error(err)
			}
		}
		inOrder(
			func() { check(addMember(ctx, c, "a", "1")) },
			func() { check(addMember(ctx, c, "a", "2")) },
			func() { check(addMember(ctx, c, "A", "3")) }, // the same key
			func() {
				check(exec(ctx, inTeam(c, "a", "/members", 2*time.Second).add("/test.add"), "POST", nil, nil)) // the same collection
			},
			func() {
				check(exec(ctx, inTeam(c, "a", "/members", 2*time.Second).byKey("member-id", "m"), "DELETE", nil, nil))
			},
			func() { check(addMember(ctx, c, "b", "1")) },                                             // another team
			func() { check(exec(ctx, inTeam(c, "a", "/channels", 2*time.Second), "POST", nil, nil)) }, // another collection
			func() { check(exec(ctx, inTeam(c, "a", "/members", 0), "GET", nil, nil)) },               // no pause
		)
		want := []string{
			`0s POST /teams/a/members "1"`,
			`0s POST /teams/b/members "1"`,
			`0s POST /teams/a/channels`,
			`0s GET /teams/a/members`,
			`2s POST /teams/a/members "2"`,
			`4s POST /teams/A/members "3"`,
			`6s POST /teams/a/members/test.add`,
			`8s DELETE /teams/a/members/m`,
		}
		if diff := cmp.Diff(want, d.lines); diff != "" {
			t.Error(diff)
		}
		lanes := func() int {
			p.mu.Lock()
			defer p.mu.Unlock()
			return len(p.lanes)
		}
		if n := lanes(); n != 1 {
			t.Errorf("%d lanes, want the one whose pause is not over", n)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if n := lanes(); n != 0 {
			t.Errorf("%d lanes are remembered", n)
		}
		check(addMember(ctx, c, "a", "4"))
		if got, want := d.lines[len(d.lines)-1], `10s POST /teams/a/members "4"`; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
}

// TestPacingWaitsForTheAnswer: the pause begins when the call before has been answered.
func TestPacingWaitsForTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &diary{start: time.Now(), answer: func(w http.ResponseWriter, r *http.Request, n int) {
			time.Sleep(3 * time.Second) // of the bubble
			w.WriteHeader(204)
		}}
		c := servePipes(t, d.ServeHTTP, WithPacing())
		inOrder(
			func() { addMember(t.Context(), c, "a", "1") },
			func() { addMember(t.Context(), c, "a", "2") })
		if diff := cmp.Diff([]string{`0s POST /teams/a/members "1"`, `5s POST /teams/a/members "2"`}, d.lines); diff != "" {
			t.Error(diff)
		}
	})
}

// TestPacingOfRetries: an attempt that is made again keeps its distance as well, and others go first meanwhile.
func TestPacingOfRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &diary{start: time.Now(), answer: func(w http.ResponseWriter, r *http.Request, n int) {
			if n == 1 {
				w.Header().Set("Retry-After", "3")
				w.WriteHeader(429)
				return
			}
			w.WriteHeader(204)
		}}
		c := servePipes(t, d.ServeHTTP, WithPacing())
		inOrder(
			func() { addMember(t.Context(), c, "a", "1") },
			func() { addMember(t.Context(), c, "a", "2") },
			func() { addMember(t.Context(), c, "a", "3") })
		want := []string{`0s POST /teams/a/members "1"`, `2s POST /teams/a/members "2"`, `4s POST /teams/a/members "3"`, `6s POST /teams/a/members "1"`}
		if diff := cmp.Diff(want, d.lines); diff != "" {
			t.Error(diff)
		}
	})
}

// TestPacingStopsWithTheContext: at once, wherever in the line the call is, and those after it move up.
func TestPacingStopsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &diary{start: time.Now()}
		c := servePipes(t, d.ServeHTTP, WithPacing())
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		stopped := func(id string) func() {
			return func() {
				err := addMember(ctx, c, "a", id)
				if !errors.Is(err, context.DeadlineExceeded) || time.Since(d.start) != time.Second {
					t.Errorf("%v after %v", err, time.Since(d.start))
				}
				if got, want := errorText(err), "POST /v1.0/teams/a/members: context deadline exceeded while waiting for the calls before it"; got != want {
					t.Errorf("error %q, want %q", got, want)
				}
			}
		}
		inOrder(
			func() { addMember(t.Context(), c, "a", "1") },
			stopped("2"), // it is its turn, and it waits for the pause to end
			stopped("3"),
			func() { addMember(t.Context(), c, "a", "4") },
			stopped("5"),
			func() { addMember(t.Context(), c, "a", "6") })
		want := []string{`0s POST /teams/a/members "1"`, `2s POST /teams/a/members "4"`, `4s POST /teams/a/members "6"`}
		if diff := cmp.Diff(want, d.lines); diff != "" {
			t.Error(diff)
		}
	})
}

// TestPacingInABatch: one call of a pace to a request, in the order of the batch, and with those that have none.
func TestPacingInABatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var got []string
		c := servePipes(t, func(w http.ResponseWriter, r *http.Request) {
			s := &batchService{answer: func(request batchRequest, _ int) string {
				got = append(got, fmt.Sprintf("%v %s %s %s", time.Since(start), request.Method, request.URL, request.Body))
				return `"status":204}`
			}, asked: map[string]int{}}
			s.serve(w, r)
		}, WithPacing())
		b := c.NewBatch()
		add := func(team, id string, options ...StepOption) *Step[None] {
			return b.Do(func(ctx context.Context, c *Client) error { return addMember(ctx, c, team, id) }, options...)
		}
		first := add("a", "1")
		steps := []*Step[None]{first, add("a", "2", After(first)), add("b", "1"), add("a", "3"), b.Do(deleteGadget("1"))}
		if err := b.Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		for i, step := range steps {
			if _, err := step.Result(); err != nil {
				t.Errorf("step %d: %v", i, err)
			}
		}
		want := []string{
			`0s POST /teams/a/members "1"`,
			`0s POST /teams/b/members "1"`,
			`0s DELETE /gadgets/1 `,
			`2s POST /teams/a/members "3"`,
			`4s POST /teams/a/members "2"`, // it came after 1, and so into the line after 3
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// TestThrottledStepsAreSentTogether: those that are to be sent again at about the same time.
func TestThrottledStepsAreSentTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var got []string
		c := servePipes(t, func(w http.ResponseWriter, r *http.Request) {
			first := time.Since(start) == 0
			s := &batchService{answer: func(request batchRequest, _ int) string {
				got = append(got, fmt.Sprintf("%v %s", time.Since(start), request.URL))
				if first {
					wait := map[string]string{"/gadgets/1": "5", "/gadgets/2": "5", "/gadgets/3": "6", "/gadgets/4": "9"}[request.URL]
					return `"status":503,"headers":{"Retry-After":"` + wait + `"}}`
				}
				return gadgetPart(request)
			}, asked: map[string]int{}}
			s.serve(w, r)
		})
		b := c.NewBatch()
		var steps []*Step[*gadget]
		for _, id := range []string{"1", "2", "3", "4"} {
			steps = append(steps, InBatch(b, getGadget(id)))
		}
		if err := b.Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		for i, step := range steps {
			if _, err := step.Result(); err != nil {
				t.Errorf("step %d: %v", i, err)
			}
		}
		want := []string{"0s /gadgets/1", "0s /gadgets/2", "0s /gadgets/3", "0s /gadgets/4",
			"6s /gadgets/1", "6s /gadgets/2", "6s /gadgets/3", "9s /gadgets/4"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestLaneName(t *testing.T) {
	for _, test := range []struct{ template, path, want string }{
		{"/teams/{team-id}/members", "/teams/T/members", "/teams/t/members"},
		{"/teams/{team-id}/members/test.add", "/teams/T/members/test.add", "/teams/t/members"},
		{"/teams/{team-id}/members/{member-id}", "/teams/t/members/m", "/teams/t/members"},
		{"/teams/{team-id}/channels/{channel-id}/members", "/teams/t/channels/c/members", "/teams/t/channels/c/members"},
		{"/teams/{team-id}/test.archive", "/teams/t/test.archive", "/teams/t/test.archive"},
		{"/teams/{team-id}", "/teams/t", "/teams"},
		{"/teams", "/teams", "/teams"},
		{"/users(name={name})/teams", "/users(name='x')/teams", "/users(name='x')/teams"},
		{"/x/test.get(a='{a}')", "/x/test.get(a='b')", "/x"},
		{"(raw)", "/x/Y", "/x/y"},
	} {
		if got := laneName(test.template, test.path); got != test.want {
			t.Errorf("laneName(%q, %q) = %q, want %q", test.template, test.path, got, test.want)
		}
	}
}
