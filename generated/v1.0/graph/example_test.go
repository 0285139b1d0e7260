package graph_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"strings"
	"time"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// A one-on-one chat is created, or found if it is there already.
func Example() {
	server := exampleService()
	defer server.Close()
	ctx := context.Background()

	client, err := graph.NewClient(graph.StaticToken("eyJ0..."), graph.WithServiceRoot(server.URL+"/v1.0"))
	if err != nil {
		log.Fatal(err)
	}
	created, err := client.Chats().Create(ctx, &graph.Chat{
		ChatType: graph.ChatTypeOneOnOne,
		Members: []graph.AnyConversationMember{
			&graph.AadUserConversationMember{
				Roles: []string{graph.RoleOwner},
				User:  graph.BindUser("8b081ef6-4792-4def-b2c9-c363a1bf41d5"),
			},
			&graph.AadUserConversationMember{
				Roles: []string{graph.RoleOwner},
				User:  graph.BindUser("alex@contoso.com"),
			},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	chat, err := created.Wait(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(chat.ID, chat.CreatedDateTime.Or(time.Time{}))
	// Output:
	// POST /v1.0/chats
	// {
	//   "chatType": "oneOnOne",
	//   "members": [
	//     {
	//       "@odata.type": "#microsoft.graph.aadUserConversationMember",
	//       "roles": [
	//         "owner"
	//       ],
	//       "user@odata.bind": "http://service/v1.0/users('8b081ef6-4792-4def-b2c9-c363a1bf41d5')"
	//     },
	//     {
	//       "@odata.type": "#microsoft.graph.aadUserConversationMember",
	//       "roles": [
	//         "owner"
	//       ],
	//       "user@odata.bind": "http://service/v1.0/users('alex@contoso.com')"
	//     }
	//   ]
	// }
	// 19:c@thread.v2 2020-12-04 23:10:28 +0000 UTC
}

// The service goes on in the background when a chat is created with an app; Wait waits for the chat.
func ExampleResult_Wait() {
	client, server := exampleChats()
	defer server.Close()
	ctx := context.Background()

	created, err := client.Chats().Create(ctx, &graph.Chat{
		ChatType: graph.ChatTypeOneOnOne,
		Members: []graph.AnyConversationMember{
			&graph.AadUserConversationMember{
				Roles:    []string{graph.RoleOwner},
				User:     graph.BindUser("alex@contoso.com"), // a user principal name is a key as well
				TenantID: graph.Some("4dc1fe35-8ac6-4f0d-904a-7ebcd364bea1"),
			},
		},
		InstalledApps: []*graph.TeamsAppInstallation{
			{TeamsApp: graph.BindTeamsApp("05F59CEC-A742-4A50-A62E-202A57E478A4")},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(created.Value, created.Accepted(), created.ID(), created.Response.StatusCode)
	fmt.Println(strings.Replace(created.Location, server.URL, "http://service", 1))
	chat, err := created.Wait(ctx) // *graph.Chat, however the service answered
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(chat.ID, chat.ChatType)
	// Output:
	// POST /v1.0/chats
	// {
	//   "chatType": "oneOnOne",
	//   "installedApps": [
	//     {
	//       "teamsApp@odata.bind": "http://service/v1.0/appCatalogs/teamsApps('05F59CEC-A742-4A50-A62E-202A57E478A4')"
	//     }
	//   ],
	//   "members": [
	//     {
	//       "@odata.type": "#microsoft.graph.aadUserConversationMember",
	//       "roles": [
	//         "owner"
	//       ],
	//       "tenantId": "4dc1fe35-8ac6-4f0d-904a-7ebcd364bea1",
	//       "user@odata.bind": "http://service/v1.0/users('alex@contoso.com')"
	//     }
	//   ]
	// }
	// <nil> true 24 202
	// http://service/v1.0/chats('19:c@thread.v2')/operations('24')
	// GET /v1.0/chats('19:c@thread.v2')/operations('24')
	// GET /v1.0/chats('19:c@thread.v2')
	// 19:c@thread.v2 oneOnOne
}

// Members are added, one or many, and removed.
func ExampleChatMembersRequests_Create() {
	client, server := exampleChats()
	defer server.Close()
	ctx := context.Background()
	const chatID, teamID = "19:c@thread.v2", "t"

	added, err := client.Chats().ByID(chatID).Members().Create(ctx, &graph.AadUserConversationMember{
		Roles:                       []string{graph.RoleOwner},
		User:                        graph.BindUser("8b081ef6-4792-4def-b2c9-c363a1bf41d5"),
		VisibleHistoryStartDateTime: graph.Some(time.Time{}), // shares the whole history: sent, not dropped
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(added.Value, added.ID()) // known although the service answered 201 with an empty body
	err = client.Chats().ByID(chatID).Members().ByID(added.ID()).Delete(ctx, graph.IfMatch(`W/"1"`))
	if err != nil {
		log.Fatal(err)
	}
	member := &graph.AadUserConversationMember{User: graph.BindUser("u").BySegment()}
	members := []graph.AnyConversationMember{member}
	results, err := client.Teams().ByID(teamID).Members().Add(ctx, &graph.TeamMembersAddParameters{Values: members})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(results.Items), results.Items[0].GetActionResultPart().Error == nil)
	// Output:
	// POST /v1.0/chats/19:c@thread.v2/members
	// {
	//   "@odata.type": "#microsoft.graph.aadUserConversationMember",
	//   "roles": [
	//     "owner"
	//   ],
	//   "visibleHistoryStartDateTime": "0001-01-01T00:00:00Z",
	//   "user@odata.bind": "http://service/v1.0/users('8b081ef6-4792-4def-b2c9-c363a1bf41d5')"
	// }
	// <nil> MCMj/MQ==
	// DELETE /v1.0/chats/19:c@thread.v2/members/MCMj%2FMQ==
	// POST /v1.0/teams/t/members/microsoft.graph.add
	// {
	//   "values": [
	//     {
	//       "@odata.type": "#microsoft.graph.aadUserConversationMember",
	//       "user@odata.bind": "http://service/v1.0/users/u"
	//     }
	//   ]
	// }
	// 1 true
}

// A chat is read with its members, whatever types they have.
func ExampleChatRequests_Get() {
	client, server := exampleChats()
	defer server.Close()
	ctx := context.Background()

	chat, err := client.Chats().ByID("19:c@thread.v2").Get(ctx, &graph.GetOptions{
		Select: []string{graph.ChatPropertyTopic, graph.ChatPropertyChatType},
		Expand: []graph.Expand{{Property: graph.ChatPropertyMembers}},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, m := range chat.Members {
		switch m := m.(type) {
		case *graph.AadUserConversationMember: // typed
			fmt.Println(m.DisplayName.Or("?"), m.Email.Or(""))
		default: // a type this package does not know: base fields, its @odata.type and the rest of the JSON are all kept
			base := m.GetConversationMember()
			fmt.Println(base.DisplayName.Or("?"), base.ODataType, string(base.AdditionalProperties["lumen"]))
		}
	}
	// Output:
	// GET /v1.0/chats/19:c@thread.v2?$select=topic,chatType&$expand=members
	// Jo jo@contoso.com
	// Holo #microsoft.graph.hologramConversationMember 12
}

// Collections are read by the page, or as a sequence that fetches pages as it goes.
func ExampleChatsRequests_All() {
	client, server := exampleChats()
	defer server.Close()
	ctx := context.Background()

	page, err := client.Chats().List(ctx, &graph.ListOptions{Top: 50, Filter: graph.Filterf("topic eq %s", "Bob's chat")})
	if err != nil {
		log.Fatal(err)
	}
	savedNextLink := page.NextLink
	count, counted := page.Count.Get()
	fmt.Println(len(page.Items), count, counted)
	page, err = page.Next(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(page.Items), page.NextLink == "")
	for chat, err := range client.Chats().All(ctx, nil) {
		fmt.Println(chat.ID, err)
	}
	for chat, err := range client.Chats().AllFrom(ctx, savedNextLink) {
		fmt.Println(chat.ID, err)
	}
	// Output:
	// GET /v1.0/chats?$top=50&$filter=topic%20eq%20'Bob''s%20chat'
	// 2 0 false
	// GET /v1.0/chats?$skiptoken=2
	// 1 true
	// GET /v1.0/chats
	// 1 <nil>
	// GET /v1.0/chats?$skiptoken=2
	// 3 <nil>
	// GET /v1.0/chats?$skiptoken=2
	// 3 <nil>
}

// Null is sent only when it is asked for; what a Ref holds can be told apart.
func ExampleOpt() {
	client, server := exampleChats()
	defer server.Close()

	chat := client.Chats().ByID("19:c@thread.v2")
	updated, err := chat.Update(context.Background(), &graph.Chat{Topic: graph.Null[string]()})
	if err != nil {
		log.Fatal(err)
	}
	topic, known := updated.Value.Topic.Get()
	fmt.Printf("%q %v %v\n", topic, known, updated.Value.Topic.IsNull())
	for _, user := range []graph.Ref[graph.User]{
		graph.BindUser("u"), graph.NullRef[graph.User](), graph.Expanded(&graph.User{ID: "u"}),
		graph.BindPath[graph.User]("me"), graph.BindURL[graph.User]("https://graph.microsoft.com/v1.0/users/u"),
	} {
		_, expanded := user.Value()
		text, err := json.Marshal(&graph.AadUserConversationMember{User: user})
		fmt.Printf("%q %v %v %s %v\n", user.ID(), user.IsBound(), expanded, text, err)
	}
	// Output:
	// PATCH /v1.0/chats/19:c@thread.v2
	// {
	//   "topic": null
	// }
	// "" false true
	// "u" true false {"user@odata.bind":"https://graph.microsoft.com/v1.0/users('u')"} <nil>
	// "" false false {"user":null} <nil>
	// "u" false true {"user":{"id":"u"}} <nil>
	// "" true false {"user@odata.bind":"https://graph.microsoft.com/v1.0/me"} <nil>
	// "u" true false {"user@odata.bind":"https://graph.microsoft.com/v1.0/users/u"} <nil>
}

// Errors say what was tried and what came of it.
func ExampleError() {
	client, server := exampleChats()
	defer server.Close()

	_, err := client.Chats().ByID("gone").Get(context.Background(), nil, graph.Query("x", "1"))
	var e *graph.Error
	if errors.As(err, &e) {
		fmt.Println(e.StatusCode, e.Code, e.Message, e.RequestID, e.Method, strings.Replace(e.URL, server.URL, "", 1))
	}
	fmt.Println(errors.Is(err, graph.ErrNotFound), errors.Is(err, graph.ErrThrottled))
	fmt.Println(err)
	// Output:
	// GET /v1.0/chats/gone?x=1
	// 404 NotFound There is no such thing. 4b0a GET /v1.0/chats/gone?x=1
	// true false
	// GET /v1.0/chats/gone: 404 NotFound: There is no such thing. (request-id 4b0a)
}

// Do makes a call that the package has no method for.
func ExampleClient_Do() {
	client, server := exampleChats()
	defer server.Close()

	var out json.RawMessage
	resp, err := client.Do(context.Background(), http.MethodGet, "/chats/19:c@thread.v2/lastMessagePreview", nil, &out)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(resp.StatusCode, string(out))
	// Output:
	// GET /v1.0/chats/19:c@thread.v2/lastMessagePreview
	// 200 {"id":"1616990417393"}
}

// What was read is changed in a copy, and only what differs is sent.
func ExampleChanged() {
	client, server := exampleChats()
	defer server.Close()
	ctx := context.Background()

	chat, err := client.Chats().ByID("19:c@thread.v2").Get(ctx, nil)
	if err != nil {
		log.Fatal(err)
	}
	after := graph.Clone(chat)
	after.Topic = graph.Some("Lunch")
	patch, err := graph.Changed(chat, after)
	if err != nil {
		log.Fatal(err)
	}
	_, err = client.Chats().ByID(chat.ID).Update(ctx, patch)
	fmt.Println(err)
	// Output:
	// GET /v1.0/chats/19:c@thread.v2
	// PATCH /v1.0/chats/19:c@thread.v2
	// {
	//   "topic": "Lunch"
	// }
	// <nil>
}
