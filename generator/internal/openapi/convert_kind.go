package openapi

// componentKind is what a component schema becomes.
type componentKind int

const (
	modelComponent componentKind = iota
	enumComponent
	// aliasComponent is written out where it is used: scalars, lists, unions.
	aliasComponent
	// annotationComponent is an object of annotations only: the base of collection answers, the body of a $ref.
	annotationComponent
)

// kindOf returns what the component of this name becomes.
func (c *converter) kindOf(name string) componentKind {
	kind, ok := c.kinds[name]
	if !ok {
		kind = c.classify(c.component(name))
		c.kinds[name] = kind
	}
	return kind
}

func (c *converter) classify(s schema) componentKind {
	switch {
	case enumFormOf(s) != noEnum:
		return enumComponent
	case !c.isObject(s):
		return aliasComponent
	case c.onlyAnnotations(s):
		return annotationComponent
	}
	return modelComponent
}

// isObject reports whether the schema describes an object with properties of its own or of a base.
func (c *converter) isObject(s schema) bool {
	if len(s.AnyOf)+len(s.OneOf) > 0 && len(s.Properties) == 0 || isMap(s) {
		return false
	}
	if s.Type.Is("object") || len(s.Properties) > 0 {
		return true
	}
	for i, sub := range s.AllOf {
		part := c.schema(sub, s.at.child("allOf").item(i))
		if part.name != "" && part.name != s.name && c.kindOf(part.name) == modelComponent || part.name == "" && c.isObject(part) {
			return true
		}
	}
	return false
}

// onlyAnnotations reports whether the schema has properties, all of them annotations. A type that says its
// name, in @odata.type, is a type.
func (c *converter) onlyAnnotations(s schema) bool {
	count := 0
	for _, part := range c.parts(s) {
		for name := range part.Properties {
			if !isAnnotation(name) || name == "@odata.type" {
				return false
			}
			count++
		}
	}
	for _, base := range c.bases(s) {
		if c.kindOf(base.name) != annotationComponent {
			return false
		}
	}
	return count > 0
}

// collectionItems returns the list inside a collection answer: an object that has, but for annotations, one
// property: "value", a list.
func (c *converter) collectionItems(s schema) (property, bool) {
	value, ok := c.onlyValue(s)
	if !ok || !c.schema(value.ref, value.at).Type.Is("array") {
		return property{}, false
	}
	return value, true
}

// onlyValue returns the property "value" if the schema has, but for annotations, no other.
func (c *converter) onlyValue(s schema) (property, bool) {
	if !c.isObject(s) {
		return property{}, false
	}
	for _, base := range c.bases(s) {
		if c.kindOf(base.name) != annotationComponent {
			return property{}, false
		}
	}
	properties := c.properties(s)
	if len(properties) != 1 || properties[0].name != "value" {
		return property{}, false
	}
	return properties[0], true
}

// isMap reports whether the schema describes an object of any names, whose values are all of one type.
func isMap(s schema) bool {
	return s.AdditionalProperties.Schema != nil && (s.Type.IsEmpty() || s.Type.Is("object")) &&
		len(s.Properties)+len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) == 0
}
