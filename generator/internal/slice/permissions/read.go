package permissions

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// Input is a table to read.
type Input struct {
	Name string
	Data []byte
}

// maxSize is the most that a table may hold, in bytes. Those of Microsoft Graph have 3 million.
const maxSize = 64 << 20

// The keys that tell what a table is about.
const (
	pathsKey = "permissions"
	idsKey   = "permissionDeployments"
)

// Read reads tables as one. What each is about its content says.
func Read(inputs ...Input) (*Table, diag.List) {
	t := &Table{byName: map[string]*permission{}, resources: map[string]*resource{}, overloads: map[string][]*resource{}}
	var diags diag.List
	for _, in := range inputs {
		in.Data = bytes.TrimPrefix(in.Data, []byte("\ufeff"))
		r := reader{table: t, tokens: tokens{Input: in}, odd: map[string]*oddity{}}
		if len(in.Data) > maxSize {
			r.fail(-1, "it holds more than %d MiB", maxSize>>20)
		}
		r.check()
		r.document()
		diags = append(diags, r.findings()...)
	}
	return t, diags
}

// reader reads one table.
type reader struct {
	tokens
	table *Table
	odd   map[string]*oddity
}

// oddity is something that a table says and that is not understood: told once, with its first place.
type oddity struct {
	pos   diag.Pos
	count int
}

func (r *reader) oddly(what string) {
	o := r.odd[what]
	if o == nil {
		o = &oddity{pos: r.at(r.start)}
		r.odd[what] = o
	}
	o.count++
}

// findings are the fault that ended the reading, or what was odd.
func (r *reader) findings() diag.List {
	var diags diag.List
	if r.fault != nil {
		diags.Add(*r.fault)
		return diags
	}
	for what, o := range r.odd {
		diags.Warnf(o.pos, "odd-permissions", "%s (%s in this file)", what, diag.Count(o.count, "time"))
	}
	return diags.Sorted()
}

func (r *reader) document() {
	found := false
	r.object("the table", func(key string) {
		switch key {
		case pathsKey:
			found = true
			r.object("permissions", r.permission)
		case idsKey:
			found = true
			r.object(key, r.deployments)
		default:
			r.skip()
		}
	})
	if r.fault == nil && !found {
		r.fail(0, "it has neither %q nor %q", pathsKey, idsKey)
	}
}

// validName is what a permission may be called: the name goes into scopes and comments.
var validName = regexp.MustCompile(`^[A-Za-z0-9._:/-]{1,200}$`)

// named returns a permission by its name.
func (r *reader) named(name string) *permission {
	p := r.table.byName[name]
	if p == nil {
		if !validName.MatchString(name) {
			r.fail(r.start, "%q cannot be the name of a permission", shortened(name))
		}
		p = &permission{name: name}
		r.table.byName[name] = p
		r.table.permissions = append(r.table.permissions, p)
	}
	return p
}

func shortened(text string) string {
	if len(text) > 60 {
		return text[:60] + "…"
	}
	return text
}

// permission reads an entry of permissions.
func (r *reader) permission(name string) {
	p := r.named(name)
	p.known = true
	r.object(name, func(key string) {
		switch key {
		case "authorizationType":
			p.resourceSpecific = strings.EqualFold(r.text(key), "RSC")
		case "schemes":
			r.object(key, func(scheme string) { r.scheme(p, scheme) })
		case "pathSets":
			r.array(key, func() { r.pathSet(p) })
		default:
			r.skip()
		}
	})
}

// scheme reads what is said of a permission in one scheme.
func (r *reader) scheme(p *permission, scheme string) {
	var d Description
	title := ""
	s, ok := r.schemeOf(scheme)
	r.object(scheme, func(key string) {
		switch key {
		case "privilegeLevel":
			d.Level = r.number(key)
		case "requiresAdminConsent":
			d.AdminConsent = r.boolean(key)
		case "adminDescription":
			d.Allows = sentence(r.text(key))
		case "adminDisplayName":
			title = sentence(r.text(key))
		default:
			r.skip()
		}
	})
	if ok {
		d.ID, d.Known, d.Allows = p.schemes[s].ID, true, cmp.Or(d.Allows, title)
		p.schemes[s] = d
	}
}

