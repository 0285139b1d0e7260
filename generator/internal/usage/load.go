package usage

import (
	"context"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// program is code that was read.
type program struct {
	dir      string // absolute
	fset     *token.FileSet
	packages []*packages.Package
	// all are these and what they import, in the order of imports.
	all []*packages.Package
	// folders are those of all packages, by import path.
	folders   map[string]string
	generated *generatedPackages
	parsed    *parsedFiles
	// hasMain: it has a package main.
	hasMain bool
	// mutes: bodies are left out that say nothing; see muting.
	mutes bool
	// whole: nothing of the module is left out, so that what nothing refers to is not reached.
	whole bool
}

// mode asks for what there is of packages, and for what the compiler made of them: all that is imported is read from there, and
// only what patterns name from its source (see check.go). That is less work than to have go/packages do it.
const mode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile | packages.NeedModule

// load reads all the code. The error is a diag.List, or ctx's.
func load(ctx context.Context, r Request) (*program, error) {
	p, loaded, err := list(ctx, r, false)
	if err != nil {
		return nil, err
	}
	newChecker(p, r.Overlay).all(func(*packages.Package) {})
	if faults := p.faults(loaded); len(faults) > 0 {
		return nil, faults
	}
	return p, nil
}

// collect reads the code, but for what cannot come to a generated package, and goes over it meanwhile. Bodies of functions are left out only
// if it mutes.
func collect(ctx context.Context, r Request, mutes bool) (*collector, error) {
	p, loaded, err := list(ctx, r, mutes)
	if err != nil {
		return nil, err
	}
	relevant := newRelevance(p, r.Overlay)
	p.packages = slices.DeleteFunc(p.packages, relevant.leaves)
	p.mutes = mutes && relevant.mute()
	c := newCollector(p)
	newChecker(p, r.Overlay).all(c.pkg)
	if faults := p.faults(loaded); len(faults) > 0 {
		return nil, faults
	}
	return c, nil
}

// list finds out which packages there are, with all that they import. The error is as that of load.
func list(ctx context.Context, r Request, mutes bool) (*program, []*packages.Package, error) {
	dir, err := filepath.Abs(r.Dir)
	if err != nil {
		return nil, nil, fault(r.Dir, "file", "", err.Error())
	}
	if !InModule(dir) {
		return nil, nil, fault(r.Dir, "no-module", "run it in the folder of a go.mod or go.work, or below", "this is not in a Go module")
	}
	if len(r.Patterns) == 0 {
		r.Patterns = []string{"./..."}
	}
	p := &program{dir: dir, fset: token.NewFileSet(), folders: map[string]string{}, generated: newGeneratedPackages(), mutes: mutes, whole: r.isWhole(dir)}
	p.parsed = &parsedFiles{program: p}
	if p.whole && len(r.Overlay) == 0 {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		go p.parsed.ahead(ctx, dir)
	}
	loaded, err := p.ask(ctx, r)
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case err != nil:
		return nil, nil, fault("", "go-list", "", oneLine(err.Error()))
	}
	p.take(loaded)
	return p, loaded, nil
}

// ask asks for the packages that the request names, and learns which others there are.
func (p *program) ask(ctx context.Context, r Request) ([]*packages.Package, error) {
	var flags []string
	if len(r.Tags) > 0 {
		flags = []string{"-tags=" + strings.Join(r.Tags, ",")}
	}
	if mayGoList(r) {
		if loaded, all, err := goList(ctx, p.dir, flags, r.Patterns); err == nil {
			p.all = all
			return loaded, nil
		}
	}
	config := &packages.Config{Context: ctx, Dir: p.dir, Fset: p.fset, Mode: mode, Tests: true, Overlay: r.Overlay, BuildFlags: flags}
	loaded, err := packages.Load(config, r.Patterns...)
	packages.Visit(loaded, nil, func(pkg *packages.Package) { p.all = append(p.all, pkg) })
	return loaded, err
}

// isWhole reports whether the request leaves out nothing that could call something else.
func (r Request) isWhole(dir string) bool {
	return len(r.Patterns) == 1 && r.Patterns[0] == "./..." && (isFile(dir, "go.mod") || isFile(dir, "go.work"))
}

