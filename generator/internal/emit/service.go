package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/names"
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
	var list members
	list.comment("defaultServiceRoot is where requests go unless an option of NewClient says otherwise.")
	list.add(names.DefaultServiceRoot, jen.Op("=").Lit(e.pkg.ServiceRoot))
	list.comment("serviceVersion is the API's version, the last segment of a service root.")
	list.add(names.ServiceVersion, jen.Op("=").Lit(version))
	list.comment("generatorVersion is the version of graphslice that made this package.")
	list.add(names.GeneratorVersion, jen.Op("=").Lit(opts.Version))
	return []jen.Code{declareConsts(list)}
}
