// Program uses a generated package in every way that it can be used in. A comment behind a line says which operations the line
// is a place of.
package main

import (
	"context"
	"fmt"
	"os"
	"reflect"

	other "example.com/program/graph"
	"example.com/program/internal/store"
	"example.com/program/internal/told"
)

// people is a builder under another name.
type people = other.ChatMembersRequests

// embedding has the methods of a builder.
type embedding struct{ *other.ChatRequests }

// lister is a constraint.
type lister[T any] interface {
	List(context.Context, *other.ListOptions, ...other.CallOption) (*other.Page[T], error)
}

func first[T any, L lister[T]](ctx context.Context, l L) (T, error) {
	page, err := l.List(ctx, nil) // GET /me/chats
	if err != nil || len(page.Items) == 0 {
		var none T
		return none, err
	}
	return page.Items[0], nil
}

// remover is an interface of the program. Nothing calls Update by it.
type remover interface {
	Delete(context.Context, ...other.CallOption) error
	Update(context.Context, other.AnyConversationMember, ...other.CallOption) (*other.Result[other.AnyConversationMember], error)
}

func remove(ctx context.Context, r remover) error {
	return r.Delete(ctx) // DELETE /chats/{chat-id}/members/{conversationMember-id}
}

func main() {
	ctx := context.Background()
	client, err := other.NewClient(other.StaticToken(os.Getenv("TOKEN")))
	if err != nil {
		panic(err)
	}
	for chat, err := range client.Chats().All(ctx, nil) { // GET /chats
		fmt.Println(chat.Topic.Or(""), err)
	}
	create := client.Chats().Create // POST /chats
	made, err := create(ctx, &other.Chat{Members: []other.AnyConversationMember{
		&other.AadUserConversationMember{User: other.BindUser("alex@contoso.com"), Roles: []string{other.RoleOwner}},
	}})
	fmt.Println(made.Wait(ctx))
	get := (*other.ChatRequests).Get // GET /chats/{chat-id}
	fmt.Println(get(client.Chats().ByID("1"), ctx, &other.GetOptions{Select: []string{other.ChatPropertyChatType}}))
	var members *people = client.Chats().ByID("1").Members()
	fmt.Println(members.Count(ctx, nil)) // GET /chats/{chat-id}/members/$count
	e := embedding{client.Chats().ByID("1")}
	fmt.Println(e.HideForUser(ctx, nil)) // POST /chats/{chat-id}/microsoft.graph.hideForUser
	fmt.Println(first(ctx, client.Me().Chats()))
	fmt.Println(remove(ctx, members.ByID("2"))) // PATCH /chats/{chat-id}/members/{conversationMember-id} (not called)
	fmt.Println(store.Keep(ctx, client.Chats().ByID("1").InstalledApps()))
	told.Tell(ctx, client)
	_, err = client.Do(ctx, "GET", "/me/messages/"+os.Args[0], nil, nil)
	_ = other.BindPath[other.User]("me")
	fmt.Println(reflect.ValueOf(client.Teams()), err)
	name, _ := other.Property[string](&other.Chat{}, "webUrl")
	_, _ = other.Property[string](&other.Chat{}, name)
}
