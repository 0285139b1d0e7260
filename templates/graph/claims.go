package graph

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// A ClaimsTokenSource is a TokenSource that can answer a claims challenge (continuous access evaluation): a 401 by
// which the service asks for a token with certain claims, since a session was revoked, a location changed or a policy
// asks for more. The call is then sent once more with that token, whatever its method: the service has done nothing
// yet.
//
// A TokenFunc is one: it is called again, and ClaimsFrom tells it the claims.
type ClaimsTokenSource interface {
	TokenSource
	// TokenWithClaims returns a new token that has the claims, a JSON object as the sign-in service takes it. A token
	// that was kept must not be returned.
	TokenWithClaims(ctx context.Context, claims string) (string, error)
}

type claimsKey struct{}

// TokenWithClaims calls f with a context from which ClaimsFrom reads the claims.
func (f TokenFunc) TokenWithClaims(ctx context.Context, claims string) (string, error) {
	return f.Token(context.WithValue(ctx, claimsKey{}, claims))
}

// ClaimsFrom returns the claims that a new token has to have, a JSON object, from the context that a TokenFunc is
// called with; "" if any token will do.
func ClaimsFrom(ctx context.Context) string {
	claims, _ := ctx.Value(claimsKey{}).(string)
	return claims
}

// ClaimsChallenge is a 401 that asks for a token with certain claims, where the TokenSource has none to give. It wraps
// the *Error.
type ClaimsChallenge struct {
	// Claims is the JSON object that a request for a new token has to hold, decoded.
	Claims string
	// Err is the answer.
	Err *Error
}

// Error is the answer's text and what it asks for, without the claims.
func (e *ClaimsChallenge) Error() string {
	return e.Err.Error() + "; the service asks for a token with other claims"
}

// Unwrap returns the answer.
func (e *ClaimsChallenge) Unwrap() error { return e.Err }

// challenge looks for a claims challenge in err and asks the token source once. It returns true if the request is to be
// sent again, else the error for the caller.
func (c *Client) challenge(ctx context.Context, x *exchange, err error) (bool, error) {
	var refused *Error
	if !errors.As(err, &refused) || refused.StatusCode != http.StatusUnauthorized {
		return false, err
	}
	claims, ok := challengedClaims(refused.Header.Values("WWW-Authenticate"))
	if !ok {
		return false, err
	}
	challenge := &ClaimsChallenge{Claims: claims, Err: refused}
	// The token of a batch is the outer request's, and another host gets none.
	if x.foreign || x.challenged || c.claims == nil || c.step != nil || !x.body.canRepeat() {
		return false, challenge
	}
	x.challenged = true
	token, err := checkedToken(c.claims(ctx, claims))
	switch {
	case err != nil:
		return false, fmt.Errorf("%s: no access token with the claims that the service asks for: %w", x,
			errors.Join(err, challenge))
	case token == x.token.text():
		return false, challenge // the source knows no other
	}
	x.claimed = func() string { return token }
	return true, nil
}

// challengedClaims returns the claims that one of the challenges of a 401 asks for, decoded.
func challengedClaims(headers []string) (string, bool) {
	for _, header := range headers {
		text := bearerParameter(header, "claims")
		for _, encoding := range []*base64.Encoding{
			base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding,
		} {
			if claims, err := encoding.DecodeString(text); err == nil && text != "" && json.Valid(claims) {
				return string(claims), true
			}
		}
		if strings.HasPrefix(text, "{") && json.Valid([]byte(text)) {
			return text, true
		}
	}
	return "", false
}

// bearerParameter returns a parameter of the Bearer challenge in a WWW-Authenticate header, "" if there is none:
//
//	Bearer realm="", error="insufficient_claims", claims="eyJ…"
func bearerParameter(header, name string) string {
	scheme := ""
	for rest := header; ; {
		rest = strings.TrimLeft(rest, " \t,")
		end := strings.IndexAny(rest, " \t,=")
		if end <= 0 {
			return ""
		}
		word, after := rest[:end], strings.TrimLeft(rest[end:], " \t")
		value, isParameter := strings.CutPrefix(after, "=")
		if !isParameter || strings.HasPrefix(value, "=") { // a scheme, or the padding of its token68
			scheme, rest = word, strings.TrimLeft(after, "=")
			continue
		}
		text, remaining := parameterValue(strings.TrimLeft(value, " \t"))
		if strings.EqualFold(scheme, "Bearer") && strings.EqualFold(word, name) {
			return text
		}
		rest = remaining
	}
}

// parameterValue reads a token or a quoted string, and returns what follows.
func parameterValue(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		if end := strings.IndexAny(s, ", \t"); end >= 0 {
			return s[:end], s[end:]
		}
		return s, ""
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return b.String(), s[i+1:]
		case c == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), ""
}
