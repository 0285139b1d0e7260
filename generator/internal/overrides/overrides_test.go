package overrides

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// testPackage is a board with cards, some of them dated.
func testPackage() *ir.Package {
	color := &ir.Enum{Name: "ex.color", Members: []ir.EnumMember{{Name: "red"}, {Name: "blue"}}}
	entity := &ir.Model{Name: "ex.entity", Properties: []*ir.Property{{Name: "id", Key: true, Type: &ir.Type{Kind: ir.String}}}}
	size := &ir.Model{Name: "ex.size", Used: true, Properties: []*ir.Property{{Name: "width", Type: &ir.Type{Kind: ir.Int32}}}}
	card := &ir.Model{Name: "ex.card", Base: entity, Used: true, Discriminator: true, Properties: []*ir.Property{
		{Name: "color", Type: &ir.Type{Kind: ir.EnumKind, Enum: color, Nullable: true}},
		{Name: "size", Type: &ir.Type{Kind: ir.ModelKind, Model: size, Nullable: true}},
		{Name: "text", Type: &ir.Type{Kind: ir.String}, Doc: ir.Doc{Description: "What it says."}},
	}}
	dated := &ir.Model{Name: "ex.datedCard", Base: card, Properties: []*ir.Property{{Name: "due", Type: &ir.Type{Kind: ir.Date}}}}
	board := &ir.Model{Name: "ex.board", Base: entity, Used: true, EntitySet: "boards", Properties: []*ir.Property{
		{Name: "cards", Type: &ir.Type{Kind: ir.Collection, Elem: &ir.Type{Kind: ir.ModelKind, Model: card}},
			Navigation: &ir.Navigation{Contained: true}},
	}}
	frame := &ir.Model{Inline: &ir.Inline{Parent: board, Property: "frame"}, Used: true}
	board.Properties = append(board.Properties, &ir.Property{Name: "frame", Type: &ir.Type{Kind: ir.ModelKind, Model: frame}})
	entity.Derived, card.Derived = []*ir.Model{board, card}, []*ir.Model{dated}

	list := &ir.Operation{Kind: ir.List, Method: "GET", Path: "/boards", Permissions: ir.Permissions{Delegated: ir.Together([]string{"Board.Read"})},
		Query:    []*ir.Parameter{{Name: "$top", Type: &ir.Type{Kind: ir.Int32}}, {Name: "color", Type: &ir.Type{Kind: ir.EnumKind, Enum: color}}},
		Response: &ir.Body{Type: &ir.Type{Kind: ir.Collection, Elem: &ir.Type{Kind: ir.ModelKind, Model: board}}}}
	paint := &ir.Operation{Kind: ir.ActionOp, Method: "POST", Path: "/boards/{board-id}/paint"}
	body := &ir.Model{Inline: &ir.Inline{Operation: paint, Role: ir.RequestBody}, Used: true}
	paint.Request = &ir.Body{Type: &ir.Type{Kind: ir.ModelKind, Model: body}}
	return &ir.Package{
		Models:     []*ir.Model{frame, body, board, card, dated, entity, size},
		Enums:      []*ir.Enum{color},
		Operations: []*ir.Operation{list, paint},
	}
}

// describe returns a line for every fact in the package that an override can change.
func describe(pkg *ir.Package) []string {
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for _, m := range pkg.Models {
		base := ""
		if m.Base != nil {
			base = m.Base.Name
		}
		var derived []string
		for _, d := range m.Derived {
			derived = append(derived, d.Name)
		}
		add("type %s go=%q doc=%q deprecated=%q base=%q derived=%q used=%t set=%q", modelName(m), m.GoName, m.Doc.Description,
			m.Doc.Deprecated, base, derived, m.Used, m.EntitySet)
		for _, p := range m.Properties {
			navigation := ""
			if p.Navigation != nil {
				navigation = fmt.Sprintf(" contained=%t set=%q", p.Navigation.Contained, p.Navigation.EntitySet)
			}
			add("property %s/%s %s go=%q doc=%q key=%t%s", modelName(m), p.Name, typeName(p.Type), p.GoName, p.Doc.Description, p.Key, navigation)
		}
	}
	for _, e := range pkg.Enums {
		add("enum %s go=%q", e.Name, e.GoName)
		for _, member := range e.Members {
			add("value %s/%s go=%q", e.Name, member.Name, member.GoName)
		}
	}
	for _, op := range pkg.Operations {
		add("operation %s %s go=%q doc=%q url=%q long=%t scopes=%q app=%q", op.Method, op.Path, op.GoName, op.Doc.Description,
			op.Doc.URL, op.LongRunning, op.Permissions.Delegated.Least, op.Permissions.Application.Least)
		for _, p := range op.Query {
			add("parameter %s %s?%s %s go=%q", op.Method, op.Path, p.Name, typeName(p.Type), p.GoName)
		}
		if op.Request != nil {
			add("request %s %s %s", op.Method, op.Path, typeName(op.Request.Type))
		}
		if op.Response != nil {
			add("response %s %s %s", op.Method, op.Path, typeName(op.Response.Type))
		}
	}
	for _, p := range pkg.PathNames {
		add("path %s go=%q", p.Path, p.GoName)
	}
	return lines
}

