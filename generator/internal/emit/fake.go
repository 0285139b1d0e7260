package emit

import (
	"go/token"
	"regexp"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// Client is the package whose service another package fakes.
type Client struct{ Package, ImportPath string }

// Fake emits the files of the package that fakes the service of pkg, without the runtime: opts are of the fake, client is the
// package that tests of it use.
func Fake(pkg *ir.Package, roots []*ir.Resource, fake *names.Fake, client Client, opts Options) (files []File, err error) {
	defer missing(&err)
	opts.client = client
	f := &faker{emitter: &emitter{pkg: sorted(pkg, fake.Table), names: fake.Table}, fake: fake, client: client, models: map[string]*ir.Model{}}
	for _, m := range pkg.Models {
		f.models[m.Name] = m
	}
	delete(f.models, "") // of what has no name
	code := map[string]func() []jen.Code{
		"operations.go": func() []jen.Code { return f.operationTable(roots) },
		"types.go":      func() []jen.Code { return f.typeTables(roots) },
	}
	addRequests(code, roots, nil, f.nodes)
	return renderAll(opts, code)
}

// faker emits the fake of a package.
type faker struct {
	*emitter
	fake   *names.Fake
	client Client
	models map[string]*ir.Model // by their qualified names
	// inText: types are for a text, in which nothing is imported.
	inText bool
}

// nodes makes the places of r and of everything below it, with the methods that give their operations handlers.
func (f *faker) nodes(r *ir.Resource) []jen.Code {
	var code []jen.Code
	if names.HasBuilder(r) {
		code = append(code, f.node(r), f.lead(r))
		if isKeyed(r.Segment) {
			code = append(code, f.leadAny(r))
		}
		code = append(code, f.memory(r)...)
	}
	for _, group := range overloads(names.BuilderOperations(r), f.names) {
		code = append(code, f.on(r, group))
	}
	for _, group := range overloads(names.RootOperations(r), f.names) {
		code = append(code, f.on(nil, group))
	}
	for _, c := range r.Children {
		code = append(code, f.nodes(c)...)
	}
	return code
}

// isKeyed reports whether a segment has values that a test may leave open. Arguments of functions it leaves open in any case.
func isKeyed(s ir.Segment) bool {
	return s.Kind == ir.Key || s.Kind == ir.Template || s.Kind == ir.Address
}

// node makes
//
//	// SitesRequests is the path /sites.
//	type SitesRequests node
func (f *faker) node(r *ir.Resource) jen.Code {
	name := f.names.Requests(r)
	return comment(name.String() + " is the path " + r.Path() + ".").Line().Add(declareType(name)).Id("node")
}

// lead makes one of
//
//	// Sites leads to /sites.
//	func (s *Server) Sites() *SitesRequests { return (*SitesRequests)(s.at("/sites")) }
//
//	func (r *ZooRequests) Animals() *ZooAnimalsRequests { return (*ZooAnimalsRequests)((*node)(r).add("/animals")) }
//
//	func (r *SitesRequests) ByID(id string) *SiteRequests { return (*SiteRequests)((*node)(r).by("/{site-id}", id)) }
func (f *faker) lead(r *ir.Resource) jen.Code {
	var params []jen.Code
	values := []jen.Code{jen.Lit(stepText(r))}
	step := "add"
	if isKeyed(r.Segment) {
		step = "by"
		args := f.names.PathArguments(r.Segment)
		params = f.keyParams(r.Segment, args)
		for _, arg := range args {
			values = append(values, jen.Id(arg))
		}
	}
	return f.leading(r, f.fake.Accessor(r), r.Path()+".", params, step, values)
}

// leadAny makes
//
//	// AnyID leads to /sites/{site-id}, whatever the key.
//	func (r *SitesRequests) AnyID() *SiteRequests { return (*SiteRequests)((*node)(r).any("/{site-id}")) }
func (f *faker) leadAny(r *ir.Resource) jen.Code {
	return f.leading(r, f.fake.AnyKey(r), r.Path()+", whatever the key.", nil, "any", []jen.Code{jen.Lit(stepText(r))})
}

// leading makes what lead and leadAny show:
//
//	func (r *SitesRequests) AnyID() *SiteRequests { return (*SiteRequests)((*node)(r).any("/{site-id}")) }
func (f *faker) leading(r *ir.Resource, name names.Ident, to string, params []jen.Code, step string, values []jen.Code) jen.Code {
	receiver, from := f.receiver(r.Parent)
	switch {
	case r.Parent == nil && isKeyed(r.Segment): // the path begins with a key
		from = from.Dot("at").Call(jen.Lit(""))
	case r.Parent == nil:
		step = "at"
	}
	result := pointerTo(f.names.Requests(r))
	return comment(name.String() + " leads to " + to).Line().Add(declareMethod(receiver, name)).Params(params...).Add(result.Clone()).Add(
		oneLine(jen.Return(jen.Parens(result).Call(from.Dot(step).Call(values...)))))
}

// receiver is that of a method at a place, and the place as the node that it is; nil is the server:
//
//	r *SitesRequests
//	(*node)(r)
func (f *faker) receiver(r *ir.Resource) (receiver jen.Code, node *jen.Statement) {
	if r == nil {
		return jen.Id("s").Op("*").Id("Server"), jen.Id("s")
	}
	return jen.Id("r").Add(pointerTo(f.names.Requests(r))), jen.Parens(jen.Op("*").Id("node")).Call(jen.Id("r"))
}

// keyParams are the parameters for the values of a segment:
//
//	ByID(id string)
func (f *faker) keyParams(s ir.Segment, args []string) []jen.Code {
	switch {
	case s.Kind == ir.Key && len(s.Keys) == 0:
		return []jen.Code{jen.Id(args[0]).String()}
	case s.Kind == ir.Key:
		params, _ := f.pathArguments(s.Keys, args)
		return []jen.Code{f.qualified(jen.List(params...))}
	}
	params, _ := f.pathArguments(s.Args, args)
	return []jen.Code{f.qualified(jen.List(params...))}
}

// placeText is a segment as it stands in the path of a place: a function without its arguments, which any form of it has.
func placeText(s ir.Segment) string {
	if s.Kind == ir.Function {
		return "/" + s.Name + "(…)"
	}
	s.Closed = s.Closed && s.Kind == ir.Address // with a slash behind it and without is one place
	return s.Text()
}

// isApart reports whether an operation is a form of a function, called at r, that answers something else than the first form: it has
// handlers of its own, and so a place.
func isApart(r *ir.Resource, op *ir.Operation) bool {
	if r == nil || op.Segments[len(op.Segments)-1].Kind != ir.Function {
		return false
	}
	forms := functionOf(r, op).Operations
	return !op.SameCall(forms[slices.IndexFunc(forms, op.SamePlace)])
}

// stepText is what a place adds to the path of the one above it.
func stepText(r *ir.Resource) string {
	if r.Parent != nil && r.Parent.Segment.Kind == ir.Address {
		return ":" + placeText(r.Segment)
	}
	return placeText(r.Segment)
}

// placeOf is the path of a place.
func placeOf(segments []ir.Segment) string { return ir.PathWith(segments, placeText) }

// identifiers are what types consist of.
var identifiers = regexp.MustCompile(`(?:([\pL\pN_]+)\.)?([\pL\pN_]+)|[^\pL\pN_\s]|\s+`)

// packagesOf are the packages that types of a client come from beside its own.
var packagesOf = map[string]string{"time": "time", "io": "io", "json": "encoding/json"}

// qualified is a type of the client as it is called outside of the client's package:
//
//	*graph.Page[*graph.Site]
//	json.RawMessage
func (f *faker) qualified(code jen.Code) *jen.Statement {
	s := &jen.Statement{}
	for _, m := range identifiers.FindAllStringSubmatch(renderedType(code), -1) {
		switch {
		case m[1] != "":
			s.Qual(packagesOf[m[1]], m[2])
		case token.IsExported(m[2]) && f.inText:
			s.Id(f.client.Package + "." + m[2])
		case token.IsExported(m[2]):
			s.Qual(f.client.ImportPath, m[2])
		case m[2] != "":
			s.Id(m[2])
		case strings.TrimSpace(m[0]) != "":
			s.Op(m[0])
		}
	}
	return s
}

// renderedType is a type, or a list of parameters, as it stands in Go.
func renderedType(code jen.Code) string {
	text := jen.Id("_").Op("=").Add(function(code)).Block().GoString() // GoString takes but what stands alone
	return strings.TrimPrefix(text[:strings.LastIndexByte(text, ')')], "_ = func(")
}
