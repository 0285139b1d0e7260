// Package gosource makes a Go package of emitted files: it adds the runtime, formats and type-checks them. It works on texts,
// and never reads or writes a file.
package gosource

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/printer"
	"go/token"
	"io"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/width"
)

// File is one file of a generated package.
type File struct {
	// Name is the file's name without a folder, such as "models.go"; with one, as in "chats/requests.go", it is of a package of its own.
	Name string
	// Data is the whole text.
	Data []byte

	// runtime is what RuntimeFiles has read of its file, nil for others. Such a file is formatted, compiled and tested where it
	// stands in templates, so that Format and Check need not do it again for every package.
	runtime *declarations
	// trusted: nothing of it is of the input, so that comments may be instructions to tools.
	trusted bool
}

// Trusted is a file that is made of templates alone.
func Trusted(name string, data []byte) File { return File{Name: name, Data: data, trusted: true} }

// IsRuntime reports whether the file is one of RuntimeFiles.
func (f File) IsRuntime() bool { return f.runtime != nil }

// Finish returns the files as Spare leaves them, formatted and sorted, as Format does, after Check has found nothing. All that is on
// one syntax tree of each file, the last two at the same time. An error is a fault of the generator.
func Finish(files []File, offer Offer) ([]File, error) { return finish(files, offer, nil) }

// finish is Finish for files that may import other packages than the standard library's, by their paths.
func finish(files []File, offer Offer, beside []string) ([]File, error) {
	fset := token.NewFileSet()
	parsed, err := parseAll(fset, files)
	if err != nil {
		return nil, err
	}
	files, parsed = spare(files, parsed, offer)
	checked := make(chan error, 1)
	go func() { checked <- check(fset, files, parsed) }()
	formatted, err := formatAll(fset, files, parsed, beside)
	if fault := <-checked; err == nil && fault != nil {
		err = Check(formatted) // once more, for the lines of the files as they would be
	}
	if err != nil {
		return nil, err
	}
	return formatted, nil
}

// Format returns the files as gofmt writes them, sorted by name. It refuses what no generated file may be: one
// without lock.Header, one that imports anything outside the standard library or in more than one block, and two names
// that a file system without case would take for one. Beside the standard library may stand the paths given, in a block of their
// own. An error is a fault of the generator.
func Format(files []File, beside ...string) ([]File, error) {
	fset := token.NewFileSet()
	parsed, err := parseAll(fset, files)
	if err != nil {
		return nil, err
	}
	return formatAll(fset, files, parsed, beside)
}

// parseAll parses the files at the same time, with comments and sorted imports; but for those of the runtime: they are there, and fset
// takes them up.
func parseAll(fset *token.FileSet, files []File) ([]*ast.File, error) {
	for _, f := range files { // before others take their places
		if f.runtime != nil {
			fset.AddExistingFiles(f.runtime.at)
		}
	}
	parsed := make([]*ast.File, len(files))
	faults := make([]error, len(files))
	var wait sync.WaitGroup
	for i, f := range files {
		if f.runtime != nil {
			continue
		}
		wait.Go(func() {
			parsed[i], faults[i] = parser.ParseFile(fset, f.Name, f.Data, parser.ParseComments)
			if faults[i] == nil {
				ast.SortImports(fset, parsed[i])
			}
		})
	}
	wait.Wait()
	for _, err := range faults {
		if err != nil {
			return nil, err
		}
	}
	return parsed, nil
}

func formatAll(fset *token.FileSet, files []File, parsed []*ast.File, beside []string) ([]File, error) {
	formatted := make([]File, len(files))
	faults := make([]error, len(files))
	free := make(chan struct{}, runtime.GOMAXPROCS(0)) // what is being formatted takes memory
	var wait sync.WaitGroup
	for i, f := range files {
		free <- struct{}{}
		wait.Go(func() {
			defer func() { <-free }()
			formatted[i], faults[i] = formatFile(fset, f, parsed[i], beside)
		})
	}
	wait.Wait()
	for _, err := range faults {
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(formatted, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return formatted, checkNames(formatted)
}

func formatFile(fset *token.FileSet, f File, syntax *ast.File, beside []string) (File, error) {
	if f.runtime != nil {
		return f, nil
	}
	if !lock.HasHeader(f.Data) {
		return f, fmt.Errorf("%s does not start with %q", f.Name, lock.Header)
	}
	data, err := printed(fset, syntax)
	data = apart(data, beside...)
	if err == nil {
		data, err = width.Break(data)
	}
	if err != nil {
		return f, fmt.Errorf("%s: %w", f.Name, err)
	}
	if !f.trusted {
		err = checkComments(f.Name, data)
	}
	if err != nil {
		return f, err
	}
	return File{Name: f.Name, Data: data}, checkImports(f.Name, data, beside)
}

// printed is a file as gofmt writes it.
func printed(fset *token.FileSet, syntax *ast.File) ([]byte, error) {
	own := token.NewFileSet() // whoever prints asks for many places: those of one file are found at once
	own.AddExistingFiles(fset.File(syntax.FileStart))
	var text bytes.Buffer
	text.Grow(int(syntax.FileEnd-syntax.FileStart) * 9 / 8) // which tabs and breaks may make of it
	gofmt := printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}
	err := gofmt.Fprint(&text, own, syntax)
	return text.Bytes(), err
}

// checkImports holds the imports of a file to one block of standard packages, which gofmt has sorted by then, and those that may
// stand beside it.
func checkImports(name string, data []byte, beside []string) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, data, parser.ImportsOnly)
	if err != nil {
		return err
	}
	if len(file.Decls) > 1 {
		return fmt.Errorf("%s has %d import declarations, want one", name, len(file.Decls))
	}
	last := 0
	for _, spec := range file.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		if slices.Contains(beside, importPath) {
			continue
		}
		if first, _, _ := strings.Cut(importPath, "/"); strings.Contains(first, ".") {
			return fmt.Errorf("%s imports %s, which is not in the standard library", name, importPath)
		}
		line := fset.Position(spec.Pos()).Line
		if last > 0 && line != last+1 {
			return fmt.Errorf("%s:%d: a gap between imports, want one block", name, line)
		}
		last = line
	}
	return nil
}

// checkNames refuses names that are no plain Go file names and names that differ in case only. files are sorted.
func checkNames(files []File) error {
	seen := make(map[string]string, len(files))
	for _, f := range files {
		if !lock.IsTreeName(f.Name) || !strings.HasSuffix(f.Name, ".go") {
			return fmt.Errorf("%q is not a name for a generated file", f.Name)
		}
		if isConstrained(f) {
			return fmt.Errorf("%s would be left out of some builds because of its name or a constraint", f.Name)
		}
		folded := strings.ToLower(f.Name)
		if other, ok := seen[folded]; ok {
			return fmt.Errorf("%s and %s are one file where case does not count", other, f.Name)
		}
		seen[folded] = f.Name
	}
	return nil
}

// isConstrained reports whether the go command takes the file for a test or for one system only, as it does with
// x_test.go, x_windows.go and what has a build constraint.
func isConstrained(f File) bool {
	nowhere := build.Context{
		GOOS: "nowhere", GOARCH: "nothing",
		OpenFile: func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(f.Data)), nil },
	}
	matched, err := nowhere.MatchFile("", path.Base(f.Name))
	return err != nil || !matched || strings.HasSuffix(f.Name, "_test.go")
}
