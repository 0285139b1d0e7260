package graph

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strings"
)

// Page is one page of a collection.
type Page[T any] struct {
	// Items may be empty although another page follows.
	Items []T
	// NextLink is the URL of the next page; "" on the last. It can be kept and read later.
	NextLink string
	// DeltaLink is the URL that asks for later changes; only the last page of a delta query has it.
	DeltaLink string
	// Count is the number of items on all pages, if it was asked for.
	Count Opt[int64]
	// AdditionalProperties is everything else that came with the page.
	AdditionalProperties map[string]json.RawMessage
	Response             *Response

	place place
	item  func(*jsonReader) T
}

// ErrNoNextPage is what Next returns on the last page.
const ErrNoNextPage = constError("there is no next page")

// Next reads the page that follows, with the headers of the call that began. It returns ErrNoNextPage on the last page
// and a *PageError if the page cannot be read.
func (p *Page[T]) Next(ctx context.Context) (*Page[T], error) { return p.rest().next(ctx) }

// All goes through the items of this page and then of those that follow, read as they are needed. An error is the last
// thing that it yields.
func (p *Page[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return items(ctx, func() (*Page[T], error) { return p, nil })
}

// Pages goes through this page and those that follow, each read when it is needed. An error is the last thing that it
// yields.
func (p *Page[T]) Pages(ctx context.Context) iter.Seq2[*Page[T], error] {
	return pages(ctx, func() (*Page[T], error) { return p, nil })
}

// remainder is what a page knows of those that follow. It does not keep the page's own items alive.
type remainder[T any] struct {
	place place
	link  string
	item  func(*jsonReader) T
}

func (p *Page[T]) rest() remainder[T] { return remainder[T]{p.place, p.NextLink, p.item} }

//go:noinline
func (r remainder[T]) next(ctx context.Context) (*Page[T], error) {
	place, err := r.place.next(r.link)
	if err != nil {
		return nil, err
	}
	return fetchPage(ctx, place, r.item)
}

// pages goes through a first page and those that follow it.
//
//go:noinline
func pages[T any](ctx context.Context, first func() (*Page[T], error)) iter.Seq2[*Page[T], error] {
	return func(yield func(*Page[T], error) bool) {
		page, err := first()
		for err == nil {
			rest := page.rest()
			if !yield(page, nil) {
				return
			}
			page = nil // so that one page at a time is in memory
			page, err = rest.next(ctx)
		}
		if err != ErrNoNextPage {
			yield(nil, err)
		}
	}
}

// items goes through the items of a first page and those that follow it.
//
//go:noinline
func items[T any](ctx context.Context, first func() (*Page[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for page, err := range pages(ctx, first) {
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, item := range page.Items {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}

// list reads the first page of a collection.
//
//go:noinline
func list[T any](
	ctx context.Context, r *resource, options querier, item func(*jsonReader) T, opts []CallOption,
) (*Page[T], error) {
	return listQuery(ctx, r, queryOf(options), item, opts)
}

func listQuery[T any](
	ctx context.Context, r *resource, q query, item func(*jsonReader) T, opts []CallOption,
) (*Page[T], error) {
	x, err := r.exchange(http.MethodGet, q, opts)
	if err != nil {
		return nil, err
	}
	return fetchPage(ctx, firstPlace(r.client, x, ""), item)
}

// all goes through a collection. Every use of the sequence reads it anew.
//
//go:noinline
func all[T any](
	ctx context.Context, r *resource, options querier, item func(*jsonReader) T, opts []CallOption,
) iter.Seq2[T, error] {
	q := queryOf(options) // now: the caller may use the options for something else before the sequence is read
	return items(ctx, func() (*Page[T], error) { return listQuery(ctx, r, q, item, opts) })
}

// listFrom reads the page that a link kept from earlier leads to.
func listFrom[T any](
	ctx context.Context, r *resource, link string, item func(*jsonReader) T, opts []CallOption,
) (*Page[T], error) {
	r = r.copied()
	u, linkErr := r.client.address("link", link)
	s, err := settings(opts)
	if err := cmp.Or(r.err, linkErr, err); err != nil {
		return nil, fmt.Errorf("%s %s: %w", http.MethodGet, r.path, err)
	}
	addQuery(u, s.query)
	return fetchPage(ctx, firstPlace(r.client, r.client.newExchange(http.MethodGet, r.template, u, s), link), item)
}

// allFrom goes through a collection from the page that a link kept from earlier leads to.
//
//go:noinline
func allFrom[T any](
	ctx context.Context, r *resource, link string, item func(*jsonReader) T, opts []CallOption,
) iter.Seq2[T, error] {
	return items(ctx, func() (*Page[T], error) { return listFrom(ctx, r, link, item, opts) })
}

// addQuery puts parameters behind those that a link has.
func addQuery(u *url.URL, pairs []pair) {
	if text := encodePairs(pairs); text != "" {
		if u.RawQuery != "" {
			u.RawQuery += "&"
		}
		u.RawQuery += text
	}
}

//go:noinline
func fetchPage[T any](ctx context.Context, at place, item func(*jsonReader) T) (*Page[T], error) {
	a, err := at.client.fetch(ctx, at.from)
	if err != nil {
		return nil, at.failed(err)
	}
	p, err := newPage(at, a, item)
	if err != nil {
		return nil, at.failed(err)
	}
	return p, nil
}

// newPage decodes a page: an object with the items in "value", or the bare array that some functions answer with.
//
//go:noinline
func newPage[T any](at place, a *received, item func(*jsonReader) T) (*Page[T], error) {
	decode := func(r *jsonReader) *Page[T] { return readPageObject(r, item) }
	if bytes.HasPrefix(bytes.TrimSpace(a.body), []byte("[")) {
		decode = func(r *jsonReader) *Page[T] {
			p := &Page[T]{}
			readItems(r, &p.Items, item)
			return p
		}
	}
	p, err := decodeAnswer(a, decode)
	if err != nil {
		return nil, err
	}
	p.Response, p.place, p.item = a.response, at, item
	return p, nil
}

// readItems reads the items of a page. One that is null says nothing and is left out: a loop over items need not look
// whether they are there.
//
//go:noinline
func readItems[T any](r *jsonReader, into *[]T, item func(*jsonReader) T) {
	var nulls []int
	n := 0
	readSlice(r, into, func(r *jsonReader) T {
		n++
		if r.skipNull() {
			nulls = append(nulls, n-1)
			var none T
			return none
		}
		return item(r)
	})
	if r.err != nil || len(nulls) == 0 {
		return
	}
	kept := (*into)[:0]
	for i, item := range *into {
		if len(nulls) > 0 && nulls[0] == i {
			nulls = nulls[1:]
			continue
		}
		kept = append(kept, item)
	}
	clear((*into)[len(kept):])
	*into = kept
}

func readPageObject[T any](r *jsonReader, item func(*jsonReader) T) *Page[T] {
	p, hasItems, isItem, start := new(Page[T]), false, false, r.pos
	fields := pageFields{&p.NextLink, &p.DeltaLink, &p.Count, &p.AdditionalProperties}
	r.members(func(name string) {
		if name != "value" {
			fields.readAnnotation(r, name)
			isItem = isItem || !strings.Contains(name, "@")
			return
		}
		hasItems = true
		if r.peek() == '{' && !r.reading.strict {
			p.Items = []T{readLone(r, item)}
			return
		}
		readItems(r, &p.Items, item)
	})
	_, failed := p.AdditionalProperties["error"]
	switch {
	case hasItems || r.err != nil:
	case r.reading.strict || failed || !isItem:
		r.fail(`expected a collection, found an object without "value"`)
	default:
		r.pos = start
		p = &Page[T]{Items: []T{readLone(r, item)}}
	}
	return p
}

// readLone reads an item that stands where a collection is expected, and tells of it.
func readLone[T any](r *jsonReader, item func(*jsonReader) T) T {
	start := r.pos
	value := item(r)
	if r.err == nil {
		r.reading.tell(Unreadable{"", "value", json.RawMessage(r.data[start:r.pos]),
			"expected a collection, found an object, which is taken for its only item"})
	}
	return value
}

// readAnnotation reads what stands beside the items.
func (f pageFields) readAnnotation(r *jsonReader, name string) {
	switch name {
	case "@odata.nextLink":
		*f.nextLink = r.string()
	case "@odata.deltaLink":
		*f.deltaLink = r.string()
	case "@odata.count":
		readOptInt(r, f.count)
	default:
		r.keep(f.additional, name)
	}
}

// pageFields are the fields of a Page that do not depend on the type of its items.
type pageFields struct {
	nextLink, deltaLink *string
	count               *Opt[int64]
	additional          *map[string]json.RawMessage
}

// place is where a page stands among the pages of its collection. It does not depend on the type of the items.
type place struct {
	client *Client
	from   *exchange // the request that the page answers
	link   string    // what it was made from; "" if it was not made from a link
	number int       // counted from 1
	trail  trail
}

func firstPlace(c *Client, x *exchange, link string) place {
	p := place{client: c, from: x, link: link, number: 1}
	if x.method == http.MethodGet {
		p.trail.seen = x.url.String()
	}
	return p
}

// next returns the place that a next link leads to.
func (p place) next(link string) (place, error) {
	switch {
	case link == "":
		return place{}, ErrNoNextPage
	case p.client == nil:
		return place{}, errNoClient
	}
	next := place{client: p.client, link: link, number: p.number + 1}
	u, err := p.client.address("next link", link)
	if err == nil {
		next.trail, err = p.trail.follow(u.String(), p.from)
	}
	if err != nil {
		return place{}, next.failed(fmt.Errorf("%s: %w", p.from, err))
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

// PageError is the failure to read a page that a link led to. The pages before it have been delivered; AllFrom goes on
// from Link:
//
//	var failed *graph.PageError
//	if errors.As(err, &failed) { … client.Chats().AllFrom(ctx, failed.Link) … }
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
func (p place) failed(err error) error {
	if p.link == "" {
		return err
	}
	e := &PageError{Page: p.number, Link: p.link, Err: err}
	if errors.Is(err, ErrGone) && p.from != nil && p.from.response != nil {
		e.Restart = p.client.locationOf(p.from.response.Header)
	}
	return e
}
