package bot

import (
	"context"
	"io"
	"testing"

	"example.com/chatbot/internal/graph"
	"example.com/chatbot/internal/graphtest"
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
	srv := graphtest.NewServer(t)
	srv.Chats().ByID("1").OnUpdate(func(_ context.Context, call graphtest.Call, _ *graph.Chat) (*graph.Chat, error) {
		return nil, graphtest.NoContent()
	}).Times(1)
	if err := seed.Topic(context.Background(), srv.Client(), "1", "Plans"); err != nil {
		t.Error(err)
	}
}
