package main

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readerTest is a test of the reader's program with the fake of its service.
const readerTest = `package main

import (
	"testing"

	"example.com/reader/internal/lib"
	"example.com/reader/internal/lib/libtest"
)

func TestBooks(t *testing.T) {
	srv := libtest.NewServer(t)
	srv.Books().OnList(libtest.Pages([]*lib.LibBook{{}}, 1))
	page, err := srv.Client().Books().List(t.Context(), nil)
	if err != nil || len(page.Items) != 1 {
		t.Error(err)
	}
	var _ libtest.Call
}
`

// ownTest is a test that somebody keeps in the fake's folder.
const ownTest = "package libtest_test\n"

// withFake is the reader's configuration with a fake.
func withFake() string {
	return strings.Replace(permissionsTree()["graphslice.yaml"], "    package: lib\n", "    package: lib\n    fake: internal/lib/libtest\n", 1)
}

// layReaderWithFake is layReader with a fake and a test that imports it.
func layReaderWithFake(t *testing.T) {
	t.Helper()
	layReader(t)
	lay(t, map[string]string{"graphslice.yaml": withFake(), "main_test.go": readerTest, "internal/lib/libtest/own_test.go": ownTest})
	if got := ask("--quiet"); got.code != exitOK || got.stderr != "" {
		t.Fatal(got)
	}
}

// What gen says of code is the same with a fake: it is neither the program's code nor a package with operations.
func TestFakeIsNobodysCode(t *testing.T) {
	layReaderWithFake(t)
	before := tree(t)
	for _, args := range [][]string{{"uses"}, {"uses", "./..."}, {"uses", ".", "./internal/lib/libtest"}} {
		got := ask(args...)
		if strings.Contains(got.stdout, "libtest") || got.code != exitOK || got.stderr != "" {
			t.Errorf("gen %v: %v", args, got)
		}
		var packages []string
		for line := range strings.Lines(got.stdout) {
			if !strings.HasPrefix(line, " ") {
				packages = append(packages, line)
			}
		}
		if diff := cmp.Diff([]string{"example.com/reader/internal/lib (internal/lib)\n"}, packages); diff != "" {
			t.Errorf("gen %v: -want +got:\n%s", args, diff)
		}
	}
	if got := ask("permissions", "--delegated"); got.code != exitOK || !strings.Contains(got.stdout, "main.go:14:28\n") || strings.Contains(got.stdout, "libtest") {
		t.Errorf("gen permissions: %v", got)
	}
	if got := ask("diff"); got.stdout != "internal/lib: no difference, from the last generation to the specs\n" {
		t.Errorf("gen diff: %v", got)
	}
	lay(t, map[string]string{"specs/books.yaml": strings.Replace(before["specs/books.yaml"], "  /books:", "  /papers:", 1)})
	if got := ask("diff"); !strings.Contains(got.stdout, "main.go:14 BooksRequests.List") || strings.Contains(got.stdout, "libtest") {
		t.Errorf("gen diff of an operation that goes: %v", got)
	}
}

// A narrowed package has a narrowed fake, and a test that asks for more is told.
func TestTidyWithFake(t *testing.T) {
	layReaderWithFake(t)
	const authors = "internal/lib/libtest/authors_requests.go"
	if _, err := os.Stat(authors); err != nil {
		t.Fatal(err)
	}
	asking := strings.Replace(readerTest, "\tvar _ libtest", "\tsrv.Authors().OnList(libtest.Pages([]*lib.LibAuthor{}, 1))\n\tvar _ libtest", 1)
	lay(t, map[string]string{"main_test.go": asking})
	before := tree(t)
	if got := ask("tidy"); got.code != exitInput || !strings.Contains(got.stderr, "main_test.go:17:6: error: srv.Authors undefined") || !strings.Contains(got.stderr, "name in keep:, below the file of the slice") {
		t.Errorf("what only a test asks for: %v", got)
	}
	if diff := cmp.Diff(before, tree(t)); diff != "" {
		t.Errorf("files: -before +after:\n%s", diff)
	}
	lay(t, map[string]string{"main_test.go": readerTest})
	if got := ask("tidy"); got.code != exitOK {
		t.Fatal(got)
	}
	if _, err := os.Stat(authors); err == nil {
		t.Error("the fake still has what the package has no more")
	}
	if got := ask("check", "--full"); got.code != exitOK {
		t.Error(got)
	}
}

