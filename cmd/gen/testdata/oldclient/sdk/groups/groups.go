// Package groups stands in for the builders of a client.
package groups

import (
	"context"

	"example.com/kiota"
	"example.com/sdk/models"
)

// GroupsRequestBuilder asks for {+baseurl}/groups.
type GroupsRequestBuilder struct{ kiota.BaseRequestBuilder }

// GroupsRequestBuilderQueryParameters are those of the query.
type GroupsRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewGroupsRequestBuilderInternal makes one.
func NewGroupsRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *GroupsRequestBuilder {
	return &GroupsRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/groups", parameters)}
}

// NewGroupsRequestBuilder makes one of an address.
func NewGroupsRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *GroupsRequestBuilder {
	return NewGroupsRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *GroupsRequestBuilder) WithUrl(rawUrl string) *GroupsRequestBuilder {
	return NewGroupsRequestBuilder(rawUrl, m.RequestAdapter)
}

// ByGroupId goes on.
func (m *GroupsRequestBuilder) ByGroupId(id string) *GroupItemRequestBuilder {
	return NewGroupItemRequestBuilderInternal(m.With("group%2Did", id), m.RequestAdapter)
}

// GroupItemRequestBuilder asks for {+baseurl}/groups/{group%2Did}.
type GroupItemRequestBuilder struct{ kiota.BaseRequestBuilder }

// GroupItemRequestBuilderQueryParameters are those of the query.
type GroupItemRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewGroupItemRequestBuilderInternal makes one.
func NewGroupItemRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *GroupItemRequestBuilder {
	return &GroupItemRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/groups/{group%2Did}", parameters)}
}

// NewGroupItemRequestBuilder makes one of an address.
func NewGroupItemRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *GroupItemRequestBuilder {
	return NewGroupItemRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *GroupItemRequestBuilder) WithUrl(rawUrl string) *GroupItemRequestBuilder {
	return NewGroupItemRequestBuilder(rawUrl, m.RequestAdapter)
}

// Members goes on.
func (m *GroupItemRequestBuilder) Members() *ItemMembersRequestBuilder {
	return NewItemMembersRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}

// ItemMembersRequestBuilder asks for {+baseurl}/groups/{group%2Did}/members.
type ItemMembersRequestBuilder struct{ kiota.BaseRequestBuilder }

// ItemMembersRequestBuilderQueryParameters are those of the query.
type ItemMembersRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewItemMembersRequestBuilderInternal makes one.
func NewItemMembersRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ItemMembersRequestBuilder {
	return &ItemMembersRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/groups/{group%2Did}/members", parameters)}
}

// NewItemMembersRequestBuilder makes one of an address.
func NewItemMembersRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ItemMembersRequestBuilder {
	return NewItemMembersRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ItemMembersRequestBuilder) WithUrl(rawUrl string) *ItemMembersRequestBuilder {
	return NewItemMembersRequestBuilder(rawUrl, m.RequestAdapter)
}

// ByDirectoryObjectId goes on.
func (m *ItemMembersRequestBuilder) ByDirectoryObjectId(id string) *ItemMembersItemRequestBuilder {
	return NewItemMembersItemRequestBuilderInternal(m.With("directoryObject%2Did", id), m.RequestAdapter)
}

// Ref goes on.
func (m *ItemMembersRequestBuilder) Ref() *ItemMembersRefRequestBuilder {
	return NewItemMembersRefRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}

// GraphUser goes on.
func (m *ItemMembersRequestBuilder) GraphUser() *ItemMembersGraphUserRequestBuilder {
	return NewItemMembersGraphUserRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}

// ItemMembersItemRequestBuilder asks for {+baseurl}/groups/{group%2Did}/members/{directoryObject%2Did}.
type ItemMembersItemRequestBuilder struct{ kiota.BaseRequestBuilder }

// ItemMembersItemRequestBuilderQueryParameters are those of the query.
type ItemMembersItemRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewItemMembersItemRequestBuilderInternal makes one.
func NewItemMembersItemRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ItemMembersItemRequestBuilder {
	return &ItemMembersItemRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/groups/{group%2Did}/members/{directoryObject%2Did}", parameters)}
}

// NewItemMembersItemRequestBuilder makes one of an address.
func NewItemMembersItemRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ItemMembersItemRequestBuilder {
	return NewItemMembersItemRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ItemMembersItemRequestBuilder) WithUrl(rawUrl string) *ItemMembersItemRequestBuilder {
	return NewItemMembersItemRequestBuilder(rawUrl, m.RequestAdapter)
}

// Ref goes on.
func (m *ItemMembersItemRequestBuilder) Ref() *ItemMembersItemRefRequestBuilder {
	return NewItemMembersItemRefRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}

