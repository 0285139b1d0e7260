package programs

import (
	"context"
	"crypto"
	"crypto/rsa"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	notifications "example.com/golden/notifications"
	watchtest "example.com/golden/notifications/graphtest"
	shelf "example.com/golden/upload"
	shelftest "example.com/golden/upload/graphtest"
)

// An upload comes through whatever happens to its pieces.
func TestFakeUpload(t *testing.T) {
	for name, order := range map[string]func(*shelftest.Server, string){
		"nothing":        func(*shelftest.Server, string) {},
		"lost pieces":    func(s *shelftest.Server, at string) { s.Fault(shelftest.Reset).On("PUT", at).Next(2) },
		"lost answers":   func(s *shelftest.Server, at string) { s.Fault(shelftest.Reset).On("PUT", at).After().Next(2) },
		"cut answers":    func(s *shelftest.Server, at string) { s.Fault(shelftest.Cut).On("PUT", at).Next(2) },
		"gateways":       func(s *shelftest.Server, at string) { s.Fault(shelftest.HTML).On("", at).Share(0.25, 7) },
		"a busy service": func(s *shelftest.Server, at string) { s.Throttle(3, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := shelftest.NewServer(t)
				content := strings.Repeat("0123456789", 100<<10)
				address := srv.Upload(func(got []byte) (any, error) {
					if string(got) != content {
						t.Errorf("%d bytes have come, which are others", len(got))
					}
					return &shelf.ShelfBook{ID: "NEW", Title: shelf.Some("whole")}, nil
				})
				srv.Books().ByID("1").OnShelfStartFilm(func(context.Context, shelftest.Call) (*shelf.ShelfFilm, error) {
					return &shelf.ShelfFilm{SendTo: shelf.Some(address), OpenRanges: []string{"0-"}}, nil
				})
				client := srv.Client()
				film, err := client.Books().ByID("1").ShelfStartFilm(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				order(srv, address)
				made, err := shelf.Upload(t.Context(), client, film, strings.NewReader(content), int64(len(content)), shelf.UploadPieceSize(320<<10))
				if err != nil || made.ID() != "NEW" {
					t.Error(made, err)
				}
				if err := shelf.CancelUpload(t.Context(), client, film); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// Whoever lies to a program is refused.
func TestFakeSenderLies(t *testing.T) {
	for lie, want := range map[watchtest.Lie]struct {
		status int
		came   bool
		err    error
	}{
		"":                           {202, true, nil},
		watchtest.WrongSignature:     {202, false, notifications.ErrNotDecrypted},
		watchtest.SwappedKeys:        {202, false, notifications.ErrNotDecrypted},
		watchtest.UnknownCertificate: {202, false, notifications.ErrNotDecrypted},
		watchtest.BadPadding:         {202, false, notifications.ErrNotDecrypted},
		watchtest.NoToken:            {401, false, notifications.ErrNotTrusted},
		watchtest.ExpiredToken:       {401, false, notifications.ErrNotTrusted},
		watchtest.EarlyToken:         {401, false, notifications.ErrNotTrusted},
		watchtest.UnsignedToken:      {401, false, notifications.ErrNotTrusted},
		watchtest.ForgedToken:        {401, false, notifications.ErrNotTrusted},
		watchtest.UnknownKey:         {401, false, notifications.ErrNotTrusted},
		watchtest.OtherApp:           {401, false, notifications.ErrNotTrusted},
		watchtest.OtherPublisher:     {401, false, notifications.ErrNotTrusted},
		watchtest.OtherIssuer:        {401, false, notifications.ErrNotTrusted},
		watchtest.OtherTenant:        {401, false, notifications.ErrNotTrusted},
		watchtest.WrongState:         {202, false, notifications.ErrNotTrusted},
		watchtest.Oversized:          {413, false, nil},
		watchtest.Malformed:          {400, false, nil},
	} {
		t.Run(string(lie), func(t *testing.T) {
			srv := watchtest.NewServer(t)
			key, certificate := watchtest.NewCertificate(t)
			sender := srv.Notify(map[string]any{"id": "w1", "clientState": "s3cret", "resource": "depots", "encryptionCertificate": certificate})
			var weights []int32
			var faults []error
			receiver := receive(sender, key, func(n notifications.Notification) {
				part, _ := n.ResourceData.(*notifications.WarehousePart)
				weights = append(weights, part.Weight.Or(0))
			}, func(err error) { faults = append(faults, err) })
			sender.To(receiver)
			if err := sender.Validate(); err != nil {
				t.Error(err)
			}
			status := sender.Lie(lie).Send(watchtest.Notice{ChangeType: "created", Data: &notifications.WarehousePart{ID: "7", Weight: notifications.Some(int32(12))}})
			if err := receiver.Shutdown(t.Context()); err != nil {
				t.Error(err)
			}
			if status != want.status || slices.Equal(weights, []int32{12}) != want.came || want.err != nil && !errors.Is(errors.Join(faults...), want.err) ||
				(len(faults) == 0) != want.came {
				t.Errorf("%d %v %v", status, weights, faults)
			}
		})
	}
}

// receive returns a receiver that trusts the sender alone.
func receive(sender *watchtest.Sender, key *rsa.PrivateKey, take func(notifications.Notification), fault func(error)) *notifications.NotificationReceiver {
	return notifications.NotificationHandler(func(_ context.Context, n notifications.Notification) error {
		take(n)
		return nil
	}, notifications.NotificationErrors(fault),
		notifications.NotificationState(func(string) (string, bool) { return "s3cret", true }),
		notifications.NotificationKeys(func(id string) crypto.Decrypter {
			if id != "" {
				return nil
			}
			return key
		}),
		notifications.NotificationsBy(notifications.NotificationTokens{
			Apps: []string{sender.App}, Tenants: []string{sender.Tenant}, Keys: watchtest.TokenKeys,
		}))
}

// A hundred at once, some of them twice, arrive.
func TestFakeSenderAtOnce(t *testing.T) {
	srv := watchtest.NewServer(t)
	key, certificate := watchtest.NewCertificate(t)
	sender := srv.Notify(map[string]any{"clientState": "s3cret", "resource": "depots", "encryptionCertificate": certificate})
	var mu sync.Mutex
	seen := map[string]int{}
	receiver := receive(sender, key, func(n notifications.Notification) {
		mu.Lock()
		defer mu.Unlock()
		if !n.Repeated {
			seen[n.ID]++
		}
	}, func(err error) { t.Error(err) })
	sender.To(receiver)
	var senders sync.WaitGroup
	for group := range 10 {
		senders.Add(1)
		go func() {
			defer senders.Done()
			var notices []watchtest.Notice
			for i := range 10 {
				notices = append(notices, watchtest.Notice{ID: string(rune('a'+group)) + string(rune('a'+i)), Data: &notifications.WarehousePart{ID: "7"}})
			}
			for _, status := range sender.Unruly(uint64(group), 0, notices...) {
				if status != 202 {
					t.Errorf("%d", status)
				}
			}
		}()
	}
	senders.Wait()
	if err := receiver.Shutdown(t.Context()); err != nil || len(seen) != 100 {
		t.Errorf("%d have come, %v", len(seen), err)
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s came %d times as new", id, n)
		}
	}
}
