package graph

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// serveHandler starts a service of its own making, and a client of it.
func serveHandler(t *testing.T, handler http.HandlerFunc, options ...ClientOption) (*httptest.Server, *Client) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	options = append([]ClientOption{WithServiceRoot(server.URL + "/v1.0")}, options...)
	c, err := NewClient(StaticToken(testToken), options...)
	if err != nil {
		t.Fatal(err)
	}
	return server, c
}

// numbered serves the items 0 to total-1 in pages of size, with a null in front of each hundredth item and an empty page after
// every tenth page.
func numbered(total, size int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token := r.URL.Query().Get("$skiptoken")
		from, _ := strconv.Atoi(strings.TrimSuffix(token, "-empty"))
		to := min(from+size, total)
		io.WriteString(w, `{"value":[`)
		if strings.HasSuffix(token, "-empty") {
			to = from
		}
		for i := from; i < to; i++ {
			if i > from {
				io.WriteString(w, ",")
			}
			if i%100 == 0 {
				io.WriteString(w, "null,")
			}
			fmt.Fprintf(w, `{"id":"%d","name":"The name of a chat, or its topic, %d","topic":"kept for the unknown"}`, i, i)
		}
		io.WriteString(w, "]")
		if to < total {
			next := strconv.Itoa(to)
			if to > from && to/size%10 == 0 {
				next += "-empty"
			}
			fmt.Fprintf(w, `,"@odata.nextLink":"http://%s/v1.0/gadgets?$skiptoken=%s"`, r.Host, next)
		}
		io.WriteString(w, "}")
	}
}

func TestTenThousandItems(t *testing.T) {
	_, c := serveHandler(t, numbered(10_000, 50))
	n := 0
	for item, err := range all(t.Context(), c.at("/gadgets"), nil, readGadget, nil) {
		if err != nil {
			t.Fatal(err)
		}
		if item.ID != strconv.Itoa(n) {
			t.Fatalf("item %d has the id %s", n, item.ID)
		}
		n++
	}
	if n != 10_000 {
		t.Errorf("%d items", n)
	}
}

// TestAllKeepsOnePageInMemory: of 100,000 items no more than 30 MB are alive at any time.
func TestAllKeepsOnePageInMemory(t *testing.T) {
	_, c := serveHandler(t, numbered(100_000, 1000))
	alive := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, n := alive(), 0
	for _, err := range all(t.Context(), c.at("/gadgets"), nil, readGadget, nil) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n%10_000 == 0 {
			if now := alive(); now > before+30<<20 {
				t.Fatalf("%d bytes are alive after %d items, %d before", now, n, before)
			}
		}
	}
	if n != 100_000 {
		t.Errorf("%d items", n)
	}
}

// TestLinksInACircle: pages 0, 1, 2 … lead to one another, and the last back to the first of a circle.
func TestLinksInACircle(t *testing.T) {
	for _, test := range []struct {
		before, circle int
		most           int // pages that may be read until it is noticed
	}{
		{before: 1, circle: 1, most: 2}, {before: 0, circle: 2, most: 3}, {before: 1, circle: 2, most: 4},
		{before: 3, circle: 7, most: 20}, {before: 50, circle: 300, most: 1100},
	} {
		t.Run(fmt.Sprintf("%d then %d", test.before, test.circle), func(t *testing.T) {
			requests := 0
			_, c := serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
				requests++
				page, _ := strconv.Atoi(r.URL.Query().Get("$skiptoken"))
				if page++; page == test.before+test.circle {
					page = test.before
				}
				fmt.Fprintf(w, `{"value":[{"id":"1"}],"@odata.nextLink":"/gadgets?$skiptoken=%d"}`, page)
			})
			var last error
			for _, err := range all(t.Context(), c.at("/gadgets"), nil, readGadget, nil) {
				if last = err; requests > test.most {
					break
				}
			}
			var failed *PageError
			if !errors.As(last, &failed) || !errors.Is(last, errSamePage) && !errors.Is(last, errSeenAPage) {
				t.Fatalf("error %v after %d pages", last, requests)
			}
			if failed.Page != requests+1 {
				t.Errorf("page %d, want %d", failed.Page, requests+1)
			}
		})
	}
}

func TestResumeAfterAFailedPage(t *testing.T) {
	link := func(n int) string {
		return `,"@odata.nextLink":"{root}/gadgets?$skiptoken=secret` + strconv.Itoa(n) + `"`
	}
	s := serve(t,
		reply{body: `{"value":[{"id":"1"}]` + link(2) + `}`},
		reply{body: `{"value":[{"id":"2"}]` + link(3) + `}`},
		reply{body: `{"value":[{"id":"3"}]` + link(4) + `}`},
		reply{status: 500, body: `{"error":{"code":"Oops","message":"No."}}`},
		reply{body: `{"value":[{"id":"4"}]` + link(5) + `}`},
		reply{body: `{"value":[{"id":"5"`}) // cut short
	read := func(items func(func(*gadget, error) bool)) (ids []string, last error) {
		for item, err := range items {
			if err != nil {
				return ids, err
			}
			ids = append(ids, item.ID)
		}
		return ids, nil
	}
	type outcome struct {
		IDs        []string
		Page       int
		Link, Text string
	}
	var got []outcome
	items := all(t.Context(), s.gadgets(), nil, readGadget, []CallOption{Prefer("p"), ConsistencyLevel("eventual")})
	for range 2 {
		ids, err := read(items)
		var failed *PageError
		var answered *Error
		if !errors.As(err, &failed) || !errors.As(err, &answered) {
			t.Fatalf("%v is no *PageError with an *Error", err)
		}
		got = append(got, outcome{ids, failed.Page, strings.Replace(failed.Link, s.URL, "{server}", 1), s.text(err)})
		items = allFrom(t.Context(), s.gadgets(), failed.Link, readGadget, []CallOption{Prefer("p"), ConsistencyLevel("eventual")})
	}
	want := []outcome{
		{[]string{"1", "2", "3"}, 4, "{server}/v1.0/gadgets?$skiptoken=secret4", "page 4: GET /v1.0/gadgets: 500 Oops: No."},
		{[]string{"4"}, 2, "{server}/v1.0/gadgets?$skiptoken=secret5",
			"page 2: GET /v1.0/gadgets: 200 OK: the answer cannot be read: json: value[0]: expected a comma or }, found the end of the text (at byte 19)"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for i, sent := range s.sent() {
		if sent.header.Get("Prefer") != "p" || sent.header.Get("ConsistencyLevel") != "eventual" {
			t.Errorf("request %d lost a header: %v", i, sent.header)
		}
	}
}

func TestPages(t *testing.T) {
	s := serve(t, threePages()...)
	first, err := list(t.Context(), s.gadgets(), nil, readGadget, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for page, err := range first.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%d items, delta %t", len(page.Items), page.DeltaLink != ""))
	}
	if diff := cmp.Diff([]string{"1 items, delta false", "0 items, delta false", "2 items, delta true"}, got); diff != "" {
		t.Error(diff)
	}
}
