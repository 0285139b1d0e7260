package sharing

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/gosource"
)

// Package makes of a package that stands alone, whose files need not be formatted, one that imports the runtime: its own files, and
// what it has of the runtime as its own. The runtime is an import path whose last part is the package's name. The files are still to
// be formatted. Files in folders become packages of their own, as split says, which may be nil if there are none. An error is a fault
// of the generator, unless it is a *Clash.
func Package(files []gosource.File, runtime string, split *Split) ([]gosource.File, error) {
	o, err := newOwn(files, runtime, split, false)
	if err != nil {
		return nil, err
	}
	if err := o.clash(); err != nil {
		return nil, err
	}
	made, err := o.all()
	if err != nil {
		return nil, err
	}
	return made, o.check(made, files)
}

// Declarations is Package for files that need not be whole: what is not declared is none of its faults, and bodies of functions stay
// as they are.
func Declarations(files []gosource.File, runtime string, split *Split) ([]gosource.File, error) {
	o, err := newOwn(files, runtime, split, true)
	if o == nil {
		return nil, err
	}
	return o.all()
}

// newOwn reads a package. Where only its declarations count it is there whatever they lack, unless it is not Go.
func newOwn(files []gosource.File, runtime string, split *Split, declarations bool) (*own, error) {
	var sources []source
	for _, f := range files {
		sources = append(sources, source{name: f.Name, text: f.Data, isRuntime: f.IsRuntime(), isBare: f.IsRuntime() || declarations})
	}
	c, err := load(sources, iterators())
	if c == nil || err != nil && !declarations {
		return nil, err
	}
	o := &own{code: c, table: newTable(c.types), path: runtime}
	if o.name, err = c.freeName(path.Base(runtime), "runtime"); err == nil && split != nil {
		err = o.divide(split)
	}
	return o, err
}

// own rewrites the files of one package.
type own struct {
	*code
	table  *table
	path   string // of the runtime
	name   string // by which the files know it
	split  *Split
	home   string                  // by which the packages of calls know that of types
	public map[types.Object]string // what has another name, since packages of calls use it
	gone   map[ast.Node]bool       // what a package of calls has in other words
	faults []error
}

// isRuntime reports whether an object is declared by the runtime.
func (o *own) isRuntime(object types.Object) bool {
	return object != nil && object.Pkg() == o.types && object.Pos().IsValid() && o.sources[o.sourceOf(object.Pos())].isRuntime
}

// all returns the files of the package.
func (o *own) all() ([]gosource.File, error) {
	var made []gosource.File
	for i, s := range o.sources {
		if s.isRuntime {
			continue
		}
		o.file(i)
		made = append(made, gosource.File{Name: s.name, Data: o.edited(i, 0, len(s.text))})
	}
	aliases, err := o.aliases()
	if err != nil {
		return nil, err
	}
	beside, err := o.beside()
	if err != nil {
		return nil, err
	}
	for _, s := range append(beside, aliases) {
		made = append(made, gosource.File{Name: s.name, Data: wrapped(s.text)})
	}
	return made, errors.Join(o.faults...)
}

// file rewrites the ith file.
func (o *own) file(i int) {
	file := o.files[i]
	before := len(o.edits[i])
	o.callsHead(i, file)
	ast.Inspect(file, func(n ast.Node) bool {
		if o.gone[n] {
			return false
		}
		switch n := n.(type) {
		case *ast.Ident:
			o.identifier(i, n)
		case *ast.SelectorExpr:
			o.selector(i, n)
		case *ast.CallExpr:
			o.call(i, n)
		case *ast.CompositeLit:
			o.literal(i, n)
		}
		return true
	})
	isUsed := func(name string) bool {
		return slices.ContainsFunc(o.edits[i][before:], func(e edit) bool {
			return strings.HasPrefix(e.text[strings.LastIndexByte(e.text, '*')+1:], name+".")
		})
	}
	var lines []string
	if o.partOf(i) != "" && isUsed(o.home) {
		lines = append(lines, importLine(o.home, o.split.Home))
	}
	if isUsed(o.name) {
		lines = append(lines, importLine(o.name, o.path))
	}
	o.addImports(i, file, lines)
}

