package index

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/document"
	"github.com/graphslice/graphslice/generator/internal/openapi/as30"
)

// as30 says what the value of an entry of a document of OpenAPI 3.1 says in the terms of 3.0, and returns what is lost.
func (d *Document) as30(e Entry, value *yaml.Node) diag.List {
	section, isComponent := strings.CutPrefix(e.parent, d.sections.pointer+"/")
	switch {
	case !d.is31:
		return nil
	case isComponent:
		return d.lost(as30.Component(section, value))
	case e.parent == d.paths.pointer:
		return d.lost(as30.Path(value))
	}
	return nil
}

// lostAtTop returns what is lost of the document itself.
func (d *Document) lostAtTop() diag.List {
	var diags diag.List
	for _, e := range d.top.entries {
		key, value := &yaml.Node{Value: e.Name, Line: e.Line, Column: e.Column}, &yaml.Node{}
		if e.Name == "jsonSchemaDialect" { // the others may be large, and their values do not matter
			if _, text, f := d.decode(e); f == nil {
				value = text
			}
		}
		if d.is31 {
			diags = append(diags, d.lost(as30.Top(key, value))...)
		}
	}
	return diags
}

func (d *Document) lost(losses []as30.Loss) diag.List {
	var diags diag.List
	for _, loss := range losses {
		diags.Add(diag.Diagnostic{Pos: document.Pos(d.name, loss.At), Severity: diag.Warning, Code: loss.Code, Message: loss.Message})
	}
	return diags
}
