package graphtest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
)

// ask is a request, and why the service refuses it; "" if it does not.
type ask struct{ name, method, path, body, want string }

func TestStrictBodies(t *testing.T) {
	order := func(more string) string { return `{"title":"t",` + more + `}` }
	create := func(name, more, want string) ask { return ask{name, "POST", "/orders", order(more), want} }
	people := serviceRoot + "/people"
	checkAll(t, []ask{
		{"least", "POST", "/orders", `{"title":"t"}`, ""},
		{"nothing", "POST", "/orders", ``, "Empty Payload. JSON content expected."},
		{"no JSON", "POST", "/orders", `{"title":`, "Unable to read JSON request payload. Please ensure Content-Type header is set and " +
			"payload is of valid JSON format: unexpected end of JSON input"},
		{"two values", "POST", "/orders", `{} {}`, "Unable to read JSON request payload. Please ensure Content-Type header is set and " +
			"payload is of valid JSON format: invalid character '{' after top-level value"},
		{"an array", "POST", "/orders", `[]`, "the body: An object of type 'shop.order' is expected, and this is an array."},
		{"null", "POST", "/orders", `null`, "the body: An object of type 'shop.order' is expected, and this is null."},
		{"blanks", "POST", "/orders", " \n{ \"title\" : \"t\" , \"tags\" : [ \"a\" , \"b\" ] }\n", ""},
		{"title is missing", "POST", "/orders", `{"note":"n"}`, "title: The property 'title' is required."},
		create("everything", `"note":null,"count":1.0,"big":9007199254740993,"small":255,"price":1.50,"weight":"INF","paid":true,"due":"2026-01-31",
			"at":"2026-01-31T10:00:00.1234567+01:00","clock":"10:00:00","takes":"PT1H","ref":"8b081ef6-4792-4def-B2C9-c363a1bf41d5","scan":"AAE=",
			"any":[1],"state":"sent","marks":"red, blue","level":2,"tags":["a","b"],"address":{"city":null},"made":null,"id":"own"`, ""),
		create("unknown", `"nots":1`, "nots: The property 'nots' does not exist on type 'shop.order'. Make sure to only use property names "+
			"that are defined by the type."),
		create("capitals", `"Note":"n"`, ""),
		create("twice", `"note":"a","note":"b"`, "note: Multiple properties with the name 'note' were detected."),
		create("annotations", `"@shop.mode":1,"note@odata.type":"#String","lines@odata.context":"…"`, ""),
		create("null", `"state":null`, "state: A null value was found, and the expected type 'shop.state' does not allow null values."),
		create("string", `"note":1`, "note: Cannot convert the literal '1' to the expected type 'Edm.String'."),
		create("integer", `"count":1.5`, "count: Cannot convert the literal '1.5' to the expected type 'Edm.Int32'."),
		create("range", `"count":2147483648`, "count: Cannot convert the literal '2147483648' to the expected type 'Edm.Int32'."),
		create("huge", `"big":1e300`, "big: Cannot convert the literal '1e300' to the expected type 'Edm.Int64'."),
		create("sign", `"small":-1`, "small: Cannot convert the literal '-1' to the expected type 'Edm.Byte'."),
		create("quoted", `"count":"1"`, "count: Cannot convert the literal '1' to the expected type 'Edm.Int32'."),
		create("boolean in quotes", `"paid":"True"`, ""),
		create("boolean", `"paid":1`, "paid: Cannot convert the literal '1' to the expected type 'Edm.Boolean'."),
		create("date", `"due":"2026-02-30"`, "due: Cannot convert the literal '2026-02-30' to the expected type 'Edm.Date'."),
		create("time", `"at":"31.1.2026"`, "at: Cannot convert the literal '31.1.2026' to the expected type 'Edm.DateTimeOffset'."),
		create("time without an offset", `"at":"2026-01-31 10:00:00.5"`, ""),
		create("date for a time", `"at":"2026-01-31"`, ""),
		create("clock", `"clock":"25:00:00"`, "clock: Cannot convert the literal '25:00:00' to the expected type 'Edm.TimeOfDay'."),
		create("duration", `"takes":"1h"`, "takes: Cannot convert the literal '1h' to the expected type 'Edm.Duration'."),
		create("GUID", `"ref":"8b081ef6"`, "ref: Cannot convert the literal '8b081ef6' to the expected type 'Edm.Guid'."),
		create("base64", `"scan":"a b"`, "scan: Cannot convert the literal 'a b' to the expected type 'Edm.Binary'."),
		create("enum", `"state":"lost"`, "state: Requested value 'lost' was not found in the enumeration 'shop.state'."),
		create("enum's kind", `"state":1`, "state: A string is expected for the enumeration 'shop.state', and this is a number."),
		create("enum's letters", `"state":"New"`, ""),
		create("flags", `"marks":"red,green"`, "marks: Requested value 'green' was not found in the enumeration 'shop.marks'."),
		create("several of one", `"state":"new,sent"`, "state: Requested value 'new,sent' was not found in the enumeration 'shop.state'."),
		create("number", `"level":3`, "level: Invalid value '3' for the enumeration 'shop.level'."),
		create("one of many", `"tags":"a"`, "tags: A collection of 'Edm.String' is expected, and this is a string."),
		create("null of many", `"tags":null`, ""),
		create("null among many", `"tags":[null]`, "tags[0]: A null value was found, and the expected type 'Edm.String' does not allow null values."),
		create("many of one", `"note":["a"]`, `note: Cannot convert the literal '["a"]' to the expected type 'Edm.String'.`),
		create("too many", `"tags":["a","b","c"]`, "tags: The collection has more than 2 items."),
		create("item", `"tags":["a",2]`, "tags[1]: Cannot convert the literal '2' to the expected type 'Edm.String'."),
		create("inside", `"address":{"city":7}`, "address.city: Cannot convert the literal '7' to the expected type 'Edm.String'."),
		create("read-only", `"made":"2026-01-31T10:00:00Z"`, "made: The property 'made' is read-only and cannot be set."),
		create("deep", `"lines":[{"@odata.type":"#shop.goods","article":"a","amount":1}]`, ""),
		create("without #", `"lines":[{"@odata.type":"shop.goods","article":"a"}]`, ""),
		create("open", `"lines":[{"@odata.type":"#shop.work","whatever":1}]`, ""),
		create("abstract", `"lines":[{"amount":1}]`, "lines[0]: Cannot create an abstract class: 'shop.line' is abstract, and the value has no @odata.type."),
		create("abstract by name", `"lines":[{"@odata.type":"#shop.line"}]`, "lines[0].@odata.type: Cannot create an abstract class: 'shop.line' is abstract."),
		create("unheard type", `"lines":[{"@odata.type":"#shop.good"}]`, "lines[0].@odata.type: A type named 'shop.good' could not be resolved: the slice has none."),
		create("parameters", `"lines":[{"@odata.type":"ShipParameters"}]`, "lines[0].@odata.type: A type named 'ShipParameters' could not be resolved: the slice has none."),
		create("type of no text", `"lines":[{"@odata.type":1}]`, "lines[0].@odata.type: The name of a type is expected, and this is a number."),
		create("other type", `"lines":[{"@odata.type":"#shop.person"}]`, "lines[0].@odata.type: The value specifies its type as 'shop.person', "+
			"which is incompatible with the expected type 'shop.line'."),
		create("another's property", `"buyer":{"desk":"1"}`, "buyer.desk: The property 'desk' does not exist on type 'shop.person'. Make sure to "+
			"only use property names that are defined by the type."),
		create("derived", `"buyer":{"@odata.type":"#shop.clerk","desk":"1"}`, ""),

		create("bind", `"buyer@odata.bind":"`+people+`('1')"`, ""),
		create("bind by segment", `"buyer@odata.bind":"`+people+`/alex@contoso.com"`, ""),
		create("bind below", `"buyer@odata.bind":"people/1"`, ""),
		create("bind deep", `"buyer@odata.bind":"`+serviceRoot+`/orders/1/buyer"`, ""),
		create("bind me", `"buyer@odata.bind":"`+serviceRoot+`/me"`, ""),
		create("bind many", `"helpers@odata.bind":["`+people+`/1","`+people+`/2"]`, ""),
		create("bind in a path", `"shelf@odata.bind":"`+serviceRoot+`/house/shelves('1')"`, ""),
		create("bind in a set of its own", `"agent@odata.bind":"house/agents/1"`, ""),
		create("bind all of its own", `"agent@odata.bind":"house/agents"`, "agent@odata.bind: The address 'house/agents' names all of house/agents; the key of one is missing."),
		create("bind not in its own", `"agent@odata.bind":"home/agents/1"`, "agent@odata.bind: The address 'home/agents/1' is wrong: there is no home/agents. One of "+
			"'shop.person' begins with house/agents."),
		create("bind in the set of its type", `"agent@odata.bind":"people/1"`, ""),
		create("bind too many", `"helpers@odata.bind":["people/1","people/2","people/3"]`, "helpers@odata.bind: The collection has more than 2 items."),
		create("bind one of many", `"helpers@odata.bind":"people/1"`, "helpers@odata.bind: An array of addresses is expected, and this is a string."),
		create("bind many of one", `"buyer@odata.bind":["people/1"]`, "buyer@odata.bind: The address of an entity is expected, and this is an array."),
		create("bind nothing", `"buyer@odata.bind":""`, "buyer@odata.bind: The address '' names no entity."),
		create("bind all", `"buyer@odata.bind":"`+people+`"`, "buyer@odata.bind: The address '"+people+"' names all of people; the key of one is missing."),
		create("bind all in a path", `"shelf@odata.bind":"house/shelves"`, "shelf@odata.bind: The address 'house/shelves' names all of house/shelves; the key of one is missing."),
		create("bind without a key", `"buyer@odata.bind":"`+people+`('')"`, "buyer@odata.bind: The address '"+people+"('')' names all of people; the key of one is missing."),
		create("bind elsewhere", `"helpers@odata.bind":["people/1","https://graph.example.com/v1.0/people/1"]`, "helpers@odata.bind[1]: The address "+
			"'https://graph.example.com/v1.0/people/1' is not below the service root, "+serviceRoot+"."),
		create("bind another version", `"buyer@odata.bind":"https://graph.microsoft.com/beta/people/1"`, "buyer@odata.bind: The address "+
			"'https://graph.microsoft.com/beta/people/1' is not below the service root, "+serviceRoot+"."),
		create("bind nobody", `"buyer@odata.bind":"persons/1"`, "buyer@odata.bind: The address 'persons/1' is wrong: there is no persons. One of "+
			"'shop.person' begins with people."),
		create("bind something else", `"buyer@odata.bind":"orders/1"`, "buyer@odata.bind: The address 'orders/1' is that of an entity of type "+
			"'shop.order', and 'shop.person' is expected."),
		create("bind a part", `"lines@odata.bind":["orders/1/lines/2"]`, "lines@odata.bind: The property 'lines' on type 'shop.order' holds what exists "+
			"only as a part of it, and cannot be bound."),
		create("bind a text", `"note@odata.bind":"people/1"`, "note@odata.bind: The property 'note' on type 'shop.order' is not a navigation property, and cannot be bound."),
		create("bind the unknown", `"seller@odata.bind":"people/1"`, "seller@odata.bind: The property 'seller' does not exist on type 'shop.order'."),
		create("reference", `"helpers":[{"@odata.id":"people/1"}]`, ""),

		{"change", "PATCH", "/orders/1", `{"note":null}`, ""},
		{"change with the key", "PATCH", "/orders/1", `{"id":"1"}`, ""},
		{"change of the key", "PATCH", "/orders/1", `{"id":"2"}`, "id: The key property 'id' cannot be changed."},
		{"change of what is read-only", "PATCH", "/orders/1", `{"made":"2026-01-31T10:00:00Z"}`, "made: The property 'made' is read-only and cannot be set."},
		{"change of what is derived", "PATCH", "/orders/1/lines/2", `{"article":"a"}`, ""},
		{"change of what may be open", "PATCH", "/orders/1/lines/2", `{"@odata.type":"#shop.goods","articles":"a"}`, "articles: The property 'articles' does not " +
			"exist on type 'shop.goods'. Make sure to only use property names that are defined by the type."},
		{"creation of what is derived", "POST", "/orders/1/lines", `{"article":"a"}`, "the body: Cannot create an abstract class: 'shop.line' is abstract, " +
			"and the value has no @odata.type."},
		{"action", "POST", "/orders/1/ship", `{"to":{},"fast":true,"order":{"title":"t","made":"2026-01-31T10:00:00Z"}}`, ""},
		{"action in capitals", "POST", "/Orders/1/SHIP", `{"To":{},"Fast":true}`, ""},
		{"action without a body", "POST", "/orders/1/shop.pack", ``, ""},
		{"action that needs a body", "POST", "/orders/1/shop.ship", ``, "Empty Payload. JSON content expected."},
		{"action's parameter that cannot be null", "POST", "/orders/1/shop.ship", `{"to":{},"fast":null}`, "fast: A null value was found, and the expected " +
			"type 'Edm.Boolean' does not allow null values."},
		{"action's parameter that is missing", "POST", "/orders/1/shop.ship", `{"TO":{}}`, "fast: The property 'fast' is required."},
		{"action's parameter", "POST", "/orders/1/shop.ship", `{}`, "to: The property 'to' is required."},
		{"$ref", "POST", "/orders/1/helpers/$ref", `{"@odata.id":"` + people + `/1"}`, ""},
		{"$ref without", "POST", "/orders/1/helpers/$ref", `{"id":"1"}`, "the body: The property '@odata.id' is required."},
		{"$ref elsewhere", "POST", "/orders/1/helpers/$ref", `{"@odata.id":"https://x.example/people/1"}`, "@odata.id: The address 'https://x.example/people/1' " +
			"is not below the service root, " + serviceRoot + "."},
	})
}

