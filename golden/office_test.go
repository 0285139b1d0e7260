package golden

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator"
)

// office are the cases that testdata/office makes one package of.
var office = []string{"chats", "mail", "calendar", "files", "directory", "planner", "reports", "subscriptions"}

// Slices of eight parts of the API make one package, which a program of the kind that people write compiles with and runs with.
func TestOffice(t *testing.T) {
	module := newModule(t)
	cfg := generator.Config{Package: "graph", Version: "golden"}
	known := map[string]bool{}
	for _, name := range office {
		spec := filepath.Join("testdata", "slice-"+name, "input", "slice.yaml")
		cfg.Specs = append(cfg.Specs, spec)
		maps.Copy(known, permitted(t, spec))
	}
	result, err := generator.Generate(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Diagnostics) > 0 {
		t.Error(result.Diagnostics)
	}
	told := map[string]bool{}
	for _, f := range result.Files {
		writeFile(t, filepath.Join(module, "graph", f.Name), string(f.Data))
		if strings.HasSuffix(f.Name, "_requests.go") {
			maps.Copy(told, toldPermissions(t, f.Data))
		}
	}
	if diff := cmp.Diff(known, told); diff != "" {
		t.Errorf("operations with least permissions: -slices +comments:\n%s", diff)
	}
	unknown := slices.DeleteFunc(slices.Sorted(maps.Keys(known)), func(op string) bool { return known[op] })
	want := []string{
		"DELETE /subscriptions/{subscription-id}", "GET /subscriptions", "GET /subscriptions/{subscription-id}", "PATCH /subscriptions/{subscription-id}",
		"POST /subscriptions", "POST /subscriptions/{subscription-id}/microsoft.graph.reauthorize",
	}
	if diff := cmp.Diff(want, unknown); diff != "" {
		t.Errorf("operations that the table does not know: -want +got:\n%s", diff)
	}
	programs, err := filepath.Glob(filepath.Join("testdata", "office", "*.go"))
	if err != nil || len(programs) != 2 {
		t.Fatal(programs, err)
	}
	for _, name := range programs {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(module, "office", filepath.Base(name)), string(text))
	}
	runGo(t, module, "vet", "./...")
	runGo(t, module, "test", "./office")
}

// permitted are the operations of a slice, and whether it has permissions for them.
func permitted(t *testing.T, spec string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(spec)
	if err != nil {
		t.Fatal(err)
	}
	var slice struct {
		Paths map[string]map[string]yaml.Node
	}
	if err := yaml.Unmarshal(text, &slice); err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for path, item := range slice.Paths {
		for method, node := range item {
			var operation struct {
				Permissions any `yaml:"x-graphslice-permissions"`
			}
			if method == "parameters" {
				continue
			}
			if err := node.Decode(&operation); err != nil {
				t.Fatal(err)
			}
			all[strings.ToUpper(method)+" "+path] = operation.Permissions != nil
		}
	}
	return all
}

// calledBy is a line of a method's comment that says what it calls.
var calledBy = regexp.MustCompile(`(?m)^[A-Z]+ /\S+$`)

// toldPermissions are the operations that methods call, and whether one of these says what permissions they take.
func toldPermissions(t *testing.T, code []byte) map[string]bool {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", code, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for _, d := range file.Decls {
		method, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		text := method.Doc.Text()
		for _, operation := range calledBy.FindAllString(text, -1) {
			all[operation] = all[operation] || strings.Contains(text, "Least permissions")
		}
	}
	return all
}
