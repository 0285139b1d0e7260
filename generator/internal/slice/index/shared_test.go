package index

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"go.yaml.in/yaml/v4"
)

// sharedDir is where Microsoft's published documents are, beside the repository; they are too large to commit.
const sharedDir = "../../../../../shared/graph-openapi"

// sharedFile reads a published document, or skips the test.
func sharedFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(sharedDir, name))
	if os.IsNotExist(err) {
		t.Skipf("SKIPPED: %s is not there: Microsoft's published documents are needed for this test", filepath.Join(sharedDir, name))
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// sharedFiles are the names of the published documents.
func sharedFiles(t *testing.T) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(sharedDir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Skipf("SKIPPED: %s is not there: Microsoft's published documents are needed for this test", sharedDir)
	}
	return names
}

// TestSelectIsTheSameAsFromAWholeLoad cuts slices of the published documents both ways: by the index, and by parsing all
// and walking it. What comes out must be equal to the byte, and every node at its place.
func TestSelectIsTheSameAsFromAWholeLoad(t *testing.T) {
	includes := [][]string{
		{"/chats/**"},
		{"/chats/**#GET,POST", "/teams/{team-id}/members/**"},
		{"/users/{user-id}/chats", "/appCatalogs/**"},
		{"/chats/**#DELETE"},
	}
	for _, name := range sharedFiles(t) {
		data := sharedFile(t, name)
		root := parseWhole(t, data)
		doc := open(t, name, data)
		for _, include := range includes {
			t.Run(name+" "+strings.Join(include, " "), func(t *testing.T) {
				if unmatched := matchesNothing(root, include); unmatched {
					t.Skip("SKIPPED: this document has none of the paths")
				}
				got, diags := doc.Select(set(t, include...), nil, nil)
				if len(diags) > 0 {
					t.Fatal(diags)
				}
				want := selectWhole(t, root, set(t, include...))
				compareNodes(t, want, got.Node())
				if !bytes.Equal(render(t, want), render(t, got.Node())) {
					t.Error("the documents are not equal to the byte")
				}
			})
		}
	}
}

// TestEveryEntryIsTheSameAsInAWholeLoad compares every entry of a published document, and its references.
func TestEveryEntryIsTheSameAsInAWholeLoad(t *testing.T) {
	const name = "2022-05/v1.0/Teams.yml"
	data := sharedFile(t, name)
	compareWithWhole(t, open(t, name, data), parseWhole(t, data))
}

// TestJSONIsTheSameAsYAML selects from a published document and from the same in JSON.
func TestJSONIsTheSameAsYAML(t *testing.T) {
	const name = "2022-05/v1.0/Teams.yml"
	data := sharedFile(t, name)
	include := set(t, "/chats/**", "/teams/{team-id}/members/**#GET")
	fromYAML, diags := open(t, name, data).Select(include, nil, nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	root := parseWhole(t, data)
	for _, indent := range []string{"", "  "} {
		text := toJSON(t, root, indent)
		doc := open(t, "doc.json", text)
		fromJSON, diags := doc.Select(include, nil, nil)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		want, got := toJSON(t, fromYAML.Node(), " "), toJSON(t, fromJSON.Node(), " ")
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
			t.Errorf("indent %q (-YAML +JSON):\n%s", indent, diff)
		}
		if indent != "" {
			compareWithWhole(t, doc, parseWhole(t, text))
		}
	}
}

func open(t testing.TB, name string, data []byte) *Document {
	t.Helper()
	doc, diags := Open(name, data)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return doc
}

func set(t testing.TB, include ...string) pathglob.Set {
	t.Helper()
	patterns, err := pathglob.ParseAll(include)
	if err != nil {
		t.Fatal(err)
	}
	return pathglob.Set{Include: patterns}
}

// parseWhole parses a document with the YAML parser and takes the comments away.
func parseWhole(t testing.TB, data []byte) *yaml.Node {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	stripComments(&doc)
	return doc.Content[0]
}

