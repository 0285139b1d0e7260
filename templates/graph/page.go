package graph

import (
	"cmp"
	"context"
	"encoding/json"
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

	place *place
	item  func(*jsonReader) T
}

// ErrNoNextPage is what Next returns on the last page.
const ErrNoNextPage = constError("there is no next page")

// Next reads the page that follows, with the headers of the call that began. It returns ErrNoNextPage on the last page
// and a *PageError if the page cannot be read.
//
//go:noinline
func (p *Page[T]) Next(ctx context.Context) (*Page[T], error) {
	return fetchPage(ctx, p.place.after(p.NextLink), p.item)
}

// All goes through the items of this page and then of those that follow, read as they are needed. An error is the last
// thing that it yields.
//
//go:noinline
func (p *Page[T]) All(ctx context.Context) iter.Seq2[T, error] { return items[T](p.Pages(ctx)) }

// Pages goes through this page and those that follow, each read when it is needed. An error is the last thing that it
// yields.
//
//go:noinline
func (p *Page[T]) Pages(ctx context.Context) iter.Seq2[*Page[T], error] {
	return pages(ctx, p, nil, p.item)
}

// start reads what a page is made of, and says where that is. It does not depend on the type of the items, and does not
// keep those of another page alive.
type start func(ctx context.Context) (*place, *received, error)

// pages goes through a first page, which is read from its start unless it is given, and those that follow it.
//
//go:noinline
func pages[T any](
	ctx context.Context, given *Page[T], next start, item func(*jsonReader) T,
) iter.Seq2[*Page[T], error] {
	return func(yield func(*Page[T], error) bool) {
		page, next := given, next
		var err error
		for {
			if page == nil {
				if page, err = fetchPage(ctx, next, item); err != nil {
					break
				}
			}
			next = page.place.after(page.NextLink)
			if !yield(page, nil) {
				return
			}
			page = nil // so that one page at a time is in memory
		}
		if err != ErrNoNextPage {
			yield(nil, err)
		}
	}
}

// items goes through the items of pages.
//
//go:noinline
func items[T any](pages iter.Seq2[*Page[T], error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		pages(func(page *Page[T], err error) bool {
			if err != nil {
				var none T
				return yield(none, err)
			}
			for _, item := range page.Items {
				if !yield(item, nil) {
					return false
				}
			}
			return true
		})
	}
}

// list reads the first page of a collection.
func list[T any](
	ctx context.Context, r *resource, options querier, item func(*jsonReader) T, opts []CallOption,
) (*Page[T], error) {
	return fetchPage(ctx, r.collection(options, opts), item)
}

// all goes through a collection. Every use of the sequence reads it anew.
func all[T any](
	ctx context.Context, r *resource, options querier, item func(*jsonReader) T, opts []CallOption,
) iter.Seq2[T, error] {
	return items[T](pages(ctx, nil, r.collection(options, opts), item))
}

// listFrom reads the page that a link kept from earlier leads to.
func listFrom[T any](
	ctx context.Context, r *resource, link string, item func(*jsonReader) T, opts []CallOption,
) (*Page[T], error) {
	return fetchPage(ctx, r.linked(link, opts), item)
}

// allFrom goes through a collection from the page that a link kept from earlier leads to.
func allFrom[T any](
	ctx context.Context, r *resource, link string, item func(*jsonReader) T, opts []CallOption,
) iter.Seq2[T, error] {
	return items[T](pages(ctx, nil, r.linked(link, opts), item))
}

// collection is where the first page of a collection is read.
func (r *resource) collection(options querier, opts []CallOption) start {
	q := queryOf(options) // now: the caller may use the options for something else before a sequence is read
	return func(ctx context.Context) (*place, *received, error) {
		x, err := r.exchange(http.MethodGet, q, opts)
		if err != nil {
			return nil, nil, err
		}
		return firstPlace(r.client, x, "").fetch(ctx)
	}
}

