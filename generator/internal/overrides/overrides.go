// Package overrides applies the user's corrections to the IR: what a slice says wrongly, or in words that a Go
// program would rather not use.
//
// An override file is YAML. Every section and every field is optional:
//
//	types:
//	  microsoft.graph.chat:                 # the qualified name of a type
//	    rename: Conversation                # its name in Go: an exported identifier
//	    description: A talk of some people. # replaces the slice's
//	    deprecated: use a channel           # why; "" takes a deprecation back
//	    entitySet: chats                    # what a bind points into, a path below the service root
//	    key: [id]                           # properties, own or of a base
//	    polymorphic: true                   # whether values declared with the type are interfaces in Go
//	    uploadSession: {url: uploadUrl, ranges: nextExpectedRanges, result: microsoft.graph.driveItem}  # see upload.go
//	    subscription: {path: /subscriptions, expires: expirationDateTime, resource: resource, longest: {/chats/**: PT1H}}  # see subscription.go
//	    hide: true
//	properties:
//	  microsoft.graph.chat/topic:           # type/property; the type is the one that declares it
//	    rename: Subject
//	    description: What it is about.
//	    type: Edm.String                    # or Collection(Edm.Guid), Map(Edm.Int32), or the qualified name of a type or enum
//	    nullable: true                      # whether null is a value
//	    navigation: true                    # whether it is a navigation property
//	    contained: false                    # a navigation property whose target lives below the entity
//	    entitySet: chats                    # for this navigation property only
//	    hide: true                          # it stays readable in AdditionalProperties
//	enums:
//	  microsoft.graph.chatType: {rename: Kind, hide: false}
//	  microsoft.graph.chatType/oneOnOne: {rename: Pair, hide: false}
//	operations:
//	  POST /chats:                          # method and path as in the slice
//	    rename: Open
//	    description: Opens a chat.
//	    docs: https://learn.microsoft.com/graph/api/chat-post
//	    scopes: [Chat.Create]               # delegated permissions
//	    applicationPermissions: [Chat.Create]
//	    longRunning: true                   # it may answer 202 with the Location of an operation
//	    body: text/html                     # what it is sent is no JSON, but this
//	    query: [expand, -search]            # query options that it takes, or does not take; see query.go
//	    headers: [If-Match]                 # headers that a call cannot do without; -If-Match if it can
//	    hide: true
//	parameters:
//	  GET /me/calendarView?startDateTime: {rename: From, hide: false}
//	paths:
//	  /chats/{chat-id}/members: {rename: ChatPeople}  # what the names of its builder, options and so on begin with
//	  /chats/{chat-id}/pinned: {accessor: PinnedOnes} # the method that leads to it
//	  /me: {package: mine}                            # the package of its calls, where they have one (split: path)
//	constants:
//	  teamworkRole/owner: {rename: RoleOwner}         # a value that x-ms-enum names
//
// What is hidden is not generated. A property, parameter or body of a hidden type becomes untyped JSON, one of a
// hidden enum becomes text; types derived from a hidden type take over its properties and its base.
// An object or enum without a name is called after what it is of, such as "POST /chats#request" or "microsoft.graph.chat/topic".
// Names are those of the slice, whatever else is renamed. With several files, the later one wins.
//
// An override that matches nothing is an error, as is a field that is not in the list above.
package overrides

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// Apply changes pkg as the override files at paths say. If the list has errors, pkg is not to be used any more. Seen, if
// it is not nil, is called with the path and the text of each file.
func Apply(pkg *ir.Package, paths []string, seen func(path string, text []byte)) diag.List {
	a := applier{pkg: pkg, hiddenModels: map[*ir.Model]bool{}, hiddenEnums: map[*ir.Enum]bool{},
		hiddenProperties: map[*ir.Property]bool{}}
	for _, path := range paths {
		for _, e := range readFile(path, seen, &a.diags) {
			a.apply(e)
		}
	}
	if len(paths) > 0 && !a.diags.HasErrors() {
		a.hide()
	}
	return a.diags.Sorted()
}

// applier is one run of Apply.
type applier struct {
	pkg   *ir.Package
	diags diag.List
	// What is hidden goes at the end, so that overrides of one thing do not depend on each other's order.
	hiddenModels     map[*ir.Model]bool
	hiddenEnums      map[*ir.Enum]bool
	hiddenProperties map[*ir.Property]bool
	hiddenOperations []*ir.Operation
}

