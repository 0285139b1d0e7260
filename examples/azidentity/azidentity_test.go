package azidentity_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	example "github.com/graphslice/graphslice/examples/azidentity"
	"github.com/graphslice/graphslice/examples/internal/fake"
	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// secretCredential is the real credential of an application with a secret, against a local authority.
func secretCredential(t *testing.T, authority *fake.Authority, secret string) *azidentity.ClientSecretCredential {
	t.Helper()
	credential, err := azidentity.NewClientSecretCredential(fake.Tenant, fake.ClientID, secret, &azidentity.ClientSecretCredentialOptions{
		ClientOptions: azcore.ClientOptions{
			Cloud:     cloud.Configuration{ActiveDirectoryAuthorityHost: authority.URL},
			Transport: authority.Client(),
		},
		DisableInstanceDiscovery: true, // which would ask login.microsoft.com
	})
	if err != nil {
		t.Fatal(err)
	}
	return credential
}

func TestClientSecret(t *testing.T) {
	authority, service := fake.NewAuthority(t), fake.NewGraph(t)
	client, err := graph.NewClient(
		example.Tokens(secretCredential(t, authority, fake.Secret), example.Scope), graph.WithServiceRoot(service.Root))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		chat, err := client.Chats().ByID("1").Get(t.Context(), nil)
		if err != nil || chat.ID != "1" {
			t.Fatalf("got %v, %v", chat, err)
		}
	}
	if got := service.Tokens(); len(got) != 2 || got[0] != fake.Token || got[1] != fake.Token {
		t.Errorf("Graph was sent the tokens %q", got)
	}
	if got := authority.Scopes(); len(got) != 1 || got[0] != example.Scope+" openid offline_access profile" {
		t.Errorf("the authority was asked for %q, want one request: the credential keeps tokens", got)
	}
}

// TestClaimsChallenge: when Graph revokes a token that has not run out, the authority is asked for one with the claims that
// Graph wants, and the call goes on.
func TestClaimsChallenge(t *testing.T) {
	authority, service := fake.NewAuthority(t), fake.NewGraph(t)
	client, err := graph.NewClient(
		example.Tokens(secretCredential(t, authority, fake.Secret), example.Scope), graph.WithServiceRoot(service.Root))
	if err != nil {
		t.Fatal(err)
	}
	for _, revoked := range []bool{false, true} {
		if revoked {
			service.Revoke()
		}
		if _, err := client.Chats().ByID("1").Get(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := service.Tokens(), []string{fake.Token, fake.Token, fake.Token + "2"}; !slices.Equal(got, want) {
		t.Errorf("Graph was sent the tokens %q, want %q", got, want)
	}
	got := authority.Claims()
	if len(got) != 2 || strings.Contains(got[0], "nbf") || !strings.Contains(got[1], `"nbf":{"essential":true}`) || !strings.Contains(got[1], "CP1") {
		t.Errorf("the authority was asked for the claims %q", got)
	}
}

// TestWrongSecret holds that what the authority says reaches the caller, and Graph nothing.
func TestWrongSecret(t *testing.T) {
	authority, service := fake.NewAuthority(t), fake.NewGraph(t)
	client, err := graph.NewClient(
		example.Tokens(secretCredential(t, authority, "wrong"), example.Scope), graph.WithServiceRoot(service.Root))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Chats().ByID("1").Get(t.Context(), nil)
	var refused *azidentity.AuthenticationFailedError
	if !errors.As(err, &refused) || len(service.Tokens()) != 0 {
		t.Errorf("got %v, and Graph was sent %q", err, service.Tokens())
	}
}

func TestNewClient(t *testing.T) {
	if _, err := example.NewClient(); err != nil {
		t.Error(err)
	}
}
