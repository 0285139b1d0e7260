package graphtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestStoreOneEntityOfSeveralPaths(t *testing.T) {
	c := newCaller(t)
	if err := c.store.memory.load([]byte(`{
		"me": {"id":"p","login":"alex","rooms":[{"id":"a","name":"Oak"}]},
		"people": [{"id":"q","boss":{"id":"p"}}],
		"people/q/rooms": [{"id":"a"}, {"id":"b"}],
		"rooms/b/seats": [{"@odata.type":"#test.personSeat","id":"s","person@odata.bind":"people/late"}],
		"catalog/apps": [{"id":"x"}],
		"people/late": {"age":1}
	}`)); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/people": "p q late", "/rooms": "a b", "/me/rooms": "a", "/people/q/rooms": "a b", "/catalog/apps": "x",
		"/rooms/b/seats": "s", "/things": "p a q b x late", "/things/test.person": "p q late",
	} {
		if got := c.get(path).ids(); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	c.call("PATCH", "/me", `{"login":"Al"}`).is(204)
	c.get("/people/p").has(`"login":"Al"`)
	c.get("/things/a").has(`"@odata.type":"#test.room"`).has(`"name":"Oak"`)
	c.call("DELETE", "/rooms/a", "").is(204)
	if got := c.get("/me/rooms").ids(); got != "" {
		t.Error(got)
	}
	c.call("POST", "/rooms/b/notes", `{"text":"of a type that the slice does not know","n":1.10}`).is(201)
	c.get("/rooms/b/notes?$filter=n gt 1 and startswith(text,'of')&$select=n").is(200).says(`{"value":[{"n":1.10}]}`)
}

func TestStoreUnique(t *testing.T) {
	c := newCaller(t)
	c.made("/people", `{"id":"p"}`)
	c.store.Unique("/rooms", func(made, old map[string]any) bool {
		owner := func(room map[string]any) any {
			person, _ := room["owner"].(map[string]any)
			return person["id"]
		}
		return owner(made) != nil && owner(made) == owner(old)
	})
	first := c.made("/rooms", `{"owner@odata.bind":"people/p"}`)
	if again := c.made("/rooms", `{"owner@odata.bind":"people/p","seats":[{"@odata.type":"#test.personSeat"}]}`); again != first {
		t.Errorf("%s, then %s", first, again)
	}
	c.made("/rooms", `{}`)
	c.made("/rooms", `{}`)
	c.get("/rooms/$count").says("3")
}

func TestStoreFills(t *testing.T) {
	c := newCaller(t)
	c.made("/people", `{"id":"p","login":"alex"}`)
	c.store.Fill("/rooms/{room-id}/seats", func(made map[string]any) {
		person, _ := made["person"].(map[string]any)
		made["label"], made["id"] = person["login"], "other"
	})
	c.store.Fill("/rooms", func(made map[string]any) {
		made["webUrl"] = "https://x/" + made["id"].(string)
		made["seats"].([]any)[0].(map[string]any)["note"] = "first"
	})
	c.call("POST", "/rooms", `{"id":"a","seats":[{"@odata.type":"#test.personSeat","person@odata.bind":"people/p"}]}`).
		is(201).says(`{"id":"a","webUrl":"https://x/a"}`)
	c.get("/rooms/a/seats?$select=label,test.personSeat/note").
		says(`{"value":[{"@odata.type":"#test.personSeat","label":"alex","note":"first"}]}`)
	c.call("PATCH", "/rooms/a", `{"webUrl":"x"}`).is(200).has("https://x/a")
	if err := c.store.memory.load([]byte(`{"rooms":[{"id":"b"}]}`)); err != nil {
		t.Fatal(err)
	}
	c.get("/rooms/b").says(`{"id":"b"}`)
}

func TestStorePreferences(t *testing.T) {
	c := newCaller(t)
	c.call("POST", "/rooms", `{"id":"a"}`, "Prefer: return=minimal").is(204)
	c.call("PATCH", "/rooms/a", `{"size":1}`, "Prefer: return=minimal").is(204)
	c.call("PATCH", "/me", `{}`).is(404).has("Nothing has been put at /me")
	c.call("PATCH", "/rooms/b", `{"size":1}`, "Prefer: create-if-missing").is(201).says(`{"id":"b","size":1}`)
}

