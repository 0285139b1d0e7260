package slice

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/slice/fetch"
	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// This file compares what the OpenAPI document and the metadata say of the types in the slices. What only one of them knows is
// no disagreement if it is the metadata, which is the newer and the more complete as a rule.

// The values of the notes' decisions.
const (
	decidedOpenAPI  = "openapi"
	decidedMetadata = "metadata"
)

// decision returns what the notes say about a disagreement, "" if nothing.
func (n *Notes) decision(name string) string {
	if decision := n.take(n.Decisions, "decisions", name); decision != "" {
		return decision
	}
	for _, pattern := range n.patterns {
		if matchesDecision(pattern, name) {
			return n.take(n.Decisions, "decisions", pattern)
		}
	}
	return ""
}

// decisionPatterns are the decisions for more than one name, those that say most first.
func decisionPatterns(decisions map[string]string) []string {
	var patterns []string
	for name := range decisions {
		if strings.Contains(name, "*") {
			patterns = append(patterns, name)
		}
	}
	slices.SortFunc(patterns, func(a, b string) int {
		said := func(p string) int { return len(p) - strings.Count(p, "*") }
		return cmp.Or(cmp.Compare(said(b), said(a)), cmp.Compare(a, b))
	})
	return patterns
}

// matchesDecision compares the name of a type or "type/property" with a pattern. A * stands for any rest of a type's or of a
// property's name, and alone for everything.
func matchesDecision(pattern, name string) bool {
	if pattern == "*" {
		return true
	}
	patternType, patternProperty, ofProperty := strings.Cut(pattern, "/")
	typ, property, isProperty := strings.Cut(name, "/")
	return ofProperty == isProperty && matchesName(patternType, typ) && matchesName(patternProperty, property)
}

// decidedByDocument returns a property of the metadata as the OpenAPI document has it, if the notes say that the document is right
// about it; else nil. A decision for many properties is about those that the two do not agree on.
func (c *cutter) decidedByDocument(p *model.Property) *model.Property {
	if p.Metadata == nil || c.published == nil || c.notes.decision(p.Path()) != decidedOpenAPI {
		return nil
	}
	theirs := c.types.Published(p.Owner.Name).Property(p.Name)
	if theirs == nil || c.notes.Decisions[p.Path()] == "" && agrees(p, theirs) {
		return nil
	}
	return asOf(p.Owner, theirs)
}

// asOf is a property of the document as one of a type of the metadata.
func asOf(t *model.Type, p *model.Property) *model.Property {
	taken := *p
	taken.Owner = t
	return &taken
}

// agrees reports whether the document says of a property what the metadata says.
func agrees(p, theirs *model.Property) bool {
	return shapeOf(tree.NodeOf(theirs.Schema)) == shapeOf(typeSchema(p.Metadata.Type, false))
}

// removedByDocument reports whether the notes say that the document is right not to have a property of the metadata. It has to be
// named: what only the metadata has is no disagreement.
func (c *cutter) removedByDocument(p *model.Property) bool {
	if p.Metadata == nil || c.notes.Decisions[p.Path()] != decidedOpenAPI {
		return false
	}
	theirs := c.types.Published(p.Owner.Name)
	return theirs != nil && theirs.Property(p.Name) == nil && c.notes.decision(p.Path()) == decidedOpenAPI
}

// addedByDocument returns the properties that the metadata's type lacks, and that the notes say it has.
func (c *cutter) addedByDocument(t *model.Type) []*model.Property {
	if t.Metadata == nil || len(c.notes.Decisions) == 0 {
		return nil
	}
	theirs := c.types.Published(t.Name)
	if theirs == nil {
		return nil
	}
	var added []*model.Property
	for _, p := range theirs.Properties {
		isNew := t.Property(p.Name) == nil && !p.IsAnnotation() && c.keeps(p)
		if isNew && c.notes.decision(p.Path()) == decidedOpenAPI {
			added = append(added, asOf(t, p))
		}
	}
	return added
}

// compare reports where the two sources disagree.
func (c *cutter) compare() {
	if len(c.cfg.Metadata) == 0 {
		return
	}
	for t := range c.full {
		theirs := c.types.Published(t.Name)
		switch {
		case theirs == nil:
		case t.Metadata != nil:
			c.compareType(t, theirs)
		case t.Enum != nil:
			c.compareEnum(t.Enum, theirs)
		default:
			c.compareMissing(t)
		}
	}
}

