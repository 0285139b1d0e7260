package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator"
)

// shelf is a slice with a list for each name, in that order: things of a type of their own.
func shelf(names ...string) string {
	var paths, schemas strings.Builder
	for _, name := range names {
		fmt.Fprintf(&paths, `  /%[1]ss:
    get:
      summary: List the %[1]ss
      tags: [%[1]ss]
      operationId: %[1]ss.list
      responses:
        2XX:
          description: The %[1]ss.
          content:
            application/json:
              schema:
                type: object
                properties:
                  value:
                    type: array
                    items: {$ref: '#/components/schemas/microsoft.graph.%[1]s'}
      x-ms-pageable: {nextLinkName: '@odata.nextLink'}
`, name)
		fmt.Fprintf(&schemas, `    microsoft.graph.%[1]s:
      title: %[1]s
      type: object
      description: A %[1]s.
      properties:
        id: {type: string}
        title:
          type: string
          description: What the %[1]s is called.
          nullable: true
`, name)
	}
	return "openapi: 3.0.3\ninfo: {title: Shelf, version: v1.0}\nservers: [{url: 'https://shelf.example/v1.0'}]\npaths:\n" +
		paths.String() + "components:\n  schemas:\n" + schemas.String()
}

// ruled is how a lock says by which rules names were given out.
var ruled = fmt.Sprintf("\nnames\t%d\n", generator.NamesRules)

// edit replaces the first occurrence of a text in a file.
func edit(t *testing.T, path, from, to string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), from) {
		t.Fatalf("%s does not have %q", path, from)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(data), from, to, 1)), 0o666); err != nil {
		t.Fatal(err)
	}
}

// genReally runs the command with the real generator and returns how often that was called.
func genReally(args ...string) (result, int) {
	var stdout, stderr bytes.Buffer
	calls := 0
	a := &app{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, now: func() time.Time { return time.Time{} },
		generate: func(ctx context.Context, cfg generator.Config) (*generator.Result, error) {
			calls++
			return generator.Generate(ctx, cfg)
		}}
	code := a.run(context.Background(), args)
	return result{code, stdout.String(), stderr.String()}, calls
}

// mustGen runs the command and expects success.
func mustGen(t *testing.T, args ...string) {
	t.Helper()
	if got := ask(append(args, "--quiet")...); got.code != exitOK || got.stdout+got.stderr != "" {
		t.Fatalf("gen %v: exit code %d\n%s%s", args, got.code, got.stdout, got.stderr)
	}
}