func TestStrictQueries(t *testing.T) {
	get := func(path, want string) ask { return ask{path, "GET", path, "", want} }
	orders := func(query, want string) ask { return get("/orders?"+query, want) }
	checkAll(t, []ask{
		orders("$select=id,title,address/city,buyer&$expand=lines($select=amount,article;$top=2;$expand=*),buyer/boss,helpers/$ref&$orderby=title desc,address/city", ""),
		orders("$filter=title eq 'it''s (here' and not (count gt 1)&$top=0&$skip=3&$count=true&$search=\"a\"&shop=1&$format=json", ""),
		orders("$orderBy=Title&select=TITLE&$expand=lines/shop.goods&SHOP=2&@p=1", ""),
		orders("$top=-1", "Invalid value '-1' for $top query option found. The $top query option requires a non-negative integer value."),
		orders("$skip=x", "Invalid value 'x' for $skip query option found. The $skip query option requires a non-negative integer value."),
		orders("$count=1", "Invalid value '1' for $count query option found. Valid values are 'true' and 'false'."),
		orders("$selct=id", "The query parameter '$selct' is not supported."),
		orders("shops=1", "The query parameter 'shops' is not supported: 'shop' is."),
		orders("fitler=1", "The query parameter 'fitler' is not supported: '$filter' is."),
		get("/me?selec=1", "The query parameter 'selec' is not supported: '$select' is."),
		get("/me?other=1&to=2", ""),
		get("/me?$top=1", "The query parameter '$top' is not supported here: GET /me answers with one thing."),
		get("/me?$count=true&$select=desk&$expand=boss($levels=max)", ""),
		get("/orders/$count?$filter=count gt 1", ""),
		get("/orders/$count?$expand=lines", "The query parameter '$expand' is not supported here: GET /orders/$count answers with one thing."),
		get("/orders/between(from=1)", "This request requires the query parameter 'zone'."),
		get("/orders/between(from=1)?zone=a&$top=1", ""),
		orders("$select=", "The value of the query parameter '$select' is empty."),
		orders("$select=id,,title", "Invalid select clause: Syntax error in 'id,,title': the name of a property is missing."),
		orders("$select=titel", "Could not find a property named 'titel' on type 'shop.order'."),
		orders("$select=address/town", "Could not find a property named 'town' on type 'shop.address'."),
		orders("$expand=line", "Could not find a property named 'line' on type 'shop.order'."),
		orders("$expand=title", "Property 'title' on type 'shop.order' is not a navigation property or complex property. Only navigation properties can be expanded."),
		orders("$expand=buyer($select=nam)", "buyer: Could not find a property named 'nam' on type 'shop.person'."),
		orders("$expand=buyer($pick=name)", "Invalid expand clause: 'buyer' has no option '$pick'."),
		orders("$expand=buyer(name)", "Invalid expand clause: Syntax error in the options of 'buyer': 'name'."),
		orders("$expand=buyer($select=name", "Invalid expand clause: Syntax error at position 5 in 'buyer($select=name': the parenthesis is not closed."),
		orders("$expand=lines/shop.good", "The type 'shop.good' could not be resolved: the slice has none."),
		orders("$orderby=titel", "Could not find a property named 'titel' on type 'shop.order'."),
		orders("$orderby=title up", "Invalid orderby clause: Syntax error in 'title up': a property and asc or desc are expected."),
		orders("$filter=not (titel eq 'a')", "Invalid filter clause: Could not find a property named 'titel' on type 'shop.order'."),
		orders("$filter=title eq 'x' and address/town ne null", "Invalid filter clause: Could not find a property named 'town' on type 'shop.address'."),
		orders("$filter=lines/any(l:l/id eq 'a' and true eq l/shop.work/whatever) and lines/$count gt 1 and length(title) gt 5 and at lt 2026-01-31T00:00:00Z and "+
			"2026-01-31T00:00:00Z le at and tags/any(tag: tag in ('here eq there')) or contains(note,'a eq b') and buyer/shop.clerk/desk eq null", ""),
		orders("$filter=title eq 'a", "Invalid filter clause: There is an unterminated string literal at position 9 in 'title eq 'a'."),
		orders("$filter=(title eq 'a'", "Invalid filter clause: Syntax error at position 0 in '(title eq 'a'': the parenthesis is not closed."),
		orders("$filter=title eq 'a')", "Invalid filter clause: Syntax error at position 12 in 'title eq 'a')': the parenthesis closes nothing."),
	})
}

