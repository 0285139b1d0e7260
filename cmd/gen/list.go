package main

import (
	"context"
	"fmt"
)

const listHead = `Gen list shows what a package has: operations with their Go calls and permissions, types, and navigation properties
with the helpers that bind them. Nothing is written.

Usage:
  gen list [flags]

Flags:
`

const listTail = `
Examples:
  # The only package of ./graphslice.yaml, as tables.
  gen list
  # One of several, as JSON.
  gen list --out internal/graph --format json
  # What a slice would become, before any configuration is there.
  gen list --spec mail.yaml --include '/me/**#GET'

JSON is one object with three lists; a text without a value is "", a list without one is [].
  operations  method, path, call, scopes, applicationScopes, request, response
  types       name, go, kind (entity, complex, border, inline, enum), base, properties, values
  binds       type, property, target, collection, entitySet, helper, reason (why there is no helper)
`

func newListQuestion() *question { return newQuestion("list", "text", "json") }

// runList is the command list.
func (a *app) runList(ctx context.Context, args []string) error {
	q := newListQuestion()
	if _, err := q.parse(args); err != nil {
		return err
	}
	if q.help {
		fmt.Fprint(a.stdout, listHead+q.flags.FlagUsages()+listTail)
		return nil
	}
	subject, err := a.inspect(ctx, &q.choice)
	if err != nil {
		return err
	}
	return a.answer(q.format, subject.List())
}
