package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// watch is a type of subscriptions, in the shape that the generator writes.
type watch struct {
	ODataType string
	ID        string
	Resource  Opt[string]
	Until     Opt[time.Time]

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *watch) rest() rest {
	return rest{"#shop.watch", &v.ODataType, nil, &v.AdditionalProperties, &v.nulls}
}

func (v *watch) properties(c *codec) {
	c.string(`"id":`, &v.ID)
	c.optString(`"resource":`, &v.Resource)
	c.optTime(`"until":`, &v.Until)
}

func (v *watch) life() (id, resource string, expires time.Time) {
	return v.ID, v.Resource.Or(""), v.Until.Or(time.Time{})
}
func (v *watch) expire(at time.Time) { v.Until = Some(at) }

var watchKind = subscriptionKind{"/watches", "until", nil}

// watchService is a service with subscriptions, and what happened as lines with the time since it began.
type watchService struct {
	mu    sync.Mutex
	start time.Time
	lines []string
	made  int
	alive map[string]bool
	fails int // so many requests are answered with 500
}

func (s *watchService) note(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, time.Since(s.start).Round(time.Second).String()+" "+fmt.Sprintf(format, args...))
}

func (s *watchService) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.note("%s %s %s", r.Method, strings.TrimPrefix(r.URL.Path, "/v1.0"), body)
	s.mu.Lock()
	defer s.mu.Unlock()
	id := strings.TrimPrefix(r.URL.Path, "/v1.0/watches/")
	answer := func(status int, id string) {
		var v map[string]any
		_ = json.Unmarshal(body, &v)
		v["id"] = id
		w.Header().Set("Content-Type", jsonType)
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(v)
	}
	switch {
	case s.fails > 0:
		s.fails--
		w.WriteHeader(http.StatusInternalServerError)
	case r.Method == http.MethodPost:
		s.made++
		id := fmt.Sprint("w", s.made)
		s.alive[id] = true
		answer(http.StatusCreated, id)
	case !s.alive[id]:
		w.WriteHeader(http.StatusNotFound)
	case r.Method == http.MethodDelete:
		delete(s.alive, id)
		w.WriteHeader(http.StatusNoContent)
	default:
		answer(http.StatusOK, id)
	}
}

