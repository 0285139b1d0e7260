package names

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// keyNoise is what a key's parameter has beside the name of the type: "chatMessage-id1" is the key of chatMessage.
var keyNoise = regexp.MustCompile(`[-_]?[iI][dD][0-9]*$`)

// typedKey is the parameter of a key that names the type, with a dash or an underscore: product-id, but not ProductID, which is
// the name of a property.
var typedKey = regexp.MustCompile(`[-_][iI][dD][0-9]*$`)

// keyRule names what a key leads to: after its type where the parameter says it, below a root collection; else Item. A key of
// several properties, or another one, is named after its properties.
func keyRule(r *ir.Resource, parent string) string {
	s := r.Segment
	if !s.IsOwnKey() {
		return parent + keyNames(s)
	}
	param, noise := s.Name, keyNoise
	if len(s.Keys) > 0 {
		param, noise = s.Keys[0].Param, typedKey
	}
	if r.Parent.Parent != nil || len(s.Keys) > 0 && !noise.MatchString(param) {
		return parent + "Item"
	}
	name := camel(noise.ReplaceAllString(param, ""))
	if name == "" || name == parent {
		return parent + "Item"
	}
	return exported(name)
}

// keyNames is ByAppID for (appId='{appId}'), ByIDAndVersion for (id='{id}',version={version}).
func keyNames(s ir.Segment) string {
	parts := make([]string, len(s.Keys))
	for i, k := range s.Keys {
		parts[i] = camel(k.Name)
	}
	return "By" + strings.Join(parts, "And")
}

// addressName is ByPath for an address that is one parameter, as in root:/{item-path}:/content.
func addressName(s ir.Segment) string {
	if len(s.Args) == 1 && s.Name == "{"+s.Args[0].Param+"}" {
		return "ByPath"
	}
	return templateName(s)
}

// templateName is ByBookIDJSON for {book-id}.json, ByNameAndExt for {name}.{ext}: the parameters with the words between
// them, or And where there is none.
func templateName(s ir.Segment) string {
	var b strings.Builder
	b.WriteString("By")
	rest, afterParam := s.Name, false
	for rest != "" {
		text, inside, found := strings.Cut(rest, "{")
		hasWords := strings.ContainsFunc(text, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) })
		if hasWords {
			b.WriteString(camel(text))
		} else if found && afterParam {
			b.WriteString("And")
		}
		if !found {
			break
		}
		param, after, _ := strings.Cut(inside, "}")
		b.WriteString(camel(param))
		rest, afterParam = after, true
	}
	return b.String()
}

// KeyArgument is the parameter that takes a value in a path, such as id or appID.
func (t *Table) KeyArgument(a ir.Arg) string {
	if a.Name == "" {
		return unexported(a.Param)
	}
	return unexported(a.Name)
}

// PathArguments are the parameters of the method that leads to a segment, those of a function aside.
func (t *Table) PathArguments(s ir.Segment) []string {
	args := s.Keys
	switch {
	case s.Kind == ir.Key && len(s.Keys) == 0:
		return []string{"id"}
	case s.Kind == ir.Template, s.Kind == ir.Address:
		args = s.Args
	case s.Kind != ir.Key:
		return nil
	}
	if s.Kind == ir.Address && addressName(s) == "ByPath" {
		return []string{"path"}
	}
	var list []string
	for i, a := range args {
		name := t.KeyArgument(a)
		if slices.Contains(list, name) {
			name += strconv.Itoa(i + 1)
		}
		list = append(list, name)
	}
	return list
}
