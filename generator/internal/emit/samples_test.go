package emit

import (
	"bytes"
	"go/ast"
	doccomment "go/doc/comment"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// A line of a generated package is found by the comment of what makes it, so that each builder shows Go that is in a committed
// package or a golden case, to the letter but for line ends. An … in a sample stands for any text within a declaration.
func TestBuildersShowWhatTheyEmit(t *testing.T) {
	made := declarations(t)
	for _, b := range builders(t) {
		if len(b.samples) == 0 {
			t.Errorf("%s: the comment of %s shows no Go that it makes", b.pos, b.name)
		}
		for _, sample := range b.samples {
			if !slices.ContainsFunc(made, matcher(sample)) {
				t.Errorf("%s: no golden file has what the comment of %s shows:\n%s", b.pos, b.name, sample)
			}
		}
	}
}

// Whoever looks for what makes a call of the runtime finds it by the name of what is called.
func TestBuildersShowEachCallOfTheRuntime(t *testing.T) {
	runtime := map[string]bool{}
	names, err := filepath.Glob(filepath.Join(moduleRoot(t), "templates", "graph*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && !strings.HasSuffix(name, "_test.go") {
				runtime[fn.Name.Name] = true
			}
		}
	}
	shown := map[string]bool{}
	for _, b := range builders(t) {
		for _, word := range words.FindAllString(strings.Join(b.samples, "\n"), -1) {
			shown[word] = true
		}
	}
	for _, file := range emittedFiles(t) {
		ast.Inspect(file.syntax, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if name := called(call.Fun); runtime[name] && !shown[name] {
					t.Errorf("generated code calls %s, which no builder's comment shows", name)
					shown[name] = true
				}
			}
			return true
		})
	}
}

// words are what identifiers are made of.
var words = regexp.MustCompile(`\w+`)

// builder is a function that makes Go, with the code in its comment.
type builder struct {
	name    string
	pos     token.Position
	samples []string
}

// builders finds the functions of this package that return code which they make themselves, with jennifer or comment.
func builders(t *testing.T) []builder {
	t.Helper()
	var found []builder
	files := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		file, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && !strings.HasSuffix(name, "_test.go") && returnsCode(fn) && makesCode(fn) {
				found = append(found, builder{fn.Name.Name, files.Position(fn.Pos()), samples(fn.Doc.Text())})
			}
		}
	}
	if len(found) < 30 {
		t.Fatalf("%d builders: the search has lost its subject", len(found))
	}
	return found
}

// returnsCode reports whether a result is jennifer's.
func returnsCode(fn *ast.FuncDecl) bool {
	if fn.Type.Results == nil {
		return false
	}
	return slices.ContainsFunc(fn.Type.Results.List, func(f *ast.Field) bool { return mentions(f.Type, "jen") })
}

// makesCode reports whether a function calls jennifer itself: one that only puts together what others make has nothing to show.
func makesCode(fn *ast.FuncDecl) bool {
	makes := false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			selector, ok := call.Fun.(*ast.SelectorExpr)
			makes = makes || ok && mentions(selector.X, "jen")
		}
		return true
	})
	return makes
}

// mentions reports whether a name stands in an expression.
func mentions(x ast.Expr, name string) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return true
	})
	return found
}

// samples are the declarations and lines in the indented parts of a comment: what begins at the margin begins one, but for what
// closes and for what follows a comment.
func samples(doc string) []string {
	var found []string
	for _, block := range new(doccomment.Parser).Parse(doc).Content {
		code, ok := block.(*doccomment.Code)
		if !ok {
			continue
		}
		begins := true
		for line := range strings.Lines(code.Text) {
			if strings.TrimSpace(line) == "" {
				begins = true
				continue
			}
			if atMargin := !strings.ContainsAny(line[:1], "\t })"); begins || atMargin && !endsInComment(found) {
				found = append(found, "")
			}
			found[len(found)-1] += line
			begins = false
		}
	}
	return found
}

// endsInComment reports whether the last line so far is a comment, which belongs to what follows.
func endsInComment(samples []string) bool {
	lines := strings.Split(strings.TrimSpace(samples[len(samples)-1]), "\n")
	return strings.HasPrefix(lines[len(lines)-1], "//")
}

// matcher finds a sample in a declaration as plain returns it.
func matcher(sample string) func(string) bool {
	parts := strings.Split(plain(sample), "…")
	return func(made string) bool {
		for _, part := range parts {
			_, after, found := strings.Cut(made, part)
			if !found {
				return false
			}
			made = after
		}
		return true
	}
}

// plain is Go without spaces and line ends, and without the commas that only line ends need.
func plain(code string) string {
	text := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, code)
	return strings.NewReplacer(",}", "}", ",)", ")").Replace(text)
}

// emitted is a file that builders made, in a committed package or a golden case.
type emitted struct {
	syntax *ast.File
	data   []byte
}

// emittedFiles reads all of them: the Go files below generated/ and golden/testdata that are no copies of a runtime's.
func emittedFiles(t *testing.T) []emitted {
	t.Helper()
	root := moduleRoot(t)
	var found []emitted
	read := func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (d.Name() == "shared" || d.Name() == "split") { // where packages share a runtime, what was emitted is changed for that
			return fs.SkipDir
		}
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		if strings.HasPrefix(d.Name(), "runtime_") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(data, []byte("// Code generated by graphslice.")) {
			return err
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), path, data, parser.ParseComments)
		found = append(found, emitted{syntax, data})
		return err
	}
	for _, folder := range []string{"generated", "golden/testdata"} {
		if err := filepath.WalkDir(filepath.Join(root, filepath.FromSlash(folder)), read); err != nil {
			t.Fatal(err)
		}
	}
	if len(found) < 100 {
		t.Fatalf("%d files that were emitted: the search has lost its subject", len(found))
	}
	return found
}

// declarations are those of all emitted files with the comments before them, each once, as plain returns them.
func declarations(t *testing.T) []string {
	t.Helper()
	seen := map[string]bool{}
	for _, file := range emittedFiles(t) {
		start := file.syntax.FileStart
		at := file.syntax.Name.End() - start
		for _, d := range file.syntax.Decls {
			seen[plain(string(file.data[at:d.End()-start]))] = true
			at = d.End() - start
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// moduleRoot is the folder of go.mod.
func moduleRoot(t *testing.T) string {
	t.Helper()
	for dir := "."; ; dir = filepath.Join(dir, "..") {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if len(dir) > 60 {
			t.Fatal("there is no go.mod above")
		}
	}
}

// called is the name of what a call calls; "" if it has none.
func called(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.IndexExpr:
		return called(f.X)
	}
	return ""
}
