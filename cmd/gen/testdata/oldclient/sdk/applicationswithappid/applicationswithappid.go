// Package applicationswithappid stands in for the builders of a client.
package applicationswithappid

import (
	"context"

	"example.com/kiota"
)

// ApplicationsWithAppIdRequestBuilder asks for {+baseurl}/applications(appId='{appId}').
type ApplicationsWithAppIdRequestBuilder struct{ kiota.BaseRequestBuilder }

// ApplicationsWithAppIdRequestBuilderQueryParameters are those of the query.
type ApplicationsWithAppIdRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewApplicationsWithAppIdRequestBuilderInternal makes one.
func NewApplicationsWithAppIdRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ApplicationsWithAppIdRequestBuilder {
	return &ApplicationsWithAppIdRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/applications(appId='{appId}'){?%24select}", parameters)}
}

// NewApplicationsWithAppIdRequestBuilder makes one of an address.
func NewApplicationsWithAppIdRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ApplicationsWithAppIdRequestBuilder {
	return NewApplicationsWithAppIdRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ApplicationsWithAppIdRequestBuilder) WithUrl(rawUrl string) *ApplicationsWithAppIdRequestBuilder {
	return NewApplicationsWithAppIdRequestBuilder(rawUrl, m.RequestAdapter)
}

// Get sends it.
func (m *ApplicationsWithAppIdRequestBuilder) Get(ctx context.Context, configuration *kiota.RequestConfiguration[ApplicationsWithAppIdRequestBuilderQueryParameters]) ([]byte, error) {
	_, err := m.ToGetRequestInformation(ctx, configuration)
	return nil, err
}

// ToGetRequestInformation makes it.
func (m *ApplicationsWithAppIdRequestBuilder) ToGetRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[ApplicationsWithAppIdRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "GET", UrlTemplate: m.UrlTemplate}, nil
}
