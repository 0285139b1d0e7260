// Msgraph-sdk-go is the program that bench builds with each client: it creates a chat with two bound members, adds a
// member who sees the whole history, and lists chats with their members. It prints what each call hands back, a line each.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	abstractions "github.com/microsoft/kiota-abstractions-go"
	graphsdk "github.com/microsoftgraph/msgraph-sdk-go"
	"github.com/microsoftgraph/msgraph-sdk-go/chats"
	"github.com/microsoftgraph/msgraph-sdk-go/models"
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

// token authenticates with a bearer token, as the other programs do.
type token string

func (t token) AuthenticateRequest(_ context.Context, request *abstractions.RequestInformation, _ map[string]any) error {
	request.Headers.Add("Authorization", "Bearer "+string(t))
	return nil
}

func run(ctx context.Context, root, bearer string) error {
	adapter, err := graphsdk.NewGraphRequestAdapter(token(bearer))
	if err != nil {
		return err
	}
	adapter.SetBaseUrl(root)
	client := graphsdk.NewGraphServiceClient(adapter)

	created, err := client.Chats().Post(ctx, newChat(root), nil)
	fmt.Printf("create a chat: %s\n", describe(created, err))

	member := newMember(root, thirdUser)
	member.SetVisibleHistoryStartDateTime(&time.Time{})
	added, err := client.Chats().ByChatId("19:chat@thread.v2").Members().Post(ctx, member, nil)
	fmt.Printf("add a member: %s\n", describe(added, err))

	top := int32(50)
	list, err := client.Chats().Get(ctx, &chats.ChatsRequestBuilderGetRequestConfiguration{
		QueryParameters: &chats.ChatsRequestBuilderGetQueryParameters{Expand: []string{"members"}, Top: &top},
	})
	if err != nil {
		return err
	}
	for _, chat := range list.GetValue() {
		fmt.Printf("list chats: id %s, %d members\n", *chat.GetId(), len(chat.GetMembers()))
	}
	return nil
}

// newChat is the documented body that creates a one-on-one chat.
func newChat(root string) models.Chatable {
	chat := models.NewChat()
	kind := models.ONEONONE_CHATTYPE
	chat.SetChatType(&kind)
	chat.SetMembers([]models.ConversationMemberable{newMember(root, firstUser), newMember(root, secondUser)})
	return chat
}

// newMember binds a user the way Microsoft's own examples for this SDK do.
func newMember(root, user string) models.ConversationMemberable {
	member := models.NewAadUserConversationMember()
	member.SetRoles([]string{"owner"})
	member.SetAdditionalData(map[string]any{"user@odata.bind": root + "/users('" + user + "')"})
	return member
}

// describe says what a call handed back.
func describe[T interface {
	comparable
	GetId() *string
}](value T, err error) string {
	var none T
	switch {
	case err != nil:
		return "error: " + err.Error()
	case value == none:
		return "nil, nil: neither id nor Location"
	case value.GetId() == nil:
		return "a value without an id"
	}
	return "id " + *value.GetId()
}
