package documented_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	graph "github.com/graphslice/graphslice/generated/beta/graph"
)

func TestExchangesBeta(t *testing.T) {
	exchanges := betaChatExchanges()
	exchanges = append(exchanges, betaMemberExchanges()...)
	exchanges = append(exchanges, betaTeamExchanges()...)
	runAll(t, "beta", func(s *service) *graph.Client { return s.betaClient() }, exchanges)
}

// owner is a member with the role owner, bound by key.
func owner(key string) *graph.AadUserConversationMember {
	return &graph.AadUserConversationMember{Roles: []string{graph.RoleOwner}, User: graph.BindUser(key)}
}

// guestOf is a member with the role guest, bound by key.
func guestOf(key string) *graph.AadUserConversationMember {
	return &graph.AadUserConversationMember{Roles: []string{graph.RoleGuest}, User: graph.BindUser(key)}
}

// betaChatExchanges are those of "Create chat".
func betaChatExchanges() []exchange[*graph.Client] {
	create := func(chat *graph.Chat) func(context.Context, *graph.Client) (outcome, error) {
		return func(ctx context.Context, client *graph.Client) (outcome, error) {
			return betaOutcome(client.Chats().Create(ctx, chat))
		}
	}
	arrives := func(chat *graph.Chat) outcome {
		return outcome{Status: 201, ID: chat.ID, Value: chat, Waited: chat}
	}
	federated := owner(user2)
	federated.TenantID = graph.Some(otherTenant)

	return []exchange[*graph.Client]{{
		name: "create_one_on_one_chat",
		send: create(&graph.Chat{
			ChatType: graph.ChatTypeOneOnOne,
			Members:  []graph.AnyConversationMember{owner(user1), owner(user2)},
		}),
		want: arrives(betaOneOnOneChat()),
	}, {
		name: "create_one_on_one_chat_by_user_principal_name",
		send: create(&graph.Chat{
			ChatType: graph.ChatTypeOneOnOne,
			Members:  []graph.AnyConversationMember{owner("jacob@contoso.com"), owner("alex@contoso.com")},
		}),
		want: arrives(betaOneOnOneChat()),
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
			AdditionalProperties: chatContext("v1.0"), // as documented for beta
		}),
	}, {
		name: "create_group_chat",
		send: create(&graph.Chat{
			ChatType: graph.ChatTypeGroup,
			Topic:    graph.Some("Group chat title"),
			Members:  []graph.AnyConversationMember{owner(groupUser1), owner(groupUser2), owner(groupUser3)},
		}),
		want: arrives(betaGroupChat()),
	}, {
		name: "create_group_chat_with_in_tenant_guest",
		send: create(&graph.Chat{
			ChatType: graph.ChatTypeGroup,
			Topic:    graph.Some("Group chat title"),
			Members:  []graph.AnyConversationMember{owner(groupUser1), owner(groupUser2), guestOf(guest)},
		}),
		want: arrives(betaGroupChat()),
	}, {
		name: "create_one_on_one_chat_with_installed_app",
		send: create(&graph.Chat{
			ChatType:      graph.ChatTypeOneOnOne,
			Members:       []graph.AnyConversationMember{owner(user1), owner(user2)},
			InstalledApps: []*graph.TeamsAppInstallation{{TeamsApp: graph.BindTeamsApp(catalogApp).BySegment()}},
		}),
		answers: []answer{
			operationAnswer(`"inProgress"`, `null`),
			operationAnswer(`"succeeded"`, `"/chats('`+appChatID+`')"`),
			ok(`{"id":"` + appChatID + `","chatType":"oneOnOne","topic":null}`),
		},
		asked: []string{operationAddress, operationAddress, "/chats('" + appChatID + "')"},
		want: outcome{
			Status: 202, Accepted: true,
			Location: rootMark + operationAddress,
			ID:       operationID,
			Value:    (*graph.Chat)(nil),
			Waited:   &graph.Chat{ID: appChatID, ChatType: graph.ChatTypeOneOnOne, Topic: graph.Null[string]()},
		},
	}}
}

// operationAddress is where the operation that installs an app is found.
const operationAddress = "/chats('" + appChatID + "')/operations('" + operationID + "')"

// operationAnswer is the state of the operation that installs an app; status and target are JSON. It asks to be read
// again at once.
func operationAnswer(status, target string) answer {
	a := ok(`{
		"@odata.context": "https://graph.microsoft.com/beta/$metadata#chats('chat')/operations/$entity",
		"id": "` + operationID + `",
		"operationType": "createChat",
		"createdDateTime": "2020-12-04T23:10:28.51Z",
		"status": ` + status + `,
		"lastActionDateTime": "2020-12-04T23:10:29.1Z",
		"attemptsCount": 1,
		"targetResourceId": "` + appChatID + `",
		"targetResourceLocation": ` + target + `,
		"error": null
	}`)
	a.headers["Retry-After"] = "0"
	return a
}

