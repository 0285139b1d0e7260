// Package chats stands in for the builders of a client.
package chats

import (
	"context"

	"example.com/betasdk/models"
	"example.com/kiota"
)

// ChatsRequestBuilder asks for {+baseurl}/chats.
type ChatsRequestBuilder struct{ kiota.BaseRequestBuilder }

// ChatsRequestBuilderQueryParameters are those of the query.
type ChatsRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewChatsRequestBuilderInternal makes one.
func NewChatsRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ChatsRequestBuilder {
	return &ChatsRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/chats{?%24top}", parameters)}
}

// NewChatsRequestBuilder makes one of an address.
func NewChatsRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ChatsRequestBuilder {
	return NewChatsRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ChatsRequestBuilder) WithUrl(rawUrl string) *ChatsRequestBuilder {
	return NewChatsRequestBuilder(rawUrl, m.RequestAdapter)
}

// Get sends it.
func (m *ChatsRequestBuilder) Get(ctx context.Context, configuration *kiota.RequestConfiguration[ChatsRequestBuilderQueryParameters]) ([]models.Chatable, error) {
	_, err := m.ToGetRequestInformation(ctx, configuration)
	return nil, err
}

// ToGetRequestInformation makes it.
func (m *ChatsRequestBuilder) ToGetRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[ChatsRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "GET", UrlTemplate: m.UrlTemplate}, nil
}

// Post sends it.
func (m *ChatsRequestBuilder) Post(ctx context.Context, body models.Chatable, configuration *kiota.RequestConfiguration[ChatsRequestBuilderQueryParameters]) (models.Chatable, error) {
	_, err := m.ToPostRequestInformation(ctx, body, configuration)
	return nil, err
}

// ToPostRequestInformation makes it.
func (m *ChatsRequestBuilder) ToPostRequestInformation(ctx context.Context, body models.Chatable, configuration *kiota.RequestConfiguration[ChatsRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "POST", UrlTemplate: m.UrlTemplate}, nil
}

// ByChatId goes on.
func (m *ChatsRequestBuilder) ByChatId(id string) *ChatItemRequestBuilder {
	return NewChatItemRequestBuilderInternal(m.With("chat%2Did", id), m.RequestAdapter)
}

// ChatItemRequestBuilder asks for {+baseurl}/chats/{chat%2Did}.
type ChatItemRequestBuilder struct{ kiota.BaseRequestBuilder }

// ChatItemRequestBuilderQueryParameters are those of the query.
type ChatItemRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewChatItemRequestBuilderInternal makes one.
func NewChatItemRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ChatItemRequestBuilder {
	return &ChatItemRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/chats/{chat%2Did}", parameters)}
}

// NewChatItemRequestBuilder makes one of an address.
func NewChatItemRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ChatItemRequestBuilder {
	return NewChatItemRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ChatItemRequestBuilder) WithUrl(rawUrl string) *ChatItemRequestBuilder {
	return NewChatItemRequestBuilder(rawUrl, m.RequestAdapter)
}

// Delete sends it.
func (m *ChatItemRequestBuilder) Delete(ctx context.Context, configuration *kiota.RequestConfiguration[ChatItemRequestBuilderQueryParameters]) error {
	_, err := m.ToDeleteRequestInformation(ctx, configuration)
	return err
}

// ToDeleteRequestInformation makes it.
func (m *ChatItemRequestBuilder) ToDeleteRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[ChatItemRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "DELETE", UrlTemplate: m.UrlTemplate}, nil
}
