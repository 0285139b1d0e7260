package generator

import (
	"context"

	"github.com/graphslice/graphslice/generator/usage"
)

// Code says which code is looked at, and CodeUses what it uses of generated packages.
type (
	Code     = usage.Request
	CodeUses = usage.Uses
)

// Uses finds what code uses of generated packages. The error is a diag.List, or ctx's.
func Uses(ctx context.Context, code Code) (*CodeUses, error) { return usage.Find(ctx, code) }
