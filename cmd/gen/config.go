package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/document"
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
	var faults diag.List
	r := configReader{document.Reader{File: path, Faults: &faults}}
	targets := r.targets(r.parse(data))
	if faults.HasErrors() {
		return nil, faults.Sorted()
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

// configReader reads what the keys stand for.
type configReader struct{ document.Reader }

// parse returns the file's content, nil after a fault.
func (r configReader) parse(data []byte) *yaml.Node {
	root, fault := document.Parse(r.File, data)
	switch {
	case fault != nil:
		r.Faults.Add(*fault)
	case root == nil:
		r.Fault(&yaml.Node{Line: 1, Column: 1}, document.WrongShape, "list the packages to generate under packages:", "the file is empty")
	}
	return root
}

// targets reads the document.
func (r configReader) targets(root *yaml.Node) []target {
	top := r.Mapping(root, "packages")
	if top == nil {
		return nil
	}
	outs := map[string]*yaml.Node{}
	var targets []target
	for _, node := range r.list(r.Required(root, top, "packages"), "packages") {
		fields := r.Mapping(node, "exclude", "include", "out", "overrides", "package", "slice", "specs")
		if fields == nil {
			continue
		}
		t := r.target(node, fields)
		targets = append(targets, t)
		if first, ok := outs[t.Out]; ok && t.Out != "" {
			r.Fault(fields["out"], "same-out", "give each package a folder of its own", "two packages go to %s", filepath.ToSlash(t.Out))
			(*r.Faults)[len(*r.Faults)-1].Related = []diag.Pos{r.Pos(first)}
			continue
		}
		outs[t.Out] = fields["out"]
	}
	return targets
}

// target reads one package.
func (r configReader) target(node *yaml.Node, fields map[string]*yaml.Node) target {
	name := fields["package"]
	t := target{
		Config: generator.Config{
			Specs:     r.paths(r.Required(node, fields, "specs"), "slices"),
			Package:   r.Text(name),
			Include:   r.texts(fields["include"], "path patterns"),
			Exclude:   r.texts(fields["exclude"], "path patterns"),
			Overrides: r.paths(fields["overrides"], "override files"),
			Version:   generator.Version,
		},
		Out:   r.path(r.Text(r.Required(node, fields, "out"))),
		Pos:   r.Pos(node),
		Slice: fields["slice"],
	}
	r.checkPackage(node, name, &t)
	return t
}

// checkPackage sees to it that the package has a name: by default that of its folder, as with --spec.
func (r configReader) checkPackage(node, name *yaml.Node, t *target) {
	switch {
	case name != nil && t.Package != "":
		if fault := packageFault(t.Package); fault != "" {
			r.Fault(name, "bad-config", "use a word in lower case such as graph", "%q %s", t.Package, fault)
		}
	case name == nil && t.Out != "":
		if t.Package = folderName(t.Out); packageFault(t.Package) != "" {
			r.Fault(node, "missing-key", "write one such as package: graph", "\"package\" is missing, and %q, the last part of out, cannot be its name", t.Package)
		}
	}
}

// list returns the items of a list that must not be empty, nil after a fault or for a node that is not there.
func (r configReader) list(node *yaml.Node, what string) []*yaml.Node {
	items := r.List(node, what)
	if len(items) == 0 && node != nil && node.Kind == yaml.SequenceNode {
		r.Fault(node, document.WrongShape, "", "the list of %s is empty", what)
	}
	return items
}

// texts returns a list of strings.
func (r configReader) texts(node *yaml.Node, what string) []string {
	var texts []string
	for _, item := range r.list(node, what) {
		if text := r.Text(item); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// paths returns a list of paths relative to the working folder.
func (r configReader) paths(node *yaml.Node, what string) []string {
	paths := r.texts(node, what)
	for i, path := range paths {
		paths[i] = r.path(path)
	}
	return paths
}

// path takes a path of the file, relative to its folder, to one relative to the working folder.
func (r configReader) path(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(r.File), filepath.FromSlash(path))
}
