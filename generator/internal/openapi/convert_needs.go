package openapi

import (
	"maps"
	"net/http"
	"regexp"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// headerName is a token, as names of headers are.
var headerName = regexp.MustCompile("^[0-9A-Za-z!#$%&'*+.^_`|~-]+$")

// requiredHeaders are the headers that a call cannot do without. Those that OpenAPI has other places for are none of them, nor
// are names that cannot be sent.
func requiredHeaders(params []parameter) []string {
	var names []string
	for _, p := range params {
		if p.In != "header" || !p.Required || !headerName.MatchString(p.Name) {
			continue
		}
		switch http.CanonicalHeaderKey(p.Name) {
		case "Accept", "Content-Type", "Authorization":
			continue
		}
		names = append(names, p.Name)
	}
	return names
}

// mediaTypes notes all media types of a body that is raw content, where it has more than one.
func mediaTypes(op *ir.Operation, api *openapi3.Operation) {
	if op.Request == nil || op.Request.Type.Kind != ir.Stream {
		return
	}
	if types := slices.Sorted(maps.Keys(api.RequestBody.Value.Content)); len(types) > 1 {
		op.Request.MediaTypes = types
	}
}
