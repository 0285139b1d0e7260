package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// keeper uses pets: it makes one, reads its age, and sends what nobody knows.
const keeper = `package main

import (
	"context"
	"net/http"

	"example.com/keeper/internal/graph"
)

func main() {
	ctx := context.Background()
	client, err := graph.NewClient(nil)
	if err != nil {
		panic(err)
	}
	made, err := client.Pets().Create(ctx, &graph.Pet{Name: graph.Some("Rex")})
	if err != nil {
		panic(err)
	}
	println(made.Value.Age.Or(0))
	client.Do(ctx, http.MethodGet, "/owners", nil, nil)
}
`

// layKeeper lays that program beside pets, of which the slice is another now.
func layKeeper(t *testing.T, then string) {
	t.Helper()
	layPets(t, then)
	lay(t, map[string]string{"go.mod": "module example.com/keeper\n\ngo 1.24\n", "main.go": keeper})
}

// petsWithTag asks for a tag in what is sent, and loses the age and the name.
var petsWithTag = strings.NewReplacer(
	"      type: object\n      properties:\n", "      type: object\n      required: [tag]\n      properties:\n        tag: {type: string}\n",
	"        age: {type: integer, format: int32, description: In years.}\n", "",
).Replace(pets)

const touchedByKeeper = `internal/graph: 2 of 2 breaking changes touch this module: main.go:20 Pet.Age, main.go:16
    PetsRequests.Create
2 breaking (1 in Go, 1 on the wire alone), 0 compatible, 0 documentation only
from the last generation to the specs

touches this module
  property-removed microsoft.graph.pet/age (Pet.Age)
      main.go:20: Pet.Age
      Replace graph.Pet.Age: the slices do not have the property any more; what arrives all the same
          is in AdditionalProperties["age"].
      Go: Pet.Age removed; PetPropertyAge removed
  property-added-required microsoft.graph.pet/tag (Pet.Tag): added, and required
      main.go:16: PetsRequests.Create, by way of its body
      Set graph.Pet.Tag in every value that is sent.
      Go: Pet.Tag added; PetPropertyTag added

not known: what these touch, the code does not say
  main.go:21: Client.Do GET /owners: a call that is written out; what it needs is not known
`

func TestDiffUses(t *testing.T) {
	t.Setenv("GOFLAGS", usualFlags) // as for people, whose files are called by their whole paths
	layKeeper(t, petsWithTag)
	for _, args := range [][]string{{}, {"--uses", "./..."}, {"--uses", "."}} {
		want := result{exitOK, touchedByKeeper, ""}
		if diff := cmp.Diff(want, ask(append([]string{"diff"}, args...)...), cmp.AllowUnexported(result{})); diff != "" {
			t.Errorf("gen diff %v (-want +got):\n%s", args, diff)
		}
	}
	if r := ask("diff", "--fail-on", "uses"); r.code != exitDiffers {
		t.Errorf("--fail-on uses: %v", r)
	}
	if r := ask("diff", "--uses", "none"); r.code != exitOK || strings.Contains(r.stdout, "touch") || strings.Contains(r.stdout, "main.go") || r.stderr != "" {
		t.Errorf("--uses none: %v", r)
	}
	t.Run("JSON", diffUsesJSON)
	t.Run("documents", diffUsesOfDocuments)
	lay(t, map[string]string{"graphslice-accept.yaml": "- {id: property-removed, element: microsoft.graph.pet/age, reason: known}\n" +
		"- {id: property-added-required, element: '*', reason: known}\n"})
	if r := ask("diff", "--fail-on", "uses"); r.code != exitOK || strings.Contains(r.stdout, "touches") {
		t.Errorf("what is accepted: %v", r)
	}
}

