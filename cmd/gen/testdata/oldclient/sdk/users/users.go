// Package users stands in for the builders of a client.
package users

import (
	"context"

	"example.com/kiota"
	"example.com/sdk/models"
)

// UsersRequestBuilder asks for {+baseurl}/users.
type UsersRequestBuilder struct{ kiota.BaseRequestBuilder }

// UsersRequestBuilderQueryParameters are those of the query.
type UsersRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewUsersRequestBuilderInternal makes one.
func NewUsersRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *UsersRequestBuilder {
	return &UsersRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/users{?%24select,%24top}", parameters)}
}

// NewUsersRequestBuilder makes one of an address.
func NewUsersRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *UsersRequestBuilder {
	return NewUsersRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *UsersRequestBuilder) WithUrl(rawUrl string) *UsersRequestBuilder {
	return NewUsersRequestBuilder(rawUrl, m.RequestAdapter)
}

// Get sends it.
func (m *UsersRequestBuilder) Get(ctx context.Context, configuration *kiota.RequestConfiguration[UsersRequestBuilderQueryParameters]) ([]models.Userable, error) {
	_, err := m.ToGetRequestInformation(ctx, configuration)
	return nil, err
}

// ToGetRequestInformation makes it.
func (m *UsersRequestBuilder) ToGetRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[UsersRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "GET", UrlTemplate: m.UrlTemplate}, nil
}

// ByUserId goes on.
func (m *UsersRequestBuilder) ByUserId(id string) *UserItemRequestBuilder {
	return NewUserItemRequestBuilderInternal(m.With("user%2Did", id), m.RequestAdapter)
}

// Count goes on.
func (m *UsersRequestBuilder) Count() *CountRequestBuilder {
	return NewCountRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}

// Delta goes on.
func (m *UsersRequestBuilder) Delta() *DeltaRequestBuilder {
	return NewDeltaRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}

// UserItemRequestBuilder asks for {+baseurl}/users/{user%2Did}.
type UserItemRequestBuilder struct{ kiota.BaseRequestBuilder }

// UserItemRequestBuilderQueryParameters are those of the query.
type UserItemRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewUserItemRequestBuilderInternal makes one.
func NewUserItemRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *UserItemRequestBuilder {
	return &UserItemRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/users/{user%2Did}{?%24select}", parameters)}
}

// NewUserItemRequestBuilder makes one of an address.
func NewUserItemRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *UserItemRequestBuilder {
	return NewUserItemRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *UserItemRequestBuilder) WithUrl(rawUrl string) *UserItemRequestBuilder {
	return NewUserItemRequestBuilder(rawUrl, m.RequestAdapter)
}

// Get sends it.
func (m *UserItemRequestBuilder) Get(ctx context.Context, configuration *kiota.RequestConfiguration[UserItemRequestBuilderQueryParameters]) (models.Userable, error) {
	_, err := m.ToGetRequestInformation(ctx, configuration)
	return nil, err
}

// ToGetRequestInformation makes it.
func (m *UserItemRequestBuilder) ToGetRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[UserItemRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "GET", UrlTemplate: m.UrlTemplate}, nil
}

// Patch sends it.
func (m *UserItemRequestBuilder) Patch(ctx context.Context, body models.Userable, configuration *kiota.RequestConfiguration[UserItemRequestBuilderQueryParameters]) (models.Userable, error) {
	_, err := m.ToPatchRequestInformation(ctx, body, configuration)
	return nil, err
}

// ToPatchRequestInformation makes it.
func (m *UserItemRequestBuilder) ToPatchRequestInformation(ctx context.Context, body models.Userable, configuration *kiota.RequestConfiguration[UserItemRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "PATCH", UrlTemplate: m.UrlTemplate}, nil
}

// Messages goes on.
func (m *UserItemRequestBuilder) Messages() *ItemMessagesRequestBuilder {
	return NewItemMessagesRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}

// SendMail goes on.
func (m *UserItemRequestBuilder) SendMail() *ItemSendMailRequestBuilder {
	return NewItemSendMailRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}

// ReminderViewWithStartDateTimeWithEndDateTime goes on; what it takes is in the order of the names.
func (m *UserItemRequestBuilder) ReminderViewWithStartDateTimeWithEndDateTime(endDateTime *string, startDateTime *string) *ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilder {
	return NewItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilderInternal(m.With("EndDateTime", *endDateTime), m.RequestAdapter)
}

