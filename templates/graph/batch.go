package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// maxSteps is how many requests the service takes in one batch.
const maxSteps = 20

// Batch is a number of calls that are sent together, 20 to a request. Make one with NewBatch, fill it with InBatch, and
// send it once with Send. It may be filled by several goroutines.
type Batch struct {
	client *Client

	mu    sync.Mutex
	steps []*step
	sent  bool
}

// NewBatch returns an empty batch.
func (c *Client) NewBatch() *Batch { return &Batch{client: c} }

// Step is a call in a batch. T is what the call returns.
type Step[T any] struct {
	core  step
	value T
}

// step is the part of a Step that does not depend on its type.
type step struct {
	batch  *Batch
	number int     // in the order of adding, from 1
	after  []*step // all added before
	work   func(context.Context, *Client) error
	done   chan struct{} // closed when the call has returned, and what follows does not change any more
	err    error

	// What follows is guarded by run.mu.
	run       *batchRun
	waiting   int  // for answers, for a time to come, or for another call of the same pace
	requested bool // it has sent a request
	ended     bool
}

// StepOption is an option of InBatch: what After returns.
type StepOption func(*step)

// After makes a step wait for steps that were added to the batch before it. It is sent when they have succeeded; if one
// fails, it is not sent and fails too, with status 424 (Failed Dependency).
//
// Where both are in one request, the service keeps the order (dependsOn), and the step waits for the first request of
// the others alone; else it waits until their calls have returned.
func After(steps ...interface{ inBatch() *step }) StepOption {
	return func(s *step) {
		for _, other := range steps {
			if other := other.inBatch(); !slices.Contains(s.after, other) {
				s.after = append(s.after, other)
			}
		}
	}
}

func (s *Step[T]) inBatch() *step {
	if s == nil {
		return nil
	}
	return &s.core
}

// InBatch adds a call to a batch. It is made when the batch is sent, with a client of its own, and every request that
// it leads to becomes part of the batch: the call is written as it would be without one.
//
//	step := graph.InBatch(batch, func(ctx context.Context, c *graph.Client) (T, error) {
//		return … // a call of c that returns a T
//	})
//	err := batch.Send(ctx)
//	v, err := step.Result()
//
// The calls of a batch run at the same time, each in a goroutine of its own. One that sends several requests, such as
// for the pages of a collection or while it waits, has the later ones in later requests of the batch. A call may not
// wait for another one of the batch by itself; see After. Streams cannot be part of a batch.
func InBatch[T any](b *Batch, call func(ctx context.Context, c *Client) (T, error), options ...StepOption) *Step[T] {
	s := new(Step[T])
	var core func(context.Context, *Client) error
	if call != nil {
		core = func(ctx context.Context, c *Client) (err error) {
			s.value, err = call(ctx, c)
			return err
		}
	}
	b.add(&s.core, core, options)
	return s
}

// Do adds a call that returns nothing but an error, such as a Delete.
func (b *Batch) Do(call func(ctx context.Context, c *Client) error, options ...StepOption) *Step[None] {
	s := new(Step[None])
	b.add(&s.core, call, options)
	return s
}

const (
	errNotSent    = constError("the batch has not been sent, or not to its end")
	errSentBefore = constError("the batch has been sent before; use another one")
	errNoBatch    = constError("the batch is nil or was not made by NewBatch")
	errNoReturn   = constError("the call of the step did not return")
)

func (b *Batch) add(s *step, call func(context.Context, *Client) error, options []StepOption) {
	s.batch, s.work, s.done, s.err = b, call, make(chan struct{}), errNoReturn
	for _, option := range options {
		option(s)
	}
	if b == nil {
		s.fail(errNoBatch)
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.sent {
		s.fail(errSentBefore)
		return
	}
	b.steps = append(b.steps, s)
	s.number = len(b.steps)
}

// fail ends a step whose call is not made.
func (s *step) fail(err error) {
	s.err = err
	close(s.done)
}

// Result returns what the call has returned. Before Send has returned that is an error.
//
// An answer that is no success is an *Error as ever. If a whole request of the batch failed, so did all of its steps.
func (s *Step[T]) Result() (T, error) {
	if s.core.done == nil {
		return s.value, errNoBatch
	}
	select {
	case <-s.core.done:
		return s.value, s.core.err
	default:
		var none T
		return none, errNotSent
	}
}

// Send makes the calls and sends what they ask for, in the order in which they were added: 20 to a request, one request
// after the other. A step that is throttled is sent again as the client's retry policy says, without those that were
// not.
//
// Send returns when all calls have returned, which they do at once when ctx is done. Its error says that a request for
// several steps failed as a whole, that ctx is done, or that nothing was sent because a step cannot be. What became of
// each step is told by its Result; that a step failed is not an error of Send.
func (b *Batch) Send(ctx context.Context) error {
	if b == nil {
		return errNoBatch
	}
	b.mu.Lock()
	steps, before := b.steps, b.sent
	b.sent = true
	b.mu.Unlock()
	if before {
		return errSentBefore
	}
	if err := b.check(steps); err != nil {
		for _, s := range steps {
			s.fail(err)
		}
		return err
	}
	r := &batchRun{base: b.client, changed: make(chan struct{}, 1)}
	return r.all(ctx, steps)
}

// check returns why the batch cannot be sent. Steps wait for earlier ones alone, so there are no circles to look for.
func (b *Batch) check(steps []*step) error {
	if err := b.client.ready(); err != nil {
		return err
	}
	if b.client.step != nil {
		return errors.New("a batch cannot be part of another one")
	}
	for _, s := range steps {
		if s.work == nil {
			return fmt.Errorf("step %d of the batch: the call is nil", s.number)
		}
		for _, other := range s.after {
			if other == nil || other.batch != b {
				return fmt.Errorf("step %d of the batch: After names a step that is nil or of another batch", s.number)
			}
		}
	}
	return nil
}
