package sharing

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/gosource"
)

// source is a file of Go.
type source struct {
	name string
	text []byte
	// isRuntime: it is the runtime's. isBare: of its functions only the signatures count.
	isRuntime, isBare bool
}

// code is the files of a package with what its identifiers mean.
type code struct {
	sources []source
	files   []*ast.File         // of each source
	numbers map[*token.File]int // of the sources
	fset    *token.FileSet
	types   *types.Package
	info    *types.Info
	edits   [][]edit // of each source
}

// edit is a text in place of what stands from one offset to another.
type edit struct {
	from, to int
	text     string
}

// load parses and type-checks files. Imports are taken on trust but for those known.
func load(sources []source, known map[string]*types.Package) (*code, error) {
	c := &code{sources: sources, numbers: map[*token.File]int{}, fset: token.NewFileSet(), edits: make([][]edit, len(sources)), info: &types.Info{
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Types: map[ast.Expr]types.TypeAndValue{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
	}}
	for _, s := range sources {
		file, err := parser.ParseFile(c.fset, s.name, s.text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		if s.isBare {
			gosource.DropBodies(file)
		}
		c.numbers[c.fset.File(file.FileStart)] = len(c.files)
		c.files = append(c.files, file)
	}
	var err error
	c.types, err = gosource.Types(c.fset, c.files, known, c.info)
	return c, withoutUnknown(err)
}

// typesOf type-checks files as load does, and returns what they declare. An error is what the compiler would reject.
func typesOf(sources []source, known map[string]*types.Package) (*types.Package, error) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, s := range sources {
		file, err := parser.ParseFile(fset, s.name, s.text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		if s.isBare {
			gosource.DropBodies(file)
		}
		files = append(files, file)
	}
	pkg, err := gosource.Types(fset, files, known, nil)
	return pkg, withoutUnknown(err)
}

// iterators is what files have of package iter, whose types are made of theirs.
func iterators() map[string]*types.Package {
	fset := token.NewFileSet()
	const text = "package iter\n\ntype Seq[V any] func(func(V) bool)\n\ntype Seq2[K, V any] func(func(K, V) bool)\n"
	file, err := parser.ParseFile(fset, "iter.go", text, parser.SkipObjectResolution)
	if err != nil {
		panic(err) // the text is above
	}
	iter, err := gosource.Types(fset, []*ast.File{file}, nil, nil)
	if err != nil {
		panic(err)
	}
	return map[string]*types.Package{"iter": iter}
}

// withoutUnknown takes out of faults those that are none: a literal inside of one whose type an import has.
func withoutUnknown(err error) error {
	all, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return err
	}
	return errors.Join(slices.DeleteFunc(slices.Clone(all.Unwrap()), func(err error) bool {
		var e types.Error
		return errors.As(err, &e) && e.Msg == "missing type in composite literal"
	})...)
}

// sourceOf is the number of the file that a place is in.
func (c *code) sourceOf(pos token.Pos) int { return c.numbers[c.fset.File(pos)] }

// replace notes an edit of the ith file.
func (c *code) replace(i int, from, to token.Pos, text string) {
	c.edits[i] = append(c.edits[i], edit{c.offset(from), c.offset(to), text})
}

// offset is where a place is in its file.
func (c *code) offset(pos token.Pos) int { return c.fset.File(pos).Offset(pos) }

// text is what stands in the ith file.
func (c *code) text(i int, from, to token.Pos) string {
	return string(c.sources[i].text[c.offset(from):c.offset(to)])
}

// edited is the text of the ith file from one offset to another, with its edits.
func (c *code) edited(i, from, to int) []byte {
	edits := slices.Clone(c.edits[i])
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	var out []byte
	for _, e := range edits {
		if e.from < from || e.to > to {
			continue
		}
		out = append(append(out, c.sources[i].text[from:e.from]...), e.text...)
		from = e.to
	}
	return append(out, c.sources[i].text[from:to]...)
}

// renaming exports what the table names, in all files of a runtime.
type renaming struct {
	*code
	table *table
}

// all notes the edits. The error is one of the runtime: something with a new name stands where its type is not known.
func (r *renaming) all() error {
	words := map[string]string{}
	for i, file := range r.files {
		ast.Inspect(file, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			object := cmp.Or(r.info.Defs[id], r.info.Uses[id])
			name := r.table.name(object)
			if name == "" || name == id.Name {
				return true
			}
			r.replace(i, id.Pos(), id.End(), name)
			if object.Parent() == r.types.Scope() && !id.IsExported() { // packages have the others as they were
				words[id.Name] = name
			}
			return true
		})
	}
	for i, file := range r.files {
		r.comments(i, file, words)
		r.unknown(i, file, words)
	}
	return r.clashes()
}

