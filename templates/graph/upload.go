package graph

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// ErrUploadGone marks, for errors.Is, that an upload session has expired, was cancelled or is finished: the service
// knows it no more (404, 410). A new one starts from the beginning.
const ErrUploadGone = constError("the upload session is gone")

// uploadUnit is what the size of a piece has to be a multiple of, but for the last.
const uploadUnit = 320 << 10

const (
	defaultPiece = 10 * uploadUnit // mailboxes take less than 4 MB at a time
	maxPiece     = 60<<20 - uploadUnit
)

// UploadOption is an option of Upload.
type UploadOption func(*uploading) error

// UploadProgress is told, after each piece, how many bytes of the content the service has. It is called by the
// goroutine that called Upload, which goes on when it returns.
func UploadProgress(report func(done, total int64)) UploadOption {
	return func(u *uploading) error {
		if report == nil {
			return errors.New("UploadProgress: the function is nil")
		}
		u.report = report
		return nil
	}
}

// UploadPieceSize sets how many bytes go at a time: a multiple of 320 KiB, less than 60 MiB; 3,200 KiB unless it is
// set. A piece is held in memory. Larger ones are faster, smaller ones lose less where the connection is bad: each has
// to be sent and answered within the policy's TryTimeout.
func UploadPieceSize(bytes int) UploadOption {
	return func(u *uploading) error {
		if bytes <= 0 || bytes%uploadUnit != 0 || bytes > maxPiece {
			return fmt.Errorf("UploadPieceSize: %d is not a multiple of 320 KiB (%d bytes) below 60 MiB", bytes,
				uploadUnit)
		}
		u.piece = int64(bytes)
		return nil
	}
}

// uploadState is what a session says of itself.
type uploadState struct {
	// address is where the content goes to.
	address string
	// ranges is the name under which the answers say what is still expected, and expected what the session says of it.
	ranges   string
	expected []string
}

// uploadSession is what the service has opened to take a large content: a generated struct, or the Result with one.
type uploadSession interface{ uploadState() uploadState }

// uploadState makes a Result stand for the session that it brought.
func (r *Result[T]) uploadState() uploadState { return uploadStateOf(r.Value) }

// uploadStateOf returns an empty state for nil.
func uploadStateOf(session any) uploadState {
	s, ok := session.(uploadSession)
	if !ok || isNil(s) {
		return uploadState{}
	}
	return s.uploadState()
}

// uploading is one run of Upload.
type uploading struct {
	client  *Client
	url     *url.URL
	ranges  string // the name of what the answers say is still expected
	content io.ReaderAt
	size    int64
	piece   int64
	report  func(done, total int64)
}

// upload sends content to a session and returns the result, as far as the service answers with it.
func upload[T any](ctx context.Context, c *Client, session any, content io.ReaderAt, size int64,
	decode func(*jsonReader) T, options []UploadOption) (*Result[T], error) {
	u := &uploading{client: c, content: content, size: size, piece: defaultPiece}
	a, err := u.run(ctx, uploadStateOf(session), options)
	if err != nil {
		return nil, fmt.Errorf("upload: %w", err)
	}
	return newResult(c, a, decode)
}

// cancelUpload gives a session up.
func cancelUpload(ctx context.Context, c *Client, session any) error {
	u := &uploading{client: c}
	if err := u.open(uploadStateOf(session)); err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	_, err := u.send(ctx, u.exchange(http.MethodDelete))
	if err != nil && !errors.Is(err, ErrUploadGone) {
		return fmt.Errorf("upload: %w", err)
	}
	return nil
}

// open checks the address of the session, to which no token goes.
func (u *uploading) open(session uploadState) error {
	if err := u.client.ready(); err != nil {
		return err
	}
	if session.address == "" {
		return errors.New("the session has no address: it is nil, or not what the service answered")
	}
	parsed, err := url.Parse(session.address)
	if err != nil || parsed.Hostname() == "" {
		return errors.New("the session's address is not a URL")
	}
	if err := u.client.checkOutside("session's address", parsed); err != nil {
		return err
	}
	parsed.Fragment, parsed.RawFragment = "", ""
	u.url, u.ranges = parsed, session.ranges
	return nil
}

// run sends what the service expects, piece after piece, until it has everything.
func (u *uploading) run(ctx context.Context, session uploadState, options []UploadOption) (*received, error) {
	if err := u.prepare(session, options); err != nil {
		return nil, err
	}
	missing, err := parseRanges(session.expected, u.size)
	if err == nil && len(missing) == 0 {
		missing, err = u.ask(ctx)
	}
	if err != nil {
		return nil, err
	}
	for stalls, least := 0, u.size+1; ; {
		if left := missing.bytes(); left < least {
			stalls, least = 0, left
		} else if stalls++; stalls > max(u.client.retry.MaxRetries, 1) {
			return nil, u.stopped(missing, errors.New("the service asks again and again for what was sent"))
		}
		a, next, err := u.sendPiece(ctx, missing)
		if err != nil {
			return nil, u.stopped(missing, err)
		}
		missing = next
		if u.report != nil {
			u.report(u.size-missing.bytes(), u.size)
		}
		if len(missing) == 0 {
			return a, nil
		}
	}
}

