package faults_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"

	graph "github.com/graphslice/graphslice/generated/v1.0/graph"
)

// TestCreations creates thousands of chats at a service that answers one request in ten with a fault. What the client
// reports must be what the service recorded: nothing doubled, nothing lost, nothing reported wrongly.
func TestCreations(t *testing.T) {
	counts := map[string]int{"HTTP 1.1": 10_000, "HTTP 1.1 over TLS": 500, "HTTP 2 over TLS": 1_000}
	for _, p := range protocols {
		t.Run(p.name, func(t *testing.T) { createChats(t, p, counts[p.name]) })
	}
}

// workers is how many goroutines create chats at once.
const workers = 16

func createChats(t *testing.T, p protocol, count int) {
	s := &ledger{random: rand.New(rand.NewPCG(1, uint64(count))), chats: map[string]int{}, cancels: map[string]context.CancelFunc{}}
	server := serve(t, p, s)
	server.Client().Transport.(*http.Transport).MaxIdleConnsPerHost = workers
	client := newClient(t, server)
	outcomes := make([]error, count)
	topics := make(chan int)
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for i := range topics {
				outcomes[i] = s.create(client, fmt.Sprint(i))
			}
		})
	}
	for i := range count {
		topics <- i
	}
	close(topics)
	running.Wait()

	s.mu.Lock()
	defer s.mu.Unlock()
	succeeded, refused, unknownDone, unknownUndone := 0, 0, 0, 0
	for i, err := range outcomes {
		switch done := s.chats[fmt.Sprint(i)]; {
		case done > 1:
			t.Errorf("chat %d was created %d times; the client reported %v", i, done, err)
		case err == nil && done == 1:
			succeeded++
		case errors.Is(err, graph.ErrOutcomeUnknown) && done == 1:
			unknownDone++
		case errors.Is(err, graph.ErrOutcomeUnknown):
			unknownUndone++
		case err != nil && done == 0:
			refused++
		default:
			t.Errorf("chat %d was created %d times, but the client reported %v", i, done, err)
		}
	}
	t.Logf("%d requests, %d faults: %d created, %d refused, %d unknown of which %d created",
		s.requests, s.faults, succeeded, refused, unknownDone+unknownUndone, unknownDone)
	if succeeded+unknownDone != len(s.chats) || succeeded < count*9/10 || refused == 0 || unknownDone == 0 || unknownUndone == 0 {
		t.Errorf("the service has %d chats; not every kind of outcome came up", len(s.chats))
	}
}

// ledger is a service that records the chats that it creates, by topic.
type ledger struct {
	mu               sync.Mutex
	random           *rand.Rand
	chats            map[string]int
	cancels          map[string]context.CancelFunc // of the calls that go on
	requests, faults int
}

// create creates a chat, and checks that the one that is reported is the one that was asked for.
func (s *ledger) create(client *graph.Client, topic string) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s.mu.Lock()
	s.cancels[topic] = cancel
	s.mu.Unlock()
	created, err := client.Chats().Create(ctx, &graph.Chat{ChatType: graph.ChatTypeGroup, Topic: graph.Some(topic)})
	if err == nil && created.ID() != "chat-"+topic {
		return fmt.Errorf("chat %s was reported as %s", topic, created.ID())
	}
	return err
}

func (s *ledger) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var chat struct{ Topic string }
	if err != nil || json.Unmarshal(body, &chat) != nil {
		return // a request that breaks off creates nothing
	}
	kind := s.record(chat.Topic)
	created := fmt.Sprintf(`{"id":"chat-%s","chatType":"group"}`, chat.Topic)
	switch kind {
	case okay:
		reply(http.StatusCreated, created)(w, r)
	case canceled:
		s.mu.Lock()
		cancel := s.cancels[chat.Topic]
		s.mu.Unlock()
		silent(cancel)(w, r)
	default:
		faults[kind].step(w, r)
	}
}

// fault is an answer that is no success.
type fault struct {
	step http.HandlerFunc
	// done says how often the chat is created for all that: never, always, or by chance.
	done chance
}

type chance int

const (
	never chance = iota
	perhaps
	always
)

// okay and canceled are what record returns besides an index into faults.
const (
	okay     = -1
	canceled = -2
)

var faults = []fault{
	{reply(429, ""), never},
	{reply(429, "", "Retry-After", "0"), never},
	{reply(429, "", "Retry-After", "31536000000"), never},
	{reply(503, "", "Retry-After", "1"), never},
	{reply(503, "", "Retry-After", "Wed, 01 May 2024 12:00:30 GMT"), never},
	{reply(503, ""), perhaps},
	{reply(503, "", "Retry-After", "NaN"), perhaps},
	{reply(502, "<html>Bad Gateway</html>"), perhaps},
	{reply(504, ""), perhaps},
	{reply(500, `{"error":{"code":"InternalServerError"}}`), perhaps},
	{reply(400, `{"error":"no"}`), never},
	{reply(409, ""), never},
	{cutOff, perhaps},
	{resetConnection, perhaps},
	{half, always},
	{shortGzip, always},
	{reply(201, "<html>Welcome to the hotel</html>"), always},
	{reply(201, `{"id":`), always},
	{reply(429, "", "Connection", "close"), never},
}

// record decides what comes of a request, and writes down whether the chat has been created.
func (s *ledger) record(topic string) (kind int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	kind, done := okay, true
	if s.random.IntN(10) == 0 {
		s.faults++
		kind = s.random.IntN(len(faults)+1) - 1
		luck := perhaps
		if kind == okay {
			kind = canceled
		} else {
			luck = faults[kind].done
		}
		done = luck == always || luck == perhaps && s.random.IntN(2) == 0
	}
	if done {
		s.chats[topic]++
	}
	return kind
}
