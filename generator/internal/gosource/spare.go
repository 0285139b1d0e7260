package gosource

import (
	"bytes"
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strings"
	"sync"
)

// piece is a declaration of the runtime: a function, a method, a type, or a group of constants or variables.
type piece struct {
	decl ast.Decl
	// names are what it declares for the package; none for a method, which has the name of its type and its own.
	names      []string
	of, method string
	words      words
	// from and to are where it stands in the file, with its comment.
	from, to int
}

// pieces are the declarations of a file but for its imports, in their order.
func pieces(at *token.File, file *ast.File) []*piece {
	var all []*piece
	global := globals(file)
	for _, decl := range file.Decls {
		p := &piece{decl: decl, words: newWords(), from: at.Offset(decl.Pos()), to: at.Offset(decl.End())}
		doc := (*ast.CommentGroup)(nil)
		switch d := decl.(type) {
		case *ast.FuncDecl:
			doc = d.Doc
			p.function(d)
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				continue
			}
			doc = d.Doc
			for _, spec := range d.Specs {
				p.names = append(p.names, declared(spec)...)
			}
		}
		if doc != nil {
			p.from = at.Offset(doc.Pos())
		}
		p.words.add(decl, global)
		all = append(all, p)
	}
	return all
}

func (p *piece) function(d *ast.FuncDecl) {
	if d.Recv == nil {
		p.names = []string{d.Name.Name}
		return
	}
	of := d.Recv.List[0].Type
	for {
		switch t := of.(type) {
		case *ast.StarExpr:
			of = t.X
		case *ast.IndexExpr:
			of = t.X
		default:
			p.of, p.method = of.(*ast.Ident).Name, d.Name.Name
			return
		}
	}
}

// declared are the names of a specification.
func declared(spec ast.Spec) []string {
	var names []string
	switch s := spec.(type) {
	case *ast.TypeSpec:
		names = append(names, s.Name.Name)
	case *ast.ValueSpec:
		for _, id := range s.Names {
			names = append(names, id.Name)
		}
	}
	return names
}

// words are the identifiers in a piece of code.
type words struct {
	names      map[string]bool // what does not stand behind a dot
	members    map[string]bool // what does, and methods of interfaces
	selections map[string]bool // two names with a dot between them, the first perhaps a package's
}

func newWords() words { return words{map[string]bool{}, map[string]bool{}, map[string]bool{}} }

func (w words) take(others words) {
	maps.Copy(w.names, others.names)
	maps.Copy(w.members, others.members)
	maps.Copy(w.selections, others.selections)
}

// add adds the identifiers in n, which stands in a file with these globals. What is declared inside of n is not what is called so
// outside, nor are the fields of a struct.
func (w words) add(n ast.Node, globals map[any]bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if n.Obj == nil || globals[n.Obj.Decl] {
				w.names[n.Name] = true
			}
		case *ast.CompositeLit:
			w.addLiteral(n, globals)
			return false
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Obj == nil {
				w.selections[x.Name+"."+n.Sel.Name] = true
			}
			w.members[n.Sel.Name] = true
			w.add(n.X, globals)
			return false
		case *ast.FuncDecl:
			if n.Recv != nil {
				w.add(n.Recv, globals)
			}
			w.add(n.Type, globals)
			w.add(n.Body, globals)
			return false
		case *ast.StructType:
			w.addTypes(n.Fields, globals)
			return false
		case *ast.InterfaceType:
			for _, method := range n.Methods.List {
				for _, name := range method.Names {
					w.members[name.Name] = true
				}
			}
			w.addTypes(n.Methods, globals)
			return false
		}
		return true
	})
}

// addLiteral adds what a literal has but for the names of fields.
func (w words) addLiteral(lit *ast.CompositeLit, globals map[any]bool) {
	isStruct := false
	switch lit.Type.(type) {
	case nil:
	case *ast.ArrayType, *ast.MapType:
		w.add(lit.Type, globals)
	default: // no type of the runtime that has a name is a map
		w.add(lit.Type, globals)
		isStruct = true
	}
	for _, e := range lit.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			if _, isName := pair.Key.(*ast.Ident); !isName || !isStruct {
				w.add(pair.Key, globals)
			}
			e = pair.Value
		}
		w.add(e, globals)
	}
}

