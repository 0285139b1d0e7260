package graphtest

import (
	"regexp"
	"strings"
	"testing"
)

var etagForm = regexp.MustCompile(`"@odata.etag":"[^,]*,?`)

func TestStoreCreates(t *testing.T) {
	c := newCaller(t)
	g := c.call("POST", "/rooms", `{"name":"Oak","webUrl":"x","kind":"open","seats":[
		{"@odata.type":"#test.personSeat","note":"n"},{"@odata.type":"test.personSeat"}]}`).is(201)
	id := g.object["id"].(string)
	g.says(`{"id":"` + id + `","name":"Oak","kind":"open"}`)
	if want := serviceRoot + "/rooms/" + id; g.header.Get("Location") != want {
		t.Errorf("Location is %q", g.header.Get("Location"))
	}
	c.get("/rooms/" + id).is(200).says(`{"id":"` + id + `","name":"Oak","kind":"open"}`)
	c.get("/rooms('" + id + "')").is(200)
	seats := c.get("/rooms/" + id + "/seats").is(200)
	seats.has(`"@odata.type":"#test.personSeat"`).has(`"note":"n"`)
	if n := len(strings.Fields(seats.ids())); n != 2 {
		t.Errorf("%d seats", n)
	}
	c.call("POST", "/rooms", `{"id":"a"}`).is(201).says(`{"id":"a"}`)
	c.call("POST", "/rooms", `{"id":"a"}`).is(409).has("already exists")
	c.call("POST", "/rooms", `{"name":`).is(400)
	c.call("POST", "/rooms", `[]`).is(400)
	c.call("POST", "/rooms/a/seats", `{"@odata.type":"#test.none"}`).is(400).has("test.none")
	c.call("POST", "/rooms/none/seats", `{"@odata.type":"#test.personSeat"}`).is(404).has("none")
	c.call("POST", "/rooms/a/seats", `{"@odata.type":"#test.personSeat","id":"mine"}`).is(201)
	if ids := c.get("/rooms/a/seats").ids(); ids == "mine" || ids == "" {
		t.Errorf("only the service gives keys to seats: %q", ids)
	}
}

func TestStoreBinds(t *testing.T) {
	c := newCaller(t)
	c.made("/people", `{"id":"p1","login":"alex@x"}`)
	c.made("/people", `{"id":"p 2","login":"bo"}`)
	for _, address := range []string{
		"people/p1", "/people('p1')", serviceRoot + "/people/p1", serviceRoot + "/people('p1')", "/v1.0/people/p1",
		"people(login='alex@x')", "things/p1",
	} {
		seat := c.made("/rooms", `{"owner@odata.bind":"`+address+`"}`)
		c.get("/rooms/" + seat + "/owner").is(200).has(`"id":"p1"`)
	}
	c.made("/rooms", `{"id":"r","guests@odata.bind":["people/p1","people/p%202"]}`)
	if ids := c.get("/rooms/r/guests").ids(); ids != "p1 p 2" {
		t.Error(ids)
	}
	count := string(c.get("/rooms/$count").body)
	c.call("POST", "/rooms", `{"owner@odata.bind":"people/none"}`).is(404).has("none")
	c.call("POST", "/rooms", `{"owner@odata.bind":"rooms/r"}`).is(400).has("test.room")
	c.call("POST", "/rooms", `{"owner@odata.bind":"people"}`).is(400).has("not the address of an entity")
	c.call("POST", "/rooms", `{"owner@odata.bind":""}`).is(400)
	c.call("POST", "/rooms", `{"nobody@odata.bind":"people/p1"}`).is(400).has("nobody")
	c.call("POST", "/rooms", `{"seats":[{"@odata.type":"#test.personSeat","person@odata.bind":"people/none"}]}`).is(404)
	if now := string(c.get("/rooms/$count").body); now != count {
		t.Errorf("what could not be made is there: %s rooms, then %s", count, now)
	}
	c.store.AlternateKey("/people", "login")
	c.call("POST", "/rooms/r/guests/$ref", `{"@odata.id":"people/nobody"}`).is(404)
	c.get("/people/ALEX@x").is(200).has(`"id":"p1"`)
	c.get("/people(login='bo')").is(200).has(`"id":"p 2"`)
	c.get("/people(login='b')").is(404)
	c.call("PATCH", "/people(login='cy')", `{"age":3}`).is(404)
	c.call("PATCH", "/people(login='cy')", `{"age":3}`, "Prefer: create-if-missing").is(201).has(`"login":"cy"`)
	c.call("PATCH", "/people(login='cy')", `{"age":4}`).is(204)
	c.get("/people(login='cy')").is(200).has(`"age":4`)
}

