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

	client *Client
	from   *exchange // the request that this page answers
	item   func(*jsonReader) T
}

// ErrNoNextPage is what Next returns on the last page.
const ErrNoNextPage = constError("there is no next page")

// Next reads the page that follows, with the headers of the call that began. It returns ErrNoNextPage on the last page.
func (p *Page[T]) Next(ctx context.Context) (*Page[T], error) {
	if p.NextLink == "" {
		return nil, ErrNoNextPage
	}
	if p.client == nil {
		return nil, errNoClient
	}
	u, err := p.client.address("next link", p.NextLink)
	if err == nil && p.from.method == http.MethodGet && u.String() == p.from.url.String() {
		err = errors.New("the next link points to the page that it is on")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.from, err)
	}
	return fetchPage(ctx, p.client, p.client.newExchange(http.MethodGet, p.from.template, u, p.from.settings.follow()), p.item)
}

// All goes through the items of this page and then of those that follow, read as they are needed. An error is the last
// thing that it yields.
func (p *Page[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return pages(ctx, func() (*Page[T], error) { return p, nil })
}

// pages goes through the items of a first page and those that follow it.
func pages[T any](ctx context.Context, first func() (*Page[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for page, err := first(); ; page, err = page.Next(ctx) {
			if err == ErrNoNextPage {
				return
			}
			if err != nil {
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
func list[T any](ctx context.Context, r *resource, q query, item func(*jsonReader) T, opts []CallOption) (*Page[T], error) {
	x, err := r.exchange(http.MethodGet, q, opts)
	if err != nil {
		return nil, err
	}
	return fetchPage(ctx, r.client, x, item)
}

// all goes through a collection. Every use of the sequence reads it anew.
//
//go:noinline
func all[T any](ctx context.Context, r *resource, q query, item func(*jsonReader) T, opts []CallOption) iter.Seq2[T, error] {
	return pages(ctx, func() (*Page[T], error) { return list(ctx, r, q, item, opts) })
}

// listFrom reads the page that a link kept from earlier leads to.
func listFrom[T any](ctx context.Context, r *resource, link string, item func(*jsonReader) T, opts []CallOption) (*Page[T], error) {
	r = r.copied()
	u, linkErr := r.client.address("link", link)
	s, err := settings(opts)
	if err := cmp.Or(r.err, linkErr, err); err != nil {
		return nil, fmt.Errorf("%s %s: %w", http.MethodGet, r.path, err)
	}
	addQuery(u, s.query)
	return fetchPage(ctx, r.client, r.client.newExchange(http.MethodGet, r.template, u, s), item)
}

// allFrom goes through a collection from the page that a link kept from earlier leads to.
//
//go:noinline
func allFrom[T any](ctx context.Context, r *resource, link string, item func(*jsonReader) T, opts []CallOption) iter.Seq2[T, error] {
	return pages(ctx, func() (*Page[T], error) { return listFrom(ctx, r, link, item, opts) })
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

func fetchPage[T any](ctx context.Context, c *Client, x *exchange, item func(*jsonReader) T) (*Page[T], error) {
	a, err := c.fetch(ctx, x)
	if err != nil {
		return nil, err
	}
	return newPage(c, a, item)
}

// newPage decodes a page: an object with the items in "value", or the bare array that some functions answer with.
func newPage[T any](c *Client, a *received, item func(*jsonReader) T) (*Page[T], error) {
	decode := func(r *jsonReader) *Page[T] { return readPageObject(r, item) }
	if bytes.HasPrefix(bytes.TrimSpace(a.body), []byte("[")) {
		decode = func(r *jsonReader) *Page[T] {
			p := &Page[T]{}
			readSlice(r, &p.Items, item)
			return p
		}
	}
	p, err := decodeAnswer(a, decode)
	if err != nil {
		return nil, err
	}
	p.Response, p.client, p.from, p.item = a.response, c, a.exchange, item
	return p, nil
}

func readPageObject[T any](r *jsonReader, item func(*jsonReader) T) *Page[T] {
	p, hasItems := new(Page[T]), false
	fields := pageFields{&p.NextLink, &p.DeltaLink, &p.Count, &p.AdditionalProperties}
	r.members(func(name string) {
		if name != "value" {
			fields.readAnnotation(r, name)
			return
		}
		if hasItems = true; !r.skipNull() {
			readSlice(r, &p.Items, item)
		}
	})
	if !hasItems {
		r.fail(`expected a collection, found an object without "value"`)
	}
	return p
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