// keeping runs a test with a service in which time stands still, and compares what happened.
func keeping(t *testing.T, want []string, run func(t *testing.T, s *watchService, c *Client, options []SubscribeOption)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &watchService{start: time.Now(), alive: map[string]bool{"old": true}}
		c := servePipes(t, s.ServeHTTP, NoRetry)
		c.jitter = func() float64 { return 0.5 }
		run(t, s, c, []SubscribeOption{
			OnSubscription(func(id string, expires time.Time) {
				s.note("save %s until %s", id, expires.Sub(s.start).Round(time.Second))
			}),
			OnMissed(func(_ context.Context, why string) { s.note("missed: %s", why) }),
			OnSubscriptionError(func(err error) { s.note("error: %.40s", err) }),
		})
		for i := range s.lines {
			s.lines[i] = strings.ReplaceAll(s.lines[i], "2000-01-01T", "")
		}
		if diff := cmp.Diff(want, s.lines); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestSubscribe(t *testing.T) {
	keeping(t, []string{
		`0s POST /watches {"resource":"/widgets","until":"01:00:00Z"}`,
		`0s save w1 until 1h0m0s`,
		`40m0s PATCH /watches/w1 {"until":"01:40:00Z"}`,
		`40m0s save w1 until 1h40m0s`,
		`50m0s PATCH /watches/w1 {"until":"01:50:00Z"}`, // the service asks for it
		`50m0s save w1 until 1h50m0s`,
		`50m0s missed: missed`,
		`1h0m0s POST /watches {"resource":"/widgets","until":"02:00:00Z"}`, // it was removed
		`1h0m0s save w2 until 2h0m0s`,
		`1h0m0s missed: removed`,
		`1h40m0s PATCH /watches/w2 {"until":"02:40:00Z"}`, // there is none any more
		`1h40m0s POST /watches {"resource":"/widgets","until":"02:40:00Z"}`,
		`1h40m0s save w3 until 2h40m0s`,
		`1h40m0s missed: removed`,
		`1h41m0s DELETE /watches/w3 `,
	}, func(t *testing.T, s *watchService, c *Client, options []SubscribeOption) {
		ctx, cancel := context.WithCancel(t.Context())
		wanted := &watch{Resource: Some("/widgets"), Until: Some(s.start.Add(time.Hour))}
		kept, err := subscribe(ctx, c, watchKind, wanted, append(options, DeleteSubscription()))
		if err != nil {
			t.Fatal(err)
		}
		tell := func(at time.Duration, id, event string, want bool) {
			time.Sleep(time.Until(s.start.Add(at)))
			if got := kept.Handle(Notification{SubscriptionID: id, Lifecycle: event}); got != want {
				t.Errorf("%s for %s is handled: %t", event, id, got)
			}
			synctest.Wait()
		}
		tell(50*time.Minute, "w1", "reauthorizationRequired", true)
		tell(50*time.Minute, "w2", "reauthorizationRequired", false)
		tell(50*time.Minute, "w1", "", false)
		tell(50*time.Minute, "w1", "missed", true)
		tell(60*time.Minute, "w1", "subscriptionRemoved", true)
		s.mu.Lock()
		clear(s.alive)
		s.mu.Unlock()
		time.Sleep(41 * time.Minute)
		if kept.ID() != "w3" || kept.Expires().Sub(s.start) != 160*time.Minute {
			t.Errorf("%s until %s", kept.ID(), kept.Expires())
		}
		cancel()
		if err := kept.Wait(); err != nil {
			t.Error(err)
		}
		if !wanted.Until.Or(time.Time{}).Equal(s.start.Add(time.Hour)) {
			t.Error("what was given has been changed")
		}
	})
}

// A subscription of the process before is taken up, renewed at once, and left at the end.
func TestSubscribeSaved(t *testing.T) {
	keeping(t, []string{
		`0s PATCH /watches/old {"until":"02:00:00Z"}`,
		`0s save old until 2h0m0s`,
		`0s PATCH /watches/gone {"until":"02:00:00Z"}`,
		`0s POST /watches {"resource":"/widgets","until":"02:00:00Z"}`,
		`0s save w1 until 2h0m0s`,
		`0s missed: removed`,
	}, func(t *testing.T, s *watchService, c *Client, options []SubscribeOption) {
		ctx, cancel := context.WithCancel(t.Context())
		options = append(options, SubscriptionLife(2*time.Hour))
		for _, id := range []string{"old", "gone"} {
			kept, err := subscribe(ctx, c, watchKind, &watch{Resource: Some("/widgets")}, append(options, SavedSubscription(id)))
			if err != nil {
				t.Fatal(err)
			}
			defer kept.Wait()
		}
		synctest.Wait()
		cancel()
	})
}

// Renewals that fail are tried again, slower each time.
func TestSubscribeFails(t *testing.T) {
	keeping(t, []string{
		`0s POST /watches {"until":"01:00:00Z"}`,
		`0s save w1 until 1h0m0s`,
		`40m0s PATCH /watches/w1 {"until":"01:40:00Z"}`,
		`40m0s error: PATCH /v1.0/watches/w1: 500 Internal Ser`,
		`40m10s PATCH /watches/w1 {"until":"01:40:10Z"}`,
		`40m10s error: PATCH /v1.0/watches/w1: 500 Internal Ser`,
		`40m30s PATCH /watches/w1 {"until":"01:40:30Z"}`,
		`40m30s save w1 until 1h40m30s`,
	}, func(t *testing.T, s *watchService, c *Client, options []SubscribeOption) {
		ctx, cancel := context.WithCancel(t.Context())
		kept, err := subscribe(ctx, c, watchKind, &watch{}, append(options, SubscriptionLife(time.Hour)))
		if err != nil {
			t.Fatal(err)
		}
		s.mu.Lock()
		s.fails = 2
		s.mu.Unlock()
		time.Sleep(time.Hour)
		cancel()
		<-kept.Done()
		if err := kept.Wait(); err != nil {
			t.Error(err)
		}
	})
}

func TestSubscribeRefuses(t *testing.T) {
	keeping(t, []string{`0s POST /watches {"until":"00:02:00Z"}`}, func(t *testing.T, s *watchService, c *Client, _ []SubscribeOption) {
		s.fails = 1
		tests := map[string]struct {
			client *Client
			life   time.Duration
			want   string
		}{
			"no end":    {c, 0, "the subscription would live for 0s: set until to a later time, or use SubscriptionLife"},
			"too short": {c, time.Second, "the subscription would live for 1s: set until to a later time, or use SubscriptionLife"},
			"no client": {nil, time.Hour, errNoClient.Error()},
			"refused":   {c, 2 * time.Minute, "POST /v1.0/watches: 500 Internal Server Error"},
		}
		for name, test := range tests {
			_, err := subscribe(t.Context(), test.client, watchKind, &watch{}, []SubscribeOption{nil, SubscriptionLife(test.life)})
			if err == nil || err.Error() != test.want {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
