package pathglob_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

func TestMatch(t *testing.T) {
	cases := []struct {
		pattern, method, path string
		want                  bool
	}{
		{"/chats", "GET", "/chats", true},
		{"/chats", "GET", "/chats/{chat-id}", false},
		{"/chats/**", "GET", "/chats", true},
		{"/chats/**", "DELETE", "/chats/{chat-id}/members/$count", true},
		{"/chats/**", "GET", "/chatsx", false},
		{"/chats/**#GET,post", "POST", "/chats", true},
		{"/chats/**#GET,post", "PATCH", "/chats/{chat-id}", false},
		{"/chats/*", "GET", "/chats/{chat-id}", true},
		{"/chats/*", "GET", "/chats", false},
		{"/chats/{id}/members", "GET", "/chats/{chat-id}/members", true},
		{"/chats/{id}", "GET", "/chats/$count", false},
		{"/**/members", "GET", "/members", true},
		{"/**/members", "GET", "/teams/{team-id}/channels/{channel-id}/members", true},
		{"/**/members/**", "GET", "/teams/{team-id}/members/{id}", true},
		{"/**", "GET", "/anything/at/all", true},
		{"/chats/{chat-id}/microsoft.graph.*ForUser", "POST", "/chats/{chat-id}/microsoft.graph.hideForUser", true},
		{"/chats/{chat-id}/microsoft.graph.*ForUser", "POST", "/chats/{chat-id}/microsoft.graph.hide", false},
		{"/x/f(a='{a}')", "GET", "/x/f(a='{a}')", true},
		{"/x/f(*)", "GET", "/x/f(path='a/b')", true},
		// names without their namespace
		{"/me/sendMail", "POST", "/me/microsoft.graph.sendMail", true},
		{"/me/sendmail", "POST", "/me/microsoft.graph.sendMail", false},
		{"/me/callRecords.start", "POST", "/me/microsoft.graph.callRecords.start", true},
		{"/me/Mail", "POST", "/me/microsoft.graph.sendMail", false},
		{"/me/other.sendMail", "POST", "/me/microsoft.graph.sendMail", false},
		{"/chats/{id}/*ForUser", "POST", "/chats/{chat-id}/microsoft.graph.hideForUser", true},
		{"/chats/{id}/hide*", "POST", "/chats/{chat-id}/microsoft.graph.hideForUser", true},
		// functions without their arguments
		{"/users/delta", "GET", "/users/microsoft.graph.delta()", true},
		{"/users/delta()", "GET", "/users/microsoft.graph.delta()", true},
		{"/users/delta()", "GET", "/users/microsoft.graph.delta(token='{token}')", false},
		{"/users/delta()", "GET", "/users/microsoft.graph.delta(token='@token')", true},
		{"/users/delta", "GET", "/users/microsoft.graph.delta(token='{token}')", true},
		{"/reports/get(period='{p}')", "GET", "/reports/microsoft.graph.get(period='{period}')", true},
		{"/reports/get(date='{p}')", "GET", "/reports/microsoft.graph.get(period='{period}')", false},
		{"/reports/get(date={date})", "GET", "/reports/microsoft.graph.get(date='{day}')", true},
		{"/x/range(address='A1')/format", "GET", "/x/a.range(address='{address}')/format", true},
		{"/x/f/parts", "GET", "/x/a.f(b={b})/parts", true},
		// * is a key or a property
		{"/chats/*", "GET", "/chats/$count", false},
		{"/chats/$*", "GET", "/chats/$count", true},
		{"/chats/*", "GET", "/chats/microsoft.graph.delta()", false},
		{"/chats/*", "GET", "/chats/microsoft.graph.allMessages", false},
		{"/chats/*/members", "GET", "/chats/{chat-id}/members", true},
		{"/chats/*/photo", "GET", "/chats/microsoft.graph.group/photo", false},
		{"/chats/**", "GET", "/chats/{chat-id}/microsoft.graph.delta()", true},
		{"/v1.0/*", "GET", "/v1.0/users", true},
		{"/*/users", "GET", "/v1.0/users", true},
		// keys in parentheses
		{"/people/{id}", "GET", "/people('{userName}')", true},
		{"/people('{id}')/friends", "GET", "/people('{userName}')/friends", true},
		{"/people/**", "GET", "/people('{userName}')/friends", true},
		{"/people", "GET", "/people('{userName}')", false},
		{"/people('{id}')", "GET", "/people", false},
		{"/orders({id})", "GET", "/orders/{order-id}", true},
		// parameters inside of segments
		{"/drive/root:/{p}:/content", "GET", "/drive/root:/{item-path}:/content", true},
		{"/drive/*/{p}:/content", "GET", "/drive/root:/{item-path}:/content", false},
		{"/drive/root:/{p}", "GET", "/drive/root:/{path}", true},
	}
	for _, c := range cases {
		p, err := pathglob.Parse(c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Match(c.method, c.path); got != c.want {
			t.Errorf("%s matches %s %s: %v, want %v", c.pattern, c.method, c.path, got, c.want)
		}
	}
}

func TestMayMatchBelow(t *testing.T) {
	cases := []struct {
		pattern, path string
		want          bool
	}{
		{"/chats", "/", true},
		{"/chats", "/chats", true},
		{"/chats", "/chats/{chat-id}", false},
		{"/chats/{chat-id}/members", "/chats", true},
		{"/chats/{chat-id}/members", "/chats/{chat-id}/tabs", false},
		{"/chats/**", "/chats/{chat-id}/tabs/{teamsTab-id}", true},
		{"/chats/**", "/users", false},
		{"/**/members", "/users/{user-id}", true},
	}
	for _, c := range cases {
		p, err := pathglob.Parse(c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.MayMatchBelow(c.path); got != c.want {
			t.Errorf("%s may match below %s: %v, want %v", c.pattern, c.path, got, c.want)
		}
	}
}

func TestSet(t *testing.T) {
	parse := func(texts ...string) []pathglob.Pattern {
		patterns, err := pathglob.ParseAll(texts)
		if err != nil {
			t.Fatal(err)
		}
		return patterns
	}
	set := pathglob.Set{Include: parse("/chats/**", "/teams/*"), Exclude: parse("/chats/{chat-id}/tabs/**", "/**#DELETE")}
	cases := map[[2]string]bool{
		{"GET", "/chats"}:                          true,
		{"GET", "/teams/{team-id}"}:                true,
		{"DELETE", "/teams/{team-id}"}:             false,
		{"GET", "/chats/{chat-id}/tabs/{tab-id}"}:  false,
		{"GET", "/teams/{team-id}/members"}:        false,
		{"POST", "/chats/{chat-id}/tabs/anything"}: false,
	}
	for operation, want := range cases {
		if got := set.Match(operation[0], operation[1]); got != want {
			t.Errorf("%v: %v, want %v", operation, got, want)
		}
	}
	if !(pathglob.Set{}).Match("GET", "/anything") {
		t.Error("an empty set leaves something out")
	}
}

func TestParseErrors(t *testing.T) {
	cases := map[string]string{
		"chats":       `the path pattern "chats" does not begin with /`,
		"":            `the path pattern "" does not begin with /`,
		"/chats//x":   `the path pattern "/chats//x" has an empty segment`,
		"/chats#LIST": `the path pattern "/chats#LIST" names "LIST", which is not a method`,
		"/chats/{id":  `the path pattern "/chats/{id" opens a brace that it does not close: } is missing`,
		"/x/f(a={a}":  `the path pattern "/x/f(a={a}" opens a parenthesis that it does not close: ) is missing`,
		"/chats/id}":  `the path pattern "/chats/id}" closes a { with } that is not open`,
		"/x/f(a={a)}": `the path pattern "/x/f(a={a)}" closes a ( with ) that is not open`,
		"/chats#":     `the path pattern "/chats#" names "", which is not a method`,
	}
	for text, want := range cases {
		_, err := pathglob.ParseAll([]string{"/ok", text})
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestNearest(t *testing.T) {
	paths := []string{
		"/users/{user-id}", "/chats", "/teams", "/chats", "/chats/{chat-id}", "/communications", "/chats/{chat-id}/members", "/me",
		"/chats/{chat-id}/members/$count", "/teams/{team-id}/members", "/me/microsoft.graph.sendMail", "/me/messages/{message-id}/microsoft.graph.send",
	}
	cases := map[string][]string{
		"/chat/**#GET":      {"/chats", "/chats/{chat-id}", "/communications"},
		"/me/sendmail":      {"/me/microsoft.graph.sendMail", "/me", "/me/messages/{message-id}/microsoft.graph.send"},
		"/chat/{id}/member": {"/chats/{chat-id}/members", "/chats/{chat-id}/members/$count", "/teams/{team-id}/members"},
	}
	for text, want := range cases {
		p, err := pathglob.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, p.Nearest(paths)); diff != "" {
			t.Errorf("nearest to %s (-want +got):\n%s", text, diff)
		}
	}
}

// TestAmong tells keys from functions by the paths that a document has.
func TestAmong(t *testing.T) {
	paths := []string{"/apps", "/apps/{app-id}", "/apps(no='{no}')", "/apps(no='{no}')/owner", "/parts", "/parts(id={id},version={version})", "/top(n={n})"}
	cases := map[string][]string{
		"/apps":                    {"/apps"},
		"/apps/**":                 {"/apps", "/apps/{app-id}"},
		"/apps(no='{n}')/**":       {"/apps(no='{no}')", "/apps(no='{no}')/owner"},
		"/parts/*":                 {"/parts(id={id},version={version})"},
		"/parts/{key}":             {"/parts(id={id},version={version})"},
		"/parts(id={a},version=*)": {"/parts(id={id},version={version})"},
		"/top":                     {"/top(n={n})"},
	}
	for text, want := range cases {
		p, err := pathglob.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, path := range paths {
			if pathglob.Among([]pathglob.Pattern{p}, paths)[0].Match("GET", path) {
				got = append(got, path)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// TestWalkIsBounded matches patterns that a comparison by trying everything would not finish.
func TestWalkIsBounded(t *testing.T) {
	p, err := pathglob.Parse(strings.Repeat("/**/a*a*a*a*a*", 30) + "/x")
	if err != nil {
		t.Fatal(err)
	}
	if path := strings.Repeat("/"+strings.Repeat("a", 200), 60); p.Match("GET", path) || !p.MayMatchBelow(path) {
		t.Error("the pattern matches what does not end with x")
	}
}

// TestNamed follows a walk: which patterns have written out the way.
func TestNamed(t *testing.T) {
	set := pathglob.Set{}
	for _, text := range []string{"/a/**", "/a/*/c", "/a/b/{id}/**#GET", "/a/b/{id}"} {
		p, err := pathglob.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		set.Include = append(set.Include, p)
	}
	w := set.Walk().Step(pathglob.Token{Text: "a"}).Step(pathglob.Token{Text: "b"}).Step(pathglob.Token{Kind: pathglob.Key, Text: "{x}"})
	type answers struct{ get, post, open, below bool }
	ask := func(w pathglob.Walk) answers { return answers{w.Match("GET"), w.Match("POST"), w.Open(), w.Below()} }
	cases := map[string]struct{ got, want answers }{
		"all":            {ask(w), answers{true, true, true, true}},
		"named":          {ask(w.Named()), answers{true, true, true, true}},
		"full":           {ask(w.Full()), answers{true, true, false, false}},
		"named behind c": {ask(w.Step(pathglob.Token{Text: "c"}).Named()), answers{}},
	}
	for name, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
}

// A folded pattern selects what it would if both were written in small letters; as it was written it is printed.
func TestFolded(t *testing.T) {
	cases := []struct {
		pattern, path string
		want          bool
	}{
		{"/me/sendmail", "/me/microsoft.graph.sendMail", true},
		{"/Me/Microsoft.Graph.SendMail", "/me/microsoft.graph.sendMail", true},
		{"/me/*MAIL", "/me/microsoft.graph.sendMail", true},
		{"/Reports/getD(Period='{p}')", "/reports/microsoft.graph.getD(period='{period}')", true},
		{"/reports/getD(days='{p}')", "/reports/microsoft.graph.getD(period='{period}')", false},
		{"/Things(No='{x}')/Parts", "/things(no='{no}')/parts", true},
		{"/Chats/{ID}/Members/$COUNT", "/chats/{chat-id}/members/$count", true},
		{"/chat", "/chats", false},
		{"/Chats/**", "/chats/{chat-id}/members", true},
	}
	for _, c := range cases {
		p, err := pathglob.Parse(c.pattern + "#GET")
		if err != nil {
			t.Fatal(err)
		}
		folded := p.Folded()
		if got := folded.Match("GET", c.path); got != c.want {
			t.Errorf("%s, folded, matches %s: %t, want %t", c.pattern, c.path, got, c.want)
		}
		if folded.String() != c.pattern+"#GET" || p.Match("GET", c.path) && !c.want {
			t.Errorf("%s became %s", c.pattern, folded)
		}
	}
}
