package bot_test

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
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// pipes is a network of one address, in which time stands still while everybody waits.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

// transport leads every request to the address.
func (p *pipes) transport() *http.Transport {
	return &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		here, there := net.Pipe()
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		select {
		case p.conns <- there:
			return here, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}}
}

// service stands in for Microsoft Graph: it takes a subscription and replies, and sends messages, encrypted.
type service struct {
	pipes  *pipes
	server *http.Server
	notify *http.Transport
	signer *rsa.PrivateKey
	begun  time.Time

	mu           sync.Mutex
	lines        []string
	subscription map[string]any
}

func newService(t *testing.T, signer *rsa.PrivateKey) *service {
	t.Helper()
	s := &service{pipes: newPipes(), signer: signer, begun: time.Now()}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1.0/subscriptions", s.subscribe)
	mux.HandleFunc("PATCH /v1.0/subscriptions/s1", s.renew)
	mux.HandleFunc("DELETE /v1.0/subscriptions/s1", func(w http.ResponseWriter, r *http.Request) {
		s.note("DELETE %s", r.URL.Path)
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST /v1.0/chats/{id}/messages", s.reply)
	s.server = &http.Server{Handler: mux}
	go s.server.Serve(s.pipes)
	return s
}

func (s *service) close() { s.server.Close() }

func (s *service) note(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, time.Since(s.begun).Truncate(time.Minute).String()+" "+fmt.Sprintf(format, args...))
}

// log is what happened. When the subscription is renewed is up to chance.
func (s *service) log() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var lines []string
	for _, line := range s.lines {
		if strings.Contains(line, " PATCH ") {
			line = "RENEWED"
		}
		lines = append(lines, line)
	}
	return lines
}

// until is how long a subscription is to live.
func (s *service) until(v map[string]any) time.Duration {
	at, _ := time.Parse(time.RFC3339, fmt.Sprint(v["expirationDateTime"]))
	return time.Until(at).Round(time.Minute)
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func (s *service) subscribe(w http.ResponseWriter, r *http.Request) {
	var v map[string]any
	_ = json.NewDecoder(r.Body).Decode(&v)
	s.note("POST %s until %v", r.URL.Path, s.until(v))
	client := &http.Client{Transport: s.notify}
	resp, err := client.Post(fmt.Sprint(v["notificationUrl"])+"?validationToken="+url.QueryEscape("a token: ü&"), "text/plain", nil)
	if err != nil {
		answer(w, http.StatusBadRequest, map[string]any{"error": map[string]any{"code": "ValidationError", "message": "the address does not answer"}})
		return
	}
	defer resp.Body.Close()
	if token, _ := io.ReadAll(resp.Body); string(token) == "a token: ü&" {
		s.note("the address answers")
	}
	v["id"] = "s1"
	s.mu.Lock()
	s.subscription = v
	s.mu.Unlock()
	answer(w, http.StatusCreated, v)
}

func (s *service) renew(w http.ResponseWriter, r *http.Request) {
	var v map[string]any
	_ = json.NewDecoder(r.Body).Decode(&v)
	s.note("PATCH %s until %v", r.URL.Path, s.until(v))
	v["id"] = "s1"
	answer(w, http.StatusOK, v)
}

func (s *service) reply(w http.ResponseWriter, r *http.Request) {
	var v struct{ Body struct{ Content string } }
	_ = json.NewDecoder(r.Body).Decode(&v)
	s.note("reply %s", v.Body.Content)
	answer(w, http.StatusCreated, map[string]any{"id": "9", "body": map[string]any{"content": v.Body.Content}})
}

// say sends a message to the bot, as one that an app has written if there is one.
func (s *service) say(t *testing.T, id, text, app, state string) {
	t.Helper()
	from := map[string]any{"user": map[string]any{"id": "u1"}}
	if app != "" {
		from = map[string]any{"application": map[string]any{"id": app}}
	}
	message, err := json.Marshal(map[string]any{"@odata.type": "#Microsoft.Graph.chatMessage", "id": id, "from": from,
		"body": map[string]any{"contentType": "text", "content": text}})
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(map[string]any{"validationTokens": []string{s.token(t)}, "value": []any{map[string]any{
		"id": "n" + id, "subscriptionId": "s1", "changeType": "created", "clientState": state, "tenantId": tenant,
		"resource": "chats('" + chatID + "')/messages('" + id + "')", "encryptedContent": s.encrypted(t, message),
	}}})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := (&http.Client{Transport: s.notify}).Post("http://bot.example/notifications", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusAccepted {
		t.Errorf("the bot answers %s", resp.Status)
	}
}

// encrypted encrypts for the certificate of the subscription, as the reference describes it.
func (s *service) encrypted(t *testing.T, plain []byte) map[string]any {
	t.Helper()
	der, err := base64.StdEncoding.DecodeString(fmt.Sprint(s.subscription["encryptionCertificate"]))
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key) // it never fails
	n := aes.BlockSize - len(plain)%aes.BlockSize
	data := append(bytes.Clone(plain), bytes.Repeat([]byte{byte(n)}, n)...)
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	cipher.NewCBCEncrypter(block, key[:aes.BlockSize]).CryptBlocks(data, data)
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	dataKey, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, certificate.PublicKey.(*rsa.PublicKey), key, nil)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]any{"data": data, "dataSignature": mac.Sum(nil), "dataKey": dataKey,
		"encryptionCertificateId": s.subscription["encryptionCertificateId"]}
}

// token says that the service sends to the bot.
func (s *service) token(t *testing.T) string {
	t.Helper()
	part := func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(data)
	}
	text := part(map[string]any{"alg": "RS256", "kid": "k"}) + "." + part(map[string]any{
		"iss": "https://sts.windows.net/" + tenant + "/", "aud": appID, "tid": tenant, "appid": "0bf30f3b-4a52-48df-9a82-234910c4a086",
		"nbf": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix(),
	})
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(nil, s.signer, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}
