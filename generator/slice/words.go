package slice

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/slice/tree"
)

// This file finds what is said of an operation: its summary, its description and its page of the reference.

// operationWords returns the words of the notes, or else of the metadata: of the restrictions of the operation's kind, then of
// the action, function, property or set itself. Without any, the summary says what the operation is.
func (c *cutter) operationWords(o *operation, notes operationNotes) (summary, description string) {
	brief := c.notes.own(strings.TrimSpace(o.said("Description").Text))
	long := c.notes.own(strings.TrimSpace(o.said("LongDescription").Text))
	description = cmp.Or(long, brief, c.notes.described(o.element()))
	return cmp.Or(notes.Summary, firstSentence(brief), o.summary()), cmp.Or(notes.Description, description)
}

// element are the annotations of what the operation is about: of the action or function that it calls, or else of the property,
// set or singleton that its path ends with.
func (o *operation) element() csdl.Annotations {
	if o.call != nil {
		return o.call.Annotations
	}
	return o.annotations
}

// firstSentence is the beginning of a text up to the first full stop that ends a sentence, without the stop.
func firstSentence(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	if i := strings.Index(text, ". "); i >= 0 {
		text = text[:i]
	}
	return strings.TrimSuffix(strings.TrimSpace(text), ".")
}

// operationDocs is the page of the reference that the notes name, or that the metadata links to.
func (c *cutter) operationDocs(o *operation, notes operationNotes) *tree.Node {
	if notes.Docs != "" {
		return c.docs(notes.Docs)
	}
	return c.docs(o.link())
}

// linkRelations are the last words of the relations by which metadata links an operation to its page, such as
// https://graph.microsoft.com/rels/docs/list.
var linkRelations = map[operationKind][]string{
	listKind: {"list"}, createKind: {"create"}, getKind: {"get"}, updateKind: {"update"}, deleteKind: {"delete"},
	actionKind: {"action"}, functionKind: {"function"}, getContentKind: {"get"}, setContentKind: {"update", "create"},
	listRefKind: {"list"}, addRefKind: {"create"}, getRefKind: {"get"}, setRefKind: {"update"}, removeRefKind: {"delete"},
}

// link is the address of the reference page, "" if the metadata has none for this kind of operation.
func (o *operation) link() string {
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

// parameterWords describe a parameter of an action or a function: what the notes or the metadata say, and what stands for it if
// a call leaves it out.
func (c *cutter) parameterWords(p *csdl.Parameter) string {
	description := c.notes.describeParameter(p)
	value, optional := p.Annotations.Find("Org.OData.Core.V1.OptionalParameter")
	standard := value.Field("DefaultValue").Text
	switch {
	case !optional || standard == "":
		return description
	case description == "":
		return "Optional; " + standard + " if it is left out."
	case strings.HasSuffix(description, "."):
		return description + " Optional; " + standard + " if it is left out."
	}
	return description + ". Optional; " + standard + " if it is left out."
}
