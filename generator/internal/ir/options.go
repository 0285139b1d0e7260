package ir

import "slices"

// OptionsKind says which of OData's own query options a call takes. They are the same for every call of a kind, whatever a
// description says of each: so a description that is wrong takes nothing away, and one that changes breaks nobody.
type OptionsKind int

const (
	NoOptions    OptionsKind = iota // whatever writes
	GetOptions                      // what answers one entity or value
	ListOptions                     // what answers a collection
	CountOptions                    // what answers how many items there are
)

var systemOptions = map[OptionsKind][]string{
	GetOptions:   {"$select", "$expand"},
	ListOptions:  {"$top", "$skip", "$search", "$filter", "$count", "$orderby", "$select", "$expand"},
	CountOptions: {"$search", "$filter"},
}

// Names are the options as they stand in a URL.
func (k OptionsKind) Names() []string { return systemOptions[k] }

// Options says which of OData's own query options the operation takes.
func (o *Operation) Options() OptionsKind {
	switch o.Kind {
	case CountOp:
		return CountOptions
	case List:
		return ListOptions
	case Get, FunctionOp:
		if o.Response != nil && o.Response.Type.Kind == Collection {
			return ListOptions
		}
		return GetOptions
	}
	return NoOptions
}

// IsSystemOption reports whether a query parameter is one of OData's own that every call of the operation's kind takes.
func (o *Operation) IsSystemOption(p *Parameter) bool {
	return slices.Contains(o.Options().Names(), p.Name)
}

// OwnQuery are the query parameters that the operation has beside OData's own.
func (o *Operation) OwnQuery() []*Parameter {
	return slices.DeleteFunc(slices.Clone(o.Query), o.IsSystemOption)
}

// ReadsPages reports whether the operation reads pages, which may end with a link to the next.
func (o *Operation) ReadsPages() bool {
	switch o.Kind {
	case List, Get, FunctionOp:
		isReference := o.Segments[len(o.Segments)-1].Kind == RefSegment
		return o.Response != nil && o.Response.Type.Kind == Collection && !isReference
	}
	return false
}
