package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A slice that only one package has tells which one is meant, and a source that is not there is told with what names it.
func TestAddFindsThePackage(t *testing.T) {
	t.Chdir(t.TempDir())
	addTree(t, addConfig)
	const other = `  - specs: [specs/readers.yaml]
    out: internal/readers
    slice:
      metadata: lib.xml
      serviceRoot: https://lib.example/v1
      files: [{out: specs/readers.yaml, include: ['/books#GET']}]
`
	lay(t, map[string]string{"graphslice.yaml": strings.TrimRight(addConfig, "\n") + "\n" + other})
	got := ask("add", "/authors#GET", "--file", "specs/readers.yaml", "--quiet", addFrom)
	if diff := cmp.Diff(result{exitOK, "", ""}, got, cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got, want := tree(t)["graphslice.yaml"], "include: ['/books#GET', '/authors#GET']}]"; !strings.Contains(got, want) {
		t.Errorf("got %s, want %s in it", got, want)
	}
	lay(t, map[string]string{"graphslice.yaml": "packages:\n" + strings.Replace(other, "lib.xml", "gone.xml", 1)})
	want := result{exitInput, "", "gone.xml: error: there is no such file (unreadable-file)\n\thint: slice: names it, in graphslice.yaml:5:7\ngen: nothing was written\n"}
	if diff := cmp.Diff(want, ask("slice"), cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
