package slice

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/document"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/fetch"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// Notes are what people write beside the metadata, in a YAML file with these keys:
//
//	types        by qualified name: description, docs, polymorphic, properties and members (each a text by name)
//	properties   texts by the name of a property, parameter or member, for every type that has none of its own
//	parameters   texts by name: query parameters with their $, keys without braces
//	capabilities by set, type or property: what can be done with it, see corrections.go
//	constants    by "type/property": name and values (texts by value) of a string that may hold others as well
//	maxItems     by "type/property": the most items of a collection
//	entitySets   by type or "type/property": the path below the service root that binds point into
//	operations   by "METHOD /path", see operationNotes; keys have any name, and what is qualified needs no namespace;
//	             a pattern, as POST /**/clone, is for all that it selects and that have none of their own
//	pathAddressing  the types whose entities a path selects as well, as in /root:/{path}:/content
//	localTime    by type: dateTime and zone, the properties of what is a local time and the name of its zone
//	uploadSessions  by type: the properties url and ranges of what a large content is sent by, and result, the type of the answer
//	subscriptions   by type: path and expires of what makes the service tell of changes, see subscriptions.go
//	decisions    by type, enumeration or "type/property": openapi or metadata, whichever is right where they disagree; * stands
//	             for any rest of a name, and alone for everything
type Notes struct {
	// Capabilities correct what the metadata says can be done, see corrections.go.
	Capabilities map[string]map[string]bool

	Types      map[string]typeNotes
	Properties map[string]string
	Parameters map[string]string
	Constants  map[string]constantsNotes
	MaxItems   map[string]int    `yaml:"maxItems"`
	EntitySets map[string]string `yaml:"entitySets"`
	Operations map[string]operationNotes
	Decisions  map[string]string
	// PathAddressing are qualified names of entity types.
	PathAddressing []string                      `yaml:"pathAddressing"`
	LocalTimes     map[string]localTimeNotes     `yaml:"localTime"`
	UploadSessions map[string]uploadSessionNotes `yaml:"uploadSessions"`
	Subscriptions  map[string]subscriptionNotes

	used      map[string]bool
	positions map[string]diag.Pos
	// patterns are the names of decisions for more than one name.
	patterns []string
	// plain are the keys of Operations by plainOperation.
	plain map[string]string
	// operationPatterns are the keys of Operations that are patterns, those that say most first.
	operationPatterns []operationPattern
	// only: descriptions of the metadata are not taken.
	only bool
}

type typeNotes struct {
	Description string
	// Docs is the name of the reference page, or a whole URL.
	Docs                string
	Properties, Members map[string]string
	// Polymorphic says whether values declared with the type are interfaces in Go, whatever the metadata calls the type.
	Polymorphic *bool
}

// localTimeNotes are the properties of a type that is a local time and a zone.
type localTimeNotes struct {
	DateTime string `yaml:"dateTime"`
	Zone     string
}

type constantsNotes struct {
	Name   string
	Values pairs
}

// operationNotes are about one operation.
type operationNotes struct {
	Summary, Description, Docs string
	// Delegated, Application and ResourceSpecific are the least privileged permissions; all of a list are needed together. An empty
	// list says that there are none, whatever a table of permissions says.
	Delegated, Application []string
	ResourceSpecific       []string `yaml:"resourceSpecific"`
	// Responses are the documented statuses of success, each with what comes with it: see responses.
	Responses responses
	// LongRunning: the operation may go on in the background.
	LongRunning bool `yaml:"longRunning"`
	// Body is the media type of what is sent, where it is no JSON, such as text/html.
	Body string
	// Query are query options that the operation takes or does not take, whatever the metadata or the document says.
	Query []queryNote
	// Pause is how long to wait between two calls, as an ISO 8601 duration.
	Pause string
}

// Unused is an entry of the notes that was of no use.
type Unused struct {
	diag.Pos
	// Key is the way to the entry, such as "types/microsoft.graph.chat/properties/topic".
	Key string
	// Known: it is about an operation or a property that the metadata has; only no slice takes it.
	Known bool
}

// pairs is a mapping of texts that keeps its order.
type pairs []pair

type pair struct{ key, value string }

// Decode reads the mapping.
func (p *pairs) Decode(r document.Reader, n *yaml.Node) {
	for _, f := range r.Fields(n, "a mapping") {
		text := ""
		r.Decode(f.Value, &text)
		*p = append(*p, pair{f.Name(), text})
	}
}

// responses are statuses of success with what comes with each: "body", "location", "body, location" or "nothing".
type responses []pair

// successes are the statuses that notes may be about.
var successes = regexp.MustCompile(`^(2\d\d|2XX|3\d\d)$`)

// Decode reads the mapping.
func (s *responses) Decode(r document.Reader, n *yaml.Node) {
	for _, f := range r.Fields(n, "a mapping of statuses") {
		text := ""
		r.Decode(f.Value, &text)
		if !successes.MatchString(f.Name()) {
			r.Fault(f.Key, "bad-notes", "an answer that is no success needs no note", "%q is no status of success, such as 202 or 2XX", f.Name())
		}
		for _, word := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ' ' }) {
			if !slices.Contains([]string{"body", "location", "nothing"}, word) {
				r.Fault(f.Value, "bad-notes", `write body, location, "body, location" or nothing`, "with an answer comes a body, a Location, both or nothing, not %q", word)
			}
		}
		*s = append(*s, pair{f.Name(), text})
	}
}

