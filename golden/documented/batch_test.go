package documented_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	graph "github.com/graphslice/graphslice/generated/beta/graph"
)

// batchPart is a request as it stands in a batch.
type batchPart struct {
	ID, Method, URL string
	Headers         map[string]string
	Body            json.RawMessage
	DependsOn       []string
}

// batching answers batches, each part by a handler of single requests, and leaves other requests to that.
func batching(single http.HandlerFunc, seen func(r *http.Request, body []byte, parts []batchPart)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/$batch") {
			single(w, r)
			return
		}
		body, _ := io.ReadAll(r.Body)
		var batch struct{ Requests []batchPart }
		if err := json.Unmarshal(body, &batch); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		seen(r, body, batch.Requests)
		responses := []map[string]any{}
		for _, part := range batch.Requests {
			request := httptest.NewRequest(part.Method, strings.TrimSuffix(r.URL.Path, "/$batch")+part.URL, bytes.NewReader(part.Body))
			recorder := httptest.NewRecorder()
			single(recorder, request)
			response := map[string]any{"id": part.ID, "status": recorder.Code, "headers": map[string]string{"Location": recorder.Header().Get("Location")}}
			if recorder.Body.Len() > 0 {
				response["body"] = json.RawMessage(recorder.Body.Bytes())
			}
			responses = append([]map[string]any{response}, responses...) // in any order
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"responses": responses})
	}
}

// answerByAddress answers a chat by the last segment of its address, a creation by the topic that it was sent, a
// list by two pages, and a deletion by a 404.
func answerByAddress(w http.ResponseWriter, r *http.Request) {
	key := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	switch {
	case r.Method == http.MethodDelete:
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprintf(w, `{"error": {"code": "NotFound", "message": %q}}`, key)
	case r.Method == http.MethodPost:
		var chat struct{ Topic string }
		body, _ := io.ReadAll(r.Body)
		_ = json.Unmarshal(body, &chat)
		w.Header().Set("Location", "/chats/"+chat.Topic)
		w.WriteHeader(http.StatusCreated)
	case r.URL.Query().Get("$search") != "":
		key = r.URL.Query().Get("$search")
		fmt.Fprintf(w, `{"@odata.nextLink": "/chats?$skiptoken=%s", "value": [{"id": %q}]}`, key, key)
	case r.URL.Query().Get("$skiptoken") != "":
		fmt.Fprintf(w, `{"value": [{"id": %q}]}`, r.URL.Query().Get("$skiptoken"))
	default:
		fmt.Fprintf(w, `{"id": %q}`, key)
	}
}

