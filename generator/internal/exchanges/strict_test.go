package exchanges

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator"
)

// ask is a documented request, the same as the type Ask of the program that sends it.
type ask struct {
	N            int
	Method, Path string
	Headers      map[string]string
	Body         json.RawMessage `json:",omitempty"`
}

// refusal is what the fake answers.
type refusal struct {
	N, Status int
	Message   string
}

// Why a documented request is refused rightly.
const (
	placeholder = "The page has a placeholder in place of a value"
	computed    = "The page sets what the service computes"
	otherName   = "The page has a name that the metadata does not have"
	otherForm   = "The page has a value in another form"
	noBody      = "The page shows no body"
)

// reasons are those by the numbers of exchanges.
var reasons = map[int]string{
	122: placeholder, 144: placeholder, 146: placeholder, 298: placeholder, 478: placeholder, 498: placeholder, 513: placeholder,
	597: placeholder, 598: placeholder,
	242: computed, 245: computed, 262: computed,
	40: otherName, 85: otherName, 102: otherName, 257: otherName,
	523: otherForm, 331: noBody, 395: noBody, 493: noBody,
}

// askFake sends the documented requests to the fake of the service, beside the driver in dir, and what the client made of them, and
// returns what becomes of them. The fake takes what the reference documents: all that it refuses is told.
func askFake(t *testing.T, dir string, fake []generator.File, byN map[int]*exchange, sent []outcome) string {
	t.Helper()
	program, err := os.ReadFile("testdata/strict.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "strict", "main.go"), program)
	for _, f := range fake {
		writeFile(t, filepath.Join(dir, "graphtest", f.Name), f.Data)
	}
	var asks []ask
	for _, n := range slices.Sorted(maps.Keys(byN)) {
		e := byN[n]
		asks = append(asks, ask{e.N, e.Request.Method, documentedPath(e), e.Request.Headers, notNull(e.Request.Body)})
	}
	var b strings.Builder
	b.WriteString("Written by TestExchanges: documented requests that the fake of the service does not take.\n\n")
	documented := tell(&b, "documented", byN, runIn[refusal](t, dir, "./strict", asks))
	asks = nil
	for _, o := range sent {
		if o.Error == "" && (o.Sent == "" || json.Valid([]byte(o.Sent))) {
			asks = append(asks, ask{o.N, o.Method, strings.TrimPrefix(o.URL, "/v1.0"), byN[o.N].Request.Headers, json.RawMessage(o.Sent)})
		}
	}
	client := tell(&b, "the client's", byN, runIn[refusal](t, dir, "./strict", asks))
	documented.writeNotes(&b)
	for cause, lines := range client.notes {
		client.notes[cause] = slices.DeleteFunc(lines, func(line string) bool { return slices.Contains(documented.notes[cause], line) })
		if len(client.notes[cause]) == 0 {
			delete(client.notes, cause)
		}
	}
	b.WriteString("\nOf what the client sends, besides:\n")
	client.writeNotes(&b)
	return b.String()
}

// tell counts what the fake takes, and notes the rest.
func tell(b *strings.Builder, whose string, byN map[int]*exchange, answers []refusal) *report {
	taken, r := 0, &report{}
	for _, a := range answers {
		switch {
		case a.Status == http.StatusNotImplemented: // nobody has a handler, that is all
			taken++
		case a.Status != http.StatusBadRequest:
			r.note("The fake does not know it", byN[a.N], a.Message)
		case reasons[a.N] == "":
			r.note("REFUSED WITHOUT A REASON", byN[a.N], a.Message)
		default:
			r.note(reasons[a.N], byN[a.N], a.Message)
		}
	}
	fmt.Fprintf(b, "%-12s %d, taken %d\n", whose, len(answers), taken)
	return r
}

// documentedPath is the path and query of a documented request, with what pages leave as it is escaped.
func documentedPath(e *exchange) string {
	path := (&url.URL{Path: "/" + e.path}).EscapedPath()
	if plain, err := url.PathUnescape(e.path); err == nil {
		path = (&url.URL{Path: "/" + plain, RawPath: "/" + e.path}).EscapedPath()
	}
	var pairs []string
	for pair := range strings.SplitSeq(e.query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(value); err == nil {
			value = plain
		}
		if name != "" {
			pairs = append(pairs, url.QueryEscape(name)+"="+url.QueryEscape(value))
		}
	}
	if pairs == nil {
		return path
	}
	return path + "?" + strings.Join(slices.Clip(pairs), "&")
}