// What the store knows nothing of is left to handlers, and the test is told.
func TestStoreLeavesToHandlers(t *testing.T) {
	r := &recorder{TB: t}
	c := &caller{t, newStore(r, storeTables, []Option{Lenient()})}
	c.made("/rooms", `{"id":"a"}`)
	for _, call := range []string{
		"POST /rooms/a/test.close", "GET /rooms/a/test.find(q='x')/owner", "GET /rooms/a/row(n=1)", "POST /pages",
		"GET /rooms/a/view?from=1",
	} {
		r.errors = nil
		method, path, _ := strings.Cut(call, " ")
		c.call(method, path, "").is(501).has("NotHandled")
		if len(r.errors) != 1 || !strings.Contains(r.errors[0], "nobody answers this call") {
			t.Errorf("%s: %q", call, r.errors)
		}
	}
	c.get("/rooms?$apply=groupby((name))").is(501).has("does not know $apply")
	c.get("/rooms/$batch").is(404).has("UnknownOperation")
	on(c.store.at("/rooms").by("/{room-id}", "a").add("/test.close"), "POST", ends([]ErrorHandler{
		func(context.Context, Call) error { return NoContent() },
	}), empty)
	c.call("POST", "/rooms/a/test.close", "").is(204)
	c.call("PUT", "/rooms/a/next/$ref", `{"@odata.id":"rooms/a"}`).is(204)
	c.get("/rooms/a/next/$ref").is(200).has("/rooms/a")
	put(c.store.at("/rooms").by("/{room-id}", "a").add("/view"), map[string]any{"@odata.type": "#test.personSeat", "id": "s"})
	if got := c.get("/rooms/a/view?from=1").is(200).ids(); got != "s" {
		t.Error(got)
	}
}

func TestStoreSeeds(t *testing.T) {
	r := ending{&recorder{TB: t}}
	store := newStore(r, storeTables, []Option{Lenient()})
	people := store.at("/people")
	put(people, map[string]any{"id": "p"}, map[string]any{"id": "q", "age": 1})
	put(people.by("/{person-id}", "p"), map[string]any{"login": "alex"})
	put(store.at("/me"), map[string]any{"id": "q"})
	put(store.at("/rooms").by("/{room-id}", "a").add("/seats"))
	for range 2 {
		put(people.by("(login='{login}')", "cy"), map[string]any{"age": 5})
	}
	if data, ok := item(people.by("(login='{login}')", "cy")); !ok || !strings.Contains(string(data), `"age":5`) {
		t.Errorf("%s, %t", data, ok)
	}
	if data, ok := item(people.by("/{person-id}", "p")); !ok || !strings.Contains(string(data), `"login":"alex"`) {
		t.Errorf("%s, %t", data, ok)
	}
	if n := len(items(people)); n != 3 {
		t.Errorf("%d people", n)
	}
	if items(store.at("/rooms").by("/{room-id}", "b").add("/seats")) != nil || len(items(store.at("/rooms"))) != 1 {
		t.Error("there are rooms that nobody has put there")
	}
	if _, ok := item(people.by("/{person-id}", "x")); ok {
		t.Error("there is a person whom nobody has put there")
	}
	file := filepath.Join(t.TempDir(), "seeds.json")
	for text, want := range map[string]string{
		`{"people":[{"id":"r"}]}`: "", `[`: "unexpected end", `{"people":{}}`: "a collection has an array",
		`{"people":[1]}`: "entity 1: an entity is a JSON object", `{"rooms":[{"owner@odata.bind":"people/x"}]}`: "'x' does not exist",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := fatal(func() { store.Load(file) }); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q", text, got)
		}
	}
	for want, call := range map[string]func(){
		"name the key":       func() { put(people.any("/{person-id}"), map[string]any{}) },
		"graphtest.NewStore": func() { put(newServer(r, storeTables, nil).at("/people")) },
		"no path /nobody":    func() { store.Unique("/nobody", nil) },
		"no property 'logn'": func() { store.AlternateKey("/people", "logn") },
		"option of NewStore": func() { newServer(r, storeTables, []Option{PageSize(1)}) },
		"unsupported type":   func() { put(people, map[string]any{"x": func() {}}) },
		"what is there":      func() { put(store.at("/rooms").by("/{room-id}:", "a")) },
		"not where entities": func() { put(people.by("/{person-id}", "p").add("/login"), map[string]any{}) },
		"is not known":       func() { put(people, map[string]any{"@odata.type": "#test.none"}) },
		"does not exist":     func() { put(people, map[string]any{"boss@odata.bind": "people/x"}) },
		"is a JSON object":   func() { put(people, nil) },
	} {
		if got := fatal(call); !strings.Contains(got, want) {
			t.Errorf("%q, want %q in it", got, want)
		}
	}
}

