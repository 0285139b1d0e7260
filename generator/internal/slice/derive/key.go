package derive

import (
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

// byKey goes on to one entity of a collection.
func (d *deriver) byKey(p place) {
	one, ok := d.one(p)
	if !ok {
		return
	}
	if !d.Parentheses {
		d.byPath(p, one, one.path[strings.LastIndexByte(one.path, '/')+1:], csdl.TypeRef{Type: p.typ})
	}
	d.entity(one)
}

// one is the place of one entity of a collection, if its type has a key: a segment of its own, or in parentheses if there are
// several properties or the service wants it.
func (d *deriver) one(p place) (place, bool) {
	names := p.typ.Keys()
	if len(names) == 0 {
		return p, false
	}
	if len(names) == 1 && !d.Parentheses {
		key := Key{Type: p.typ, Property: p.typ.Property(names[0])}
		key.Name = uniqueKey(p.keys, p.typ.ShortName()+"-"+names[0])
		return p.at(pathglob.Token{Kind: pathglob.Key, Text: "{" + key.Name + "}"}, key), true
	}
	keys := p.keys
	var parts []string
	for _, name := range names {
		key := Key{Type: p.typ, Property: p.typ.Property(name), Own: true}
		key.Name = uniqueKey(keys, name)
		keys = append(slices.Clone(keys), key)
		part := quoted(key)
		if len(names) > 1 {
			part = name + "=" + part
		}
		parts = append(parts, part)
	}
	return p.at(pathglob.Token{Kind: pathglob.Key, Text: "(" + strings.Join(parts, ",") + ")"}, keys[len(p.keys):]...), true
}

// quoted is the value of a key in parentheses: in quotes, if it is a string.
func quoted(key Key) string {
	if key.Property == nil || key.Property.Type.IsOne(ir.String) || key.Property.Type.Enum != nil {
		return "'{" + key.Name + "}'"
	}
	return "{" + key.Name + "}"
}

// byAlternateKeys derives what is done with one entity of a collection that is found by another key. What lies behind it has to
// be written out.
func (d *deriver) byAlternateKeys(p place) {
	for _, alternate := range p.alternateKeys() {
		keys := p.keys
		var arguments []string
		for _, part := range alternate {
			key := Key{Type: p.typ, Property: p.typ.Property(part.Property)}
			key.Name = uniqueKey(keys, part.Alias)
			keys = append(slices.Clone(keys), key)
			arguments = append(arguments, part.Alias+"='{"+key.Name+"}'")
		}
		selector := "(" + strings.Join(arguments, ",") + ")"
		one := p.at(pathglob.Token{Kind: pathglob.Key, Text: selector}, keys[len(p.keys):]...)
		one.walk = p.before.Step(pathglob.Token{Kind: pathglob.Written, Text: p.last + selector})
		one = one.stop()
		if p.referenced {
			one = one.written()
		}
		if !one.walk.Alive() {
			continue
		}
		d.entityOperations(one)
		if one = one.written(); one.walk.Below() && !d.leaves(one) {
			d.content(one)
			d.beyond(one)
		}
	}
}

// ByPath derives what is done with an entity that a path selects, which begins at another of its type: /root:/{path} and
// /root:/{path}:/content. Patterns have to write it out. text is the last segment of the place where the path begins.
func (d *deriver) byPath(before, start place, text string, typ csdl.TypeRef) {
	if typ.Collection || !slices.ContainsFunc(d.Options.ByPath, func(t *csdl.Type) bool { return typ.Type.Is(t) }) {
		return
	}
	colon := before.down(pathglob.Token{Kind: pathglob.Written, Text: text + ":"}).written()
	if !colon.walk.Alive() {
		return
	}
	colon.keys, colon.typ, colon.way = start.keys, typ.Type, append(slices.Clone(before.way), before.typ)
	colon.about, colon.referenced, colon.singleton = []csdl.Annotations{nil}, false, true
	key := Key{Name: uniqueKey(colon.keys, "path"), Type: typ.Type, Own: true, ByPath: true}
	item := colon.at(pathglob.Token{Kind: pathglob.Key, Text: "{" + key.Name + "}"}, key)
	d.entityOperations(item)
	behind := colon.at(pathglob.Token{Kind: pathglob.Written, Text: "{" + key.Name + "}:"}, key)
	if d.leaves(behind) {
		return
	}
	behind.navigated = behind.path
	d.content(behind)
	d.beyond(behind)
}

// uniqueKey numbers a path parameter whose name the path has already, as in {chatMessage-id}/replies/{chatMessage-id1}.
func uniqueKey(keys []Key, name string) string {
	return unique(name, func(name string) bool {
		return slices.ContainsFunc(keys, func(k Key) bool { return k.Name == name })
	})
}

// unique numbers a name that is taken.
func unique(name string, taken func(string) bool) string {
	found := name
	for n := 1; taken(found); n++ {
		found = name + strconv.Itoa(n)
	}
	return found
}

// functionArguments writes the arguments of a function in a path: {name} for those that a call has to give, @name for those
// whose value goes into the query. named are the same parameters with the names that their values have in this path.
func functionArguments(o *csdl.Operation, named []*csdl.Parameter) string {
	var arguments []string
	for i, p := range named {
		value := "{" + p.Name + "}"
		if InQuery(p) {
			value = "@" + p.Name
		}
		if p.Type.IsOne(ir.String) || p.Type.Enum != nil && !p.Type.Collection {
			value = "'" + value + "'"
		}
		arguments = append(arguments, o.Arguments()[i].Name+"="+value)
	}
	return "(" + strings.Join(arguments, ",") + ")"
}

// InQuery reports whether an argument is given in the query: optional ones, and those that are no single value.
func InQuery(p *csdl.Parameter) bool { return p.Optional() || p.Type.Collection || p.Type.Type != nil }
