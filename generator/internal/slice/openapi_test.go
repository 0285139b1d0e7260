package slice_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/slice"
)

// apiConfig cuts one slice from an OpenAPI document alone.
func apiConfig() slice.Config {
	return slice.Config{
		OpenAPI: filepath.Join("testdata", "school-api.yaml"), Docs: "{page}",
		Files: []slice.File{{Out: "api.yaml", Title: "Courses", Include: []string{"/courses", "/courses/{course-id}/lessons"}}},
	}
}

// joinedConfig joins it with the metadata.
func joinedConfig() slice.Config {
	cfg := apiConfig()
	cfg.Metadata = []string{filepath.Join("testdata", "school.xml")}
	cfg.Files[0].Out = "joined.yaml"
	return cfg
}

// cutAll cuts and returns the diagnostics, which are no errors, as a text.
func cutAll(t *testing.T, cfg slice.Config) (*slice.Result, string) {
	t.Helper()
	result, err := slice.Cut(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if result.Diagnostics.HasErrors() {
		t.Fatal(result.Diagnostics)
	}
	return result, filepath.ToSlash(result.Diagnostics.Error())
}

// The document alone: entities that no operation sends or receives stand at the border, marked or not, and what says that it
// derives from a type in the slice is in it.
func TestCutPublished(t *testing.T) {
	result, diags := cutAll(t, apiConfig())
	if diags != "" {
		t.Errorf("diagnostics: %s", diags)
	}
	golden(t, "api.yaml", result.Documents[0].Render())
}

// Joined: types are as the metadata has them, and where the two disagree, both places are named.
func TestCutJoined(t *testing.T) {
	result, diags := cutAll(t, joinedConfig())
	golden(t, "joined.yaml", result.Documents[0].Render())
	decide := func(name string) string {
		return "\n\thint: to decide it, write into the notes: decisions: {" + name + ": openapi} or metadata; * stands for any rest of a name"
	}
	want := []string{
		"testdata/school-api.yaml:95:13: warning: micro.school.course/size is string here and number int32 in the metadata, which is followed (disagreement)" +
			"\n\tsee also testdata/school.xml:52:9" + decide("micro.school.course/size"),
		"testdata/school-api.yaml:97:13: warning: the metadata has no property micro.school.course/price, so it is left out (disagreement)" +
			"\n\tsee also testdata/school.xml:49:7" + decide("micro.school.course/price"),
		"testdata/school-api.yaml:120:13: warning: the metadata has no property micro.school.lesson/place, so it is left out (disagreement)" +
			"\n\tsee also testdata/school.xml:58:7" + decide("micro.school.lesson/place"),
		"testdata/school-api.yaml:152:32: warning: micro.school.state has no member cancelled in the metadata, so it is left out (disagreement)" +
			"\n\tsee also testdata/school.xml:73:7" + decide("micro.school.state"),
	}
	if diff := cmp.Diff(strings.Join(want, "\n"), diags); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
}

// The notes decide disagreements, either way, and are silent then.
func TestCutDecisions(t *testing.T) {
	cfg := joinedConfig()
	notes := filepath.Join(t.TempDir(), "notes.yaml")
	cfg.Notes = []string{notes}
	text := "types: {micro.school.course: {properties: {size: How many take part.}}}\n" +
		"decisions:\n  micro.school.course/teacher: openapi\n  micro.school.course/size: openapi\n  micro.school.course/price: metadata\n  micro.school.lesson/place: metadata\n  micro.school.state: openapi\n"
	if err := os.WriteFile(notes, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	result, diags := cutAll(t, cfg)
	if diags != "" {
		t.Errorf("diagnostics: %s", diags)
	}
	var d struct {
		Components struct{ Schemas map[string]schema }
	}
	if err := yaml.Unmarshal(result.Documents[0].Render(), &d); err != nil {
		t.Fatal(err)
	}
	if got := d.Components.Schemas["micro.school.course"].AllOf[1].Properties["size"].Type; got != "string" {
		t.Errorf("size is a %s", got)
	}
	// What the document is right about is as any property of it: with the words of the notes, and marked if it leads to an entity.
	properties := d.Components.Schemas["micro.school.course"].AllOf[1].Properties
	if got := properties["size"].Description; got != "How many take part." {
		t.Errorf("size is described with %q", got)
	}
	if !properties["teacher"].Navigation {
		t.Error("teacher is no navigation property")
	}
	if diff := cmp.Diff([]string{"planned", "running", "cancelled"}, d.Components.Schemas["micro.school.state"].Enum); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}
}

// Decisions bring in what the metadata lacks, and may be for many properties at once.
func TestCutDecisionsForMany(t *testing.T) {
	const size, price, place = "size", "price", "place"
	cases := map[string]struct {
		decisions string
		// has are the properties of the course and the lesson that are as the document has them.
		has   []string
		diags int // of four
	}{
		"named":                             {"{micro.school.course/price: openapi, micro.school.lesson/place: metadata}", []string{price}, 2},
		"all properties of a type":          {"{'micro.school.course/*': openapi}", []string{size, price}, 2},
		"a property of all types":           {"{'*/place': openapi}", []string{place}, 3},
		"all":                               {"{'*': openapi}", []string{size, price, place}, 0},
		"the more exact wins":               {"{'*': openapi, 'micro.school.*/price': metadata, micro.school.course/size: metadata}", []string{place}, 0},
		"types only":                        {"{'micro.school.*': openapi}", nil, 3},
		"what only the metadata has, named": {"{micro.school.lesson/parts: openapi}", nil, 4},
	}
	for name, c := range cases {
		cfg := joinedConfig()
		cfg.Notes = []string{filepath.Join(t.TempDir(), "notes.yaml")}
		if err := os.WriteFile(cfg.Notes[0], []byte("decisions: "+c.decisions), 0o666); err != nil {
			t.Fatal(err)
		}
		result, _ := cutAll(t, cfg)
		var warned int
		for _, d := range result.Diagnostics {
			if d.Code == "disagreement" {
				warned++
			}
		}
		documents, _ := cutSchemas(t, cfg)
		course, lesson := documents[0]["micro.school.course"].own().Properties, documents[0]["micro.school.lesson"].own().Properties
		var has []string
		if course[size].Type == "string" {
			has = append(has, size)
		}
		if course[price].target() == "micro.school.price" && len(documents[0]["micro.school.price"].Properties) == 1 {
			has = append(has, price)
		}
		if lesson[place].target() == "micro.school.place" && mapping(documents[0]["micro.school.place"]) == "pitch" {
			has = append(has, place)
		}
		if diff := cmp.Diff(c.has, has); diff != "" || warned != c.diags {
			t.Errorf("%s: %d disagreements, want %d; as the document has them (-want +got):\n%s", name, warned, c.diags, diff)
		}
		if _, ok := lesson["parts"]; ok == strings.Contains(c.decisions, "lesson/parts") {
			t.Errorf("%s: a property that only the metadata has is there: %t", name, ok)
		}
		if len(result.Unused) > 0 {
			t.Errorf("%s: of no use: %v", name, result.Unused)
		}
	}
}

// The same document in JSON makes the same slice, to the byte.
func TestCutPublishedJSON(t *testing.T) {
	cfg := apiConfig()
	data, err := os.ReadFile(cfg.OpenAPI)
	if err != nil {
		t.Fatal(err)
	}
	var document any
	if err := yaml.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(document) // which sorts the keys
	if err != nil {
		t.Fatal(err)
	}
	slices := map[string]string{}
	for name, content := range map[string][]byte{"api.json": text, "sorted.yaml": toYAML(t, text)} {
		cfg.OpenAPI = filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(cfg.OpenAPI, content, 0o666); err != nil {
			t.Fatal(err)
		}
		result, _ := cutAll(t, cfg)
		slices[name] = string(result.Documents[0].Render())
	}
	if diff := cmp.Diff(slices["sorted.yaml"], slices["api.json"]); diff != "" {
		t.Errorf("-YAML +JSON:\n%s", diff)
	}
}

// toYAML writes JSON in block style.
func toYAML(t *testing.T, text []byte) []byte {
	t.Helper()
	var document any
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	data, err := yaml.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What the configuration can say of a document's types, in the short form of their names.
func TestCutPublishedTypes(t *testing.T) {
	cases := map[string]struct {
		change       func(*slice.Config)
		full, border string
	}{
		"as it is":   {func(*slice.Config) {}, "course entity lesson pitch place price state", "person teacher"},
		"follow":     {func(c *slice.Config) { c.Follow = []string{"course.members"} }, "course entity lesson person pitch place price state teacher", ""},
		"type":       {func(c *slice.Config) { c.Types = []string{"person"} }, "course entity lesson person pitch place price state teacher", ""},
		"without":    {func(c *slice.Config) { c.Without = []string{"pitch"} }, "course entity lesson place price state", "person teacher"},
		"properties": {func(c *slice.Config) { c.Properties = map[string][]string{"course": {"title", "members"}} }, "course entity lesson pitch place", "person"},
	}
	for name, c := range cases {
		cfg := apiConfig()
		c.change(&cfg)
		result, _ := cutAll(t, cfg)
		var full, border []string
		for _, typ := range result.Types {
			name, ok := strings.CutPrefix(typ.Name, "micro.school.")
			switch {
			case !ok || strings.HasSuffix(name, "Response"):
			case typ.Border:
				border = append(border, name)
			default:
				full = append(full, name)
			}
		}
		if diff := cmp.Diff([]string{c.full, c.border}, []string{strings.Join(full, " "), strings.Join(border, " ")}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A property of a schema that is left out stays, with the nearest base or any JSON.
func TestCutPublishedLeftOut(t *testing.T) {
	cfg := apiConfig()
	cfg.Without = []string{"price", "teacher"}
	documents, diags := cutSchemas(t, cfg)
	hint := "\n\thint: to have the type, take it out of without"
	want := []string{
		"warning: micro.school.course/price is declared with micro.school.price, which is left out: the slice has any JSON instead (left-out)" + hint,
		"warning: micro.school.course/teacher is declared with micro.school.teacher, which is left out: the slice has micro.school.person instead (left-out)" + hint,
	}
	if diff := cmp.Diff(want, diags); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
	course := documents[0]["micro.school.course"].own().Properties
	if diff := cmp.Diff(schema{}, course["price"]); diff != "" {
		t.Errorf("price (-want +got):\n%s", diff)
	}
	if teacher := course["teacher"]; teacher.target() != "micro.school.person" || !teacher.Navigation {
		t.Errorf("teacher is %+v", teacher)
	}
	if !documents[0]["micro.school.person"].Border || documents[0]["micro.school.price"].Type != "" {
		t.Errorf("the schemas are %+v", documents[0])
	}
}

func TestCutPublishedFaults(t *testing.T) {
	const head = "openapi: 3.0.1\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n"
	cases := map[string]struct{ text, want string }{
		"a reference to nothing": {head + "          $ref: '#/components/responses/gone'\n",
			`api.yaml:7:17: error: "#/components/responses/gone" is not a component of this document (unresolved-ref)` +
				"\n\thint: references are followed to components of the same document, such as #/components/schemas/name"},
		"a reference to nothing, further on": {head + "          $ref: '#/components/responses/r'\ncomponents:\n  responses:\n    r:\n      content:\n        a/b:\n          schema:\n            $ref: '#/components/schemas/gone'\n",
			`api.yaml:14:19: error: "#/components/schemas/gone" is not a component of this document (unresolved-ref)` +
				"\n\thint: references are followed to components of the same document, such as #/components/schemas/name"},
		"no match": {head + "          description: x\n",
			"api.yaml: error: the pattern /b selects no operation (no-match)\n\thint: the nearest paths are /a"},
		"no server": {head + "          description: x\n",
			"error: the URL of the service is not known: the sources do not tell it (no-service-root)\n\thint: write it as serviceRoot, or with --service-root"},
		"metadata": {"<?xml version=\"1.0\"?><a/>", "api.yaml:1:1: error: this is neither a YAML mapping nor a JSON object (not-yaml)\n\thint: a document begins with \"openapi: 3.0.3\""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			cfg := apiConfig()
			dir := t.TempDir()
			cfg.OpenAPI = filepath.Join(dir, "api.yaml")
			if err := os.WriteFile(cfg.OpenAPI, []byte(c.text), 0o666); err != nil {
				t.Fatal(err)
			}
			if name != "no server" {
				cfg.ServiceRoot = "https://school.example/v2"
			}
			cfg.Files[0].Include = []string{"/a"}
			if name == "no match" {
				cfg.Files[0].Include = []string{"/b"}
			}
			result, err := slice.Cut(context.Background(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.ReplaceAll(result.Diagnostics.Error(), filepath.ToSlash(dir)+"/", "")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
			if result.Documents != nil {
				t.Error("documents came back all the same")
			}
		})
	}
}
