package derive

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// This file names and describes derived operations.

// segments are the path's, without keys.
func (o *Operation) segments() []string {
	return slices.DeleteFunc(strings.Split(strings.TrimPrefix(o.Path, "/"), "/"), func(s string) bool { return strings.HasPrefix(s, "{") })
}

// Tag groups operations by the root of their path and the type they work on, as Graph's documents do.
func (o *Operation) Tag() string {
	root, _, _ := strings.Cut(o.segments()[0], "(")
	switch o.Kind {
	case Action:
		return root + ".Actions"
	case Function:
		return root + ".Functions"
	}
	return root + "." + o.Target.ShortName()
}

// ID names the operation: the path's words and what it does.
func (o *Operation) ID() string {
	var words []string
	by := ""
	for _, s := range o.segments() {
		name, arguments, isCall := strings.Cut(s, "(")
		for argument := range strings.SplitSeq(strings.TrimSuffix(arguments, ")"), ",") {
			if argument, _, ok := strings.Cut(argument, "="); ok && isCall {
				by += strings.ToUpper(argument[:1]) + argument[1:]
			}
		}
		if !strings.HasPrefix(s, "$") {
			words = append(words, strings.TrimSuffix(ir.ShortName(name), ":"))
		}
	}
	id := strings.Join(words, ".")
	if verb := o.verb(); verb != "" {
		id += "." + verb
	}
	if by != "" {
		id += "By" + by
	}
	return id
}

// verb is what the operation does, "" for actions and functions, which are named themselves.
func (o *Operation) verb() string {
	switch o.Kind {
	case List:
		return "List"
	case Create:
		return "Create"
	case Get, GetProperty:
		return "Get"
	case SetProperty:
		return "Set"
	case Update:
		return "Update"
	case Delete, ClearProperty:
		return "Delete"
	case Count:
		return "GetCount"
	case GetContent:
		return "GetContent"
	case SetContent:
		return "SetContent"
	case DeleteContent:
		return "DeleteContent"
	case ListRef:
		return "ListRef"
	case AddRef:
		return "CreateRef"
	case GetRef:
		return "GetRef"
	case SetRef:
		return "UpdateRef"
	case RemoveRef, RemoveListedRef:
		return "DeleteRef"
	}
	return ""
}

// Summary says in a few words what the operation does, where the notes do not.
func (o *Operation) Summary() string {
	segments := o.segments()
	last := segments[len(segments)-1]
	if strings.HasPrefix(last, "$") && len(segments) > 1 {
		last = segments[len(segments)-2]
	}
	last, _, _ = strings.Cut(strings.TrimSuffix(last, ":"), "(")
	switch o.Kind {
	case List:
		return "List " + last
	case Create:
		return "Create an item of " + last
	case Get:
		return "Get " + o.Target.ShortName()
	case Update:
		return "Update " + o.Target.ShortName()
	case Delete:
		return "Delete " + o.Target.ShortName()
	case Count:
		return "Count " + last
	case GetContent, SetContent, DeleteContent:
		return o.contentSummary(last)
	case GetProperty:
		return "Get " + last
	case SetProperty:
		return "Set " + last
	case ClearProperty:
		return "Set " + last + " to null"
	case ListRef, GetRef:
		return "Get what " + last + " refers to"
	case AddRef, SetRef:
		return "Make " + last + " refer to " + o.Target.ShortName()
	case RemoveRef, RemoveListedRef:
		return "Remove a reference of " + last
	}
	return "Call " + o.Call.ShortName()
}

// contentSummary is summary for bytes: of an entity, or of a stream property, whose name says what it is.
func (o *Operation) contentSummary(name string) string {
	verb := map[Kind]string{GetContent: "Get ", SetContent: "Set ", DeleteContent: "Delete "}[o.Kind]
	if strings.HasSuffix(o.Path, "/$value") {
		return verb + "the content of " + name
	}
	return verb + name
}

// answersCollection reports whether success brings a page of items.
func (o *Operation) answersCollection() bool {
	return o.Kind == List || o.Kind == ListRef || o.Call != nil && o.Call.Return != nil && o.Call.Return.Collection
}

func (o *Operation) Pageable() bool { return o.answersCollection() }

func (o *Operation) DocsType() string {
	switch o.Kind {
	case Action:
		return "action"
	case Function:
		return "function"
	}
	return "operation"
}

// SetsProperty reports whether an operation sets a stream that is a property of an entity, and not the whole of it ($value). That
// is an update of the entity, and answered as one.
func (o *Operation) SetsProperty() bool {
	return o.Kind == SetContent && o.Target.Property(o.Path[strings.LastIndexByte(o.Path, '/')+1:]) != nil
}

// IsDelta reports whether a function answers with what has changed.
func IsDelta(call *csdl.Operation) bool {
	const term = "Org.OData.Core.V1.IsDelta"
	return call.Annotations.Has(term) || call.ReturnAnnotations.Has(term) || call.Function && call.ShortName() == "delta"
}
