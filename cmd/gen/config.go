package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/yamlerr"
)

// defaultConfig is read when neither --config nor --spec is given.
const defaultConfig = "graphslice.yaml"

// target is one package to generate and the folder that it goes to.
type target struct {
	generator.Config
	Out string
	// Pos is where the configuration describes the package, zero if flags do. Findings that have no place of their own,
	// such as a pattern that matches nothing, get it.
	Pos diag.Pos
	// Slice is what the slices are cut from, nil if the configuration does not say it.
	Slice *yaml.Node
}

// loadConfig reads a configuration file:
//
//	packages:
//	  - specs: [specs/mail.yaml]           # slices, merged into one package
//	    out: internal/graph                # the folder it goes to
//	    package: graph                     # optional: its name; by default that of the folder
//	    include: ["/me/**#GET,POST"]       # optional: operations to take
//	    exclude: ["/me/photo/**"]          # optional: operations to leave out
//	    overrides: [specs/overrides.yaml]  # optional: corrections
//	    leave: [batch, pacing]             # optional: parts of the runtime to do without, see generator.Leavable
//	    slice: …                           # optional: what the slices are cut from, see slice.ReadConfig
//
// Paths are relative to the file's folder. The error is a diag.List that holds every fault found.
func loadConfig(path string) ([]target, error) {
	data, err := readConfig(path)
	if err != nil {
		return nil, err
	}
	return parseConfig(path, data)
}

// maxConfig is more than any configuration has, in bytes.
const maxConfig = 4 << 20

// readConfig reads a configuration file. The error is a diag.List.
func readConfig(path string) ([]byte, error) {
	fault := func(hint, format string, args ...any) error {
		return diag.List{{Pos: diag.Pos{File: displayPath(path)}, Severity: diag.Error, Code: "no-config", Message: fmt.Sprintf(format, args...), Hint: hint}}
	}
	info, err := os.Stat(path) // before opening: a pipe may block, and a device may never end
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault("gen init writes one; or name one with --config, or describe one package with --spec and --out; see gen --help", "no such file")
	case err == nil && !info.IsDir() && !info.Mode().IsRegular():
		return nil, fault("", "it is not a regular file")
	case err == nil && info.Size() > maxConfig:
		return nil, fault("", "it is too large for a configuration: %d MiB", info.Size()>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fault("", "%v", errors.Unwrap(err))
	}
	return data, nil
}

// parseConfig is loadConfig for what the file at path holds, or is to hold.
func parseConfig(path string, data []byte) ([]target, error) {
	path = displayPath(path)
	r := configReader{file: path}
	root := r.parse(data)
	var targets []target
	if root != nil {
		targets = r.targets(root)
	}
	if r.faults.HasErrors() {
		return nil, r.faults.Sorted()
	}
	return targets, nil
}

// displayPath is path relative to the working folder if it lies below it, since that is how messages name files.
func displayPath(path string) string {
	if !filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	cwd, err := os.Getwd()
	if err != nil {
		return path
	}
	rel, err := filepath.Rel(cwd, path)
	if err != nil || !filepath.IsLocal(rel) {
		return path
	}
	return rel
}

// configReader reads YAML nodes and collects what is wrong with them.
type configReader struct {
	file   string
	faults diag.List
}

// maxFaults is how many faults of one file are worth reading.
const maxFaults = 100

