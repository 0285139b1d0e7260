package openapi

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

// shuffled returns the document with the keys of every mapping in another order; lists keep theirs.
func shuffled(t *testing.T, text string, seed uint64) string {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(seed, 0))
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if n.Kind == yaml.MappingNode {
			random.Shuffle(len(n.Content)/2, func(i, j int) {
				n.Content[2*i], n.Content[2*j] = n.Content[2*j], n.Content[2*i]
				n.Content[2*i+1], n.Content[2*j+1] = n.Content[2*j+1], n.Content[2*i+1]
			})
		}
		for _, child := range n.Content {
			walk(child)
		}
	}
	walk(&doc)
	out, err := yaml.Marshal(&doc)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// The order of keys in the input means nothing.
func TestShuffled(t *testing.T) {
	specs, err := filepath.Glob("../../../specs/*/*.yaml")
	if err != nil || len(specs) == 0 {
		t.Fatalf("no specs: %v", err)
	}
	texts := map[string]string{"books": books, "boards": header + "paths: {}\n" + boards}
	for _, spec := range specs {
		data, err := os.ReadFile(spec)
		if err != nil {
			t.Fatal(err)
		}
		texts[spec] = string(data)
	}
	for name, text := range texts {
		want := describe(loadText(t, text))
		for seed := range uint64(5) {
			if diff := cmp.Diff(want, describe(loadText(t, shuffled(t, text, seed)))); diff != "" {
				t.Fatalf("%s, seed %d (-ordered +shuffled):\n%s", name, seed, diff)
			}
		}
	}
}

// The same document as YAML and as JSON is the same package.
func TestJSONDocument(t *testing.T) {
	var value any
	if err := yaml.Unmarshal([]byte(books), &value); err != nil {
		t.Fatal(err)
	}
	fromYAML, err := yamlToJSON(value)
	if err != nil {
		t.Fatal(err)
	}
	pkg, diags := loadFiles(t, map[string]string{"a.json": string(fromYAML)}, Options{Specs: []string{"a.json"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if diff := cmp.Diff(describe(loadText(t, books)), describe(pkg)); diff != "" {
		t.Errorf("(-YAML +JSON):\n%s", diff)
	}
}

// The committed slices load without a word.
func TestSpecs(t *testing.T) {
	for _, version := range []string{"v1.0", "beta"} {
		specs, err := filepath.Glob("../../../specs/" + version + "/*.yaml")
		if err != nil || len(specs) == 0 {
			t.Fatalf("no specs: %v", err)
		}
		pkg, diags := Load(t.Context(), Options{Specs: specs})
		if len(diags) > 0 {
			t.Error(diags)
		}
		if pkg != nil && pkg.Version != version {
			t.Errorf("the version is %s, want %s", pkg.Version, version)
		}
	}
}

// published returns a file of the published documents, or skips the test where they are not.
func published(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "..", "shared", "graph-openapi", filepath.FromSlash(name))
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("needs the published documents beside the checkout: %s is missing", path)
	}
	return path
}

// The published documents load whole and in part, without a word.
func TestPublished(t *testing.T) {
	tests := []struct {
		file                      string
		include                   []string
		models, enums, operations int
	}{
		{"2022-05/v1.0/Teams.yml", nil, 368, 82, 278},
		{"2022-05/beta/Teams.yml", nil, 636, 182, 414},
		{"2023-07/v1.0/Teams.yml", nil, 435, 112, 973},
		{"2023-07/beta/Teams.yml", nil, 787, 222, 1207},
		{"2023-07/beta/Teams.yml", []string{"/chats/**"}, 66, 17, 105},
	}
	for _, test := range tests {
		t.Run(test.file+" "+strings.Join(test.include, " "), func(t *testing.T) {
			pkg, diags := Load(t.Context(), Options{Specs: []string{published(t, test.file)}, Include: test.include})
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			got := [3]int{len(pkg.Models), len(pkg.Enums), len(pkg.Operations)}
			if want := [3]int{test.models, test.enums, test.operations}; got != want {
				t.Errorf("%v models, enums, operations, want %v", got, want)
			}
		})
	}
}

func TestNoSpec(t *testing.T) {
	pkg, diags := Load(t.Context(), Options{})
	if pkg != nil || diags.Error() != "error: there is no spec to load (no-spec)" {
		t.Errorf("got %v, %v", pkg, diags)
	}
}

func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.yaml", []byte(books), 0o666); err != nil {
		t.Fatal(err)
	}
	pkg, diags := Load(ctx, Options{Specs: []string{"a.yaml"}})
	if pkg != nil || diags.Error() != "error: context canceled (canceled)" {
		t.Errorf("got %v, %v", pkg, diags)
	}
}

