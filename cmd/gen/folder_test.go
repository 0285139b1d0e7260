package main

import (
	"strings"
	"testing"
)

// TestStrangers: a package is not made where another one is, but beside files that are of it or that the go command leaves out.
func TestStrangers(t *testing.T) {
	for name, test := range map[string]struct{ path, text, want string }{
		"a program": {"p/main.go", "// A program.\npackage main\n", "p/main.go:2: error: this file is of package main, and package p cannot stand beside it (other-package)\n" +
			"\thint: generate into a folder of its own: out: in the configuration, or --out\n"},
		"a test of another": {"p/x_test.go", "package x_test\n", "p/x_test.go:1: error: this file is of package x_test, and package p cannot stand beside it (other-package)\n" +
			"\thint: generate into a folder of its own: out: in the configuration, or --out\n"},
		"the package itself":  {"p/own.go", "package p\n", ""},
		"a test from outside": {"p/own_test.go", "package p_test\n", ""},
		"a script":            {"p/script.go", "//go:build ignore\n\npackage main\n", ""},
		"another system":      {"p/own_plan9.go", "package main\n", ""},
		"no Go":               {"p/no.go", "package\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			lay(t, project)
			mustSlice(t)
			lay(t, map[string]string{test.path: test.text})
			got := ask("--spec=specs/books.yaml", "--out=p", "--quiet")
			if want := map[bool]int{true: exitOK, false: exitInput}[test.want == ""]; got.code != want || !strings.HasPrefix(got.stderr, test.want) {
				t.Errorf("exit code %d\n%s", got.code, got.stderr)
			}
		})
	}
}
