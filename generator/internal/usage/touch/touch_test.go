package touch

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diff"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/usage"
)

// elements are pets: a body holds a tag, in lists and by a base, an owner only by a navigation property, and a cat if the code makes one.
var elements = []lock.Element{
	{Kind: "operation", ID: "POST /pets", Name: "Create", Facts: `{"does":"create","request":{"type":"ex.pet"},"response":{"type":"ex.pet"}}`},
	{Kind: "operation", ID: "GET /pets", Name: "List", Facts: `{"does":"list","response":{"type":"Collection(ex.pet)"}}`},
	{Kind: "operation", ID: "POST /pets/{id}/feed", Name: "Feed", Facts: `{"does":"action","request":{"type":"POST /pets/{id}/feed#request"}}`},
	{Kind: "type", ID: "ex.animal", Name: "Animal"},
	{Kind: "type", ID: "ex.pet", Name: "Pet", Facts: `{"base":"ex.animal"}`},
	{Kind: "type", ID: "ex.tree", Name: "Tree", Facts: `{"base":"ex.animal"}`},
	{Kind: "type", ID: "ex.cat", Name: "Cat", Facts: `{"base":"ex.pet"}`},
	{Kind: "type", ID: "ex.tag", Name: "Tag"},
	{Kind: "type", ID: "ex.owner", Name: "Owner"},
	{Kind: "type", ID: "POST /pets/{id}/feed#request", Name: "FeedRequest"},
	{Kind: "property", ID: "ex.animal/tags", Name: "Tags", Facts: `{"type":"Collection(ex.tag)"}`},
	{Kind: "property", ID: "ex.tag/shape", Name: "Shape", Facts: `{"type":"Map(ex.shape?)"}`},
	{Kind: "property", ID: "ex.tag/pet", Name: "Pet", Facts: `{"type":"ex.pet"}`},
	{Kind: "property", ID: "ex.pet/owner", Name: "Owner", Facts: `{"type":"ex.owner","navigation":true}`},
	{Kind: "property", ID: "ex.pet/age", Name: "Age", Facts: `{"type":"Edm.Int32"}`},
	{Kind: "property", ID: "ex.cat/lives", Name: "Lives", Facts: `{"type":"Edm.Int32"}`},
	{Kind: "property", ID: "POST /pets/{id}/feed#request/food", Name: "Food", Facts: `{"type":"ex.tag"}`},
	{Kind: "enum", ID: "ex.shape", Name: "Shape"},
}

func use(id, name string, lines ...int) usage.Use {
	u := usage.Use{ID: id, Go: name}
	for _, line := range lines {
		u.Places = append(u.Places, usage.Place{File: "main.go", Line: line, Column: 1})
	}
	return u
}

// program calls all operations, at lines 1 to 3.
func program() *usage.Package {
	return &usage.Package{Path: "ex/graph", Lock: &lock.Lock{Elements: elements}, Operations: []usage.Use{
		use("POST /pets", "PetsRequests.Create", 1), use("GET /pets", "PetsRequests.List", 2), use("POST /pets/{id}/feed", "PetRequests.Feed", 3),
	}, Properties: []usage.Use{use("ex.pet/age", "Pet.Age", 10, 11)}, Types: []usage.Use{use("ex.pet", "Pet", 12), use("ex.shape", "Shape", 14)},
		Values: []usage.Use{use("ex.shape/round", "ShapeRound", 13)}, Parameters: []usage.Use{use("GET /pets?kind", "PetsListOptions.Kind", 15)},
		Binds: []usage.Use{use("owners", "BindPetOwner", 16), use("pets", "BindPet", 17)}, Paths: []usage.Use{use("/pets", "Client.Pets", 18)},
		Runtime: []usage.Use{use("ListOptions", "ListOptions", 19), use("Client.WaitFor", "Client.WaitFor", 20)}}
}

func finding(rule, kind, change, id string) diff.Finding {
	f := diff.Finding{Rule: rule, Kind: kind, Change: change, ID: id, Verdict: diff.Breaking}
	return f
}

