package slice

import (
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
)

// This file says who may read and write a property.

const core = "Org.OData.Core.V1."

// accessRights are the members of Core.Permissions that a property has: Read, Write, ReadWrite, None, Invoke; none if nothing is said.
func accessRights(p *csdl.Property) []string {
	var members []string
	for _, member := range strings.FieldsFunc(p.Annotations.Text(core+"Permissions"), func(r rune) bool { return r == ' ' || r == ',' }) {
		members = append(members, member[strings.LastIndexByte(member, '/')+1:])
	}
	return members
}

// permitted reports whether Core.Permissions allow to read or to write a property. What is not said is allowed.
func permitted(p *csdl.Property, what string) bool {
	members := accessRights(p)
	for _, m := range members {
		if m == what || m == "ReadWrite" {
			return true
		}
	}
	return len(members) == 0
}

// isReadOnly reports whether only the service sets the property, or nobody.
func isReadOnly(p *csdl.Property) bool {
	return p.Annotations.Text(core+"Computed") == "true" || !permitted(p, "Write")
}

// isWriteOnly reports whether the service takes the property and does not give it back.
func isWriteOnly(p *csdl.Property) bool { return !permitted(p, "Read") && permitted(p, "Write") }

// withAccess adds to the words for a property what OpenAPI has no key for: that it is only for the creation of what it is a
// property of, or for nobody yet.
func withAccess(p *csdl.Property, description string) string {
	access := ""
	switch {
	case !permitted(p, "Read") && !permitted(p, "Write"):
		access = "It can be neither read nor written."
	case p.Annotations.Text(core+"Immutable") == "true" && !isReadOnly(p):
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