// ItemMembersRefRequestBuilder asks for {+baseurl}/groups/{group%2Did}/members/$ref.
type ItemMembersRefRequestBuilder struct{ kiota.BaseRequestBuilder }

// ItemMembersRefRequestBuilderQueryParameters are those of the query.
type ItemMembersRefRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewItemMembersRefRequestBuilderInternal makes one.
func NewItemMembersRefRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ItemMembersRefRequestBuilder {
	return &ItemMembersRefRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/groups/{group%2Did}/members/$ref{?%24top}", parameters)}
}

// NewItemMembersRefRequestBuilder makes one of an address.
func NewItemMembersRefRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ItemMembersRefRequestBuilder {
	return NewItemMembersRefRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ItemMembersRefRequestBuilder) WithUrl(rawUrl string) *ItemMembersRefRequestBuilder {
	return NewItemMembersRefRequestBuilder(rawUrl, m.RequestAdapter)
}

// Post sends it.
func (m *ItemMembersRefRequestBuilder) Post(ctx context.Context, body string, configuration *kiota.RequestConfiguration[ItemMembersRefRequestBuilderQueryParameters]) error {
	_, err := m.ToPostRequestInformation(ctx, body, configuration)
	return err
}

// ToPostRequestInformation makes it.
func (m *ItemMembersRefRequestBuilder) ToPostRequestInformation(ctx context.Context, body string, configuration *kiota.RequestConfiguration[ItemMembersRefRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "POST", UrlTemplate: m.UrlTemplate}, nil
}

// ItemMembersItemRefRequestBuilder asks for {+baseurl}/groups/{group%2Did}/members/{directoryObject%2Did}/$ref.
type ItemMembersItemRefRequestBuilder struct{ kiota.BaseRequestBuilder }

// ItemMembersItemRefRequestBuilderQueryParameters are those of the query.
type ItemMembersItemRefRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewItemMembersItemRefRequestBuilderInternal makes one.
func NewItemMembersItemRefRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ItemMembersItemRefRequestBuilder {
	return &ItemMembersItemRefRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/groups/{group%2Did}/members/{directoryObject%2Did}/$ref", parameters)}
}

// NewItemMembersItemRefRequestBuilder makes one of an address.
func NewItemMembersItemRefRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ItemMembersItemRefRequestBuilder {
	return NewItemMembersItemRefRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ItemMembersItemRefRequestBuilder) WithUrl(rawUrl string) *ItemMembersItemRefRequestBuilder {
	return NewItemMembersItemRefRequestBuilder(rawUrl, m.RequestAdapter)
}

// Delete sends it.
func (m *ItemMembersItemRefRequestBuilder) Delete(ctx context.Context, configuration *kiota.RequestConfiguration[ItemMembersItemRefRequestBuilderQueryParameters]) error {
	_, err := m.ToDeleteRequestInformation(ctx, configuration)
	return err
}

// ToDeleteRequestInformation makes it.
func (m *ItemMembersItemRefRequestBuilder) ToDeleteRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[ItemMembersItemRefRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "DELETE", UrlTemplate: m.UrlTemplate}, nil
}

// ItemMembersGraphUserRequestBuilder asks for {+baseurl}/groups/{group%2Did}/members/graph.user.
type ItemMembersGraphUserRequestBuilder struct{ kiota.BaseRequestBuilder }

// ItemMembersGraphUserRequestBuilderQueryParameters are those of the query.
type ItemMembersGraphUserRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewItemMembersGraphUserRequestBuilderInternal makes one.
func NewItemMembersGraphUserRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ItemMembersGraphUserRequestBuilder {
	return &ItemMembersGraphUserRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/groups/{group%2Did}/members/graph.user{?%24top}", parameters)}
}

// NewItemMembersGraphUserRequestBuilder makes one of an address.
func NewItemMembersGraphUserRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ItemMembersGraphUserRequestBuilder {
	return NewItemMembersGraphUserRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ItemMembersGraphUserRequestBuilder) WithUrl(rawUrl string) *ItemMembersGraphUserRequestBuilder {
	return NewItemMembersGraphUserRequestBuilder(rawUrl, m.RequestAdapter)
}

// Get sends it.
func (m *ItemMembersGraphUserRequestBuilder) Get(ctx context.Context, configuration *kiota.RequestConfiguration[ItemMembersGraphUserRequestBuilderQueryParameters]) ([]models.Userable, error) {
	_, err := m.ToGetRequestInformation(ctx, configuration)
	return nil, err
}

// ToGetRequestInformation makes it.
func (m *ItemMembersGraphUserRequestBuilder) ToGetRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[ItemMembersGraphUserRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "GET", UrlTemplate: m.UrlTemplate}, nil
}
