package usage

import (
	"go/ast"
	"strconv"

	"golang.org/x/tools/go/packages"
)

// muting takes the bodies out of functions into which nothing generated comes: the go command has compiled them, and they would be checked for
// nothing. Such a function, and all of the package that it names, and what these name, deal with packages alone that neither are read nor
// come to a generated one. It has no place of a use, and leads to none.
type muting struct {
	*relevance
	isRead map[*packages.Package]bool
	clean  map[*packages.Package]bool
	// loud are functions that are not of that kind in one of the packages that their file belongs to: it may be compiled with tests
	// as well.
	loud map[*ast.FuncDecl]bool
}

// mute takes the bodies out and reports whether there were any.
func (r *relevance) mute() bool {
	m := &muting{relevance: r, isRead: map[*packages.Package]bool{}, clean: map[*packages.Package]bool{}, loud: map[*ast.FuncDecl]bool{}}
	for _, pkg := range r.packages {
		m.isRead[pkg] = true
	}
	for _, pkg := range r.packages {
		m.listen(pkg)
	}
	any := false
	for _, pkg := range r.packages {
		for _, name := range pkg.GoFiles {
			for _, each := range r.parsed.mentions(name) {
				if each.function != nil && !m.loud[each.function] {
					each.function.Body, any = nil, true
				}
			}
		}
	}
	return any
}

// listen finds the functions of a package that are loud.
func (m *muting) listen(pkg *packages.Package) {
	users := map[string][]*mention{} // by the names that they mention
	var todo []*mention
	for _, name := range pkg.GoFiles {
		dirty, isOpen := m.imports(pkg, name)
		mentions := m.parsed.mentions(name)
		for i := range mentions {
			each := &mentions[i]
			loud := isOpen || each.isOpen
			for _, n := range each.names {
				loud = loud || dirty[n]
				users[n] = append(users[n], each)
			}
			if loud {
				todo = append(todo, each)
			}
		}
	}
	loud := map[string]bool{}
	for len(todo) > 0 {
		each := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if each.function != nil {
			m.loud[each.function] = true
		}
		for _, n := range each.declares {
			if !loud[n] {
				loud[n] = true
				todo = append(todo, users[n]...)
			}
		}
	}
}

// imports are the names by which a file imports packages that matter; the second result is whether it has more than that: names without a
// package before them, what cgo makes, or generated code.
func (m *muting) imports(pkg *packages.Package, name string) (map[string]bool, bool) {
	file, err := m.parsed.file(m.fset, name, m.overlay[name])
	if err != nil || pkg.ExportFile == "" || len(pkg.Errors) > 0 || m.generated.isListed(name) {
		return nil, true
	}
	dirty := map[string]bool{}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		imported := pkg.Imports[path]
		if err != nil || path == "C" || imported == nil || spec.Name != nil && spec.Name.Name == "." {
			return nil, true
		}
		if m.isClean(imported) {
			continue
		}
		if spec.Name != nil {
			dirty[spec.Name.Name] = true
		} else {
			dirty[imported.Name] = true
		}
	}
	return dirty, false
}

// isClean reports whether neither a package nor any that it comes to is read or generated.
func (m *muting) isClean(pkg *packages.Package) bool {
	if known, ok := m.clean[pkg]; ok {
		return known
	}
	clean := !m.isRead[pkg] && !m.comesTo(pkg)
	for _, imported := range pkg.Imports {
		clean = clean && m.isClean(imported)
	}
	m.clean[pkg] = clean
	return clean
}