// Seeds in a file have what the slice has.
func TestStoreSeedsAreChecked(t *testing.T) {
	strict := newStore(ending{&recorder{TB: t}}, storeTables, nil)
	file := filepath.Join(t.TempDir(), "seeds.json")
	for text, want := range map[string]string{
		`{"peoples":[]}`: `"peoples": no path of the slice begins like this; there is /people`, `{"nobody":[]}`: "", `{"people":[{"id":"r","age":"old"}]}`: "entity 1: age: Cannot convert",
		`{"/people":[{"id":"r"},{"logn":"r"}]}`: "entity 2: logn: The property 'logn' does not exist", `{"rooms":[{"webUrl":"x","kind":"open"}]}`: "",
		`{"rooms":[{"kind":"shut"}]}`: "entity 1: kind: Requested value 'shut'", `{"rooms('a')/seats":[{"@odata.type":"#test.personSeat","note":"n"}]}`: "",
		`{"things":[{"@odata.type":"#test.person","login":"x","boss@odata.bind":"people/r"}],"people":[{"id":"r"}]}`: "",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := fatal(func() { strict.Load(file) }); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q", text, got)
		}
	}
}

// ending is a test that panics where it ends.
type ending struct{ *recorder }

func (ending) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// fatal is what ends a test.
func fatal(f func()) (text string) {
	defer func() {
		if failed, ok := recover().(string); ok {
			text = failed
		}
	}()
	f()
	return ""
}

func TestStoreAtTheSameTime(t *testing.T) {
	c := newCaller(t, PageSize(3), Polls(0))
	c.store.Fill("/rooms", func(made map[string]any) { made["webUrl"] = "x" })
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			one := &caller{t, c.store}
			for j := range 20 {
				id := fmt.Sprintf("r%d-%d", i, j)
				link := one.call("POST", "/rooms", `{"id":"`+id+`","guests":[{"id":"g"}]}`).header.Get("Location")
				one.get(link)
				one.call("PATCH", "/rooms/"+id, `{"name":"x"}`)
				one.get("/rooms?$expand=guests&$orderby=name")
				one.get("/rooms/delta()")
				if j%2 == 0 {
					one.call("DELETE", "/rooms/"+id, "")
				}
				items(c.store.at("/rooms"))
			}
		})
	}
	wg.Wait()
	checkStore(t, c.store.memory)
	c.get("/rooms/$count").says("40")
	c.get("/people/$count").says("1")
}

// What is a part of something is there with it, though the slice has only what is in it.
func TestStoreParts(t *testing.T) {
	c := newCaller(t)
	c.get("/me/desk/drawers").is(404).has("Nothing has been put at /me")
	put(c.store.at("/me"), map[string]any{"id": "p"})
	c.get("/me/desk/drawers").is(200).has(`"value":[]`)
	c.call("POST", "/me/desk/drawers", `{"id":"low"}`).is(201)
	drawers := c.store.at("/me").add("/desk").add("/drawers")
	put(drawers, map[string]any{"id": "top"})
	if n := len(items(drawers)); n != 2 {
		t.Errorf("%d drawers", n)
	}
}
