package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

// What gen pick cannot be called with, and what it needs.
func TestPickCalls(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"an argument":         {[]string{"mail"}, exitUsage, `unknown argument "mail"`},
		"a port beyond":       {[]string{"--port", "70000"}, exitUsage, "--port is a number up to 65535, not 70000"},
		"source and config":   {[]string{"--metadata", "x.xml", "--config", "y.yaml"}, exitUsage, "--config and sources exclude each other"},
		"notes of no source":  {[]string{"--notes", "n.yaml"}, exitUsage, "--notes needs --openapi or --metadata"},
		"an empty value":      {[]string{"--out", ""}, exitUsage, "--out is empty"},
		"no configuration":    {nil, exitInput, "graphslice.yaml: error: no such file (no-config)"},
		"a source that fails": {[]string{"--metadata", "x.xml", "--no-browser"}, exitInput, "x.xml: error: "},
	} {
		got := ask(append([]string{"pick"}, c.args...)...)
		if got.code != c.code || !strings.Contains(got.stderr, c.says) || got.stdout != "" {
			t.Errorf("%s: exit code %d, %s", name, got.code, got.stderr)
		}
	}
}

// The address is printed, answers, and is gone after an interrupt, which is how the program ends.
func TestPickEnds(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	read, write := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"pick", "--no-browser", "--openapi", "testdata/boards/slice.yaml"}, strings.NewReader(""), io.Discard, write)
		_ = write.Close()
	}()
	printed := make([]byte, 4096)
	n, err := read.Read(printed)
	_, address, _ := strings.Cut(string(printed[:n]), "gen: the page is at ")
	address, _, _ = strings.Cut(address, "\n")
	go func() { _, _ = io.Copy(io.Discard, read) }()
	if err != nil || !strings.HasPrefix(address, "http://127.0.0.1:") {
		t.Fatalf("%v %q", err, printed[:n])
	}
	answer, err := http.Get(address + "state")
	if err != nil {
		t.Fatal(err)
	}
	var body bytes.Buffer
	if _, err := body.ReadFrom(answer.Body); err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(body.String(), `"path":"/boards"`) {
		t.Errorf("%v %d %s", err, answer.StatusCode, body.String())
	}
	_ = answer.Body.Close()
	interrupt()
	if code := <-ended; code != exitOK {
		t.Errorf("exit code %d", code)
	}
	if _, err := http.Get(address); err == nil {
		t.Error("the address answers still")
	}
}
