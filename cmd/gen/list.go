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

// listOptions are the flags of gen list.
type listOptions struct {
	*inspectOptions
	cloud string
}

func newListOptions() *listOptions {
	o := &listOptions{inspectOptions: newInspectOptions("list", "text", "json")}
	o.flags.StringVar(&o.cloud, "cloud", "", "`name` of a cloud: only what it has")
	return o
}

// runList is the command list.
func (a *app) runList(ctx context.Context, args []string) error {
	o := newListOptions()
	if _, err := o.parse(args); err != nil {
		return err
	}
	if o.help {
		fmt.Fprint(a.stdout, listHead+o.flags.FlagUsages()+listTail)
		return nil
	}
	subject, err := a.inspect(ctx, &o.packageOptions)
	if err != nil {
		return err
	}
	list := subject.List()
	switch {
	case o.cloud == "":
	case len(list.Clouds) == 0:
		return usagef("--cloud %s: the slices were compared with no cloud; write clouds: below slice: in %s and run gen slice", o.cloud, o.config)
	case !slices.Contains(list.Clouds, o.cloud):
		return usagef("--cloud %s: the slices were compared with %s", o.cloud, strings.Join(list.Clouds, ", "))
	default:
		list = list.In(o.cloud)
	}
	return a.answer(o.format, list)
}
