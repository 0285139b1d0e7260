package docs

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The tests that pages show are run: those of README.md with the committed packages, those of testing.md with the one that the pages
// speak of and the fake of its service.
func (h *help) testTests(t *testing.T) {
	dir := program(t)
	write(t, filepath.Join(dir, defaultConfiguration), "packages:\n  - specs: [specs/slice.yaml]\n    out: internal/graph\n    fake: internal/graph/graphtest\n")
	if got := h.run(t, dir); got.code != 0 {
		t.Fatalf("gen: %d\n%s", got.code, got.stderr)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	gomod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.mod"), string(gomod)+"\nrequire "+module+" v0.0.0\n\nreplace "+module+" => "+filepath.ToSlash(root)+"\n")
	shown := map[string]int{"../README.md": 1, "testing.md": 8}
	for page, least := range shown {
		text := testsOf(t, page)
		if n := strings.Count(text, "\nfunc Test"); n < least {
			t.Errorf("%s: %d tests: the search has lost its subject", page, n)
		}
		write(t, filepath.Join(dir, strings.ToLower(strings.TrimSuffix(filepath.Base(page), ".md")), "page_test.go"), text)
	}
	cmd := exec.Command("go", "test", "-mod=mod", "./readme", "./testing")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-trimpath", "GOPROXY=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go test: %v\n%s", err, out)
	}
}

// testsOf are the declarations of a page as one file.
func testsOf(t *testing.T, page string) string {
	t.Helper()
	var parts []block
	for _, b := range blocks(t, page) {
		_, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+b.text, 0)
		if b.lang == "go" && err == nil && strings.Contains(b.text, "\n}") && !strings.Contains(b.text, "client.Chats()\n") {
			parts = append(parts, b)
		}
	}
	return together(t, page, parts)
}
