package golden

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator"
)

// Packages of calls over one of types compile, a program uses several, and one that imports two of them builds no other.
func TestSplit(t *testing.T) {
	module := newModule(t)
	for _, name := range []string{"v1.0.yaml", "overrides.yaml", "program_test.go"} {
		writeFile(t, filepath.Join(module, name), readText(t, filepath.Join("testdata", "split", name)))
	}
	makeShared(t, module, readText(t, "testdata/split/graphslice.yaml"))
	runGo(t, module, "vet", "./...")
	runGo(t, module, "test", ".")
	got := readTree(t, filepath.Join(module, "internal", "library"))
	delete(got, "graphslice.lock")
	dir := filepath.Join("testdata", "split", "want")
	if *update {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		for name, text := range got {
			writeFile(t, filepath.Join(dir, name), text)
		}
	}
	if diff := cmp.Diff(readTree(t, dir), got); diff != "" {
		t.Errorf("-want +got:\n%s%s", diff, updateHint)
	}
	writeFile(t, filepath.Join(module, "two", "main.go"), "package main\n\nimport (\n"+
		"\t\"example.com/golden/internal/library\"\n\t\"example.com/golden/internal/library/books\"\n\t\"example.com/golden/internal/library/people\"\n)\n\n"+
		"func main() {\n\tvar c *library.Client\n\t_, _ = books.New(c), people.New(c)\n}\n")
	cmd := exec.Command("go", "list", "-deps", "./two")
	cmd.Dir = module
	listed, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	built := strings.Fields(string(listed))
	built = slices.DeleteFunc(built, func(name string) bool { return !strings.HasPrefix(name, "example.com/") })
	slices.Sort(built)
	const root = "example.com/golden/internal/"
	if want := []string{root + "core", root + "library", root + "library/books", root + "library/people", "example.com/golden/two"}; !slices.Equal(built, want) {
		t.Errorf("built %q, want %q", built, want)
	}
}

