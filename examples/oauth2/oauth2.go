// Package oauth2 shows a client that signs in with golang.org/x/oauth2: there the http.Client authenticates.
package oauth2

import (
	"context"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// Application is an application with a secret, as Microsoft Entra ID knows it.
func Application(tenant, clientID, secret string) *clientcredentials.Config {
	return &clientcredentials.Config{
		ClientID:     clientID,
		ClientSecret: secret,
		TokenURL:     "https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/token",
		Scopes:       []string{"https://graph.microsoft.com/.default"},
		AuthStyle:    oauth2.AuthStyleInParams,
	}
}

// NewClient returns a client that sends what tokens has, which may be of any of oauth2's flows. The graph.Client needs no
// source of its own, but it can be given one, and then nothing but Graph's host ever sees a token:
// an http.Client of oauth2 adds its token to whatever it sends.
func NewClient(tokens oauth2.TokenSource, options ...graph.ClientOption) (*graph.Client, error) {
	tokens = oauth2.ReuseTokenSource(nil, tokens) // until they run out
	return graph.NewClient(graph.TokenFunc(func(context.Context) (string, error) {
		token, err := tokens.Token()
		if err != nil {
			return "", err
		}
		return token.AccessToken, nil
	}), options...)
}

// NewClientOfHTTP returns a client whose http.Client authenticates by itself.
func NewClientOfHTTP(ctx context.Context, config *clientcredentials.Config, options ...graph.ClientOption) (*graph.Client, error) {
	return graph.NewClient(nil, append([]graph.ClientOption{graph.WithHTTPClient(config.Client(ctx))}, options...)...)
}
