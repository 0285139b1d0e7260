package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
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
  # What a cloud has of it, if the slices were compared with that cloud.
  gen list --cloud China
  # What a slice would become, before any configuration is there.
  gen list --spec mail.yaml --include '/me/**#GET'

JSON is one object with lists; a text without a value is "", a list without one is [].
  operations   method, path, call, scopes, applicationScopes, permissions, request, response, notIn (clouds)
               permissions: delegated, personal, application, resourceSpecific, each with least and other; complete; from
  types        name, go, kind (entity, complex, border, inline, enum), base, properties, values, notIn
  binds        type, property, target, collection, entitySet, helper, reason (why there is no helper)
  permissions  name, kind (delegated, personal, application, resourceSpecific), id, level, adminConsent, opens (how many operations), allows (words)
  clouds       the other clouds that the slices were compared with
  missing      kind (operation, type, property, enum, member), element, notIn
`

// listQuestion is what gen list is asked.
type listQuestion struct {
	*question
	cloud string
}

func newListQuestion() *listQuestion {
	q := &listQuestion{question: newQuestion("list", "text", "json")}
	q.flags.StringVar(&q.cloud, "cloud", "", "`name` of a cloud: only what it has")
	return q
}

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
	list := subject.List()
	switch {
	case q.cloud == "":
	case len(list.Clouds) == 0:
		return usagef("--cloud %s: the slices were compared with no cloud; write clouds: below slice: in %s and run gen slice", q.cloud, q.config)
	case !slices.Contains(list.Clouds, q.cloud):
		return usagef("--cloud %s: the slices were compared with %s", q.cloud, strings.Join(list.Clouds, ", "))
	default:
		list = list.In(q.cloud)
	}
	return a.answer(q.format, list)
}
