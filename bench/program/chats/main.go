// Chats is program base with a generated package on top: what it costs to build is the difference.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

type chat struct {
	ID      string    `json:"id,omitempty"`
	Topic   *string   `json:"topic,omitempty"`
	Created time.Time `json:"createdDateTime,omitzero"`
}

func main() {
	ctx := context.Background()
	for _, run := range []func(context.Context) error{run, useGraph} {
		if err := run(ctx); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func run(ctx context.Context) error {
	body, err := json.Marshal(chat{})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, os.Getenv("ROOT")+"/chats", bytes.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var created chat
	if err := json.NewDecoder(resp.Body).Decode(&created); err != nil {
		return err
	}
	fmt.Println(created)
	return nil
}

// useGraph creates a chat, adds a member and lists chats.
func useGraph(ctx context.Context) error {
	client, err := graph.NewClient(graph.StaticToken(os.Getenv("TOKEN")))
	if err != nil {
		return err
	}
	member := &graph.AadUserConversationMember{Roles: []string{graph.RoleOwner}, User: graph.BindUser(os.Getenv("ID"))}
	created, err := client.Chats().Create(ctx, &graph.Chat{
		ChatType: graph.ChatTypeGroup, Members: []graph.AnyConversationMember{member},
	})
	if err != nil {
		return err
	}
	if _, err := created.Wait(ctx); err != nil {
		return err
	}
	if _, err := client.Chats().ByID(created.ID()).Members().Create(ctx, member); err != nil {
		return err
	}
	for chat, err := range client.Chats().All(ctx, &graph.ListOptions{Top: 50}) {
		if err != nil {
			return err
		}
		fmt.Println(chat.Topic.Or(chat.ID))
	}
	return nil
}
