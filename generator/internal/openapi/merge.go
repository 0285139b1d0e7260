package openapi

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/service"
	"go.yaml.in/yaml/v4"
)

// merged is what all files say together: every operation and component once, with the place it comes from.
type merged struct {
	// first is the document that gives title, version and servers.
	first sourceValue
	// documents are all.
	documents []sourceValue
	// sections are the components: "schemas", "parameters", "responses", "requestBodies"; then by name.
	sections map[string]map[string]sourceValue
	paths    map[string]*mergedPath
	// added are the definitions that have been added or compared.
	added map[*yaml.Node]bool
	// combining: the specs are being joined, and nothing refers to their components yet.
	combining bool
}

// mergedPath is one path. Files may share a path and differ in its methods.
type mergedPath struct {
	operations map[string]mergedOperation
}

// mergedOperation is one method of a path.
type mergedOperation struct {
	sourceValue
	// parameters are the path item's and the operation's own, in this order.
	parameters []sourceValue
}

// sectionKinds are the sections of components that are read, and what each holds.
var sectionKinds = map[string]kind{
	"schemas": schemaKind, "parameters": parameterKind, "responses": responseKind, "requestBodies": requestBody,
}

// merge joins documents. What stands in several must be the same, but for prose, where the first file wins, and for how much of
// a type each needs, see combine.
func merge(lib *library, docs []*sourceFile) *merged {
	m := &merged{first: docs[0].sourceValue, sections: map[string]map[string]sourceValue{}, paths: map[string]*mergedPath{},
		added: map[*yaml.Node]bool{}, combining: true}
	for section := range sectionKinds {
		m.sections[section] = map[string]sourceValue{}
	}
	for _, doc := range docs {
		m.documents = append(m.documents, doc.sourceValue)
		m.checkServer(doc.sourceValue, lib.diags)
		for section := range sectionKinds {
			for _, component := range doc.child("components").child(section).entries() {
				m.addComponent(section, component, lib.diags)
			}
		}
		for _, item := range doc.child("paths").entries() {
			m.addPath(lib, item)
		}
	}
	m.combining = false
	return m
}

// serviceRoot is the address of the first server, with the defaults of its variables, without a slash at its end.
func serviceRoot(doc sourceValue) string {
	server := doc.child("servers").item(0)
	address := server.child("url").text()
	for _, variable := range server.child("variables").entries() {
		if value := variable.child("default"); value.exists() {
			address = strings.ReplaceAll(address, "{"+variable.name()+"}", value.text())
		}
	}
	return strings.TrimRight(address, "/")
}

// checkServer reports a server whose address cannot be the service root, and a document of another service than
// the first one's.
func (m *merged) checkServer(doc sourceValue, diags *diag.List) {
	server := doc.child("servers").item(0).child("url")
	if !server.exists() {
		return
	}
	root := serviceRoot(doc)
	fault := diag.Diagnostic{Pos: server.valuePos(), Severity: diag.Error}
	address, err := url.Parse(root)
	switch {
	case err != nil || !isAddress(root) || address.Host == "" || strings.ContainsAny(root, "{}?#@ "):
		fault.Code, fault.Message = "bad-server", fmt.Sprintf("%q cannot be a service root", root)
		fault.Hint = "write the whole address, with a default for each of its variables: " + service.Graph.Root(service.Graph.Version)
	case root != serviceRoot(m.first):
		fault.Code = "conflicting-server"
		fault.Message = fmt.Sprintf("this file is about %s, the first one about %q", root, serviceRoot(m.first))
		fault.Hint, fault.Related = "make a package of each", []diag.Pos{m.first.child("servers").pos()}
	case strings.Contains(server.text(), "{") && doc.node == m.first.node:
		fault.Severity, fault.Code = diag.Note, "server-variables"
		fault.Message = fmt.Sprintf("the service root is %s, with the defaults of its variables", root)
		fault.Hint = "for others: NewClient(…, WithServiceRoot(…)), or another default here"
	default:
		return
	}
	diags.Add(fault)
}

// addComponent adds a component, or compares it with the one of that name; it returns the one that counts.
func (m *merged) addComponent(section string, component sourceValue, diags *diag.List) sourceValue {
	have, ok := m.sections[section][component.name()]
	switch {
	case !ok:
		component = component.at("/components/" + section + "/" + escapeToken(component.name()))
		m.sections[section][component.name()] = component
		have = component
	case !m.added[component.node]:
		if difference := m.join(section, have, component); difference != "" {
			conflict("conflicting-schema", fmt.Sprintf("%q", component.name()), difference, have, component, diags)
		}
		have = m.sections[section][component.name()]
	}
	m.added[component.node] = true
	return have
}

// join makes one component of two of one name; it returns where they differ if that cannot be.
func (m *merged) join(section string, have, component sourceValue) string {
	difference := differing(have.node, component.node, sectionKinds[section])
	if difference == "" || section != "schemas" || !m.combining || have.node.Kind != yaml.MappingNode || component.node.Kind != yaml.MappingNode {
		return difference
	}
	component = component.at(have.pointer())
	both, difference := combine(have, component)
	m.sections[section][component.name()] = both
	return difference
}

