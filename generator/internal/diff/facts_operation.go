package diff

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// operationChanges compares operations.
func (c *comparison) operationChanges(use string, old, new lock.Element, o, n api.Operation) []change {
	var l changeList
	was, is := methodOf(old.ID), methodOf(new.ID)
	switch {
	case was != is:
		l.breaking("operation-method-changed", fmt.Sprintf("is %s now, it was %s", is, was), "%s", methodText(c.use(c.old, old), use, is))
	case old.ID != new.ID:
		l.fine("operation-path-written", "path written %s instead of %s", new.ID, old.ID)
	}
	if o.Does != n.Does && was == is {
		l.breaking("operation-kind-changed", fmt.Sprintf("does %s instead of %s", n.Does, o.Does), "Change the calls of %s to its new form.", use)
	}
	l.nullBodies(use, o, n)
	l.arguments(use, o.Segments, n.Segments)
	l.request(o.Request, n.Request, use)
	l.answer(o.Response, n.Response, use)
	if o.Pageable != n.Pageable {
		l.fine("operation-pages-changed", "%s", nowOrNot(n.Pageable, "answered in pages"))
	}
	if o.Delta != n.Delta {
		l.breaking("operation-delta-changed", nowOrNot(n.Delta, "a delta query"),
			"Change what is done with the items of %s: those of a delta query can be marked as removed.", use)
	}
	l.flag(o.LongRunning, n.LongRunning, turn{"operation-background", "may go on in the background now",
		fmt.Sprintf("Wait for the result of %s (Result.Wait) before relying on it.", use)},
		turn{"operation-foreground", "does not go on in the background any more", ""})
	if o.Pause != n.Pause {
		l.fine("operation-pause-changed", "pause between two calls: %s instead of %s", quoted(n.Pause), quoted(o.Pause))
	}
	if c.bothKnow() {
		l.headers(use, o.Headers, n.Headers)
	}
	l.permissions(o.Accepts(), n.Accepts())
	if !sameSet(o.Statuses, n.Statuses) {
		l.fine("operation-statuses-changed", "success statuses: %s instead of %s", listed(n.Statuses), listed(o.Statuses))
	}
	return l
}

// methodOf is the HTTP method of an operation.
func methodOf(id string) string {
	method, _, _ := strings.Cut(id, " ")
	return method
}

// methodText says what to do where PATCH became PUT, or PUT PATCH.
func methodText(was, is, method string) string {
	text := fmt.Sprintf("Replace %s with %s, and ", was, is)
	if was == is {
		text = fmt.Sprintf("Check the calls of %s: ", is)
	}
	if method == "PUT" {
		return text + "send the whole: PUT empties what is not sent."
	}
	return text + "send what is to change: PATCH leaves the rest."
}

// headers compares the headers that a call cannot do without.
func (l *changeList) headers(use string, old, new []string) {
	without := func(all, some []string) string {
		return strings.Join(slices.DeleteFunc(slices.Clone(all), func(name string) bool {
			return slices.ContainsFunc(some, func(other string) bool { return strings.EqualFold(name, other) })
		}), ", ")
	}
	if more := without(new, old); more != "" {
		l.breaking("operation-header-required", "header required now: "+more, "Set %s in every call of %s: the service refuses those without it.", more, use)
	}
	if less := without(old, new); less != "" {
		l.fine("operation-header-optional", "header not required any more: %s", less)
	}
}

// nullBodies compares whether null can stand for a whole body.
func (l *changeList) nullBodies(use string, o, n api.Operation) {
	if o.Request != nil && n.Request != nil {
		l.flag(o.Request.Nullable, n.Request.Nullable, turn{"operation-request-null-allowed", "request body can be null", ""},
			turn{"operation-request-null-refused", "request body cannot be null any more", fmt.Sprintf("Do not send null with %s.", use)})
	}
	if o.Response != nil && n.Response != nil {
		l.flag(o.Response.Nullable, n.Response.Nullable, turn{"operation-answer-nullable", "answer can be null now",
			fmt.Sprintf("Check the answer of %s for null (nil) before using it.", use)},
			turn{"operation-answer-not-nullable", "answer cannot be null any more", ""})
	}
}

