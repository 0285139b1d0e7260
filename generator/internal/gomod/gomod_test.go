package gomod

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// write makes a module of a go.mod's text in a new folder.
func write(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

func importPath(dir string) (string, error) {
	m, err := Of(dir)
	if err != nil {
		return "", err
	}
	return m.ImportPath(dir)
}

// A folder is imported by the nearest module's path and where it is below that, whether it is there or not.
func TestImportPath(t *testing.T) {
	const text = "// a program\nmodule \"example.com/program/v2\" // quoted\n\ngo 1.25\n"
	root := write(t, text)
	inner := filepath.Join(root, "tools")
	if err := os.Mkdir(inner, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(inner, "go.mod"), []byte("module tools\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for folder, want := range map[string]string{
		".":                   "example.com/program/v2",
		"internal/graph":      "example.com/program/v2/internal/graph",
		"internal/../graph/.": "example.com/program/v2/graph",
		"tools":               "tools",
		"tools/graph":         "tools/graph",
	} {
		if got, err := importPath(filepath.Join(root, filepath.FromSlash(folder))); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", folder, got, err, want)
		}
	}
	m, err := Of(root)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := m.ImportPath(filepath.Dir(root)); err == nil || !strings.Contains(err.Error(), "the folder is not in the module example.com/program/v2") {
		t.Errorf("a folder above the module: %q, %v", got, err)
	}
}

// A folder may have a name that Go passes over; those above the module do not matter.
func TestIgnored(t *testing.T) {
	root := filepath.Join(t.TempDir(), "testdata", "_x")
	for folder, want := range map[string]string{
		".": "", "internal/graph": "", "a.b/c_d": "", "vendors/x": "", "..": "", "../testdata": "",
		"_x": "_x", "internal/.x": ".x", "testdata": "testdata", "a/testdata/graph": "testdata", "vendor/x/_y": "vendor",
	} {
		got, why := Module{Path: "example.com/program", Root: root}.Ignored(filepath.Join(root, filepath.FromSlash(folder)))
		if got != want || (why == "") != (want == "") {
			t.Errorf("%s: %q, %q; want %q", folder, got, why, want)
		}
	}
}

// What is wrong is one error that says what to do.
func TestNoModule(t *testing.T) {
	got, err := importPath(filepath.Join(write(t, "go 1.25\n"), "graph"))
	if err == nil || !strings.Contains(err.Error(), "it has no module line") {
		t.Errorf("a go.mod without a module: %q, %v", got, err)
	}
	got, err = importPath(filepath.Join(t.TempDir(), "graph"))
	if err == nil || !strings.Contains(err.Error(), "there is no go.mod here or above") || !strings.Contains(err.Error(), "no-module") {
		t.Errorf("no module: %q, %v", got, err)
	}
}
