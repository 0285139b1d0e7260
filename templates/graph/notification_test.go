package graph

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
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// shopTypes are the types that notifications of these tests may be about.
func shopTypes(name string) model {
	if name == "shop.widget" {
		return new(widget)
	}
	return nil
}

// wireNotification is a notification as it is sent.
type wireNotification map[string]any

func request(t *testing.T, tokens []string, notifications ...wireNotification) []byte {
	t.Helper()
	body := map[string]any{"value": notifications}
	if tokens != nil {
		body["validationTokens"] = tokens
	}
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// post sends a request to a receiver and returns the answer.
func post(h http.Handler, body []byte) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/notifications", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	h.ServeHTTP(w, r)
	return w
}

// inbox gathers what a receiver hands out, and what it tells.
type inbox struct {
	mu     sync.Mutex
	came   []Notification
	faults []string
}

func (b *inbox) take(_ context.Context, n Notification) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.came = append(b.came, n)
	return nil
}

func (b *inbox) fault(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = append(b.faults, err.Error())
}

// receive hands requests to a receiver, shuts it down, and returns the statuses.
func (b *inbox) receive(t *testing.T, options []NotificationOption, requests ...[]byte) []int {
	t.Helper()
	r := newNotificationReceiver(b.take, shopTypes, append(options, NotificationErrors(b.fault)))
	var statuses []int
	for _, request := range requests {
		statuses = append(statuses, post(r, request).Code)
	}
	if err := r.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	return statuses
}

func TestNotificationValidation(t *testing.T) {
	r := newNotificationReceiver(new(inbox).take, shopTypes, nil)
	server := httptest.NewServer(r)
	defer server.Close()
	for _, token := range []string{"plain", "<script>alert(1)</script>", "a+b c%20d&e=f/ü\n"} {
		resp, err := http.Post(server.URL+"?validationToken="+url.QueryEscape(token), "text/plain", nil)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != 200 || string(body) != token || resp.Header.Get("Content-Type") != "text/plain" ||
			resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%q: %d %q %v %v", token, resp.StatusCode, body, resp.Header, err)
		}
	}
	for _, token := range []string{"", strings.Repeat("x", maxValidationToken+1)} {
		w := httptest.NewRecorder()
		r.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/?validationToken="+token, nil))
		if w.Code != http.StatusBadRequest {
			t.Errorf("a token of %d bytes: %d", len(token), w.Code)
		}
	}
}

func TestNotificationRequests(t *testing.T) {
	tests := map[string]struct {
		method, mediaType, body string
		want                    int
	}{
		"another method":    {http.MethodGet, "", "", 405},
		"another type":      {http.MethodPost, "text/xml", `{"value":[]}`, 415},
		"JSON's descendant": {http.MethodPost, "application/cloudevents+json", `{"value":[]}`, 202},
		"no type":           {http.MethodPost, "", `{"value":[]}`, 202},
		"no JSON":           {http.MethodPost, jsonType, `{"value":[`, 400},
		"no list":           {http.MethodPost, jsonType, `{}`, 400},
		"no object":         {http.MethodPost, jsonType, `{"value":[1]}`, 400},
		"no base64":         {http.MethodPost, jsonType, `{"value":[{"encryptedContent":{"data":"*"}}]}`, 400},
		"too long":          {http.MethodPost, jsonType, `{"value":["` + strings.Repeat("x", 1000) + `"]}`, 413},
		"too many":          {http.MethodPost, jsonType, `{"value":[{},{},{}]}`, 503},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			stop := make(chan struct{})
			r := newNotificationReceiver(func(context.Context, Notification) error { <-stop; return nil }, shopTypes,
				[]NotificationOption{NotificationLimit(1000), NotificationQueue(2, 1)})
			defer r.Shutdown(t.Context())
			defer close(stop)
			w := httptest.NewRecorder()
			req := httptest.NewRequest(test.method, "/", strings.NewReader(test.body))
			if test.mediaType != "" {
				req.Header.Set("Content-Type", test.mediaType)
			}
			r.ServeHTTP(w, req)
			if w.Code != test.want || (w.Header().Get("Retry-After") != "") != (w.Code == 503) {
				t.Errorf("%d %v, want %d", w.Code, w.Header(), test.want)
			}
		})
	}
}

