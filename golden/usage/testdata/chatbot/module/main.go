// Chatbot answers what is written to it in the chats that it takes part in.
package main

import (
	"context"
	"fmt"
	"os"

	"example.com/chatbot/bot"
	"example.com/chatbot/internal/graph"
)

func main() {
	if err := run(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run answers once in every chat of the service at root.
func run(ctx context.Context, root string) error {
	client, err := graph.NewClient(graph.StaticToken("secret"), graph.WithServiceRoot(root), graph.WithRetry(graph.NoRetry))
	if err != nil {
		return err
	}
	me, err := client.Me().Get(ctx, &graph.GetOptions{Select: []string{graph.UserPropertyID, graph.UserPropertyDisplayName}})
	if err != nil {
		return err
	}
	b := &bot.Bot{
		Name: me.DisplayName.Or("bot"), Self: me.ID, Out: os.Stdout,
		Rooms: func(id string) bot.Room { return bot.NewRoom(client, id) },
	}
	for chat, err := range client.Me().Chats().All(ctx, &graph.ListOptions{Top: 2}) {
		if err != nil {
			return err
		}
		if err := b.Visit(ctx, chat.ID, chat.Topic.Or("")); err != nil {
			return err
		}
	}
	return b.Report(ctx, client.Chats(), "alex@contoso.com")
}
