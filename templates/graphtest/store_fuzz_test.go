package graphtest

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/templates/graph"
)

// seeds are a few things of each kind.
const seeds = `{
	"people": [{"id":"p","login":"Alex","age":40},{"id":"q","login":"bo","boss":{"id":"p"}}],
	"rooms": [
		{"id":"a","name":"Oak","kind":"open","size":3,"opened":"2024-05-01T10:00:00Z","tags":["x","y",null,{"a":[]}],
			"address":{"city":"Ulm"},"guests":[{"id":"p"}],"seats":[{"@odata.type":"#test.personSeat","note":"n"}]},
		{"id":"b","size":"odd","tags":"odd","address":[1],"opened":"odd"},
		{"id":"c"}
	],
	"me": {"id":"p"}
}`

// seeded gives a store a new memory with the seeds.
func (c *caller) seeded(t testing.TB) *memory {
	m := newMemory((*fake)(c.store.Server))
	if err := m.load([]byte(seeds)); err != nil {
		t.Fatal(err)
	}
	c.store.memory, c.store.behind = m, m
	return m
}

// Whatever stands in $filter, the store finds entities or says what it is that it does not understand, with 400 or 501.
func FuzzStoreFilter(f *testing.F) {
	for _, seed := range []string{
		"name eq 'Bob''s' and not (size gt 3 or opened le 2024-05-01T10:00:00Z)", "kind in ('open','closed')",
		"tags/any(t:t eq 'x')", "seats/any(s:s/test.personSeat/person/login eq null)", "guests/$count ge 1",
		"startswith(tolower(name),'o')", "code eq c0ffee00-0000-4000-8000-00000000000a", "duration'PT1H' eq null",
		"kind eq test.roomKind'open'", "address/city ne 'x'", "$it/id eq 'a'", "year(opened) add 1", "size eq -1.5e3",
	} {
		f.Add(seed)
	}
	m := newCaller(f).seeded(f)
	rooms := m.shelves["rooms"]
	f.Fuzz(func(t *testing.T, filter string) {
		for _, of := range []*structuredType{rooms.of, nil} {
			found, err := m.filter(rooms.all(), of, filter)
			var e *graph.Error
			switch {
			case err == nil && len(found) > 3:
				t.Errorf("%q finds %d rooms", filter, len(found))
			case err != nil && (!errors.As(err, &e) || e.StatusCode != http.StatusBadRequest &&
				e.StatusCode != http.StatusNotImplemented || e.Message == ""):
				t.Errorf("%q: %v", filter, err)
			}
		}
	})
}

// Whatever a program sends, the store answers with a status that is one, and JSON that is valid.
func FuzzStoreCalls(f *testing.F) {
	for _, seed := range []struct{ method, path, query, body string }{
		{"POST", "/rooms", "", `{"name":"x","seats":[{"@odata.type":"#test.personSeat","person@odata.bind":"people/p"}]}`},
		{"PATCH", "/rooms/a", "", `{"address":{"city":null},"owner":{"id":"p"},"guests@odata.bind":["me",1,null]}`},
		{"PUT", "/rooms/x", "", `{"owner@odata.bind":[["people('p')"]]}`},
		{"GET", "/rooms", "$expand=seats($filter=note eq 'n';$select=*),guests&$orderby=address/city desc&$top=1&$search=a:b OR c", ""},
		{"GET", "/people(login='bo')", "$select=boss/login", ""},
		{"DELETE", "/rooms/a/guests/$ref", "@id=people/p", ""},
		{"POST", "/rooms/a/guests/$ref", "", `{"@odata.id":"/beta/people('q')?x"}`},
		{"GET", "/rooms/delta()", "$deltatoken=latest", ""},
		{"PATCH", "/rooms/b/address", "", `{"value":1}`},
		{"GET", "/rooms/a/guests/$ref", "$skiptoken=1.1", ""},
	} {
		f.Add(seed.method, seed.path, seed.query, seed.body)
	}
	c := newCaller(f)
	c.store.t = quiet{f}
	f.Fuzz(func(t *testing.T, method, path, query, body string) {
		m := c.seeded(t)
		for range 2 {
			in := &request{server: (*fake)(c.store.Server), path: path, base: serviceRoot, header: http.Header{}, body: []byte(body)}
			in.header.Set("Content-Type", "application/json")
			in.query, _ = parseQuery(query)
			a, err := c.store.memory.server.one(t.Context(), method, in)
			if err != nil {
				t.Fatal(err)
			}
			if a.status < 200 || a.status > 599 {
				t.Errorf("%s %s?%s %q: %d", method, path, query, body, a.status)
			}
			isText := strings.HasSuffix(path, "count") || strings.HasSuffix(path, "plan") || strings.HasSuffix(path, "value")
			if len(a.body) > 0 && !isText && a.header.Get("Content-Type") == "application/json" && !json.Valid(a.body) {
				t.Errorf("%s %s?%s %q: the answer is not JSON: %s", method, path, query, body, a.body)
			}
		}
		checkStore(t, m)
	})
}

// checkStore says what in a store does not fit together.
func checkStore(t *testing.T, m *memory) {
	t.Helper()
	var all []*shelf
	for _, s := range m.shelves {
		all = append(all, s)
	}
	for i := 0; i < len(all); i++ {
		s := all[i]
		for at, slot := range s.slots {
			r := slot.record
			if r == nil {
				continue
			}
			key := r.key
			if s.index(key) != at || r.gone || !slices.Contains(r.on, s) || !r.home.has(r) {
				t.Errorf("%s: what is at %q does not belong there", s.class, key)
			}
			if r.home == s {
				all = append(all, r.links...)
			}
		}
		if s.single && len(s.all()) > 1 {
			t.Errorf("%s has %d entities", s.class, len(s.all()))
		}
	}
}

// quiet is a test that does not fail: what the store refuses is what is tested.
type quiet struct{ testing.TB }

func (quiet) Errorf(string, ...any) {}
func (quiet) Helper()               {}
