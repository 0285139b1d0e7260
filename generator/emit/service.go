package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"
)

// service makes the constants by which the runtime knows what it is part of:
//
//	const (
//		// defaultServiceRoot is …
//		defaultServiceRoot = "https://graph.microsoft.com/v1.0"
//		…
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
