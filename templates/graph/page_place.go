package graph

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// place is where a page stands among the pages of its collection. It does not depend on the type of the items.
type place struct {
	client *Client
	from   *exchange // the request that the page answers
	link   string    // what it was made from; "" if it was not made from a link
	number int       // counted from 1
	trail  trail
}

func firstPlace(c *Client, x *exchange, link string) *place {
	p := &place{client: c, from: x, link: link, number: 1}
	if x.method == http.MethodGet {
		p.trail.seen = x.url.String()
	}
	return p
}

// fetch gets what the page is made of.
func (p *place) fetch(ctx context.Context) (*place, *received, error) {
	a, err := p.client.fetch(ctx, p.from)
	return p, a, p.failed(err)
}

// after reads what a next link leads to. A page that was made by hand has no place.
//
//go:noinline
func (p *place) after(link string) start {
	return func(ctx context.Context) (*place, *received, error) {
		next, err := p.next(link)
		if err != nil {
			return nil, nil, err
		}
		return next.fetch(ctx)
	}
}

// next returns the place that a next link leads to.
func (p *place) next(link string) (*place, error) {
	switch {
	case link == "":
		return nil, ErrNoNextPage
	case p == nil:
		return nil, errNoClient
	}
	next := &place{client: p.client, link: link, number: p.number + 1}
	u, err := p.client.address("next link", link)
	if err == nil {
		next.trail, err = p.trail.follow(u.String(), p.from)
	}
	if err != nil {
		return nil, next.failed(fmt.Errorf("%s: %w", p.from, err))
	}
	next.from = p.client.newExchange(http.MethodGet, p.from.template, u, p.from.settings.follow())
	next.from.pause, next.from.lane = p.from.pause, p.from.lane
	return next, nil
}

// trail notices that links lead in a circle. It remembers a single address, and takes a later one each time that the
// way has doubled (Brent's algorithm): the memory stays the same however many pages there are.
type trail struct {
	seen        string
	steps, most int // since seen was taken, and when to take another
}

const (
	errSamePage  = constError("the next link points to the page that it is on")
	errSeenAPage = constError("the next link leads back to a page that was read before")
)

// follow notes that the page which from has read leads to address.
func (t trail) follow(address string, from *exchange) (trail, error) {
	switch {
	case from.method == http.MethodGet && address == from.url.String():
		return t, errSamePage
	case address == t.seen:
		return t, errSeenAPage
	}
	if t.steps++; t.steps > t.most {
		t = trail{seen: address, most: 2*t.most + 1}
	}
	return t, nil
}

// PageError is the failure to read a page that a link led to. The pages before it have been delivered; to go
// on, give Link to a call that begins at a link:
//
//	var failed *graph.PageError
//	if errors.As(err, &failed) { … failed.Link … }
type PageError struct {
	// Page is the number of the page, counted from 1 for the first one that this call read.
	Page int
	// Link is the address of the page, as the page before it or the caller gave it. It may hold personal data; the
	// error's text shows its path alone.
	Link string
	// Restart is where the service says to start anew after 410 Gone (errors.Is(err, ErrGone)), as an absolute URL; ""
	// if it does not say.
	Restart string
	Err     error
}

// Error returns the number of the page and what happened to it.
func (e *PageError) Error() string { return fmt.Sprintf("page %d: %v", e.Page, e.Err) }

// Unwrap returns what happened to the page.
func (e *PageError) Unwrap() error { return e.Err }

// failed says of an error which page it is about, where a link tells how to read it again.
func (p *place) failed(err error) error {
	if p.link == "" || err == nil {
		return err
	}
	e := &PageError{Page: p.number, Link: p.link, Err: err}
	if errors.Is(err, ErrGone) && p.from != nil && p.from.response != nil {
		e.Restart = p.client.locationOf(p.from.response.Header)
	}
	return e
}
