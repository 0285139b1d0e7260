package graphtest

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Call is a request that arrived.
type Call struct {
	// Method and Path are as they were sent, the path below the service root and without its query:
	// "POST", "/things/19:…/parts".
	Method, Path string
	// Operation is the path as the slice has it: "/things/{thing-id}"; "" if the slice has no such operation.
	Operation string
	// Keys are the values in the path, and the arguments of a function, in the order of the path.
	Keys []Key
	// Options are OData's own query options. Query holds them as they were sent, and all others.
	Options Options
	Query   url.Values
	Header  http.Header
	// Body is what was sent: a value of the client's package, a pointer, where a handler was asked; else
	// JSON as it came, a json.RawMessage, or raw content, a []byte; nil if nothing was sent.
	Body any
	// Status is what was answered; 0 in a handler.
	Status int
}

// Key returns the value of a parameter of the path, such as "chat-id", or of an argument of a function; "" if there is
// none of the name. If there are several the last counts.
//
//go:noinline
func (c Call) Key(name string) string {
	value := ""
	for _, k := range c.Keys {
		if k.Name == name {
			value = k.Value
		}
	}
	return value
}

// Options are OData's own query options, as they were sent.
type Options struct {
	Select, OrderBy []string
	Expand          []Expand
	Filter, Search  string
	Top, Skip       int // 0: not sent
	Count           bool
}

// Expand is one property of $expand, with the options in its parentheses.
type Expand struct {
	Property string
	Options  Options
}

// parseQuery reads a query, in which a semicolon is one of $expand, not of a form.
func parseQuery(raw string) (url.Values, error) {
	if raw == "" {
		return nil, nil
	}
	return url.ParseQuery(strings.ReplaceAll(raw, ";", "%3B"))
}

// readOptions reads the options of a query. What is no number counts as not sent; check refuses it.
func readOptions(query url.Values) *Options {
	if len(query) == 0 {
		return &Options{}
	}
	o := &Options{Filter: first(query, "$filter"), Search: first(query, "$search")}
	o.Select, o.OrderBy = listed(first(query, "$select")), listed(first(query, "$orderby"))
	o.Top, _ = strconv.Atoi(first(query, "$top"))
	o.Skip, _ = strconv.Atoi(first(query, "$skip"))
	o.Count = first(query, "$count") == "true"
	for _, item := range listed(first(query, "$expand")) {
		o.Expand = append(o.Expand, readExpand(item))
	}
	return o
}

// first is the first value of an option.
//
//go:noinline
func first(query url.Values, name string) string { return query.Get(name) }

// readExpand reads "members($select=id;$top=3)".
func readExpand(item string) Expand {
	name, inner, ok := strings.Cut(item, "(")
	e := Expand{Property: name}
	if !ok {
		return e
	}
	query := url.Values{}
	for _, part := range cut(strings.TrimSuffix(inner, ")"), ';') {
		name, value, _ := strings.Cut(part, "=")
		query.Set(strings.TrimSpace(name), value)
	}
	e.Options = *readOptions(query)
	return e
}

// listed reads a list with commas between; nil for none.
//
//go:noinline
func listed(text string) []string {
	if text == "" {
		return nil
	}
	parts := cut(text, ',')
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
	}
	return parts
}

// contains reports whether a list has a text.
//
//go:noinline
func contains(list []string, text string) bool {
	for _, item := range list {
		if item == text {
			return true
		}
	}
	return false
}

// cut cuts text at a separator that stands neither in parentheses nor in quotes.
func cut(text string, separator byte) []string {
	var parts []string
	depth, start, quoted := 0, 0, false
	for i := range len(text) {
		switch c := text[i]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == separator && depth == 0:
			parts, start = append(parts, text[start:i]), i+1
		}
	}
	return append(parts, text[start:])
}