// A fake is checked as its package is, and one that is not to be made any more is told of until somebody has removed it.
func TestCheckOfFake(t *testing.T) {
	layReaderWithFake(t)
	good := tree(t)
	const dir, message = "internal/lib/libtest/", "graphslice.yaml: note: internal/lib/libtest has what was generated there before, as its graphslice.lock says; it is not made any more, and stays as it is (folder-left)\n" +
		"\thint: remove the folder, with what imports it; or write fake: internal/lib/libtest in its package again\n"
	tests := map[string]struct {
		change func()
		code   int
		says   string // on stdout or stderr
	}{
		"as it was":      {func() {}, exitOK, "2 packages, up to date"},
		"edited by hand": {func() { lay(t, map[string]string{dir + "types.go": good[dir+"types.go"] + "// mine\n"}) }, exitDiffers, "edited internal/lib/libtest/types.go"},
		"another's test": {func() { lay(t, map[string]string{dir + "own_test.go": "package other\n"}) }, exitInput, "(other-package)"},
		"removed":        {func() { _ = os.RemoveAll(dir) }, exitDiffers, "missing internal/lib/libtest/types.go"},
		"not wanted":     {func() { lay(t, map[string]string{"graphslice.yaml": permissionsTree()["graphslice.yaml"]}) }, exitDiffers, message},
		"elsewhere": {func() {
			lay(t, map[string]string{"graphslice.yaml": strings.Replace(withFake(), "/libtest", "/fake", 1)})
		}, exitDiffers, message},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			lay(t, good)
			test.change()
			before := tree(t)
			args := []string{"check"}
			if name == "another's test" { // nothing that is generated has changed
				args = append(args, "--full")
			}
			if got := ask(args...); got.code != test.code || !strings.Contains(got.stdout+got.stderr, test.says) {
				t.Errorf("gen %v: %v, want %d and %q", args, got, test.code, test.says)
			}
			if diff := cmp.Diff(before, tree(t)); diff != "" {
				t.Errorf("files: -before +after:\n%s", diff)
			}
		})
	}
	lay(t, good)
	tests["not wanted"].change()
	if got := ask(); got.code != exitOK || !strings.Contains(got.stderr, message) {
		t.Errorf("the first time: %v", got)
	}
	if got := ask(); got.code != exitOK || !strings.Contains(got.stderr, message) {
		t.Errorf("the second time: %v", got)
	}
	now := slices.Collect(maps.Keys(tree(t)))
	if !slices.Contains(now, dir+"types.go") || !slices.Contains(now, dir+"own_test.go") {
		t.Error("what nobody asked to remove is gone")
	}
	_ = os.RemoveAll(dir)
	if got := ask(); got.code != exitOK || strings.Contains(got.stderr, "folder-left") {
		t.Errorf("after it was removed: %v", got)
	}
}

// A fake has to be in the module of what it imports.
func TestFakeElsewhere(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"app/go.mod": "module example.com/app\n\ngo 1.24\n", "app/pets.yaml": pets})
	t.Chdir("app")
	got := ask("--spec", "pets.yaml", "--out", "pets", "--fake", "../petstest")
	want := result{exitInput, "", "../petstest: error: a fake imports the package that it is for: the folder is not in the module example.com/app (no-module)\n" +
		"\thint: name a folder below .\ngen: nothing was written\n"}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// What a fake imports has to be in a module.
func TestFakeWithoutModule(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"pets.yaml": pets})
	got := ask("--spec", "pets.yaml", "--out", "pets", "--fake", "pets/petstest")
	want := result{exitInput, "", "pets: error: a fake imports the package that it is for: there is no go.mod here or above (no-module)\n" +
		"\thint: run go mod init, or name a folder of a module\ngen: nothing was written\n"}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Folders that Go passes over are refused, wherever they are named, and nothing is written.
func TestFoldersThatGoIgnores(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"go.mod": "module example.com/program\n\ngo 1.25\n", "a.yaml": shelf("book")})
	before := tree(t)
	const passed = " is not in ./..., so that go build, go vet and go test pass over it: "
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"a fake":        {[]string{"--out", "a", "--fake", "_atest"}, "_atest: error: a package in _atest" + passed + `"_atest" is a name that Go knows (ignored-folder)`},
		"a package":     {[]string{"--out", "testdata/a"}, "testdata/a: error: a package in testdata/a" + passed + `"testdata" is a name that Go knows (ignored-folder)`},
		"hidden":        {[]string{"--out", ".build/a"}, ".build/a: error: a package in .build/a" + passed + `".build" is a name that Go knows (ignored-folder)`},
		"in vendor":     {[]string{"--out", "a", "--fake", "vendor/atest"}, `vendor/atest: error: a package in vendor/atest cannot be imported by its path, and go mod vendor removes it: "vendor" is a name that Go knows (ignored-folder)`},
		"only compared": {[]string{"--check", "--out", "_a", "--package", "a"}, "_a: error: a package in _a" + passed + `"_a" is a name that Go knows (ignored-folder)`},
	} {
		got := ask(append([]string{"--spec", "a.yaml"}, test.args...)...)
		if want := test.want + "\n\thint: name another folder, such as internal/graph\ngen: nothing was written\n"; got.code != exitInput || got.stderr != want {
			t.Errorf("%s: %d %s\nwant %s", name, got.code, got.stderr, want)
		}
	}
	if diff := cmp.Diff(before, tree(t)); diff != "" {
		t.Errorf("files: -before +after:\n%s", diff)
	}
}

// A package may be called as versions of modules are.
func TestFakeOfVersion(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"go.mod": "module example.com/program\n\ngo 1.25\n", "a.yaml": shelf("book")})
	mustGen(t, "--spec", "a.yaml", "--out", "internal/v1", "--fake", "internal/v1/v1test")
	if got := tree(t)["internal/v1/v1test/books_requests.go"]; !strings.Contains(got, "import v1 \"example.com/program/internal/v1\"\n") {
		t.Errorf("%.300s", got)
	}
}
