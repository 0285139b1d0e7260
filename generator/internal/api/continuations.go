package api

import "strings"

// Continuations are the methods that an operation has beside its own, called name: those that go on where a page stopped. See
// package emit, which writes them.
func (o Operation) Continuations(name string) []string {
	if o.Response == nil || !strings.HasPrefix(o.Response.Type, "Collection(") || o.onReference() {
		return nil
	}
	switch {
	case o.Does == "list":
		return []string{"All", "AllFrom"}
	case o.Options != "":
		return []string{name + "From"}
	}
	return nil
}

// onReference reports whether the operation is on a $ref path.
func (o Operation) onReference() bool {
	return len(o.Segments) > 0 && o.Segments[len(o.Segments)-1].Kind == "ref"
}
