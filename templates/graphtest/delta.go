package graphtest

import (
	"encoding/json"
	"net/http"

	"github.com/graphslice/graphslice/templates/graph"
)

// changed answers with a page of a delta query, whose items say whether they have been removed.
func changed[T any](in *request, p *graph.Page[graph.Change[T]]) *answer {
	if p == nil {
		p = &graph.Page[graph.Change[T]]{}
	}
	plain := &graph.Page[json.RawMessage]{NextLink: p.NextLink, DeltaLink: p.DeltaLink, Count: p.Count,
		AdditionalProperties: p.AdditionalProperties}
	for _, change := range p.Items {
		item, err := changeJSON(change)
		if err != nil {
			return failure(http.StatusInternalServerError, "generalException", "The handler's answer: "+err.Error())
		}
		plain.Items = append(plain.Items, item)
	}
	return page(in, plain)
}

// changeJSON is an item with its mark.
func changeJSON[T any](change graph.Change[T]) (json.RawMessage, error) {
	data, err := json.Marshal(change.Value)
	if err != nil || change.Removed == nil {
		return data, err
	}
	object := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &object); err != nil {
		return nil, err
	}
	if object == nil { // of a value that is nil
		object = map[string]json.RawMessage{}
	}
	object["@removed"], err = json.Marshal(map[string]string{"reason": change.Removed.Reason})
	if err != nil {
		return nil, err
	}
	return json.Marshal(object)
}
