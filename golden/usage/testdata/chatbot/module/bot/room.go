package bot

import (
	"context"

	"example.com/chatbot/internal/graph"
)

// room is a chat of the service.
type room struct{ *graph.ChatRequests }

// NewRoom returns the chat with an id.
func NewRoom(client *graph.Client, id string) Room { return room{client.Chats().ByID(id)} }

func (r room) Last(ctx context.Context) (*graph.ChatMessage, error) {
	page, err := r.Messages().List(ctx, &graph.ListOptions{Top: 1})
	if err != nil || len(page.Items) == 0 {
		return nil, err
	}
	return page.Items[0], nil
}

func (r room) Say(ctx context.Context, text string) error {
	_, err := r.Messages().Create(ctx, &graph.ChatMessage{
		Body: &graph.ItemBody{ContentType: graph.Some(graph.BodyTypeText), Content: graph.Some(text)},
	})
	return err
}

func (r room) People(ctx context.Context) ([]graph.AnyConversationMember, error) {
	var people []graph.AnyConversationMember
	for member, err := range r.Members().All(ctx, nil) {
		if err != nil {
			return nil, err
		}
		people = append(people, member)
	}
	return people, nil
}

func (r room) Leave(ctx context.Context, member string) error {
	return r.Members().ByID(member).Delete(ctx)
}
