package api

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// operationKinds are what an operation does, as facts call it.
var operationKinds = map[ir.OperationKind]string{
	ir.List: "list", ir.Get: "get", ir.Create: "create", ir.Update: "update", ir.Replace: "replace", ir.Delete: "delete",
	ir.CountOp: "count", ir.ActionOp: "action", ir.FunctionOp: "function", ir.Custom: "custom",
}

// segmentKinds are the steps of a path.
var segmentKinds = map[ir.SegmentKind]string{
	ir.Static: "", ir.Key: "key", ir.Action: "action", ir.Function: "function", ir.Cast: "cast", ir.Count: "count",
	ir.Value: "value", ir.RefSegment: "ref", ir.Template: "template", ir.Address: "address",
}

// inverse finds a kind by its name.
func inverse[K comparable](names map[K]string) map[string]K {
	kinds := make(map[string]K, len(names))
	for kind, name := range names {
		kinds[name] = kind
	}
	return kinds
}

var (
	operationsByName = inverse(operationKinds)
	segmentsByName   = inverse(segmentKinds)
)

// typeText is a type in the spelling of OData.
func typeText(t *ir.Type) string {
	switch t.Kind {
	case ir.Collection:
		return "Collection(" + typeText(t.Elem) + ")"
	case ir.Map: // OData has no such type
		return "Map(" + entryText(t.Elem) + ")"
	case ir.ModelKind:
		return t.Model.ID()
	case ir.EnumKind:
		return t.Enum.ID()
	}
	return t.Kind.Edm()
}

// entryText is the type of what a map holds. No fact says whether that may be null, and so a question mark does.
func entryText(t *ir.Type) string {
	text := typeText(t)
	if t.Kind == ir.Collection {
		text = "Collection(" + entryText(t.Elem) + ")"
	}
	if t.Nullable {
		text += "?"
	}
	return text
}

// Segment are the facts of one step of a path.
type Segment struct {
	// Kind is "" for a name as it stands, or "key", "action", "function", "cast", "count", "value", "ref", "template" (text with
	// parameters inside) or "address" (a path between colons).
	Kind string `json:"kind,omitempty"`
	Name string `json:"name,omitempty"`
	// Of is the type that a key selects from.
	Of   string `json:"of,omitempty"`
	Keys []Arg  `json:"keys,omitempty"`
	Args []Arg  `json:"args,omitempty"`
	// Primary: a key in parentheses with a name is the entity's own. Closed: the address that the path ends with has its colon.
	Primary bool `json:"primary,omitempty"`
	Closed  bool `json:"closed,omitempty"`
}

// Arg are the facts of an argument of a function or a part of a key. Name is "" where a key stands alone.
type Arg struct {
	Name   string `json:"name"`
	Param  string `json:"param"`
	Quoted bool   `json:"quoted,omitempty"`
	Alias  bool   `json:"alias,omitempty"`
	Type   string `json:"type,omitempty"`
}

func segments(list []ir.Segment) []Segment {
	facts := make([]Segment, len(list))
	for i, s := range list {
		facts[i] = Segment{Kind: segmentKinds[s.Kind], Name: s.Name, Of: s.KeyType, Keys: arguments(s.Keys), Args: arguments(s.Args),
			Primary: s.Primary, Closed: s.Closed}
	}
	return facts
}

func arguments(list []ir.Arg) []Arg {
	var facts []Arg
	for _, a := range list {
		arg := Arg{Name: a.Name, Param: a.Param, Quoted: a.Quoted, Alias: a.Alias}
		if a.Type != nil {
			arg.Type = typeText(a.Type)
		}
		facts = append(facts, arg)
	}
	return facts
}

// types finds what a type is called, for nodes that are built from facts.
type types struct {
	models map[string]*ir.Model
	enums  map[string]*ir.Enum
}

// ElementType is a type as typeText writes it, of lists and maps that of their items, however deep.
func ElementType(of string) string {
	for {
		before := of
		of = strings.TrimSuffix(of, "?")
		for _, list := range []string{"Collection(", "Map("} {
			if inner, ok := strings.CutPrefix(of, list); ok {
				of = strings.TrimSuffix(inner, ")")
			}
		}
		if of == before {
			return of
		}
	}
}

// read is the inverse of typeText. The error names the type that is not there.
func (ts types) read(text string) (*ir.Type, error) {
	if inner, ok := strings.CutSuffix(text, "?"); ok {
		t, err := ts.read(inner)
		if err == nil {
			t.Nullable = true
		}
		return t, err
	}
	if inner, ok := strings.CutPrefix(text, "Collection("); ok {
		elem, err := ts.read(strings.TrimSuffix(inner, ")"))
		return &ir.Type{Kind: ir.Collection, Elem: elem}, err
	}
	if inner, ok := strings.CutPrefix(text, "Map("); ok {
		elem, err := ts.read(strings.TrimSuffix(inner, ")"))
		return &ir.Type{Kind: ir.Map, Elem: elem}, err
	}
	if m := ts.models[text]; m != nil {
		return &ir.Type{Kind: ir.ModelKind, Model: m}, nil
	}
	if e := ts.enums[text]; e != nil {
		return &ir.Type{Kind: ir.EnumKind, Enum: e}, nil
	}
	if kind, ok := ir.KindOfEdm(text); ok {
		return &ir.Type{Kind: kind}, nil
	}
	return nil, fmt.Errorf("its type %s is not there any more", text)
}

// segments reads the steps of a path.
func (ts types) segments(facts []Segment) ([]ir.Segment, error) {
	list := make([]ir.Segment, len(facts))
	for i, s := range facts {
		kind, ok := segmentsByName[s.Kind]
		if !ok {
			return nil, fmt.Errorf("its path has a step of unknown kind %q", s.Kind)
		}
		keys, err := ts.arguments(s.Keys)
		if err != nil {
			return nil, err
		}
		args, err := ts.arguments(s.Args)
		if err != nil {
			return nil, err
		}
		list[i] = ir.Segment{Kind: kind, Name: s.Name, KeyType: s.Of, Keys: keys, Args: args, Primary: s.Primary, Closed: s.Closed}
	}
	return list, nil
}

func (ts types) arguments(facts []Arg) ([]ir.Arg, error) {
	var list []ir.Arg
	for _, a := range facts {
		arg := ir.Arg{Name: a.Name, Param: a.Param, Quoted: a.Quoted, Alias: a.Alias}
		if a.Type != "" {
			var err error
			if arg.Type, err = ts.read(a.Type); err != nil {
				return nil, err
			}
		}
		list = append(list, arg)
	}
	return list, nil
}

// placeholder is a parameter of a path. What it is called matters to nobody.
var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

// written is the value of an argument or a key between parentheses, in its place or as an alias whose value goes in the query.
var written = regexp.MustCompile(`([=(])'?(?:\{[^{}]*\}|@[\w.~-]+)'?([,)])`)

// PlainPath is an ID or a type without the names of path parameters, and without how their values are written, by which elements of
// two generations are matched.
func PlainPath(id string) string {
	if strings.Contains(id, "(") && strings.ContainsAny(id, "{@") {
		for again := true; again; { // a match takes the comma that the next one begins behind
			plain := written.ReplaceAllString(id, "$1{}$2")
			id, again = plain, plain != id
		}
	}
	if !strings.Contains(id, "{") {
		return id
	}
	return placeholder.ReplaceAllString(id, "{}")
}
