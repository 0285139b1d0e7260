package sharing

import (
	"errors"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// calls are the calls of a package that stands alone, in the file of a folder.
const calls = `
import (
	"context"
	"iter"
)

type ThingsRequests resource

// Things leads to /things.
func (c *Client) Things() *ThingsRequests { return (*ThingsRequests)(c.at("/things")) }

func (c *Client) Nearest(ctx context.Context, opts ...CallOption) error { return exec(ctx, c.at("/nearest()"), "GET", nil, opts) }

type ThingsListOptions struct {
	Kind Opt[thing]
	ListOptions
}

func (o *ThingsListOptions) query(q *query) { o.ListOptions.query(q) }

func (r *ThingsRequests) All(graph string) iter.Seq2[*Thing, error] { readThing(); return nil }
`

func split(t *testing.T, own string) ([]gosource.File, error) {
	t.Helper()
	files := standAlone(t, "\ntype Thing struct{}\n\ntype thing string\n\nfunc readThing() {}\n"+own)
	files = append(files, gosource.File{Name: "things/requests.go", Data: []byte(lock.Header + "\n\npackage graph\n" + calls)})
	return Package(files, "example.com/x/msgraph", &Split{Home: "example.com/x/graph", Functions: map[string]string{"Things": "New"}})
}

// Calls in a folder are a package of their own, which qualifies what is of the others.
func TestSplit(t *testing.T) {
	files, err := split(t, "")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range files {
		texts[f.Name] = string(f.Data)
	}
	for name, wanted := range map[string][]string{
		"own.go": {"func XReadThing() {}", "type XThing string"},
		"things/requests.go": {"package things\n", "graphtypes \"example.com/x/graph\"\n\"example.com/x/msgraph\"", "// New leads to /things.",
			`func New(c *graphtypes.Client) *ThingsRequests { return (*ThingsRequests)((*msgraph.XClient)(c).At("/things")) }`,
			"func Nearest(ctx context.Context, c *graphtypes.Client, opts ...graphtypes.CallOption) error {", "Kind graphtypes.Opt[graphtypes.XThing]",
			"\tgraphtypes.ListOptions\n", "XQuery(q *msgraph.XQuery) { o.ListOptions.XQuery(q) }", "iter.Seq2[*graphtypes.Thing, error] { graphtypes.XReadThing()"},
	} {
		for _, want := range wanted {
			if !strings.Contains(texts[name], want) {
				t.Errorf("%s lacks %s:\n%s", name, want, texts[name])
			}
		}
	}
}

// What gets a capital for packages of calls may not be there already.
func TestSplitClash(t *testing.T) {
	_, err := split(t, "\ntype XReadThing int\n")
	var clash *Clash
	if !errors.As(err, &clash) || clash.Member != "XReadThing" {
		t.Error(err)
	}
}
