package slice

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/slice/tree"
)

// This file says which media types raw content has.

const octetStream = "application/octet-stream"

// content is raw content of the media types that some annotations name, the first that name any; of any type if none do.
func content(about ...csdl.Annotations) *tree.Node {
	types := []string{octetStream}
	if i := slices.IndexFunc(about, func(as csdl.Annotations) bool { return len(mediaTypes(as)) > 0 }); i >= 0 {
		types = mediaTypes(about[i])
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
	return tree.Map().Set("description", tree.Str("The content.")).Set("content", tree.Map().Set(notes.Body, tree.Map().Set("schema", schema))).Set("required", tree.True())
}

// mediaTypes are those that annotations name for what they are about: the one that it has, or those that it may have. What is
// no media type is left out.
func mediaTypes(as csdl.Annotations) []string {
	types := []string{as.Text("Org.OData.Core.V1.MediaType")}
	acceptable, _ := as.Find("Org.OData.Core.V1.AcceptableMediaTypes")
	for _, v := range acceptable.Items {
		types = append(types, v.Text)
	}
	types = slices.DeleteFunc(types, func(t string) bool { return !isMediaType(t) })
	return slices.Compact(types)
}

// isMediaType reports whether a text is a media type, such as image/png or image/*.
func isMediaType(text string) bool {
	kind, rest, ok := strings.Cut(text, "/")
	inToken := func(r rune) bool { return r > ' ' && r < 0x7f && !strings.ContainsRune(`()<>@,:\"/[]?{}`, r) }
	return ok && kind != "" && rest != "" && !strings.ContainsFunc(kind, func(r rune) bool { return !inToken(r) || r == ';' || r == '=' }) &&
		!strings.ContainsFunc(rest, func(r rune) bool { return !inToken(r) && r != ' ' && r != '"' })
}

// streamContent is what is read from a media entity or a stream property, or written to it.
func (o *operation) streamContent() *tree.Node {
	about := o.described()
	if o.call == nil && strings.HasSuffix(o.path, "/$value") {
		for t := o.target.Base; t != nil; t = t.Base { // the type that is said to be a media entity may be a base
			about = append(slices.Clip(about), t.Annotations)
		}
	}
	return content(about...)
}

// streamArgument is the argument of an action that takes nothing but raw content, which is its body; nil for others.
func streamArgument(call *csdl.Operation) *csdl.Parameter {
	arguments := call.Arguments()
	if len(arguments) == 1 && arguments[0].Type.Name == "Edm.Stream" && !arguments[0].Type.Collection {
		return arguments[0]
	}
	return nil
}
