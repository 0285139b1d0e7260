package diff

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// family is what a finding has in common with others of its rule, so that they can be read as one: of an operation the first step of
// its path that the other side does not have, or else the last name in it; of a property that has come or gone its type, of a member
// its enumeration, of a parameter its name; of all else what has changed.
func (c *comparison) family(e lock.Element, how, what string) string {
	switch how {
	case "changed", "deprecated":
		return what
	case "documented":
		return ""
	}
	switch e.Kind {
	case api.KindOperation:
		other := c.old
		if how == "removed" {
			other = c.new
		}
		facts, _ := api.Decode[api.Operation](e)
		return operationFamily(facts.Segments, other)
	case api.KindParameter:
		return wireName(e)
	case api.KindProperty, api.KindMember:
		_, id := owner(e)
		return id
	case api.KindConstant:
		return before(e.ID, '/')
	}
	return ""
}

func operationFamily(segments []api.Segment, other *apiSide) string {
	path, last := "", ""
	for i, segment := range segments {
		if i > 0 && segments[i-1].Kind == "address" {
			path += ":"
		}
		path += segmentText(segment)
		if segment.Kind != "key" {
			last = segment.Name
			if !other.plain[api.PlainPath(elementKey(api.KindPath, path))] {
				return last
			}
		}
	}
	return last
}

// group are findings of one rule and one family, in their order.
type group struct {
	rule, family string
	findings     []Finding
}

// groups parts findings by rule and family, the largest first where a rule has several.
func groups(findings []Finding) []group {
	var all []group
	index := map[[2]string]int{}
	for _, f := range findings {
		key := [2]string{f.Rule, f.Family}
		i, ok := index[key]
		if !ok {
			i = len(all)
			index[key] = i
			all = append(all, group{rule: f.Rule, family: f.Family})
		}
		all[i].findings = append(all[i].findings, f)
	}
	order := map[string]int{}
	for _, g := range all {
		if _, ok := order[g.rule]; !ok {
			order[g.rule] = len(order)
		}
	}
	slices.SortStableFunc(all, func(a, b group) int {
		if a.rule != b.rule {
			return order[a.rule] - order[b.rule]
		}
		return len(b.findings) - len(a.findings)
	})
	return all
}

// title is what several findings are about: "24 operations below permissionGrants", "61 properties: read-only now".
func (g group) title() string {
	kind := g.findings[0].Kind
	text := count(len(g.findings), kind)
	family := oneLine(g.family)
	switch how := g.findings[0].Change; {
	case family == "" || how == "documented":
		return text
	case how == "changed" || how == "deprecated":
		return text + ": " + family
	case kind == api.KindOperation:
		return text + " below " + family
	case kind == api.KindParameter:
		return text + " called " + family
	case kind == api.KindConstant, kind == api.KindMember, kind == api.KindProperty:
		return text + " of " + family
	}
	return text
}

// names are what the findings of a group are of, without what they have in common.
func (g group) names(most int) []string {
	var names []string
	for _, f := range g.findings[:min(most, len(g.findings))] {
		name := oneLine(f.ID)
		if f.Change == "added" || f.Change == "removed" {
			if rest, ok := strings.CutPrefix(name, g.family+"/"); ok {
				name = rest
			}
		}
		names = append(names, name)
	}
	return names
}

// withoutPairs leaves out what was added where something that was removed may be its former form: the question stands there.
func withoutPairs(findings []Finding) []Finding {
	renamed := map[string]bool{}
	for _, f := range findings {
		if f.Renamed != "" && f.Accepted == nil {
			renamed[elementKey(f.Kind, f.Renamed)] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(findings), func(f Finding) bool {
		return f.Change == "added" && f.Verdict == Compatible && renamed[elementKey(f.Kind, f.ID)]
	})
}

// section are the findings that a report shows together.
type section struct {
	title, markdown string
	findings        []Finding
}

// sections parts findings: what breaks Go, what breaks the wire alone, the rest, and what is accepted.
func sections(findings []Finding) []section {
	all := []section{{"breaks Go", "Breaks Go", nil}, {"breaks the wire: compiles, and does not work as before", "Breaks the wire", nil},
		{"compatible", "Compatible", nil}, {"documentation only", "Documentation only", nil}, {"accepted", "Accepted", nil}}
	for _, f := range withoutPairs(findings) {
		i := 2
		switch {
		case f.Accepted != nil:
			i = 4
		case f.Verdict == Breaking && slices.Contains(f.Breaks, BreaksWire) && !slices.Contains(f.Breaks, BreaksGo):
			i = 1
		case f.Verdict == Breaking:
			i = 0
		case f.Verdict == Documentation:
			i = 3
		}
		all[i].findings = append(all[i].findings, f)
	}
	return slices.DeleteFunc(all, func(s section) bool { return len(s.findings) == 0 })
}
