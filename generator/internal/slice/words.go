package slice

import (
	"cmp"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// This file finds what is said of an operation: its summary, its description and its page of the reference.

// operationWords returns the words of the notes, or else of the metadata: of the restrictions of the operation's kind, then of
// the action, function, property or set itself. Without any, the summary says what the operation is.
func (c *cutter) operationWords(o *operation, notes operationNotes) (summary, description string) {
	brief := c.notes.own(strings.TrimSpace(o.Said("Description").Text))
	long := c.notes.own(strings.TrimSpace(o.Said("LongDescription").Text))
	description = cmp.Or(long, brief, c.notes.described(o.Element()))
	return cmp.Or(notes.Summary, firstSentence(brief), o.Summary()), cmp.Or(notes.Description, description)
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
	return c.docs(o.Link())
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
