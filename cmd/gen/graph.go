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

const graphHead = `Gen graph draws the types of a package and how they refer to each other, as Mermaid, as an SVG image, or as a page of one file, on which
the picture can be moved and every type and operation leads to what there is to say of it.

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
  # A page to keep beside the code, or to attach to a review.
  gen graph --output graph.html
  # An image of one of several packages, on stdout.
  gen graph --out internal/graph --format svg

Types that derive from one that is declared somewhere are drawn in its box. At the border of the slice, where only a key is
described, boxes are dashed.
`

// graphOptions are the flags of gen graph.
type graphOptions struct {
	*inspectOptions
	output string
	enums  bool
}

func newGraphOptions() *graphOptions {
	o := &graphOptions{inspectOptions: newInspectOptions("graph", "mermaid", "svg", "html")}
	o.flags.StringVar(&o.output, "output", "", "`path` of the file to write; one that ends in .svg or .html is that if --format does not say (default: stdout)")
	o.flags.BoolVar(&o.enums, "enums", false, "draw enums too")
	return o
}

// runGraph is the command graph.
func (a *app) runGraph(ctx context.Context, args []string) error {
	o := newGraphOptions()
	if _, err := o.parse(args); err != nil {
		return err
	}
	switch {
	case o.help:
		fmt.Fprint(a.stdout, graphHead+o.flags.FlagUsages()+graphTail)
		return nil
	case o.flags.Changed("output") && o.output == "":
		return usagef("--output is empty")
	case !o.flags.Changed("format") && strings.EqualFold(filepath.Ext(o.output), ".svg"):
		o.format = "svg"
	case !o.flags.Changed("format") && strings.EqualFold(filepath.Ext(o.output), ".html"):
		o.format = "html"
	}
	subject, err := a.inspect(ctx, &o.packageOptions)
	if err != nil {
		return err
	}
	diagram := subject.Diagram(o.enums)
	write := diagram.WriteMermaid
	switch o.format {
	case "svg":
		write = diagram.WriteSVG
	case "html":
		write = func(w io.Writer) error { return generator.WritePackagePage(w, subject, o.enums) }
	}
	return a.writeTo(o.output, write)
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
