package graph

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// WithPacing keeps the distance that the reference asks for between two calls of an operation, such as two seconds
// between the parts that are added to one thing. The documentation of the methods says which have one.
//
// A call waits until the one before it has been answered, and then for the pause; so does every attempt of a retry.
// Calls are told apart by their path, up to the segment behind the last key that others follow: adding one part (POST
// /things/{thing-id}/parts) and removing one (DELETE /things/{thing-id}/parts/{id}) are both about the parts of a
// thing. What is about another thing, about what else it has, or has no pause, does not wait. Calls go in the order in
// which they came; one whose context ends gives up its place.
//
// The pace is that of one client. What it remembers of a path is forgotten when the pause is over.
func WithPacing() ClientOption {
	return clientOption(func(c *Client) error {
		c.spaced = newPacing().pace
		return nil
	})
}

// pacing is what a client knows of calls that keep a distance.
type pacing struct {
	mu    sync.Mutex
	lanes map[string]*lane // only those in use, or in the pause after
}

func newPacing() *pacing { return &pacing{lanes: map[string]*lane{}} }

// lane is where calls for the same thing stand in line.
type lane struct {
	taken bool            // one of them is being made, or waits for the pause to end
	line  []chan struct{} // those that come after it; closed when it is their turn
	free  time.Time       // when the pause is over
}

// pace waits until the request may be sent, and returns what to call when it has been answered.
func (p *pacing) pace(ctx context.Context, c *Client, x *exchange) (done func(), err error) {
	if c.step != nil {
		err = c.step.comeAfter(ctx)
	}
	if err == nil {
		done, err = p.enter(ctx, x.lane, x.pause, c.step)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w while waiting for the calls before it", x, err)
	}
	return done, nil
}

// enter waits for a turn in a lane. s is the step of a batch that waits; nil if it is none.
func (p *pacing) enter(ctx context.Context, name string, pause time.Duration, s batched) (done func(), err error) {
	l, turn := p.join(name)
	if turn != nil {
		defer park(s)()
		select {
		case <-turn:
		case <-ctx.Done():
			p.giveUp(name, l, turn)
			return nil, ctx.Err()
		}
	}
	if rest := time.Until(l.free); rest > 0 {
		defer park(s)()
		if err := sleep(ctx, rest); err != nil {
			p.leave(name, l, 0)
			return nil, err
		}
	}
	return func() { p.leave(name, l, pause) }, nil
}

// park counts the step of a batch among those that wait, until the function returned is called.
func park(s batched) func() {
	if s == nil {
		return func() {}
	}
	return s.park()
}

// join takes the lane, or a place in its line: turn is nil if there is nobody to wait for.
func (p *pacing) join(name string) (l *lane, turn chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l = p.lanes[name]
	if l == nil {
		l = &lane{}
		p.lanes[name] = l
	}
	if l.taken {
		turn = make(chan struct{})
		l.line = append(l.line, turn)
	}
	l.taken = true
	return l, turn
}

// giveUp leaves the line, also if the turn has just come.
func (p *pacing) giveUp(name string, l *lane, turn chan struct{}) {
	p.mu.Lock()
	i := slices.Index(l.line, turn)
	if i >= 0 {
		l.line = slices.Delete(l.line, i, i+1)
	}
	p.mu.Unlock()
	if i < 0 {
		p.leave(name, l, 0)
	}
}

// leave lets the next one in the line have its turn. A pause of 0 is that of a call that was not made.
func (p *pacing) leave(name string, l *lane, pause time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if pause > 0 {
		l.free = time.Now().Add(pause)
	}
	if len(l.line) > 0 {
		close(l.line[0])
		l.line = slices.Delete(l.line, 0, 1)
		return
	}
	l.taken = false
	time.AfterFunc(time.Until(l.free), func() { p.forget(name) })
}

// forget drops a lane that nobody uses and whose pause is over.
func (p *pacing) forget(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l := p.lanes[name]; l != nil && !l.taken && !time.Now().Before(l.free) {
		delete(p.lanes, name)
	}
}
