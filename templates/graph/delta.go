package graph

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
)

// Change is one item of a delta query: a value that is new or has changed, or one that has been removed.
//
//	page, err := … // where the query begins, or goes on from what was saved
//	for page, err := range page.Pages(ctx) {
//		for _, change := range page.Items {
//			if change.Removed != nil { forget(change.Value.ID) } else { remember(change.Value) }
//		}
//		saved = cmp.Or(page.DeltaLink, page.NextLink) // where to go on, after a failure too
//	}
//
// A link that is too old is answered with ErrGone: start anew, from PageError.Restart if the service says so.
type Change[T any] struct {
	// Value holds what the service sent: of a changed item perhaps only what has changed, of a removed one perhaps only
	// its key.
	Value T
	// Removed is nil unless the item has been removed.
	Removed *Removed
}

// Removed says why an item is no longer in a collection.
type Removed struct {
	// Reason is "deleted" if the item is gone for good, "changed" if it can be restored or does not belong to the
	// collection any more, or "" if the service gives none. Of what a drive deleted it is the state of its facet.
	Reason string
}

// changed returns what reads an item of a delta query. What says that it has been removed stays in its
// AdditionalProperties as well, so that the item is written as it was read.
func changed[T model](item func(*jsonReader) T) func(*jsonReader) Change[T] {
	return func(r *jsonReader) Change[T] {
		v := item(r)
		return Change[T]{v, removedOf(v)}
	}
}

//go:noinline
func removedOf(v model) *Removed {
	if isNil(v) {
		return nil
	}
	text, found := (*v.rest().extra)["@removed"]
	if !found || string(text) == "null" {
		return deletedOf(v)
	}
	var why struct{ Reason json.RawMessage }
	_ = json.Unmarshal(text, &why) // whatever it is, the item has been removed
	return &Removed{jsonText(why.Reason)}
}

// deletedOf is for services that say it in a property "deleted", an object, as drives and lists do.
func deletedOf(v model) *Removed {
	text := (*v.rest().extra)["deleted"]
	if facet := reflect.ValueOf(v).Elem().FieldByName("Deleted"); facet.IsValid() {
		if object, ok := facet.Interface().(model); ok && !isNil(object) {
			text, _ = marshal(object)
		}
	}
	if len(text) == 0 || text[0] != '{' {
		return nil
	}
	var facet struct{ State json.RawMessage }
	_ = json.Unmarshal(text, &facet)
	return &Removed{cmp.Or(jsonText(facet.State), "deleted")}
}

// DeltaOf returns what has changed in a navigation property of an item of a delta query: what the service sends beside
// the property as "members@delta". None is nil. T is what the property holds: a pointer to a struct, or an interface.
//
//	changes, err := graph.DeltaOf[T](change.Value, "members")
//
// The JSON stays in AdditionalProperties as well, so that it goes back as it came.
func DeltaOf[T model](of model, property string) ([]Change[T], error) {
	items, err := deltaItems(of, property)
	if items == nil || err != nil {
		return nil, err
	}
	changes := make([]Change[T], 0, len(items))
	for i, item := range items {
		value, ok := As[T](item)
		if !ok {
			return nil, fmt.Errorf("%s@delta[%d]: a %T is no %s", property, i, item, fmt.Sprintf("%T", (*T)(nil))[1:])
		}
		changes = append(changes, Change[T]{value, removedOf(item)})
	}
	return changes, nil
}

// deltaItems reads "property@delta" as the property itself.
func deltaItems(of model, property string) ([]model, error) {
	text := annotationOf(of, property, "delta")
	if text == nil || string(text) == "null" {
		return nil, nil
	}
	into := newModel(reflect.TypeOf(of))
	object := append([]byte("{"+keyText(property)), text...)
	if err := unmarshal(append(object, '}'), into); err != nil {
		return nil, err
	}
	fields := reflect.ValueOf(into).Elem()
	for i := range fields.NumField() {
		field := fields.Field(i)
		if field.Kind() == reflect.Slice && !field.IsNil() && fields.Type().Field(i).IsExported() {
			return modelsOf(field), nil
		}
	}
	return nil, fmt.Errorf("%s@delta: a %T has no collection of that name", property, of)
}

// modelsOf are the values in a collection of them, or of references; null is none.
func modelsOf(list reflect.Value) []model {
	items := []model{}
	for i := range list.Len() {
		item := list.Index(i).Interface()
		if ref, ok := item.(interface{ expanded() model }); ok {
			item = ref.expanded()
		}
		if v, ok := item.(model); ok && !isNil(v) {
			items = append(items, v)
		}
	}
	return items
}
