package graph

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Between two looks at an operation that does not say when to come back, the wait doubles from the first to the
// second of these.
const (
	firstPoll = time.Second
	slowPoll  = 30 * time.Second
)

// settling is how often in a row an operation, or what it has made, may be answered with 404 before that is believed:
// the service says where they are before all of its servers know them. With the waits above that is about half a
// minute.
const settling = 5

// Wait returns the entity, however the service answered:
//   - with the body, that is Value;
//   - with a Location only, it reads the entity there;
//   - with nothing after an update (PATCH, PUT), it reads the resource that was updated;
//   - with 202, it asks the operation at Location until that has succeeded, then reads the operation's target.
//     An operation that fails is an *Error with the operation's own code and message. A status that this package does
//     not know means that the operation goes on, and so do the first five answers 404 in a row. An operation at another
//     host, such as the monitor of a copy, is asked without the token.
//
// It ends with the value or an error: if the operation does not say what it has made, with ErrNoTarget. It waits as
// long as Retry-After says, else between one and 30 seconds, and for as long as ctx lasts.
func (r *Result[T]) Wait(ctx context.Context) (T, error) {
	if r.outcome == nil || r.outcome.isHere() {
		return r.Value, nil
	}
	var none T
	a, err := r.outcome.wait(ctx)
	if err != nil || a == nil {
		return none, err
	}
	return decodeAnswer(a, r.decode)
}

// ErrNoTarget is the error of an operation that was waited for, succeeded and does not say where its result is.
const ErrNoTarget = constError("the operation has succeeded, but does not say what it has made")

// WaitFor waits until an operation that a call has started is done: one whose answer is 202 with a Location, of a call
// that has no Result. ResponseInto gives the Response. An operation that fails is an *Error with its own code. It
// returns nil at once if the response is no 202, for then the service is done.
func (c *Client) WaitFor(ctx context.Context, response *Response) error {
	if err := c.ready(); err != nil {
		return err
	}
	if !response.accepted() {
		return nil
	}
	sent := c.newExchange(http.MethodPost, rawTemplate, c.root, &callSettings{header: http.Header{}})
	o := &outcome{client: c, sent: sent, location: response.Location(), response: response, noValue: true}
	if o.location == "" {
		o.location = c.locationOf(response.Header) // of a Response that was made by hand
	}
	_, err := o.wait(ctx)
	return err
}

// isHere reports whether the value came with the answer, and the service is done.
func (o *outcome) isHere() bool { return o.hasBody && !o.hasOperation() }

func (o *outcome) hasOperation() bool { return o.response.accepted() && o.location != "" }

// wait returns the answer that holds the value; nil if there is none to come.
func (o *outcome) wait(ctx context.Context) (*received, error) {
	switch {
	case o.hasOperation():
		return o.poll(ctx)
	case o.response.accepted():
		return nil, fmt.Errorf("%s: the service accepted the request but did not say where to ask for the result",
			o.sent)
	case o.noValue:
		return nil, nil
	case o.location != "":
		return o.follow(ctx, o.location)
	case o.isUpdate():
		return o.follow(ctx, o.resourceURL())
	}
	return nil, fmt.Errorf("%s: the service sent neither a body nor a Location", o.sent)
}

func (o *outcome) isUpdate() bool {
	return o.sent.method == http.MethodPatch || o.sent.method == http.MethodPut
}

// resourceURL is where the request was sent to, without its query; where that was raw content, the entity that has it.
func (o *outcome) resourceURL() string {
	u := *o.sent.url
	u.RawQuery = ""
	if o.sent.body != nil && o.sent.body.stream != nil {
		whole := u.String()
		return whole[:strings.LastIndexByte(whole, '/')]
	}
	return u.String()
}

// follow gets what is at a link.
func (o *outcome) follow(ctx context.Context, link string) (*received, error) {
	x, err := o.following(link)
	if err != nil {
		return nil, err
	}
	return o.client.fetch(ctx, x)
}

// following prepares the request for what is at a link.
func (o *outcome) following(link string) (*exchange, error) {
	u, err := o.client.address("Location", link)
	if err != nil && u != nil && o.isMonitor(link, u) {
		x := o.client.newExchange(http.MethodGet, o.sent.template+" (Location)", u,
			&callSettings{header: http.Header{}, into: o.sent.settings.into, retry: o.sent.settings.retry})
		x.foreign = true
		return x, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.sent, err)
	}
	return o.client.newExchange(http.MethodGet, o.sent.template+" (Location)", u, o.sent.settings.follow()), nil
}

// isMonitor reports whether a link to another host is where the operation itself is asked, which needs no token:
// services hand out such addresses for a copy, and for what else another service does for them.
func (o *outcome) isMonitor(link string, u *url.URL) bool {
	return link == o.monitor && o.client.checkStore(u, http.StatusAccepted) == nil
}

