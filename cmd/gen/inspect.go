package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

// inspectOptions are the flags that the commands have in common that say what is in a package: list, why, graph.
type inspectOptions struct {
	packageOptions
	format string
	help   bool
	flags  *pflag.FlagSet
}

// newInspectOptions returns those of the command called name, whose answer has one of the formats; the first is the default.
func newInspectOptions(name string, formats ...string) *inspectOptions {
	o := &inspectOptions{flags: newFlags(name)}
	o.packageOptions.addFlags(o.flags)
	o.flags.StringVar(&o.format, "format", formats[0], "`"+strings.Join(formats, "|")+"`")
	enumerate(o.flags, "format", formats...)
	o.flags.BoolVarP(&o.help, "help", "h", false, "print this help")
	return o
}

// parse reads the arguments and returns those that are not flags: as many as names are given. The error is a usageError.
func (o *inspectOptions) parse(args []string, names ...string) ([]string, error) {
	if err := parseFlags(o.flags, args); err != nil {
		return nil, err
	}
	switch {
	case o.help:
		return nil, nil
	case o.flags.NArg() > len(names):
		return nil, usagef("unknown argument %q", o.flags.Arg(len(names)))
	case o.flags.NArg() < len(names):
		return nil, usagef("%s is missing", names[o.flags.NArg()])
	}
	if err := checkEnum(o.flags); err != nil {
		return nil, err
	}
	return o.flags.Args(), o.packageOptions.validate(o.flags)
}

// inspect reads the package. Warnings go to stderr; the error is a usageError, Diagnostics, ctx's, or a fault of ours.
func (a *app) inspect(ctx context.Context, o *packageOptions) (*generator.Subject, error) {
	p, err := o.project()
	if err != nil {
		return nil, err
	}
	work := a.begin("reading " + strings.Join(p.Targets[0].Specs, ", "))
	subject, found, err := p.Inspect(ctx)
	work.end()
	if err != nil {
		return nil, err
	}
	if subject == nil {
		return nil, found
	}
	for _, d := range found {
		fmt.Fprintln(a.stderr, d)
	}
	return subject, nil
}

// textWriter is an answer that can be written for a person.
type textWriter interface{ WriteText(io.Writer) error }

// answer writes a value to stdout in full or, if it cannot be made, not at all.
func (a *app) answer(format string, value textWriter) error {
	var b bytes.Buffer
	var err error
	if format == "json" {
		err = encode(&b, value)
	} else {
		err = value.WriteText(&b)
	}
	if err != nil {
		return err
	}
	return a.print(b.Bytes())
}

// encode writes a value as JSON on several lines.
func encode(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// print writes to stdout.
func (a *app) print(data []byte) error {
	if _, err := a.stdout.Write(data); err != nil {
		fmt.Fprintf(a.stderr, "gen: stdout: %v\n", err)
		return codeError(exitInput)
	}
	return nil
}
