package diff

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// permissions compares what operations accept. Code stays as it is; what the application has to be granted may change.
func (l *changeList) permissions(o, n ir.Permissions) {
	l.grants("least permissions", o.Delegated, n.Delegated)
	l.grants("least permissions of a personal account", o.Personal, n.Personal)
	l.grants("least permissions of an application", o.Application, n.Application)
	l.grants("least resource-specific permissions", o.Resource, n.Resource)
	l.accepted("as delegated", o.Delegated, n.Delegated)
	l.accepted("of a personal account", o.Personal, n.Personal)
	l.accepted("of an application", o.Application, n.Application)
	l.accepted("for a resource", o.Resource, n.Resource)
}

// grants compares alternatives, in whatever order.
func (l *changeList) grants(what string, o, n ir.Grants) {
	if !sameSet(inOrder(o.Least), inOrder(n.Least)) {
		l.fine("operation-permissions-changed", "%s: %s instead of %s", what, quoted(strings.Join(n.Least, " or ")), quoted(strings.Join(o.Least, " or ")))
	}
}

// inOrder are alternatives with the permissions of each sorted.
func inOrder(alternatives []string) []string {
	var all []string
	for _, text := range alternatives {
		all = append(all, strings.Join(slices.Sorted(strings.FieldsSeq(text)), " "))
	}
	return all
}

// accepted compares what is accepted beside the least. A generation that did not know of any is no news.
func (l *changeList) accepted(how string, o, n ir.Grants) {
	if len(o.Other) == 0 {
		return
	}
	was, is := slices.Concat(o.Least, o.Other), slices.Concat(n.Least, n.Other)
	without := func(all, some []string) []string {
		return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(some, s) })
	}
	if more := without(is, was); len(more) > 0 {
		l.fine("operation-permissions-changed", "accepts %s %s as well", strings.Join(more, ", "), how)
	}
	if gone := without(was, is); len(gone) > 0 && len(is) > 0 {
		l.fine("operation-permissions-changed", "does not accept %s %s any more", strings.Join(gone, ", "), how)
	}
}
