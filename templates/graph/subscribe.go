package graph

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"sync"
	"time"
)

// This file keeps a subscription alive: the service ends it after minutes or days unless it is renewed.

const (
	shortestLife  = time.Minute // a subscription that is to live shorter is a slip
	renewalPause  = 10 * time.Second
	renewalSlow   = 5 * time.Minute
	farewellLimit = 10 * time.Second
)

// subscriptionModel is implemented by the type of subscriptions.
type subscriptionModel interface {
	model
	life() (id, resource string, expires time.Time)
	expire(at time.Time)
}

// subscriptionKind is what a package knows of its type of subscriptions.
type subscriptionKind struct {
	path    string // of the collection
	expires string // the name of the property that says when one ends
	longest []longestLife
}

// longestLife is how long the subscriptions may live that watch a resource.
type longestLife struct {
	pattern string // a path in which * stands for a segment and ** for any number of them
	life    time.Duration
}

// SubscribeOption is an option of Subscribe.
type SubscribeOption func(*KeptSubscription)

// SavedSubscription goes on with a subscription that was made before, such as by the process before this one, by its
// id. If it is there no more, another one is made, and what the service did not tell meanwhile is told as missed. ""
// changes nothing.
func SavedSubscription(id string) SubscribeOption {
	return func(s *KeptSubscription) { s.saved = id }
}

// OnSubscription is told the id and the end of the subscription whenever one is made or renewed: what to save for
// SavedSubscription.
func OnSubscription(tell func(id string, expires time.Time)) SubscribeOption {
	return func(s *KeptSubscription) { s.onChange = tell }
}

// OnMissed is called when notifications may have been lost, so that the program catches up, as by a delta query: the
// service says so ("missed"), or the subscription was gone ("removed"). Each call has a goroutine of its own. Its
// context is that of Subscribe.
func OnMissed(catchUp func(ctx context.Context, why string)) SubscribeOption {
	return func(s *KeptSubscription) { s.onMissed = catchUp }
}

// OnSubscriptionError is told why a renewal failed, each time; it is tried again.
func OnSubscriptionError(tell func(error)) SubscribeOption {
	return func(s *KeptSubscription) { s.onError = tell }
}

// SubscriptionLife is for how long a subscription is made and renewed; by default for as long as the one given would
// live, and if it does not say when it ends, for as long as the reference allows for its resource, as far as that is
// known.
func SubscriptionLife(life time.Duration) SubscribeOption {
	return func(s *KeptSubscription) { s.life = life }
}

// DeleteSubscription deletes the subscription when the context ends. Without it the subscription is left: it ends by
// itself, and another process can go on with it.
func DeleteSubscription() SubscribeOption {
	return func(s *KeptSubscription) { s.deletes = true }
}

// KeptSubscription is a subscription that is renewed until the context of Subscribe ends.
type KeptSubscription struct {
	client   *Client
	kind     subscriptionKind
	wanted   subscriptionModel
	life     time.Duration
	saved    string
	deletes  bool
	onChange func(string, time.Time)
	onMissed func(context.Context, string)
	onError  func(error)

	asked chan string // lifecycle events
	done  chan struct{}
	err   error // set before done is closed
	tasks sync.WaitGroup

	mu      sync.Mutex
	id      string
	expires time.Time
}

// ID is the subscription's id, which changes when another one had to be made; "" if s is nil.
func (s *KeptSubscription) ID() string {
	if s == nil {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.id
}

// Expires is when the subscription ends unless it is renewed.
func (s *KeptSubscription) Expires() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.expires
}

// Done is closed when the subscription is kept no more.
func (s *KeptSubscription) Done() <-chan struct{} { return s.done }

// Wait returns when the subscription is kept no more and every call of OnMissed has returned, with the error of
// deleting it if that was asked for.
func (s *KeptSubscription) Wait() error {
	<-s.done
	s.tasks.Wait()
	return s.err
}

// Handle takes a notification that is about the life of the subscription, and reports whether it was one;
// false if s is nil. The handler of a NotificationReceiver calls it first:
//
//	if subscription.Handle(n) {
//		return nil
//	}
func (s *KeptSubscription) Handle(n Notification) bool {
	if s == nil || n.Lifecycle == "" || n.SubscriptionID != s.ID() {
		return false
	}
	select {
	case s.asked <- n.Lifecycle:
	default: // as many as are waiting already ask for the same
	}
	return true
}

// subscribe makes a subscription, or takes up the one that is saved, and begins to keep it.
func subscribe(
	ctx context.Context, c *Client, kind subscriptionKind, wanted subscriptionModel, options []SubscribeOption,
) (*KeptSubscription, error) {
	s := &KeptSubscription{client: c, kind: kind, asked: make(chan string, 16), done: make(chan struct{})}
	for _, option := range options {
		if option != nil {
			option(s)
		}
	}
	if err := c.ready(); err != nil {
		return nil, err
	}
	s.wanted = Clone(wanted)
	switch _, resource, expires := wanted.life(); {
	case s.life != 0:
	case expires.IsZero():
		s.life = kind.longestFor(resource)
	default:
		s.life = time.Until(expires)
	}
	if s.life < shortestLife {
		return nil, fmt.Errorf("the subscription would live for %v: set %s to a later time, or use SubscriptionLife",
			s.life.Round(time.Second), kind.expires)
	}
	if err := s.begin(ctx); err != nil {
		return nil, err
	}
	go s.keep(ctx)
	return s, nil
}

