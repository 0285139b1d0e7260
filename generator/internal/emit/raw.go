package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// sendsRaw reports whether the body is no JSON: a stream, or text.
func (c call) sendsRaw() bool {
	return c.op.Request != nil && (c.op.Request.Type.Kind == ir.Stream || c.sendsText())
}

func (c call) sendsText() bool {
	body := c.op.Request
	return body != nil && body.Type.Kind == ir.String && !isJSONType(body.ContentType)
}

func isJSONType(mediaType string) bool { return mediaType == "" || strings.Contains(mediaType, "json") }

// raw is the parameter of a body that is no JSON, and the resource that sends it:
//
//	content io.Reader
//	(*resource)(r).sending("application/octet-stream", content)
//	text string
//	(*resource)(r).sendingText("text/html", text)
func (c call) raw() (param jen.Code, target *jen.Statement) {
	if c.sendsText() {
		return jen.Id("text").String(), c.target().Dot("sendingText").Call(jen.Lit(c.op.Request.ContentType), jen.Id("text"))
	}
	return jen.Id("content").Qual("io", "Reader"), c.target().Dot("sending").Call(jen.Lit(c.op.Request.ContentType), jen.Id("content"))
}
