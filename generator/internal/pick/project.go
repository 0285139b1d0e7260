// Package pick is a page, at an address of this machine only, on which one sees what a source has and ticks what a slice is to have of
// it. It finds the patterns that say what is ticked, what that costs, and asks the project to write it. The page is of html/template
// and a script of our own: nothing on it comes from elsewhere, and all that a document says is escaped.
package pick

import (
	"context"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/inspect"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// Project is what a page is opened for.
type Project interface {
	// Setting is what the configuration says now. The error is a diag.List.
	Setting() (Setting, error)
	// Open reads the source. The error is a diag.List, or ctx's.
	Open(ctx context.Context) (*slice.Source, error)
	// Inspect reads documents as the package reads its slices; without a subject the list says why. The error is ctx's, or a fault
	// of the generator itself.
	Inspect(ctx context.Context, documents []Text) (*inspect.Subject, diag.List, error)
	// Lines counts the lines of Go that the package would have, made of documents. The error is a diag.List, ctx's, or a fault of
	// the generator itself.
	Lines(ctx context.Context, documents []Text) (int, error)
	// Used are the operations that the program's code uses, as locks call them. The error is a diag.List, or ctx's.
	Used(ctx context.Context) ([]string, error)
	// Write writes a change into the configuration, cuts and generates, or leaves everything as it was. The error is a diag.List,
	// ctx's, or a fault of the generator itself.
	Write(ctx context.Context, change Change) (*Written, error)
}

// Text is a document as it would be written to a path.
type Text struct {
	Path string
	Data []byte
}

// Setting is what a configuration says of a package and of its slices.
type Setting struct {
	// Config is the path of the configuration, "" if the source was named without one: then nothing can be written.
	Config string
	// Sources are what is cut from, and Out is the folder of the package, "" if it is not known.
	Sources []string
	Out     string
	Files   []File
	Follow  []string
	// Command begins the line of a shell that does without the page what it would write.
	Command []string
}

// File is a slice of the package: Include are the patterns that the page may change, Keep those that it leaves alone.
type File struct {
	slice.File
	Include, Keep []string
}

// Change is what is to be written.
type Change struct {
	// Edits are of the files of the setting, in their order.
	Edits []Edit
	// Follow are properties that come to those that are followed, Unfollow those that go.
	Follow, Unfollow []string
}

// Edit is a change of a list of patterns.
type Edit struct {
	// By are the patterns that come in the place of others, none where one goes. Added come at the end.
	By    map[string][]string
	Added []string
}

// Empty reports whether the edit changes nothing.
func (e Edit) Empty() bool { return len(e.By) == 0 && len(e.Added) == 0 }

// Written is what has been written.
type Written struct {
	// Files are the paths.
	Files []string
	// Verdict is what the change means for code that uses the package, in a line, and Findings are its parts.
	Verdict  string
	Findings []string
	// Notes are what there is to know beside.
	Notes diag.List
	// Lines is how many lines of Go the package has, Before how many it had.
	Lines, Before int
}

// Replace are the patterns that come in the place of one: itself, others, or none.
func (e Edit) Replace(text string) []string {
	if by, changes := e.By[text]; changes {
		return by
	}
	return []string{text}
}
