//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// rawMetadata is as it is published, before it is cleaned: it has three times as many operations.
const rawMetadata = "../shared/graph-csdl/v1.0-2026-08.csdl"

// picking measures the page of gen pick: how long it takes until it can be used, how long a tick and a search take, and the memory. The
// tick is of 500 operations, and their lines of Go are counted meanwhile.
func picking(work string) ([]row, error) {
	if unavailable("gen pick", cleanedMetadata, rawMetadata, permissionsTable) {
		return nil, nil
	}
	gen, err := buildGen(work)
	if err != nil {
		return nil, err
	}
	var rows []row
	cleaned, err := measurePage(gen, "--metadata", cleanedMetadata, "--permissions", permissionsTable)
	if err != nil {
		return nil, err
	}
	raw, err := measurePage(gen, "--metadata", rawMetadata, "--permissions", permissionsTable)
	if err != nil {
		return nil, err
	}
	rows = append(rows,
		row{"gen pick, cleaned metadata with permissions: start to usable page", cleaned.ready.Seconds(), 2, "s", fmt.Sprintf("%s operations", thousands(cleaned.operations))},
		row{"… a tick with 500 operations", cleaned.tick.Seconds() * 1e3, 150, "ms", fmt.Sprintf("largest of %d, while the package is generated; %s", ticks, filepath.Base(cleanedMetadata))},
		row{"… a search", cleaned.search.Seconds() * 1e3, 50, "ms", fmt.Sprintf("largest of %d", len(queries)*searches)},
		row{"… memory", cleaned.megabytes, 300, "MB", "largest resident set"},
		row{"gen pick, metadata as it is published: a search", raw.search.Seconds() * 1e3, 50, "ms", fmt.Sprintf("%s operations; largest of %d", thousands(raw.operations), len(queries)*searches)})
	return rows, nil
}

// pageFigures are those of one page.
type pageFigures struct {
	ready, tick, search time.Duration
	operations          int
	megabytes           float64
}

const (
	ticks    = 15
	searches = 5
)

// queries are what is looked for.
var queries = []string{"send mail", "list members of a team", "chat.readwrite", "e", "nothing has these words", "/users/{user-id}/messages"}

// measurePage uses the page of gen pick as a browser does.
func measurePage(gen string, args ...string) (f pageFigures, err error) {
	cmd := exec.Command(gen, append([]string{"pick", "--no-browser"}, args...)...)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return f, err
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return f, err
	}
	defer func() { _ = cmd.Process.Kill() }() // unless it has ended
	lines := bufio.NewScanner(stderr)
	address := ""
	for address == "" && lines.Scan() {
		if i := strings.Index(lines.Text(), "http://"); i >= 0 {
			address = lines.Text()[i:]
		}
	}
	p := page{address}
	for _, path := range []string{"", "app.js", "style.css"} {
		if _, err := p.ask(http.MethodGet, path, ""); err != nil {
			return f, err
		}
	}
	var state pageState
	if err := p.decode("state", &state); err != nil {
		return f, err
	}
	f.ready, f.operations = time.Since(start), state.Total
	if err := p.use(&f, &state); err != nil {
		return f, err
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		return f, err
	}
	_, _ = io.Copy(io.Discard, stderr)
	if err := cmd.Wait(); err != nil {
		return f, err
	}
	if rusage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		f.megabytes = float64(rusage.Maxrss) / 1e3
	}
	return f, nil
}

// pageState is what the page knows at first, as far as it is needed.
type pageState struct {
	Total int
	Below []struct {
		Path   string
		Ranges [][2]int
	}
}

// use searches and ticks.
func (p page) use(f *pageFigures, state *pageState) error {
	for range searches {
		for _, query := range queries {
			took, err := p.ask(http.MethodGet, "search?q="+url.QueryEscape(query), "")
			if err != nil {
				return err
			}
			f.search = max(f.search, took)
		}
	}
	var ranges [][2]int
	left := 500
	for _, name := range []string{"/teams", "/me"} {
		i := slices.IndexFunc(state.Below, func(b struct {
			Path   string
			Ranges [][2]int
		}) bool {
			return b.Path == name
		})
		if i < 0 {
			return fmt.Errorf("%s is not there", name)
		}
		r := state.Below[i].Ranges[0]
		r[1] = min(r[1], r[0]+left)
		left -= r[1] - r[0]
		ranges = append(ranges, r)
	}
	for n := range ticks {
		last := &ranges[len(ranges)-1]
		last[1] -= n % 2 // the last one is ticked, and not, in turn
		body, err := json.Marshal(map[string]any{"ticked": ranges, "follow": []string{}})
		last[1] += n % 2
		if err != nil {
			return err
		}
		took, err := p.ask(http.MethodPost, fmt.Sprint("cost?sequence=", n), string(body))
		if err != nil {
			return err
		}
		f.tick = max(f.tick, took)
	}
	return nil
}

// page is a page at an address.
type page struct{ address string }

// request asks as the page itself does.
func (p page) request(method, path, body string) ([]byte, error) {
	r, err := http.NewRequest(method, p.address+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Origin", r.URL.Scheme+"://"+r.URL.Host)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = errors.New(path + ": " + answer.Status + " " + string(data))
	}
	return data, err
}

// ask asks, and says how long that takes.
func (p page) ask(method, path, body string) (time.Duration, error) {
	start := time.Now()
	_, err := p.request(method, path, body)
	return time.Since(start), err
}

func (p page) decode(path string, into any) error {
	data, err := p.request(http.MethodGet, path, "")
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}
