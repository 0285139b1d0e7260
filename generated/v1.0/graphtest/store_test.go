package graphtest_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
	"github.com/graphslice/graphslice/generated/v1.0/graphtest"
)

// newStore returns a store that knows two users, by their ids and by their names.
func newStore(t *testing.T, options ...graphtest.Option) *graphtest.Store {
	store := graphtest.NewStore(t, options...)
	store.AlternateKey("/users", "userPrincipalName")
	for id, name := range map[string]string{"8b08": "alex@contoso.com", "82af": "bo@contoso.com"} {
		store.Users().Put(&graph.User{ID: id, AdditionalProperties: map[string]json.RawMessage{
			"userPrincipalName": json.RawMessage(`"` + name + `"`),
		}})
	}
	return store
}

// member is a member of a chat or of a team, as one is sent.
func member(user string) *graph.AadUserConversationMember {
	return &graph.AadUserConversationMember{Roles: []string{graph.RoleOwner}, User: graph.BindUser(user)}
}

// users are the ids of those who are members.
func users(members []graph.AnyConversationMember) []string {
	var ids []string
	for _, m := range members {
		if m, ok := m.(*graph.AadUserConversationMember); ok {
			ids = append(ids, m.User.ID())
		}
	}
	slices.Sort(ids)
	return ids
}

func TestOneOnOneChatTwice(t *testing.T) {
	store := newStore(t)
	store.Chats().Unique(func(made, old *graph.Chat) bool {
		return made.ChatType == graph.ChatTypeOneOnOne && old.ChatType == made.ChatType &&
			slices.Equal(users(made.Members), users(old.Members))
	})
	ctx, client := t.Context(), store.Client()
	var ids []string
	for _, name := range []string{"alex@contoso.com", "8b08"} { // the same user
		created, err := client.Chats().Create(ctx, &graph.Chat{
			ChatType: graph.ChatTypeOneOnOne,
			Members:  []graph.AnyConversationMember{member("82af"), member(name)},
		})
		if err != nil {
			t.Fatal(err)
		}
		chat, err := created.Wait(ctx)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, chat.ID)
	}
	if ids[0] == "" || ids[0] != ids[1] {
		t.Errorf("the chats are %q", ids)
	}
	if chats := store.Chats().Stored(); len(chats) != 1 || len(chats[0].Members) != 2 {
		t.Errorf("the store has %d chats", len(chats))
	}
}

func TestMemberWithHistory(t *testing.T) {
	store := newStore(t)
	store.Chats().Put(&graph.Chat{ID: "19:a@thread.v2", ChatType: graph.ChatTypeGroup})
	ctx := t.Context()
	members := store.Client().Chats().ByID("19:a@thread.v2").Members()
	for _, since := range []time.Time{{}, time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)} {
		m := member("alex@contoso.com")
		m.VisibleHistoryStartDateTime = graph.Some(since)
		if _, err := members.Create(ctx, m); err != nil {
			t.Fatal(err)
		}
	}
	filter := graph.Filterf("visibleHistoryStartDateTime lt %s", time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
	page, err := members.List(ctx, &graph.ListOptions{Filter: filter})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Items) != 1 || !page.Items[0].GetConversationMember().VisibleHistoryStartDateTime.Or(time.Now()).IsZero() {
		t.Errorf("%d members see the whole history", len(page.Items))
	}
	if n, err := members.Count(ctx, nil); n != 2 || err != nil {
		t.Error(n, err)
	}
	_, err = members.Create(ctx, member("nobody@contoso.com"))
	if !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("a member who does not exist: %v", err)
	}
}

