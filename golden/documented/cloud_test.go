package documented_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	beta "github.com/graphslice/graphslice/generated/beta/graph"
	v1 "github.com/graphslice/graphslice/generated/v1.0/graph"
)

// transport answers requests without a network.
type transport func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// cloudCall is what goes to a cloud when a member is added, and what comes back.
type cloudCall struct {
	URL, Host, Token, Body, Location string
}

// recordCall returns an http.Client that fills call, and answers 201 with a relative Location.
func recordCall(call *cloudCall) *http.Client {
	return &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		call.URL, call.Host, call.Token, call.Body = r.URL.String(), r.URL.Host, r.Header.Get("Authorization"), string(body)
		return &http.Response{
			StatusCode: http.StatusCreated,
			Header:     http.Header{"Location": {"/chats/19:c/members/1"}},
			Body:       http.NoBody,
			Request:    r,
		}, err
	})}
}

// wantCall is the call to a service root.
func wantCall(root string) cloudCall {
	_, rest, _ := strings.Cut(root, "://")
	host, _, _ := strings.Cut(rest, "/")
	return cloudCall{
		URL:      root + "/chats/19:c/members",
		Host:     host,
		Token:    "Bearer " + testToken,
		Body:     `{"@odata.type":"#microsoft.graph.aadUserConversationMember","roles":["owner"],"user@odata.bind":"` + root + `/users('` + user1 + `')"}`,
		Location: root + "/chats/19:c/members/1",
	}
}

func TestCloudsV1(t *testing.T) {
	tests := []struct {
		name   string
		option v1.ClientOption
		root   string
	}{
		{"global", v1.WithCloud(v1.Global), "https://graph.microsoft.com/v1.0"},
		{"US government L4", v1.WithCloud(v1.USGovernmentL4), "https://graph.microsoft.us/v1.0"},
		{"US government L5", v1.WithCloud(v1.USGovernmentL5), "https://dod-graph.microsoft.us/v1.0"},
		{"China", v1.WithCloud(v1.China), "https://microsoftgraph.chinacloudapi.cn/v1.0"},
		{"proxy", v1.WithServiceRoot("https://proxy.contoso.com:8443/graph/v1.0/"), "https://proxy.contoso.com:8443/graph/v1.0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got cloudCall
			client, err := v1.NewClient(v1.StaticToken(testToken), test.option, v1.WithHTTPClient(recordCall(&got)))
			if err != nil {
				t.Fatal(err)
			}
			added, err := client.Chats().ByID("19:c").Members().Create(context.Background(), &v1.AadUserConversationMember{
				Roles: []string{v1.RoleOwner},
				User:  v1.BindUser(user1),
			})
			if err != nil {
				t.Fatal(err)
			}
			got.Location = added.Location
			if diff := cmp.Diff(wantCall(test.root), got); diff != "" {
				t.Errorf("call (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCloudsBeta(t *testing.T) {
	tests := []struct {
		name  string
		cloud beta.Cloud
		root  string
	}{
		{"global", beta.Global, "https://graph.microsoft.com/beta"},
		{"US government L4", beta.USGovernmentL4, "https://graph.microsoft.us/beta"},
		{"US government L5", beta.USGovernmentL5, "https://dod-graph.microsoft.us/beta"},
		{"China", beta.China, "https://microsoftgraph.chinacloudapi.cn/beta"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got cloudCall
			client, err := beta.NewClient(beta.StaticToken(testToken), beta.WithCloud(test.cloud), beta.WithHTTPClient(recordCall(&got)))
			if err != nil {
				t.Fatal(err)
			}
			added, err := client.Chats().ByID("19:c").Members().Create(context.Background(), owner(user1))
			if err != nil {
				t.Fatal(err)
			}
			got.Location = added.Location
			if diff := cmp.Diff(wantCall(test.root), got); diff != "" {
				t.Errorf("call (-want +got):\n%s", diff)
			}
		})
	}
}

// TestDefaultCloud makes sure that a client without options goes to the global service.
func TestDefaultCloud(t *testing.T) {
	var got cloudCall
	client, err := beta.NewClient(beta.StaticToken(testToken), beta.WithHTTPClient(recordCall(&got)))
	if err != nil {
		t.Fatal(err)
	}
	added, err := client.Chats().ByID("19:c").Members().Create(context.Background(), owner(user1))
	if err != nil {
		t.Fatal(err)
	}
	got.Location = added.Location
	if diff := cmp.Diff(wantCall("https://graph.microsoft.com/beta"), got); diff != "" {
		t.Errorf("call (-want +got):\n%s", diff)
	}
}