// betaMemberExchanges are those of "Add member to a chat": 201 with a Location and no body.
func betaMemberExchanges() []exchange[*graph.Client] {
	memberAddress := "/chats/" + memberChatID + "/members/" + memberID
	add := func(name string, member *graph.AadUserConversationMember) exchange[*graph.Client] {
		return exchange[*graph.Client]{
			name: name,
			send: func(ctx context.Context, client *graph.Client) (outcome, error) {
				return betaOutcome(client.Chats().ByID(memberChatID).Members().Create(ctx, member))
			},
			answers: []answer{ok(addedMember)},
			asked:   []string{memberAddress},
			want: outcome{
				Status: 201, Location: rootMark + memberAddress, ID: memberID,
				Value:  graph.AnyConversationMember(nil),
				Waited: wantAddedMember(),
			},
		}
	}
	// The reference binds by segment here.
	bound := func(role, key string) *graph.AadUserConversationMember {
		return &graph.AadUserConversationMember{Roles: []string{role}, User: graph.BindUser(key).BySegment()}
	}
	since := instant("2019-04-18T23:51:43.255Z")
	byName := bound(graph.RoleOwner, "jacob@contoso.com")
	byName.VisibleHistoryStartDateTime = graph.Some(since)
	sinceTime := bound(graph.RoleOwner, user1)
	sinceTime.VisibleHistoryStartDateTime = graph.Some(since)
	whole := bound(graph.RoleOwner, user1)
	whole.VisibleHistoryStartDateTime = graph.Some(time.Time{})
	outsider := bound(graph.RoleOwner, user2)
	outsider.TenantID = graph.Some(otherTenant)

	return []exchange[*graph.Client]{
		add("add_in_tenant_guest_without_history", bound(graph.RoleGuest, guest)),
		add("add_member_by_user_principal_name", byName),
		add("add_member_with_history_since_time", sinceTime),
		add("add_member_with_whole_history", whole),
		add("add_member_without_history", bound(graph.RoleOwner, user1)),
		add("add_out_of_tenant_guest_without_history", outsider),
	}
}

// addedMember is what a read of the member's Location answers.
const addedMember = `{
	"@odata.context": "https://graph.microsoft.com/beta/$metadata#chats('chat')/members/$entity",
	"@odata.type": "#microsoft.graph.aadUserConversationMember",
	"id": "` + memberID + `",
	"roles": ["owner"],
	"displayName": "Jacob",
	"userId": "` + user1 + `",
	"email": "jacob@contoso.com",
	"tenantId": "` + otherTenant + `",
	"visibleHistoryStartDateTime": "2019-04-18T23:51:43.255Z"
}`

func wantAddedMember() *graph.AadUserConversationMember {
	return &graph.AadUserConversationMember{
		ODataType:                   "#microsoft.graph.aadUserConversationMember",
		ID:                          memberID,
		Roles:                       []string{graph.RoleOwner},
		DisplayName:                 graph.Some("Jacob"),
		UserID:                      graph.Some(user1),
		Email:                       graph.Some("jacob@contoso.com"),
		TenantID:                    graph.Some(otherTenant),
		VisibleHistoryStartDateTime: graph.Some(instant("2019-04-18T23:51:43.255Z")),
		AdditionalProperties: map[string]json.RawMessage{
			"@odata.context": json.RawMessage(`"` + globalRoot("beta") + `/$metadata#chats('chat')/members/$entity"`),
		},
	}
}

// betaTeamExchanges are those of "Add member to team". The reference shows no body and documents no Location, so nothing
// is left to wait for.
func betaTeamExchanges() []exchange[*graph.Client] {
	add := func(name, key string) exchange[*graph.Client] {
		return exchange[*graph.Client]{
			name: name,
			send: func(ctx context.Context, client *graph.Client) (outcome, error) {
				return betaOutcome(client.Teams().ByID(teamID).Members().Create(ctx, owner(key)))
			},
			want: outcome{
				Status:  201,
				Value:   graph.AnyConversationMember(nil),
				Waited:  graph.AnyConversationMember(nil),
				WaitErr: "POST /beta/teams/" + teamID + "/members: the service sent neither a body nor a Location",
			},
		}
	}
	return []exchange[*graph.Client]{
		add("add_team_member", user1),
		add("add_team_member_by_user_principal_name", "jacob@contoso.com"),
	}
}

// betaOneOnOneChat is the one-on-one chat that the reference answers with.
func betaOneOnOneChat() *graph.Chat {
	return &graph.Chat{
		ID:                   oneOnOneChatID,
		ChatType:             graph.ChatTypeOneOnOne,
		Topic:                graph.Null[string](),
		CreatedDateTime:      graph.Some(instant("2020-12-04T23:10:28.51Z")),
		LastUpdatedDateTime:  graph.Some(instant("2020-12-04T23:10:28.51Z")),
		WebURL:               graph.Some(oneOnOneWebURL),
		AdditionalProperties: chatContext("beta"),
	}
}

// betaGroupChat is the group chat that the reference answers with.
func betaGroupChat() *graph.Chat {
	return &graph.Chat{
		ID:                   groupChatID,
		ChatType:             graph.ChatTypeGroup,
		Topic:                graph.Some("Group chat title"),
		CreatedDateTime:      graph.Some(instant("2020-12-04T23:11:16.175Z")),
		LastUpdatedDateTime:  graph.Some(instant("2020-12-04T23:11:16.175Z")),
		WebURL:               graph.Some(groupWebURL),
		AdditionalProperties: chatContext("beta"),
	}
}
