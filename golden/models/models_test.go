// Package models has only tests: of the decoders and encoders of every model of the committed packages.
package models

import (
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/golden/jsonvalue"
)

var update = flag.Bool("update", false, "rewrite list_test.go")

// packages are the committed packages by the names that list_test.go imports them under.
var packages = map[string]string{"v1": "generated/v1.0/graph", "beta": "generated/beta/graph"}

// model is what a pointer to a generated struct is for others.
type model interface {
	json.Marshaler
	json.Unmarshaler
}

// properties returns the names that each model of the committed packages reads, by the model's name, such as v1.Chat:
// the keys in its method properties.
func properties(t testing.TB) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for name, dir := range packages {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "..", dir, "json.go"), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv == nil || f.Name.Name != "properties" {
				continue
			}
			all[name+"."+f.Recv.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name] = keyNames(t, f)
		}
	}
	return all
}

// keyNames returns the names in the keys, such as `"topic":`, that calls in f have; a reference is read from two of them.
func keyNames(t testing.TB, f *ast.FuncDecl) []string {
	var names []string
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if limit, ok := call.Fun.(*ast.SelectorExpr); ok && limit.Sel.Name == "atMost" {
			return true // before the property itself
		}
		for _, arg := range call.Args {
			key, ok := arg.(*ast.BasicLit)
			if !ok {
				continue
			}
			text, err := strconv.Unquote(key.Value)
			if err != nil {
				t.Fatal(err)
			}
			name, err := strconv.Unquote(strings.TrimSuffix(text, ":"))
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, name)
			if isReference(call.Fun) {
				names = append(names, name+"@odata.bind")
			}
		}
		return true
	})
	return names
}

// isReference reports whether fun is c.ref or codeRefs.
func isReference(fun ast.Expr) bool {
	switch f := fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name == "ref" || f.Sel.Name == "anyRef"
	case *ast.Ident:
		return f.Name == "codeRefs" || f.Name == "codeAnyRefs"
	}
	return false
}