// unknown renames what the package declares where go/types has given up, beside values that an import has made, such as by
// reflection. Members cannot be told there; that none of those that are renamed is of such a value is for the tests of this package.
func (r *renaming) unknown(i int, file *ast.File, words map[string]string) {
	isMember := map[*ast.Ident]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			isMember[n.Sel] = true
		case *ast.Ident:
			_, isDefined := r.info.Defs[n]
			if name := words[n.Name]; name != "" && !isDefined && r.info.Uses[n] == nil && !isMember[n] {
				r.replace(i, n.Pos(), n.End(), name)
			}
		}
		return true
	})
}

// clashes finds types that have two members of one name now.
func (r *renaming) clashes() error {
	var found []string
	for id, object := range r.info.Defs {
		name := r.table.name(object)
		if name == "" {
			continue
		}
		var other types.Object
		switch o := object.(type) {
		case *types.Var:
			if owner := r.types.Scope().Lookup(r.table.owner[o]); owner != nil {
				other, _, _ = types.LookupFieldOrMethod(types.NewPointer(owner.Type()), false, r.types, name)
			}
		case *types.Func:
			if recv := o.Signature().Recv(); recv != nil {
				other, _, _ = types.LookupFieldOrMethod(recv.Type(), true, r.types, name)
			}
		}
		if other != nil && other != object {
			found = append(found, fmt.Sprintf("%s: %s is to be %s, which is there already", r.fset.Position(id.Pos()), id.Name, name))
		}
	}
	if len(found) > 0 {
		return errors.New(slices.Min(found))
	}
	return nil
}

// comments notes what a comment has of new names: the word that a declaration's begins with, and words that can be nothing else.
func (r *renaming) comments(i int, file *ast.File, words map[string]string) {
	begin := func(doc *ast.CommentGroup, id *ast.Ident) {
		name := r.table.name(r.info.Defs[id])
		if rest, ok := strings.CutPrefix(docText(doc), id.Name); ok && name != "" && !strings.HasPrefix(rest, "-") {
			r.replace(i, doc.Pos()+token.Pos(len("// ")), doc.Pos()+token.Pos(len("// "+id.Name)), name)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			begin(n.Doc, n.Name)
		case *ast.GenDecl:
			if t, ok := n.Specs[0].(*ast.TypeSpec); ok {
				begin(n.Doc, t.Name)
			}
		case *ast.TypeSpec:
			begin(n.Doc, n.Name)
		case *ast.Field:
			if len(n.Names) > 0 {
				begin(n.Doc, n.Names[0])
			}
		case *ast.ValueSpec:
			begin(n.Doc, n.Names[0])
		}
		return true
	})
	for _, group := range file.Comments {
		for _, comment := range group.List {
			r.mentions(i, comment, words)
		}
	}
}

// mentions notes words inside of a comment that are new names: those with a capital inside, which no other word has.
func (r *renaming) mentions(i int, comment *ast.Comment, words map[string]string) {
	isLetter := func(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' }
	for from := 0; from < len(comment.Text); {
		to := from
		for to < len(comment.Text) && isLetter(comment.Text[to]) {
			to++
		}
		word := comment.Text[from:to]
		name := words[word]
		if name != "" && word != strings.ToLower(word) && (from == 0 || comment.Text[from-1] != '.') {
			at := r.offset(comment.Pos()) + from
			if !slices.ContainsFunc(r.edits[i], func(e edit) bool { return e.from == at }) { // it does not begin the comment
				r.edits[i] = append(r.edits[i], edit{at, at + len(word), name})
			}
		}
		from = to + 1
	}
}

// docText is a comment without what makes it one.
func docText(doc *ast.CommentGroup) string {
	if doc == nil {
		return ""
	}
	return strings.TrimPrefix(doc.List[0].Text, "// ")
}

// apply returns the files with their edits.
func (r *renaming) apply() []gosource.File {
	var out []gosource.File
	for i, s := range r.sources {
		out = append(out, gosource.Trusted(s.name, wrapped(r.edited(i, 0, len(s.text)))))
	}
	return out
}
