package faults_test

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	beta "github.com/graphslice/graphslice/generated/beta/graph"
	graph "github.com/graphslice/graphslice/generated/v1.0/graph"
)

// version is one of the generated packages.
type version struct {
	name string
	// client makes a client whose calls are noted as "GET /chats/{chat-id}".
	client func(root string, http *http.Client, note func(call string)) (any, error)
	// samples are values for parameters that are interfaces.
	samples []any
}

var versions = []version{
	{"v1.0", func(root string, via *http.Client, note func(string)) (any, error) {
		return graph.NewClient(graph.StaticToken(testToken), graph.WithServiceRoot(root), graph.WithHTTPClient(via), graph.WithRetry(atOnce()),
			graph.WithTrace(func(ctx context.Context, call graph.CallInfo) (context.Context, func(graph.CallResult)) {
				note(call.Method + " " + call.Path)
				return ctx, nil
			}))
	}, []any{&graph.AadUserConversationMember{}, graph.BindUser("1"), strings.NewReader("")}},
	{"beta", func(root string, via *http.Client, note func(string)) (any, error) {
		policy := beta.RetryPolicy{Decide: func(e beta.RetryEvent) (time.Duration, bool) { return 0, e.Again }}
		return beta.NewClient(beta.StaticToken(testToken), beta.WithServiceRoot(root), beta.WithHTTPClient(via), beta.WithRetry(policy),
			beta.WithTrace(func(ctx context.Context, call beta.CallInfo) (context.Context, func(beta.CallResult)) {
				note(call.Method + " " + call.Path)
				return ctx, nil
			}))
	}, []any{&beta.AadUserConversationMember{}, beta.BindUser("1"), strings.NewReader("")}},
}

// TestEveryOperation calls every method of every builder, and finds among what was called every operation of the
// slices, each by the path that the slice has for it.
func TestEveryOperation(t *testing.T) {
	for _, v := range versions {
		t.Run(v.name, func(t *testing.T) {
			seen := map[string]bool{}
			s := serve(t, protocols[0], http.HandlerFunc(answerAnything))
			client, err := v.client(s.URL+"/"+v.name, s.Client(), func(call string) { seen[call] = true })
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range v.methods(reflect.ValueOf(client)) {
				if err := m.call(t.Context()); err != nil {
					t.Errorf("%s: %v", m.name, err)
				}
			}
			if diff := cmp.Diff(operationsOf(t, v.name), seen); diff != "" {
				t.Errorf("operations (-slices +called):\n%s", diff)
			}
		})
	}
}

// operationsOf returns the operations of a version's slices as "GET /chats/{chat-id}".
func operationsOf(t *testing.T, version string) map[string]bool {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join("..", "..", "specs", version, "*.yaml"))
	ops := map[string]bool{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var doc struct {
			Paths map[string]map[string]any
		}
		if err := yaml.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		for path, item := range doc.Paths {
			for _, method := range []string{"get", "post", "patch", "put", "delete"} {
				if item[method] != nil {
					ops[strings.ToUpper(method)+" "+path] = true
				}
			}
		}
	}
	return ops
}

// answerAnything answers with what any operation can read.
func answerAnything(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	switch {
	case strings.HasSuffix(r.URL.Path, "/$count"):
		reply(http.StatusOK, "5", "Content-Type", "text/plain")(w, r)
	case r.Method == http.MethodDelete:
		w.WriteHeader(http.StatusNoContent)
	default:
		reply(http.StatusOK, `{"id":"1","value":[]}`, "Content-Type", "application/json")(w, r)
	}
}

// method is a method of a builder that sends something.
type method struct {
	name string
	call func(context.Context) error
}

// methods returns the methods that can be reached from a client or a builder, with arguments that they can be called with.
func (v version) methods(from reflect.Value) []method {
	var found []method
	for i := range from.NumMethod() {
		m, f := from.Type().Method(i), from.Method(i)
		switch {
		case f.Type().NumOut() == 1 && strings.HasSuffix(f.Type().Out(0).String(), "Requests"):
			found = append(found, v.methods(f.Call(v.arguments(f.Type()))[0])...)
		case f.Type().NumIn() > 0 && f.Type().In(0) == reflect.TypeFor[context.Context]() && m.Name != "Do" && m.Name != "WaitFor":
			found = append(found, method{from.Type().String() + "." + m.Name, func(ctx context.Context) error {
				args := v.arguments(f.Type())
				args[0] = reflect.ValueOf(ctx)
				return outcome(f.Call(args))
			}})
		}
	}
	return found
}

// arguments makes arguments for a function, none for the dots at its end.
func (v version) arguments(f reflect.Type) []reflect.Value {
	var args []reflect.Value
	for i := range f.NumIn() {
		in := f.In(i)
		switch {
		case f.IsVariadic() && i == f.NumIn()-1:
		case in.Kind() == reflect.String: // a key or a link
			args = append(args, reflect.ValueOf("/x").Convert(in))
		case in.Kind() == reflect.Pointer && strings.HasSuffix(in.String(), "Options"):
			args = append(args, reflect.Zero(in))
		case in.Kind() == reflect.Pointer:
			args = append(args, reflect.New(in.Elem()))
		case in.Kind() == reflect.Interface:
			args = append(args, v.sample(in))
		default:
			args = append(args, reflect.Zero(in))
		}
	}
	return args
}

