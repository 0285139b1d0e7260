package usage

import (
	"go/ast"
	"go/token"
)

// mention is what a declaration of a package names, as far as it takes to see that nothing generated comes into it.
type mention struct {
	// declares are the names that are as the declaration is: for a method, that of its type.
	declares []string
	// names stand in the declaration, each once; not those behind a dot.
	names []string
	// isOpen: the declaration has an interface, type parameters, or asks what a value is. A builder could be what it takes.
	isOpen bool
	// function is one that can do without its body, else nil.
	function *ast.FuncDecl
}

// mentionsOf finds what the declarations of a file name.
func mentionsOf(file *ast.File) []mention {
	var all []mention
	n := mentioner{seen: map[string]bool{}}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			m := n.of(d)
			m.isOpen = m.isOpen || d.Type.TypeParams != nil || d.Recv != nil && isInstance(d.Recv)
			switch {
			case d.Recv != nil && len(d.Recv.List) > 0:
				m.declares = []string{receiverName(d.Recv.List[0].Type)}
			case d.Name.Name != "init":
				m.declares = []string{d.Name.Name}
			}
			if d.Body != nil && (d.Recv != nil || d.Name.Name != "init" && d.Name.Name != "main") {
				m.function = d
			}
			all = append(all, m)
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				continue
			}
			for _, spec := range d.Specs {
				m := n.of(spec)
				m.declares = declaredBy(spec)
				all = append(all, m)
			}
		}
	}
	return all
}

// declaredBy are the names of types, variables or constants that are declared together.
func declaredBy(spec ast.Spec) []string {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		return []string{spec.Name.Name}
	case *ast.ValueSpec:
		var all []string
		for _, id := range spec.Names {
			if id.Name != "_" {
				all = append(all, id.Name)
			}
		}
		return all
	}
	return nil
}

// isInstance reports whether a receiver is of a type with type parameters.
func isInstance(recv *ast.FieldList) bool {
	found := false
	ast.Inspect(recv, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.IndexExpr, *ast.IndexListExpr:
			found = true
		}
		return !found
	})
	return found
}

// mentioner finds the names of one declaration after the other.
type mentioner struct {
	seen map[string]bool
	mention
}

func (n *mentioner) of(node ast.Node) mention {
	clear(n.seen)
	n.mention = mention{}
	n.find(node)
	return n.mention
}

func (n *mentioner) find(node ast.Node) {
	ast.Inspect(node, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.Ident:
			if !n.seen[node.Name] && node.Name != "_" {
				n.seen[node.Name] = true
				n.names = append(n.names, node.Name)
			}
		case *ast.SelectorExpr:
			n.find(node.X)
			return false
		case *ast.InterfaceType, *ast.TypeAssertExpr:
			n.isOpen = true
		case *ast.TypeSpec:
			n.isOpen = n.isOpen || node.TypeParams != nil
		}
		return !n.isOpen
	})
}
