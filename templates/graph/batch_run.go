package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"sort"
	"strconv"
	"sync"
	"time"
)

// batchRun makes the calls of a batch and sends what they ask for. A call has a goroutine and a client of its own,
// whose requests end up in RoundTrip and wait there. When no call has anything to do without an answer, the next
// requests are sent.
type batchRun struct {
	base *Client

	mu       sync.Mutex
	alive    int        // steps that have not ended
	busy     int        // those of them that do not wait
	handed   []*pending // requests, in the order in which they happened to arrive
	queue    []*pending // requests, in the order in which they are to be sent
	sleepers []*pending
	err      error         // the first failure of a whole request
	changed  chan struct{} // has an item when the above has changed
}

// pending is what a step waits for: the answer to a request, or a time.
type pending struct {
	step  *step
	until time.Time // of a sleeper

	request   batchRequest
	first     bool // the step's first request
	unchained bool // it waits for the ends of others, since the service has refused it once for their failure
	sent      bool
	answer    *batchAnswer
	err       error

	over  bool // it is not waited for any more
	ready chan struct{}
}

// all makes the calls and returns when all have ended.
func (r *batchRun) all(ctx context.Context, steps []*step) error {
	for _, s := range steps {
		s.run = r
		r.mu.Lock()
		r.alive++
		r.busy++
		r.mu.Unlock()
		go r.perform(ctx, s)
		if r.base.spaced != nil {
			r.settle() // so that those of one pace take their turns in the order of the batch
		}
	}
	for r.settle() {
		if group := r.take(); len(group) > 0 {
			r.send(ctx, group)
		} else {
			r.doze()
		}
		r.wake()
	}
	return r.err
}

// perform makes the call of a step.
func (r *batchRun) perform(ctx context.Context, s *step) {
	defer func() { // also if the call ends the goroutine
		r.mu.Lock()
		r.alive--
		r.update(s, func() { s.ended = true })
		if ctx.Err() != nil && errors.Is(s.err, ctx.Err()) {
			r.fail(fmt.Errorf("the batch was not sent to its end: %w", ctx.Err()))
		}
		for _, p := range slices.Concat(r.handed, r.queue, r.sleepers) {
			if s.waiting > 0 && p.step == s { // the call has left a goroutine behind
				p.err = errNoReturn
				r.finish(p)
			}
		}
		close(s.done)
		r.mu.Unlock()
		r.signal()
	}()
	s.err = s.protectedCall(ctx, r.client(s))
}

// protectedCall is the call, which fails where it panics: it runs in a goroutine that nobody else can catch it in.
func (s *step) protectedCall(ctx context.Context, c *Client) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &PanicError{Value: value, Stack: debug.Stack()}
		}
	}()
	return s.work(ctx, c)
}

// client returns the client for the call of a step.
func (r *batchRun) client(s *step) *Client {
	c := *r.base
	c.step = s
	c.http = &http.Client{Transport: s, CheckRedirect: r.base.http.CheckRedirect}
	c.wait = s.sleep
	return &c
}

// update changes what a step does, and counts it among those that do not wait, or no longer.
func (r *batchRun) update(s *step, change func()) {
	if s.isBusy() {
		r.busy--
	}
	if change(); s.isBusy() {
		r.busy++
	}
}

func (s *step) isBusy() bool { return !s.ended && s.waiting == 0 }

// signal says that something has changed.
func (r *batchRun) signal() {
	select {
	case r.changed <- struct{}{}:
	default:
	}
}

// park counts the step among those that wait until the function returned is called.
func (s *step) park() func() {
	count := func(n int) func() {
		return func() {
			s.run.mu.Lock()
			s.run.update(s, func() { s.waiting += n })
			s.run.mu.Unlock()
			s.run.signal()
		}
	}
	count(1)()
	return count(-1)
}

// isOver reports whether the call has returned.
func (s *step) isOver() bool {
	s.run.mu.Lock()
	defer s.run.mu.Unlock()
	return s.ended
}

