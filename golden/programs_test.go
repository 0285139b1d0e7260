package golden

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// withPrograms are the cases whose packages TestPrograms needs.
var withPrograms = []string{
	"delta", "derived-values", "discriminator", "keys-in-parentheses", "local-time", "notifications", "path-arguments", "property-values",
	"raw-bodies", "ref", "upload",
}

// The packages of these cases are called by the programs of testdata/programs, which talk to a service that is strict,
// and to the packages that fake theirs.
func TestPrograms(t *testing.T) {
	module := newModule(t)
	found := 0
	for _, c := range cases(t) {
		if !slices.Contains(withPrograms, c.name) {
			continue
		}
		found++
		result, name := c.made(t, false), strings.ReplaceAll(c.name, "-", "_")
		for _, f := range result.Files {
			writeFile(t, filepath.Join(module, name, f.Name), string(f.Data))
		}
		for _, f := range result.Fake {
			text := strings.ReplaceAll(string(f.Data), c.importPath(), "example.com/golden/"+name)
			writeFile(t, filepath.Join(module, name, "graphtest", f.Name), text)
		}
	}
	if found != len(withPrograms) {
		t.Fatalf("%d cases of %v are there", found, withPrograms)
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