// Hashes tell that nothing has changed, and nothing is generated then; whatever changes is noticed.
func TestCheckByHashes(t *testing.T) {
	const clean = "documentation out/graphslice.lock\n"
	files := map[string]string{
		"graphslice.yaml":   "packages:\n  - {specs: [specs/a.yaml], overrides: [o.yaml], out: out, package: shelf}\n",
		"specs/a.yaml":      strings.Replace(shelf("book"), "#/components/schemas/microsoft.graph.book", "b.yaml#/components/schemas/microsoft.graph.book", 1),
		"specs/b.yaml":      shelf("book"),
		"o.yaml":            "types: {microsoft.graph.book: {description: To read.}}\n",
		"specs/a-copy.yaml": shelf("book"),
	}
	tests := map[string]struct {
		change func(t *testing.T)
		args   []string
		code   int
		stdout string
		calls  int
	}{
		"nothing":                {code: exitOK},
		"nothing, as a flag":     {args: []string{"--check"}, code: exitOK},
		"nothing, generated":     {args: []string{"check", "--full"}, code: exitOK, calls: 1},
		"a comment of the slice": {change: func(t *testing.T) { edit(t, "specs/a.yaml", "openapi", "# x\nopenapi") }, code: exitDiffers, stdout: clean, calls: 1},
		"a referenced file":      {change: func(t *testing.T) { edit(t, "specs/b.yaml", "openapi", "# x\nopenapi") }, code: exitDiffers, stdout: clean, calls: 1},
		"an override":            {change: func(t *testing.T) { edit(t, "o.yaml", "types", "# x\ntypes") }, code: exitDiffers, stdout: clean, calls: 1},
		"a description": {change: func(t *testing.T) { edit(t, "o.yaml", "To read", "To look at") }, code: exitDiffers,
			stdout: clean + "documentation out/models.go\n", calls: 1},
		"a description, without": {change: func(t *testing.T) { edit(t, "o.yaml", "To read", "To look at") }, args: []string{"check", "--no-docs"}, code: exitOK, calls: 1},
		"an option": {change: func(t *testing.T) { edit(t, "graphslice.yaml", "overrides", "include: [/books], overrides") }, code: exitDiffers,
			stdout: "changed out/graphslice.lock\n", calls: 1},
		"another slice": {change: func(t *testing.T) { edit(t, "graphslice.yaml", "specs/a.yaml", "specs/a-copy.yaml") }, code: exitDiffers,
			stdout: "changed out/graphslice.lock\n", calls: 1},
		"remote references": {args: []string{"check", "--allow-remote-refs"}, code: exitDiffers, stdout: "changed out/graphslice.lock\n", calls: 1},
		"another version": {change: func(t *testing.T) { edit(t, "out/graphslice.lock", generator.Version, "0.0.1") }, code: exitDiffers,
			stdout: "changed out/graphslice.lock\n", calls: 1},
		"other rules of names": {change: func(t *testing.T) {
			edit(t, "out/graphslice.lock", ruled, fmt.Sprintf("\nnames\t%d\n", generator.NamesRules+1))
		}, code: exitDiffers,
			stdout: "changed out/graphslice.lock\n", calls: 1},
		"a lock older than rules": {change: func(t *testing.T) { edit(t, "out/graphslice.lock", ruled, "\n") }, code: exitDiffers,
			stdout: "changed out/graphslice.lock\n", calls: 1},
		"a merged lock": {change: func(t *testing.T) { edit(t, "out/graphslice.lock", "format", "<<<<<<< HEAD\nformat") }, code: exitDiffers,
			stdout: "changed out/graphslice.lock\n", calls: 1},
		"a file edited":    {change: func(t *testing.T) { edit(t, "out/models.go", "Book", "Buch") }, code: exitDiffers, stdout: "edited out/models.go\n", calls: 1},
		"a comment edited": {change: func(t *testing.T) { edit(t, "out/models.go", "To read", "To x") }, code: exitDiffers, stdout: "edited out/models.go\n", calls: 1},
		"a file deleted": {change: func(t *testing.T) {
			if err := os.Remove("out/models.go"); err != nil {
				t.Fatal(err)
			}
		}, code: exitDiffers, stdout: "missing out/models.go\n", calls: 1},
		"no lock": {change: func(t *testing.T) {
			if err := os.Remove("out/graphslice.lock"); err != nil {
				t.Fatal(err)
			}
		}, code: exitDiffers, stdout: "missing out/graphslice.lock\n", calls: 1},
		"Windows' line ends": {change: func(t *testing.T) {
			for _, path := range []string{"out/models.go", "specs/b.yaml", "out/graphslice.lock"} {
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				lay(t, map[string]string{path: strings.ReplaceAll(string(data), "\n", "\r\n")})
			}
		}, code: exitOK},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			lay(t, files)
			mustGen(t)
			if test.change != nil {
				test.change(t)
			}
			if test.args == nil {
				test.args = []string{"check"}
			}
			before := tree(t)
			got, calls := genReally(append(test.args, "--quiet")...)
			if diff := cmp.Diff(result{test.code, test.stdout, ""}, got, cmp.AllowUnexported(result{})); diff != "" || calls != test.calls {
				t.Errorf("generated %d times, want %d; -want +got:\n%s", calls, test.calls, diff)
			}
			if diff := cmp.Diff(before, tree(t)); diff != "" {
				t.Errorf("a check changed something:\n%s", diff)
			}
		})
	}
}

