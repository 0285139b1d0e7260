package ir

// The IDs below tell everything that gets a Go name apart, in the spelling that overrides use. They depend on the node
// alone and stay the same as long as the API calls it the same.

// ID is the qualified name, such as "microsoft.graph.chat". For an inline object it is the ID of what it stands in: of
// an operation with "#request" or "#response" behind it, or of a property.
func (m *Model) ID() string {
	if m.Inline != nil {
		return m.Inline.id()
	}
	return m.Name
}

// ID is the qualified name, such as "microsoft.graph.chatType", or as for an inline object.
func (e *Enum) ID() string {
	if e.Inline != nil {
		return e.Inline.id()
	}
	return e.Name
}

func (in *Inline) id() string {
	if in.Operation == nil {
		return in.Parent.ID() + "/" + in.Property
	}
	return in.Operation.Key() + "#" + string(in.Role)
}

// PropertyID is the ID of a property of the model, such as "microsoft.graph.chat/topic".
func (m *Model) PropertyID(p *Property) string { return m.ID() + "/" + p.Name }

// MemberID is the ID of a member of the enum, such as "microsoft.graph.chatType/oneOnOne".
func (e *Enum) MemberID(i int) string { return e.ID() + "/" + e.Members[i].Name }

// Key is the ID of the operation, its method and path: "POST /chats".
func (o *Operation) Key() string { return o.Method + " " + o.Path }

// ParameterID is the ID of a query parameter of the operation, such as "GET /chats?$top".
func (o *Operation) ParameterID(p *Parameter) string { return o.Key() + "?" + p.Name }

// ValueID is the ID of a well-known value, such as "role/owner". Values of equal names are one, wherever they stand.
func (c *Constants) ValueID(i int) string { return c.Name + "/" + c.Values[i].Name }
