package graph

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ErrNotTrusted marks, for errors.Is, a notification that was refused, since it does not show that the service has
// sent it.
const ErrNotTrusted = constError("the notification does not show that the service has sent it")

// NotificationTokens says which validation tokens show that the service has sent a notification.
type NotificationTokens struct {
	// Apps are the ids of the program's app registrations; a token has to be for one of them. At least one is needed.
	Apps []string
	// Tenants are the ids of the organizations whose notifications are taken; all if there is none.
	Tenants []string
	// Keys is where the keys come from that tokens are signed with; nil for the key document of the sign-in service
	// of the global cloud, by http.DefaultClient. KeyDocument makes one for another.
	Keys KeySource
	// Publisher is the id of the application that sends; "" for that of Microsoft Graph.
	Publisher string

	now func() time.Time
}

// KeySource returns the public key with an id, as it stands in the head of a token.
type KeySource func(ctx context.Context, keyID string) (*rsa.PublicKey, error)

const (
	maxTokens    = 100      // of one request
	maxTokenSize = 16 << 10 // bytes
	tokenLeeway  = 5 * time.Minute
)

// check returns why the tokens do not show that the service has sent what they came with.
func (c *NotificationTokens) check(ctx context.Context, tokens []string) error {
	switch {
	case len(tokens) == 0:
		return fmt.Errorf("%w: it came without a validation token", ErrNotTrusted)
	case len(tokens) > maxTokens:
		return fmt.Errorf("%w: it came with more than %d validation tokens", ErrNotTrusted, maxTokens)
	}
	for _, token := range tokens {
		if err := c.checkToken(ctx, token); err != nil {
			return fmt.Errorf("%w: validation token: %w", ErrNotTrusted, err)
		}
	}
	return nil
}

// claims are what a token says.
type tokenClaims struct {
	Issuer    string      `json:"iss"`
	Audience  audience    `json:"aud"`
	Tenant    string      `json:"tid"`
	App       string      `json:"appid"` // of version 1
	Party     string      `json:"azp"`   // of version 2
	Expires   json.Number `json:"exp"`
	NotBefore json.Number `json:"nbf"`
}

// audience is one text or a list of them.
type audience []string

func (a *audience) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(a))
}

// checkToken looks at one token, the signature first.
func (c *NotificationTokens) checkToken(ctx context.Context, token string) error {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || len(token) > maxTokenSize {
		return errors.New("it is no signed token")
	}
	var head struct {
		Algorithm string          `json:"alg"`
		KeyID     string          `json:"kid"`
		Critical  json.RawMessage `json:"crit"`
	}
	var claims tokenClaims
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !decodeSegment(parts[0], &head) || !decodeSegment(parts[1], &claims) {
		return errors.New("it is no signed token")
	}
	if head.Algorithm != "RS256" || head.Critical != nil {
		return errors.New("it is not signed with RS256")
	}
	keys := c.Keys
	if keys == nil {
		return errors.New("there is no source of keys")
	}
	key, err := keys(ctx, head.KeyID)
	if err != nil {
		return fmt.Errorf("the key: %w", err)
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if key == nil || rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature) != nil {
		return errors.New("the signature is wrong")
	}
	return c.checkClaims(&claims)
}

// decodeSegment reads a part of a token.
func decodeSegment(part string, into any) bool {
	data, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.Unmarshal(data, into) == nil
}

// checkClaims looks at what a token says that is signed.
func (c *NotificationTokens) checkClaims(claims *tokenClaims) error {
	now := time.Now()
	if c.now != nil {
		now = c.now()
	}
	isFor := func(app string) bool {
		return slices.ContainsFunc(claims.Audience, func(a string) bool { return app != "" && strings.EqualFold(a, app) })
	}
	isTenant := func(tenant string) bool { return strings.EqualFold(tenant, claims.Tenant) }
	publisher := c.Publisher
	if publisher == "" {
		publisher = notificationPublisher
	}
	app := claims.App
	if app == "" {
		app = claims.Party
	}
	expires, expiresErr := claims.Expires.Int64()
	notBefore, notBeforeErr := claims.NotBefore.Int64()
	switch {
	case expiresErr != nil || now.After(time.Unix(expires, 0).Add(tokenLeeway)):
		return errors.New("it has expired")
	case claims.NotBefore != "" && (notBeforeErr != nil || now.Before(time.Unix(notBefore, 0).Add(-tokenLeeway))):
		return errors.New("it is not valid yet")
	case !slices.ContainsFunc(c.Apps, isFor):
		return errors.New("it is for another application")
	case !strings.EqualFold(app, publisher):
		return errors.New("another application has sent it")
	case !isIssuer(claims.Issuer, claims.Tenant):
		return errors.New("the sign-in service has not issued it")
	case len(c.Tenants) > 0 && !slices.ContainsFunc(c.Tenants, isTenant):
		return errors.New("it is of another organization")
	}
	return nil
}

// isIssuer reports whether an issuer is the sign-in service for the organization.
func isIssuer(issuer, tenant string) bool {
	isStrange := func(r rune) bool { return r != '-' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'f') }
	if tenant == "" || strings.ContainsFunc(tenant, isStrange) {
		return false
	}
	return slices.ContainsFunc(signInIssuers, func(around [2]string) bool {
		return strings.EqualFold(issuer, around[0]+tenant+around[1])
	})
}
