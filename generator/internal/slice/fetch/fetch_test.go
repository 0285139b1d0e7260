package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const document = "openapi: 3.0.3\npaths: {}\n"

func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadFile(t *testing.T) {
	gz := zipped(t, document)
	tests := map[string]struct {
		content string // of the file; "-" for none
		want    string
		wantErr string // after the path
	}{
		"text":            {content: document, want: document},
		"gzip":            {content: string(gz), want: document},
		"gzip cut short":  {content: string(gz[:len(gz)-10]), wantErr: ": error: the gzip file ends early (unreadable-file)"},
		"gzip damaged":    {content: "\x1f\x8bxxxxxxxxxxxx", wantErr: ": error: the gzip file is damaged: gzip: invalid header (unreadable-file)"},
		"gzip bomb":       {content: string(zipped(t, strings.Repeat("x", 5<<20))), wantErr: ": error: the gzip file holds more than 1 MiB (unreadable-file)"},
		"no such file":    {content: "-", wantErr: ": error: there is no such file (unreadable-file)"},
		"empty":           {content: "", wantErr: ": error: the file is empty (unreadable-file)"},
		"empty gzip":      {content: string(zipped(t, "")), wantErr: ": error: the file is empty (unreadable-file)"},
		"too large":       {content: strings.Repeat("x", 1<<20+1), wantErr: ": error: the file has more than 1.0 MiB (unreadable-file)"},
		"exactly as much": {content: strings.Repeat("x", 1<<20), want: strings.Repeat("x", 1<<20)},
		"HTML": {content: "\ufeff\n<!DOCTYPE HTML>\n<html>", wantErr: ": error: this is a web page (HTML), not a document (unreadable-file)\n" +
			"\thint: the document is XML, YAML or JSON; a browser saves it with \"Save link as\""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "doc.yaml")
			if test.content != "-" {
				if err := os.WriteFile(path, []byte(test.content), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			data, diags := Read(context.Background(), path, Options{MaxSize: 1 << 20})
			got := ""
			if len(diags) > 0 {
				got = strings.TrimPrefix(diags.Error(), filepath.ToSlash(path))
			}
			if diff := cmp.Diff(test.wantErr, got); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if string(data) != test.want {
				t.Errorf("got %d bytes, want %d", len(data), len(test.want))
			}
		})
	}
	dir := t.TempDir()
	_, diags := Read(context.Background(), dir, Options{})
	if want := dir + ": error: this is a folder, not a file (unreadable-file)"; diags.Error() != want {
		t.Errorf("got %s, want %s", diags.Error(), want)
	}
}

// answer is a handler that answers with a body.
func answer(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		fmt.Fprint(w, body)
	}
}

