package graphtest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// What the tests of the store have for a slice: rooms with seats, guests and an owner, people, and a catalog of apps.
var storeTables = tables{
	roots: []root{
		{"rooms", "test.room", true}, {"people", "test.person", true}, {"me", "test.person", false},
		{"catalog", "test.catalog", false}, {"things", "test.thing", true},
	},
	types: []structuredType{
		{name: "test.thing", set: "things", properties: []property{{name: "id", of: "Edm.String", flags: key}}},
		{name: "test.person", base: "test.thing", properties: []property{
			{name: "login", of: "Edm.String"}, {name: "age", of: "Edm.Int32", flags: nullable},
			{name: "rooms", of: "Collection(test.room)", flags: navigation},
			{name: "boss", of: "test.person", flags: navigation},
			{name: "photo", of: "test.photo", flags: navigation | contained},
		}},
		{name: "test.room", base: "test.thing", set: "rooms", properties: []property{
			{name: "name", of: "Edm.String", flags: nullable}, {name: "kind", of: "test.roomKind"},
			{name: "size", of: "Edm.Int32", flags: nullable}, {name: "opened", of: "Edm.DateTimeOffset", flags: nullable},
			{name: "code", of: "Edm.Guid", flags: nullable}, {name: "price", of: "Edm.Double", flags: nullable},
			{name: "tags", of: "Collection(Edm.String)"}, {name: "address", of: "test.address", flags: nullable},
			{name: "webUrl", of: "Edm.String", flags: nullable | readOnly},
			{name: "plan", of: "Edm.Stream", flags: nullable},
			{name: "seats", of: "Collection(test.seat)", flags: navigation | contained},
			{name: "guests", of: "Collection(test.person)", flags: navigation},
			{name: "owner", of: "test.person", flags: navigation},
		}},
		{name: "test.address", properties: []property{
			{name: "street", of: "Edm.String"}, {name: "city", of: "Edm.String"},
		}},
		{name: "test.photo", properties: []property{
			{name: "id", of: "Edm.String", flags: key}, {name: "width", of: "Edm.Int32"},
		}},
		{name: "test.seat", flags: abstract, properties: []property{
			{name: "id", of: "Edm.String", flags: key | readOnly}, {name: "label", of: "Edm.String", flags: nullable},
		}},
		{name: "test.personSeat", base: "test.seat", properties: []property{
			{name: "note", of: "Edm.String", flags: nullable}, {name: "person", of: "test.person", flags: navigation},
		}},
		{name: "test.catalog", properties: []property{
			{name: "apps", of: "Collection(test.app)", flags: navigation | contained},
			{name: "folders", of: "Collection(test.folder)", flags: navigation | contained},
		}},
		{name: "test.stamp", set: "stamps", properties: []property{{name: "id", of: "Edm.String", flags: key}}},
		{name: "test.badge", set: "catalog/badges", properties: []property{{name: "id", of: "Edm.String", flags: key}}},
		{name: "test.folder", properties: []property{
			{name: "id", of: "Edm.String", flags: key}, {name: "title", of: "Edm.String", flags: nullable},
			{name: "children", of: "Collection(test.folder)", flags: navigation | contained},
			{name: "stamp", of: "test.stamp", flags: navigation}, {name: "badge", of: "test.badge", flags: navigation},
		}},
		{name: "test.app", base: "test.thing", set: "catalog/apps", properties: []property{{name: "title", of: "Edm.String"}}},
	},
	enums: []enumType{{name: "test.roomKind", members: []string{"open", "closed"}}},
	operations: concat(
		crud("/rooms", "test.room"), crud("/rooms/{room-id}/seats", "test.seat"),
		crud("/catalog/folders", "test.folder"), crud("/catalog/folders/{folder-id}/children", "test.folder"),
		crud("/people/{person-id}/desk/folders", "test.folder"), crud("/people/{person-id}/desk/folders/{folder-id}/children", "test.folder"),
		crud("/people", "test.person"),
		crud("/catalog/apps", "test.app"), crud("/things", "test.thing"), crud("/rooms/{room-id}/notes", ""),
		crud("/me/desk/drawers", ""),
		references("/rooms/{room-id}/guests"), references("/people/{person-id}/rooms"), []operation{
			{method: "GET", path: "/me", kind: get, answer: "test.person"},
			{method: "PATCH", path: "/me", kind: update, body: "test.person"},
			{method: "GET", path: "/me/rooms", kind: list, answer: "test.room"},
			{method: "GET", path: "/rooms/{room-id}/view", kind: list, answer: "test.seat", query: []string{"from!"}, on: "Rooms().AnyID().View().OnList", takes: "func()"},
			{method: "GET", path: "/people(login='{login}')", kind: get, answer: "test.person"},
			{method: "PATCH", path: "/people(login='{login}')", kind: update, body: "test.person"},
			{method: "GET", path: "/rooms/{room-id}/owner", kind: get, answer: "test.person"},
			{method: "GET", path: "/rooms/{room-id}/owner/$ref", kind: get, answer: "text"},
			{method: "PUT", path: "/rooms/{room-id}/owner/$ref", kind: replace},
			{method: "DELETE", path: "/rooms/{room-id}/owner/$ref", kind: remove},
			{method: "GET", path: "/rooms/{room-id}/plan", kind: get, answer: "stream"},
			{method: "PUT", path: "/rooms/{room-id}/plan", kind: replace, body: "stream"},
			{method: "GET", path: "/people/{person-id}/photo", kind: get, answer: "test.photo"},
			{method: "GET", path: "/people/{person-id}/photo/$value", kind: get, answer: "stream"},
			{method: "PUT", path: "/people/{person-id}/photo/$value", kind: replace, body: "stream"},
			{method: "DELETE", path: "/people/{person-id}/photo/$value", kind: remove},
			{method: "GET", path: "/rooms/{room-id}/address", kind: get, answer: "test.address"},
			{method: "PATCH", path: "/rooms/{room-id}/address", kind: update, body: "test.address"},
			{method: "GET", path: "/rooms/delta()", kind: function, flags: pageable | changes, answer: "test.room"},
			{method: "GET", path: "/rooms/{room-id}/guests/delta()", kind: function, flags: pageable | changes, answer: "test.person"},
			{method: "GET", path: "/things/test.person", kind: list, answer: "test.person"},
			{method: "POST", path: "/rooms/{room-id}/test.close", kind: action, on: "Rooms().ByID(id).OnClose", takes: "func()"},
			{method: "GET", path: "/rooms/{room-id}/test.find(q='{q}')/owner", place: "/rooms/{room-id}/test.find(…)/owner",
				kind: get, answer: "test.person"},
			{method: "GET", path: "/rooms/{room-id}.json", kind: get, answer: "test.room"},
			{method: "GET", path: "/rooms/{room-id}/row(n={n})", kind: custom, answer: "test.room"},
			{method: "POST", path: "/pages", kind: create, body: "text"},
			{method: "GET", path: "/rooms/{room-id}/next/$ref", kind: get, answer: "text"},
			{method: "PUT", path: "/rooms/{room-id}/next/$ref", kind: replace},
			{method: "PUT", path: "/rooms/{room-id}", kind: replace, body: "test.room", flags: longRunning},
		}),
}

