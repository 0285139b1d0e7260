package generator

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/diff"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// nearlyNothing is a slice that has no name in common with others.
const nearlyNothing = `openapi: 3.0.4
info: {title: Nothing, version: v1.0}
servers: [{url: 'https://graph.microsoft.com/v1.0'}]
paths:
  /onlyThisPath:
    delete: {responses: {'204': {description: Gone.}}}
`

// write puts a text into a file of its own.
func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "slice.yaml")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// generate makes a package, which has to compile.
func generate(t *testing.T, keep []lock.Element, specs ...string) *Result {
	t.Helper()
	result, err := Generate(context.Background(), Config{Specs: specs, Package: "graph", Version: "test", Keep: keep})
	if err != nil {
		t.Fatal(err)
	}
	if result.Diagnostics.HasErrors() {
		t.Fatal(result.Diagnostics)
	}
	return result
}

// lasting are elements without what changes of one that is kept: its documentation, and that it is kept.
func lasting(t *testing.T, elements []lock.Element) []string {
	t.Helper()
	var lines []string
	for _, e := range elements {
		facts := map[string]any{}
		if err := json.Unmarshal([]byte(e.Facts), &facts); err != nil {
			t.Fatal(err)
		}
		delete(facts, "deprecated")
		delete(facts, "kept")
		delete(facts, "doc")
		text, err := json.Marshal(facts)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(e.ID, "/onlyThisPath") && e.Kind != api.KindService {
			lines = append(lines, strings.Join([]string{e.Kind, e.ID, e.Name, string(text)}, " "))
		}
	}
	return lines
}

// A package of which the API has dropped everything is rebuilt from its elements alone, and is what it was.
func TestKeepEverything(t *testing.T) {
	for _, name := range []string{
		"action", "alternate-key", "cast", "constants", "delta", "deprecated", "discriminator", "edm-types", "enum", "flags", "function", "inheritance",
		"inline-objects", "keys-in-parentheses", "long-running", "navigation", "nullable", "pageable", "path-arguments", "permissions", "recursion", "ref", "singleton", "sub-namespace",
		"value-stream", "slice-channel-members", "derived-key", "integer-enums", "maps",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			specs, err := filepath.Glob(filepath.Join("..", "golden", "testdata", name, "input", "*.yaml"))
			if err != nil || len(specs) == 0 {
				t.Fatalf("no input: %v", err)
			}
			before := generate(t, nil, specs...)
			nothing := write(t, nearlyNothing)
			after := generate(t, before.Elements, nothing)
			if delta := cmp.Diff(lasting(t, before.Elements), lasting(t, after.Elements)); delta != "" {
				t.Errorf("-before +kept:\n%s", delta)
			}
			changes, err := diff.CompareGo(goFiles(before.Files), goFiles(after.Files))
			if err != nil {
				t.Error(err)
			}
			for _, ch := range changes {
				if !ch.Compatible {
					t.Errorf("code that used it does not compile: %s %s", ch.Subject, ch.Message)
				}
			}
			if len(after.Diagnostics) > 0 {
				t.Errorf("kept with %v", after.Diagnostics)
			}
			var kept []lock.Element
			for _, e := range after.Elements {
				if api.IsKept(e) {
					kept = append(kept, e)
				}
			}
			again := generate(t, kept, nothing)
			if delta := cmp.Diff(texts(after.Files), texts(again.Files)); delta != "" {
				t.Errorf("kept again, and different:\n%s", delta)
			}
		})
	}
}

func goFiles(files []File) []diff.File {
	var all []diff.File
	for _, f := range files {
		all = append(all, diff.File{Name: f.Name, Data: f.Data})
	}
	return all
}

func texts(files []File) map[string]string {
	all := map[string]string{}
	for _, f := range files {
		all[f.Name] = string(f.Data)
	}
	return all
}

const owls = `openapi: 3.0.4
info: {title: Owls, version: v1.0}
servers: [{url: 'https://graph.microsoft.com/v1.0'}]
paths:
  /owls/{owl-id}:
    get:
      parameters:
        - {name: owl-id, in: path, required: true, schema: {type: string}}
        - {name: night, in: query, schema: {type: string}}
      responses: {2XX: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.owl'}}}}}
components:
  schemas:
    microsoft.graph.bird: {title: bird, type: object, properties: {id: {type: string}, nest: {$ref: '#/components/schemas/microsoft.graph.nest'}}}
    microsoft.graph.nest: {title: nest, type: object, properties: {tree: {type: string, deprecated: true, x-ms-deprecation: {removalDate: '2020-01-01', description: Use plant.}}}}
    microsoft.graph.owl:
      allOf:
        - $ref: '#/components/schemas/microsoft.graph.bird'
        - {title: owl, type: object, properties: {wings: {type: integer, format: int32}, ears: {type: string}}}
`