// identifier qualifies a name of the runtime, unless the package has it too, and renames what has another there.
func (o *own) identifier(i int, id *ast.Ident) {
	field, _ := o.info.Defs[id].(*types.Var)
	if object := o.info.Defs[id]; object != nil && (field == nil || !field.Embedded()) { // an embedded field is its type as well
		if name := o.public[object]; name != "" {
			o.replace(i, id.Pos(), id.End(), name)
		}
		if f, ok := object.(*types.Func); ok && f.Signature().Recv() != nil {
			if name := o.table.method(f); name != "" {
				o.replace(i, id.Pos(), id.End(), name)
			}
		}
		return
	}
	object := o.info.Uses[id]
	if object == nil || object.Pkg() != o.types {
		return
	}
	isOuter := object.Parent() == o.types.Scope()
	if isOuter && o.inHome(i, id, object) {
		return
	}
	switch name := o.table.name(object); {
	case isOuter && !o.isRuntime(object) || id.IsExported() && name == "" || isOuter && id.IsExported():
	case name == "" && (!o.isRuntime(object) || object.Parent() != nil && !isOuter): // its own, or a local name
	case name == "":
		o.faults = append(o.faults, fmt.Errorf("%s: %s is used, which is not in the table of what packages share",
			o.fset.Position(id.Pos()), id.Name))
	case isOuter:
		o.replace(i, id.Pos(), id.End(), o.name+"."+name)
	default:
		o.replace(i, id.Pos(), id.End(), name)
	}
}

// selector makes a method of the client that the runtime knows one of that client:
//
//	c.core().At("/books")
func (o *own) selector(i int, s *ast.SelectorExpr) {
	method, ok := o.info.Uses[s.Sel].(*types.Func)
	switch {
	case !ok || !o.isRuntime(method) || s.Sel.IsExported() || !o.isClient(s.X):
	case o.partOf(i) == "":
		o.replace(i, s.X.End(), s.X.End(), ".core()")
	default:
		o.replace(i, s.X.Pos(), s.X.Pos(), "(*"+o.name+"."+o.table.outer("Client")+")(")
		o.replace(i, s.X.End(), s.X.End(), ")")
	}
}

// call gives functions of the runtime the client that it knows:
//
//	msgraph.XSubscribe(ctx, client.core(), …)
func (o *own) call(i int, call *ast.CallExpr) {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok || !o.isRuntime(o.info.Uses[id]) {
		return
	}
	if _, isFunc := o.info.Uses[id].(*types.Func); !isFunc {
		return
	}
	for _, arg := range call.Args {
		if o.isClient(arg) {
			o.replace(i, arg.End(), arg.End(), ".core()")
		}
	}
}

