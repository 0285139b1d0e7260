package derive

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

// publishedDocuments are OpenAPI documents that Microsoft published, and the metadata of the same version of the API.
var publishedDocuments = []struct{ openapi, metadata string }{
	{"2022-05/v1.0", "v1.0-2026-08.csdl"},
	{"2022-05/beta", "beta-ussec-2026-08.csdl"},
	{"2023-07/v1.0", "v1.0-2026-08.csdl"},
	{"2023-07/beta", "beta-ussec-2026-08.csdl"},
}

// comparedPaths are those that are compared.
var comparedPaths = []string{"/chats/**", "/teams/**", "/users/{user-id}/chats/**"}

// TestPublished compares the operations that are derived from the metadata of 2026 with those that Microsoft published in 2022 and
// 2023. Every difference has a cause; the table of them is testdata/published.md.
func TestPublished(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Derived operations and published ones\n\nWritten by TestPublished. The operations that are derived from the metadata of August 2026 for\n" +
		strings.Join(comparedPaths, ", ") + ", and those in the OpenAPI\ndocuments that were published before: v1.0 of the global service, and beta, where the metadata is that of a\nnational cloud.\n")
	metadata := map[string]*csdl.Document{}
	for _, d := range publishedDocuments {
		if metadata[d.metadata] == nil {
			metadata[d.metadata] = readTestMetadata(t, shared(t, "graph-csdl", d.metadata))
		}
		c := newComparison(t, d.openapi, metadata[d.metadata])
		c.write(&b)
	}
	path := filepath.Join("testdata", "published.md")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s\nrewrite it with: go test ./generator/internal/slice/derive -update", path, diff)
	}
}

func shared(t *testing.T, elements ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "..", "..", "shared"}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED: needs %s, which lies beside the repository and is not there", filepath.ToSlash(path))
	}
	return path
}

// comparison has both sets of operations, each as "METHOD /path".
type comparison struct {
	t                  *testing.T
	name               string
	doc                *csdl.Document
	published, derived map[string]bool
}

