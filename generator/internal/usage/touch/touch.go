// Package touch finds where the findings of a comparison touch the code that uses a package: where it names the element that a
// finding is of, and which calls come to it by what their bodies and answers hold.
package touch

import (
	"cmp"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/diff"
	"github.com/graphslice/graphslice/generator/internal/usage"
)

// Findings gives each finding its places in the code, of which used is what it uses of the package, or of several whose elements
// the findings may be. The error names an element of a lock that cannot be read.
func Findings(findings []diff.Finding, used ...*usage.Package) error {
	for _, p := range used {
		c, err := newCode(p)
		if err != nil {
			return err
		}
		for i := range findings {
			findings[i].Uses = append(findings[i].Uses, c.uses(findings[i])...)
		}
	}
	for i := range findings {
		findings[i].Uses = sorted(findings[i].Uses)
	}
	return nil
}

// Unknown is what of the code may touch anything in the packages.
func Unknown(all []usage.Unknown, used ...*usage.Package) []diff.Unknown {
	var unknown []diff.Unknown
	for _, u := range all {
		if slices.ContainsFunc(used, func(p *usage.Package) bool { return u.Package == "" || p.Path == u.Package }) {
			unknown = append(unknown, diff.Unknown{Place: placeOf(u.Place), Go: u.Go, What: u.What, Why: u.Why()})
		}
	}
	return unknown
}

func placeOf(p usage.Place) diff.Place {
	return diff.Place{File: p.File, Line: p.Line, Column: p.Column, Test: p.Test}
}

// sorted puts places that name an element first, those of tests last, and drops repetitions.
func sorted(uses []diff.Use) []diff.Use {
	last := map[bool]int{true: 1}
	slices.SortFunc(uses, func(a, b diff.Use) int {
		return cmp.Or(last[a.By != ""]-last[b.By != ""], last[a.Test]-last[b.Test], strings.Compare(a.File, b.File), a.Line-b.Line,
			a.Column-b.Column, strings.Compare(a.Go, b.Go), strings.Compare(a.By, b.By))
	})
	return slices.Compact(uses)
}

// code is what code uses of one package.
type code struct {
	*usage.Package
	*holders
	// byID are uses by kind and ID, without the names of path parameters: those differ between generations.
	byID map[string][]usage.Use
}

func newCode(p *usage.Package) (*code, error) {
	c := &code{Package: p, byID: map[string][]usage.Use{}}
	named := map[string]bool{}
	for _, kind := range kinds {
		for _, u := range p.UsesOf(kind) {
			id := api.PlainPath(u.ID)
			c.byID[kind+" "+id] = append(c.byID[kind+" "+id], u)
			named[id] = true
		}
	}
	var err error
	c.holders, err = newHolders(p.Lock.Elements, named)
	return c, err
}

// kinds are those of the elements that code can use.
var kinds = []string{
	api.KindOperation, api.KindPath, api.KindType, api.KindEnum, api.KindProperty, api.KindMember, api.KindConstant, api.KindParameter,
}

// uses are the places that a finding touches.
func (c *code) uses(f diff.Finding) []diff.Use {
	if f.Change == "added" && f.Verdict != diff.Breaking {
		return nil
	}
	var all []diff.Use
	add := func(u usage.Use, by string) {
		for _, p := range u.Places {
			all = append(all, diff.Use{Place: placeOf(p), Go: u.Go, By: by})
		}
	}
	for _, u := range c.direct(f) {
		add(u, "")
	}
	if f.Verdict != diff.Breaking {
		return all
	}
	for _, op := range c.Operations {
		if by := c.byWayOf(op.ID, f); by != "" {
			add(op, by)
		}
	}
	return all
}

// direct are the uses that name the element of a finding, or what is gone with it.
func (c *code) direct(f diff.Finding) []usage.Use {
	id := api.PlainPath(f.ID)
	uses := slices.Concat(c.byID[f.Kind+" "+id], c.goneOfRuntime(f))
	if slices.Contains(ofBinds, f.Rule) { // whoever binds nothing is not touched
		uses = nil
	}
	switch f.Kind {
	case api.KindParameter:
		if slices.Contains(askedOfCalls, f.Rule) {
			call, _, _ := strings.Cut(id, "?")
			return c.byID[api.KindOperation+" "+call]
		}
	case api.KindService:
		return c.Operations
	case api.KindPath:
		uses = append(uses, c.binds(func(u usage.Use) bool { return api.PlainPath(u.ID) == id })...)
	case api.KindType, api.KindProperty:
		uses = append(uses, c.binds(func(u usage.Use) bool { return u.Go == "Bind"+strings.ReplaceAll(f.Name, ".", "") })...)
	}
	if f.Change == "removed" {
		uses = append(uses, c.partsOf(f.Kind, f.ID)...)
	}
	if len(uses) == 0 && f.Kind == "go" {
		uses = c.byName(f.ID)
	}
	return uses
}

// ofBinds are the rules of references that the service takes no more.
var ofBinds = []string{"type-bind-removed", "property-bind-removed"}

// goneOfRuntime are the uses of names of the runtime that the package does not need any more after a finding.
func (c *code) goneOfRuntime(f diff.Finding) []usage.Use {
	var uses []usage.Use
	for _, change := range f.Go {
		name := strings.NewReplacer("(*", "", ")", "").Replace(change.Subject) // of a method, as apidiff writes it
		for _, u := range c.Runtime {
			if u.Go == name && !change.Compatible {
				uses = append(uses, u)
			}
		}
	}
	return uses
}

// askedOfCalls are the rules of parameters that ask for something where a call does not have it.
var askedOfCalls = []string{"parameter-added-required", "parameter-required"}

func (c *code) binds(is func(usage.Use) bool) []usage.Use {
	var uses []usage.Use
	for _, u := range c.Binds {
		if is(u) {
			uses = append(uses, u)
		}
	}
	return uses
}

// partsOf are the uses of what a type or an enumeration has: when that is gone, nothing is said of these.
func (c *code) partsOf(kind, id string) []usage.Use {
	parts := map[string][]usage.Use{api.KindType: c.Properties, api.KindEnum: c.Values}[kind]
	var uses []usage.Use
	for _, u := range parts {
		if strings.HasPrefix(u.ID, id+"/") {
			uses = append(uses, u)
		}
	}
	return uses
}

// byName are the uses of a name in Go, or of what belongs to it.
func (c *code) byName(name string) []usage.Use {
	var uses []usage.Use
	for _, kind := range kinds {
		for _, u := range c.UsesOf(kind) {
			if u.Go == name || strings.HasPrefix(u.Go, name+".") {
				uses = append(uses, u)
			}
		}
	}
	for _, u := range c.Binds {
		if u.Go == name {
			uses = append(uses, u)
		}
	}
	return uses
}
