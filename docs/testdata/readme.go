package page

import (
	"context"
	"testing"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
	"github.com/graphslice/graphslice/generated/v1.0/graphtest"
)

// rename gives a chat another topic, if it has one.
func rename(ctx context.Context, client *graph.Client, id, topic string) error {
	chat, err := client.Chats().ByID(id).Get(ctx, nil)
	if err != nil || chat.Topic.Or("") == "" {
		return err
	}
	_, err = client.Chats().ByID(id).Update(ctx, &graph.Chat{Topic: graph.Some(topic)})
	return err
}
