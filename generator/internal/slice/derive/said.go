package derive

import (
	"net/url"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
)

// This file finds what is said of an operation in metadata.

// requestRestrictions are the terms that say how an operation of a kind is called, and the part of it that counts first.
func (o *Operation) requestRestrictions() (term, part string) {
	switch o.Kind {
	case List, GetContent, GetProperty:
		return "ReadRestrictions", ""
	case Get:
		if endsWithKey(o.Path) {
			return "ReadRestrictions", byKeyRestrictions
		}
		return "ReadRestrictions", ""
	case Count:
		return "CountRestrictions", ""
	case Create:
		return "InsertRestrictions", ""
	case Update, SetContent, SetProperty, ClearProperty:
		return "UpdateRestrictions", ""
	case Delete:
		return "DeleteRestrictions", ""
	case Action, Function:
		return "OperationRestrictions", ""
	}
	return "", ""
}

// Said returns what the restrictions of the operation's kind say under a property, where it is said first.
func (o *Operation) Said(property string) csdl.Value {
	term, part := o.requestRestrictions()
	if term == "" {
		return csdl.Value{}
	}
	about := o.described()
	if part != "" {
		if value := restrictionValue(about, term, part).Field(property); value.Text != "" || len(value.Items) > 0 {
			return value
		}
	}
	return restrictionValue(about, term, property)
}

// described are the annotations that describe the operation, the most specific first: those of the action, function or stream
// that it calls, reads or writes, or else those of the place.
func (o *Operation) described() []csdl.Annotations {
	last := o.Path[strings.LastIndexByte(o.Path, '/')+1:]
	switch {
	case o.Call != nil:
		return append([]csdl.Annotations{o.Call.Annotations}, o.about...)
	case o.Property != nil:
		return []csdl.Annotations{o.Property.Annotations}
	case (o.Kind == GetContent || o.Kind == SetContent) && o.Target.Property(last) != nil:
		return []csdl.Annotations{o.Target.Property(last).Annotations}
	}
	return o.about
}

// Element are the annotations of what the operation is about: of the action or function that it calls, or else of the property,
// set or singleton that its path ends with.
func (o *Operation) Element() csdl.Annotations {
	if o.Call != nil {
		return o.Call.Annotations
	}
	return o.annotations
}

// linkRelations are the last words of the relations by which metadata links an operation to its page, such as
// https://graph.microsoft.com/rels/docs/list.
var linkRelations = map[Kind][]string{
	List: {"list"}, Create: {"create"}, Get: {"get"}, Update: {"update"}, Delete: {"delete"},
	Action: {"action"}, Function: {"function"}, GetContent: {"get"}, SetContent: {"update", "create"},
	ListRef: {"list"}, AddRef: {"create"}, GetRef: {"get"}, SetRef: {"update"}, RemoveRef: {"delete"},
	GetProperty: {"get"}, SetProperty: {"update"}, ClearProperty: {"delete"},
}

// Link is the address of the reference page, "" if the metadata has none for this kind of operation.
func (o *Operation) Link() string {
	about := o.described()
	if o.Call != nil {
		about = about[:1] // the links of a place are about what is done there without a call
	}
	for _, relation := range linkRelations[o.Kind] {
		for _, as := range about {
			links, _ := as.Find("Org.OData.Core.V1.Links")
			i := slices.IndexFunc(links.Items, func(link csdl.Value) bool {
				return strings.HasSuffix(link.Field("rel").Text, "/docs/"+relation) && isPage(link.Field("href").Text)
			})
			if i >= 0 {
				return links.Items[i].Field("href").Text
			}
		}
	}
	return ""
}

// isPage reports whether a text is the address of a page of the web.
func isPage(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}
