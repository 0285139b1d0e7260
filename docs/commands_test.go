package docs

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator"
)

// help knows the commands of gen and their flags, from what they print.
type help struct {
	program string
	flags   map[string]map[string]bool // by command; "" generates
}

var (
	commandLine = regexp.MustCompile(`(?m)^  gen ([a-z]+) {2,}\S`)
	flagLine    = regexp.MustCompile(`(?m)^ +(?:(-\w), )?(--[a-z-]+)`)
)

// newHelp builds gen and asks it.
func newHelp(t *testing.T) *help {
	t.Helper()
	program := filepath.Join(t.TempDir(), "gen.exe") // every system runs it by this name
	if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", program, module+"/cmd/gen").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	h := &help{program, map[string]map[string]bool{}}
	first := h.run(t, ".", "--help").stdout
	h.flags[""] = flagsIn(first)
	for _, m := range commandLine.FindAllStringSubmatch(first, -1) {
		h.flags[m[1]] = flagsIn(h.run(t, ".", m[1], "--help").stdout)
	}
	if len(h.flags) < 10 || len(h.flags[""]) < 10 {
		t.Fatalf("%d commands: the search has lost its subject", len(h.flags))
	}
	return h
}

func flagsIn(text string) map[string]bool {
	found := map[string]bool{}
	for _, m := range flagLine.FindAllStringSubmatch(text, -1) {
		found[m[1]], found[m[2]] = true, true
	}
	return found
}

// answer is what a run of gen came to.
type answer struct {
	stdout, stderr string
	code           int
}

func (h *help) run(t *testing.T, dir string, args ...string) answer {
	t.Helper()
	cmd := exec.Command(h.program, args...)
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return answer{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// What pages and workflows tell people to run is there.
func TestCommands(t *testing.T) {
	h := newHelp(t)
	if got := h.run(t, ".", "--version").stdout; !strings.HasPrefix(got, "graphslice "+generator.Version+" ") {
		t.Errorf("gen --version prints %q", got)
	}
	t.Run("pages", h.testPages)
	t.Run("workflows", h.testWorkflows)
	t.Run("calls that need nothing", h.testCalls)
	t.Run("YAML", h.testYAML)
	t.Run("first steps", h.testFirstSteps)
	t.Run("tests", h.testTests)
}

// Every call of gen on a page is one of a command that there is, with flags that it has, and every target of make is there.
func (h *help) testPages(t *testing.T) {
	found := 0
	for _, page := range pages(t) {
		for _, b := range blocks(t, page) {
			if b.lang == "sh" {
				found += h.checkScript(t, page, b.text)
			}
		}
		for _, m := range inline.FindAllStringSubmatch(readPage(t, page), -1) {
			if args, ok := genCall(words(m[1])); ok {
				h.checkCall(t, page, args)
				found++
			}
		}
	}
	if found < 60 {
		t.Errorf("%d calls: the search has lost its subject", found)
	}
}

// inline is code within a line of text; it may go over the line's end.
var inline = regexp.MustCompile("(?m)(?:^|[^`])`((?:go tool )?gen\\b[^`|]*)`")

// checkScript looks at each call of a script, and returns how many it knew.
func (h *help) checkScript(t *testing.T, page, script string) int {
	t.Helper()
	script = strings.ReplaceAll(script, "\\\n", " ")
	found := 0
	for line := range strings.Lines(script) {
		args := words(line)
		if len(args) == 2 && args[0] == "make" {
			h.checkTarget(t, page, args[1])
			found++
		}
		if call, ok := genCall(args); ok {
			h.checkCall(t, page, call)
			found++
		}
	}
	return found
}

// checkTarget looks for a target in the Makefile.
func (h *help) checkTarget(t *testing.T, page, target string) {
	t.Helper()
	makefile, err := os.ReadFile("../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(target) + `:`).Match(makefile) {
		t.Errorf("%s: make has no target %s", page, target)
	}
}

// checkCall looks at the arguments of gen.
func (h *help) checkCall(t *testing.T, page string, args []string) {
	t.Helper()
	command := ""
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		command, args = args[0], args[1:]
	}
	flags, ok := h.flags[command]
	if !ok {
		t.Errorf("%s: gen has no command %q", page, command)
	}
	for _, arg := range args {
		name, _, _ := strings.Cut(arg, "=")
		if strings.HasPrefix(name, "-") && ok && !flags[name] {
			t.Errorf("%s: gen %s has no flag %s", page, command, name)
		}
	}
}

// genCall returns the arguments of gen, if a command line calls it, however it does.
func genCall(args []string) ([]string, bool) {
	for i, arg := range args {
		switch {
		case arg == "gen" && (i == 0 || args[0] == "go" && args[1] == "tool"):
			return args[i+1:], true
		case strings.HasPrefix(arg, module+"/cmd/gen@") && args[1] == "run":
			return args[i+1:], true
		}
	}
	return nil, false
}

// words splits a line as a shell does, without what is behind # and >.
func words(line string) []string {
	var all []string
	word, quote, begun := "", rune(0), false
	end := func() {
		if begun {
			all = append(all, word)
		}
		word, begun = "", false
	}
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, begun = r, true
		case quote == 0 && (r == ' ' || r == '\n' || r == '\t'):
			end()
		case quote == 0 && !begun && (r == '#' || r == '>'):
			return all
		default:
			word, begun = word+string(r), true
		}
	}
	end()
	return all
}

// What the pages say of a package can be asked of the one that they speak of: these calls need no network.
func (h *help) testCalls(t *testing.T) {
	dir := program(t)
	if got := h.run(t, dir); got.code != 0 {
		t.Fatalf("gen: %d\n%s", got.code, got.stderr)
	}
	ran := 0
	for _, page := range pages(t) {
		for _, b := range blocks(t, page) {
			if b.lang != "sh" {
				continue
			}
			for line := range strings.Lines(strings.ReplaceAll(b.text, "\\\n", " ")) {
				args, ok := genCall(words(line))
				if !ok || len(args) == 0 || !needsNothing[args[0]] || strings.Contains(line, "$") {
					continue
				}
				ran++
				if got := h.run(t, dir, args...); got.code != 0 {
					t.Errorf("%s: gen %s: exit code %d\n%s", page, strings.Join(args, " "), got.code, got.stderr)
				}
			}
		}
	}
	if ran < 6 {
		t.Errorf("%d calls: the search has lost its subject", ran)
	}
}

// needsNothing are the commands that look at what is there.
var needsNothing = map[string]bool{"list": true, "why": true, "graph": true, "version": true, "completion": true, "help": true}

// program makes a module with the slice that the pages speak of, as one package.
func program(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	slice, err := os.ReadFile(filepath.Join("testdata", "slice.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"go.mod":             "module example.com/program\n\ngo " + oldest + "\n",
		"specs/slice.yaml":   string(slice),
		"specs/notes.yaml":   "{}\n",
		defaultConfiguration: "packages:\n  - specs: [specs/slice.yaml]\n    out: internal/graph\n",
	} {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	return dir
}

const defaultConfiguration = "graphslice.yaml"

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
