package docs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator"
)

// pagesPackage is what the pages' Go imports for the package that testdata/slice.yaml makes.
const pagesPackage = "example.com/program/internal/graph"

// Each page's Go compiles: whole files as they are, declarations and statements behind testdata/PAGE.go, which declares what
// they speak of, against the package that testdata/slice.yaml makes. An … stands for what a reader puts there. What a sample
// declares it need not use.
func TestGo(t *testing.T) {
	c := newChecker(t)
	checked := 0
	for _, page := range pages(t) {
		var parts []block
		for _, b := range blocks(t, page) {
			if b.lang != "go" {
				continue
			}
			checked++
			b.text = strings.ReplaceAll(b.text, "…", "")
			if strings.HasPrefix(b.text, "package ") {
				c.check(t, page, position(b)+b.text)
				continue
			}
			parts = append(parts, b)
		}
		if len(parts) > 0 {
			c.check(t, page, together(t, page, parts))
		}
	}
	if checked < 25 {
		t.Errorf("%d blocks of Go: the search has lost its subject", checked)
	}
}

// position makes the compiler speak of a block's place.
func position(b block) string { return fmt.Sprintf("//line %s:%d\n", b.page, b.line) }

// together makes one file of the declarations and statements of a page.
func together(t *testing.T, page string, parts []block) string {
	t.Helper()
	name := strings.ToLower(strings.TrimSuffix(filepath.Base(page), ".md")) + ".go"
	prelude, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatalf("%s: what its Go speaks of is declared nowhere: %v", page, err)
	}
	var file strings.Builder
	file.Write(prelude)
	for _, b := range parts {
		if _, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+b.text, 0); err == nil {
			file.WriteString("\n" + position(b) + b.text)
			continue
		}
		fmt.Fprintf(&file, "\nfunc _() {\n%s%s}\n", position(b), b.text)
	}
	return file.String()
}

// checker type-checks Go against compiled packages and those that the pages speak of: a client and the fake of its service.
type checker struct {
	files    *token.FileSet
	compiled types.Importer
	pages    map[string]*types.Package // by import path
}

// Import implements types.Importer.
func (c *checker) Import(path string) (*types.Package, error) {
	if pkg := c.pages[path]; pkg != nil {
		return pkg, nil
	}
	return c.compiled.Import(path)
}

func newChecker(t *testing.T) *checker {
	t.Helper()
	exports := exported(t)
	c := &checker{files: token.NewFileSet(), pages: map[string]*types.Package{}}
	c.compiled = importer.ForCompiler(c.files, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("the tests of the pages do not know the package %s", path)
		}
		return os.Open(exports[path])
	})
	result, err := generator.Generate(context.Background(), generator.Config{
		Specs: []string{filepath.Join("testdata", "slice.yaml")}, Package: "graph", Fake: "graphtest", ImportPath: pagesPackage, Version: "docs"})
	if err != nil {
		t.Fatal(err)
	}
	c.add(t, pagesPackage, texts(result.Files))
	c.add(t, pagesPackage+"/graphtest", texts(result.Fake))
	c.addShared(t)
	return c
}

func texts(files []generator.File) map[string][]byte {
	texts := map[string][]byte{}
	for _, f := range files {
		texts[f.Name] = f.Data
	}
	return texts
}

// add makes a package of files that pages can import.
func (c *checker) add(t *testing.T, path string, files map[string][]byte) {
	t.Helper()
	var syntax []*ast.File
	for name, data := range files {
		file, err := parser.ParseFile(c.files, name, data, 0)
		if err != nil {
			t.Fatal(err)
		}
		syntax = append(syntax, file)
	}
	pkg, err := (&types.Config{Importer: c}).Check(path, c.files, syntax, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.pages[path] = pkg
}

// addShared adds two packages that share a runtime, of the slices of this repository, and one whose calls are in packages of their own.
func (c *checker) addShared(t *testing.T) {
	t.Helper()
	dir := program(t)
	config := "packages:\n"
	for _, pkg := range [][2]string{{"graph", "v1.0"}, {"graphbeta", "beta"}} {
		spec, err := filepath.Abs(filepath.Join("..", "specs", pkg[1], "chats.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		config += fmt.Sprintf("  - {specs: ['%s'], out: shared/%s}\n", spec, pkg[0])
	}
	specs, err := filepath.Abs(filepath.Join("..", "specs", "v1.0", "chats.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	config += fmt.Sprintf("  - {specs: ['%s'], out: graph, split: path}\n", specs)
	file := filepath.Join(dir, "graphslice.yaml")
	write(t, file, config+"runtime: shared/msgraph\n")
	p, err := generator.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	if o, err := p.Generate(context.Background(), generator.Options{}); err != nil || o.Failed() {
		t.Fatal(err, o.Diagnostics())
	}
	for _, name := range []string{"shared/msgraph", "shared/graph", "shared/graphbeta", "graph", "graph/chats", "graph/me"} {
		files := map[string][]byte{}
		paths, err := filepath.Glob(filepath.Join(dir, name, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if files[path], err = os.ReadFile(path); err != nil {
				t.Fatal(err)
			}
		}
		c.add(t, "example.com/program/"+name, files)
	}
}

// exported finds what the compiler has written of each package that pages import.
func exported(t *testing.T) map[string]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}", "std",
		"github.com/graphslice/graphslice/generated/...")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.Bytes())
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		exports[path] = file
	}
	return exports
}

// check type-checks a file of a page. What is declared and not used is no fault of a sample.
func (c *checker) check(t *testing.T, page, code string) {
	t.Helper()
	file, err := parser.ParseFile(c.files, page, code, parser.ParseComments)
	if err != nil {
		t.Errorf("%v", err)
		return
	}
	config := types.Config{Importer: c, Error: func(err error) {
		var fault types.Error
		if errors.As(err, &fault) && !fault.Soft {
			t.Error(err)
		}
	}}
	_, _ = config.Check("page", c.files, []*ast.File{file}, nil) // Error has been told
}