// addPath adds the operations of a path item, which may stand elsewhere.
func (m *merged) addPath(lib *library, item sourceValue) {
	if strings.HasPrefix(item.name(), "x-") || !checkPath(item, lib.diags) {
		return
	}
	path := m.paths[item.name()]
	if path == nil {
		path = &mergedPath{operations: map[string]mergedOperation{}}
		m.paths[item.name()] = path
	}
	if refNode(item.node) != nil {
		doc, found, ok := lib.find(item.child("$ref"))
		if !ok {
			return
		}
		lib.fragment(doc, found, pathItem)
		lib.checkShape(found, pathItem)
		item = item.at(found.pointer())
		item.node, item.file = found.node, found.file
	}
	for _, method := range methods {
		op := mergedOperation{sourceValue: item.child(method)}
		if !op.exists() || op.node.Kind != yaml.MappingNode {
			continue
		}
		op.parameters = slices.Concat(item.child("parameters").items(), op.child("parameters").items())
		have, ok := path.operations[method]
		if !ok {
			path.operations[method] = op
		} else if have.node != op.node && !sameOperation(have, op) {
			conflict("conflicting-operation", strings.ToUpper(method)+" "+item.name(), differing(have.node, op.node, operationKind),
				have.sourceValue, op.sourceValue, lib.diags)
		}
	}
}

func sameOperation(a, b mergedOperation) bool {
	same := func(p, q sourceValue) bool { return sameStructure(p.node, q.node, parameterKind) }
	return slices.EqualFunc(a.parameters, b.parameters, same) && sameStructure(a.node, b.node, operationKind)
}

// conflict reports a second definition that differs from the first in some place, "" or "." for all over.
func conflict(code, what, difference string, first, second sourceValue, diags *diag.List) {
	message := what + " is defined twice, and the two differ"
	if difference != "" && difference != "." {
		message += " in " + difference
	}
	diags.Add(diag.Diagnostic{Pos: second.pos(), Severity: diag.Error, Code: code, Message: message,
		Hint:    "make them the same, or keep one; slices are the same if they are cut from the same sources, with the same notes and configuration",
		Related: []diag.Pos{first.pos()}})
}

// prose are the fields that say something to people only. What the service is said to accept, and where, does not change what is
// sent: slices that were cut at different times go together. Operations are told apart by method and path, whatever their id.
var prose = map[string]bool{"description": true, "summary": true, "title": true, "externalDocs": true, "operationId": true,
	"x-graphslice-permissions": true, "x-graphslice-not-in": true}

// sameStructure reports whether two values of kind k mean the same: prose and the order of keys do not count,
// and neither does in which file a referenced component stands.
func sameStructure(a, b *yaml.Node, k kind) bool { return differing(a, b, k) == "" }

// differing returns the first place in which two values of kind k do not mean the same, such as "properties/topic"; "." is the
// value itself, and "" nowhere. In lists it goes no further.
func differing(a, b *yaml.Node, k kind) string {
	const here = "."
	switch {
	case a.Kind != b.Kind, a.Kind == yaml.ScalarNode && (a.ShortTag() != b.ShortTag() || a.Value != b.Value):
		return here
	case a.Kind == yaml.ScalarNode:
		return ""
	case a.Kind == yaml.SequenceNode:
		same := func(x, y *yaml.Node) bool { return sameStructure(x, y, grammar[k]["[]"]) }
		if !slices.EqualFunc(a.Content, b.Content, same) {
			return here
		}
		return ""
	}
	as, bs := structure(a, k), structure(b, k)
	for _, key := range differingKeys(as, bs) {
		x, y := as[key], bs[key]
		if x == nil || y == nil {
			return key
		}
		child, _ := fieldKind(k, key, x)
		if key == "$ref" && x.Kind == yaml.ScalarNode && y.Kind == yaml.ScalarNode {
			if refFragment(x.Value) != refFragment(y.Value) {
				return key
			}
		} else if difference := differing(x, y, child); difference != "" {
			return strings.TrimSuffix(key+"/"+difference, "/"+here)
		}
	}
	return ""
}

// differingKeys are the keys of two mappings under which something else may stand, in an order that is always the same.
func differingKeys(a, b map[string]*yaml.Node) []string {
	var keys []string
	for key, x := range a {
		if x != b[key] {
			keys = append(keys, key)
		}
	}
	for key := range b {
		if a[key] == nil {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// structure returns the fields of a mapping that are read and are not prose.
func structure(n *yaml.Node, k kind) map[string]*yaml.Node {
	fields := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i].Value
		_, isField := grammar[k][key]
		_, isRead := fieldKind(k, key, n.Content[i+1])
		if isRead && !(isField && prose[key]) || k == anything {
			fields[key] = n.Content[i+1]
		}
	}
	return fields
}

// refFragment is what a reference points to, without the file.
func refFragment(ref string) string {
	_, fragment, _ := strings.Cut(ref, "#")
	return fragment
}