// followSettling gets what is at a link that may not be known everywhere yet.
func (o *outcome) followSettling(ctx context.Context, link string) (*received, error) {
	for n := 0; ; n++ {
		x, err := o.following(link)
		if err != nil {
			return nil, err
		}
		a, err := o.client.fetch(ctx, x)
		if n == settling || !errors.Is(err, ErrNotFound) {
			return a, err
		}
		if err := o.pause(ctx, x, n); err != nil {
			return nil, err
		}
	}
}

// pause waits between two looks, the nth time: as long as the answer to x says, or longer each time.
func (o *outcome) pause(ctx context.Context, x *exchange, n int) error {
	delay, told := parseRetryAfter(x.response.Header, o.client.now())
	if !told {
		delay = backoff(firstPoll, slowPoll, n)
	}
	if err := o.client.wait(ctx, delay); err != nil {
		return fmt.Errorf("%s: %w while waiting for the operation", x, err)
	}
	return nil
}

// poll asks the operation until it ends.
func (o *outcome) poll(ctx context.Context) (*received, error) {
	link := o.location
	if _, told := parseRetryAfter(o.response.Header, o.client.now()); told {
		if err := o.pause(ctx, o.sent, 0); err != nil {
			return nil, err
		}
	}
	for n := 0; ; n++ {
		o.monitor = link
		a, err := o.followSettling(ctx, link)
		if err != nil {
			return nil, err
		}
		op, err := readOperation(a)
		switch {
		case err != nil:
			return nil, err
		case op.state == operationSucceeded:
			return o.result(ctx, a, op)
		}
		if a.response.accepted() || a.isRedirect() {
			if moved := o.client.locationOf(a.response.Header); moved != "" {
				link = moved
			}
		}
		if err := o.pause(ctx, a.exchange, n); err != nil {
			return nil, err
		}
	}
}

// result returns the answer with what an operation that succeeded has made; nil if it does not say where that is.
func (o *outcome) result(ctx context.Context, a *received, op operation) (*received, error) {
	switch {
	case o.noValue:
		return nil, nil
	case op.isResult:
		return a, nil
	case op.target != "":
		return o.followSettling(ctx, op.target)
	case op.key != "" && o.siblingURL(op.key) != "":
		return o.followSettling(ctx, o.siblingURL(op.key))
	case o.isUpdate():
		return o.follow(ctx, o.resourceURL())
	}
	return nil, fmt.Errorf("%s: %w", o.sent, ErrNoTarget)
}

// siblingURL is where an entity with a key is found, beside the one that an action was called on: …/items/NEW for a
// copy that …/items/OLD/copy has made; "" if the call was not on one.
func (o *outcome) siblingURL(key string) string {
	keys := strings.Split(o.sent.template, "/")
	path := strings.Split(o.sent.url.EscapedPath(), "/")
	at := len(keys) - 2 // in front of the action
	if at < 1 || !strings.HasPrefix(keys[at], "{") || len(path) < 3 {
		return ""
	}
	u := *o.sent.url
	u.RawQuery = ""
	return u.Scheme + "://" + u.Host + strings.Join(path[:len(path)-2], "/") + "/" + escapeSegment(key)
}

type operationState int

const (
	operationRunning operationState = iota // and whatever else a status may say that this package does not know
	operationSucceeded
)

// operation is what a look at a long-running operation has shown.
type operation struct {
	state    operationState
	target   string // where the result is; "" if it does not say
	key      string // of the entity that it has made; "" if it does not say
	isResult bool   // the answer is not about an operation any more: it is the result
}

// readOperation reads the state from an answer. That the operation has failed is an error.
func readOperation(a *received) (operation, error) {
	accepted := a.response.StatusCode == http.StatusAccepted
	if a.isRedirect() {
		return operation{}, nil
	}
	if a.isEmpty() {
		if accepted {
			return operation{}, nil
		}
		return operation{state: operationSucceeded}, nil
	}
	body := jsonObject(a.body)
	if body == nil {
		return operation{}, a.unreadable(errors.New("it is not a JSON object"))
	}
	status := jsonText(body["status"])
	redirected := a.url != a.exchange.url.String()
	if !accepted && (status == "" || redirected) && !a.exchange.foreign {
		return operation{state: operationSucceeded, isResult: true}, nil
	}
	switch strings.ToLower(status) {
	case "succeeded", "completed":
		target := jsonText(body["targetresourcelocation"])
		if target == "" {
			target = jsonText(body["resourcelocation"])
		}
		return operation{state: operationSucceeded, target: target, key: jsonText(body["resourceid"])}, nil
	case "failed", "skipped", "canceled", "cancelled":
		return operation{}, a.failedOperation(status)
	}
	return operation{}, nil
}

// failedOperation returns the error for an operation that did not succeed.
func (a *received) failedOperation(status string) *Error {
	e := a.exchange.newError(a.body)
	e.parse()
	e.state = "operation " + oneLine(status)
	if e.Code == "" && e.Message == "" {
		e.Message = "the service gives no reason"
	}
	return e
}
