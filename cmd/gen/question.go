package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"
)

// question is what the commands that answer something about a package have in common.
type question struct {
	choice
	format string
	help   bool
	flags  *pflag.FlagSet
}

// newQuestion returns the question of the command called name, whose answer has one of the formats; the first is the
// default.
func newQuestion(name string, formats ...string) *question {
	q := &question{flags: newFlags(name)}
	q.choice.addFlags(q.flags)
	q.flags.StringVar(&q.format, "format", formats[0], "`"+strings.Join(formats, "|")+"`")
	enumerate(q.flags, "format", formats...)
	q.flags.BoolVarP(&q.help, "help", "h", false, "print this help")
	return q
}

// parse reads the arguments and returns those that are not flags: as many as names are given. The error is a usageError.
func (q *question) parse(args []string, names ...string) ([]string, error) {
	if err := parseFlags(q.flags, args); err != nil {
		return nil, err
	}
	switch {
	case q.help:
		return nil, nil
	case q.flags.NArg() > len(names):
		return nil, usagef("unknown argument %q", q.flags.Arg(len(names)))
	case q.flags.NArg() < len(names):
		return nil, usagef("%s is missing", names[q.flags.NArg()])
	}
	if err := checkEnum(q.flags); err != nil {
		return nil, err
	}
	return q.flags.Args(), q.choice.validate(q.flags)
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
