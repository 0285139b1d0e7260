// Package bot is what the bot does, apart from how it is started.
package bot

import (
	"context"
	"fmt"
	"io"
	"strings"

	"example.com/chatbot/internal/graph"
)

// Room is what the bot needs of a chat.
type Room interface {
	Last(ctx context.Context) (*graph.ChatMessage, error)
	Say(ctx context.Context, text string) error
	People(ctx context.Context) ([]graph.AnyConversationMember, error)
	Leave(ctx context.Context, member string) error
}

// Opener opens chats. A builder of the generated package is one.
type Opener interface {
	Create(context.Context, *graph.Chat, ...graph.CallOption) (*graph.Result[*graph.Chat], error)
}

// Bot answers commands.
type Bot struct {
	Name, Self string
	Out        io.Writer
	Rooms      func(id string) Room
	answered   int
}

// Visit answers the last message of a chat, if it is a command.
func (b *Bot) Visit(ctx context.Context, id, topic string) error {
	room := b.Rooms(id)
	last, err := room.Last(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", id, err)
	}
	if last == nil || last.Body == nil {
		fmt.Fprintf(b.Out, "%s: nothing\n", id)
		return nil
	}
	command, isCommand := strings.CutPrefix(last.Body.Content.Or(""), "!")
	if !isCommand {
		fmt.Fprintf(b.Out, "%s: no command\n", id)
		return nil
	}
	b.answered++
	fmt.Fprintf(b.Out, "%s: %s\n", id, command)
	switch command {
	case "who":
		return b.who(ctx, room)
	case "leave":
		return b.leave(ctx, room)
	}
	return room.Say(ctx, fmt.Sprintf("%s does not know %q in %s.", b.Name, command, topic))
}

// who says who is in a chat.
func (b *Bot) who(ctx context.Context, room Room) error {
	people, err := room.People(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, member := range people {
		switch member := member.(type) {
		case *graph.AadUserConversationMember:
			names = append(names, member.Email.Or("?"))
		default:
			names = append(names, member.GetConversationMember().DisplayName.Or("?"))
		}
	}
	return room.Say(ctx, strings.Join(names, ", "))
}

// leave takes the bot out of a chat.
func (b *Bot) leave(ctx context.Context, room Room) error {
	people, err := room.People(ctx)
	if err != nil {
		return err
	}
	for _, member := range people {
		if user, ok := member.(*graph.AadUserConversationMember); ok && user.UserID.Or("") == b.Self {
			return room.Leave(ctx, user.ID)
		}
	}
	return nil
}

// Report opens a chat with whoever is responsible, and says there how often the bot answered.
func (b *Bot) Report(ctx context.Context, chats Opener, to string) error {
	opened, err := chats.Create(ctx, &graph.Chat{
		ChatType: graph.ChatTypeOneOnOne,
		Members: []graph.AnyConversationMember{
			&graph.AadUserConversationMember{Roles: []string{"owner"}, User: graph.BindUser(b.Self)},
			&graph.AadUserConversationMember{Roles: []string{"owner"}, User: graph.BindUser(to)},
		},
	})
	if err != nil {
		return err
	}
	return b.Rooms(opened.ID()).Say(ctx, fmt.Sprintf("%d answered", b.answered))
}
