package graphtest

import (
	"net/url"
	"regexp"
	"sort"
	"strings"
	"sync"
)

// route is the path of an operation, to be recognised in a request. Like the service it knows a key in parentheses for
// one in a segment, and a function or an action without its namespace.
type route struct {
	op     *operation
	params []string // in the order of the groups of pattern; several groups may be one parameter
	// aliases are parameters whose values stand in the query.
	aliases []string
	pattern *lazyPattern
	// similar takes large letters for small ones, and other namespaces, as the service does.
	similar *lazyPattern
	// rank sorts words in front of parameters.
	rank string
}

// lazyPattern is a pattern that is read when it is asked for: a test asks for few.
type lazyPattern struct {
	text   string
	once   sync.Once
	regexp *regexp.Regexp
}

func (p *lazyPattern) get() *regexp.Regexp {
	p.once.Do(func() { p.regexp = regexp.MustCompile(p.text) })
	return p.regexp
}

// Key is a parameter of a path, such as chat-id, or an argument of a function.
type Key struct{ Name, Value string }

// newRoutes returns the routes of the operations, those that say more in front of those that say less.
func newRoutes(operations []operation) []*route {
	routes := make([]*route, len(operations))
	for i := range operations {
		routes[i] = newRoute(&operations[i])
	}
	sort.SliceStable(routes, func(i, j int) bool { return routes[i].rank < routes[j].rank })
	return routes
}

var parameter = regexp.MustCompile(`\{[^{}]*\}`)

func newRoute(op *operation) *route {
	r := &route{op: op, rank: parameter.ReplaceAllString(op.path, "\U0010ffff")}
	text := "^"
	for _, segment := range split(op.path) {
		text += r.segment(segment)
	}
	text += "/?$"
	r.pattern = &lazyPattern{text: text}
	r.similar = &lazyPattern{text: "(?i)" + anyNamespace.ReplaceAllString(text, `(?:[A-Za-z_][\w.]*\.)?`)}
	return r
}

// split cuts a path into segments, each with the slash, or with the colon or the parenthesis of a key, in front.
//
//go:noinline
func split(path string) []string {
	var segments []string
	depth, start := 0, 0
	for i, c := range path {
		switch c {
		case '(', '{':
			depth++
		case ')', '}':
			depth--
		case '/':
			if depth == 0 && i > start {
				segments, start = append(segments, path[start:i]), i
			}
		}
	}
	return append(segments, path[start:])
}

var (
	arguments = regexp.MustCompile(`'\{([^{}]*)\}'|\{([^{}]*)\}|'@([^',()=]*)'|@([^',()=/]*)`)
	// anyNamespace is what segment makes of a namespace.
	anyNamespace = regexp.MustCompile(`\(\?:(?:[A-Za-z_]\w*\\\.)+\)\?`)
	namespace    = regexp.MustCompile(`^/((?:[A-Za-z_]\w*\.)+)([A-Za-z_])`)
)

// segment is the pattern of one segment; slashes inside of values have been replaced.
func (r *route) segment(text string) string {
	if isKey(text) {
		name := text[len("/{") : len(text)-len("}")]
		r.params = append(r.params, name, name)
		return `(?:/([^/$][^/]*)|\('((?:[^'/]|'')*)'\))`
	}
	pattern := ""
	if m := namespace.FindStringSubmatch(text); m != nil {
		pattern += "/(?:" + regexp.QuoteMeta(m[1]) + ")?"
		text = text[1+len(m[1]):]
	}
	isPath := strings.Contains(text, ":") || strings.HasPrefix(text, ":")
	at := 0
	for _, m := range arguments.FindAllStringSubmatchIndex(text, -1) {
		pattern += literal(text[at:m[0]])
		at = m[1]
		parameter, value := 2, `([^/(),]+?)`
		switch {
		case m[2] >= 0:
			parameter, value = 1, `(?:\w[\w.]*)?'((?:[^'/]|'')*)'` // a type may stand in front
		case m[4] < 0:
			alias := group(text, m, 0)
			pattern += regexp.QuoteMeta(alias)
			r.aliases = append(r.aliases, strings.Trim(alias[1:], "@'"))
			continue
		case isPath:
			value = `([^:]+)`
		}
		r.params = append(r.params, group(text, m, parameter))
		pattern += value
	}
	pattern += literal(text[at:])
	return pattern
}

// group is the text of a group of what was found.
//
//go:noinline
func group(text string, found []int, n int) string { return text[found[2*n]:found[2*n+1]] }

// literal is the pattern of text; the parentheses of a function without arguments may be left out.
//
//go:noinline
func literal(text string) string {
	if name, ok := strings.CutSuffix(text, "()"); ok {
		return regexp.QuoteMeta(name) + `(?:\(\))?`
	}
	return regexp.QuoteMeta(text)
}

// hiddenSlash stands for a slash inside of a value while a path is matched.
const hiddenSlash = "\x00"

var slashes = strings.NewReplacer("%2F", hiddenSlash, "%2f", hiddenSlash)

// plainPath decodes the escaped path of a request for match; false if it cannot be decoded.
func plainPath(escaped string) (string, bool) {
	plain, err := url.PathUnescape(slashes.Replace(escaped))
	return plain, err == nil
}

// find finds the operation that a method and the plain path of a request are for; false if there is none.
func find(routes []*route, method, path string, query url.Values) (*operation, []Key, bool) {
	for _, exact := range []bool{true, false} {
		for _, r := range routes {
			if method != r.op.method {
				continue
			}
			pattern := r.similar
			if exact {
				pattern = r.pattern
			}
			if keys, ok := r.match(pattern.get(), path, query); ok {
				return r.op, keys, true
			}
		}
	}
	return nil, nil, false
}

// match returns the values of the parameters if a request is to the route.
func (r *route) match(pattern *regexp.Regexp, path string, query url.Values) ([]Key, bool) {
	groups := pattern.FindStringSubmatch(path)
	if groups == nil {
		return nil, false
	}
	var keys []Key
	for i, value := range groups[1:] {
		if i > 0 && r.params[i] == r.params[i-1] { // the second form of a key
			if value != "" || keys[len(keys)-1].Value == "" {
				keys[len(keys)-1].Value = plainValue(value)
			}
			continue
		}
		keys = append(keys, Key{r.params[i], plainValue(value)})
	}
	for _, name := range r.aliases {
		value := query.Get("@" + name)
		if len(value) > 1 && strings.HasPrefix(value, "'") && strings.HasSuffix(value, "'") {
			value = value[1 : len(value)-1]
		}
		keys = append(keys, Key{name, plainValue(value)})
	}
	return keys, true
}

//go:noinline
func plainValue(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "''", "'"), hiddenSlash, "/")
}
