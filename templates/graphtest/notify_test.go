package graphtest

import (
	"context"
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/graphslice/graphslice/templates/graph"
)

// endpoint keeps what arrives.
type endpoint struct {
	mu     sync.Mutex
	bodies []string
	status []int // of the next answers; 202 when they are used up
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.bodies = append(e.bodies, string(body))
	status := http.StatusAccepted
	if len(e.status) > 0 {
		status, e.status = e.status[0], e.status[1:]
	}
	w.WriteHeader(status)
}

// came is what arrived as a request of notifications.
type came struct {
	Value []struct {
		ID, SubscriptionID, ClientState, TenantID, Resource, ChangeType, LifecycleEvent string
		ResourceData                                                                    map[string]string
		EncryptedContent                                                                *struct {
			Data, DataKey, DataSignature []byte
			EncryptionCertificateID      string
		}
	}
	ValidationTokens []string
}

func (e *endpoint) last(t *testing.T) (c came) {
	t.Helper()
	if err := json.Unmarshal([]byte(e.bodies[len(e.bodies)-1]), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// Order is a type as a client's package has it.
type Order struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

func TestNotifyPlainly(t *testing.T) {
	srv, told := newTestServer(t)
	at := &endpoint{}
	subscription := map[string]any{"clientState": "s3cret", "resource": "/orders", "changeType": "created,updated"}
	sender := srv.Notify(subscription).To(at)
	subscription["id"] = "s1" // later than the sender
	status := sender.Send(Notice{ID: "n1", Data: &Order{"7", "hush"}}, Notice{ChangeType: "deleted", Resource: "orders('8')"}, Notice{Lifecycle: "missed"})
	c := at.last(t)
	if status != 202 || len(c.Value) != 3 || c.ValidationTokens != nil {
		t.Fatalf("%d %+v", status, c)
	}
	first := c.Value[0]
	if first.ID != "n1" || first.SubscriptionID != "s1" || first.ClientState != "s3cret" || first.TenantID != sender.Tenant || first.Resource != "orders" ||
		first.ChangeType != "created" || first.EncryptedContent != nil || len(first.ResourceData) != 3 ||
		first.ResourceData["@odata.type"] != "#shop.order" || first.ResourceData["id"] != "7" || first.ResourceData["@odata.id"] != "orders" {
		t.Errorf("%+v", first)
	}
	if second := c.Value[1]; second.ChangeType != "deleted" || second.Resource != "orders('8')" || second.ID == "" {
		t.Errorf("%+v", second)
	}
	if third := c.Value[2]; third.LifecycleEvent != "missed" || third.ChangeType != "" {
		t.Errorf("%+v", third)
	}
	sender.Send(Notice{Data: "no object"})
	sender.Send(Notice{Data: json.RawMessage(`{"id":"9","@odata.type":"shop.line"}`)})
	if got := at.last(t).Value[0].ResourceData["@odata.type"]; got != "#shop.line" {
		t.Error(got)
	}
	if want := []string{`graphtest: notifications: the data are no object: "no object"`}; !slices.Equal(told.end(), want) {
		t.Errorf("%q", told.errors)
	}
}

func TestNotifyEncrypted(t *testing.T) {
	srv, told := newTestServer(t)
	key, certificate := NewCertificate(t)
	at := &endpoint{}
	sender := srv.Notify(map[string]any{"id": "s1", "encryptionCertificate": certificate, "encryptionCertificateId": "c1"}).To(at)
	for lie, want := range map[Lie]string{
		"": "", WrongSignature: "signature", SwappedKeys: "key", UnknownCertificate: "certificate", BadPadding: "padding",
		NoToken: "no token", UnsignedToken: "token", ForgedToken: "token", UnknownKey: "nobody publishes it",
	} {
		sender.Lie(lie).Send(Notice{Data: &Order{"7", "hush"}})
		if err := opened(at.last(t), key); (err == nil) != (want == "") || err != nil && err.Error() != want {
			t.Errorf("%s: %v, want %q", lie, err, want)
		}
	}
	claims := map[Lie]string{}
	for _, lie := range []Lie{"", ExpiredToken, EarlyToken, OtherApp, OtherPublisher, OtherIssuer, OtherTenant} {
		sender.Lie(lie).Send(Notice{Data: &Order{"7", "hush"}})
		c := at.last(t)
		if err := opened(c, key); err != nil {
			t.Errorf("%s: %v", lie, err)
		}
		data, _ := base64.RawURLEncoding.DecodeString(strings.Split(c.ValidationTokens[0], ".")[1])
		if claims[lie] = string(data); lie != "" && claims[lie] == claims[""] {
			t.Errorf("%s: %s", lie, data)
		}
	}
	sender.Lie(WrongState).Send(Notice{})
	if got := at.last(t).Value[0].ClientState; got != "?" {
		t.Error(got)
	}
	sender.Lie(Oversized).Send(Notice{})
	if n := len(at.bodies[len(at.bodies)-1]); n < 8<<20 {
		t.Error(n)
	}
	sender.Lie(Malformed).Send(Notice{})
	if json.Valid([]byte(at.bodies[len(at.bodies)-1])) {
		t.Error("it does not break off")
	}
	srv.Notify(map[string]any{"encryptionCertificate": "AAAA"}).To(at).Send(Notice{Data: &Order{}})
	if len(told.end()) != 1 || !strings.HasPrefix(told.errors[0], "graphtest: notifications: the subscription's encryptionCertificate: ") {
		t.Errorf("%q", told.errors)
	}
}

// opened checks and decrypts as a program does.
func opened(c came, key *rsa.PrivateKey) error {
	if len(c.ValidationTokens) != 1 {
		return errors.New("no token")
	}
	parts := strings.Split(c.ValidationTokens[0], ".")
	var head struct{ Alg, Kid string }
	data, _ := base64.RawURLEncoding.DecodeString(parts[0])
	signature, _ := base64.RawURLEncoding.DecodeString(parts[2])
	_ = json.Unmarshal(data, &head)
	public, err := TokenKeys(context.Background(), head.Kid)
	if err != nil {
		return err
	}
	if sum := sha256.Sum256([]byte(parts[0] + "." + parts[1])); head.Alg != "RS256" || rsa.VerifyPKCS1v15(public, crypto.SHA256, sum[:], signature) != nil {
		return errors.New("token")
	}
	sealed := c.Value[0].EncryptedContent
	if sealed.EncryptionCertificateID != "c1" {
		return errors.New("certificate")
	}
	symmetric, err := rsa.DecryptOAEP(sha1.New(), nil, key, sealed.DataKey, nil)
	if err != nil {
		return errors.New("key")
	}
	mac := hmac.New(sha256.New, symmetric)
	mac.Write(sealed.Data)
	if !hmac.Equal(mac.Sum(nil), sealed.DataSignature) {
		return errors.New("signature")
	}
	block, err := aes.NewCipher(symmetric)
	if err != nil {
		return err
	}
	cipher.NewCBCDecrypter(block, symmetric[:16]).CryptBlocks(sealed.Data, sealed.Data)
	padding := int(sealed.Data[len(sealed.Data)-1])
	if padding > 16 {
		return errors.New("padding")
	}
	if got := string(sealed.Data[:len(sealed.Data)-padding]); got != `{"@odata.type":"#shop.order","id":"7","title":"hush"}` {
		return errors.New(got)
	}
	return nil
}

func TestNotifyValidates(t *testing.T) {
	echo := func(contentType string, status int, change func(string) string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, change(r.URL.Query().Get("validationToken")))
		}
	}
	same := func(token string) string { return token }
	const fault = "400 ValidationError: Subscription validation request failed. The notification endpoint does not answer as it has to: "
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    string
	}{
		"fine":         {echo("text/plain; charset=utf-8", 200, same), ""},
		"accepted":     {echo("text/plain", 202, same), fault + "it answers 202"},
		"another type": {echo("text/html", 200, same), fault + `it answers with Content-Type "text/html" in place of text/plain`},
		"quoted": {echo("text/plain", 200, func(token string) string { return `"` + token + `"` }), fault + "it answers \"\\\"Validation: Testing client " +
			`application reachability for subscription Request-Id: 7\"" to the token "Validation: Testing client application reachability for subscription Request-Id: 7"`},
		"escaped": {echo("text/plain", 200, func(token string) string { return strings.ReplaceAll(token, "<", "&lt;") }), fault +
			`it answers "&lt;script>alert(1)&lt;/script>" to the token "<script>alert(1)</script>"`},
	} {
		t.Run(name, func(t *testing.T) {
			srv, _ := newTestServer(t)
			server := httptest.NewServer(test.handler)
			defer server.Close()
			for _, sender := range []*Sender{
				srv.Notify(map[string]any{"notificationUrl": server.URL + "/?key=1"}).Through(server.Client()), srv.Notify(nil).To(test.handler),
			} {
				err := sender.Validate()
				var e *graph.Error
				if (err == nil) != (test.want == "") || err != nil && (!errors.As(err, &e) || "400 "+e.Code+": "+e.Message != test.want) {
					t.Errorf("%v", err)
				}
			}
		})
	}
	srv, _ := newTestServer(t)
	nobody := srv.Notify(map[string]any{"notificationUrl": "http://127.0.0.1:1/"})
	if err, status := nobody.Validate(), nobody.Send(Notice{}); err == nil || status != 0 {
		t.Error(err, status)
	}
}