func TestTeamMember(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newStore(t, graphtest.Polls(3))
		store.Teams().ByID("57fb").Members().Put() // a team without members
		ctx := t.Context()
		members := store.Client().Teams().ByID("57fb").Members()
		created, err := members.Create(ctx, member("8b08"))
		if err != nil {
			t.Fatal(err)
		}
		m, err := created.Wait(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if roles := m.GetConversationMember().Roles; !slices.Equal(roles, []string{graph.RoleOwner}) {
			t.Errorf("the roles are %q", roles)
		}
		if got := users(store.Teams().ByID("57fb").Members().Stored()); !slices.Equal(got, []string{"8b08"}) {
			t.Errorf("the members are %q", got)
		}
		if err := members.ByID(m.GetConversationMember().ID).Delete(ctx); err != nil {
			t.Fatal(err)
		}
		if got := store.Teams().ByID("57fb").Members().Stored(); len(got) != 0 {
			t.Errorf("%d members are left", len(got))
		}
		_, err = store.Client().Teams().ByID("none").Members().Create(ctx, member("8b08"))
		if !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("a team that is not there: %v", err)
		}
	})
}

// What the store keeps is written under the client's own kinds of calls: batches, pages, versions.
func TestStoreUnderTheClient(t *testing.T) {
	store := newStore(t, graphtest.PageSize(2))
	store.Users().ByID("8b08").Chats().Put(&graph.Chat{ID: "b"}, &graph.Chat{ID: "a", Topic: graph.Some("lunch")})
	store.Chats().Put(&graph.Chat{ID: "c", Topic: graph.Some("tea")})
	ctx, client := t.Context(), store.Client()

	var ids []string
	for chat, err := range client.Chats().All(ctx, &graph.ListOptions{OrderBy: []string{"id desc"}}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, chat.ID)
	}
	if !slices.Equal(ids, []string{"c", "b", "a"}) {
		t.Errorf("the chats are %q", ids)
	}
	batch := client.NewBatch()
	topic := graph.InBatch(batch, func(ctx context.Context, c *graph.Client) (*graph.Chat, error) {
		return c.Chats().ByID("a").Get(ctx, nil)
	})
	gone := batch.Do(func(ctx context.Context, c *graph.Client) error { return c.Chats().ByID("c").Delete(ctx) })
	if err := batch.Send(ctx); err != nil {
		t.Fatal(err)
	}
	chat, err := topic.Result()
	if err != nil || chat.Topic.Or("") != "lunch" {
		t.Error(chat, err)
	}
	if _, err := gone.Result(); err != nil {
		t.Error(err)
	}
	changed := &graph.Chat{Topic: graph.Null[string]()}
	if _, err = client.Chats().ByID("a").Update(ctx, changed, graph.IfMatch(`W/"1"`)); !errors.Is(err, graph.ErrPreconditionFailed) {
		t.Errorf("an old version: %v", err)
	}
	if _, err = client.Chats().ByID("a").Update(ctx, changed, graph.IfMatch(chat.ETag)); err != nil {
		t.Error(err)
	}
	if topic := store.Chats().ByID("a").Stored().Topic; !topic.IsNull() {
		t.Errorf("the topic is %v", topic)
	}
	if store.Chats().ByID("c").Stored() != nil {
		t.Error("a chat that was deleted is there")
	}
}

// The service fills in who a member is; what it does beside its metadata is told the store once.
func TestFilledMember(t *testing.T) {
	store := newStore(t)
	store.Chats().AnyID().Members().Fill(func(made graph.AnyConversationMember) {
		if m, ok := made.(*graph.AadUserConversationMember); ok {
			m.UserID = graph.Some(m.User.ID())
		}
	})
	ctx := t.Context()
	created, err := store.Client().Chats().Create(ctx, &graph.Chat{
		ChatType: graph.ChatTypeGroup, Members: []graph.AnyConversationMember{member("alex@contoso.com")},
	})
	if err != nil {
		t.Fatal(err)
	}
	page, err := store.Client().Chats().ByID(created.ID()).Members().List(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if m := page.Items[0].(*graph.AadUserConversationMember); m.UserID.Or("") != "8b08" || m.ID == "" {
		t.Errorf("the member is %+v", m)
	}
}
