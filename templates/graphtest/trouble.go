package graphtest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/graphslice/graphslice/templates/graph"
)

// Fault is what can go wrong with a call: Reset, Unreachable, Cut, HTML, or what Slow and Failure make.
type Fault struct {
	name    string
	err     error // of the connection
	isCut   bool
	delay   time.Duration
	instead func() *answer // in place of the answer
	// isOuter says that it befalls a request, such as that of a whole batch, and not what stands in it.
	isOuter bool
}

var (
	// Reset ends the connection before the answer.
	Reset = Fault{name: "Reset", isOuter: true, err: &net.OpError{Op: "read", Net: "tcp",
		Err: os.NewSyscallError("read", syscall.ECONNRESET)}}
	// Unreachable lets no connection come about, so that a client knows that nothing has happened.
	Unreachable = Fault{name: "Unreachable", isOuter: true, err: &net.OpError{Op: "dial", Net: "tcp",
		Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}}
	// Cut ends the answer in its middle with io.ErrUnexpectedEOF, and like Reset if it has no body. The handler has run.
	Cut = Fault{name: "Cut", isOuter: true, isCut: true}
	// HTML answers with 502 and a page of a gateway.
	HTML = Fault{name: "HTML", isOuter: true, instead: gatewayPage}
)

// gatewayPage is what a gateway answers in place of the service.
func gatewayPage() *answer {
	return &answer{status: http.StatusBadGateway, header: http.Header{"Content-Type": {"text/html"}},
		body: []byte("<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>")}
}

// Slow answers after a while, or not at all if the call's context ends before. In a testing/synctest bubble that takes no
// time.
func Slow(delay time.Duration) Fault {
	return Fault{name: fmt.Sprintf("Slow(%v)", delay), isOuter: true, delay: delay}
}

// Failure answers with an error of the service, such as &graph.Error{StatusCode: 503}.
func Failure(e *graph.Error) Fault {
	return Fault{name: fmt.Sprintf("Failure(%d)", e.StatusCode), instead: func() *answer { return answerError(e) }}
}

// Trouble is a fault on order. Without more it befalls every call from now on, as if the handler had not been asked:
//
//	srv.Fault(graphtest.Reset).On("POST", "/things").After().Next(2)
//	srv.Fault(graphtest.Slow(time.Minute)).On("", "/me/*").Share(0.1, 1)
//
// Where several are for one call, the one that was ordered first counts. What was ordered and did not come fails the test.
type Trouble struct {
	server       *fake
	fault        Fault
	method, path string
	isAfter      bool
	next         int         // as often as that; 0: as often as one likes
	isHit        func() bool // nil: every call
	came         int         // how often it came
	met          bool        // there was a call that it might have come for
	where        string      // file and line of the test
}

// Fault orders a fault.
//
//go:noinline
func (s *Server) Fault(f Fault) *Trouble { return (*fake)(s).order(f, 0) }

// Throttle answers the next n calls with 429, and says after how many seconds, rounded up, to come again; 0 says nothing.
func (s *Server) Throttle(n int, retryAfter time.Duration) *Trouble {
	return (*fake)(s).order(Failure(&graph.Error{StatusCode: http.StatusTooManyRequests, Code: "TooManyRequests",
		Message: "Too many requests.", RetryAfter: retryAfter}), n)
}

func (s *fake) order(f Fault, next int) *Trouble {
	t := &Trouble{server: s, fault: f, next: next}
	if _, file, line, ok := runtime.Caller(2); ok {
		t.where = fmt.Sprintf("%s:%d", filepath.Base(file), line)
	}
	return t.set(func() { s.faults = append(s.faults, t) })
}

// set changes an order, which calls may be looking at.
func (t *Trouble) set(change func()) *Trouble {
	t.server.mu.Lock()
	change()
	t.server.mu.Unlock()
	return t
}

// On is for the calls of a method, "" for all, on a path below the service root: as the slice or the reference has it,
// "/things/{id}/parts", or with its keys, "/things/19:…/parts". With a * at its end it stands for all paths that
// begin so. "/$batch" is a whole batch; what befalls a call befalls it inside of one, too, but for faults of the
// connection. An address that the fake has given out, as Accepted does, is taken as a whole.
func (t *Trouble) On(method, path string) *Trouble {
	return t.set(func() { t.method, t.path = method, path })
}

