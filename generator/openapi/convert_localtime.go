package openapi

import (
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/ir"
)

// localTime is a model that says that it is a local time, and where it does.
type localTime struct {
	model *ir.Model
	at    place
}

// checkLocalTimes reports those that name what they do not have.
func (c *converter) checkLocalTimes() {
	for _, local := range c.localTimes {
		if err := local.model.LocalTime.Check(local.model); err != nil {
			c.diags.Add(diag.Diagnostic{Pos: local.at.pos(), Severity: diag.Error, Code: "local-time", Message: err.Error(),
				Hint: "write x-graphslice-local-time: {dateTime: PROPERTY, zone: PROPERTY}"})
		}
	}
}