// disagree reports a disagreement about what name names, unless the notes decide it.
func (c *cutter) disagree(name string, theirs, ours diag.Pos, format string, args ...any) {
	if c.notes.decision(name) != "" {
		return
	}
	d := diag.Diagnostic{Pos: theirs, Severity: diag.Warning, Code: "disagreement", Message: fmt.Sprintf(format, args...),
		Hint: fmt.Sprintf("to decide it, write into the notes: decisions: {%s: openapi} or metadata; * stands for any rest of a name", name)}
	if !ours.IsZero() {
		d.Related = []diag.Pos{ours}
	}
	c.diags.Add(d)
}

func (c *cutter) compareType(t, theirs *model.Type) {
	if theirs.BaseName() != t.BaseName() && c.notes.decision(t.Name) == "" {
		c.disagree(t.Name, theirs.Pos, t.Pos, "%s derives from %s here and from %s in the metadata, which is followed", t.Name,
			orNothing(theirs.BaseName()), orNothing(t.BaseName()))
	}
	for _, property := range theirs.Properties {
		if !c.keeps(property) || property.IsAnnotation() {
			continue
		}
		p := t.Property(property.Name)
		if p == nil { // unless it is decided, see addedByDocument
			c.disagree(property.Path(), property.Pos, t.Pos, "the metadata has no property %s, so it is left out", property.Path())
			continue
		}
		if !agrees(p, property) {
			here, there := shapeOf(tree.NodeOf(property.Schema)), shapeOf(typeSchema(p.Metadata.Type, false))
			c.disagree(p.Path(), property.Pos, p.Pos, "%s is %s here and %s in the metadata, which is followed", p.Path(), here, there)
		}
	}
}

func (c *cutter) compareEnum(e *csdl.Enum, theirs *model.Type) {
	values := model.Child(theirs.Own, "enum")
	if values == nil {
		c.disagree(e.Name, theirs.Pos, e.Pos, "%s is an enumeration in the metadata, and none here", e.Name)
		return
	}
	for _, v := range values.Content {
		if slices.ContainsFunc(e.Members, func(m *csdl.Member) bool { return m.Name == v.Value }) {
			continue
		}
		pos := diag.Pos{File: theirs.Pos.File, Line: v.Line, Column: v.Column}
		c.disagree(e.Name, pos, e.Pos, "%s has no member %s in the metadata, so it is left out", e.Name, v.Value)
	}
}

// compareMissing reports a type of the document that the metadata should have: one of its namespaces.
func (c *cutter) compareMissing(t *model.Type) {
	item, isCollection := collectionItem(t.Name)
	if isCollection && c.types.Has(item) {
		return
	}
	space := ir.Namespace(t.Name)
	isTheirs := space != "" && slices.ContainsFunc(c.doc.Types, func(o *csdl.Type) bool { return ir.Namespace(o.Name) == space })
	if isTheirs && !c.broughtIn(t.Name) {
		c.disagree(t.Name, t.Pos, diag.Pos{File: fetch.Name(c.cfg.Metadata[0])},
			"the metadata has no type %s, so it is described as the OpenAPI document does", t.Name)
	}
}

// broughtIn reports whether a type is there for a property for which the notes decide.
func (c *cutter) broughtIn(name string) bool {
	for by := c.because[name]; by != ""; by = c.because[by] {
		if !strings.Contains(by, " ") && strings.Contains(by, "/") && c.notes.decision(by) == decidedOpenAPI {
			return true
		}
	}
	return false
}

func orNothing(name string) string {
	if name == "" {
		return "nothing"
	}
	return name
}

// shape is what two descriptions of a value have to agree about: whether it is a collection, and the type. Nullability is not
// among it, since OpenAPI documents lose it.
type shape struct {
	collection bool
	typ        string
}

func (s shape) String() string {
	if s.collection {
		return "a collection of " + s.typ
	}
	return s.typ
}

// shapeOf reads a schema.
func shapeOf(n *tree.Node) shape {
	if items := n.Get("items"); items != nil {
		return shape{true, shapeOf(items).typ}
	}
	if ref := n.Get("$ref").Text(); ref != "" {
		return shape{typ: strings.TrimPrefix(ref, tree.ComponentPrefix+tree.Schemas+"/")}
	}
	for _, key := range []string{"anyOf", "allOf", "oneOf"} {
		if parts := n.Get(key).Items(); len(parts) > 0 {
			return shapeOf(parts[0])
		}
	}
	return shape{typ: edmLike(n.Get("type").Text(), n.Get("format").Text())}
}

// edmLike names a primitive type in the way in which documents of all dates agree.
func edmLike(typ, format string) string {
	switch {
	case typ == "integer" || typ == "number":
		return "number " + format
	case typ == "string" && slices.Contains([]string{"base64url", "binary", "byte"}, format):
		return "bytes"
	case typ == "string" && format != "":
		return format
	case typ == "" || typ == "object":
		return "any JSON"
	}
	return typ
}
