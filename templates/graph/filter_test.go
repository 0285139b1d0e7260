package graph

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestFilterf(t *testing.T) {
	since := time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		got  Filter
		want string
	}{
		{"topic ne null", "topic ne null"},
		{Filterf("topic ne null"), "topic ne null"},
		{Filterf("topic eq %s", "Bob's chat"), "topic eq 'Bob''s chat'"},
		{Filterf("topic eq %s", "x' or 'a' eq 'a"), "topic eq 'x'' or ''a'' eq ''a'"},
		{Filterf("topic eq %s and at ge %v", "%s", since), "topic eq '%s' and at ge 2024-05-01T00:00:00Z"},
		{Filterf("state eq %s and n gt %d and b eq %t", widgetStateNew, 5, true), "state eq 'new' and n gt 5 and b eq true"},
		{Filterf("endswith(mail,%s) and a eq '100%%'", "@contoso.com"), "endswith(mail,'@contoso.com') and a eq '100%'"},
		{Filterf("id in %s", []string{"a", "b"}), "id in ('a','b')"},
		{Filterf("skuId eq %s", GUID("05F59CEC-a742-4a50-a62e-202a57e478a4")), "skuId eq 05F59CEC-a742-4a50-a62e-202a57e478a4"},
		{Filterf("a eq 'it''s' and b eq %s", "x"), "a eq 'it''s' and b eq 'x'"},
		{Filterf("not %s", Filterf("a eq %d or b eq %d", 1, 2)), "not (a eq 1 or b eq 2)"},
		{Filterf("%s and %s", Filter("a"), Filter("b")), "(a) and (b)"},
		{Filterf("a eq %s", nil), "a eq null"},

		{Filterf("a eq %s", struct{}{}), "error: filter: argument 1: a value of type struct {} has no OData literal"},
		{Filterf("a eq %s and b eq %s", 1, &since), "error: filter: argument 2: a value of type *time.Time has no OData literal"},
		{Filterf("a eq %s", Opt[string]{}), "error: filter: argument 1: a value of type graph.Opt[string] has no OData literal"},
		{Filterf("a eq %s", "x\x00y"), "error: filter: argument 1: the text holds a zero byte"},
		{Filterf("a eq '%s'", "x"), "error: filter: the %s at byte 6 stands in quotes; leave them out, strings are quoted by type"},
		{Filterf("a eq %s"), "error: filter: the %s at byte 5 has no argument"},
		{Filterf("a eq %s", 1, 2), "error: filter: 2 arguments for 1 placeholders"},
		{Filterf("a", 1), "error: filter: 1 arguments for 0 placeholders"},
		{Filterf("a eq %x", 1), "error: filter: the % at byte 5 starts no %s; write %% for a percent sign"},
		{Filterf("a eq 100%"), "error: filter: the % at byte 8 starts no %s; write %% for a percent sign"},
		{Filterf("a eq 'x"), "error: filter: a quote is not closed"},
		{Filterf("not %s", Filterf("a eq %s")), "error: filter: argument 1: filter: the %s at byte 5 has no argument"},
		{"a or " + Filterf("a eq %s") + " or b", "error: filter: the %s at byte 5 has no argument"},
	} {
		got := string(test.got)
		if err := test.got.err(); err != nil {
			got = "error: " + err.Error()
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// FuzzFilterf holds that a string stays one literal, whatever is in it.
func FuzzFilterf(f *testing.F) {
	for _, seed := range []string{"", "'", "''", "x' or 'a' eq 'a", "%s", "\x00", "é"} {
		f.Add(seed)
	}
	addHostile(f)
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Contains(s, filterFault) || !utf8.ValidString(s) {
			if Filterf("a eq %s", s).err() == nil {
				t.Errorf("%q is accepted", s)
			}
			return
		}
		text, ok := strings.CutPrefix(string(Filterf("a eq %s", s)), "a eq '")
		text, closed := strings.CutSuffix(text, "'")
		if !ok || !closed || strings.ReplaceAll(text, "''", "'") != s || strings.Contains(strings.ReplaceAll(text, "''", ""), "'") {
			t.Errorf("%q became '%s'", s, text)
		}
	})
}
