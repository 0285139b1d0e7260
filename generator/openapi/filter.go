package openapi

import (
	"maps"
	"slices"

	"github.com/graphslice/graphslice/generator/diag"
)

// selectedOperation is an operation that will be emitted.
type selectedOperation struct {
	mergedOperation
	path, method string
}

// selectOperations returns what Include and Exclude leave, by path and method.
func (m *merged) selectOperations(opts Options, diags *diag.List) []selectedOperation {
	var selected []selectedOperation
	for _, path := range slices.Sorted(maps.Keys(m.paths)) {
		for _, method := range slices.Sorted(maps.Keys(m.paths[path].operations)) {
			selected = append(selected, selectedOperation{m.paths[path].operations[method], path, method})
		}
	}
	return selected
}
