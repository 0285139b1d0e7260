// Package width breaks lines of Go source that are too long to be read, where a person would.
//
// gofmt leaves the length of lines to their author. A generator has none who would look at each, so that this is done here, once, for
// whatever is emitted.
package width

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
	"unicode/utf8"
)

const (
	// Limit is how long a line may be, in characters, where a tab counts as Tab of them.
	Limit = 120
	// Tab is how many characters a tab counts as.
	Tab = 4
)

// passes is how often lines are broken anew: once for each depth of calls within calls, and no source of ours has more.
const passes = 6

// Break returns src, which is formatted, with the lines broken that are longer than Limit, formatted again. Comments stay as they
// are, and what has no place for a break, such as a method without parameters. An error is src's: it is no Go.
//
//	func (r *ZooAnimalsRequests) Create(
//		ctx context.Context, body AnyAnimal, opts ...CallOption,
//	) (*Result[AnyAnimal], error) {
//		return send(ctx, (*resource)(r), "POST", anyBody(body, "#….animal"),
//			readAnyAnimal, opts)
//	}
func Break(src []byte) ([]byte, error) {
	if len(longLines(src)) == 0 {
		return src, nil
	}
	out := make([]byte, 0, len(src)+len(src)/8)
	head := true // before the first declaration
	for from := 0; from < len(src); {
		to := declarationEnd(src, from)
		part := src[from:to]
		if head {
			head = !hasClause(part)
		} else if len(longLines(part)) > 0 {
			var err error
			if part, err = breakDeclaration(part); err != nil {
				return nil, err
			}
		}
		out, from = append(out, part...), to
	}
	return out, nil
}

// declarationEnd is where the declaration ends that begins at an offset, with the empty line behind it: in front of the next line
// that begins with neither a tab nor a bracket and has an empty line before it.
func declarationEnd(src []byte, from int) int {
	for at := from; ; {
		i := bytes.Index(src[at:], []byte("\n\n"))
		if i < 0 {
			return len(src)
		}
		at += i + len("\n\n")
		if at == len(src) || !bytes.ContainsAny(src[at:at+1], "\t\n)}") {
			return at
		}
	}
}

// hasClause reports whether a part of a file has the package clause, before which only comments stand.
func hasClause(part []byte) bool {
	const clause = "package "
	return bytes.HasPrefix(part, []byte(clause)) || bytes.Contains(part, []byte("\n"+clause))
}

// breakDeclaration is Break for one declaration: formatting takes long, and most have no long line.
func breakDeclaration(part []byte) ([]byte, error) {
	if part = breakSignature(part); len(longLines(part)) == 0 {
		return part, nil
	}
	const head = "package p\n\n"
	end := part[len(bytes.TrimRight(part, "\n")):]
	src := append([]byte(head), part...)
	for range passes {
		cuts, err := cutsOf(src)
		if err != nil {
			return nil, err
		}
		if len(cuts) == 0 {
			break
		}
		if src, err = format.Source(apply(src, cuts)); err != nil {
			return nil, err
		}
	}
	return append(bytes.TrimRight(src[len(head):], "\n"), end...), nil
}

// breakSignature breaks the line of a function that has its parameters and ends where its body begins, as gofmt leaves it. Nearly all
// long lines are one, and formatting the whole function for it would take several times as long.
func breakSignature(part []byte) []byte {
	for _, l := range longLines(part) {
		text := part[l.from:l.to]
		if !bytes.HasPrefix(text, []byte("func ")) || !bytes.HasSuffix(text, []byte(" {")) {
			continue
		}
		const head = "package p;"
		fset := token.NewFileSet()
		src := slices.Concat([]byte(head), text, []byte("}"))
		file, err := parser.ParseFile(fset, "", src, parser.SkipObjectResolution)
		if err != nil {
			return part // whoever reads all of it says what is wrong
		}
		lists := listsOf(fset, file)
		if len(lists) == 0 || !lists[0].signature {
			return part
		}
		cuts := lists[0].block(src)
		for i := range cuts {
			if cuts[i].at != lists[0].closing {
				cuts[i].text += "\t"
			}
		}
		broken := apply(src, cuts)
		return slices.Concat(part[:l.from], broken[len(head):len(broken)-len("}")], part[l.to:])
	}
	return part
}

// A line is where one stands in a source, without its end.
type line struct{ from, to int }

// longLines are the lines longer than Limit, but for those that are a comment.
func longLines(src []byte) []line {
	var long []line
	for from := 0; from < len(src); {
		to := len(src)
		if i := bytes.IndexByte(src[from:], '\n'); i >= 0 {
			to = from + i
		}
		text := src[from:to]
		if to-from > Limit/Tab && Columns(text) > Limit && !bytes.HasPrefix(bytes.TrimLeft(text, "\t"), []byte("//")) {
			long = append(long, line{from, to})
		}
		from = to + 1
	}
	return long
}

// Columns is how many characters a text takes, with tabs as Tab of them.
func Columns(text []byte) int {
	return utf8.RuneCount(text) + bytes.Count(text, []byte("\t"))*(Tab-1)
}

