package graph

import "encoding/json"

// Change is one item of a delta query: a value that is new or has changed, or one that has been removed.
//
//	page, err := client.Users().DeltaFrom(ctx, saved)
//	…
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
	// collection any more, or "" if the service gives none.
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
	extra := v.rest().extra
	if extra == nil {
		return nil
	}
	text, found := (*extra)["@removed"]
	if !found || string(text) == "null" {
		return nil
	}
	var why struct{ Reason json.RawMessage }
	_ = json.Unmarshal(text, &why) // whatever it is, the item has been removed
	return &Removed{jsonText(why.Reason)}
}
