package slice

import (
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
)

// This file says who may read and write a property.

const core = "Org.OData.Core.V1."

// isWriteOnly reports whether the service takes the property and does not give it back.
func isWriteOnly(p *csdl.Property) bool { return !p.Permits("Read") && p.Permits("Write") }

// withAccess adds to the words for a property what OpenAPI has no key for: that it is only for the creation of what it is a
// property of, or for nobody yet.
func withAccess(p *csdl.Property, description string) string {
	access := ""
	switch {
	case !p.Permits("Read") && !p.Permits("Write"):
		access = "It can be neither read nor written."
	case p.Annotations.Text(core+"Immutable") == "true" && !p.ReadOnly():
		access = "It is set on creation and cannot be changed later."
	}
	switch {
	case access == "" || description == "":
		return description + access
	case strings.HasSuffix(description, "."):
		return description + " " + access
	}
	return description + ". " + access
}
