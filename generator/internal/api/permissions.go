package api

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// The kinds of permissions.
const (
	Delegated        = "delegated"
	Personal         = "personal"
	Application      = "application"
	ResourceSpecific = "resourceSpecific"
)

// Permission are the facts of a permission of one kind.
type Permission struct {
	// ID is what manifests of applications call it; "" if it is not known.
	ID string `json:"id,omitempty"`
	// Level is how much it allows, from 1, and Opens how many operations of the whole API; 0 if it is not known.
	Level int `json:"level,omitempty"`
	Opens int `json:"opens,omitempty"`
	// AdminConsent: an administrator has to consent to it.
	AdminConsent bool `json:"adminConsent,omitempty"`
	// Allows is what it lets an application do, in words; "" if that is not known.
	Allows string `json:"allows,omitempty"`
}

// Permissions writes down what is known of permissions, by their names and kinds.
func Permissions(list []ir.Permission) []lock.Permission {
	var all []lock.Permission
	for i := 0; i < len(list); {
		name, facts := list[i].Name, map[string]Permission{}
		for ; i < len(list) && list[i].Name == name; i++ { // sorted by name
			p := list[i]
			facts[p.Kind] = Permission{ID: p.ID, Level: p.Level, Opens: p.Opens, AdminConsent: p.AdminConsent, Allows: p.Allows}
		}
		all = append(all, lock.Permission{Name: name, Facts: Encode(facts)})
	}
	return all
}

// DecodePermission reads what is known of a permission, by its kinds. The error says which cannot be read.
func DecodePermission(p lock.Permission) (map[string]Permission, error) {
	facts := map[string]Permission{}
	if err := json.Unmarshal([]byte(p.Facts), &facts); err != nil {
		return nil, fmt.Errorf("the facts of permission %s cannot be read: %w", p.Name, err)
	}
	return facts, nil
}

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
