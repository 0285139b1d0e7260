package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// candidate is a removed and an added element that may be one.
type candidate struct {
	old, new lock.Element
	distance int
}

// askForRenames notes on what was removed which added element it may have become: one of the same shape and a near name. It
// stays a question; what was removed counts as removed.
func (c *comparison) askForRenames(removed, added []lock.Element) {
	byShape := map[string][]lock.Element{}
	for _, n := range added {
		shape := c.new.shape(n)
		byShape[shape] = append(byShape[shape], n)
	}
	var found []candidate
	for _, o := range removed {
		for _, n := range byShape[c.old.shape(o)] {
			if d, ok := nearElements(o, n); ok {
				found = append(found, candidate{o, n, d})
			}
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.old.ID, b.old.ID), cmp.Compare(a.new.ID, b.new.ID))
	})
	taken := map[string]bool{}
	for _, f := range found {
		oldKey, newKey := "-"+elementKey(f.old.Kind, f.old.ID), "+"+elementKey(f.new.Kind, f.new.ID)
		if !taken[oldKey] && !taken[newKey] {
			taken[oldKey], taken[newKey] = true, true
			c.ask(f)
		}
	}
}

// ask writes the question on the finding of what was removed.
func (c *comparison) ask(f candidate) {
	i := slices.IndexFunc(c.findings, func(g Finding) bool {
		return g.Change == "removed" && g.Kind == f.old.Kind && g.ID == f.old.ID
	})
	c.findings[i].Renamed = f.new.ID
	c.findings[i].Do += " If it was renamed: use " + c.use(c.new, f.new) + "."
}

// shape is what an element that was renamed has kept: what it is a part of, its type, its bodies.
func (s *apiSide) shape(e lock.Element) string {
	_, in := owner(e)
	var shape []string
	switch e.Kind {
	case api.KindProperty:
		facts, _ := api.Decode[api.Property](e)
		shape = []string{facts.Type}
	case api.KindParameter:
		facts, _ := api.Decode[api.Parameter](e)
		shape = []string{facts.Type}
	case api.KindConstant:
		in, _, _ = strings.Cut(e.ID, "/")
	case api.KindOperation:
		facts, _ := api.Decode[api.Operation](e)
		method, _, _ := strings.Cut(e.ID, " ")
		shape = []string{method, facts.Does, bodyText(facts.Request), bodyText(facts.Response)}
	case api.KindType:
		facts, _ := api.Decode[api.Type](e)
		shape = append([]string{facts.Base}, s.parts[e.ID]...)
	case api.KindEnum:
		shape = s.parts[e.ID]
	case api.KindPath:
		facts, _ := api.Decode[api.Path](e)
		shape = []string{facts.Type}
	}
	return strings.Join(append([]string{e.Kind, api.PlainPath(in)}, shape...), "\x00")
}

// bodyText is what a body holds. An inline object belongs to its operation, it is like every other one.
func bodyText(b *api.Body) string {
	if b == nil {
		return ""
	}
	if i := strings.IndexByte(b.Type, '#'); i >= 0 {
		return b.Type[i:]
	}
	return b.Type
}

// nearElements reports whether the names of two elements may be one renamed. Of paths it may be one step.
func nearElements(old, new lock.Element) (distance int, ok bool) {
	switch old.Kind {
	case api.KindType, api.KindEnum:
		return near(shortName(old.ID), shortName(new.ID))
	case api.KindOperation:
		a, b := strings.Split(api.PlainPath(old.ID), "/"), strings.Split(api.PlainPath(new.ID), "/")
		i := 0
		for i < min(len(a), len(b)) && a[i] == b[i] {
			i++
		}
		if len(a) != len(b) || i == len(a) || !slices.Equal(a[i+1:], b[i+1:]) {
			return 0, false
		}
		return near(shortName(a[i]), shortName(b[i]))
	}
	return near(wireName(old), wireName(new))
}

// shortName is a qualified name without its namespace, and of a call without its arguments.
func shortName(name string) string {
	name, _, _ = strings.Cut(name, "(")
	return name[strings.LastIndexAny(name, " .")+1:]
}

// near reports whether two names may be one renamed, and how far apart they are: one is a part of the other, or few letters
// differ.
func near(a, b string) (distance int, ok bool) {
	a, b = strings.ToLower(a), strings.ToLower(b)
	distance = diag.Distance(a, b)
	if strings.HasSuffix(a, b) || strings.HasSuffix(b, a) || strings.HasPrefix(a, b) || strings.HasPrefix(b, a) {
		return distance, true
	}
	return distance, distance <= max(len(a), len(b))/3
}
