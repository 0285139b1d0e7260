package emit

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// operationTable makes
//
//	// serviceRoot is that of the client.
//	const serviceRoot = "https://graph.microsoft.com/v1.0"
//
//	// roots are the first segments of paths.
//	var roots = []root{
//		{name: "sites", of: "….site", collection: true},
//	}
//
//	// operations are those of the slice.
//	var operations = []operation{
//		{
//			method: "POST",
//			path:   "/sites",
//			…
//		},
//	}
func (f *faker) operationTable(roots []*ir.Resource) []jen.Code {
	var rows, tops []jen.Code
	for _, r := range roots {
		tops = append(tops, f.rootRow(r))
		rows = append(rows, f.operationRows(r, nil)...)
	}
	return []jen.Code{
		comment("serviceRoot is that of the client.").Line().Add(declareConst(names.ServiceRoot, f.pkg.ServiceRoot)),
		comment("roots are the first segments of paths.").Line().Add(table(names.Roots, "root", tops)),
		comment("operations are those of the slice.").Line().Add(table(names.Calls, "operation", rows)),
	}
}

// table makes the variable that holds a table:
//
//	var roots = []root{
//		…
//	}
func table(name names.Ident, of string, rows []jen.Code) jen.Code {
	var lines []jen.Code
	for _, row := range rows {
		lines = append(lines, jen.Line().Add(row))
	}
	return declareVar(name, jen.Index().Id(of)).Values(append(lines, jen.Line())...)
}

// rootRow makes
//
//	{name: "sites", of: "….site", collection: true}
func (f *faker) rootRow(r *ir.Resource) jen.Code {
	row := pairs{{"name", jen.Lit(r.Segment.Name)}}
	if m, isCollection := f.entityAt(r); m != nil {
		row = append(row, pair{"of", jen.Lit(f.names.ModelName(m))})
		if isCollection {
			row = append(row, pair{"collection", jen.True()})
		}
	}
	return row.inLine()
}

// pair is a field of a struct with its value.
type pair struct {
	name  string
	value jen.Code
}

type pairs []pair

// inLine makes the fields on one line:
//
//	{name: "sites", of: "….site", collection: true}
func (p pairs) inLine() jen.Code {
	var fields []jen.Code
	for _, f := range p {
		fields = append(fields, jen.Id(f.name).Op(":").Add(f.value))
	}
	return jen.Values(fields...)
}

// inLines makes each field on a line of its own:
//
//	{
//		method: "POST",
//		path:   "/sites",
//		…
//	}
func (p pairs) inLines() jen.Code {
	var fields []jen.Code
	for _, f := range p {
		fields = append(fields, jen.Line().Id(f.name).Op(":").Add(f.value))
	}
	return jen.Values(append(fields, jen.Line())...)
}

// operationRows are the rows of the operations at r and below it; lead is how a test gets to the place above r.
func (f *faker) operationRows(r *ir.Resource, lead []string) []jen.Code {
	var rows []jen.Code
	own := lead
	if names.HasBuilder(r) {
		step := f.fake.Accessor(r)
		if isKeyed(r.Segment) {
			step = f.fake.AnyKey(r)
		}
		own = append(slices.Clone(lead), step.String()+"()")
	}
	for _, group := range overloads(names.RootOperations(r), f.names) {
		rows = append(rows, f.groupRows(nil, group, lead)...)
	}
	for _, group := range overloads(names.BuilderOperations(r), f.names) {
		rows = append(rows, f.groupRows(r, group, own)...)
	}
	for _, c := range r.Children {
		rows = append(rows, f.operationRows(c, own)...)
	}
	return rows
}

// groupRows are the rows of the operations that one method serves.
func (f *faker) groupRows(r *ir.Resource, group []*ir.Operation, lead []string) []jen.Code {
	var rows []jen.Code
	on := strings.Join(append(slices.Clone(lead), f.fake.On(group[0]).String()), ".")
	inText := *f
	inText.inText = true
	takes := renderedType(inText.exchange(r, group).handler())
	for _, op := range group {
		place := placeOf(op.Segments)
		if last := len(op.Segments) - 1; isApart(r, op) {
			place = placeOf(op.Segments[:last]) + op.Segments[last].Text()
		}
		rows = append(rows, f.operationRow(op, place, on, takes).inLines())
	}
	return rows
}

