package golden

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator"
)

// makeShared generates the packages of a configuration in a module.
func makeShared(t *testing.T, module, config string) *generator.Outcome {
	t.Helper()
	file := filepath.Join(module, "graphslice.yaml")
	writeFile(t, file, config)
	p, err := generator.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := range p.Targets {
		p.Targets[i].Version = "golden"
	}
	o, err := p.Generate(context.Background(), generator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if o.Failed() {
		t.Fatal(o.Diagnostics())
	}
	return o
}

// Two packages over one runtime compile, and a program uses values, options, errors and the connection of one with the other. What is
// the packages' own, and what the runtime has beside that of one that stands alone, is as it was.
func TestShared(t *testing.T) {
	module := newModule(t)
	for _, name := range []string{"v1.0.yaml", "beta.yaml", "program_test.go"} {
		writeFile(t, filepath.Join(module, name), readText(t, filepath.Join("testdata", "shared", name)))
	}
	makeShared(t, module, readText(t, "testdata/shared/graphslice.yaml"))
	runGo(t, module, "vet", "./...")
	runGo(t, module, "test", ".")
	for folder, only := range map[string][]string{"library": nil, "librarybeta": nil, "core": {"connection.go", "doc.go"}} {
		got := readTree(t, filepath.Join(module, "internal", folder))
		for name := range got {
			if only != nil && !slices.Contains(only, name) || name == "graphslice.lock" {
				delete(got, name)
			}
		}
		dir := filepath.Join("testdata", "shared", "want", folder)
		if *update {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
			for name, text := range got {
				writeFile(t, filepath.Join(dir, name), text)
			}
		}
		if diff := cmp.Diff(readTree(t, dir), got); diff != "" {
			t.Errorf("%s: -want +got:\n%s%s", folder, diff, updateHint)
		}
	}
}

func readText(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// sharedCases are those that, with the ones of withPrograms, use all that the runtime exports for packages.
var sharedCases = []string{"action", "constants", "discriminator", "edm-types", "flags", "integer-enums", "long-running", "maps", "navigation",
	"pageable", "permissions-accepted", "ref", "required", "ugly-names"}

// Packages of many kinds can share one runtime: they compile, programs use them as those that stand alone, and what the runtime
// exports for packages is used.
func TestSharedCases(t *testing.T) {
	module := newModule(t)
	programs, err := filepath.Glob(filepath.Join("testdata", "programs", "*.go"))
	if err != nil || len(programs) == 0 {
		t.Fatal(programs, err)
	}
	called := ""
	for _, name := range programs {
		called += readText(t, name)
	}
	var config strings.Builder
	config.WriteString("packages:\n")
	for _, c := range cases(t) {
		if !slices.Contains(sharedCases, c.name) && !slices.Contains(withPrograms, c.name) {
			continue
		}
		out, more := folderOf(c), ""
		if strings.Contains(called, "golden/"+out+"/graphtest") {
			more = "fake: " + out + "/graphtest"
		}
		config.WriteString(entryOf(t, c, more))
	}
	writeFile(t, filepath.Join(module, "v1.0.yaml"), readText(t, "testdata/split/v1.0.yaml"))
	config.WriteString("  - {out: library, specs: [v1.0.yaml]}\n")
	config.WriteString("runtime: internal/msgraph\n")
	makeShared(t, module, config.String())
	runGo(t, module, "vet", "./...")
	for _, name := range programs { // they are of a later Go
		writeFile(t, filepath.Join(module, "programs", filepath.Base(name)), readText(t, name))
	}
	runGo(t, module, "test", "./programs")
	checkNames(t, module)
}

// folderOf is the folder for a case's package in a module of many.
func folderOf(c goldenCase) string { return strings.ReplaceAll(c.name, "-", "_") }

// entryOf is a case as an entry of a configuration, with one more line if there is one.
func entryOf(t *testing.T, c goldenCase, more string) string {
	t.Helper()
	input, err := filepath.Abs(filepath.Join(c.dir, "input"))
	if err != nil {
		t.Fatal(err)
	}
	entry := fmt.Sprintf("  - {out: %s, package: %s", folderOf(c), c.Package)
	if more != "" {
		entry += ", " + more
	}
	for key, names := range map[string][]string{"specs": c.Specs, "overrides": c.Overrides, "include": c.Include, "exclude": c.Exclude} {
		if len(names) == 0 {
			continue
		}
		var quoted []string
		for _, name := range names {
			if key == "specs" || key == "overrides" {
				name = filepath.Join(input, name)
			}
			quoted = append(quoted, "'"+name+"'")
		}
		entry += fmt.Sprintf(", %s: [%s]", key, strings.Join(quoted, ", "))
	}
	return entry + "}\n"
}

// checkNames holds the names that the runtime exports for packages to what packages use, and its lines to their width.
func checkNames(t *testing.T, module string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(module, "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	before, err := generator.RuntimeFiles("graph")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	selected := regexp.MustCompile(`\.([A-Z]\w*)`)
	for _, name := range files {
		for _, m := range selected.FindAllStringSubmatch(readText(t, name), -1) {
			used[m[1]] = true
		}
	}
	runtime, err := filepath.Glob(filepath.Join(module, "internal", "msgraph", "*.go"))
	if err != nil || len(runtime) < 50 {
		t.Fatal(runtime, err)
	}
	for _, name := range runtime {
		data := []byte(readText(t, name))
		file, err := parser.ParseFile(token.NewFileSet(), name, data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range forPackages(file) {
			wasThere := slices.ContainsFunc(before, func(f generator.File) bool { return bytes.Contains(f.Data, []byte(") "+name+"(")) })
			if !used[name] && !wasThere {
				t.Errorf("the runtime exports %s, which no package uses", name)
			}
		}
		for i, line := range bytes.Split(data, []byte("\n")) {
			if width := len([]rune(string(line))) + 3*bytes.Count(line, []byte("\t")); width > 120 {
				t.Errorf("%s:%d has %d columns", filepath.Base(name), i+1, width)
			}
		}
	}
}

// forPackages are the names in a file of the runtime that are for packages: those in X, and the functions that types in X have.
func forPackages(file *ast.File) []string {
	var names []string
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && strings.HasPrefix(d.Name.Name, "X") {
				names = append(names, d.Name.Name)
			}
			if d.Recv != nil && d.Name.IsExported() && strings.HasPrefix(receiverName(d.Recv.List[0].Type), "X") {
				names = append(names, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if s, ok := s.(*ast.TypeSpec); ok && strings.HasPrefix(s.Name.Name, "X") {
					names = append(names, s.Name.Name)
				}
			}
		}
	}
	return names
}

func receiverName(e ast.Expr) string {
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	if id, ok := e.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}
