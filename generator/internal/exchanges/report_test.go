package exchanges

import (
	"flag"
	"fmt"
	"maps"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite testdata/outcome.txt and testdata/refused.txt")

// report is what came of all exchanges.
type report struct {
	exchanges, known, replayed               int
	bodies, sameBodies, answers, sameAnswers int
	errors, unreadable                       int
	notes                                    map[string][]string
}

// note says that an exchange is not as documented, and why.
func (r *report) note(cause string, e *exchange, detail string) {
	if r.notes == nil {
		r.notes = map[string][]string{}
	}
	line := fmt.Sprintf("%d %s: %s", e.N, e.Page, e.Template)
	if detail != "" {
		line += ": " + detail
	}
	r.notes[cause] = append(r.notes[cause], line)
}

// compare counts what came of a call, and notes what is not as documented.
func (r *report) compare(e *exchange, o outcome) {
	r.replayed++
	r.unreadable += len(o.Unreadable)
	if o.Error != "" {
		r.errors++
		r.note("The call failed", e, o.Error)
		return
	}
	if o.Method != e.Request.Method || !strings.EqualFold(plainPath(o.URL), plainPath("/v1.0/"+e.path)) {
		r.note("The call went elsewhere", e, o.Method+" "+o.URL)
	}
	if body := notNull(e.Request.Body); body != nil && o.Method == "DELETE" {
		r.note("A deletion takes no body", e, string(body))
	} else if body != nil {
		r.bodies++
		if err := sameBody(e, o); err != nil {
			r.note("The body is not what is documented", e, err.Error())
		} else {
			r.sameBodies++
		}
	}
	if answer := notNull(e.Response.Body); answer != nil {
		r.answers++
		if err := sameAnswer(e, o); err != nil {
			r.note("The answer is not what is documented", e, err.Error())
		} else {
			r.sameAnswers++
		}
	}
}

var (
	namespace = regexp.MustCompile(`/(microsoft\.)?graph\.`)
	inParens  = regexp.MustCompile(`\([^)]*\)`)
)

// plainPath is a path as it reads whether actions have a namespace and functions parentheses or not. The order of a function's
// arguments, and whether they stand in the query, are matters of the metadata.
func plainPath(path string) string {
	path, _, _ = strings.Cut(path, "?")
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	path = strings.TrimRight(path, "/")
	return inParens.ReplaceAllString(namespace.ReplaceAllString(path, "/"), "")
}

// String is the text of testdata/outcome.txt.
func (r *report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Written by TestExchanges.\n\nexchanges   %d\nknown paths %d\nreplayed    %d\nerrors      %d\n", r.exchanges, r.known, r.replayed, r.errors)
	fmt.Fprintf(&b, "bodies      %d, equal %d\nanswers     %d, equal %d\nvalues that are not of their form %d\n",
		r.bodies, r.sameBodies, r.answers, r.sameAnswers, r.unreadable)
	r.writeNotes(&b)
	return b.String()
}

func (r *report) writeNotes(b *strings.Builder) {
	for _, cause := range slices.Sorted(maps.Keys(r.notes)) {
		fmt.Fprintf(b, "\n%s (%d):\n  %s\n", cause, len(r.notes[cause]), strings.Join(r.notes[cause], "\n  "))
	}
}

func compareWithFile(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s\nrewrite it with: go test ./generator/internal/exchanges -update", path, diff)
	}
}
