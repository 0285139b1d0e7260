package diff

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// claim says which changes of the Go code come of a finding.
type claim struct {
	// subjects are names that can have changed: "Chat", "Chat.Topic", "(*ChatsRequests).List". A name at package level stands
	// for its fields and methods too.
	subjects []string
	// prefixes are beginnings of names at package level, such as "ChatProperty".
	prefixes []string
	// words are names that can stand in a message: what a signature has changed to.
	words []string
}

func (c claim) and(other claim) claim {
	return claim{append(c.subjects, other.subjects...), append(c.prefixes, other.prefixes...), append(c.words, other.words...)}
}

// claimOf is what comes of a change of an element that s has.
func (c *comparison) claimOf(s *apiSide, e lock.Element) claim {
	if e.Name == "" {
		return claim{}
	}
	switch e.Kind {
	case api.KindType:
		any := "Any" + e.Name
		return claim{
			subjects: []string{e.Name, any, "Bind" + e.Name, "Get" + e.Name, "New" + e.Name},
			prefixes: []string{e.Name + "Property"},
			words:    []string{e.Name, any},
		}
	case api.KindProperty:
		return c.claimOfProperty(e)
	case api.KindEnum:
		return claim{subjects: []string{e.Name}, words: []string{e.Name}}
	case api.KindPath:
		facts, _ := api.Decode[api.Path](e)
		return claim{subjects: []string{facts.Requests, facts.Accessor}, words: []string{facts.Requests}}
	case api.KindOperation:
		return c.claimOfOperation(s, e)
	case api.KindParameter:
		return c.claimOfParameter(s, e)
	}
	return claim{subjects: []string{s.goName(e)}}
}

// claimOfParameter counts its field, and the options that are there for parameters such as this one: a call has a type of its own
// for them as long as it has any.
func (c *comparison) claimOfParameter(s *apiSide, e lock.Element) claim {
	names := claim{subjects: []string{s.goName(e)}}
	kind, id := owner(e)
	key := elementKey(kind, id)
	before, _ := api.Decode[api.Operation](c.old.elements[key])
	after, _ := api.Decode[api.Operation](c.new.elements[key])
	mine, _ := api.Decode[api.Operation](s.elements[key])
	if before.Options != after.Options {
		names.subjects, names.words = append(names.subjects, mine.Options), append(names.words, mine.Options)
	}
	return names
}

// claimOfProperty counts the fields of the types derived from the one that has the property: they have it as well.
func (c *comparison) claimOfProperty(e lock.Element) claim {
	_, id := owner(e)
	var names claim
	for _, s := range []*apiSide{c.old, c.new} {
		for _, heir := range s.heirs()[id] {
			name := s.elements[elementKey(api.KindType, heir)].Name
			names.subjects = append(names.subjects, name+"."+e.Name, name+"Property"+e.Name, "Bind"+name+e.Name)
		}
	}
	return names
}

// heirs are, by the ID of a type, the types that have its properties: itself and all that are derived from it.
func (s *apiSide) heirs() map[string][]string {
	if s.heirsOf == nil {
		s.heirsOf = map[string][]string{}
		for id := range s.bases {
			for at := range s.ancestors(id) {
				s.heirsOf[at] = append(s.heirsOf[at], id)
			}
		}
	}
	return s.heirsOf
}

// claimOfOperation counts its method, its options, and the builders on its path that only one side has.
func (c *comparison) claimOfOperation(s *apiSide, e lock.Element) claim {
	facts, _ := api.Decode[api.Operation](e)
	names := claim{subjects: []string{facts.Options}}
	methods := []string{e.Name}
	if facts.Does == "list" {
		methods = append(methods, "All", "AllFrom")
	}
	for _, method := range append(methods, e.Name+"From", e.Name+"Path") {
		names.subjects = append(names.subjects, "(*"+facts.On+")."+method)
	}
	path, parent := "", "Client"
	for i, segment := range facts.Segments {
		if i > 0 && facts.Segments[i-1].Kind == "address" {
			path += ":"
		}
		path += segmentText(segment)
		key := api.PlainPath(elementKey(api.KindPath, path))
		place, _ := api.Decode[api.Path](s.paths[key])
		if place.Package != "" && (!c.old.plain[key] || !c.new.plain[key]) {
			names.subjects = append(names.subjects, place.Package+".New", place.Package+".Resource")
		}
		if place.Package != "" && facts.On == parent { // a function
			names.subjects = append(names.subjects, place.Package+"."+e.Name, place.Package+"."+e.Name+"From")
		}
		if place.Requests == "" {
			continue
		}
		if !c.old.plain[key] || !c.new.plain[key] {
			names.subjects = append(names.subjects, place.Requests, "(*"+parent+")."+place.Accessor)
		}
		if len(segment.Keys)+len(segment.Args) > 0 { // what they take may be what has changed
			names.subjects = append(names.subjects, "(*"+parent+")."+place.Accessor)
		}
		parent = place.Requests
	}
	return names
}