// comeAfter waits until the steps before s have ended. That is for calls that are paced: one that has taken its turn
// must not wait for another that needs it.
func (s *step) comeAfter(ctx context.Context) error {
	if len(s.after) == 0 {
		return nil
	}
	defer s.park()()
	for _, other := range s.after {
		select {
		case <-other.done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// await puts p into a list of the run and waits until that has finished with it.
func (s *step) await(ctx context.Context, p *pending, list *[]*pending) error {
	r := s.run
	r.mu.Lock()
	if s.ended {
		r.mu.Unlock()
		return errNoReturn
	}
	p.step, p.ready = s, make(chan struct{})
	p.first, s.requested = !s.requested, s.requested || list == &r.handed
	*list = append(*list, p)
	r.update(s, func() { s.waiting++ })
	r.mu.Unlock()
	r.signal()
	select {
	case <-p.ready:
	case <-ctx.Done():
		r.mu.Lock()
		if !p.over {
			p.err = &sharedError{ctx.Err(), p.sent}
			r.finish(p)
		}
		r.mu.Unlock()
	}
	return p.err
}

// fail keeps the first error. r.mu is held.
func (r *batchRun) fail(err error) { r.err = cmp.Or(r.err, err) }

// finish lets the step of p go on. r.mu is held.
func (r *batchRun) finish(p *pending) {
	if !p.over {
		p.over = true
		r.update(p.step, func() { p.step.waiting-- })
		close(p.ready)
	}
}

// sleep is what the client of a step waits with.
func (s *step) sleep(ctx context.Context, d time.Duration) error {
	if s.isOver() {
		return s.run.base.wait(ctx, d)
	}
	return s.await(ctx, &pending{until: time.Now().Add(d)}, &s.run.sleepers)
}

// RoundTrip makes a request of the step's client part of the batch. What the call has returned, such as a page, may be
// used when the batch is over: then it sends for itself.
func (s *step) RoundTrip(req *http.Request) (*http.Response, error) {
	if s.isOver() {
		return s.run.base.http.Do(req)
	}
	request, err := s.run.base.batchRequest(req)
	if err != nil {
		return nil, &sharedError{err, false}
	}
	p := &pending{request: request}
	if err := s.await(req.Context(), p, &s.run.handed); err != nil {
		return nil, err
	}
	return p.answer.response(req), nil
}

// settle waits until no step has anything to do; false if all have ended.
func (r *batchRun) settle() bool {
	for {
		r.mu.Lock()
		alive, busy := r.alive, r.busy
		r.mu.Unlock()
		if alive == 0 || busy == 0 {
			return alive > 0
		}
		<-r.changed
	}
}

// take returns the requests to send next, and refuses those that waited for a step that has failed.
func (r *batchRun) take() []*pending {
	r.mu.Lock()
	defer r.mu.Unlock()
	sort.SliceStable(r.handed, func(i, j int) bool { return r.handed[i].step.number < r.handed[j].step.number })
	var group, rest []*pending
	for _, p := range append(r.queue, r.handed...) {
		if p.over {
			continue
		}
		waits, failed := p.dependencies(group)
		switch {
		case failed:
			p.answer = failedDependency()
			r.finish(p)
		case waits || len(group) == maxSteps:
			p.request.DependsOn = nil
			rest = append(rest, p)
		default:
			p.request.ID = strconv.Itoa(len(group) + 1)
			group = append(group, p)
		}
	}
	r.queue, r.handed = rest, nil
	return group
}

// dependencies looks what has become of the steps that p waits for. Those whose first request is in the group
// are named in the request.
func (p *pending) dependencies(group []*pending) (waits, failed bool) {
	if !p.first {
		return false, false
	}
	for _, other := range p.step.after {
		i := slices.IndexFunc(group, func(q *pending) bool { return q.first && q.step == other })
		switch {
		case other.ended && other.err != nil:
			return false, true
		case other.ended:
		case i >= 0 && !p.unchained:
			p.request.DependsOn = append(p.request.DependsOn, group[i].request.ID)
		default:
			waits = true
		}
	}
	return waits, false
}

// send sends a group of requests and hands out the answers.
func (r *batchRun) send(ctx context.Context, group []*pending) {
	requests := make([]batchRequest, len(group))
	r.mu.Lock()
	for i, p := range group {
		requests[i] = p.request
		p.sent = ctx.Err() == nil
		if !p.sent { // nothing goes out any more, and so nothing has been done
			p.err = &sharedError{ctx.Err(), false}
			r.finish(p)
		}
	}
	r.mu.Unlock()
	answers, err := r.base.sendBatch(ctx, requests)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail(err)
	var again []*pending
	for _, p := range group {
		answer := answers[p.request.ID]
		switch {
		case p.over:
			continue
		case err != nil:
			p.err = newSharedError(err)
		case answer.err != nil:
			p.err = newSharedError(answer.err)
		case answer.refuses(p.request, answers):
			p.unchained, p.request.DependsOn = true, nil
			again = append(again, p)
			continue
		}
		p.answer = answer
		r.finish(p)
	}
	r.queue = append(again, r.queue...)
}

// nap is how much longer than it must a step waits, so that those that wait for about as long are sent together.
const nap = time.Second

// doze waits until a step that waits for a time can go on, or until something else happens.
func (r *batchRun) doze() {
	r.mu.Lock()
	r.sleepers = slices.DeleteFunc(r.sleepers, func(p *pending) bool { return p.over })
	sort.Slice(r.sleepers, func(i, j int) bool { return r.sleepers[i].until.Before(r.sleepers[j].until) })
	var due time.Time
	for _, p := range r.sleepers {
		if due.IsZero() || p.until.Sub(r.sleepers[0].until) <= nap {
			due = p.until
		}
	}
	r.mu.Unlock()
	var bell <-chan time.Time // never rings if nobody sleeps
	if !due.IsZero() {
		timer := time.NewTimer(time.Until(due))
		defer timer.Stop()
		bell = timer.C
	}
	select {
	case <-r.changed:
	case <-bell:
	}
}

// wake lets the steps go on whose time has come.
func (r *batchRun) wake() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.sleepers {
		if !p.until.After(time.Now()) {
			r.finish(p)
		}
	}
}

// newSharedError returns the error for a step. Whether it may have been carried out is not the same for all that were
// sent together: some only read.
func newSharedError(err error) *sharedError {
	e := &sharedError{err, errors.Is(err, ErrOutcomeUnknown)}
	switch err := err.(type) {
	case uncertainError:
		e.error = err.error
	case *Error:
		copied := *err
		copied.uncertain = false
		e.error = &copied
	}
	return e
}
