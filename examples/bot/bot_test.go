package bot_test

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/examples/bot"
	"github.com/graphslice/graphslice/examples/bot/internal/graph"
	"github.com/graphslice/graphslice/examples/bot/internal/graph/graphtest"
)

const (
	chatID = "19:meeting@thread.v2"
	appID  = "05f59cec-a742-4a50-a62e-202a57e478a4"
	tenant = "4dc1fe35-8ac6-4f0d-904a-7ebcd364bea1"
)

// newBot returns a bot of the service, which keeps what went wrong in faults.
func newBot(t *testing.T, s *service, faults *[]string) *bot.Bot {
	t.Helper()
	key, text := graphtest.NewCertificate(t)
	certificate, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return &bot.Bot{
		Client: s.Client(), ChatID: chatID, Address: "http://bot.example/notifications", State: "s3cret",
		Answer:      func(text string) string { return "You said: " + text },
		Certificate: certificate, CertificateID: "first", Key: key,
		Tokens: graph.NotificationTokens{Apps: []string{appID}, Tenants: []string{tenant}, Keys: graphtest.TokenKeys},
		Report: func(err error) { *faults = append(*faults, err.Error()) },
	}
}

// The bot subscribes, answers what comes encrypted and nothing else, renews the subscription, and leaves nothing behind.
func TestBot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		address := newPipes()
		service := newService(t, address.client())
		var faults []string
		b := newBot(t, service, &faults)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- b.Run(ctx, address) }()
		synctest.Wait()

		say := func(sender *graphtest.Sender, want int, messages ...graphtest.Notice) {
			t.Helper()
			if status := sender.Send(messages...); status != want {
				t.Errorf("the bot answers %d", status)
			}
		}
		sender := service.sender
		sender.App, sender.Tenant = appID, tenant
		say(sender, 202, said("1", "Hello", ""))
		say(sender, 202, said("1", "Hello", "")) // once more: the service repeats itself
		say(sender, 202, said("2", "An answer", appID))
		say(sender.Lie(graphtest.WrongState), 202, said("3", "Let me in", ""))
		say(sender.Lie(graphtest.ForgedToken), 401, said("4", "Let me in", ""))
		say(sender.Lie(graphtest.WrongSignature), 202, said("5", "Let me in", ""))
		service.Throttle(1, time.Minute)
		time.Sleep(50 * time.Minute)
		say(sender, 202, said("6", "Still there?", ""))
		time.Sleep(time.Minute)
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}

		want := []string{
			"0s subscribed until 1h0m0s", "0s the address answers",
			"0s reply You said: Hello",
			"renewed",
			"50m0s reply You said: Still there?",
			"51m0s unsubscribed",
		}
		if diff := cmp.Diff(want, service.lines); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if len(faults) != 3 || !strings.Contains(faults[0], graph.ErrNotTrusted.Error()) || !strings.Contains(faults[2], graph.ErrNotDecrypted.Error()) {
			t.Errorf("%q", faults)
		}
	})
}

// A bot whose address does not answer does not begin.
func TestBotWithoutAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := newService(t, newPipes().client()) // somewhere else, where nobody is
		b := newBot(t, service, new([]string))
		var fault *graph.Error
		if err := b.Run(t.Context(), newPipes()); !errors.As(err, &fault) || fault.StatusCode != http.StatusBadRequest {
			t.Error(err)
		}
	})
}
