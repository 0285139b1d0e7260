package graph

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/golden/hostile"
)

// hostilePath puts a value into a part of a path, or into the query for it. The value arrives in the segment number at,
// or in the query parameter in; a segment in a form that hostile.Call reads holds it as arg.
type hostilePath struct {
	name  string
	place hostile.Place
	build func(r *resource, value string) *resource
	want  string // the segments, with * for the value
	arg   string
	in    string
}

var hostileFunction = []overload{{"test.find(quoted='{quoted}')", []string{"quoted"}}, {"test.find(bare={bare})", []string{"bare"}},
	{"test.find(alias=@alias)", []string{"alias"}}}

func callWith(name string) func(*resource, string) *resource {
	return func(r *resource, value string) *resource {
		return r.call("find", hostileFunction, []funcArg{{name, value, true}}).add("/parts")
	}
}

var hostilePaths = []hostilePath{
	{name: "key", place: hostile.Segment, want: "v1.0 gadgets * parts",
		build: func(r *resource, value string) *resource { return r.byKey("id", value).add("/parts") }},
	{name: "alternate key", place: hostile.Key, want: "v1.0 gadgets(code) parts", arg: "code",
		build: func(r *resource, value string) *resource {
			return r.byAlternateKey(keyArg{"code", value}).add("/parts")
		}},
	{name: "composite key", place: hostile.Key, want: "v1.0 gadgets(code,n) parts", arg: "code",
		build: func(r *resource, value string) *resource {
			return r.byAlternateKey(keyArg{"code", value}, keyArg{"n", 5}).add("/parts")
		}},
	{name: "key in parentheses", place: hostile.Key, want: "v1.0 gadgets() parts",
		build: func(r *resource, value string) *resource { return r.byKeyInParens("id", value).add("/parts") }},
	{name: "bare key in parentheses", place: hostile.Bare, want: "v1.0 gadgets(id) parts", arg: "id",
		build: func(r *resource, value string) *resource {
			return r.byAlternateKey(keyArg{"id", bare(value)}).add("/parts")
		}},
	{name: "argument in quotes", place: hostile.Argument, want: "v1.0 gadgets test.find(quoted) parts", arg: "quoted", build: callWith("quoted")},
	{name: "argument without quotes", place: hostile.Bare, want: "v1.0 gadgets test.find(bare) parts", arg: "bare", build: callWith("bare")},
	{name: "argument in the query", place: hostile.Argument, want: "v1.0 gadgets test.find(alias) parts", arg: "alias", in: "@alias", build: callWith("alias")},
}

// check reads a request as a service does and finds the value in it, and nothing else that should not be there.
func (p hostilePath) check(t *testing.T, value, line string) {
	line, isGet := strings.CutPrefix(line, "GET ")
	path, query, _ := strings.Cut(line, "?")
	segments, err := hostile.Segments(path)
	if err != nil || !isGet {
		t.Errorf("%s: %.60q arrived as %.200q, %v", p.name, value, line, err)
		return
	}
	var values []string
	wanted := strings.Fields(p.want)
	for i, segment := range segments {
		switch {
		case i < len(wanted) && wanted[i] == "*":
			values, segments[i] = append(values, segment), "*"
		case i < len(wanted) && strings.HasSuffix(wanted[i], ")"):
			values, segments[i] = p.callAt(t, values, segment)
		}
	}
	if got := strings.Join(segments, " "); got != p.want {
		t.Errorf("%s: %.60q arrived in the path %.200q, want %s", p.name, value, got, p.want)
	}
	if got, ok := p.inQuery(t, query); ok {
		values = []string{got}
	}
	if len(values) != 1 || values[0] != value {
		t.Errorf("%s: %.60q arrived as %.200q", p.name, value, values)
	}
}

// callAt reads the value from a segment, and returns the segment with the names of its arguments alone.
func (p hostilePath) callAt(t *testing.T, values []string, segment string) ([]string, string) {
	name, args, err := hostile.Call(segment)
	if err != nil {
		t.Errorf("%s: %v", p.name, err)
	}
	value, ok := args[p.arg]
	if ok {
		values = append(values, value)
	}
	names := p.arg
	if delete(args, p.arg); args["n"] == "5" {
		names += ",n"
		delete(args, "n")
	}
	if !ok || len(args) > 0 {
		t.Errorf("%s: the arguments are %.100q", p.name, args)
	}
	return values, name + "(" + names + ")"
}

// inQuery reads the value from the query, which holds nothing else.
func (p hostilePath) inQuery(t *testing.T, query string) (string, bool) {
	values, err := hostile.QueryValues(query)
	literal, ok := values[p.in]
	if err != nil || ok != (p.in != "") || ok != (len(values) == 1) {
		t.Errorf("%s: the query is %.200q, %v", p.name, query, err)
	}
	if !ok {
		return "", false
	}
	value, rest, err := hostile.Literal(literal)
	if err != nil || rest != "" {
		t.Errorf("%s: the literal is %.100q, %v", p.name, literal, err)
	}
	return value, true
}