func TestNotificationIsRead(t *testing.T) {
	var b inbox
	body := request(t, nil,
		wireNotification{"id": "n1", "subscriptionId": "s", "changeType": "created", "clientState": "secret", "tenantId": "t", "resource": "widgets('1')",
			"subscriptionExpirationDateTime": "2026-01-02T03:04:05.6789-08:00", "resourceData": map[string]any{"@odata.type": "#Shop.Widget", "id": "1"}},
		wireNotification{"id": "n1", "subscriptionId": "s", "resourceData": map[string]any{"@odata.type": "#shop.unheard", "id": "1"}},
		wireNotification{"subscriptionId": "s", "lifecycleEvent": "missed", "subscriptionExpirationDateTime": "soon", "resourceData": nil},
		wireNotification{"subscriptionId": "s", "resourceData": map[string]any{"@odata.type": "#shop.widget", "id": 1}})
	if got := b.receive(t, nil, body); got[0] != 202 || len(b.faults) > 0 {
		t.Fatal(got, b.faults)
	}
	first := b.came[0]
	if !first.Expires.Equal(time.Date(2026, 1, 2, 11, 4, 5, 678900000, time.UTC)) || first.ResourceData.(*widget).ID != "1" || first.Repeated {
		t.Errorf("%+v", first)
	}
	if got, ok := As[*widget](first.ResourceData); !ok || got.ID != "1" {
		t.Errorf("As: %v %v", got, ok)
	}
	for i := range b.came {
		b.came[i].ResourceData, b.came[i].Expires = nil, time.Time{}
	}
	want := []Notification{
		{ID: "n1", SubscriptionID: "s", ChangeType: "created", TenantID: "t", Resource: "widgets('1')", RawData: json.RawMessage(`{"@odata.type":"#Shop.Widget","id":"1"}`), state: "secret"},
		{ID: "n1", Repeated: true, SubscriptionID: "s", RawData: json.RawMessage(`{"@odata.type":"#shop.unheard","id":"1"}`)},
		{SubscriptionID: "s", Lifecycle: "missed"},
		{SubscriptionID: "s", RawData: json.RawMessage(`{"@odata.type":"#shop.widget","id":1}`)},
	}
	if diff := cmp.Diff(want, b.came, cmp.AllowUnexported(Notification{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNotificationState(t *testing.T) {
	var b inbox
	states := NotificationState(func(id string) (string, bool) { return "state of " + id, id != "gone" })
	got := b.receive(t, []NotificationOption{states}, request(t, nil,
		wireNotification{"subscriptionId": "a", "changeType": "created", "resource": "1", "clientState": "state of a"},
		wireNotification{"subscriptionId": "a", "changeType": "created", "resource": "2", "clientState": "state of b"},
		wireNotification{"subscriptionId": "gone", "lifecycleEvent": "missed", "clientState": "state of gone"},
		wireNotification{"subscriptionId": "a", "changeType": "deleted", "resource": "3"}))
	if got[0] != 202 || len(b.came) != 1 || b.came[0].Resource != "1" {
		t.Errorf("%v: %+v", got, b.came)
	}
	reason := ": " + ErrNotTrusted.Error() + ": its clientState is not that of the subscription"
	want := []string{"notification of subscription a, created 2" + reason, "notification of subscription gone, missed" + reason, "notification of subscription a, deleted 3" + reason}
	if diff := cmp.Diff(want, b.faults); diff != "" {
		t.Error(diff)
	}
}

// A full queue takes all of a request or nothing, and what has been taken is handled before Shutdown returns.
func TestNotificationQueueIsFull(t *testing.T) {
	var b inbox
	began, goOn := make(chan struct{}, 10), make(chan struct{})
	r := newNotificationReceiver(func(ctx context.Context, n Notification) error {
		began <- struct{}{}
		<-goOn
		return b.take(ctx, n)
	}, shopTypes, []NotificationOption{NotificationQueue(3, 1), NotificationErrors(b.fault)})
	one := func(id string) wireNotification { return wireNotification{"id": id} }
	statuses := []int{post(r, request(t, nil, one("1"))).Code}
	<-began // it is out of the queue
	for _, body := range [][]byte{request(t, nil, one("2"), one("3")), request(t, nil, one("4"), one("5")), request(t, nil, one("6"))} {
		statuses = append(statuses, post(r, body).Code)
	}
	close(goOn)
	if err := r.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	statuses = append(statuses, post(r, request(t, nil, one("7"))).Code)
	var ids []string
	for _, n := range b.came {
		ids = append(ids, n.ID)
	}
	if diff := cmp.Diff([]int{202, 202, 503, 202, 503}, statuses); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"1", "2", "3", "6"}, ids); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"notifications: the queue has no place for 2 more", "notifications: the receiver is shut down"}, b.faults); diff != "" {
		t.Error(diff)
	}
}

