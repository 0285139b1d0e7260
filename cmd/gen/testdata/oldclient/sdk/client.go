// Package sdk stands in for a client that Kiota made.
package sdk

import (
	"example.com/kiota"
	"example.com/sdk/applicationswithappid"
	"example.com/sdk/groups"
	"example.com/sdk/reports"
	"example.com/sdk/users"
)

// BaseClient is the first builder.
type BaseClient struct{ kiota.BaseRequestBuilder }

// ServiceClient is the first builder as people use it.
type ServiceClient struct{ BaseClient }

// NewServiceClient makes one.
func NewServiceClient(adapter kiota.RequestAdapter) *ServiceClient {
	m := &ServiceClient{BaseClient{*kiota.NewBaseRequestBuilder(adapter, "{+baseurl}", map[string]string{})}}
	if m.RequestAdapter.GetBaseUrl() == "" {
		m.RequestAdapter.SetBaseUrl("https://graph.microsoft.com/v1.0")
	}
	return m
}

// Users goes on.
func (m *BaseClient) Users() *users.UsersRequestBuilder {
	return users.NewUsersRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}

// Groups goes on.
func (m *BaseClient) Groups() *groups.GroupsRequestBuilder {
	return groups.NewGroupsRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}

// Reports goes on.
func (m *BaseClient) Reports() *reports.ReportsRequestBuilder {
	return reports.NewReportsRequestBuilderInternal(m.PathParameters, m.RequestAdapter)
}

// ApplicationsWithAppId goes on.
func (m *BaseClient) ApplicationsWithAppId(appId *string) *applicationswithappid.ApplicationsWithAppIdRequestBuilder {
	return applicationswithappid.NewApplicationsWithAppIdRequestBuilderInternal(m.With("appId", *appId), m.RequestAdapter)
}

// Me is the user who has signed in.
func (m *BaseClient) Me() *users.UserItemRequestBuilder {
	parameters := map[string]string{}
	parameters["user%2Did"] = "me-token-to-replace"
	return users.NewUserItemRequestBuilderInternal(parameters, m.RequestAdapter)
}
