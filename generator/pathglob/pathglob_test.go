package pathglob_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/pathglob"
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
	p, err := pathglob.Parse("/chat/**#GET")
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{"/users/{user-id}", "/chats", "/teams", "/chats", "/chats/{chat-id}", "/communications"}
	want := []string{"/chats", "/chats/{chat-id}", "/teams"}
	if diff := cmp.Diff(want, p.Nearest(paths)); diff != "" {
		t.Errorf("nearest (-want +got):\n%s", diff)
	}
}
