package downstream

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// use is one line of Go that stops compiling when what it is of goes away or changes.
type use struct {
	// of is what is used, such as "Chat", "Chat.Topic" or "(*ChatRequests).Get".
	of   string
	code string
}

// usesOf returns a use of everything that the package in folder dir exports, in a fixed order: every constant, variable,
// function, type, field and method, each with its type as it is now. What is generic belongs to the runtime, which has
// tests of its own, and is left out.
func usesOf(t *testing.T, dir string) []use {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no Go files in %s: %v", dir, err)
	}
	c := collector{fset: token.NewFileSet()}
	for _, name := range names { // sorted
		file, err := parser.ParseFile(c.fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			c.decl(decl)
		}
	}
	return c.uses
}

type collector struct {
	fset *token.FileSet
	uses []use
}

func (c *collector) add(of, format string, args ...any) {
	c.uses = append(c.uses, use{of, fmt.Sprintf(format, args...)})
}

// text prints a node on one line.
func (c *collector) text(node any) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, c.fset, node); err != nil {
		panic(err)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func (c *collector) decl(decl ast.Decl) {
	if f, ok := decl.(*ast.FuncDecl); ok {
		c.function(f)
		return
	}
	var inherited ast.Expr // the type of a constant is written once
	for _, spec := range decl.(*ast.GenDecl).Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.TypeParams == nil {
				c.typeSpec(s)
			}
		case *ast.ValueSpec:
			if s.Type != nil {
				inherited = s.Type
			}
			c.values(s, inherited)
		}
	}
}

func (c *collector) values(s *ast.ValueSpec, typ ast.Expr) {
	for _, name := range s.Names {
		switch {
		case !name.IsExported():
		case typ == nil:
			c.add(name.Name, "var _ = %s", name.Name)
		default:
			c.add(name.Name, "var _ %s = %s", c.text(typ), name.Name)
		}
	}
}

func (c *collector) typeSpec(s *ast.TypeSpec) {
	name := s.Name.Name
	c.add(name, "var _ %s", name)
	switch typ := s.Type.(type) {
	case *ast.StructType:
		for _, field := range typ.Fields.List {
			for _, n := range field.Names {
				if n.IsExported() {
					c.add(name+"."+n.Name, "var _ = func(v *%s) %s { return v.%s }", name, c.text(field.Type), n.Name)
				}
			}
		}
	case *ast.InterfaceType:
		for _, method := range typ.Methods.List {
			for _, n := range method.Names {
				if n.IsExported() {
					c.add(name+"."+n.Name, "var _ %s = %s.%s", c.signature(name, method.Type.(*ast.FuncType)), name, n.Name)
				}
			}
		}
	}
}

func (c *collector) function(f *ast.FuncDecl) {
	name := f.Name.Name
	switch {
	case !f.Name.IsExported() || f.Type.TypeParams != nil:
	case f.Recv == nil:
		c.add(name, "var _ %s = %s", c.signature("", f.Type), name)
	default:
		recv := c.text(f.Recv.List[0].Type)
		if base := strings.TrimPrefix(recv, "*"); ast.IsExported(base) && !strings.Contains(base, "[") {
			c.add("("+recv+")."+name, "var _ %s = (%s).%s", c.signature(recv, f.Type), recv, name)
		}
	}
}

// signature is the type of a function, with the receiver in front if there is one.
func (c *collector) signature(recv string, f *ast.FuncType) string {
	text := c.text(f)
	if recv == "" {
		return text
	}
	if f.Params.NumFields() == 0 {
		return strings.Replace(text, "func(", "func("+recv, 1)
	}
	// With names in the list the receiver needs one too.
	return strings.Replace(text, "func(", "func(_ "+recv+", ", 1)
}

// testFile is a file with one use a line; line n+1 of what follows the header is uses[n].
func testFile(uses []use) (text string, firstLine int) {
	imports := map[string]string{
		"context.": "context", "fmt.": "fmt", "iter.": "iter", "io.": "io", "http.": "net/http", "json.": "encoding/json", "time.": "time", "slog.": "log/slog",
	}
	var all strings.Builder
	for _, u := range uses {
		all.WriteString(u.code + "\n")
	}
	var b strings.Builder
	b.WriteString("package graph\n\nimport (\n")
	for _, prefix := range slices.Sorted(maps.Keys(imports)) {
		if strings.Contains(all.String(), prefix) {
			fmt.Fprintf(&b, "\t%q\n", imports[prefix])
		}
	}
	b.WriteString(")\n\n")
	return b.String() + all.String(), strings.Count(b.String(), "\n") + 1
}
