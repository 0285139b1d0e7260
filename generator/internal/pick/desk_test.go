package pick

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/inspect"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// project is one for tests, of a source, that remembers what was written.
type project struct {
	setting Setting
	source  *slice.Source
	used    []string
	written []Change
	fault   error
}

func (p *project) Setting() (Setting, error)                          { return p.setting, nil }
func (p *project) Open(context.Context) (*slice.Source, error)        { return p.source, p.fault }
func (p *project) Used(context.Context) ([]string, error)             { return p.used, nil }
func (p *project) Lines(_ context.Context, texts []Text) (int, error) { return 1000 * len(texts), nil }
func (p *project) Inspect(context.Context, []Text) (*inspect.Subject, diag.List, error) {
	return nil, diag.List{{Severity: diag.Error, Code: "test", Message: "<no> package"}}, nil
}

func (p *project) Write(_ context.Context, change Change) (*Written, error) {
	p.written = append(p.written, change)
	return &Written{Verdict: "0 breaking & <more>", Files: []string{"graphslice.yaml"}}, p.fault
}

// letters is a project of two slices.
func letters(t *testing.T) *project {
	t.Helper()
	file := func(out string, include, keep, exclude []string) File {
		return File{File: slice.File{Out: out, Exclude: exclude}, Include: include, Keep: keep}
	}
	return &project{source: sources(t)["document"], used: []string{"GET /letters"}, setting: Setting{
		Config: "graphslice.yaml", Sources: []string{"letters.yaml"}, Out: "internal/letters", Command: []string{"gen", "add"},
		Files: []File{
			file("specs/letters.yaml", []string{"/letters#GET,POST", "/letters/{letter-id}#GET"}, []string{"/letterheads"}, nil),
			file("specs/me.yaml", []string{"/me/**"}, nil, []string{"/users/**"}),
		},
	}}
}

// opened is a desk that is ready, behind its guard.
func opened(t *testing.T, p *project) (*desk, *guard) {
	t.Helper()
	d := newDesk(p)
	if err := d.load(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.wait)
	return d, newGuard(d.handler(), 8080)
}

