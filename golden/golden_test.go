// Package golden holds the generator to its committed output: a folder of testdata is a case, with
//
//	input/           the slices (*.yaml), overrides.yaml if there is one
//	case.yaml        optional: what graphslice.yaml would say of the package, paths relative to input/; below slice, relative to
//	                 the case, what the input is cut from
//	want-fake/       optional: those of the package that fakes the service
//	want/            the generated files, but for the runtime's
//	diagnostics.txt  what was found, as it is printed
//
// After a deliberate change of the output, go test ./golden -update rewrites want/ and diagnostics.txt.
package golden

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator"
)

var update = flag.Bool("update", false, "rewrite want/ and diagnostics.txt")

const updateHint = "if this is what you want: go test ./golden -update, and read the diff"

// goldenCase is one case; its lists are as in case.yaml.
type goldenCase struct {
	Specs, Include, Exclude, Overrides []string
	Package                            string
	Slice                              yaml.Node

	name, dir string
}

// cases returns every case of testdata, by name. Folders without input/ are something else.
func cases(t *testing.T) []goldenCase {
	t.Helper()
	inputs, err := filepath.Glob(filepath.Join("testdata", "*", "input"))
	if err != nil {
		t.Fatal(err)
	}
	if len(inputs) == 0 {
		t.Fatal("testdata has no case")
	}
	var all []goldenCase
	for _, input := range inputs {
		dir := filepath.Dir(input)
		c, err := readCase(dir)
		if err != nil {
			t.Fatalf("%s: %v", dir, err)
		}
		all = append(all, c)
	}
	return all
}

// readCase reads case.yaml, or takes every file of input/ where it says nothing.
func readCase(dir string) (goldenCase, error) {
	c := goldenCase{Package: "graph", name: filepath.Base(dir), dir: dir}
	data, err := os.ReadFile(filepath.Join(dir, "case.yaml"))
	if err == nil {
		decoder := yaml.NewDecoder(bytes.NewReader(data))
		decoder.KnownFields(true)
		if err := decoder.Decode(&c); err != nil && !errors.Is(err, io.EOF) {
			return c, err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return c, err
	}
	if c.Specs != nil {
		return c, nil
	}
	names, err := filepath.Glob(filepath.Join(dir, "input", "*.yaml"))
	for _, name := range names {
		if base := filepath.Base(name); base == "overrides.yaml" {
			c.Overrides = append(c.Overrides, base)
		} else {
			c.Specs = append(c.Specs, base)
		}
	}
	return c, err
}

// config is what the case is generated with, of the files in folder input.
func (c goldenCase) config(input string) generator.Config {
	in := func(names []string) []string {
		paths := make([]string, len(names))
		for i, name := range names {
			paths[i] = filepath.Join(input, name)
		}
		return paths
	}
	return generator.Config{
		Specs: in(c.Specs), Overrides: in(c.Overrides), Package: c.Package, Include: c.Include, Exclude: c.Exclude,
		Version: "golden", // so that a release changes no case
		Fake:    "graphtest", ImportPath: c.importPath(),
	}
}

// generate runs the case on the files in folder input.
func (c goldenCase) generate(t *testing.T, input string) *generator.Result {
	t.Helper()
	result, err := generator.Generate(context.Background(), c.config(input))
	if err != nil {
		t.Fatalf("the generator is at fault: %v", err)
	}
	return result
}

// importPath is that of the case's package in the module of TestGoldenCompiles.
func (c goldenCase) importPath() string { return "example.com/golden/case_" + c.name }

func TestGolden(t *testing.T) {
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			input := filepath.Join(c.dir, "input")
			result := c.made(t, false)
			compareDiagnostics(t, c, result.Diagnostics)
			if result.Diagnostics.HasErrors() {
				t.Fatalf("a case that fails belongs into testdata/bad:\n%v", result.Diagnostics)
			}
			compareFiles(t, c, result.Files)
			compareFake(t, c, result.Fake)

			again := c.generate(t, input)
			if diff := cmp.Diff(texts(result.Files), texts(again.Files)); diff != "" {
				t.Errorf("generated twice, and different: -first +second:\n%s", diff)
			}
			for seed := range uint64(2) {
				shuffled := c.generate(t, shuffle(t, input, seed))
				if diff := cmp.Diff(texts(result.Files), texts(shuffled.Files)); diff != "" {
					t.Errorf("the order of keys in the input matters (seed %d): -as written +shuffled:\n%s", seed, diff)
				}
				if diff := cmp.Diff(messages(result.Diagnostics), messages(shuffled.Diagnostics)); diff != "" {
					t.Errorf("diagnostics (seed %d): -as written +shuffled:\n%s", seed, diff)
				}
			}
		})
	}
}

