package documented_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	graph "github.com/graphslice/graphslice/generated/beta/graph"
)

// TestClientIsSharedSafely uses one client in many goroutines at once; go test -race sees what they share. Each checks
// that it gets the answers to its own requests.
func TestClientIsSharedSafely(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(answerByAddress))
	defer server.Close()
	client, err := graph.NewClient(graph.StaticToken(testToken), graph.WithServiceRoot(server.URL+"/beta"), graph.NoRetry)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 32 {
		all.Go(func() {
			if err := useClient(client, fmt.Sprintf("chat-%d", i)); err != nil {
				t.Errorf("goroutine %d: %v", i, err)
			}
		})
	}
	all.Wait()
}

// answerByAddress answers a chat by the last segment of its address, a creation by the topic that it was sent, a
// list by two pages, and a deletion by a 404.
func answerByAddress(w http.ResponseWriter, r *http.Request) {
	key := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	switch {
	case r.Method == http.MethodDelete:
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprintf(w, `{"error": {"code": "NotFound", "message": %q}}`, key)
	case r.Method == http.MethodPost:
		var chat struct{ Topic string }
		body, _ := io.ReadAll(r.Body)
		_ = json.Unmarshal(body, &chat)
		w.Header().Set("Location", "/chats/"+chat.Topic)
		w.WriteHeader(http.StatusCreated)
	case r.URL.Query().Get("$search") != "":
		key = r.URL.Query().Get("$search")
		fmt.Fprintf(w, `{"@odata.nextLink": "/chats?$skiptoken=%s", "value": [{"id": %q}]}`, key, key)
	case r.URL.Query().Get("$skiptoken") != "":
		fmt.Fprintf(w, `{"value": [{"id": %q}]}`, r.URL.Query().Get("$skiptoken"))
	default:
		fmt.Fprintf(w, `{"id": %q}`, key)
	}
}

// useClient makes calls of every kind about one chat.
func useClient(client *graph.Client, id string) error {
	ctx := context.Background()
	created, err := client.Chats().Create(ctx, &graph.Chat{Topic: graph.Some(id), Members: []graph.AnyConversationMember{owner(id)}})
	if err != nil {
		return err
	}
	chat, err := created.Wait(ctx)
	if err != nil {
		return err
	}
	ids := created.ID() + " " + chat.ID
	for chat, err := range client.Chats().All(ctx, &graph.ListOptions{Search: id}) {
		if err != nil {
			return err
		}
		ids += " " + chat.ID
	}
	err = client.Chats().ByID(id).Delete(ctx)
	var e *graph.Error
	if !errors.As(err, &e) || !errors.Is(err, graph.ErrNotFound) {
		return fmt.Errorf("got %v, want an *Error with 404", err)
	}
	ids += " " + e.Message
	if want := strings.TrimSpace(strings.Repeat(id+" ", 5)); ids != want {
		return fmt.Errorf("got %s, want %s", ids, want)
	}
	return nil
}
