package csdl

// annotations reads an element that annotates something that is declared elsewhere.
func (r *reader) annotations(e element) {
	r.outer = append(r.outer, target{r.required(e, "Target"), r.annotated()})
}

// annotation reads one annotation. A term without a value is true.
func (r *reader) annotation(e element) Annotation {
	a := Annotation{Term: r.required(e, "Term")}
	var ok bool
	a.Value, ok = r.valueOf(e)
	if !ok {
		a.Value.Text = "true"
	}
	return a
}

// isConstant reports whether an attribute or element of that name holds a value as text.
func isConstant(name string) bool {
	switch name {
	case "String", "Bool", "Int", "Float", "Decimal", "Date", "DateTimeOffset", "Duration", "TimeOfDay", "Guid", "Binary",
		"EnumMember", "Path", "PropertyPath", "NavigationPropertyPath", "AnnotationPath", "ModelElementPath":
		return true
	}
	return false
}

// valueOf reads the value that an annotation or a record's property holds: in an attribute, or in an element below it. It
// leaves the element.
func (r *reader) valueOf(e element) (value Value, ok bool) {
	for _, a := range e.Attr {
		if isConstant(a.Name.Local) {
			value.Text, ok = a.Value, true
		}
	}
	r.edm(func(e element) {
		if e.Name.Local != "Annotation" {
			value, ok = r.expression(e), true
		}
	})
	return value, ok
}

// expression reads a value that is written as an element. Dynamic expressions (If, Apply and the like) have no use here; they
// read as the zero Value.
func (r *reader) expression(e element) (value Value) {
	switch name := e.Name.Local; {
	case name == "Collection":
		r.edm(func(e element) { value.Items = append(value.Items, r.expression(e)) })
	case name == "Record":
		r.edm(func(e element) {
			if e.Name.Local == "PropertyValue" {
				name := r.required(e, "Property")
				v, _ := r.valueOf(e)
				value.Fields = append(value.Fields, Field{name, v})
			}
		})
	case isConstant(name):
		value.Text = r.content()
	}
	return value
}