// compareDiagnostics holds the diagnostics, with paths relative to the case, to diagnostics.txt.
func compareDiagnostics(t *testing.T, c goldenCase, found generator.Diagnostics) {
	t.Helper()
	var text strings.Builder
	for _, d := range found {
		text.WriteString(d.String() + "\n")
	}
	got := strings.ReplaceAll(text.String(), filepath.ToSlash(c.dir)+"/", "")
	path := filepath.Join(c.dir, "diagnostics.txt")
	if *update {
		writeFile(t, path, got)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; %s", err, updateHint)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("diagnostics.txt: -want +got:\n%s%s", diff, updateHint)
	}
}

// compareFiles holds the files to want/, both ways: one too many is a difference as well as one too few.
func compareFiles(t *testing.T, c goldenCase, files []generator.File) {
	t.Helper()
	got := texts(emitted(t, c.Package, files))
	dir := filepath.Join(c.dir, "want")
	if *update {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		for name, text := range got {
			writeFile(t, filepath.Join(dir, name), text)
		}
		return
	}
	if diff := cmp.Diff(readTree(t, dir), got); diff != "" {
		t.Errorf("want/: -want +got:\n%s%s", diff, updateHint)
	}
}

// compareFake holds the package that fakes the service to want-fake/, where a case has that.
func compareFake(t *testing.T, c goldenCase, files []generator.File) {
	t.Helper()
	dir := filepath.Join(c.dir, "want-fake")
	if _, err := os.Stat(dir); err != nil {
		return
	}
	files = slices.DeleteFunc(slices.Clone(files), func(f generator.File) bool { return strings.HasPrefix(f.Name, "runtime_") })
	if *update {
		for _, f := range files {
			writeFile(t, filepath.Join(dir, f.Name), string(f.Data))
		}
		return
	}
	if diff := cmp.Diff(readTree(t, dir), texts(files)); diff != "" {
		t.Errorf("want-fake/: -want +got:\n%s%s", diff, updateHint)
	}
}

// emitted returns the files that are made from the slice, and checks that the others are the runtime's, or less of it: the lines
// that are left are those of the runtime in their order.
func emitted(t *testing.T, pkg string, files []generator.File) []generator.File {
	t.Helper()
	runtime, err := generator.RuntimeFiles(pkg)
	if err != nil {
		t.Fatal(err)
	}
	whole := texts(runtime)
	var rest, own []generator.File
	for _, f := range files {
		text, isRuntime := whole[f.Name]
		if !isRuntime {
			own = append(own, f)
			continue
		}
		rest = append(rest, f)
		checkRuntime(t, text, f)
	}
	has := func(files []generator.File, name string) bool {
		return slices.ContainsFunc(files, func(f generator.File) bool { return f.Name == name })
	}
	if has(own, "uploads.go") != has(rest, "runtime_upload.go") || has(rest, "runtime_upload.go") != has(rest, "runtime_upload_ranges.go") {
		t.Error("what sends large contents is there by halves")
	}
	if has(own, "notifications.go") != has(rest, "runtime_notification.go") || has(own, "notifications.go") != has(rest, "runtime_subscribe.go") {
		t.Error("what receives notifications is there by halves")
	}
	return own
}

