package pick

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// clock runs what is to run later when it is told to.
type clock struct{ run func() }

func (c *clock) after(_ time.Duration, run func()) func() bool {
	c.run = run
	return func() bool {
		was := c.run != nil
		c.run = nil
		return was
	}
}

// The server ends a while after its last page, unless one comes back.
func TestLife(t *testing.T) {
	l, c := newLife(), &clock{}
	l.after = c.after
	over := func() bool {
		select {
		case <-l.ended:
			return true
		default:
			return false
		}
	}
	first, second := l.open(), l.open()
	l.close(first)
	if c.run != nil {
		t.Error("a page is open, and the end has begun")
	}
	l.close(second)
	if c.run == nil || over() {
		t.Fatal("no page is open: the end is to come, and not at once")
	}
	again := l.open()
	if c.run != nil || over() {
		t.Error("a page that is loaded anew is none that was closed")
	}
	late := func() { l.end() } // what had begun before the page was back
	late()
	if over() {
		t.Error("a page is open, and all is over")
	}
	l.close(again)
	c.run()
	c.run()
	if !over() {
		t.Error("all pages are closed, and it goes on")
	}
}

// A page gets what it is told, and is gone when its connection is.
func TestEvents(t *testing.T) {
	l, c := newLife(), &clock{}
	l.after = c.after
	server := httptest.NewServer(l)
	defer server.Close()
	ctx, leave := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	lines := bufio.NewScanner(w.Body)
	read := func(want string) {
		t.Helper()
		if lines.Scan(); lines.Text() != want {
			t.Fatalf("got %q, want %q", lines.Text(), want)
		}
	}
	read("retry: 500")
	read("")
	l.tell(event{"lines", map[string]string{"fault": "a\nb</script>"}})
	read("event: lines")
	read(`data: {"fault":"a\nb\u003c/script\u003e"}`)
	leave()
	server.Close() // waits for the stream to end
	if c.run == nil {
		t.Error("the page is gone, and nothing follows")
	}
}

// A page that does not listen holds nobody up.
func TestDeafPage(t *testing.T) {
	l := newLife()
	page := l.open()
	for range 100 {
		l.tell(event{"lines", nil})
	}
	if len(page) == 0 {
		t.Error("nothing was told")
	}
}

// The page is there before the source is read, ends the program, and nothing goes on after that.
func TestServe(t *testing.T) {
	p := letters(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	addresses := make(chan [2]string, 1)
	ended := make(chan error, 1)
	go func() {
		ended <- Serve(ctx, Options{Project: p, Ready: func(address, once string) { addresses <- [2]string{address, once} }})
	}()
	for _, address := range <-addresses {
		if !strings.HasPrefix(address, "http://127.0.0.1:") {
			t.Error(address)
		}
		w, err := http.Get(address)
		if err != nil || w.StatusCode != 200 {
			t.Fatal(err, w)
		}
		_ = w.Body.Close()
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	p.fault, p.source = faultf("unreadable", "no"), nil
	if err := Serve(t.Context(), Options{Project: p, Ready: func(string, string) {}}); err == nil || !strings.Contains(err.Error(), "no (unreadable)") {
		t.Error(err)
	}
}
