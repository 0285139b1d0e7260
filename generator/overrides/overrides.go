// Package overrides applies the user's corrections to the IR.
package overrides

import (
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/ir"
)

// Apply changes pkg as the override files at paths say.
func Apply(pkg *ir.Package, paths []string) diag.List {
	return nil
}
