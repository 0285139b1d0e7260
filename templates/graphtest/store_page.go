package graphtest

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// view is what a list has found. Its pages stay what they are while entities come and go: those that are gone are
// missing, new ones are not in it.
type view struct {
	entries []entry
	of      *structuredType
	// delta is the change that a delta's next call goes on from; 0 for lists that are none.
	delta uint64
	refs  bool // it tells addresses only
}

// entry is an entity, or one that has left.
type entry struct {
	record *record
	left   bool
}

// list answers with the first page of a collection, or with another if the call has a token.
func (m *memory) list(in *request, at *spot) (*answer, error) {
	if token := in.option("$skiptoken"); token != "" {
		return m.goOn(in, token)
	}
	o := in.options()
	found, err := m.query(at.shelf, at.cast, o)
	if err != nil {
		return nil, err
	}
	v := &view{of: at.shelf.of, entries: make([]entry, len(found)), refs: strings.HasSuffix(in.op.path, "/$ref")}
	if at.cast != nil {
		v.of = at.cast
	}
	for i, r := range found {
		v.entries[i].record = r
	}
	return m.page(in, v, min(max(o.Skip, 0), len(found)), "")
}

// goOn answers with the page of a token.
func (m *memory) goOn(in *request, token string) (*answer, error) {
	name, offset, _ := strings.Cut(token, ".")
	v := m.views[name]
	start, err := strconv.Atoi(offset)
	if v == nil || err != nil || start < 0 || start > len(v.entries) {
		return nil, invalid("The skip token is not one that the store has given.")
	}
	return m.page(in, v, start, name)
}

// page answers with a page of what was found.
func (m *memory) page(in *request, v *view, start int, name string) (*answer, error) {
	o := in.options()
	size := m.pageSize
	if _, preferred, ok := strings.Cut(in.head("Prefer"), "odata.maxpagesize="); ok {
		if n, err := strconv.Atoi(strings.TrimRight(preferred, "; ")); err == nil && n > 0 {
			size = min(size, n)
		}
	}
	if top := in.option("$top"); top != "" {
		size = min(size, max(o.Top, 0))
	}
	end := min(start+size, len(v.entries))
	b := []byte{'{'}
	if o.Count {
		b = with(b, `"@odata.count":`, strconv.Itoa(len(v.entries)), ",")
	}
	b = with(b, `"value":[`)
	var err error
	wrote := false
	for _, e := range v.entries[start:end] {
		if e.record.gone && !e.left {
			continue
		}
		if wrote {
			b = with(b, ",")
		}
		wrote = true
		switch {
		case e.left:
			b = m.removedJSON(b, e.record)
		case v.refs:
			b = with(appendString(with(b, `{"@odata.id":`), in.base+"/"+e.record.address()), "}")
		default:
			if b, err = m.render(b, e.record, v.of, o); err != nil {
				return nil, err
			}
		}
	}
	b = with(b, "]")
	switch {
	case end < len(v.entries) && size > 0:
		b = appendLink(b, "@odata.nextLink", m.nextLink(in, v, end, name))
	case v.delta > 0:
		b = appendLink(b, "@odata.deltaLink", tokenLink(in, "$deltatoken", strconv.FormatUint(v.delta, 10)))
	}
	return answerOf(http.StatusOK, with(b, "}")), nil
}

// removedJSON writes what a delta says of an entity that has left: that it is deleted, or that it is elsewhere.
func (m *memory) removedJSON(b []byte, r *record) []byte {
	b = with(b, "{")
	for _, name := range m.keyNames(r.kind) {
		if value := r.field(name); value != nil {
			b = with(appendString(b, name), ":", string(value), ",")
		}
	}
	reason := `"@removed":{"reason":"changed"}}`
	if r.gone {
		reason = `"@removed":{"reason":"deleted"}}`
	}
	return with(b, reason)
}

//go:noinline
func appendLink(b []byte, name, link string) []byte {
	return appendString(appendName(b, name), link)
}

// nextLink is the address of the page that starts at an entry.
func (m *memory) nextLink(in *request, v *view, start int, name string) string {
	if name == "" {
		name = strconv.Itoa(len(m.views) + 1)
		m.views[name] = v
	}
	return tokenLink(in, "$skiptoken", name+"."+strconv.Itoa(start))
}

// tokenLink is the address of a call with a token in place of others.
func tokenLink(in *request, name, token string) string {
	query := url.Values{}
	for option, values := range in.query {
		if option != "$skip" && option != "$skiptoken" && option != "$deltatoken" {
			query[option] = values
		}
	}
	query.Set(name, token)
	return in.link("?" + query.Encode())
}
