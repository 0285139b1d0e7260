package graph

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	wantedClaims = `{"access_token":{"nbf":{"essential":true}}}`
	challenged   = `Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ=="`
)

func unauthorized(challenge string) reply {
	return reply{status: 401, header: map[string]string{"WWW-Authenticate": challenge}, body: `{"error":{"code":"InvalidAuthenticationToken"}}`}
}

// noted are the claims that a token source was asked for.
type noted struct {
	claims []string
	fails  error
}

func (n *noted) Token(context.Context) (string, error) {
	n.claims = append(n.claims, "")
	return "old-token", nil
}

func (n *noted) TokenWithClaims(_ context.Context, claims string) (string, error) {
	n.claims = append(n.claims, claims)
	return "new-token", n.fails
}

func TestClaimsChallenge(t *testing.T) {
	broken := errors.New("sign in again")
	for _, test := range []struct {
		name    string
		replies []reply
		fails   error
		asked   []string // the claims of each token
		tokens  []string // sent
		err     string
	}{
		{name: "answered", replies: []reply{unauthorized(challenged), {status: 204}},
			asked: []string{"", wantedClaims}, tokens: []string{"Bearer old-token", "Bearer new-token"}},
		{name: "asked twice", replies: []reply{unauthorized(challenged), unauthorized(challenged)},
			asked: []string{"", wantedClaims}, tokens: []string{"Bearer old-token", "Bearer new-token"},
			err: "PATCH /v1.0/gadgets: 401 InvalidAuthenticationToken; the service asks for a token with other claims"},
		{name: "no claims", replies: []reply{unauthorized(`Bearer realm="claims=\"e30=\""`)},
			asked: []string{""}, tokens: []string{"Bearer old-token"}, err: "PATCH /v1.0/gadgets: 401 InvalidAuthenticationToken"},
		{name: "claims that are none", replies: []reply{unauthorized(`Bearer claims="!!"`)},
			asked: []string{""}, tokens: []string{"Bearer old-token"}, err: "PATCH /v1.0/gadgets: 401 InvalidAuthenticationToken"},
		{name: "no token", replies: []reply{unauthorized(challenged)}, fails: broken,
			asked: []string{"", wantedClaims}, tokens: []string{"Bearer old-token"},
			err: "PATCH /v1.0/gadgets: no access token with the claims that the service asks for: sign in again\n" +
				"PATCH /v1.0/gadgets: 401 InvalidAuthenticationToken; the service asks for a token with other claims"},
		{name: "throttled after it", replies: []reply{unauthorized(challenged), {status: 429}, {status: 204}},
			asked: []string{"", wantedClaims}, tokens: []string{"Bearer old-token", "Bearer new-token", "Bearer new-token"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, source := serve(t, test.replies...), &noted{fails: test.fails}
			c := s.newClient(t)
			c.token, c.claims = source.Token, source.TokenWithClaims
			_, err := send(t.Context(), c.at("/gadgets"), http.MethodPatch, (&gadget{ID: "1"}).body(), readGadget, nil)
			if s.text(err) != test.err {
				t.Errorf("error %q, want %q", s.text(err), test.err)
			}
			var tokens []string
			for _, r := range s.sent() {
				tokens = append(tokens, r.header.Get("Authorization"))
			}
			if diff := cmp.Diff([][]string{test.asked, test.tokens}, [][]string{source.claims, tokens}); diff != "" {
				t.Error(diff)
			}
			if errors.Is(err, ErrOutcomeUnknown) || err != nil && !errors.Is(err, ErrUnauthorized) {
				t.Errorf("%v is no 401", err)
			}
		})
	}
}

// TestTokenFuncIsToldTheClaims: a function is a source of tokens with claims; one that has no other token is asked in vain.
func TestTokenFuncIsToldTheClaims(t *testing.T) {
	s := serve(t, unauthorized(challenged), reply{body: `{"id":"1"}`}, unauthorized(challenged))
	var asked []string
	tokens := TokenFunc(func(ctx context.Context) (string, error) {
		asked = append(asked, ClaimsFrom(ctx))
		return "token-" + map[bool]string{true: "new", false: "old"}[ClaimsFrom(ctx) != ""], nil
	})
	c, err := NewClient(tokens, WithServiceRoot(s.URL+"/v1.0"), NoRetry)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := getOne(t.Context(), c.at("/gadgets"), nil, readGadget, nil); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"", wantedClaims}, asked); diff != "" {
		t.Error(diff)
	}

	_, err = getOne(t.Context(), s.gadgets(), nil, readGadget, nil) // of a StaticToken
	var challenge *ClaimsChallenge
	if !errors.As(err, &challenge) || challenge.Claims != wantedClaims || challenge.Err.Header.Get("WWW-Authenticate") != challenged {
		t.Errorf("%v, %+v", err, challenge)
	}
	if got := len(s.sent()); got != 3 {
		t.Errorf("the service was asked %d times, want 3", got)
	}
}

func TestBearerParameter(t *testing.T) {
	for header, want := range map[string]string{
		`Bearer claims="a b"`:                               "a b",
		`bearer realm="x" , CLAIMS = "q\"r"`:                `q"r`,
		`Bearer claims=plain, x=y`:                          "plain",
		`Basic claims="no", Bearer error="x", claims="yes"`: "yes",
		`Negotiate abc==, Bearer claims="yes"`:              "yes",
		`Digest claims="no"`:                                "",
		`Bearer realm="claims=no"`:                          "",
		`Bearer`:                                            "",
		``:                                                  "",
		`Bearer claims="cut`:                                "cut",
		`Bearer x="1`:                                       "",
		`=`:                                                 "",
		"Bearer \x00=\"a\", claims=\"b\"":                   "b",
	} {
		if got := bearerParameter(header, "claims"); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
}
