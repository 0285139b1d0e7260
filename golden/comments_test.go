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
	"sync"
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
	ofClient, ofFake := commentCheck{runtime: runtime, mentions: new(sync.Map)}, commentCheck{runtime: fakes, mentions: new(sync.Map)}
	check := func(t *testing.T, c commentCheck, files []generator.File, others ...generator.File) {
		t.Helper()
		c.own = namesIn(t, slices.Concat(files, others))
		for _, f := range files {
			for _, fault := range c.faults(t, f) {
				t.Errorf("%s: %s", f.Name, fault)
			}
		}
	}
	smallest := generator.Config{Specs: []string{filepath.Join("testdata", "smallest.yaml")}, Package: "graph", Version: "golden",
		Leave: generator.Leavable(), Fake: "graphtest", ImportPath: "example.com/golden/smallest"}
	makes := map[string]func(t *testing.T) *generator.Result{"smallest": func(t *testing.T) *generator.Result {
		result, err := generator.Generate(t.Context(), smallest)
		if err != nil {
			t.Fatal(err)
		}
		return result
	}}
	for _, c := range cases(t) {
		makes[c.name] = func(t *testing.T) *generator.Result { return c.made(t, false) }
	}
	for name, made := range makes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := made(t)
			if result.Files == nil {
				t.Fatal(result)
			}
			check(t, ofClient, result.Files)
			check(t, ofFake, result.Fake, result.Files...)
		})
	}
	for _, version := range []string{"v1.0", "beta"} {
		client := goFiles(t, filepath.Join("..", "generated", version, "graph"))
		check(t, ofClient, client)
		check(t, ofFake, goFiles(t, filepath.Join("..", "generated", version, "graphtest")), client...)
	}
	module := newModule(t)
	for _, name := range []string{"v1.0.yaml", "overrides.yaml"} {
		writeFile(t, filepath.Join(module, name), readText(t, filepath.Join("testdata", "split", name)))
	}
	makeShared(t, module, readText(t, "testdata/split/graphslice.yaml"))
	core, home := goFiles(t, filepath.Join(module, "internal", "core")), goFiles(t, filepath.Join(module, "internal", "library"))
	check(t, ofClient, core, home...) // each has its own of what the runtime has one for all of
	check(t, ofClient, home, core...)
	check(t, ofClient, goFiles(t, filepath.Join(module, "internal", "library", "books")), slices.Concat(core, home)...)
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
		for _, name := range once(t, &allNames, f, declaredIn) {
			names[name] = true
		}
	}
	return names
}

// allNames has the names of each file.
var allNames sync.Map

func declaredIn(f generator.File) ([]string, error) {
	syntax, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	names := []string{syntax.Name.Name}
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
			names = append(names, id.Name)
		}
		return true
	})
	return names, nil
}

// commentCheck finds what comments of a package name and nobody has.
type commentCheck struct {
	own map[string]bool
	// runtime is what some package has of the runtime, and mentions are those of the files that were read with it.
	runtime  map[string]bool
	mentions *sync.Map
}

// mention is what a comment takes to be there: all of the names have to be the package's.
type mention struct {
	names []string
	// as says it where one is missing.
	as string
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
	var found []string
	for _, m := range once(t, c.mentions, f, c.read) {
		if slices.ContainsFunc(m.names, func(name string) bool { return !c.own[name] }) {
			found = append(found, m.as)
		}
	}
	return found
}

// read finds what the comments of a file mention, whatever the package has.
func (c commentCheck) read(f generator.File) ([]mention, error) {
	syntax, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	isRuntime := strings.HasPrefix(filepath.Base(f.Name), "runtime_")
	var found []mention
	for _, group := range syntax.Comments {
		text := group.Text()
		links := comment.Parser{LookupSym: func(of, name string) bool {
			if name == "" { // an empty list
				return false
			}
			m := mention{[]string{name}, "the link [" + strings.TrimPrefix(of+"."+name, ".") + "] in " + text}
			if of != "" {
				m.names = append(m.names, of)
			}
			found = append(found, m)
			return true
		}}
		links.Parse(text)
		for _, m := range qualified.FindAllStringSubmatch(text, -1) {
			found = append(found, mention{m[1:], "graph." + m[1] + " in " + text})
		}
		if !isRuntime {
			continue
		}
		for _, path := range chatsPath.FindAllString(text, -1) {
			found = append(found, mention{[]string{path}, path}) // which nobody declares
		}
		for _, at := range commentWord.FindAllStringIndex(text, -1) {
			if isHead := strings.HasPrefix(text[at[1]:], "-…"); isHead { // of headers
				continue
			}
			name := text[at[0]:at[1]]
			found = append(found, mention{c.namesOf(name, text[:at[0]]), name + " in " + text})
		}
	}
	return slices.DeleteFunc(found, func(m mention) bool { return len(m.names) == 0 }), nil
}

// namesOf are the names that a word of a comment is made of: those that look like names, or are the runtime's and do not begin a
// sentence.
func (c commentCheck) namesOf(word, before string) []string {
	parts := strings.Split(word, ".")
	if len(parts) > 1 && !ast.IsExported(parts[0]) { // of another package, or a variable's
		return nil
	}
	before = strings.TrimRight(before, " \t\n*[(\"")
	begins := before == "" || strings.ContainsAny(before[len(before)-1:], ".:;/") || strings.HasSuffix(before, " -")
	return slices.DeleteFunc(parts, func(name string) bool {
		isRuntimes := c.runtime[name] && strings.ToLower(name) != name && !capitals.MatchString(name)
		isName := twoHumps.MatchString(name) || isRuntimes && (!begins || !ast.IsExported(name))
		return !isName || slices.Contains(elsewhere, name)
	})
}
