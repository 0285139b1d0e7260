package usage

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/scanner"
	"go/types"
	"io"
	"maps"
	"os"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
)

// checker checks the types of packages. What they import is read from what the compiler wrote.
type checker struct {
	*program
	overlay map[string][]byte
	mu      sync.Mutex
	// views are the packages by their path, for the packages of a program and for those of each test: a package is another one
	// where it is compiled with its tests, and so is what imports it.
	views map[string]map[string]*types.Package
	read  map[string]*types.Package // by ID
}

func newChecker(p *program, loaded []*packages.Package, overlay map[string][]byte) *checker {
	c := &checker{program: p, overlay: overlay, views: map[string]map[string]*types.Package{"": {"unsafe": types.Unsafe}}, read: map[string]*types.Package{}}
	var ofTests []*packages.Package
	packages.Visit(loaded, nil, func(pkg *packages.Package) {
		if testOf(pkg) != "" {
			ofTests = append(ofTests, pkg)
		} else if pkg.PkgPath != "unsafe" {
			c.views[""][pkg.PkgPath] = types.NewPackage(pkg.PkgPath, pkg.Name)
		}
	})
	for _, pkg := range ofTests {
		view := c.views[testOf(pkg)]
		if view == nil {
			view = maps.Clone(c.views[""])
			c.views[testOf(pkg)] = view
		}
		view[pkg.PkgPath] = types.NewPackage(pkg.PkgPath, pkg.Name)
	}
	return c
}

// testOf is the test that a package is compiled for, "" if it is none: that of "a [a.test]" is "a.test".
func testOf(pkg *packages.Package) string {
	_, test, _ := strings.Cut(pkg.ID, " [")
	return strings.TrimSuffix(test, "]")
}

// noExport is in messages about packages that were not compiled.
const noExport = "it was not compiled"

// export reads what the compiler wrote of a package.
func (c *checker) export(pkg *packages.Package) (*types.Package, error) {
	if pkg.PkgPath == "unsafe" {
		return types.Unsafe, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if t := c.read[pkg.ID]; t != nil {
		return t, nil
	}
	if pkg.ExportFile == "" && len(pkg.Errors) > 0 {
		return nil, errors.New(oneLine(pkg.Errors[0].Msg)) // such as that no module has it
	}
	if pkg.ExportFile == "" {
		return nil, errors.New(noExport)
	}
	f, err := os.Open(pkg.ExportFile)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	r, err := exported(f)
	if err != nil {
		return nil, err
	}
	t, err := gcexportdata.Read(r, c.fset, c.views[testOf(pkg)], pkg.PkgPath)
	if err != nil {
		return nil, err
	}
	c.read[pkg.ID] = t
	return t, nil
}

// exported finds what gcexportdata reads: the whole of a file or, before Go 1.28, a part of an archive.
func exported(f *os.File) (io.Reader, error) {
	r := bufio.NewReader(f)
	if begin, err := r.Peek(8); err != nil || string(begin) != "!<arch>\n" {
		return r, err
	}
	//lint:ignore SA1019 go commands before 1.28 write archives
	return gcexportdata.NewReader(r)
}

// imports finds what a package imports.
type imports struct {
	*checker
	of *packages.Package
}

func (i imports) Import(path string) (*types.Package, error) {
	pkg := i.of.Imports[path]
	if pkg == nil {
		return nil, fmt.Errorf("no package %s", path)
	}
	return i.export(pkg)
}

// all checks packages, as many at a time as there are processors. Each goes to a function, in the order of the list, as soon as those
// before it are checked; none does after one that does not compile.
func (c *checker) all(list []*packages.Package, each func(*packages.Package)) {
	checked := make([]chan struct{}, len(list))
	for i := range checked {
		checked[i] = make(chan struct{})
	}
	todo := make(chan int, len(list))
	for i := range list {
		todo <- i
	}
	close(todo)
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for i := range todo {
				c.check(list[i])
				close(checked[i])
			}
		}()
	}
	compiles := true
	for i, pkg := range list {
		<-checked[i]
		if compiles = compiles && len(pkg.Errors) == 0; compiles {
			each(pkg)
		}
	}
}

// check fills in the syntax and the types of a package.
func (c *checker) check(pkg *packages.Package) {
	pkg.CompiledGoFiles = pkg.GoFiles
	for _, name := range pkg.GoFiles {
		file, err := c.parsed.file(c.fset, name, c.overlay[name])
		if err != nil {
			c.fault(pkg, err, packages.ParseError)
		}
		if file == nil {
			return
		}
		pkg.Syntax = append(pkg.Syntax, file)
	}
	pkg.TypesInfo = newInfo(pkg.Syntax)
	config := types.Config{
		Importer: imports{c, pkg}, FakeImportC: true, Sizes: types.SizesFor("gc", cmp.Or(os.Getenv("GOARCH"), runtime.GOARCH)),
		Error: func(err error) { c.fault(pkg, err, packages.TypeError) },
	}
	if pkg.Module != nil && pkg.Module.GoVersion != "" {
		config.GoVersion = "go" + pkg.Module.GoVersion
	}
	pkg.Types, _ = config.Check(pkg.PkgPath, c.fset, pkg.Syntax, pkg.TypesInfo)
}

// newInfo has room for what there is about some files, so that it need not grow again and again.
func newInfo(files []*ast.File) *types.Info {
	const bytesOfName = 16 // of code, for each
	names := 0
	for _, f := range files {
		names += int(f.FileEnd-f.FileStart) / bytesOfName
	}
	return &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue, 2*names), Defs: make(map[*ast.Ident]types.Object, names/2),
		Uses: make(map[*ast.Ident]types.Object, names), Instances: map[*ast.Ident]types.Instance{},
	}
}

// fault notes what is wrong with a package.
func (c *checker) fault(pkg *packages.Package, err error, kind packages.ErrorKind) {
	var ofTypes types.Error
	var ofSyntax scanner.ErrorList
	switch {
	case errors.As(err, &ofTypes):
		pkg.Errors = append(pkg.Errors, packages.Error{Pos: ofTypes.Fset.Position(ofTypes.Pos).String(), Msg: ofTypes.Msg, Kind: kind})
	case errors.As(err, &ofSyntax):
		for _, each := range ofSyntax {
			pkg.Errors = append(pkg.Errors, packages.Error{Pos: each.Pos.String(), Msg: each.Msg, Kind: kind})
		}
	default:
		pkg.Errors = append(pkg.Errors, packages.Error{Pos: "-", Msg: err.Error(), Kind: kind})
	}
}
