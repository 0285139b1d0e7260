package inspect

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// WriteMermaid writes the diagram as a class diagram in Mermaid's language, which many places show where Markdown is
// shown. A property that several types of a family have leads from the first of the family, with their number.
func (d *Diagram) WriteMermaid(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\n---\nclassDiagram\n  direction LR\n", mermaidTitle(d.Title))
	ids := d.mermaidClasses(&b)
	for _, f := range d.Families {
		for _, m := range f.Members {
			if base, ok := ids[m.Base]; ok && m.Base != "" {
				fmt.Fprintf(&b, "  %s <|-- %s\n", base, ids[m.Name])
			}
		}
	}
	for _, f := range d.Families {
		for _, r := range f.References {
			owner, label := r.Owners[0], r.Property
			if n := len(r.Owners); n > 1 {
				owner, label = f.Members[0], fmt.Sprintf("%s in %d types", r.Property, n)
			}
			fmt.Fprintf(&b, "  %s %s %q %s : %s\n", ids[owner.Name], mermaidArrows[r.Kind], r.Multiplicity, ids[r.Target.Name], mermaidText(label))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// mermaidArrows: what is contained belongs to its owner, what is linked stands elsewhere.
var mermaidArrows = map[ReferenceKind]string{Value: "-->", Contained: "*--", Linked: "..>"}

// mermaidClasses writes the types and returns what each is called there.
func (d *Diagram) mermaidClasses(b *strings.Builder) map[string]string {
	ids := map[string]string{}
	for _, f := range d.Families {
		for _, m := range f.Members {
			id := mermaidID(m.Name, len(ids))
			ids[m.Name] = id
			label := ""
			if id != m.Name {
				label = `["` + mermaidText(m.Name) + `"]`
			}
			kind := m.Kind
			if m.Abstract {
				kind = "abstract" // one word is all that fits
			}
			fmt.Fprintf(b, "  class %s%s\n  <<%s>> %s\n", id, label, kind, id)
		}
	}
	return ids
}

// mermaidWords are what Mermaid 11 does not take for the name of a class.
var mermaidWords = map[string]bool{
	"accDescr": true, "accTitle": true, "call": true, "callback": true, "class": true, "classDef": true, "classDiagram": true,
	"click": true, "cssClass": true, "href": true, "link": true, "namespace": true, "note": true, "style": true,
}

// mermaidID is a name where it is letters and digits, else one with the number of the type behind it, so that no two
// are the same.
func mermaidID(name string, n int) string {
	plain := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
	if plain == name && name != "" && !mermaidWords[name] {
		return name
	}
	return fmt.Sprintf("%s_%d", plain, n)
}

// mermaidText writes characters that mean something to Mermaid, or to the HTML that it makes, as their numbers.
func mermaidText(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(" .-_/", r) || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r > unicode.MaxASCII && unicode.IsLetter(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

// mermaidTitle is a YAML text.
func mermaidTitle(title string) string { return fmt.Sprintf("%q", title) }
