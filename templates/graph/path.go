package graph

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// byKey appends a key as a segment of its own. The empty key would address the collection, "..", "$count" and the like
// something else altogether: they are errors. name is the key's in the template.
func (r *resource) byKey(name, key string) *resource {
	r = r.copied()
	switch err := textFault(key); {
	case key == "":
		return r.fail(fmt.Errorf("the key after %s is empty", r.path))
	case hasOtherMeaning(key):
		return r.fail(fmt.Errorf("the key after %s is %.40q, which has another meaning in a path", r.path, key))
	case err != nil:
		return r.fail(fmt.Errorf("the key after %s: %w", r.path, err))
	}
	return r.addAs("/"+escapeSegment(key), "/{"+name+"}")
}

// keyArg is one part of an alternate or composite key, or an argument inside of a segment.
type keyArg struct {
	name  string
	value any
}

// bare is a key that OData writes without quotes although it is text in Go: a GUID.
type bare string

// byAlternateKey appends (name='value'), its values as OData literals.
func (r *resource) byAlternateKey(args ...keyArg) *resource {
	r = r.copied()
	texts, names := make([]string, len(args)), make([]string, len(args))
	for i, arg := range args {
		text, err := keyLiteral(arg.value)
		if err != nil {
			return r.fail(fmt.Errorf("%s after %s: %w", arg.name, r.path, err))
		}
		texts[i], names[i] = arg.name+"="+text, arg.name+"={"+arg.name+"}"
	}
	return r.addAs("("+strings.Join(texts, ",")+")", "("+strings.Join(names, ",")+")")
}

// byKeyInParens appends ('value'), for services that know keys in that form only. name is the key's in the template.
func (r *resource) byKeyInParens(name string, value any) *resource {
	r = r.copied()
	text, err := keyLiteral(value)
	if err != nil {
		return r.fail(fmt.Errorf("the key after %s: %w", r.path, err))
	}
	return r.addAs("("+text+")", "({"+name+"})")
}

// keyLiteral returns a value as it stands in the parentheses of a key, percent-encoded.
func keyLiteral(value any) (string, error) {
	text, err := literal(value)
	if _, unquoted := value.(bare); unquoted && err == nil {
		if text = text[1 : len(text)-1]; text != "" && !isBare(text) {
			err = errNotBare
		}
	}
	if err == nil && (text == "''" || text == "") {
		err = errors.New("the key is empty")
	}
	return escapeLiteral(text), err
}

// overload is one form of a function: its segment, such as "microsoft.graph.getX(period='{period}')", and the names of
// its arguments. In place of {period} may stand @period, an alias: such an argument may be left out.
type overload struct {
	template string
	args     []string
}

// funcArg is an argument of a function as the caller gave it, or did not.
type funcArg struct {
	name  string
	value any
	set   bool
}

// call appends a function call in the form that takes just the arguments that are set.
func (r *resource) call(name string, overloads []overload, args []funcArg) *resource {
	var missing []string
	for _, o := range overloads {
		call, ok := o.bind(args)
		if !ok {
			missing = append(missing, "("+strings.Join(o.args, ", ")+")")
			continue
		}
		segment, aliases, err := call.render(r.root())
		if err != nil {
			return r.fail(fmt.Errorf("%s: %w", name, err))
		}
		return r.with(query{pairs: aliases}).addAs("/"+segment, "/"+o.template)
	}
	return r.fail(fmt.Errorf("%s takes the arguments %s, but %s set", name, strings.Join(missing, " or "),
		listSet(args)))
}

// listSet says which arguments are set: "period and top are".
func listSet(args []funcArg) string {
	var names []string
	for _, arg := range args {
		if arg.set {
			names = append(names, arg.name)
		}
	}
	switch len(names) {
	case 0:
		return "none is"
	case 1:
		return "only " + names[0] + " is"
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1] + " are"
}