// addTypes adds the types of fields or methods, not what they are called.
func (w words) addTypes(of *ast.FieldList, globals map[any]bool) {
	for _, field := range of.List {
		w.add(field.Type, globals)
	}
}

// globals are what a file declares for its package, as the parser has it for what identifiers mean.
func globals(file *ast.File) map[any]bool {
	all := map[any]bool{}
	for _, decl := range file.Decls {
		all[decl] = true
		if group, ok := decl.(*ast.GenDecl); ok {
			for _, spec := range group.Specs {
				all[spec] = true
			}
		}
	}
	return all
}

// Offer says what a package has of the runtime for its users, beside what its own code needs.
type Offer struct {
	// OnDemand are exported names, of methods behind their type's and a dot, that users have no use for by themselves, each with
	// those that it is there with. All others are there in any case.
	OnDemand map[string][]string
	// Beside are names that are needed although nothing here mentions them, of methods behind their type's and a dot.
	Beside []string
}

// sparing is the choice of what a package has of the runtime.
type sparing struct {
	offer    Offer
	pieces   []*piece
	mentions words
	kept     map[*piece]bool
}

// Spare returns the files with no more of the runtime than they need and offer: what the other files mention, what that mentions in
// turn, and methods that are exported, of types that are there.
//
// Names are compared, whatever they mean in their places: at times more is left than is needed, but never less.
func Spare(files []File, offer Offer) ([]File, error) {
	parsed, err := parseAll(token.NewFileSet(), files)
	if err != nil {
		return nil, err
	}
	files, _ = spare(files, parsed, offer)
	return files, nil
}

// spare is Spare for files that are parsed.
func spare(files []File, parsed []*ast.File, offer Offer) ([]File, []*ast.File) {
	s := &sparing{offer: offer, mentions: newWords(), kept: map[*piece]bool{}}
	for _, name := range offer.Beside {
		if _, method, ok := strings.Cut(name, "."); ok {
			s.mentions.members[method] = true
		}
		s.mentions.names[name] = true
	}
	for _, mentioned := range mentions(parsed) {
		s.mentions.take(mentioned)
	}
	for _, f := range files {
		if f.runtime != nil {
			s.pieces = append(s.pieces, f.runtime.pieces...)
		}
	}
	for s.round() {
	}
	var left []File
	var syntax []*ast.File
	for i, f := range files {
		if f.runtime == nil || slices.ContainsFunc(f.runtime.pieces, func(p *piece) bool { return s.kept[p] }) {
			left, syntax = append(left, f.keeping(s.kept)), append(syntax, parsed[i])
		}
	}
	return left, syntax
}

// mentions are the words of each file that is parsed, read at the same time.
func mentions(parsed []*ast.File) []words {
	all := make([]words, len(parsed))
	var wait sync.WaitGroup
	for i, file := range parsed {
		if file == nil { // one of the runtime
			continue
		}
		wait.Go(func() {
			all[i] = newWords()
			all[i].add(file, globals(file))
		})
	}
	wait.Wait()
	return all
}

// round keeps what is needed by what is kept so far, and reports whether that is anything new.
func (s *sparing) round() bool {
	more := false
	for _, p := range s.pieces {
		if !s.kept[p] && s.needs(p) {
			s.kept[p], more = true, true
			s.mentions.take(p.words)
		}
	}
	return more
}

func (s *sparing) needs(p *piece) bool {
	if p.method != "" {
		return s.mentions.names[p.of] && (s.isOffered(p.of, p.method) || s.mentions.members[p.method])
	}
	return slices.ContainsFunc(p.names, func(name string) bool {
		return name == "init" || s.mentions.names[name] || s.isOffered("", name) // nothing ever mentions an init
	})
}

// isOffered reports whether a declaration is for users although nothing mentions it.
func (s *sparing) isOffered(of, name string) bool {
	with, onDemand := s.offer.OnDemand[strings.TrimPrefix(of+"."+name, ".")]
	return ast.IsExported(name) && (!onDemand || slices.ContainsFunc(with, func(other string) bool { return s.mentions.names[other] }))
}

