package graph

import (
	"context"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"strings"
	"sync"
	"time"
)

const (
	keysKept     = 24 * time.Hour   // how long keys are used without asking again
	keysLast     = 3 * keysKept     // how long if the document cannot be fetched
	keysPause    = 5 * time.Minute  // between two requests for a key that is not there
	keysTimeout  = 10 * time.Second // of a request
	maxKeysBytes = 1 << 20
)

// KeyDocument is a KeySource that fetches the keys from an https address which publishes them as a JSON Web Key Set,
// and keeps them for a day. A key that is not among them is looked for again, every five minutes at most. The client
// may be nil for http.DefaultClient.
func KeyDocument(client *http.Client, address string) KeySource {
	if client == nil {
		client = http.DefaultClient
	}
	d := &keyDocument{client: client, address: address, now: time.Now}
	return d.key
}

type keyDocument struct {
	client  *http.Client
	address string
	now     func() time.Time

	mu      sync.Mutex
	keys    map[string]*rsa.PublicKey
	fetched time.Time // when keys came
	asked   time.Time
	err     error // of the last request, which keys that are there do not mind
}

func (d *keyDocument) key(ctx context.Context, id string) (*rsa.PublicKey, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now()
	if key := d.keys[id]; key != nil && now.Sub(d.fetched) < keysKept {
		return key, nil
	}
	if d.asked.IsZero() || now.Sub(d.asked) >= keysPause {
		d.asked = now
		var keys map[string]*rsa.PublicKey
		if keys, d.err = d.fetch(ctx); d.err == nil {
			d.keys, d.fetched = keys, now
		}
		if ctx.Err() != nil {
			d.asked = time.Time{} // it was the caller who gave up
		}
	}
	key := d.keys[id]
	switch {
	case d.err != nil && (key == nil || now.Sub(d.fetched) > keysLast):
		return nil, d.err
	case key == nil:
		return nil, errors.New("nobody publishes it")
	}
	return key, nil
}

// fetch asks for the document.
func (d *keyDocument) fetch(ctx context.Context) (map[string]*rsa.PublicKey, error) {
	if !strings.HasPrefix(d.address, "https://") {
		return nil, errors.New("the address of the key document is not https")
	}
	ctx, cancel := context.WithTimeout(ctx, keysTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.address, nil)
	if err != nil {
		return nil, err
	}
	resp, err := d.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the key document: %s", resp.Status)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxKeysBytes+1))
	if err != nil || len(data) > maxKeysBytes {
		return nil, errors.Join(errors.New("the key document cannot be read"), err)
	}
	return parseKeys(data)
}

// parseKeys reads a JSON Web Key Set. Keys of other kinds are left out.
func parseKeys(data []byte) (map[string]*rsa.PublicKey, error) {
	var set struct {
		Keys []struct {
			Kind     string `json:"kty"`
			ID       string `json:"kid"`
			Use      string `json:"use"`
			Modulus  string `json:"n"`
			Exponent string `json:"e"`
		} `json:"keys"`
	}
	if err := json.Unmarshal(data, &set); err != nil {
		return nil, fmt.Errorf("the key document: %w", err)
	}
	keys := map[string]*rsa.PublicKey{}
	for _, k := range set.Keys {
		n, err := base64.RawURLEncoding.DecodeString(k.Modulus)
		e, exponentErr := base64.RawURLEncoding.DecodeString(k.Exponent)
		exponent := new(big.Int).SetBytes(e)
		if k.Kind != "RSA" || k.ID == "" || k.Use != "" && k.Use != "sig" || err != nil || exponentErr != nil ||
			len(n) < 256 || len(n) > 2048 || exponent.BitLen() > 31 || exponent.Int64() < 3 {
			continue
		}
		keys[k.ID] = &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(exponent.Int64())}
	}
	return keys, nil
}