// TestHostilePaths puts each hostile value into each part of a path: what was meant arrives, or nothing does.
func TestHostilePaths(t *testing.T) {
	values, err := hostile.Values()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range hostilePaths {
		t.Run(p.name, func(t *testing.T) {
			s := serve(t)
			for i, v := range values {
				s.replies, s.received = []reply{{body: `{}`}}, nil
				_, err := getOne(t.Context(), p.build(s.gadgets(), v.Text), nil, readGadget, nil)
				switch lines := s.lines(); {
				case v.Refused[p.place] && err != nil && len(lines) == 0:
				case !v.Refused[p.place] && err == nil && len(lines) == 1:
					p.check(t, v.Text, lines[0])
				default:
					t.Errorf("%d, %s: error %v, and %d requests; refused is %v", i, v, err, len(lines), v.Refused[p.place])
				}
			}
		})
	}
}

// TestHostileAddresses puts each hostile value into an address and into a segment with text around it: its segments arrive
// between the colons, or the value in its segment, and nothing else; or nothing does.
func TestHostileAddresses(t *testing.T) {
	values, err := hostile.Values()
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t)
	send := func(v hostile.Value, refused bool, r *resource, want string) {
		s.replies, s.received = []reply{{body: `{}`}}, nil
		_, err := getOne(t.Context(), r, nil, readGadget, nil)
		lines := s.lines()
		if refused {
			if err == nil || len(lines) > 0 {
				t.Errorf("%s: error %v, and %d requests; want it to be refused", v, err, len(lines))
			}
			return
		}
		if err != nil || len(lines) != 1 {
			t.Errorf("%s: error %v, and %d requests", v, err, len(lines))
			return
		}
		segments, err := hostile.Segments(strings.TrimPrefix(lines[0], "GET "))
		if got := strings.Join(segments, "/"); err != nil || got != want {
			t.Errorf("%s arrived as %.200q: %v, want %.200q", v, got, err, want)
		}
		if n := strings.Count(lines[0], ":"); strings.HasPrefix(want, "v1.0/gadgets:/") && n != 2 {
			t.Errorf("%s arrived with %d colons: %.200q", v, n, lines[0])
		}
	}
	refused := 0
	for _, v := range values {
		isRefused := v.Refused[hostile.Segment] || leadsAstray(v.Text)
		if isRefused {
			refused++
		}
		send(v, isRefused, s.gadgets().byPath("{path}", keyArg{"path", v.Text}).add("/parts"), "v1.0/gadgets:/"+v.Text+":/parts")
		isRefused = v.Text == "" || textFault(v.Text) != nil || strings.HasPrefix(v.Text, "$")
		send(v, isRefused, s.gadgets().byTemplate("{a}x", keyArg{"a", v.Text}), "v1.0/gadgets/"+v.Text+"x")
	}
	if refused < 20 || len(values)-refused < 100 {
		t.Errorf("%d of %d values are refused in an address", refused, len(values))
	}
}

// TestHostileLists puts each hostile value into a list that is a function's argument: the list arrives as it was, in its parameter.
func TestHostileLists(t *testing.T) {
	values, err := hostile.Values()
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t)
	for _, v := range values {
		s.replies, s.received = []reply{{body: `{}`}}, nil
		want := []string{v.Text, "b"}
		r := s.gadgets().call("find", []overload{{"find(ids=@ids)", []string{"ids"}}}, []funcArg{listArgument("ids", want, writeTextArgument[string])})
		_, err := getOne(t.Context(), r, nil, readGadget, nil)
		lines := s.lines()
		if v.Refused[hostile.Argument] {
			if err == nil || len(lines) > 0 {
				t.Errorf("%s: error %v, and %d requests; want it to be refused", v, err, len(lines))
			}
			continue
		}
		if err != nil || len(lines) != 1 {
			t.Errorf("%s: error %v, and %d requests", v, err, len(lines))
			continue
		}
		path, query, _ := strings.Cut(lines[0], "?")
		parameters, err := hostile.QueryValues(query)
		var got []string
		if jsonErr := json.Unmarshal([]byte(parameters["@ids"]), &got); err != nil || jsonErr != nil || len(parameters) != 1 ||
			path != "GET /v1.0/gadgets/find(ids=@ids)" || !slices.Equal(got, want) {
			t.Errorf("%s arrived as %.200q: %v, %v", v, lines[0], err, jsonErr)
		}
	}
}

