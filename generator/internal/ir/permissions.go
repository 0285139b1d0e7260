package ir

import "strings"

// Permissions are what the caller of an operation needs.
type Permissions struct {
	// Delegated are for an application that acts for a signed-in user, Personal the same where the user's account is no
	// account of work or school. Application are for an application alone; those of Resource are consented to for one resource,
	// such as a chat, by whoever owns it.
	Delegated   Grants `json:"delegated,omitzero"`
	Personal    Grants `json:"personal,omitzero"`
	Application Grants `json:"application,omitzero"`
	Resource    Grants `json:"resourceSpecific,omitzero"`
	// Complete: all that is accepted is known. Where nothing is accepted, then, there is no way.
	Complete bool `json:"complete,omitempty"`
	// From is the operation that they are known of, such as "GET /chats/{id}/members", if it is another one.
	From string `json:"from,omitempty"`
}

// Grants are alternatives: one of them is enough. Each is written as OAuth 2.0 writes a scope: permissions with blanks between
// them are needed together.
type Grants struct {
	// Least are the least of them, the best first; Other are accepted as well.
	Least []string `json:"least,omitempty"`
	Other []string `json:"other,omitempty"`
}

// First are the permissions of the best alternative, all needed together; nil if none is known.
func (g Grants) First() []string {
	if len(g.Least) == 0 {
		return nil
	}
	return strings.Fields(g.Least[0])
}

// Together are grants with one alternative, which needs all these permissions; none without any.
func Together(permissions []string) Grants {
	if len(permissions) == 0 {
		return Grants{}
	}
	return Grants{Least: []string{strings.Join(permissions, " ")}}
}

// Permission is what is known of a permission of one kind.
type Permission struct {
	Name string
	// Kind is "delegated", "personal", "application" or "resourceSpecific".
	Kind string
	// ID is what manifests of applications call it; "" if it is not known.
	ID string
	// Level is how much it allows, from 1; 0 if it is not known.
	Level int
	// AdminConsent: an administrator has to consent to it.
	AdminConsent bool
	// Opens counts the operations of the whole API that it opens; 0 if that is not known.
	Opens int
	// Allows is what it lets an application do, in words; "" if that is not known.
	Allows string
}
