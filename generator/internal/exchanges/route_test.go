package exchanges

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// step is a segment of a URL, read by the metadata.
type step struct {
	kind ir.SegmentKind
	// name is the segment without its arguments; of an action, function or cast without its namespace.
	name string
	// keys are the values of a key, or of a path inside of the path.
	keys []string
	args map[string]string
}

// router reads URLs by the metadata, as somebody does who knows the reference.
type router struct {
	doc *csdl.Document
	// in is the type that the steps so far lead to, nil after a value of another kind.
	in         *csdl.Type
	collection bool
	steps      []step
}

// route reads a path below the service root. The error says which segment the metadata does not know.
func route(doc *csdl.Document, path string) ([]step, error) {
	r := &router{doc: doc}
	texts := splitPath(path)
	for i := 0; i < len(texts); i++ {
		text, err := url.PathUnescape(texts[i])
		if err != nil {
			return nil, err
		}
		if name, isAddress := strings.CutSuffix(text, ":"); isAddress && i+1 < len(texts) {
			if err := r.step(name); err != nil {
				return nil, err
			}
			var path []string
			for i++; i < len(texts); i++ {
				part, closed := strings.CutSuffix(texts[i], ":")
				path = append(path, part)
				if closed {
					break
				}
			}
			whole, err := url.PathUnescape(strings.Join(path, "/"))
			if err != nil {
				return nil, err
			}
			r.steps = append(r.steps, step{kind: ir.Address, keys: []string{whole}})
			continue
		}
		if err := r.step(text); err != nil {
			return nil, err
		}
	}
	return r.steps, nil
}

// splitPath splits at slashes that are outside of parentheses.
func splitPath(path string) []string {
	var parts []string
	depth, start := 0, 0
	for i, c := range path + "/" {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == '/' && depth <= 0:
			if i > start {
				parts = append(parts, path[start:i])
			}
			start = i + 1
		}
	}
	return parts
}

func (r *router) step(text string) error {
	name, args, hasArgs := strings.Cut(text, "(")
	args = strings.TrimSuffix(args, ")")
	switch {
	case len(r.steps) == 0:
		return r.root(text, name, args, hasArgs)
	case text == "$count" || text == "$value" || text == "$ref":
		r.add(map[string]ir.SegmentKind{"$count": ir.Count, "$value": ir.Value, "$ref": ir.RefSegment}[text], text)
		return nil
	case r.operation(name, args, hasArgs):
		return nil
	case r.cast(text):
		return nil
	case !r.collection && r.property(name, args, hasArgs):
		return nil
	case r.collection && r.in != nil:
		r.steps = append(r.steps, step{kind: ir.Key, keys: []string{text}})
		r.collection = false
		return nil
	}
	where := "a value"
	if r.in != nil {
		where = r.in.Name
	}
	return fmt.Errorf("%s has no %s", where, name)
}

func (r *router) add(kind ir.SegmentKind, name string) {
	r.steps = append(r.steps, step{kind: kind, name: name})
}

func (r *router) root(text, name, args string, hasArgs bool) error {
	for _, s := range slices.Concat(r.doc.EntitySets, r.doc.Singletons) {
		if strings.EqualFold(s.Name, name) && (!hasArgs || !s.Singleton) {
			r.add(ir.Static, s.Name)
			r.in, r.collection = s.Type, !s.Singleton
			r.key(args, hasArgs)
			return nil
		}
	}
	return fmt.Errorf("the service has no %s", text)
}

// key reads what stands in parentheses behind a collection.
func (r *router) key(args string, hasArgs bool) {
	if !hasArgs {
		return
	}
	values := parseArgs(args)
	s := step{kind: ir.Key, args: values}
	for _, part := range splitArgs(args) {
		_, value, named := strings.Cut(part, "=")
		if !named || strings.HasPrefix(part, "'") {
			value = part
		}
		s.keys = append(s.keys, unquote(value))
	}
	r.steps = append(r.steps, s)
	r.collection = false
}

func (r *router) property(name, args string, hasArgs bool) bool {
	if r.in == nil {
		return false
	}
	p := r.declared(name)
	if p == nil {
		return false
	}
	r.add(ir.Static, p.Name)
	r.in, r.collection = p.Type.Type, p.Type.Collection
	r.key(args, hasArgs)
	return true
}