// segmentText is a step as it stands in a path.
func segmentText(s api.Segment) string {
	switch {
	case s.Kind == "key" && len(s.Keys) > 0:
		return "(" + argsText(s.Keys) + ")"
	case s.Kind == "key":
		return "/{" + s.Name + "}"
	case s.Kind == "function":
		return "/" + s.Name + "(" + argsText(s.Args) + ")"
	case s.Kind == "address":
		return ":/" + s.Name
	}
	return "/" + s.Name
}

func argsText(args []api.Arg) string {
	texts := make([]string, len(args))
	for i, a := range args {
		value := "{" + a.Param + "}"
		if a.Alias {
			value = "@" + a.Param
		}
		if a.Quoted {
			value = "'" + value + "'"
		}
		texts[i] = value
		if a.Name != "" {
			texts[i] = a.Name + "=" + value
		}
	}
	return strings.Join(texts, ",")
}

// joiner finds the finding that a Go change comes of.
type joiner struct {
	subjects, words map[string]int // to an index of findings; the first one counts
	prefixes        map[string]int
}

// join puts the Go changes under the findings that they come of, and makes findings of the rest. What apidiff calls
// incompatible makes a finding breaking.
func join(pkg string, findings []Finding, changes []GoChange) []Finding {
	j := joiner{map[string]int{}, map[string]int{}, map[string]int{}}
	for verdict := Breaking; verdict <= Documentation; verdict++ {
		for i, f := range findings {
			if f.Verdict == verdict && f.Change != "documented" && f.Change != "deprecated" {
				j.register(i, f.claim)
			}
		}
	}
	for _, ch := range changes {
		i, ok := j.find(ch)
		if !ok {
			findings = append(findings, goFinding(pkg, ch))
			continue
		}
		f := &findings[i]
		f.Go = append(f.Go, ch)
		if !ch.Compatible && f.Do == "" {
			f.Do = adapt(pkg, ch)
		}
	}
	return findings
}

func (j joiner) register(i int, c claim) {
	for _, list := range []struct {
		index map[string]int
		names []string
	}{{j.subjects, c.subjects}, {j.prefixes, c.prefixes}, {j.words, c.words}} {
		for _, name := range list.names {
			if _, ok := list.index[name]; !ok && name != "" {
				list.index[name] = i
			}
		}
	}
}

// subjectParts reads "(*ChatsRequests).List", "Chat.Topic" and "Chat, method set of …".
var subjectParts = regexp.MustCompile(`^\(?\*?(\w+)(?:\[[^\]]*\])?\)?(?:\.(\w+))?`)

var word = regexp.MustCompile(`\w+`)

// find looks for the nearest reason: the very name, then what it is a part of, then what its message speaks of.
func (j joiner) find(ch GoChange) (int, bool) {
	if i, ok := j.subjects[ch.Subject]; ok {
		return i, true
	}
	parts := subjectParts.FindStringSubmatch(ch.Subject)
	if parts != nil {
		if i, ok := j.subjects[parts[1]]; ok {
			return i, true
		}
		if i, ok := j.subjects[parts[2]]; ok && strings.HasPrefix(parts[2], "Get") {
			return i, true
		}
		for at := len(parts[1]); at > 0; at-- {
			if i, ok := j.prefixes[parts[1][:at]]; ok {
				return i, true
			}
		}
	}
	for _, name := range word.FindAllString(ch.Message, -1) {
		if i, ok := j.words[name]; ok {
			return i, true
		}
	}
	return 0, false
}

// goFinding is a difference of the Go code that nothing in the API explains, as a new version of graphslice makes them.
func goFinding(pkg string, ch GoChange) Finding {
	f := Finding{
		Rule: "go-changed", Verdict: Compatible, Breaks: []string{}, Kind: kindGo, Change: "changed", ID: ch.Subject, Name: ch.Subject, What: ch.Message,
		Go: []GoChange{ch}, class: inGo,
	}
	if ch.Message == "added" || ch.Message == "removed" {
		f.Rule, f.Change = "go-"+ch.Message, ch.Message
	}
	if !ch.Compatible {
		f.Do = adapt(pkg, ch)
	}
	return f
}

// adapt says what to do after a Go change.
func adapt(pkg string, ch GoChange) string {
	if ch.Message == "removed" {
		return fmt.Sprintf("Replace %s.%s: it is gone.", pkg, ch.Subject)
	}
	return fmt.Sprintf("Change the code that uses %s.%s: %s.", pkg, ch.Subject, ch.Message)
}
