package generator_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/overrides"
)

// crowded makes a slice of few words in many spellings, so that names collide in every way there is.
func crowded(random *rand.Rand) string {
	pick := func(words ...string) string { return words[random.IntN(len(words))] }
	word := func() string {
		return pick("a", "A", "a-b", "aB", "a_b", "A.b", "b", "chat", "chats", "chatB", "listOptions", "propertyA", "PropertyB", "bindA", "getA", "id", "iD", "client", "options", "count", "value")
	}
	types := map[string]bool{}
	for range 6 + random.IntN(6) {
		types["microsoft.graph."+word()+pick("", "", "ListOptions", "PropertyA", "Requests", "B")] = true
	}
	names := slices.Sorted(maps.Keys(types))
	ref := func() string { return "{$ref: '#/components/schemas/" + names[random.IntN(len(names))] + "'}" }
	var b strings.Builder
	b.WriteString("openapi: 3.0.3\ninfo: {title: t, version: v1.0}\nservers: [{url: https://graph.microsoft.com/v1.0}]\npaths:\n")
	paths := map[string]bool{}
	for range 8 + random.IntN(8) {
		root := word()
		path := "/" + root
		switch random.IntN(6) {
		case 0:
			path += "/{" + strings.TrimSuffix(root, "s") + "-id}"
		case 1:
			path += "/{" + strings.TrimSuffix(root, "s") + "-id}/" + word()
		case 2:
			path += "/" + word()
		case 3:
			path += "/microsoft.graph." + word()
		case 4:
			path += "/microsoft.graph." + word() + "(" + "x='{x}')"
		}
		if paths[path] {
			continue
		}
		paths[path] = true
		fmt.Fprintf(&b, "  %q:\n", path)
		var params []string
		for _, part := range strings.Split(path, "{")[1:] {
			name, _, _ := strings.Cut(part, "}")
			params = append(params, "{name: "+name+", in: path, required: true, schema: {type: string}}")
		}
		for _, name := range []string{"a_b", "aB"}[:random.IntN(3)] {
			params = append(params, "{name: "+name+", in: query, schema: {type: string}}")
		}
		method := "get"
		if strings.Contains(path, "microsoft.graph.") && !strings.Contains(path, "(") {
			method = "post"
		}
		body := ref()
		if random.IntN(2) == 0 {
			body = "{type: object, properties: {value: {type: array, items: " + body + "}}}"
		}
		fmt.Fprintf(&b, "    %s:\n      parameters: [%s]\n      responses: {2XX: {description: ok, content: {application/json: {schema: %s}}}}\n",
			method, strings.Join(params, ", "), body)
	}
	b.WriteString("components:\n  schemas:\n")
	for _, name := range names {
		if random.IntN(4) == 0 {
			fmt.Fprintf(&b, "    %s: {type: string, enum: [%s, x, propertyA, requests]}\n", name, pick("a", "B", "a-b"))
			continue
		}
		props := map[string]bool{}
		fmt.Fprintf(&b, "    %s:\n      type: object\n      x-graphslice-entity-set: sets\n      properties:\n        id: {type: string}\n", name)
		for range 4 {
			if p := word(); p != "id" && !props[p] {
				props[p] = true
				fmt.Fprintf(&b, "        %s: %s\n", p, pick("{type: string}", "{allOf: ["+ref()+"], x-ms-navigationProperty: true, x-graphslice-entity-set: others}",
					"{type: object, properties: {a: {type: string}, A: {type: string}}}"))
			}
		}
	}
	return b.String()
}