// What came from the network is fetched again: no hash on the disk tells whether it is still the same.
func TestCheckRemote(t *testing.T) {
	t.Chdir(t.TempDir())
	kind := "string"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "openapi: 3.0.3\npaths: {}\ncomponents:\n  schemas:\n    microsoft.graph.entity:\n      type: object\n"+
			"      properties:\n        rank: {type: %s}\n", kind)
	}))
	defer server.Close()
	lay(t, map[string]string{"a.yaml": strings.Replace(shelf("book"), "      title: book\n      type: object\n",
		"      title: book\n      type: object\n      allOf: [{$ref: '"+server.URL+"/b.yaml#/components/schemas/microsoft.graph.entity'}]\n", 1)})
	call := []string{"--quiet", "--spec", "a.yaml", "--out", "out", "--allow-remote-refs"}
	mustGen(t, call...)
	for _, want := range []struct {
		kind string
		code int
	}{{"string", exitOK}, {"boolean", exitDiffers}} {
		kind = want.kind
		got, calls := genReally(append([]string{"check"}, call...)...)
		if got.code != want.code || calls != 1 {
			t.Errorf("%s: exit code %d, generated %d times\n%s%s", kind, got.code, calls, got.stdout, got.stderr)
		}
	}
}

// The call that mends what a check found has the flags that decide what is generated, quoted for a shell.
func TestRemedy(t *testing.T) {
	for want, args := range map[string][]string{
		"gen":                           {"check", "--full", "--format", "json", "--quiet"},
		"gen --config 'my file.yaml'":   {"check", "--config", "my file.yaml", "--verbose"},
		"gen --no-docs":                 {"--check", "--no-docs", "--full=true"},
		"gen --allow-remote-refs=false": {"--check", "--allow-remote-refs=false"},
		`gen --spec a --spec 'it'\''s' --out b --package c --include '/me/**#GET' --include /x --exclude /y --overrides o`: {"check",
			"--spec", "a", "--out", "b", "--spec", "it's", "--package", "c", "--include", "/me/**#GET", "--include", "/x", "--exclude", "/y", "--overrides", "o"},
	} {
		opts := &options{isCheck: args[0] == "check"}
		if opts.isCheck {
			args = args[1:]
		}
		if err := opts.parse(args); err != nil {
			t.Fatal(want, err)
		}
		if got := opts.remedy(false); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if got := opts.remedy(true); got != want+" --force" {
			t.Errorf("%s, want %s --force", got, want)
		}
	}
}

// Documentation that is left out stays out of date until it is asked for.
func TestNoDocsOverTime(t *testing.T) {
	t.Chdir(t.TempDir())
	call := []string{"--spec", "a.yaml", "--out", "out"}
	step := func(want result, args ...string) {
		t.Helper()
		got, _ := genReally(append(args, call...)...)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(result{})); diff != "" {
			t.Errorf("gen %v: -want +got:\n%s", args, diff)
		}
	}
	summary := func(files string) string {
		return "gen: 1 package, 1 type, 1 operation, 0 binds; files: " + files + ", in 0.00 s\n"
	}
	lay(t, map[string]string{"a.yaml": shelf("book")})
	mustGen(t, call...)
	models, err := os.Stat("out/models.go")
	if err != nil {
		t.Fatal(err)
	}
	edit(t, "a.yaml", "A book.", "Pages between covers.")
	total := len(tree(t)) - 1 // without the slice
	const differ = "gen: the files differ from what the slices make: run gen --spec a.yaml --out out and commit them\n"
	step(result{exitDiffers, "documentation out/graphslice.lock\ndocumentation out/models.go\n",
		summary(fmt.Sprintf("2 to write, 2 of them documentation only, %d unchanged, 0 to remove", total-2)) + differ}, "check")
	step(result{exitOK, "", summary(fmt.Sprintf("1 written, 1 of them documentation only, %d unchanged, 0 removed", total-1))}, "--no-docs")
	step(result{exitOK, "", "gen: 1 package, up to date, in 0.00 s\n"}, "check", "--no-docs")
	if now, err := os.Stat("out/models.go"); err != nil || !os.SameFile(models, now) || !now.ModTime().Equal(models.ModTime()) {
		t.Errorf("models.go was written anew, %v", err)
	}
	step(result{exitDiffers, "documentation out/graphslice.lock\ndocumentation out/models.go\n",
		summary(fmt.Sprintf("2 to write, 2 of them documentation only, %d unchanged, 0 to remove", total-2)) + differ}, "check")
	edit(t, "a.yaml", "type: string\n          description: What", "type: boolean\n          description: What")
	got, _ := genReally(append([]string{"--no-docs", "--quiet"}, call...)...)
	if text := tree(t)["out/models.go"]; got.code != exitOK || !strings.Contains(text, "Pages between covers") {
		t.Errorf("exit code %d; a file whose code changes gets its comments as well:\n%s", got.code, text)
	}
	step(result{exitOK, "", "gen: 1 package, up to date, in 0.00 s\n"}, "check")
}

