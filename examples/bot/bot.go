// Package bot shows a program that answers in a chat: Microsoft Graph tells it of each new message, encrypted, and the
// subscription for that is kept alive until the program ends.
package bot

import (
	"context"
	"crypto"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/graphslice/graphslice/examples/bot/internal/graph"
)

// farewell is how long the messages that have come have to be answered when the bot ends.
const farewell = 20 * time.Second

// Bot answers in one chat.
type Bot struct {
	Client *graph.Client
	ChatID string
	// Answer returns what to say to a message; "" for nothing.
	Answer func(text string) string

	// Address is where Graph reaches Run's listener, such as https://bot.contoso.com/notifications; State is a secret that only
	// Graph and the bot know.
	Address, State string
	// Certificate, DER, is what messages are encrypted to; Key belongs to it, and CertificateID is any name for the two.
	Certificate   []byte
	CertificateID string
	Key           crypto.Decrypter
	// Tokens say whom notifications are taken of. The first of its apps is the bot's own: its messages are not answered.
	Tokens graph.NotificationTokens

	// Saved is the id of the subscription of the run before, Save keeps it, and Report is told what went wrong.
	Saved  string
	Save   func(subscriptionID string, expires time.Time)
	Report func(error)

	subscription atomic.Pointer[graph.KeptSubscription]
}

// Run answers until ctx ends. Then it takes no more, answers what has come, and deletes the subscription.
func (b *Bot) Run(ctx context.Context, listener net.Listener) error {
	working, stop := context.WithCancel(context.WithoutCancel(ctx)) // what has come is answered after ctx has ended
	defer stop()
	receiver := graph.NotificationHandler(b.handle,
		graph.NotificationContext(working),
		graph.NotificationState(func(string) (string, bool) { return b.State, true }),
		graph.NotificationsBy(b.Tokens),
		graph.NotificationKeys(func(id string) crypto.Decrypter {
			if id != b.CertificateID {
				return nil
			}
			return b.Key
		}),
		graph.NotificationErrors(b.Report))
	server := &http.Server{Handler: receiver, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()

	err := b.keep(ctx, served)
	last, cancel := context.WithTimeout(working, farewell)
	defer cancel()
	return errors.Join(err, server.Shutdown(last), receiver.Shutdown(last))
}

// keep subscribes, and returns when the subscription is gone or nobody listens any more.
func (b *Bot) keep(ctx context.Context, served <-chan error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	subscription, err := graph.Subscribe(ctx, b.Client, graph.Subscription{
		ChangeType:               graph.Some("created"),
		Resource:                 graph.Some("/chats/" + b.ChatID + "/messages"),
		NotificationURL:          graph.Some(b.Address),
		LifecycleNotificationURL: graph.Some(b.Address),
		ClientState:              graph.Some(b.State),
		IncludeResourceData:      graph.Some(true),
		EncryptionCertificate:    graph.Some(base64.StdEncoding.EncodeToString(b.Certificate)),
		EncryptionCertificateID:  graph.Some(b.CertificateID),
	}, graph.SavedSubscription(b.Saved), graph.OnSubscription(b.Save), graph.OnSubscriptionError(b.Report), graph.DeleteSubscription())
	if err != nil {
		return err
	}
	b.subscription.Store(subscription)
	select {
	case err = <-served:
		cancel()
	case <-subscription.Done():
	}
	return errors.Join(err, subscription.Wait())
}

// handle answers a message.
func (b *Bot) handle(ctx context.Context, n graph.Notification) error {
	if s := b.subscription.Load(); s != nil && s.Handle(n) {
		return nil
	}
	message, ok := n.ResourceData.(*graph.ChatMessage)
	if !ok || n.Repeated || message.Body == nil || b.isOwn(message) {
		return nil
	}
	answer := b.Answer(message.Body.Content.Or(""))
	if answer == "" {
		return nil
	}
	_, err := b.Client.Chats().ByID(b.ChatID).Messages().Create(ctx, &graph.ChatMessage{Body: &graph.ItemBody{Content: graph.Some(answer)}})
	return err
}

// isOwn reports whether the bot has sent a message itself.
func (b *Bot) isOwn(m *graph.ChatMessage) bool {
	return m.From != nil && m.From.Application != nil && len(b.Tokens.Apps) > 0 && m.From.Application.ID.Or("") == b.Tokens.Apps[0]
}