// What a handler does wrong is told, and fails nothing else; when the context ends, what waits is told as well.
func TestNotificationHandlerFails(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var b inbox
	r := newNotificationReceiver(func(_ context.Context, n Notification) error {
		switch n.ID {
		case "panic":
			panic("oh")
		case "error":
			return errors.New("no")
		case "last":
			cancel()
		}
		return nil
	}, shopTypes, []NotificationOption{NotificationErrors(b.fault), NotificationContext(ctx)})
	var all []wireNotification
	for _, id := range []string{"panic", "error", "last", "late"} {
		all = append(all, wireNotification{"id": id, "subscriptionId": "s", "lifecycleEvent": id})
	}
	if w := post(r, request(t, nil, all...)); w.Code != 202 {
		t.Fatal(w.Code)
	}
	if err := r.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []string{"notification of subscription s, panic: the call panicked: oh", "notification of subscription s, error: no", "notification of subscription s, late: context canceled"}
	if diff := cmp.Diff(want, b.faults); diff != "" {
		t.Error(diff)
	}
	if w := post(r, request(t, nil, wireNotification{})); w.Code != 503 {
		t.Errorf("after the end: %d", w.Code)
	}
}

func TestNotificationsAtOnce(t *testing.T) {
	var b inbox
	r := newNotificationReceiver(b.take, shopTypes, []NotificationOption{NotificationQueue(1000, 4)})
	server := httptest.NewServer(r)
	defer server.Close()
	var senders sync.WaitGroup
	for i := range 1000 {
		body := request(t, nil, wireNotification{"id": fmt.Sprint(i % 500)})
		senders.Go(func() {
			resp, err := http.Post(server.URL, jsonType, bytes.NewReader(body))
			if err != nil {
				t.Error(err)
				return
			}
			resp.Body.Close()
			if resp.StatusCode != 202 {
				t.Error(resp.Status)
			}
		})
	}
	senders.Wait()
	if err := r.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	repeated := 0
	for _, n := range b.came {
		if n.Repeated {
			repeated++
		}
	}
	if len(b.came) != 1000 || repeated != 500 {
		t.Errorf("%d came, %d of them repeated", len(b.came), repeated)
	}
}

// The ids of long ago are forgotten, so that memory is bounded.
func TestNotificationMemory(t *testing.T) {
	r := newNotificationReceiver(new(inbox).take, shopTypes, nil)
	for i := range 3 * rememberedNotifications {
		r.remember(fmt.Sprint(i))
	}
	if len(r.seen) != rememberedNotifications || r.remember("0") || !r.remember(fmt.Sprint(3*rememberedNotifications-1)) {
		t.Errorf("%d ids are remembered", len(r.seen))
	}
}