// leadsAstray says independently of the runtime which paths go somewhere else than down.
func leadsAstray(path string) bool {
	for _, segment := range strings.Split(path, "/") {
		if segment == "" {
			return true
		}
		for _, part := range strings.Split(segment, `\`) {
			if part == "." || part == ".." || strings.HasPrefix(part, "$") {
				return true
			}
		}
	}
	return false
}

// addHostile makes seeds of the values.
func addHostile(f *testing.F) {
	values, err := hostile.Values()
	if err != nil {
		f.Fatal(err)
	}
	for _, v := range values {
		if len(v.Text) < 1000 { // mutations of the long ones find nothing else
			f.Add(v.Text)
		}
	}
}

// FuzzHostile goes on from the values that stand in a file. Each is put into every part of a path, into the query and
// into a header of one request, which is then written and read as by a service.
func FuzzHostile(f *testing.F) {
	addHostile(f)
	client, err := NewClient(StaticToken(testToken), WithServiceRoot("http://127.0.0.1/v1.0"))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, value string) {
		for _, p := range hostilePaths {
			x, err := p.build(client.at("/gadgets"), value).exchange(http.MethodGet, query{}, nil)
			if err != nil {
				continue // which values may be refused is held by the data
			}
			p.check(t, value, arrived(t, client, x).line)
		}
		checkQuery(t, client, value)
		checkHeader(t, client, value)
		checkBinds(t, value)
	})
}

// arrived writes a request as the client would, and reads it as a server does.
func arrived(t *testing.T, c *Client, x *exchange) sent {
	t.Helper()
	req, err := x.request(t.Context(), func() string { return testToken })
	if err != nil {
		t.Fatal(err)
	}
	var wire bytes.Buffer
	if err := req.Write(&wire); err != nil {
		t.Fatal(err)
	}
	reader := bufio.NewReader(&wire)
	got, err := http.ReadRequest(reader)
	if err != nil {
		t.Fatal(err)
	}
	if rest, _ := reader.Peek(1); len(rest) > 0 || got.Host != c.root.Host {
		t.Errorf("the request is for %s, and %q follows it", got.Host, rest)
	}
	return sent{line: got.Method + " " + got.RequestURI, header: got.Header}
}

// checkQuery puts a value into a filter, into one of an expansion, and into a parameter of its own.
func checkQuery(t *testing.T, c *Client, value string) {
	var q query
	filter := Filterf("a eq %s", value)
	q.filter("$filter", filter)
	q.expand("$expand", []Expand{{Property: "parts", Filter: filter}})
	q.add("$search", value)
	x, err := c.at("/gadgets").exchange(http.MethodGet, q, nil)
	if refused := textFault(value) != nil; refused || err != nil {
		if !refused || err == nil {
			t.Errorf("%q: error %v, and refused should be %v", value, err, refused)
		}
		return
	}
	_, query, _ := strings.Cut(arrived(t, c, x).line, "?")
	got, err := hostile.QueryValues(query)
	literal, isFilter := strings.CutPrefix(got["$filter"], "a eq ")
	text, rest, literalErr := hostile.Literal(literal)
	if err != nil || literalErr != nil || !isFilter || text != value || rest != "" {
		t.Errorf("%q became the filter %q: %v, %v", value, got["$filter"], err, literalErr)
	}
	if want := "parts($filter=a eq " + literal + ")"; got["$expand"] != want || got["$search"] != value || len(got) != 3 {
		t.Errorf("%q became the query %q", value, query)
	}
}

func checkHeader(t *testing.T, c *Client, value string) {
	x, err := c.at("/gadgets").exchange(http.MethodGet, query{}, []CallOption{Header("X-Hostile", value)})
	if err != nil {
		return
	}
	got := arrived(t, c, x)
	if want := strings.Trim(value, " \t"); got.line != "GET /v1.0/gadgets" || len(got.header) != 5 || got.header.Get("X-Hostile") != want {
		t.Errorf("%q became %q of %q", value, got.header.Get("X-Hostile"), got.header)
	}
}

// checkBinds puts a value into both forms of a bind.
func checkBinds(t *testing.T, value string) {
	const root = "http://127.0.0.1/v1.0"
	for _, bind := range []Ref[maker]{bindMaker(value), bindMaker(value).BySegment()} {
		address, err := bind.targetURL(root)
		if err != nil {
			continue
		}
		path, below := strings.CutPrefix(address, root+"/makers")
		segments, err := hostile.Segments("makers" + path)
		got := segments[len(segments)-1]
		if bind.ref.bind == bindByKey && len(segments) == 1 {
			var args map[string]string
			_, args, err = hostile.Call(got)
			got = args[""]
		}
		if err != nil || !below || got != value || len(segments) > 2 {
			t.Errorf("%q became the bind %s: %v", value, address, err)
		}
	}
}
