package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What is not the document is said to be what it is, and neither users nor queries of addresses are printed.
func TestOddAnswers(t *testing.T) {
	redirect := func(to string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		}
	}
	status := func(code int, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(code)
			if code != http.StatusNotModified {
				fmt.Fprint(w, document)
			}
		}
	}
	const html = "the server sent a web page (HTML), not a document (unreadable-url)\n" +
		"\thint: on GitHub, take the address behind the button \"Raw\"; where a network wants a login first, log in"
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    string // the message
	}{
		"a user":            {redirect("https://me:secret@docs.contoso.com/doc?sig=secret"), "the server leads on to an address with a user name or password in it, on docs.contoso.com (unreadable-url)"},
		"a user's name":     {redirect("https://secret@docs.contoso.com/"), "the server leads on to an address with a user name or password in it, on docs.contoso.com (unreadable-url)"},
		"another scheme":    {redirect("file:///etc/secret"), "the server leads on to file://, which is not https (unreadable-url)"},
		"not an address":    {redirect("https://docs.contoso.com:secret/?sig=secret"), `failed to parse Location header "https://docs.contoso.com:secret/": parse "https://docs.contoso.com:secret/": invalid port ":secret" after host (unreadable-url)` + elsewhere("{{server}}/doc")},
		"not modified":      {status(304), "the server answers 304 Not Modified, and nobody asked whether the document was modified (unreadable-url)\n\thint: try again"},
		"a part":            {status(206, "Content-Range", "bytes 0-24/100"), "the server sent a part of the document only (206 Partial Content) (unreadable-url)\n\thint: try again"},
		"no content":        {status(202), "the server answers 202 Accepted (unreadable-url)\n\thint: check the address; the document must be there for everybody to read"},
		"compressed":        {status(200, "Content-Encoding", "br"), "the server sent the document compressed as \"br\", which nobody asked for (unreadable-url)\n\thint: take an address that serves it as it is"},
		"a page of XML":     {answer("application/xml", "<?xml version=\"1.0\"?>\n<!-- x -->\n<!DOCTYPE html PUBLIC \"x\">\n<html/>"), html},
		"a gzipped page":    {answer("application/xml", string(zipped(t, "<HTML>"))), html},
		"a bomb":            {answer("application/xml", string(zipped(t, strings.Repeat("x", 5<<20)))), "the gzip file holds more than 1 MiB (unreadable-url)"},
		"a bomb in another": {answer("application/xml", string(zipped(t, string(zipped(t, strings.Repeat("x", 5<<20)))))), "the gzip file holds more than 1 MiB (unreadable-url)"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewTLSServer(test.handler)
			defer server.Close()
			data, diags := Read(t.Context(), server.URL+"/doc?sig=xyz",
				Options{MaxSize: 1 << 20, CacheDir: t.TempDir(), Transport: server.Client().Transport})
			if diff := cmp.Diff(server.URL+"/doc: error: "+strings.Replace(test.want, "{{server}}", server.URL, 1), diags.Error()); diff != "" || data != nil {
				t.Errorf("%d bytes, -want +got:\n%s", len(data), diff)
			}
		})
	}
}

// A server that leads on does not tell the next one what it was asked.
func TestNoReferer(t *testing.T) {
	referer := "none yet"
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/doc" {
			http.Redirect(w, r, "/other", http.StatusFound)
			return
		}
		referer = r.Header.Get("Referer")
		fmt.Fprint(w, document)
	}))
	defer server.Close()
	_, diags := Read(t.Context(), server.URL+"/doc?sig=xyz", Options{CacheDir: t.TempDir(), Transport: server.Client().Transport})
	if referer != "" || len(diags) > 0 {
		t.Errorf("Referer %q, %v", referer, diags)
	}
}

func TestShown(t *testing.T) {
	for text, want := range map[string]string{
		"https://me:pw@docs.contoso.com/a?sig=1#x":                     "https://docs.contoso.com/a",
		"https://docs.contoso.com?sig=1":                               "https://docs.contoso.com",
		"https://docs.contoso.com/me@home":                             "https://docs.contoso.com/me@home",
		`parse "https://u@h/x?a=b": bad, and https://h/y?c=d as well?`: `parse "https://h/x": bad, and https://h/y as well?`,
		"what?": "what?",
	} {
		if got := Shown(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

// A server that goes silent, before its answer or within, is an error that says so.
func TestSilence(t *testing.T) {
	for name, begin := range map[string]string{"no answer": "", "half a body": "openapi: "} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if begin != "" {
				fmt.Fprint(w, begin)
				w.(http.Flusher).Flush()
			}
			<-r.Context().Done()
			panic(http.ErrAbortHandler) // or the client could still read the end of an answer
		}))
		_, diags := Read(t.Context(), server.URL, Options{Silence: 50 * time.Millisecond, CacheDir: t.TempDir()})
		if got, want := diags.Error(), server.URL+": error: the server has sent nothing for 50ms (unreadable-url)"+elsewhere(server.URL); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		server.Close()
	}
}