// A name that somebody has already is refused to a newcomer, at the newcomer's place, though it stands first.
func TestNewcomer(t *testing.T) {
	t.Chdir(t.TempDir())
	call := []string{"--quiet", "--spec", "a.yaml", "--out", "out"}
	lay(t, map[string]string{"a.yaml": shelf("bookCase")})
	mustGen(t, call...)
	text := shelf("book.case", "bookCase")
	lay(t, map[string]string{"a.yaml": text})
	placeOf := func(line string) string {
		return fmt.Sprintf("a.yaml:%d:5", strings.Count(text[:strings.Index(text, line)], "\n")+1)
	}
	path, other := placeOf("    get:"), placeOf("    microsoft.graph.book.case:")
	want := path + ": error: path /book.cases becomes the Go name BookCasesRequests, which path /bookCases has had since the last generation (name-collision)\n" +
		"\tsee also a.yaml:23:5\n" +
		"\thint: give the newcomer another name in the overrides, such as paths: {\"/book.cases\": {rename: BookCasesPath}}\n" +
		other + ": error: type microsoft.graph.book.case becomes the Go name BookCase, which type microsoft.graph.bookCase has had since the last generation (name-collision)\n" +
		"\tsee also " + placeOf("    microsoft.graph.bookCase:") + "\n" +
		"\thint: give the newcomer another name in the overrides, such as types: {\"microsoft.graph.book.case\": {rename: BookCaseModel}}\n"
	if diff := cmp.Diff(result{exitInput, "", want}, ask(call...), cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Names of another version or of other rules stay, are marked as such, and stay on. Without the lock the rules have it their way; and
// if there were no such names, a lost lock comes back as it was.
func TestNamesStay(t *testing.T) {
	for name, change := range map[string][2]string{
		"another version":  {"graphslice\t" + generator.Version, "graphslice\t0.0.1"},
		"other rules":      {ruled, fmt.Sprintf("\nnames\t%d\n", generator.NamesRules+1)},
		"older than rules": {ruled, "\n"},
	} {
		t.Run(name, func(t *testing.T) { testNamesStay(t, change[0], change[1]) })
	}
}

func testNamesStay(t *testing.T, from, to string) {
	t.Chdir(t.TempDir())
	call := []string{"--spec", "a.yaml", "--out", "out"}
	lay(t, map[string]string{"a.yaml": shelf("book")})
	mustGen(t, call...)
	byRules := tree(t)
	remove := func() {
		if err := os.Remove("out/graphslice.lock"); err != nil {
			t.Fatal(err)
		}
	}
	remove()
	mustGen(t, call...)
	if diff := cmp.Diff(byRules, tree(t)); diff != "" {
		t.Errorf("-before +after the lock was lost:\n%s", diff)
	}

	edit(t, "out/graphslice.lock", from, to)
	edit(t, "out/graphslice.lock", "type\tmicrosoft.graph.book\tBook", "type\tmicrosoft.graph.book\tTome")
	for range 2 {
		mustGen(t, call...)
		now := tree(t)
		if !strings.Contains(now["out/models.go"], "type Tome struct") || strings.Contains(now["out/models.go"], "type Book struct") {
			t.Errorf("the type has another name:\n%s", now["out/models.go"])
		}
		if !regexp.MustCompile(`(?m)^type\tmicrosoft\.graph\.book\tTome\t.*\tkept$`).MatchString(now["out/graphslice.lock"]) {
			t.Errorf("the lock does not say that the name was kept:\n%s", now["out/graphslice.lock"])
		}
	}
	remove()
	mustGen(t, append(call, "--force")...)
	if diff := cmp.Diff(byRules, tree(t)); diff != "" {
		t.Errorf("-by the rules +without the lock:\n%s", diff)
	}
}

// git runs in the working folder with an identity of its own and without the user's configuration, and reports success.
func git(t *testing.T, args ...string) bool {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=x", "-c", "user.email=x@shelf.example", "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Logf("git %v: %v\n%s", args, err, out)
	}
	return err == nil
}

// Two branches that each add an operation to a slice merge, and generate to the same bytes as both additions at once.
func TestMerges(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("SKIPPED: git is needed")
	}
	const union = "graphslice.lock merge=union\n"
	// The slices merge without conflicts. Near: what is added stands in the code at one place, so that the code conflicts.
	type slices struct{ base, ours, theirs, both string }
	apart := slices{shelf("atlas", "comic", "essay"), shelf("atlas", "book", "comic", "essay"), shelf("atlas", "comic", "diary", "essay"),
		shelf("atlas", "book", "comic", "diary", "essay")}
	near := slices{shelf("map"), shelf("book", "map"), shelf("map", "comic"), shelf("book", "map", "comic")}
	lockAndCode := []string{"out/graphslice.lock", "out/models.go"}
	for name, test := range map[string]struct {
		slices     slices
		attributes string
		conflicts  []string // of lockAndCode
		resolve    []string // arguments of git
	}{
		"a union":                     {apart, union, nil, nil},
		"a union, the code conflicts": {near, union, lockAndCode[1:], nil},
		"the lock conflicts":          {apart, "", lockAndCode[:1], nil},
		"lock and code conflict":      {near, "", lockAndCode, nil},
		"conflicts with their base":   {near, "", lockAndCode, []string{"checkout", "--conflict=diff3", "out"}},
		"all ours":                    {near, "", lockAndCode, []string{"checkout", "HEAD", "--", "out"}},
		"all theirs":                  {near, "", lockAndCode, []string{"checkout", "MERGE_HEAD", "--", "out"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			git(t, "init", "-q", "-b", "main")
			commit := func(slice string) {
				lay(t, map[string]string{"a.yaml": slice, ".gitattributes": test.attributes})
				mustGen(t, "--spec", "a.yaml", "--out", "out")
				if !git(t, "add", "-A") || !git(t, "commit", "-q", "-m", "x") {
					t.FailNow()
				}
			}
			commit(test.slices.base)
			git(t, "checkout", "-q", "-b", "other")
			commit(test.slices.theirs)
			git(t, "checkout", "-q", "main")
			commit(test.slices.ours)
			clean := git(t, "merge", "-q", "--no-edit", "other")
			merged := tree(t)
			var conflicts []string
			for _, path := range lockAndCode {
				if strings.Contains(merged[path], "<<<<<<<") {
					conflicts = append(conflicts, path)
				}
			}
			if diff := cmp.Diff(test.conflicts, conflicts); diff != "" || clean != (conflicts == nil) || merged["a.yaml"] != test.slices.both {
				t.Errorf("the merge is not what is to be tested: clean %t, conflicts -want +got:\n%s", clean, diff)
			}
			if test.resolve != nil && !git(t, test.resolve...) {
				t.FailNow()
			}
			mustGen(t, "--spec", "a.yaml", "--out", "out")
			mustGen(t, "check", "--full", "--spec", "a.yaml", "--out", "out")
			got := generated(t)
			t.Chdir(t.TempDir())
			lay(t, map[string]string{"a.yaml": test.slices.both})
			mustGen(t, "--spec", "a.yaml", "--out", "out")
			if diff := cmp.Diff(generated(t), got); diff != "" {
				t.Errorf("-at once +merged:\n%s", diff)
			}
		})
	}
}