// strangeLine is the first line of less that does not follow in whole on those before it; "" if there is none. An import that is
// left alone needs no parentheses.
func strangeLine(whole, less string) string {
	whole = "\n" + whole
	for line := range strings.Lines(less) {
		of := "\n" + line
		if path, ok := strings.CutPrefix(line, "import "); ok && !strings.Contains(whole, line) {
			of = "\n\t" + path
		}
		at := strings.Index(whole, of)
		if at < 0 {
			return line
		}
		whole = whole[at+len(of)-1:] // from the end of the line, behind which the next begins
	}
	return ""
}

// texts are the files' texts by name.
func texts(files []generator.File) map[string]string {
	m := make(map[string]string, len(files))
	for _, f := range files {
		m[f.Name] = string(f.Data)
	}
	return m
}

// messages are the diagnostics without their places, sorted.
func messages(found generator.Diagnostics) []string {
	all := make([]string, len(found))
	for i, d := range found {
		all[i] = fmt.Sprintf("%s: %s: %s", d.Severity, d.Code, d.Message)
	}
	slices.Sort(all)
	return all
}

// readTree returns the texts of the files in dir by name; a folder that is not there has none.
func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	tree := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, relErr := filepath.Rel(dir, path)
		tree[filepath.ToSlash(name)] = string(data)
		return errors.Join(err, relErr)
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return tree
}

// writeFile writes a file and the folders above it.
func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// The want/ of every case passes go vet, which type-checks it against the real standard library with the oldest
// supported language version.
func TestGoldenCompiles(t *testing.T) {
	module := newModule(t)
	for _, c := range cases(t) {
		files := texts(c.made(t, true).Files)
		maps.Copy(files, readTree(t, filepath.Join(c.dir, "want")))
		writePackage(t, module, "case_"+c.name, files)
	}
	for _, version := range []string{"v1.0", "beta"} {
		writePackage(t, module, version, readTree(t, filepath.Join("../generated", version, "graph")))
	}
	runGo(t, module, "vet", "./...")
}

// writePackage writes a package into a folder of a module, with a file more that has the lines of code of the package's comment.
func writePackage(t *testing.T, module, folder string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if !strings.HasSuffix(name, "_test.go") {
			writeFile(t, filepath.Join(module, folder, name), text)
		}
	}
	writeFile(t, filepath.Join(module, folder, "guide.go"), guide(files["doc.go"]))
}

// guide makes a Go file of a package's comment: its blocks of code in one function, each within braces but for the first, which
// makes the client. The file is of the package itself, so that go vet need not compile that.
func guide(doc string) string {
	pkg := strings.TrimSpace(doc[strings.LastIndex(doc, "package ")+len("package "):])
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (%q; %q; %q; %q; %q; %q; %q)\n\n", pkg,
		"context", "encoding/json", "errors", "fmt", "io", "net/http", "os")
	b.WriteString("var _ io.Reader // not every comment has one\n\nfunc _(ctx context.Context) error {\n")
	blocks := 0
	inBlock := false
	for line := range strings.Lines(doc) {
		code, isCode := strings.CutPrefix(line, "//\t")
		if isCode && !inBlock {
			if blocks++; blocks > 1 {
				b.WriteString("{\n")
			}
		}
		if inBlock && !isCode && blocks > 1 {
			b.WriteString("}\n")
		}
		if inBlock = isCode; isCode {
			b.WriteString(strings.ReplaceAll(code, pkg+".", ""))
		}
	}
	return b.String() + "return err\n}\n"
}

// newModule returns a new folder that holds a module without requirements.
func newModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go.mod"), "module example.com/golden\n\ngo 1.24\n")
	return dir
}

// runGo runs the go command in dir and fails the test with what it prints. With -trimpath what it makes does not depend on dir: a package
// that is the same to the byte as in an earlier run has been compiled, and vetted.
func runGo(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-trimpath", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		const limit = 4000
		if len(out) > limit {
			out = append(out[:limit], "\n…"...)
		}
		t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
