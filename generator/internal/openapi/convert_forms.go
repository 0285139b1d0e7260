package openapi

import (
	"slices"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// formBody is a body of an operation whose path goes through a function. It has objects without a name.
type formBody struct {
	op   *ir.Operation
	role ir.Role
	at   sourceValue // the content of its media type
	body *ir.Body
}

// ofOtherForm is the body that a call has with another form of a function, as those of range()/clear and
// range(address='{address}')/clear are one call; nil if there is none of the same structure. Each object without a name would
// otherwise be two types that are called the same.
func (c *converter) ofOtherForm(op *ir.Operation, role ir.Role, at sourceValue) *ir.Body {
	if !goesThroughFunction(op) {
		return nil
	}
	for _, other := range c.forms {
		if other.role != role || !other.op.SamePlace(op) || !sameStructure(other.at.node, at.node, mediaType) {
			continue
		}
		if role == ir.ResponseBody {
			op.Delta, op.Pageable = other.op.Delta, other.op.Pageable
		}
		body := *other.body
		return &body
	}
	return nil
}

// keepForm keeps a body for other forms of the call.
func (c *converter) keepForm(op *ir.Operation, role ir.Role, at sourceValue, body *ir.Body) {
	if isNameless(body.Type) && goesThroughFunction(op) {
		c.forms = append(c.forms, formBody{op, role, at, body})
	}
}

func goesThroughFunction(op *ir.Operation) bool {
	return slices.ContainsFunc(op.Segments, func(s ir.Segment) bool { return s.Kind == ir.Function })
}

// isNameless reports whether values of a type are objects or enums without a name, or hold such.
func isNameless(t *ir.Type) bool {
	for t.Elem != nil {
		t = t.Elem
	}
	return t.Model != nil && t.Model.Inline != nil || t.Enum != nil && t.Enum.Inline != nil
}
