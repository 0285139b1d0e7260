// Package permits finds the least set of permissions with which a program can do what it does, from what its code uses and what
// the locks of the packages say of each operation, and compares the set with one that was granted.
package permits

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/slice/permissions"
	"github.com/graphslice/graphslice/generator/internal/usage"
)

// The ways to sign in: for a user, as an application, and as an application that owners of resources consent to where that is
// enough.
const (
	Delegated   = api.Delegated
	Application = api.Application
	Resource    = api.ResourceSpecific
)

// Question says what is asked.
type Question struct {
	// Ways are Delegated, Application or Resource.
	Ways []string
	// Cloud is a cloud by whose operations the answer goes; "" for the one that has all.
	Cloud string
	// Tests: what tests alone call counts as well.
	Tests bool
	// Table is all that is known of permissions, nil if the locks are to be enough.
	Table *permissions.Table
	// Granted are permissions to compare with; nil if there is nothing to compare.
	Granted *Granted
}

// Answer has the permissions of a program.
type Answer struct {
	// Cloud is that of the question.
	Cloud string `json:"cloud,omitempty"`
	Ways  []*Way `json:"ways"`
	// Unknown are calls of which the code does not say what they do: they may need more.
	Unknown []usage.Unknown `json:"unknown"`

	// calls is how many operations count, tests how many do not since tests alone call them.
	calls, tests int
}

// Way are the permissions of one way to sign in.
type Way struct {
	// Way is "delegated", "application" or "resourceSpecific".
	Way string `json:"way"`
	// Permissions are sorted by kind and name.
	Permissions []Permission `json:"permissions"`
	// Exact: no set is less. Otherwise the search was ended before that was certain.
	Exact bool `json:"exact"`
	// NotKnown are operations of which it is not known what they accept, Unsupported those that do not work this way, NotInCloud
	// those that the cloud lacks.
	NotKnown    []Need `json:"notKnown"`
	Unsupported []Need `json:"unsupported"`
	NotInCloud  []Need `json:"notInCloud"`
	// Granted is how what was granted compares; nil if it was not asked.
	Granted *Comparison `json:"granted,omitempty"`

	needs []*need
}

// Permission is one of the set.
type Permission struct {
	Name string `json:"name"`
	// Kind is "delegated", "application" or "resourceSpecific".
	Kind string `json:"kind"`
	api.Permission
	// Operations are those that it is for.
	Operations []Need `json:"operations"`
}

// Need is an operation that the program calls.
type Need struct {
	// Operation is what the lock calls it, such as "GET /chats", Package the package that has it.
	Operation string `json:"operation"`
	Package   string `json:"package"`
	// From is the operation that its permissions are known of, if that is another one.
	From   string        `json:"from,omitempty"`
	Places []usage.Place `json:"places"`
}

// need is an operation with what it accepts.
type need struct {
	Need
	accepts ir.Permissions
	notIn   []string
}

// permission is a permission of a kind.
type permission struct{ kind, name string }

func (p permission) compare(o permission) int {
	return cmp.Or(strings.Compare(p.kind, o.kind), strings.Compare(p.name, o.name))
}

// program is what has to be known of a program.
type program struct {
	needs []*need
	known map[permission]api.Permission
	// names are all permissions that the packages or the table know, used or not.
	names map[permission]bool
	table *permissions.Table
	// tests is how many operations tests alone call.
	tests int
}

// Find finds the permissions. The error is a diag.List.
func Find(uses *usage.Uses, q Question) (*Answer, error) {
	p, err := read(uses, q)
	if err != nil {
		return nil, err
	}
	var granted []permission
	if q.Granted != nil {
		if granted, err = p.resolve(q); err != nil {
			return nil, err
		}
	}
	answer := &Answer{Cloud: q.Cloud, Ways: []*Way{}, Unknown: []usage.Unknown{}, calls: len(p.needs), tests: p.tests}
	for _, way := range q.Ways {
		w := p.way(way, q.Cloud)
		if q.Granted != nil {
			w.Granted = p.compare(w, granted)
		}
		answer.Ways = append(answer.Ways, w)
	}
	for _, u := range uses.Unknown {
		if u.Kind != usage.WholeValue && (q.Tests || !u.Test) {
			answer.Unknown = append(answer.Unknown, u)
		}
	}
	return answer, nil
}

