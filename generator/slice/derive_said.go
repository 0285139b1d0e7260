package slice

import (
	"net/url"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/csdl"
)

// This file finds what is said of an operation in metadata.

// requestRestrictions are the terms that say how an operation of a kind is called, and the part of it that counts first.
func (o *derivedOperation) requestRestrictions() (term, part string) {
	switch o.kind {
	case listKind, getContentKind:
		return "ReadRestrictions", ""
	case getKind:
		if endsWithKey(o.path) {
			return "ReadRestrictions", byKeyRestrictions
		}
		return "ReadRestrictions", ""
	case countKind:
		return "CountRestrictions", ""
	case createKind:
		return "InsertRestrictions", ""
	case updateKind, setContentKind:
		return "UpdateRestrictions", ""
	case deleteKind:
		return "DeleteRestrictions", ""
	case actionKind, functionKind:
		return "OperationRestrictions", ""
	}
	return "", ""
}

// said returns what the restrictions of the operation's kind say under a property, where it is said first.
func (o *derivedOperation) said(property string) csdl.Value {
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
func (o *derivedOperation) described() []csdl.Annotations {
	last := o.path[strings.LastIndexByte(o.path, '/')+1:]
	switch {
	case o.call != nil:
		return append([]csdl.Annotations{o.call.Annotations}, o.about...)
	case (o.kind == getContentKind || o.kind == setContentKind) && o.target.Property(last) != nil:
		return []csdl.Annotations{o.target.Property(last).Annotations}
	}
	return o.about
}

// element are the annotations of what the operation is about: of the action or function that it calls, or else of the property,
// set or singleton that its path ends with.
func (o *derivedOperation) element() csdl.Annotations {
	if o.call != nil {
		return o.call.Annotations
	}
	return o.annotations
}

// linkRelations are the last words of the relations by which metadata links an operation to its page, such as
// https://graph.microsoft.com/rels/docs/list.
var linkRelations = map[operationKind][]string{
	listKind: {"list"}, createKind: {"create"}, getKind: {"get"}, updateKind: {"update"}, deleteKind: {"delete"},
	actionKind: {"action"}, functionKind: {"function"}, getContentKind: {"get"}, setContentKind: {"update", "create"},
	listRefKind: {"list"}, addRefKind: {"create"}, getRefKind: {"get"}, setRefKind: {"update"}, removeRefKind: {"delete"},
}

// link is the address of the reference page, "" if the metadata has none for this kind of operation.
func (o *derivedOperation) link() string {
	about := o.described()
	if o.call != nil {
		about = about[:1] // the links of a place are about what is done there without a call
	}
	for _, relation := range linkRelations[o.kind] {
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