var testKeys = sync.OnceValue(func() []*rsa.PrivateKey {
	keys := make([]*rsa.PrivateKey, 2)
	for i := range keys {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err)
		}
		keys[i] = key
	}
	return keys
})

// sealed encrypts a resource as the service does.
func sealed(t testing.TB, public *rsa.PublicKey, certificate string, plain []byte) map[string]any {
	t.Helper()
	key := make([]byte, 32)
	rand.Read(key)
	return sealedWith(t, key, pad(plain), public, certificate)
}

func pad(plain []byte) []byte {
	n := aes.BlockSize - len(plain)%aes.BlockSize
	return append(slices.Clone(plain), bytes.Repeat([]byte{byte(n)}, n)...)
}

func sealedWith(t testing.TB, key, padded []byte, public *rsa.PublicKey, certificate string) map[string]any {
	t.Helper()
	dataKey, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, public, key, nil)
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	data := make([]byte, len(padded))
	cipher.NewCBCEncrypter(block, key[:aes.BlockSize]).CryptBlocks(data, padded)
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	return map[string]any{"data": data, "dataSignature": mac.Sum(nil), "dataKey": dataKey, "encryptionCertificateId": certificate}
}

func TestNotificationDecrypts(t *testing.T) {
	first, second := testKeys()[0], testKeys()[1]
	keys := NotificationKeys(func(id string) crypto.Decrypter {
		switch id {
		case "old":
			return first
		case "new":
			return second
		}
		return nil
	})
	plain := []byte(`{"@odata.type":"#shop.widget","id":"7","title":"hush"}`)
	key := bytes.Repeat([]byte("k"), 32)
	with := func(content map[string]any, name string, value any) map[string]any {
		content[name] = value
		return content
	}
	tests := map[string]struct {
		content map[string]any
		want    string // the title that arrives; "" for what cannot be decrypted
	}{
		"fine":                 {sealed(t, &first.PublicKey, "old", plain), "hush"},
		"another certificate":  {sealed(t, &second.PublicKey, "new", plain), "hush"},
		"its type is outside":  {sealed(t, &second.PublicKey, "new", []byte(`{"id":"7","title":"hush"}`)), "hush"},
		"keys are swapped":     {sealed(t, &first.PublicKey, "new", plain), ""},
		"unknown certificate":  {sealed(t, &first.PublicKey, "lost", plain), ""},
		"wrong signature":      {with(sealed(t, &first.PublicKey, "old", plain), "dataSignature", make([]byte, 32)), ""},
		"no signature":         {with(sealed(t, &first.PublicKey, "old", plain), "dataSignature", nil), ""},
		"other data":           {with(sealed(t, &first.PublicKey, "old", plain), "data", make([]byte, 64)), ""},
		"no data":              {with(sealed(t, &first.PublicKey, "old", plain), "data", nil), ""},
		"no key":               {with(sealed(t, &first.PublicKey, "old", plain), "dataKey", nil), ""},
		"padding of nothing":   {sealedWith(t, key, append(bytes.Repeat([]byte(" "), 15), 0), &first.PublicKey, "old"), ""},
		"too much padding":     {sealedWith(t, key, bytes.Repeat([]byte{17}, 32), &first.PublicKey, "old"), ""},
		"padding that differs": {sealedWith(t, key, append(bytes.Repeat([]byte{3}, 14), 2, 3), &first.PublicKey, "old"), ""},
		"no JSON":              {sealed(t, &first.PublicKey, "old", []byte("hush")), ""},
		"nothing":              {sealed(t, &first.PublicKey, "old", nil), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			body := request(t, nil, wireNotification{"subscriptionId": "s", "encryptedContent": test.content, "resourceData": map[string]any{"@odata.type": "#shop.widget", "id": "7"}})
			got, err := readNotifications(body, shopTypes, []NotificationOption{keys})
			if test.want == "" {
				if !errors.Is(err, ErrNotDecrypted) || len(got) != 0 || strings.Count(err.Error(), ":") != 1 {
					t.Errorf("%v, %v", got, err)
				}
				return
			}
			if err != nil || len(got) != 1 {
				t.Fatal(got, err)
			}
			if w := got[0].ResourceData.(*widget); w.Title.Or("") != test.want || w.ID != "7" {
				t.Errorf("%+v", w)
			}
		})
	}
	body := request(t, nil, wireNotification{"encryptedContent": sealed(t, &first.PublicKey, "old", plain)})
	if got, err := readNotifications(body, shopTypes, nil); !errors.Is(err, ErrNotDecrypted) || len(got) > 0 {
		t.Errorf("without keys: %v, %v", got, err)
	}
}

