// Package betasdk stands in for a client that Kiota made.
package betasdk

import (
	"example.com/betasdk/chats"
	"example.com/kiota"
)

// BaseClient is the first builder.
type BaseClient struct{ kiota.BaseRequestBuilder }

// ServiceClient is the first builder as people use it.
type ServiceClient struct{ BaseClient }

// NewServiceClient makes one.
func NewServiceClient(adapter kiota.RequestAdapter) *ServiceClient {
	m := &ServiceClient{BaseClient{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}", map[string]string{})}}
	if m.RequestAdapter.GetBaseUrl() == "" {
		m.RequestAdapter.SetBaseUrl("https://graph.microsoft.com/beta")
	}
	return m
}

// Chats goes on.
func (m *BaseClient) Chats() *chats.ChatsRequestBuilder {
	return chats.NewChatsRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}
