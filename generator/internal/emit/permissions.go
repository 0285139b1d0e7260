package emit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// scopes makes the sets of permissions of which something is known:
//
//	// DelegatedScopes returns …
//	func DelegatedScopes() []string {
//		return []string{…}
//	}
func (e *emitter) scopes() []jen.Code {
	delegated, application := e.scopeSets()
	var code []jen.Code
	if len(delegated.names) > 0 {
		text := "DelegatedScopes returns the delegated permissions that all operations of this package need together, the least " +
			"privileged ones for each, sorted." + delegated.but("for a signed-in user")
		code = append(code, delegated.function(names.DelegatedScopes, text))
	}
	if len(application.names) > 0 {
		text := "ApplicationScopes returns the application permissions that all operations of this package need together when there is " +
			"no signed-in user, the least privileged ones for each, sorted." + application.but("without a signed-in user")
		code = append(code, application.function(names.ApplicationScopes, text))
	}
	return code
}

// scopeSets are the permissions for a signed-in user, and for an application alone.
func (e *emitter) scopeSets() (delegated, application scopeSet) {
	delegated = e.scopeSet(func(p ir.Permissions) ir.Grants { return p.Delegated }, func(ir.Permissions) bool { return false })
	application = e.scopeSet(func(p ir.Permissions) ir.Grants { return p.Application },
		func(p ir.Permissions) bool { return len(p.Resource.Least) > 0 })
	return delegated, application
}

// scopeSet is a set of permissions for all operations.
type scopeSet struct {
	names []string
	// Of all operations, none do not work with this kind of permission, resource need one for a resource, and of unknown nothing
	// is known.
	operations, none, resource, unknown int
}

// scopeSet collects the least permissions of one kind. Where several are as good, what others need already is taken, or else the
// first. Resource tells of an operation whether a permission for one resource does as well.
func (e *emitter) scopeSet(of func(ir.Permissions) ir.Grants, resource func(ir.Permissions) bool) scopeSet {
	set := scopeSet{operations: len(e.pkg.Operations)}
	needed := map[string]bool{}
	add := func(alternative string) {
		for name := range strings.FieldsSeq(alternative) {
			needed[name] = true
		}
	}
	var open []ir.Grants
	for _, op := range e.pkg.Operations {
		switch g := of(op.Permissions); {
		case len(g.Least) == 1:
			add(g.Least[0])
		case len(g.Least) > 1:
			open = append(open, g)
		case resource(op.Permissions):
			set.resource++
		case op.Permissions.Complete:
			set.none++
		default:
			set.unknown++
		}
	}
	for _, g := range open {
		there := func(alternative string) bool {
			return !slices.ContainsFunc(strings.Fields(alternative), func(name string) bool { return !needed[name] })
		}
		if !slices.ContainsFunc(g.Least, there) {
			add(g.Least[0])
		}
	}
	for name := range needed {
		set.names = append(set.names, name)
	}
	slices.Sort(set.names)
	return set
}

// but says of which operations the set says nothing.
func (s scopeSet) but(how string) string {
	var parts []string
	if s.none > 0 {
		parts = append(parts, fmt.Sprintf("%s %s not work %s.", s.some(s.none), singular(s.none, "does", "do"), how))
	}
	if s.resource > 0 {
		parts = append(parts, fmt.Sprintf("%s %s resource-specific permissions alone.", s.some(s.resource), singular(s.resource, "takes", "take")))
	}
	if s.unknown > 0 {
		parts = append(parts, fmt.Sprintf("What %s %s is not known.", strings.ToLower(s.some(s.unknown)), singular(s.unknown, "needs", "need")))
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + strings.Join(parts, " ")
}

// some names n of the operations.
func (s scopeSet) some(n int) string {
	if s.operations == 1 {
		return "The operation"
	}
	return fmt.Sprintf("%d of the %d operations", n, s.operations)
}

func singular(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// function makes
//
//	func DelegatedScopes() []string {
//		return []string{
//			"ChannelMember.Read.All",
//			…
//		}
//	}
func (s scopeSet) function(name names.Ident, text string) jen.Code {
	var values []jen.Code
	for _, n := range s.names {
		values = append(values, jen.Line().Lit(n))
	}
	values = append(values, jen.Line())
	return comment(text).Line().Add(declareFunc(name)).Params().Index().String().Block(
		jen.Return(jen.Index().String().Values(values...)))
}

// permissions is the paragraph of an operation's comment that says what it needs.
func permissions(op *ir.Operation) string {
	p := op.Permissions
	var parts []string
	add := func(kind string, g ir.Grants) {
		if len(g.Least) > 0 {
			parts = append(parts, kind+" "+alternatives(g))
		} else if p.Complete {
			parts = append(parts, kind+" not supported")
		}
	}
	add("delegated", p.Delegated)
	if len(p.Personal.Least) > 0 && !slices.Equal(p.Personal.Least, p.Delegated.Least) {
		parts = append(parts, "personal account "+alternatives(p.Personal))
	}
	switch resource := alternatives(p.Resource); {
	case resource == "":
		add("application", p.Application)
	case len(p.Application.Least) == 0:
		parts = append(parts, "application resource-specific "+resource)
	default:
		parts = append(parts, "application "+alternatives(p.Application)+", or resource-specific "+resource)
	}
	if len(parts) == 0 {
		return ""
	}
	of := ""
	if p.From != "" {
		of = ", as for " + p.From
	}
	return "Least permissions" + of + ": " + strings.Join(parts, "; ") + "."
}

// alternatives writes grants for a person.
func alternatives(g ir.Grants) string {
	var all []string
	or := " or "
	for _, text := range g.Least {
		names := strings.Fields(text)
		if len(names) > 1 {
			or = ", or "
		}
		all = append(all, strings.Join(names, " and "))
	}
	return strings.Join(all, or)
}

// unavailable says which clouds lack something; "" if none does.
func unavailable(d ir.Doc) string {
	switch n := len(d.NotIn); {
	case n == 0:
		return ""
	case n == 1:
		return "Not available in " + d.NotIn[0] + "."
	default:
		return "Not available in " + strings.Join(d.NotIn[:n-1], ", ") + " and " + d.NotIn[n-1] + "."
	}
}

// withClouds adds to a text which clouds lack what it is about.
func withClouds(text string, d ir.Doc) string { return strings.TrimSpace(text + " " + unavailable(d)) }