func (a *applier) apply(e entry) {
	switch e.section {
	case "types":
		a.applyType(e)
	case "properties":
		a.applyProperty(e)
	case "enums":
		a.applyEnum(e)
	case "operations":
		a.applyOperation(e)
	case "parameters":
		a.applyParameter(e)
	case "constants":
		a.applyConstant(e)
	case "paths":
		a.applyPath(e)
	}
}

// unmatched reports an override of something that is not there.
func (a *applier) unmatched(e entry, what string, have []string) {
	hint := ""
	if near := diag.Nearest(e.name(), have, 3); len(near) > 0 {
		hint = "the nearest names are " + strings.Join(near, ", ")
	}
	a.diags.Add(diag.Diagnostic{Pos: e.pos(), Severity: diag.Error, Code: "unmatched-override",
		Message: fmt.Sprintf("%q is not %s of this package", e.name(), what), Hint: hint})
}

func (a *applier) applyType(e entry) {
	m := a.model(e.name())
	if m == nil {
		if a.enum(e.name()) != nil {
			a.fault(e.pos(), "unmatched-override", fmt.Sprintf("%q is an enum", e.name()), `write it below "enums"`)
			return
		}
		a.unmatched(e, "a type", a.modelNames())
		return
	}
	e.text("rename", &m.GoName)
	e.text("description", &m.Doc.Description)
	e.text("deprecated", &m.Doc.Deprecated)
	e.text("entitySet", &m.EntitySet)
	if e.has("polymorphic") {
		isInterface := e.flag("polymorphic", false)
		m.Polymorphic = &isInterface
	}
	a.applyKey(e, m)
	a.applyUpload(e, m)
	a.applySubscription(e, m)
	a.hiddenModels[m] = e.flag("hide", a.hiddenModels[m])
}

// applyKey marks the properties of the key, which may be a base's.
func (a *applier) applyKey(e entry, m *ir.Model) {
	names, at := e.list("key")
	if at == nil {
		return
	}
	for _, p := range m.Properties {
		p.Key = slices.Contains(names, p.Name)
	}
	for i, name := range names {
		if p := m.Property(name); p != nil {
			p.Key = true
			continue
		}
		a.fault(e.posOf(at.Content[i]), "unmatched-override", fmt.Sprintf("%q is not a property of %s", name, m.Name), "")
	}
	sortProperties(m)
}

// sortProperties puts the key first, and the rest by name.
func sortProperties(m *ir.Model) {
	slices.SortFunc(m.Properties, func(x, y *ir.Property) int {
		switch {
		case x.Key && !y.Key:
			return -1
		case y.Key && !x.Key:
			return 1
		}
		return strings.Compare(x.Name, y.Name)
	})
}

func (a *applier) applyProperty(e entry) {
	p := a.property(e.name())
	if p == nil {
		typeName, _, _ := strings.Cut(e.name(), "/")
		a.unmatched(e, "a property", a.propertyNames(a.model(typeName)))
		return
	}
	e.text("rename", &p.GoName)
	e.text("description", &p.Doc.Description)
	a.applyPropertyType(e, p)
	a.applyNavigation(e, p)
	a.hiddenProperties[p] = e.flag("hide", a.hiddenProperties[p])
}

func (a *applier) applyPropertyType(e entry, p *ir.Property) {
	t := *p.Type
	if text, at := e.value("type"); at != nil {
		parsed, err := a.parseType(text)
		if err != nil {
			a.fault(e.posOf(at), "override-type", err.Error(), typeHint(err))
			return
		}
		nullable := t.Nullable
		t = *parsed
		t.Nullable = nullable
	}
	t.Nullable = e.flag("nullable", t.Nullable)
	p.Type = &t
}

// applyNavigation makes p a navigation property, or takes that from it.
func (a *applier) applyNavigation(e entry, p *ir.Property) {
	given := e.has("contained") || e.has("entitySet")
	switch navigation := e.flag("navigation", given || p.Navigation != nil); {
	case !navigation:
		p.Navigation = nil
		return
	case p.Navigation == nil:
		p.Navigation = &ir.Navigation{}
	}
	p.Navigation.Contained = e.flag("contained", p.Navigation.Contained)
	e.text("entitySet", &p.Navigation.EntitySet)
}

