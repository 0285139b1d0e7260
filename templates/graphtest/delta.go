package graphtest

import (
	"encoding/json"

	"github.com/graphslice/graphslice/templates/graph"
)

// changed answers with a page of a delta query, a *graph.Page[graph.Change[T]], whose items say whether they have been
// removed.
func changed[T any](in *request, v any) *answer {
	p, _ := v.(*graph.Page[graph.Change[T]])
	if p == nil {
		p = &graph.Page[graph.Change[T]]{}
	}
	return in.pageOf(len(p.Items), func(i int) (json.RawMessage, error) { return in.changeJSON(p.Items[i].Value, p.Items[i].Removed) },
		&pageInfo{p.NextLink, p.DeltaLink, p.Count, p.AdditionalProperties})
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
