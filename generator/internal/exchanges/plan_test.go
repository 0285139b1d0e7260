package exchanges

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// call is an exchange as the driver replays it: the same as its type Call.
type call struct {
	N      int
	Chain  []method
	Query  [][2]string
	Body   json.RawMessage
	Status int

	Headers map[string]string
	Answer  json.RawMessage
}

type method struct {
	Name   string
	Args   []string
	Fields map[string]string
}

// planner finds the methods that stand for a URL.
type planner struct {
	contents *generator.Contents
	places   map[*ir.Operation]*ir.Resource
}

func newPlanner(contents *generator.Contents) *planner {
	p := &planner{contents, map[*ir.Operation]*ir.Resource{}}
	var walk func([]*ir.Resource)
	walk = func(list []*ir.Resource) {
		for _, r := range list {
			for _, op := range r.Operations {
				p.places[op] = r
			}
			walk(r.Children)
		}
	}
	walk(contents.Resources)
	return p
}

// operation is the one that a request is; nil if the package has none.
func (p *planner) operation(e *exchange) *ir.Operation {
	for _, op := range p.contents.Package.Operations {
		if op.Method == e.Request.Method && slices.EqualFunc(op.Segments, e.steps, isStep) {
			return op
		}
	}
	return nil
}

func isStep(s ir.Segment, st step) bool {
	short := s.Name[strings.LastIndexByte(s.Name, '.')+1:]
	switch s.Kind {
	case ir.Key:
		return st.kind == ir.Key && (len(s.Keys) <= 1 && len(st.keys) <= 1 || len(s.Keys) == len(st.keys))
	case ir.Address:
		return st.kind == ir.Address
	case ir.Function:
		if st.kind != ir.Function || short != st.name || len(s.Args) != len(st.args) {
			return false
		}
		return !slices.ContainsFunc(s.Args, func(a ir.Arg) bool { _, ok := st.args[a.Name]; return !ok })
	case ir.Action, ir.Cast:
		return st.kind == s.Kind && short == st.name
	}
	return st.kind == s.Kind && s.Name == st.name
}

func (p *planner) plan(e *exchange) (call, error) {
	c := call{N: e.N, Body: notNull(e.Request.Body), Status: e.Response.Status, Headers: e.Response.Headers, Answer: notNull(e.Response.Body)}
	if c.Headers == nil {
		c.Headers = map[string]string{}
	}
	if etag := e.Request.Headers["If-Match"]; etag != "" {
		c.Headers["If-Match"] = etag
	}
	for pair := range strings.SplitSeq(e.query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if name == "" {
			continue
		}
		plain, err := url.QueryUnescape(value)
		if err != nil {
			plain = value
		}
		c.Query = append(c.Query, [2]string{name, plain})
	}
	place := p.places[e.op]
	var way []*ir.Resource
	for r := place; r != nil; r = r.Parent {
		way = append([]*ir.Resource{r}, way...)
	}
	if len(way) != len(e.steps) {
		return c, fmt.Errorf("%d resources for %d steps", len(way), len(e.steps))
	}
	last := method{Name: p.contents.Names.Method(e.op).String()}
	for i, r := range way {
		s := e.op.Segments[i]
		m := method{Name: p.contents.Names.Accessor(r).String(), Args: e.steps[i].keys, Fields: map[string]string{}}
		if s.Kind == ir.Function {
			for _, a := range s.Args {
				m.Fields[p.contents.Names.Argument(a).String()] = e.steps[i].args[a.Name]
			}
		}
		if i == len(way)-1 && names.IsCall(s) {
			last.Fields = m.Fields
			break
		}
		c.Chain = append(c.Chain, m)
	}
	c.Chain = append(c.Chain, last)
	return c, nil
}

func notNull(text json.RawMessage) json.RawMessage {
	if string(text) == "null" {
		return nil
	}
	return text
}

// registry is Go source that makes values of the package's types by their names.
func (p *planner) registry() string {
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n\t\"errors\"\n\t\"reflect\"\n\n\t\"exch/graph\"\n)\n\nvar types, bases = map[string]func() any{\n")
	var bases strings.Builder
	for _, m := range p.contents.Package.Models {
		if m.Inline == nil {
			name := p.contents.Names.Model(m).String()
			fmt.Fprintf(&b, "\t%q: func() any { return new(graph.%s) },\n", strings.ToLower(m.Name), name)
			if len(m.Derived) > 0 {
				fmt.Fprintf(&bases, "\t%q: func() any { return new(graph.%s) },\n", name, name)
			}
		}
	}
	b.WriteString("}, map[string]func() any{\n" + bases.String() + "}\n\n")
	b.WriteString("func setOption(v reflect.Value, text string) error {\n\tswitch p := v.Addr().Interface().(type) {\n")
	for _, e := range p.contents.Package.Enums {
		if e.Integer == ir.Untyped {
			name := p.contents.Names.Enum(e).String()
			fmt.Fprintf(&b, "\tcase *graph.Opt[graph.%s]:\n\t\t*p = graph.Some(graph.%s(text))\n\t\treturn nil\n", name, name)
		}
	}
	b.WriteString("\t}\n\treturn errors.New(\"no such option\")\n}\n")
	return b.String()
}
