package diff_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/diff"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// told compares two sides and returns the findings as "rule ID: what | do".
func told(t *testing.T, old, new diff.Side) []string {
	t.Helper()
	findings, err := diff.Compare("graph", old, new)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range findings {
		lines = append(lines, f.Rule+" "+f.ID+": "+f.What+" | "+f.Do)
	}
	return lines
}

// What the patterns of the package leave out is not said to be gone from the API.
func TestLeftOut(t *testing.T) {
	narrow := func(selects func(string) bool) diff.Side {
		s := side(t, edit(t, "    delete: {responses: {'204': {description: Gone.}}}\n", "    get: {responses: {'204': {description: Gone.}}}\n"))
		s.Elements = slices.DeleteFunc(s.Elements, func(e lock.Element) bool { return e.ID == "microsoft.graph.thing" })
		s.Files, s.Selects = nil, selects
		return s
	}
	old := side(t, library)
	old.Files = nil
	got := told(t, old, narrow(func(id string) bool { return id != "DELETE /shelves/{shelf-id}" }))
	for _, want := range []string{
		"operation-left-out DELETE /shelves/{shelf-id}: left out by the patterns of the package | ",
		"type-removed microsoft.graph.thing: removed | Take graph.Thing out of the code: no operation that is selected uses it.",
	} {
		if !slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, want) }) {
			t.Errorf("there is no %q in\n%s", want, strings.Join(got, "\n"))
		}
	}
	got = told(t, old, narrow(func(string) bool { return true }))
	want := "operation-removed DELETE /shelves/{shelf-id}: removed | Replace the calls of graph.ShelfRequests.Delete: the API does not describe DELETE /shelves/{shelf-id} any more."
	if !slices.Contains(got, want) {
		t.Errorf("there is no %q in\n%s", want, strings.Join(got, "\n"))
	}
}

// What is kept says so, and what comes back.
func TestKept(t *testing.T) {
	element := func(facts any) diff.Side {
		return diff.Side{Elements: []lock.Element{{Kind: api.KindType, ID: "ex.a", Name: "A", Facts: api.Encode(facts)}}}
	}
	here, kept := element(api.Type{}), element(api.Type{Common: api.Common{Kept: true, Deprecated: &api.Deprecation{Text: "gone"}}})
	want := []string{"kept ex.a: dropped by the API, kept for this generation; the next one does not have it | "}
	if diff := cmp.Diff(want, told(t, here, kept)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"back ex.a: in the API again | "}, told(t, kept, here)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// What nothing in the API explains is a finding of its own.
func TestGoAlone(t *testing.T) {
	code := func(text string) diff.Side {
		return diff.Side{Files: []diff.File{{Name: "a.go", Data: []byte("package graph\n" + text)}}}
	}
	want := []string{
		"go-changed B: changed from func() to func(int) | Change the code that uses graph.B: changed from func() to func(int).",
		"go-removed A: removed | Replace graph.A: it is gone.",
		"go-added C: added | ",
	}
	got := told(t, code("func A() {}\nfunc B() {}\n"), code("func B(int) {}\nfunc C() {}\n"))
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// An instance of a generic type that becomes a simple type says nothing of the others.
func TestInstances(t *testing.T) {
	const head = "package p\ntype Opt[T any] struct{ v T }\nfunc (Opt[T]) Entity() *B { return nil }\n"
	file := func(text string) []diff.File { return []diff.File{{Name: "a.go", Data: []byte(head + text)}} }
	got, err := diff.CompareGo(file("type B struct { ID string; Code, Name, Tag Opt[string] }\ntype C struct { Z Opt[string] }\n"),
		file("type B struct { ID Opt[string]; Code, Name string; Tag Opt[string] }\ntype C struct { Z Opt[string] }\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []diff.GoChange{
		{Subject: "B.Code", Message: "changed from Opt[string] to string"}, {Subject: "B.ID", Message: "changed from string to Opt[string]"},
		{Subject: "B.Name", Message: "changed from Opt[string] to string"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A lock of an earlier version says nothing of the service, nor of headers: that is no difference.
func TestEarlierLock(t *testing.T) {
	operation := func(facts api.Operation, more ...lock.Element) diff.Side {
		return diff.Side{Elements: append(more, lock.Element{Kind: api.KindOperation, ID: "GET /a", Name: "Get", Facts: api.Encode(facts)})}
	}
	service := lock.Element{Kind: api.KindService, ID: api.ServiceID, Facts: api.Encode(api.Service{Root: "https://a.example"})}
	with := operation(api.Operation{Does: "get", Headers: []string{"If-Match"}}, service)
	if got := told(t, operation(api.Operation{Does: "get"}), with); got != nil {
		t.Errorf("an earlier lock: %q", got)
	}
	if got := told(t, operation(api.Operation{Does: "get"}, service), with); len(got) != 1 || !strings.HasPrefix(got[0], "operation-header-required GET /a: ") {
		t.Errorf("a lock of this version: %q", got)
	}
}
