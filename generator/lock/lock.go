// Package lock is graphslice.lock: what a package was made from, which files it has, which names were given out and what
// the API looked like. It stands in the package's folder and is committed with it.
package lock

// Element is one thing of the API that has a Go name: a line of the lock.
type Element struct {
	// Kind is "type", "property", "enum", "member", "constant", "path", "operation" or "parameter".
	Kind string
	// ID is the element in the spelling of overrides, such as "microsoft.graph.chat/topic" or "GET /chats?$top" (see the
	// ID methods of package ir).
	ID string
	// Name is the Go name, such as "Topic".
	Name string
	// Facts is what a comparison has to know of it, as compact JSON, such as {"type":"Edm.String","nullable":true}.
	Facts string
}