// boundCall is a function call whose arguments fit.
type boundCall struct {
	name   string // with its namespace
	params []boundParam
}

// boundParam is one name=value of a call.
type boundParam struct {
	name   string
	alias  string // without @; "" if the value stands in the path
	quoted bool
	value  any
}

// bind matches the arguments that are set with the template; false if one is missing or too many.
func (o overload) bind(args []funcArg) (boundCall, bool) {
	given := map[string]any{}
	for _, arg := range args {
		if arg.set {
			given[arg.name] = arg.value
		}
	}
	name, inside, _ := strings.Cut(strings.TrimSuffix(o.template, ")"), "(")
	call := boundCall{name: name}
	for _, text := range strings.FieldsFunc(inside, func(c rune) bool { return c == ',' }) {
		param := parseParam(text)
		value, ok := take(given, param.name, strings.Trim(text[strings.Index(text, "=")+1:], "'{}@"))
		if !ok && param.alias == "" {
			return boundCall{}, false
		}
		if ok {
			param.value = value
			call.params = append(call.params, param)
		}
	}
	return call, len(given) == 0
}

// take removes the argument of one of the names, which differ where the function's parameter and the path's do.
func take(given map[string]any, names ...string) (any, bool) {
	for _, name := range names {
		if value, ok := given[name]; ok {
			delete(given, name)
			return value, true
		}
	}
	return nil, false
}

// parseParam reads name={x}, name='{x}', name=@x or name='@x'.
func parseParam(text string) boundParam {
	name, value, _ := strings.Cut(text, "=")
	bare := strings.Trim(value, "'")
	param := boundParam{name: strings.TrimSpace(name), quoted: bare != value}
	if alias, ok := strings.CutPrefix(bare, "@"); ok {
		param.alias = alias
	}
	return param
}

// render returns the segment, and the query parameters that hold the values of aliases. What goes as JSON has no other
// place than the query.
func (c boundCall) render(root string) (segment string, aliases []pair, err error) {
	texts := make([]string, len(c.params))
	for i, p := range c.params {
		text, err := p.text(root)
		if err != nil {
			return "", nil, fmt.Errorf("%s: %w", p.name, err)
		}
		if p.alias == "" {
			if text, err = p.escape(text); err != nil {
				return "", nil, fmt.Errorf("%s: %w", p.name, err)
			}
			texts[i] = p.name + "=" + text
			continue
		}
		texts[i] = p.name + "=@" + p.alias
		aliases = append(aliases, pair{name: "@" + p.alias, value: text})
	}
	return c.name + "(" + strings.Join(texts, ",") + ")", aliases, nil
}

// text returns the value as an OData literal, or as JSON.
func (p *boundParam) text(root string) (string, error) {
	encode, isJSON := p.value.(encoder)
	if !isJSON {
		return literal(p.value)
	}
	p.alias = cmp.Or(p.alias, p.name)
	data, err := appendJSON(encode, root)
	return string(data), err
}

// escape percent-encodes a literal for a path, with quotes where the template has them and none where it does not:
// there a string is a GUID or a date.
func (p boundParam) escape(literal string) (string, error) {
	isText := strings.HasPrefix(literal, "'")
	switch {
	case p.quoted && isText:
		return escapeLiteral(literal), nil
	case p.quoted:
		return escapeLiteral(quoteLiteral(literal)), nil
	case isText:
		if literal = literal[1 : len(literal)-1]; !isBare(literal) {
			return "", errNotBare
		}
	}
	return strings.ReplaceAll(url.QueryEscape(literal), "+", "%20"), nil
}

const errNotBare = constError("the value stands without quotes, and so it can have only letters, digits and -._:+")

// isBare reports whether text stays one value without quotes. Percent-encoding would not keep it together: a service
// decodes a segment before it looks for the parentheses and commas in it.
func isBare(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(c rune) bool {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		return !letter && !strings.ContainsRune("-._:+", c)
	})
}
