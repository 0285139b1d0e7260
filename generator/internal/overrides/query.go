package overrides

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// The query of an operation is a list. A name adds an option: one of OData's own, with or without its $, or else a text. One with
// a - before it takes an option away. A mapping adds an option of any type, in place of one of the same name:
//
//	operations:
//	  GET /me/messages:
//	    query: [expand, -$search, {name: since, type: Edm.Date, required: true, description: From when on.}]

// systemOptions are OData's own, with their types.
var systemOptions = map[string]string{
	"$top": "Edm.Int32", "$skip": "Edm.Int32", "$search": "Edm.String", "$filter": "Edm.String", "$count": "Edm.Boolean",
	"$orderby": "Collection(Edm.String)", "$select": "Collection(Edm.String)", "$expand": "Collection(Edm.String)",
}

// optionName is the name of an option on the wire.
func optionName(text string) string {
	if _, ok := systemOptions["$"+text]; ok {
		return "$" + text
	}
	return text
}

// isQuery reports whether a field is a list of options; what is wrong with it is reported.
func (r reader) isQuery(value *yaml.Node) bool {
	if value.Kind != yaml.SequenceNode {
		r.Wrong(value, "a list of options, such as [expand, -search, {name: since, type: Edm.Date}]")
		return false
	}
	fine := true
	for _, item := range value.Content {
		fine = r.isOption(item) && fine
	}
	return fine
}

func (r reader) isOption(item *yaml.Node) bool {
	name := strings.TrimPrefix(item.Value, "-")
	if item.Kind == yaml.MappingNode {
		name = ""
		known := map[string]fieldKind{"name": text, "type": text, "description": text, "required": flag}
		before := len(*r.Faults)
		for _, field := range r.Fields(item, "an option") {
			r.checkField(known, field)
			if field.Name() == "name" {
				name = field.Value.Value
			}
		}
		if len(*r.Faults) > before {
			return false
		}
	}
	if name == "" || strings.ContainsAny(name, " \t\r\n&=#?") {
		r.Wrong(item, "the name of an option, with - before it to take it away, or {name: …}")
		return false
	}
	return true
}

// applyQuery adds query options to an operation, and takes away others.
func (a *applier) applyQuery(e entry, op *ir.Operation) {
	_, at := e.value("query")
	if at == nil {
		return
	}
	for _, item := range at.Content {
		option := entry{file: e.file, key: item, fields: item}
		name, without := strings.CutPrefix(optionName(item.Value), "-")
		if without {
			name = optionName(name)
		}
		if item.Kind == yaml.MappingNode {
			name, _ = option.value("name")
		}
		i := slices.IndexFunc(op.Query, func(p *ir.Parameter) bool { return p.Name == name })
		switch {
		case name == "": // it has been reported
		case without && i < 0:
			a.fault(e.posOf(item), "unmatched-override", fmt.Sprintf("%s has no query option %s that could be taken away", e.name(), name), "")
		case without:
			op.Query = slices.Delete(slices.Clone(op.Query), i, i+1)
		case i < 0:
			p := &ir.Parameter{Name: name, Pos: e.posOf(item)}
			a.applyOption(option, p)
			op.Query = append(slices.Clip(op.Query), p)
		default:
			a.applyOption(option, op.Query[i])
		}
	}
}

// applyOption gives an option what the override says of it. One that is new is a text, unless it is one of OData's own.
func (a *applier) applyOption(option entry, p *ir.Parameter) {
	option.text("description", &p.Doc.Description)
	p.Required = option.flag("required", p.Required)
	typeName, at := option.value("type")
	switch {
	case at == nil && p.Type != nil:
		return
	case at == nil:
		typeName = cmp.Or(systemOptions[p.Name], "Edm.String")
	}
	t, err := a.parseType(typeName)
	if err != nil {
		a.fault(option.posOf(at), "override-type", err.Error(), typeHint(err))
		return
	}
	p.Type = t
}

// headerName is a token, as names of headers are, with - before it to take it away.
var headerName = regexp.MustCompile("^-?[0-9A-Za-z!#$%&'*+.^_`|~][0-9A-Za-z!#$%&'*+.^_`|~-]*$")

// applyHeaders says which headers a call cannot do without.
func (a *applier) applyHeaders(e entry, op *ir.Operation) {
	_, at := e.value("headers")
	if at == nil {
		return
	}
	for _, item := range at.Content {
		if !headerName.MatchString(item.Value) {
			a.fault(e.posOf(item), "wrong-shape", fmt.Sprintf("%q is not the name of a header", item.Value), "")
			continue
		}
		name, without := strings.CutPrefix(item.Value, "-")
		op.Headers = slices.DeleteFunc(slices.Clone(op.Headers), func(h string) bool { return strings.EqualFold(h, name) })
		if !without {
			op.Headers = append(op.Headers, name)
		}
	}
}
