package golden

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// Nobody scrolls to the right in generated code: what can be broken is. An address or a path in a comment cannot.
func TestWidth(t *testing.T) {
	files, err := filepath.Glob("../generated/*/graph/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			comment, isComment := strings.CutPrefix(strings.TrimSpace(line), "// ")
			if isComment && !strings.Contains(comment, " ") {
				continue
			}
			if n := utf8.RuneCountInString(line); n > 120 {
				t.Errorf("%s:%d has %d characters: %s", file, i+1, n, line)
			}
		}
	}
}
