package pick

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// This file ends the server with the page: each page holds a stream of events open, and when there is none for a while, a page was
// closed and not loaded anew.

// grace is how long the server waits for a page that is loaded anew.
const grace = 3 * time.Second

// again is how long a page waits that has lost its stream.
const again = grace / 6

// life knows the pages that are open.
type life struct {
	mu    sync.Mutex
	pages map[chan event]bool
	ended chan struct{}
	// after runs something later, and returns what stops it.
	after func(d time.Duration, run func()) (stop func() bool)
	stop  func() bool
	over  bool
}

// event is something that pages are told.
type event struct {
	name string
	data any
}

func newLife() *life {
	return &life{pages: map[chan event]bool{}, ended: make(chan struct{}), after: func(d time.Duration, run func()) func() bool {
		return time.AfterFunc(d, run).Stop
	}}
}

// open notes a page.
func (l *life) open() chan event {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stop != nil {
		l.stop()
		l.stop = nil
	}
	page := make(chan event, 16)
	l.pages[page] = true
	return page
}

// close notes that a page is gone. With the last one the time begins after which all is over.
func (l *life) close(page chan event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.pages, page)
	if len(l.pages) == 0 {
		l.stop = l.after(grace, l.end)
	}
}

// end ends all, unless a page has come back.
func (l *life) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.pages) == 0 && !l.over {
		l.over = true
		close(l.ended)
	}
}

// tell tells every page. One that does not listen misses it.
func (l *life) tell(e event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for page := range l.pages {
		select {
		case page <- e:
		default:
		}
	}
}

// ServeHTTP is the stream of a page.
func (l *life) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page := l.open()
	defer l.close(page)
	w.Header().Set("Content-Type", "text/event-stream")
	stream := http.NewResponseController(w)
	fmt.Fprintf(w, "retry: %d\n\n", again.Milliseconds())
	if stream.Flush() != nil {
		return
	}
	for {
		select {
		case <-r.Context().Done():
			return
		case <-l.ended:
			return
		case e := <-page:
			data, err := json.Marshal(e.data)
			if err != nil {
				return
			}
			fmt.Fprintf(w, "event: %s\ndata: %s\n\n", e.name, data)
			if stream.Flush() != nil {
				return
			}
		}
	}
}