// generated are the files in out.
func generated(t *testing.T) map[string]string {
	t.Helper()
	files := tree(t)
	maps.DeleteFunc(files, func(path, _ string) bool { return !strings.HasPrefix(path, "out/") })
	return files
}

// One more property is a small difference in the code, and in the lock.
func TestOnePropertyMore(t *testing.T) {
	chats, err := os.ReadFile("../../specs/v1.0/chats.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ slice, from, to string }{
		"a small slice": {
			shelf("atlas", "book", "comic"),
			"A book.\n      properties:\n", "A book.\n      properties:\n        pages: {type: integer, format: int32, nullable: true}\n",
		},
		// Longer than all others: what gofmt would align with it must not move.
		"a committed slice, a long name": {
			string(chats), "            topic:\n",
			"            whetherItIsHiddenFromAllOfItsMembersByDefault: {type: boolean, nullable: true, description: Whether it is.}\n            topic:\n",
		},
	} {
		t.Run(name, func(t *testing.T) { onePropertyMore(t, test.slice, test.from, test.to) })
	}
}

// onePropertyMore generates from a slice, and again after an edit that adds a property to it.
func onePropertyMore(t *testing.T, slice, from, to string) {
	t.Chdir(t.TempDir())
	call := []string{"--spec", "a.yaml", "--out", "out"}
	lay(t, map[string]string{"a.yaml": slice})
	mustGen(t, call...)
	before := tree(t)
	edit(t, "a.yaml", from, to)
	mustGen(t, call...)
	code, inLock := 0, 0
	for path, text := range tree(t) {
		switch {
		case path == "out/graphslice.lock":
			inLock = len(changedLines(t, before[path], text))
		case strings.HasPrefix(path, "out/"):
			for _, line := range changedLines(t, before[path], text) {
				if line = strings.TrimSpace(line[1:]); line != "" && !strings.HasPrefix(line, "//") {
					code++
				}
			}
		}
	}
	if code == 0 || code > 12 {
		t.Errorf("%d lines of code changed, want at most 12", code)
	}
	const filesChanged = 4 // with the input, two lines each
	if inLock == 0 || inLock > 2*filesChanged+1 {
		t.Errorf("%d lines of the lock changed", inLock)
	}
}

