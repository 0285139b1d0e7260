package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// petsNeedReason is broken on the wire alone.
var petsNeedReason = strings.Replace(pets, "    post:\n", "    post:\n      parameters: [{name: X-Reason, in: header, required: true, schema: {type: string}}]\n", 1)

func TestDiffFailOn(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"old.yaml": pets, "wire.yaml": petsNeedReason, "go.yaml": petsWithoutAge, "docs.yaml": strings.Replace(pets, "In years.", "In months.", 1)})
	tests := []struct{ new, on, want string }{
		{"wire.yaml", "go", "ok"}, {"wire.yaml", "wire", "fails"}, {"wire.yaml", "breaking", "fails"}, {"wire.yaml", "operation-header-required", "fails"},
		{"wire.yaml", "go,property-removed", "ok"}, {"wire.yaml", "go,wire", "fails"},
		{"go.yaml", "go", "fails"}, {"go.yaml", "property-removed", "fails"}, {"go.yaml", "property-added", "ok"},
		{"docs.yaml", "breaking", "ok"}, {"docs.yaml", "any", "fails"}, {"docs.yaml", "documentation-changed", "fails"},
	}
	for _, test := range tests {
		want := map[string]int{"ok": exitOK, "fails": exitDiffers}[test.want]
		if r := ask("diff", "old.yaml", test.new, "--fail-on", test.on); r.code != want || r.stderr != "" {
			t.Errorf("%s, --fail-on %s: %+v", test.new, test.on, r)
		}
	}
	const text = "breaks the wire: compiles, and does not work as before\n" +
		"  operation-header-required POST /pets (PetsRequests.Create): header required now: X-Reason\n" +
		"      Set X-Reason in every call of graph.PetsRequests.Create: the service refuses those without it.\n"
	if r := ask("diff", "old.yaml", "wire.yaml"); !strings.Contains(r.stdout, text) {
		t.Error(r.stdout)
	}
}

func TestDiffExplain(t *testing.T) {
	tests := []struct {
		args []string
		want result
	}{
		{[]string{"--explain", "parameter-required"}, result{exitOK, "parameter-required: breaks the wire, and Go where the compiler says so\n\nA call without the query parameter is refused now.\n", ""}},
		{[]string{"--explain", "go-removed"}, result{exitOK, "go-removed: breaks Go where the compiler says so, and is compatible otherwise\n\n" +
			"A Go name is gone, and no element of the API is called so: a call went that had brought it, or another version of graphslice has made the package.\n", ""}},
		{[]string{"--explain", "parameter-requires"}, result{exitUsage, "",
			"gen: --explain: there is no rule \"parameter-requires\"; the nearest rule is parameter-required; see gen --help\n"}},
		{[]string{"--fail-on", "wires"}, result{exitUsage, "", "gen: --fail-on is go, wire, breaking, uses, any or the id of a rule, not \"wires\"; see gen --help\n"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, ask(append([]string{"diff"}, test.args...)...), cmp.AllowUnexported(result{})); diff != "" {
			t.Errorf("gen diff %s (-want +got):\n%s", strings.Join(test.args, " "), diff)
		}
	}
}

func TestDiffAccept(t *testing.T) {
	layPets(t, petsWithoutAge)
	const entry = "- {id: property-removed, element: microsoft.graph.pet/age, reason: nobody asks}\n"
	lay(t, map[string]string{"graphslice-accept.yaml": entry})
	const text = "internal/graph: 0 breaking, 0 compatible, 1 documentation only, 1 accepted\nfrom the last generation to the specs\n" + documentedName +
		"\naccepted\n  property-removed microsoft.graph.pet/age (Pet.Age)\n      accepted: nobody asks\n"
	if diff := cmp.Diff(result{exitOK, text, ""}, ask("diff", "--fail-on", "breaking"), cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	lay(t, map[string]string{"graphslice-accept.yaml": strings.Replace(entry, "age,", "name,", 1), "other.yaml": entry, "bad.yaml": "- {id: x}\n",
		"over.yaml": strings.Replace(entry, "}", ", until: "+time.Now().AddDate(0, 0, -2).Format(time.DateOnly)+"}", 1)})
	if r := ask("diff", "--fail-on", "breaking"); r.code != exitDiffers || r.stderr != "graphslice-accept.yaml:1:3: warning: no finding is property-removed of microsoft.graph.pet/name (accept)\n\thint: take the entry out\n" {
		t.Errorf("an entry for something else: %+v", r)
	}
	if r := ask("diff", "--fail-on", "breaking", "--accept", "other.yaml"); r.code != exitOK || r.stderr != "" {
		t.Errorf("another file: %+v", r)
	}
	if r := ask("diff", "--fail-on", "breaking", "--accept", "over.yaml"); r.code != exitDiffers || !strings.Contains(r.stderr, "over.yaml:1:3: warning: property-removed of microsoft.graph.pet/age was accepted until ") {
		t.Errorf("an entry that has ended: %+v", r)
	}
	if r := ask("diff", "--accept", "bad.yaml"); r.code != exitInput || !strings.HasPrefix(r.stderr, "bad.yaml:1:8: error: there is no rule \"x\" (accept)\n") {
		t.Errorf("a bad file: %+v", r)
	}
	if r := ask("diff", "--accept", "none.yaml"); r.code != exitInput || !strings.HasPrefix(r.stderr, "none.yaml: error: no such file") {
		t.Errorf("no file: %+v", r)
	}
}

// What the configuration does not ask for any more is not said to be gone from the API.
func TestDiffNarrowed(t *testing.T) {
	t.Chdir(t.TempDir())
	both := pets + ""
	both = strings.Replace(both, "paths:\n", "paths:\n  /cats:\n    get: {responses: {'204': {description: None.}}}\n", 1)
	config := "packages: [{specs: [pets.yaml], out: graph, include: ['/pets', '/cats']}]\n"
	lay(t, map[string]string{"graphslice.yaml": config, "pets.yaml": both})
	if r := ask("--quiet"); r.code != exitOK {
		t.Fatal(r)
	}
	lay(t, map[string]string{"graphslice.yaml": strings.Replace(config, ", '/cats'", "", 1)})
	r := ask("diff", "--format", "json")
	if !strings.Contains(r.stdout, `"rule": "operation-left-out"`) || strings.Contains(r.stdout, "the API does not describe") {
		t.Errorf("%s%s", r.stdout, r.stderr)
	}
}

// The order of specs and patterns is no difference.
func TestDiffOrder(t *testing.T) {
	t.Chdir(t.TempDir())
	cats := strings.NewReplacer("/pets", "/cats", "pet}", "cat}", "graph.pet", "graph.cat", "title: pet", "title: cat", "Pets", "Cats", "'#/components/schemas/microsoft.graph.pet'", "'#/components/schemas/microsoft.graph.cat'").Replace(pets)
	config := "packages: [{specs: [pets.yaml, cats.yaml], out: graph, include: ['/pets', '/cats']}]\n"
	lay(t, map[string]string{"graphslice.yaml": config, "pets.yaml": pets, "cats.yaml": cats})
	if r := ask("--quiet"); r.code != exitOK {
		t.Fatal(r)
	}
	lay(t, map[string]string{"graphslice.yaml": strings.NewReplacer("pets.yaml, cats.yaml", "cats.yaml, pets.yaml", "'/pets', '/cats'", "'/cats', '/pets'").Replace(config)})
	if r := ask("diff", "--fail-on", "any"); r.code != exitOK {
		t.Errorf("%s%s", r.stdout, r.stderr)
	}
}