// Whatever collides in a package, the overrides that the hints give mend all of it at once.
func TestOverridesOfCollisionsHelp(t *testing.T) {
	collided := 0
	for seed := range uint64(30) {
		dir := t.TempDir()
		spec, file := filepath.Join(dir, "a.yaml"), filepath.Join(dir, "overrides.yaml")
		text := crowded(rand.New(rand.NewPCG(seed, 31)))
		if err := os.WriteFile(spec, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		cfg := generator.Config{Specs: []string{spec}, Package: "graph", Version: "1"}
		result, err := generator.Generate(t.Context(), cfg)
		if err != nil {
			t.Errorf("seed %d: %v\n%s", seed, err, text)
			continue
		}
		var found []diag.Override
		for _, d := range result.Diagnostics {
			if d.Severity == diag.Error && d.Override == nil {
				t.Errorf("seed %d: no override: %s\n%s", seed, d, text)
			}
			if d.Override != nil {
				found = append(found, *d.Override)
			}
		}
		if len(found) == 0 {
			continue
		}
		collided++
		added, err := overrides.Add(file, found)
		if err == nil {
			err = os.WriteFile(file, added, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
		cfg.Overrides = []string{file}
		result, err = generator.Generate(t.Context(), cfg)
		if err != nil || result.Diagnostics.HasErrors() {
			t.Errorf("seed %d: with\n%s: %v %v\n%s", seed, added, err, result, text)
			continue
		}
		checkDeclared(t, cfg, result)
	}
	if collided < 20 {
		t.Errorf("only %d of the slices have names that collide", collided)
	}
}

// A property that is called as the method by which its type becomes one of its base is told, with an override that helps.
func TestPropertyCalledAsTheBase(t *testing.T) {
	dir := t.TempDir()
	spec, file := filepath.Join(dir, "a.yaml"), filepath.Join(dir, "overrides.yaml")
	for name, text := range map[string]string{spec: `openapi: 3.0.3
info: {title: t, version: v1.0}
servers: [{url: https://graph.microsoft.com/v1.0}]
paths:
  /messages:
    get: {responses: {2XX: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.message'}}}}}}
components:
  schemas:
    microsoft.graph.message:
      type: object
      properties: {id: {type: string}, '@odata.type': {type: string}}
      discriminator: {propertyName: '@odata.type', mapping: {'#microsoft.graph.eTag': '#/components/schemas/microsoft.graph.eTag', '#microsoft.graph.answer': '#/components/schemas/microsoft.graph.answer'}}
    microsoft.graph.eTag: {allOf: [{$ref: '#/components/schemas/microsoft.graph.message'}, {type: object, title: eTag}]}
    microsoft.graph.answer:
      allOf: [{$ref: '#/components/schemas/microsoft.graph.eTag'}, {type: object, properties: {message: {type: string}}}]
`, file: "properties: {microsoft.graph.answer/message: {rename: Text}}\n"} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cfg := generator.Config{Specs: []string{spec}, Package: "graph", Version: "1"}
	result, err := generator.Generate(t.Context(), cfg)
	if err != nil || !result.Diagnostics.HasErrors() {
		t.Fatal(result, err)
	}
	for _, d := range result.Diagnostics {
		if !strings.Contains(d.Message, "the method that makes a value of type microsoft.graph.message") || d.Override == nil {
			t.Errorf("%s", d)
		}
	}
	cfg.Overrides = []string{file}
	result, err = generator.Generate(t.Context(), cfg)
	if err != nil || result.Diagnostics.HasErrors() {
		t.Error(result, err)
	}
}

// Microsoft's own document of groups has two paths that the rule for each of them gives one name, and needs no override.
func TestPublishedGroupsNeedNoOverride(t *testing.T) {
	spec := filepath.FromSlash("../../shared/graph-openapi/2023-07/v1.0/Groups.yml")
	if _, err := os.Stat(spec); err != nil {
		t.Skip("SKIPPED: the published documents are not here: ", err)
	}
	contents, diags, err := generator.Read(t.Context(), generator.Config{Specs: []string{spec}, Package: "graph", Version: "1"})
	if err != nil || diags.HasErrors() {
		t.Fatal(err, diags)
	}
	names := map[string]string{}
	var walk func(r *ir.Resource)
	walk = func(r *ir.Resource) {
		names[r.Path()] = contents.Names.Path(r)
		for _, c := range r.Children {
			walk(c)
		}
	}
	for _, r := range contents.Resources {
		walk(r)
	}
	for path, want := range map[string]string{"/groupSettings": "GroupSettings", "/groups/{group-id}/settings": "GroupsItemSettings", "/groups/{group-id}/owners": "GroupOwners"} {
		if names[path] != want {
			t.Errorf("%s is %s, want %s", path, names[path], want)
		}
	}
}
