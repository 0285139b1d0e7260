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
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
)

// checker checks the types of packages. What they import is read from what the compiler wrote, unless it is checked itself.
type checker struct {
	*program
	overlay map[string][]byte
	mu      sync.Mutex
	// views are the packages by their path, for the packages of a program and for those of each test: a package is another one
	// where it is compiled with its tests, and so is what imports it.
	views  map[string]map[string]*types.Package
	read   map[string]*types.Package // by ID
	levels *levels
}

func newChecker(p *program, overlay map[string][]byte) *checker {
	c := &checker{program: p, overlay: overlay, views: map[string]map[string]*types.Package{"": {"unsafe": types.Unsafe}}, read: map[string]*types.Package{},
		levels: newLevels(p.packages)}
	var ofTests []*packages.Package
	for _, pkg := range p.all {
		if testOf(pkg) != "" {
			ofTests = append(ofTests, pkg)
		} else if pkg.PkgPath != "unsafe" {
			c.views[""][pkg.PkgPath] = types.NewPackage(pkg.PkgPath, pkg.Name)
		}
	}
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

// view is a package as those see it that belong to the same program or test.
func (c *checker) view(pkg *packages.Package) *types.Package {
	return c.views[testOf(pkg)][pkg.PkgPath]
}

// noExport is in messages about packages that were not compiled.
const noExport = "it was not compiled"

// export reads what the compiler wrote of a package. One that is checked is there when another one imports it; see all.
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
	if c.levels.checked[pkg] {
		return c.view(pkg), nil
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

// all checks packages, as many at a time as there are processors, and those first that others import. Each goes to a function, in this
// order, as soon as those before it are checked; none does after one that does not compile.
func (c *checker) all(each func(*packages.Package)) {
	var groups [][]*packages.Package
	checked := map[*packages.Package]chan struct{}{}
	for _, pkg := range c.packages {
		checked[pkg] = make(chan struct{})
		for len(groups) <= c.levels.of(pkg) {
			groups = append(groups, nil)
		}
		groups[c.levels.of(pkg)] = append(groups[c.levels.of(pkg)], pkg)
	}
	go func() {
		for _, group := range groups {
			c.together(group, func(pkg *packages.Package) { close(checked[pkg]) })
		}
	}()
	compiles := true
	for _, pkg := range slices.Concat(groups...) {
		<-checked[pkg]
		if compiles = compiles && len(pkg.Errors) == 0; compiles {
			each(pkg)
		}
	}
}

// together checks packages of which none imports another. Each goes to a function.
func (c *checker) together(group []*packages.Package, done func(*packages.Package)) {
	todo := make(chan *packages.Package, len(group))
	for _, pkg := range group {
		todo <- pkg
	}
	close(todo)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(group)) {
		workers.Go(func() {
			for pkg := range todo {
				c.check(pkg)
				done(pkg)
			}
		})
	}
	workers.Wait()
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
		DisableUnusedImportCheck: pkg.ExportFile != "", // then it has been checked, perhaps with bodies that are left out here
		Error:                    func(err error) { c.fault(pkg, err, packages.TypeError) },
	}
	if pkg.Module != nil && pkg.Module.GoVersion != "" {
		config.GoVersion = "go" + pkg.Module.GoVersion
	}
	pkg.Types = c.view(pkg)
	_ = types.NewChecker(&config, c.fset, pkg.Types, pkg.TypesInfo).Files(pkg.Syntax) // which config.Error has
}

// newInfo has room for what there is about some files, so that it need not grow again and again. What is left out of them takes none.
func newInfo(files []*ast.File) *types.Info {
	const bytesOfName = 16 // of code, for each
	names := 0
	for _, f := range files {
		for _, d := range f.Decls {
			names += int(d.End()-d.Pos()) / bytesOfName
		}
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

// levels tells which packages can be checked together.
type levels struct {
	checked map[*packages.Package]bool // all that are
	known   map[*packages.Package]int
}

func newLevels(list []*packages.Package) *levels {
	l := &levels{checked: map[*packages.Package]bool{}, known: map[*packages.Package]int{}}
	for _, pkg := range list {
		l.checked[pkg] = true
	}
	return l
}

// of is how many packages that are checked come before one at least, each importing the one before it.
func (l *levels) of(pkg *packages.Package) int {
	if level, ok := l.known[pkg]; ok {
		return level
	}
	l.known[pkg] = 0 // imports are no cycle
	level := 0
	for _, imported := range pkg.Imports {
		below := l.of(imported)
		if l.checked[imported] {
			below++
		}
		level = max(level, below)
	}
	l.known[pkg] = level
	return level
}
