package slice_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/slice"
)

// storeConfig cuts from testdata/store.xml.
func storeConfig(t *testing.T, notes string, include ...string) slice.Config {
	t.Helper()
	cfg := slice.Config{
		Metadata:    []string{filepath.Join("testdata", "store.xml")},
		ServiceRoot: "https://store.example/v1",
		Docs:        "{page}",
		Files:       []slice.File{{Out: "store.yaml", Title: "Store", Include: include}},
	}
	if notes != "" {
		path := filepath.Join(t.TempDir(), "notes.yaml")
		if err := os.WriteFile(path, []byte(notes), 0o644); err != nil {
			t.Fatal(err)
		}
		cfg.Notes = []string{path}
	}
	return cfg
}

// TestCutStore cuts paths with parameters in all places where they can stand.
func TestCutStore(t *testing.T) {
	cfg := storeConfig(t, "pathAddressing: [store.box]\n",
		"/depots/{id}/top:/{path}", "/depots/{id}/top:/{path}:/content", "/depots/{id}/find(name='{n}')/find(name='{n}')/$count",
		"/tags/{key}/parts/{key}#GET,PUT", "/depots/{id}/opening", "/depots/{id}/top/inside/$ref#DELETE")
	golden(t, "store.yaml", cut(t, cfg).Documents[0].Render())
}

