package main

import "testing"

// What a former run saw fail is taken from it, if the tool is in the same version and no limit ended it.
func TestKnown(t *testing.T) {
	const document, version = "all.yaml", "v1"
	failed := generation{Document: document, Tool: ogen, Version: version, CompileError: "a.go:1:1: too many errors"}
	for name, test := range map[string]struct {
		change func(g *generation)
		want   string // of Before; "": it is run
	}{
		"it does not compile":         {func(*generation) {}, "commit `a`, on m, 2 cores, 24 GB, Linux, go1.26"},
		"it is known from before":     {func(g *generation) { g.Before = "commit `b`, on n" }, "commit `b`, on n"},
		"another version":             {func(g *generation) { g.Version = "v2" }, ""},
		"another document":            {func(g *generation) { g.Document = "Teams.yml" }, ""},
		"another tool":                {func(g *generation) { g.Tool = oapiCodegen }, ""},
		"it did not fail":             {func(g *generation) { g.CompileError = "" }, ""},
		"it took too long":            {func(g *generation) { g.CompileError = outOfTime + " 5m0s" }, ""},
		"it took too much memory":     {func(g *generation) { g.Error, g.CompileError = outOfSpace+": more than 18 GB", "" }, ""},
		"it was stopped by a message": {func(g *generation) { g.Error, g.CompileError = "duplicate operationId", "" }, "commit `a`, on m, 2 cores, 24 GB, Linux, go1.26"},
	} {
		g := failed
		test.change(&g)
		before := &measured[[]generation]{Tree: tree{"a", false}, Machine: machine{"m", 2, 24, "Linux", "go1.26", ""}, Figures: []generation{g}}
		got, found := known(before, document, ogen, version)
		if found != (test.want != "") || got.Before != test.want {
			t.Errorf("%s: got %v, %q, want %q", name, found, got.Before, test.want)
		}
	}
	if _, found := known(nil, document, ogen, version); found {
		t.Error("nothing was measured before")
	}
}
