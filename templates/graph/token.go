package graph

import (
	"context"
	"errors"
	"strings"
)

// A TokenSource gives the access token that a request is sent with. It is asked before every attempt, by several
// goroutines at once if the client is used so; keeping a token until it expires is its task.
type TokenSource interface {
	// Token returns an OAuth 2.0 bearer token, without the word "Bearer".
	Token(ctx context.Context) (string, error)
}

// TokenFunc makes a function a TokenSource.
type TokenFunc func(ctx context.Context) (string, error)

// Token calls f.
func (f TokenFunc) Token(ctx context.Context) (string, error) {
	if f == nil {
		return "", errors.New("the TokenFunc is nil")
	}
	return f(ctx)
}

// StaticToken is a TokenSource that always gives the same token, for tests and short programs: a token of
// Microsoft Graph expires after about an hour. Printing the source does not show the token.
//
//go:noinline
func StaticToken(token string) TokenSource {
	return TokenFunc(func(context.Context) (string, error) { return token, nil })
}

// secret is a token that no verb of fmt shows: of a function it prints the address.
type secret func() string

// text is the token; "" if there is none.
func (s secret) text() string {
	if s == nil {
		return ""
	}
	return s()
}

// bearer asks the source for a token; "" if the client has no source.
func (c *Client) bearer(ctx context.Context) (string, error) {
	if c.token == nil {
		return "", nil
	}
	return checkedToken(c.token(ctx))
}

// checkedToken refuses what a header cannot hold.
func checkedToken(token string, err error) (string, error) {
	switch {
	case err != nil:
		return "", err
	case token == "":
		return "", errors.New("the token source gave an empty token")
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r >= 0x7f }):
		return "", errors.New("the token source gave a token with characters that a header cannot hold")
	}
	return token, nil
}
