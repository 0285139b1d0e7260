package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator"
)

// pathTree is a segment of paths, and what goes on from it.
type pathTree struct {
	segment  string
	methods  []string // of the operations on the path itself
	count    int      // of the operations on it and below it
	children []*pathTree
}

// newPathTree arranges operations, sorted by path, by the segments of their paths.
func newPathTree(operations []pathOperation) *pathTree {
	root := &pathTree{}
	for _, o := range operations {
		at := root
		at.count++
		for _, segment := range splitPath(o.Path) {
			i := slices.IndexFunc(at.children, func(c *pathTree) bool { return c.segment == segment })
			if i < 0 {
				at.children = append(at.children, &pathTree{segment: segment})
				i = len(at.children) - 1
			}
			at = at.children[i]
			at.count++
		}
		at.methods = append(at.methods, o.Method)
	}
	return root
}

// splitPath returns the segments of a path; a slash in the arguments of a function separates nothing.
func splitPath(path string) []string {
	depth := 0
	return strings.FieldsFunc(path, func(r rune) bool {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		return r == '/' && depth == 0
	})
}

// treeLines is how long a tree may get by going one level deeper.
const treeLines = 100

// depth is how many levels are shown: at least two, or one of very many; more while there is place.
func (t *pathTree) depth() int {
	depth := 1
	for level := t.level(1); ; depth++ {
		lines := t.lines(depth + 1)
		next := t.level(depth + 1)
		if lines > treeLines && len(level) > 1 || len(next) == 0 {
			return depth
		}
		level = next
	}
}

// level are the nodes at a depth.
func (t *pathTree) level(depth int) []*pathTree {
	if depth == 0 {
		return []*pathTree{t}
	}
	var nodes []*pathTree
	for _, c := range t.children {
		nodes = append(nodes, c.level(depth-1)...)
	}
	return nodes
}

// lines is how many nodes there are down to a depth.
func (t *pathTree) lines(depth int) int {
	n := 0
	for d := 1; d <= depth; d++ {
		n += len(t.level(d))
	}
	return n
}

// WriteText writes the tree with the number of operations at and below each path, as deep as there is place.
func (t *pathTree) WriteText(w io.Writer) error {
	depth := t.depth()
	width := len(fmt.Sprint(t.count))
	var b strings.Builder
	t.write(&b, width, 0, depth)
	fmt.Fprintf(&b, "%*d  operations; gen paths WORDS lists those with the words, --include '%s/**' goes deeper\n", width, t.count, t.deeper())
	_, err := io.WriteString(w, generator.Printable(b.String()))
	return err
}

func (t *pathTree) write(b *strings.Builder, width, level, depth int) {
	if level > 0 {
		fmt.Fprintf(b, "%*d  %s/%s", width, t.count, strings.Repeat("  ", level-1), t.segment)
		if len(t.methods) > 0 {
			b.WriteString("  " + strings.Join(t.methods, ","))
		}
		b.WriteByte('\n')
	}
	if level < depth {
		for _, c := range t.children {
			c.write(b, width, level+1, depth)
		}
	}
}

// deeper is a path that more can be shown of: the first, on the way down, of several, with most below it.
func (t *pathTree) deeper() string {
	path := ""
	for len(t.children) > 0 {
		most := slices.MaxFunc(t.children, func(a, b *pathTree) int { return cmp.Compare(a.count, b.count) })
		path += "/" + most.segment
		if len(t.children) > 1 {
			break
		}
		t = most
	}
	return path
}