// CalendarView goes on.
func (m *UserItemRequestBuilder) CalendarView() *ItemCalendarViewRequestBuilder {
	return NewItemCalendarViewRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}

// ItemMessagesRequestBuilder asks for {+baseurl}/users/{user%2Did}/messages.
type ItemMessagesRequestBuilder struct{ kiota.BaseRequestBuilder }

// ItemMessagesRequestBuilderQueryParameters are those of the query.
type ItemMessagesRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewItemMessagesRequestBuilderInternal makes one.
func NewItemMessagesRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ItemMessagesRequestBuilder {
	return &ItemMessagesRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/users/{user%2Did}/messages{?%24select,%24top}", parameters)}
}

// NewItemMessagesRequestBuilder makes one of an address.
func NewItemMessagesRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ItemMessagesRequestBuilder {
	return NewItemMessagesRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ItemMessagesRequestBuilder) WithUrl(rawUrl string) *ItemMessagesRequestBuilder {
	return NewItemMessagesRequestBuilder(rawUrl, m.RequestAdapter)
}

// Get sends it.
func (m *ItemMessagesRequestBuilder) Get(ctx context.Context, configuration *kiota.RequestConfiguration[ItemMessagesRequestBuilderQueryParameters]) ([]models.Messageable, error) {
	_, err := m.ToGetRequestInformation(ctx, configuration)
	return nil, err
}

// ToGetRequestInformation makes it.
func (m *ItemMessagesRequestBuilder) ToGetRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[ItemMessagesRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "GET", UrlTemplate: m.UrlTemplate}, nil
}

// Post sends it.
func (m *ItemMessagesRequestBuilder) Post(ctx context.Context, body models.Messageable, configuration *kiota.RequestConfiguration[ItemMessagesRequestBuilderQueryParameters]) (models.Messageable, error) {
	_, err := m.ToPostRequestInformation(ctx, body, configuration)
	return nil, err
}

// ToPostRequestInformation makes it.
func (m *ItemMessagesRequestBuilder) ToPostRequestInformation(ctx context.Context, body models.Messageable, configuration *kiota.RequestConfiguration[ItemMessagesRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "POST", UrlTemplate: "{+baseurl}/users/{user%2Did}/messages"}, nil
}

// ByMessageId goes on.
func (m *ItemMessagesRequestBuilder) ByMessageId(id string) *ItemMessagesMessageItemRequestBuilder {
	return NewItemMessagesMessageItemRequestBuilderInternal(m.With("message%2Did", id), m.RequestAdapter)
}

// Count goes on.
func (m *ItemMessagesRequestBuilder) Count() *ItemMessagesCountRequestBuilder {
	return NewItemMessagesCountRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}

// ItemMessagesMessageItemRequestBuilder asks for {+baseurl}/users/{user%2Did}/messages/{message%2Did}.
type ItemMessagesMessageItemRequestBuilder struct{ kiota.BaseRequestBuilder }

// ItemMessagesMessageItemRequestBuilderQueryParameters are those of the query.
type ItemMessagesMessageItemRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewItemMessagesMessageItemRequestBuilderInternal makes one.
func NewItemMessagesMessageItemRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ItemMessagesMessageItemRequestBuilder {
	return &ItemMessagesMessageItemRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/users/{user%2Did}/messages/{message%2Did}{?%24select}", parameters)}
}

// NewItemMessagesMessageItemRequestBuilder makes one of an address.
func NewItemMessagesMessageItemRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ItemMessagesMessageItemRequestBuilder {
	return NewItemMessagesMessageItemRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ItemMessagesMessageItemRequestBuilder) WithUrl(rawUrl string) *ItemMessagesMessageItemRequestBuilder {
	return NewItemMessagesMessageItemRequestBuilder(rawUrl, m.RequestAdapter)
}

// Get sends it.
func (m *ItemMessagesMessageItemRequestBuilder) Get(ctx context.Context, configuration *kiota.RequestConfiguration[ItemMessagesMessageItemRequestBuilderQueryParameters]) (models.Messageable, error) {
	_, err := m.ToGetRequestInformation(ctx, configuration)
	return nil, err
}

// ToGetRequestInformation makes it.
func (m *ItemMessagesMessageItemRequestBuilder) ToGetRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[ItemMessagesMessageItemRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "GET", UrlTemplate: m.UrlTemplate}, nil
}

