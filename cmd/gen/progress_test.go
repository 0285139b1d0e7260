package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// writes keeps what is written, a write a line.
type writes []string

func (l *writes) Write(b []byte) (int, error) {
	*l = append(*l, string(b))
	return len(b), nil
}

// What takes long is shown once a second with what is done now, and the line is gone at the end.
func TestWork(t *testing.T) {
	var terminal writes
	w := newWork(&terminal, "reading a.xml\x1b")
	ticks := make(chan time.Time)
	go w.tell(ticks)
	ticks <- time.Time{}
	w.end() // after the line of the tick
	w.end()
	if diff := cmp.Diff([]string{clearLine + "reading a.xml\uFFFD, 1 s", clearLine}, []string(terminal)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Work that ends within a second is never shown; a long name does not make two lines of one.
func TestWorkLine(t *testing.T) {
	var terminal writes
	w := newWork(&terminal, "reading")
	go w.tell(nil)
	w.end()
	w.now("cutting " + strings.Repeat("a", 100))
	w.show(3)
	w.clear()
	w.clear()
	if diff := cmp.Diff([]string{clearLine + "cutting " + strings.Repeat("a", 26) + "…" + strings.Repeat("a", 34) + ", 3 s", clearLine}, []string(terminal)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// While a download has the line, it keeps it.
func TestWorkBesideADownload(t *testing.T) {
	var terminal writes
	w := newWork(&terminal, "reading")
	close(w.ended)
	w.show(1)
	for _, text := range []string{"\rgraph: 1 MiB", clearLine} {
		if _, err := w.terminal().Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		w.show(2)
	}
	w.end()
	want := []string{clearLine + "reading, 1 s", "\rgraph: 1 MiB", clearLine, clearLine + "reading, 2 s", clearLine}
	if diff := cmp.Diff(want, []string(terminal)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Without a terminal nothing is shown.
func TestWorkUnseen(t *testing.T) {
	var stderr bytes.Buffer
	a := &app{stderr: &stderr}
	w := a.begin("reading")
	w.now("cutting")
	if w.terminal() != nil {
		t.Error("a buffer is taken for a terminal")
	}
	w.end()
	if stderr.Len() > 0 {
		t.Errorf("shown: %q", stderr.String())
	}
}

func TestShorten(t *testing.T) {
	tests := map[string]string{"": "", "123456789": "123456789", "1234567890": "1234…7890", "ääääääääääö": "ääää…äääö"}
	for text, want := range tests {
		if got := shorten(text, 9); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