// InModule reports whether a folder, which is absolute, is in a module or a workspace.
func InModule(dir string) bool {
	if work := os.Getenv("GOWORK"); work != "" && work != "off" {
		return true
	}
	for ; ; dir = filepath.Dir(dir) {
		if isFile(dir, "go.mod") || isFile(dir, "go.work") {
			return true
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}

func isFile(dir, name string) bool {
	info, err := os.Stat(filepath.Join(dir, name))
	return err == nil && info.Mode().IsRegular()
}

// take keeps the packages and learns where all of them are.
func (p *program) take(loaded []*packages.Package) {
	for _, pkg := range p.all {
		isImportable := !strings.HasSuffix(pkg.Name, "_test") // else it is beside a package, and another one
		if isImportable && len(pkg.GoFiles) > 0 && p.folders[pkg.PkgPath] == "" {
			p.folders[pkg.PkgPath] = filepath.Dir(pkg.GoFiles[0])
		}
	}
	for _, pkg := range loaded {
		isMain := strings.HasSuffix(pkg.ID, ".test") // the go command's own, of tests
		if !isMain && slices.ContainsFunc(pkg.GoFiles, func(name string) bool { return !p.generated.isListed(name) }) {
			p.packages = append(p.packages, pkg)
			p.hasMain = p.hasMain || pkg.Name == "main"
		}
	}
	slices.SortFunc(p.packages, func(a, b *packages.Package) int { return strings.Compare(a.ID, b.ID) })
}

// stub replaces the bodies of functions. They have been checked when they were written, and are as they were.
func stub(file *ast.File) {
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
			call := &ast.CallExpr{Fun: ast.NewIdent("panic"), Args: []ast.Expr{&ast.BasicLit{Kind: token.INT, Value: "0"}}}
			f.Body = &ast.BlockStmt{Lbrace: f.Body.Lbrace, List: []ast.Stmt{&ast.ExprStmt{X: call}}, Rbrace: f.Body.Rbrace}
		}
	}
}

// maxFaults is how many of the compiler's messages are passed on.
const maxFaults = 5

// faults are the compiler's messages, nil if there are none.
func (p *program) faults(loaded []*packages.Package) diag.List {
	var all diag.List
	seen := map[string]bool{}
	for _, pkg := range loaded {
		for _, e := range pkg.Errors {
			d := p.faultOf(e)
			if !seen[d.String()] && !p.isOfStub(e, d) {
				seen[d.String()] = true
				all = append(all, d)
			}
		}
	}
	if slices.ContainsFunc(all, func(d diag.Diagnostic) bool { return d.Line > 0 }) { // the go command repeats them in its own words
		all = slices.DeleteFunc(all, func(d diag.Diagnostic) bool { return strings.HasPrefix(d.Message, "# ") })
		if others := slices.DeleteFunc(slices.Clone(all), func(d diag.Diagnostic) bool { return isOfImport(d, all) }); len(others) > 0 {
			all = others
		}
	}
	all = all.Sorted()
	if len(all) > maxFaults {
		all[maxFaults-1].More = len(all) - maxFaults
		all = all[:maxFaults]
	}
	return all
}

// noSource begins the go command's message about a folder that has tests alone.
const noSource = "no non-test Go files in "

// isOfImport reports whether a message says that something cannot be imported, for a reason that a message of its own has.
func isOfImport(d diag.Diagnostic, all diag.List) bool {
	if !strings.HasPrefix(d.Message, "could not import ") {
		return false
	}
	return strings.Contains(d.Message, noExport) || strings.Contains(d.Message, "(# ") ||
		strings.Contains(d.Message, noSource) && slices.ContainsFunc(all, func(o diag.Diagnostic) bool { return strings.HasPrefix(o.Message, noSource) })
}

// isOfStub reports whether a message comes of a body that was replaced: an import that nothing uses any more.
func (p *program) isOfStub(e packages.Error, d diag.Diagnostic) bool {
	return e.Kind == packages.TypeError && p.generated.isAsGenerated(filepath.Join(p.dir, filepath.FromSlash(d.File)))
}

// faultOf is a message of the compiler or the go command.
func (p *program) faultOf(e packages.Error) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Code: "does-not-compile", Message: strings.TrimSpace(e.Msg)}
	if e.Kind == packages.ListError {
		d.Code, d.Message = "go-list", oneLine(e.Msg)
		if folder, ok := strings.CutPrefix(d.Message, noSource); ok {
			d.Message, d.Hint = noSource+p.shown(folder), "if gen makes the package that is tested there, run gen first"
		}
	}
	parts := strings.Split(e.Pos, ":")
	if n := len(parts); n >= 3 {
		d.Line, _ = strconv.Atoi(parts[n-2])
		d.Column, _ = strconv.Atoi(parts[n-1])
		d.File = p.shown(strings.Join(parts[:n-2], ":"))
	} else if n == 2 {
		d.Line, _ = strconv.Atoi(parts[1])
		d.File = p.shown(parts[0])
	}
	if d.File == "-" {
		d.Pos = diag.Pos{}
	}
	return d
}

// shown is a path as messages show it: relative to the folder of the request if that is shorter, with slashes.
func (p *program) shown(path string) string {
	if relative, err := filepath.Rel(p.dir, path); err == nil && filepath.IsAbs(path) && len(relative) < len(path) {
		path = relative
	}
	return filepath.ToSlash(path)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// fault is one finding as an error.
func fault(file, code, hint, message string) error {
	return diag.List{{Pos: diag.Pos{File: file}, Severity: diag.Error, Code: code, Message: message, Hint: hint}}
}