// What a program uses of packages of calls, and what a change of them means for it, is found by the lock of the package of types.
func TestSplitUses(t *testing.T) {
	t.Setenv("GOFLAGS", "-trimpath") // as for runGo
	module := newModule(t)
	for _, name := range []string{"v1.0.yaml", "overrides.yaml", "program_test.go"} {
		writeFile(t, filepath.Join(module, name), readText(t, filepath.Join("testdata", "split", name)))
	}
	config := readText(t, "testdata/split/graphslice.yaml")
	makeShared(t, module, config)
	uses, err := generator.Uses(t.Context(), generator.Code{Dir: module, Patterns: []string{"./..."}})
	if err != nil {
		t.Fatal(err)
	}
	var used []string
	for _, u := range uses.Packages[0].Operations {
		used = append(used, u.ID+" "+u.Go)
	}
	want := []string{"GET /books BooksRequests.List", "GET /nearest(year={year}) nearest.Nearest", "GET /people/{person-id}/desk PersonDeskRequests.Get",
		"GET /type TypeRequests.Get", "PATCH /people/{person-id}/desk PersonDeskRequests.Update", "POST /books BooksRequests.Create"}
	if diff := cmp.Diff(want, used); diff != "" || len(uses.Packages) != 1 {
		t.Errorf("%d packages, -want +got:\n%s", len(uses.Packages), diff)
	}
	file := filepath.Join(module, "graphslice.yaml")
	writeFile(t, file, strings.Replace(config, "split: path", "split: path\n    exclude: ['/type', '/nearest(*)']", 1))
	p, err := generator.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	reports, err := p.Diff(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	var gone []string
	for _, f := range reports[0].Findings {
		gone = append(gone, f.Rule+" "+f.ID)
	}
	want = []string{"operation-left-out GET /nearest(year={year})", "operation-left-out GET /type"}
	if diff := cmp.Diff(want, gone); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// What is no package any more goes, with its folder, but for what is somebody's; and the way back is the same.
func TestSplitAndBack(t *testing.T) {
	module := newModule(t)
	for _, name := range []string{"v1.0.yaml", "overrides.yaml"} {
		writeFile(t, filepath.Join(module, name), readText(t, filepath.Join("testdata", "split", name)))
	}
	split := readText(t, "testdata/split/graphslice.yaml")
	whole := strings.Replace(split, "    split: path\n", "", 1)
	makeShared(t, module, whole)
	before := readTree(t, filepath.Join(module, "internal", "library"))
	makeShared(t, module, split)
	own := filepath.Join(module, "internal", "library", "books", "own.go")
	writeFile(t, own, "package books\n")
	makeShared(t, module, strings.Replace(split, "split: path", "split: path\n    exclude: ['/people/**']", 1))
	if _, err := os.Stat(filepath.Join(module, "internal", "library", "people")); !os.IsNotExist(err) {
		t.Errorf("the folder of the package that is gone is there: %v", err)
	}
	makeShared(t, module, whole)
	after := readTree(t, filepath.Join(module, "internal", "library"))
	if after["books/own.go"] == "" {
		t.Error("a file of somebody's is gone")
	}
	delete(after, "books/own.go")
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("-before +after:\n%s", diff)
	}
}

// splitCases are of many kinds of paths, and of what is made for them.
var splitCases = []string{"action", "cast", "function", "keys-in-parentheses", "notifications", "path-arguments", "singleton", "ugly-names", "ugly-roots",
	"upload", "raw-bodies"}

// Packages of calls of all kinds of paths compile.
func TestSplitCases(t *testing.T) {
	module := newModule(t)
	var config strings.Builder
	config.WriteString("packages:\n")
	for _, c := range cases(t) {
		if slices.Contains(splitCases, c.name) {
			config.WriteString(entryOf(t, c, "split: path"))
		}
	}
	config.WriteString("runtime: internal/msgraph\n")
	makeShared(t, module, config.String())
	runGo(t, module, "vet", "./...")
}

// The folder of a package of calls is no other package's.
func TestSplitFolders(t *testing.T) {
	module := newModule(t)
	writeFile(t, filepath.Join(module, "v1.0.yaml"), readText(t, "testdata/split/v1.0.yaml"))
	file := filepath.Join(module, "graphslice.yaml")
	writeFile(t, file, "packages:\n  - {specs: [v1.0.yaml], out: library, split: path, fake: library/books}\nruntime: core\n")
	p, err := generator.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	o, err := p.Generate(t.Context(), generator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	found := o.Diagnostics()
	if len(found) != 1 || found[0].Code != "same-out" || !strings.Contains(found[0].Message, "library/books") {
		t.Error(found)
	}
	if _, err := os.Stat(filepath.Join(module, "library")); !os.IsNotExist(err) {
		t.Errorf("something was written: %v", err)
	}
}

// What has no name for a package is told with the line that gives it one.
func TestSplitFaults(t *testing.T) {
	module := newModule(t)
	writeFile(t, filepath.Join(module, "v1.0.yaml"), strings.NewReplacer("/type:", "/Bo-oks:", "/24hours:", "/日本:").Replace(readText(t, "testdata/split/v1.0.yaml")))
	file := filepath.Join(module, "graphslice.yaml")
	writeFile(t, file, "packages:\n  - {specs: [v1.0.yaml], out: internal/library, split: path}\nruntime: internal/core\n")
	p, err := generator.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	o, err := p.Check(t.Context(), generator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, d := range o.Diagnostics() {
		found = append(found, d.Message+"; "+d.Hint)
	}
	want := []string{
		`the packages for the calls below /Bo-oks and below /books would both be called books; give it another name in the overrides, such as paths: {"/books": {package: bookspath}}`,
		`/日本 has no letter that the name of a package can have, and each first segment has one here; give it another name in the overrides, such as paths: {"/日本": {package: path}}`,
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
