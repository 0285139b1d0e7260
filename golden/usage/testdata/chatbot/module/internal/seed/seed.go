// Package seed fills a chat for tests of the bot.
package seed

import (
	"context"

	"example.com/chatbot/internal/graph"
)

// Topic gives a chat a topic.
func Topic(ctx context.Context, client *graph.Client, id, topic string) error {
	_, err := client.Chats().ByID(id).Update(ctx, &graph.Chat{Topic: graph.Some(topic)})
	return err
}