func TestStrictHeaders(t *testing.T) {
	tests := []struct{ name, method, path, body, header, value, want string }{
		{"If-Match", "DELETE", "/orders/1", "", "If-Match", `W/"1"`, ""},
		{"any", "DELETE", "/orders/1", "", "If-Match", "*", ""},
		{"several", "DELETE", "/orders/1", "", "If-Match", `"a,b" , W/"c"`, ""},
		{"without quotes", "DELETE", "/orders/1", "", "If-Match", "JzEtVGFzay==", ""},
		{"none", "DELETE", "/orders/1", "", "X-Other", "1", "Required header 'If-Match' is missing."},
		{"half of the quotes", "DELETE", "/orders/1", "", "If-Match", `W/"1`, `The etag value in one of the request headers is not valid: If-Match: W/"1`},
		{"weak without quotes", "DELETE", "/orders/1", "", "If-Match", `W/1`, `The etag value in one of the request headers is not valid: If-Match: W/1`},
		{"quotes inside", "DELETE", "/orders/1", "", "If-Match", `a"b`, `The etag value in one of the request headers is not valid: If-Match: a"b`},
		{"no comma", "DELETE", "/orders/1", "", "If-Match", `"a" "b"`, `The etag value in one of the request headers is not valid: If-Match: "a" "b"`},
		{"another type", "POST", "/orders", `{"title":"t"}`, "Content-Type", "text/plain", "Unable to read JSON request payload. Please ensure Content-Type header is " +
			`set and payload is of valid JSON format: the Content-Type is "text/plain".`},
		{"no type", "POST", "/orders", `{"title":"t"}`, "Content-Type", "", "Unable to read JSON request payload. Please ensure Content-Type header is " +
			`set and payload is of valid JSON format: the Content-Type is "".`},
		{"JSON's options", "POST", "/orders", `{"title":"t"}`, "Content-Type", "application/json; charset=utf-8", ""},
		{"content", "PUT", "/orders/1/scan", `{"`, "Content-Type", "image/png", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checkOne(t, ask{test.name, test.method, test.path, test.body, test.want}, test.header, test.value)
		})
	}
}

