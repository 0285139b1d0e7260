// Package exchanges replays documented exchanges through generated clients.
package exchanges

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

const (
	documented = "../../../../shared/exchanges/v1.0.jsonl"
	metadata   = "../../../../shared/graph-csdl/v1.0-clean-2026-08.xml"
)

// exchange is a request and its answer as a reference page documents them.
type exchange struct {
	N        int
	Page     string
	Template string
	Request  message
	Response message

	steps       []step
	path, query string // of the URL, below the version
	op          *ir.Operation
}

type message struct {
	Method, URL string
	Status      int
	Headers     map[string]string
	Body        json.RawMessage
}

func readExchanges(t *testing.T) []*exchange {
	t.Helper()
	f, err := os.Open(documented)
	if err != nil {
		t.Skipf("the documented exchanges beside the repository are needed: %v", err)
	}
	defer f.Close()
	var all []*exchange
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		e := new(exchange)
		if err := json.Unmarshal(lines.Bytes(), e); err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	if err := lines.Err(); err != nil || len(all) == 0 {
		t.Fatalf("%d exchanges, %v", len(all), err)
	}
	return all
}

// below is the path of a URL below the version, and the query.
func below(address string) (path, query string) {
	address, query, _ = strings.Cut(address, "?")
	_, rest, _ := strings.Cut(address, "://")
	parts := strings.SplitN(rest, "/", 3)
	if len(parts) < 3 {
		return "", query
	}
	return parts[2], query
}

// TestExchanges cuts one slice for all exchanges whose paths the metadata knows, and replays each through the client that is
// generated from it. The figures, and whatever is not as documented, are in testdata/outcome.txt; what the fake of the service
// refuses is in testdata/refused.txt.
func TestExchanges(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	all := readExchanges(t)
	r := &report{}
	include := r.route(t, all)
	contents, result := r.generate(t, include)
	p := newPlanner(contents)
	var calls []call
	byN := map[int]*exchange{}
	for _, e := range all {
		if e.steps == nil {
			continue
		}
		if e.op = p.operation(e); e.op == nil {
			r.note("The metadata knows the path, not the method", e, "")
			continue
		}
		c, err := p.plan(e)
		if err != nil {
			t.Errorf("%d: %v", e.N, err)
			continue
		}
		byN[e.N] = e
		calls = append(calls, c)
	}
	dir := t.TempDir()
	outcomes := drive(t, dir, result.Files, p.registry(), calls)
	for _, o := range outcomes {
		r.compare(byN[o.N], o)
	}
	compareWithFile(t, "testdata/outcome.txt", r.String())
	compareWithFile(t, "testdata/refused.txt", askFake(t, dir, result.Fake, byN, outcomes))
}

// route finds the steps of the exchanges, and returns the patterns that have them in a slice.
func (r *report) route(t *testing.T, all []*exchange) []string {
	t.Helper()
	f, err := os.Open(metadata)
	if err != nil {
		t.Skipf("the metadata beside the repository is needed: %v", err)
	}
	defer f.Close()
	doc, diags := csdl.Read(csdl.Input{Name: metadata, Text: f})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var include []string
	for _, e := range all {
		r.exchanges++
		e.path, e.query = below(e.Request.URL)
		if e.steps, err = route(doc, e.path); err != nil {
			r.note("The metadata does not know the path", e, err.Error())
			continue
		}
		r.known++
		include = append(include, pattern(e.steps)+"#"+e.Request.Method)
	}
	slices.Sort(include)
	return slices.Compact(include)
}

// generate cuts the slice and makes the package. Patterns that select nothing are left out.
func (r *report) generate(t *testing.T, include []string) (*generator.Contents, *generator.Result) {
	t.Helper()
	cut := cutSlice(t, include)
	for _, d := range cut.Diagnostics {
		include = slices.DeleteFunc(include, func(p string) bool { return d.Code == "no-match" && strings.Contains(d.Message, " "+p+" ") })
	}
	if cut = cutSlice(t, include); cut.Documents == nil {
		t.Fatal(cut.Diagnostics)
	}
	file := filepath.Join(t.TempDir(), "exchanges.yaml")
	if err := os.WriteFile(file, cut.Documents[0].Render(), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg := generator.Config{Specs: []string{file}, Package: "graph", Version: "golden", Fake: "graphtest", ImportPath: "exch/graph"}
	result, err := generator.Generate(context.Background(), cfg)
	if err != nil || result.Files == nil {
		t.Fatalf("%v\n%v", err, result)
	}
	contents, _, err := generator.Read(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return contents, result
}

func cutSlice(t *testing.T, include []string) *slice.Result {
	t.Helper()
	cut, err := slice.Cut(context.Background(), slice.Config{Metadata: []string{metadata}, ServiceRoot: "https://graph.microsoft.com/v1.0",
		Notes: []string{"../../../specs/descriptions.yaml"}, OnlyNotes: true, Follow: []string{slice.FollowBodies},
		Files: []slice.File{{Out: "exchanges.yaml", Include: include}}})
	if err != nil {
		t.Fatal(err)
	}
	return cut
}