// keeping is a file with no others of the runtime's declarations, and no other imports than these need.
func (f File) keeping(kept map[*piece]bool) File {
	if f.runtime == nil || !slices.ContainsFunc(f.runtime.pieces, func(p *piece) bool { return !kept[p] }) {
		return f
	}
	d := &declarations{at: f.runtime.at}
	syntax := *f.runtime.syntax
	d.syntax, syntax.Decls = &syntax, nil
	used := map[string]bool{}
	for _, p := range f.runtime.pieces {
		if kept[p] {
			d.pieces, syntax.Decls = append(d.pieces, p), append(syntax.Decls, p.decl)
			for selection := range p.words.selections {
				name, _, _ := strings.Cut(selection, ".")
				used[name] = true
			}
		}
	}
	c := cutter{text: f.Data, shift: len(f.Data) - d.at.Size()}
	if group := importsOf(f.runtime.syntax); group != nil {
		left := usedOf(group, used)
		from, to := d.at.Offset(group.Pos()), d.at.Offset(group.End())
		other := ""
		if len(left) > 0 {
			other = importText(string(f.Data[from+c.shift:to+c.shift]), left)
		}
		c.replace(from, to, other)
		if len(left) > 0 {
			syntax.Decls = slices.Insert(syntax.Decls, 0, ast.Decl(&ast.GenDecl{TokPos: group.TokPos, Tok: token.IMPORT, Lparen: group.Lparen, Specs: left, Rparen: group.Rparen}))
		}
	}
	for _, p := range f.runtime.pieces {
		if !kept[p] {
			c.replace(p.from, p.to, "")
		}
	}
	f.Data, f.runtime = c.rest(), d
	return f
}

// importsOf is the one group of imports that a file of the runtime has; nil if it has none.
func importsOf(file *ast.File) *ast.GenDecl {
	if len(file.Decls) > 0 {
		if d, ok := file.Decls[0].(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			return d
		}
	}
	return nil
}

// usedOf are the imports that stand in front of a dot somewhere.
func usedOf(group *ast.GenDecl, used map[string]bool) []ast.Spec {
	return slices.DeleteFunc(slices.Clone(group.Specs), func(spec ast.Spec) bool {
		s := spec.(*ast.ImportSpec)
		if s.Name != nil {
			return !used[s.Name.Name]
		}
		return !used[packageName(strings.Trim(s.Path.Value, `"`))]
	})
}

// importText is a group of imports without the others.
func importText(text string, specs []ast.Spec) string {
	if len(specs) == 1 {
		spec := specs[0].(*ast.ImportSpec)
		if spec.Name != nil {
			return "import " + spec.Name.Name + " " + spec.Path.Value
		}
		return "import " + spec.Path.Value
	}
	var lines []string
	for line := range strings.Lines(text) {
		isUsed := slices.ContainsFunc(specs, func(spec ast.Spec) bool { return strings.HasSuffix(line, spec.(*ast.ImportSpec).Path.Value+"\n") })
		if isUsed || !strings.HasSuffix(line, "\"\n") && (line != "\n" || !strings.HasSuffix(lines[len(lines)-1], "(\n")) {
			lines = append(lines, line)
		}
	}
	return strings.Replace(strings.Join(lines, ""), "\n\n)", "\n)", 1)
}

// cutter takes pieces out of a text, from its beginning to its end.
type cutter struct {
	text  []byte
	shift int // of the text, against the one that offsets are of: its package has another name
	at    int // what is in front of it has been dealt with
	left  bytes.Buffer
}

// replace puts other text where something stands, or nothing, and then no more than one empty line.
func (c *cutter) replace(from, to int, other string) {
	from, to = from+c.shift, to+c.shift
	c.left.Write(c.text[c.at:from])
	if c.at = to; other != "" {
		c.left.WriteString(other)
		return
	}
	if end := bytes.IndexByte(c.text[to:], '\n'); end >= 0 {
		c.at = to + end + 1
	}
	following := bytes.TrimLeft(c.text[c.at:], "\n")
	if isApart := len(following) < len(c.text[c.at:]); isApart && !bytes.HasSuffix(c.left.Bytes(), []byte("\n\n")) {
		c.left.WriteByte('\n')
	}
	c.at = len(c.text) - len(following)
}

// rest is the text that is left.
func (c *cutter) rest() []byte {
	c.left.Write(c.text[c.at:])
	return append(bytes.TrimRight(c.left.Bytes(), "\n"), '\n')
}