func checkAll(t *testing.T, all []ask) {
	t.Helper()
	for _, a := range all {
		t.Run(a.name, func(t *testing.T) { checkOne(t, a) })
	}
}

// checkOne sends a request to a strict server, and to a lenient one, which refuses nothing.
func checkOne(t *testing.T, a ask, headers ...string) {
	t.Helper()
	path, query, _ := cutQuery(a.path)
	srv, told := newTestServer(t)
	srv.fine(a.method)
	status, body := send(t, srv, a.method, path+query, a.body, headers...)
	var answer struct {
		Error struct{ Code, Message string }
	}
	_ = json.Unmarshal([]byte(body), &answer) // compared below
	errors := told.end()
	if a.want == "" {
		if status != 204 || len(errors) > 0 {
			t.Errorf("%d %s %q", status, body, errors)
		}
		return
	}
	if status != 400 || answer.Error.Code != "BadRequest" || answer.Error.Message != a.want {
		t.Errorf("%d %s\nwant %s", status, body, a.want)
	}
	if len(errors) != 1 || errors[0] != "graphtest: "+a.method+" "+path+": "+a.want {
		t.Errorf("the test is told %q", errors)
	}
	srv, told = newTestServer(t, Lenient())
	srv.fine(a.method)
	if status, body := send(t, srv, a.method, path+query, a.body, headers...); status != 204 {
		t.Errorf("lenient: %d %s %q", status, body, told.errors)
	}
}

