package exchanges

import (
	"encoding/json"
	"fmt"
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

// askFake sends the documented requests to the fake of the service, beside the driver in dir, and returns what becomes of them. It
// takes what the reference documents: all that it refuses is told.
func askFake(t *testing.T, dir string, fake []generator.File, all []*exchange) string {
	t.Helper()
	var asks []ask
	byN := map[int]*exchange{}
	for _, e := range all {
		if e.op == nil {
			continue
		}
		byN[e.N] = e
		asks = append(asks, ask{e.N, e.Request.Method, documentedPath(e), e.Request.Headers, notNull(e.Request.Body)})
	}
	program, err := os.ReadFile("testdata/strict.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "strict", "main.go"), program)
	for _, f := range fake {
		writeFile(t, filepath.Join(dir, "graphtest", f.Name), f.Data)
	}
	outcome := &report{}
	taken := 0
	for _, r := range runIn[refusal](t, dir, "./strict", asks) {
		switch {
		case r.Status == http.StatusNotImplemented: // nobody has a handler, that is all
			taken++
		case r.Status != http.StatusBadRequest:
			outcome.note("The fake does not know it", byN[r.N], r.Message)
		case reasons[r.N] == "":
			outcome.note("REFUSED WITHOUT A REASON", byN[r.N], r.Message)
		default:
			outcome.note(reasons[r.N], byN[r.N], r.Message)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Written by TestExchanges: documented requests that the fake of the service does not take.\n\nrequests %d\ntaken    %d\n",
		len(asks), taken)
	outcome.writeNotes(&b)
	return b.String()
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
