package pick

import (
	"bytes"
	"html/template"
	"net/http"
	"net/url"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/inspect"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// looked are the packages of the operations that were looked at last, by their numbers: types unfold from them.
type looked struct {
	order []int
	by    map[int]*inspect.Subject
}

// mostLooked is how many are kept.
const mostLooked = 16

func (l *looked) keep(number int, s *inspect.Subject) {
	if l.by == nil {
		l.by = map[int]*inspect.Subject{}
	}
	if l.order = append(l.order, number); len(l.order) > mostLooked {
		delete(l.by, l.order[0])
		l.order = l.order[1:]
	}
	l.by[number] = s
}

// seen is an operation as the page shows it.
type seen struct {
	Number int
	leaf
	Description string
	Pattern     string
	*inspect.OperationDetail
	Faults []string
	// Clouds: the source was compared with others.
	Clouds []string
}

// serveOperation shows an operation.
func (d *desk) serveOperation(w http.ResponseWriter, r *http.Request) {
	o := d.numbered(w, r)
	if o == nil {
		return
	}
	number := d.catalog.at[o.Selected]
	s := &seen{Number: number, leaf: d.catalog.leaf(number), Description: o.Description, Pattern: o.Path + "#" + o.Method, Clouds: d.source.Clouds()}
	subject, found, err := d.inspect(number)
	switch {
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	case subject == nil:
		for _, f := range found {
			if f.Severity == diag.Error {
				s.Faults = append(s.Faults, f.String())
			}
		}
	default:
		if detail, ok := subject.Detail(o.Method, o.Path); ok {
			s.OperationDetail = &detail
		}
	}
	d.fragment(w, "operation", s)
}

// inspect makes the package of one operation.
func (d *desk) inspect(number int) (*inspect.Subject, diag.List, error) {
	if s := d.look.by[number]; s != nil {
		return s, nil, nil
	}
	o := &d.catalog.all[number]
	result, err := d.source.Cut(d.ctx, []slice.File{{Out: "operation.yaml", Include: []string{o.Path + "#" + o.Method}}}, d.setting.Follow)
	if err != nil || result.Diagnostics.HasErrors() {
		return nil, result.Diagnostics, err
	}
	subject, found, err := d.project.Inspect(d.ctx, render(result.Documents))
	if subject != nil {
		d.look.keep(number, subject)
	}
	return subject, found, err
}

// unfolded is a type as the page shows it.
type unfolded struct {
	Number int
	inspect.TypeDetail
}

// serveType shows a type that an operation sends or answers.
func (d *desk) serveType(w http.ResponseWriter, r *http.Request) {
	o := d.numbered(w, r)
	if o == nil {
		return
	}
	number := d.catalog.at[o.Selected]
	subject, _, err := d.inspect(number)
	if err != nil || subject == nil {
		http.Error(w, "the operation cannot be read", http.StatusNotFound)
		return
	}
	detail, ok := subject.Type(r.URL.Query().Get("name"))
	if !ok {
		http.Error(w, "there is no such type", http.StatusNotFound)
		return
	}
	d.fragment(w, "type", unfolded{number, detail})
}

// fragment answers with a part of the page.
func (d *desk) fragment(w http.ResponseWriter, name string, value any) {
	html, err := d.page().render(name, value)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(html)) // who has asked may be gone
}

// pages are the templates.
type pages struct{ *template.Template }

var templates = pages{template.Must(template.New("").Funcs(template.FuncMap{
	"web": isWeb, "thousands": thousands, "plural": plural, "at": at, "pair": pair,
}).ParseFS(files, "page/*.html"))}

func (d *desk) page() pages { return templates }

func (p pages) render(name string, value any) (string, error) {
	var b bytes.Buffer
	err := p.ExecuteTemplate(&b, name+".html", value)
	return b.String(), err
}

// pair is a type with the number of the operation that it unfolds from.
func pair(ref any, number int) map[string]any { return map[string]any{"Ref": ref, "Number": number} }

// isWeb reports whether a text is an address of a page.
func isWeb(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
