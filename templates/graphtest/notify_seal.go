package graphtest

import (
	"bytes"
	"context"
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"sync"
	"testing"
	"time"
)

// rsaKeys are the keys of all senders, since it takes a while to make one: that of tokens, one that is nobody's, and that of
// certificates.
var rsaKeys = sync.OnceValue(func() []*rsa.PrivateKey {
	var keys []*rsa.PrivateKey
	for range 3 {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err) // there is no randomness
		}
		keys = append(keys, key)
	}
	return keys
})

const (
	tokenKey = iota
	nobodysKey
	certificateKey
)

// keyID is what tokens call their key.
const keyID = "graphtest"

// NewCertificate returns a certificate for encrypted notifications, valid for a day, as a subscription has it, and its
// private key. All have the same key.
func NewCertificate(t testing.TB) (key *rsa.PrivateKey, encryptionCertificate string) {
	t.Helper()
	key = rsaKeys()[certificateKey]
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "graphtest"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return key, base64.StdEncoding.EncodeToString(der)
}

// TokenKeys is a graph.KeySource of the keys that senders sign validation tokens with.
func TokenKeys(_ context.Context, id string) (*rsa.PublicKey, error) {
	if id != keyID {
		return nil, errors.New("nobody publishes it")
	}
	return &rsaKeys()[tokenKey].PublicKey, nil
}

// keyDocument is a JSON Web Key Set.
func keyDocument() any {
	public := rsaKeys()[tokenKey].PublicKey
	return map[string]any{"keys": []any{map[string]any{
		"kty": "RSA", "use": "sig", "kid": keyID, "n": base64.RawURLEncoding.EncodeToString(public.N.Bytes()),
		"e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(public.E)).Bytes()),
	}}}
}

// token is a validation token: a JSON Web Token that says that the service sends to the program.
func (n *Sender) token() (string, error) {
	now := time.Now()
	head := map[string]any{"typ": "JWT", "alg": "RS256", "kid": keyID}
	claims := map[string]any{
		"aud": n.App, "iss": issuer + n.Tenant + issuerEnd, "tid": n.Tenant, "appid": publisher, "ver": "1.0",
		"iat": now.Unix(), "nbf": now.Unix(), "exp": now.Add(time.Hour).Unix(),
	}
	other := "00000000-0000-4000-8000-000000000000"
	for _, change := range []struct {
		lie  Lie
		make func()
	}{
		{ExpiredToken, func() { claims["nbf"], claims["exp"] = now.Add(-25*time.Hour).Unix(), now.Add(-24*time.Hour).Unix() }},
		{EarlyToken, func() { claims["nbf"], claims["exp"] = now.Add(24*time.Hour).Unix(), now.Add(25*time.Hour).Unix() }},
		{UnsignedToken, func() { head["alg"] = "none" }},
		{UnknownKey, func() { head["kid"] = "nobody's" }},
		{OtherApp, func() { claims["aud"] = other }},
		{OtherPublisher, func() { claims["appid"] = other }},
		{OtherTenant, func() { claims["tid"], claims["iss"] = other, issuer+other+issuerEnd }},
		{OtherIssuer, func() { claims["iss"] = "https://sign-in.example/" + n.Tenant + issuerEnd }},
	} {
		if n.lies[change.lie] {
			change.make()
		}
	}
	text := tokenPart(head) + "." + tokenPart(claims)
	if n.lies[UnsignedToken] {
		return text + ".", nil
	}
	key := rsaKeys()[tokenKey]
	if n.lies[ForgedToken] {
		key = rsaKeys()[nobodysKey]
	}
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	if err != nil {
		return "", fmt.Errorf("the token: %w", err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

func tokenPart(v map[string]any) string {
	data, _ := json.Marshal(v) // texts and numbers can always be written
	return base64.RawURLEncoding.EncodeToString(data)
}

// sealed encrypts data for the certificate of a subscription: with AES in CBC mode, by a new key, which is encrypted with
// RSA-OAEP and signs the data.
func (n *Sender) sealed(s *subscribed, data []byte) (map[string]any, error) {
	public, err := publicKey(s.Certificate)
	if err != nil {
		return nil, fmt.Errorf("the subscription's encryptionCertificate: %w", err)
	}
	if n.lies[SwappedKeys] {
		public = &rsaKeys()[nobodysKey].PublicKey
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key) // it never fails
	padding := aes.BlockSize - len(data)%aes.BlockSize
	padded := append(slices.Clone(data), bytes.Repeat([]byte{byte(padding)}, padding)...)
	if n.lies[BadPadding] {
		padded[len(padded)-1] = aes.BlockSize + 1
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	cipher.NewCBCEncrypter(block, key[:aes.BlockSize]).CryptBlocks(padded, padded)
	dataKey, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, public, key, nil)
	if err != nil {
		return nil, err
	}
	if n.lies[WrongSignature] {
		key = slices.Concat(key[1:], key[:1])
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(padded)
	id := s.CertificateID
	if n.lies[UnknownCertificate] {
		id = "nobody's"
	}
	return map[string]any{"data": padded, "dataKey": dataKey, "dataSignature": mac.Sum(nil), "encryptionCertificateId": id,
		"encryptionCertificateThumbprint": thumbprint(s.Certificate)}, nil
}

func publicKey(certificate []byte) (*rsa.PublicKey, error) {
	parsed, err := x509.ParseCertificate(certificate)
	if err != nil {
		return nil, err
	}
	public, ok := parsed.PublicKey.(*rsa.PublicKey)
	if !ok {
		return nil, errors.New("its key is not one of RSA")
	}
	return public, nil
}

// thumbprint names a certificate by its digest.
func thumbprint(certificate []byte) string { return fmt.Sprintf("%X", sha1.Sum(certificate)) }