// A cut is what is put into a source at an offset: the end of a line, after a comma of its own perhaps.
type cut struct {
	at   int
	text string
}

// apply puts the cuts into src, in place of the spaces there.
func apply(src []byte, cuts []cut) []byte {
	slices.SortFunc(cuts, func(a, b cut) int { return a.at - b.at })
	var out []byte
	last := 0
	for _, c := range cuts {
		out = append(append(out, bytes.TrimRight(src[last:c.at], " ")...), c.text...)
		last = c.at
	}
	return append(out, src[last:]...)
}

// A list is what stands in brackets with commas between, as offsets.
type list struct {
	open, closing int
	starts        []int // of the elements
	// signature: the parameters of a function that is declared, which stand between lines of their own.
	signature bool
	// constant: no list, but the text of a constant. gofmt wants it behind the =, unless something stands between.
	constant bool
}

// cutsOf are the breaks of the long lines, those of the outermost lists that have one.
func cutsOf(src []byte) ([]cut, error) {
	long := longLines(src)
	if len(long) == 0 {
		return nil, nil
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", src, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return nil, err
	}
	lists := listsOf(fset, file)
	var cuts []cut
	for _, l := range long {
		from, _ := slices.BinarySearchFunc(lists, l.from, func(a list, from int) int { return a.open - from })
		to, _ := slices.BinarySearchFunc(lists, l.to, func(a list, to int) int { return a.open - to })
		cuts = append(cuts, l.cuts(src, lists[from:to])...)
	}
	return cuts, nil
}

// cuts are the breaks of a line in the outermost of its lists that has one between two elements, or else in front of the first.
func (l line) cuts(src []byte, lists []list) []cut {
	for _, s := range lists {
		if found := s.cuts(src, l); len(found) > 0 {
			return found
		}
	}
	for _, s := range lists {
		if s.closing < l.to && len(s.starts) > 0 && Columns(src[l.from:s.starts[0]]) > Limit/3 {
			return []cut{{s.starts[0], "\n"}}
		}
	}
	return nil
}

// cuts are the breaks of a list in a line that it stands in as a whole; none if they would help nothing.
func (s list) cuts(src []byte, l line) []cut {
	if s.closing >= l.to {
		return nil
	}
	switch {
	case s.signature:
		return s.block(src)
	case s.constant:
		return []cut{{s.open, ` "" +` + "\n"}}
	}
	indent := 0
	for src[l.from+indent] == '\t' {
		indent++
	}
	var cuts []cut
	column := Columns(src[l.from:s.starts[0]])
	for i, start := range s.starts {
		end := l.to
		if i+1 < len(s.starts) {
			end = s.starts[i+1] - 1 // without the space behind the comma
		}
		size := Columns(src[start:end])
		if column+size > Limit && i > 0 {
			cuts = append(cuts, cut{start, "\n"})
			column = (indent + 1) * Tab
		}
		column += size + 1
	}
	return cuts
}

// block are the breaks that put the parameters of a signature between lines of their own: into one line, or each into one.
func (s list) block(src []byte) []cut {
	cuts := []cut{{s.open + 1, "\n"}, {s.closing, ",\n"}}
	if Tab+Columns(src[s.open+1:s.closing])+len(",") > Limit {
		for _, start := range s.starts[1:] {
			cuts = append(cuts, cut{start, "\n"})
		}
	}
	return cuts
}

// listsOf are the lists of a file that may be broken, in the order of their brackets.
func listsOf(fset *token.FileSet, file *ast.File) []list {
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	var lists []list
	add := func(open, closing token.Pos, starts []int, signature bool) {
		if len(starts) > 0 && open.IsValid() {
			lists = append(lists, list{open: offset(open), closing: offset(closing), starts: starts, signature: signature})
		}
	}
	expressions := func(list []ast.Expr) (starts []int) {
		for _, x := range list {
			starts = append(starts, offset(x.Pos()))
		}
		return starts
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if p := n.Type.Params; p.NumFields() > 0 {
				var starts []int
				for _, field := range p.List {
					starts = append(starts, offset(field.Pos()))
				}
				add(p.Opening, p.Closing, starts, true)
			}
		case *ast.CallExpr:
			add(n.Lparen, n.Rparen, expressions(n.Args), false)
		case *ast.CompositeLit:
			add(n.Lbrace, n.Rbrace, expressions(n.Elts), false)
		case *ast.ValueSpec:
			if text := constantText(n); text != nil {
				lists = append(lists, list{open: offset(text.Pos()), closing: offset(text.Pos()), constant: true})
			}
		}
		return true
	})
	slices.SortFunc(lists, func(a, b list) int { return a.open - b.open })
	return lists
}

// constantText is the literal that a constant is, nil for what is no text.
func constantText(n *ast.ValueSpec) *ast.BasicLit {
	if len(n.Values) != 1 {
		return nil
	}
	text, ok := n.Values[0].(*ast.BasicLit)
	if !ok || text.Kind != token.STRING {
		return nil
	}
	return text
}
