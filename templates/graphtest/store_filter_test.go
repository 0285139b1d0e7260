package graphtest

import (
	"strings"
	"testing"
)

func TestStoreFilters(t *testing.T) {
	c := newCaller(t)
	c.made("/people", `{"id":"p","login":"Alex","age":40}`)
	c.made("/people", `{"id":"q","login":"bo","boss@odata.bind":"people/p"}`)
	c.made("/rooms", `{"id":"a","name":"Bob's Oak","kind":"open","size":3,"opened":"2024-05-01T10:00:00Z","tags":["x","y"],
		"code":"C0FFEE00-0000-4000-8000-00000000000A","price":1.5,"address":{"city":"Ulm"},"guests@odata.bind":["people/p"],
		"seats":[{"@odata.type":"#test.personSeat","note":"n","person@odata.bind":"people/p"}],"owner@odata.bind":"people/q"}`)
	c.made("/rooms", `{"id":"b","name":"Ash","kind":"closed","size":9007199254740993,"opened":"2024-05-01T12:30:00+02:00","tags":[]}`)
	c.made("/rooms", `{"id":"c"}`)
	for filter, want := range map[string]string{
		"name eq 'Bob''s Oak'":                                  "a",
		"name ne 'Ash'":                                         "a c",
		"name eq null":                                          "c",
		"null ne name":                                          "a b",
		"size gt 3":                                             "b",
		"size ge 3 and size lt 4":                               "a",
		"size eq 9007199254740993":                              "b",
		"size eq 9007199254740992":                              "",
		"price lt 1.6 and price gt -1e3":                        "a",
		"not (size eq 3)":                                       "b c",
		"not(size eq 3 or name eq null)":                        "b",
		"size eq 3 or name eq 'Ash' and kind eq 'open'":         "a",
		"(size eq 3 or name eq 'Ash') and kind eq 'closed'":     "b",
		"kind eq test.roomKind'open'":                           "a",
		"kind in ('open', 'closed')":                            "a b",
		"id in ('c')":                                           "c",
		"opened lt 2024-05-01T10:30:00Z":                        "a",
		"opened eq 2024-05-01T10:30:00Z":                        "b",
		"opened ge 2024-05-01":                                  "a b",
		"code eq c0ffee00-0000-4000-8000-00000000000a":          "a",
		"startswith(name,'As')":                                 "b",
		"startsWith(name,'As') OR endsWith(name,'Oak') Eq true": "a b",
		"NOT(tags/Any(t:t eq 'y')) AND name ne null":            "b",
		"endswith(name,'Oak') eq true":                          "a",
		"contains(tolower(name), 'ak')":                         "a",
		"not contains(name,'s')":                                "",
		"startswith(toupper(name),'B')":                         "a",
		"address/city eq 'Ulm'":                                 "a",
		"tags/any(t:t eq 'y')":                                  "a",
		"tags/any()":                                            "a",
		"not tags/any(t:t eq 'y')":                              "b c",
		"tags/all(t:t eq 'y')":                                  "b c",
		"tags/$count eq 2":                                      "a",
		"guests/any(g:g/login eq 'Alex' and g/age ge 40)":       "a",
		"guests/$count gt 0":                                    "a",
		"guests/any(g:g/id eq 'q')":                             "",
		"seats/any(s:s/test.personSeat/person/login eq 'Alex')": "a",
		"owner/boss/login eq 'Alex'":                            "a",
		"owner ne null":                                         "a",
		"$it/id eq 'b'":                                         "b",
		"guests/any(g:owner/boss/id eq g/id)":                   "a",
		"true":                                                  "a b c",
	} {
		if got := c.get("/rooms?$filter=" + filter).ids(); got != want {
			t.Errorf("%s: %q, want %q", filter, got, want)
		}
	}
	if got := c.get("/rooms?filter=kind ne null&$OrderBy=name desc&top=2&Select=id").ids(); got != c.get("/rooms?$filter=kind ne null&$orderby=name desc&$top=2").ids() || got == "" {
		t.Errorf("without a $: %q", got)
	}
	if got := c.get("/things/test.person?$filter=age eq 40").ids(); got != "p" {
		t.Error(got)
	}
}

func TestStoreFilterRefusals(t *testing.T) {
	c := newCaller(t)
	for filter, want := range map[string]string{
		"nothing eq 1": "400 Could not find a property named 'nothing'",
		"size eq 'x'":  "400 incompatible types",
		"name eq c0ffee00-0000-4000-8000-00000000000a": "400 incompatible types",
		"kind eq 'ajar'":             "400 'ajar' is not a valid enumeration",
		"name":                       "400 neither true nor false",
		"name eq":                    "400 ends too early",
		"name eq 'x":                 "400 quote is not closed",
		"name eq 'x')":               "400 ')' is not expected",
		"(name eq 'x'":               "400 ')' is missing",
		"name eq #":                  "400 is not expected",
		"seats/label eq 'x'":         "400 any and all",
		"seats/test.none/id eq 'x'":  "400 test.none",
		"startswith(size,'x')":       "400 takes strings",
		"opened eq 2024-13-01T":      "400 no literal",
		"size add 1 eq 2":            "501 the operator add",
		"kind has 'open'":            "501 the operator has",
		"year(opened) eq 2024":       "501 the function year",
		strings.Repeat("(", 1000):    "400 nested too deep",
		strings.Repeat("not ", 1000): "400 nested too deep",
	} {
		status, text := 400, want[4:]
		if strings.HasPrefix(want, "501") {
			status = 501
		}
		c.get("/rooms?$filter=" + strings.ReplaceAll(filter, "#", "%23")).is(status).has(text)
	}
}

func TestStoreSearches(t *testing.T) {
	c := newCaller(t)
	c.made("/rooms", `{"id":"a","name":"Green Oak","kind":"open"}`)
	c.made("/rooms", `{"id":"b","name":"Grey Ash"}`)
	for search, want := range map[string]string{
		"oak": "a", "GRE": "a b", "gre ash": "b", `"green oak"`: "a", `"name:ash"`: "b", "oak OR ash": "a b",
		"oak AND ash": "", "open": "a", `"kind:oak"`: "",
	} {
		if got := c.get("/rooms?$search=" + search).ids(); got != want {
			t.Errorf("%s: %q, want %q", search, got, want)
		}
	}
	c.get("/rooms?$search=NOT oak").is(501).has("NOT")
}