// longestFor is how long a subscription may live that watches a resource; 0 if that is not known.
func (k *subscriptionKind) longestFor(resource string) time.Duration {
	steps, ok := stepsOf(resource)
	for _, l := range k.longest {
		if pattern, _ := stepsOf(l.pattern); ok && fits(pattern, steps) {
			return l.life
		}
	}
	return 0
}

// begin goes on with the saved subscription, or makes one.
func (s *KeptSubscription) begin(ctx context.Context) error {
	if s.saved == "" {
		return s.create(ctx)
	}
	s.id = s.saved
	err := s.renew(ctx)
	if !errors.Is(err, ErrNotFound) {
		return err
	}
	if err = s.create(ctx); err == nil {
		s.missed(ctx, "removed")
	}
	return err
}

// create makes a subscription.
func (s *KeptSubscription) create(ctx context.Context) error {
	s.wanted.expire(time.Now().Add(s.life))
	body := func(w *jsonWriter) { w.object(s.wanted, declaredSame) }
	a, err := s.client.at(s.kind.path).submit(ctx, http.MethodPost, body, nil)
	if err != nil {
		return err
	}
	return s.take(a)
}

// renew moves the end of the subscription, which counts as the authorization that the service asks for as well.
func (s *KeptSubscription) renew(ctx context.Context) error {
	until := time.Now().Add(s.life)
	body := func(w *jsonWriter) {
		w.buf = append(w.buf, `{"`+s.kind.expires+`":"`...)
		w.buf = append(until.UTC().AppendFormat(w.buf, time.RFC3339), `"}`...)
	}
	a, err := s.at().submit(ctx, http.MethodPatch, body, nil)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.expires = until
	s.mu.Unlock()
	return s.take(a)
}

func (s *KeptSubscription) at() *resource { return s.client.at(s.kind.path).byKey("id", s.ID()) }

// take notes what the service answers, as far as it answers with the subscription.
func (s *KeptSubscription) take(a *received) error {
	var v subscriptionModel
	if !a.isEmpty() {
		var err error
		if v, err = decodeAnswer(a, s.read); err != nil {
			return err
		}
	}
	s.mu.Lock()
	if v != nil && !isNil(v) {
		id, _, expires := v.life()
		if id != "" {
			s.id = id
		}
		if !expires.IsZero() {
			s.expires = expires
		}
	}
	id, expires := s.id, s.expires
	s.mu.Unlock()
	if id == "" {
		return errors.New("the service has answered without the id of the subscription")
	}
	if s.onChange != nil {
		s.onChange(id, expires)
	}
	return nil
}

// read reads a subscription.
func (s *KeptSubscription) read(r *jsonReader) subscriptionModel {
	if r.null() {
		return nil
	}
	v := reflect.New(reflect.TypeOf(s.wanted).Elem()).Interface().(subscriptionModel)
	r.object(v)
	return v
}

// keep renews the subscription until the context ends.
func (s *KeptSubscription) keep(ctx context.Context) {
	defer close(s.done)
	failures := 0
	for {
		timer := time.NewTimer(s.rest(failures))
		var err error
		select {
		case <-ctx.Done():
			timer.Stop()
			s.end(ctx)
			return
		case event := <-s.asked:
			err = s.answer(ctx, event)
		case <-timer.C:
			err = s.prolong(ctx)
		}
		timer.Stop()
		if err == nil {
			failures = 0
			continue
		}
		failures++
		if s.onError != nil && ctx.Err() == nil {
			s.onError(err)
		}
	}
}

// rest is how long to wait before the next renewal: two thirds of what is left, and up to a tenth more or less, so
// that many programs do not come at once; after a failure longer each time.
func (s *KeptSubscription) rest(failures int) time.Duration {
	if failures > 0 {
		return backoff(renewalPause, renewalSlow, failures-1)
	}
	left := time.Until(s.Expires())
	return time.Duration(float64(left) * (2.0/3 + 0.2*(s.client.jitter()-0.5)))
}

// answer does what a lifecycle event asks for.
func (s *KeptSubscription) answer(ctx context.Context, event string) error {
	switch event {
	case "reauthorizationRequired":
		return s.prolong(ctx)
	case "subscriptionRemoved":
		return s.replace(ctx)
	case "missed":
		s.missed(ctx, event)
	}
	return nil
}

// prolong renews, or makes another subscription if there is none any more.
func (s *KeptSubscription) prolong(ctx context.Context) error {
	err := s.renew(ctx)
	if errors.Is(err, ErrNotFound) {
		return s.replace(ctx)
	}
	return err
}

func (s *KeptSubscription) replace(ctx context.Context) error {
	if err := s.create(ctx); err != nil {
		return err
	}
	s.missed(ctx, "removed")
	return nil
}

func (s *KeptSubscription) missed(ctx context.Context, why string) {
	if s.onMissed != nil {
		s.tasks.Add(1)
		go func() {
			defer s.tasks.Done()
			s.onMissed(ctx, why)
		}()
	}
}

// end deletes the subscription, if that is wanted.
func (s *KeptSubscription) end(ctx context.Context) {
	if !s.deletes {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewellLimit)
	defer cancel()
	if err := exec(ctx, s.at(), http.MethodDelete, nil, nil); err != nil && !errors.Is(err, ErrNotFound) {
		s.err = err
	}
}
