// Package usage finds what a module's code uses of generated packages: which operations it calls, which types, properties and
// binds it names, and where. It reads the code as the compiler does (go/packages and go/types) and knows a generated package by
// its lock alone, so that what a method does follows from what the lock says of it and not from what it is called.
package usage

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// Request says which code is looked at.
type Request struct {
	// Dir is the folder that patterns are relative to; "" is the working folder.
	Dir string
	// Patterns are those of the go command; none means ./...
	Patterns []string
	// Tags are build tags.
	Tags []string
	// Overlay is what files hold instead of what is on the disk, by their absolute paths.
	Overlay map[string][]byte
}

// Uses is what code uses of generated packages.
type Uses struct {
	// Packages are sorted by their import path.
	Packages []*Package `json:"packages"`
	// Unknown are calls of which the code does not say what they do, by their place.
	Unknown []Unknown `json:"unknown"`
}

// Package is what is used of one generated package. Lists are sorted by ID.
type Package struct {
	// Path is how it is imported, Name what it is called in its own package clause, Dir the folder that it is in: relative to
	// Request.Dir where that is shorter, with slashes.
	Path       string `json:"path"`
	Name       string `json:"name"`
	Dir        string `json:"dir"`
	Operations []Use  `json:"operations"`
	Paths      []Use  `json:"paths"`
	Types      []Use  `json:"types"`
	Properties []Use  `json:"properties"`
	Binds      []Use  `json:"binds"`
	Values     []Use  `json:"values"`
	Parameters []Use  `json:"parameters"`
	// Runtime are the names that are no elements, such as "Filterf" or "Client.WaitFor": a package has no more of them than it needs. ID is
	// the name as well.
	Runtime []Use `json:"-"`
	// Lock is what the package says of itself, and Folder its folder, absolute.
	Lock   *lock.Lock `json:"-"`
	Folder string     `json:"-"`
	// Passed are operations whose bodies are not written where they are called: what was read may be sent.
	Passed map[string]bool `json:"-"`
}

// Use is one thing that code uses. ID is what the lock calls it, such as "GET /chats" or "microsoft.graph.chat/topic"; of a bind
// the place that it points into. Go is its name in the package, such as "ChatsRequests.List".
type Use struct {
	ID string `json:"id"`
	Go string `json:"go"`
	// Tests: everything that uses it is a test, or is reached from tests alone. NotCalled: nothing calls the operation that can
	// be seen, but an interface that the code puts the builder into asks for it.
	Tests bool `json:"tests,omitempty"`
	// OneOf: it is a form of a function, and the code does not say which one.
	NotCalled bool `json:"notCalled,omitempty"`
	OneOf     bool `json:"oneOf,omitempty"`
	// Places are sorted.
	Places []Place `json:"places"`
}

// Place is where something is used. File is relative to Request.Dir where that is shorter, with slashes; Line and Column count from
// 1. Test: it is in a test, or only tests lead there.
type Place struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Test   bool   `json:"test,omitempty"`
}

func (p Place) compare(o Place) int {
	return cmp.Or(strings.Compare(p.File, o.File), cmp.Compare(p.Line, o.Line), cmp.Compare(p.Column, o.Column))
}

// Unknown is something that the code does, of which it cannot be told what it needs.
type Unknown struct {
	// Kind is "raw" (Client.Do), "address" (a bind or a link that is written out), "wait" (the service's answer names what is
	// read), "property" (by a name that the code computes), "subscription" (made and renewed by Subscribe), "reflection" or
	// WholeValue.
	Kind string `json:"kind"`
	// What is as much as the code says, such as "GET /me/messages", or of which type the value is; "" if it is nothing.
	What string `json:"what,omitempty"`
	// Go is what is called, such as "Client.Do", and Package the import path of the generated package; "" if it is not known which of
	// those that share a runtime.
	Go      string `json:"go"`
	Package string `json:"package"`
	Place
}

// WholeValue is the kind of Unknown of a value that goes where nobody sees which of its properties are read: What is its type. No
// operation follows from it.
const WholeValue = "value"

// PropertyByName is the kind of Unknown of a property whose name is not constant. What is the type that has it.
const PropertyByName = "property"

// NothingGenerated is the code of the fault that the code imports no generated package.
const NothingGenerated = "nothing-generated"

// Find reads the code and finds what it uses. The error is a diag.List, or ctx's.
func Find(ctx context.Context, r Request) (*Uses, error) {
	c, err := collect(ctx, r, true)
	if err != nil {
		return nil, err
	}
	c.interfaces()
	if c.mutes && c.faces.leaveCode { // then bodies matter that seemed to say nothing
		if c, err = collect(ctx, r, false); err != nil {
			return nil, err
		}
		c.interfaces()
	}
	c.generics()
	return c.result()
}

// Check says what the compiler says of the code, as a diag.List; nil if that is nothing.
func Check(ctx context.Context, r Request) error {
	_, err := load(ctx, r)
	return err
}

// sortPlaces sorts places and drops repetitions: the code of a package is read again with its tests.
func sortPlaces(places []Place) []Place {
	slices.SortFunc(places, Place.compare)
	return slices.CompactFunc(places, func(a, b Place) bool { return a.compare(b) == 0 })
}

// UsesOf are what code uses of the elements of a kind, as the lock calls it.
func (p *Package) UsesOf(kind string) []Use {
	return map[string][]Use{
		api.KindOperation: p.Operations, api.KindPath: p.Paths, api.KindType: p.Types, api.KindEnum: p.Types, api.KindProperty: p.Properties,
		api.KindMember: p.Values, api.KindConstant: p.Values, api.KindParameter: p.Parameters,
	}[kind]
}