func modelName(m *ir.Model) string {
	switch {
	case m.Inline == nil:
		return m.Name
	case m.Inline.Operation != nil:
		return m.Inline.Operation.Path + " " + string(m.Inline.Role)
	}
	return modelName(m.Inline.Parent) + "." + m.Inline.Property
}

func typeName(t *ir.Type) string {
	name := map[ir.Kind]string{ir.Untyped: "any", ir.String: "string", ir.Int32: "int32", ir.Date: "date", ir.GUID: "guid",
		ir.DateTime: "datetime", ir.Binary: "binary"}[t.Kind]
	switch t.Kind {
	case ir.Collection:
		name = "[]" + typeName(t.Elem)
	case ir.ModelKind:
		name = modelName(t.Model)
	case ir.EnumKind:
		name = t.Enum.Name
	}
	if t.Nullable {
		name += "?"
	}
	return name
}

// changes returns the lines that went (-) and came (+).
func changes(before, after []string) []string {
	var diff []string
	for _, line := range before {
		if !slices.Contains(after, line) {
			diff = append(diff, "-"+line)
		}
	}
	for _, line := range after {
		if !slices.Contains(before, line) {
			diff = append(diff, "+"+line)
		}
	}
	return diff
}

// write puts the texts into files and returns their paths.
func write(t *testing.T, texts ...string) []string {
	t.Helper()
	var paths []string
	for i, text := range texts {
		path := filepath.Join(t.TempDir(), fmt.Sprintf("overrides%d.yaml", i))
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

func TestApply(t *testing.T) {
	tests := []struct {
		name  string
		files []string
		want  []string
	}{
		{"no file", nil, nil},
		{"a path", []string{"paths:\n  /boards/{board-id}: {rename: Wall}"}, []string{`+path /boards/{board-id} go="Wall"`}},
		{"an empty file", []string{"# nothing\n"}, nil},
		{"empty sections", []string{"types:\nenums: {}\n"}, nil},
		{"rename a type", []string{"types:\n  ex.card: {rename: Note}\n"}, []string{
			`-type ex.card go="" doc="" deprecated="" base="ex.entity" derived=["ex.datedCard"] used=true set=""`,
			`+type ex.card go="Note" doc="" deprecated="" base="ex.entity" derived=["ex.datedCard"] used=true set=""`}},
		{"correct a type", []string{"types:\n  ex.size: {description: How big., deprecated: old, entitySet: catalog/sizes, key: [width]}\n"}, []string{
			`-type ex.size go="" doc="" deprecated="" base="" derived=[] used=true set=""`,
			`-property ex.size/width int32 go="" doc="" key=false`,
			`+type ex.size go="" doc="How big." deprecated="old" base="" derived=[] used=true set="catalog/sizes"`,
			`+property ex.size/width int32 go="" doc="" key=true`}},
		{"no bind", []string{"types:\n  ex.board: {entitySet: \"\"}\n"}, []string{
			`-type ex.board go="" doc="" deprecated="" base="ex.entity" derived=[] used=true set="boards"`,
			`+type ex.board go="" doc="" deprecated="" base="ex.entity" derived=[] used=true set=""`}},
		{"the key of a base", []string{"types:\n  ex.card: {key: [id]}\n"}, nil},
		{"hide a type that is used", []string{"types:\n  ex.size: {hide: true}\n"}, []string{
			`-property ex.card/size ex.size? go="" doc="" key=false`,
			`-type ex.size go="" doc="" deprecated="" base="" derived=[] used=true set=""`,
			`-property ex.size/width int32 go="" doc="" key=false`,
			`+property ex.card/size any? go="" doc="" key=false`}},
		{"hide a type in the middle", []string{"types:\n  ex.card: {hide: true}\n"}, []string{
			`-property ex.board/cards []ex.card go="" doc="" key=false contained=true set=""`,
			`-type ex.card go="" doc="" deprecated="" base="ex.entity" derived=["ex.datedCard"] used=true set=""`,
			`-property ex.card/color ex.color? go="" doc="" key=false`,
			`-property ex.card/size ex.size? go="" doc="" key=false`,
			`-property ex.card/text string go="" doc="What it says." key=false`,
			`-type ex.datedCard go="" doc="" deprecated="" base="ex.card" derived=[] used=false set=""`,
			`-type ex.entity go="" doc="" deprecated="" base="" derived=["ex.board" "ex.card"] used=false set=""`,
			`+property ex.board/cards []any go="" doc="" key=false contained=true set=""`,
			`+type ex.datedCard go="" doc="" deprecated="" base="ex.entity" derived=[] used=false set=""`,
			`+property ex.datedCard/color ex.color? go="" doc="" key=false`,
			`+property ex.datedCard/size ex.size? go="" doc="" key=false`,
			`+property ex.datedCard/text string go="" doc="What it says." key=false`,
			`+type ex.entity go="" doc="" deprecated="" base="" derived=["ex.board" "ex.datedCard"] used=false set=""`}},
		{"hide what an answer has", []string{"types:\n  ex.board: {hide: true}\n"}, []string{
			`-type ex.board.frame go="" doc="" deprecated="" base="" derived=[] used=true set=""`,
			`-type ex.board go="" doc="" deprecated="" base="ex.entity" derived=[] used=true set="boards"`,
			`-property ex.board/cards []ex.card go="" doc="" key=false contained=true set=""`,
			`-property ex.board/frame ex.board.frame go="" doc="" key=false`,
			`-type ex.card go="" doc="" deprecated="" base="ex.entity" derived=["ex.datedCard"] used=true set=""`,
			`-type ex.entity go="" doc="" deprecated="" base="" derived=["ex.board" "ex.card"] used=false set=""`,
			`-response GET /boards []ex.board`,
			`+type ex.card go="" doc="" deprecated="" base="ex.entity" derived=["ex.datedCard"] used=false set=""`,
			`+type ex.entity go="" doc="" deprecated="" base="" derived=["ex.card"] used=false set=""`,
			`+response GET /boards []any`}},
		{"correct a property", []string{"properties:\n  ex.card/text: {rename: Body, description: Words., type: Edm.DateTimeOffset, nullable: true}\n"}, []string{
			`-property ex.card/text string go="" doc="What it says." key=false`,
			`+property ex.card/text datetime? go="Body" doc="Words." key=false`}},
		{"a type keeps its nullability", []string{"properties:\n  ex.card/size: {type: Collection(Edm.Guid)}\n"}, []string{
			`-property ex.card/size ex.size? go="" doc="" key=false`,
			`-type ex.size go="" doc="" deprecated="" base="" derived=[] used=true set=""`,
			`+property ex.card/size []guid? go="" doc="" key=false`,
			`+type ex.size go="" doc="" deprecated="" base="" derived=[] used=false set=""`}},
		{"a type of the package", []string{"properties:\n  ex.datedCard/due: {type: ex.color}\n  ex.card/color: {type: ex.size, nullable: false}\n"}, []string{
			`-property ex.card/color ex.color? go="" doc="" key=false`,
			`-property ex.datedCard/due date go="" doc="" key=false`,
			`+property ex.card/color ex.size go="" doc="" key=false`,
			`+property ex.datedCard/due ex.color go="" doc="" key=false`}},
		{"make a navigation property", []string{"properties:\n  ex.card/size: {entitySet: catalog/sizes}\n"}, []string{
			`-property ex.card/size ex.size? go="" doc="" key=false`,
			`+property ex.card/size ex.size? go="" doc="" key=false contained=false set="catalog/sizes"`}},
		{"mark a navigation property", []string{"properties:\n  ex.card/size: {navigation: true, contained: true}\n"}, []string{
			`-property ex.card/size ex.size? go="" doc="" key=false`,
			`+property ex.card/size ex.size? go="" doc="" key=false contained=true set=""`}},
		{"unmark a navigation property", []string{"properties:\n  ex.board/cards: {navigation: false}\n"}, []string{
			`-property ex.board/cards []ex.card go="" doc="" key=false contained=true set=""`,
			`+property ex.board/cards []ex.card go="" doc="" key=false`}},
		{"hide a property", []string{"properties:\n  ex.board/frame: {hide: true}\n"}, []string{
			`-type ex.board.frame go="" doc="" deprecated="" base="" derived=[] used=true set=""`,
			`-property ex.board/frame ex.board.frame go="" doc="" key=false`}},
		{"rename an enum and a value", []string{"enums:\n  ex.color: {rename: Paint}\n  ex.color/red: {rename: Scarlet}\n"}, []string{
			`-enum ex.color go=""`, `-value ex.color/red go=""`, `+enum ex.color go="Paint"`, `+value ex.color/red go="Scarlet"`}},
		{"hide a value", []string{"enums:\n  ex.color/red: {hide: true}\n"}, []string{`-value ex.color/red go=""`}},
		{"hide an enum", []string{"enums:\n  ex.color: {hide: true}\n"}, []string{
			`-property ex.card/color ex.color? go="" doc="" key=false`,
			`-enum ex.color go=""`, `-value ex.color/red go=""`, `-value ex.color/blue go=""`,
			`-parameter GET /boards?color ex.color go=""`,
			`+property ex.card/color string? go="" doc="" key=false`,
			`+parameter GET /boards?color string go=""`}},
		{"correct an operation", []string{"operations:\n  GET /boards: {rename: Fetch, description: All., docs: https://example.com, scopes: [A, B], applicationPermissions: [C], longRunning: true}\n"}, []string{
			`-operation GET /boards go="" doc="" url="" long=false scopes=["Board.Read"] app=[]`,
			`+operation GET /boards go="Fetch" doc="All." url="https://example.com" long=true scopes=["A B"] app=["C"]`}},
		{"no scopes", []string{"operations:\n  GET /boards: {scopes: []}\n"}, []string{
			`-operation GET /boards go="" doc="" url="" long=false scopes=["Board.Read"] app=[]`,
			`+operation GET /boards go="" doc="" url="" long=false scopes=[] app=[]`}},
		{"hide an operation", []string{"operations:\n  POST /boards/{board-id}/paint: {hide: true}\n"}, []string{
			`-type /boards/{board-id}/paint request go="" doc="" deprecated="" base="" derived=[] used=true set=""`,
			`-operation POST /boards/{board-id}/paint go="" doc="" url="" long=false scopes=[] app=[]`,
			`-request POST /boards/{board-id}/paint /boards/{board-id}/paint request`}},
		{"rename a parameter, hide another", []string{"parameters:\n  GET /boards?color: {rename: Paint}\n  GET /boards?$top: {hide: true}\n"}, []string{
			`-parameter GET /boards?$top int32 go=""`, `-parameter GET /boards?color ex.color go=""`,
			`+parameter GET /boards?color ex.color go="Paint"`}},
		{"the later file wins", []string{"types:\n  ex.size: {rename: A, deprecated: x}\n", "types:\n  ex.size: {rename: B}\n"}, []string{
			`-type ex.size go="" doc="" deprecated="" base="" derived=[] used=true set=""`,
			`+type ex.size go="B" doc="" deprecated="x" base="" derived=[] used=true set=""`}},
		{"the later file shows again", []string{"types:\n  ex.size: {hide: true}\n", "types:\n  ex.size: {hide: false}\n"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pkg := testPackage()
			if diags := Apply(pkg, write(t, test.files...), nil); len(diags) > 0 {
				t.Fatal(diags)
			}
			if diff := cmp.Diff(test.want, changes(describe(testPackage()), describe(pkg))); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestApplyFaults(t *testing.T) {
	tests := []struct {
		name, file string
		want       []string
	}{
		{"not YAML", "types:\n  a: [\n", []string{
			`F:2:7: error: this is not YAML: did not find expected node content (not-yaml)
	hint: look at this line and the one before it: indentation, quotes, colons`}},
		{"a list", "- types\n", []string{`F:1:1: error: expected a mapping of sections; found a list (wrong-shape)`}},
		{"unknown section", "type:\n  ex.card: {}\n", []string{
			`F:1:1: error: unknown key "type" (unknown-key)
	hint: did you mean types? known here: constants, enums, operations, parameters, paths, properties, types`}},
		{"unknown field", "types:\n  ex.card: {name: X}\n", []string{
			`F:2:13: error: unknown key "name" (unknown-key)
	hint: did you mean rename? known here: deprecated, description, entitySet, hide, key, polymorphic, rename, subscription, uploadSession`}},
		{"section is no mapping", "types: [ex.card]\n", []string{`F:1:8: error: expected a mapping of overrides; found a list (wrong-shape)`}},
		{"override is no mapping", "types:\n  ex.card: Note\n", []string{`F:2:12: error: expected a mapping of fields; found the text "Note" (wrong-shape)`}},
		{"twice", "types:\n  ex.card: {}\n  ex.card: {}\n", []string{
			`F:3:3: error: "ex.card" stands twice in this mapping (duplicate-key)
	see also F:2:3
	hint: remove one of the two`}},
		{"alias", "types:\n  ex.card: &a {rename: X}\n  ex.size: *a\n", []string{
			`F:2:12: error: anchors and aliases, & and *, are not read (anchor)
	hint: write the value out, or quote the text`}},
		{"not an identifier", "types:\n  ex.card: {rename: 3D}\n", []string{
			`F:2:21: error: expected a Go identifier that begins with a capital letter; found the text "3D" (wrong-shape)`}},
		{"not exported", "types:\n  ex.card: {rename: card}\n", []string{
			`F:2:21: error: expected a Go identifier that begins with a capital letter; found the text "card" (wrong-shape)`}},
		{"not a boolean", "types:\n  ex.card: {hide: \"true\"}\n", []string{`F:2:19: error: expected true or false; found the text "true" (wrong-shape)`}},
		{"not a list", "operations:\n  GET /boards: {scopes: A}\n", []string{`F:2:25: error: expected a list of texts; found the text "A" (wrong-shape)`}},
		{"not text", "types:\n  ex.card: {description: [a]}\n", []string{`F:2:26: error: expected a text; found a list (wrong-shape)`}},
		{"not a path", "types:\n  ex.card: {entitySet: /cards}\n", []string{
			`F:2:24: error: expected a path below the service root, such as catalog/things; found the text "/cards" (wrong-shape)`}},
		{"a session that is no mapping", "types:\n  ex.card: {uploadSession: url}\n", []string{
			`F:2:28: error: expected a mapping, {url: PROPERTY, ranges: PROPERTY}; found the text "url" (wrong-shape)`}},
		{"a session without ranges", "types:\n  ex.card: {uploadSession: {url: text}}\n", []string{
			`F:2:28: error: "ranges" is missing (missing-key)`}},
		{"a session with more than it has", "types:\n  ex.card: {uploadSession: {url: text, ranges: text, size: 3}}\n", []string{
			`F:2:28: error: ranges: "text" is not a property of ex.card with a list of text (unmatched-override)`,
			`F:2:54: error: unknown key "size" (unknown-key)
	hint: known here: ranges, result, url`}},
		{"a session without its property", "types:\n  ex.card: {uploadSession: {url: address, ranges: open}}\n", []string{
			`F:2:28: error: url: "address" is not a property of ex.card with text (unmatched-override)`}},
		{"a subscription that is no mapping", "types:\n  ex.card: {subscription: /cards}\n", []string{
			`F:2:27: error: expected a mapping, {path: /PATH, expires: PROPERTY}; found the text "/cards" (wrong-shape)`}},
		{"a subscription without its path", "types:\n  ex.card: {subscription: {expires: text}}\n", []string{
			`F:2:27: error: "path" is missing (missing-key)`}},
		{"a subscription with lives that are none", "types:\n  ex.card: {subscription: {path: /cards, expires: text, longest: [PT1H]}}\n", []string{
			`F:2:27: error: expires: "text" is not a property of ex.card with a time that can be set (unmatched-override)`,
			`F:2:66: error: expected a mapping of durations by path; found a list (wrong-shape)`}},
		{"no media type", "operations:\n  GET /boards: {body: html}\n", []string{
			`F:2:23: error: expected a media type, such as text/html; found the text "html" (wrong-shape)`}},
		{"no such type", "types:\n  ex.cart: {rename: Note}\n", []string{
			`F:2:3: error: "ex.cart" is not a type of this package (unmatched-override)
	hint: the nearest names are ex.card, ex.board, ex.datedCard`}},
		{"an enum as a type", "types:\n  ex.color: {rename: Paint}\n", []string{
			`F:2:3: error: "ex.color" is an enum (unmatched-override)
	hint: write it below "enums"`}},
		{"no such key", "types:\n  ex.card: {key: [id, nr]}\n", []string{
			`F:2:23: error: "nr" is not a property of ex.card (unmatched-override)`}},
		{"no such property", "properties:\n  ex.card/txt: {hide: true}\n", []string{
			`F:2:3: error: "ex.card/txt" is not a property of this package (unmatched-override)
	hint: the nearest names are ex.card/text, ex.card/size, ex.card/color`}},
		{"a property of a base", "properties:\n  ex.card/id: {hide: true}\n", []string{
			`F:2:3: error: "ex.card/id" is not a property of this package (unmatched-override)
	hint: the nearest names are ex.card/size, ex.card/text, ex.card/color`}},
		{"no such type of a property", "properties:\n  ex.cart/text: {hide: true}\n", []string{
			`F:2:3: error: "ex.cart/text" is not a property of this package (unmatched-override)
	hint: the nearest names are ex.card/text, ex.card/size, ex.card/color`}},
		{"no such enum", "enums:\n  ex.colour: {rename: Paint}\n", []string{
			`F:2:3: error: "ex.colour" is not an enum of this package (unmatched-override)
	hint: the nearest names are ex.color`}},
		{"no such value", "enums:\n  ex.color/rot: {rename: Red}\n", []string{
			`F:2:3: error: "ex.color/rot" is not a value of an enum of this package (unmatched-override)
	hint: the nearest names are ex.color/red, ex.color/blue`}},
		{"no such operation", "operations:\n  PUT /boards: {rename: Put}\n", []string{
			`F:2:3: error: "PUT /boards" is not an operation of this package (unmatched-override)
	hint: the nearest names are GET /boards`}},
		{"package of a path below another", "paths:\n  /boards/{board-id}: {package: walls}", []string{
			"F:2:3: error: packages of calls are those of paths of one segment, such as /me (unmatched-override)\n\thint: name the path of its first segment, or leave package: out"}},
		{"package in capitals", "paths:\n  /boards: {package: Walls}", []string{
			"F:2:22: error: expected the name of a package: small letters and digits, such as mine; found the text \"Walls\" (wrong-shape)"}},
		{"unknown path", "paths:\n  /board: {rename: Wall}", []string{
			`F:2:3: error: "/board" is not a path of this package (unmatched-override)
	hint: the nearest names are /boards`}},
		{"no such parameter", "parameters:\n  GET /boards?$tip: {rename: Tip}\n", []string{
			`F:2:3: error: "GET /boards?$tip" is not a query parameter of this package (unmatched-override)
	hint: the nearest names are GET /boards?$top, GET /boards?color`}},
		{"an option of all calls", "parameters:\n  GET /boards?$top: {rename: Limit}\n", []string{
			`F:2:30: error: $top is one of OData's own query options, which are called alike in every call (system-option)
	hint: take the rename away; only parameters that an operation has of its own can be renamed`}},
		{"unknown type", "properties:\n  ex.card/text: {type: Edm.Strin}\n", []string{
			`F:2:24: error: "Edm.Strin" is not a type of this package (override-type)
	hint: write Edm.String, a qualified name, or Collection() or Map() around one; the nearest names are Edm.String, Edm.Stream, Edm.Guid`}},
		{"nested collection", "properties:\n  ex.card/text: {type: Collection(Collection(Edm.String))}\n", []string{
			`F:2:24: error: "Collection(Collection(Edm.String))": a collection cannot hold collections (override-type)
	hint: write Edm.String, a qualified name, or Collection() or Map() around one`}},
		{"several faults", "types:\n  ex.none: {}\nenums:\n  nothing.like.it: {}\n", []string{
			`F:2:3: error: "ex.none" is not a type of this package (unmatched-override)
	hint: the nearest names are ex.size, ex.board`,
			`F:4:3: error: "nothing.like.it" is not an enum of this package (unmatched-override)`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			paths := write(t, test.file)
			var got []string
			for _, d := range Apply(testPackage(), paths, nil) {
				got = append(got, strings.ReplaceAll(d.String(), filepath.ToSlash(paths[0]), "F"))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
		})
	}
}

func TestApplyFiles(t *testing.T) {
	dir := t.TempDir()
	missing, large := filepath.Join(dir, "missing.yaml"), filepath.Join(dir, "large.yaml")
	if err := os.WriteFile(large, make([]byte, maxFileSize+1), 0o666); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range Apply(testPackage(), []string{missing, dir, large}, nil) {
		got = append(got, strings.ReplaceAll(d.String(), filepath.ToSlash(dir), "DIR"))
	}
	want := []string{
		"DIR: error: this is a directory, not a file (unreadable-file)\n\thint: an override file is YAML",
		"DIR/large.yaml: error: the file is too large: 4 MiB (unreadable-file)\n\thint: an override file is YAML",
		"DIR/missing.yaml: error: there is no such file (unreadable-file)\n\thint: an override file is YAML",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
}
