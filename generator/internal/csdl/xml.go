package csdl

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

const (
	edmxNamespace = "http://docs.oasis-open.org/odata/ns/edmx"
	edmNamespace  = "http://docs.oasis-open.org/odata/ns/edm"
	// maxDepth is far beyond what metadata nests, and keeps a hostile document from exhausting the stack.
	maxDepth = 100
)

// element is a start tag.
type element struct {
	xml.StartElement
	pos diag.Pos
}

func (e element) attr(name string) string {
	for _, a := range e.Attr {
		if a.Name.Space == "" && a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// isTrue reads a boolean attribute, which is false if it is absent.
func (e element) isTrue(name string) bool { return e.attr(name) == "true" || e.attr(name) == "1" }

// nullable reads the attribute that is true if it is absent.
func (e element) nullable() bool { return e.attr("Nullable") != "false" && e.attr("Nullable") != "0" }

// elements walks the elements of one XML document. After the first fault it has no more elements.
type elements struct {
	decoder *xml.Decoder
	file    string
	open    []element // the way from the root to here
	text    strings.Builder
	failed  bool
	diags   *diag.List
}

func newElements(r io.Reader, file string, diags *diag.List) *elements {
	return &elements{decoder: xml.NewDecoder(r), file: file, diags: diags}
}

func (x *elements) pos() diag.Pos {
	line, column := x.decoder.InputPos()
	return diag.Pos{File: x.file, Line: line, Column: max(column, 1)} // right behind a line's end it is 0
}

// fail reports the fault that ends the reading.
func (x *elements) fail(pos diag.Pos, code, message, hint string) {
	if !x.failed {
		x.diags.Add(diag.Diagnostic{Pos: pos, Severity: diag.Error, Code: code, Message: message, Hint: hint})
	}
	x.failed = true
}

// next returns the next child of the element that is open, or false at its end.
func (x *elements) next() (element, bool) {
	for !x.failed {
		pos := x.pos()
		token, err := x.decoder.Token()
		if err != nil {
			x.failToken(pos, err)
			break
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{token, pos}
			if len(x.open) == maxDepth {
				x.fail(pos, "metadata-depth", fmt.Sprintf("elements are nested more than %d deep", maxDepth), "")
				break
			}
			x.open = append(x.open, e)
			x.text.Reset()
			return e, true
		case xml.EndElement:
			x.open = x.open[:len(x.open)-1]
			return element{}, false
		case xml.CharData:
			x.text.Write(token)
		case xml.Directive:
			x.fail(pos, "metadata-doctype", "the document has a DOCTYPE", "metadata has none; DOCTYPE and entities are refused")
		}
	}
	return element{}, false
}

// failToken says in which way the XML is broken.
func (x *elements) failToken(pos diag.Pos, err error) {
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, io.EOF) && len(x.open) == 0:
		x.fail(diag.Pos{File: x.file, Line: 1, Column: 1}, "metadata-syntax", "the document is not XML",
			"OData metadata is what a service serves at $metadata")
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF"), errors.Is(err, io.ErrUnexpectedEOF):
		message := "the document ends too early"
		if n := len(x.open); n > 0 {
			message = fmt.Sprintf("the document ends inside <%s> of line %d", x.open[n-1].Name.Local, x.open[n-1].pos.Line)
		}
		x.fail(x.pos(), "metadata-cut-short", message, "fetch it again")
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "entity"):
		x.fail(x.pos(), "metadata-entity", syntax.Msg, "only &amp; &lt; &gt; &apos; &quot; and character references are read")
	case errors.As(err, &syntax):
		x.fail(x.pos(), "metadata-syntax", syntax.Msg, "")
	case strings.Contains(err.Error(), "CharsetReader"):
		x.fail(pos, "metadata-encoding", "the document is not in UTF-8", "convert it to UTF-8")
	default:
		x.fail(pos, "metadata-read", err.Error(), "")
	}
}

// children calls visit for each child of the element that is open, and leaves it. What visit does not read of a child is
// skipped.
func (x *elements) children(visit func(element)) {
	for {
		e, ok := x.next()
		if !ok {
			return
		}
		depth := len(x.open)
		visit(e)
		for len(x.open) >= depth && !x.failed {
			x.next()
		}
	}
}

// content returns the text of the element that is open, and leaves it.
func (x *elements) content() string {
	x.children(func(element) {})
	return strings.TrimSpace(x.text.String())
}

// edm calls visit for each child of the metadata's own namespace; elements of other namespaces are a fault.
func (x *elements) edm(visit func(element)) {
	x.children(func(e element) {
		if e.Name.Space != edmNamespace {
			x.fail(e.pos, "metadata-namespace", fmt.Sprintf("<%s> is of the unknown namespace %q", e.Name.Local, e.Name.Space),
				"metadata of OData 4.0 and 4.01 is read: "+edmNamespace)
			return
		}
		visit(e)
	})
}

// required returns an attribute that has to be there.
func (x *elements) required(e element, name string) string {
	value := e.attr(name)
	if value == "" {
		x.fail(e.pos, "metadata-attribute", fmt.Sprintf("<%s> has no %s", e.Name.Local, name), "")
	}
	return value
}