// A service that insists, and one at its worst, without any time passing.
func TestNotifyAgainAndAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, _ := newTestServer(t)
		at := &endpoint{status: []int{503, 500}}
		sender := srv.Notify(map[string]any{"expirationDateTime": "2030-01-01T00:00:00Z"}).To(at)
		start := time.Now()
		if status := sender.Insist(Notice{ChangeType: "created"}); status != 202 || len(at.bodies) != 3 || at.bodies[0] != at.bodies[2] || time.Since(start) != 3*time.Second {
			t.Errorf("%d after %d requests and %v", status, len(at.bodies), time.Since(start))
		}
		at.status = slices.Repeat([]int{503}, 20)
		if status := sender.Insist(Notice{}); status != 503 || len(at.status) != 10 {
			t.Errorf("%d, %d left", status, len(at.status))
		}
		at.status, at.bodies = nil, nil
		statuses := sender.Unruly(1, time.Minute, Notice{ID: "1"}, Notice{ID: "2"}, Notice{ID: "3"}, Notice{ID: "4"}, Notice{})
		var ids []string
		for _, body := range at.bodies {
			if id := body[strings.Index(body, `"id":"`)+6:]; id[1] == '"' {
				ids = append(ids, id[:1])
			}
		}
		if len(statuses) != len(at.bodies) || len(ids) < 5 || slices.IsSorted(ids) {
			t.Errorf("%v %v", statuses, ids)
		}
	})
}

// The keys of tokens are at an address as those of the sign-in service are.
func TestNotifyKeyDocument(t *testing.T) {
	srv, _ := newTestServer(t)
	keys := graph.KeyDocument(srv.HTTPClient(), srv.Notify(nil).KeyDocument())
	got, err := keys(t.Context(), keyID)
	if want, _ := TokenKeys(t.Context(), keyID); err != nil || !want.Equal(got) {
		t.Error(err)
	}
	if _, err := keys(t.Context(), "other"); err == nil {
		t.Error("there is another key")
	}
}