func TestReadURL(t *testing.T) {
	plain := httptest.NewServer(answer("text/plain", document))
	defer plain.Close()
	tests := map[string]struct {
		handler http.HandlerFunc
		want    string
		wantErr string // after the URL
	}{
		"text": {handler: answer("text/plain", document), want: document},
		"gzip on the way": {
			handler: func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Accept-Encoding") == "gzip" {
					w.Header().Set("Content-Encoding", "gzip")
					w.Write(zipped(t, document))
				}
			},
			want: document,
		},
		"a gzip file":                {handler: answer("application/gzip", string(zipped(t, document))), want: document},
		"a gzip file, gzipped again": {handler: answer("application/gzip", string(zipped(t, string(zipped(t, document))))), want: document},
		"not there": {
			handler: http.NotFound,
			wantErr: ": error: the server answers 404 Not Found (unreadable-url)\n\thint: check the address; the document must be there for everybody to read",
		},
		"HTML": {
			handler: answer("application/yaml", "\n<html><body>sign in</body></html>"),
			wantErr: ": error: the server sent a web page (HTML), not a document (unreadable-url)\n\thint: on GitHub, take the address behind the button \"Raw\"; where a network wants a login first, log in",
		},
		"text that says it is HTML": {
			handler: answer("text/html; charset=utf-8", "sign in"),
			wantErr: ": error: the server sent a web page (HTML), not a document (unreadable-url)\n\thint: on GitHub, take the address behind the button \"Raw\"; where a network wants a login first, log in",
		},
		"empty": {handler: answer("text/plain", ""), wantErr: ": error: the server sent an empty document (unreadable-url)"},
		"half a body": {
			handler: func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Length", "100")
				fmt.Fprint(w, document)
			},
			wantErr: ": error: the document was cut short on its way, after 25 bytes (unreadable-url)\n\thint: try again",
		},
		"half a body, of unknown length": {
			handler: func(w http.ResponseWriter, _ *http.Request) {
				fmt.Fprint(w, document)
				w.(http.Flusher).Flush()
				panic(http.ErrAbortHandler)
			},
			wantErr: ": error: the document was cut short on its way, after 25 bytes (unreadable-url)\n\thint: try again",
		},
		"half a gzip file": {
			handler: answer("text/plain", string(zipped(t, document)[:20])),
			wantErr: ": error: the gzip file ends early (unreadable-url)",
		},
		"too long, and says so": {
			handler: func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "2000000") },
			wantErr: ": error: the document has more than 1.0 MiB (unreadable-url)",
		},
		"too long": {
			handler: func(w http.ResponseWriter, _ *http.Request) {
				w.(http.Flusher).Flush()
				w.Write(make([]byte, 2<<20))
			},
			wantErr: ": error: the document has more than 1.0 MiB (unreadable-url)",
		},
		"leads on": {
			handler: func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/doc" {
					http.Redirect(w, r, "/other", http.StatusFound)
					return
				}
				fmt.Fprint(w, document)
			},
			want: document,
		},
		"leads on to http": {
			handler: func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, "http://docs.contoso.com/doc?secret", http.StatusFound)
			},
			wantErr: ": error: the server leads on to http://docs.contoso.com, which is not https (unreadable-url)",
		},
		"leads on to http on this machine": {
			handler: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, plain.URL, http.StatusFound) },
			wantErr: ": error: the server leads on to " + plain.URL + ", which is not https (unreadable-url)",
		},
		"leads on for ever": {
			handler: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) },
			wantErr: ": error: the server leads on more than 10 times (unreadable-url)",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewTLSServer(test.handler)
			defer server.Close()
			data, diags := Read(context.Background(), server.URL+"/doc",
				Options{MaxSize: 1 << 20, CacheDir: t.TempDir(), Transport: server.Client().Transport})
			got := ""
			if len(diags) > 0 {
				got = strings.TrimPrefix(diags.Error(), server.URL+"/doc")
			}
			if diff := cmp.Diff(test.wantErr, got); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.want, string(data)); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRefusedURLs(t *testing.T) {
	tests := map[string]string{
		"http://docs.contoso.com/doc":          `http://docs.contoso.com/doc: error: "http" is not https (unreadable-url)` + "\n\thint: write https://",
		"ftp://docs.contoso.com/doc":           `ftp://docs.contoso.com/doc: error: "ftp" is not https (unreadable-url)` + "\n\thint: write https://",
		"https://":                             `https://: error: this is not a URL (unreadable-url)`,
		"https://%zz/":                         `https://%zz/: error: this is not a URL (unreadable-url)`,
		"https://me:secret@docs.contoso.com/x": `https://docs.contoso.com/x: error: the URL has a user name or password in it (unreadable-url)` + "\n\thint: leave it out",
	}
	for source, want := range tests {
		data, diags := Read(context.Background(), source, Options{CacheDir: t.TempDir()})
		if diff := cmp.Diff(want, diags.Error()); diff != "" || data != nil {
			t.Errorf("%s (-want +got):\n%s", source, diff)
		}
	}
}

