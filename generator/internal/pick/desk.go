package pick

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice"
	"github.com/graphslice/graphslice/generator/internal/usage/permits"
)

// desk is what the page works at.
type desk struct {
	project Project
	life    *life
	ready   chan struct{} // closed when the source is read
	ctx     context.Context

	mu      sync.Mutex // of all that follows
	setting Setting
	source  *slice.Source
	catalog *catalog
	files   []filed
	known   *permits.Known
	used    *used

	counting sync.WaitGroup
	stop     context.CancelFunc // of the count of lines that goes on
	look     looked
}

// used is what the program's code uses; fault is why that is not known.
type used struct {
	Numbers []int  `json:"numbers"`
	Fault   string `json:"fault"`
}

func newDesk(project Project) *desk {
	return &desk{project: project, life: newLife(), ready: make(chan struct{}), ctx: context.Background()}
}

// faultf is an error as a diag.List.
func faultf(code, format string, args ...any) error {
	return diag.List{{Severity: diag.Error, Code: code, Message: fmt.Sprintf(format, args...)}}
}

// load reads the source, and then what the code uses.
func (d *desk) load(ctx context.Context) error {
	d.mu.Lock()
	d.ctx = ctx
	err := d.read(ctx)
	d.mu.Unlock()
	if err != nil {
		return err
	}
	close(d.ready)
	d.findUsed(ctx)
	return nil
}

func (d *desk) read(ctx context.Context) (err error) {
	if d.setting, err = d.project.Setting(); err != nil {
		return err
	}
	if d.source, err = d.project.Open(ctx); err != nil {
		return err
	}
	d.catalog = newCatalog(d.source, nil)
	d.known = permits.Knowing(d.source.Permissions())
	d.file()
	return nil
}

// file finds what the slices of the setting have.
func (d *desk) file() {
	d.files = nil
	var patterns []string
	for _, f := range d.setting.Files {
		patterns = append(append(patterns, f.Include...), f.Keep...)
	}
	d.catalog.configure(patterns)
	for _, f := range d.setting.Files {
		d.files = append(d.files, d.catalog.file(f))
	}
}

// findUsed finds what the code uses, and tells the pages.
func (d *desk) findUsed(ctx context.Context) {
	ids, err := d.project.Used(ctx)
	u := &used{Numbers: []int{}}
	if err != nil {
		u.Fault = err.Error()
	}
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[api.PlainPath(id)] = true
	}
	d.mu.Lock()
	for i := range d.catalog.all {
		o := &d.catalog.all[i]
		if len(wanted) > 0 && wanted[o.Method+" "+api.PlainPath(o.Path)] {
			u.Numbers = append(u.Numbers, i)
		}
	}
	d.used = u
	d.mu.Unlock()
	d.life.tell(event{"used", u})
}

// wait waits for what goes on: what is written is written to its end.
func (d *desk) wait() {
	d.counting.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
}

// maxBody is more than the page ever sends, in bytes: numbers of operations as ranges, and names.
const maxBody = 1 << 20

// handler answers the page.
func (d *desk) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", d.servePage)
	mux.HandleFunc("GET /app.js", serveFile("app.js", "text/javascript; charset=utf-8"))
	mux.HandleFunc("GET /base.css", serveFile("base.css", "text/css; charset=utf-8"))
	mux.HandleFunc("GET /style.css", serveFile("style.css", "text/css; charset=utf-8"))
	mux.HandleFunc("GET /icon.svg", serveFile("icon.svg", "image/svg+xml"))
	mux.Handle("GET /events", d.life)
	mux.HandleFunc("GET /state", d.whenReady(d.serveState))
	mux.HandleFunc("GET /tree", d.whenReady(d.serveTree))
	mux.HandleFunc("GET /search", d.whenReady(d.serveSearch))
	mux.HandleFunc("GET /operation", d.whenReady(d.serveOperation))
	mux.HandleFunc("GET /type", d.whenReady(d.serveType))
	mux.HandleFunc("POST /expand", d.whenReady(d.serveExpand))
	mux.HandleFunc("POST /ticked", d.whenReady(d.serveTicked))
	mux.HandleFunc("POST /cost", d.whenReady(d.serveCost))
	mux.HandleFunc("POST /write", d.whenReady(d.serveWrite))
	return mux
}

// whenReady waits for the source to be read, and works alone.
func (d *desk) whenReady(serve func(http.ResponseWriter, *http.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-d.ready:
		case <-r.Context().Done():
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		d.mu.Lock()
		defer d.mu.Unlock()
		serve(w, r)
	}
}

// answer answers with JSON.
func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// asked reads the JSON of a request, and answers if it cannot.
func asked(w http.ResponseWriter, r *http.Request, into any) bool {
	if r.Header.Get("Content-Type") != "application/json" {
		http.Error(w, "JSON is expected", http.StatusUnsupportedMediaType)
		return false
	}
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		code := http.StatusBadRequest
		if _, large := err.(*http.MaxBytesError); large {
			code = http.StatusRequestEntityTooLarge
		}
		http.Error(w, err.Error(), code)
		return false
	}
	return true
}

// numbered is the operation that a request names, nil if there is none, which is answered.
func (d *desk) numbered(w http.ResponseWriter, r *http.Request) *operation {
	i, err := strconv.Atoi(r.URL.Query().Get("n"))
	if err != nil || i < 0 || i >= len(d.catalog.all) {
		http.Error(w, "there is no such operation", http.StatusNotFound)
		return nil
	}
	return &d.catalog.all[i]
}
