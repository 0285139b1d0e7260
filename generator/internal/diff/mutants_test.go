package diff_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/diff"
)

// mutator is one kind of change of a slice, with the findings that it must lead to.
type mutator struct {
	name string
	// fields are the places of the grammar of slices that it changes, such as "schemaKind.nullable".
	fields string
	role   string
	// there are the rules of the change, back those of its opposite, and may those that either can have beside them, all as words.
	there, back, may string
	// apply makes the change; false where it cannot be made.
	apply func(spot) bool
}

// mostPlaces is in how many places each kind of change is made.
const mostPlaces = 5

// Every kind of change that a slice's form allows, in many places, leads to the findings that it must lead to and to no others, and
// the compiler says of them what they say of the compiler.
func TestMutants(t *testing.T) {
	original := slice(t)
	base := side(t, text(t, original))
	uses := usesOf(t, base.Files)
	mutants := 0
	for _, m := range mutators {
		places := 0
		for i, candidate := range spots(original) {
			if candidate.role != m.role || places == mostPlaces {
				continue
			}
			root := clone(t, original)
			if !m.apply(spots(root)[i]) {
				continue
			}
			places++
			first := places == 1
			t.Run(m.name+candidate.at, func(t *testing.T) {
				t.Parallel()
				mutant := side(t, text(t, root))
				if !first { // what the compiler says is known of the kind
					check(t, m.there, m.may, diff.Side{Elements: base.Elements}, diff.Side{Elements: mutant.Elements})
					check(t, m.back, m.may, diff.Side{Elements: mutant.Elements}, diff.Side{Elements: base.Elements})
					return
				}
				there, back := check(t, m.there, m.may, base, mutant), check(t, m.back, m.may, mutant, base)
				if !same(base.Files, mutant.Files) { // or else it compiles
					compile(t, uses, mutant.Files, there)
					compile(t, usesOf(t, mutant.Files), base.Files, back)
				}
			})
		}
		mutants += 2 * places
		if places == 0 {
			t.Errorf("%s: there is no place for it", m.name)
		}
	}
	if len(mutators) < 60 || mutants < 400 {
		t.Errorf("%d kinds of changes, %d mutants", len(mutators), mutants)
	}
}

func same(a, b []diff.File) bool {
	return slices.EqualFunc(a, b, func(a, b diff.File) bool { return a.Name == b.Name && bytes.Equal(a.Data, b.Data) })
}

// check compares two sides and holds the findings against the rules that they must have.
func check(t *testing.T, want, may string, old, new diff.Side) []diff.Finding {
	t.Helper()
	findings, err := diff.Compare("graph", old, new)
	if err != nil {
		t.Fatal(err)
	}
	allowed := append(strings.Fields(want), strings.Fields(may+" documentation-changed deprecation-reworded")...)
	missing := strings.Fields(want)
	for _, f := range findings {
		missing = slices.DeleteFunc(missing, func(id string) bool { return id == f.Rule })
		rule, _ := diff.RuleOf(f.Rule)
		switch {
		case !slices.Contains(allowed, f.Rule):
			t.Errorf("not wanted (%s): %s %s %s: %s", want, f.Rule, f.Kind, f.ID, f.What)
		case slices.Contains(f.Breaks, diff.BreaksWire) != (rule.Breaks() == diff.BreaksWire):
			t.Errorf("%s %s breaks %v, its rule says %q", f.Rule, f.ID, f.Breaks, rule.Breaks())
		case (f.Verdict == diff.Breaking) != (len(f.Breaks) > 0), (f.Do != "") != (len(f.Breaks) > 0):
			t.Errorf("%s %s breaks %v and is %s, to do: %q", f.Rule, f.ID, f.Breaks, f.Verdict, f.Do)
		}
	}
	if len(missing) > 0 {
		t.Errorf("there is no %s; there are %s", strings.Join(missing, ", "), ruleIDs(findings))
	}
	return findings
}

func ruleIDs(findings []diff.Finding) string {
	var ids []string
	for _, f := range findings {
		ids = append(ids, f.Rule+" "+f.ID)
	}
	return strings.Join(ids, ", ")
}