// Delete sends it.
func (m *ItemMessagesMessageItemRequestBuilder) Delete(ctx context.Context, configuration *kiota.RequestConfiguration[ItemMessagesMessageItemRequestBuilderQueryParameters]) error {
	_, err := m.ToDeleteRequestInformation(ctx, configuration)
	return err
}

// ToDeleteRequestInformation makes it.
func (m *ItemMessagesMessageItemRequestBuilder) ToDeleteRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[ItemMessagesMessageItemRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "DELETE", UrlTemplate: m.UrlTemplate}, nil
}

// ItemMessagesCountRequestBuilder asks for {+baseurl}/users/{user%2Did}/messages/$count.
type ItemMessagesCountRequestBuilder struct{ kiota.BaseRequestBuilder }

// ItemMessagesCountRequestBuilderQueryParameters are those of the query.
type ItemMessagesCountRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewItemMessagesCountRequestBuilderInternal makes one.
func NewItemMessagesCountRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ItemMessagesCountRequestBuilder {
	return &ItemMessagesCountRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/users/{user%2Did}/messages/$count{?%24filter}", parameters)}
}

// NewItemMessagesCountRequestBuilder makes one of an address.
func NewItemMessagesCountRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ItemMessagesCountRequestBuilder {
	return NewItemMessagesCountRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ItemMessagesCountRequestBuilder) WithUrl(rawUrl string) *ItemMessagesCountRequestBuilder {
	return NewItemMessagesCountRequestBuilder(rawUrl, m.RequestAdapter)
}

// Get sends it.
func (m *ItemMessagesCountRequestBuilder) Get(ctx context.Context, configuration *kiota.RequestConfiguration[ItemMessagesCountRequestBuilderQueryParameters]) (*int32, error) {
	_, err := m.ToGetRequestInformation(ctx, configuration)
	return nil, err
}

// ToGetRequestInformation makes it.
func (m *ItemMessagesCountRequestBuilder) ToGetRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[ItemMessagesCountRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "GET", UrlTemplate: m.UrlTemplate}, nil
}

// ItemSendMailRequestBuilder asks for {+baseurl}/users/{user%2Did}/sendMail.
type ItemSendMailRequestBuilder struct{ kiota.BaseRequestBuilder }

// ItemSendMailRequestBuilderQueryParameters are those of the query.
type ItemSendMailRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewItemSendMailRequestBuilderInternal makes one.
func NewItemSendMailRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ItemSendMailRequestBuilder {
	return &ItemSendMailRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/users/{user%2Did}/sendMail", parameters)}
}

// NewItemSendMailRequestBuilder makes one of an address.
func NewItemSendMailRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ItemSendMailRequestBuilder {
	return NewItemSendMailRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ItemSendMailRequestBuilder) WithUrl(rawUrl string) *ItemSendMailRequestBuilder {
	return NewItemSendMailRequestBuilder(rawUrl, m.RequestAdapter)
}

// Post sends it.
func (m *ItemSendMailRequestBuilder) Post(ctx context.Context, body models.Messageable, configuration *kiota.RequestConfiguration[ItemSendMailRequestBuilderQueryParameters]) error {
	_, err := m.ToPostRequestInformation(ctx, body, configuration)
	return err
}

// ToPostRequestInformation makes it.
func (m *ItemSendMailRequestBuilder) ToPostRequestInformation(ctx context.Context, body models.Messageable, configuration *kiota.RequestConfiguration[ItemSendMailRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "POST", UrlTemplate: m.UrlTemplate}, nil
}

// ItemCalendarViewRequestBuilder asks for {+baseurl}/users/{user%2Did}/calendarView?endDateTime={endDateTime}&startDateTime={startDateTime}{&%24top}.
type ItemCalendarViewRequestBuilder struct{ kiota.BaseRequestBuilder }

// ItemCalendarViewRequestBuilderQueryParameters are those of the query.
type ItemCalendarViewRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewItemCalendarViewRequestBuilderInternal makes one.
func NewItemCalendarViewRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ItemCalendarViewRequestBuilder {
	return &ItemCalendarViewRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/users/{user%2Did}/calendarView?endDateTime={endDateTime}&startDateTime={startDateTime}{&%24top}", parameters)}
}

