package openapi

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

func TestSplitPath(t *testing.T) {
	tests := []struct {
		path string
		want []step
	}{
		{"/", nil},
		{"/boards", []step{{text: "boards", name: "boards"}}},
		{"/boards/", []step{{text: "boards", name: "boards"}}},
		{"/boards/{board-id}/$count", []step{{text: "boards", name: "boards"}, {text: "{board-id}", name: "{board-id}"},
			{text: "$count", name: "$count"}}},
		{"/boards/ex.delta()", []step{{text: "boards", name: "boards"}, {text: "ex.delta()", name: "ex.delta", call: true}}},
		{"/ex.find(name='{name}',top={top})", []step{{text: "ex.find(name='{name}',top={top})", name: "ex.find", call: true,
			args: []ir.Arg{{Name: "name", Param: "name", Quoted: true}, {Name: "top", Param: "top"}}}}},
		{"/ex.find(a='@a',b=@b, c={@c},d='{@d}')", []step{{text: "ex.find(a='@a',b=@b, c={@c},d='{@d}')", name: "ex.find", call: true,
			args: []ir.Arg{{Name: "a", Param: "a", Quoted: true, Alias: true}, {Name: "b", Param: "b", Alias: true},
				{Name: "c", Param: "c", Alias: true}, {Name: "d", Param: "d", Quoted: true, Alias: true}}}}},
		{"/boards({board-id})/cards", []step{{text: "boards({board-id})", name: "boards", call: true, args: []ir.Arg{{Param: "board-id"}}},
			{text: "cards", name: "cards"}}},
		{"/ex.at(path='/a/b')/x", []step{{text: "ex.at(path='/a/b')", name: "ex.at", call: true,
			args: []ir.Arg{{Name: "path", Param: "/a/b", Quoted: true}}}, {text: "x", name: "x"}}},
		{"/People('{UserName}')", []step{{text: "People('{UserName}')", name: "People", call: true, args: []ir.Arg{{Param: "UserName", Quoted: true}}}}},
		{"/{name}.{ext}", []step{{text: "{name}.{ext}", name: "{name}.{ext}",
			args: []ir.Arg{{Name: "name", Param: "name"}, {Name: "ext", Param: "ext"}}}}},
		{"/{x}-{x}", []step{{text: "{x}-{x}", name: "{x}-{x}", args: []ir.Arg{{Name: "x", Param: "x"}}}}},
		{"/root:/{item-path}:/content", []step{{text: "root:", name: "root"}, {text: "{item-path}:", name: "{item-path}", address: true, closed: true,
			args: []ir.Arg{{Name: "item-path", Param: "item-path"}}}, {text: "content", name: "content"}}},
		{"/items/{item-id}:/{item-path}", []step{{text: "items", name: "items"}, {text: "{item-id}:", name: "{item-id}"},
			{text: "{item-path}", name: "{item-path}", address: true, args: []ir.Arg{{Name: "item-path", Param: "item-path"}}}}},
		{"/Items('{id}'):/a/{b}/c{d}:", []step{{text: "Items('{id}'):", name: "Items", call: true, args: []ir.Arg{{Param: "id", Quoted: true}}},
			{text: "a/{b}/c{d}:", name: "a/{b}/c{d}", address: true, closed: true,
				args: []ir.Arg{{Name: "b", Param: "b"}, {Name: "d", Param: "d"}}}}},
		// Without an end and with more behind it, it is no address; nor are verbs behind a colon.
		{"/root:/{a}/b", []step{{text: "root:", name: "root:"}, {text: "{a}", name: "{a}"}, {text: "b", name: "b"}}},
		{"/root:/a:/b", []step{{text: "root:", name: "root:"}, {text: "a:", name: "a:"}, {text: "b", name: "b"}}},
		{"/{name}:cancel", []step{{text: "{name}:cancel", name: "{name}:cancel", args: []ir.Arg{{Name: "name", Param: "name"}}}}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, splitPath(test.path), cmp.AllowUnexported(step{})); diff != "" {
			t.Errorf("splitPath(%q) (-want +got):\n%s", test.path, diff)
		}
	}
}

func TestBadPaths(t *testing.T) {
	const operation = " {get: {responses: {}}}\n"
	tests := []struct{ path, want string }{
		{"boards", `a.yaml:5:3: error: the path "boards" does not begin with a slash (bad-path)
	hint: paths look like /things/{thing-id}/parts`},
		{"/boards?x=1", `a.yaml:5:3: error: the path "/boards?x=1" has a character that does not belong into a path (bad-path)
	hint: paths look like /things/{thing-id}/parts`},
		{"/boards/{id", `a.yaml:5:3: error: the path "/boards/{id" has braces or parentheses that do not match (bad-path)
	hint: paths look like /things/{thing-id}/parts`},
		{"/boards(a={b)}", `a.yaml:5:3: error: the path "/boards(a={b)}" has braces or parentheses that do not match (bad-path)
	hint: paths look like /things/{thing-id}/parts`},
		{"/x{y}(a={b})", `a.yaml:5:3: error: the path "/x{y}(a={b})" has a parameter in a place where it is neither a key nor an argument nor a part of a segment (bad-path)
	hint: paths look like /things/{thing-id}/parts`},
		{"/{a}(b)", `a.yaml:5:3: error: the path "/{a}(b)" has a parameter in a place where it is neither a key nor an argument nor a part of a segment (bad-path)
	hint: paths look like /things/{thing-id}/parts`},
		{"/People({a}).json", `a.yaml:5:3: error: the path "/People({a}).json" has a parameter in a place where it is neither a key nor an argument nor a part of a segment (bad-path)
	hint: paths look like /things/{thing-id}/parts`},
		{"/{a{b}}", `a.yaml:5:3: error: the path "/{a{b}}" has a parameter in a place where it is neither a key nor an argument nor a part of a segment (bad-path)
	hint: paths look like /things/{thing-id}/parts`},
		{"/boards)", `a.yaml:5:3: error: the path "/boards)" has braces or parentheses that do not match (bad-path)
	hint: paths look like /things/{thing-id}/parts`},
	}
	for _, test := range tests {
		_, diags := loadFiles(t, map[string]string{"a.yaml": header + "paths:\n  '" + test.path + "':" + operation}, Options{Specs: []string{"a.yaml"}})
		if diff := cmp.Diff([]string{test.want}, texts(diags)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.path, diff)
		}
	}
}
