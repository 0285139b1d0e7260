package sharing

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"
)

// freeName is a name for the import that nothing has which its uses stand beside: no identifier of the package's own files, no
// parameter and no import of the runtime, whose signatures it repeats, and no variable of the templates. A suffix makes one of a
// name that is taken.
func (c *code) freeName(name, suffix string) (string, error) {
	taken := map[string]bool{}
	for i, file := range c.files {
		if c.sources[i].isRuntime {
			take(taken, file)
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && id != file.Name {
				taken[id.Name] = true
			}
			return true
		})
	}
	templates, err := shared("package", "", "p")
	if err != nil {
		return "", err
	}
	for _, s := range templates {
		file, err := parser.ParseFile(token.NewFileSet(), s.name, s.text, parser.SkipObjectResolution)
		if err != nil {
			return "", err
		}
		take(taken, file)
	}
	for taken[name] {
		name += suffix
	}
	return name, nil
}

// take notes the names of imports, parameters and variables of a file, but for the one that stands for the runtime.
func take(taken map[string]bool, file *ast.File) {
	for _, spec := range file.Imports {
		if name := path.Base(strings.Trim(spec.Path.Value, `"`)); name != "msgraph" {
			taken[name] = true
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncType:
			for _, field := range slices.Concat(list(n.Params), list(n.Results)) {
				for _, id := range field.Names {
					taken[id.Name] = true
				}
			}
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				if id, ok := e.(*ast.Ident); ok {
					taken[id.Name] = true
				}
			}
		}
		return true
	})
}
