package permits

import (
	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/slice/permissions"
)

// Accepting is an operation, such as "GET /chats", with what it accepts.
type Accepting struct {
	Operation string
	Accepts   ir.Permissions
}

// Known is what a table tells of permissions, read once.
type Known struct {
	facts map[permission]api.Permission
	table *permissions.Table
}

// Knowing reads what a table tells; nil is no table.
func Knowing(table *permissions.Table) *Known {
	p := &program{known: map[permission]api.Permission{}, names: map[permission]bool{}, table: table}
	p.consult()
	return &Known{p.known, table}
}

// Of finds the permissions with which all of the operations can be called, for each way to sign in.
func (k *Known) Of(operations []Accepting, ways ...string) []*Way {
	p := &program{known: k.facts, table: k.table}
	for _, o := range operations {
		p.needs = append(p.needs, &need{Need: Need{Operation: o.Operation, From: o.Accepts.From}, accepts: o.Accepts})
	}
	var all []*Way
	for _, way := range ways {
		all = append(all, p.way(way, ""))
	}
	return all
}
