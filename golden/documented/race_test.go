package documented_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	graph "github.com/graphslice/graphslice/generated/beta/graph"
	"github.com/graphslice/graphslice/generated/beta/graphtest"
)

// TestClientIsSharedSafely uses one client in many goroutines at once, over a network; go test -race sees what they share, in the client
// and in the fake that answers. Each checks that it gets the answers to its own requests.
func TestClientIsSharedSafely(t *testing.T) {
	fake := chatsByAddress(t)
	server := httptest.NewServer(fake)
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
	if calls := fake.Calls(); len(calls) != 32*5 {
		t.Errorf("the fake got %d calls", len(calls))
	}
}

// chatsByAddress is a fake that answers a chat by the key in its address, a creation by the topic that it was sent, a list by two
// pages, and a deletion by a 404.
func chatsByAddress(t *testing.T) *graphtest.Server {
	fake := graphtest.NewServer(t, graphtest.Token(testToken))
	fake.Chats().OnCreate(func(_ context.Context, _ graphtest.Call, chat *graph.Chat) (*graph.Chat, error) {
		return nil, graphtest.CreatedAt(chat.Topic.Or(""))
	})
	fake.Chats().OnList(func(_ context.Context, call graphtest.Call) (*graph.Page[*graph.Chat], error) {
		if id := call.Query.Get("$skiptoken"); id != "" {
			return &graph.Page[*graph.Chat]{Items: []*graph.Chat{{ID: id}}}, nil
		}
		id := call.Options.Search
		return &graph.Page[*graph.Chat]{Items: []*graph.Chat{{ID: id}}, NextLink: "?$skiptoken=" + id}, nil
	})
	fake.Chats().AnyID().OnGet(func(_ context.Context, call graphtest.Call) (*graph.Chat, error) {
		return &graph.Chat{ID: call.Key("chat-id")}, nil
	})
	fake.Chats().AnyID().OnDelete(func(_ context.Context, call graphtest.Call) error {
		return &graph.Error{StatusCode: http.StatusNotFound, Code: "NotFound", Message: call.Key("chat-id")}
	})
	return fake
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