// readNotes reads notes files; what a later one says wins.
func readNotes(paths []string) (*Notes, diag.List) {
	var diags diag.List
	notes := &Notes{used: map[string]bool{}, positions: map[string]diag.Pos{}}
	for _, path := range paths {
		data, err := fetch.File(path, maxNotes)
		if err != nil {
			diags.Errorf(diag.Pos{File: path}, "unreadable", "%v", err)
			continue
		}
		root, fault := document.Parse(path, data)
		if fault != nil {
			diags.Add(*fault)
		}
		if root == nil {
			continue
		}
		found := len(diags)
		document.Reader{File: path, Faults: &diags}.Decode(root, notes)
		if len(diags) > found {
			continue
		}
		notes.locate(path, "", root)
		notes.checkDecisions(&diags)
		notes.checkCapabilities(&diags)
	}
	for key, operation := range notes.Operations {
		if operation.Body != "" && !derive.IsMediaType(operation.Body) {
			diags.Errorf(notes.positions["operations/"+key], "bad-notes", "body: %q is not a media type, such as text/html", operation.Body)
		}
	}
	notes.patterns = decisionPatterns(notes.Decisions)
	notes.indexOperations()
	notes.readPatterns(&diags)
	return notes, diags
}

// checkDecisions refuses decisions for nobody.
func (n *Notes) checkDecisions(diags *diag.List) {
	for name, decision := range n.Decisions {
		if decision != decidedOpenAPI && decision != decidedMetadata {
			diags.Errorf(n.positions["decisions/"+name], "bad-notes", "%q decides for openapi or metadata, not for %q", name, decision)
		}
	}
}

// locate remembers where the entries stand that can be of use or not: all that hold no mapping, operations, constants and
// local times, upload sessions and subscriptions.
func (n *Notes) locate(path, key string, node *yaml.Node) {
	for i := 0; node.Kind == yaml.MappingNode && i+1 < len(node.Content); i += 2 {
		name, value := node.Content[i], node.Content[i+1]
		entry := strings.TrimPrefix(key+"/"+name.Value, "/")
		if value.Kind == yaml.MappingNode && key != "operations" && key != "constants" && key != "localTime" &&
			key != "uploadSessions" && key != "subscriptions" {
			n.locate(path, entry, value)
			continue
		}
		if !strings.HasSuffix(entry, "/docs") || !strings.HasPrefix(entry, "types/") {
			n.positions[entry] = diag.Pos{File: path, Line: name.Line, Column: name.Column}
		}
	}
}

// unused returns the entries that nothing asked for.
func (n *Notes) unused() []Unused {
	var unused []Unused
	for key, pos := range n.positions {
		if !n.used[key] {
			unused = append(unused, Unused{Pos: pos, Key: key})
		}
	}
	slices.SortFunc(unused, func(a, b Unused) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Key, b.Key))
	})
	return unused
}

// take returns the text of an entry and remembers that it was of use.
func (n *Notes) take(texts map[string]string, keys ...string) string {
	text := texts[keys[len(keys)-1]]
	if text != "" {
		n.used[strings.Join(keys, "/")] = true
	}
	return text
}

// describeType returns the words for a type or enumeration: those of the notes, else the metadata's own.
func (n *Notes) describeType(name string, as csdl.Annotations) (description, docs string) {
	notes := n.Types[name]
	if notes.Description != "" {
		n.used["types/"+name+"/description"] = true
	}
	return cmp.Or(notes.Description, n.described(as)), notes.Docs
}

// polymorphic is what is said of values declared with a type, nil if nothing is.
func (n *Notes) polymorphic(name string) *tree.Node {
	said := n.Types[name].Polymorphic
	if said == nil {
		return nil
	}
	n.used["types/"+name+"/polymorphic"] = true
	return tree.Raw(strconv.FormatBool(*said))
}

// localTime is what is said of a type that is a local time and a zone, nil if it is none.
func (n *Notes) localTime(name string) *tree.Node {
	local, ok := n.LocalTimes[name]
	if !ok {
		return nil
	}
	n.used["localTime/"+name] = true
	return tree.Map().Set("dateTime", tree.Str(local.DateTime)).Set("zone", tree.Str(local.Zone))
}

// describeProperty returns the words for a property.
func (n *Notes) describeProperty(p *csdl.Property) string {
	return cmp.Or(
		n.take(n.Types[p.Owner.Name].Properties, "types", p.Owner.Name, "properties", p.Name),
		n.described(p.Annotations),
		n.take(n.Properties, "properties", p.Name))
}

// describeMember returns the words for a member of an enumeration.
func (n *Notes) describeMember(enum *csdl.Enum, m *csdl.Member) string {
	return cmp.Or(
		n.take(n.Types[enum.Name].Members, "types", enum.Name, "members", m.Name),
		n.described(m.Annotations),
		n.take(n.Properties, "properties", m.Name))
}

// describeParameter returns the words for a parameter of an action or a function.
func (n *Notes) describeParameter(p *csdl.Parameter) string {
	return cmp.Or(n.described(p.Annotations), n.take(n.Properties, "properties", p.Name))
}

func (n *Notes) constants(p *csdl.Property) (constantsNotes, bool) {
	notes, ok := n.Constants[p.Path()]
	n.used["constants/"+p.Path()] = true
	return notes, ok
}

func (n *Notes) maxItems(p *csdl.Property) (int, bool) {
	count, ok := n.MaxItems[p.Path()]
	n.used["maxItems/"+p.Path()] = true
	return count, ok
}

func (n *Notes) entitySet(name string) string { return n.take(n.EntitySets, "entitySets", name) }

// own returns a text of the metadata, "" if only those of the notes are taken.
func (n *Notes) own(text string) string {
	if n.only {
		return ""
	}
	return text
}

// described is what the metadata says of an element.
func (n *Notes) described(as csdl.Annotations) string {
	text, long := as.Text("Org.OData.Core.V1.Description"), as.Text("Org.OData.Core.V1.LongDescription")
	return n.own(strings.TrimSpace(cmp.Or(text, long)))
}
