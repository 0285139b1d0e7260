package slice

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/slice/fetch"
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

// decidedByDocument returns the schema of a property, if the notes say that the OpenAPI document is right about it. A decision
// for many properties is about those that the two do not agree on.
func (c *cutter) decidedByDocument(p *csdl.Property) *yaml.Node {
	if c.published == nil || c.notes.decision(p.Path()) != decidedOpenAPI {
		return nil
	}
	theirs, ok := c.schemaProperty(p.Owner.Name, p.Name)
	if !ok || c.notes.Decisions[p.Path()] == "" && c.agrees(p, theirs) {
		return nil
	}
	return theirs.node
}

// agrees reports whether the document says of a property what the metadata says.
func (c *cutter) agrees(p *csdl.Property, theirs theirProperty) bool {
	return shapeOf(NodeOf(theirs.node)) == shapeOf(typeSchema(p.Type, false))
}

// removedByDocument reports whether the notes say that the document is right not to have a property. It has to be named: what
// only the metadata has is no disagreement.
func (c *cutter) removedByDocument(p *csdl.Property) bool {
	if c.published.schema(p.Owner.Name) == nil || c.notes.Decisions[p.Path()] != decidedOpenAPI {
		return false
	}
	_, ok := c.schemaProperty(p.Owner.Name, p.Name)
	return !ok && c.notes.decision(p.Path()) == decidedOpenAPI
}

// addedByDocument returns the properties that the metadata's type lacks, and that the notes say it has.
func (c *cutter) addedByDocument(t *csdl.Type) []theirProperty {
	s := c.published.schema(t.Name)
	if s == nil || len(c.notes.Decisions) == 0 {
		return nil
	}
	return slices.DeleteFunc(s.properties(), func(p theirProperty) bool {
		return !c.onlyTheirs(t, s, p) || c.notes.decision(t.Name+"/"+p.name) != decidedOpenAPI
	})
}

// onlyTheirs reports whether only the document has a property, and the slices would describe it.
func (c *cutter) onlyTheirs(t *csdl.Type, s *theirSchema, p theirProperty) bool {
	return t.Property(p.name) == nil && !strings.Contains(p.name, "@") && c.keepsProperty(s, p)
}

// addedSchema is the schema of a property that only the document has, with the words of the notes.
func (c *cutter) addedSchema(p theirProperty) *Node {
	n := c.theirPropertySchema(p)
	words := c.notes.take(c.notes.Types[p.owner].Properties, "types", p.owner, "properties", p.name)
	if words == "" && !c.cfg.OnlyNotes {
		return n
	}
	if n.Get("$ref") != nil {
		n = Map(Field{"allOf", Seq(n)})
	}
	n.remove("description")
	return n.Set("description", optional(words))
}

// compare reports where the two sources disagree.
func (c *cutter) compare() {
	if len(c.cfg.Metadata) == 0 {
		return
	}
	for _, t := range c.fullTypes() {
		if s := c.published.schema(t.Name); s != nil {
			c.compareType(t, s)
		}
	}
	for e := range c.enums {
		if s := c.published.schema(e.Name); s != nil {
			c.compareEnum(e, s)
		}
	}
	for name := range c.schemas.full {
		c.compareMissing(name)
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

func (c *cutter) compareType(t *csdl.Type, s *theirSchema) {
	base := ""
	if t.Base != nil {
		base = t.Base.Name
	}
	if theirs := s.baseName(); theirs != base && c.notes.decision(t.Name) == "" {
		c.disagree(t.Name, s.pos, t.Pos, "%s derives from %s here and from %s in the metadata, which is followed", t.Name, orNothing(theirs), orNothing(base))
	}
	for _, theirs := range s.properties() {
		if !c.keepsProperty(s, theirs) || strings.Contains(theirs.name, "@") {
			continue
		}
		p := t.Property(theirs.name)
		if p == nil { // unless it is decided, see addedByDocument
			name := t.Name + "/" + theirs.name
			c.disagree(name, theirs.pos, t.Pos, "the metadata has no property %s, so it is left out", name)
			continue
		}
		if !c.agrees(p, theirs) {
			here, there := shapeOf(NodeOf(theirs.node)), shapeOf(typeSchema(p.Type, false))
			c.disagree(p.Path(), theirs.pos, p.Pos, "%s is %s here and %s in the metadata, which is followed", p.Path(), here, there)
		}
	}
}

func (c *cutter) compareEnum(e *csdl.Enum, s *theirSchema) {
	values := child(s.own, "enum")
	if values == nil {
		c.disagree(e.Name, s.pos, e.Pos, "%s is an enumeration in the metadata, and none here", e.Name)
		return
	}
	for _, v := range values.Content {
		if slices.ContainsFunc(e.Members, func(m *csdl.Member) bool { return m.Name == v.Value }) {
			continue
		}
		pos := diag.Pos{File: s.pos.File, Line: v.Line, Column: v.Column}
		c.disagree(e.Name, pos, e.Pos, "%s has no member %s in the metadata, so it is left out", e.Name, v.Value)
	}
}

// compareMissing reports a type of the document that the metadata should have: one of its namespaces.
func (c *cutter) compareMissing(name string) {
	item, isCollection := collectionItem(name)
	if isCollection && c.hasType(item) {
		return
	}
	inNamespace := func(full string) bool { return full[:lastDot(full)+1] == name[:lastDot(name)+1] }
	isTheirs := lastDot(name) > 0 && slices.ContainsFunc(c.doc.Types, func(t *csdl.Type) bool { return inNamespace(t.Name) })
	if isTheirs && !c.broughtIn(name) {
		c.disagree(name, c.published.schema(name).pos, diag.Pos{File: fetch.Name(c.cfg.Metadata[0])},
			"the metadata has no type %s, so it is described as the OpenAPI document does", name)
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
func shapeOf(n *Node) shape {
	if items := n.Get("items"); items != nil {
		return shape{true, shapeOf(items).typ}
	}
	if ref := n.Get("$ref").Text(); ref != "" {
		return shape{typ: strings.TrimPrefix(ref, componentPrefix+schemas+"/")}
	}
	for _, key := range []string{"anyOf", "allOf", "oneOf"} {
		if parts := itemsOf(n.Get(key)); len(parts) > 0 {
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
