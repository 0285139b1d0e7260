package ir

import (
	"testing"
	"time"
)

func TestSubscriptionCheck(t *testing.T) {
	text, at := &Type{Kind: String}, &Type{Kind: DateTime}
	m := &Model{Name: "ex.watch", Properties: []*Property{
		{Name: "id", Type: text, Key: true}, {Name: "target", Type: text}, {Name: "until", Type: at}, {Name: "made", Type: at, ReadOnly: true},
	}}
	hour := []LongestLife{{"/a/**", "PT1H"}}
	for _, test := range []struct {
		of   Subscription
		want string
	}{
		{Subscription{Path: "/watches", Expires: "until"}, ""},
		{Subscription{Path: "/my/watches", Expires: "until", Resource: "target", Longest: hour}, ""},
		{Subscription{Path: "watches", Expires: "until"}, `path: "watches" is not the path of a collection, such as /subscriptions`},
		{Subscription{Path: "/users/{id}/watches", Expires: "until"}, `path: "/users/{id}/watches" is not the path of a collection, such as /subscriptions`},
		{Subscription{Path: "/watches", Expires: "target"}, `expires: "target" is not a property of ex.watch with a time that can be set`},
		{Subscription{Path: "/watches", Expires: "made"}, `expires: "made" is not a property of ex.watch with a time that can be set`},
		{Subscription{Path: "/watches", Expires: "until", Resource: "until"}, `resource: "until" is not a property of ex.watch with text`},
		{Subscription{Path: "/watches", Expires: "until", Longest: hour}, `resource: "" is not a property of ex.watch with text`},
		{Subscription{Path: "/watches", Expires: "until", Resource: "target", Longest: []LongestLife{{"a", "PT1H"}}}, `longest: "a" is not a path, such as /chats/**`},
		{Subscription{Path: "/watches", Expires: "until", Resource: "target", Longest: []LongestLife{{"/a", "1h"}}},
			`longest: /a: "1h" is not a duration of days, hours and minutes, such as P3D or PT1H`},
	} {
		got := ""
		if err := test.of.Check(m); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%+v: %q, want %q", test.of, got, test.want)
		}
	}
	if err := (&Subscription{Path: "/watches", Expires: "until"}).Check(&Model{Name: "ex.none", Properties: m.Properties[2:]}); err == nil ||
		err.Error() != "ex.none has no key that is one text" {
		t.Error(err)
	}
}

func TestLongestLife(t *testing.T) {
	for life, want := range map[string]time.Duration{
		"PT1H": time.Hour, "P3D": 72 * time.Hour, "P1DT2H3M": 26*time.Hour + 3*time.Minute, "PT4320M": 72 * time.Hour, "P": 0, "PT1S": 0, "": 0, "PT99999999H": 0,
	} {
		if got := (LongestLife{Life: life}).Duration(); got != want {
			t.Errorf("%s: %v, want %v", life, got, want)
		}
	}
	var s Subscription
	s.SetLongest([]LongestLife{{Pattern: "/**"}, {Pattern: "/a/**"}, {Pattern: "/a/{id}/b"}, {Pattern: "/a/*/*"}})
	for i, want := range []string{"/a/{id}/b", "/a/*/*", "/a/**", "/**"} {
		if s.Longest[i].Pattern != want {
			t.Errorf("%d: %s, want %s", i, s.Longest[i].Pattern, want)
		}
	}
}
