package bot

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"example.com/chatbot/internal/graph"
	"example.com/chatbot/internal/seed"
)

// silent is a room in which nobody says anything.
type silent struct{ Room }

func (silent) Last(context.Context) (*graph.ChatMessage, error) { return nil, nil }

func TestVisit(t *testing.T) {
	b := &Bot{Out: io.Discard, Rooms: func(string) Room { return silent{} }}
	if err := b.Visit(context.Background(), "1", ""); err != nil || b.answered != 0 {
		t.Error(err, b.answered)
	}
}

func TestTopic(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	defer server.Close()
	client, err := graph.NewClient(nil, graph.WithServiceRoot(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	if err := seed.Topic(context.Background(), client, "1", "Plans"); err != nil {
		t.Error(err)
	}
}
