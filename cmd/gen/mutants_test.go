package main

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// faultWithPlace matches a message that begins with the file, its line and perhaps a column.
var faultWithPlace = regexp.MustCompile(`^graphslice\.yaml:[1-9][0-9]*(:[1-9][0-9]*)?: `)

// Whatever is wrong with a configuration, each message about it has its line, and nothing panics.
func TestConfigMutants(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"lib.xml": library, "notes.yaml": "types: {}\n"})
	config := strings.Replace(addConfig, "      properties:", "      notes: [notes.yaml]\n      serviceRoot: https://lib.example/v1\n      properties:", 1)
	random := rand.New(rand.NewPCG(1, 2))
	lines := strings.SplitAfter(config, "\n")
	for range 1500 {
		var mutant string
		switch at := random.IntN(len(lines)); random.IntN(4) {
		case 0: // a line is gone
			mutant = strings.Join(lines[:at], "") + strings.Join(lines[at+1:], "")
		case 1: // the end is gone
			mutant = config[:random.IntN(len(config))]
		case 2: // a byte is another
			i := random.IntN(len(config))
			mutant = config[:i] + string("\x00\xff:{}[]-#&*!|>'\"%@` \tax1"[random.IntN(24)]) + config[i+1:]
		default: // a word is another
			word := strings.Fields(lines[at] + " x")[0]
			mutant = strings.Replace(config, word, []string{"[]", "{}", "1", "null", "*a", "&a", "''", "~"}[random.IntN(8)], 1)
		}
		lay(t, map[string]string{"graphslice.yaml": mutant})
		got := ask("slice", "--check", "--quiet", addFrom)
		if got.code == exitBug {
			t.Fatalf("%s\n%s", got.stderr, mutant)
		}
		for line := range strings.Lines(got.stderr) {
			about := strings.HasPrefix(line, "graphslice.yaml") || strings.Contains(line, ": error: ") && !strings.Contains(line, "(unreadable-file)") && !strings.Contains(line, "(offline)")
			if about && !strings.HasPrefix(line, "\t") && !faultWithPlace.MatchString(line) {
				t.Fatalf("no line: %s\n%s", line, mutant)
			}
		}
	}
}