// signed makes a token as the sign-in service does.
func signed(t testing.TB, key *rsa.PrivateKey, head, claims map[string]any) string {
	t.Helper()
	part := func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(data)
	}
	text := part(head) + "." + part(claims)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}

const (
	testApp    = "11111111-2222-3333-4444-555555555555"
	testTenant = "99999999-8888-7777-6666-555555555555"
)

func TestNotificationTokens(t *testing.T) {
	now := time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC)
	key, other := testKeys()[0], testKeys()[1]
	head := func(changes ...any) map[string]any {
		return altered(map[string]any{"alg": "RS256", "kid": "k", "typ": "JWT"}, changes)
	}
	claims := func(changes ...any) map[string]any {
		return altered(map[string]any{
			"aud": testApp, "iss": "https://sts.windows.net/" + testTenant + "/", "tid": testTenant, "appid": notificationPublisher,
			"exp": now.Add(time.Hour).Unix(), "nbf": now.Add(-time.Hour).Unix(),
		}, changes)
	}
	good := signed(t, key, head(), claims())
	unsigned := signed(t, key, head("alg", "none"), claims())
	tests := map[string]struct {
		tokens []string
		want   string // "" if they are trusted
	}{
		"version 1":         {[]string{good}, ""},
		"version 2":         {[]string{signed(t, key, head(), claims("iss", "https://login.microsoftonline.com/"+testTenant+"/v2.0", "appid", nil, "azp", notificationPublisher))}, ""},
		"several audiences": {[]string{signed(t, key, head(), claims("aud", []string{"x", strings.ToUpper(testApp)}))}, ""},
		"just expired":      {[]string{signed(t, key, head(), claims("exp", now.Add(-tokenLeeway).Unix()))}, ""},
		"none":              {nil, "it came without a validation token"},
		"one of two":        {[]string{good, "x.y.z"}, "it is no signed token"},
		"no token":          {[]string{"x"}, "it is no signed token"},
		"no algorithm":      {[]string{unsigned}, "it is not signed with RS256"},
		"no signature":      {[]string{unsigned[:strings.LastIndexByte(unsigned, '.')+1]}, "it is not signed with RS256"},
		"another algorithm": {[]string{signed(t, key, head("alg", "HS256"), claims())}, "it is not signed with RS256"},
		"critical":          {[]string{signed(t, key, head("crit", []string{"x"}), claims())}, "it is not signed with RS256"},
		"another key":       {[]string{signed(t, other, head(), claims())}, "the signature is wrong"},
		"an unknown key":    {[]string{signed(t, key, head("kid", "x"), claims())}, "the key: nobody publishes it"},
		"changed":           {[]string{strings.Replace(good, ".", ".e", 1)}, "it is no signed token"},
		"expired":           {[]string{signed(t, key, head(), claims("exp", now.Add(-tokenLeeway-time.Second).Unix()))}, "it has expired"},
		"for ever":          {[]string{signed(t, key, head(), claims("exp", nil))}, "it has expired"},
		"not yet":           {[]string{signed(t, key, head(), claims("nbf", now.Add(tokenLeeway+time.Second).Unix()))}, "it is not valid yet"},
		"another audience":  {[]string{signed(t, key, head(), claims("aud", testTenant))}, "it is for another application"},
		"no audience":       {[]string{signed(t, key, head(), claims("aud", nil))}, "it is for another application"},
		"another sender":    {[]string{signed(t, key, head(), claims("appid", testApp))}, "another application has sent it"},
		"another issuer":    {[]string{signed(t, key, head(), claims("iss", "https://sts.example/"+testTenant+"/"))}, "the sign-in service has not issued it"},
		"of no tenant":      {[]string{signed(t, key, head(), claims("iss", "https://sts.windows.net//", "tid", ""))}, "the sign-in service has not issued it"},
		"a tenant's path":   {[]string{signed(t, key, head(), claims("iss", "https://sts.windows.net/a/b/", "tid", "a/b"))}, "the sign-in service has not issued it"},
		"another tenant":    {[]string{signed(t, key, head(), claims("iss", "https://sts.windows.net/"+testApp+"/", "tid", testApp))}, "it is of another organization"},
		"too many":          {slices.Repeat([]string{good}, maxTokens+1), "it came with more than 100 validation tokens"},
		"too long":          {[]string{strings.Repeat("a", maxTokenSize) + ".b.c"}, "it is no signed token"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			check := NotificationTokens{Apps: []string{testApp}, Tenants: []string{testTenant}, now: func() time.Time { return now },
				Keys: func(_ context.Context, id string) (*rsa.PublicKey, error) {
					if id != "k" {
						return nil, errors.New("nobody publishes it")
					}
					return &key.PublicKey, nil
				}}
			err := check.check(t.Context(), test.tokens)
			if (err == nil) != (test.want == "") || err != nil && (!errors.Is(err, ErrNotTrusted) || !strings.HasSuffix(err.Error(), test.want)) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

func altered(m map[string]any, changes []any) map[string]any {
	for i := 0; i < len(changes); i += 2 {
		if changes[i+1] == nil {
			delete(m, changes[i].(string))
		} else {
			m[changes[i].(string)] = changes[i+1]
		}
	}
	return m
}

// Tokens are asked for where there are resource data; one that is wrong refuses all that came with it.
func TestNotificationsBy(t *testing.T) {
	key := testKeys()[0]
	by := NotificationsBy(NotificationTokens{Apps: []string{testApp}, Keys: func(context.Context, string) (*rsa.PublicKey, error) { return &key.PublicKey, nil }})
	token := signed(t, key, map[string]any{"alg": "RS256"}, map[string]any{
		"aud": testApp, "iss": "https://sts.windows.net/" + testTenant + "/", "tid": testTenant, "appid": notificationPublisher, "exp": time.Now().Add(time.Hour).Unix(),
	})
	rich := wireNotification{"encryptedContent": sealed(t, &key.PublicKey, "k", []byte(`{"id":"1"}`))}
	options := []NotificationOption{by, NotificationKeys(func(string) crypto.Decrypter { return key })}
	var b inbox
	statuses := b.receive(t, options, request(t, []string{token}, rich), request(t, nil, rich), request(t, []string{token + "x"}, rich),
		request(t, nil, wireNotification{"id": "plain"}), request(t, []string{"x"}, wireNotification{"id": "plain"}))
	if diff := cmp.Diff([]int{202, 401, 401, 202, 401}, statuses); diff != "" || len(b.came) != 2 || string(b.came[0].RawData) != `{"id":"1"}` {
		t.Errorf("%s %+v %v", diff, b.came, b.faults)
	}
}

func TestKeyDocument(t *testing.T) {
	key := testKeys()[0]
	jwk := func(id, use string) map[string]any {
		return map[string]any{"kty": "RSA", "kid": id, "use": use, "n": base64.RawURLEncoding.EncodeToString(key.N.Bytes()), "e": "AQAB"}
	}
	now, asked, status := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), 0, 200
	published := []any{jwk("a", "sig"), jwk("enc", "enc"), map[string]any{"kty": "EC", "kid": "ec"}, map[string]any{"kty": "RSA", "kid": "weak", "n": "AQAB", "e": "AQAB"}}
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"keys": published})
	}))
	defer server.Close()
	d := &keyDocument{client: server.Client(), address: server.URL, now: func() time.Time { return now }}
	steps := []struct {
		after  time.Duration
		status int
		id     string
		want   bool
		asked  int
	}{
		{0, 200, "a", true, 1},
		{0, 200, "a", true, 1},
		{0, 200, "b", false, 1}, // asked a moment ago
		{keysPause, 200, "enc", false, 2},
		{keysPause, 200, "ec", false, 3},
		{keysPause, 200, "weak", false, 4},
		{keysKept, 500, "a", true, 5}, // what is known serves for a while
		{keysPause, 500, "b", false, 6},
		{keysLast, 500, "a", false, 7},
		{keysPause, 200, "a", true, 8},
	}
	for i, step := range steps {
		now, status = now.Add(step.after), step.status
		got, err := d.key(t.Context(), step.id)
		if (err == nil) != step.want || (got != nil) != step.want || asked != step.asked {
			t.Errorf("step %d: %v %v, asked %d times, want %d", i, got, err, asked, step.asked)
		}
	}
	if _, err := KeyDocument(nil, "http://keys.example")(t.Context(), "a"); err == nil || err.Error() != "the address of the key document is not https" {
		t.Error(err)
	}
}