// fault adds a finding at a node.
func (r *configReader) fault(at *yaml.Node, code, hint, format string, args ...any) {
	if len(r.faults) >= maxFaults {
		return
	}
	r.faults.Add(diag.Diagnostic{
		Pos: r.pos(at), Severity: diag.Error, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

func (r *configReader) pos(at *yaml.Node) diag.Pos {
	if at == nil {
		return diag.Pos{File: r.file}
	}
	return diag.Pos{File: r.file, Line: at.Line, Column: at.Column}
}

// parse returns the file's one document, nil after a fault.
func (r *configReader) parse(data []byte) *yaml.Node {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document, next yaml.Node
	err := decoder.Decode(&document)
	if err == nil {
		if err = decoder.Decode(&next); err == nil {
			r.fault(&next, "bad-config", "keep one", "a second document in one file")
			return nil
		}
	}
	if errors.Is(err, io.EOF) {
		if len(document.Content) == 0 {
			r.fault(&yaml.Node{Line: 1, Column: 1}, "bad-config", "list the packages to generate under packages:", "the file is empty")
			return nil
		}
		return document.Content[0]
	}
	line, column, message := yamlerr.Explain(data, err)
	r.fault(&yaml.Node{Line: line, Column: column}, "bad-config", "", "not YAML: %s", message)
	return nil
}

// targets reads the document.
func (r *configReader) targets(root *yaml.Node) []target {
	top := r.mapping(root, "packages")
	if top == nil {
		return nil
	}
	outs := map[string]*yaml.Node{}
	var targets []target
	for _, node := range r.list(r.required(root, top, "packages"), "packages") {
		fields := r.mapping(node, "exclude", "include", "leave", "out", "overrides", "package", "slice", "specs")
		if fields == nil {
			continue
		}
		t := r.target(node, fields)
		targets = append(targets, t)
		if first, ok := outs[t.Out]; ok && t.Out != "" {
			r.fault(fields["out"], "same-out", "give each package a folder of its own", "two packages go to %s", filepath.ToSlash(t.Out))
			r.faults[len(r.faults)-1].Related = []diag.Pos{r.pos(first)}
			continue
		}
		outs[t.Out] = fields["out"]
	}
	return targets
}

// target reads one package.
func (r *configReader) target(node *yaml.Node, fields map[string]*yaml.Node) target {
	name := fields["package"]
	t := target{
		Config: generator.Config{
			Specs:     r.paths(r.required(node, fields, "specs"), "slices"),
			Package:   r.text(name),
			Include:   r.texts(fields["include"], "path patterns"),
			Exclude:   r.texts(fields["exclude"], "path patterns"),
			Overrides: r.paths(fields["overrides"], "override files"),
			Leave:     r.parts(fields["leave"]),
			Version:   generator.Version,
		},
		Out:   r.path(r.text(r.required(node, fields, "out"))),
		Pos:   r.pos(node),
		Slice: fields["slice"],
	}
	r.checkPackage(node, name, &t)
	return t
}

// checkPackage sees to it that the package has a name: by default that of its folder, as with --spec.
func (r *configReader) checkPackage(node, name *yaml.Node, t *target) {
	switch {
	case name != nil && t.Package != "":
		if fault := packageFault(t.Package); fault != "" {
			r.fault(name, "bad-config", "use a word in lower case such as graph", "%q %s", t.Package, fault)
		}
	case name == nil && t.Out != "":
		if t.Package = folderName(t.Out); packageFault(t.Package) != "" {
			r.fault(resolve(node), "missing-key", "write one such as package: graph", "\"package\" is missing, and %q, the last part of out, cannot be its name", t.Package)
		}
	}
}

// mapping returns the values of a mapping by key, nil after a fault. Keys that are not known are faults.
func (r *configReader) mapping(node *yaml.Node, known ...string) map[string]*yaml.Node {
	node = resolve(node)
	if node.Kind != yaml.MappingNode {
		r.fault(node, "bad-config", "", "expected a mapping with %s; found %s", strings.Join(known, ", "), describe(node))
		return nil
	}
	fields := map[string]*yaml.Node{}
	for i := 0; i < len(node.Content); i += 2 {
		key, value := node.Content[i], resolve(node.Content[i+1])
		switch {
		case !slices.Contains(known, key.Value):
			hint := "known here: " + strings.Join(known, ", ")
			if near := nearest(key.Value, known); near != "" {
				hint = "did you mean " + near + "? " + hint
			}
			r.fault(key, "unknown-key", hint, "unknown key %q", key.Value)
		case fields[key.Value] != nil:
			r.fault(key, "duplicate-key", "keep one", "%q stands twice in one mapping", key.Value)
		default:
			fields[key.Value] = value
		}
	}
	return fields
}

// required returns the value of a key that has to be there, nil after a fault at the mapping.
func (r *configReader) required(mapping *yaml.Node, fields map[string]*yaml.Node, key string) *yaml.Node {
	if fields[key] == nil {
		r.fault(resolve(mapping), "missing-key", "", "%q is missing", key)
	}
	return fields[key]
}

// list returns the items of a list that must not be empty, nil after a fault or for a node that is not there.
func (r *configReader) list(node *yaml.Node, what string) []*yaml.Node {
	switch {
	case node == nil:
		return nil
	case node.Kind != yaml.SequenceNode:
		r.fault(node, "bad-config", "", "expected a list of %s; found %s", what, describe(node))
		return nil
	case len(node.Content) == 0:
		r.fault(node, "bad-config", "", "the list of %s is empty", what)
	}
	return node.Content
}

// text returns a string that must not be empty, "" after a fault or for a node that is not there.
func (r *configReader) text(node *yaml.Node) string {
	if node == nil {
		return ""
	}
	node = resolve(node)
	if node.Kind != yaml.ScalarNode || node.Tag != "!!str" || node.Value == "" {
		r.fault(node, "bad-config", "", "expected a text; found %s", describe(node))
		return ""
	}
	return node.Value
}

// texts returns a list of strings.
func (r *configReader) texts(node *yaml.Node, what string) []string {
	var texts []string
	for _, item := range r.list(node, what) {
		if text := r.text(item); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// parts returns a list of parts of a package that it can do without.
func (r *configReader) parts(node *yaml.Node) []string {
	var parts []string
	known := generator.Leavable()
	for _, item := range r.list(node, "parts to leave out") {
		name := r.text(item)
		switch {
		case slices.Contains(known, name):
			parts = append(parts, name)
		case name != "":
			hint := "known here: " + strings.Join(known, ", ")
			if near := nearest(name, known); near != "" {
				hint = "did you mean " + near + "? " + hint
			}
			r.fault(resolve(item), "unknown-part", hint, "%q is no part of a package that can be left out", name)
		}
	}
	return parts
}

// paths returns a list of paths relative to the working folder.
func (r *configReader) paths(node *yaml.Node, what string) []string {
	paths := r.texts(node, what)
	for i, path := range paths {
		paths[i] = r.path(path)
	}
	return paths
}

// path takes a path of the file, relative to its folder, to one relative to the working folder.
func (r *configReader) path(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(r.file), filepath.FromSlash(path))
}

// resolve follows an alias.
func resolve(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode {
		return node.Alias
	}
	return node
}

// describe names what a node is, for a message.
func describe(node *yaml.Node) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	switch node.Tag {
	case "!!null":
		return "nothing"
	case "!!str":
		if node.Value == "" {
			return "an empty text"
		}
		return "a text"
	}
	return fmt.Sprintf("%s, which YAML reads as %s", node.Value, strings.TrimPrefix(node.Tag, "!!"))
}
