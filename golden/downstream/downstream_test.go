// Package downstream tests graphslice as a module elsewhere uses it, with the go command and nothing of ours imported.
package downstream

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const shared = "../../../shared"

// module is a module outside of the repository.
type module struct {
	*testing.T
	dir string
}

// newModule copies testdata/module and makes it a module that takes graphslice from this repository.
func newModule(t *testing.T) module {
	t.Helper()
	m := module{t, t.TempDir()}
	if err := os.CopyFS(m.dir, os.DirFS("testdata/module")); err != nil {
		t.Fatal(err)
	}
	repository := m.abs("../..")
	// What graphslice requires is what the tool needs, at the versions that are known to be there.
	ours := m.read(filepath.Join(repository, "go.mod"))
	m.write("go.mod", strings.Replace(ours, "module github.com/graphslice/graphslice\n", "module example.com/downstream\n", 1))
	m.write("go.sum", m.read(filepath.Join(repository, "go.sum")))
	m.goes("mod", "edit", "-require=github.com/graphslice/graphslice@v0.0.0", "-replace=github.com/graphslice/graphslice="+repository,
		"-tool=github.com/graphslice/graphslice/cmd/gen")
	if err := os.Symlink(m.abs(shared), filepath.Join(m.dir, "shared")); err != nil {
		t.Fatal(err)
	}
	return m
}

func (m module) abs(path string) string {
	m.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		m.Fatal(err)
	}
	return path
}

func (m module) read(path string) string {
	m.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		m.Fatal(err)
	}
	return string(data)
}

func (m module) write(name, text string) {
	m.Helper()
	if err := os.WriteFile(filepath.Join(m.dir, name), []byte(text), 0o666); err != nil {
		m.Fatal(err)
	}
}

// try runs the go command in the module and returns what it prints. With -trimpath what is compiled in one run is there in the next, in
// another folder.
func (m module) try(args ...string) (stdout, stderr string, err error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod -trimpath", "GOWORK=off")
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	return out.String(), errs.String(), err
}

// goes runs the go command, which has to succeed.
func (m module) goes(args ...string) string {
	m.Helper()
	stdout, stderr, err := m.try(args...)
	if err != nil {
		m.Fatalf("go %s: %v\n%s%s", strings.Join(args, " "), err, stdout, stderr)
	}
	return stdout
}

// take makes the slices those of a date and renews them.
func (m module) take(date string) {
	m.Helper()
	m.write("graphslice.yaml", strings.ReplaceAll(m.read("testdata/module/graphslice.yaml"), "DATE", date))
	m.goes("tool", "gen", "slice", "--quiet")
}

// brokenFile is the file of the program that uses what breaks between the two dates.
const brokenFile = "broken.go"

// A module outside of the repository generates its packages, uses them, renews its slices, reads what the change means and
// generates again. What it was told is compatible compiles; what it was told breaks is what the compiler names.
func TestDownstream(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("needs ../shared: ", err)
	}
	m := newModule(t)
	server := httptest.NewServer(http.HandlerFunc(answer))
	defer server.Close()
	packages := []string{"internal/v1/graph", "internal/beta/graph"}

	m.take("2022-05")
	m.goes("generate", "./...")
	m.goes("vet", "./...")
	want := "created 19:1 Plans\nmember m1 megan@contoso.com\nother *graph.ConversationMember\ngone true\nadded m2\n"
	if got := m.goes("run", ".", server.URL); got != want {
		t.Fatalf("the program printed:\n%s\nwant:\n%s", got, want)
	}
	uses := map[string][]use{}
	firstLine := map[string]int{}
	for _, p := range packages {
		uses[p] = usesOf(t, filepath.Join(m.dir, p))
		var text string
		text, firstLine[p] = testFile(uses[p])
		m.write(p+"/uses_test.go", text)
	}
	m.goes("vet", "./internal/...")

	m.take("2023-07")
	breaking := breakingNames(t, m)
	m.goes("generate", "./...")
	for _, p := range packages {
		named := map[string]bool{} // by the compiler
		_, stderr, _ := m.try("test", "-gcflags=-e", "-run=^$", "./"+p)
		for _, line := range compileErrors(stderr) {
			named[uses[p][line-firstLine[p]].of] = true
		}
		compare(t, p, uses[p], named, breaking[p])
	}

	// The program compiles as it is, but for the file that uses what broke, where the compiler stops at just that.
	_, stderr, err := m.try("build", "-gcflags=-e", "-o", os.DevNull, ".")
	if err == nil {
		t.Fatal("the program still compiles, although it uses what is gone")
	}
	for _, line := range strings.Split(strings.TrimSpace(stderr), "\n") {
		continued := strings.HasPrefix(line, "#") || strings.HasPrefix(line, "\t")
		if !continued && !strings.Contains(line, brokenFile+":") {
			t.Errorf("the compiler stops outside of %s: %s", brokenFile, line)
		}
	}
	if err := os.Remove(filepath.Join(m.dir, brokenFile)); err != nil {
		t.Fatal(err)
	}
	if got := m.goes("run", ".", server.URL); got != want {
		t.Errorf("the program printed after the renewal:\n%s\nwant:\n%s", got, want)
	}
}

var errorLine = regexp.MustCompile(`(?m)uses_test\.go:([0-9]+):[0-9]+: `)

// compileErrors are the lines of uses_test.go that the compiler complains of.
func compileErrors(stderr string) []int {
	var lines []int
	for _, match := range errorLine.FindAllStringSubmatch(stderr, -1) {
		var n int
		fmt.Sscan(match[1], &n)
		lines = append(lines, n)
	}
	return lines
}

// answer is a small Microsoft Graph.
func answer(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "application/json")
	switch r.Method + " " + r.URL.Path {
	case "POST /v1.0/chats":
		if !strings.Contains(string(body), `"user@odata.bind":"http://`+r.Host+`/v1.0/users('megan@contoso.com')"`) {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, `{"id":"19:1","topic":"Plans","chatType":"group"}`)
	case "GET /v1.0/chats/19:1/members":
		io.WriteString(w, `{"value":[{"@odata.type":"#microsoft.graph.aadUserConversationMember","id":"m1","email":"megan@contoso.com"},`+
			`{"@odata.type":"#microsoft.graph.someNewMember","id":"m3"}]}`)
	case "PATCH /v1.0/chats/19:1":
		if string(body) != `{"topic":null}` {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	case "POST /beta/chats/19:1/members":
		w.Header().Set("Location", "/chats('19:1')/members('m2')")
		w.WriteHeader(http.StatusCreated)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}