func TestStoreUpdates(t *testing.T) {
	c := newCaller(t)
	c.made("/people", `{"id":"p"}`)
	c.made("/rooms", `{"id":"a","name":"Oak","size":3,"address":{"street":"S","city":"C"},"kind":"open"}`)
	c.call("PATCH", "/rooms/a", `{"id":"b","name":null,"webUrl":"x","address":{"city":"D"},"owner@odata.bind":"people/p"}`).
		is(200).says(`{"id":"a","name":null,"size":3,"address":{"street":"S","city":"D"},"kind":"open"}`)
	c.get("/rooms/a/owner").is(200).has(`"id":"p"`)
	c.call("PATCH", "/rooms/a", `{"owner@odata.bind":null,"address":null}`).is(200).has(`"address":null`)
	c.get("/rooms/a/owner").is(404)
	c.call("PATCH", "/rooms/a", `{"name":"x","seats":[]}`).is(400).has("seats")
	c.call("PATCH", "/rooms/a", `{"name":"x","owner@odata.bind":"people/q"}`).is(404)
	c.get("/rooms/a").is(200).has(`"name":null`)
	c.call("PATCH", "/rooms/b", `{}`).is(404)
	c.call("PUT", "/rooms/a", `{"name":"Ash"}`).is(204)
	c.get("/rooms/a").says(`{"id":"a","name":"Ash"}`)
	c.call("PUT", "/rooms/z", `{"name":"Elm"}`).is(201).says(`{"id":"z","name":"Elm"}`)
	c.call("PATCH", "/rooms/a/address", `{"city":"E"}`).is(204)
	c.get("/rooms/a/address").is(200).says(`{"city":"E"}`)
	c.call("DELETE", "/rooms/a", "").is(204)
	c.call("DELETE", "/rooms/a", "").is(404)
	c.get("/rooms/a").is(404).has(`"code":"ResourceNotFound"`)
	if ids := c.get("/rooms").ids(); ids != "z" {
		t.Error(ids)
	}
}

func TestStoreTags(t *testing.T) {
	c := newCaller(t)
	c.made("/rooms", `{"id":"a","name":"Oak"}`)
	old := c.get("/rooms/a").header.Get("Etag")
	c.get("/rooms/a", "If-None-Match: "+old).is(304)
	c.call("PATCH", "/rooms/a", `{"name":"Ash"}`, "If-Match: "+old).is(200)
	c.get("/rooms/a", "If-None-Match: "+old).is(200)
	c.call("PATCH", "/rooms/a", `{"name":"Elm"}`, "If-Match: "+old).is(412).has(`"code":"PreconditionFailed"`)
	c.call("DELETE", "/rooms/a", "", "If-Match: "+old).is(412)
	c.call("PUT", "/rooms/a", "{}", "If-None-Match: *").is(412)
	c.call("PUT", "/rooms/b", "{}", "If-Match: *").is(412)
	now := c.get("/rooms").object["value"].([]any)[0].(map[string]any)["@odata.etag"].(string)
	c.call("DELETE", "/rooms/a", "", "If-Match: "+now).is(204)
}

