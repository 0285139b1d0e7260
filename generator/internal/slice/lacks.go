package slice

import (
	"github.com/graphslice/graphslice/generator/internal/diag"
)

// lacks are notes of what the sources do not tell because of their kind, where that is of weight for a program and another
// source would tell it.
func (c *cutter) lacks(documents []*Document) diag.List {
	var found diag.List
	fromOData, described := false, false
	for _, d := range documents {
		for _, p := range d.Paths {
			for _, m := range p.Operations {
				fromOData = fromOData || m.Operation.Get("x-ms-docs-operation-type") != nil
				described = described || m.Operation.Get("description") != nil || m.Operation.Get("externalDocs") != nil
			}
		}
	}
	switch {
	case c.published != nil && len(c.cfg.Metadata) == 0 && fromOData:
		found.Add(diag.Diagnostic{Severity: diag.Note, Code: "no-metadata",
			Message: "an OpenAPI document alone does not tell which types derive from others, nor what a bind points to",
			Hint:    "read the metadata that it was made from as well: --metadata ADDRESS, or metadata: in the configuration"})
	case c.published == nil && !described && len(c.cfg.Notes) == 0 && len(documents) > 0: // who writes notes knows
		found.Add(diag.Diagnostic{Severity: diag.Note, Code: "no-descriptions",
			Message: "the metadata does not describe what the operations do",
			Hint: "take a form that has descriptions, if the service has one (for Microsoft Graph see gen slice --help), or write them: " +
				"--notes FILE, or notes: in the configuration"})
	}
	return found
}
