// Package fake has local servers in place of Microsoft Entra ID and Microsoft Graph, for the tests of the examples.
package fake

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/graphslice/graphslice/generated/v1.0/graph"
	"github.com/graphslice/graphslice/generated/v1.0/graphtest"
)

// What the authority knows.
const (
	Tenant   = "4dc1fe35-8ac6-4f0d-904a-7ebcd364bea1"
	ClientID = "05f59cec-a742-4a50-a62e-202a57e478a4"
	Secret   = "s3cret"
	Token    = "t0ken"
	// RequestID is what Graph calls every request.
	RequestID = "graphtest"
)

// Authority gives out tokens, by TLS: Token first, and later ones with their number behind it.
type Authority struct {
	*httptest.Server
	mu     sync.Mutex
	scopes []string
	claims []string
}

// NewAuthority starts an Authority.
func NewAuthority(t *testing.T) *Authority {
	a := new(Authority)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{tenant}/v2.0/.well-known/openid-configuration", a.configuration)
	mux.HandleFunc("POST /{tenant}/oauth2/v2.0/token", a.token)
	a.Server = httptest.NewTLSServer(mux)
	t.Cleanup(a.Close)
	return a
}

// Scopes returns what the requests for tokens asked for.
func (a *Authority) Scopes() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.scopes)
}

// Claims returns the claims that the requests for tokens asked for, as they came.
func (a *Authority) Claims() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.claims)
}

func (a *Authority) configuration(w http.ResponseWriter, r *http.Request) {
	base := a.URL + "/" + r.PathValue("tenant")
	answer(w, http.StatusOK, map[string]any{
		"issuer":                 base + "/v2.0",
		"authorization_endpoint": base + "/oauth2/v2.0/authorize",
		"token_endpoint":         base + "/oauth2/v2.0/token",
	})
}

func (a *Authority) token(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.scopes, a.claims = append(a.scopes, r.PostFormValue("scope")), append(a.claims, r.PostFormValue("claims"))
	token := Token
	if len(a.scopes) > 1 {
		token += strconv.Itoa(len(a.scopes))
	}
	a.mu.Unlock()
	if r.PostFormValue("client_id") != ClientID || r.PostFormValue("client_secret") != Secret {
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client", "error_description": "the secret is wrong"})
		return
	}
	answer(w, http.StatusOK, map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": 3600})
}

// Graph is a fake of Microsoft Graph, at an address of this machine: it reads and deletes any chat, and finds no member of any.
type Graph struct {
	*graphtest.Server
	Root string

	revoked atomic.Bool
}

// NewGraph starts a Graph.
func NewGraph(t *testing.T) *Graph {
	g := &Graph{Server: graphtest.NewServer(t)}
	g.Chats().AnyID().OnGet(func(_ context.Context, call graphtest.Call) (*graph.Chat, error) {
		if g.revoked.Load() && call.Header.Get("Authorization") == "Bearer "+Token {
			return nil, &graph.Error{StatusCode: http.StatusUnauthorized, Code: "InvalidAuthenticationToken", Header: http.Header{
				"Www-Authenticate": {`Bearer realm="", error="insufficient_claims", claims="` + challenge + `"`},
			}}
		}
		return &graph.Chat{ID: call.Key("chat-id")}, nil
	})
	g.Chats().AnyID().OnDelete(func(context.Context, graphtest.Call) error { return nil })
	g.Chats().AnyID().Members().OnList().Fail(&graph.Error{StatusCode: http.StatusNotFound})
	network := httptest.NewServer(g)
	t.Cleanup(network.Close)
	g.Root = network.URL + "/v1.0"
	return g
}

// challenge are the claims that Graph asks for when it does not take a token any more, in base64.
var challenge = base64.StdEncoding.EncodeToString([]byte(`{"access_token":{"nbf":{"essential":true}}}`))

// Revoke lets Graph take the first token no more.
func (g *Graph) Revoke() { g.revoked.Store(true) }

// Tokens returns the tokens that the requests came with.
func (g *Graph) Tokens() []string {
	var tokens []string
	for _, call := range g.Calls() {
		tokens = append(tokens, strings.TrimPrefix(call.Header.Get("Authorization"), "Bearer "))
	}
	return tokens
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the test sees what did not arrive
}
