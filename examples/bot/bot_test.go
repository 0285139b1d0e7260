package bot_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/examples/bot"
	"github.com/graphslice/graphslice/examples/bot/internal/graph"
)

const (
	chatID = "19:meeting@thread.v2"
	appID  = "05f59cec-a742-4a50-a62e-202a57e478a4"
	tenant = "4dc1fe35-8ac6-4f0d-904a-7ebcd364bea1"
)

// certificate makes one that is valid in the time of the test.
func certificate(t *testing.T) (*rsa.PrivateKey, []byte) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "bot"}, NotBefore: time.Now(), NotAfter: time.Now().Add(24 * time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return key, der
}

// The bot subscribes, answers what comes encrypted and nothing else, renews the subscription, and leaves nothing behind.
func TestBot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		key, der := certificate(t)
		signer, _ := certificate(t)
		service, address := newService(t, signer), newPipes()
		client, err := graph.NewClient(graph.StaticToken("t0ken"), graph.WithServiceRoot("http://127.0.0.1/v1.0"),
			graph.WithHTTPClient(&http.Client{Transport: service.pipes.transport()}))
		if err != nil {
			t.Fatal(err)
		}
		service.notify = address.transport()

		var faults []string
		b := &bot.Bot{
			Client: client, ChatID: chatID, Address: "http://bot.example/notifications", State: "s3cret",
			Answer:      func(text string) string { return "You said: " + text },
			Certificate: der, CertificateID: "first", Key: key,
			Tokens: graph.NotificationTokens{Apps: []string{appID}, Tenants: []string{tenant},
				Keys: func(context.Context, string) (*rsa.PublicKey, error) { return &signer.PublicKey, nil }},
			Report: func(err error) { faults = append(faults, err.Error()) },
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- b.Run(ctx, address) }()
		synctest.Wait()

		service.say(t, "1", "Hello", "", "s3cret")
		service.say(t, "1", "Hello", "", "s3cret") // once more: the service repeats itself
		service.say(t, "2", "An answer", appID, "s3cret")
		service.say(t, "3", "Let me in", "", "wrong")
		time.Sleep(45 * time.Minute)
		service.say(t, "4", "Still there?", "", "s3cret")
		synctest.Wait()
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		service.close()

		want := []string{
			"0s POST /v1.0/subscriptions until 1h0m0s", "0s the address answers",
			"0s reply You said: Hello",
			"RENEWED",
			"45m0s reply You said: Still there?",
			"45m0s DELETE /v1.0/subscriptions/s1",
		}
		if diff := cmp.Diff(want, service.log()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if len(faults) != 1 || !strings.Contains(faults[0], graph.ErrNotTrusted.Error()) {
			t.Error(faults)
		}
	})
}

// A bot whose address does not answer does not begin.
func TestBotWithoutAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		key, der := certificate(t)
		service, address := newService(t, key), newPipes()
		service.notify = newPipes().transport() // somewhere else, where nobody is
		client, err := graph.NewClient(graph.StaticToken("t0ken"), graph.WithServiceRoot("http://127.0.0.1/v1.0"),
			graph.WithHTTPClient(&http.Client{Transport: service.pipes.transport()}))
		if err != nil {
			t.Fatal(err)
		}
		b := &bot.Bot{Client: client, ChatID: chatID, Address: "http://bot.example/notifications", Certificate: der, Key: key,
			Tokens: graph.NotificationTokens{Apps: []string{appID}}, Report: func(error) {}}
		var fault *graph.Error
		if err := b.Run(t.Context(), address); !errors.As(err, &fault) || fault.StatusCode != http.StatusBadRequest {
			t.Error(err)
		}
		service.close()
	})
}
