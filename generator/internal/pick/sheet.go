package pick

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/inspect"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"github.com/graphslice/graphslice/generator/internal/service"
)

// This file writes a package as a page of one file, without a server: what it has, what there is to say of it, and its picture.

// sheet is the page of a package.
type sheet struct {
	Title      string
	Areas      []area
	Operations []*sheetOperation
	Types      []*sheetType
	Picture    template.HTML
	Style      template.CSS
	Script     template.JS
	// Policy allows the page's own style and script, and nothing else.
	Policy string

	ids map[string]string // of types and operations, by name
}

// area are the operations whose paths begin in the same way.
type area struct {
	Name       string
	Operations []*sheetOperation
}

type sheetOperation struct {
	ID, Words string
	inspect.OperationDetail
}

type sheetType struct {
	ID, Words, Short string
	inspect.TypeDetail
	Why inspect.Reason
}

// reference is a text that may lead to a part of the page.
type reference struct{ Text, Href string }

// To leads to a type.
func (s *sheet) To(of any) reference {
	switch t := of.(type) {
	case inspect.TypeRef:
		return reference{t.Text, s.ids[t.Name]}
	case *inspect.TypeRef:
		return reference{t.Text, s.ids[t.Name]}
	}
	return reference{}
}

// Step leads to a type or an operation by its name.
func (s *sheet) Step(name string) reference { return reference{service.Graph.Short(name), s.ids[name]} }

// WritePackage writes the page of a package; enums says whether its picture has them. The error is w's, or a fault of the generator
// itself.
func WritePackage(w io.Writer, subject inspect.Subject, enums bool) error {
	s := &sheet{Title: strings.Join(subject.Package.Titles, ", "), ids: map[string]string{}}
	if version := subject.Package.Version; version != "" {
		s.Title += " " + version
	}
	if err := s.fill(subject); err != nil {
		return err
	}
	var picture strings.Builder
	if err := subject.Diagram(enums).WriteLinkedSVG(&picture, func(name string) string { return s.ids[name] }); err != nil {
		return err
	}
	if err := s.dress(picture.String()); err != nil {
		return err
	}
	return templates.ExecuteTemplate(w, "package.html", s)
}

// fill takes over what there is to say.
func (s *sheet) fill(subject inspect.Subject) error {
	list := subject.List()
	for i, o := range list.Operations {
		detail, _ := subject.Detail(o.Method, o.Path) // which is listed
		p := &sheetOperation{ID: fmt.Sprint("o", i), OperationDetail: detail}
		p.Words = strings.ToLower(strings.Join([]string{o.Method, o.Path, o.Call, detail.Doc.Summary}, " "))
		s.ids[o.Method+" "+o.Path] = "#" + p.ID
		s.Operations = append(s.Operations, p)
		name := "/"
		if segments := pathglob.Segments(o.Path); len(segments) > 0 {
			name += segments[0]
		}
		if last := len(s.Areas) - 1; last < 0 || s.Areas[last].Name != name {
			s.Areas = append(s.Areas, area{Name: name})
		}
		s.Areas[len(s.Areas)-1].Operations = append(s.Areas[len(s.Areas)-1].Operations, p)
	}
	for i, t := range list.Types {
		detail, _ := subject.Type(t.Name)
		why, err := subject.Why(t.Name)
		if err != nil {
			return err
		}
		p := &sheetType{ID: fmt.Sprint("t", i), Short: service.Graph.Short(t.Name), TypeDetail: detail, Why: why}
		p.Words = strings.ToLower(t.Name + " " + t.Go + " " + t.Kind)
		s.ids[t.Name] = "#" + p.ID
		s.Types = append(s.Types, p)
	}
	return nil
}

// dress adds the picture, the style, the script, and the policy that allows these.
func (s *sheet) dress(picture string) error {
	var texts [3]string
	for i, name := range []string{"base.css", "package.css", "package.js"} {
		text, err := files.ReadFile("page/" + name)
		if err != nil {
			return err
		}
		texts[i] = string(text)
	}
	style := texts[0] + texts[1]
	_, drawn, _ := strings.Cut(picture, "<style>")
	drawn, _, _ = strings.Cut(drawn, "</style>")
	// All three are our own text; the picture's names are escaped where they are written.
	s.Picture, s.Style, s.Script = template.HTML(picture), template.CSS(style), template.JS(texts[2])
	s.Policy = fmt.Sprintf("default-src 'none'; style-src %s %s; script-src %s; base-uri 'none'; form-action 'none'", sum(style), sum(drawn), sum(texts[2]))
	return nil
}

// sum is what a policy calls a text that it allows.
func sum(text string) string {
	hash := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"
}
