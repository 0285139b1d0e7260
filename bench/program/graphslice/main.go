// Graphslice is the program that bench builds with each client: it creates a chat with two bound members, adds a member
// who sees the whole history, and lists chats with their members. It prints what each call hands back, a line each.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

const (
	firstUser  = "8b081ef6-4792-4def-b2c9-c363a1bf41d5"
	secondUser = "82af01c5-f7cc-4a2e-a728-3a5df21afd9d"
	thirdUser  = "4595d2f2-7b31-446c-84fd-9b795e63114b"
)

func main() {
	if err := run(context.Background(), os.Getenv("ROOT"), os.Getenv("TOKEN")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, root, token string) error {
	client, err := graph.NewClient(graph.StaticToken(token), graph.WithServiceRoot(root))
	if err != nil {
		return err
	}
	created, err := client.Chats().Create(ctx, newChat())
	fmt.Printf("create a chat: %s\n", describe(created, err))

	member := newMember(thirdUser)
	member.VisibleHistoryStartDateTime = graph.Some(time.Time{})
	added, err := client.Chats().ByID("19:chat@thread.v2").Members().Create(ctx, member)
	fmt.Printf("add a member: %s\n", describe(added, err))

	members := []graph.Expand{{Property: graph.ChatPropertyMembers}}
	for chat, err := range client.Chats().All(ctx, &graph.ListOptions{Expand: members, Top: 50}) {
		if err != nil {
			return err
		}
		fmt.Printf("list chats: id %s, %d members\n", chat.ID, len(chat.Members))
	}
	return nil
}

// newChat is the documented body that creates a one-on-one chat.
func newChat() *graph.Chat {
	return &graph.Chat{
		ChatType: graph.ChatTypeOneOnOne, Members: []graph.AnyConversationMember{newMember(firstUser), newMember(secondUser)},
	}
}

func newMember(user string) *graph.AadUserConversationMember {
	return &graph.AadUserConversationMember{Roles: []string{graph.RoleOwner}, User: graph.BindUser(user)}
}

// describe says what a call handed back.
func describe[T any](result *graph.Result[T], err error) string {
	switch {
	case err != nil:
		return "error: " + err.Error()
	case result.Accepted():
		return "accepted; Wait polls " + result.Location
	}
	return "id " + result.ID()
}
