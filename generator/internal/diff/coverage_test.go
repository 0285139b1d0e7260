package diff_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/diff"
)

// unread are the fields of slices that no mutant changes, each with the reason.
var unread = map[string]string{
	"pathItem.$ref":  "a path item written out is the same",
	"enumValue.name": "it names values of an enumeration of integers in Go, as x-enum-varnames does",
}

// A field that slices gain needs a mutant, or a reason to have none: without either, gen diff would know nothing of it, and nobody would
// notice.
func TestEveryFieldIsChanged(t *testing.T) {
	changed := map[string]bool{}
	for _, m := range mutators {
		for field := range strings.FieldsSeq(m.fields) {
			changed[field] = true
		}
	}
	fields := grammarFields(t)
	for _, field := range fields {
		if changed[field] == (unread[field] != "") {
			t.Errorf("%s: changed by a mutant: %v; said to need none: %q", field, changed[field], unread[field])
		}
	}
	for field := range changed {
		if !slices.Contains(fields, field) {
			t.Errorf("a mutant says that it changes %s, which slices do not have", field)
		}
	}
	for field := range unread {
		if !slices.Contains(fields, field) {
			t.Errorf("%s is said to be unread, and slices do not have it", field)
		}
	}
}

// grammarFields are the fields that slices are read for, such as "schemaKind.nullable".
func grammarFields(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../openapi/grammar.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var fields []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || spec.Names[0].Name != "grammar" {
			return true
		}
		for _, kind := range spec.Values[0].(*ast.CompositeLit).Elts {
			kind := kind.(*ast.KeyValueExpr)
			if of, ok := kind.Value.(*ast.CompositeLit); ok {
				for _, field := range of.Elts {
					name := strings.Trim(field.(*ast.KeyValueExpr).Key.(*ast.BasicLit).Value, `"`)
					fields = append(fields, kind.Key.(*ast.Ident).Name+"."+name)
				}
			}
		}
		return false
	})
	for field := range strings.FieldsSeq("$ref parameters get post put patch delete head options trace") { // pathItemFields
		fields = append(fields, "pathItem."+field)
	}
	if len(fields) < 100 {
		t.Fatalf("only %d fields are found in the grammar", len(fields))
	}
	return fields
}

// elsewhere are the rules that no change of a slice leads to, each with the test that does.
var elsewhere = map[string]string{
	"operation-left-out": "TestLeftOut", "path-removed": "TestMetadata", "path-added": "TestMetadata", "path-type-changed": "TestMetadata",
	"kept": "TestKept", "back": "TestKept", "go-removed": "TestGoAlone", "go-changed": "TestGoAlone", "go-added": "TestGoAlone",
}

// Every rule is one that a test leads to.
func TestEveryRuleIsMet(t *testing.T) {
	met := map[string]bool{}
	for _, m := range mutators {
		for id := range strings.FieldsSeq(m.there + " " + m.back) {
			met[id] = true
		}
	}
	for _, rule := range diff.Rules() {
		if !met[rule.ID] && elsewhere[rule.ID] == "" {
			t.Errorf("no mutant leads to %s", rule.ID)
		}
		if rule.Explain == "" || !strings.HasSuffix(rule.Explain, ".") {
			t.Errorf("%s is explained as %q", rule.ID, rule.Explain)
		}
		delete(met, rule.ID)
	}
	for id := range met {
		t.Errorf("there is no rule %s", id)
	}
}