func stripComments(n *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	for _, child := range n.Content {
		stripComments(child)
	}
}

// compareWithWhole compares all entries of doc with the root node of the same document.
func compareWithWhole(t testing.TB, doc *Document, root *yaml.Node) {
	t.Helper()
	compareEntries(t, doc, doc.Top(), root)
	compareEntries(t, doc, doc.Paths(), child(root, "paths"))
	components := child(root, "components")
	compareEntries(t, doc, doc.Sections(), components)
	for _, section := range doc.Sections() {
		compareEntries(t, doc, doc.Components(section.Name), child(components, section.Name))
	}
}

// compareEntries compares entries with the mapping that they are of.
func compareEntries(t testing.TB, doc *Document, entries []Entry, want *yaml.Node) {
	t.Helper()
	if want == nil || want.Kind != yaml.MappingNode {
		want = &yaml.Node{}
	}
	if 2*len(entries) != len(want.Content) {
		t.Fatalf("%d entries, want %d", len(entries), len(want.Content)/2)
	}
	for i, e := range entries {
		key, value := want.Content[2*i], want.Content[2*i+1]
		if e.Name != key.Value || e.Line != key.Line || e.Column != key.Column {
			t.Fatalf("entry %q at %d:%d, want %q at %d:%d", e.Name, e.Line, e.Column, key.Value, key.Line, key.Column)
		}
		got, diags := doc.Node(e)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		compareNodes(t, value, got)
		refs, diags := doc.Refs(e)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		if diff := cmp.Diff(nodeRefs(value), refs, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("references of %q (-want +got):\n%s", e.Name, diff)
		}
	}
}

// compareNodes compares content and places. Style may differ only where one of the two is JSON.
func compareNodes(t testing.TB, want, got *yaml.Node) {
	t.Helper()
	if diff := nodeDiff(want, got); diff != "" {
		t.Fatal(diff)
	}
}

// nodeDiff says what the first difference is. (cmp.Diff would need minutes.)
func nodeDiff(want, got *yaml.Node) string {
	if want.Kind != got.Kind || want.Value != got.Value || want.ShortTag() != got.ShortTag() || want.Line != got.Line && want.Line > 0 ||
		want.Column != got.Column || len(want.Content) != len(got.Content) || got.HeadComment+got.LineComment+got.FootComment != "" {
		describe := func(n *yaml.Node) string {
			return fmt.Sprintf("kind %d %s %q with %d nodes at %d:%d", n.Kind, n.ShortTag(), n.Value, len(n.Content), n.Line, n.Column)
		}
		return fmt.Sprintf("got %s, want %s", describe(got), describe(want))
	}
	for i := range want.Content {
		if diff := nodeDiff(want.Content[i], got.Content[i]); diff != "" {
			return diff
		}
	}
	return ""
}

