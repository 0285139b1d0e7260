package pick

import (
	"embed"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

//go:embed page
var files embed.FS

// servePage answers with the page itself, which asks for all else: it is there before the source is read.
func (d *desk) servePage(w http.ResponseWriter, _ *http.Request) {
	html, err := d.page().render("page", nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(html)) // who has asked may be gone
}

// serveFile answers with a file of the page.
func serveFile(name, kind string) http.HandlerFunc {
	data, err := files.ReadFile("page/" + name)
	return func(w http.ResponseWriter, _ *http.Request) {
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write(data) // who has asked may be gone
	}
}

// thousands writes a number with a thin space between thousands.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "\u202f" + text[i:]
	}
	return text
}

// plural is a number with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return thousands(n) + " " + stem + "ies"
	}
	return thousands(n) + " " + noun + "s"
}

// at joins what identifies a part of the page.
func at(parts ...any) string {
	var texts []string
	for _, part := range parts {
		texts = append(texts, fmt.Sprint(part))
	}
	return strings.Join(texts, "-")
}