func TestTime(t *testing.T) {
	server := httptest.NewServer(answer("text/plain", document))
	defer server.Close()
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	tests := map[string]struct {
		ctx     context.Context
		timeout time.Duration
		want    string
	}{
		"timeout":   {context.Background(), time.Nanosecond, ": error: the document did not arrive within 1ns (unreadable-url)" + elsewhere(server.URL)},
		"cancelled": {cancelled, time.Hour, ": error: cancelled (unreadable-url)"},
	}
	for name, test := range tests {
		_, diags := Read(test.ctx, server.URL, Options{Timeout: test.timeout, CacheDir: t.TempDir()})
		if diff := cmp.Diff(server.URL+test.want, diags.Error()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestCache asks a server for a document that changes once, and damages the cache in between.
func TestCache(t *testing.T) {
	version := 1
	var requests []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		etag := fmt.Sprintf(`"v%d"`, version)
		w.Header().Set("ETag", etag)
		requests = append(requests, r.Header.Get("If-None-Match"))
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprintf(w, "document %d", version)
	}))
	defer server.Close()
	dir := filepath.Join(t.TempDir(), "new", "cache")
	steps := []struct {
		before  func()
		want    string
		request string // its If-None-Match
	}{
		{func() {}, "document 1", ``},
		{func() {}, "document 1", `"v1"`},
		{func() { version = 2 }, "document 2", `"v1"`},
		{func() {}, "document 2", `"v2"`},
		{func() { damage(t, dir, ".data") }, "document 2", ``},
		{func() {}, "document 2", `"v2"`},
		{func() { damage(t, dir, ".json") }, "document 2", ``},
	}
	for i, step := range steps {
		step.before()
		data, diags := Read(context.Background(), server.URL, Options{CacheDir: dir})
		if string(data) != step.want || len(diags) > 0 {
			t.Errorf("step %d: got %q %v, want %q", i, data, diags, step.want)
		}
		if got := requests[len(requests)-1]; got != step.request {
			t.Errorf("step %d: asked with ETag %s, want %s", i, got, step.request)
		}
	}
	if other, _ := Read(context.Background(), server.URL+"/other", Options{CacheDir: dir}); string(other) != "document 2" {
		t.Errorf("another URL: got %q", other)
	}
	if files := list(t, dir); len(files) != 4 {
		t.Errorf("the cache has %q, want two files for each of two URLs", files)
	}
}

// damage overwrites the files of a cache that have the extension.
func damage(t *testing.T, dir, extension string) {
	t.Helper()
	for _, name := range list(t, dir) {
		if filepath.Ext(name) != extension {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte("damaged"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func list(t *testing.T, dir string) []string {
	t.Helper()
	names, err := fs.Glob(os.DirFS(dir), "*")
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestNoCache: a document without an ETag is not kept, and a cache that cannot be written is a warning.
func TestNoCache(t *testing.T) {
	etag := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if etag != "" {
			w.Header().Set("ETag", etag)
		}
		fmt.Fprint(w, document)
	}))
	defer server.Close()
	dir := t.TempDir()
	if _, diags := Read(context.Background(), server.URL, Options{CacheDir: dir}); len(diags) > 0 || len(list(t, dir)) > 0 {
		t.Errorf("without an ETag: %v, kept %q", diags, list(t, dir))
	}
	etag = `"v1"`
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	data, diags := Read(context.Background(), server.URL, Options{CacheDir: file})
	want := server.URL + ": warning: the document cannot be kept for the next time: mkdir " + file + ": not a directory (cache)"
	if diff := cmp.Diff(want, diags.Error()); diff != "" || string(data) != document {
		t.Errorf("got %q (-want +got):\n%s", data, diff)
	}
}

func TestProgress(t *testing.T) {
	tests := map[string]struct {
		total int64
		want  []string
	}{
		"known length": {5 << 19, []string{
			"\rgraph.microsoft.com: 1.0 MiB of 2.5 MiB    ", "\rgraph.microsoft.com: 2.0 MiB of 2.5 MiB    ", "\r\x1b[K"}},
		"unknown length": {-1, []string{
			"\rgraph.microsoft.com: 1.0 MiB    ", "\rgraph.microsoft.com: 2.0 MiB    ", "\r\x1b[K"}},
	}
	for name, test := range tests {
		var terminal lines
		p := progress{reader: bytes.NewReader(make([]byte, 5<<19)), terminal: &terminal, name: "graph.microsoft.com", total: test.total}
		for part := make([]byte, 1<<19); ; {
			if _, err := p.Read(part); err != nil {
				break
			}
		}
		p.finish()
		if diff := cmp.Diff(test.want, []string(terminal)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestSmallProgress: a document that arrives at once, or without a terminal, shows nothing.
func TestSmallProgress(t *testing.T) {
	server := httptest.NewServer(answer("text/plain", document))
	defer server.Close()
	var terminal lines
	if _, diags := Read(context.Background(), server.URL, Options{CacheDir: t.TempDir(), Progress: &terminal}); len(diags) > 0 || len(terminal) > 0 {
		t.Errorf("%v, shown: %q", diags, terminal)
	}
}

// lines keeps what is written, a write a line.
type lines []string

func (l *lines) Write(b []byte) (int, error) {
	*l = append(*l, string(b))
	return len(b), nil
}
