package wire_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	beta "github.com/graphslice/graphslice/generated/beta/graph"
	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// A one-on-one chat is created, or found if it is there already.
func Example() {
	server := chatService("v1.0")
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
	// POST /v1.0/chats {"chatType":"oneOnOne","members":[{"@odata.type":"#microsoft.graph.aadUserConversationMember","roles":["owner"],"user@odata.bind":"http://service/v1.0/users('8b081ef6-4792-4def-b2c9-c363a1bf41d5')"},{"@odata.type":"#microsoft.graph.aadUserConversationMember","roles":["owner"],"user@odata.bind":"http://service/v1.0/users('alex@contoso.com')"}]}
	// 19:c@thread.v2 2020-12-04 23:10:28 +0000 UTC
}

// chatService answers a few requests as the service does, and prints each of them.
func chatService(version string) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			log.Print(err)
		}
		root := "http://" + r.Host + "/" + version
		line := r.Method + " " + r.RequestURI
		text := strings.ReplaceAll(string(body), "http://"+r.Host, "http://service")
		fmt.Println(strings.TrimSpace(line + " " + text))
		reply, ok := replies[strings.Replace(line, "/"+version, "", 1)]
		if strings.Contains(text, "installedApps") {
			reply = replies["POST /chats with an app"]
		}
		if !ok {
			reply.status, reply.body = http.StatusNotFound, `{"error": {"code": "NotFound", "message": "There is no such thing."}}`
			w.Header().Set("request-id", "4b0a")
		}
		if reply.location != "" {
			w.Header().Set("Location", reply.location)
		}
		w.WriteHeader(reply.status)
		_, _ = io.WriteString(w, strings.ReplaceAll(reply.body, rootMark, root)) // the example's output shows what is missing
	}))
}

// replies are the answers of chatService.
var replies = map[string]struct {
	status         int
	location, body string
}{
	"POST /chats":             {201, "", `{"id": "19:c@thread.v2", "chatType": "oneOnOne", "createdDateTime": "2020-12-04T23:10:28Z"}`},
	"POST /chats with an app": {202, "/chats('19:c@thread.v2')/operations('24')", ""},
	"GET /chats('19:c@thread.v2')/operations('24')":           {200, "", `{"id": "24", "status": "succeeded", "targetResourceLocation": "/chats('19:c@thread.v2')"}`},
	"GET /chats('19:c@thread.v2')":                            {200, "", `{"id": "19:c@thread.v2", "chatType": "oneOnOne"}`},
	"GET /chats/19:c@thread.v2/operations/24":                 {200, "", `{"id": "24", "status": "succeeded", "attemptsCount": 1}`},
	"POST /chats/19:c@thread.v2/members":                      {201, "/chats/19:c@thread.v2/members/MCMj%2FMQ==", ""},
	"DELETE /chats/19:c@thread.v2/members/MCMj%2FMQ==":        {204, "", ""},
	"POST /teams/t/members":                                   {201, "", `{"@odata.type": "#microsoft.graph.aadUserConversationMember", "id": "m"}`},
	"POST /teams/t/members/microsoft.graph.add":               {207, "", `{"value": [{"@odata.type": "#microsoft.graph.aadUserConversationMemberResult", "userId": "u", "error": null}]}`},
	"PATCH /chats/19:c@thread.v2":                             {200, "", `{"id": "19:c@thread.v2", "topic": null}`},
	"GET /chats/19:c@thread.v2/lastMessagePreview":            {200, "", `{"id":"1616990417393"}`},
	"GET /chats?$top=50&$filter=topic%20eq%20'Bob''s%20chat'": {200, "", `{"@odata.nextLink": "{root}/chats?$skiptoken=2", "value": [{"id": "1"}, {"id": "2"}]}`},
	"GET /chats":              {200, "", `{"@odata.nextLink": "{root}/chats?$skiptoken=2", "value": [{"id": "1"}]}`},
	"GET /chats?$skiptoken=2": {200, "", `{"value": [{"id": "3"}]}`},
	"GET /chats/19:c@thread.v2?$select=topic,chatType&$expand=members": {200, "", `{"topic": "Lunch", "chatType": "group", "members": [
		{"@odata.type": "#microsoft.graph.aadUserConversationMember", "displayName": "Jacob", "email": "jacob@contoso.com"},
		{"@odata.type": "#microsoft.graph.hologramConversationMember", "displayName": "Holo", "lumen": 12}]}`},
}