func FuzzParseNotifications(f *testing.F) {
	f.Add([]byte(`{"value":[{"subscriptionId":"s","resourceData":{"@odata.type":"#Shop.Widget","id":"1"},"encryptedContent":{"data":"AAAA"}}],"validationTokens":["a.b.c"]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		keys := NotificationKeys(func(string) crypto.Decrypter { return testKeys()[0] })
		by := NotificationsBy(NotificationTokens{Apps: []string{testApp}, Keys: func(context.Context, string) (*rsa.PublicKey, error) { return &testKeys()[0].PublicKey, nil }})
		_, _ = readNotifications(data, shopTypes, []NotificationOption{keys})
		got, _ := readNotifications(data, shopTypes, []NotificationOption{keys, by})
		for _, n := range got {
			if n.encrypted != nil {
				t.Errorf("%+v was not decrypted", n)
			}
		}
	})
}

func FuzzNotificationToken(f *testing.F) {
	f.Add("e30.e30.AA")
	f.Fuzz(func(t *testing.T, token string) {
		check := NotificationTokens{Apps: []string{testApp}, Keys: func(context.Context, string) (*rsa.PublicKey, error) { return &testKeys()[0].PublicKey, nil }}
		if check.check(t.Context(), []string{token}) == nil {
			t.Errorf("%q is trusted", token)
		}
	})
}

// BenchmarkNotification reads encrypted notifications of 2 KB, beside what the cryptography alone takes.
func BenchmarkNotification(b *testing.B) {
	key := testKeys()[0]
	plain := []byte(`{"@odata.type":"#shop.widget","id":"7","title":"` + strings.Repeat("x", 2000) + `"}`)
	content := sealed(b, &key.PublicKey, "k", plain)
	data, err := json.Marshal(map[string]any{"value": []any{map[string]any{"subscriptionId": "s", "changeType": "created", "encryptedContent": content}}})
	if err != nil {
		b.Fatal(err)
	}
	options := []NotificationOption{NotificationKeys(func(string) crypto.Decrypter { return key })}
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := readNotifications(data, shopTypes, options); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			k, err := rsa.DecryptOAEP(sha1.New(), nil, key, content["dataKey"].([]byte), nil)
			if err != nil {
				b.Fatal(err)
			}
			text := content["data"].([]byte)
			mac := hmac.New(sha256.New, k)
			mac.Write(text)
			block, err := aes.NewCipher(k)
			if err != nil || !hmac.Equal(mac.Sum(nil), content["dataSignature"].([]byte)) {
				b.Fatal(err)
			}
			out := make([]byte, len(text))
			cipher.NewCBCDecrypter(block, k[:16]).CryptBlocks(out, text)
		}
	})
}
