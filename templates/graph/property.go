package graph

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
)

// Property returns the value of a property that the type of a value does not declare, as open types and dictionaries
// have them, and whether it is there and a T: a pointer to a struct of this package, or whatever encoding/json reads.
//
//	v, ok := graph.Property[T](of, name)
//
// It is a copy: what is changed in it is not changed in the value.
func Property[T any](of model, name string) (T, bool) {
	var value, none T
	text := propertyText(of, name)
	if text == nil {
		return none, false
	}
	if of, isModel := any(none).(model); isModel {
		v, ok := modelOf(text, of).(T)
		return v, ok
	}
	if json.Unmarshal(text, &value) != nil {
		return none, false
	}
	return value, true
}

// modelOf reads an object as a value of the type of a nil pointer; nil if it is none.
func modelOf(text json.RawMessage, of model) model {
	v := newModel(reflect.TypeOf(of))
	if text[0] != '{' || unmarshal(text, v) != nil {
		return nil
	}
	return v
}

// propertyText is the JSON of a property, declared or not; nil if it is absent or null.
func propertyText(of model, name string) json.RawMessage {
	if isNil(of) {
		return nil
	}
	text, found := (*of.rest().extra)[name]
	if !found {
		members, err := memberTexts(of)
		if i := find(members, name); err == nil && i >= 0 {
			text = members[i].text
		}
	}
	if len(text) == 0 || string(text) == "null" {
		return nil
	}
	return text
}

// SetProperty sets a property that the type of a value does not declare, or that it does; nil is null. A value of a
// type of this package says there of which type it is, as OData wants it where nothing is declared.
//
//	err := graph.SetProperty(of, name, v)
//
// What is bound in the value is bound below the global service root.
func SetProperty(of model, name string, value any) error {
	if isNil(of) {
		return errors.New("SetProperty: the value that is to have the property is nil")
	}
	declared := declaredUnknown
	if declares(of, name) {
		declared = declaredSame
		if v, ok := value.(model); ok && !isNil(v) {
			declared = declaredFor(v)
		}
	}
	text, err := textOfValue(value, declared)
	if err == nil {
		object := append([]byte("{"+keyText(name)), text...)
		err = unmarshal(append(object, '}'), of)
	}
	if err != nil {
		return fmt.Errorf("SetProperty: %s: %w", name, err)
	}
	return nil
}

// declares reports whether the type of a value has a property of the name.
func declares(of model, name string) bool {
	probe := newModel(reflect.TypeOf(of))
	if unmarshal([]byte("{"+keyText(name)+"null}"), probe) != nil {
		return false
	}
	_, isExtra := (*probe.rest().extra)[name]
	return !isExtra
}

func textOfValue(value any, declared string) ([]byte, error) {
	v, ok := value.(model)
	switch {
	case !ok:
		return json.Marshal(value)
	case isNil(v):
		return []byte("null"), nil
	}
	w := newWriter(defaultServiceRoot)
	w.object(v, declared)
	return w.finish()
}

// NextLinkOf returns where the rest of an expanded collection is, of which the service sent a part:
// "members@odata.nextLink". It is "" if all of it is there.
//
//	link := graph.NextLinkOf(v, "members") // where the path of the members goes on
func NextLinkOf(of model, property string) string {
	return jsonText(annotationOf(of, property, "odata.nextLink"))
}

// annotationOf is what arrived as "property@name"; nil if nothing did.
func annotationOf(of model, property, name string) json.RawMessage {
	if isNil(of) {
		return nil
	}
	return (*of.rest().extra)[property+"@"+name]
}