// betaChats is a client of the service that prints what it is sent.
func betaChats() (*beta.Client, *httptest.Server) {
	server := chatService("beta")
	token, httpClient := "eyJ0...", server.Client()
	client, err := beta.NewClient(beta.TokenFunc(func(ctx context.Context) (string, error) { return token, nil }),
		beta.WithCloud(beta.USGovernmentL4),             // Global (default), USGovernmentL4, USGovernmentL5, China
		beta.WithHTTPClient(httpClient),                 // its Transport is used as it is
		beta.WithServiceRoot(server.URL+"/beta"),        // takes the place of the cloud's
		beta.WithRetry(beta.RetryPolicy{MaxRetries: 2}), // beta.NoRetry turns it off
	)
	if err != nil {
		log.Fatal(err)
	}
	return client, server
}

// The service goes on in the background when a chat is created with an app; Wait waits for the chat.
func Example_createInBackground() {
	client, server := betaChats()
	defer server.Close()
	ctx := context.Background()

	created, err := client.Chats().Create(ctx, &beta.Chat{
		ChatType: beta.ChatTypeOneOnOne,
		Members: []beta.AnyConversationMember{
			&beta.AadUserConversationMember{
				Roles:    []string{beta.RoleOwner},
				User:     beta.BindUser("alex@contoso.com"), // a user principal name is a key as well
				TenantID: beta.Some("4dc1fe35-8ac6-4f0d-904a-7ebcd364bea1"),
			},
		},
		InstalledApps: []*beta.TeamsAppInstallation{
			{TeamsApp: beta.BindTeamsApp("05F59CEC-A742-4A50-A62E-202A57E478A4")},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(created.Value, created.Accepted(), created.ID(), created.Response.StatusCode)
	fmt.Println(strings.Replace(created.Location, server.URL, "http://service", 1))
	chat, err := created.Wait(ctx) // *beta.Chat, however the service answered
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(chat.ID, chat.ChatType)
	// Output:
	// POST /beta/chats {"chatType":"oneOnOne","installedApps":[{"teamsApp@odata.bind":"http://service/beta/appCatalogs/teamsApps('05F59CEC-A742-4A50-A62E-202A57E478A4')"}],"members":[{"@odata.type":"#microsoft.graph.aadUserConversationMember","roles":["owner"],"tenantId":"4dc1fe35-8ac6-4f0d-904a-7ebcd364bea1","user@odata.bind":"http://service/beta/users('alex@contoso.com')"}]}
	// <nil> true 24 202
	// http://service/beta/chats('19:c@thread.v2')/operations('24')
	// GET /beta/chats('19:c@thread.v2')/operations('24')
	// GET /beta/chats('19:c@thread.v2')
	// 19:c@thread.v2 oneOnOne
}

// Members are added, one or many, and removed.
func Example_members() {
	client, server := betaChats()
	defer server.Close()
	ctx := context.Background()
	const chatID, teamID = "19:c@thread.v2", "t"

	added, err := client.Chats().ByID(chatID).Members().Create(ctx, &beta.AadUserConversationMember{
		Roles:                       []string{beta.RoleOwner},
		User:                        beta.BindUser("8b081ef6-4792-4def-b2c9-c363a1bf41d5"),
		VisibleHistoryStartDateTime: beta.Some(time.Time{}), // shares the whole history: sent, not dropped
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(added.Value, added.ID()) // known although the service answered 201 with an empty body
	err = client.Chats().ByID(chatID).Members().ByID(added.ID()).Delete(ctx, beta.IfMatch(`W/"1"`))
	if err != nil {
		log.Fatal(err)
	}
	member := &beta.AadUserConversationMember{User: beta.BindUser("u").BySegment()}
	one, err := client.Teams().ByID(teamID).Members().Create(ctx, member)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(one.ID())
	members := []beta.AnyConversationMember{member}
	results, err := client.Teams().ByID(teamID).Members().Add(ctx, &beta.TeamMembersAddParameters{Values: members})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(results.Items), results.Items[0].GetActionResultPart().Error == nil)
	op, err := client.Chats().ByID(chatID).Operations().ByID("24").Get(ctx, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(op.Status, op.AttemptsCount.Or(0))
	// Output:
	// POST /beta/chats/19:c@thread.v2/members {"@odata.type":"#microsoft.graph.aadUserConversationMember","roles":["owner"],"visibleHistoryStartDateTime":"0001-01-01T00:00:00Z","user@odata.bind":"http://service/beta/users('8b081ef6-4792-4def-b2c9-c363a1bf41d5')"}
	// <nil> MCMj/MQ==
	// DELETE /beta/chats/19:c@thread.v2/members/MCMj%2FMQ==
	// POST /beta/teams/t/members {"@odata.type":"#microsoft.graph.aadUserConversationMember","user@odata.bind":"http://service/beta/users/u"}
	// m
	// POST /beta/teams/t/members/microsoft.graph.add {"values":[{"@odata.type":"#microsoft.graph.aadUserConversationMember","user@odata.bind":"http://service/beta/users/u"}]}
	// 1 true
	// GET /beta/chats/19:c@thread.v2/operations/24
	// succeeded 1
}

// A chat is read with its members, whatever types they have.
func Example_read() {
	client, server := betaChats()
	defer server.Close()
	ctx := context.Background()

	chat, err := client.Chats().ByID("19:c@thread.v2").Get(ctx, &beta.GetOptions{
		Select: []string{beta.ChatPropertyTopic, beta.ChatPropertyChatType},
		Expand: []beta.Expand{{Property: beta.ChatPropertyMembers}},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, m := range chat.Members {
		switch m := m.(type) {
		case *beta.AadUserConversationMember: // typed
			fmt.Println(m.DisplayName.Or("?"), m.Email.Or(""))
		default: // a type this package does not know: base fields, its @odata.type and the rest of the JSON are all kept
			base := m.GetConversationMember()
			fmt.Println(base.DisplayName.Or("?"), base.ODataType, string(base.AdditionalProperties["lumen"]))
		}
	}
	// Output:
	// GET /beta/chats/19:c@thread.v2?$select=topic,chatType&$expand=members
	// Jacob jacob@contoso.com
	// Holo #microsoft.graph.hologramConversationMember 12
}

// Collections are read by the page, or as a sequence that fetches pages as it goes.
func Example_pages() {
	client, server := betaChats()
	defer server.Close()
	ctx := context.Background()

	page, err := client.Chats().List(ctx, &beta.ListOptions{Top: 50, Filter: beta.Filterf("topic eq %s", "Bob's chat")})
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
	// GET /beta/chats?$top=50&$filter=topic%20eq%20'Bob''s%20chat'
	// 2 0 false
	// GET /beta/chats?$skiptoken=2
	// 1 true
	// GET /beta/chats
	// 1 <nil>
	// GET /beta/chats?$skiptoken=2
	// 3 <nil>
	// GET /beta/chats?$skiptoken=2
	// 3 <nil>
}

// Null is sent only when it is asked for; what a Ref holds can be told apart.
func Example_threeStates() {
	client, server := betaChats()
	defer server.Close()

	updated, err := client.Chats().ByID("19:c@thread.v2").Update(context.Background(), &beta.Chat{Topic: beta.Null[string]()})
	if err != nil {
		log.Fatal(err)
	}
	topic, known := updated.Value.Topic.Get()
	fmt.Printf("%q %v %v\n", topic, known, updated.Value.Topic.IsNull())
	for _, user := range []beta.Ref[beta.User]{
		beta.BindUser("u"), beta.NullRef[beta.User](), beta.Expanded(&beta.User{ID: "u"}),
		beta.BindPath[beta.User]("me"), beta.BindURL[beta.User]("https://graph.microsoft.com/beta/users/u"),
	} {
		_, expanded := user.Value()
		text, err := json.Marshal(&beta.AadUserConversationMember{User: user})
		fmt.Printf("%q %v %v %s %v\n", user.ID(), user.IsBound(), expanded, text, err)
	}
	// Output:
	// PATCH /beta/chats/19:c@thread.v2 {"topic":null}
	// "" false true
	// "u" true false {"user@odata.bind":"https://graph.microsoft.com/beta/users('u')"} <nil>
	// "" false false {"user":null} <nil>
	// "u" false true {"user":{"id":"u"}} <nil>
	// "" true false {"user@odata.bind":"https://graph.microsoft.com/beta/me"} <nil>
	// "u" true false {"user@odata.bind":"https://graph.microsoft.com/beta/users/u"} <nil>
}

// Errors say what was tried and what came of it.
func Example_errors() {
	client, server := betaChats()
	defer server.Close()

	_, err := client.Chats().ByID("gone").Get(context.Background(), nil, beta.ConsistencyLevel("eventual"), beta.Query("x", "1"))
	var e *beta.Error
	if errors.As(err, &e) {
		fmt.Println(e.StatusCode, e.Code, e.Message, e.RequestID, e.Method, strings.Replace(e.URL, server.URL, "", 1))
	}
	fmt.Println(errors.Is(err, beta.ErrNotFound), errors.Is(err, beta.ErrThrottled))
	fmt.Println(err)
	// Output:
	// GET /beta/chats/gone?x=1
	// 404 NotFound There is no such thing. 4b0a GET /beta/chats/gone?x=1
	// true false
	// GET /beta/chats/gone: 404 NotFound: There is no such thing. (request-id 4b0a)
}

// Do makes a call that the package has no method for.
func Example_do() {
	client, server := betaChats()
	defer server.Close()

	var out json.RawMessage
	resp, err := client.Do(context.Background(), http.MethodGet, "/chats/19:c@thread.v2/lastMessagePreview", nil, &out)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(resp.StatusCode, string(out))
	// Output:
	// GET /beta/chats/19:c@thread.v2/lastMessagePreview
	// 200 {"id":"1616990417393"}
}
