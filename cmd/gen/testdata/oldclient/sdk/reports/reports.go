// Package reports stands in for the builders of a client.
package reports

import (
	"context"

	"example.com/kiota"
)

// ReportsRequestBuilder asks for {+baseurl}/reports.
type ReportsRequestBuilder struct{ kiota.BaseRequestBuilder }

// ReportsRequestBuilderQueryParameters are those of the query.
type ReportsRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewReportsRequestBuilderInternal makes one.
func NewReportsRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *ReportsRequestBuilder {
	return &ReportsRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/reports", parameters)}
}

// NewReportsRequestBuilder makes one of an address.
func NewReportsRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *ReportsRequestBuilder {
	return NewReportsRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *ReportsRequestBuilder) WithUrl(rawUrl string) *ReportsRequestBuilder {
	return NewReportsRequestBuilder(rawUrl, m.RequestAdapter)
}

// GetEmailActivityCountsWithPeriod goes on.
func (m *ReportsRequestBuilder) GetEmailActivityCountsWithPeriod(period *string) *GetEmailActivityCountsWithPeriodRequestBuilder {
	return NewGetEmailActivityCountsWithPeriodRequestBuilderInternal(m.With("period", *period), m.RequestAdapter)
}

// GetEmailActivityCountsWithPeriodRequestBuilder asks for {+baseurl}/reports/getEmailActivityCounts(period='{period}').
type GetEmailActivityCountsWithPeriodRequestBuilder struct{ kiota.BaseRequestBuilder }

// GetEmailActivityCountsWithPeriodRequestBuilderQueryParameters are those of the query.
type GetEmailActivityCountsWithPeriodRequestBuilderQueryParameters struct {
	Select []string
	Top    *int32
}

// NewGetEmailActivityCountsWithPeriodRequestBuilderInternal makes one.
func NewGetEmailActivityCountsWithPeriodRequestBuilderInternal(parameters map[string]string, adapter kiota.RequestAdapter) *GetEmailActivityCountsWithPeriodRequestBuilder {
	return &GetEmailActivityCountsWithPeriodRequestBuilder{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}/reports/getEmailActivityCounts(period='{period}')", parameters)}
}

// NewGetEmailActivityCountsWithPeriodRequestBuilder makes one of an address.
func NewGetEmailActivityCountsWithPeriodRequestBuilder(rawUrl string, adapter kiota.RequestAdapter) *GetEmailActivityCountsWithPeriodRequestBuilder {
	return NewGetEmailActivityCountsWithPeriodRequestBuilderInternal(map[string]string{"request-raw-url": rawUrl}, adapter)
}

// WithUrl is the same for another address.
func (m *GetEmailActivityCountsWithPeriodRequestBuilder) WithUrl(rawUrl string) *GetEmailActivityCountsWithPeriodRequestBuilder {
	return NewGetEmailActivityCountsWithPeriodRequestBuilder(rawUrl, m.RequestAdapter)
}

// Get sends it.
func (m *GetEmailActivityCountsWithPeriodRequestBuilder) Get(ctx context.Context, configuration *kiota.RequestConfiguration[GetEmailActivityCountsWithPeriodRequestBuilderQueryParameters]) ([]byte, error) {
	_, err := m.ToGetRequestInformation(ctx, configuration)
	return nil, err
}

// ToGetRequestInformation makes it.
func (m *GetEmailActivityCountsWithPeriodRequestBuilder) ToGetRequestInformation(ctx context.Context, configuration *kiota.RequestConfiguration[GetEmailActivityCountsWithPeriodRequestBuilderQueryParameters]) (*kiota.RequestInformation, error) {
	return &kiota.RequestInformation{Method: "GET", UrlTemplate: m.UrlTemplate}, nil
}
