package csdl

import "strings"

// This file says who may read and write a property.

// accessRights are the members of Core.Permissions that a property has: Read, Write, ReadWrite, None, Invoke; none if nothing is said.
func (p *Property) accessRights() []string {
	var members []string
	said := p.Annotations.Text("Org.OData.Core.V1.Permissions")
	for _, member := range strings.FieldsFunc(said, func(r rune) bool { return r == ' ' || r == ',' }) {
		members = append(members, member[strings.LastIndexByte(member, '/')+1:])
	}
	return members
}

// Permits reports whether Core.Permissions allow to "Read" or to "Write" a property. What is not said is allowed.
func (p *Property) Permits(what string) bool {
	members := p.accessRights()
	for _, m := range members {
		if m == what || m == "ReadWrite" {
			return true
		}
	}
	return len(members) == 0
}

// ReadOnly reports whether only the service sets the property, or nobody.
func (p *Property) ReadOnly() bool {
	return p.Annotations.Text("Org.OData.Core.V1.Computed") == "true" || !p.Permits("Write")
}
