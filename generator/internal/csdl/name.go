package csdl

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// maxName is how many characters a simple identifier has at most.
const maxName = 128

// checkNames refuses names that OData does not know. They end up in paths, queries, Go code and on terminals, where a slash, a
// brace, a quote, a control character or a mark that changes the direction of text would be more than a name.
func (r *reader) checkNames() {
	for _, t := range r.doc.Types {
		r.checkQualified("type", t.Name, t.Pos)
		for _, p := range t.Properties {
			r.checkName("property", p.Name, p.Pos)
		}
	}
	for _, e := range r.doc.Enums {
		r.checkQualified("enumeration", e.Name, e.Pos)
		for _, m := range e.Members {
			r.checkName("member", m.Name, m.Pos)
		}
	}
	for _, o := range r.doc.Operations {
		r.checkQualified("operation", o.Name, o.Pos)
		for _, p := range o.Parameters {
			r.checkName("parameter", p.Name, p.Pos)
		}
	}
	for _, s := range slices.Concat(r.doc.EntitySets, r.doc.Singletons) {
		what := "entity set"
		if s.Singleton {
			what = "singleton"
		}
		r.checkName(what, s.Name, s.Pos)
	}
	for _, i := range r.doc.Imports {
		r.checkName("import", i.Name, i.Pos)
	}
}

// checkKeys refuses keys that are no properties of their type. A path into a property, which OData allows, has no form in the
// address of an entity that clients could agree on.
func (r *reader) checkKeys() {
	for _, t := range r.doc.Types {
		for _, key := range t.Key {
			if t.Property(key) == nil {
				r.diags.Add(diag.Diagnostic{Pos: t.Pos, Severity: diag.Error, Code: "metadata-key",
					Message: fmt.Sprintf("%+q, which is to be a key of %s, is none of its properties", key, t.Name),
					Hint:    "name a property of the type or of a base of it"})
			}
		}
		for _, key := range t.AlternateKeys() {
			for _, part := range key {
				r.checkName("part of an alternate key", part.Alias, t.Pos)
			}
		}
	}
}

// checkTargets refuses bindings to what cannot be the path of an entity set.
func (r *reader) checkTargets() {
	for _, s := range slices.Concat(r.doc.EntitySets, r.doc.Singletons) {
		for _, b := range s.Bindings {
			for step := range strings.SplitSeq(b.Target, "/") {
				if !isQualifiedIdentifier(step) {
					r.diags.Add(diag.Diagnostic{Pos: b.Pos, Severity: diag.Error, Code: "metadata-name",
						Message: fmt.Sprintf("%+q, to which a navigation property of %s is bound, is no path of an entity set", b.Target, s.Name),
						Hint:    "a path is names with slashes between them: things, or areas/things"})
					break
				}
			}
		}
	}
}

// isQualifiedIdentifier reports whether name is simple identifiers with dots between them.
func isQualifiedIdentifier(name string) bool {
	for part := range strings.SplitSeq(name, ".") {
		if !isSimpleIdentifier(part) {
			return false
		}
	}
	return true
}

// checkQualified checks a name with its namespace, whose parts are simple identifiers, too.
func (r *reader) checkQualified(what, name string, pos diag.Pos) {
	namespace, last := "", name
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		namespace, last = name[:i], name[i+1:]
	}
	if !isQualifiedIdentifier(namespace) {
		r.refuse("namespace", namespace, pos)
		return
	}
	r.checkName(what, last, pos)
}

func (r *reader) checkName(what, name string, pos diag.Pos) {
	if !isSimpleIdentifier(name) {
		r.refuse(what, name, pos)
	}
}

func (r *reader) refuse(what, name string, pos diag.Pos) {
	if utf8.RuneCountInString(name) > maxName {
		name = string([]rune(name)[:maxName]) + "…"
	}
	r.diags.Add(diag.Diagnostic{Pos: pos, Severity: diag.Error, Code: "metadata-name",
		Message: fmt.Sprintf("the name of the %s, %+q, is none that OData knows", what, name),
		Hint:    fmt.Sprintf("a name is a letter or an underscore with letters, digits, underscores and hyphens after it, %d characters at most", maxName)})
}

// isSimpleIdentifier reports whether name is one of OData's simple identifiers. Those may also hold characters that cannot be
// seen, which no service needs; hyphens they may not have, but published metadata do in the names of errors' properties.
func isSimpleIdentifier(name string) bool {
	if name == "" || !utf8.ValidString(name) || utf8.RuneCountInString(name) > maxName {
		return false
	}
	for i, c := range name {
		letter := c == '_' || unicode.IsLetter(c)
		if !letter && (i == 0 || c != '-' && !unicode.In(c, unicode.Nl, unicode.Nd, unicode.Mn, unicode.Mc)) {
			return false
		}
	}
	return true
}
