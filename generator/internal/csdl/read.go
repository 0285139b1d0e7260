package csdl

import (
	"fmt"
	"io"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// Input is a metadata document: its text, and its name for messages.
type Input struct {
	Name string
	Text io.Reader
}

// Read reads metadata. Several documents are read as one: each may refer to the others, and add properties to their types, see
// addPart. On errors the document is nil.
func Read(inputs ...Input) (*Document, diag.List) {
	var diags diag.List
	r := &reader{
		doc:        &Document{types: map[string]*Type{}, enums: map[string]*Enum{}},
		namespaces: map[string]string{},
		primitives: map[string]string{},
		missing:    map[string]bool{},
		terms:      oddities{},
		odd:        oddities{},
		diags:      &diags,
	}
	for _, input := range inputs {
		r.elements = newElements(input.Text, input.Name, &diags)
		r.edmx()
	}
	if !diags.HasErrors() {
		r.checkNames()
	}
	if !diags.HasErrors() {
		r.resolve(inputs)
		r.checkKeys()
		r.checkTargets()
	}
	if diags.HasErrors() {
		return nil, diags.Sorted()
	}
	return r.doc, diags.Sorted()
}

// reader collects what is declared; names are resolved when everything is known.
type reader struct {
	*elements
	doc *Document
	// namespaces are the names that a qualified name may begin with: namespaces and their aliases, each with its namespace.
	namespaces map[string]string
	// primitives are type definitions, each with its underlying type as written.
	primitives map[string]string
	// outer are the annotations that stand apart from what they are about.
	outer      []target
	namespace  string // of the schema that is being read
	containers int
	terms, odd oddities        // the namespaces of terms, and what is odd about annotations
	missing    map[string]bool // namespaces and types that were reported as unknown
	diags      *diag.List
}

// target is an <Annotations> element: what it is about, as written, and what it says.
type target struct {
	name        string
	annotations Annotations
}

// edmx reads a whole document.
func (r *reader) edmx() {
	root, ok := r.next()
	if !ok {
		return
	}
	if root.Name.Local != "Edmx" || root.Name.Space != edmxNamespace {
		hint := "OData metadata begins with <edmx:Edmx xmlns:edmx=\"" + edmxNamespace + "\">"
		r.fail(root.pos, "metadata-root", fmt.Sprintf("the document begins with <%s>, it is not OData 4 metadata", root.Name.Local), hint)
		return
	}
	if v := root.attr("Version"); v != "4.0" && v != "4.01" {
		r.fail(root.pos, "metadata-version", fmt.Sprintf("the metadata is of version %q", v), "versions 4.0 and 4.01 are read")
		return
	}
	r.children(func(e element) {
		switch e.Name.Local {
		case "Reference":
			r.children(func(e element) {
				if e.Name.Local == "Include" {
					r.declareNamespace(e)
				}
			})
		case "DataServices":
			r.edm(func(e element) {
				if e.Name.Local == "Schema" {
					r.schema(e)
				}
			})
		}
	})
}

func (r *reader) declareNamespace(e element) {
	namespace := r.required(e, "Namespace")
	r.namespaces[namespace] = namespace
	if alias := e.attr("Alias"); alias != "" {
		r.namespaces[alias] = namespace
	}
}

func (r *reader) schema(e element) {
	r.declareNamespace(e)
	r.namespace = e.attr("Namespace")
	r.edm(func(e element) {
		switch e.Name.Local {
		case "EntityType", "ComplexType":
			r.structured(e)
		case "EnumType":
			r.enum(e)
		case "TypeDefinition":
			r.primitives[r.qualifiedName(e)] = r.required(e, "UnderlyingType")
		case "Action", "Function":
			r.operation(e)
		case "EntityContainer":
			r.container(e)
		case "Annotations":
			r.annotations(e)
		}
	})
}

func (r *reader) qualifiedName(e element) string { return r.namespace + "." + r.required(e, "Name") }

// duplicate reports a name that is declared twice.
func (r *reader) duplicate(pos, first diag.Pos, name string) {
	r.diags.Add(diag.Diagnostic{Pos: pos, Severity: diag.Error, Code: "metadata-duplicate",
		Message: fmt.Sprintf("%s is declared twice", name), Related: []diag.Pos{first}})
}

func (r *reader) declared(name string, pos diag.Pos) bool {
	if t := r.doc.types[name]; t != nil {
		r.duplicate(pos, t.Pos, name)
		return true
	}
	if e := r.doc.enums[name]; e != nil {
		r.duplicate(pos, e.Pos, name)
		return true
	}
	return false
}

func (r *reader) structured(e element) {
	t := &Type{
		Name: r.qualifiedName(e), Entity: e.Name.Local == "EntityType", Pos: e.pos, base: e.attr("BaseType"),
		Abstract: e.isTrue("Abstract"), Open: e.isTrue("OpenType"), Media: e.isTrue("HasStream"),
	}
	r.edm(func(e element) {
		switch e.Name.Local {
		case "Key":
			r.edm(func(e element) { t.Key = append(t.Key, r.required(e, "Name")) })
		case "Property", "NavigationProperty":
			r.property(t, e)
		case "Annotation":
			t.Annotations = r.annotation(t.Annotations, e)
		}
	})
	if r.failed {
		return
	}
	if have := r.doc.types[t.Name]; have != nil && r.addPart(have, t) {
		return
	}
	if !r.declared(t.Name, t.Pos) {
		r.doc.types[t.Name] = t
		r.doc.Types = append(r.doc.Types, t)
	}
}

func (r *reader) property(t *Type, e element) {
	p := &Property{
		Name: r.required(e, "Name"), Type: writtenType(r.required(e, "Type")), Nullable: e.nullable(), Owner: t, Pos: e.pos,
		Navigation: e.Name.Local == "NavigationProperty", Contained: e.isTrue("ContainsTarget"),
	}
	for _, other := range t.Properties {
		if other.Name == p.Name {
			r.duplicate(p.Pos, other.Pos, p.Path())
		}
	}
	p.Annotations = r.annotated()
	t.Properties = append(t.Properties, p)
}

func (r *reader) enum(e element) {
	enum := &Enum{Name: r.qualifiedName(e), Flags: e.isTrue("IsFlags"), Pos: e.pos}
	r.edm(func(e element) {
		switch e.Name.Local {
		case "Member":
			m := &Member{Name: r.required(e, "Name"), Pos: e.pos}
			m.Annotations = r.annotated()
			enum.Members = append(enum.Members, m)
		case "Annotation":
			enum.Annotations = r.annotation(enum.Annotations, e)
		}
	})
	if r.failed {
		return
	}
	if have := r.doc.enums[enum.Name]; have != nil && r.addMembers(have, enum) {
		return
	}
	if !r.declared(enum.Name, enum.Pos) {
		r.doc.enums[enum.Name] = enum
		r.doc.Enums = append(r.doc.Enums, enum)
	}
}

func (r *reader) operation(e element) {
	o := &Operation{
		Name: r.qualifiedName(e), Function: e.Name.Local == "Function", Bound: e.isTrue("IsBound"), Composable: e.isTrue("IsComposable"), Pos: e.pos,
	}
	r.edm(func(e element) {
		switch e.Name.Local {
		case "Parameter":
			p := &Parameter{Name: r.required(e, "Name"), Type: writtenType(r.required(e, "Type")), Nullable: e.nullable(), Pos: e.pos}
			p.Annotations = r.annotated()
			o.Parameters = append(o.Parameters, p)
		case "ReturnType":
			written := writtenType(r.required(e, "Type"))
			o.Return, o.ReturnNullable = &written, e.nullable()
			o.ReturnAnnotations = r.annotated()
		case "Annotation":
			o.Annotations = r.annotation(o.Annotations, e)
		}
	})
	r.doc.Operations = append(r.doc.Operations, o)
}

func (r *reader) container(e element) {
	r.containers++
	container := r.qualifiedName(e)
	r.edm(func(e element) {
		switch e.Name.Local {
		case "EntitySet":
			r.doc.EntitySets = append(r.doc.EntitySets, r.source(e, container, "EntityType"))
		case "Singleton":
			r.doc.Singletons = append(r.doc.Singletons, r.source(e, container, "Type"))
		case "FunctionImport", "ActionImport":
			r.doc.Imports = append(r.doc.Imports, r.imported(e, container))
		}
	})
}

func (r *reader) source(e element, container, typeAttr string) *Source {
	s := &Source{
		Name: r.required(e, "Name"), typeName: r.required(e, typeAttr), container: container, Pos: e.pos,
		Singleton: e.Name.Local == "Singleton",
	}
	r.edm(func(e element) {
		switch e.Name.Local {
		case "NavigationPropertyBinding":
			s.Bindings = append(s.Bindings, Binding{r.required(e, "Path"), r.required(e, "Target"), e.pos})
		case "Annotation":
			s.Annotations = r.annotation(s.Annotations, e)
		}
	})
	return s
}

func (r *reader) imported(e element, container string) *Import {
	i := &Import{Name: r.required(e, "Name"), operation: r.required(e, strings.TrimSuffix(e.Name.Local, "Import")), container: container, Pos: e.pos}
	i.Annotations = r.annotated()
	return i
}

// writtenType is a type attribute before its name is resolved.
func writtenType(text string) TypeRef {
	if inner, ok := strings.CutPrefix(text, "Collection("); ok {
		return TypeRef{Name: strings.TrimSuffix(inner, ")"), Collection: true}
	}
	return TypeRef{Name: text}
}