func (u *uploading) prepare(session uploadState, options []UploadOption) error {
	for _, option := range options {
		if option == nil {
			return errors.New("an UploadOption is nil")
		}
		if err := option(u); err != nil {
			return err
		}
	}
	switch {
	case isNil(u.content):
		return errors.New("the content is nil")
	case u.size < 0:
		return fmt.Errorf("the size is %d", u.size)
	case u.size == 0:
		return errors.New("the content is empty, which a session does not take: send it as the content itself")
	}
	return u.open(session)
}

// stopped says how far an upload came.
func (u *uploading) stopped(missing byteRanges, err error) error {
	return fmt.Errorf("after %d of %d bytes: %w", u.size-missing.bytes(), u.size, err)
}

// sendPiece sends the next piece of what is missing and returns what is missing then. Where the service has the piece
// already, because an answer to it was lost, it is asked what it expects.
func (u *uploading) sendPiece(ctx context.Context, missing byteRanges) (*received, byteRanges, error) {
	piece := missing[0]
	piece.end = min(piece.end, piece.start+u.piece)
	data, err := u.read(ctx, piece)
	if err != nil {
		return nil, nil, err
	}
	x := u.exchange(http.MethodPut)
	x.header.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", piece.start, piece.end-1, u.size))
	a, err := u.send(ctx, x.send(&payload{data: data}, octetType))
	if errors.Is(err, statusError(http.StatusRequestedRangeNotSatisfiable)) {
		missing, err = u.ask(ctx)
		return nil, missing, err
	}
	if err != nil {
		return nil, nil, err
	}
	next, told, err := u.expected(a)
	switch {
	case err != nil:
		return nil, nil, err
	case told:
		// That is all that it says: where the session is to be finished by another call, the last answer does so, too.
		a.body = nil
	case a.response.StatusCode == http.StatusCreated && len(missing.without(piece)) > 0:
		return nil, nil, fmt.Errorf("%s: the service takes the content for whole when bytes %d-%d have been sent", x,
			piece.start, piece.end-1)
	default:
		next = missing.without(piece)
	}
	return a, next, nil
}

// read reads a piece of the content.
func (u *uploading) read(ctx context.Context, piece byteRange) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	data := make([]byte, piece.end-piece.start)
	n, err := u.content.ReadAt(data, piece.start)
	switch {
	case n == len(data):
		return data, nil
	case err == nil || err == io.EOF:
		return nil, fmt.Errorf("the content ends at byte %d: %w", piece.start+int64(n), io.ErrUnexpectedEOF)
	}
	return nil, fmt.Errorf("reading the content at byte %d: %w", piece.start, err)
}

// ask asks the service what it expects.
func (u *uploading) ask(ctx context.Context) (byteRanges, error) {
	x := u.exchange(http.MethodGet)
	a, err := u.send(ctx, x)
	if err != nil {
		return nil, err
	}
	missing, told, err := u.expected(a)
	if err == nil && (!told || len(missing) == 0) {
		err = fmt.Errorf("%s: the service does not say what it expects", x)
	}
	return missing, err
}

// expected reads what an answer says is missing; false if it does not say.
func (u *uploading) expected(a *received) (byteRanges, bool, error) {
	text, told := jsonObject(a.body)[strings.ToLower(u.ranges)]
	if !told || string(text) == "null" {
		return nil, false, nil
	}
	texts, err := decodeValue(text, nil, func(r *jsonReader) (items []string) {
		readSlice(r, &items, (*jsonReader).string)
		return items
	})
	if err != nil {
		return nil, false, a.unreadable(err)
	}
	missing, err := parseRanges(texts, u.size)
	if err != nil {
		return nil, false, a.unreadable(err)
	}
	return missing, true, nil
}

// uploadTemplate stands in logs and errors for the address of a session, which lets everybody write who knows it.
const uploadTemplate = "(upload session)"

// exchange prepares a request to the session. It goes without the token, whatever the host.
func (u *uploading) exchange(method string) *exchange {
	policy := u.client.retry
	policy.Decide = uploadAgain(policy)
	x := u.client.newExchange(method, uploadTemplate, u.url, &callSettings{header: http.Header{}, retry: &policy})
	x.foreign, x.secret = true, true
	return x
}

// uploadAgain sends a piece again after a failure of the service as well, for that does no harm.
func uploadAgain(policy RetryPolicy) func(RetryEvent) (time.Duration, bool) {
	return func(event RetryEvent) (time.Duration, bool) {
		if event.StatusCode == http.StatusInternalServerError && event.Attempt <= policy.MaxRetries {
			event.Delay = max(event.Delay, backoff(policy.MinDelay, policy.MaxDelay, event.Attempt-1))
			event.Again = true
		}
		if policy.Decide != nil {
			return policy.Decide(event)
		}
		return event.Delay, event.Again
	}
}

// send sends a request to the session. Redirects are not followed.
func (u *uploading) send(ctx context.Context, x *exchange) (*received, error) {
	a, err := u.client.fetch(ctx, x)
	switch {
	case errors.Is(err, ErrNotFound) || errors.Is(err, ErrGone):
		return nil, fmt.Errorf("%w: %w", ErrUploadGone, err)
	case err != nil:
		return nil, err
	case a.isRedirect():
		return nil, &RedirectError{a.response.location, a.response.StatusCode,
			x.String() + ": redirects of an upload session are not followed"}
	}
	return a, nil
}
