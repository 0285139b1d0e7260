package kiota

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/usage"
)

// source reads the files of clients, as far as they are asked for.
type source struct {
	code  *usage.Code
	files map[string]map[string]*ast.FuncDecl // by path and name, that of a method behind its receiver's
	roots map[string]string                   // by folder
}

func newSource(code *usage.Code) *source {
	return &source{code, map[string]map[string]*ast.FuncDecl{}, map[string]string{}}
}

// path is the file that declares an object. What the compiler wrote names it, but perhaps in the folder of another machine.
func (s *source) path(obj types.Object) string {
	name := filepath.Base(s.code.Position(obj.Pos()).Filename)
	return filepath.Join(s.code.Folder(obj.Pkg().Path()), name)
}

// functions are those that a file declares; none if it cannot be read.
func (s *source) functions(path string) map[string]*ast.FuncDecl {
	if known, ok := s.files[path]; ok {
		return known
	}
	all := map[string]*ast.FuncDecl{}
	s.files[path] = all
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return all
	}
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			all[receiverOf(f)+f.Name.Name] = f
		}
	}
	return all
}

// receiverOf is the type of a method's receiver with a dot, "" for a function.
func receiverOf(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) != 1 {
		return ""
	}
	t := f.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name + "."
	}
	return ""
}

// template is that of the URL that a method of a builder sends to; "" if it is not found.
func (s *source) template(builder *types.TypeName, verb string) string {
	functions := s.functions(s.path(builder))
	own := templateIn(functions[builder.Name()+".To"+verb+"RequestInformation"])
	if own != "" {
		return own
	}
	return templateIn(functions["New"+builder.Name()+"Internal"])
}

// baseURL is what a template begins with.
const baseURL = "{+baseurl}"

// templateIn is the text in a function that is a template.
func templateIn(f *ast.FuncDecl) string {
	found := ""
	if f == nil || f.Body == nil {
		return found
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil && strings.HasPrefix(text, baseURL) {
				found = text
			}
		}
		return found == ""
	})
	return found
}

// fixed are the parameters of the URL that a method sets to a text of its own, by their names in templates.
func (s *source) fixed(method *types.Func, receiver string) map[string]string {
	all := map[string]string{}
	f := s.functions(s.path(method))[receiver+"."+method.Name()]
	if f == nil || f.Body == nil {
		return all
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		set, ok := n.(*ast.AssignStmt)
		if !ok || len(set.Lhs) != 1 || len(set.Rhs) != 1 {
			return true
		}
		at, ok := set.Lhs[0].(*ast.IndexExpr)
		if !ok {
			return true
		}
		if name, value := textOf(at.Index), textOf(set.Rhs[0]); name != "" && value != "" {
			all[name] = value
		}
		return true
	})
	return all
}

// textOf is the text that an expression is, "" if it is none.
func textOf(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	text, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return text
}

// setsRoot is how the first builder of a client says where its service is.
var setsRoot = regexp.MustCompile(`SetBaseUrl\("([^"]+)"\)`)

// root is the URL of the service that a builder's client is for: what the nearest folder above it says, in its module.
func (s *source) root(importPath string) string {
	return s.rootAt(s.code.Folder(importPath))
}

func (s *source) rootAt(folder string) string {
	if known, ok := s.roots[folder]; ok || folder == "" {
		return known
	}
	root := ""
	names, _ := filepath.Glob(filepath.Join(folder, "*.go")) // the pattern is a good one
	for _, name := range names {
		if data, err := os.ReadFile(name); err == nil && root == "" {
			if m := setsRoot.FindSubmatch(data); m != nil {
				root = strings.TrimSuffix(string(m[1]), "/")
			}
		}
	}
	_, err := os.Stat(filepath.Join(folder, "go.mod"))
	if above := filepath.Dir(folder); root == "" && err != nil && above != folder {
		root = s.rootAt(above)
	}
	s.roots[folder] = root
	return root
}
