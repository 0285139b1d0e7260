package graph

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// pair is a query parameter, neither name nor value escaped.
type pair struct {
	name, value string
	items       []string // of a list of which each is a parameter by itself; value is the first of them
}

// query is what the options of a call put after the path, in the order of the options' fields.
type query struct {
	pairs []pair
	err   error // the first fault in an option
}

// querier is implemented by a pointer to the options of every call that reads.
type querier interface {
	// query adds the options that are set.
	query(q *query)
}

// queryOf returns what options ask for; a nil pointer asks for nothing.
//
//go:noinline
func queryOf(options querier) query {
	var q query
	if !isNil(options) {
		options.query(&q)
	}
	return q
}

//go:noinline
func (q *query) add(name, value string) { q.pairs = append(q.pairs, pair{name: name, value: value}) }

func (q *query) fail(name string, err error) {
	if q.err == nil {
		q.err = fmt.Errorf("%s: %w", name, err)
	}
}

// int adds a number; 0 is absent.
func (q *query) int(name string, n int) {
	if n != 0 {
		q.add(name, strconv.Itoa(n))
	}
}

// string adds text; "" is absent.
//
//go:noinline
func (q *query) string(name, value string) {
	if value != "" {
		q.add(name, value)
	}
}

// bool adds true; false is absent.
func (q *query) bool(name string, value bool) {
	if value {
		q.add(name, "true")
	}
}

// filter adds an expression; "" is absent.
func (q *query) filter(name string, f Filter) {
	if err := f.err(); err != nil {
		q.fail(name, err)
		return
	}
	q.string(name, string(f))
}

// strings adds a list with commas between; an empty one is absent. The items of $select are names.
func (q *query) strings(name string, values []string) { q.list(name, values, ",") }

// list adds a list with something between its items, or with "&" each as a parameter by itself.
func (q *query) list(name string, values []string, between string) {
	check := checkNotEmpty
	if name == "$select" {
		check = checkName
	}
	for _, value := range values {
		if err := check(value); err != nil {
			q.fail(name, err)
			return
		}
	}
	switch {
	case len(values) == 0:
	case between == "&" && len(values) > 1:
		q.pairs = append(q.pairs, pair{name, values[0], values})
	default:
		q.add(name, strings.Join(values, between))
	}
}

// expand adds the properties to expand; none is absent.
func (q *query) expand(name string, expand []Expand) {
	if len(expand) == 0 {
		return
	}
	text, err := expandText(expand, 1)
	if err != nil {
		q.fail(name, err)
		return
	}
	q.add(name, text)
}

// queryOpt adds a value in the form it has in a URL; nothing if it is absent. Null has no form there.
func queryOpt[T any](q *query, name string, v Opt[T]) {
	if value, ok := v.Get(); ok {
		q.add(name, queryText(value))
	} else if v.IsNull() {
		q.fail(name, errors.New("null cannot be sent in a query"))
	}
}

func queryText(value any) string {
	if t, isTime := value.(time.Time); isTime {
		return t.Format(time.RFC3339Nano)
	}
	return fmt.Sprint(value)
}

// encodePairs joins the lists, each parameter once: a later one takes the place of an earlier one of its name.
func encodePairs(lists ...[]pair) string {
	var b strings.Builder
	all := slices.Concat(lists...)
	for i, p := range all {
		at := slices.IndexFunc(all, func(other pair) bool { return other.name == p.name })
		if at < i {
			continue // written where its name came first
		}
		for _, other := range all[i+1:] {
			if other.name == p.name {
				p = other
			}
		}
		values := p.items
		if values == nil {
			values = []string{p.value}
		}
		for _, value := range values {
			if b.Len() > 0 {
				b.WriteByte('&')
			}
			b.WriteString(escapeQuery(p.name) + "=" + escapeQuery(value))
		}
	}
	return b.String()
}