// Next is for the next n calls only.
func (t *Trouble) Next(n int) *Trouble { return t.set(func() { t.next = n }) }

// Share is for a share of the calls between 0 and 1, which the seed picks: the same in each run.
func (t *Trouble) Share(share float64, seed uint64) *Trouble {
	random := rand.New(rand.NewPCG(seed, 0))
	return t.set(func() { t.isHit = func() bool { return random.Float64() < share } })
}

// After lets the handler do its work before, so that only the answer is lost.
func (t *Trouble) After() *Trouble { return t.set(func() { t.isAfter = true }) }

// missing says what has not come; "" if nothing is missing. The server's mutex is held.
func (t *Trouble) missing() string {
	place := strings.TrimSpace(t.method + " " + t.path)
	if place != "" {
		place = " for " + place
	}
	switch {
	case t.next > 0 && t.came < t.next:
		return fmt.Sprintf("graphtest: the fault %s%s was ordered %s and came %s (%s)", t.fault.name, place, times(t.next),
			times(t.came), t.where)
	case t.next == 0 && !t.met:
		return fmt.Sprintf("graphtest: the fault %s%s was ordered and there was no call (%s)", t.fault.name, place, t.where)
	}
	return ""
}

// due takes the order that is for a call; nil if there is none.
func (s *fake) due(method string, in *request) *Trouble {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.faults {
		if t.next > 0 && t.came >= t.next || !t.isFor(method, in) {
			continue
		}
		t.met = true
		if t.isHit == nil || t.isHit() {
			t.came++
			return t
		}
	}
	return nil
}

// isFor reports whether an order is for a call.
func (t *Trouble) isFor(method string, in *request) bool {
	if t.method != "" && t.method != method {
		return false
	}
	isBatch := in.path == batchPath && !in.isPart
	if t.path == "" {
		return !(in.isPart && t.fault.isOuter) && !(isBatch && !t.fault.isOuter)
	}
	plain, _ := plainPath(in.path)
	paths := []string{in.path, plain, in.base + in.path}
	if in.op != nil {
		paths = append(paths, in.op.path, in.op.at())
	}
	prefix, isPrefix := strings.CutSuffix(in.op.bare(t.path), "*")
	for _, path := range paths {
		if path = in.op.bare(path); path == prefix || isPrefix && strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

// bare is a path without the names of its parameters, and without the namespaces that the operation's own has: a test may
// name it as the reference does, "/users/{id}/sendMail".
func (op *operation) bare(path string) string {
	path = parameter.ReplaceAllString(path, "{}")
	if op == nil {
		return path
	}
	for _, segment := range split(op.path) {
		if m := namespace.FindStringSubmatch(segment); m != nil {
			path = strings.ReplaceAll(path, "/"+m[1], "/")
		}
	}
	return path
}

// troubled answers a call, unless something goes wrong with it. The error is that of a connection.
func (s *fake) troubled(ctx context.Context, method string, in *request, run func() *answer) (*answer, error) {
	t := s.due(method, in)
	if t == nil {
		return run(), nil
	}
	var a *answer
	if t.isAfter || t.fault.isCut {
		a = run()
	}
	if err := pause(ctx, t.fault.delay); err != nil {
		return nil, err
	}
	switch {
	case t.fault.err != nil:
		return nil, t.fault.err
	case t.fault.instead != nil:
		return t.fault.instead(), nil
	case t.fault.isCut:
		return a.cut(in.isPart)
	case a == nil:
		a = run()
	}
	return a, nil
}

// pause waits for a while, or until the context ends.
func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// cut is an answer that ends in its middle. One that is a part of another is lost.
func (a *answer) cut(isPart bool) (*answer, error) {
	data := a.content()
	if len(data) == 0 || isPart {
		return nil, Reset.err
	}
	a.stream = io.MultiReader(bytes.NewReader(data[:len(data)/2]), broken{})
	return a, nil
}

// broken is a connection that has ended.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
