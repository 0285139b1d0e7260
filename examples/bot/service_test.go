package bot_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/graphslice/graphslice/examples/bot/internal/graph"
	"github.com/graphslice/graphslice/examples/bot/internal/graph/graphtest"
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

// client leads every request to the address.
func (p *pipes) client() *http.Client {
	return &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		here, there := net.Pipe()
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		select {
		case p.conns <- there:
			return here, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}}}
}

// service stands in for Microsoft Graph: it takes a subscription and replies, and sends messages, encrypted.
type service struct {
	*graphtest.Server
	begun time.Time

	mu     sync.Mutex
	lines  []string
	sender *graphtest.Sender
}

// newService returns a service from which a network leads to the bot.
func newService(t *testing.T, network *http.Client) *service {
	t.Helper()
	s := &service{Server: graphtest.NewServer(t), begun: time.Now()}
	s.Subscriptions().OnCreate(func(_ context.Context, _ graphtest.Call, sub *graph.Subscription) (*graph.Subscription, error) {
		s.note("subscribed until %v", time.Until(sub.ExpirationDateTime.Or(time.Time{})).Round(time.Minute))
		s.sender = s.Notify(sub).Through(network)
		if err := s.sender.Validate(); err != nil {
			return nil, err
		}
		s.note("the address answers")
		sub.ID = "s1"
		return sub, nil
	})
	s.Subscriptions().ByID("s1").OnUpdate(func(_ context.Context, _ graphtest.Call, sub *graph.Subscription) (*graph.Subscription, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.lines = append(s.lines, "renewed") // when is up to chance
		return sub, nil
	})
	s.Subscriptions().ByID("s1").OnDelete(func(context.Context, graphtest.Call) error {
		s.note("unsubscribed")
		return nil
	})
	s.Chats().ByID(chatID).Messages().OnCreate(func(_ context.Context, _ graphtest.Call, m *graph.ChatMessage) (*graph.ChatMessage, error) {
		s.note("reply %s", m.Body.Content.Or(""))
		return m, nil
	})
	return s
}

func (s *service) note(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, time.Since(s.begun).Truncate(time.Minute).String()+" "+fmt.Sprintf(format, args...))
}

// said is the notification of a message, as one that an app has written if there is one.
func said(id, text, app string) graphtest.Notice {
	from := &graph.ChatMessageFromIdentitySet{User: &graph.Identity{ID: graph.Some("u1")}}
	if app != "" {
		from = &graph.ChatMessageFromIdentitySet{Application: &graph.Identity{ID: graph.Some(app)}}
	}
	return graphtest.Notice{ID: "n" + id, Resource: "chats('" + chatID + "')/messages('" + id + "')", Data: &graph.ChatMessage{
		ID: id, From: from, Body: &graph.ItemBody{Content: graph.Some(text)},
	}}
}
