package emit

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/ir"
)

// service makes the constants by which the runtime knows what it is part of:
//
//	const (
//		// defaultServiceRoot is …
//		defaultServiceRoot = "https://graph.microsoft.com/v1.0"
//	)
func (e *emitter) service(opts Options) []jen.Code {
	version := e.pkg.ServiceRoot[strings.LastIndex(e.pkg.ServiceRoot, "/")+1:]
	return []jen.Code{jen.Const().Defs(
		comment("defaultServiceRoot is where requests go unless an option of NewClient says otherwise."),
		jen.Id("defaultServiceRoot").Op("=").Lit(e.pkg.ServiceRoot),
		comment("serviceVersion is the API's version, the last segment of a service root."),
		jen.Id("serviceVersion").Op("=").Lit(version),
		comment("generatorVersion is the version of graphslice that made this package."),
		jen.Id("generatorVersion").Op("=").Lit(opts.Version),
	)}
}

// scopes makes
//
//	// DelegatedScopes returns …
//	func DelegatedScopes() []string { return []string{"Chat.Create"} }
func (e *emitter) scopes() []jen.Code {
	var delegated, application []string
	for _, op := range e.pkg.Operations {
		delegated = append(delegated, op.Scopes...)
		application = append(application, op.AppScopes...)
	}
	return []jen.Code{
		scopeList("DelegatedScopes", "DelegatedScopes returns the delegated permissions that all operations of this package "+
			"need together, the least privileged ones for each, sorted.", delegated),
		scopeList("ApplicationScopes", "ApplicationScopes returns the application permissions that all operations of this "+
			"package need together when there is no signed-in user, the least privileged ones for each, sorted. An operation "+
			"whose comment names no application permission does not work without a user.", application),
	}
}

func scopeList(name, text string, scopes []string) jen.Code {
	slices.Sort(scopes)
	var values []jen.Code
	for _, s := range slices.Compact(scopes) {
		values = append(values, jen.Line().Lit(s))
	}
	if len(values) > 0 {
		values = append(values, jen.Line())
	}
	return comment(text).Line().Func().Id(name).Params().Index().String().Block(
		jen.Return(jen.Index().String().Values(values...)))
}

// permissions is the paragraph of an operation's comment that says what it needs.
func permissions(op *ir.Operation) string {
	var parts []string
	if len(op.Scopes) > 0 {
		parts = append(parts, "Delegated permission: "+strings.Join(op.Scopes, ", ")+".")
	}
	if len(op.AppScopes) > 0 {
		parts = append(parts, "Application permission: "+strings.Join(op.AppScopes, ", ")+".")
	}
	return strings.Join(parts, " ")
}
