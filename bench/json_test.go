package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// plainChat and plainMember are what one would write by hand for encoding/json.
type plainChat struct {
	ID                  string        `json:"id,omitempty"`
	Topic               *string       `json:"topic,omitempty"`
	CreatedDateTime     *time.Time    `json:"createdDateTime,omitempty"`
	LastUpdatedDateTime *time.Time    `json:"lastUpdatedDateTime,omitempty"`
	ChatType            string        `json:"chatType,omitempty"`
	WebURL              *string       `json:"webUrl,omitempty"`
	TenantID            *string       `json:"tenantId,omitempty"`
	Members             []plainMember `json:"members,omitempty"`
}

type plainMember struct {
	ODataType                   string     `json:"@odata.type,omitempty"`
	ID                          string     `json:"id,omitempty"`
	Roles                       []string   `json:"roles,omitempty"`
	DisplayName                 *string    `json:"displayName,omitempty"`
	VisibleHistoryStartDateTime *time.Time `json:"visibleHistoryStartDateTime,omitempty"`
	UserID                      *string    `json:"userId,omitempty"`
	Email                       *string    `json:"email,omitempty"`
	TenantID                    *string    `json:"tenantId,omitempty"`
	User                        plainUser  `json:"user@odata.bind,omitempty"`
}

// plainUser is the key of a user who is bound. The text of the bind is made while it is encoded, as ours is: whoever has made it before
// has paid for it elsewhere.
type plainUser string

// MarshalText returns the address of the user.
func (u plainUser) MarshalText() ([]byte, error) {
	key := url.PathEscape(strings.ReplaceAll(string(u), "'", "''"))
	return []byte("https://graph.microsoft.com/v1.0/users('" + key + "')"), nil
}

const (
	firstUser  = "8b081ef6-4792-4def-b2c9-c363a1bf41d5"
	secondUser = "82af01c5-f7cc-4a2e-a728-3a5df21afd9d"
	memberType = "#microsoft.graph.aadUserConversationMember"
)

// newChat is the documented body that creates a one-on-one chat.
func newChat() *graph.Chat {
	member := func(id string) graph.AnyConversationMember {
		return &graph.AadUserConversationMember{Roles: []string{graph.RoleOwner}, User: graph.BindUser(id)}
	}
	return &graph.Chat{
		ChatType: graph.ChatTypeOneOnOne, Members: []graph.AnyConversationMember{member(firstUser), member(secondUser)},
	}
}

// newPlainChat is the same in plain structs.
func newPlainChat() *plainChat {
	member := func(id string) plainMember {
		return plainMember{ODataType: memberType, Roles: []string{"owner"}, User: plainUser(id)}
	}
	return &plainChat{ChatType: "oneOnOne", Members: []plainMember{member(firstUser), member(secondUser)}}
}

// chats are 50 chats with five expanded members each, a JSON text each.
func chats(tb testing.TB) [][]byte {
	tb.Helper()
	text := func(format string, args ...any) *string { s := fmt.Sprintf(format, args...); return &s }
	at := time.Date(2020, 12, 4, 23, 10, 28, 510e6, time.UTC)
	all := make([][]byte, 50)
	for i := range all {
		chat := plainChat{
			ID: fmt.Sprintf("19:82fe7758-5bb3-4f0d-a43f-e555fd39%04d@unq.gbl.spaces", i), Topic: text("Topic %d", i), ChatType: "group",
			CreatedDateTime: &at, LastUpdatedDateTime: &at, TenantID: text("b33cbe9f-8ebe-4f2a-912b-7e2a427f477f"),
			WebURL: text("https://teams.microsoft.com/l/chat/19%%3A82fe7758-5bb3-4f0d-a43f-e555fd39%04d@unq.gbl.spaces/0", i),
		}
		for m := range 5 {
			chat.Members = append(chat.Members, plainMember{
				ODataType: memberType, ID: fmt.Sprintf("MCMjMCMjZGNkMjE5ZGQtYmM2OC00YjliLWJmMGItNGEzM2E3OTZi%04d%d=", i, m),
				Roles: []string{"owner"}, DisplayName: text("Member %d of chat %d", m, i), VisibleHistoryStartDateTime: &at,
				UserID: text("8b081ef6-4792-4def-b2c9-c363a1bf%04d", i), Email: text("member%d.%d@contoso.com", m, i),
				TenantID: text("b33cbe9f-8ebe-4f2a-912b-7e2a427f477f"),
			})
		}
		data, err := json.Marshal(chat)
		if err != nil {
			tb.Fatal(err)
		}
		all[i] = data
	}
	return all
}

// The benchmarks compare like with like: both sides write, and read, the same JSON.
func TestSameJSON(t *testing.T) {
	ours, err := newChat().MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	plain, err := json.Marshal(newPlainChat())
	if err != nil {
		t.Fatal(err)
	}
	compareJSON(t, plain, ours)
	for _, data := range chats(t) {
		var chat graph.Chat
		if err := chat.UnmarshalJSON(data); err != nil {
			t.Fatal(err)
		}
		if len(chat.AdditionalProperties) > 0 {
			t.Errorf("properties that are not decoded: %v", chat.AdditionalProperties)
		}
		again, err := chat.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		compareJSON(t, data, again)
	}
}

func compareJSON(t *testing.T, want, got []byte) {
	t.Helper()
	var wantValue, gotValue any
	if err := json.Unmarshal(want, &wantValue); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(got, &gotValue); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantValue, gotValue); diff != "" {
		t.Errorf("-plain +ours:\n%s", diff)
	}
}

func BenchmarkEncodeCreateChat(b *testing.B) {
	b.Run("graphslice", func(b *testing.B) {
		chat := newChat()
		b.ReportAllocs()
		for b.Loop() {
			if _, err := chat.MarshalJSON(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("plain", func(b *testing.B) {
		chat := newPlainChat()
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(chat); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkBuildChat builds the body as well, as each call does.
func BenchmarkBuildChat(b *testing.B) {
	b.Run("graphslice", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := newChat().MarshalJSON(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("plain", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(newPlainChat()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkDecode50Chats(b *testing.B) {
	decode50Chats(b, func(data []byte, chat *plainChat) error { return json.Unmarshal(data, chat) })
}

func decode50Chats(b *testing.B, plain func(data []byte, chat *plainChat) error) {
	all := chats(b)
	b.Run("graphslice", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, data := range all {
				var chat graph.Chat
				if err := chat.UnmarshalJSON(data); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("plain", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, data := range all {
				var chat plainChat
				if err := plain(data, &chat); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
