package graph_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/graphslice/graphslice/generated/beta/graph"
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
