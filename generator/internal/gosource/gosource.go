// Package gosource makes a Go package of emitted files: it adds the runtime, formats and type-checks them. It works on texts,
// and never reads or writes a file.
package gosource

import (
	"bytes"
	"fmt"
	"go/build"
	"go/format"
	"go/parser"
	"go/token"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/width"
	"github.com/graphslice/graphslice/templates"
)

// File is one file of a generated package.
type File struct {
	// Name is the file's name without a folder, such as "models.go".
	Name string
	// Data is the whole text.
	Data []byte

	// runtime: from RuntimeFiles. Such a file is formatted, compiled and tested where it stands in templates, so that
	// Format and Check need not do it again for every package.
	runtime bool
	// trusted: nothing of it is of the input, so that comments may be instructions to tools.
	trusted bool
}

// Trusted is a file that is made of templates alone.
func Trusted(name string, data []byte) File { return File{Name: name, Data: data, trusted: true} }

// IsRuntime reports whether the file is one of RuntimeFiles.
func (f File) IsRuntime() bool { return f.runtime }

// RuntimePrefix begins the name of each file of the runtime in a generated package, so that what was made from the slice stands
// out beside it. In templates the files have none.
const RuntimePrefix = "runtime_"

// RuntimeFiles returns the part of a generated package that is the same for every slice, with the package
// clause naming pkg and lock.Header on top, sorted by name. Each package brings its own service.go, so that the stand-in
// of the templates is left out, as are their tests. An error is a fault of the generator.
func RuntimeFiles(pkg string) ([]File, error) {
	const dir = "graph"
	entries, err := templates.Runtime.ReadDir(dir) // sorted by name
	if err != nil {
		return nil, err
	}
	var files []File
	for _, entry := range entries {
		name := entry.Name()
		if name == "service.go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := templates.Runtime.ReadFile(path.Join(dir, name))
		if err != nil {
			return nil, err
		}
		data, err := stamp(name, src, pkg)
		if err != nil {
			return nil, err
		}
		files = append(files, File{Name: RuntimePrefix + name, Data: data, runtime: true})
	}
	return files, nil
}

// stamp puts lock.Header above src and pkg into its package clause.
func stamp(name string, src []byte, pkg string) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.PackageClauseOnly)
	if err != nil {
		return nil, err
	}
	start := fset.Position(file.Name.Pos()).Offset
	end := fset.Position(file.Name.End()).Offset
	return slices.Concat([]byte(lock.Header+"\n\n"), src[:start], []byte(pkg), src[end:]), nil
}

// Finish returns the files formatted and sorted, as Format does, after Check has found nothing. The two go on at the same
// time. An error is a fault of the generator.
func Finish(files []File) ([]File, error) {
	checked := make(chan error, 1)
	go func() { checked <- Check(files) }()
	formatted, err := Format(files)
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
	formatted := make([]File, len(files))
	faults := make([]error, len(files))
	var wait sync.WaitGroup
	for i, f := range files {
		wait.Go(func() { formatted[i], faults[i] = formatFile(f, beside) })
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

func formatFile(f File, beside []string) (File, error) {
	if f.runtime {
		return f, nil
	}
	if !lock.HasHeader(f.Data) {
		return f, fmt.Errorf("%s does not start with %q", f.Name, lock.Header)
	}
	data, err := format.Source(f.Data)
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

// checkImports holds the imports of a file to one block of standard packages, and those that may stand beside it; gofmt has sorted
// them by then.
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
		if !lock.IsPlainName(f.Name) || !strings.HasSuffix(f.Name, ".go") {
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
	matched, err := nowhere.MatchFile("", f.Name)
	return err != nil || !matched || strings.HasSuffix(f.Name, "_test.go")
}
