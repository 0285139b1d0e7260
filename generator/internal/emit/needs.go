package emit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// required are the query parameters that no overload of the call can do without.
func (c call) required() []string {
	var names []string
	for _, p := range c.op.Query {
		everywhere := !slices.ContainsFunc(c.overloads, func(op *ir.Operation) bool {
			return !slices.ContainsFunc(op.Query, func(q *ir.Parameter) bool { return q.Name == p.Name && q.Required })
		})
		if everywhere {
			names = append(names, p.Name)
		}
	}
	return names
}

// withNeeds adds what the call cannot do without:
//
//	(*resource)(r).needsOptions("startDateTime", "endDateTime")
//	(*resource)(r).needsQuery("reason")
//	(*resource)(r).needsHeaders("If-Match")
func (c call) withNeeds(target *jen.Statement) *jen.Statement {
	add := func(method string, names []string) {
		var texts []jen.Code
		for _, name := range names {
			texts = append(texts, jen.Lit(name))
		}
		if len(texts) > 0 {
			target = target.Dot(method).Call(texts...)
		}
	}
	switch required := c.required(); {
	case c.readsWithOptions():
		add("needsOptions", required)
	case !c.takesTarget():
		add("needsQuery", required)
	}
	add("needsHeaders", c.op.Headers)
	return target
}

// needsText says what the call takes in places that its signature does not show, and what it cannot do without.
func (c call) needsText() string {
	var sentences []string
	if c.readsWithOptions() {
		if required := c.required(); len(required) > 0 {
			sentences = append(sentences, "The options have to set "+enumerate(required)+".")
		}
	} else if !c.takesTarget() {
		for _, p := range c.op.Query {
			text := "Query sets " + p.Name
			if p.Required {
				text += ", which is required"
			}
			if p.Doc.Description != "" {
				text += ": " + p.Doc.Description
			}
			sentences = append(sentences, sentence(text))
		}
	}
	for _, name := range c.op.Headers {
		option := "Header"
		if strings.EqualFold(name, "If-Match") {
			option = "IfMatch"
		}
		sentences = append(sentences, fmt.Sprintf("It needs the header %s, which %s sets.", name, option))
	}
	if body := c.op.Request; body != nil && len(body.MediaTypes) > 1 {
		sentences = append(sentences, fmt.Sprintf("The content is %s unless Header(%q, …) says otherwise; the service takes %s.",
			body.ContentType, "Content-Type", enumerate(body.MediaTypes)))
	}
	return strings.Join(sentences, " ")
}

// optionText is the comment of an option.
func (c call) optionText(p *ir.Parameter) string {
	text := sentence(p.Doc.Description)
	if slices.Contains(c.required(), p.Name) {
		text = strings.TrimSpace(text + " Required.")
	}
	return text
}

// enumerate writes names as a sentence has them: a, b and c.
func enumerate(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