// TestListIsComplete holds that every model of the committed packages is tested here.
func TestListIsComplete(t *testing.T) {
	var b strings.Builder
	b.WriteString("package models\n\nimport (\n")
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		fmt.Fprintf(&b, "\t%s %q\n", name, "github.com/graphslice/graphslice/"+packages[name])
	}
	b.WriteString(")\n\n// newModel makes a value of every model: go test ./golden/models -update writes this list.\nvar newModel = map[string]func() model{\n")
	for _, name := range slices.Sorted(maps.Keys(properties(t))) {
		fmt.Fprintf(&b, "%q: func() model { return new(%s) },\n", name, name)
	}
	b.WriteString("}\n")
	want, err := format.Source([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("list_test.go", want, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("list_test.go")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("list_test.go (-want +got); go test ./golden/models -update writes it:\n%s", diff)
	}
}

// candidates are values of every JSON type and every type of OData. Those that tell the most stand first.
var candidates = []string{
	`"2020-12-04T23:10:28.5100000+00:00"`, `"P1DT2H"`, `"text"`, `"aGVsbG8="`, `"2024-05-01"`, `"08:00:00.50"`, `"https://graph.microsoft.com/v1.0/users('1')"`,
	`true`, `7`, `-1.50`,
	`{"@odata.type":"#microsoft.graph.aadUserConversationMember","id":"1","displayName":null,"unknown":{"a":[1.50]}}`,
	`{"@odata.type":"#microsoft.graph.teamworkUserIdentity","id":"1","userIdentityType":"other"}`,
	`["a","b"]`, `[{"id":"1","name":null},{"@odata.type":"#microsoft.graph.nobodyKnows","x":1}]`, `[7]`, `[]`, `[null]`, `[{}]`,
	`{}`, `null`, `""`, `false`, `0`, `1e3`, `"5"`, `"INF"`, `"a,b"`, `"\u0000\ud83d\ude00\u2028<&>"`, `[[]]`, `"0001-01-01T00:00:00Z"`,
}

// check decodes data into a new model; what is decoded has to be encoded to the same, again and again.
func check(t *testing.T, name string, data []byte) (decoded bool) {
	v := newModel[name]()
	if v.UnmarshalJSON(data) != nil {
		return false
	}
	if !json.Valid(data) {
		t.Fatalf("%s takes %.200q, which is not JSON", name, data)
	}
	first, err := v.MarshalJSON()
	if err != nil {
		if !strings.Contains(err.Error(), "bound and expanded items") { // of which it can be sent but one sort
			t.Fatalf("%s: %.200q is not encoded: %v", name, data, err)
		}
		return true
	}
	if err := jsonvalue.Kept(standingAlone(name, data), first); err != nil {
		t.Fatalf("%s: %.500s became %.500s: %v", name, data, first, err)
	}
	again := newModel[name]()
	if err := again.UnmarshalJSON(first); err != nil {
		t.Fatalf("%s: %.200q became %.200q: %v", name, data, first, err)
	}
	if second, err := again.MarshalJSON(); err != nil || string(second) != string(first) {
		t.Fatalf("%s: %.200q became %.200q and then %.200q, %v", name, data, first, second, err)
	}
	return true
}

// standingAlone returns data as a model sends it that stands in no property: a derived type says what it is, and null is
// nothing.
func standingAlone(name string, data []byte) []byte {
	alone, arrived := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	empty, err := newModel[name]().MarshalJSON()
	if err != nil || json.Unmarshal(empty, &alone) != nil || json.Unmarshal(data, &arrived) != nil {
		return data
	}
	if arrived == nil {
		return empty
	}
	if given := string(arrived["@odata.type"]); given == "" || given == "null" || given == `""` {
		maps.Copy(arrived, alone)
	}
	if data, err = json.Marshal(arrived); err != nil {
		return empty
	}
	return data
}

// TestEveryProperty gives each property of each model each candidate.
func TestEveryProperty(t *testing.T) {
	for name, names := range properties(t) {
		for _, property := range append(names, "@odata.type", "@odata.etag", "@odata.id", "isUnknown") {
			taken := 0
			for _, candidate := range candidates {
				if check(t, name, fmt.Appendf(nil, `{%q:%s}`, property, candidate)) {
					taken++
				}
			}
			if taken < 2 { // null, and something of its type
				t.Errorf("%s takes %d candidates as %s; add one of its type", name, taken, property)
			}
		}
	}
}

// fullBody returns an object with the first candidate that each property takes.
func fullBody(t testing.TB, name string, names []string) []byte {
	body := []byte("{")
	for _, property := range names {
		for _, candidate := range candidates {
			member := fmt.Sprintf("%q:%s", property, candidate)
			if newModel[name]().UnmarshalJSON([]byte("{"+member+"}")) == nil {
				if len(body) > 1 {
					body = append(body, ',')
				}
				body = append(body, member...)
				break
			}
		}
	}
	body = append(body, '}')
	if err := newModel[name]().UnmarshalJSON(body); err != nil {
		t.Fatalf("%s: %s: %v", name, body, err)
	}
	return body
}

// FuzzModels goes on from a body for each model that has all its properties.
func FuzzModels(f *testing.F) {
	names := slices.Sorted(maps.Keys(newModel))
	all := properties(f)
	for i, name := range names {
		f.Add(uint16(i), fullBody(f, name, all[name]))
	}
	f.Fuzz(func(t *testing.T, i uint16, data []byte) {
		check(t, names[int(i)%len(names)], data)
	})
}

// TestDepth holds that no model follows a text deeper than encoding/json does, in whatever property.
func TestDepth(t *testing.T) {
	const limit = 10_000
	deep := strings.Repeat("[", limit) + strings.Repeat("]", limit) // one too many inside of an object
	for name, names := range properties(t) {
		for _, property := range append(names, "isUnknown") {
			for _, data := range []string{
				`{"` + property + `":` + deep + `}`,
				strings.Repeat(`{"`+property+`":`, limit+1) + `null` + strings.Repeat(`}`, limit+1),
			} {
				if err := newModel[name]().UnmarshalJSON([]byte(data)); err == nil {
					t.Errorf("%s takes %.50s… of %d levels", name, data, limit+1)
				}
			}
		}
	}
}
