package derive

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// MediaTypes are those that annotations name for what they are about: the one that it has, or those that it may have. What is
// no media type is left out.
func MediaTypes(as csdl.Annotations) []string {
	types := []string{as.Text("Org.OData.Core.V1.MediaType")}
	acceptable, _ := as.Find("Org.OData.Core.V1.AcceptableMediaTypes")
	for _, v := range acceptable.Items {
		types = append(types, v.Text)
	}
	types = slices.DeleteFunc(types, func(t string) bool { return !IsMediaType(t) })
	return slices.Compact(types)
}

// IsMediaType reports whether a text is a media type, such as image/png or image/*.
func IsMediaType(text string) bool {
	kind, rest, ok := strings.Cut(text, "/")
	inToken := func(r rune) bool { return r > ' ' && r < 0x7f && !strings.ContainsRune(`()<>@,:\"/[]?{}`, r) }
	return ok && kind != "" && rest != "" && !strings.ContainsFunc(kind, func(r rune) bool { return !inToken(r) || r == ';' || r == '=' }) &&
		!strings.ContainsFunc(rest, func(r rune) bool { return !inToken(r) && r != ' ' && r != '"' })
}

// ContentAbout are the annotations that may name the media types of what an operation reads or writes.
func (o *Operation) ContentAbout() []csdl.Annotations {
	about := o.described()
	if o.Call == nil && strings.HasSuffix(o.Path, "/$value") {
		for t := range o.Target.Base.WithBases() { // the type that is said to be a media entity may be a base
			about = append(slices.Clip(about), t.Annotations)
		}
	}
	return about
}

// StreamArgument is the argument of an action that takes nothing but raw content, which is its body; nil for others.
func StreamArgument(call *csdl.Operation) *csdl.Parameter {
	arguments := call.Arguments()
	if len(arguments) == 1 && arguments[0].Type.IsOne(ir.Stream) {
		return arguments[0]
	}
	return nil
}
