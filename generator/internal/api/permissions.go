package api

import (
	"reflect"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// morePermissions returns permissions, nil if Operation.Scopes and Operation.AppScopes say it all.
func morePermissions(p ir.Permissions) *ir.Permissions {
	if reflect.DeepEqual(p, simplePermissions(p.Delegated.First(), p.Application.First())) {
		return nil
	}
	return &p
}

func simplePermissions(scopes, appScopes []string) ir.Permissions {
	return ir.Permissions{Delegated: ir.Together(scopes), Application: ir.Together(appScopes)}
}

// Accepts is all that is known of what an operation accepts.
func (o Operation) Accepts() ir.Permissions {
	if o.Permissions != nil {
		return *o.Permissions
	}
	return simplePermissions(o.Scopes, o.AppScopes)
}
