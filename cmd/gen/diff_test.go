package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pets is a slice of one operation and one type with two properties.
const pets = `openapi: 3.0.4
info: {title: Pets, version: v1.0}
servers: [{url: 'https://graph.microsoft.com/v1.0'}]
paths:
  /pets:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.pet'}}}}
      responses:
        2XX:
          description: The pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.pet'}}}
components:
  schemas:
    microsoft.graph.pet:
      title: pet
      type: object
      properties:
        id: {type: string}
        age: {type: integer, format: int32, description: In years.}
        name: {type: string}
`

// petsWithoutAge drops a property and changes what is said of another.
var petsWithoutAge = strings.NewReplacer(
	"        age: {type: integer, format: int32, description: In years.}\n", "",
	"name: {type: string}", "name: {type: string, description: What it hears to.}",
).Replace(pets)

// layPets makes a configuration and the package of it, then puts another slice there.
func layPets(t *testing.T, then string) {
	t.Helper()
	t.Chdir(t.TempDir())
	lay(t, map[string]string{
		"graphslice.yaml": "packages: [{specs: [pets.yaml], out: internal/graph, package: graph}]\n", "pets.yaml": pets,
	})
	if r := ask("--quiet"); r.code != exitOK {
		t.Fatal(r)
	}
	lay(t, map[string]string{"pets.yaml": then})
}

const removedAge = `breaks Go
  property-removed microsoft.graph.pet/age (Pet.Age)
      Replace graph.Pet.Age: the slices do not have the property any more; what arrives all the same
          is in AdditionalProperties["age"].
      Go: Pet.Age removed; PetPropertyAge removed
`

const documentedName = `
documentation only
  documentation-changed microsoft.graph.pet/name (Pet.Name)
`

func TestDiffDisk(t *testing.T) {
	layPets(t, pets)
	same := result{exitOK, "internal/graph: no difference, from the last generation to the specs\n", ""}
	if diff := cmp.Diff(same, ask("diff", "--fail-on", "any"), cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("nothing changed (-want +got):\n%s", diff)
	}

	lay(t, map[string]string{"pets.yaml": petsWithoutAge})
	head := "internal/graph: 1 breaking (1 in Go, 0 on the wire alone), 0 compatible, 1 documentation only\nfrom the last generation to the specs\n\n"
	tests := []struct {
		args []string
		want result
	}{
		{nil, result{exitOK, head + removedAge + documentedName, ""}},
		{[]string{"--out", "internal/graph"}, result{exitOK, head + removedAge + documentedName, ""}},
		{[]string{"--spec", "pets.yaml", "--out", "internal/graph"}, result{exitOK, head + removedAge + documentedName, ""}},
		{[]string{"--no-docs", "--fail-on", "breaking"},
			result{exitDiffers, "internal/graph: 1 breaking (1 in Go, 0 on the wire alone), 0 compatible, 0 documentation only\nfrom the last generation to the specs\n\n" + removedAge, ""}},
	}
	before := tree(t)
	for _, test := range tests {
		if diff := cmp.Diff(test.want, ask(append([]string{"diff"}, test.args...)...), cmp.AllowUnexported(result{})); diff != "" {
			t.Errorf("gen diff %s (-want +got):\n%s", strings.Join(test.args, " "), diff)
		}
	}
	if diff := cmp.Diff(before, tree(t)); diff != "" {
		t.Errorf("gen diff wrote something:\n%s", diff)
	}
}

// What is kept is no difference as long as the slice stays, and is gone with the next one.
func TestKeepRemoved(t *testing.T) {
	layPets(t, petsWithoutAge)
	must := func(code int, args ...string) string {
		t.Helper()
		r := ask(args...)
		if r.code != code {
			t.Fatalf("gen %s: %d, want %d\n%s%s", strings.Join(args, " "), r.code, code, r.stdout, r.stderr)
		}
		return r.stdout
	}
	keptField := regexp.MustCompile(`(?m)^\t// Deprecated: removed from the API; it will be gone with the next generation\.\n\tAge +Opt\[int32\]$`)
	models := func() []byte {
		t.Helper()
		text, err := os.ReadFile(filepath.Join("internal", "graph", "models.go"))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}

	must(exitOK, "--keep-removed")
	if text := models(); !keptField.Match(text) {
		t.Errorf("the field is not kept:\n%s", text)
	}
	first := tree(t)
	must(exitOK, "check")
	must(exitOK, "check", "--full")
	must(exitOK)
	must(exitOK, "--keep-removed")
	if diff := cmp.Diff(first, tree(t)); diff != "" {
		t.Errorf("generated again, and different:\n%s", diff)
	}
	if got := must(exitOK, "diff", "--fail-on", "any"); !strings.Contains(got, "no difference") {
		t.Errorf("diff with what is kept:\n%s", got)
	}

	lay(t, map[string]string{"pets.yaml": petsWithoutAge + "# another day\n"})
	if got := must(exitDiffers, "diff", "--fail-on", "breaking"); !strings.Contains(got, removedAge) {
		t.Errorf("diff with the next generation:\n%s", got)
	}
	must(exitDiffers, "check")
	must(exitOK, "--keep-removed")
	if text := models(); bytes.Contains(text, []byte("Age")) {
		t.Errorf("after the next generation the field is still there:\n%s", text)
	}
	must(exitOK, "check", "--full")
}

func TestDiffFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	colliding := strings.Replace(pets, "name: {type: string}", "Name: {type: string}\n        name: {type: string}", 1)
	schema := func(declarations string) string {
		return `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices><Schema Namespace="a" ` +
			`xmlns="http://docs.oasis-open.org/odata/ns/edm">` + declarations + `<EntityContainer Name="c"/></Schema></edmx:DataServices></edmx:Edmx>`
	}
	lay(t, map[string]string{
		"old.yaml": pets, "new.yaml": petsWithoutAge, "colliding.yaml": colliding, "cats.yaml": strings.Replace(pets, "  /pets:", "  /cats:", 1), "bad.yaml": "openapi: 3.0.4\n", "empty": "",
		"old.xml": "\ufeff\n" + schema(`<ComplexType Name="b"/>`), "new.xml": schema(""),
	})
	const removedCats = `1 breaking (1 in Go, 0 on the wire alone), 1 compatible, 0 documentation only
from cats.yaml to old.yaml

breaks Go
  operation-removed POST /cats (CatsRequests.Create)
      Replace the calls of graph.CatsRequests.Create: the API does not describe POST /cats any more.
      Go: (*Client).Cats removed; CatsRequests removed

compatible
  operation-added POST /pets (PetsRequests.Create)
`
	tests := []struct {
		args []string
		want result
	}{
		{[]string{"old.yaml", "new.yaml"}, result{exitOK,
			"1 breaking (1 in Go, 0 on the wire alone), 0 compatible, 1 documentation only\nfrom old.yaml to new.yaml\n\n" + removedAge + documentedName, ""}},
		{[]string{"old.yaml", "new.yaml", "--include", "/pets#POST"}, result{exitOK,
			"1 breaking (1 in Go, 0 on the wire alone), 0 compatible, 1 documentation only\nfrom old.yaml to new.yaml\n\n" + removedAge + documentedName, ""}},
		{[]string{"old.yaml", "new.yaml", "--include", "/pets/**", "--include", "/cats"}, result{exitInput, "",
			"error: include \"/cats\" matches no operation (unmatched-pattern)\n\thint: the nearest paths are /pets\n"}},
		{[]string{"none", "cats.yaml", "--include", "/cats"}, result{exitInput, "", "none: error: no such file or directory (file)\n"}},
		{[]string{"cats.yaml", "old.yaml", "--include", "/cats", "--include", "/pets", "--no-docs"}, result{exitOK, removedCats, ""}},
		{[]string{"old.xml", "new.xml", "--fail-on", "breaking"}, result{exitDiffers, `1 breaking (0 in Go, 1 on the wire alone), 0 compatible, 0 documentation only
from old.xml to new.xml
note: metadata has no Go code; only the API was compared

breaks the wire: compiles, and does not work as before
  type-removed a.b
      Take a.b out of the code: the slices have no such type any more.
`, ""}},
		{[]string{"old.yaml", "colliding.yaml"}, result{exitOK, `0 breaking, 1 compatible, 0 documentation only
from old.yaml to colliding.yaml
note: Go names collide, so that only the API was compared; --overrides can give other names

compatible
  property-added microsoft.graph.pet/Name
`, `colliding.yaml:21:9: error: property Name of type microsoft.graph.pet and property name of type microsoft.graph.pet both become the Go name Name (name-collision)
	see also colliding.yaml:20:9
	hint: give one of them another name in the overrides, such as properties: {"microsoft.graph.pet/name": {rename: NameProperty}}
`}},
		{[]string{"old.yaml", "new.xml"}, result{exitUsage, "",
			"gen: old.yaml and new.xml are of two kinds: metadata can be compared with metadata only; see gen --help\n"}},
		{[]string{"old.xml", "new.xml", "--include", "/a"}, result{exitUsage, "",
			"gen: --include is for OpenAPI documents; metadata is compared as a whole; see gen --help\n"}},
		{[]string{"old.yaml", "none.yaml"}, result{exitInput, "", "none.yaml: error: no such file or directory (file)\n"}},
		{[]string{"old.yaml"}, result{exitUsage, "",
			"gen: gen diff compares two files, OLD and NEW; with none it compares the packages on disk; see gen --help\n"}},
		{[]string{"old.yaml", "new.yaml", "--base", "HEAD"}, result{exitUsage, "", "gen: two files and --base exclude each other; see gen --help\n"}},
		{[]string{"--format", "xml"}, result{exitUsage, "", "gen: --format is text, markdown or json, not \"xml\"; see gen --help\n"}},
		{[]string{"--fail-on", "all"}, result{exitUsage, "", "gen: --fail-on is go, wire, breaking, uses, any or the id of a rule, not \"all\"; see gen --help\n"}},
		{[]string{"--base", ""}, result{exitUsage, "", "gen: --base is empty; see gen --help\n"}},
		{[]string{"--spec", "old.yaml"}, result{exitUsage, "", "gen: --spec needs --out, the folder of the package; see gen --help\n"}},
		{[]string{"--spec", "old.yaml", "--out", "graph"}, result{exitInput, "",
			"graph: error: there is no graphslice.lock here (no-package)\n\thint: run gen to make the package and its lock; or compare two documents: gen diff OLD NEW\n"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, ask(append([]string{"diff"}, test.args...)...), cmp.AllowUnexported(result{})); diff != "" {
			t.Errorf("gen diff %s (-want +got):\n%s", strings.Join(test.args, " "), diff)
		}
	}
	if r := ask("diff", "bad.yaml", "old.yaml"); r.code != exitInput || !strings.HasPrefix(r.stderr, "bad.yaml") || r.stdout != "" {
		t.Errorf("a document at fault: %+v", r)
	}
	r := ask("diff", "old.yaml", "new.yaml", "--format", "json")
	var document struct {
		Reports []struct{ Summary struct{ Breaking int } }
	}
	if err := json.Unmarshal([]byte(r.stdout), &document); err != nil || len(document.Reports) != 1 || document.Reports[0].Summary.Breaking != 1 {
		t.Errorf("%v in\n%s", err, r.stdout)
	}
	if r := ask("diff", "old.yaml", "new.yaml", "--format", "markdown"); !strings.HasPrefix(r.stdout, "## Changes\n\n1 breaking (") {
		t.Errorf("markdown:\n%s", r.stdout)
	}
}

