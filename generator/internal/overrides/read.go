package overrides

import (
	"go/token"
	"maps"
	"regexp"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/document"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"go.yaml.in/yaml/v4"
)

const maxFileSize = 4 << 20 // bytes

// fieldKind is what the value of a field must be.
type fieldKind int

const (
	text         fieldKind = iota
	flag                   // true or false
	list                   // of text
	identifier             // an exported Go identifier
	packageName            // a name of a package
	entitySet              // a path below the service root
	query                  // a list of text and of mappings, see query.go
	session                // a mapping, see upload.go
	subscription           // a mapping, see subscription.go
	lives                  // a mapping of durations by path
	mediaType              // such as text/html
)

// sections are the fields of each section.
var sections = map[string]map[string]fieldKind{
	"types": {"rename": identifier, "hide": flag, "description": text, "deprecated": text, "entitySet": entitySet,
		"key": list, "polymorphic": flag, "uploadSession": session, "subscription": subscription},
	"properties": {"rename": identifier, "hide": flag, "description": text, "type": text, "nullable": flag,
		"navigation": flag, "contained": flag, "entitySet": entitySet},
	"enums": {"rename": identifier, "hide": flag},
	"operations": {"rename": identifier, "hide": flag, "description": text, "docs": text, "scopes": list,
		"applicationPermissions": list, "longRunning": flag, "body": mediaType, "query": query, "headers": list},
	"parameters": {"rename": identifier, "hide": flag, "required": flag},
	"constants":  {"rename": identifier},
	"paths":      {"rename": identifier, "accessor": identifier, "package": packageName},
}

// isPackageName matches what a package of calls can be called, which is the name of its folder as well.
var isPackageName = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

// isMediaType matches the media types that a body can be of.
var isMediaType = regexp.MustCompile(`^[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*$`)

// entry is one override. Its fields have been checked.
type entry struct {
	file    string
	section string
	key     *yaml.Node // what it is about
	fields  *yaml.Node
}

func (e entry) name() string                   { return e.key.Value }
func (e entry) pos() diag.Pos                  { return e.posOf(e.key) }
func (e entry) posOf(node *yaml.Node) diag.Pos { return document.Pos(e.file, node) }

// value returns the field's text and node; a nil node if the field is not there.
func (e entry) value(field string) (string, *yaml.Node) {
	for i := 0; i+1 < len(e.fields.Content); i += 2 {
		if e.fields.Content[i].Value == field {
			return e.fields.Content[i+1].Value, e.fields.Content[i+1]
		}
	}
	return "", nil
}

func (e entry) has(field string) bool {
	_, node := e.value(field)
	return node != nil
}

// text puts the field's text, if it is there, into to.
func (e entry) text(field string, to *string) {
	if text, node := e.value(field); node != nil {
		*to = text
	}
}

// flag returns the field, or otherwise if it is not there.
func (e entry) flag(field string, otherwise bool) bool {
	text, node := e.value(field)
	if node == nil {
		return otherwise
	}
	return text == "true"
}

// list returns the texts of the field and its node; a nil node if it is not there.
func (e entry) list(field string) ([]string, *yaml.Node) {
	_, node := e.value(field)
	if node == nil {
		return nil, nil
	}
	var texts []string
	for _, item := range node.Content {
		texts = append(texts, item.Value)
	}
	return texts, node
}

// readFile returns the overrides in a file, and reports what is wrong with it.
func readFile(path string, seen func(path string, text []byte), diags *diag.List) []entry {
	root := parseFile(path, seen, diags)
	if root == nil {
		return nil
	}
	r := reader{document.Reader{File: path, Faults: diags}}
	var entries []entry
	for _, section := range r.mapping(root, "a mapping of sections") {
		if sections[section.Name()] == nil {
			r.Unknown(section.Key, slices.Collect(maps.Keys(sections)))
			continue
		}
		for _, override := range r.mapping(section.Value, "a mapping of overrides") {
			for _, field := range r.mapping(override.Value, "a mapping of fields") {
				r.checkField(sections[section.Name()], field)
			}
			if override.Value.Kind == yaml.MappingNode {
				entries = append(entries, entry{path, section.Name(), override.Key, override.Value})
			}
		}
	}
	return entries
}

// parseFile returns the content of a YAML file; nil after a fault, and if it is empty.
func parseFile(path string, seen func(path string, text []byte), diags *diag.List) *yaml.Node {
	data, err := document.ReadFile(document.Disk{}, path, maxFileSize)
	if err != nil {
		diags.Add(diag.Diagnostic{Pos: diag.Pos{File: path}, Severity: diag.Error, Code: "unreadable-file",
			Message: err.Error(), Hint: "an override file is YAML"})
		return nil
	}
	if seen != nil {
		seen(path, data)
	}
	root, fault := document.Parse(path, data)
	if fault != nil {
		diags.Add(*fault)
	}
	return root
}

// reader checks the form of a file.
type reader struct{ document.Reader }

// mapping returns the entries of a mapping; a key without a value has none.
func (r reader) mapping(node *yaml.Node, what string) []document.Field {
	if document.IsNull(node) {
		return nil
	}
	return r.Fields(node, what)
}

// checkField reports a field that is not known, or whose value is not what it must be.
func (r reader) checkField(known map[string]fieldKind, field document.Field) {
	kind, ok := known[field.Name()]
	if !ok {
		r.Unknown(field.Key, slices.Collect(maps.Keys(known)))
		return
	}
	want, value := "", field.Value
	isScalar := value.Kind == yaml.ScalarNode
	switch {
	case kind == flag && !document.IsFlag(value):
		want = "true or false"
	case kind == list && !r.isTextList(value):
		return // it has been reported
	case kind == query && !r.isQuery(value):
		return
	case kind == session && !r.isSession(value):
		return
	case kind == subscription && !r.isSubscription(value):
		return
	case kind == lives && !r.isLives(value):
		return
	case kind == mediaType && !(isScalar && isMediaType.MatchString(value.Value)):
		want = "a media type, such as text/html"
	case kind == text && !isScalar:
		want = "a text"
	case kind == identifier && !(isScalar && token.IsIdentifier(value.Value) && token.IsExported(value.Value)):
		want = "a Go identifier that begins with a capital letter"
	case kind == packageName && !(isScalar && isPackageName.MatchString(value.Value)):
		want = "the name of a package: small letters and digits, such as mine"
	case kind == entitySet && !(isScalar && (value.Value == "" || ir.IsEntitySet(value.Value))):
		want = "a path below the service root, such as catalog/things"
	default:
		return
	}
	r.Wrong(value, want)
}

// isTextList reports whether a field is a list of texts; what is wrong with it is reported.
func (r reader) isTextList(node *yaml.Node) bool {
	found := len(*r.Faults)
	for _, item := range r.List(node, "texts") {
		if !document.IsText(item) {
			r.Wrong(item, "a text")
		}
	}
	return len(*r.Faults) == found
}

// isMark checks a mapping of fields by which a type says what it is for, of which some are required, and reports what is wrong.
func (r reader) isMark(node *yaml.Node, what string, known map[string]fieldKind, required ...string) bool {
	found := len(*r.Faults)
	values := map[string]*yaml.Node{}
	for _, field := range r.Fields(node, what) {
		r.checkField(known, field)
		values[field.Name()] = field.Value
	}
	if node.Kind == yaml.MappingNode {
		for _, key := range required {
			r.Required(node, values, key)
		}
	}
	return len(*r.Faults) == found
}
