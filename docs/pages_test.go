// Package docs has no code: these tests hold the pages to what is there.
package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// block is a fenced block of a page.
type block struct {
	page string // from the root, with slashes
	line int    // of the text's first line
	lang string
	text string
}

// pages are the Markdown files that people read, from the root.
func pages(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"../*.md", "*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		all = append(all, found...)
	}
	return all
}

// readPage returns the text of a page.
func readPage(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n")
}

// blocks are the fenced blocks of a page.
func blocks(t *testing.T, path string) []block {
	t.Helper()
	var found []block
	open := false
	number := 0
	for line := range strings.Lines(readPage(t, path)) {
		number++
		lang, isFence := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case isFence && !open:
			found = append(found, block{page: path, line: number + 1, lang: lang})
			open = true
		case isFence:
			open = false
		case open:
			found[len(found)-1].text += line
		}
	}
	if open {
		t.Errorf("%s: the last block does not end", path)
	}
	return found
}

// The way in is short: what is longer has a page of its own.
func TestReadmeIsShort(t *testing.T) {
	const most = 200
	if n := strings.Count(readPage(t, "../README.md"), "\n"); n > most {
		t.Errorf("README.md has %d lines, more than %d", n, most)
	}
}

// code is what Markdown takes as it is.
var code = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`")

// link is a link of Markdown to a file, with the place in it.
var link = regexp.MustCompile(`\]\(([^():#\s]*)(#[^)\s]*)?\)`)

// Links lead to files and headings that are there, and every page of docs/ can be reached from the README.
func TestLinks(t *testing.T) {
	linked := map[string]bool{}
	for _, page := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(code.ReplaceAllString(readPage(t, page), ""), -1) {
			target := page
			if m[1] != "" {
				target = filepath.Join(filepath.Dir(page), filepath.FromSlash(m[1]))
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", page, m[1])
				continue
			}
			if m[2] != "" && !headings(t, target)[m[2][1:]] {
				t.Errorf("%s: %s has no heading %s", page, target, m[2])
			}
			if filepath.Base(page) == "README.md" {
				linked[absolute(t, target)] = true
			}
		}
	}
	for _, page := range pages(t) {
		if base := filepath.Base(page); base != "README.md" && !linked[absolute(t, page)] {
			t.Errorf("README.md has no link to %s", page)
		}
	}
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	full, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return full
}

// heading is a heading of Markdown, dropped what GitHub leaves out of its anchor.
var (
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	dropped = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// headings are the anchors of a page.
func headings(t *testing.T, path string) map[string]bool {
	t.Helper()
	anchors := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(readPage(t, path), -1) {
		anchors[strings.ReplaceAll(dropped.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-")] = true
	}
	return anchors
}
