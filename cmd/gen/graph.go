package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/graphslice/graphslice/generator"
)

const graphHead = `Gen graph draws the types of a package and how they refer to each other, as Mermaid or as an SVG image.

Usage:
  gen graph [flags]

Flags:
`

const graphTail = `
Examples:
  # Mermaid, for a Markdown file.
  gen graph
  # An image, with a box for each enum as well.
  gen graph --output graph.svg --enums
  # An image of one of several packages, on stdout.
  gen graph --out internal/graph --format svg

Types that derive from one that is declared somewhere are drawn in its box. At the border of the slice, where only a key is
described, boxes are dashed.
`

// graphQuestion is what gen graph is asked.
type graphQuestion struct {
	*question
	output string
	enums  bool
}

func newGraphQuestion() *graphQuestion {
	q := &graphQuestion{question: newQuestion("graph", "mermaid", "svg")}
	q.flags.StringVar(&q.output, "output", "", "`path` of the file to write; one that ends in .svg is SVG if --format does not say (default: stdout)")
	q.flags.BoolVar(&q.enums, "enums", false, "draw enums too")
	return q
}

// runGraph is the command graph.
func (a *app) runGraph(ctx context.Context, args []string) error {
	q := newGraphQuestion()
	if _, err := q.parse(args); err != nil {
		return err
	}
	switch {
	case q.help:
		fmt.Fprint(a.stdout, graphHead+q.flags.FlagUsages()+graphTail)
		return nil
	case q.flags.Changed("output") && q.output == "":
		return usagef("--output is empty")
	case !q.flags.Changed("format") && strings.EqualFold(filepath.Ext(q.output), ".svg"):
		q.format = "svg"
	}
	subject, err := a.inspect(ctx, &q.choice)
	if err != nil {
		return err
	}
	diagram := subject.Diagram(q.enums)
	write := diagram.WriteMermaid
	if q.format == "svg" {
		write = diagram.WriteSVG
	}
	return a.writeTo(q.output, write)
}

// writeTo writes to a file, or to stdout if path is "". All is made before anything is written.
func (a *app) writeTo(path string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	if path == "" {
		return a.print(b.Bytes())
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		return generator.FileFault(path, err)
	}
	fmt.Fprintf(a.stderr, "gen: wrote %s\n", filepath.ToSlash(path))
	return nil
}