func TestKeep(t *testing.T) {
	tests := []struct {
		name, old, new string
		// kept are the IDs with their Go names, lost the warnings.
		kept, lost []string
	}{
		{"a parameter", "        - {name: night, in: query, schema: {type: string}}\n", "", []string{"GET /owls/{owl-id}?night Night"}, nil},
		{"a property, with what replaces it", "tree: {type: string, deprecated: true, x-ms-deprecation: {removalDate: '2020-01-01', description: Use plant.}}", "plant: {type: string}",
			[]string{"microsoft.graph.nest/tree Tree: removed from the API; it will be gone with the next generation. Use plant."}, nil},
		{"a changed property", "wings: {type: integer, format: int32}", "wings: {type: string}", nil, nil},
		{"a property of a derived type", ", ears: {type: string}", "", []string{"microsoft.graph.owl/ears Ears"}, nil},
		{"a name that is taken", "ears: {type: string}", "Ears: {type: string}", nil,
			[]string{"property microsoft.graph.owl/ears cannot be kept: its Go name Ears is taken by something new"}},
		{"a parameter's name in the path", "owl-id", "owl-id1", nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if !strings.Contains(owls, test.old) {
				t.Fatalf("the slice has no %q", test.old)
			}
			before := generate(t, nil, write(t, owls))
			after := generate(t, before.Elements, write(t, strings.ReplaceAll(owls, test.old, test.new)))
			compareKept(t, after, test.kept, test.lost)
		})
	}
}

// What has moved between a base and what is derived from it stays where it is now.
func TestKeepMoved(t *testing.T) {
	up := strings.NewReplacer("wings: {type: integer, format: int32}, ", "", "properties: {id: {type: string}, nest",
		"properties: {wings: {type: integer, format: int32}, id: {type: string}, nest").Replace(owls)
	below, above := generate(t, nil, write(t, owls)), generate(t, nil, write(t, up))
	compareKept(t, generate(t, below.Elements, write(t, up)), nil, nil)
	compareKept(t, generate(t, above.Elements, write(t, owls)), nil,
		[]string{"property microsoft.graph.bird/wings cannot be kept: it is a property of microsoft.graph.owl now"})
}

func compareKept(t *testing.T, result *Result, wantKept, wantLost []string) {
	t.Helper()
	var kept, lost []string
	for _, e := range result.Elements {
		if !api.IsKept(e) {
			continue
		}
		line := e.ID + " " + e.Name
		facts, err := api.Decode[api.Common](e)
		if err != nil {
			t.Fatal(err)
		}
		const usual = "removed from the API; it will be gone with the next generation."
		if facts.Deprecated.Text != usual {
			line += ": " + facts.Deprecated.Text
		}
		kept = append(kept, line)
	}
	for _, d := range result.Diagnostics {
		if d.Severity != diag.Warning || d.Code != "not-kept" {
			t.Errorf("unexpected: %v", d)
		}
		lost = append(lost, d.Message)
	}
	if delta := cmp.Diff(wantKept, kept); delta != "" {
		t.Errorf("kept (-want +got):\n%s", delta)
	}
	if delta := cmp.Diff(wantLost, lost); delta != "" {
		t.Errorf("lost (-want +got):\n%s", delta)
	}
}

// A lock can be anybody's: what is wrong in it is a warning and changes nothing.
func TestKeepFromBadLocks(t *testing.T) {
	nothing := write(t, nearlyNothing)
	want := generate(t, nil, nothing)
	for _, test := range []struct{ kind, id, name, facts, lost string }{
		{"type", "ex.a", "A; func init() {}", "{}", `"A; func init() {}" is no exported Go name`},
		{"type", "ex.a", "a", "{}", `"a" is no exported Go name`},
		{"type", "ex.a", "A", "{", "the facts of type ex.a cannot be read: unexpected end of JSON input"},
		{"type", "ex.a", "A", `{"base":"ex.b"}`, "its base ex.b is not there any more"},
		{"type", "ex.a", "A", `{"base":"ex.a"}`, "its base ex.a is not there any more"},
		{"type", "ex.a", "A", `{"entitySet":"../x"}`, `"../x" is no entity set`},
		{"enum", "ex.e", "E", `{"integer":"Edm.String"}`, `"Edm.String" is no type of integers`},
		{"operation", "GET /a", "Get", `{"does":"get"}`, `the steps of its path make ""`},
		{"operation", "GET /a", "Get", `{"does":"get","segments":[{"name":"b"}]}`, `the steps of its path make "/b"`},
		{"operation", "GET /a", "Get", `{"does":"get","segments":[{"kind":"hop","name":"a"}]}`, `its path has a step of unknown kind "hop"`},
		{"operation", "GET /a", "Get", `{"does":"get","segments":[{"name":"a"}],"response":{"type":"ex.b"}}`, "its type ex.b is not there any more"},
		{"constant", "a/b", "B", "{}", "the property that it was a value of is not there any more"},
		{"property", "nowhere", "A", "{}", ""},
		{"member", "nowhere", "A", "{}", ""},
		{"parameter", "nowhere", "A", "{}", ""},
		{"constant", "nowhere", "A", "{}", ""},
	} {
		got := generate(t, []lock.Element{{Kind: test.kind, ID: test.id, Name: test.name, Facts: test.facts}}, nothing)
		if delta := cmp.Diff(texts(want.Files), texts(got.Files)); delta != "" {
			t.Errorf("%+v changed the package:\n%s", test, delta)
		}
		var lost []string
		if test.lost != "" {
			lost = []string{test.kind + " " + test.id + " cannot be kept: " + test.lost}
		}
		compareKept(t, got, nil, lost)
	}
}
