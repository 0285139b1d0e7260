package golden

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator"
)

// cleaned is Graph's metadata as Microsoft corrects it before it makes documents of it.
var cleaned = filepath.Join(metadata, "v1.0-clean-2026-08.xml")

// cutApart cuts one slice of the cleaned metadata and writes it to a file.
func cutApart(t *testing.T, change func(*generator.SliceConfig), include ...string) string {
	t.Helper()
	if _, err := os.Stat(cleaned); err != nil {
		t.Skipf("SKIPPED: the metadata is needed beside the repository: %v", err)
	}
	cfg := generator.SliceConfig{Metadata: []string{cleaned}, ServiceRoot: "https://graph.microsoft.com/v1.0", Docs: "{page}",
		Files: []generator.SliceFile{{Title: "Slice", Include: include}}}
	if change != nil {
		change(&cfg)
	}
	cut, err := generator.OfCut(cfg).Cut(context.Background(), generator.CutOptions{DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range cut.Faults {
		if d.Severity != generator.Note {
			t.Fatal(cut.Faults)
		}
	}
	spec := filepath.Join(t.TempDir(), "slice.yaml")
	writeFile(t, spec, string(cut.Files[0].Data))
	return spec
}

func generateSpecs(t *testing.T, specs []string) map[string]string {
	t.Helper()
	result, err := generator.Generate(context.Background(), generator.Config{Specs: specs, Package: "graph", Version: "golden"})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Diagnostics) > 0 {
		t.Fatal(result.Diagnostics)
	}
	files := map[string]string{}
	for _, f := range result.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// Slices that are cut by calls of their own, each as far as it needs the types, merge into one package, in whatever order.
func TestSlicesCutApart(t *testing.T) {
	only := func(typ string, properties ...string) func(*generator.SliceConfig) {
		return func(c *generator.SliceConfig) { c.Properties = map[string][]string{typ: properties} }
	}
	follow := func(paths ...string) func(*generator.SliceConfig) {
		return func(c *generator.SliceConfig) { c.Follow = paths }
	}
	specs := []string{
		cutApart(t, only("user", "displayName", "mail", "manager"), "/users#GET,POST", "/users/{id}#GET,PATCH", "/groups#GET", "/groups/{id}#GET"),
		cutApart(t, only("user", "displayName", "jobTitle", "calendar"), "/me#GET"),
		cutApart(t, follow(generator.FollowBodies), "/me/messages#GET,POST", "/me/messages/{id}#GET,PATCH"),
		cutApart(t, nil, "/me/events#GET,POST", "/me/calendarView#GET"),
		cutApart(t, follow("drive.root"), "/drives/{id}#GET", "/me/drive#GET"),
		cutApart(t, nil, "/planner/plans/**"),
		cutApart(t, nil, "/reports/dailyPrintUsageByUser/**"),
		cutApart(t, follow("chat.members"), "/chats#GET,POST"),
	}
	forward := generateSpecs(t, specs)
	slices.Reverse(specs)
	if diff := cmp.Diff(forward, generateSpecs(t, specs)); diff != "" {
		t.Errorf("the order of the slices matters (-one way +the other):\n%s", diff)
	}
	for _, field := range []string{"JobTitle", "Mail"} { // each from a slice that has not the other
		if !regexp.MustCompile(`(?s)type User struct \{[^}]*\t` + field + ` `).MatchString(forward["models.go"]) {
			t.Errorf("User has no field %s", field)
		}
	}
	module := newModule(t)
	for name, text := range forward {
		writeFile(t, filepath.Join(module, "graph", name), text)
	}
	runGo(t, module, "vet", "./...")
}

// In a large slice every type that others derive from has a discriminator.
func TestEveryBaseHasItsDiscriminator(t *testing.T) {
	data, err := os.ReadFile(cutApart(t, nil, "/users/**", "/chats/**", "/me/messages/**", "/planner/**"))
	if err != nil {
		t.Fatal(err)
	}
	schema := regexp.MustCompile(`(?m)^    (microsoft\.graph\.[\w.]+):\n((?:      .*\n)+)`)
	isBase, has := map[string]bool{}, map[string]bool{}
	for _, m := range schema.FindAllStringSubmatch(string(data), -1) {
		has[m[1]] = strings.Contains(m[2], "discriminator:")
		if base, ok := strings.CutPrefix(m[2], "      allOf:\n        - $ref: '#/components/schemas/"); ok && !strings.Contains(m[2], "x-graphslice-reference") {
			isBase[base[:strings.IndexByte(base, '\'')]] = true
		}
	}
	for base := range isBase {
		if !has[base] && !strings.HasPrefix(base, "Base") {
			t.Errorf("%s has no discriminator", base)
		}
	}
	if len(isBase) < 20 {
		t.Errorf("only %d bases were looked at", len(isBase))
	}
}

// The README's first program compiles against a slice that its commands cut, with the notes that name the roles.
func TestReadmeProgramOfASlice(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	program := regexp.MustCompile("(?s)```go\n(package main\n.*?)```").FindSubmatch(readme)
	if program == nil {
		t.Fatal("README.md has no program")
	}
	notes := filepath.Join(t.TempDir(), "notes.yaml")
	writeFile(t, notes, "constants:\n  microsoft.graph.conversationMember/roles: {name: role, values: {owner: May change the chat., guest: Comes from elsewhere.}}\n")
	spec := cutApart(t, func(c *generator.SliceConfig) { c.Follow, c.Notes = []string{"chat.members"}, []string{notes} }, "/chats#GET,POST", "/chats/{id}#GET,PATCH")
	module := newModule(t)
	for name, text := range generateSpecs(t, []string{spec}) {
		writeFile(t, filepath.Join(module, "graph", name), text)
	}
	main := strings.Replace(string(program[1]), "github.com/graphslice/graphslice/generated/v1.0/graph", "example.com/golden/graph", 1)
	writeFile(t, filepath.Join(module, "main.go"), main)
	runGo(t, module, "vet", "./...")
}
