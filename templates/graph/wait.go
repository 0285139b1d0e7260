package graph

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Between two looks at an operation that does not say when to come back, the wait doubles from the first to the
// second of these.
const (
	firstPoll = time.Second
	slowPoll  = 30 * time.Second
)

// Wait returns the entity, however the service answered:
//   - with the body, that is Value;
//   - with a Location only, it reads the entity there;
//   - with nothing after an update (PATCH, PUT), it reads the resource that was updated;
//   - with 202, it asks the operation at Location until that has succeeded, then reads the operation's target.
//     An operation that fails is an *Error with the operation's own code and message.
//
// It returns T's zero value and no error if the operation has neither a body nor a target. It waits as long as
// Retry-After says, else between one and 30 seconds, and for as long as ctx lasts.
func (r *Result[T]) Wait(ctx context.Context) (T, error) {
	var none T
	switch {
	case r.client == nil: // made by hand, in somebody's test
		return r.Value, nil
	case r.Accepted() && r.Location != "":
		return r.poll(ctx)
	case r.hasBody:
		return r.Value, nil
	case r.Accepted():
		return none, fmt.Errorf("%s: the service accepted the request but did not say where to ask for the result", r.sent)
	case r.decode == nil:
		return none, nil
	case r.Location != "":
		return r.read(ctx, r.Location)
	case r.isUpdate():
		return r.readUpdated(ctx)
	}
	return none, fmt.Errorf("%s: the service sent neither a body nor a Location", r.sent)
}

func (r *Result[T]) isUpdate() bool {
	return r.sent.method == http.MethodPatch || r.sent.method == http.MethodPut
}

// readUpdated reads the resource that the request was sent to.
func (r *Result[T]) readUpdated(ctx context.Context) (T, error) {
	u := *r.sent.url
	u.RawQuery = ""
	return r.read(ctx, u.String())
}

// read gets the entity at a link.
func (r *Result[T]) read(ctx context.Context, link string) (T, error) {
	a, err := r.follow(ctx, link)
	if err != nil {
		var none T
		return none, err
	}
	return decodeAnswer(a, r.decode)
}

// follow gets what is at a link.
func (r *Result[T]) follow(ctx context.Context, link string) (*received, error) {
	u, err := r.client.address("Location", link)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.sent, err)
	}
	return r.client.fetch(ctx, r.client.newExchange(http.MethodGet, u, r.sent.settings.follow()))
}

// poll asks the operation until it ends.
func (r *Result[T]) poll(ctx context.Context) (T, error) {
	var none T
	link := r.Location
	if delay, told := parseRetryAfter(r.Response.Header, r.client.now()); told {
		if err := r.client.wait(ctx, delay); err != nil {
			return none, fmt.Errorf("%s: %w while waiting for the operation", r.sent, err)
		}
	}
	for n := 0; ; n++ {
		a, err := r.follow(ctx, link)
		if err != nil {
			return none, err
		}
		op, err := readOperation(a)
		switch {
		case err != nil:
			return none, err
		case op.state == operationSucceeded:
			return r.result(ctx, a, op)
		}
		if a.response.StatusCode == http.StatusAccepted {
			if moved := r.client.locationOf(a.response.Header); moved != "" {
				link = moved
			}
		}
		delay, told := parseRetryAfter(a.response.Header, r.client.now())
		if !told {
			delay = backoff(firstPoll, slowPoll, n)
		}
		if err := r.client.wait(ctx, delay); err != nil {
			return none, fmt.Errorf("%s: %w while waiting for the operation", a.exchange, err)
		}
	}
}

// result returns what an operation that succeeded has made.
func (r *Result[T]) result(ctx context.Context, a *received, op operation) (T, error) {
	var none T
	switch {
	case r.decode == nil:
		return none, nil
	case op.isResult:
		return decodeAnswer(a, r.decode)
	case op.target != "":
		return r.read(ctx, op.target)
	case r.isUpdate():
		return r.readUpdated(ctx)
	}
	return none, nil
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
	isResult bool   // the answer is not about an operation any more: it is the result
}

// readOperation reads the state from an answer. That the operation has failed is an error.
func readOperation(a *received) (operation, error) {
	accepted := a.response.StatusCode == http.StatusAccepted
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
	if !accepted && (status == "" || redirected) {
		return operation{state: operationSucceeded, isResult: true}, nil
	}
	switch strings.ToLower(status) {
	case "succeeded", "completed":
		target := jsonText(body["targetresourcelocation"])
		if target == "" {
			target = jsonText(body["resourcelocation"])
		}
		return operation{state: operationSucceeded, target: target}, nil
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