// TestBatchOfTypedCalls sends every kind of call in batches, over TLS and HTTP/2.
func TestBatchOfTypedCalls(t *testing.T) {
	var mu sync.Mutex
	var sizes []int
	var protocols []string
	server := httptest.NewUnstartedServer(batching(answerByAddress, func(r *http.Request, body []byte, parts []batchPart) {
		mu.Lock()
		defer mu.Unlock()
		sizes, protocols = append(sizes, len(parts)), append(protocols, r.Proto)
		if r.Header.Get("Authorization") != "Bearer "+testToken || bytes.Contains(body, []byte(testToken)) {
			t.Errorf("the token is %q, the body %s", r.Header.Get("Authorization"), body)
		}
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	client, err := graph.NewClient(graph.StaticToken(testToken), graph.WithServiceRoot(server.URL+"/beta"), graph.WithHTTPClient(server.Client()))
	if err != nil {
		t.Fatal(err)
	}
	batch := client.NewBatch()
	var got []*graph.Step[string]
	var deleted []*graph.Step[graph.None]
	for i := range 15 {
		id := fmt.Sprintf("chat-%d", i)
		created := graph.InBatch(batch, func(ctx context.Context, c *graph.Client) (string, error) {
			created, err := c.Chats().Create(ctx, &graph.Chat{ChatType: graph.ChatTypeGroup, Topic: graph.Some(id)})
			if err != nil {
				return "", err
			}
			return created.ID(), nil
		})
		listed := graph.InBatch(batch, func(ctx context.Context, c *graph.Client) (string, error) {
			var ids []string
			for chat, err := range c.Chats().All(ctx, &graph.ListOptions{Search: id}) {
				if err != nil {
					return "", err
				}
				ids = append(ids, chat.ID)
			}
			return ids[0], nil
		})
		got = append(got, created, listed)
		deleted = append(deleted, batch.Do(func(ctx context.Context, c *graph.Client) error {
			return c.Chats().ByID(id).Delete(ctx)
		}, graph.After(created)))
	}
	if err := batch.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, step := range got {
		if id, err := step.Result(); err != nil || id != fmt.Sprintf("chat-%d", i/2) {
			t.Errorf("step %d: %q, %v", i, id, err)
		}
	}
	for i, step := range deleted {
		_, err := step.Result()
		var e *graph.Error
		if !errors.As(err, &e) || !errors.Is(err, graph.ErrNotFound) || e.Message != fmt.Sprintf("chat-%d", i) {
			t.Errorf("deletion %d: %v", i, err)
		}
	}
	if diff := cmp.Diff([]int{20, 20, 18, 2}, sizes); diff != "" { // 45, and 15 second pages: two of them after a first page in the third batch
		t.Error(diff)
	}
	for _, protocol := range protocols {
		if protocol != "HTTP/2.0" {
			t.Errorf("a batch came over %s", protocol)
		}
	}
}

// clientRequestID is what differs from run to run.
var clientRequestID = regexp.MustCompile(`"Client-Request-Id":"[^"]*",?`)

// TestBatchJSON is what a batch looks like on the wire: a member is added to a chat only if the chat could be renamed.
func TestBatchJSON(t *testing.T) {
	var got string
	server := httptest.NewServer(nil)
	defer server.Close()
	server.Config.Handler = batching(answerByAddress, func(_ *http.Request, body []byte, _ []batchPart) {
		got = strings.ReplaceAll(clientRequestID.ReplaceAllString(string(body), ""), server.URL+"/beta", rootMark)
	})
	client, err := graph.NewClient(graph.StaticToken(testToken), graph.WithServiceRoot(server.URL+"/beta"))
	if err != nil {
		t.Fatal(err)
	}
	batch := client.NewBatch()
	renamed := graph.InBatch(batch, func(ctx context.Context, c *graph.Client) (*graph.Result[*graph.Chat], error) {
		return c.Chats().ByID("19:a@thread.v2").Update(ctx, &graph.Chat{Topic: graph.Some("R&D <new>")}, graph.IfMatch(`W/"1"`))
	})
	graph.InBatch(batch, func(ctx context.Context, c *graph.Client) (*graph.Result[graph.AnyConversationMember], error) {
		return c.Chats().ByID("19:a@thread.v2").Members().Create(ctx, &graph.AadUserConversationMember{
			Roles: []string{graph.RoleOwner}, User: graph.BindUser("o'neil@contoso.com")})
	}, graph.After(renamed))
	graph.InBatch(batch, func(ctx context.Context, c *graph.Client) (*graph.Page[*graph.Chat], error) {
		return c.Chats().List(ctx, &graph.ListOptions{Top: 5, Filter: graph.Filterf("topic eq %s", "a&b")}, graph.ConsistencyLevel("eventual"))
	})
	if err := batch.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := `{"requests":[` +
		`{"id":"1","method":"PATCH","url":"/chats/19:a@thread.v2","headers":{"Accept":"application/json","Content-Type":"application/json","If-Match":"W/\"1\""},"body":{"topic":"R&D <new>"}},` +
		`{"id":"2","method":"POST","url":"/chats/19:a@thread.v2/members","headers":{"Accept":"application/json","Content-Type":"application/json"},` +
		`"body":{"@odata.type":"#microsoft.graph.aadUserConversationMember","roles":["owner"],"user@odata.bind":"{root}/users('o''neil@contoso.com')"},"dependsOn":["1"]},` +
		`{"id":"3","method":"GET","url":"/chats?$top=5&$filter=topic%20eq%20'a%26b'","headers":{"Accept":"application/json","Consistencylevel":"eventual"}}]}`
	if diff := cmp.Diff([]string{want}, []string{strings.ReplaceAll(got, ",}", "}")}); diff != "" {
		t.Error(diff)
	}
}