// read reads from the locks what is called and what that accepts.
func read(uses *usage.Uses, q Question) (*program, error) {
	p := &program{known: map[permission]api.Permission{}, names: map[permission]bool{}, table: q.Table}
	for _, pkg := range uses.Packages {
		operations := map[string]lock.Element{}
		for _, e := range pkg.Lock.Elements {
			if e.Kind == api.KindOperation {
				operations[e.ID] = e
				if err := p.name(e); err != nil {
					return nil, badLock(pkg, err)
				}
			}
		}
		for _, u := range pkg.Operations {
			if u.NotCalled {
				continue
			}
			if u.Tests && !q.Tests {
				p.tests++
				continue
			}
			facts, err := api.Decode[api.Operation](operations[u.ID])
			if err != nil {
				return nil, badLock(pkg, err)
			}
			places := slices.DeleteFunc(slices.Clone(u.Places), func(at usage.Place) bool { return at.Test && !q.Tests })
			n := &need{Need{Operation: u.ID, Package: pkg.Path, From: facts.Accepts().From, Places: places}, facts.Accepts(), facts.NotIn}
			p.needs = append(p.needs, n)
		}
		if err := p.describe(pkg); err != nil {
			return nil, err
		}
	}
	p.consult()
	return p, nil
}

// name notes the permissions that an operation accepts.
func (p *program) name(e lock.Element) error {
	facts, err := api.Decode[api.Operation](e)
	if err != nil {
		return err
	}
	accepts := facts.Accepts()
	for kind, g := range map[string]ir.Grants{Delegated: accepts.Delegated, Application: accepts.Application, Resource: accepts.Resource} {
		for _, text := range slices.Concat(g.Least, g.Other) {
			for _, of := range together(kind, text) {
				p.names[of] = true
			}
		}
	}
	return nil
}

// describe takes what a lock says of permissions. Where two differ, the first counts.
func (p *program) describe(pkg *usage.Package) error {
	for _, e := range pkg.Lock.Permissions {
		kinds, err := api.DecodePermission(e)
		if err != nil {
			return badLock(pkg, err)
		}
		for kind, facts := range kinds {
			if key := (permission{kind, e.Name}); p.known[key] == (api.Permission{}) {
				p.known[key] = facts
			}
		}
	}
	return nil
}

func badLock(pkg *usage.Package, err error) error {
	return diag.List{{Pos: diag.Pos{File: path.Join(pkg.Dir, lock.Name)}, Severity: diag.Error, Code: "bad-lock", Message: err.Error(), Hint: "run gen --force"}}
}

// alternatives are what an operation accepts, each as permissions that are needed together, and which of them are least. Ok is
// false if it is not known.
func (n *need) alternatives(way string) (all, least [][]permission, ok bool) {
	take := func(kind string, g ir.Grants) {
		for _, text := range g.Least {
			least = append(least, together(kind, text))
		}
		for _, text := range slices.Concat(g.Least, g.Other) {
			all = append(all, together(kind, text))
		}
	}
	switch way {
	case Delegated:
		take(Delegated, n.accepts.Delegated)
	case Resource:
		take(Resource, n.accepts.Resource)
		take(Application, n.accepts.Application)
	default:
		take(Application, n.accepts.Application)
	}
	return all, least, len(all) > 0 || n.accepts.Complete
}

func together(kind, text string) []permission {
	var all []permission
	for name := range strings.FieldsSeq(text) {
		all = append(all, permission{kind, name})
	}
	return all
}

// String is what a need looks like in a list.
func (n Need) String() string {
	if n.From != "" {
		return fmt.Sprintf("%s (as for %s)", n.Operation, n.From)
	}
	return n.Operation
}
