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
	read  pageFunc // nil in a page that was made by hand
}

// ErrNoNextPage is what Next returns on the last page.
const ErrNoNextPage = constError("there is no next page")

// What goes from page to page does not know the type of their items, nor does what reads one: the compiler would make
// it anew for each type, in every package that imports this one.

// start reads what a page is made of, and says where that is. It does not keep the items of another page alive.
type start func(ctx context.Context) (*place, *received, error)

// pageFunc reads a *Page of some type from its start, and says where the one after it starts.
type pageFunc func(ctx context.Context, from start) (page any, next start, err error)

// Next reads the page that follows, with the headers of the call that began. It returns ErrNoNextPage on the last page
// and a *PageError if the page cannot be read.
//
//go:noinline
func (p *Page[T]) Next(ctx context.Context) (*Page[T], error) {
	page, _, err := p.read.fetch(ctx, p.place.after(p.NextLink))
	next, _ := page.(*Page[T])
	return next, err
}

// All goes through the items of this page and then of those that follow, read as they are needed. An error is the last
// thing that it yields.
//
//go:noinline
func (p *Page[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return items[T](p.read.pages(ctx, p, p.place.after(p.NextLink)))
}

// Pages goes through this page and those that follow, each read when it is needed. An error is the last thing that it
// yields.
//
//go:noinline
func (p *Page[T]) Pages(ctx context.Context) iter.Seq2[*Page[T], error] {
	pages := p.read.pages(ctx, p, p.place.after(p.NextLink))
	return func(yield func(*Page[T], error) bool) {
		pages(func(page any, err error) bool {
			p, _ := page.(*Page[T])
			return yield(p, err)
		})
	}
}

// fetch is the function itself. What follows a page that was made by hand, which has none, starts with an error, since
// that has no place either.
func (read pageFunc) fetch(ctx context.Context, from start) (page any, next start, err error) {
	if read == nil {
		_, _, err := from(ctx)
		return nil, nil, err
	}
	return read(ctx, from)
}

// pages goes through a first page, unless that is nil, and those that follow it from where the next one starts.
//
//go:noinline
func (read pageFunc) pages(ctx context.Context, given any, next start) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		page, next := given, next
		for {
			if page != nil && !yield(page, nil) {
				return
			}
			page = nil // so that one page at a time is in memory
			var err error
			if page, next, err = read.fetch(ctx, next); err != nil {
				if err != ErrNoNextPage {
					yield(nil, err)
				}
				return
			}
		}
	}
}

// items goes through the items of pages.
//
//go:noinline
func items[T any](pages iter.Seq2[any, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		pages(func(page any, err error) bool {
			if err != nil {
				var none T
				return yield(none, err)
			}
			for _, item := range page.(*Page[T]).Items {
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
	return items[T](readsPages(item).pages(ctx, nil, r.collection(options, opts)))
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
	return items[T](readsPages(item).pages(ctx, nil, r.linked(link, opts)))
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

// fetchPage reads a page whose items have a type.
//
//go:noinline
func fetchPage[T any](ctx context.Context, from start, item func(*jsonReader) T) (*Page[T], error) {
	page, _, err := readsPages(item)(ctx, from)
	p, _ := page.(*Page[T])
	return p, err
}

// readsPages is what reads pages whose items are read by item.
//
//go:noinline
func readsPages[T any](item func(*jsonReader) T) pageFunc {
	var read pageFunc
	read = func(ctx context.Context, from start) (any, start, error) {
		p := &Page[T]{read: read}
		err := from.read(ctx, &pageReader{
			&p.place, &p.Response, &p.NextLink, &p.DeltaLink, &p.Count, &p.AdditionalProperties,
			func() { p.Items = make([]T, 0, 8) }, // most pages have few
			func(r *jsonReader) { p.Items = append(p.Items, item(r)) },
		})
		if err != nil {
			return nil, nil, err
		}
		return p, p.place.after(p.NextLink), nil
	}
	return read
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
