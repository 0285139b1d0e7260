package graphtest

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

// Store is a Server that answers the operations of the slice from memory, by OData's rules, without a handler: it
// creates, reads, updates and deletes entities and the references between them, and understands the query options. What
// has a handler is answered by that. Actions, and functions other than delta, need one, for what they do is the
// service's own.
//
//	store := graphtest.NewStore(t)
//	program(store.Client())
//
// Ids that it makes are the same in each run, and entities stand in the order in which they came. An entity whose type
// has an entity set is one and the same, whatever path leads to it. One that has none and was made further down, such as
// a file in a folder, is found by its key in a collection of its type right below the first entity of the path as well.
// What stands above a seed and is not there comes to be with its key alone; calls are answered with 404 for that.
//
// A page holds what $top asks for, as the service understands it: the others are behind the next link, which leads on in
// what was there when the first page was read. $filter knows comparisons, and, or, not, in, any, all, startswith,
// endswith, contains, tolower, toupper and $count of collections; text is compared letter by letter. $search finds the
// words in any text of an entity. Whatever else a query asks for is answered with 501. A list that cannot be asked for
// without a parameter of its own, such as the days of a calendar's view, has what was put there, and else needs a
// handler. A property without a value is left out unless $select names it.
//
// Where the service does what its metadata does not say, Unique, Fill, AlternateKey and handlers teach it:
//
//	store.Fill("/things", func(made map[string]any) { made["createdDateTime"] = time.Now() })
type Store struct {
	*Server
	memory *memory
}

// NewStore returns a store with nothing in it.
func NewStore(t testing.TB, options ...Option) *Store {
	t.Helper()
	return newStore(t, tables{roots, types, enums, operations}, options)
}

func newStore(t testing.TB, slice tables, options []Option) *Store {
	t.Helper()
	var m *memory
	remember := func(s *Server) {
		m = newMemory((*fake)(s))
		s.behind = m
	}
	return &Store{newServer(t, slice, append([]Option{remember}, options...)), m}
}

func newMemory(s *fake) *memory {
	m := &memory{
		server: s, schema: s.schema, pageSize: 100,
		plans: map[*operation]*plan{}, shapes: newShapes(s.schema.operations),
		properties: map[*structuredType]map[string]*property{}, shelves: map[string]*shelf{},
		entitySets: map[*structuredType][]*shelf{}, views: map[string]*view{}, alternates: map[string][]string{},
	}
	for i := range s.schema.operations {
		op := &s.schema.operations[i]
		if p := newPlan(op); p != nil {
			m.plans[op] = p
		}
	}
	return m
}

// PageSize is how many items a store puts into a page if a call does not ask for less; without the option 100.
func PageSize(n int) Option {
	return func(s *Server) { (*fake)(s).storeOption("PageSize", func(m *memory) { m.pageSize = max(n, 1) }) }
}

// Polls lets a store answer 202 for operations that may take long: the client asks at the Location, so many times in
// vain, and then it is done. Without the option they are done at once.
func Polls(n int) Option {
	return func(s *Server) { (*fake)(s).storeOption("Polls", func(m *memory) { m.polls = n + 1 }) }
}

func (s *fake) storeOption(name string, set func(*memory)) {
	m, ok := s.behind.(*memory)
	if !ok {
		s.t.Fatalf("graphtest: %s is an option of NewStore", name)
	}
	set(m)
}

// doing does what a call asks for at a path.
type doing func(*memory, *request, []step) (*answer, error)

// What a slice may have nothing of stands in files of its own, which set these.
var atReferences, atContent, atDelta doing

// plan is how an operation is answered.
type plan struct {
	segments []string
	do       doing
	// waits is what may be answered with 202.
	waits bool
}

// newPlan finds how an operation is answered; nil if the store has no idea.
func newPlan(op *operation) *plan {
	segments := split(op.path)
	last := segments[len(segments)-1]
	p := &plan{segments: segments, waits: op.flags&longRunning != 0 && op.method != http.MethodGet}
	calls := strings.Count(op.place, "(…)")
	switch {
	case op.flags&changes != 0 && calls <= 1:
		p.segments, p.do = segments[:len(segments)-1], atDelta
	case op.kind == action || op.kind == function || calls > 0:
		return nil
	case last == "/$count":
		p.segments, p.do = segments[:len(segments)-1], (*memory).countOf
	case last == "/$ref":
		p.segments, p.do = segments[:len(segments)-1], atReferences
	case last == "/$value":
		p.segments, p.do = segments[:len(segments)-1], atContent
	case isContent(op.body) || isContent(op.answer):
		p.do = atContent
	default:
		p.do = doingOf(op.method)
	}
	if p.do == nil || len(p.segments) == 0 {
		return nil
	}
	return p
}

// isContent reports whether a body or an answer is no JSON.
//
//go:noinline
func isContent(of string) bool { return of == "stream" || of == "text" }

// doingOf is what a method of HTTP does at an entity or a collection; nil for others.
func doingOf(method string) doing {
	switch method {
	case http.MethodGet:
		return (*memory).read
	case http.MethodPost:
		return (*memory).create
	case http.MethodPatch:
		return (*memory).update
	case http.MethodPut:
		return (*memory).replace
	case http.MethodDelete:
		return (*memory).remove
	}
	return nil
}

// answer answers an operation from memory.
func (m *memory) answer(_ context.Context, in *request) *answer {
	p := m.plans[in.op]
	if p == nil {
		return nil
	}
	values := make([]string, len(in.keys))
	for i, k := range in.keys {
		values[i] = k.Value
	}
	steps, ok := templateSteps(p.segments, values)
	if !ok {
		return nil
	}
	query := in.odata()
	for _, name := range []string{"$apply", "$compute", "$index"} {
		if first(query, name) != "" {
			return answerError(notKnown("The store does not know " + name + "; a handler can answer the call."))
		}
	}
	if p.waits && m.polls > 0 {
		return m.later(p, in, steps)
	}
	return m.run(p, in, steps)
}

// run answers an operation now; nil if the store does not know what is there.
func (m *memory) run(p *plan, in *request, steps []step) *answer {
	m.mu.Lock()
	defer m.mu.Unlock()
	a, err := p.do(m, in, steps)
	switch {
	case err == unanswered:
		return nil
	case err != nil:
		return answerError(err)
	}
	return a
}
