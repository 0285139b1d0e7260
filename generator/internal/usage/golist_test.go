package usage

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/packages"
)

// lay writes files below a folder.
func lay(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// plainPackage is what is read of a package.
type plainPackage struct {
	Path, Name, Export, GoVersion string
	GoFiles                       []string
	Imports                       map[string]string
}

// plainly makes packages comparable, with those below whose imports are told.
func plainly(all []*packages.Package, known map[string]bool) map[string]plainPackage {
	made := map[string]plainPackage{}
	for _, pkg := range all {
		p := plainPackage{Path: pkg.PkgPath, Name: pkg.Name, Export: pkg.ExportFile, GoFiles: pkg.GoFiles}
		if known[pkg.ID] {
			p.Imports = map[string]string{}
			for name, imported := range pkg.Imports {
				p.Imports[name] = imported.ID
			}
		}
		if pkg.Module != nil {
			p.GoVersion = pkg.Module.GoVersion
		}
		made[pkg.ID] = p
	}
	return made
}

func ofIDs(all []*packages.Package) []string {
	var ids []string
	for _, pkg := range all {
		ids = append(ids, pkg.ID)
	}
	slices.Sort(ids)
	return ids
}

// What the go command lists is what packages.Load makes of it: with tests of both kinds, what only they import, cgo, tags, and other modules.
func TestGoList(t *testing.T) {
	dir := layModules(t)
	lay(t, filepath.Join(dir, "lib"), map[string]string{
		"lib_test.go":       "package lib\n\nimport \"testing\"\n\nfunc TestLib(*testing.T) {}\n",
		"ext_test.go":       "package lib_test\n\nimport (\n\t\"testing\"\n\n\t\"example.com/lib\"\n\t\"example.com/lib/help\"\n)\n\nfunc TestExt(*testing.T) { help.Help(lib.Client()) }\n",
		"help/help.go":      "package help\n\nimport (\n\t\"example.com/lib\"\n\t\"example.com/lib/graph\"\n)\n\nfunc Help(*graph.Client) { lib.Client() }\n",
		"tagged.go":         "//go:build extra\n\npackage lib\n\nimport _ \"embed\"\n",
		"c/c.go":            "package c\n\n// int one(void) { return 1; }\nimport \"C\"\n\nfunc One() int { return int(C.one()) }\n",
		"only/only_test.go": "package only\n",
	})
	for name, in := range map[string]struct{ dir, flag string }{"app": {"app", ""}, "lib": {"lib", ""}, "tags": {"lib", "-tags=extra"}} {
		t.Run(name, func(t *testing.T) {
			var flags []string
			if in.flag != "" {
				flags = append(flags, in.flag)
			}
			config := &packages.Config{Dir: filepath.Join(dir, in.dir), Mode: mode, Tests: true, BuildFlags: flags}
			loaded, err := packages.Load(config, "./...")
			if err != nil {
				t.Fatal(err)
			}
			roots, all, err := goList(context.Background(), config.Dir, flags, []string{"./..."})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(ofIDs(loaded), ofIDs(roots)); diff != "" {
				t.Errorf("roots: -packages.Load +goList:\n%s", diff)
			}
			known := map[string]bool{} // which of them are of a module
			for _, pkg := range all {
				known[pkg.ID] = pkg.Module != nil
			}
			var want []*packages.Package
			packages.Visit(loaded, nil, func(pkg *packages.Package) { want = append(want, pkg) })
			imported := ofIDs(want) // cgo brings in more, which nothing imports
			all = slices.DeleteFunc(all, func(pkg *packages.Package) bool { return !slices.Contains(imported, pkg.ID) })
			if diff := cmp.Diff(plainly(want, known), plainly(all, known)); diff != "" {
				t.Errorf("packages: -packages.Load +goList:\n%s", diff)
			}
		})
	}
}

// What is wrong is left to packages.Load, and so is what the go command alone does not answer.
func TestGoListLeaves(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, map[string]string{"go.mod": "module example.com/program\n\ngo 1.24\n", "main.go": "package main\n\nfunc main() { x }\n", "ok/ok.go": "package ok\n"})
	for pattern, ok := range map[string]bool{"./ok": true, ".": false, "./none": false, "example.com/none": false} {
		if _, _, err := goList(context.Background(), dir, nil, []string{pattern}); (err == nil) != ok {
			t.Errorf("%s: %v", pattern, err)
		}
	}
	for name, test := range map[string]struct {
		driver  string
		request Request
		want    bool
	}{
		"plain": {"", Request{Patterns: []string{"./..."}}, true}, "no driver": {"off", Request{}, true}, "a driver": {"some", Request{}, false},
		"a query": {"", Request{Patterns: []string{"file=main.go"}}, false}, "an overlay": {"", Request{Overlay: map[string][]byte{"a": nil}}, false},
	} {
		t.Setenv("GOPACKAGESDRIVER", test.driver)
		if got := mayGoList(test.request); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
