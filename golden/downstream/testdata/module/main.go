package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	beta "example.com/downstream/internal/beta/graph"
	"example.com/downstream/internal/v1/graph"
)

func main() {
	if err := run(context.Background(), os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

// run creates a chat in v1.0, looks at it, renames it, and adds a member in beta.
func run(ctx context.Context, server string) error {
	client, err := graph.NewClient(graph.StaticToken("t0ken"), graph.WithServiceRoot(server+"/v1.0"), graph.NoRetry)
	if err != nil {
		return err
	}
	created, err := client.Chats().Create(ctx, &graph.Chat{
		ChatType: graph.ChatTypeGroup,
		Topic:    graph.Some("Plans"),
		Members: []graph.AnyConversationMember{
			&graph.AadUserConversationMember{Roles: []string{"owner"}, User: graph.BindUser("megan@contoso.com")},
		},
	})
	if err != nil {
		return err
	}
	chat, err := created.Wait(ctx)
	if err != nil {
		return err
	}
	fmt.Println("created", chat.ID, chat.Topic.Or("-"))
	for member, err := range client.Chats().ByID(chat.ID).Members().All(ctx, nil) {
		if err != nil {
			return err
		}
		switch m := member.(type) {
		case *graph.AadUserConversationMember:
			fmt.Println("member", m.ID, m.Email.Or("-"))
		default:
			fmt.Printf("other %T\n", m)
		}
	}
	if _, err := client.Chats().ByID(chat.ID).Update(ctx, &graph.Chat{Topic: graph.Null[string]()}); err != nil {
		return err
	}
	_, err = client.Chats().ByID("gone").Get(ctx, &graph.GetOptions{Select: []string{graph.ChatPropertyTopic}})
	fmt.Println("gone", errors.Is(err, graph.ErrNotFound))

	preview, err := beta.NewClient(beta.StaticToken("t0ken"), beta.WithServiceRoot(server+"/beta"), beta.NoRetry)
	if err != nil {
		return err
	}
	added, err := preview.Chats().ByID(chat.ID).Members().Create(ctx, &beta.AadUserConversationMember{
		Roles:                       []string{"owner"},
		User:                        beta.BindUser("alex@contoso.com"),
		VisibleHistoryStartDateTime: beta.Some(time.Time{}),
	})
	if err != nil {
		return err
	}
	fmt.Println("added", added.ID())
	return nil
}