// changedLines are the lines that a unified diff of two texts marks with + or -.
func changedLines(t *testing.T, before, after string) []string {
	t.Helper()
	dir := t.TempDir()
	paths := []string{filepath.Join(dir, "before"), filepath.Join(dir, "after")}
	for i, text := range []string{before, after} {
		if err := os.WriteFile(paths[i], []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	out, _ := exec.Command("git", "diff", "--no-index", "--no-ext-diff", "--no-color", "-U0", paths[0], paths[1]).Output() // fails if they differ
	_, hunks, _ := strings.Cut(string(out), "\n@@")
	var lines []string
	for line := range strings.Lines(hunks) {
		if line[0] == '+' || line[0] == '-' {
			lines = append(lines, line)
		}
	}
	return lines
}

// A run that another one keeps out of the folder says so, and writes nothing.
func TestBusy(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"a.yaml": shelf("book")})
	var code int
	var stderr bytes.Buffer
	args := []string{"--spec", "a.yaml", "--out", "out"}
	first := &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, now: time.Now,
		generate: func(ctx context.Context, cfg generator.Config) (*generator.Result, error) {
			other, cancel := context.WithCancel(ctx)
			cancel() // so that it does not wait
			code = run(other, args, strings.NewReader(""), io.Discard, &stderr)
			return generator.Generate(ctx, cfg)
		}}
	if got := first.run(t.Context(), args); got != exitOK {
		t.Fatalf("exit code %d", got)
	}
	if want := "gen: interrupted; nothing was written\n"; code != exitInput || stderr.String() != want {
		t.Errorf("exit code %d, %q", code, stderr.String())
	}
}
