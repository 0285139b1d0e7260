package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/graphslice/graphslice/generated/beta/graph"
	v1 "github.com/graphslice/graphslice/generated/v1.0/graph"
)

// What goes on in the background is an operation, which can be asked how far it has got.
func Example() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println(r.Method, r.RequestURI)
		if r.Method == http.MethodPost {
			w.Header().Set("Location", "/chats('19:c@thread.v2')/operations('24')")
			w.WriteHeader(http.StatusAccepted)
			return
		}
		fmt.Fprint(w, `{"id": "24", "status": "inProgress", "attemptsCount": 1}`)
	}))
	defer server.Close()
	ctx := context.Background()

	client, err := graph.NewClient(graph.StaticToken("eyJ0..."), graph.WithServiceRoot(server.URL+"/beta"))
	if err != nil {
		log.Fatal(err)
	}
	created, err := client.Chats().Create(ctx, &graph.Chat{
		ChatType: graph.ChatTypeOneOnOne,
		Members: []graph.AnyConversationMember{
			&graph.AadUserConversationMember{Roles: []string{graph.RoleOwner}, User: graph.BindUser("alex@contoso.com")},
		},
		InstalledApps: []*graph.TeamsAppInstallation{
			{TeamsApp: graph.BindTeamsApp("05F59CEC-A742-4A50-A62E-202A57E478A4")},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(created.Accepted(), created.ID())
	operation, err := client.Chats().ByID("19:c@thread.v2").Operations().ByID(created.ID()).Get(ctx, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(operation.Status, operation.AttemptsCount.Or(0))
	// Output:
	// POST /beta/chats
	// true 24
	// GET /beta/chats/19:c@thread.v2/operations/24
	// inProgress 1
}

// A value of v1.0 becomes one of beta; what is bound in it is bound in beta.
func ExampleFrom() {
	member, err := graph.From[graph.AadUserConversationMember](&v1.AadUserConversationMember{
		Roles: []string{v1.RoleOwner},
		User:  v1.BindUser("alex@contoso.com"),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(member.Roles, member.User.ID())
	text, err := json.Marshal(member)
	fmt.Println(string(text), err)
	// Output:
	// [owner] alex@contoso.com
	// {"roles":["owner"],"user@odata.bind":"https://graph.microsoft.com/beta/users('alex@contoso.com')"} <nil>
}