func TestDiffBase(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("SKIPPED: git is needed")
	}
	layPets(t, pets)
	fault := func(message, hint string) result {
		return result{exitInput, "", "internal/graph: error: " + message + " (base)\n\thint: " + hint + "\n"}
	}
	check := func(want result, args ...string) {
		t.Helper()
		if diff := cmp.Diff(want, ask(append([]string{"diff"}, args...)...), cmp.AllowUnexported(result{})); diff != "" {
			t.Errorf("gen diff %s (-want +got):\n%s", strings.Join(args, " "), diff)
		}
	}
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(os.TempDir()))
	check(fault("the folder is not in a git repository: fatal: not a git repository (or any of the parent directories): .git",
		"--base needs one; without it gen diff compares with the package on disk"), "--base", "HEAD")

	for _, args := range [][]string{
		{"init", "--quiet"}, {"add", "graphslice.yaml"}, {"commit", "--quiet", "--message", "no package yet"},
		{"add", "."}, {"commit", "--quiet", "--message", "pets"},
	} {
		if !git(t, args...) {
			t.FailNow()
		}
	}
	lay(t, map[string]string{"pets.yaml": petsWithoutAge})
	if r := ask("--quiet"); r.code != exitOK { // what is on disk does not matter
		t.Fatal(r)
	}
	check(result{exitDiffers, "internal/graph: 1 breaking (1 in Go, 0 on the wire alone), 0 compatible, 1 documentation only\nfrom HEAD to the specs\n\n" + removedAge + documentedName, ""},
		"--base", "HEAD", "--fail-on", "any")
	unknown := "name a commit, branch or tag; a shallow clone has few of them: git fetch --unshallow"
	check(fault(`git has no revision "nowhere"`, unknown), "--base", "nowhere")
	check(fault(`git has no revision "--output=stolen"`, unknown), "--base=--output=stolen")
	check(result{exitInput, "", "internal/graph at HEAD~1: error: there is no graphslice.lock here (no-package)\n" +
		"\thint: run gen to make the package and its lock; or compare two documents: gen diff OLD NEW\n"}, "--base", "HEAD~1")
	if _, err := os.Stat("stolen"); err == nil {
		t.Error("git took the revision for an option")
	}
	// A folder that is not there any more was there at the revision.
	if err := os.RemoveAll("internal"); err != nil {
		t.Fatal(err)
	}
	check(result{exitOK, "internal/graph: 1 breaking (1 in Go, 0 on the wire alone), 0 compatible, 0 documentation only\nfrom HEAD to the specs\n\n" + removedAge, ""},
		"--base", "HEAD", "--no-docs")

	t.Setenv("PATH", t.TempDir())
	check(fault("git is not installed, or not in PATH", "install it, or compare with another copy of the specs: gen diff OLD NEW"), "--base", "HEAD")
}

// BenchmarkDiff compares the two whole Teams documents of a year apart.
func BenchmarkDiff(b *testing.B) {
	for _, version := range []string{"beta", "v1.0"} {
		b.Run(version, func(b *testing.B) {
			var paths []string
			for _, date := range []string{"2022-05", "2023-07"} {
				path := filepath.Join("..", "..", "..", "shared", "graph-openapi", date, version, "Teams.yml")
				if _, err := os.Stat(path); err != nil {
					b.Skipf("needs the published documents: %v", err)
				}
				paths = append(paths, path)
			}
			for b.Loop() {
				if r := ask(append([]string{"diff"}, paths...)...); r.code != exitOK {
					b.Fatal(r.stderr)
				}
			}
		})
	}
}
