package oauth2_test

import (
	"context"
	"errors"
	"testing"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/graphslice/graphslice/examples/internal/fake"
	example "github.com/graphslice/graphslice/examples/oauth2"
	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// application is the example's, against a local authority; ctx holds the http.Client that trusts it.
func application(t *testing.T, authority *fake.Authority, secret string) (context.Context, *clientcredentials.Config) {
	config := example.Application(fake.Tenant, fake.ClientID, secret)
	config.TokenURL = authority.URL + "/" + fake.Tenant + "/oauth2/v2.0/token"
	return context.WithValue(t.Context(), oauth2.HTTPClient, authority.Client()), config
}

func TestBothWays(t *testing.T) {
	for _, way := range []struct {
		name string
		make func(context.Context, *clientcredentials.Config, ...graph.ClientOption) (*graph.Client, error)
	}{
		{"token source", func(ctx context.Context, c *clientcredentials.Config, options ...graph.ClientOption) (*graph.Client, error) {
			return example.NewClient(c.TokenSource(ctx), options...)
		}},
		{"http.Client", example.NewClientOfHTTP},
	} {
		t.Run(way.name, func(t *testing.T) {
			authority, service := fake.NewAuthority(t), fake.NewGraph(t)
			ctx, config := application(t, authority, fake.Secret)
			client, err := way.make(ctx, config, graph.WithServiceRoot(service.Root))
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if chat, err := client.Chats().ByID("1").Get(t.Context(), nil); err != nil || chat.ID != "1" {
					t.Fatalf("got %v, %v", chat, err)
				}
			}
			if got := service.Tokens(); len(got) != 2 || got[0] != fake.Token || got[1] != fake.Token {
				t.Errorf("Graph was sent the tokens %q", got)
			}
			if got := authority.Scopes(); len(got) != 1 || got[0] != "https://graph.microsoft.com/.default" {
				t.Errorf("the authority was asked for %q, want one request", got)
			}
		})
	}
}

func TestWrongSecret(t *testing.T) {
	authority, service := fake.NewAuthority(t), fake.NewGraph(t)
	ctx, config := application(t, authority, "wrong")
	client, err := example.NewClient(config.TokenSource(ctx), graph.WithServiceRoot(service.Root))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Chats().ByID("1").Get(t.Context(), nil)
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) || refused.ErrorCode != "invalid_client" || len(service.Tokens()) != 0 {
		t.Errorf("got %v, and Graph was sent %q", err, service.Tokens())
	}
}
