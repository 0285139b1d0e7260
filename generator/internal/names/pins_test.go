package names

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

func pin(kind, id, name string) lock.Element { return lock.Element{Kind: kind, ID: id, Name: name} }

// A newcomer that wants a name which something else has is who has to give way, whatever the order.
func TestNewcomers(t *testing.T) {
	property := func(name string) *ir.Property { return &ir.Property{Name: name, Type: &ir.Type{}} }
	types := []*ir.Model{{Name: "microsoft.graph.a.b"}, {Name: "microsoft.graph.aB"}}
	bound := []*ir.Model{{Name: "microsoft.graph.a", EntitySet: "as"}, {Name: "microsoft.graph.bindA"}}
	enum := &ir.Enum{Name: "e", Members: []ir.EnumMember{{Name: "a_b"}, {Name: "aB"}}}
	list, other := operation(ir.List, "GET", "/things"), operation(ir.Custom, "LIST", "/things")
	search := operation(ir.List, "GET", "/x")
	search.Query = []*ir.Parameter{{Name: "a_b", Type: &ir.Type{}}, {Name: "aB", Type: &ir.Type{}}}
	for name, test := range map[string]struct {
		pkg  *ir.Package
		pins []lock.Element // alone
		want string
	}{
		"the first type is new": {&ir.Package{Models: types}, []lock.Element{pin("type", "microsoft.graph.aB", "AB")},
			`type microsoft.graph.a.b becomes the Go name AB, which type microsoft.graph.aB has had since the last generation; ` +
				`give the newcomer another name in the overrides, such as types: {"microsoft.graph.a.b": {rename: ABModel}}`},
		"the second type is new": {&ir.Package{Models: types}, []lock.Element{pin("type", "microsoft.graph.a.b", "AB")},
			`type microsoft.graph.aB becomes the Go name AB, which type microsoft.graph.a.b has had since the last generation; ` +
				`give the newcomer another name in the overrides, such as types: {"microsoft.graph.aB": {rename: ABModel}}`},
		"both are new": {&ir.Package{Models: types}, []lock.Element{pin("type", "microsoft.graph.aB", "Other")},
			`type microsoft.graph.a.b and type microsoft.graph.aB both become the Go name AB; ` +
				`give one of them another name in the overrides, such as types: {"microsoft.graph.aB": {rename: ABModel}}`},
		"a merge left two names": {&ir.Package{Models: types}, []lock.Element{pin("type", "microsoft.graph.aB", "AB"), pin("type", "microsoft.graph.aB", "Ab")},
			`type microsoft.graph.a.b and type microsoft.graph.aB both become the Go name AB; ` +
				`give one of them another name in the overrides, such as types: {"microsoft.graph.aB": {rename: ABModel}}`},
		"a bind helper": {&ir.Package{Models: bound}, []lock.Element{pin("type", "microsoft.graph.a", "A")},
			`type microsoft.graph.bindA becomes the Go name BindA, which the bind helper of type microsoft.graph.a has had since the last generation; ` +
				`give the newcomer another name in the overrides, such as types: {"microsoft.graph.bindA": {rename: BindAModel}}`},
		"a property": {&ir.Package{Models: []*ir.Model{{Name: "x", Properties: []*ir.Property{property("iD"), property("ID")}}}},
			[]lock.Element{pin("property", "x/ID", "ID")},
			`property iD of type x becomes the Go name ID, which property ID of type x has had since the last generation; ` +
				`give the newcomer another name in the overrides, such as properties: {"x/iD": {rename: IDProperty}}`},
		"a member": {&ir.Package{Enums: []*ir.Enum{enum}}, []lock.Element{pin("member", "e/aB", "EAB")},
			`member a_b of enum e becomes the Go name EAB, which member aB of enum e has had since the last generation; ` +
				`give the newcomer another name in the overrides, such as enums: {"e/a_b": {rename: EABValue}}`},
		"an operation": {&ir.Package{Operations: []*ir.Operation{list, other}}, []lock.Element{pin("operation", "LIST /things", "List")},
			`GET /things becomes the Go name List, which LIST /things has had since the last generation; ` +
				`give the newcomer another name in the overrides, such as operations: {"GET /things": {rename: ListEntity}}`},
		"a parameter": {&ir.Package{Operations: []*ir.Operation{search}}, []lock.Element{pin("parameter", "GET /x?aB", "AB")},
			`parameter a_b becomes the Go name AB, which parameter aB has had since the last generation; ` +
				`give the newcomer another name in the overrides, such as parameters: {"GET /x?a_b": {rename: ABParameter}}`},
		"a path": {&ir.Package{Operations: []*ir.Operation{operation(ir.List, "GET", "/programControls"), operation(ir.List, "GET", "/programs/{program-id}/controls")}},
			[]lock.Element{pin("path", "/programs/{program-id}/controls", "ProgramControls")},
			`path /programControls becomes the Go name ProgramControlsRequests, which path /programs/{program-id}/controls has had since the last generation; ` +
				`give the newcomer another name in the overrides, such as paths: {"/programControls": {rename: ProgramControlsPath}}`},
	} {
		t.Run(name, func(t *testing.T) {
			pins := NewPins(&lock.Lock{Elements: test.pins}, "", 0)
			_, diags := Assign(test.pkg, ir.Resources(test.pkg.Operations), Reserved{}, pins)
			var got []string
			for _, d := range diags {
				got = append(got, d.Message+"; "+d.Hint)
			}
			if diff := cmp.Diff([]string{test.want}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The names of other rules stay, as do those that are made of them, unless an override or the runtime wants otherwise; of the same rules they are what
// the rules say.
func TestKeptNames(t *testing.T) {
	newPackage := func() *ir.Package {
		op := operation(ir.List, "GET", "/things")
		op.Query = []*ir.Parameter{{Name: "$top", Type: &ir.Type{}}}
		constants := &ir.Constants{Name: "role", Values: []ir.EnumMember{{Name: "owner"}}}
		return &ir.Package{
			Models:     []*ir.Model{{Name: "microsoft.graph.thing", Properties: []*ir.Property{{Name: "webUrl", Type: &ir.Type{}, Constants: constants}}}},
			Enums:      []*ir.Enum{{Name: "microsoft.graph.kind", Members: []ir.EnumMember{{Name: "big"}}}},
			Operations: []*ir.Operation{op},
		}
	}
	all := []lock.Element{
		pin("type", "microsoft.graph.thing", "OldThing"), pin("property", "microsoft.graph.thing/webUrl", "WebUrl"),
		pin("constant", "role/owner", "OldOwner"), pin("enum", "microsoft.graph.kind", "OldKind"),
		pin("member", "microsoft.graph.kind/big", "OldKindBig"), pin("operation", "GET /things", "Query"),
		pin("parameter", "GET /things?$top", "Limit"), pin("path", "/things", "OldThings"),
	}
	byRules := []string{"Thing", "WebURL", "RoleOwner", "Kind", "KindBig", "List", "Top", "Things"}
	names := func(elements []lock.Element) []string {
		var out []string
		for _, e := range elements {
			out = append(out, e.Name)
		}
		return out
	}
	changed := func(i int, e lock.Element) []lock.Element {
		list := slices.Clone(all)
		list[i] = e
		return list
	}
	for name, test := range map[string]struct {
		lock     *lock.Lock
		reserved []string
		override string // the type's
		want     []string
		kept     int
	}{
		"no lock":          {nil, nil, "", byRules, 0},
		"the same rules":   {&lock.Lock{Version: "2", Rules: 5, Elements: all}, nil, "", byRules, 0},
		"newer rules":      {&lock.Lock{Version: "2", Rules: 6, Elements: all}, nil, "", names(all), 7},
		"without a number": {&lock.Lock{Version: "2", Elements: all}, nil, "", names(all), 7},
		"another version":  {&lock.Lock{Version: "1", Rules: 5, Elements: all}, nil, "", names(all), 7},
		"older rules":      {&lock.Lock{Version: "2", Rules: 4, Elements: all}, nil, "", names(all), 7},
		"kept before":      {&lock.Lock{Version: "2", Rules: 5, Elements: changed(0, lock.Element{Kind: "type", ID: "microsoft.graph.thing", Name: "OldThing", Kept: true})}, nil, "", append([]string{"OldThing"}, byRules[1:]...), 1},
		"an override":      {&lock.Lock{Version: "2", Rules: 4, Elements: all}, nil, "Mine", append([]string{"Mine"}, names(all)[1:]...), 6},
		"now the runtime's": {&lock.Lock{Version: "2", Rules: 4, Elements: all}, []string{"OldThing", "OldThingsRequests"}, "",
			[]string{"Thing", "WebUrl", "OldOwner", "OldKind", "OldKindBig", "Query", "Limit", "Things"}, 5},
		"not an identifier": {&lock.Lock{Version: "2", Rules: 4, Elements: changed(0, pin("type", "microsoft.graph.thing", "Old Thing"))}, nil, "",
			append([]string{"Thing"}, names(all)[1:]...), 6},
		"not exported": {&lock.Lock{Version: "2", Rules: 4, Elements: changed(1, pin("property", "microsoft.graph.thing/webUrl", "webUrl"))}, nil, "",
			slices.Concat(names(all)[:1], []string{"WebURL"}, names(all)[2:]), 6},
		"a method of models": {&lock.Lock{Version: "2", Rules: 4, Elements: changed(1, pin("property", "microsoft.graph.thing/webUrl", "ETag"))}, nil, "",
			slices.Concat(names(all)[:1], []string{"WebURL"}, names(all)[2:]), 6},
		"of what is no more": {&lock.Lock{Version: "2", Rules: 4, Elements: []lock.Element{pin("type", "microsoft.graph.gone", "Thing")}}, nil, "", byRules, 0},
	} {
		t.Run(name, func(t *testing.T) {
			pkg := newPackage()
			pkg.Models[0].GoName = test.override
			reserved := Reserved{Package: map[string]bool{}}
			for _, name := range test.reserved {
				reserved.Package[name] = true
			}
			roots := ir.Resources(pkg.Operations)
			table, diags := Assign(pkg, roots, reserved, NewPins(test.lock, "2", 5))
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			m, e, op := pkg.Models[0], pkg.Enums[0], pkg.Operations[0]
			var got []string
			for _, i := range []Ident{table.Model(m), table.Field(m.Properties[0]), table.Constant(m.Properties[0].Constants, 0), table.Enum(e),
				table.Member(e, 0), table.Method(op), table.Parameter(op.Query[0])} {
				got = append(got, i.String())
			}
			got = append(got, table.Path(roots[0]))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			kept := 0
			for _, e := range all {
				if table.Kept(e.Kind, e.ID) {
					kept++
				}
			}
			if kept != test.kept {
				t.Errorf("%d names are kept, want %d", kept, test.kept)
			}
		})
	}
}

// The ways to paths stay as their names do.
func TestKeptAccessors(t *testing.T) {
	const path = "/things/{thing-id}/parts"
	for name, test := range map[string]struct {
		rules         int
		root, parts   string // facts
		override      string
		want          string
		kept, keptToo bool
	}{
		"the same rules":    {2, `{"accessor":"Stuff"}`, `{"accessor":"Pieces"}`, "", "Things Parts", false, false},
		"other rules":       {1, `{"accessor":"Stuff"}`, `{"accessor":"Pieces"}`, "", "Stuff Pieces", true, true},
		"kept before":       {2, `{"accessor":"Stuff"}`, `{"accessor":"Pieces","oldAccessor":true}`, "", "Things Pieces", false, true},
		"an override":       {1, `{"accessor":"Stuff"}`, `{"accessor":"Pieces"}`, "Mine", "Stuff Mine", true, false},
		"no facts":          {1, ``, `[]`, "", "Things Parts", false, false},
		"the client's now":  {1, `{"accessor":"Do"}`, `{"accessor":"Do"}`, "", "Things Do", false, true},
		"not an identifier": {1, `{"accessor":"a b"}`, `{"accessor":"parts"}`, "", "Things Parts", false, false},
		"what it would be":  {1, `{"accessor":"Things"}`, `{"accessor":"Parts"}`, "", "Things Parts", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			ops := []*ir.Operation{operation(ir.List, "GET", "/things"), operation(ir.List, "GET", path)}
			roots := ir.Resources(ops)
			pkg := &ir.Package{Operations: ops, PathNames: []ir.PathName{{Path: path, Accessor: test.override}}}
			l := &lock.Lock{Rules: test.rules, Elements: []lock.Element{
				{Kind: "path", ID: "/things", Name: "Things", Facts: test.root}, {Kind: "path", ID: path, Name: "ThingParts", Facts: test.parts}}}
			table, diags := Assign(pkg, roots, Reserved{Client: map[string]bool{"Do": true}}, NewPins(l, "", 2))
			parts := placeOf(roots, ops[1])
			if got := table.Accessor(roots[0]).String() + " " + table.Accessor(parts).String(); got != test.want || len(diags) > 0 {
				t.Errorf("%s, %v; want %s", got, diags, test.want)
			}
			if table.KeptAccessor(roots[0]) != test.kept || table.KeptAccessor(parts) != test.keptToo {
				t.Errorf("kept: %t, %t", table.KeptAccessor(roots[0]), table.KeptAccessor(parts))
			}
		})
	}
}
