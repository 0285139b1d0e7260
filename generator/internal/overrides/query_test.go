package overrides

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// The query of GET /boards is $top and color, of an enumeration; it needs the header X-Level.
func TestQuery(t *testing.T) {
	tests := map[string]struct{ override, want string }{
		"nothing":            {"{query: [], headers: []}", "$top int32, color ex.color; X-Level"},
		"OData's own":        {"{query: [expand, $count, top]}", "$top int32, color ex.color, $expand []string, $count bool; X-Level"},
		"a text":             {"{query: [lang]}", "$top int32, color ex.color, lang string; X-Level"},
		"taken away":         {"{query: [-top, -color]}", "; X-Level"},
		"with a $":           {"{query: [-$top]}", "color ex.color; X-Level"},
		"of a type":          {"{query: [{name: since, type: Edm.Date, required: true, description: From when on.}]}", `$top int32, color ex.color, since* date "From when on."; X-Level`},
		"called as OData's":  {"{query: [{name: top}]}", "$top int32, color ex.color, top string; X-Level"},
		"changed":            {"{query: [{name: color, required: true}]}", "$top int32, color* ex.color; X-Level"},
		"of another type":    {"{query: [{name: color, type: Collection(Edm.Guid)}]}", "$top int32, color []guid; X-Level"},
		"headers":            {"{headers: [If-Match, -x-level]}", "$top int32, color ex.color; If-Match"},
		"a header once more": {"{headers: [x-level]}", "$top int32, color ex.color; x-level"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			pkg := testPackage()
			list := pkg.Operations[0]
			list.Headers = []string{"X-Level"}
			if diags := Apply(pkg, write(t, "operations:\n  GET /boards: "+test.override+"\n"), nil); len(diags) > 0 {
				t.Fatal(diags)
			}
			var query []string
			for _, p := range list.Query {
				query = append(query, describeOption(p))
			}
			got := strings.Join(query, ", ") + "; " + strings.Join(list.Headers, ",")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func describeOption(p *ir.Parameter) string {
	text := p.Name
	if p.Required {
		text += "*"
	}
	kind := typeName(p.Type)
	if p.Type.Kind == ir.Bool {
		kind = "bool"
	}
	text += " " + kind
	if p.Doc.Description != "" {
		text += fmt.Sprintf(" %q", p.Doc.Description)
	}
	return text
}

func TestRequiredParameter(t *testing.T) {
	pkg := testPackage()
	color := pkg.Operations[0].Query[1]
	color.Required = true
	if diags := Apply(pkg, write(t, "parameters:\n  GET /boards?color: {required: false}\n"), nil); len(diags) > 0 || color.Required {
		t.Errorf("required is %t, %v", color.Required, diags)
	}
}

func TestQueryFaults(t *testing.T) {
	tests := map[string]struct{ override, want string }{
		"no list":              {"{query: expand}", `7: error: expected a list of options, such as [expand, -search, {name: since, type: Edm.Date}]; found the text "expand" (wrong-shape)`},
		"no name":              {"{query: ['-']}", "7: error: expected the name of an option, with - before it to take it away, or {name: …}; found the text \"-\" (wrong-shape)"},
		"no name in a mapping": {"{query: [{type: Edm.Date}]}", "7: error: expected the name of an option, with - before it to take it away, or {name: …}; found a mapping (wrong-shape)"},
		"a list in it":         {"{query: [[a]]}", "7: error: expected the name of an option, with - before it to take it away, or {name: …}; found a list (wrong-shape)"},
		"another query":        {"{query: ['a&b=c']}", "7: error: expected the name of an option, with - before it to take it away, or {name: …}; found the text \"a&b=c\" (wrong-shape)"},
		"unknown key":          {"{query: [{name: a, kind: b}]}", `7: error: unknown key "kind" (unknown-key)` + "\n\thint: known here: description, name, required, type"},
		"no type":              {"{query: [{name: a, type: Edm.Dat}]}", `7: error: "Edm.Dat" is not a type of this package (override-type)` + "\n\thint: write Edm.String, a qualified name, or Collection() or Map() around one; the nearest names are Edm.Date, Edm.Byte, Edm.Guid"},
		"not there":            {"{query: [-expand]}", "7: error: GET /boards has no query option $expand that could be taken away (unmatched-override)"},
		"no header":            {"{headers: ['a: b']}", `7: error: "a: b" is not the name of a header (wrong-shape)`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			diags := Apply(testPackage(), write(t, "# 1\n# 2\n# 3\n# 4\n# 5\noperations:\n  GET /boards: "+test.override+"\n"), nil)
			if len(diags) != 1 {
				t.Fatalf("%d diagnostics: %v", len(diags), diags)
			}
			_, got, _ := strings.Cut(diags[0].String(), ".yaml:")
			line, rest, _ := strings.Cut(got, ":")
			_, message, _ := strings.Cut(rest, ": ")
			if diff := cmp.Diff(test.want, line+": "+message); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