// request is one that the page itself could make.
func request(g *guard, method, path, body string) *http.Request {
	r := httptest.NewRequest(method, "http://127.0.0.1:8080/"+g.secret+path, strings.NewReader(body))
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if method == http.MethodPost {
		r.Header.Set("Origin", "http://127.0.0.1:8080")
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

func respond(g *guard, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	g.ServeHTTP(w, r)
	return w
}

// Nobody but the page itself gets an answer.
func TestGuard(t *testing.T) {
	_, g := opened(t, letters(t))
	change := func(change func(*http.Request)) *http.Request {
		r := request(g, http.MethodPost, "/expand", `{"at": "/letters"}`)
		change(r)
		return r
	}
	for name, c := range map[string]struct {
		request *http.Request
		want    int
	}{
		"the page":                    {request(g, http.MethodGet, "/", ""), 200},
		"its script":                  {request(g, http.MethodGet, "/app.js", ""), 200},
		"by another name":             {change(func(r *http.Request) { r.Host = "localhost:8080"; r.Header.Set("Origin", "http://localhost:8080") }), 404},
		"out of the folder":           {request(g, http.MethodGet, "/../../etc/passwd", ""), 307},
		"a template":                  {request(g, http.MethodGet, "/page.html", ""), 404},
		"nothing lies behind":         {change(func(*http.Request) {}), 404},
		"without the secret":          {httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080/", nil), 403},
		"with another secret":         {httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080/"+strings.Repeat("A", 32)+"/", nil), 403},
		"with the secret's beginning": {httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080/"+g.secret[:20]+"/", nil), 403},
		"a host that was rebound":     {change(func(r *http.Request) { r.Host = "evil.example:8080" }), 403},
		"a host without a port":       {change(func(r *http.Request) { r.Host = "127.0.0.1" }), 403},
		"another port":                {change(func(r *http.Request) { r.Host = "127.0.0.1:8081" }), 403},
		"another origin":              {change(func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }), 403},
		"no page's origin":            {change(func(r *http.Request) { r.Header.Set("Origin", "null") }), 403},
		"the other name's origin":     {change(func(r *http.Request) { r.Header.Set("Origin", "http://localhost:8080") }), 403},
		"no origin":                   {change(func(r *http.Request) { r.Header.Del("Origin") }), 403},
		"another site":                {change(func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }), 403},
		"a neighbouring site":         {change(func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }), 403},
		"a form":                      {change(func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }), 415},
		"no JSON":                     {request(g, http.MethodPost, "/cost", "{"), 400},
		"too large":                   {request(g, http.MethodPost, "/cost", `{"follow": ["`+strings.Repeat("x", maxBody)+`"]}`), 413},
		"numbers of nothing":          {request(g, http.MethodPost, "/cost", `{"ticked": [[0, 100000]]}`), 400},
		"numbers the wrong way":       {request(g, http.MethodPost, "/cost", `{"ticked": [[5, 2]]}`), 400},
		"a negative number":           {request(g, http.MethodPost, "/ticked", `{"ticked": [[-1, 2]]}`), 400},
		"a slice that is not there":   {request(g, http.MethodPost, "/cost", `{"file": 7}`), 400},
		"an operation of no number":   {request(g, http.MethodGet, "/operation?n=x", ""), 404},
		"an operation beyond":         {request(g, http.MethodGet, "/operation?n=999", ""), 404},
		"a path that is not there":    {request(g, http.MethodGet, "/tree?at=/nothing", ""), 404},
		"the wrong method":            {request(g, http.MethodGet, "/write", ""), 405},
		"a wrong ticket":              {httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080/open/x", nil), 403},
	} {
		w := respond(g, c.request)
		if w.Code != c.want {
			t.Errorf("%s: %d %s, want %d", name, w.Code, w.Body, c.want)
		}
		for header, want := range map[string]string{"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"} {
			if got := w.Header().Get(header); got != want {
				t.Errorf("%s: %s is %q", name, header, got)
			}
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Error("the policy allows what is unsafe")
	}
	once := httptest.NewRequest(http.MethodGet, g.once(8080), nil)
	if w := respond(g, once); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/"+g.secret+"/" {
		t.Errorf("the ticket: %d %s", w.Code, w.Header())
	}
	if w := respond(g, once); w.Code != http.StatusForbidden {
		t.Errorf("the ticket, once more: %d", w.Code)
	}
}

// ask asks for JSON.
func ask[T any](t *testing.T, g *guard, method, path, body string) T {
	t.Helper()
	w := respond(g, request(g, method, path, body))
	var value T
	if err := json.Unmarshal(w.Body.Bytes(), &value); w.Code != 200 || err != nil {
		t.Fatalf("%s %s: %d %s %v", method, path, w.Code, w.Body, err)
	}
	return value
}

type stateAnswer struct {
	Total        int
	Ticked, Kept []span
	Files        []string
	HTML         string
	Done         bool
	Used         used
}

// ticks are numbers as the page sends them.
func ticks(t *testing.T, d *desk, patterns ...string) string {
	t.Helper()
	text, err := json.Marshal(spans(d.catalog.choosing(t, patterns...)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What is ticked is written where it belongs: what a slice has stays in it, what is new goes to the one that is chosen.
func TestWrite(t *testing.T) {
	now := []string{"/letters#GET,POST", "/letters/{letter-id}#GET", "/letterheads", "/me/**"}
	for name, c := range map[string]struct {
		tick   []string
		file   string
		want   []Edit
		faults string
	}{
		"nothing":      {now, "0", nil, ""},
		"one more":     {append(slices.Clone(now), "/letters/{letter-id}/send"), "0", []Edit{{Added: []string{"/letters/{letter-id}/send"}}, {}}, ""},
		"into another": {append(slices.Clone(now), "/letters/{letter-id}/send"), "1", []Edit{{}, {Added: []string{"/letters/{letter-id}/send"}}}, ""},
		"one method more": {append(slices.Clone(now), "/letters/{letter-id}#DELETE"), "0", []Edit{{By: map[string][]string{
			"/letters/{letter-id}#GET": {"/letters/{letter-id}#GET,DELETE"}}}, {}}, ""},
		"all of it": {append(slices.Clone(now), "/letters/**"), "0", []Edit{{By: map[string][]string{
			"/letters#GET,POST": {"/letters/**"}, "/letters/{letter-id}#GET": nil}}, {}}, ""},
		"one less":                {[]string{"/letters#GET", "/letters/{letter-id}#GET", "/letterheads", "/me/**"}, "0", []Edit{{By: map[string][]string{"/letters#GET,POST": {"/letters#GET"}}}, {}}, ""},
		"what is kept stays":      {[]string{"/letters#GET,POST", "/letters/{letter-id}#GET", "/me/**"}, "0", nil, ""},
		"nothing left of a slice": {[]string{"/letters#GET,POST", "/letters/{letter-id}#GET", "/letterheads"}, "0", nil, "Nothing would be left of specs/me.yaml"},
		"what a slice leaves out": {append(slices.Clone(now), "/users/**"), "1", nil, "specs/me.yaml leaves out POST /users/{user-id}/sendLetter by exclude"},
	} {
		t.Run(name, func(t *testing.T) {
			p := letters(t)
			d, g := opened(t, p)
			answer := ask[stateAnswer](t, g, http.MethodPost, "/write", `{"ticked": `+ticks(t, d, c.tick...)+`, "file": `+c.file+`}`)
			if answer.Done != (c.want != nil) || !strings.Contains(answer.HTML, c.faults) {
				t.Errorf("done: %v, %s", answer.Done, answer.HTML)
			}
			var want, got []Change
			if c.want != nil {
				want = []Change{{Edits: c.want}}
			}
			got = append(got, p.written...)
			if a, b := asJSON(t, got), asJSON(t, want); a != b {
				t.Errorf("written: %s, want %s", a, b)
			}
		})
	}
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The costs say what is ticked, new and gone, escaped; and what it takes to have the rest.
func TestCost(t *testing.T) {
	p := letters(t)
	d, g := opened(t, p)
	cost := func(body string) string {
		t.Helper()
		w := respond(g, request(g, http.MethodPost, "/cost?sequence=7", body))
		if w.Code != 200 {
			t.Fatal(w.Code, w.Body)
		}
		return w.Body.String()
	}
	text := cost(`{"ticked": ` + ticks(t, d, "/letters#GET", "/letters/{letter-id}/stamps", "/me/**", "/letterheads") + `}`)
	for _, want := range []string{
		`<dd id="operations">5</dd>`, `<code>/letters#GET</code>`, `<li class="new">`, `<code>/letters/{letter-id}/stamps</code>`,
		`<li class="gone">`, `<code>/letters/{letter-id}#GET</code>`, `data-changed="true"`, `data-faults="0"`, `include:`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in:\n%s", want, text)
		}
	}
	if strings.Contains(text, `id="command"`) {
		t.Error("gen add takes nothing away")
	}
	if text := cost(`{"ticked": ` + ticks(t, d, "/letters", "/letters/{letter-id}#GET", "/me/**", "/letterheads", "/users/**") + `}`); !strings.Contains(text, "gen add &#39;/users/{user-id}/sendLetter&#39; --file specs/letters.yaml") &&
		!strings.Contains(text, "gen add &#39;/users/**&#39; --file specs/letters.yaml") {
		t.Errorf("the command is not in:\n%s", text)
	}
	if text := cost(`{"follow": ["<script>.x"]}`); strings.Contains(text, "<script>") || !strings.Contains(text, "&lt;script&gt;") {
		t.Errorf("not escaped:\n%s", text)
	}
}

// An operation is shown with all that is escaped; and why, if it cannot be.
func TestLook(t *testing.T) {
	d, g := opened(t, letters(t))
	number := d.catalog.at[slice.Selected{Method: "POST", Path: "/letters"}]
	w := respond(g, request(g, http.MethodGet, "/operation?n="+asJSON(t, number), ""))
	for _, want := range []string{"Write a letter", "Sends it at once.", "/letters#POST", "&lt;no&gt; package"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s is not in:\n%s", want, w.Body)
		}
	}
	if w := respond(g, request(g, http.MethodGet, "/type?n=0&name=x", "")); w.Code != http.StatusNotFound {
		t.Error(w.Code)
	}
}

// What a configuration has that was edited while the page was open is ticked all the same, also behind a stop.
func TestEditedMeanwhile(t *testing.T) {
	p := letters(t)
	p.source = sources(t)["metadata"]
	p.setting.Files = []File{{File: slice.File{Out: "s.yaml"}, Include: []string{"/courses#GET"}}}
	d, g := opened(t, p)
	before := len(d.catalog.all)
	p.setting.Files[0].Include = []string{"/courses#GET", "/courses/{course-id}/members/{person-id}/friends#GET"}
	state := ask[stateAnswer](t, g, http.MethodGet, "/state", "")
	if state.Total <= before || len(state.Ticked) != 2 {
		t.Errorf("%d operations, %d before; ticked %v", state.Total, before, state.Ticked)
	}
	if got, want := asJSON(t, state.Ticked), ticks(t, d, p.setting.Files[0].Include...); got != want {
		t.Errorf("ticked %s, want %s", got, want)
	}
}

// The page knows what is ticked, what is kept and what is in use; a source that cannot be read ends the program.
func TestState(t *testing.T) {
	p := letters(t)
	d, g := opened(t, p)
	state := ask[stateAnswer](t, g, http.MethodGet, "/state", "")
	if got, want := asJSON(t, state.Ticked), ticks(t, d, "/letters#GET,POST", "/letters/{id}#GET", "/letterheads", "/me/**"); got != want {
		t.Errorf("ticked %s, want %s", got, want)
	}
	if got, want := asJSON(t, state.Kept), ticks(t, d, "/letterheads"); got != want {
		t.Errorf("kept %s, want %s", got, want)
	}
	if got, want := state.Used.Numbers, []int{d.catalog.at[slice.Selected{Method: "GET", Path: "/letters"}]}; !slices.Equal(got, want) {
		t.Errorf("used %v, want %v", got, want)
	}
	p.setting.Sources = []string{"others.yaml"}
	if answer := ask[map[string]string](t, g, http.MethodGet, "/state", ""); !strings.Contains(answer["fault"], "start it again") {
		t.Error(answer)
	}
	p.fault, p.source = io.ErrUnexpectedEOF, nil
	if err := newDesk(p).load(t.Context()); err != io.ErrUnexpectedEOF {
		t.Error(err)
	}
}
