// Package usage holds programs of some size, each a module outside of ours, to what gen says of them: what they use, which
// permissions they need, which slice is enough; and runs them before and after they are narrowed against a server.
//
// A case is a folder of testdata with
//
//	module/        the program, without its generated packages
//	answers.json   what the server answers, by method and path; with a query where that tells two apart
//	want/          what the program prints and asks for, what gen answers, the narrowed graphslice.yaml
//
// After a deliberate change, go test ./golden/usage -update rewrites want/.
package usage

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite want/")

const shared = "../../../shared"

// program is a case: a module in a folder of its own.
type program struct {
	*testing.T
	dir, want string
	sources   []string // of gen slice and gen tidy, offline
}

// gen is the command, built once for all tests, without what debuggers want, which takes half of the time.
var gen string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "gen")
	if err != nil {
		panic(err)
	}
	gen = filepath.Join(dir, "gen")
	out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", gen, "../../cmd/gen").CombinedOutput()
	code := 1
	if err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
	} else {
		code = m.Run()
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func TestPrograms(t *testing.T) {
	cases, err := filepath.Glob("testdata/*/module")
	if err != nil || len(cases) < 3 {
		t.Fatal(cases, err)
	}
	for _, module := range cases {
		from := filepath.Dir(module)
		t.Run(filepath.Base(from), func(t *testing.T) {
			t.Parallel()
			p := newProgram(t, from)
			p.isMade()
			p.runs(from)
			p.answers("uses.txt", "uses")
			p.answers("permissions.txt", "permissions", "--delegated", "--application", "--rsc")
			p.answers("permissions.md", "permissions", "--rsc", "--format", "markdown")
			p.answers("permissions.json", "permissions", "--format", "json")
			p.answers("manifest.json", "permissions", "--delegated", "--application", "--format", "manifest")
			p.answers("teams.json", "permissions", "--rsc", "--format", "teams")
			p.narrows(from, "tidy.json", "graphslice.yaml")
			p.narrows(from, "properties.json", "properties.yaml", "--properties")
		})
	}
}

// A package that has its runtime in another one is used as one that stands alone: the program does the same, and gen finds the same.
func TestSharedRuntime(t *testing.T) {
	t.Parallel()
	p := newProgram(t, "testdata/provision")
	config, err := os.OpenFile(filepath.Join(p.dir, "graphslice.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = config.WriteString(sharedLine)
		err = errors.Join(err, config.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	p.isMade()
	p.runs("testdata/provision")
	p.answers("uses.txt", "uses")
	p.answers("permissions.txt", "permissions", "--delegated", "--application", "--rsc")
	p.narrows("testdata/provision", "tidy.json", "graphslice.yaml")
	if _, err := os.Stat(filepath.Join(p.dir, "internal", "msgraph", "graphslice.lock")); err != nil {
		t.Error(err)
	}
}

const sharedLine = "runtime: internal/msgraph\n"

func newProgram(t *testing.T, from string) *program {
	t.Helper()
	p := &program{T: t, dir: t.TempDir()}
	var err error
	if p.want, err = filepath.Abs(filepath.Join(from, "want")); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(p.dir, os.DirFS(filepath.Join(from, "module"))); err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile("../../.ci/offline")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(list)) {
		address, file, ok := strings.Cut(strings.TrimSpace(line), "=../shared/")
		if !ok || !strings.Contains(address, "clean_v10") && !strings.Contains(address, "permissions") {
			continue
		}
		file, err := filepath.Abs(filepath.Join(shared, file))
		if err != nil {
			t.Fatal(err)
		}
		p.sources = append(p.sources, "--from", address+"="+file)
	}
	return p
}

// call runs a command in the module and returns what it prints. It has to succeed. With -trimpath what is compiled in one run is there
// in the next, in another folder.
func (p *program) call(name string, args ...string) string {
	p.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod -trimpath")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		p.Fatalf("%s %s: %v\n%s%s", filepath.Base(name), strings.Join(args, " "), err, stdout.String(), stderr.String())
	}
	return stdout.String()
}

// isMade makes the packages, and sees to it that the slices are what the configuration says.
func (p *program) isMade() {
	p.Helper()
	if _, err := os.Stat(shared); err == nil {
		p.call(gen, append([]string{"slice", "--check", "--quiet"}, p.sources...)...)
	}
	p.call(gen, "--quiet")
	p.call("go", "vet", "./...")
	p.call("go", "test", "./...")
}

// answer is what the server says to one request.
type answer struct {
	Status int
	Header map[string]string
	Body   json.RawMessage
	Text   string
}

// runs runs the program against the server and compares what it prints and asks for.
func (p *program) runs(from string) {
	p.Helper()
	text, err := os.ReadFile(filepath.Join(from, "answers.json"))
	if err != nil {
		p.Fatal(err)
	}
	var answers map[string]answer
	if err := json.Unmarshal(text, &answers); err != nil {
		p.Fatal(err)
	}
	var mu sync.Mutex
	var asked strings.Builder
	server := httptest.NewServer(nil)
	defer server.Close()
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		query, _ := url.QueryUnescape(r.URL.RawQuery)
		asked.WriteString(strings.TrimRight(r.Method+" "+r.URL.Path+"?"+query, "?") + "\n")
		if len(body) > 0 {
			asked.WriteString("  " + strings.ReplaceAll(string(body), server.URL, "ROOT") + "\n")
		}
		reply(w, r, find(answers, r.Method+" "+r.URL.Path, query), server.URL)
	})
	printed := p.call("go", "run", ".", server.URL)
	p.compare("output.txt", printed)
	p.compare("requests.txt", asked.String())
}