// sample returns the sample that implements an interface.
func (v version) sample(in reflect.Type) reflect.Value {
	for _, s := range v.samples {
		if reflect.TypeOf(s).Implements(in) {
			return reflect.ValueOf(s)
		}
	}
	return reflect.Zero(in)
}

// outcome returns the error of a call. It goes through a sequence to its end, and closes what is to be closed.
func outcome(out []reflect.Value) error {
	if closer, ok := out[0].Interface().(io.Closer); ok {
		defer closer.Close()
	}
	last := out[len(out)-1]
	if last.Kind() != reflect.Func {
		err, _ := last.Interface().(error)
		return err
	}
	var err error
	for _, e := range last.Seq2() {
		err, _ = e.Interface().(error)
	}
	return err
}

// TestEveryOperationAtOnce calls every method from a hundred goroutines with one client, at a service that throttles, fails
// and breaks off. go test -race sees what they share; no goroutine, connection or body is left behind.
func TestEveryOperationAtOnce(t *testing.T) {
	for _, v := range versions {
		for _, p := range []protocol{protocols[0], protocols[2]} {
			t.Run(v.name+"/"+p.name, func(t *testing.T) { callEverythingAtOnce(t, v, p) })
		}
	}
}

func callEverythingAtOnce(t *testing.T, v version, p protocol) {
	var count atomic.Int64
	connections := &connections{open: map[net.Conn]bool{}}
	connections.none.L = &connections.mu
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		steps := []http.HandlerFunc{reply(429, "busy"), reply(500, "<html>"), cutOff, half, reply(404, `{"error":{"code":"NotFound"}}`)}
		if n := count.Add(1); n%16 == 0 {
			steps[n/16%int64(len(steps))](w, r)
			return
		}
		answerAnything(w, r)
	}))
	s.Config.ErrorLog, s.Config.ConnState = quiet, connections.note
	p.start(s)
	t.Cleanup(s.Close)
	bodies := &bodyCounter{RoundTripper: s.Client().Transport}
	s.Client().Transport.(*http.Transport).MaxIdleConnsPerHost = 100
	var calls atomic.Int64
	client, err := v.client(s.URL+"/"+v.name, &http.Client{Transport: bodies}, func(string) { calls.Add(1) })
	if err != nil {
		t.Fatal(err)
	}
	methods := v.methods(reflect.ValueOf(client))
	var workers sync.WaitGroup
	for n := range 100 {
		workers.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(n)))
			for _, i := range random.Perm(len(methods)) {
				checkOutcome(t, methods[i].name, methods[i].call(t.Context()))
			}
		})
	}
	workers.Wait()
	if want := int64(100 * len(methods)); calls.Load() != want {
		t.Errorf("%d calls, want %d", calls.Load(), want)
	}
	if left := bodies.open.Load(); left != 0 {
		t.Errorf("%d bodies were not closed", left)
	}
	if stack := stacks(); strings.Contains(stack, "graphslice/generated/") {
		t.Errorf("a goroutine is left behind:\n%s", stack)
	}
	s.Client().CloseIdleConnections() // those of a body that is left open do not count as idle, and stay
	connections.waitForNone()
}

// checkOutcome wants success or an error that says what happened.
func checkOutcome(t *testing.T, name string, err error) {
	var e *graph.Error
	var b *beta.Error
	if err == nil || errors.As(err, &e) || errors.As(err, &b) ||
		errors.Is(err, graph.ErrOutcomeUnknown) || errors.Is(err, beta.ErrOutcomeUnknown) || strings.Contains(err.Error(), "EOF") ||
		strings.Contains(err.Error(), "stream error") {
		return
	}
	t.Errorf("%s: %v", name, err)
}

// stacks returns the stacks of all goroutines but this one.
func stacks() string {
	buf := make([]byte, 4<<20)
	buf = buf[:runtime.Stack(buf, true)]
	parts := strings.Split(string(buf), "\n\n")
	return strings.Join(slices.DeleteFunc(parts[1:], func(s string) bool { return !strings.Contains(s, "graphslice") }), "\n\n")
}

// connections are those that a server has.
type connections struct {
	mu   sync.Mutex
	none sync.Cond
	open map[net.Conn]bool
}

func (c *connections) note(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if state == http.StateClosed || state == http.StateHijacked {
		delete(c.open, conn)
	} else {
		c.open[conn] = true
	}
	c.none.Broadcast()
}

// waitForNone returns when the last connection is closed; a leak lets the test time out.
func (c *connections) waitForNone() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.open) > 0 {
		c.none.Wait()
	}
}

// bodyCounter counts the bodies of answers that have not been closed.
type bodyCounter struct {
	http.RoundTripper
	open atomic.Int64
}

func (c *bodyCounter) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.RoundTripper.RoundTrip(r)
	if err == nil {
		c.open.Add(1)
		resp.Body = &countedBody{ReadCloser: resp.Body, counter: c}
	}
	return resp, err
}

type countedBody struct {
	io.ReadCloser
	counter *bodyCounter
	once    sync.Once
}

func (b *countedBody) Close() error {
	b.once.Do(func() { b.counter.open.Add(-1) })
	return b.ReadCloser.Close()
}
