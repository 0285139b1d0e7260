package graph

import (
	"context"
	"crypto"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"slices"
	"sync"
)

const (
	// defaultNotificationBytes is how many bytes a request may have unless NotificationLimit says otherwise.
	defaultNotificationBytes = 4 << 20
	// defaultNotificationQueue is how many notifications wait unless NotificationQueue says otherwise.
	defaultNotificationQueue = 1_000
	// rememberedNotifications is how many ids are known to tell that a notification is repeated.
	rememberedNotifications = 10_000
	// maxValidationToken is more than the service sends, in bytes.
	maxValidationToken = 4 << 10
)

// NotificationReceiver is an http.Handler for the address that subscriptions name. NotificationHandler makes one.
type NotificationReceiver struct {
	handle func(context.Context, Notification) error
	types  notifiedTypes
	setup  notificationSetup

	queue   chan Notification
	workers sync.WaitGroup

	mu     sync.Mutex
	closed bool
	seen   map[string]bool // the ids that came last
	order  []string        // the same in a ring
	next   int
}

// notificationSetup is what options say.
type notificationSetup struct {
	ctx            context.Context
	state          func(subscriptionID string) (string, bool)
	keys           func(certificateID string) crypto.Decrypter
	tokens         *NotificationTokens
	report         func(error)
	bytes          int64
	waiting, hands int
}

// NotificationOption is an option of NotificationHandler and ParseNotifications.
type NotificationOption func(*notificationSetup)

// NotificationState refuses notifications whose clientState is not the one that their subscription was made with,
// which state returns; false if the program knows no such subscription. They are compared in constant time.
func NotificationState(state func(subscriptionID string) (clientState string, known bool)) NotificationOption {
	return func(s *notificationSetup) { s.state = state }
}

// NotificationKeys decrypts resource data. The function returns the private key of the certificate that a
// subscription named as its encryptionCertificateId; nil if it has none. Several can be in use while one takes the
// place of another. An *rsa.PrivateKey is such a key, and so is one that a hardware module or a vault keeps.
func NotificationKeys(keys func(certificateID string) crypto.Decrypter) NotificationOption {
	return func(s *notificationSetup) { s.keys = keys }
}

// NotificationsBy refuses notifications with resource data that come without validation tokens, and all that come
// with one that is not as tokens say. Encryption alone does not show who has sent something: the certificate is
// public.
func NotificationsBy(tokens NotificationTokens) NotificationOption {
	if tokens.Keys == nil {
		tokens.Keys = KeyDocument(nil, signInKeys)
	}
	return func(s *notificationSetup) { s.tokens = &tokens }
}

// NotificationErrors tells a function what became of notifications that were not handled: refused, not decrypted, or
// failed by the handler, as a *NotificationError; and of requests that were none. It may be called by several
// goroutines at once.
func NotificationErrors(report func(error)) NotificationOption {
	return func(s *notificationSetup) { s.report = report }
}

// NotificationContext is the context of the handler's calls. When it ends no more are taken. ParseNotifications
// fetches keys with it.
func NotificationContext(ctx context.Context) NotificationOption {
	return func(s *notificationSetup) { s.ctx = ctx }
}

// NotificationQueue sets how many notifications may wait, 1,000 unless it is set, and by how many goroutines they are
// handled: one unless it is set, which keeps the order in which they came. Numbers below 1 change nothing.
func NotificationQueue(waiting, goroutines int) NotificationOption {
	return func(s *notificationSetup) {
		if waiting > 0 {
			s.waiting = waiting
		}
		if goroutines > 0 {
			s.hands = goroutines
		}
	}
}

// NotificationLimit sets how many bytes a request may have; 4 MiB unless it is set.
func NotificationLimit(bytes int64) NotificationOption {
	return func(s *notificationSetup) {
		if bytes > 0 {
			s.bytes = bytes
		}
	}
}

// NotificationError is the error of a notification that was not handled.
type NotificationError struct {
	Notification Notification
	Err          error
}

// Error says which notification it is about. Keys of resources are in it.
func (e *NotificationError) Error() string {
	n := e.Notification
	what := n.Lifecycle
	if what == "" {
		what = n.ChangeType + " " + n.Resource
	}
	return fmt.Sprintf("notification of subscription %s, %s: %v", n.SubscriptionID, what, e.Err)
}

// Unwrap returns the reason.
func (e *NotificationError) Unwrap() error { return e.Err }

// newNotificationReceiver begins the goroutines that handle what comes.
func newNotificationReceiver(
	handle func(context.Context, Notification) error, types notifiedTypes, options []NotificationOption,
) *NotificationReceiver {
	if handle == nil {
		panic("NotificationHandler: the function is nil")
	}
	r := &NotificationReceiver{handle: handle, types: types, setup: notificationSetupOf(options), seen: map[string]bool{}}
	r.queue = make(chan Notification, r.setup.waiting)
	context.AfterFunc(r.setup.ctx, r.close)
	r.workers.Add(r.setup.hands)
	for range r.setup.hands {
		go r.work()
	}
	return r
}

func notificationSetupOf(options []NotificationOption) notificationSetup {
	s := notificationSetup{
		ctx: context.Background(), bytes: defaultNotificationBytes, waiting: defaultNotificationQueue, hands: 1,
	}
	for _, option := range options {
		if option != nil {
			option(&s)
		}
	}
	return s
}

// ServeHTTP answers the service: with the validation token when a subscription is made; and 202 as soon as
// notifications stand in the queue, for the service waits for seconds only. If the queue has no place for all of a
// request, or the receiver is shut down, it takes none and answers 503, so that the service sends them again.
func (r *NotificationReceiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if req.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "POST only", http.StatusMethodNotAllowed)
		return
	}
	if query := req.URL.Query(); query.Has("validationToken") {
		answerValidation(w, query.Get("validationToken"))
		return
	}
	status, err := r.receive(w, req)
	if err != nil {
		r.tell(err)
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "10")
	}
	w.WriteHeader(status)
}