func TestStorePages(t *testing.T) {
	c := newCaller(t, PageSize(2))
	for _, id := range strings.Fields("a b c d e") {
		c.made("/rooms", `{"id":"`+id+`","size":`+map[string]string{"a": "3", "b": "1", "c": "2", "d": "1", "e": "9"}[id]+`}`)
	}
	pages := func(path string) string {
		var all []string
		for path != "" {
			g := c.get(path)
			all = append(all, g.ids())
			path, _ = g.object["@odata.nextLink"].(string)
		}
		return strings.Join(all, "|")
	}
	for path, want := range map[string]string{
		"/rooms":                           "a b|c d|e",
		"/rooms?$skip=1":                   "b c|d e",
		"/rooms?$top=1&$skip=3":            "d|e",
		"/rooms?$top=0":                    "",
		"/rooms?$orderby=size,id desc":     "d b|c a|e",
		"/rooms?$orderby=size desc":        "e a|c b|d",
		"/rooms?$filter=size lt 3&$top=50": "b c|d",
	} {
		if got := pages(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if got := c.get("/rooms", "Prefer: odata.maxpagesize=1").ids(); got != "a" {
		t.Errorf("a page of one is %s", got)
	}
	first := c.get("/rooms?$count=true").has(`"@odata.count":5`)
	c.call("DELETE", "/rooms/a", "").is(204)
	c.call("DELETE", "/rooms/c", "").is(204)
	c.made("/rooms", `{"id":"f"}`)
	if got := pages(first.link("@odata.nextLink")); got != "d|e" {
		t.Errorf("the pages have changed: %s", got)
	}
	c.get("/rooms?$skiptoken=7").is(400)
	c.get("/rooms/$count").says("4")
	c.get("/rooms/$count?$filter=size ne null").says("3")
}

func TestStoreSelects(t *testing.T) {
	c := newCaller(t)
	c.made("/people", `{"id":"p","login":"alex"}`)
	c.made("/people", `{"id":"q","login":"bo"}`)
	c.made("/rooms", `{"id":"a","name":"Oak","address":{"street":"S","city":"C"},"owner@odata.bind":"people/p",
		"guests@odata.bind":["people/q","people/p"],"seats":[{"@odata.type":"#test.personSeat","label":"1",
		"person@odata.bind":"people/p"}]}`)
	c.get("/rooms/a?$select=size,name").says(`{"size":null,"name":"Oak"}`)
	c.get("/rooms/a?$select=address/city,owner").says(`{"address":{"city":"C"}}`)
	c.get("/rooms?$select=id").says(`{"value":[{"id":"a"}]}`)
	c.get("/rooms/a?$select=nothing").is(400).has("'nothing' on type 'test.room'")
	c.get("/rooms/a?$select=id&$expand=owner").says(`{"id":"a","owner":{"id":"p","login":"alex"}}`)
	c.get("/rooms/a?$select=id&$expand=guests($select=login;$orderby=login;$count=true;$top=1)").
		says(`{"id":"a","guests@odata.count":2,"guests":[{"login":"alex"}]}`)
	c.get("/rooms/a?$select=id&$expand=guests($filter=login eq 'bo';$expand=boss)").
		says(`{"id":"a","guests":[{"id":"q","login":"bo","boss":null}]}`)
	c.get("/rooms?$select=id&$expand=seats($select=label;$expand=test.personSeat/person($select=id))").
		says(`{"value":[{"id":"a","seats":[{"@odata.type":"#test.personSeat","label":"1","person":{"id":"p"}}]}]}`)
	c.get("/rooms/a?$select=id&$expand=*($select=id)").
		says(`{"id":"a","seats":[{"@odata.type":"#test.personSeat","id":"` + c.get("/rooms/a/seats").ids() +
			`"}],"guests":[{"id":"q"},{"id":"p"}],"owner":{"id":"p"}}`)
	c.get("/rooms/a?$expand=name").is(400)
	c.get("/rooms/a?$expand=seats/person").is(501)
	c.get("/rooms/a?$expand=nothing").is(400)
}

func TestStoreRefs(t *testing.T) {
	c := newCaller(t)
	c.made("/people", `{"id":"p"}`)
	c.made("/people", `{"id":"q"}`)
	c.made("/rooms", `{"id":"a"}`)
	c.call("POST", "/rooms/a/guests/$ref", `{"@odata.id":"`+serviceRoot+`/people/p"}`).is(204)
	c.call("POST", "/rooms/a/guests/$ref", `{"@odata.id":"`+serviceRoot+`/things/q"}`).is(204)
	c.call("POST", "/rooms/a/guests/$ref", `{"@odata.id":"people/q"}`).is(400).has("already exist")
	c.call("POST", "/rooms/a/guests/$ref", `{"@odata.id":"rooms/a"}`).is(400)
	c.get("/rooms/a/guests/$ref?$top=1").is(200).has(`{"@odata.id":"` + serviceRoot + `/people/p"}`).
		has(`"@odata.nextLink"`)
	c.call("DELETE", "/rooms/a/guests/p/$ref", "").is(204)
	c.call("DELETE", "/rooms/a/guests/p/$ref", "").is(404)
	c.call("DELETE", "/rooms/a/guests/$ref?@id="+serviceRoot+"/people/q", "").is(204)
	c.call("DELETE", "/rooms/a/guests/$ref?@id="+serviceRoot+"/people/q", "").is(404)
	if ids := c.get("/people").ids(); ids != "p q" {
		t.Errorf("people are gone: %s", ids)
	}
	c.get("/rooms/a/owner/$ref").is(404)
	c.call("PUT", "/rooms/a/owner/$ref", `{"@odata.id":"people/p"}`).is(204)
	c.call("PUT", "/rooms/a/owner/$ref", `{"@odata.id":"people/q"}`).is(204)
	c.get("/rooms/a/owner/$ref").is(200).says(`{"@odata.id":"` + serviceRoot + `/people/q"}`)
	c.call("DELETE", "/people/q", "").is(204)
	c.get("/rooms/a/owner").is(404)
	c.call("DELETE", "/rooms/a/owner/$ref", "").is(404)
}

func TestStoreDelta(t *testing.T) {
	c := newCaller(t, PageSize(2))
	for _, id := range strings.Fields("a b c") {
		c.made("/rooms", `{"id":"`+id+`"}`)
	}
	first := c.get("/rooms/delta()")
	c.made("/rooms", `{"id":"d"}`) // while the pages are read
	second := c.get(first.link("@odata.nextLink"))
	if got := first.ids() + "|" + second.ids(); got != "a b|c" {
		t.Error(got)
	}
	link := second.link("@odata.deltaLink")
	c.made("/rooms", `{"id":"e"}`)
	c.call("DELETE", "/rooms/e", "").is(204) // nobody was told of it
	c.call("PATCH", "/rooms/a", `{"name":"x"}`).is(200)
	c.call("DELETE", "/rooms/b", "").is(204)
	next := c.get(link)
	rest := c.get(next.link("@odata.nextLink")).has(`{"id":"b","@removed":{"reason":"deleted"}}`)
	if got := next.ids() + "|" + rest.ids(); got != "d a|-b" {
		t.Error(got)
	}
	if got := c.get(rest.link("@odata.deltaLink")).ids(); got != "" {
		t.Error(got)
	}
	if latest := c.get("/rooms/delta?$deltatoken=latest"); latest.ids() != "" {
		t.Error(latest.ids())
	} else {
		c.made("/rooms", `{"id":"g"}`)
		if got := c.get(latest.link("@odata.deltaLink")).ids(); got != "g" {
			t.Error(got)
		}
	}
	c.get("/rooms/delta?$deltatoken=999999").is(410)
}

func TestStoreDeltaOfReferences(t *testing.T) {
	c := newCaller(t)
	for _, id := range strings.Fields("p q r") {
		c.made("/people", `{"id":"`+id+`"}`)
	}
	c.made("/rooms", `{"id":"a","guests@odata.bind":["people/p","people/q"]}`)
	first := c.get("/rooms/a/guests/delta()")
	if first.ids() != "p q" {
		t.Error(first.ids())
	}
	c.call("DELETE", "/rooms/a/guests/p/$ref", "").is(204)
	c.call("DELETE", "/people/q", "").is(204)
	c.call("POST", "/rooms/a/guests/$ref", `{"@odata.id":"people/r"}`).is(204)
	next := c.get(first.link("@odata.deltaLink")).has(`{"id":"p","@removed":{"reason":"changed"}}`)
	if next.ids() != "-p -q r" {
		t.Error(next.ids())
	}
	next.has(`{"id":"q","@removed":{"reason":"deleted"}}`)
}

func TestStoreMedia(t *testing.T) {
	c := newCaller(t)
	c.made("/people", `{"id":"p"}`)
	c.get("/people/p/photo").is(404)
	c.get("/people/p/photo/$value").is(404)
	c.call("PUT", "/people/p/photo/$value", "jpeg", "Content-Type: image/jpeg").is(204)
	c.get("/people/p/photo").is(200)
	if g := c.get("/people/p/photo/$value").is(200).says("jpeg"); g.header.Get("Content-Type") != "image/jpeg" {
		t.Error(g.header)
	}
	c.call("DELETE", "/people/p/photo/$value", "").is(204)
	c.get("/people/p/photo/$value").is(404)
	c.made("/rooms", `{"id":"a"}`)
	c.call("PUT", "/rooms/a/plan", "svg", "Content-Type: image/svg+xml").is(204)
	c.get("/rooms/a/plan").is(200).says("svg")
}

func TestStorePolls(t *testing.T) {
	c := newCaller(t, Polls(2))
	c.call("POST", "/rooms/none/seats", `{"@odata.type":"#test.personSeat"}`).is(404)
	link := c.call("POST", "/rooms", `{"id":"a"}`).is(202).header.Get("Location")
	c.get(link).is(200).has(`"status":"running"`)
	c.get("/rooms/a").is(404)
	c.get(link).is(200).has(`"status":"running"`)
	c.get(link).is(200).has(`"status":"succeeded"`).has(`"targetResourceLocation":"` + serviceRoot + `/rooms/a"`)
	c.get(link).is(200).has(`"status":"succeeded"`)
	c.get("/rooms/a").is(200)
	link = c.call("POST", "/rooms", `{"id":"a"}`).is(202).header.Get("Location")
	c.get(link)
	c.get(link)
	c.get(link).has(`"status":"failed"`).has(`"code":"Conflict"`)
}

// What can be in no set of the slice is taken to be there; what can is there or is not.
func TestStoreBindsOutside(t *testing.T) {
	c := newCaller(t)
	for _, id := range []string{"a", "b"} {
		c.call("POST", "/catalog/folders", `{"id":"`+id+`","stamp@odata.bind":"`+serviceRoot+`/stamps('1')","badge@odata.bind":"catalog/badges/7"}`).is(201)
	}
	c.get("/catalog/folders/b?$select=id&$expand=stamp,badge").says(`{"id":"b","stamp":{"id":"1"},"badge":{"id":"7"}}`)
	c.call("POST", "/rooms", `{"owner@odata.bind":"people/none"}`).is(404).has("owner@odata.bind: Resource 'none' does not exist.")
	c.call("POST", "/rooms", `{"owner@odata.bind":"things/none"}`).is(404).has("'none'")
	c.call("POST", "/catalog/folders", `{"stamp@odata.bind":"catalog/none/1"}`).is(404).has("catalog/none/1")
}

// What was made further down is found where all of its type are: it is one and the same.
func TestStoreBelow(t *testing.T) {
	c := newCaller(t)
	c.call("POST", "/catalog/folders", `{"id":"a"}`).is(201)
	c.call("POST", "/catalog/folders/a/children", `{"id":"b","title":"B"}`).is(201)
	c.get("/catalog/folders/b").is(200).says(`{"id":"b","title":"B"}`)
	c.call("POST", "/catalog/folders/b/children", `{"id":"c"}`).is(201)
	c.call("PATCH", "/catalog/folders/c", `{"title":"C"}`).is(200)
	c.get("/catalog/folders/b/children").is(200).has(`{"id":"c","title":"C"}`)
	if got := c.get("/catalog/folders").ids(); got != "a" {
		t.Error(got)
	}
	c.call("DELETE", "/catalog/folders/b", "").is(204)
	if got := c.get("/catalog/folders/a/children").ids(); got != "" {
		t.Error(got)
	}
	c.get("/catalog/folders/c").is(404)
	c.call("POST", "/people", `{"id":"p"}`).is(201)
	c.call("POST", "/people/p/desk/folders", `{"id":"d"}`).is(201)
	c.call("POST", "/people/p/desk/folders/d/children", `{"id":"e"}`).is(201)
	c.get("/people/p/desk/folders/e").is(200)
}