// escapeQuery percent-encodes text for a query. What OData uses and nobody misreads stays as it is, so that a query can
// be read in a log. A semicolon is encoded since some servers take it for the end of a parameter.
func escapeQuery(s string) string {
	readable := strings.NewReplacer(
		"+", "%20", "%24", "$", "%2C", ",", "%2F", "/", "%3A", ":", "%40", "@",
		"%28", "(", "%29", ")", "%27", "'", "%2A", "*")
	return readable.Replace(url.QueryEscape(s))
}

// LevelsMax as Levels of an Expand expands as deep as the service allows.
const LevelsMax = -1

// Expand asks for the entities that a navigation property leads to, and which part of them.
type Expand struct {
	// Property is the navigation property's name.
	Property string
	// Select lists the properties wanted of each entity; none means the service's default.
	Select []string
	// Expand goes one level further.
	Expand []Expand
	// Filter, OrderBy and Search select and order the entities.
	Filter  Filter
	OrderBy []string
	Search  string
	// Top and Skip limit them; 0 is absent.
	Top, Skip int
	// Count asks for their number as well.
	Count bool
	// Levels is how often a property that leads to its own type is followed, or LevelsMax; 0 is absent.
	Levels int
}

// maxExpandDepth is far beyond what the service allows; it stops a slice that contains itself.
const maxExpandDepth = 32

// expandText renders properties as members($select=displayName;$expand=user($select=id)).
func expandText(expand []Expand, depth int) (string, error) {
	if depth > maxExpandDepth {
		return "", fmt.Errorf("more than %d levels", maxExpandDepth)
	}
	texts := make([]string, len(expand))
	for i, e := range expand {
		if err := checkName(e.Property); err != nil {
			return "", err
		}
		options, err := e.options(depth)
		if err != nil {
			return "", fmt.Errorf("%s: %w", e.Property, err)
		}
		texts[i] = e.Property
		if options != "" {
			texts[i] += "(" + options + ")"
		}
	}
	return strings.Join(texts, ","), nil
}

// options renders what stands in parentheses.
func (e Expand) options(depth int) (string, error) {
	var q query
	q.strings("$select", e.Select)
	if len(e.Expand) > 0 {
		text, err := expandText(e.Expand, depth+1)
		if err != nil {
			return "", err
		}
		q.add("$expand", text)
	}
	q.filter("$filter", e.Filter)
	q.strings("$orderby", e.OrderBy)
	q.int("$top", e.Top)
	q.int("$skip", e.Skip)
	q.bool("$count", e.Count)
	q.string("$search", e.Search)
	if e.Levels == LevelsMax {
		q.add("$levels", "max")
	} else {
		q.int("$levels", e.Levels)
	}
	if q.err != nil {
		return "", q.err
	}
	texts := make([]string, len(q.pairs))
	for i, p := range q.pairs {
		if p.name != "$expand" && !isEnclosed(p.value) {
			return "", fmt.Errorf("%s: a quote or parenthesis is not closed, or a semicolon stands outside of quotes",
				p.name)
		}
		texts[i] = p.name + "=" + p.value
	}
	return strings.Join(texts, ";"), nil
}

// isEnclosed reports whether text can stand between parentheses and semicolons without being taken apart: what would
// do so is in quotes, and its own parentheses match.
func isEnclosed(text string) bool {
	depth, quote := 0, byte(0)
	for i := range len(text) {
		c := text[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == ';':
			return false
		}
		if depth < 0 {
			return false
		}
	}
	return depth == 0 && quote == 0
}

// checkName refuses what is not the name or path of a property, so that one item cannot smuggle in others.
func checkName(name string) error {
	if name == "" {
		return errors.New("a name is empty")
	}
	for _, c := range name {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c > 0x7f
		if !letter && !strings.ContainsRune("_/.@*$-", c) {
			return fmt.Errorf("%q is not a property's name: it holds %q; give each name as an item of its own", name, c)
		}
	}
	return nil
}

func checkNotEmpty(value string) error {
	if value == "" {
		return errors.New("an item is empty")
	}
	return nil
}
