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
	op *operation
	// params are in the order of the groups of pattern; several groups may be one parameter. One of "" is all that stands in the
	// parentheses of the next of calls.
	params []string
	// calls are the arguments of functions of which some may be left out.
	calls   [][]argument
	pattern *lazyPattern
	// similar takes large letters for small ones, and other namespaces, as the service does.
	similar *lazyPattern
	// rank sorts words in front of parameters.
	rank string
}

// argument is one of a function. The value of one that may be left out stands in the path or, as an alias, in the query.
type argument struct {
	name, param string
	optional    bool
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
	text, isPath := "^", false
	for _, segment := range split(op.path) {
		text += r.segment(segment, isPath)
		if isPath && isKey(segment) {
			text += ":?" // behind the path as a whole the colon may be left out
		}
		isPath = strings.HasSuffix(segment, ":") && !isPath
	}
	text += "/?$"
	r.pattern = &lazyPattern{text: text}
	r.similar = &lazyPattern{text: "(?i)" + anyNamespace.ReplaceAllString(text, `(?:[A-Za-z_][\w.]*\.)?`)}
	return r
}

// split cuts a path into segments, each with the slash, or with the colon or the parenthesis of a key, in front. One at the end does
// not count.
//
//go:noinline
func split(path string) []string {
	path = strings.TrimSuffix(path, "/")
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

// segment is the pattern of one segment, or of a path inside of the path; slashes inside of values have been replaced.
func (r *route) segment(text string, isPath bool) string {
	if isKey(text) && !isPath {
		name := text[len("/{") : len(text)-len("}")]
		r.params = append(r.params, name, name)
		return `(?:/([^/$][^/]*)|\('((?:[^'/]|'')*)'\))`
	}
	pattern := ""
	if m := namespace.FindStringSubmatch(text); m != nil {
		pattern += "/(?:" + regexp.QuoteMeta(m[1]) + ")?"
		text = text[1+len(m[1]):]
	}
	found := arguments.FindAllStringSubmatchIndex(text, -1)
	for _, m := range found {
		if m[2] < 0 && m[4] < 0 {
			return pattern + r.call(text, found)
		}
	}
	at := 0
	for _, m := range found {
		pattern += literal(text[at:m[0]])
		at = m[1]
		parameter, value := 2, `([^/(),]+?)`
		switch {
		case m[2] >= 0:
			parameter, value = 1, `(?:\w[\w.]*)?'((?:[^'/]|'')*)'` // a type may stand in front
		case isPath:
			value = `([^:]+)`
		}
		r.params = append(r.params, group(text, m, parameter))
		pattern += value
	}
	pattern += literal(text[at:])
	return pattern
}

// call is the pattern of a function of which arguments may be left out, as an alias says in the path of the operation.
func (r *route) call(text string, found [][]int) string {
	var args []argument
	name, rest, _ := strings.Cut(text, "(")
	at := len(name) + 1
	for _, m := range found {
		a := argument{name: strings.Trim(text[at:m[0]], ",=")}
		for _, n := range []int{1, 2, 3, 4} {
			if m[2*n] >= 0 {
				a.param, a.optional = group(text, m, n), n > 2
			}
		}
		args, at = append(args, a), m[1]
	}
	r.calls, r.params = append(r.calls, args), append(r.params, "")
	return regexp.QuoteMeta(name) + `(?:\(((?:[^'()/]|'(?:[^'/]|'')*')*)\))?` + regexp.QuoteMeta(rest[strings.LastIndexByte(rest, ')')+1:])
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
	calls := r.calls
	for i, value := range groups[1:] {
		switch {
		case r.params[i] == "":
			given, ok := argumentKeys(calls[0], value, query)
			if !ok {
				return nil, false
			}
			keys, calls = append(keys, given...), calls[1:]
		case i > 0 && r.params[i] == r.params[i-1]: // the second form of a key
			if value != "" || keys[len(keys)-1].Value == "" {
				keys[len(keys)-1].Value = plainValue(value)
			}
		default:
			keys = append(keys, Key{r.params[i], plainValue(value)})
		}
	}
	return keys, true
}

var (
	given          = regexp.MustCompile(`([^=,]+)=((?:[^',]|'(?:[^']|'')*')*)(?:,|$)`)
	quotedArgument = regexp.MustCompile(`^(?:\w[\w.]*)?'(.*)'$`) // a type may stand in front
)

// argumentKeys are the values of all arguments of a function by what stands in its parentheses, empty where one is left out; false if
// what is given is not what the function takes.
func argumentKeys(args []argument, text string, query url.Values) ([]Key, bool) {
	values := map[string]string{}
	for _, m := range given.FindAllStringSubmatch(text, -1) {
		value := strings.TrimSpace(m[2])
		if strings.HasPrefix(value, "@") {
			value = query.Get(value)
		}
		if quoted := quotedArgument.FindStringSubmatch(value); quoted != nil {
			value = quoted[1]
		}
		values[strings.TrimSpace(m[1])], text = value, strings.Replace(text, m[0], "", 1)
	}
	var keys []Key
	taken := 0
	for _, a := range args {
		value, ok := values[a.name]
		if !ok && !a.optional {
			return nil, false
		}
		if ok {
			taken++
		}
		keys = append(keys, Key{a.param, plainValue(value)})
	}
	return keys, taken == len(values) && strings.TrimSpace(text) == ""
}

//go:noinline
func plainValue(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "''", "'"), hiddenSlash, "/")
}
