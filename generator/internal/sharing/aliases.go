package sharing

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// Aliases is the file by which a package has the names of the runtime that it shares.
const Aliases = gosource.RuntimePrefix + "aliases.go"

// PathIn is the path by which that file imports the runtime; "" if it is another.
func PathIn(aliases []byte) string {
	file, err := parser.ParseFile(token.NewFileSet(), Aliases, aliases, parser.ImportsOnly)
	if err != nil || len(file.Imports) == 0 {
		return ""
	}
	return strings.Trim(file.Imports[len(file.Imports)-1].Path.Value, `"`)
}

// aliases is the file by which the package has the runtime's exported names as its own.
func (o *own) aliases() (source, error) {
	var b bytes.Buffer
	for i, file := range o.files {
		if !o.sources[i].isRuntime {
			continue
		}
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.GenDecl:
				o.aliasGroup(&b, i, d)
			case *ast.FuncDecl:
				if d.Recv == nil && d.Name.IsExported() && o.table.outer(d.Name.Name) == "" {
					o.wrapper(&b, i, d)
				}
			}
		}
	}
	imports, err := o.importsFor(b.String())
	if err != nil {
		return source{}, err
	}
	head := lock.Header + "\n\npackage " + o.files[0].Name.Name + "\n\nimport (\n" + imports + "\n" + importLine(o.name, o.path) + "\n)\n\n" +
		"// What follows is the package's own as well as that of others with the same runtime; package " + path.Base(o.path) +
		" says more of it.\n\n"
	return source{name: Aliases, text: []byte(head + b.String())}, nil
}

// importsFor are the lines of the imports that declarations need, of those that the runtime's files have.
func (o *own) importsFor(declarations string) (string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "aliases.go", "package p\n"+declarations, parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	needed := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok {
				needed[id.Name] = true
			}
		}
		return true
	})
	var lines []string
	for i, file := range o.files {
		for _, spec := range file.Imports {
			name := path.Base(strings.Trim(spec.Path.Value, `"`))
			if o.sources[i].isRuntime && spec.Name == nil && needed[name] {
				lines = append(lines, spec.Path.Value)
			}
		}
	}
	slices.Sort(lines)
	return strings.Join(slices.Compact(lines), "\n") + "\n", nil
}

// aliasGroup has types and constants.
//
//	// Opt holds a scalar that may be absent or null.
//	type Opt[T any] = msgraph.Opt[T]
func (o *own) aliasGroup(b *bytes.Buffer, i int, group *ast.GenDecl) {
	var lines bytes.Buffer
	for _, spec := range group.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && o.table.outer(s.Name.Name) == "" {
				summary(b, cmp.Or(s.Doc, group.Doc))
				b.WriteString("type " + s.Name.Name + o.parameters(i, s.TypeParams) + " = " + o.name + "." + s.Name.Name +
					arguments(s.TypeParams) + "\n\n")
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if name.IsExported() {
					summary(&lines, s.Doc)
					lines.WriteString(name.Name + o.typeOf(name) + " = " + o.name + "." + name.Name + "\n")
				}
			}
		}
	}
	if lines.Len() > 0 {
		summary(b, group.Doc)
		text := lines.String()
		if group.Lparen.IsValid() {
			text = "(\n" + text + ")\n"
		}
		b.WriteString(group.Tok.String() + " " + text + "\n")
	}
}

// typeOf is the type in the declaration of a constant that has one with a name.
func (o *own) typeOf(name *ast.Ident) string {
	if named, ok := o.info.Defs[name].Type().(*types.Named); ok && named.Obj().Exported() {
		return " " + named.Obj().Name()
	}
	return ""
}

// wrapper has a function.
//
//	// Some returns an Opt that holds value.
//	func Some[T any](value T) Opt[T] { return msgraph.Some(value) }
func (o *own) wrapper(b *bytes.Buffer, i int, f *ast.FuncDecl) {
	summary(b, f.Doc)
	ast.Inspect(f.Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			o.identifier(i, id)
		}
		return true
	})
	inferred := map[string]bool{}
	var names []string
	for _, field := range f.Type.Params.List {
		ast.Inspect(field.Type, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				inferred[id.Name] = true
			}
			return true
		})
		for _, name := range field.Names {
			if _, isVariadic := field.Type.(*ast.Ellipsis); isVariadic {
				names = append(names, name.Name+"...")
			} else {
				names = append(names, name.Name)
			}
		}
	}
	of := ""
	for _, field := range list(f.Type.TypeParams) {
		for _, name := range field.Names {
			if !inferred[name.Name] {
				of = arguments(f.Type.TypeParams)
			}
		}
	}
	from, to := o.offset(f.Type.Pos()), o.offset(f.Type.End())
	b.Write(o.edited(i, from, to))
	b.WriteString(" {\nreturn " + o.name + "." + f.Name.Name + of + "(" + strings.Join(names, ", ") + ")\n}\n\n")
}

// parameters are type parameters as they are declared.
func (o *own) parameters(i int, of *ast.FieldList) string {
	if of == nil {
		return ""
	}
	ast.Inspect(of, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			o.identifier(i, id)
		}
		return true
	})
	return string(o.edited(i, o.offset(of.Pos()), o.offset(of.End())))
}

// arguments are type parameters handed on: [T, P].
func arguments(of *ast.FieldList) string {
	var names []string
	for _, field := range list(of) {
		for _, name := range field.Names {
			names = append(names, name.Name)
		}
	}
	if names == nil {
		return ""
	}
	return "[" + strings.Join(names, ", ") + "]"
}

func list(of *ast.FieldList) []*ast.Field {
	if of == nil {
		return nil
	}
	return of.List
}

// summary writes the first sentence of a comment as one.
func summary(b *bytes.Buffer, of *ast.CommentGroup) {
	if text := new(doc.Package).Synopsis(of.Text()); text != "" {
		b.WriteString("// " + strings.TrimSuffix(text, ":") + "\n")
	}
}
