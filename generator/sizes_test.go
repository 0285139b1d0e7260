package generator

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The most lines that a file and a function have; tests may have long tables.
const (
	mostOfFile     = 400
	mostOfFunction = 60
)

// A file and a function are small enough to be read at once.
func TestSizes(t *testing.T) {
	read := 0
	for _, tree := range []string{"generator", "cmd", "templates"} {
		err := filepath.WalkDir(filepath.Join("..", tree), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return filepath.SkipDir
			case d.IsDir(), filepath.Ext(path) != ".go", strings.HasSuffix(path, "_test.go"):
				return nil
			}
			read++
			data, err := os.ReadFile(path)
			if err == nil {
				checkSizes(t, path, data)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read < 200 {
		t.Errorf("only %d files were read; the test has lost its subject", read)
	}
}

// checkSizes finds what is too long in a file.
func checkSizes(t *testing.T, path string, data []byte) {
	t.Helper()
	if n := bytes.Count(data, []byte("\n")); n > mostOfFile {
		t.Errorf("%s has %d lines; divide it, at most %d can be read at once", path, n, mostOfFile)
	}
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, path, data, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			begin, end := files.Position(n.Pos()), files.Position(n.End())
			if lines := end.Line - begin.Line + 1; lines > mostOfFunction {
				t.Errorf("%s: a function of %d lines; divide it, at most %d can be read at once", begin, lines, mostOfFunction)
			}
		}
		return true
	})
}