// NewItemCalendarViewRequestBuilder makes one of an address.
func NewItemCalendarViewRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ItemCalendarViewRequestBuilder {
	return NewItemCalendarViewRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ItemCalendarViewRequestBuilder) WithUrl(rawUrl string) *ItemCalendarViewRequestBuilder {
	return NewItemCalendarViewRequestBuilder(rawUrl, m.RequestAdapter)
}

// Get sends it.
func (m *ItemCalendarViewRequestBuilder) Get(ctx context.Context, configuration *kiota.RequestConfiguration[ItemCalendarViewRequestBuilderQueryParameters]) ([]byte, error) {
	_, err := m.ToGetRequestInformation(ctx, configuration)
	return nil, err
}

// ToGetRequestInformation makes it.
func (m *ItemCalendarViewRequestBuilder) ToGetRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[ItemCalendarViewRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "GET", UrlTemplate: m.UrlTemplate}, nil
}

// CountRequestBuilder asks for {+baseurl}/users/$count.
type CountRequestBuilder struct{ kiota.BaseRequestBuilder }

// CountRequestBuilderQueryParameters are those of the query.
type CountRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewCountRequestBuilderInternal makes one.
func NewCountRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *CountRequestBuilder {
	return &CountRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/users/$count{?%24filter}", parameters)}
}

// NewCountRequestBuilder makes one of an address.
func NewCountRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *CountRequestBuilder {
	return NewCountRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *CountRequestBuilder) WithUrl(rawUrl string) *CountRequestBuilder {
	return NewCountRequestBuilder(rawUrl, m.RequestAdapter)
}

// Get sends it.
func (m *CountRequestBuilder) Get(ctx context.Context, configuration *kiota.RequestConfiguration[CountRequestBuilderQueryParameters]) (*int32, error) {
	_, err := m.ToGetRequestInformation(ctx, configuration)
	return nil, err
}

// ToGetRequestInformation makes it.
func (m *CountRequestBuilder) ToGetRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[CountRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "GET", UrlTemplate: m.UrlTemplate}, nil
}

// DeltaRequestBuilder asks for {+baseurl}/users/delta().
type DeltaRequestBuilder struct{ kiota.BaseRequestBuilder }

// DeltaRequestBuilderQueryParameters are those of the query.
type DeltaRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewDeltaRequestBuilderInternal makes one.
func NewDeltaRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *DeltaRequestBuilder {
	return &DeltaRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/users/delta(){?%24select}", parameters)}
}

// NewDeltaRequestBuilder makes one of an address.
func NewDeltaRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *DeltaRequestBuilder {
	return NewDeltaRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *DeltaRequestBuilder) WithUrl(rawUrl string) *DeltaRequestBuilder {
	return NewDeltaRequestBuilder(rawUrl, m.RequestAdapter)
}

// GetAsDeltaGetResponse sends it.
func (m *DeltaRequestBuilder) GetAsDeltaGetResponse(ctx context.Context, configuration *kiota.RequestConfiguration[DeltaRequestBuilderQueryParameters]) ([]models.Userable, error) {
	_, err := m.ToGetRequestInformation(ctx, configuration)
	return nil, err
}

// ToGetRequestInformation makes it.
func (m *DeltaRequestBuilder) ToGetRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[DeltaRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "GET", UrlTemplate: m.UrlTemplate}, nil
}

// ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilder asks for {+baseurl}/users/{user%2Did}/reminderView(StartDateTime='{StartDateTime}',EndDateTime='{EndDateTime}').
type ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilder struct{ kiota.BaseRequestBuilder }

// ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilderQueryParameters are those of the query.
type ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilderInternal makes one.
func NewItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilder {
	return &ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/users/{user%2Did}/reminderView(StartDateTime='{StartDateTime}',EndDateTime='{EndDateTime}')", parameters)}
}

// NewItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilder makes one of an address.
func NewItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilder {
	return NewItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilder) WithUrl(rawUrl string) *ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilder {
	return NewItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilder(rawUrl, m.RequestAdapter)
}

// Get sends it.
func (m *ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilder) Get(ctx context.Context, configuration *kiota.RequestConfiguration[ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilderQueryParameters]) ([]byte, error) {
	_, err := m.ToGetRequestInformation(ctx, configuration)
	return nil, err
}

// ToGetRequestInformation makes it.
func (m *ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilder) ToGetRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[ItemReminderViewWithStartDateTimeWithEndDateTimeRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "GET", UrlTemplate: m.UrlTemplate}, nil
}