// isClient reports whether an expression is a *Client.
func (o *own) isClient(x ast.Expr) bool {
	t := o.info.TypeOf(x)
	if t == nil {
		return false
	}
	p, ok := t.(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := p.Elem().(*types.Named)
	return ok && named.Obj().Name() == "Client" && o.isRuntime(named.Obj())
}

// literal names the fields of a struct of the runtime. What every struct has beside its properties says where its package's service
// is, too:
//
//	msgraph.XRest{Root: defaultServiceRoot, Own: "#….book", …}
func (o *own) literal(i int, lit *ast.CompositeLit) {
	named, ok := types.Unalias(o.info.TypeOf(lit)).(*types.Named)
	if !ok || !o.isRuntime(named.Obj()) {
		return
	}
	s, ok := named.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for n, element := range lit.Elts {
		if _, isNamed := element.(*ast.KeyValueExpr); isNamed {
			return
		}
		key := o.table.name(s.Field(n)) + ": "
		if named.Obj().Name() == "rest" && n == 0 {
			key = "Root: defaultServiceRoot, " + key
		}
		o.replace(i, element.Pos(), element.Pos(), key)
	}
}

// importLine is the import of a package that the file knows by a name.
func importLine(name, importPath string) string {
	if name == path.Base(importPath) {
		return strconv.Quote(importPath)
	}
	return name + " " + strconv.Quote(importPath)
}

// addImports adds imports behind the others of a file.
func (o *own) addImports(i int, file *ast.File, lines []string) {
	if len(lines) == 0 {
		return
	}
	text := strings.Join(lines, "\n")
	if len(file.Imports) == 0 {
		if len(lines) > 1 {
			text = "(\n" + text + "\n)"
		}
		o.replace(i, file.Name.End(), file.Name.End(), "\n\nimport "+text)
		return
	}
	last := file.Imports[len(file.Imports)-1]
	if decl := file.Decls[0].(*ast.GenDecl); !decl.Lparen.IsValid() {
		o.replace(i, last.Pos(), last.Pos(), "(\n")
		text += "\n)"
	}
	o.replace(i, last.End(), last.End(), "\n\n"+text)
}

// beside are the files that a package has in place of what of the runtime knows its service.
func (o *own) beside() ([]source, error) {
	sources, err := shared("package", gosource.RuntimePrefix, o.files[0].Name.Name)
	if err != nil {
		return nil, err
	}
	sources = slices.DeleteFunc(sources, func(s source) bool {
		return !slices.ContainsFunc(o.sources, func(other source) bool { return other.name == s.name })
	})
	for i, s := range sources {
		s.text = bytes.ReplaceAll(s.text, []byte("msgraph."), []byte(o.name+"."))
		s.text = bytes.Replace(s.text, []byte(`"msgraph"`), []byte(importLine(o.name, o.path)), 1)
		if sources[i].text, err = o.documented(s); err != nil {
			return nil, err
		}
	}
	return sources, nil
}

// documented gives declarations without a comment that of the runtime's.
func (o *own) documented(s source) ([]byte, error) {
	c, err := load([]source{s}, nil)
	if c == nil || len(c.files) == 0 {
		return nil, err
	}
	docs := o.docs()
	for _, decl := range c.files[0].Decls {
		key := keyOf(decl)
		if doc := docs[key]; key != "" && doc != "" && docOf(decl) == nil {
			c.replace(0, decl.Pos(), decl.Pos(), doc+"\n")
		}
	}
	return c.edited(0, 0, len(s.text)), nil
}

// docs are the comments of what the runtime declares, by keyOf.
func (o *own) docs() map[string]string {
	docs := map[string]string{}
	for i, file := range o.files {
		if !o.sources[i].isRuntime {
			continue
		}
		for _, decl := range file.Decls {
			if doc := docOf(decl); doc != nil {
				docs[keyOf(decl)] = o.text(i, doc.Pos(), doc.End())
			}
		}
	}
	return docs
}

func docOf(decl ast.Decl) *ast.CommentGroup {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		return d.Doc
	case *ast.GenDecl:
		return d.Doc
	}
	return nil
}

// keyOf is what a declaration is found by: Name, or Type.Name for a method.
func keyOf(decl ast.Decl) string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return d.Name.Name
		}
		t := d.Recv.List[0].Type
		if star, ok := t.(*ast.StarExpr); ok {
			t = star.X
		}
		if index, ok := t.(*ast.IndexExpr); ok {
			t = index.X
		}
		if id, ok := t.(*ast.Ident); ok {
			return id.Name + "." + d.Name.Name
		}
	case *ast.GenDecl:
		if t, ok := d.Specs[0].(*ast.TypeSpec); ok && d.Tok == token.TYPE {
			return t.Name.Name
		}
	}
	return ""
}

// check type-checks what was made against the runtime, without the bodies of that.
func (o *own) check(made, files []gosource.File) error {
	parts, name := Parts(files), path.Base(o.path)
	runtime, err := once(&runtimeTypes, parts, name, func() (*types.Package, error) {
		r, err := rename(parts, name, true)
		if err != nil {
			return nil, err
		}
		return typesOf(sourcesOf(r.apply(), true), nil)
	})
	if err != nil {
		return err
	}
	known := iterators()
	known[o.path] = runtime
	if o.split != nil {
		return o.checkApart(made, known)
	}
	_, err = typesOf(sourcesOf(made, false), known)
	return err
}

func sourcesOf(files []gosource.File, isBare bool) []source {
	var sources []source
	for _, f := range files {
		sources = append(sources, source{name: f.Name, text: f.Data, isBare: isBare})
	}
	return sources
}
