package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// exampleChats is a client of the service that prints what it is sent.
func exampleChats() (*graph.Client, *httptest.Server) {
	server := exampleService()
	token, httpClient := "eyJ0...", server.Client()
	client, err := graph.NewClient(graph.TokenFunc(func(ctx context.Context) (string, error) { return token, nil }),
		graph.WithCloud(graph.USGovernmentL4),             // Global (default), USGovernmentL4, USGovernmentL5, China
		graph.WithHTTPClient(httpClient),                  // its Transport is used as it is
		graph.WithServiceRoot(server.URL+"/v1.0"),         // takes the place of the cloud's
		graph.WithRetry(graph.RetryPolicy{MaxRetries: 2}), // graph.NoRetry turns it off
	)
	if err != nil {
		log.Fatal(err)
	}
	return client, server
}

// exampleService answers a few requests as the service does, and prints each of them.
func exampleService() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			log.Print(err)
		}
		fmt.Println(r.Method, r.RequestURI)
		printBody(strings.ReplaceAll(string(body), "http://"+r.Host, "http://service"))
		call := strings.Replace(r.Method+" "+r.RequestURI, "/v1.0", "", 1)
		if strings.Contains(string(body), "installedApps") {
			call += " with an app"
		}
		reply, ok := exampleReplies[call]
		if !ok {
			reply = exampleReplies["anything else"]
			w.Header().Set("request-id", "4b0a")
		}
		if reply.location != "" {
			w.Header().Set("Location", reply.location)
		}
		w.WriteHeader(reply.status)
		fmt.Fprint(w, strings.ReplaceAll(reply.body, "{root}", "http://"+r.Host+"/v1.0"))
	}))
}

// printBody prints JSON with a line for each property.
func printBody(text string) {
	var lines bytes.Buffer
	if text != "" && json.Indent(&lines, []byte(text), "", "  ") == nil {
		fmt.Println(lines.String())
	}
}

// exampleReplies are the answers of exampleService.
var exampleReplies = map[string]struct {
	status         int
	location, body string
}{
	"anything else": {404, "", `{"error": {"code": "NotFound", "message": "There is no such thing."}}`},

	"POST /chats": {201, "", `{"id": "19:c@thread.v2", "createdDateTime": "2020-12-04T23:10:28Z"}`},

	"POST /chats with an app": {202, "/chats('19:c@thread.v2')/operations('24')", ""},

	"GET /chats('19:c@thread.v2')/operations('24')": {200, "",
		`{"id": "24", "status": "succeeded", "targetResourceLocation": "/chats('19:c@thread.v2')"}`},

	"GET /chats('19:c@thread.v2')": {200, "", `{"id": "19:c@thread.v2", "chatType": "oneOnOne"}`},

	"POST /chats/19:c@thread.v2/members": {201, "/chats/19:c@thread.v2/members/MCMj%2FMQ==", ""},

	"DELETE /chats/19:c@thread.v2/members/MCMj%2FMQ==": {204, "", ""},

	"POST /teams/t/members/microsoft.graph.add": {207, "",
		`{"value": [{"@odata.type": "#microsoft.graph.aadUserConversationMemberResult", "error": null}]}`},

	"GET /chats/19:c@thread.v2": {200, "", `{"id": "19:c@thread.v2", "topic": "Dinner"}`},

	"PATCH /chats/19:c@thread.v2": {200, "", `{"id": "19:c@thread.v2", "topic": null}`},

	"GET /chats/19:c@thread.v2/lastMessagePreview": {200, "", `{"id":"1616990417393"}`},

	"GET /chats?$top=50&$filter=topic%20eq%20'Bob''s%20chat'": {200, "",
		`{"@odata.nextLink": "{root}/chats?$skiptoken=2", "value": [{"id": "1"}, {"id": "2"}]}`},

	"GET /chats": {200, "", `{"@odata.nextLink": "{root}/chats?$skiptoken=2", "value": [{"id": "1"}]}`},

	"GET /chats?$skiptoken=2": {200, "", `{"value": [{"id": "3"}]}`},

	"GET /chats/19:c@thread.v2?$select=topic,chatType&$expand=members": {200, "", `{"topic": "Lunch", "members": [
		{"@odata.type": "#microsoft.graph.aadUserConversationMember", "displayName": "Jo", "email": "jo@contoso.com"},
		{"@odata.type": "#microsoft.graph.hologramConversationMember", "displayName": "Holo", "lumen": 12}]}`},
}