// crud are the operations of a collection.
func crud(path, of string) []operation {
	one := path + "/{of" + strings.NewReplacer("/", "-", "{", "", "}", "").Replace(path) + "}"
	return []operation{
		{method: "GET", path: path, kind: list, answer: of, flags: pageable},
		{method: "POST", path: path, kind: create, body: of, answer: of, flags: longRunning},
		{method: "GET", path: path + "/$count", kind: count},
		{method: "GET", path: one, kind: get, answer: of},
		{method: "PATCH", path: one, kind: update, body: of, answer: of},
		{method: "DELETE", path: one, kind: remove},
	}
}

// references are the operations of a collection of what is elsewhere.
func references(path string) []operation {
	return []operation{
		{method: "GET", path: path, kind: list, answer: "test.thing", flags: pageable},
		{method: "GET", path: path + "/$ref", kind: list, answer: "text"},
		{method: "POST", path: path + "/$ref", kind: create},
		{method: "DELETE", path: path + "/{id}/$ref", kind: remove},
		{method: "DELETE", path: path + "/$ref", kind: remove},
	}
}

func concat(lists ...[]operation) []operation {
	var all []operation
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// caller calls a store by HTTP.
type caller struct {
	t     testing.TB
	store *Store
}

func newCaller(t testing.TB, options ...Option) *caller {
	t.Helper()
	return &caller{t, newStore(t, storeTables, append([]Option{Lenient()}, options...))}
}

// got is an answer.
type got struct {
	t      testing.TB
	call   string
	status int
	header http.Header
	body   []byte
	object map[string]any
}

// call calls the store; what is an address may be one, and headers are "Name: value".
func (c *caller) call(method, path, body string, headers ...string) *got {
	c.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = serviceRoot + path
	}
	path = strings.ReplaceAll(path, " ", "%20")
	r, err := http.NewRequest(method, path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer x")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	response, err := c.store.HTTPClient().Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	g := &got{t: c.t, call: method + " " + path, status: response.StatusCode, header: response.Header}
	if g.body, err = io.ReadAll(response.Body); err != nil {
		c.t.Fatal(err)
	}
	if len(g.body) > 0 && g.body[0] == '{' {
		d := json.NewDecoder(bytes.NewReader(g.body))
		d.UseNumber()
		if err := d.Decode(&g.object); err != nil {
			c.t.Fatalf("%s: %v: %s", g.call, err, g.body)
		}
	}
	return g
}

func (c *caller) get(path string, headers ...string) *got {
	c.t.Helper()
	return c.call("GET", path, "", headers...)
}

// made creates an entity and returns its key.
func (c *caller) made(path, body string) string {
	c.t.Helper()
	g := c.call("POST", path, body).is(201)
	return g.object["id"].(string)
}

// is expects a status.
func (g *got) is(status int) *got {
	g.t.Helper()
	if g.status != status {
		g.t.Fatalf("%s: %d, want %d: %s", g.call, g.status, status, g.body)
	}
	return g
}

// says expects a text in the body, with what only the store knows of entities left out.
func (g *got) says(want string) *got {
	g.t.Helper()
	if text := g.text(); text != want {
		g.t.Fatalf("%s:\n got %s\nwant %s", g.call, text, want)
	}
	return g
}

// has expects a part of the body.
func (g *got) has(want string) *got {
	g.t.Helper()
	if !strings.Contains(g.text(), want) {
		g.t.Fatalf("%s:\n got %s\nwant %s in it", g.call, g.text(), want)
	}
	return g
}

// text is the body without ETags.
func (g *got) text() string { return etagForm.ReplaceAllString(string(g.body), "") }

// ids are the keys of a page, with what is removed behind a minus.
func (g *got) ids() string {
	g.t.Helper()
	g.is(200)
	ids := []string{}
	values, _ := g.object["value"].([]any)
	for _, v := range values {
		object := v.(map[string]any)
		id, _ := object["id"].(string)
		if object["@removed"] != nil {
			id = "-" + id
		}
		ids = append(ids, id)
	}
	return strings.Join(ids, " ")
}

func (g *got) link(name string) string {
	g.t.Helper()
	link, ok := g.object[name].(string)
	if !ok {
		g.t.Fatalf("%s: there is no %s: %s", g.call, name, g.body)
	}
	return link
}