// What is kept and cannot be used is asked for anew, whatever is wrong with it.
func TestUselessCache(t *testing.T) {
	asked := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		if asked = r.Header.Get("If-None-Match"); asked != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, document)
	}))
	defer server.Close()
	spoil := func(text string) func(path string) error {
		return func(path string) error { return os.WriteFile(path, []byte(text), 0o666) }
	}
	folder := func(path string) error {
		if err := os.Remove(path); err != nil {
			return err
		}
		return os.Mkdir(path, 0o777)
	}
	elsewhere := func(path string) error {
		var entry cacheEntry
		text, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(text, &entry)
		}
		if err != nil {
			return err
		}
		entry.URL = hash([]byte("https://docs.contoso.com"))
		if text, err = json.Marshal(entry); err != nil {
			return err
		}
		return os.WriteFile(path, text, 0o666)
	}
	for name, test := range map[string]struct {
		extension string
		spoil     func(path string) error
		warns     bool
	}{
		"cut short":            {".data", spoil(document[:5]), false},
		"another text":         {".data", spoil("openapi: 3.0.4\npaths: {}\n"), false},
		"endless":              {".data", spoil(strings.Repeat("x", 2<<20)), false},
		"gone":                 {".data", os.Remove, false},
		"a folder":             {".data", folder, true},
		"without permission":   {".data", func(path string) error { return os.Chmod(path, 0) }, false},
		"nothing known":        {".json", spoil(""), false},
		"known in other words": {".json", spoil("[]"), false},
		"known in a folder":    {".json", folder, true},
		"of another address":   {".json", elsewhere, false},
	} {
		dir := t.TempDir()
		read := func() string {
			data, diags := Read(t.Context(), server.URL+"/doc?sig=xyz", Options{CacheDir: dir, MaxSize: 1 << 20})
			if diags.HasErrors() || len(diags) > 0 && !test.warns {
				t.Errorf("%s: %v", name, diags)
			}
			return string(data)
		}
		if read() != document || asked != "" || read() != document || asked != `"v1"` {
			t.Fatalf("%s: the document is not kept", name)
		}
		for _, file := range list(t, dir) {
			if text, err := os.ReadFile(filepath.Join(dir, file)); err != nil || strings.Contains(file+string(text), "xyz") {
				t.Errorf("%s: the query of the address is in %s: %v", name, file, err)
			}
			if filepath.Ext(file) == test.extension {
				if err := test.spoil(filepath.Join(dir, file)); err != nil {
					t.Fatal(err)
				}
			}
		}
		got := read()
		if wasAsked := asked != `"v1"` || name == "without permission" && os.Geteuid() == 0; got != document || !wasAsked {
			t.Errorf("%s: got %q, asked with %q", name, got, asked)
		}
	}
}

// endless is a body without end.
type endless struct{}

func (e *endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	return len(b), nil
}

func (e *endless) Close() error { return nil }

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// A body without end stops at the limit, with less than one and a half times the limit taken from memory all in all: as it comes, and
// as a gzip file that is small.
func TestMemory(t *testing.T) {
	const limit = 64 << 20
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	for chunk := make([]byte, 1<<20); bomb.Len() < 200<<10; {
		if _, err := w.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	for name, body := range map[string]io.ReadCloser{"endless": &endless{}, "a bomb": io.NopCloser(bytes.NewReader(bomb.Bytes()))} {
		answer := transport(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: body, ContentLength: -1, Header: http.Header{}, Request: r}, nil
		})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		data, diags := Read(context.Background(), "https://docs.contoso.com/", Options{MaxSize: limit, CacheDir: t.TempDir(), Transport: answer})
		runtime.ReadMemStats(&after)
		if !strings.Contains(diags.Error(), "more than 64") || data != nil {
			t.Errorf("%s: %d bytes, %v", name, len(data), diags)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > limit*3/2 {
			t.Errorf("%s: took %d MiB of memory, want at most %d", name, took>>20, limit*3/2>>20)
		}
	}
}

// The same holds for a file without end, whose size the system gives as 0.
func TestFileWithoutEnd(t *testing.T) {
	const limit = 64 << 20
	const path = "/dev/zero"
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED: a device without end is needed: %v", err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	data, err := File(path, limit)
	runtime.ReadMemStats(&after)
	if data != nil || err == nil || err.Error() != "the file has more than 64.0 MiB" {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > limit*3/2 {
		t.Errorf("took %d MiB of memory, want at most %d", took>>20, limit*3/2>>20)
	}
}