// find is the answer to a request: of those to its path that whose query is a part of its.
func find(answers map[string]answer, operation, query string) *answer {
	for key, a := range answers {
		if path, part, ok := strings.Cut(key, "?"); ok && path == operation && strings.Contains(query, part) {
			return &a
		}
	}
	if a, ok := answers[operation]; ok {
		return &a
	}
	return nil
}

func reply(w http.ResponseWriter, r *http.Request, a *answer, root string) {
	if a == nil {
		http.Error(w, "unexpected: "+r.Method+" "+r.URL.String(), http.StatusTeapot)
		return
	}
	for name, value := range a.Header {
		w.Header().Set(name, value)
	}
	data := []byte(a.Text)
	if a.Body != nil {
		w.Header().Set("Content-Type", "application/json")
		data = []byte(strings.ReplaceAll(string(a.Body), "ROOT", root))
	}
	if a.Status != 0 {
		w.WriteHeader(a.Status)
	}
	_, _ = w.Write(data)
}

// answers compares an answer of gen, and asks again: it has to be the same.
func (p *program) answers(file string, args ...string) {
	p.Helper()
	got := p.call(gen, args...)
	p.compare(file, got)
	if again := p.call(gen, args...); again != got {
		p.Errorf("gen %s: the second answer differs from the first", strings.Join(args, " "))
	}
}

// narrows narrows the slices, by more flags of gen tidy. The program compiles, its tests pass, and it does the same.
func (p *program) narrows(from, answer, configuration string, flags ...string) {
	p.Helper()
	if _, err := os.Stat(shared); err != nil {
		p.Logf("SKIPPED: narrowing needs the metadata beside the repository: %v", err)
		return
	}
	tags := append([]string{"tidy", "--tags", "undo"}, flags...)
	p.compare(answer, p.withoutSizes(p.call(gen, append(slices.Concat(tags, []string{"--dry-run", "--format", "json"}), p.sources...)...)))
	p.call(gen, append(slices.Concat(tags, []string{"--quiet"}), p.sources...)...)
	config, err := os.ReadFile(filepath.Join(p.dir, "graphslice.yaml"))
	if err != nil {
		p.Fatal(err)
	}
	p.compare(configuration, strings.TrimSuffix(string(config), sharedLine))
	p.call("go", "list", "-export", "-tags", "undo", "./...") // compiles it; what is run is linked
	p.call("go", "test", "./...")
	p.call(gen, "check", "--full", "--quiet")
	p.call(gen, append(slices.Concat(tags, []string{"--check"}), p.sources...)...)
	p.runs(from)
}

// size is a number in an answer that every change of the runtime changes.
var size = regexp.MustCompile(`"(lines|bytes)": ([0-9]+)`)

// withoutSizes takes the sizes out of what gen tidy answers. Less has to be less.
func (p *program) withoutSizes(answer string) string {
	p.Helper()
	var sizes []int // lines and bytes, before and after, of each package
	for _, m := range size.FindAllStringSubmatch(answer, -1) {
		n, err := strconv.Atoi(m[2])
		if err != nil {
			p.Fatal(err)
		}
		sizes = append(sizes, n)
	}
	if len(sizes) == 0 || len(sizes)%4 != 0 {
		p.Fatalf("sizes of packages: %v", sizes)
	}
	for of := range slices.Chunk(sizes, 4) {
		if of[0] <= of[2] || of[1] <= of[3] {
			p.Errorf("lines and bytes became %v, and were %v", of[2:], of[:2])
		}
	}
	return size.ReplaceAllString(answer, `"$1": 0`)
}

func (p *program) compare(file, got string) {
	p.Helper()
	path := filepath.Join(p.want, file)
	if *update {
		if err := os.MkdirAll(p.want, 0o777); err != nil {
			p.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			p.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		p.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		p.Errorf("%s: -want +got:\n%sif this is what you want: go test ./golden/usage -update, and read the diff", file, diff)
	}
}
