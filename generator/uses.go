package generator

import (
	"context"

	"github.com/graphslice/graphslice/generator/usage"
	"github.com/graphslice/graphslice/generator/usage/permits"
)

// PermissionsQuestion is what is asked of the permissions of code, and CodePermissions the answer.
type (
	PermissionsQuestion = permits.Question
	CodePermissions     = permits.Answer
)

// Code says which code is looked at, and CodeUses what it uses of generated packages.
type (
	Code     = usage.Request
	CodeUses = usage.Uses
)

// Uses finds what code uses of generated packages. The error is a diag.List, or ctx's.
func Uses(ctx context.Context, code Code) (*CodeUses, error) { return usage.Find(ctx, code) }

// Permissions finds the least permissions with which code can do what it does. The error is a diag.List, or ctx's.
func Permissions(ctx context.Context, code Code, q PermissionsQuestion) (*CodePermissions, error) {
	uses, err := usage.Find(ctx, code)
	if err != nil {
		return nil, err
	}
	return permits.Find(uses, q)
}
