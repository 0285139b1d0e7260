package graphtest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

// recorder is a test whose errors are what another test looks at.
type recorder struct {
	testing.TB
	mu       sync.Mutex
	errors   []string
	logs     []string
	cleanups []func()
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func (r *recorder) Error(args ...any) {
	r.Errorf("%s", strings.TrimSuffix(fmt.Sprintln(args...), "\n"))
}

func (r *recorder) Logf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.logs = append(r.logs, fmt.Sprintf(format, args...))
}

func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

// end ends the recorded test, and returns its errors.
func (r *recorder) end() []string {
	for _, f := range slices.Backward(r.cleanups) {
		f()
	}
	return r.errors
}

// newTestServer returns a server of the slice of these tests, and the test that it tells.
func newTestServer(t *testing.T, options ...Option) (*Server, *recorder) {
	t.Helper()
	r := &recorder{TB: t}
	return newServer(r, testTables, options), r
}

// testTables are the slice of these tests: a shop.
var testTables = tables{
	roots: []root{{name: "orders", of: "shop.order", collection: true}, {name: "me", of: "shop.person"}},
	types: []structuredType{
		{name: "shop.entity", flags: abstract, properties: []property{{"id", "Edm.String", key, 0}}},
		{name: "shop.order", base: "shop.entity", set: "orders", properties: []property{
			{"title", "Edm.String", required, 0},
			{"note", "Edm.String", nullable, 0},
			{"count", "Edm.Int32", nullable, 0},
			{"big", "Edm.Int64", nullable, 0},
			{"small", "Edm.Byte", nullable, 0},
			{"price", "Edm.Decimal", nullable, 0},
			{"weight", "Edm.Double", nullable, 0},
			{"paid", "Edm.Boolean", nullable, 0},
			{"due", "Edm.Date", nullable, 0},
			{"at", "Edm.DateTimeOffset", nullable, 0},
			{"clock", "Edm.TimeOfDay", nullable, 0},
			{"takes", "Edm.Duration", nullable, 0},
			{"ref", "Edm.Guid", nullable, 0},
			{"scan", "Edm.Binary", nullable, 0},
			{"any", "Edm.Untyped", 0, 0},
			{"made", "Edm.DateTimeOffset", nullable | readOnly, 0},
			{"state", "shop.state", 0, 0},
			{"marks", "shop.marks", nullable, 0},
			{"level", "shop.level", nullable, 0},
			{"tags", "Collection(Edm.String)", 0, 2},
			{"address", "shop.address", nullable, 0},
			{"lines", "Collection(shop.line)", navigation | contained, 0},
			{"buyer", "shop.person", navigation, 0},
			{"helpers", "Collection(shop.person)", navigation, 2},
			{"shelf", "shop.shelf", navigation, 0},
			{"agent", "shop.person", navigation, 0},
		}, binds: map[string]string{"agent": "house/agents"}},
		{name: "shop.line", base: "shop.entity", flags: abstract, properties: []property{{"amount", "Edm.Int32", nullable, 0}}},
		{name: "shop.goods", base: "shop.line", properties: []property{{"article", "Edm.String", 0, 0}}},
		{name: "shop.work", base: "shop.line", flags: open},
		{name: "shop.person", base: "shop.entity", set: "people", properties: []property{
			{"name", "Edm.String", nullable, 0}, {"boss", "shop.person", navigation, 0},
		}},
		{name: "shop.clerk", base: "shop.person", properties: []property{{"desk", "Edm.String", nullable, 0}}},
		{name: "shop.shelf", base: "shop.entity", set: "house/shelves"},
		{name: "shop.address", properties: []property{{"city", "Edm.String", nullable, 0}}},
		{name: "shop.session", ranges: "nextExpectedRanges"},
		{name: "shop.far", flags: border},
		{name: "ShipParameters", flags: parameters, properties: []property{
			{"to", "shop.address", required, 0}, {"fast", "Edm.Boolean", 0, 0}, {"order", "shop.order", nullable, 0},
			{"state", "shop.state", 0, 0}, // the service has a value for it
		}},
		{name: "PackParameters", flags: parameters, properties: []property{{"box", "Edm.String", nullable, 0}}},
	},
	enums: []enumType{
		{name: "shop.state", members: []string{"new", "sent"}},
		{name: "shop.marks", flags: true, members: []string{"red", "blue"}},
		{name: "shop.level", integer: true, members: []string{"1", "2"}},
	},
	operations: []operation{
		{method: "GET", path: "/orders", kind: list, flags: pageable | wrapped, answer: "Collection(shop.order)", options: listOptions,
			query: []string{"shop"}, on: "Orders().OnList", takes: "Handler[*graph.Page[*graph.Order]]"},
		{method: "POST", path: "/orders", kind: create, flags: bodyRequired, body: "shop.order", answer: "shop.order",
			on: "Orders().OnCreate", takes: "BodyHandler[*graph.Order, *graph.Order]"},
		{method: "GET", path: "/orders/$count", kind: count, answer: "Edm.Int64", options: countOptions, on: "Orders().OnCount",
			takes: "Handler[int64]"},
		{method: "GET", path: "/orders/{order-id}", kind: get, answer: "shop.order", options: getOptions,
			on: "Orders().AnyID().OnGet", takes: "Handler[*graph.Order]"},
		{method: "PATCH", path: "/orders/{order-id}", kind: update, body: "shop.order", answer: "shop.order",
			on: "Orders().AnyID().OnUpdate", takes: "BodyHandler[*graph.Order, *graph.Order]"},
		{method: "DELETE", path: "/orders/{order-id}", kind: remove, headers: []string{"If-Match"},
			on: "Orders().AnyID().OnDelete", takes: "ErrorHandler"},
		{method: "POST", path: "/orders/{order-id}/lines", kind: create, body: "shop.line", answer: "shop.line",
			on: "Orders().AnyID().Lines().OnCreate", takes: "BodyHandler[graph.AnyLine, graph.AnyLine]"},
		{method: "PATCH", path: "/orders/{order-id}/lines/{line-id}", kind: update, body: "shop.line", answer: "shop.line",
			on: "Orders().AnyID().Lines().AnyID().OnUpdate", takes: "BodyHandler[graph.AnyLine, graph.AnyLine]"},
		{method: "POST", path: "/orders/{order-id}/helpers/$ref", kind: create, body: "Reference", on: "Orders().AnyID().Helpers().OnAddRef",
			takes: "BodyErrorHandler[graph.Reference]"},
		{method: "POST", path: "/orders/{order-id}/shop.ship", kind: action, flags: bodyRequired, body: "ShipParameters",
			on: "Orders().AnyID().OnShip", takes: "BodyErrorHandler[*graph.ShipParameters]"},
		{method: "POST", path: "/orders/{order-id}/shop.pack", kind: action, flags: bodyRequired, body: "PackParameters",
			on: "Orders().AnyID().OnPack", takes: "BodyErrorHandler[*graph.PackParameters]"},
		{method: "GET", path: "/orders/shop.between(from={from})", kind: function, answer: "Collection(shop.order)", options: listOptions,
			query: []string{"zone!"}, on: "Orders().OnBetween", takes: "Handler[*graph.Page[*graph.Order]]"},
		{method: "PUT", path: "/orders/{order-id}/scan", kind: replace, body: "stream", on: "Orders().AnyID().Scan().OnReplace",
			takes: "BodyErrorHandler[[]byte]"},
		{method: "GET", path: "/orders/{order-id}/scan", kind: get, answer: "stream", on: "Orders().AnyID().Scan().OnGet",
			takes: "Handler[io.Reader]"},
		{method: "GET", path: "/me", kind: get, answer: "shop.person", options: getOptions, on: "Me().OnGet", takes: "Handler[*graph.Person]"},
	},
}

// fine answers whatever operation with 204.
func (s *Server) fine(method string) {
	seen := map[string]bool{}
	for _, op := range testTables.operations {
		if op.method == method && !seen[op.path] {
			seen[op.path] = true
			on(s.at(op.at()), method, ends([]ErrorHandler{func(context.Context, Call) error { return nil }}), empty)
		}
	}
}

// send sends a request and returns the answer's status and body.
func send(t *testing.T, s *Server, method, path, body string, headers ...string) (int, string) {
	t.Helper()
	address := path
	if !strings.Contains(path, "://") {
		address = serviceRoot + path
	}
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer t0ken")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := s.HTTPClient().Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return resp.StatusCode, string(data) + " " + err.Error()
	}
	return resp.StatusCode, string(data)
}
