package usage

import (
	"go/ast"

	"golang.org/x/tools/go/packages"
)

// relevance tells which packages say something of generated ones. To check the types of others would be for nothing: the go command
// has compiled them.
type relevance struct {
	*program
	overlay map[string][]byte
	depends map[*packages.Package]bool
}

func newRelevance(p *program, overlay map[string][]byte) *relevance {
	return &relevance{p, overlay, map[*packages.Package]bool{}}
}

// leaves reports whether a package can be left out: it was compiled, neither it nor what it imports is generated, and it declares
// nothing by which others may hand it what is.
func (r *relevance) leaves(pkg *packages.Package) bool {
	if pkg.ExportFile == "" || len(pkg.Errors) > 0 || r.comesTo(pkg) {
		return false
	}
	for _, name := range pkg.GoFiles {
		file, err := r.parsed.file(r.fset, name, r.overlay[name])
		if err != nil || !isPlain(file) {
			return false
		}
	}
	return true
}

// comesTo reports whether a package is generated, or imports one that is, over however many others.
func (r *relevance) comesTo(pkg *packages.Package) bool {
	if known, ok := r.depends[pkg]; ok {
		return known
	}
	r.depends[pkg] = false // imports are no cycle
	found := false
	if folder := r.folders[pkg.PkgPath]; pkg.Module != nil && folder != "" { // the standard library is in no module
		f := r.generated.at(folder)
		found = f.lock != nil || f.err != nil
	}
	for _, imported := range pkg.Imports {
		found = found || r.comesTo(imported)
	}
	r.depends[pkg] = found
	return found
}

// isPlain reports whether a file has neither interfaces nor type parameters: by those a package deals with what it does not know.
func isPlain(file *ast.File) bool {
	plain := true
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.InterfaceType:
			plain = false
		case *ast.FuncType:
			plain = plain && n.TypeParams == nil
		case *ast.TypeSpec:
			plain = plain && n.TypeParams == nil
		}
		return plain
	})
	return plain
}
