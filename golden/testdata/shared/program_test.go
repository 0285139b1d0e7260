// Package program uses two packages that share a runtime. It is compiled and run in a module where those are.
package program

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"example.com/golden/internal/core"
	"example.com/golden/internal/library"
	"example.com/golden/internal/librarybeta"
	"example.com/golden/internal/librarytest"
)

// service answers both versions, and notes what it is asked.
func service(t *testing.T, asked *[]string) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		*asked = append(*asked, strings.TrimSpace(r.Method+" "+r.URL.Path+" "+r.Header.Get("Authorization")+" "+r.Header.Get("X-Asked")+" "+string(body)))
		w.Header().Set("Content-Type", "application/json")
		switch {
		case strings.HasSuffix(r.URL.Path, "/$batch"):
			answerBatch(t, w, body)
		case r.Method == http.MethodPost:
			w.WriteHeader(http.StatusCreated)
			w.Write(body)
		case strings.HasSuffix(r.URL.Path, "/books/1"):
			io.WriteString(w, `{"id": "1", "title": "Emma", "binding": "cloth", "author@odata.bind": "https://library.example/v1.0/people('austen')"}`)
		default:
			w.WriteHeader(http.StatusNotFound)
			io.WriteString(w, `{"error": {"code": "NoSuchBook", "message": "There is none."}}`)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// answerBatch answers each step by its address.
func answerBatch(t *testing.T, w io.Writer, body []byte) {
	var batch struct {
		Requests []struct{ ID, URL string }
	}
	if err := json.Unmarshal(body, &batch); err != nil {
		t.Error(err)
	}
	var parts []string
	for _, r := range batch.Requests {
		id := r.URL[strings.LastIndexByte(r.URL, '/')+1:]
		parts = append(parts, fmt.Sprintf(`{"id": %q, "status": 200, "headers": {"Content-Type": "application/json"}, "body": {"id": %q}}`, r.ID, id))
	}
	fmt.Fprintf(w, `{"responses": [%s]}`, strings.Join(parts, ","))
}

// counted is a transport that counts.
type counted struct{ requests int }

func (c *counted) RoundTrip(r *http.Request) (*http.Response, error) {
	c.requests++
	return http.DefaultTransport.RoundTrip(r)
}

// clients are one of each version, the second by the connection of the first.
func clients(t *testing.T, asked *[]string, transport http.RoundTripper) (*library.Client, *librarybeta.Client) {
	client, err := library.NewClient(library.StaticToken("a-token"), library.WithHTTPClient(&http.Client{Transport: transport}),
		library.WithServiceRoot(service(t, asked).URL+"/v1.0"), library.NoRetry)
	if err != nil {
		t.Fatal(err)
	}
	beta, err := librarybeta.NewClient(client.Connection())
	if err != nil {
		t.Fatal(err)
	}
	return client, beta
}

// What the runtime has is of one type in all packages.
func TestOneType(t *testing.T) {
	var asked []string
	client, beta := clients(t, &asked, nil)
	var title library.Opt[string] = librarybeta.Some("Persuasion")
	options := []librarybeta.CallOption{library.Header("X-Asked", "twice")}
	if _, err := client.Books().Create(t.Context(), &library.LibraryBook{Title: title}, options...); err != nil {
		t.Fatal(err)
	}
	var created *library.Result[*librarybeta.LibraryBook]
	created, err := beta.Books().Create(t.Context(), &librarybeta.LibraryBook{Title: title, Pages: core.Some[int32](249)}, options...)
	if err != nil || created.Value.Title != title {
		t.Errorf("%+v, %v", created, err)
	}
	_, err = beta.Books().ByID("2").Get(t.Context(), &library.GetOptions{})
	var failed *library.Error
	if !errors.Is(err, library.ErrNotFound) || !errors.As(err, &failed) || failed.Code != "NoSuchBook" {
		t.Errorf("%v is not the other package's", err)
	}
	want := []string{
		`POST /v1.0/books Bearer a-token twice {"title":"Persuasion"}`,
		`POST /beta/books Bearer a-token twice {"pages":249,"title":"Persuasion"}`,
		`GET /beta/books/2 Bearer a-token`,
	}
	if !slices.Equal(asked, want) {
		t.Errorf("asked %q, want %q", asked, want)
	}
}

// A connection has the transport, the tokens and the policies. Where to send is told by the package, or by who makes the client.
func TestConnection(t *testing.T) {
	var asked []string
	transport := &counted{}
	client, beta := clients(t, &asked, transport)
	if _, err := client.Books().ByID("1").Get(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := beta.Books().ByID("1").Get(t.Context(), nil); err != nil || transport.requests != 2 {
		t.Errorf("%d requests, %v", transport.requests, err)
	}
	back, err := library.NewClient(beta.Connection())
	if err != nil || fmt.Sprint(back) != fmt.Sprint(client) || strings.Contains(fmt.Sprintf("%+v", back.Connection()), "a-token") {
		t.Errorf("%v and %v, %v", back, client, err)
	}
	if token, err := client.Connection().Token(t.Context()); token != "a-token" || err != nil {
		t.Error(token, err)
	}
	elsewhere, err := library.NewClient(library.StaticToken("a-token"), library.WithServiceRoot(service(t, &asked).URL+"/proxy"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := librarybeta.NewClient(elsewhere.Connection()); err == nil || !strings.Contains(err.Error(), "WithServiceRoot") {
		t.Errorf("no version at the end of the root: %v", err)
	}
	if _, err := librarybeta.NewClient(elsewhere.Connection(), librarybeta.WithServiceRoot("http://127.0.0.1:1/beta")); err != nil {
		t.Error(err)
	}
	if _, err := librarybeta.NewClient((*library.Client)(nil).Connection()); err == nil {
		t.Error("the connection of no client is one")
	}
	var none *library.Client
	if _, err := none.Books().ByID("1").Get(t.Context(), nil); err == nil {
		t.Error("no client sends")
	}
}

// A call in a batch has a client of its package, and its connection is that of the client outside.
func TestBatches(t *testing.T) {
	var asked []string
	client, beta := clients(t, &asked, nil)
	batch := client.NewBatch()
	first := library.InBatch(batch, func(ctx context.Context, c *library.Client) (*library.LibraryBook, error) {
		return c.Books().ByID("1").Get(ctx, nil)
	})
	outside := library.InBatch(batch, func(ctx context.Context, c *library.Client) (*librarybeta.LibraryBook, error) {
		beta, err := librarybeta.NewClient(c.Connection())
		if err != nil {
			return nil, err
		}
		return beta.Books().ByID("1").Get(ctx, nil)
	})
	gone := batch.Do(func(ctx context.Context, c *library.Client) error { return c.Books().ByID("3").Delete(ctx) }, library.After(first))
	if err := batch.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	if book, err := first.Result(); err != nil || book.ID != "1" {
		t.Errorf("%+v, %v", book, err)
	}
	if book, err := outside.Result(); err != nil || book.Title.Or("") != "Emma" {
		t.Errorf("%+v, %v", book, err)
	}
	if _, err := gone.Result(); err != nil {
		t.Error(err)
	}
	other := beta.NewBatch()
	second := librarybeta.InBatch(other, func(ctx context.Context, c *librarybeta.Client) (*librarybeta.LibraryBook, error) {
		return c.Books().ByID("4").Get(ctx, nil)
	})
	nothing := librarybeta.InBatch[int](other, nil)
	if err := other.Send(t.Context()); err == nil {
		t.Errorf("a step without a call is sent: %v, %v", second, nothing)
	}
	if !slices.ContainsFunc(asked, func(a string) bool { return strings.HasPrefix(a, "POST /v1.0/$batch Bearer") }) {
		t.Errorf("asked %q", asked)
	}
}

// A value is bound below the root of its own package, and can be made one of another.
func TestValues(t *testing.T) {
	var asked []string
	client, _ := clients(t, &asked, nil)
	book, err := client.Books().ByID("1").Get(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	newer, err := librarybeta.From[librarybeta.LibraryBook](book)
	if err != nil || newer.Binding != librarybeta.LibraryBindingCloth {
		t.Fatal(newer, err)
	}
	other := librarybeta.Clone(newer)
	other.Pages = librarybeta.Some[int32](474)
	patch, err := librarybeta.Changed(newer, other)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		value any
		want  string
	}{
		{newer, `{"id":"1","author@odata.bind":"https://library.example/beta/people('austen')","binding":"cloth","title":"Emma"}`},
		{patch, `{"pages":474}`},
		{&library.LibraryBook{Author: library.BindLibraryPerson("eliot")}, `{"author@odata.bind":"https://library.example/v1.0/people('eliot')"}`},
		{(*library.LibraryBook)(nil), `null`},
	} {
		if text, err := json.Marshal(test.value); err != nil || string(text) != test.want {
			t.Errorf("%s, %v; want %s", text, err, test.want)
		}
	}
}

// The fake of a package that shares its runtime answers its client.
func TestFake(t *testing.T) {
	srv := librarytest.NewServer(t)
	srv.Books().OnCreate(librarytest.Created[*library.LibraryBook]("7"))
	created, err := srv.Client().Books().Create(t.Context(), &library.LibraryBook{Title: librarybeta.Some("Emma")})
	if err != nil || created.ID() != "7" {
		t.Errorf("%+v, %v", created, err)
	}
}
