package golden

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The program in README.md is a program.
func TestReadmeProgram(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(readme), "```go\n")
	program, _, closed := strings.Cut(rest, "\n```")
	if !found || !closed {
		t.Fatal("README.md has no Go program")
	}
	path := filepath.Join(t.TempDir(), "main.go")
	writeFile(t, path, program+"\n")
	runGo(t, "..", "vet", path)
}