func render(t testing.TB, n *yaml.Node) []byte {
	t.Helper()
	data, err := yaml.Marshal(clone(n)) // which takes tags away
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// matchesNothing reports whether one of the patterns matches no operation.
func matchesNothing(root *yaml.Node, patterns []string) bool {
	for _, text := range patterns {
		p, err := pathglob.Parse(text)
		matches := err == nil && slices.ContainsFunc(operations(root), func(o operation) bool { return p.Match(o.method, o.path) })
		if !matches {
			return true
		}
	}
	return false
}

func operations(root *yaml.Node) (list []operation) {
	paths := child(root, "paths")
	for i := 0; i < len(paths.Content); i += 2 {
		item := paths.Content[i+1]
		for j := 0; j < len(item.Content); j += 2 {
			if slices.Contains(methods, item.Content[j].Value) {
				list = append(list, operation{item.Content[j].Value, paths.Content[i].Value})
			}
		}
	}
	return list
}

// selectWhole is what Select does, done in another way on a whole document: it marks what is needed until nothing new
// turns up, and then copies what is marked.
func selectWhole(t testing.TB, root *yaml.Node, set pathglob.Set) *yaml.Node {
	t.Helper()
	needed := map[string]bool{}
	paths := textMapping(child(root, "paths"), func(path string, item *yaml.Node) *yaml.Node {
		found := false
		kept := textMapping(item, func(key string, value *yaml.Node) *yaml.Node {
			if !slices.Contains(methods, key) {
				return value
			}
			if !set.Match(key, path) {
				return nil
			}
			found = true
			mark(needed, value)
			return value
		})
		if !found {
			return nil
		}
		mark(needed, kept)
		return kept
	})
	needed["#/components/securitySchemes/azureaadv2"] = true
	components := child(root, "components")
	for before := -1; before != len(needed); {
		before = len(needed)
		for i := 0; i < len(components.Content); i += 2 {
			section := components.Content[i+1]
			for j := 0; j < len(section.Content); j += 2 {
				if needed["#/components/"+components.Content[i].Value+"/"+section.Content[j].Value] {
					mark(needed, section.Content[j+1])
				}
			}
		}
	}
	kept := textMapping(components, func(section string, value *yaml.Node) *yaml.Node {
		kept := textMapping(value, func(name string, value *yaml.Node) *yaml.Node {
			if !needed["#/components/"+section+"/"+name] {
				return nil
			}
			return value
		})
		if len(kept.Content) == 0 {
			return nil
		}
		kept.Line, kept.Column = 0, 0
		return kept
	})
	for i := 0; i < len(kept.Content); i += 2 {
		kept.Content[i] = textNode(kept.Content[i].Value)
	}
	paths.Line, paths.Column, kept.Line, kept.Column = 0, 0, 0, 0
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{textNode("paths"), paths, textNode("components"), kept}}
}

// textMapping copies a mapping with what keep returns for each entry; nil leaves it out.
func textMapping(n *yaml.Node, keep func(key string, value *yaml.Node) *yaml.Node) *yaml.Node {
	out := *n
	out.Content = nil
	for i := 0; i < len(n.Content); i += 2 {
		if value := keep(n.Content[i].Value, n.Content[i+1]); value != nil {
			out.Content = append(out.Content, n.Content[i], value)
		}
	}
	return &out
}

// mark adds the references in n. The published documents have no discriminators.
func mark(needed map[string]bool, n *yaml.Node) {
	if ref := child(n, "$ref"); ref != nil {
		needed[ref.Value] = true
	}
	for _, c := range n.Content {
		mark(needed, c)
	}
}

// toJSON writes a node as JSON, mappings in their order.
func toJSON(t testing.TB, n *yaml.Node, indent string) []byte {
	t.Helper()
	var b bytes.Buffer
	writeJSON(t, &b, n)
	if indent == "" {
		return b.Bytes()
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, b.Bytes(), "", indent); err != nil {
		t.Fatal(err)
	}
	return indented.Bytes()
}

func writeJSON(t testing.TB, b *bytes.Buffer, n *yaml.Node) {
	t.Helper()
	brackets := map[yaml.Kind]string{yaml.MappingNode: "{}", yaml.SequenceNode: "[]"}[n.Kind]
	if brackets == "" {
		writeJSONScalar(t, b, n)
		return
	}
	b.WriteByte(brackets[0])
	for i, c := range n.Content {
		switch {
		case i > 0 && n.Kind == yaml.MappingNode && i%2 == 1:
			b.WriteByte(':')
		case i > 0:
			b.WriteByte(',')
		}
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			c = textNode(c.Value)
		}
		writeJSON(t, b, c)
	}
	b.WriteByte(brackets[1])
}

func writeJSONScalar(t testing.TB, b *bytes.Buffer, n *yaml.Node) {
	t.Helper()
	switch n.ShortTag() {
	case "!!bool", "!!int", "!!float":
		b.WriteString(n.Value)
	case "!!null":
		b.WriteString("null")
	default:
		encoder := json.NewEncoder(b)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(n.Value); err != nil {
			t.Fatal(err)
		}
		b.Truncate(b.Len() - 1) // the line feed
	}
}