func TestSelectionNotes(t *testing.T) {
	cases := map[string]struct {
		notes   string
		include []string
		want    string
	}{
		"everything is there": {"", []string{"/depots/{id}/boxes/{id}/notes/**"}, ""},
		"stopped once":        {"", []string{"/depots/{id}/boxes/**"}, "store.yaml: note: stopped at 1 place, /depots/{depot-id}/boxes/{box-id}/inside; name them to go on (stopped)\n\thint: include /depots/{depot-id}/boxes/{box-id}/inside/**"},
		"stopped": {"", []string{"/depots/**"}, "store.yaml: note: stopped at 4 places, such as /depots/{depot-id}/marked; name them to go on (stopped)\n" +
			"\thint: include /depots/{depot-id}/marked/**, /depots/{depot-id}/tags/**, /depots/{depot-id}/top/**, /depots/{depot-id}/boxes/{box-id}/inside/**"},
		"named": {"", []string{"/depots/{id}/boxes/**", "/depots/{id}/boxes/{id}/inside/**#GET"}, "store.yaml: note: stopped at 1 place, /depots/{depot-id}/boxes/{box-id}/inside/{box-id1}/inside; name them to go on (stopped)\n" +
			"\thint: include /depots/{depot-id}/boxes/{box-id}/inside/{box-id1}/inside/**"},
		"by path, which nobody said": {"", []string{"/depots/{id}/top:/{path}"}, "error: the pattern /depots/{id}/top:/{path} selects no operation (no-match)\n" +
			"\thint: if the service addresses a box by its path, say so in notes: pathAddressing: [store.box]"},
		"by path, of another type": {"pathAddressing: [store.note]", []string{"/depots/{id}/top:/{path}"}, "error: the pattern /depots/{id}/top:/{path} selects no operation (no-match)\n" +
			"\thint: if the service addresses a box by its path, say so in notes: pathAddressing: [store.box]"},
		"by path, to what is not there": {"pathAddressing: [store.box]", []string{"/depots/{id}/top:/{path}:/nots"}, "error: the pattern /depots/{id}/top:/{path}:/nots selects no operation (no-match)\n" +
			"\thint: the nearest paths are /depots/{depot-id}/top:/{path}:/notes, /depots/{depot-id}/top:/{path}:/content, /depots/{depot-id}/top:/{path}:/inside"},
		"another method": {"", []string{"/depots#PUT"}, "error: the pattern /depots#PUT selects no operation (no-match)\n\thint: the methods of the paths that match are GET, POST"},
		"an open brace":  {"", []string{"/depots/{id"}, "error: the path pattern \"/depots/{id\" opens a brace that it does not close: } is missing (bad-pattern)"},
		"capitals": {"", []string{"/Depots/{id}/boxes/{id}/Seal"}, "warning: the pattern /Depots/{id}/boxes/{id}/Seal selects nothing with these capitals, and is taken without regard to them (capitals)\n" +
			"\thint: write them as in /depots/{depot-id}/boxes/{box-id}/store.seal"},
		"capitals of one of two": {"", []string{"/tags#GET", "/Depots#GET"}, "warning: the pattern /Depots#GET selects nothing with these capitals, and is taken without regard to them (capitals)\n" +
			"\thint: write them as in /depots"},
		"capitals and another method": {"", []string{"/Depots#PUT"}, "error: the pattern /Depots#PUT selects no operation (no-match)\n\thint: the nearest paths are /depots, /tags, /close"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			cfg := storeConfig(t, c.notes, c.include...)
			result, err := slice.Cut(context.Background(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			got := result.Diagnostics.Error()
			for _, path := range cfg.Notes {
				got = strings.ReplaceAll(got, filepath.ToSlash(filepath.Dir(path))+"/", "")
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPaths(t *testing.T) {
	list, err := slice.Paths(context.Background(), storeConfig(t, "operations: {GET /tags: {summary: All the tags}}", "/tags/*/parts#POST", "/tags#GET", "/tags/**#GET"))
	if err != nil || list.Diagnostics.HasErrors() {
		t.Fatal(err, list.Diagnostics)
	}
	want := []slice.PathInfo{
		{Method: "GET", Path: "/tags", Kind: "list", Summary: "All the tags", Pattern: "/tags#GET"},
		{Method: "GET", Path: "/tags(no={no},color='{color}')", Kind: "get", Summary: "Get tag", Pattern: "/tags(no={no},color='{color}')#GET"},
		{Method: "GET", Path: "/tags(no={no},color='{color}')/parts", Kind: "list", Summary: "List parts", Pattern: "/tags(no={no},color='{color}')/parts#GET"},
	}
	if diff := cmp.Diff(want, list.Operations[:3]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"/tags(no={no},color='{color}')/parts"}, list.Stops); diff != "" {
		t.Errorf("stops (-want +got):\n%s", diff)
	}
	all, err := slice.Paths(context.Background(), slice.Config{Metadata: storeConfig(t, "").Metadata, ServiceRoot: "https://store.example"})
	if err != nil || len(all.Diagnostics) > 0 {
		t.Fatal(err, all.Diagnostics)
	}
	for _, o := range all.Operations { // each can be pasted
		cfg := storeConfig(t, "", o.Pattern)
		if result, err := slice.Cut(context.Background(), cfg); err != nil || len(result.Documents) != 1 || len(result.Documents[0].Paths) != 1 {
			t.Errorf("%s selects something else: %v %v", o.Pattern, err, result.Diagnostics)
		}
	}
}

// TestTooManyPaths cuts from metadata in which every type contains every other, so that there are more paths than atoms.
func TestTooManyPaths(t *testing.T) {
	const types = 20
	var b strings.Builder
	b.WriteString(`<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>` +
		`<Schema Namespace="n" xmlns="http://docs.oasis-open.org/odata/ns/edm">`)
	for i := range types {
		fmt.Fprintf(&b, `<EntityType Name="t%d"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>`, i)
		for j := range types {
			fmt.Fprintf(&b, `<NavigationProperty Name="p%d" Type="Collection(n.t%d)" ContainsTarget="true"/>`, j, j)
		}
		b.WriteString(`</EntityType>`)
	}
	b.WriteString(`<EntityContainer Name="C"><EntitySet Name="all" EntityType="n.t0"/></EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`)
	cfg := storeConfig(t, "", "/all/**")
	cfg.Metadata = []string{filepath.Join(t.TempDir(), "all.xml")}
	if err := os.WriteFile(cfg.Metadata[0], []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	result, err := slice.Cut(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	want := "error: the patterns lead to more than 100000 places, and not all were looked at (too-many-paths)\n\thint: write out more names, and fewer *"
	if diff := cmp.Diff(want, result.Diagnostics.Error()); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
	cfg.Files[0].Include = []string{"/all/{id}/p1/{id}/p2/{id}/p3/{id}/p4/**#DELETE"}
	if result, err := slice.Cut(context.Background(), cfg); err != nil || len(result.Documents) != 0 {
		t.Errorf("with names all was looked at: %v %v", err, result.Diagnostics)
	}
	cfg.Files[0].Include = []string{"/all/{id}/p1/{id}/p0/{id}/p1/{id}/p0#POST"}
	if result, err := slice.Cut(context.Background(), cfg); err != nil || len(result.Documents) != 1 {
		t.Errorf("written out: %v %v", err, result.Diagnostics)
	}
}

// TestManyOperations says which pattern takes more than anybody reads, and not that another takes few.
func TestManyOperations(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>` +
		`<Schema Namespace="n" xmlns="http://docs.oasis-open.org/odata/ns/edm">` +
		`<EntityType Name="t"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType><EntityContainer Name="C">`)
	for i := range 167 {
		fmt.Fprintf(&b, `<EntitySet Name="s%d" EntityType="n.t"/>`, i)
	}
	b.WriteString(`</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`)
	cfg := storeConfig(t, "", "/**", "/s1/**")
	cfg.Metadata = []string{filepath.Join(t.TempDir(), "many.xml")}
	if err := os.WriteFile(cfg.Metadata[0], []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	result, err := slice.Cut(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	want := "store.yaml: note: the pattern /** takes 1002 operations (many-operations)\n\thint: name what the program calls; gen paths lists what there is"
	if diff := cmp.Diff(want, result.Diagnostics.Error()); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
}
