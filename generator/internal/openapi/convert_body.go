package openapi

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// request reads the body that is sent.
func (c *converter) request(op *ir.Operation, sel selectedOperation, api *openapi3.Operation) {
	if api.RequestBody == nil || api.RequestBody.Value == nil {
		return
	}
	at := sel.child("requestBody")
	if t, ok := c.refs.targets[refNode(at.node)]; ok {
		at = t.sourceValue
	}
	body := api.RequestBody.Value
	op.Request = c.body(op, body.Content, at, ir.RequestBody)
	if op.Request != nil {
		op.Request.Required = body.Required
	}
}

// responses reads the answers of success; the first that has a body says what it is.
func (c *converter) responses(op *ir.Operation, sel selectedOperation, api *openapi3.Operation) {
	for _, status := range slices.Sorted(maps.Keys(api.Responses.Map())) {
		if !isSuccess(status) {
			continue
		}
		op.Statuses = append(op.Statuses, status)
		at := sel.child("responses").child(status)
		if t, ok := c.refs.targets[refNode(at.node)]; ok {
			at = t.sourceValue
		}
		response := api.Responses.Value(status).Value
		if response != nil && op.Response == nil {
			op.Response = c.body(op, response.Content, at, ir.ResponseBody)
		}
	}
}

func isSuccess(status string) bool { return len(status) == 3 && status[0] == '2' }

// body reads a request or an answer; nil if it has no content.
func (c *converter) body(op *ir.Operation, content openapi3.Content, at sourceValue, role ir.Role) *ir.Body {
	types := slices.Sorted(maps.Keys(content))
	if len(types) == 0 {
		return nil
	}
	i := slices.IndexFunc(types, isJSON)
	mediaType := types[max(i, 0)]
	at = at.child("content").child(mediaType)
	body := &ir.Body{ContentType: mediaType, Pos: at.pos(), Type: &ir.Type{Kind: ir.Stream}}
	if content[mediaType] == nil || content[mediaType].Schema == nil {
		if i >= 0 {
			body.Type = &ir.Type{Kind: ir.Untyped}
		}
		return body
	}
	s := c.schema(content[mediaType].Schema, at.child("schema"))
	switch {
	case i >= 0:
		if same := c.ofOtherForm(op, role, at); same != nil {
			return same
		}
		c.jsonBody(op, body, s, role)
		c.keepForm(op, role, at, body)
	case isBinary(s.Format):
	case strings.HasPrefix(mediaType, "text/") && op.Segments[len(op.Segments)-1].Kind == ir.Count:
		body.Type = &ir.Type{Kind: ir.Int64}
	case strings.HasPrefix(mediaType, "text/"):
		body.Type = &ir.Type{Kind: ir.String}
	}
	return body
}

// jsonBody reads a typed body. Answers stand in a wrapper: a collection in {"value": […]} with annotations,
// a primitive in {"value": x}.
func (c *converter) jsonBody(op *ir.Operation, body *ir.Body, s schema, role ir.Role) {
	in := &ir.Inline{Operation: op, Role: role}
	if role == ir.ResponseBody {
		value, ok := c.collectionItems(s)
		if ok {
			op.Delta = c.hasAnnotation(s, "@odata.deltaLink")
			op.Pageable = op.Delta || c.hasAnnotation(s, "@odata.nextLink")
		} else if s.name == "" {
			value, ok = c.onlyValue(s)
		}
		if ok {
			body.Wrapped = true
			s = c.schema(value.ref, value.at)
		}
	}
	body.Type = c.typeOf(s, in)
	if body.Type.Kind == ir.Binary && !body.Wrapped {
		// The bytes themselves are sent: what older documents call base64url in JSON, later ones call binary.
		body.ContentType, body.Type = octetStream, &ir.Type{Kind: ir.Stream}
	}
}

// octetStream is the media type of bytes of which nothing more is known.
const octetStream = "application/octet-stream"

// isBinary reports whether text of this format stands for bytes.
func isBinary(format string) bool { return stringFormats[format] == ir.Binary }

func isJSON(mediaType string) bool {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	return mediaType == "application/json" || strings.HasSuffix(mediaType, "+json")
}