func (a *applier) applyEnum(e entry) {
	enum, memberName, isMember := a.enumOrMember(e.name())
	if enum == nil {
		a.unmatched(e, "an enum", a.enumNames())
		return
	}
	if !isMember {
		e.text("rename", &enum.GoName)
		a.hiddenEnums[enum] = e.flag("hide", a.hiddenEnums[enum])
		return
	}
	i := slices.IndexFunc(enum.Members, func(m ir.EnumMember) bool { return m.Name == memberName })
	if i < 0 {
		a.unmatched(e, "a value of an enum", memberNames(enum))
		return
	}
	e.text("rename", &enum.Members[i].GoName)
	if e.flag("hide", false) {
		enum.Members = slices.Delete(enum.Members, i, i+1)
	}
}

// applyConstant renames a value wherever it stands: equal values of equal names are one.
func (a *applier) applyConstant(e entry) {
	name, at := e.value("rename")
	var have []string
	found := false
	for _, m := range a.pkg.Models {
		for _, p := range m.Properties {
			for i := range valuesOf(p) {
				have = append(have, p.Constants.ValueID(i))
				if p.Constants.ValueID(i) == e.name() {
					found = true
					if at != nil {
						p.Constants.Values[i].GoName = name
					}
				}
			}
		}
	}
	if !found {
		a.unmatched(e, "a constant", have)
	}
}

// valuesOf are the well-known values of a property.
func valuesOf(p *ir.Property) []ir.EnumMember {
	if p.Constants == nil {
		return nil
	}
	return p.Constants.Values
}

func (a *applier) applyOperation(e entry) {
	op := a.operation(e.name())
	if op == nil {
		a.unmatched(e, "an operation", a.operationNames())
		return
	}
	e.text("rename", &op.GoName)
	e.text("description", &op.Doc.Description)
	e.text("docs", &op.Doc.URL)
	if scopes, at := e.list("scopes"); at != nil {
		op.Permissions.Delegated = ir.Together(scopes)
	}
	if scopes, at := e.list("applicationPermissions"); at != nil {
		op.Permissions.Application = ir.Together(scopes)
	}
	op.LongRunning = e.flag("longRunning", op.LongRunning)
	if body, at := e.value("body"); at != nil {
		op.Request = &ir.Body{ContentType: body, Type: &ir.Type{Kind: ir.Stream}, Required: true, Pos: e.posOf(at)}
		if strings.HasPrefix(body, "text/") {
			op.Request.Type.Kind = ir.String
		}
	}
	a.applyQuery(e, op)
	a.applyHeaders(e, op)
	if e.flag("hide", false) {
		a.hiddenOperations = append(a.hiddenOperations, op)
	}
}

func (a *applier) applyParameter(e entry) {
	opName, name, _ := strings.Cut(e.name(), "?")
	op := a.operation(opName)
	i := -1
	if op != nil {
		i = slices.IndexFunc(op.Query, func(p *ir.Parameter) bool { return p.Name == name })
	}
	if i < 0 {
		a.unmatched(e, "a query parameter", a.parameterNames(op))
		return
	}
	if _, at := e.value("rename"); at != nil && op.IsSystemOption(op.Query[i]) {
		a.fault(e.posOf(at), "system-option", fmt.Sprintf("%s is one of OData's own query options, which are called alike in every call", name),
			"take the rename away; only parameters that an operation has of its own can be renamed")
		return
	}
	e.text("rename", &op.Query[i].GoName)
	op.Query[i].Required = e.flag("required", op.Query[i].Required)
	if e.flag("hide", false) {
		op.Query = slices.Delete(op.Query, i, i+1)
	}
}

// applyPath names a path, which is one of an operation or leads to one.
func (a *applier) applyPath(e entry) {
	isBelow := func(op *ir.Operation) bool {
		rest, ok := strings.CutPrefix(op.Path, e.name())
		return ok && (rest == "" || strings.ContainsRune("/(:", rune(rest[0])))
	}
	if !slices.ContainsFunc(a.pkg.Operations, isBelow) {
		a.unmatched(e, "a path", a.paths())
		return
	}
	named := ir.PathName{Path: e.name()}
	e.text("rename", &named.GoName)
	e.text("accessor", &named.Accessor)
	if name, node := e.value("package"); node != nil {
		named.Package, named.PackagePos = name, e.posOf(node)
	}
	if named.Package != "" && strings.LastIndexByte(e.name(), '/') > 0 {
		a.fault(e.pos(), "unmatched-override", "packages of calls are those of paths of one segment, such as /me",
			"name the path of its first segment, or leave package: out")
	}
	a.pkg.PathNames = append(a.pkg.PathNames, named)
}

func (a *applier) fault(pos diag.Pos, code, message, hint string) {
	a.diags.Add(diag.Diagnostic{Pos: pos, Severity: diag.Error, Code: code, Message: message, Hint: hint})
}