func TestFindings(t *testing.T) {
	named := func(f diff.Finding, name string) diff.Finding { f.Name = name; return f }
	gone := func(f diff.Finding, name string) diff.Finding {
		f.Go = []diff.GoChange{{Subject: name, Message: "removed"}}
		return f
	}
	compatible := func(f diff.Finding) diff.Finding { f.Verdict = diff.Compatible; return f }
	tests := []struct {
		name  string
		f     diff.Finding
		names []string // what the code names beside the rest
		want  []string // places, and by way of what
	}{
		{"a property that is named", finding("property-removed", "property", "removed", "ex.pet/age"), nil, []string{"main.go:10 Pet.Age", "main.go:11 Pet.Age"}},
		{"one that is not", finding("property-removed", "property", "removed", "ex.tag/shape"), nil, nil},
		{"required, in the body itself", finding("property-required", "property", "changed", "ex.pet/age"), nil,
			[]string{"main.go:10 Pet.Age", "main.go:11 Pet.Age", "main.go:1 PetsRequests.Create by its body", "main.go:3 PetRequests.Feed by its body, food/pet"}},
		{"required by the base", finding("property-added-required", "property", "added", "ex.animal/kind"), nil, []string{"main.go:1 PetsRequests.Create by its body", "main.go:3 PetRequests.Feed by its body, food/pet"}},
		{"required within", finding("property-required", "property", "changed", "ex.tag/shape"), nil,
			[]string{"main.go:1 PetsRequests.Create by its body, ex.animal/tags", "main.go:3 PetRequests.Feed by its body, food"}},
		{"required of another heir of the base", finding("property-added-required", "property", "added", "ex.tree/height"), nil, nil},
		{"required of a derived type that nobody makes", finding("property-required", "property", "changed", "ex.cat/lives"), nil, nil},
		{"required of a derived type that is made", finding("property-required", "property", "changed", "ex.cat/lives"), []string{"ex.cat"},
			[]string{"main.go:1 PetsRequests.Create by its body", "main.go:3 PetRequests.Feed by its body, food/pet"}},
		{"behind a navigation property", finding("property-added-required", "property", "added", "ex.owner/name"), nil, nil},
		{"behind one that is named", finding("property-added-required", "property", "added", "ex.owner/name"), []string{"ex.pet/owner"},
			[]string{"main.go:1 PetsRequests.Create by its body, ex.pet/owner", "main.go:3 PetRequests.Feed by its body, food/pet/owner"}},
		{"an argument, whose path has another parameter now", finding("argument-added-required", "property", "added", "POST /pets/{key}/feed#request/when"), nil,
			[]string{"main.go:3 PetRequests.Feed by its body"}},
		{"another type in answers", finding("property-type-changed", "property", "changed", "ex.cat/lives"), nil,
			[]string{"main.go:1 PetsRequests.Create by its answer", "main.go:2 PetsRequests.List by its answer"}},
		{"an enumeration in both", finding("enum-values-changed", "enum", "changed", "ex.shape"), nil,
			[]string{"main.go:14 Shape", "main.go:1 PetsRequests.Create by its body, ex.animal/tags/shape",
				"main.go:2 PetsRequests.List by its answer, ex.animal/tags/shape", "main.go:3 PetRequests.Feed by its body, food/shape"}},
		{"an enumeration that is gone with its members", finding("enum-removed", "enum", "removed", "ex.shape"), nil, []string{"main.go:13 ShapeRound", "main.go:14 Shape"}},
		{"a type that is gone with its properties", finding("type-removed", "type", "removed", "ex.pet"), nil,
			[]string{"main.go:10 Pet.Age", "main.go:11 Pet.Age", "main.go:12 Pet"}},
		{"references to a type", named(finding("type-bind-removed", "type", "changed", "ex.pet"), "Pet"), nil, []string{"main.go:17 BindPet"}},
		{"a name of the runtime that went with a call", gone(finding("operation-removed", "operation", "removed", "GET /toys"), "ListOptions"), nil,
			[]string{"main.go:19 ListOptions"}},
		{"a method of the runtime that went", gone(finding("go-removed", "go", "removed", "(*Client).WaitFor"), "(*Client).WaitFor"), nil, []string{"main.go:20 Client.WaitFor"}},
		{"a name of the runtime that is there", gone(finding("go-removed", "go", "removed", "Filterf"), "Filterf"), nil, nil},
		{"references of a property", named(finding("property-bind-removed", "property", "changed", "ex.pet/owner"), "Pet.Owner"), nil, []string{"main.go:16 BindPetOwner"}},
		{"an operation", finding("operation-removed", "operation", "removed", "POST /pets/{key}/feed"), nil, []string{"main.go:3 PetRequests.Feed"}},
		{"a parameter that is set", finding("parameter-removed", "parameter", "removed", "GET /pets?kind"), nil, []string{"main.go:15 PetsListOptions.Kind"}},
		{"a parameter that is asked for", finding("parameter-added-required", "parameter", "added", "GET /pets?size"), nil, []string{"main.go:2 PetsRequests.List"}},
		{"a path", finding("path-removed", "path", "removed", "/pets"), nil, []string{"main.go:18 Client.Pets"}},
		{"the service", finding("service-root-changed", "service", "changed", "service"), nil,
			[]string{"main.go:1 PetsRequests.Create", "main.go:2 PetsRequests.List", "main.go:3 PetRequests.Feed"}},
		{"a name in Go", finding("go-removed", "go", "removed", "Pet"), nil, []string{"main.go:10 Pet.Age", "main.go:11 Pet.Age", "main.go:12 Pet"}},
		{"something new", compatible(finding("property-added", "property", "added", "ex.pet/age")), nil, nil},
		{"something compatible", compatible(finding("deprecated", "property", "deprecated", "ex.pet/age")), nil, []string{"main.go:10 Pet.Age", "main.go:11 Pet.Age"}},
	}
	for _, test := range tests {
		p := program()
		for _, id := range test.names {
			p.Types = append(p.Types, usage.Use{ID: id})
		}
		findings := []diff.Finding{test.f}
		if err := Findings(findings, p); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, u := range findings[0].Uses {
			text := u.Place.String() + " " + u.Go
			if u.By != "" {
				text += " by " + u.By
			}
			got = append(got, text)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// Each rule that reaches calls is one.
func TestReaches(t *testing.T) {
	for id := range reaches {
		if _, ok := diff.RuleOf(id); !ok {
			t.Errorf("there is no rule %s", id)
		}
	}
	for _, id := range askedOfCalls {
		if _, ok := diff.RuleOf(id); !ok {
			t.Errorf("there is no rule %s", id)
		}
	}
}

// A lock that cannot be read is a fault; what is unknown of other packages is left out.
func TestFaultsAndUnknown(t *testing.T) {
	p := program()
	p.Lock = &lock.Lock{Elements: []lock.Element{{Kind: "operation", ID: "GET /", Facts: "{"}}}
	if err := Findings(nil, p); err == nil {
		t.Error("a lock that cannot be read is no fault")
	}
	all := []usage.Unknown{{Kind: "raw", Go: "Client.Do", Package: "ex/other"}, {Kind: "raw", Go: "Client.Do", What: "GET /", Package: "ex/graph"}}
	want := []diff.Unknown{{Go: "Client.Do", What: "GET /", Why: "a call that is written out; what it needs is not known"}}
	if diff := cmp.Diff(want, Unknown(all, p)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