// sentence is a text on one line, of a length that can be shown.
func sentence(text string) string {
	const longest = 500
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > longest {
		text = string(runes[:longest]) + "…"
	}
	return text
}

// schemeOf knows a scheme by its name in any case.
func (r *reader) schemeOf(name string) (Scheme, bool) {
	i := slices.IndexFunc(schemeNames[:], func(known string) bool { return strings.EqualFold(known, strings.TrimSpace(name)) })
	if i < 0 {
		r.oddly(fmt.Sprintf("the scheme %q is unknown here and left out", shortened(name)))
	}
	return Scheme(max(i, 0)), i >= 0
}

// pathSet reads paths that a permission opens in the same way. Paths may stand before the methods.
func (r *reader) pathSet(p *permission) {
	set := grant{permission: p}
	type entry struct {
		path, rule string
		at         int
	}
	var entries []entry
	r.object("a set of paths", func(key string) {
		switch key {
		case "schemeKeys":
			r.array(key, func() {
				if s, ok := r.schemeOf(r.text(key)); ok {
					set.schemes |= 1 << s
				}
			})
		case "methods":
			r.array(key, func() { set.methods |= methodBit(strings.ToUpper(r.text(key))) })
		case "paths":
			r.object(key, func(path string) { entries = append(entries, entry{path, r.text(path), r.start}) })
		default:
			r.skip()
		}
	})
	for _, e := range entries {
		r.start = e.at
		if strings.Contains(e.path, "?") {
			continue // about some uses of an operation: of the operation as such it says nothing
		}
		if g, ok := r.rule(set, e.rule); ok {
			r.add(e.path, g)
		}
	}
}

// rule reads what is said of one path, such as "least=DelegatedWork;AlsoRequires=Policy.Read.All". It returns false for a
// permission that opens only some properties: it is not enough for the whole.
func (r *reader) rule(g grant, text string) (grant, bool) {
	for part := range strings.SplitSeq(text, ";") {
		key, value, _ := strings.Cut(part, "=")
		values := list(value)
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "":
		case "least":
			for _, name := range values {
				if s, ok := r.schemeOf(name); ok {
					g.least |= 1 << s & g.schemes
				}
			}
		case "alsorequires":
			g.also = values
			for _, name := range values {
				if !validName.MatchString(name) {
					r.fail(r.start, "%q cannot be the name of a permission", shortened(name))
				}
			}
		case "includedproperties", "excludedproperties":
			r.oddly("a permission that opens only some properties is left out")
			return g, false
		default:
			r.oddly(fmt.Sprintf("the rule %q is unknown here and left out", shortened(key)))
		}
	}
	return g, true
}

// list splits at commas and leaves out what is empty.
func list(text string) []string {
	var items []string
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// add adds a grant to a path.
func (r *reader) add(path string, g grant) {
	segments := split(path)
	key := canonical(segments)
	if !strings.HasPrefix(path, "/") || key == "" {
		r.fail(r.start, "%q is no path: it has to begin with a slash", shortened(path))
		return
	}
	at := r.table.resources[key]
	if at == nil {
		at = &resource{written: path}
		r.table.resources[key] = at
		if bare := canonical(withoutArguments(segments)); bare != key {
			r.table.overloads[bare] = append(r.table.overloads[bare], at)
		}
	}
	at.grants = append(at.grants, g)
	g.permission.opens = append(g.permission.opens, open{at, g.methods, g.schemes})
}

// validID is what the id of a permission looks like.
var validID = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// deployments reads the ids of a permission. One that is in the public cloud counts more than one that is not.
func (r *reader) deployments(name string) {
	p := r.named(name)
	var public [schemes]bool
	r.array(name, func() {
		var id, scheme, environment string
		r.object(name, func(key string) {
			switch key {
			case "id":
				id = r.text(key)
			case "scheme":
				scheme = r.text(key)
			case "environment":
				environment = r.text(key)
			default:
				r.skip()
			}
		})
		s, ok := r.schemeOf(scheme)
		isPublic := strings.Contains(strings.ToLower(environment), "public")
		switch {
		case !ok || !validID.MatchString(id): // the table has many without an id
		case p.schemes[s].ID == "" || isPublic && !public[s]:
			p.schemes[s].ID, public[s] = strings.ToLower(id), isPublic
		}
	})
}
