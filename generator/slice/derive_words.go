package slice

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/csdl"
)

// This file names and describes derived operations.

// segments are the path's, without keys.
func (o *derivedOperation) segments() []string {
	return slices.DeleteFunc(strings.Split(strings.TrimPrefix(o.path, "/"), "/"), func(s string) bool { return strings.HasPrefix(s, "{") })
}

// tag groups operations by the root of their path and the type they work on, as Graph's documents do.
func (o *derivedOperation) tag() string {
	root, _, _ := strings.Cut(o.segments()[0], "(")
	switch o.kind {
	case actionKind:
		return root + ".Actions"
	case functionKind:
		return root + ".Functions"
	}
	return root + "." + o.target.ShortName()
}

// id names the operation: the path's words and what it does.
func (o *derivedOperation) id() string {
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
			words = append(words, strings.TrimSuffix(name[strings.LastIndexByte(name, '.')+1:], ":"))
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
func (o *derivedOperation) verb() string {
	switch o.kind {
	case listKind:
		return "List"
	case createKind:
		return "Create"
	case getKind:
		return "Get"
	case updateKind:
		return "Update"
	case deleteKind:
		return "Delete"
	case countKind:
		return "GetCount"
	case getContentKind:
		return "GetContent"
	case setContentKind:
		return "SetContent"
	case deleteContentKind:
		return "DeleteContent"
	case listRefKind:
		return "ListRef"
	case addRefKind:
		return "CreateRef"
	case getRefKind:
		return "GetRef"
	case setRefKind:
		return "UpdateRef"
	case removeRefKind, removeListedRefKind:
		return "DeleteRef"
	}
	return ""
}

// summary says in a few words what the operation does, where the notes do not.
func (o *derivedOperation) summary() string {
	segments := o.segments()
	last := segments[len(segments)-1]
	if strings.HasPrefix(last, "$") && len(segments) > 1 {
		last = segments[len(segments)-2]
	}
	last, _, _ = strings.Cut(strings.TrimSuffix(last, ":"), "(")
	switch o.kind {
	case listKind:
		return "List " + last
	case createKind:
		return "Create an item of " + last
	case getKind:
		return "Get " + o.target.ShortName()
	case updateKind:
		return "Update " + o.target.ShortName()
	case deleteKind:
		return "Delete " + o.target.ShortName()
	case countKind:
		return "Count " + last
	case getContentKind, setContentKind, deleteContentKind:
		return o.contentSummary(last)
	case listRefKind, getRefKind:
		return "Get what " + last + " refers to"
	case addRefKind, setRefKind:
		return "Make " + last + " refer to " + o.target.ShortName()
	case removeRefKind, removeListedRefKind:
		return "Remove a reference of " + last
	}
	return "Call " + o.call.ShortName()
}

// contentSummary is summary for bytes: of an entity, or of a stream property, whose name says what it is.
func (o *derivedOperation) contentSummary(name string) string {
	verb := map[operationKind]string{getContentKind: "Get ", setContentKind: "Set ", deleteContentKind: "Delete "}[o.kind]
	if strings.HasSuffix(o.path, "/$value") {
		return verb + "the content of " + name
	}
	return verb + name
}

// answersCollection reports whether success brings a page of items.
func (o *derivedOperation) answersCollection() bool {
	return o.kind == listKind || o.kind == listRefKind || o.call != nil && o.call.Return != nil && o.call.Return.Collection
}

func (o *derivedOperation) pageable() bool { return o.answersCollection() }

func (o *derivedOperation) docsType() string {
	switch o.kind {
	case actionKind:
		return "action"
	case functionKind:
		return "function"
	}
	return "operation"
}

// setsProperty reports whether an operation sets a stream that is a property of an entity, and not the whole of it ($value). That
// is an update of the entity, and answered as one.
func (o *derivedOperation) setsProperty() bool {
	return o.kind == setContentKind && o.target.Property(o.path[strings.LastIndexByte(o.path, '/')+1:]) != nil
}

// isDelta reports whether a function answers with what has changed.
func isDelta(call *csdl.Operation) bool {
	const term = "Org.OData.Core.V1.IsDelta"
	return call.Annotations.Has(term) || call.ReturnAnnotations.Has(term) || call.Function && call.ShortName() == "delta"
}
