package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/graphslice/graphslice/generator"
)

// terminal returns w if a person looks at it, or nil.
func terminal(w io.Writer) io.Writer {
	file, ok := w.(*os.File)
	if !ok {
		return nil
	}
	if info, err := file.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return file
}

// clearLine goes to the begin of a line and empties it.
const clearLine = "\r\x1b[K"

// work is something that may take long. After a second a terminal shows what it is and for how long it has gone on, in a line
// that is gone at the end; without a terminal nothing is shown.
type work struct {
	mu    sync.Mutex
	to    io.Writer // nil if nobody looks
	what  string
	shown bool
	// others: somebody else writes into the line, such as a download with its size.
	others bool
	stop   chan struct{}
	ended  chan struct{}
}

// begin starts to tell of something that is done. End has to be called, and may be called again.
func (a *app) begin(what string) *work {
	w := newWork(terminal(a.stderr), what)
	a.busy = w
	if w.to == nil {
		close(w.ended)
		return w
	}
	ticker := time.NewTicker(time.Second)
	go func() {
		defer ticker.Stop()
		w.tell(ticker.C)
	}()
	return w
}

func newWork(to io.Writer, what string) *work {
	return &work{to: to, what: what, stop: make(chan struct{}), ended: make(chan struct{})}
}

// tell shows the line at each tick, one a second, until the work ends.
func (w *work) tell(ticks <-chan time.Time) {
	defer close(w.ended)
	for seconds := 1; ; seconds++ {
		select {
		case <-w.stop:
			return
		case <-ticks:
			w.show(seconds)
		}
	}
}

func (w *work) show(seconds int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.to != nil && !w.others {
		fmt.Fprintf(w.to, "%s%s, %d s", clearLine, shorten(generator.Printable(w.what), 70), seconds)
		w.shown = true
	}
}

// now says what is done from here on.
func (w *work) now(what string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.what = what
}

// end removes the line.
func (w *work) end() {
	w.mu.Lock()
	select {
	case <-w.stop:
		w.mu.Unlock()
		return
	default:
		close(w.stop)
	}
	w.mu.Unlock()
	<-w.ended
	if w.shown {
		fmt.Fprint(w.to, clearLine)
	}
}

// clear removes the line until the next second, for a message in between.
func (w *work) clear() {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.shown {
		fmt.Fprint(w.to, clearLine)
		w.shown = false
	}
}

// terminal is where others show how far they have come, in the same line; nil if nobody looks.
func (w *work) terminal() io.Writer {
	if w.to == nil {
		return nil
	}
	return w
}

// progress tells of the work what others say of it.
func (w *work) progress() generator.Progress {
	return generator.Progress{Now: w.now, Download: w.terminal()}
}

// Write passes on what others show. They begin each line anew, and clear it at the end.
func (w *work) Write(text []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.others = string(text) != clearLine
	return w.to.Write(text)
}

// shorten cuts the middle out of a long text, so that it stays on one line.
func shorten(text string, length int) string {
	runes := []rune(text)
	if len(runes) <= length {
		return text
	}
	half := (length - 1) / 2
	return string(runes[:half]) + "…" + string(runes[len(runes)-half:])
}
