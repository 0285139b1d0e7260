// Package program calls a service by two packages of calls over one of types. It is compiled and run in a module where those are.
package program

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"example.com/golden/internal/library"
	"example.com/golden/internal/library/books"
	"example.com/golden/internal/library/nearest"
	"example.com/golden/internal/library/people"
	"example.com/golden/internal/library/typepath"
	"example.com/golden/internal/librarytest"
)

// client is one whose service answers what is asked here, and notes it.
func client(t *testing.T, asked *[]string) *library.Client {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		*asked = append(*asked, strings.TrimSpace(r.Method+" "+r.URL.RequestURI()+" "+string(body)))
		w.Header().Set("Content-Type", "application/json")
		switch {
		case r.Method == http.MethodPost:
			w.WriteHeader(http.StatusCreated)
			w.Write(body)
		case r.Method == http.MethodPatch:
			w.WriteHeader(http.StatusNoContent)
		case r.URL.Path == "/v1.0/type":
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, "public")
		case r.URL.Path == "/v1.0/books":
			io.WriteString(w, `{"value": [{"id": "1"}, {"id": "2"}]}`)
		case strings.HasPrefix(r.URL.Path, "/v1.0/nearest"):
			io.WriteString(w, `{"id": "3"}`)
		default:
			w.WriteHeader(http.StatusNotFound)
			io.WriteString(w, `{"error": {"code": "NoSuchDesk", "message": "There is none."}}`)
		}
	}))
	t.Cleanup(s.Close)
	c, err := library.NewClient(library.StaticToken("a-token"), library.WithServiceRoot(s.URL+"/v1.0"), library.NoRetry)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Calls of several packages go by one client, with values of one package.
func TestCalls(t *testing.T) {
	var asked []string
	c, ctx := client(t, &asked), t.Context()
	made, err := books.New(c).Create(ctx, &library.LibraryBook{Title: library.Some("Emma")})
	if err != nil || made.Value.Title.Or("") != "Emma" {
		t.Fatal(made, err)
	}
	var ids []string
	for book, err := range books.New(c).All(ctx, &books.BooksListOptions{Lang: library.Some("en"), ListOptions: library.ListOptions{Top: 2}}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, book.ID)
	}
	if !slices.Equal(ids, []string{"1", "2"}) {
		t.Error(ids)
	}
	desk := people.New(c).ByID("austen").Desk()
	if _, err := desk.Get(ctx, nil); !errors.Is(err, library.ErrNotFound) {
		t.Error(err)
	}
	if _, err := desk.Update(ctx, &library.LibraryDesk{ID: "1"}); err != nil {
		t.Error(err)
	}
	if book, err := nearest.Nearest(ctx, c, &nearest.NearestOptions{Year: library.Some[int32](1815)}); err != nil || book.ID != "3" {
		t.Error(book, err)
	}
	if text, err := typepath.New(c).Get(ctx, nil); err != nil || text != "public" {
		t.Error(text, err)
	}
	want := []string{
		`POST /v1.0/books {"title":"Emma"}`,
		"GET /v1.0/books?lang=en&$top=2", "GET /v1.0/people/austen/desk", `PATCH /v1.0/people/austen/desk {}`,
		"GET /v1.0/nearest(year=1815)", "GET /v1.0/type",
	}
	if !slices.Equal(asked, want) {
		t.Errorf("asked %q, want %q", asked, want)
	}
}

// A fake answers the packages of calls, which go in a batch as well.
func TestFake(t *testing.T) {
	server := librarytest.NewServer(t)
	var got []string
	server.Books().OnCreate(func(_ context.Context, _ librarytest.Call, book *library.LibraryBook) (*library.LibraryBook, error) {
		got = append(got, book.Title.Or(""))
		return book, nil
	})
	c := server.Client()
	batch := c.NewBatch()
	for _, title := range []string{"Emma", "Persuasion"} {
		library.InBatch(batch, func(ctx context.Context, c *library.Client) (*library.Result[*library.LibraryBook], error) {
			return books.New(c).Create(ctx, &library.LibraryBook{Title: library.Some(title)})
		})
	}
	if err := batch.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	if slices.Sort(got); !slices.Equal(got, []string{"Emma", "Persuasion"}) {
		t.Error(got)
	}
}
