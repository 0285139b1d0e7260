package graphtest_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
	"github.com/graphslice/graphslice/generated/v1.0/graphtest"
)

// welcome is a program: it creates a chat and adds a member.
func welcome(ctx context.Context, client *graph.Client, name string) ([]string, error) {
	chat, err := client.Chats().Create(ctx, &graph.Chat{ChatType: graph.ChatTypeGroup})
	if err != nil {
		return nil, err
	}
	_, err = client.Chats().ByID(chat.ID()).Members().Create(ctx, &graph.AadUserConversationMember{
		Roles: []string{"owner"}, User: graph.BindUser(name),
	})
	if err != nil {
		return nil, err
	}
	var names []string
	for member, err := range client.Chats().ByID(chat.ID()).Members().All(ctx, nil) {
		if err != nil {
			return nil, err
		}
		names = append(names, member.GetConversationMember().DisplayName.Or(""))
	}
	for _, err := range client.Me().Chats().All(ctx, nil) {
		if err != nil {
			return nil, err
		}
	}
	return names, nil
}

func TestWelcome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		members := []graph.AnyConversationMember{
			&graph.AadUserConversationMember{DisplayName: graph.Some("Alex")}, &graph.ConversationMember{DisplayName: graph.Some("Bo")},
			&graph.AnonymousGuestConversationMember{DisplayName: graph.Some("Cleo")},
		}
		srv := graphtest.NewServer(t)
		srv.Chats().OnCreate(func(ctx context.Context, call graphtest.Call, chat *graph.Chat) (*graph.Chat, error) {
			return &graph.Chat{ID: "19:new@thread.v2", ChatType: chat.ChatType}, nil
		})
		srv.Chats().AnyID().Members().OnCreate(graphtest.Created[graph.AnyConversationMember]("MCMj="))
		srv.Chats().AnyID().Members().OnList(graphtest.Pages(members, 2))
		srv.Me().Chats().OnList(
			graphtest.Fail[*graph.Page[*graph.Chat]](&graph.Error{StatusCode: 429, RetryAfter: 20 * time.Second}),
			graphtest.Then(graphtest.Pages([]*graph.Chat{{ID: "1"}}, 1)))

		start := time.Now()
		names, err := welcome(t.Context(), srv.Client(), "alex@contoso.com")
		if err != nil {
			t.Fatal(err)
		}
		if want := []string{"Alex", "Bo", "Cleo"}; !slices.Equal(names, want) {
			t.Errorf("members %q, want %q", names, want)
		}
		if waited := time.Since(start); waited != 20*time.Second {
			t.Errorf("waited %v", waited)
		}
		calls := srv.Calls()
		if len(calls) != 6 {
			t.Fatalf("%d calls, want 6", len(calls))
		}
		member := calls[1].Body.(graph.AnyConversationMember).(*graph.AadUserConversationMember)
		if id := member.User.ID(); id != "alex@contoso.com" {
			t.Errorf("bound to %q", id)
		}
		if call := calls[1]; call.Method+" "+call.Operation != "POST /chats/{chat-id}/members" || call.Key("chat-id") != "19:new@thread.v2" || call.Status != 201 {
			t.Errorf("call %+v", call)
		}
	})
}

// Over a network, in a batch, with an operation in the background.
func TestEveryKindOfCall(t *testing.T) {
	srv := graphtest.NewServer(t)
	srv.Chats().OnCreate(func(context.Context, graphtest.Call, *graph.Chat) (*graph.Chat, error) {
		return nil, graphtest.Accepted("running", map[string]string{"status": "succeeded", "targetResourceLocation": "/chats/7"})
	})
	srv.Chats().ByID("7").OnGet(graphtest.Value(&graph.Chat{ID: "7", Topic: graph.Some("t")})).Times(2)
	srv.Chats().AnyID().OnGet().Fail(&graph.Error{StatusCode: 404, Code: "NotFound"})
	srv.Chats().ByID("7").OnDelete(func(context.Context, graphtest.Call) error { return nil })
	network := httptest.NewServer(srv)
	defer network.Close()

	client := srv.Client(graph.WithHTTPClient(network.Client()), graph.WithServiceRoot(network.URL+"/v1.0"))
	ctx := t.Context()
	b := client.NewBatch()
	get := graph.InBatch(b, func(ctx context.Context, c *graph.Client) (*graph.Chat, error) {
		return c.Chats().ByID("7").Get(ctx, nil)
	})
	none := graph.InBatch(b, func(ctx context.Context, c *graph.Client) (*graph.Chat, error) {
		return c.Chats().ByID("8").Get(ctx, nil)
	})
	if err := b.Send(ctx); err != nil {
		t.Fatal(err)
	}
	if chat, err := get.Result(); err != nil || chat.Topic.Or("") != "t" {
		t.Errorf("%v, %v", chat, err)
	}
	if _, err := none.Result(); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("%v, want not found", err)
	}
	if err := client.Chats().ByID("7").Delete(ctx); err != nil {
		t.Error(err)
	}
	if len(srv.Calls()) != 3 {
		t.Errorf("%d calls", len(srv.Calls()))
	}
	made, err := client.Chats().Create(ctx, &graph.Chat{ChatType: graph.ChatTypeGroup})
	if err != nil {
		t.Fatal(err)
	}
	if chat, err := made.Wait(ctx); err != nil || chat.ID != "7" {
		t.Errorf("%v, %v", chat, err)
	}
}
