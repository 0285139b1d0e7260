package emit

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
	"github.com/graphslice/graphslice/generator/internal/width"
)

// This file chooses what the package's comment shows: of each kind the operation with the shortest way to it that a line can show.

// shown is an operation that is shown.
type shown struct {
	op *ir.Operation
	// chain is the way to the method: client.Chats().ByID("chat-id").
	chain, method string
	// sent is the type of what it is about, Model or its interface; nil for an action.
	sent *ir.Model
	// callsPkg is the package of the call.
	callsPkg string
	// ownOptions is the type of its options, if it has parameters beside OData's own; "" if not.
	ownOptions string
	// arguments are those of an action or a function, which answers nothing but success, bytes, or something else.
	arguments                    string
	answersNothing, answersBytes bool
	reserved                     []string
}

// longLine is how long a line of code may be in the comment: behind "//" and a tab.
const longLine = width.Limit - len("//") - width.Tab

// fit makes a call fit into a line that begins with before and ends with after. If it is too long, the way to the method becomes a
// variable, place, and if that does not help, the last argument takes lines of its own.
func (s *shown) fit(before, method, arguments, after string) string {
	place := ""
	tooLong := func() bool {
		return width.Columns([]byte(before+s.chain+"."+method+"("+arguments+")"+after)) > longLine
	}
	if tooLong() {
		place, s.chain = "place := "+s.chain+"\n", "place"
	}
	if open := strings.IndexByte(arguments, '{'); open >= 0 && tooLong() {
		arguments = arguments[:open+1] + "\n\t" + strings.TrimSuffix(arguments[open+1:], "}") + ",\n}"
	}
	return place + before + s.chain + "." + method + "(" + arguments + ")" + after
}

// options are those of a read, in the struct of its own if it has one.
func (s *shown) options(pkg, shared, field string) string {
	text := pkg + "." + shared + "{" + field + "}"
	if s.ownOptions == "" {
		return "&" + text
	}
	return "&" + s.callsPkg + "." + s.ownOptions + "{" + shared + ": " + text + "}"
}

// find chooses the operations.
func (g *guide) find(roots []*ir.Resource) {
	var all []*shown
	var walk func(r *ir.Resource)
	walk = func(r *ir.Resource) {
		for _, op := range r.Operations {
			if s := g.showable(r, op); s != nil {
				all = append(all, s)
			}
		}
		for _, c := range r.Children {
			walk(c)
		}
	}
	for _, r := range roots {
		walk(r)
	}
	slices.SortStableFunc(all, func(a, b *shown) int {
		return cmp.Or(a.cost()-b.cost(), strings.Compare(a.op.Path, b.op.Path))
	})
	first := func(kind ir.OperationKind, and func(*shown) bool) *shown {
		i := slices.IndexFunc(all, func(s *shown) bool { return s.op.Kind == kind && and(s) })
		if i < 0 {
			return nil
		}
		return all[i]
	}
	any := func(*shown) bool { return true }
	g.create, g.list = first(ir.Create, any), first(ir.List, any)
	g.call = cmp.Or(first(ir.ActionOp, any), first(ir.FunctionOp, any))
	changeable := func(s *shown) bool {
		return first(ir.Update, func(u *shown) bool { return u.op.Path == s.op.Path && u.sent == s.sent }) != nil && g.textField(s.sent) != nil
	}
	g.get = cmp.Or(first(ir.Get, changeable), first(ir.Get, any))
	if g.get != nil {
		g.update = first(ir.Update, func(s *shown) bool { return s.op.Path == g.get.op.Path && s.sent == g.get.sent })
	}
}

// cost is how much there is to read of a call before it says what it is.
func (s *shown) cost() int {
	cost := len(s.op.Segments)
	if s.ownOptions != "" {
		cost++
	}
	if s.sent != nil && isInterface(s.sent) {
		cost += 2
	}
	if s.op.Doc.Deprecated != "" || s.op.Doc.Kept {
		cost += 100
	}
	return cost
}

// showable returns what a line shows of an operation, nil if one line cannot.
func (g *guide) showable(r *ir.Resource, op *ir.Operation) *shown {
	needs := slices.ContainsFunc(op.Query, func(p *ir.Parameter) bool { return p.Required })
	if needs || len(op.Headers) > 0 {
		return nil
	}
	at := r
	if names.IsCall(r.Segment) {
		at = r.Parent
	}
	chain, ok := g.chain(at)
	if !ok || at == nil {
		return nil
	}
	c := call{emitter: g.emitter, op: op, overloads: []*ir.Operation{op}, receiver: at, optionsName: g.names.Options(op)}
	s := &shown{op: op, chain: chain, method: g.names.Method(op).String(), callsPkg: g.callsPackage(r), reserved: []string{g.pkg}}
	s.reserved = append(s.reserved, s.callsPkg)
	if c.readsWithOptions() && c.hasOwnOptions() {
		s.ownOptions = c.optionsName.String()
	}
	switch op.Kind {
	case ir.Create, ir.Update, ir.List, ir.Get:
		if t := c.about(); !c.onReferences() && !names.IsCall(r.Segment) && t != nil && (op.Kind != ir.Update || !isInterface(t)) {
			s.sent = t
			return s
		}
	case ir.ActionOp:
		return g.actionShown(s, c)
	case ir.FunctionOp:
		return g.functionShown(s, c)
	}
	return nil
}