// answerValidation sends the token back, as text that no browser takes for anything else.
func answerValidation(w http.ResponseWriter, token string) {
	if token == "" || len(token) > maxValidationToken {
		http.Error(w, "no such token", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.WriteString(w, token)
}

// receive puts what a request brings into the queue, and returns the status to answer with.
func (r *NotificationReceiver) receive(w http.ResponseWriter, req *http.Request) (int, error) {
	mediaType := req.Header.Get("Content-Type")
	if mediaType != "" && !isJSONType(mediaType) {
		return http.StatusUnsupportedMediaType, fmt.Errorf("notifications: the content is %q, not JSON", mediaType)
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, req.Body, r.setup.bytes))
	if err != nil {
		if errors.As(err, new(*http.MaxBytesError)) {
			return http.StatusRequestEntityTooLarge, fmt.Errorf("notifications: more than %d bytes", r.setup.bytes)
		}
		return http.StatusBadRequest, fmt.Errorf("notifications: %w", err)
	}
	list, err := parseNotifications(data, r.types)
	if err != nil {
		return http.StatusBadRequest, err
	}
	if err := r.setup.trust(req.Context(), list); err != nil {
		return http.StatusUnauthorized, err
	}
	return r.enqueue(r.setup.known(list.notifications, r.tell))
}

// trust looks at the validation tokens, which notifications with resource data have to come with.
func (s *notificationSetup) trust(ctx context.Context, list *notificationList) error {
	if s.tokens == nil {
		return nil
	}
	hasData := slices.ContainsFunc(list.notifications, func(n Notification) bool { return n.encrypted != nil })
	if !hasData && len(list.tokens) == 0 {
		return nil
	}
	return s.tokens.check(ctx, list.tokens)
}

// known returns those of the notifications that have the state of their subscription, and tells the others.
func (s *notificationSetup) known(notifications []Notification, tell func(error)) []Notification {
	if s.state == nil {
		return notifications
	}
	taken := notifications[:0:0]
	for _, n := range notifications {
		want, isKnown := s.state(n.SubscriptionID)
		isSame := subtle.ConstantTimeCompare([]byte(want), []byte(n.state)) == 1
		if isKnown && isSame {
			taken = append(taken, n)
		} else {
			tell(&NotificationError{n, fmt.Errorf("%w: its clientState is not that of the subscription", ErrNotTrusted)})
		}
	}
	return taken
}

// enqueue takes all of the notifications or none.
func (r *NotificationReceiver) enqueue(notifications []Notification) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.closed || r.setup.ctx.Err() != nil:
		return http.StatusServiceUnavailable, errors.New("notifications: the receiver is shut down")
	case len(notifications) > cap(r.queue)-len(r.queue): // only here it grows, and the lock is held
		return http.StatusServiceUnavailable, fmt.Errorf("notifications: the queue has no place for %d more", len(notifications))
	}
	for _, n := range notifications {
		n.Repeated = r.remember(n.ID)
		r.queue <- n
	}
	return http.StatusAccepted, nil
}

// remember reports whether an id came before, among the last ones. r.mu is held.
func (r *NotificationReceiver) remember(id string) bool {
	if id == "" {
		return false
	}
	if r.seen[id] {
		return true
	}
	if len(r.order) < rememberedNotifications {
		r.order = append(r.order, id)
	} else {
		delete(r.seen, r.order[r.next])
		r.order[r.next] = id
		r.next = (r.next + 1) % rememberedNotifications
	}
	r.seen[id] = true
	return false
}

// work handles what stands in the queue.
func (r *NotificationReceiver) work() {
	defer r.workers.Done()
	for n := range r.queue {
		if err := r.one(n); err != nil {
			r.tell(&NotificationError{n, err})
		}
	}
}

// one handles a notification. A panic of the handler fails that one.
func (r *NotificationReceiver) one(n Notification) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &PanicError{Value: value, Stack: debug.Stack()}
		}
	}()
	if err := r.setup.ctx.Err(); err != nil {
		return err
	}
	if err := n.decrypt(r.setup.keys, r.types); err != nil {
		return err
	}
	return r.handle(r.setup.ctx, n)
}

func (r *NotificationReceiver) tell(err error) {
	if r.setup.report != nil {
		r.setup.report(err)
	}
}

// Shutdown takes no more notifications and returns when those that were accepted have been handled, or with the error
// of ctx when it ends before.
func (r *NotificationReceiver) Shutdown(ctx context.Context) error {
	r.close()
	done := make(chan struct{})
	go func() {
		r.workers.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *NotificationReceiver) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.closed = true
		close(r.queue)
	}
}

// readNotifications is what ParseNotifications does: all that a receiver does without HTTP. What is refused or cannot
// be decrypted is an error beside the others.
func readNotifications(data []byte, types notifiedTypes, options []NotificationOption) ([]Notification, error) {
	s := notificationSetupOf(options)
	list, err := parseNotifications(data, types)
	if err != nil {
		return nil, err
	}
	if err := s.trust(s.ctx, list); err != nil {
		return nil, err
	}
	var faults []error
	var read []Notification
	for _, n := range s.known(list.notifications, func(err error) { faults = append(faults, err) }) {
		if err := n.decrypt(s.keys, types); err != nil {
			faults = append(faults, &NotificationError{n, err})
			continue
		}
		read = append(read, n)
	}
	return read, errors.Join(faults...)
}
