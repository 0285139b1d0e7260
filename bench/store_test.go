package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
	"github.com/graphslice/graphslice/generated/v1.0/graphtest"
)

// plainStore is a service of chats as one writes it for a test: it decodes and encodes plain structs, and checks nothing.
type plainStore struct {
	mu    sync.Mutex
	chats map[string]*plainChat
}

func (s *plainStore) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	status := http.StatusOK
	chat := s.chats[strings.TrimPrefix(r.URL.Path, "/v1.0/chats/")]
	if r.Method == http.MethodPost {
		chat, status = new(plainChat), http.StatusCreated
		if err := json.NewDecoder(r.Body).Decode(chat); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		chat.ID = fmt.Sprintf("19:%d@thread.v2", len(s.chats))
		s.chats[chat.ID] = chat
	}
	if chat == nil {
		http.NotFound(w, r)
		return
	}
	shown := *chat
	shown.Members = nil // as the service does unless it is asked for them
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(shown)
}

// newFilledStore returns a store that has the users whom newChat binds.
func newFilledStore(tb testing.TB) *graphtest.Store {
	store := graphtest.NewStore(tb)
	store.Users().Put(&graph.User{ID: firstUser}, &graph.User{ID: secondUser})
	return store
}

// createAndRead makes so many chats, and reads each.
func createAndRead(ctx context.Context, tb testing.TB, client *graph.Client, n int) {
	for range n {
		created, err := client.Chats().Create(ctx, newChat())
		if err != nil {
			tb.Fatal(err)
		}
		chat, err := client.Chats().ByID(created.ID()).Get(ctx, nil)
		if err != nil || chat.ChatType != graph.ChatTypeOneOnOne {
			tb.Fatal(chat, err)
		}
	}
}

// TestSameService holds that the benchmark compares services that answer alike.
func TestSameService(t *testing.T) {
	plain := &plainStore{chats: map[string]*plainChat{}}
	store := newFilledStore(t)
	for _, service := range []http.Handler{plain, store} {
		server := httptest.NewServer(service)
		defer server.Close()
		createAndRead(t.Context(), t, newGraphClient(t, server.URL+"/v1.0"), 2)
	}
	if chats := store.Chats().Stored(); len(plain.chats) != 2 || len(chats) != 2 || len(chats[0].Members) != 2 {
		t.Errorf("%d and %d chats", len(plain.chats), len(chats))
	}
}

// BenchmarkStoreInTurn makes 10,000 chats and reads them against a store and against plain structs, a hundred at a time in turn, over
// loopback; and against a store without a network.
func BenchmarkStoreInTurn(b *testing.B) {
	for b.Loop() {
		store, plain := httptest.NewServer(newFilledStore(b)), httptest.NewServer(&plainStore{chats: map[string]*plainChat{}})
		clients := []*graph.Client{newGraphClient(b, store.URL+"/v1.0"), newGraphClient(b, plain.URL+"/v1.0"), newFilledStore(b).Client()}
		took := make([]time.Duration, len(clients))
		for range 100 {
			for i, client := range clients {
				start := time.Now()
				createAndRead(b.Context(), b, client, 100)
				took[i] += time.Since(start)
			}
		}
		for i, unit := range []string{"store-ns", "plain-ns", "direct-ns"} {
			b.ReportMetric(float64(took[i]), unit)
		}
		store.Close()
		plain.Close()
	}
}
