package graphtest

import (
	"encoding/json"
	"net/http"

	"github.com/graphslice/graphslice/templates/graph"
)

// changed answers with a page of a delta query, a *graph.Page[graph.Change[T]], whose items say whether they have been
// removed.
func changed[T any](in *request, v any) *answer {
	p, _ := v.(*graph.Page[graph.Change[T]])
	items := []json.RawMessage{}
	if p == nil {
		return in.page(items, &pageInfo{})
	}
	for _, change := range p.Items {
		item, err := in.changeJSON(change.Value, change.Removed)
		if err != nil {
			return failure(http.StatusInternalServerError, "generalException", "The handler's answer: "+err.Error())
		}
		items = append(items, item)
	}
	return in.page(items, &pageInfo{p.NextLink, p.DeltaLink, p.Count, p.AdditionalProperties})
}

// changeJSON is an item with its mark.
func (in *request) changeJSON(value any, removed *graph.Removed) (json.RawMessage, error) {
	data, err := in.json(value)
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
