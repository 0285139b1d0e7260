package graphtest

import (
	"maps"
	"net/url"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// OData's own options, as they are written without the $ as well: those of what answers with one thing, and those of what
// answers with many.
var (
	objectOptions     = []string{"$select", "$expand", "$count", "$format", "$compute", "$schemaversion"}
	collectionOptions = append([]string{"$filter", "$search", "$orderby", "$top", "$skip", "$skiptoken", "$deltatoken",
		"$apply", "$index"}, objectOptions...)
	totalOptions = []string{"$filter", "$search", "$apply"}
	expandOnly   = []string{"$levels", "$ref"}
)

// query looks at the query options, in the order of their names.
func (c *checker) query() error {
	for _, name := range c.in.op.query {
		if name, isDue := strings.CutSuffix(name, "!"); isDue && !hasOption(c.in.query, name) {
			return bad("This request requires the query parameter '%s'.", name)
		}
	}
	item, isCollection := itemOf(c.in.op.answer)
	t := c.schema.types[item]
	query := c.in.odata()
	for _, name := range sortedNames(query) {
		if err := c.allowed(name, isCollection); err != nil {
			return err
		}
		for _, value := range query[name] {
			if err := c.option(t, strings.ToLower(name), value); err != nil {
				return err
			}
		}
	}
	return nil
}

//go:noinline
func sortedNames(query url.Values) []string {
	names := make([]string, 0, len(query))
	for name := range query {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

//go:noinline
func hasOption(query url.Values, name string) bool {
	for given := range query {
		if strings.EqualFold(given, name) {
			return true
		}
	}
	return false
}

// owns reports whether a parameter of the query is the operation's own.
//
//go:noinline
func (op *operation) owns(name string) bool {
	for _, own := range op.query {
		if strings.EqualFold(strings.TrimSuffix(own, "!"), name) {
			return true
		}
	}
	return false
}

// odata is the query with OData's own options as this writes them: the service takes filter and $Filter for $filter.
func (in *request) odata() url.Values {
	query, isRenamed := in.query, false
	for name, values := range in.query {
		option := "$" + strings.ToLower(strings.TrimPrefix(name, "$"))
		if option == name || !contains(collectionOptions, option) || in.op != nil && in.op.owns(name) {
			continue
		}
		if !isRenamed {
			query, isRenamed = maps.Clone(in.query), true
		}
		delete(query, name)
		query[option] = values
	}
	return query
}

// allowed says why an option may not be there.
func (c *checker) allowed(name string, isCollection bool) error {
	op := c.in.op
	if strings.HasPrefix(name, "@") || op.kind == remove && name == "$id" {
		return nil // a value that the path or another option names
	}
	if op.owns(name) {
		return nil
	}
	options := objectOptions
	switch {
	case op.options == countOptions:
		options = totalOptions
	case op.options == listOptions, isCollection, op.flags&(pageable|changes) != 0:
		options = collectionOptions
	}
	option := "$" + strings.ToLower(strings.TrimPrefix(name, "$"))
	switch {
	case contains(options, option):
		return nil
	case contains(collectionOptions, option):
		return bad("The query parameter '%s' is not supported here: %s %s answers with one thing.", name, op.method,
			op.path)
	case strings.HasPrefix(name, "$"):
		return bad("The query parameter '%s' is not supported.", name)
	}
	for _, list := range [][]string{op.query, options} {
		for _, known := range list {
			if known := strings.TrimSuffix(known, "!"); isSlip(name, strings.TrimPrefix(known, "$")) {
				return bad("The query parameter '%s' is not supported: '%s' is.", name, known)
			}
		}
	}
	return nil
}

// isSlip reports whether a name is another with one letter missing, in excess, wrong, or changed for the next.
func isSlip(name, known string) bool {
	a, b := strings.ToLower(name), strings.ToLower(known)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	isSwapped := len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
	return len(known) > 2 && (len(a) <= 1 && len(b) <= 1 || isSwapped)
}

// option looks at the value of one of OData's own options.
func (c *checker) option(t *structuredType, name, value string) error {
	switch name {
	case "$top", "$skip":
		if _, err := strconv.ParseUint(value, 10, 31); err != nil {
			return bad("Invalid value '%s' for %s query option found. The %s query option requires a non-negative "+
				"integer value.", value, name, name)
		}
	case "$count":
		if value != "true" && value != "false" {
			return bad("Invalid value '%s' for $count query option found. Valid values are 'true' and 'false'.", value)
		}
	case "$filter", "$search", "$orderby", "$select", "$expand":
		if strings.TrimSpace(value) == "" {
			return bad("The value of the query parameter '%s' is empty.", name)
		}
	}
	switch name {
	case "$filter":
		return c.filter(t, value)
	case "$orderby":
		return c.orderBy(t, value)
	case "$select":
		return c.selected(t, value)
	case "$expand":
		return c.expand(t, value)
	}
	return nil
}

// wellFormed looks for quotes and parentheses that do not match, outside of which an expression is not looked at.
func wellFormed(what, text string) error {
	var open []int
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\'':
			end := strings.IndexByte(text[i+1:], '\'') // two of them, for one inside, are two strings here
			if end < 0 {
				return bad("Invalid %s clause: There is an unterminated string literal at position %s in '%s'.", what,
					strconv.Itoa(i), text)
			}
			i += 1 + end
		case '(':
			open = append(open, i)
		case ')':
			if len(open) == 0 {
				return bad("Invalid %s clause: Syntax error at position %s in '%s': the parenthesis closes nothing.",
					what, strconv.Itoa(i), text)
			}
			open = open[:len(open)-1]
		}
	}
	if n := len(open); n > 0 {
		return bad("Invalid %s clause: Syntax error at position %s in '%s': the parenthesis is not closed.", what,
			strconv.Itoa(open[n-1]), text)
	}
	return nil
}

var (
	quotedText = regexp.MustCompile(`'[^']*'`)
	variables  = regexp.MustCompile(`(\w+)\s*:`)
	compared   = regexp.MustCompile(`(?:^|[\s(,])([A-Za-z_][\w./]*)\s+(?:eq|ne|gt|ge|lt|le|in|has)\s`)
)

// filter looks at "lastUpdatedDateTime gt 2026-01-31T00:00:00Z and topic ne null": of properties, at those that are
// compared with something.
func (c *checker) filter(t *structuredType, text string) error {
	if err := wellFormed("filter", text); err != nil {
		return err
	}
	plain := quotedText.ReplaceAllString(text, "''")
	known := []string{"true", "false", "null", "not", "and", "or"}
	for _, m := range variables.FindAllStringSubmatch(plain, -1) {
		known = append(known, m[1])
	}
	for _, m := range compared.FindAllStringSubmatch(plain, -1) {
		if first, _, _ := strings.Cut(m[1], "/"); contains(known, first) {
			continue
		}
		if _, _, err := c.along(t, m[1]); err != nil {
			return bad("Invalid filter clause: %s", err.Error())
		}
	}
	return nil
}

// orderBy looks at "lastUpdatedDateTime desc,id".
func (c *checker) orderBy(t *structuredType, text string) error {
	if err := wellFormed("orderby", text); err != nil {
		return err
	}
	for _, item := range listed(text) {
		words := strings.Fields(item)
		switch {
		case strings.Contains(item, "("):
			continue // a function of a property
		case len(words) == 0 || len(words) > 2 || len(words) == 2 && words[1] != "asc" && words[1] != "desc":
			return bad("Invalid orderby clause: Syntax error in '%s': a property and asc or desc are expected.", text)
		}
		if _, _, err := c.along(t, words[0]); err != nil {
			return err
		}
	}
	return nil
}

// selected looks at "id,topic".
func (c *checker) selected(t *structuredType, text string) error {
	if err := wellFormed("select", text); err != nil {
		return err
	}
	for _, item := range listed(text) {
		if item == "*" || strings.ContainsAny(item, "(@") {
			continue
		}
		if item == "" {
			return bad("Invalid select clause: Syntax error in '%s': the name of a property is missing.", text)
		}
		if _, _, err := c.along(t, item); err != nil {
			return err
		}
	}
	return nil
}

// expand looks at "members($select=id;$top=3),operations".
func (c *checker) expand(t *structuredType, text string) error {
	if err := wellFormed("expand", text); err != nil {
		return err
	}
	for _, item := range listed(text) {
		name, inner, hasInner := strings.Cut(item, "(")
		name = strings.TrimSpace(name)
		if name == "*" {
			continue
		}
		if name == "" {
			return bad("Invalid expand clause: Syntax error in '%s': the name of a property is missing.", text)
		}
		p, target, err := c.along(t, name)
		if err != nil {
			return err
		}
		if p != nil && p.flags&navigation == 0 && c.schema.types[target] == nil {
			return bad("Property '%s' on type '%s' is not a navigation property or complex property. Only navigation "+
				"properties can be expanded.", name, t.name)
		}
		if hasInner {
			if err := c.inner(c.schema.types[target], name, strings.TrimSuffix(strings.TrimSpace(inner), ")")); err != nil {
				return err
			}
		}
	}
	return nil
}

// inner looks at the options of one property of $expand.
func (c *checker) inner(t *structuredType, name, text string) error {
	for _, part := range cut(text, ';') {
		option, value, ok := strings.Cut(part, "=")
		option = strings.ToLower(strings.TrimSpace(option))
		if !strings.HasPrefix(option, "$") {
			option = "$" + option
		}
		switch {
		case !ok:
			return bad("Invalid expand clause: Syntax error in the options of '%s': '%s'.", name, part)
		case !contains(collectionOptions, option) && !contains(expandOnly, option):
			return bad("Invalid expand clause: '%s' has no option '%s'.", name, option)
		}
		if err := c.option(t, option, value); err != nil {
			return bad("%s: %s", name, err.Error())
		}
	}
	return nil
}

// along follows a path of properties and casts from a type, and returns the last property and the type of what it is or
// holds; nil and "" where the tables end.
func (c *checker) along(t *structuredType, path string) (last *property, of string, err error) {
	for i, name := range strings.Split(strings.TrimSpace(path), "/") {
		switch {
		case t == nil || i > 0 && strings.HasPrefix(name, "$"):
			return nil, "", nil
		case strings.Contains(name, "."):
			cast := c.schema.typeNamed(name)
			if cast == nil && !c.schema.isOpen(t) {
				return nil, "", bad("The type '%s' could not be resolved: the slice has none.", name)
			}
			t, last, of = cast, nil, name
			continue
		}
		p := c.anyProperty(t, name)
		if p == nil {
			if c.schema.isOpen(t) || c.schema.anyDerived(t, func(t *structuredType) bool { return t.flags&(open|border) != 0 }) {
				return nil, "", nil
			}
			return nil, "", bad("Could not find a property named '%s' on type '%s'.", name, t.name)
		}
		last = p
		of, _ = itemOf(p.of)
		t = c.schema.types[of]
	}
	return last, of, nil
}

// anyProperty finds a property of a type, or of one derived from it, since what is asked for may be of that.
func (c *checker) anyProperty(t *structuredType, name string) *property {
	if p := c.schema.property(t, name); p != nil {
		return p
	}
	if p := c.schema.similar(t, name); p != nil {
		return p
	}
	return c.schema.derivedProperty(t, func(p *property) bool { return strings.EqualFold(p.name, name) })
}