// Documents that grow when they are written out are refused before they do.
func TestBombs(t *testing.T) {
	inline := header + "components:\n  schemas:\n    a0: {type: object, properties: {x: {type: object, properties: {y: {type: string}}}}}\n"
	lists := header + "components:\n  schemas:\n    a0: {type: array, items: {type: object, properties: {x: {type: string}}}}\n"
	for i := range 40 {
		prev, name := "a"+string(rune('A'+i-1)), "a"+string(rune('A'+i))
		if i == 0 {
			prev = "a0"
		}
		inline += "    " + name + ": {type: object, properties: {x: {type: object, properties: {y: {$ref: '#/components/schemas/" + prev +
			"/properties/x'}, z: {$ref: '#/components/schemas/" + prev + "/properties/x'}}}}}\n"
		lists += "    " + name + ": {type: array, items: {type: object, properties: {x: {$ref: '#/components/schemas/" + prev +
			"'}, y: {$ref: '#/components/schemas/" + prev + "'}}}}\n"
	}
	lists += "    top: {type: object, properties: {x: {$ref: '#/components/schemas/" + "a" + string(rune('A'+39)) + "'}}}\n"
	tests := []struct{ name, text, code string }{
		{"of references to properties", inline, "large-ref"},
		{"of lists", lists, "too-large"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, diags := loadFiles(t, map[string]string{"a.yaml": test.text}, Options{Specs: []string{"a.yaml"}})
			runtime.ReadMemStats(&after)
			if len(diags) != 1 || diags[0].Code != test.code {
				t.Errorf("got %v, want one %s", diags, test.code)
			}
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 400 {
				t.Errorf("%d MB are allocated", mb)
			}
		})
	}
}

// FuzzLoad looks for documents that break the loader rather than being refused by it.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{books, header + "paths: {}\n" + boards, `{"openapi": "3.0.3", "paths": {"/a/{b}": {"get": {}}}}`,
		header + "components: {schemas: {a: {allOf: [{$ref: '#/components/schemas/a'}]}, b: &x {items: *x}, c: {anyOf: [{$ref: 'a.yaml#/components/schemas/b'}]}}}",
		header + "paths: {/a: {$ref: '#/paths/~1a'}, '/b(c=@c)': {get: {parameters: [{name: c, in: query, content: {x: {}}}]}}}",
		strings.Replace(header, "3.0.3", "3.1.0", 1) + "components: {schemas: {a: {$ref: '#/components/schemas/b', properties: {c: {type: [string, 'null', integer]}}}, b: {const: x, if: true, prefixItems: [false], patternProperties: {a: {examples: [1], exclusiveMinimum: 2}}}}}",
	} {
		f.Add(seed)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(dir, "a.yaml")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		checkLoad(t, path)
	})
}

// collect returns n and every node below it.
func collect(n *yaml.Node) []*yaml.Node {
	nodes := []*yaml.Node{n}
	for _, child := range n.Content {
		nodes = append(nodes, collect(child)...)
	}
	return nodes
}

// mutate changes a document at a few random places: it puts values of the original where they do not belong, drops
// entries, and points references elsewhere.
func mutate(doc, original *yaml.Node, random *rand.Rand) {
	nodes, values := collect(doc.Content[0]), collect(original.Content[0])
	pick := func() *yaml.Node { return values[random.IntN(len(values))] }
	for range 1 + random.IntN(3) {
		n := nodes[random.IntN(len(nodes))]
		switch random.IntN(5) {
		case 0: // another value
			*n = *pick()
		case 1: // one entry less
			if i := len(n.Content) / 2; n.Kind == yaml.MappingNode && i > 0 {
				i = random.IntN(i) * 2
				n.Content = slices.Delete(n.Content, i, i+2)
			}
		case 2: // a reference
			ref := pick().Value
			*n = yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{
				{Kind: yaml.ScalarNode, Tag: "!!str", Value: "$ref"}, {Kind: yaml.ScalarNode, Tag: "!!str", Value: "#/components/schemas/" + ref}}}
		case 3: // another key
			if n.Kind == yaml.MappingNode && len(n.Content) > 0 {
				n.Content[0] = &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: pick().Value}
			}
		case 4:
			if n.Kind == yaml.ScalarNode {
				n.Value = pick().Value
			}
		}
	}
}

// Documents that are nearly right are loaded or refused, and never break the loader.
func TestMutated(t *testing.T) {
	t.Chdir(t.TempDir())
	texts := []string{books, header + "paths:\n  /a/{x}: {$ref: '#/paths/~1b'}\n  /b(c=@c): {get: {parameters: [{name: c, in: query, schema: {$ref: '#/components/schemas/ex.color'}}], responses: {}}}\n" + boards}
	for seed := range uint64(300) {
		var doc, original yaml.Node
		if err := errors.Join(yaml.Unmarshal([]byte(texts[seed%2]), &doc), yaml.Unmarshal([]byte(texts[seed%2]), &original)); err != nil {
			t.Fatal(err)
		}
		mutate(&doc, &original, rand.New(rand.NewPCG(seed, 1)))
		text, err := yaml.Marshal(&doc)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("a.yaml", text, 0o666); err != nil {
			t.Fatal(err)
		}
		checkLoad(t, "a.yaml")
		if t.Failed() {
			t.Fatalf("seed %d:\n%s", seed, text)
		}
	}
}

// checkLoad loads a document, whatever it is worth.
func checkLoad(t *testing.T, path string) {
	t.Helper()
	for _, include := range [][]string{nil, {"/**"}} {
		pkg, diags := Load(t.Context(), Options{Specs: []string{path}, Include: include})
		for _, d := range diags {
			if d.Code == "internal" {
				t.Error(d)
			}
		}
		if (pkg == nil) != diags.HasErrors() {
			t.Errorf("package %v with %v", pkg, diags)
		}
		if pkg != nil {
			describe(pkg)
		}
	}
}