func newComparison(t *testing.T, openapi string, metadata *csdl.Document) *comparison {
	c := &comparison{t: t, name: openapi, doc: metadata, published: map[string]bool{}, derived: map[string]bool{}}
	include, err := pathglob.ParseAll(comparedPaths)
	if err != nil {
		t.Fatal(err)
	}
	set := pathglob.Set{Include: include}
	data, err := os.ReadFile(shared(t, "graph-openapi", filepath.FromSlash(openapi), "Teams.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Paths map[string]map[string]yaml.Node
	}
	if err := yaml.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	for path, item := range document.Paths {
		for method := range item {
			if method = strings.ToUpper(method); MethodOrder(method) >= 0 && set.Match(method, path) {
				c.published[method+" "+path] = true
			}
		}
	}
	for _, o := range Operations(c.doc, set, Options{}).Operations {
		c.derived[o.Method+" "+o.Path] = true
	}
	return c
}

// write writes the part of the table for one document.
func (c *comparison) write(b *strings.Builder) {
	both := 0
	gone, added := map[string][]string{}, map[string][]string{}
	for o := range c.published {
		if c.derived[o] {
			both++
			continue
		}
		cause := c.causeOfGone(strings.Fields(o)[0], strings.Fields(o)[1])
		gone[cause] = append(gone[cause], o)
	}
	for o := range c.derived {
		if !c.published[o] {
			cause := c.causeOfAdded(strings.Fields(o)[0], strings.Fields(o)[1])
			added[cause] = append(added[cause], o)
		}
	}
	fmt.Fprintf(b, "\n## %s\n\n%d published, %d derived, %d in both.\n", c.name, len(c.published), len(c.derived), both)
	writeCauses(b, "Only published, because", gone)
	writeCauses(b, "Only derived, because", added)
}

func writeCauses(b *strings.Builder, title string, causes map[string][]string) {
	fmt.Fprintf(b, "\n| %s | operations | such as |\n|---|---:|---|\n", title)
	var names []string
	for name, operations := range causes {
		slices.Sort(operations)
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(b, "| %s | %d | `%s` |\n", name, len(causes[name]), causes[name][0])
	}
}

// causeOfGone says why an operation that was published is not derived.
func (c *comparison) causeOfGone(method, path string) string {
	w := c.walk(path)
	switch {
	case w.missing != "":
		return "the metadata does not have " + w.missing
	case strings.Contains(path, "='{") && c.derived[method+" "+strings.NewReplacer("'{", "'@", "}'", "'").Replace(path)]:
		return "optional arguments of functions go into the query (a rule of ours and of 2023)"
	case w.call && w.reference:
		return "actions and functions are called where an entity is contained, not where it is referred to (a rule of ours and of 2023)"
	case w.again:
		return "paths do not go on through a type a second time unless a pattern says so (a rule of ours and of 2022)"
	case strings.HasSuffix(path, "/$ref") && !w.reference:
		return "the property contains its target now, it referred to it then"
	case strings.HasSuffix(path, "/$ref"):
		return "the metadata says that it cannot be referred to (NavigationRestrictions)"
	case strings.HasSuffix(path, "/$count"):
		return "the metadata says that it cannot be counted (CountRestrictions)"
	case w.reference:
		return "removing a reference is DELETE on its $ref (a rule of ours)"
	case method == "PUT" || method == "PATCH":
		return "the metadata has another method to update it, or none (UpdateRestrictions)"
	}
	c.t.Errorf("%s: no cause is known for the published %s %s", c.name, method, path)
	return "?"
}

// causeOfAdded says why an operation that is derived was not published.
func (c *comparison) causeOfAdded(method, path string) string {
	w := c.walk(path)
	segments := strings.Split(path, "/")
	last, _, _ := strings.Cut(segments[len(segments)-1], "(")
	old := strings.HasPrefix(c.name, "2022")
	switch {
	case c.wasReference(path):
		return "the property contains its target now, it referred to it then"
	case c.isNew(segments):
		return "the property, action or function is new"
	case old && strings.HasSuffix(path, "/$count"):
		return "there was no $count in 2022"
	case method == "DELETE" && (last == "$value" || w.stream):
		return "content could not be removed by itself then"
	case strings.HasSuffix(path, "/$ref"):
		return "there is no $ref in 2023, and only on what could be changed in 2022"
	case w.elsewhere:
		return "2022 did not go on through a type that has an entity set, and 2023 has no actions and functions there"
	case w.again:
		return "2022 did not go on through a type a second time"
	case old && w.reference:
		return "2022 had no keys behind references"
	case old && strings.HasSuffix(path, "/$value"):
		return "2022 left out the content of some media entities"
	case strings.HasPrefix(last, "microsoft.graph."):
		return "the action or function was bound to something else"
	case method == "PUT" || method == "PATCH" || method == "DELETE" || method == "POST":
		return "a capability annotation of then is not in the metadata now"
	}
	c.t.Errorf("%s: no cause is known for the derived %s %s", c.name, method, path)
	return "?"
}

// wasReference reports whether the path begins with that of a property that could only be read.
func (c *comparison) wasReference(path string) bool {
	for i := range path {
		if i > 0 && path[i] == '/' || i == len(path)-1 {
			prefix := strings.TrimSuffix(path[:i+1], "/")
			isSingle := c.derived["PATCH "+prefix] && !strings.HasSuffix(prefix, "}")
			if isSingle && c.published["GET "+prefix] && !c.published["PATCH "+prefix] && !c.published["PUT "+prefix] {
				return true
			}
		}
	}
	return false
}

// isNew reports whether some name in the path is nowhere in the published ones.
func (c *comparison) isNew(segments []string) bool {
	for _, s := range segments[1:] {
		name, _, _ := strings.Cut(s, "(")
		if strings.HasPrefix(s, "{") || strings.HasPrefix(s, "$") {
			continue
		}
		known := false
		for o := range c.published {
			known = known || strings.HasSuffix(o, "/"+name) || strings.Contains(o, "/"+name+"/") || strings.Contains(o, "/"+name+"(")
		}
		if !known {
			return true
		}
	}
	return false
}

// walked is what a path leads through.
type walked struct {
	missing                           string // the first thing that is not in the metadata
	again, reference, elsewhere, call bool
	stream                            bool // it ends with a stream property
}

// Walk follows a path in the metadata, whatever the rules for paths are.
func (c *comparison) walk(path string) (w walked) {
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	at := c.rootType(segments[0])
	var way []*csdl.Type
	for _, s := range segments[1:] {
		name, _, _ := strings.Cut(s, "(")
		switch {
		case strings.HasPrefix(s, "{") || strings.HasPrefix(s, "$"):
			continue
		case strings.HasPrefix(s, "microsoft.graph."):
			w.call = true
			if !c.hasCall(name, at) {
				w.missing = "the action or function"
				return w
			}
			continue
		}
		p := at.Property(name)
		if p == nil {
			w.missing = "the property"
			return w
		}
		if !p.Navigation {
			w.stream = true
			continue
		}
		for _, t := range way {
			w.again = w.again || t == at
		}
		w.elsewhere = w.elsewhere || len(way) > 0 && c.hasSet(at)
		way = append(way, at)
		at = p.Type.Type
		w.reference = !p.Contained
	}
	w.elsewhere = w.elsewhere || len(way) > 0 && w.call && c.hasSet(at)
	return w
}

func (c *comparison) hasSet(t *csdl.Type) bool {
	return slices.ContainsFunc(c.doc.EntitySets, func(s *csdl.Source) bool { return s.Type == t })
}

func (c *comparison) rootType(name string) *csdl.Type {
	for _, s := range slices.Concat(c.doc.EntitySets, c.doc.Singletons) {
		if s.Name == name {
			return s.Type
		}
	}
	c.t.Fatalf("the metadata has no %s", name)
	return nil
}

func (c *comparison) hasCall(name string, on *csdl.Type) bool {
	return slices.ContainsFunc(c.doc.Operations, func(o *csdl.Operation) bool {
		return o.Name == name && o.Bound && o.Parameters[0].Type.Type != nil && on.Is(o.Parameters[0].Type.Type)
	})
}
