package slice

import (
	"slices"

	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// uploadSessionNotes say which properties of a type are the address that a large content is sent to and the ranges that are still
// expected there, and what type the last piece is answered with, if it is always the same.
type uploadSessionNotes struct{ URL, Ranges, Result string }

// uploadSession is what the slice says of a type by which large contents are sent; nil for others.
func (c *cutter) uploadSession(t *model.Type) *tree.Node {
	return c.notes.uploadSession(t.Name, func(name string) bool {
		return slices.ContainsFunc(c.properties(t), func(p *model.Property) bool { return p.Name == name })
	})
}

// uploadSession is the extension for a type of which a slice describes some properties.
func (n *Notes) uploadSession(name string, describes func(property string) bool) *tree.Node {
	notes, ok := n.UploadSessions[name]
	if !ok {
		return nil
	}
	n.used["uploadSessions/"+name] = true
	if !describes(notes.URL) || !describes(notes.Ranges) {
		return nil
	}
	return tree.Map().Set("url", tree.Str(notes.URL)).Set("ranges", tree.Str(notes.Ranges)).Set("result", tree.Optional(notes.Result)).OnLine()
}