// arguments compares the types of the arguments in two paths of one form. A type that is not known is none to compare.
func (l *changeList) arguments(use string, old, new []api.Segment) {
	for i := range min(len(old), len(new)) {
		o, n := slices.Concat(old[i].Keys, old[i].Args), slices.Concat(new[i].Keys, new[i].Args)
		for j := range min(len(o), len(n)) {
			if o[j].Type != "" && n[j].Type != "" {
				l.valueType("operation-argument-type-changed", "type of argument "+n[j].Name, "argument "+n[j].Name+" of "+use, o[j].Type, n[j].Type)
			}
		}
	}
}

// request compares what is sent.
func (l *changeList) request(old, new *api.Body, use string) {
	l.body("operation-request", "request body", "Change what is sent by "+use, old, new)
	if old == nil || new == nil {
		return
	}
	l.flag(old.Required, new.Required, turn{"operation-request-required", "request body required now", fmt.Sprintf("Send a body with every call of %s.", use)},
		turn{"operation-request-optional", "request body not required any more", ""})
	if len(old.MediaTypes) == 0 || len(new.MediaTypes) == 0 || old.ContentType != new.ContentType {
		return
	}
	gone := slices.DeleteFunc(slices.Clone(old.MediaTypes), func(t string) bool { return slices.Contains(new.MediaTypes, t) })
	if len(gone) > 0 {
		l.breaking("operation-request-media-types-removed", "request body not taken as "+strings.Join(gone, ", ")+" any more", "Send none of it by %s.", use)
	} else if len(new.MediaTypes) > len(old.MediaTypes) {
		l.fine("operation-request-media-types-added", "request body taken as %s", strings.Join(new.MediaTypes, ", "))
	}
}

// answer compares answers. One that comes where there was none can be ignored as before, unless Go has another result for it.
func (l *changeList) answer(old, new *api.Body, use string) {
	l.body("operation-answer", "answer", "Change what is done with the answer of "+use, old, new)
}

// body compares what travels; do is what to do, without its end.
func (l *changeList) body(rule, what, do string, old, new *api.Body) {
	switch {
	case old == nil && new == nil:
	case old == nil:
		l.breaking(rule+"-added", what+" is "+new.Type+" now, there was none", "%s: it is %s now.", do, new.Type)
	case new == nil:
		l.breaking(rule+"-removed", what+" is gone, it was "+old.Type, "%s: there is none any more.", do)
	case api.PlainPath(old.Type) != api.PlainPath(new.Type):
		l.breaking(rule+"-type-changed", fmt.Sprintf("%s changed from %s to %s", what, old.Type, new.Type), "%s: it is %s now.", do, new.Type)
	case old.ContentType != new.ContentType && !slices.Contains(new.MediaTypes, mediaType(old.ContentType)):
		l.breaking(rule+"-media-type-changed", fmt.Sprintf("%s is of type %s now, not %s", what, mediaType(new.ContentType), mediaType(old.ContentType)),
			"%s: it is %s now.", do, mediaType(new.ContentType))
	case old.Wrapped != new.Wrapped && rule == "operation-answer": // nothing else is wrapped, unless a lock says so
		l.fine(rule+"-wrapping-changed", "%s", nowOrNot(new.Wrapped, what+" wrapped in \"value\""))
	}
}

func mediaType(contentType string) string {
	if contentType == "" {
		return "application/json"
	}
	return contentType
}

func (c *comparison) parameterChanges(use string, o, n api.Parameter) []change {
	var l changeList
	if !n.System { // its Go type does not come from the description
		l.valueType("parameter-type-changed", "type", use, o.Type, n.Type)
	}
	l.flag(o.Required, n.Required, turn{"parameter-required", "required now", fmt.Sprintf("Set %s in every call: the service refuses those without it.", use)},
		turn{"parameter-optional", "not required any more", ""})
	if o.Between != n.Between && o.Type == n.Type {
		l.breaking("parameter-list-changed", listText(n.Between)+" now, they had "+listText(o.Between),
			"Make the package anew where it is used: it sends %s in the form that the service had.", use)
	}
	return l
}

// listText says how the items of a list stand in a query.
func listText(between string) string {
	switch between {
	case "":
		return "commas between items"
	case "&":
		return "a parameter for each item"
	}
	return strconv.Quote(between) + " between items"
}
