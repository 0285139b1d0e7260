package programs

import (
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	press "example.com/golden/raw_bodies"
	shelf "example.com/golden/upload"
)

// A large content goes to the address that the service opens for it, by the Result, the session in it, or the address alone.
func TestUpload(t *testing.T) {
	var token, lines []string
	store := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		token = append(token, r.Header.Get("Authorization"))
		lines = append(lines, r.Method+" "+r.Header.Get("Content-Range")+" "+string(body))
		if r.Method == http.MethodGet {
			fmt.Fprint(w, `{"openRanges":["2-"]}`)
			return
		}
		w.WriteHeader(http.StatusCreated)
		fmt.Fprint(w, `{"id":"NEW","title":"whole"}`)
	}))
	defer store.Close()
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "startScan") {
			fmt.Fprintf(w, `{"putUrl":"%s/a","missing":["0-"]}`, store.URL)
			return
		}
		fmt.Fprintf(w, `{"sendTo":"%s/b","openRanges":["0-"]}`, store.URL)
	}))
	defer service.Close()
	client, err := shelf.NewClient(shelf.StaticToken("a-token-that-is-secret"), shelf.WithServiceRoot(service.URL+"/v1.0"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, book := t.Context(), client.Books().ByID("1")
	item, err := book.Get(ctx, nil)
	_, _ = item, err
	scan, err := book.ShelfStartScan(ctx)
	if err != nil {
		t.Fatal(err)
	}
	progress := int64(0)
	made, err := shelf.Upload(ctx, client, scan, strings.NewReader("12345"), 5, shelf.UploadProgress(func(done, total int64) { progress = done }))
	if err != nil || made.Value.ID != "NEW" || made.ID() != "NEW" || progress != 5 {
		t.Error(made, err, progress)
	}
	film, err := book.ShelfStartFilm(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if made, err = shelf.Upload(ctx, client, film.Value, strings.NewReader("12345"), 5); err != nil || made.Value.Title.Or("") != "whole" {
		t.Error(made, err)
	}
	kept := &shelf.ShelfFilm{SendTo: film.Value.SendTo}
	if made, err = shelf.Upload(ctx, client, kept, strings.NewReader("12345"), 5); err != nil || made.Value.ID != "NEW" {
		t.Error(made, err)
	}
	if err := shelf.CancelUpload(ctx, client, kept); err != nil {
		t.Error(err)
	}
	want := "PUT bytes 0-4/5 12345|PUT bytes 0-4/5 12345|GET  |PUT bytes 2-4/5 345|DELETE  "
	if got := strings.Join(lines, "|"); got != want || strings.Join(token, "") != "" {
		t.Errorf("got  %q, tokens %q\nwant %q", got, token, want)
	}
}

// Bodies that are no JSON are sent as what they are, and answered like any other.
func TestRawBodies(t *testing.T) {
	var got []string
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		field := r.FormValue("name")
		body, _ := io.ReadAll(r.Body)
		mediaType, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
		got = append(got, r.Method+" "+r.URL.Path+" "+mediaType+" "+field+string(body))
		switch {
		case strings.HasSuffix(r.URL.Path, "attach"):
			fmt.Fprint(w, `{"value":[{"id":"A"}]}`)
		case r.URL.Path == "/v1.0/pages":
			fmt.Fprint(w, `{"id":"NEW"}`)
		case strings.HasSuffix(r.URL.Path, "publish"):
			w.WriteHeader(http.StatusAccepted)
		case r.Method != http.MethodPut:
			fmt.Fprint(w, "<p>", string(body), "</p>")
		}
	}))
	defer service.Close()
	client, err := press.NewClient(nil, press.WithServiceRoot(service.URL+"/v1.0"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, page := t.Context(), client.Pages().ByID("1")
	if made, err := client.Pages().Create(ctx, "<p>a</p>"); err != nil || made.Value.ID != "NEW" {
		t.Error(made, err)
	}
	form, err := press.Multipart(func(w *multipart.Writer) error { return w.WriteField("name", "x") })
	if err != nil {
		t.Fatal(err)
	}
	if list, err := page.PressAttach(ctx, form); err != nil || len(list.Items) != 1 || list.Items[0].ID != "A" {
		t.Error(list, err)
	}
	if text, err := page.PressRender(ctx, "a"); err != nil || text != "<p>a</p>" {
		t.Error(text, err)
	}
	converted, err := page.PressConvert(ctx, strings.NewReader("<a/>"))
	if err != nil {
		t.Fatal(err)
	}
	if data, err := io.ReadAll(converted); err != nil || string(data) != "<p><a/></p>" {
		t.Error(string(data), err)
	}
	if published, err := page.PressPublish(ctx, strings.NewReader("%PDF")); err != nil || !published.Accepted() {
		t.Error(published, err)
	}
	if err := page.Content().Replace(ctx, strings.NewReader("<p/>")); err != nil {
		t.Error(err)
	}
	want := "POST /v1.0/pages text/html <p>a</p>|POST /v1.0/pages/1/press.attach multipart/form-data x|POST /v1.0/pages/1/press.render text/plain a|" +
		"POST /v1.0/pages/1/press.convert application/xml <a/>|POST /v1.0/pages/1/press.publish application/pdf %PDF|PUT /v1.0/pages/1/content text/html <p/>"
	if text := strings.Join(got, "|"); text != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}
