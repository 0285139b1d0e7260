package openapi

import (
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/ir"
)

// uploadSession is a model that says how a large content is sent, and where it does.
type uploadSession struct {
	model *ir.Model
	at    place
}

// checkSessions reports the sessions that name what they do not have.
func (c *converter) checkSessions() {
	for _, s := range c.sessions {
		if err := s.model.Upload.Check(s.model); err != nil {
			c.diags.Add(diag.Diagnostic{Pos: s.at.pos(), Severity: diag.Error, Code: "upload-session", Message: err.Error(),
				Hint: "write x-graphslice-upload-session: {url: PROPERTY, ranges: PROPERTY}"})
		}
	}
}
