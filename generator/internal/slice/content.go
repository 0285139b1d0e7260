package slice

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// This file says which media types raw content has.

const octetStream = "application/octet-stream"

// content is raw content of the media types that some annotations name, the first that name any; of any type if none do.
func content(about ...csdl.Annotations) *tree.Node {
	types := []string{octetStream}
	if i := slices.IndexFunc(about, func(as csdl.Annotations) bool { return len(derive.MediaTypes(as)) > 0 }); i >= 0 {
		types = derive.MediaTypes(about[i])
	}
	n := tree.Map()
	for _, t := range types {
		n.Set(t, tree.Map().Set("schema", tree.Map().Set("type", tree.Str("string")).Set("format", tree.Str("binary"))))
	}
	return n
}

// rawBody is the body of an operation of which the notes say that it is no JSON; nil for others. Text is read and written as text.
func rawBody(notes operationNotes) *tree.Node {
	if notes.Body == "" {
		return nil
	}
	schema := tree.Map().Set("type", tree.Str("string"))
	if !strings.HasPrefix(notes.Body, "text/") {
		schema.Set("format", tree.Str("binary"))
	}
	content := tree.Map().Set(notes.Body, tree.Map().Set("schema", schema))
	return tree.Map().Set("description", tree.Str("The content.")).Set("content", content).Set("required", tree.True())
}

// streamContent is what is read from a media entity or a stream property, or written to it.
func streamContent(o *operation) *tree.Node { return content(o.ContentAbout()...) }
