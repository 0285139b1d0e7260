package main

import (
	"context"
	"fmt"
)

const whyHead = `Gen why shows why a type is in a package: a shortest chain from an operation to it, and how many operations lead there.
Nothing is written.

Usage:
  gen why TYPE [flags]

TYPE is a qualified name, with or without microsoft.graph. in front, or the name in Go.

Flags:
`

const whyTail = `
Examples:
  # Why is it in the only package of ./graphslice.yaml?
  gen why microsoft.graph.thing
  # The same, asked of a slice.
  gen why thing --spec mail.yaml --format json

JSON is one object:
  type        the qualified name
  chain       steps, each with from, how (sends, answers, takes, property, derived, base), name, to, collection;
              [] if no operation leads to the type
  chains      how many chains are as short
  operations  how many operations lead to the type
`

func newWhyOptions() *inspectOptions { return newInspectOptions("why", "text", "json") }

// runWhy is the command why.
func (a *app) runWhy(ctx context.Context, args []string) error {
	o := newWhyOptions()
	names, err := o.parse(args, "TYPE")
	if err != nil {
		return err
	}
	if o.help {
		fmt.Fprint(a.stdout, whyHead+o.flags.FlagUsages()+whyTail)
		return nil
	}
	subject, err := a.inspect(ctx, &o.packageOptions)
	if err != nil {
		return err
	}
	reason, err := subject.Why(names[0])
	if err != nil {
		return err
	}
	return a.answer(o.format, reason)
}
