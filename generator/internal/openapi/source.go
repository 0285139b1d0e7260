package openapi

import (
	"bytes"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/document"
	"go.yaml.in/yaml/v4"
)

const maxFileSize = 64 << 20 // bytes

// parse reads one document into nodes; nil after a fault. A spec must look like an OpenAPI document before it is parsed: that is
// quick to see, and nonsense can be large.
func parse(data []byte, name string, isSpec bool, diags *diag.List) *yaml.Node {
	text, fault := document.Of(name, data)
	var root *yaml.Node
	switch start := (diag.Pos{File: name, Line: 1, Column: 1}); {
	case fault != nil:
	case text.Empty():
		fault = &diag.Diagnostic{Pos: start, Severity: diag.Error, Code: "empty-document", Message: "the document is empty", Hint: versionHint}
	case isSpec && !text.IsJSON() && !hasVersionLine(text.Bytes()):
		fault = &diag.Diagnostic{Pos: start, Severity: diag.Error, Code: "not-openapi",
			Message: `this is not an OpenAPI document: it has no "openapi"`, Hint: versionHint}
	default:
		root, fault = text.Parse()
	}
	if fault == nil {
		return root
	}
	if fault.Code == "too-large" {
		fault.Hint = "cut a slice of it with gen slice"
	}
	diags.Add(*fault)
	return nil
}

const versionHint = `a spec begins with "openapi: 3.0.3"`

// hasVersionLine reports whether a line begins with the key that says which OpenAPI this is.
func hasVersionLine(data []byte) bool {
	for _, key := range [][]byte{[]byte("openapi"), []byte("swagger")} {
		for at := 0; at < len(data); at++ {
			i := bytes.Index(data[at:], key)
			if i < 0 {
				break
			}
			at += i
			lineStart := bytes.LastIndexByte(data[:at], '\n') + 1
			before := bytes.TrimLeft(data[lineStart:at], " ")
			after := bytes.TrimLeft(data[at+len(key):], `"' `)
			if len(bytes.Trim(before, `{"' `)) == 0 && bytes.HasPrefix(after, []byte(":")) {
				return true
			}
		}
	}
	return false
}

// isText reports whether a scalar was written as text, or as something that YAML alone knows, such as a date.
func isText(n *yaml.Node) bool {
	switch n.ShortTag() {
	case "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq":
		return false
	}
	return true
}
