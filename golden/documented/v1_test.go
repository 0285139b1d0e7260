package documented_test

import (
	"context"
	"encoding/json"
	"testing"

	graph "github.com/graphslice/graphslice/generated/v1.0/graph"
)

func TestExchangesV1(t *testing.T) {
	owner := func(key string) *graph.AadUserConversationMember {
		return &graph.AadUserConversationMember{Roles: []string{graph.RoleOwner}, User: graph.BindUser(key)}
	}
	guestOf := func(key string) *graph.AadUserConversationMember {
		return &graph.AadUserConversationMember{Roles: []string{graph.RoleGuest}, User: graph.BindUser(key)}
	}
	create := func(chat *graph.Chat) func(context.Context, *graph.Client) (outcome, error) {
		return func(ctx context.Context, client *graph.Client) (outcome, error) {
			return v1Outcome(client.Chats().Create(ctx, chat))
		}
	}
	arrives := func(chat *graph.Chat) outcome {
		return outcome{Status: 201, ID: chat.ID, Value: chat, Waited: chat}
	}
	federated := owner(user2)
	federated.TenantID = graph.Some(otherTenant)

	runAll(t, "v1.0", (*service).v1Client, []exchange[*graph.Client]{{
		name: "create_one_on_one_chat",
		send: create(&graph.Chat{
			ChatType: graph.ChatTypeOneOnOne,
			Members:  []graph.AnyConversationMember{owner(user1), owner(user2)},
		}),
		want: arrives(v1OneOnOneChat()),
	}, {
		name: "create_one_on_one_chat_by_user_principal_name",
		send: create(&graph.Chat{
			ChatType: graph.ChatTypeOneOnOne,
			Members:  []graph.AnyConversationMember{owner("jacob@contoso.com"), owner("alex@contoso.com")},
		}),
		want: arrives(v1OneOnOneChat()),
	}, {
		name: "create_one_on_one_chat_with_federated_user",
		send: create(&graph.Chat{
			ChatType: graph.ChatTypeOneOnOne,
			Members:  []graph.AnyConversationMember{owner(user1), federated},
		}),
		want: arrives(&graph.Chat{
			ID:                   federatedChatID,
			ChatType:             graph.ChatTypeOneOnOne,
			Topic:                graph.Null[string](),
			CreatedDateTime:      graph.Some(instant("2020-12-04T23:10:28.51Z")),
			LastUpdatedDateTime:  graph.Some(instant("2020-12-04T23:10:28.51Z")),
			AdditionalProperties: chatContext("v1.0"),
		}),
	}, {
		name: "create_group_chat",
		send: create(&graph.Chat{
			ChatType: graph.ChatTypeGroup,
			Topic:    graph.Some("Group chat title"),
			Members:  []graph.AnyConversationMember{owner(groupUser1), owner(groupUser2), owner(groupUser3)},
		}),
		want: arrives(v1GroupChat()),
	}, {
		name: "create_group_chat_with_in_tenant_guest",
		send: create(&graph.Chat{
			ChatType: graph.ChatTypeGroup,
			Topic:    graph.Some("Group chat title"),
			Members:  []graph.AnyConversationMember{owner(groupUser1), owner(groupUser2), guestOf(guest)},
		}),
		want: arrives(v1GroupChat()),
	}})
}

// v1OneOnOneChat is the one-on-one chat that the reference answers with.
func v1OneOnOneChat() *graph.Chat {
	return &graph.Chat{
		ID:                   oneOnOneChatID,
		ChatType:             graph.ChatTypeOneOnOne,
		Topic:                graph.Null[string](),
		CreatedDateTime:      graph.Some(instant("2020-12-04T23:10:28.51Z")),
		LastUpdatedDateTime:  graph.Some(instant("2020-12-04T23:10:28.51Z")),
		WebURL:               graph.Some(oneOnOneWebURL),
		AdditionalProperties: chatContext("v1.0"),
	}
}

// v1GroupChat is the group chat that the reference answers with.
func v1GroupChat() *graph.Chat {
	return &graph.Chat{
		ID:                   groupChatID,
		ChatType:             graph.ChatTypeGroup,
		Topic:                graph.Some("Group chat title"),
		CreatedDateTime:      graph.Some(instant("2020-12-04T23:11:16.175Z")),
		LastUpdatedDateTime:  graph.Some(instant("2020-12-04T23:11:16.175Z")),
		WebURL:               graph.Some(groupWebURL),
		AdditionalProperties: chatContext("v1.0"),
	}
}

const (
	oneOnOneWebURL = "https://teams.microsoft.com/l/chat/19%3A82fe7758-5bb3-4f0d-a43f-e555fd399c6f_8c0a1a67-50ce-4114-bb6c-da9c5dbcf6ca@unq.gbl.spaces/0?tenantId=b33cbe9f-8ebe-4f2a-912b-7e2a427f477f"
	groupWebURL    = "https://teams.microsoft.com/l/chat/19%3A1c5b01696d2e4a179c292bc9cf04e63b@thread.v2/0?tenantId=b33cbe9f-8ebe-4f2a-912b-7e2a427f477f"
)

// chatContext is the annotation that comes with a chat.
func chatContext(version string) map[string]json.RawMessage {
	return map[string]json.RawMessage{
		"@odata.context": json.RawMessage(`"` + globalRoot(version) + `/$metadata#chats/$entity"`),
	}
}
