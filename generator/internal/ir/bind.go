package ir

// Target is the type of a navigation property's values, or nil.
func (p *Property) Target() *Model {
	if p.Type.Kind == Collection {
		return p.Type.Elem.Model
	}
	return p.Type.Model
}

// Binds is the entity set that a bind of the navigation property points into; "" if it cannot be bound.
func (p *Property) Binds() string {
	target := p.Target()
	switch {
	case p.Navigation == nil || p.Navigation.Contained || target == nil:
		return ""
	case p.Navigation.EntitySet != "":
		return p.Navigation.EntitySet
	}
	return target.EntitySet
}