// compile holds what findings say of Go against the compiler: whether uses of everything of a package compile with another one.
func compile(t *testing.T, uses diff.File, files []diff.File, findings []diff.Finding) {
	t.Helper()
	lines, err := diff.Faults(files, uses)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Split(string(uses.Data), "\n")
	breaks := slices.ContainsFunc(findings, func(f diff.Finding) bool {
		isGeneric := slices.ContainsFunc(f.Go, func(ch diff.GoChange) bool { return strings.HasPrefix(ch.Message, "changed from func[") })
		return slices.Contains(f.Breaks, diff.BreaksGo) && !isGeneric
	})
	if breaks == (len(lines) > 0) {
		return
	}
	t.Errorf("Go breaks: %v, and %d lines do not compile", breaks, len(lines))
	for _, line := range lines[:min(3, len(lines))] {
		t.Log(text[line-1])
	}
	for _, f := range findings {
		t.Log(f.Rule, f.ID, f.Breaks, f.Go)
	}
}

// usesOf is a file that uses everything that a package exports, each with its type as it is: of a struct its fields, of types their
// methods. What is generic belongs to the runtime, and is left out.
func usesOf(t *testing.T, files []diff.File) diff.File {
	t.Helper()
	var b strings.Builder
	imports := map[string]bool{}
	for _, f := range files {
		of, _ := allUses.LoadOrStore(f.Name+"\n"+string(f.Data), sync.OnceValues(func() (*fileUses, error) { return usesOfFile(f) }))
		uses, err := of.(func() (*fileUses, error))()
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range uses.imports {
			imports[path] = true
		}
		b.WriteString(uses.text)
	}
	head := "package graph\n"
	for path := range imports {
		head += "import " + path + "\n"
	}
	return diff.File{Name: "uses.go", Data: []byte(head + b.String())}
}

// fileUses are the lines that use what a file exports, and what it imports.
type fileUses struct {
	imports []string
	text    string
}

// allUses has those of each file: mutants have most files in common.
var allUses sync.Map

func usesOfFile(f diff.File) (*fileUses, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, f.Name, f.Data, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var uses fileUses
	for _, spec := range file.Imports {
		uses.imports = append(uses.imports, spec.Path.Value)
	}
	var b strings.Builder
	for _, decl := range file.Decls {
		useDecl(&b, string(f.Data), fset, decl)
	}
	uses.text = b.String()
	return &uses, nil
}

// values are constants that only types of the kind can hold.
var values = map[string]string{"string": `"x"`, "int32": "1<<31 - 1", "int64": "1<<63 - 1"}

// useDecl writes the uses of a declaration, whose file has the text.
func useDecl(b *strings.Builder, text string, fset *token.FileSet, decl ast.Decl) {
	source := func(n ast.Node) string {
		return strings.Join(strings.Fields(text[fset.Position(n.Pos()).Offset:fset.Position(n.End()).Offset]), " ")
	}
	if fn, ok := decl.(*ast.FuncDecl); ok {
		signature := strings.Join(strings.Fields(text[fset.Position(fn.Type.Params.Pos()).Offset:fset.Position(fn.Type.End()).Offset]), " ")
		switch {
		case !fn.Name.IsExported() || fn.Type.TypeParams != nil:
		case fn.Recv == nil:
			fmt.Fprintf(b, "var _ func%s = %s\n", signature, fn.Name.Name)
		default:
			if recv := strings.ReplaceAll(source(fn.Recv.List[0].Type), " ", ""); ast.IsExported(strings.TrimPrefix(recv, "*")) && !strings.Contains(recv, "[") {
				fmt.Fprintf(b, "var _ interface{ %s%s } = *new(%s)\n", fn.Name.Name, signature, recv)
			}
		}
		return
	}
	for _, spec := range decl.(*ast.GenDecl).Specs {
		switch s := spec.(type) {
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if name.IsExported() {
					fmt.Fprintf(b, "var _ = %s\n", name.Name)
				}
			}
		case *ast.TypeSpec:
			structure, ok := s.Type.(*ast.StructType)
			if !s.Name.IsExported() || s.TypeParams != nil {
				continue
			}
			fmt.Fprintf(b, "var _ %s\n", s.Name.Name)
			if kind, ok := s.Type.(*ast.Ident); ok && values[kind.Name] != "" {
				fmt.Fprintf(b, "var _ = %s(%s)\n", s.Name.Name, values[kind.Name])
			}
			for i := 0; ok && i < len(structure.Fields.List); i++ {
				for _, name := range structure.Fields.List[i].Names {
					if name.IsExported() {
						fmt.Fprintf(b, "var _ %s = new(%s).%s\n", source(structure.Fields.List[i].Type), s.Name.Name, name.Name)
					}
				}
			}
		}
	}
}