// declared is a property of the type so far. Pages mix capitals and small letters, and the service reads them alike.
func (r *router) declared(name string) *csdl.Property {
	if p := r.in.Property(name); p != nil {
		return p
	}
	for t := r.in; t != nil; t = t.Base {
		for _, p := range t.Properties {
			if strings.EqualFold(p.Name, name) {
				return p
			}
		}
	}
	return nil
}

// cast reads a type that derives from the one so far.
func (r *router) cast(text string) bool {
	if r.in == nil {
		return false
	}
	for _, t := range r.in.Descendants() {
		if text == t.Name || text == "graph."+t.ShortName() {
			r.add(ir.Cast, t.ShortName())
			r.in = t
			return true
		}
	}
	return false
}

func (r *router) operation(name, args string, hasArgs bool) bool {
	short := name[strings.LastIndexByte(name, '.')+1:]
	given := parseArgs(args)
	for _, o := range r.doc.Operations {
		if !o.Bound || !strings.EqualFold(o.ShortName(), short) || r.in == nil || !hasArgs && o.Function && len(required(o)) > 0 {
			continue
		}
		on := o.Parameters[0].Type
		if on.Collection != r.collection || on.Type == nil || !r.in.Is(on.Type) || o.Function && !fits(o, given) {
			continue
		}
		kind := ir.Action
		if o.Function {
			kind = ir.Function
		}
		r.steps = append(r.steps, step{kind: kind, name: o.ShortName(), args: given})
		r.in, r.collection = nil, false
		if o.Return != nil {
			r.in, r.collection = o.Return.Type, o.Return.Collection
		}
		return true
	}
	return false
}

func required(o *csdl.Operation) []*csdl.Parameter {
	return slices.DeleteFunc(slices.Clone(o.Arguments()), (*csdl.Parameter).Optional)
}

// fits reports whether a function can be called with these arguments.
func fits(o *csdl.Operation, given map[string]string) bool {
	for name := range given {
		if !slices.ContainsFunc(o.Arguments(), func(p *csdl.Parameter) bool { return p.Name == name }) {
			return false
		}
	}
	return !slices.ContainsFunc(required(o), func(p *csdl.Parameter) bool { _, ok := given[p.Name]; return !ok })
}

// parseArgs reads name='value',other=7.
func parseArgs(args string) map[string]string {
	values := map[string]string{}
	for _, part := range splitArgs(args) {
		name, value, _ := strings.Cut(part, "=")
		values[strings.TrimSpace(name)] = unquote(strings.TrimSpace(value))
	}
	return values
}

// splitArgs splits at commas outside of quotes.
func splitArgs(args string) []string {
	if args == "" {
		return nil
	}
	quoted := false
	return strings.FieldsFunc(args, func(c rune) bool {
		quoted = quoted != (c == '\'')
		return c == ',' && !quoted
	})
}

func unquote(value string) string {
	if len(value) >= 2 && value[0] == '\'' && value[len(value)-1] == '\'' {
		return strings.ReplaceAll(value[1:len(value)-1], "''", "'")
	}
	return value
}

// pattern is what is written into a configuration to have the steps in a slice.
func pattern(steps []step) string {
	var b strings.Builder
	for i, s := range steps {
		if i > 0 && steps[i-1].kind == ir.Address {
			b.WriteByte(':')
		}
		switch {
		case s.kind == ir.Key && len(s.args) > 0 && hasNames(s.args):
			var names []string
			for name := range s.args {
				names = append(names, name+"='{"+name+"}'")
			}
			slices.Sort(names)
			b.WriteString("(" + strings.Join(names, ",") + ")")
		case s.kind == ir.Key:
			b.WriteString("/{id}")
		case s.kind == ir.Address:
			b.WriteString(":/{path}")
		default:
			b.WriteString("/" + s.name)
		}
	}
	return b.String()
}

// hasNames reports whether a key names its properties, as one without a name has its value for a name.
func hasNames(args map[string]string) bool {
	for name := range args {
		if strings.HasPrefix(name, "'") || strings.HasPrefix(name, "{") {
			return false
		}
	}
	return true
}
