package inspect

import "github.com/graphslice/graphslice/generator/internal/ir"

// Permissions are what an operation accepts, by how the caller signs in.
type Permissions struct {
	Delegated        Grants `json:"delegated"`
	Personal         Grants `json:"personal"`
	Application      Grants `json:"application"`
	ResourceSpecific Grants `json:"resourceSpecific"`
	// Complete: all that is accepted is known, so that an empty list means that there is none.
	Complete bool `json:"complete"`
	// From is the operation that they are known of, "" if it is this one.
	From string `json:"from"`
}

// Grants are alternatives, the best first; permissions with blanks between them are needed together.
type Grants struct {
	Least []string `json:"least"`
	Other []string `json:"other"`
}

// Permission is what is known of a permission.
type Permission struct {
	Name string `json:"name"`
	// Kind is delegated, personal, application or resourceSpecific.
	Kind string `json:"kind"`
	// ID is "" and Level 0 if it is not known.
	ID           string `json:"id"`
	Level        int    `json:"level"`
	AdminConsent bool   `json:"adminConsent"`
	// Opens counts the operations that it opens, 0 if that is not known; Allows is what it lets an application do, in words.
	Opens  int    `json:"opens"`
	Allows string `json:"allows"`
}

// texts is a list that is never null.
func texts(list []string) []string { return append([]string{}, list...) }

func permissionsOf(p ir.Permissions) Permissions {
	grants := func(g ir.Grants) Grants { return Grants{texts(g.Least), texts(g.Other)} }
	return Permissions{
		Delegated: grants(p.Delegated), Personal: grants(p.Personal), Application: grants(p.Application),
		ResourceSpecific: grants(p.Resource), Complete: p.Complete, From: p.From,
	}
}

func (s Subject) permissions() []Permission {
	all := []Permission{}
	for _, p := range s.Package.Permissions {
		all = append(all, Permission(p))
	}
	return all
}