// about is the type that a call is about if that is a type with a name that it sends or answers with, one or a page of them.
func (c call) about() *ir.Model {
	t := c.entity()
	if c.op.Kind == ir.List && t != nil && t.Kind == ir.Collection {
		t = t.Elem
	}
	isWrite := c.op.Kind == ir.Create || c.op.Kind == ir.Update
	switch {
	case t == nil, t.Kind != ir.ModelKind, t.Model.Inline != nil:
		return nil
	case isWrite && (c.op.Request == nil || c.op.Request.Type.Kind != ir.ModelKind || c.op.Request.Type.Model != t.Model):
		return nil
	}
	return t.Model
}

// functionShown completes what is shown of a function.
func (g *guide) functionShown(s *shown, c call) *shown {
	var fields []string
	for _, a := range c.arguments() {
		if a.Type == nil || a.Type.Kind == ir.String {
			fields = append(fields, g.names.Argument(a).String()+": "+g.pkg+`.Some("…")`)
		}
	}
	s.arguments, s.answersNothing = "ctx, nil", c.op.Response == nil
	s.answersBytes = c.op.Response != nil && c.op.Response.Type.Kind == ir.Stream
	if len(fields) > 0 {
		s.arguments = "ctx, &" + s.callsPkg + "." + s.ownOptions + "{" + strings.Join(fields, ", ") + "}"
	}
	return s
}

// actionShown completes what is shown of an action.
func (g *guide) actionShown(s *shown, c call) *shown {
	s.arguments, s.answersNothing = "ctx", c.op.Response == nil && !c.returnsResult()
	switch body := c.op.Request; {
	case body == nil:
		return s
	case body.Type.Kind == ir.ModelKind && body.Type.Model.Inline != nil:
		s.arguments += ", &" + g.pkg + "." + g.names.Model(body.Type.Model).String() + "{}"
		return s
	}
	return nil
}

// chain is the way to a resource, if it takes nothing but keys.
func (g *guide) chain(r *ir.Resource) (string, bool) {
	if r == nil {
		return "client", true
	}
	if r.Parent == nil && g.split != nil {
		return g.split[r] + "." + names.Way + "(client)", r.Segment.Kind == ir.Static
	}
	way, ok := g.chain(r.Parent)
	s := r.Segment
	switch {
	case !ok:
		return "", false
	case s.Kind == ir.Key && len(s.Keys) == 0:
		return way + "." + g.names.Accessor(r).String() + "(" + strconv.Quote(s.Name) + ")", true
	case s.Kind == ir.Static, s.Kind == ir.Cast:
		return way + "." + g.names.Accessor(r).String() + "()", true
	}
	return "", false
}

// callsPackage is the package of the calls at a path.
func (g *guide) callsPackage(r *ir.Resource) string {
	if g.split == nil {
		return g.pkg
	}
	return g.split[r.Root()]
}

// body is a value to send: &graph.Chat{ChatType: graph.ChatTypeOneOnOne, Topic: graph.Some("…")}.
func (g *guide) body(m *ir.Model) string {
	if isInterface(m) {
		for _, d := range descendants(m) {
			if !d.Abstract {
				m = d
				break
			}
		}
	}
	var fields []string
	if enum := g.enumField(m); enum != nil {
		fields = append(fields, g.names.Field(enum).String()+": "+g.pkg+"."+g.names.Member(enum.Type.Enum, 0).String())
	}
	if text := g.textField(m); text != nil {
		fields = append(fields, g.names.Field(text).String()+": "+g.pkg+`.Some("…")`)
	}
	return "&" + g.pkg + "." + g.names.Model(m).String() + "{" + strings.Join(fields, ", ") + "}"
}

// enumField is the first property of a type that is an enumeration which cannot be null, such as what kind of thing it is.
func (g *guide) enumField(m *ir.Model) *ir.Property {
	for _, p := range m.AllProperties() {
		if shapeOf(p) == plainEnum && !p.ReadOnly && p.Doc.Deprecated == "" && len(p.Type.Enum.Members) > 0 {
			return p
		}
	}
	return nil
}

// telling are the names of properties by which people know a thing.
var telling = []string{"displayname", "subject", "title", "topic", "name"}

// textField is a property of a type that holds a text which people write; nil if it has none.
func (g *guide) textField(m *ir.Model) *ir.Property {
	var best *ir.Property
	rank := func(p *ir.Property) int {
		if i := slices.Index(telling, strings.ToLower(p.Name)); i >= 0 {
			return i
		}
		return len(telling)
	}
	for _, p := range m.AllProperties() {
		if shapeOf(p) != opt || p.Type.Kind != ir.String || p.ReadOnly || p.Key || p.Doc.Deprecated != "" {
			continue
		}
		if best == nil || rank(p) < rank(best) {
			best = p
		}
	}
	return best
}

// show prints what a variable holds, by its key if it has one.
func (g *guide) show(s *shown) string {
	name := s.variable()
	key := keyOf(s.sent)
	switch {
	case key == nil:
		return "fmt.Println(" + name + ")"
	case isInterface(s.sent):
		return fmt.Sprintf("fmt.Println(%s.%s().%s)", name, g.names.Getter(s.sent), g.names.Field(key).String())
	}
	return "fmt.Println(" + name + "." + g.names.Field(key).String() + ")"
}

// variable is a name for a value: that of its type, if that makes one.
func (s *shown) variable() string {
	name := s.sent.Name[strings.LastIndexByte(s.sent.Name, '.')+1:]
	taken := append([]string{"client", "created", "err", "ctx", "after", "patch", "answer", "failed",
		"content", "place", "context", "errors", "fmt", "http", "io", "json", "os"}, s.reserved...)
	if !token.IsIdentifier(name) || token.IsExported(name) || name == "_" || slices.Contains(taken, name) || types[name] {
		return "value"
	}
	return name
}

// types are predeclared names that a variable should not hide.
var types = map[string]bool{"any": true, "error": true, "string": true, "nil": true, "new": true, "len": true, "true": true, "false": true}
