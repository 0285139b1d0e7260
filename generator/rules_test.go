package generator_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/names"
)

var update = flag.Bool("update", false, "rewrite testdata/rules.txt")

// rulesFile has the number of the rules and what they make of names, one an entry: kind, ID and name.
var rulesFile = filepath.Join("testdata", "rules.txt")

// named are the slices whose names are watched: what is ugly, and one of each kind.
var named = []string{"ugly-names", "ugly-types", "ugly-roots", "function", "enum", "flags", "integer-enums", "constants", "inline-objects", "keys-in-parentheses",
	"path-arguments", "sub-namespace", "action", "cast", "ref"}

// Whoever changes a rule raises its number, by which the names that were given out before stay. Elements that come and go are no matter.
func TestRulesHaveANumber(t *testing.T) {
	now := map[string]string{}
	for _, dir := range named {
		described, err := generator.Describe(t.Context(), goldenConfig(t, dir))
		if err != nil || described.Diagnostics.HasErrors() {
			t.Fatal(err, described.Diagnostics)
		}
		for _, e := range described.Elements {
			now[strings.Join([]string{dir, e.Kind, e.ID}, "\t")] = e.Name
			if facts, err := api.Decode[api.Path](e); err == nil && e.Kind == api.KindPath {
				now[strings.Join([]string{dir, "accessor", e.ID}, "\t")] = facts.Accessor
			}
		}
	}
	number, recorded := readRules(t)
	for id, name := range recorded {
		if is, ok := now[id]; ok && is != name && number == names.Rules {
			t.Errorf("%s was %s and is %s: raise names.Rules, so that packages keep their names", strings.ReplaceAll(id, "\t", " "), name, is)
		}
	}
	switch {
	case t.Failed():
	case *update:
		writeRules(t, now)
	case number != names.Rules:
		t.Errorf("%s is of rules %d, these are rules %d: go test ./generator -run %s -update", rulesFile, number, names.Rules, t.Name())
	}
}

func readRules(t *testing.T) (number int, recorded map[string]string) {
	t.Helper()
	text, err := os.ReadFile(rulesFile)
	if err != nil && !*update {
		t.Fatal(err)
	}
	recorded = map[string]string{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\r\n")
		if n, ok := strings.CutPrefix(line, "rules\t"); ok {
			if number, err = strconv.Atoi(n); err != nil {
				t.Fatal(err)
			}
			continue
		}
		last := strings.LastIndexByte(line, '\t')
		recorded[line[:last]] = line[last+1:]
	}
	if len(recorded) < 200 && !*update {
		t.Fatalf("only %d names are watched", len(recorded))
	}
	return number, recorded
}

func writeRules(t *testing.T, now map[string]string) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "rules\t%d\n", names.Rules)
	for _, id := range slices.Sorted(maps.Keys(now)) {
		fmt.Fprintf(&b, "%s\t%s\n", id, now[id])
	}
	if err := os.MkdirAll("testdata", 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, rulesFile, b.String())
}

// goldenConfig is what a package is made of a golden slice by.
func goldenConfig(t *testing.T, dir string) generator.Config {
	t.Helper()
	input := filepath.Join("..", "golden", "testdata", dir, "input")
	files, err := filepath.Glob(filepath.Join(input, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no files in", input)
	}
	cfg := generator.Config{Package: "graph", Version: "1"}
	for _, f := range files {
		if filepath.Base(f) == "overrides.yaml" {
			cfg.Overrides = append(cfg.Overrides, f)
		} else {
			cfg.Specs = append(cfg.Specs, f)
		}
	}
	return cfg
}
