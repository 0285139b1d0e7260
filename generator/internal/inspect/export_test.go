package inspect

import "github.com/graphslice/graphslice/generator/internal/diag"

// Reader reads slices as package generator does. That imports this one, so that only tests from outside can set it.
var Reader func(specs ...string) (*Subject, diag.List, error)