// linked is where the page is read that a link kept from earlier leads to.
func (r *resource) linked(link string, opts []CallOption) start {
	return func(ctx context.Context) (*place, *received, error) {
		r := r.copied()
		u, linkErr := r.client.address("link", link)
		s, err := settings(opts)
		if err := cmp.Or(r.err, linkErr, err); err != nil {
			return nil, nil, fmt.Errorf("%s %s: %w", http.MethodGet, r.path, err)
		}
		addQuery(u, s.query)
		return firstPlace(r.client, r.client.newExchange(http.MethodGet, r.template, u, s), link).fetch(ctx)
	}
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

// fetchPage reads a page.
//
//go:noinline
func fetchPage[T any](ctx context.Context, from start, item func(*jsonReader) T) (*Page[T], error) {
	p := &Page[T]{item: item}
	err := from.read(ctx, &pageReader{
		&p.place, &p.Response, &p.NextLink, &p.DeltaLink, &p.Count, &p.AdditionalProperties,
		func() { p.Items = make([]T, 0, 8) }, // most pages have few
		func(r *jsonReader) { p.Items = append(p.Items, item(r)) },
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// read reads a page: an object with the items in "value", or the bare array that some functions answer with. An action
// that has nothing to answer may answer with no body.
func (s start) read(ctx context.Context, into *pageReader) error {
	at, a, err := s(ctx)
	if err != nil {
		return err
	}
	*into.place, *into.response = at, a.response
	if a.isEmpty() && a.exchange.method != http.MethodGet {
		return nil
	}
	return at.failed(a.decode(into.page))
}

// pageReader reads into the fields of a Page, whatever the type of its items.
type pageReader struct {
	place               **place
	response            **Response
	nextLink, deltaLink *string
	count               *Opt[int64]
	additional          *map[string]json.RawMessage
	clear               func()            // the items begin
	add                 func(*jsonReader) // reads one
}

func (p *pageReader) page(r *jsonReader) {
	if r.peek() == '[' {
		p.items(r)
		return
	}
	hasItems, isItem, start := false, false, r.pos
	r.members(func(name string) {
		if name != "value" {
			p.annotation(r, name)
			isItem = isItem || !strings.Contains(name, "@")
			return
		}
		hasItems = true
		if r.peek() == '{' && !r.reading.strict {
			p.lone(r)
			return
		}
		p.items(r)
	})
	_, failed := (*p.additional)["error"]
	switch {
	case hasItems || r.err != nil:
	case r.reading.strict || failed || !isItem:
		r.fail(`expected a collection, found an object without "value"`)
	default:
		r.pos = start
		*p.nextLink, *p.deltaLink, *p.count, *p.additional = "", "", Opt[int64]{}, nil
		p.lone(r)
	}
}

// items reads the items. One that is null says nothing and is left out: a loop over items need not look whether they
// are there.
func (p *pageReader) items(r *jsonReader) {
	p.clear()
	if r.skipNull() {
		return
	}
	n := 0
	for more := r.enter('[', ']'); more; more = r.next(']') {
		if !r.skipNull() {
			p.add(r)
		}
		if r.err != nil {
			r.err = inside(r.err, indexStep(n))
			return
		}
		n++
	}
}

// lone reads an item that stands where a collection is expected, and tells of it.
func (p *pageReader) lone(r *jsonReader) {
	start := r.pos
	p.clear()
	p.add(r)
	if r.err == nil {
		r.reading.tell(Unreadable{"", "value", json.RawMessage(r.data[start:r.pos]),
			"expected a collection, found an object, which is taken for its only item"})
	}
}

// annotation reads what stands beside the items.
func (p *pageReader) annotation(r *jsonReader, name string) {
	switch name {
	case "@odata.nextLink":
		*p.nextLink = r.string()
	case "@odata.deltaLink":
		*p.deltaLink = r.string()
	case "@odata.count":
		p.count.held = r.held(func(r *jsonReader) any { return readInt[int64](r) })
	default:
		r.keep(p.additional, name)
	}
}