// cutQuery escapes the query of an address for the wire.
func cutQuery(address string) (path, query string, err error) {
	u, err := url.Parse(address)
	if err != nil || u.RawQuery == "" {
		return address, "", err
	}
	values, err := url.ParseQuery(u.RawQuery)
	return u.Path, "?" + values.Encode(), err
}

// A description that never says that an object or an enumeration can be null does not say either that it cannot.
func TestStrictWithoutNulls(t *testing.T) {
	silent := testTables
	silent.types = []structuredType{{name: "shop.entity"}, {name: "shop.line", base: "shop.entity"}, {name: "shop.order", base: "shop.entity", properties: []property{
		{"title", "Edm.String", 0, 0}, {"state", "shop.state", 0, 0}, {"address", "shop.address", 0, 0}, {"note", "Edm.String", nullable, 0},
	}}, {name: "shop.address"}}
	for body, want := range map[string]int{`{"state":null,"address":null,"note":null}`: 204, `{"title":null}`: 400} {
		srv := newServer(&recorder{TB: t}, silent, nil)
		srv.fine("POST")
		if status, answer := send(t, srv, "POST", "/orders", body); status != want {
			t.Errorf("%s: %d %s", body, status, answer)
		}
	}
}

// Whatever is sent, the check ends, and lets nothing through that is no JSON.
func FuzzStrict(f *testing.F) {
	f.Add("$select=id&$expand=lines($select=amount;$top=1)&$orderby=title desc", `{"title":"t","lines":[{"@odata.type":"#shop.goods"}]}`, `W/"1"`)
	f.Add("$filter=(a eq 'b'&shop=1", `{"buyer@odata.bind":"https://graph.microsoft.com/v1.0/people('1')","at":"2026-01-31T10:00:00Z"}`, `"a", "b"`)
	f.Add("$expand=buyer/boss($levels=max)&@x=1", `{"helpers@odata.bind":["people/1","people"],"tags":[null],"big":1e400,"any":{"a":[{}]}}`, "*")
	s := newServer(&recorder{TB: f}, testTables, nil)
	f.Fuzz(func(t *testing.T, query, body, etag string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		for i := range testTables.operations {
			in := &request{server: (*fake)(s), op: &testTables.operations[i], base: serviceRoot, path: "/orders", query: values, body: []byte(body),
				keys: []Key{{"order-id", "1"}}, header: http.Header{"If-Match": {etag}, "Content-Type": {"application/json"}}}
			if err := in.check(); err == nil && in.op.body == "shop.order" && body != "" && !json.Valid([]byte(body)) {
				t.Errorf("%s %s takes %q", in.op.method, in.op.path, body)
			}
		}
	})
}

// BenchmarkStrict checks the creation of an order.
func BenchmarkStrict(b *testing.B) {
	s := newServer(&recorder{TB: b}, testTables, nil)
	in := &request{server: (*fake)(s), op: &testTables.operations[1], base: serviceRoot, path: "/orders", header: http.Header{"Content-Type": {"application/json"}},
		body: []byte(`{"title":"t","note":"n","count":1,"at":"2026-01-31T10:00:00Z","state":"new","tags":["a"],"address":{"city":"c"},` +
			`"buyer@odata.bind":"https://graph.microsoft.com/v1.0/people('1')","lines":[{"@odata.type":"#shop.goods","article":"a"},{"@odata.type":"#shop.goods","article":"b"}]}`)}
	b.ReportAllocs()
	for b.Loop() {
		if err := in.check(); err != nil {
			b.Fatal(err)
		}
	}
}
