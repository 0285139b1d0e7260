package documented_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	graph "github.com/graphslice/graphslice/generated/beta/graph"
)

// stranger starts a server that nothing may be sent to.
func stranger(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the other server saw %s %s with Authorization %q", r.Method, r.RequestURI, r.Header.Get("Authorization"))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestTokenStaysAtTheServiceRoot covers every way in which an answer can lead elsewhere. Each is an error that names both
// hosts, and the other server sees nothing.
func TestTokenStaysAtTheServiceRoot(t *testing.T) {
	ctx := context.Background()
	tests := []struct {
		name   string
		answer answer // {other} stands for the other server
		call   func(client *graph.Client, other string) error
		want   string
	}{{
		name:   "next link",
		answer: ok(`{"@odata.nextLink": "{other}/beta/chats?$skiptoken=2", "value": []}`),
		call: func(client *graph.Client, _ string) error {
			page, err := client.Chats().List(ctx, nil)
			if err != nil {
				return err
			}
			_, err = page.Next(ctx)
			return err
		},
		want: "page 2: GET /beta/chats: the next link points to {other}, but this client sends to {own} only",
	}, {
		name:   "next link of a sequence",
		answer: ok(`{"@odata.nextLink": "{other}/beta/chats?$skiptoken=2", "value": []}`),
		call: func(client *graph.Client, _ string) error {
			for _, err := range client.Chats().All(ctx, nil) {
				return err
			}
			return nil
		},
		want: "page 2: GET /beta/chats: the next link points to {other}, but this client sends to {own} only",
	}, {
		name:   "redirect",
		answer: answer{status: http.StatusTemporaryRedirect, headers: map[string]string{"Location": "{other}/beta/chats/1"}},
		call: func(client *graph.Client, _ string) error {
			_, err := client.Chats().ByID("1").Get(ctx, nil)
			return err
		},
		want: "GET /beta/chats/1: the redirect points to {other}, but this client sends to {own} only",
	}, {
		name:   "redirect of a body",
		answer: answer{status: http.StatusPermanentRedirect, headers: map[string]string{"Location": "{other}/beta/chats"}},
		call: func(client *graph.Client, _ string) error {
			_, err := client.Chats().Create(ctx, &graph.Chat{ChatType: graph.ChatTypeGroup})
			return err
		},
		want: "POST /beta/chats: the redirect points to {other}, but this client sends to {own} only",
	}, {
		name:   "Location of the entity",
		answer: location(http.StatusCreated, "{other}/beta/chats/1"),
		call:   waitForChat,
		want:   "POST /beta/chats: the Location points to {other}, but this client sends to {own} only",
	}, {
		name:   "Location of the operation",
		answer: location(http.StatusAccepted, "http://elsewhere.example/beta/chats/1/operations/2"), // by https it is asked, without the token
		call:   waitForChat,
		want:   "POST /beta/chats: the Location points to http://elsewhere.example, but this client sends to {own} only",
	}, {
		name: "kept link",
		call: func(client *graph.Client, other string) error {
			for _, err := range client.Chats().AllFrom(ctx, other+"/beta/chats?$skiptoken=2") {
				return err
			}
			return nil
		},
		want: "GET /chats: the link points to {other}, but this client sends to {own} only",
	}, {
		name: "raw call",
		call: func(client *graph.Client, other string) error {
			_, err := client.Do(ctx, http.MethodGet, other+"/beta/chats", nil, nil)
			return err
		},
		want: "GET {other}/beta/chats: the path points to {other}, but this client sends to {own} only",
	}}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			other := stranger(t)
			place := strings.NewReplacer("{other}", other)
			var answers []answer
			if test.answer.status != 0 {
				test.answer.body = place.Replace(test.answer.body)
				for name, value := range test.answer.headers {
					test.answer.headers[name] = place.Replace(value)
				}
				answers = append(answers, test.answer)
			}
			s := serve(t, "beta", answers...)
			err := test.call(s.betaClient(), other)
			want := strings.NewReplacer("{other}", other, "{own}", s.host()).Replace(test.want)
			if err == nil || err.Error() != want {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		})
	}
}

// waitForChat creates a chat and waits for it.
func waitForChat(client *graph.Client, _ string) error {
	created, err := client.Chats().Create(context.Background(), &graph.Chat{ChatType: graph.ChatTypeGroup})
	if err != nil {
		return err
	}
	_, err = created.Wait(context.Background())
	return err
}

// TestOperationTargetElsewhere covers an operation that succeeds and says that its result is on another server.
func TestOperationTargetElsewhere(t *testing.T) {
	other := stranger(t)
	s := serve(t, "beta",
		location(http.StatusAccepted, "/chats/1/operations/2"),
		ok(`{"status": "succeeded", "targetResourceLocation": "`+other+`/beta/chats/1"}`))
	err := waitForChat(s.betaClient(), "")
	want := "POST /beta/chats: the Location points to " + other + ", but this client sends to " + s.host() + " only"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// TestRedirectOnTheSameHost makes sure that what stays at the service is followed, with the token.
func TestRedirectOnTheSameHost(t *testing.T) {
	s := serve(t, "beta", location(http.StatusTemporaryRedirect, "{root}/chats/2"), ok(`{"id": "2"}`))
	chat, err := s.betaClient().Chats().ByID("1").Get(context.Background(), nil)
	if err != nil || chat.ID != "2" {
		t.Errorf("got %v, %v", chat, err)
	}
	s.wantSeen(get("/chats/1"), get("/chats/2"))
}

// TestNoToken covers an http.Client that authenticates by itself.
func TestNoToken(t *testing.T) {
	s := serve(t, "beta", ok(`{"id": "1"}`))
	authenticating := &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
		if got := r.Header.Values("Authorization"); got != nil {
			t.Errorf("the client sent %q", got)
		}
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+testToken)
		return http.DefaultTransport.RoundTrip(r)
	})}
	client, err := graph.NewClient(nil, graph.WithServiceRoot(s.root), graph.WithHTTPClient(authenticating))
	if err != nil {
		t.Fatal(err)
	}
	if chat, err := client.Chats().ByID("1").Get(context.Background(), nil); err != nil || chat.ID != "1" {
		t.Errorf("got %v, %v", chat, err)
	}
}
