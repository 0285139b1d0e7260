package graphtest

import (
	"encoding/json"
	"net/http"
	"reflect"

	"github.com/graphslice/graphslice/templates/graph"
)

// changed answers with a page of a delta query, a *graph.Page[graph.Change[T]], whose items say whether they have been
// removed.
func changed(in *request, v any) *answer {
	p := reflect.ValueOf(v).Elem()
	items := []json.RawMessage{}
	if !p.IsValid() {
		return in.page(items, &pageInfo{})
	}
	changes := p.FieldByName("Items")
	for i := range changes.Len() {
		item, err := changeJSON(changes.Index(i))
		if err != nil {
			return failure(http.StatusInternalServerError, "generalException", "The handler's answer: "+err.Error())
		}
		items = append(items, item)
	}
	return in.page(items, infoOf(p))
}

// changeJSON is an item, a graph.Change, with its mark.
func changeJSON(change reflect.Value) (json.RawMessage, error) {
	data, err := json.Marshal(change.FieldByName("Value").Interface())
	removed, _ := change.FieldByName("Removed").Interface().(*graph.Removed)
	if err != nil || removed == nil {
		return data, err
	}
	object := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &object); err != nil {
		return nil, err
	}
	if object == nil { // of a value that is nil
		object = map[string]json.RawMessage{}
	}
	object["@removed"], err = json.Marshal(map[string]string{"reason": removed.Reason})
	if err != nil {
		return nil, err
	}
	return json.Marshal(object)
}
