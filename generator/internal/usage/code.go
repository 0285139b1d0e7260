package usage

import (
	"context"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Code is code whose types are known, for questions that are not about generated packages.
type Code struct{ *program }

// CodePackage is one package of the code. What is compiled with tests comes twice.
type CodePackage struct {
	Syntax []*ast.File
	Types  *types.Info
}

// Read reads the code. The error is a diag.List, or ctx's.
func Read(ctx context.Context, r Request) (*Code, error) {
	p, err := load(ctx, r)
	return &Code{p}, err
}

// Packages are those that the request names, in the order of their import paths.
func (c *Code) Packages() []CodePackage {
	var all []CodePackage
	for _, pkg := range c.packages {
		all = append(all, CodePackage{pkg.Syntax, pkg.TypesInfo})
	}
	return all
}

// Folder is where an imported package is, "" if that is not known.
func (c *Code) Folder(importPath string) string { return c.folders[importPath] }

// Position is a position as the compiler knows it.
func (c *Code) Position(pos token.Pos) token.Position { return c.fset.Position(pos) }

// Place is a position as answers show it.
func (c *Code) Place(pos token.Pos) Place {
	at := c.fset.Position(pos)
	return Place{File: c.shown(at.Filename), Line: at.Line, Column: at.Column, Test: strings.HasSuffix(at.Filename, "_test.go")}
}

// Compare orders places as a reader meets them.
func (p Place) Compare(o Place) int { return p.compare(o) }