// operationRow makes
//
//	{
//		method: "POST",
//		path:   "/sites",
//		kind:   create,
//		body:   "….site",
//		answer: "….site",
//		on:     "Sites().OnCreate",
//		takes:  "BodyHandler[*graph.Site, *graph.Site]",
//	}
func (f *faker) operationRow(op *ir.Operation, place, on, takes string) pairs {
	row := pairs{{"method", jen.Lit(op.Method)}, {"path", jen.Lit(op.Path)}}
	if place != op.Path {
		row = append(row, pair{"place", jen.Lit(place)})
	}
	row = append(row, pair{"kind", jen.Id(kindNames[op.Kind])})
	row = append(row, flagsOf(
		flag{"pageable", op.Pageable},
		flag{"longRunning", op.LongRunning},
		flag{"changes", op.Delta},
		flag{"wrapped", op.Response != nil && op.Response.Wrapped},
		flag{"bodyRequired", op.Request != nil && op.Request.Required},
	)...)
	if body := f.bodyText(op.Request); body != "" {
		row = append(row, pair{"body", jen.Lit(body)})
	}
	if answer := f.bodyText(op.Response); answer != "" {
		row = append(row, pair{"answer", jen.Lit(answer)})
	}
	if options := optionNames[op.Options()]; options != "" {
		row = append(row, pair{"options", jen.Id(options)})
	}
	var query []string
	for _, p := range op.OwnQuery() {
		if p.Required {
			query = append(query, p.Name+"!")
		} else {
			query = append(query, p.Name)
		}
	}
	row = append(row, texts("query", query)...)
	row = append(row, texts("headers", op.Headers)...)
	return append(row, pair{"on", jen.Lit(on)}, pair{"takes", jen.Lit(takes)})
}

// texts makes a field of texts, none if there are none:
//
//	query: []string{"day!", "size!"}
func texts(name string, list []string) pairs {
	if len(list) == 0 {
		return nil
	}
	var items []jen.Code
	for _, text := range list {
		items = append(items, jen.Lit(text))
	}
	return pairs{{name, jen.Index().String().Values(items...)}}
}

var kindNames = map[ir.OperationKind]string{
	ir.List: "list", ir.Get: "get", ir.Create: "create", ir.Update: "update", ir.Replace: "replace", ir.Delete: "remove",
	ir.CountOp: "count", ir.ActionOp: "action", ir.FunctionOp: "function", ir.Custom: "custom",
}

var optionNames = map[ir.OptionsKind]string{ir.GetOptions: "getOptions", ir.ListOptions: "listOptions", ir.CountOptions: "countOptions"}

// flag is one of several that may be set.
type flag struct {
	name  string
	isSet bool
}

// flagsOf makes a field of those that are set, none if none is:
//
//	flags: pageable | wrapped
func flagsOf(all ...flag) pairs {
	if set := together(all...); set != nil {
		return pairs{{"flags", set}}
	}
	return nil
}

// together makes the flags that are set, nil if none is:
//
//	pageable | wrapped
func together(all ...flag) *jen.Statement {
	var s *jen.Statement
	for _, f := range all {
		switch {
		case !f.isSet:
		case s == nil:
			s = jen.Id(f.name)
		default:
			s.Op("|").Id(f.name)
		}
	}
	return s
}

// bodyText is the type of a body in the tables.
func (f *faker) bodyText(b *ir.Body) string {
	switch {
	case b == nil:
		return ""
	case b.Type.Kind == ir.Stream:
		return "stream"
	case b.Type.Kind == ir.String && !isJSONType(b.ContentType):
		return "text"
	}
	return f.names.TypeName(b.Type)
}