func diffUsesJSON(t *testing.T) {
	r := ask("diff", "--format", "json")
	var answer struct {
		Reports []struct {
			Touches  map[string]int
			Unknown  []map[string]any
			Findings []struct {
				Rule string
				Uses []map[string]any
			}
		}
	}
	if err := json.Unmarshal([]byte(r.stdout), &answer); err != nil || len(answer.Reports) != 1 {
		t.Fatal(err, r)
	}
	report := answer.Reports[0]
	got := map[string]any{"touches": report.Touches, "unknown": report.Unknown, "findings": map[string]any{}}
	for _, f := range report.Findings {
		got["findings"].(map[string]any)[f.Rule] = f.Uses
	}
	place := func(line, column float64, more ...any) map[string]any {
		p := map[string]any{"file": "main.go", "line": line, "column": column, "test": false}
		for i := 0; i < len(more); i += 2 {
			p[more[i].(string)] = more[i+1]
		}
		return p
	}
	want := map[string]any{
		"touches": map[string]int{"breaking": 2, "go": 1, "wire": 2, "compatible": 0, "documentation": 0, "accepted": 0},
		"unknown": []map[string]any{place(21, 9, "go", "Client.Do", "what", "GET /owners", "why", "a call that is written out; what it needs is not known")},
		"findings": map[string]any{
			"property-removed":        []map[string]any{place(20, 21, "go", "Pet.Age", "by", "")},
			"property-added-required": []map[string]any{place(16, 29, "go", "PetsRequests.Create", "by", "its body")},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Two documents are compared with what the code uses of any package.
func diffUsesOfDocuments(t *testing.T) {
	lay(t, map[string]string{"old.yaml": pets})
	if r := ask("diff", "old.yaml", "pets.yaml"); r.code != exitOK || !strings.HasPrefix(r.stdout, "2 of 2 breaking changes touch this module: main.go:20 Pet.Age, ") {
		t.Error(r)
	}
}

// Where no code can be looked at, that is told once, and everything else is as ever; who asks for it gets an error.
func TestDiffWithoutUses(t *testing.T) {
	const plain = "internal/graph: 2 breaking"
	tests := []struct {
		name, file, text, note, fault string
	}{
		{"code that does not compile", "main.go", strings.Replace(keeper, "Value.Age", "Value.Wings", 1),
			"gen: note: the code cannot be read, so that no places in it are shown (--uses none looks at none): main.go:20:21: made.Value.Wings undefined", "main.go:20:21: error: made.Value.Wings undefined"},
		{"code that does not use the package", "main.go", "package main\n\nfunc main() {}\n", "note: the code does not use internal/graph, so that no places are shown for it (no-uses)\n", ""},
	}
	for _, test := range tests {
		layKeeper(t, petsWithTag)
		lay(t, map[string]string{test.file: test.text})
		r := ask("diff")
		if r.code != exitOK || !strings.HasPrefix(r.stdout, plain) || !strings.HasPrefix(r.stderr, test.note) || strings.Count(r.stderr, "\n") != 1 {
			t.Errorf("%s: %v", test.name, r)
		}
		r = ask("diff", "--fail-on", "uses")
		if test.fault == "" && r.code != exitOK || test.fault != "" && (r.code != exitInput || !strings.HasPrefix(r.stderr, test.fault)) {
			t.Errorf("%s, with --fail-on uses: %v", test.name, r)
		}
	}

	layPets(t, petsWithTag)
	if r := ask("diff"); r.code != exitOK || !strings.HasPrefix(r.stdout, plain) || r.stderr != "" {
		t.Errorf("outside of a module: %v", r)
	}
	if r := ask("diff", "--fail-on", "uses"); r.code != exitInput || !strings.Contains(r.stderr, "this is not in a Go module") {
		t.Errorf("outside of a module, with --fail-on uses: %v", r)
	}
}

func TestDiffUsesCalls(t *testing.T) {
	t.Chdir(t.TempDir())
	for args, want := range map[string]string{
		"--uses=":                       "--uses is empty",
		"--uses none,./...":             "--uses none and other packages exclude each other",
		"--uses none --tags x":          "--uses none and --tags exclude each other",
		"--uses none --fail-on uses":    "--uses none and --fail-on uses exclude each other",
		"--uses none --fail-on go,uses": "--uses none and --fail-on uses exclude each other",
		"--fail-on use":                 "--fail-on is go, wire, breaking, uses, any or the id of a rule",
	} {
		if r := ask(append([]string{"diff"}, strings.Fields(args)...)...); r.code != exitUsage || !strings.Contains(r.stderr, want) {
			t.Errorf("gen diff %s: %v", args, r)
		}
	}
}
