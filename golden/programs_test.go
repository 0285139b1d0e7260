package golden

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// called are the cases that have a program.
var called = []string{"keys-in-parentheses", "path-arguments", "raw-bodies", "upload"}

// The packages of these cases are called by the programs of testdata/programs, which talk to a service that is strict.
func TestPrograms(t *testing.T) {
	module := newModule(t)
	found := 0
	for _, c := range cases(t) {
		if !slices.Contains(called, c.name) {
			continue
		}
		found++
		for _, f := range c.generate(t, filepath.Join(c.dir, "input")).Files {
			writeFile(t, filepath.Join(module, strings.ReplaceAll(c.name, "-", "_"), f.Name), string(f.Data))
		}
	}
	if found != len(called) {
		t.Fatalf("%d cases have a program", found)
	}
	programs, err := filepath.Glob(filepath.Join("testdata", "programs", "*.go"))
	if err != nil || len(programs) == 0 {
		t.Fatal(programs, err)
	}
	for _, name := range programs {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(module, "programs", filepath.Base(name)), string(text))
	}
	runGo(t, module, "test", "./programs")
}
