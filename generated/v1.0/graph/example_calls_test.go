package graph_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// exampleClient returns a client for a service that is made of one handler.
func exampleClient(handler http.HandlerFunc, options ...graph.ClientOption) (*graph.Client, *httptest.Server) {
	server := httptest.NewServer(handler)
	options = append([]graph.ClientOption{graph.WithServiceRoot(server.URL + "/v1.0")}, options...)
	client, err := graph.NewClient(graph.StaticToken("eyJ0..."), options...)
	if err != nil {
		log.Fatal(err)
	}
	return client, server
}

// answerBatch answers a batch as the service does, and prints what was in it.
func answerBatch(w http.ResponseWriter, r *http.Request) {
	var batch struct {
		Requests []struct {
			ID, Method, URL string
			DependsOn       []string
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&batch); err != nil {
		log.Print(err)
	}
	fmt.Println(r.Method, r.URL.Path)
	answers := map[string]string{
		"GET":    `"status": 200, "body": {"id": "19:a@thread.v2"}`,
		"POST":   `"status": 201, "body": {"id": "19:c@thread.v2"}`,
		"DELETE": `"status": 404, "body": {"error": {"code": "NotFound", "message": "There is no such chat."}}`,
	}
	var responses []string
	for _, part := range batch.Requests {
		fmt.Println(strings.TrimSpace(fmt.Sprintln(part.ID, part.Method, part.URL, strings.Join(part.DependsOn, " "))))
		responses = append(responses, fmt.Sprintf(`{"id": %q, %s}`, part.ID, answers[part.Method]))
	}
	fmt.Fprintf(w, `{"responses": [%s]}`, strings.Join(responses, ", "))
}

// Calls of any kind are sent together, and each has its own result.
func ExampleInBatch() {
	client, server := exampleClient(answerBatch)
	defer server.Close()
	ctx := context.Background()

	batch := client.NewBatch()
	chat := graph.InBatch(batch, func(ctx context.Context, c *graph.Client) (*graph.Chat, error) {
		return c.Chats().ByID("19:a@thread.v2").Get(ctx, nil)
	})
	created := graph.InBatch(batch, func(ctx context.Context, c *graph.Client) (*graph.Result[*graph.Chat], error) {
		return c.Chats().Create(ctx, &graph.Chat{ChatType: graph.ChatTypeGroup, Topic: graph.Some("lunch")})
	})
	removed := batch.Do(func(ctx context.Context, c *graph.Client) error {
		return c.Chats().ByID("19:b@thread.v2").Delete(ctx)
	}, graph.After(created)) // only if the new one could be created
	if err := batch.Send(ctx); err != nil {
		log.Fatal(err)
	}

	v, err := chat.Result()
	fmt.Println(v.ID, err)
	result, err := created.Result()
	fmt.Println(result.ID(), err)
	_, err = removed.Result()
	fmt.Println(errors.Is(err, graph.ErrNotFound), err)
	// Output:
	// POST /v1.0/$batch
	// 1 GET /chats/19:a@thread.v2
	// 2 POST /chats
	// 3 DELETE /chats/19:b@thread.v2 2
	// 19:a@thread.v2 <nil>
	// 19:c@thread.v2 <nil>
	// true DELETE /v1.0/chats/19:b@thread.v2: 404 NotFound: There is no such chat.
}

// With pacing, members are added to one team with the pause that the reference asks for, and to different teams
// without.
func ExampleWithPacing() {
	client, server := exampleClient(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println(r.Method, r.URL.Path)
		w.WriteHeader(http.StatusCreated)
	}, graph.WithPacing())
	defer server.Close()
	ctx := context.Background()

	for _, team := range []string{"a", "b"} { // a second member of one of them would wait for two seconds
		_, err := client.Teams().ByID(team).Members().Create(ctx, &graph.AadUserConversationMember{
			Roles: []string{graph.RoleOwner},
			User:  graph.BindUser("alex@contoso.com"),
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	// Output:
	// POST /v1.0/teams/a/members
	// POST /v1.0/teams/b/members
}

// A sequence that broke off goes on from the page that could not be read.
func ExamplePageError() {
	broken := true
	client, server := exampleClient(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Query().Get("$skiptoken") == "":
			fmt.Fprint(w, `{"value": [{"id": "1"}, {"id": "2"}], "@odata.nextLink": "/chats?$skiptoken=3"}`)
		case broken:
			broken = false
			w.WriteHeader(http.StatusInternalServerError)
		default:
			fmt.Fprint(w, `{"value": [{"id": "3"}]}`)
		}
	})
	defer server.Close()
	ctx := context.Background()

	chats := client.Chats().All(ctx, nil)
	for chats != nil {
		var failed *graph.PageError
		for chat, err := range chats {
			switch {
			case errors.As(err, &failed):
				fmt.Println(err)
			case err != nil:
				log.Fatal(err) // the first page: there is nothing to go on from
			default:
				fmt.Println(chat.ID)
			}
		}
		if chats = nil; failed != nil {
			chats = client.Chats().AllFrom(ctx, failed.Link)
		}
	}
	// Output:
	// 1
	// 2
	// page 2: GET /v1.0/chats: 500 Internal Server Error
	// 3
}
