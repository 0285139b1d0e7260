package golden

import (
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator"
)

// TestCommentsNameWhatIsThere: no comment of a package leads to something that the package does not have. Its doc links and what its
// comments write as a name behind the package's are declared in it; and the comments of the runtime, of which a package has a part, name
// nothing of other parts, and no type, path or property of another slice.
func TestCommentsNameWhatIsThere(t *testing.T) {
	runtime := namesIn(t, slices.Concat(goFiles(t, "../templates/graph"), goFiles(t, "../templates/shared/runtime"))) // what some package has of it
	fakes := namesIn(t, goFiles(t, "../templates/graphtest"))
	maps.Copy(fakes, runtime)
	check := func(t *testing.T, runtime map[string]bool, files []generator.File, others ...generator.File) {
		t.Helper()
		c := commentCheck{runtime: runtime, own: namesIn(t, slices.Concat(files, others))}
		for _, f := range files {
			for _, fault := range c.faults(t, f) {
				t.Errorf("%s: %s", f.Name, fault)
			}
		}
	}
	smallest := generator.Config{Specs: []string{filepath.Join("testdata", "smallest.yaml")}, Package: "graph", Version: "golden",
		Leave: generator.Leavable(), Fake: "graphtest", ImportPath: "example.com/golden/smallest"}
	configs := map[string]generator.Config{"smallest": smallest}
	for _, c := range cases(t) {
		configs[c.name] = c.config(filepath.Join(c.dir, "input"))
	}
	for name, cfg := range configs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result, err := generator.Generate(t.Context(), cfg)
			if err != nil || result.Files == nil {
				t.Fatal(err, result)
			}
			check(t, runtime, result.Files)
			check(t, fakes, result.Fake, result.Files...)
		})
	}
	for _, version := range []string{"v1.0", "beta"} {
		client := goFiles(t, filepath.Join("..", "generated", version, "graph"))
		check(t, runtime, client)
		check(t, fakes, goFiles(t, filepath.Join("..", "generated", version, "graphtest")), client...)
	}
	module := newModule(t)
	for _, name := range []string{"v1.0.yaml", "overrides.yaml"} {
		writeFile(t, filepath.Join(module, name), readText(t, filepath.Join("testdata", "split", name)))
	}
	makeShared(t, module, readText(t, "testdata/split/graphslice.yaml"))
	core, home := goFiles(t, filepath.Join(module, "internal", "core")), goFiles(t, filepath.Join(module, "internal", "library"))
	check(t, runtime, core, home...) // each has its own of what the runtime has one for all of
	check(t, runtime, home, core...)
	check(t, runtime, goFiles(t, filepath.Join(module, "internal", "library", "books")), slices.Concat(core, home)...)
}

// goFiles are the Go files of a folder but for tests.
func goFiles(t *testing.T, dir string) []generator.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatal(dir, err)
	}
	var files []generator.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, generator.File{Name: filepath.ToSlash(path), Data: data})
	}
	return files
}

// namesIn are the names of everything that files declare, members too.
func namesIn(t *testing.T, files []generator.File) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, f := range files {
		syntax, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		names[syntax.Name.Name] = true
		ast.Inspect(syntax, func(n ast.Node) bool {
			var ids []*ast.Ident
			switch n := n.(type) {
			case *ast.FuncDecl:
				ids = []*ast.Ident{n.Name}
			case *ast.TypeSpec:
				ids = []*ast.Ident{n.Name}
			case *ast.ValueSpec:
				ids = n.Names
			case *ast.Field:
				ids = n.Names
			}
			for _, id := range ids {
				names[id.Name] = true
			}
			return true
		})
	}
	return names
}

// commentCheck finds what comments of a package name and nobody has.
type commentCheck struct {
	own, runtime map[string]bool
}

var (
	// commentWord is a word, with what makes it part of something else: a path, a file, a header, a name behind another.
	commentWord = regexp.MustCompile(`[\pL\w.$@#/'’…{}=-]*[\pL\w]`)
	// twoHumps are names that are no words of a language.
	twoHumps = regexp.MustCompile(`^[A-Z]+[a-z0-9]+[A-Z][\pL\w]*$`)
	// capitals are those of abbreviations and of type parameters.
	capitals = regexp.MustCompile(`^[A-Z]+$`)
	// qualified is a name behind a package's own; microsoft.graph.Ref is none.
	qualified = regexp.MustCompile(`(?:^|[^\w.])(?:graph|graphtest)\.([A-Z][\pL\w]*)`)
	// chatsPath is a path that the slices of this repository have, and others do not.
	chatsPath = regexp.MustCompile(`/(?:chats|teams)\b.*`)
)

// elsewhere are names of Go itself, of HTTP, of OData and of units.
var elsewhere = []string{"BadRequest", "CheckRedirect", "dependsOn", "FormDataContentType", "IEEE754Compatible", "JavaScript", "KiB", "LoadLocation", "MiB", "NaN",
	"P1DT12H", "P1DT2H30M", "ParseFloat", "PT0S", "RawMessage"}

func (c commentCheck) faults(t *testing.T, f generator.File) []string {
	t.Helper()
	syntax, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	isRuntime := strings.HasPrefix(filepath.Base(f.Name), "runtime_")
	var found []string
	for _, group := range syntax.Comments {
		text := group.Text()
		links := comment.Parser{LookupSym: func(of, name string) bool {
			if name == "" { // an empty list
				return false
			}
			if of != "" && !c.own[of] || !c.own[name] {
				found = append(found, "the link ["+strings.TrimPrefix(of+"."+name, ".")+"] in "+text)
			}
			return true
		}}
		links.Parse(text)
		for _, m := range qualified.FindAllStringSubmatch(text, -1) {
			if !c.own[m[1]] {
				found = append(found, "graph."+m[1]+" in "+text)
			}
		}
		if !isRuntime {
			continue
		}
		found = append(found, chatsPath.FindAllString(text, -1)...)
		for _, at := range commentWord.FindAllStringIndex(text, -1) {
			isHead := strings.HasPrefix(text[at[1]:], "-…") // of headers
			if name := text[at[0]:at[1]]; !isHead && c.isMissing(name, text[:at[0]]) {
				found = append(found, name+" in "+text)
			}
		}
	}
	return found
}

// isMissing reports whether a word of a comment is a name that nobody has: one that looks like a name, or one of the runtime's that does
// not begin a sentence.
func (c commentCheck) isMissing(word, before string) bool {
	parts := strings.Split(word, ".")
	if len(parts) > 1 && !ast.IsExported(parts[0]) { // of another package, or a variable's
		return false
	}
	before = strings.TrimRight(before, " \t\n*[(\"")
	begins := before == "" || strings.ContainsAny(before[len(before)-1:], ".:;/") || strings.HasSuffix(before, " -")
	return slices.ContainsFunc(parts, func(name string) bool {
		isRuntimes := c.runtime[name] && strings.ToLower(name) != name && !capitals.MatchString(name)
		isName := twoHumps.MatchString(name) || isRuntimes && (!begins || !ast.IsExported(name))
		return isName && !c.own[name] && !slices.Contains(elsewhere, name)
	})
}
