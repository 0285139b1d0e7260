// Package azidentity shows a client that signs in with a credential of the Azure SDK: a managed identity, a workload
// identity, a client secret, the Azure CLI's sign-in.
package azidentity

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
)

// Scope asks for whatever permissions the application was granted for Graph. A national cloud has a host of its own.
const Scope = "https://graph.microsoft.com/.default"

// Tokens is all that stands between a credential and a client. The credential keeps tokens until they run out, so
// that asking it for each request costs nothing. Where Graph asks for a token with certain claims (continuous access
// evaluation), the function is called again and hands them on; EnableCAE tells the authority that the program can do that.
func Tokens(credential azcore.TokenCredential, scopes ...string) graph.TokenFunc {
	return func(ctx context.Context) (string, error) {
		token, err := credential.GetToken(ctx, policy.TokenRequestOptions{Scopes: scopes, Claims: graph.ClaimsFrom(ctx), EnableCAE: true})
		return token.Token, err
	}
}

// NewClient returns a client that finds its credential by itself: in the environment, on the machine that it runs on,
// or in the sign-in of a developer's tools.
func NewClient(options ...graph.ClientOption) (*graph.Client, error) {
	credential, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	return graph.NewClient(Tokens(credential, Scope), options...)
}
